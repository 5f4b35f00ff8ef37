//! The outputs of the samples, as they are kept in `output/`: what a change does to them is read in
//! the difference.
//!
//! `COMANAGE_BLESS=1 cargo test golden` writes what is made now. Pictures in
//! pixels and most of the long ledgers are not kept (`.gitignore`), so only what is there can be
//! compared.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{all_files, comanage, repository, temporary, text_of};

/// Stories whose ledger is kept: the shortest, and one that has a bit of everything.
const WITH_LEDGER: [&str; 4] = ["cheap-on-paper", "harbor-foods", "no-it-staff", "three-quotes"];

/// Whether a file of an output folder is kept.
fn is_kept(path: &Path) -> bool {
    let first = path.iter().next().expect("a path has a part").to_string_lossy();
    let is_ledger = path.file_name().is_some_and(|name| name == "ledger.csv");
    !is_ledger || WITH_LEDGER.contains(&first.as_ref())
}

/// Whether a comparison writes files of this name.
fn is_of_a_comparison(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let ending =
        path.extension().is_some_and(|ending| ["csv", "json", "md", "svg"].iter().any(|known| ending == *known));
    let starts = ["comparison.", "ledger.", "coverage.", "summary.", "week-", "cost-", "cumulative-"];
    ending && starts.iter().any(|start| name.starts_with(start))
}

#[test]
fn samples_come_out_as_they_are_kept() {
    let made = temporary("golden");
    let run = comanage(&["compare", "--no-png", "--quiet", "--output"]).arg(&made).output();
    let run = run.expect("the program starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let kept = repository("output");
    if std::env::var_os("COMANAGE_BLESS").is_some() {
        bless(&made, &kept);
    }
    let now: BTreeSet<PathBuf> = all_files(&made).into_iter().filter(|path| is_kept(path)).collect();
    let mut wrong: Vec<String> = Vec::new();
    for path in &now {
        let (new, old) = (fs::read(made.join(path)).expect("it was written"), fs::read(kept.join(path)).ok());
        if old.as_ref() != Some(&new) {
            wrong.push(format!("{}: {}", path.display(), difference(old.as_deref(), &new)));
        }
    }
    wrong.extend(all_files(&made).iter().flat_map(|path| pictures_missing(&made, path)));
    let old = all_files(&kept).into_iter().filter(|path| is_kept(path) && is_of_a_comparison(path));
    wrong.extend(old.filter(|path| !now.contains(path)).map(|path| format!("{}: is no more", path.display())));
    fs::remove_dir_all(&made).expect("the folder can be removed");
    assert!(wrong.is_empty(), "run with COMANAGE_BLESS=1 and read the difference:\n{}", wrong.join("\n"));
}

/// The pictures that a Markdown file shows and that were not drawn.
fn pictures_missing(folder: &Path, path: &Path) -> Vec<String> {
    if path.extension().is_none_or(|ending| ending != "md") {
        return Vec::new();
    }
    let text = text_of(&folder.join(path));
    let shown = text.split("](<").skip(1).filter_map(|rest| rest.split_once(">)").map(|(picture, _)| picture));
    let missing = shown.filter(|picture| !folder.join(path).with_file_name(picture).is_file());
    missing.map(|picture| format!("{}: there is no {picture}", path.display())).collect()
}

/// Makes the kept outputs those that were made.
fn bless(made: &Path, kept: &Path) {
    for path in all_files(kept).iter().filter(|path| is_kept(path) && is_of_a_comparison(path)) {
        fs::remove_file(kept.join(path)).expect("an output can be removed");
    }
    for path in all_files(made).iter().filter(|path| is_kept(path)) {
        let place = kept.join(path);
        fs::create_dir_all(place.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::copy(made.join(path), place).expect("an output can be written");
    }
}

/// The first line that differs.
fn difference(old: Option<&[u8]>, new: &[u8]) -> String {
    let Some(old) = old else { return "is new".to_string() };
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let mut lines = old.lines().zip(new.lines()).enumerate();
    match lines.find(|(_, (old, new))| old != new) {
        Some((index, (old, new))) => format!("line {}\n  - {}\n  + {}", index + 1, short(old), short(new)),
        None => format!("{} lines, {} before", new.lines().count(), old.lines().count()),
    }
}

fn short(line: &str) -> String {
    line.chars().take(200).collect()
}
