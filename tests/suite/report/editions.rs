//! Two editions: what is internal, and what is the buyer's own business, is in no file of the client's,
//! whatever ran before or after.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use super::sample;
use crate::common::{all_files, comanage, temporary, text_of};

/// A mark that is in every table of the scenario.
const MARK: &str = "zebra-margin";

/// What else a client must not see: other providers, by name and key, and what the buyer asks.
const OTHERS: [&str; 7] = [
    "Lakeside",
    "Everything, by the user",
    "offers.per_user",
    "Harborlight",
    "blocks for projects",
    "published market ranges",
    "aim to replace your team",
];

/// A story with an internal remark in every table that takes one.
fn marked() -> String {
    let text = text_of(&sample("three-quotes"));
    let mut marked = String::new();
    for table in text.split_inclusive('\n').collect::<Vec<_>>().chunk_by(|_, next| !next.starts_with('[')) {
        let head = table[0];
        let has = |key: &str| table.iter().any(|line| line.starts_with(key));
        let takes_notes = head.starts_with('[') && !["expect", ".covers"].iter().any(|name| head.contains(name));
        marked += head;
        if takes_notes && !has("source") {
            marked += &format!("source = \"\"\"\na public source\nInternal: {MARK}\"\"\"\n");
        }
        if takes_notes && !has("note") {
            marked += &format!("note = \"internal: {MARK}\"\n");
        }
        table[1..].iter().for_each(|line| marked += line);
    }
    marked
}

/// The text of a file; of a workbook that of all its parts.
fn searchable(path: &Path) -> String {
    let bytes = fs::read(path).expect("a file can be read");
    if path.extension().is_none_or(|extension| extension != "xlsx") {
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let mut text = String::new();
    for part in 0..archive.len() {
        archive.by_index(part).expect("it has this part").read_to_string(&mut text).expect("it is text");
    }
    text
}

fn is_of_client(path: &Path) -> bool {
    let name = path.file_name().expect("it has a name").to_string_lossy();
    name.contains("-client") || ["report.html", "report.md", "report.xlsx"].contains(&name.as_ref())
}

#[test]
fn no_file_of_the_client_holds_what_is_internal() {
    let folder = temporary("editions");
    let file = folder.join("quote.toml");
    let text = marked();
    assert!(text.matches(MARK).count() > 12, "marks are planted");
    fs::write(&file, text).expect("a file can be written");
    let client: &[&str] = &["--audience", "client", "--alternative", "retainer"];
    let commands = ["compare", "quotes", "matrix", "report"];
    let runs: Vec<(&str, &[&str])> = commands
        .iter()
        .flat_map(|&command| [(command, client), (command, &[])])
        .chain(commands.iter().rev().flat_map(|&command| [(command, &[] as &[&str]), (command, client)]))
        .chain(commands.iter().map(|&command| (command, &[] as &[&str])))
        .collect();
    let out = folder.join("out");
    for (command, arguments) in runs {
        let mut run = comanage(&[command]);
        let run = run.arg(&file).args(arguments).arg("--quiet").arg("--output").arg(&out).output();
        let run = run.expect("the program starts");
        assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
        for path in all_files(&out).iter().filter(|path| is_of_client(path)) {
            let text = searchable(&out.join(path));
            for word in OTHERS.iter().copied().chain([MARK, "editions"]) {
                assert!(!text.contains(word), "after {command} {arguments:?}: {} says {word}", path.display());
            }
        }
    }
    let names: Vec<String> = all_files(&out).iter().map(|path| path.display().to_string()).collect();
    for name in ["report.html", "report-internal.html", "quotes-client.md", "quotes.md", "matrix-client.csv"] {
        assert!(names.iter().any(|path| path.ends_with(&format!("/{name}"))), "{name} in {names:?}");
    }
    for name in ["report-internal.html", "report-internal.md", "report-internal.xlsx"] {
        let text = searchable(&out.join("quote").join(name));
        assert!(text.contains("Internal edition") && text.contains(MARK), "{name}");
    }
    for name in ["comparison", "quotes", "matrix"] {
        let text = |suffix: &str| searchable(&out.join("quote").join(format!("{name}{suffix}.md")));
        assert!(text("").contains("Internal edition") && !text("-client").contains("Internal edition"), "{name}");
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}
