//! What `compare` writes for the stories, byte for byte: a change of a figure shows as a difference
//! in output/. `COMANAGE_BLESS=1` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{files_below, repository};

/// The stories: the scenarios that stand in scenarios/ itself.
fn stories() -> Vec<PathBuf> {
    let below = files_below(&repository("scenarios"), "toml");
    below.into_iter().filter(|path| path.parent().is_some_and(|folder| folder.ends_with("scenarios"))).collect()
}

fn compare(story: &str, to: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_comanage"))
        .current_dir(repository(""))
        .args(["compare", &format!("scenarios/{story}.toml"), "--no-png", "--quiet", "--output"])
        .arg(to)
        .output()
        .expect("the program starts");
    assert!(status.status.success(), "{story}: {}", String::from_utf8_lossy(&status.stderr));
}

#[test]
fn the_outputs_of_the_stories_are_as_recorded() {
    let is_blessing = std::env::var_os("COMANAGE_BLESS").is_some();
    let mut wrong = Vec::new();
    for path in stories() {
        let story = path.file_stem().expect("a story has a name").to_string_lossy().into_owned();
        let recorded = repository("output").join(&story);
        let fresh = if is_blessing { repository("output") } else { repository("target").join("golden") };
        let _ = fs::remove_dir_all(fresh.join(&story));
        compare(&story, &fresh);
        for ending in ["csv", "md", "json", "svg"] {
            let names = |folder: &Path| -> Vec<String> {
                let files = files_below(folder, ending);
                files.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned())).collect()
            };
            let fresh = fresh.join(&story);
            for name in names(&fresh) {
                let same = fs::read(fresh.join(&name)).ok() == fs::read(recorded.join(&name)).ok();
                if !same {
                    wrong.push(format!("{story}/{name}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these differ from output/: {}", wrong.join(", "));
}
