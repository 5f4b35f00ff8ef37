//! What is left on the disk, whatever happens: no file over one that is read, no mix of two runs, no
//! half of one, and nothing else than what belongs there.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

use crate::common::{all_files, comanage, temporary};

const SCENARIO: &str = "schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 2\norganization.users = 10\n\
    services.desk = { hours = \"mon-fri 08:00-17:00\" }\n\
    offers.desk = { name = \"Desk\", per_user = 45, covers = { desk = \"mon-fri 08:00-17:00\" } }\n\
    offers.other = { name = \"Other\", per_user = { low = 40, high = 60 }, covers = { desk = \"mon-fri 08:00-17:00\" } }\n";
const CLIENTS: &str = "id,organization.users\na,12\nb,x\n";

/// A folder with a scenario and a list of clients, one of them wrong.
fn workplace(name: &str) -> PathBuf {
    let folder = temporary(name);
    fs::write(folder.join("base.toml"), SCENARIO).expect("a file can be written");
    fs::write(folder.join("clients.csv"), CLIENTS).expect("a file can be written");
    folder
}

fn run(folder: &Path, line: &str) -> Output {
    let words: Vec<&str> = line.split_whitespace().collect();
    comanage(&words).current_dir(folder).output().expect("the program starts")
}

#[track_caller]
fn check(folder: &Path, line: &str, code: i32, words: &str) {
    let output = run(folder, line);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{line}: {told}");
    assert!(told.contains(words), "{line}: {told}");
}

/// What is hidden in a folder: what a run has left behind.
fn left_behind(folder: &Path) -> Vec<PathBuf> {
    let is_hidden = |path: &PathBuf| path.iter().any(|part| part.to_string_lossy().starts_with('.'));
    all_files(folder).into_iter().filter(is_hidden).collect()
}

