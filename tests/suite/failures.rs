//! Files that nobody meant to write, disks that fill, folders that cannot be written to: whatever happens, a run
//! ends soon, with a code that the help names, and leaves nothing but what it wrote in full.
//!
//! Every run of the tests tries the same few; `COMANAGE_ROUNDS=100` tries a hundred times as many and
//! `COMANAGE_SEED=7` others.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::common::{all_files, comanage, repository, samples, temporary};
use crate::mutations::{Chance, mutate, rounds};

/// Every command that reads a scenario, with FILE in its place.
const COMMANDS: [&str; 11] = [
    "check FILE",
    "compare FILE --no-png",
    "simulate FILE --no-png --samples 32",
    "quotes FILE --no-png",
    "matrix FILE",
    "report FILE",
    "explain FILE in_house",
    "diff FILE base.toml",
    "sweep FILE --no-png --vary organization.users=40..60:10",
    "breakeven FILE --no-png --vary organization.users --from 40 --to 50",
    "portfolio FILE clients.csv --no-png",
];

/// Samples that somebody or something has spoilt, through every command.
#[test]
fn spoilt_scenarios_end_every_command_in_order() {
    let folder = workplace("failures-spoilt");
    let samples = samples();
    let mut chance = Chance::of_environment();
    for round in 0..22 * rounds() {
        let mut bytes = fs::read(&samples[chance.below(samples.len())]).expect("a sample can be read");
        for _ in 0..chance.below(4) {
            if !bytes.is_empty() {
                mutate(&mut bytes, &mut chance);
            }
        }
        fs::write(folder.join("s.toml"), &bytes).expect("a file can be written");
        let line = COMMANDS[round % COMMANDS.len()].replace("FILE", "s.toml");
        let words: Vec<&str> = line.split_whitespace().chain(["-q", "-j1", "--output", "out"]).collect();
        let words = if line.starts_with("check") || line.starts_with("explain") || line.starts_with("diff") {
            &words[..words.len() - 2]
        } else {
            &words[..]
        };
        let begin = Instant::now();
        let run = comanage(words).current_dir(&folder).output().expect("the program starts");
        let told = String::from_utf8_lossy(&run.stderr);
        let spoilt = || fs::copy(folder.join("s.toml"), std::env::temp_dir().join("comanage-spoilt.toml"));
        if !matches!(run.status.code(), Some(0..=3)) || told.contains("panicked") {
            spoilt().expect("a file can be copied");
            panic!("{line}: {:?} {told}", run.status);
        }
        assert!(begin.elapsed() < Duration::from_secs(60), "{line} took {:?}", begin.elapsed());
        let known = [Path::new("base.toml"), Path::new("clients.csv"), Path::new("s.toml")];
        let outside =
            all_files(&folder).into_iter().find(|path| !path.starts_with("out/s") && !known.contains(&path.as_path()));
        assert_eq!(outside, None, "{line}");
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

fn workplace(name: &str) -> PathBuf {
    let folder = temporary(name);
    fs::copy(repository("scenarios/harbor-foods.toml"), folder.join("base.toml")).expect("a file can be copied");
    fs::write(folder.join("clients.csv"), "id,organization.users\na,12\nb,x\n").expect("a file can be written");
    folder
}

/// The files below a folder, with what they hold.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |path: PathBuf| (path.clone(), fs::read(folder.join(path)).expect("a file can be read"));
    all_files(folder).into_iter().map(read).collect()
}

/// The program where no file may grow beyond some blocks of 512 bytes: as on a disk that fills, a write fails.
fn with_blocks(folder: &Path, blocks: usize, line: &str) -> Output {
    let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" {line}");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_comanage")]).current_dir(folder).stdin(Stdio::null());
    command.stdout(Stdio::null()).output().expect("there is a shell")
}

