//! What a user types and what comes back: each file of `tests/transcripts/` is a transcript.
//!
//! A line that begins with `sh$ ` is typed at a shell; under it stands what came to standard output,
//! then what came to standard error, then the exit code if it is not 0. Every transcript starts in an
//! empty folder with the repository's `scenarios`, `tests/data` as `data` and `tests/worked` as `worked` at hand. A new
//! transcript is a file with its `sh$ ` lines; `COMANAGE_BLESS=1 cargo test transcripts` writes the rest.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rayon::prelude::*;

use crate::common::{comanage, files_below, repository, temporary, text_of};

#[test]
fn transcripts_go_as_they_are_recorded() {
    let bless = std::env::var_os("COMANAGE_BLESS").is_some();
    let transcripts = files_below(&repository("tests/transcripts"), "txt");
    assert!(transcripts.len() > 30, "the transcripts are there");
    let wrong: Vec<String> = transcripts
        .par_iter()
        .filter_map(|path| {
            let recorded = text_of(path);
            let seen = replay(path, &recorded);
            if bless {
                fs::write(path, &seen).expect("a transcript can be written");
            }
            (!bless && seen != recorded).then(|| format!("--- {}\n{seen}", path.display()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every command is asked for its help in a transcript.
#[test]
fn every_command_has_its_help_recorded() {
    let help = comanage(&["--help"]).output().expect("the program starts");
    let help = String::from_utf8(help.stdout).expect("it is text");
    let (_, commands) = help.split_once("Commands:\n").expect("it lists the commands");
    let lines = commands.lines().take_while(|line| !line.is_empty());
    let names: Vec<&str> =
        lines.filter(|line| !line.starts_with("    ")).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 7, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        let path = repository(&format!("tests/transcripts/help-{name}.txt"));
        assert!(path.is_file(), "record it: printf 'sh$ comanage {name} --help\\n' > {}", path.display());
    }
}

/// Types what a transcript types and writes down what comes back.
fn replay(path: &Path, recorded: &str) -> String {
    let name = path.file_stem().expect("a transcript has a name").to_string_lossy();
    let folder = temporary(&format!("transcript-{name}"));
    for (link, to) in [("scenarios", "scenarios"), ("data", "tests/data"), ("worked", "tests/worked")] {
        symlink(repository(to), folder.join(link)).expect("a link can be made");
    }
    let typed: Vec<&str> = recorded.lines().filter_map(|line| line.strip_prefix("sh$ ")).collect();
    let seen: Vec<String> = typed.into_iter().map(|line| format!("sh$ {line}\n{}", type_in(&folder, line))).collect();
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    seen.join("\n")
}

fn type_in(folder: &Path, line: &str) -> String {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_comanage"));
    let programs = program.parent().expect("a program is in a folder").display();
    let others = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).current_dir(folder).stdin(Stdio::null()).env("PATH", format!("{programs}:{others}"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
        shell.env_remove(variable);
    }
    let output = shell.env("LC_ALL", "C").output().expect("there is a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes text");
    let mut seen = text(output.stdout);
    let errors = text(output.stderr);
    if !errors.is_empty() {
        seen += &format!("[stderr]\n{errors}");
    }
    match output.status.code() {
        Some(0) => seen,
        Some(code) => seen + &format!("[status {code}]\n"),
        None => seen + "[killed]\n",
    }
}