#[test]
fn no_output_is_written_over_an_input() {
    let folder = workplace("files-clash");
    fs::write(folder.join("over.toml"), "extends = \"base.toml\"\n").expect("a file can be written");
    symlink("clients.csv", folder.join("link.csv")).expect("a link can be made");
    fs::hard_link(folder.join("clients.csv"), folder.join("same.csv")).expect("a link can be made");
    fs::create_dir_all(folder.join("output/base")).expect("a folder can be made");
    fs::write(folder.join("output/base/rejects.csv"), CLIENTS).expect("a file can be written");
    let portfolio = "portfolio base.toml clients.csv -q --no-png";
    for to in ["clients.csv", "./clients.csv", "output/../clients.csv", "link.csv", "same.csv", "base.toml"] {
        check(&folder, &format!("{portfolio} --to {to}"), 2, "is an input of this run");
    }
    check(&folder, &format!("{portfolio} --to output/base/rejects.csv"), 2, "two outputs of this run");
    check(&folder, &format!("{portfolio} --to output/base/portfolio-summary.md"), 2, "two outputs of this run");
    check(&folder, "portfolio base.toml output/base/rejects.csv -q --no-png", 2, "is an input of this run");
    check(&folder, "portfolio over.toml clients.csv -q --no-png --to base.toml", 2, "is an input of this run");
    check(&folder, "simulate base.toml --samples 16 -q --no-png --draws base.toml", 2, "is an input of this run");
    check(&folder, "simulate base.toml --samples 16 -q --no-png --draws output/base/tornado.svg", 2, "two outputs");
    let input = fs::File::open(folder.join("clients.csv")).expect("it was written");
    let words = ["portfolio", "base.toml", "-", "-q", "--no-png", "--to", "clients.csv"];
    let output = comanage(&words).current_dir(&folder).stdin(Stdio::from(input)).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    for (file, text) in [("base.toml", SCENARIO), ("clients.csv", CLIENTS), ("output/base/rejects.csv", CLIENTS)] {
        assert_eq!(fs::read_to_string(folder.join(file)).expect("it is there"), text, "{file}");
    }
    assert_eq!(all_files(&folder.join("output")), [Path::new("base/rejects.csv")]);
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// Standard output by whatever name is standard output.
#[test]
fn rows_go_where_standard_output_goes() {
    let folder = workplace("files-stdout");
    symlink("/proc/self/fd/1", folder.join("link")).expect("a link can be made");
    let mut names = vec!["-", "/dev/stdout"];
    names.extend(cfg!(target_os = "linux").then_some("link"));
    for to in names {
        let rows = fs::File::create(folder.join("rows.csv")).expect("a file can be made");
        let words = ["portfolio", "base.toml", "clients.csv", "-q", "--no-png", "--best", "--to", to];
        let run = comanage(&words).current_dir(&folder).stdout(Stdio::from(rows)).status().expect("the program starts");
        assert!(run.success());
        let text = fs::read_to_string(folder.join("rows.csv")).expect("it was written");
        assert!(text.starts_with("id,") && text.lines().count() == 2, "{to}: {text}");
    }
    if cfg!(target_os = "linux") {
        assert!(fs::symlink_metadata(folder.join("link")).expect("it is there").is_symlink());
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[test]
fn links_and_modes_of_outputs_are_kept() {
    let folder = workplace("files-modes");
    fs::create_dir_all(folder.join("output/base")).expect("a folder can be made");
    symlink("../../kept.csv", folder.join("output/base/comparison.csv")).expect("a link can be made");
    assert!(run(&folder, "compare base.toml --no-png -q").status.success());
    let link = folder.join("output/base/comparison.csv");
    assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
    assert!(fs::read_to_string(folder.join("kept.csv")).expect("it was written").starts_with("alternative,"));
    let ledger = folder.join("output/base/ledger.csv");
    fs::set_permissions(&ledger, fs::Permissions::from_mode(0o600)).expect("a mode can be set");
    let before = fs::metadata(&ledger).expect("it is there").ino();
    assert!(run(&folder, "compare base.toml --no-png -q").status.success());
    let after = fs::metadata(&ledger).expect("it is there");
    assert_eq!((after.mode() & 0o777, after.ino() == before), (0o600, false));
    fs::set_permissions(&ledger, fs::Permissions::from_mode(0o400)).expect("a mode can be set");
    check(&folder, "compare base.toml --no-png", 3, "ledger.csv: the file there is read-only");
    assert!(left_behind(&folder).is_empty());
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// A place that cannot be written leaves every file of the run before as it was.
#[test]
fn a_run_that_fails_leaves_the_set_of_the_run_before() {
    let folder = workplace("files-whole");
    assert!(run(&folder, "compare base.toml --no-png -q").status.success());
    let read = |name: &str| fs::read(folder.join("output/base").join(name)).expect("it is there");
    let before: Vec<_> = ["comparison.csv", "comparison.md", "ledger.csv"].map(read).into();
    fs::write(folder.join("base.toml"), SCENARIO.replace("45", "90")).expect("a file can be written");
    fs::remove_file(folder.join("output/base/coverage.csv")).expect("it was written");
    fs::create_dir(folder.join("output/base/coverage.csv")).expect("a folder can be made");
    check(&folder, "compare base.toml --no-png -q", 3, "coverage.csv: ");
    let after: Vec<_> = ["comparison.csv", "comparison.md", "ledger.csv"].map(read).into();
    assert!(before == after);
    assert!(left_behind(&folder).is_empty(), "{:?}", left_behind(&folder));
    check(&folder, "compare base.toml --no-png -q -o new/er", 0, "");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// What an earlier run left of alternatives that are compared no more goes; what others put there stays.
#[test]
fn files_of_an_earlier_run_go() {
    let folder = workplace("files-stale");
    assert!(run(&folder, "compare base.toml -q").status.success());
    let output = folder.join("output/base");
    assert!(output.join("week-other.svg").exists() && output.join("tornado.svg").exists());
    for name in ["notes.md", "weekly.svg", "report.html"] {
        fs::write(output.join(name), "mine").expect("a file can be written");
    }
    assert!(run(&folder, "compare base.toml --alternative desk --no-png -q").status.success());
    let files = all_files(&output);
    let names: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    assert!(!names.iter().any(|name| name.contains("other") || name.ends_with(".png")), "{names:?}");
    for name in ["notes.md", "weekly.svg", "report.html", "week-desk.svg", "week-in_house.svg"] {
        assert!(output.join(name).exists(), "{name}");
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// A link with the name of a file that a run might write for a while leads nowhere.
#[test]
fn no_planted_name_is_followed() {
    let folder = workplace("files-planted");
    fs::write(folder.join("victim"), "precious").expect("a file can be written");
    fs::create_dir(folder.join("output")).expect("a folder can be made");
    for name in [".comanage-1.part", ".comanage-left"] {
        symlink("../victim", folder.join("output").join(name)).expect("a link can be made");
    }
    let planted = folder.join("output/.comanage-planted");
    fs::create_dir(&planted).expect("a folder can be made");
    fs::write(planted.join("held"), "").expect("a file can be written");
    let moves = format!("{0}/held\0{1}\0{1}\0\0", planted.display(), folder.join("victim").display());
    fs::write(planted.join("moves"), moves).expect("a file can be written");
    assert!(run(&folder, "matrix base.toml -q").status.success());
    assert_eq!(fs::read_to_string(folder.join("victim")).expect("it is there"), "precious");
    assert!(!planted.exists(), "what was left is taken away");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// Ctrl-C, sent to a run that is somewhere in its work.
fn interrupt(mut child: Child, after: Duration) -> (Option<i32>, Duration) {
    std::thread::sleep(after);
    let asked = Instant::now();
    let number = child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &number]).stderr(Stdio::null()).status();
    sent.expect("there is a kill");
    let ended = child.wait().expect("it ends");
    (ended.code(), asked.elapsed())
}

#[test]
fn an_interrupt_ends_any_run_at_once_and_leaves_nothing() {
    let folder = workplace("files-interrupt");
    let many: String = (0..400_000).map(|number| format!("c{number},{}\n", 10 + number % 90)).collect();
    fs::write(folder.join("many.csv"), format!("id,organization.users\n{many}")).expect("a file can be written");
    let lines = [
        "simulate base.toml --samples 5000000 --no-png -q",
        "portfolio base.toml many.csv --no-png -q --to rows.csv",
        "portfolio base.toml - --no-png -q",
        "compare - --no-png -q",
    ];
    for (line, after) in lines.iter().flat_map(|line| [(line, 60), (line, 250)]) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = comanage(&words);
        command.current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let input = child.stdin.take();
        let (code, took) = interrupt(child, Duration::from_millis(after));
        drop(input);
        assert_eq!(code, Some(130), "{line} after {after} ms");
        // Half a second on a machine that does nothing else.
        assert!(took < Duration::from_secs(3), "{line}: {took:?}");
        assert!(
            !folder.join("output").exists() && !folder.join("rows.csv").exists(),
            "{line}: {:?}",
            all_files(&folder)
        );
        assert!(left_behind(&folder).is_empty(), "{line}: {:?}", left_behind(&folder));
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// A run of `portfolio` that is killed at any moment, two at once, and a disk that fills: what is
/// there is all of one run, and no row is missing.
#[test]
fn what_is_there_is_always_of_one_run() {
    let folder = workplace("files-killed");
    let ids = |last: u32| {
        (0..last).map(|number| {
            format!("c{number},{}\n", if number % 7 == 0 { "x".into() } else { (10 + number).to_string() })
        })
    };
    for (name, last) in [("small.csv", 200), ("large.csv", 300)] {
        fs::write(folder.join(name), format!("id,organization.users\n{}", ids(last).collect::<String>()))
            .expect("a file can be written");
    }
    let start = |clients: &str| {
        let words = ["portfolio", "base.toml", clients, "-q", "--no-png", "--totals", "--to", "rows.csv"];
        let mut command = comanage(&words);
        command.current_dir(&folder).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("the program starts")
    };
    let is_whole = || {
        let lines = |path: &str| fs::read_to_string(folder.join(path)).map_or(0, |text| text.lines().count() - 1);
        let counts = (lines("rows.csv"), lines("output/base/rejects.csv"));
        assert!([(0, 0), (171, 29), (257, 43)].contains(&counts), "{counts:?}");
    };
    for round in 0..12 * crate::mutations::rounds() as u64 {
        let mut child = start(if round % 2 == 0 { "small.csv" } else { "large.csv" });
        std::thread::sleep(Duration::from_millis(7 * (round % 12)));
        let _ = child.kill();
        child.wait().expect("it ends");
    }
    // Whatever the killed ones have noted is done by the next; what they left goes.
    let mut both = ["small.csv", "large.csv"].map(start);
    for child in &mut both {
        assert!(child.wait().expect("it ends").success());
        is_whole();
    }
    assert!(left_behind(&folder).is_empty(), "{:?}", left_behind(&folder));
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}