/// A disk that fills anywhere leaves the set of the run before.
#[test]
fn a_disk_that_fills_leaves_what_was_there() {
    let folder = workplace("failures-disk");
    let one = fs::read_to_string(folder.join("base.toml")).expect("it was written");
    let other = one.replace("term_months = 36", "term_months = 24");
    assert_ne!(one, other, "the sample has a term of 36 months");
    let lines = [
        "compare s.toml --no-png -q",
        "portfolio s.toml clients.csv --no-png -q --to out/rows.csv",
        "report s.toml -q",
    ];
    for line in lines {
        let line = format!("{line} --output out");
        fs::write(folder.join("s.toml"), &one).expect("a file can be written");
        let words: Vec<&str> = line.split_whitespace().collect();
        assert!(comanage(&words).current_dir(&folder).output().expect("the program starts").status.success());
        let before = contents(&folder.join("out"));
        fs::write(folder.join("s.toml"), &other).expect("a file can be written");
        let largest = before.values().map(Vec::len).max().unwrap_or(0) / 512;
        let many = 4 * rounds();
        let mut ended = [0; 2];
        for step in 0..many {
            let run = with_blocks(&folder, largest * step / many, &line);
            let told = String::from_utf8_lossy(&run.stderr);
            let has_failed = run.status.code() == Some(3);
            assert!(has_failed || run.status.success(), "{line}: {:?} {told}", run.status);
            ended[usize::from(has_failed)] += 1;
            if has_failed {
                assert_eq!(before, contents(&folder.join("out")), "{line} with {step} of {many}: {told}");
            }
        }
        assert!(ended[1] > 0, "{line}: no write has failed");
        fs::remove_dir_all(folder.join("out")).expect("the folder can be removed");
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// A folder that cannot be written to is refused before the work, and stays as it is.
#[test]
fn a_folder_that_is_read_only_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let folder = workplace("failures-read-only");
    let out = folder.join("out");
    fs::create_dir_all(out.join("base")).expect("a folder can be made");
    fs::write(out.join("base/comparison.md"), "of an earlier run").expect("a file can be written");
    for path in [out.join("base"), out.clone()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555)).expect("modes can be set");
    }
    for line in
        COMMANDS.iter().filter(|line| !["check", "explain", "diff"].iter().any(|silent| line.starts_with(silent)))
    {
        let line = format!("{} -q --output out", line.replace("FILE", "base.toml"));
        let Some(run) = as_nobody(&folder, &line) else {
            println!("skipped: root may write anywhere, and setpriv is not installed");
            break;
        };
        assert_eq!(run.status.code(), Some(3), "{line}: {}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(contents(&out).len(), 1, "{line}");
    }
    for path in [out.clone(), out.join("base")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("modes can be set");
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// A run by somebody who may not write everywhere; none where there is no way to be one.
fn as_nobody(folder: &Path, line: &str) -> Option<Output> {
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    let words = line.split_whitespace();
    if !is_root {
        let words: Vec<&str> = words.collect();
        return comanage(&words).current_dir(folder).output().ok();
    }
    // Where the program is, nobody may be unable to look: a copy stands beside its inputs.
    let program = folder.join("program");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_comanage"), &program).expect("the program can be copied");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).args(words);
    command.current_dir(folder).stdin(Stdio::null()).output().ok()
}

/// A small file can ask for more than a machine has; it is refused before the work, with what makes it large.
#[test]
fn what_is_too_large_is_refused_at_once() {
    let folder = workplace("failures-large");
    let services: String = (0..200).map(|n| format!("[services.s{n}]\nhours = \"24x7\"\n")).collect();
    let roles: String = (0..200)
        .map(|n| format!("[[team]]\nrole = \"r{n}\"\nheadcount = 1\nsalary = 50_000\nservices = [\"s{n}\"]\nhours = \"mon-fri 08:00-17:00\"\n"))
        .collect();
    let offers: String = (0..200).map(|n| format!("[offers.o{n}]\nper_user = {n}\ncovers = \"all\"\n")).collect();
    let head = "schema = 1\nname = \"Large\"\ncurrency = \"USD\"\nterm_months = 36\norganization.users = 10\n";
    fs::write(folder.join("large.toml"), format!("{head}{services}{roles}{offers}")).expect("a file can be written");
    let pairs = "201 alternatives over 36 months, each with 200 services and 200 roles, are 289,440,000 pairs";
    for (line, words) in [
        ("check large.toml", pairs),
        ("compare large.toml --no-png", pairs),
        ("simulate base.toml --samples 1000000000 --no-png", "1,000,000,000 samples of"),
        ("simulate base.toml --samples 2000000000 --no-png", "2000000000 is not in 16..=1000000000"),
    ] {
        let words_of_line: Vec<&str> = line.split_whitespace().collect();
        let begin = Instant::now();
        let run = comanage(&words_of_line).current_dir(&folder).output().expect("the program starts");
        let told = String::from_utf8_lossy(&run.stderr).replace("\n   |", " ");
        assert_eq!(run.status.code(), Some(2), "{line}: {told}");
        assert!(
            told.contains(words) && (told.contains("--allow-large") || line.contains("2000000000")),
            "{line}: {told}"
        );
        assert!(begin.elapsed() < Duration::from_secs(20), "{line} took {:?}", begin.elapsed());
    }
    assert!(!folder.join("output").exists(), "{:?}", all_files(&folder));
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// What a run leaves out is said: hidden files, files that failed, mixes that are not asked for.
#[test]
fn nothing_is_left_out_without_a_word() {
    let folder = temporary("failures-left-out");
    let text = "schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 1\norganization.users = 5\n\
        services.desk = { hours = \"24x7\" }\noffers.one = { per_user = 5, covers = \"all\" }\n\
        offers.two = { per_user = 6, covers = \"all\" }\nalternatives.both = { offers = [\"one\", \"two\"] }\n";
    fs::create_dir(folder.join("in")).expect("a folder can be made");
    for (name, text) in [("a.toml", text), ("b.toml", text), ("bad.toml", "schema = 2\n"), (".hidden.toml", text)] {
        fs::write(folder.join("in").join(name), text).expect("a file can be written");
    }
    let run = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let run = comanage(&words).current_dir(&folder).output().expect("the program starts");
        (
            run.status.code(),
            String::from_utf8_lossy(&run.stderr).into_owned(),
            String::from_utf8_lossy(&run.stdout).into_owned(),
        )
    };
    for line in ["compare in --no-png", "check in"] {
        let (code, said, printed) = run(line);
        assert_eq!(code, Some(2), "{line}: {said}");
        assert!(said.contains("in/.hidden.toml is hidden and left out"), "{line}: {said}");
        assert!(said.contains("1 of 3 scenarios"), "{line}: {said}");
        assert!(
            line.starts_with("check") || printed.contains("1 of 3 scenarios could not be compared: in/bad.toml."),
            "{printed}"
        );
    }
    let summary = fs::read_to_string(folder.join("output/summary.md")).expect("there is a summary");
    assert!(summary.contains("1 of 3 scenarios could not be compared"), "{summary}");
    let (code, said, _) = run("quotes in/a.toml --no-png");
    assert!(code == Some(0) && said.contains("not shown: both"), "{said}");
    let (code, said, _) = run("quotes in/a.toml --no-png --alternative both");
    assert!(code == Some(0) && !said.contains("not shown: both"), "{said}");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}
