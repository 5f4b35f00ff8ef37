//! The command as it runs: files, threads, parts, and what becomes of them when it is stopped.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use crate::common::{all_files, comanage, repository, temporary};

const BASE: &str = "scenarios/strong-team.toml";

/// Clients with every kind of row, good and bad.
fn many(rows: usize) -> String {
    let mut text = "id,organization.users,work_target\n".to_string();
    for row in 0..rows {
        text += &match row % 50 {
            7 => format!("bad {row},-1,\n"),
            11 => format!("short {row}\n"),
            13 => format!("\"quoted, {row}\",{},90%\n", 20 + row % 300),
            17 => format!("crlf {row},{},\r\n", 20 + row % 300),
            _ => format!("client {row},{},\n", 20 + row % 300),
        };
    }
    text
}

fn run(arguments: &[&str]) -> Output {
    comanage(arguments).output().expect("the program starts")
}

/// Runs over a table with these flags, into a folder of its own, and gives what is written there.
fn written(folder: &Path, table: &Path, flags: &[&str]) -> Vec<(PathBuf, Vec<u8>)> {
    let _ = fs::remove_dir_all(folder);
    let table = table.to_string_lossy();
    let to = folder.to_string_lossy();
    let output = run(&[&["portfolio", BASE, &table, "--output", &to, "-q", "--no-png"], flags].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    all_files(folder)
        .into_iter()
        .map(|path| (path.clone(), fs::read(folder.join(path)).expect("it is there")))
        .collect()
}

fn file<'f>(files: &'f [(PathBuf, Vec<u8>)], name: &str) -> &'f str {
    let found = files.iter().find(|(path, _)| path.ends_with(name)).unwrap_or_else(|| panic!("no {name}: {files:?}"));
    std::str::from_utf8(&found.1).expect("it is text")
}

fn without_heads(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

#[test]
fn every_row_comes_out_once_on_any_number_of_threads() {
    let folder = temporary("portfolio-jobs");
    let table = folder.join("t.csv");
    fs::write(&table, many(600)).expect("it can be written");
    let one = written(&folder.join("out"), &table, &["--jobs", "1", "--best"]);
    let four = written(&folder.join("out"), &table, &["--jobs", "4", "--best"]);
    assert_eq!(one, four);
    let (clients, rejects) = (without_heads(file(&one, "portfolio.csv")), without_heads(file(&one, "rejects.csv")));
    assert_eq!((clients.lines().count(), rejects.lines().count()), (576, 24));
    let ids: Vec<&str> = clients.lines().map(|line| line.trim_start_matches('"')).collect();
    assert!(ids[0].starts_with("client 0,") && ids[575].starts_with("client 599,"));
    for line in rejects.lines() {
        let cells: Vec<&str> = line.splitn(3, ',').collect();
        let row: usize = cells[0].parse().expect("a number");
        let mut places = line.rsplit(',').map(|cell| cell.parse::<usize>());
        let (Some(Ok(line_number)), Some(Ok(offset))) = (places.next(), places.next()) else { panic!("{line}") };
        assert!(many(600)[offset..].starts_with(cells[1]), "{line}");
        assert!(many(600).lines().nth(line_number - 1).is_some_and(|row| row.starts_with(cells[1])), "{line}");
        assert!(cells[1].ends_with(&format!(" {}", row - 1)), "{line}");
    }
    fs::remove_dir_all(folder).expect("it can be removed");
}

#[test]
fn parts_together_are_the_whole() {
    let folder = temporary("portfolio-parts");
    let table = folder.join("t.csv");
    for text in [many(120), many(3), many(0), many(1).trim_end().to_string()] {
        fs::write(&table, &text).expect("it can be written");
        let whole = written(&folder.join("out"), &table, &["--totals"]);
        for of in [1, 2, 3, 7] {
            let mut clients = String::new();
            let mut rejects = 0;
            for number in 1..=of {
                let flag = format!("{number}/{of}");
                let part = written(&folder.join("out"), &table, &["--totals", "--shard", &flag]);
                clients += without_heads(file(&part, &format!("portfolio.{number}-of-{of}.csv")));
                rejects += without_heads(file(&part, &format!("rejects.{number}-of-{of}.csv"))).lines().count();
            }
            assert_eq!(clients, without_heads(file(&whole, "portfolio.csv")), "{of}");
            assert_eq!(rejects, without_heads(file(&whole, "rejects.csv")).lines().count(), "{of}");
        }
    }
    fs::remove_dir_all(folder).expect("it can be removed");
}

/// The same rows without heads, packed, and through pipes.
#[test]
fn a_table_may_come_in_any_wrapping() {
    let folder = temporary("portfolio-wrapping");
    let table = folder.join("t.csv");
    let text = many(60);
    fs::write(&table, &text).expect("it can be written");
    let plain = written(&folder.join("out"), &table, &[]);
    let expected = without_heads(file(&plain, "portfolio.csv")).to_string();
    let bare = folder.join("bare.csv");
    fs::write(&bare, without_heads(&text)).expect("it can be written");
    let flags = ["--no-header", "--columns", "id,organization.users,work_target"];
    assert_eq!(file(&written(&folder.join("out"), &bare, &flags), "portfolio.csv"), expected);
    let marked = folder.join("marked.csv");
    fs::write(&marked, format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"))).expect("written");
    assert_eq!(without_heads(file(&written(&folder.join("out"), &marked, &[]), "portfolio.csv")), expected);
    let out = folder.join("out").to_string_lossy().into_owned();
    let mut piped = comanage(&["portfolio", BASE, "-", "--to", "-", "--output", &out, "--no-png", "-q"]);
    let table = fs::File::open(&table).expect("it is there");
    let piped = piped.stdin(Stdio::from(table)).output().expect("the program starts");
    assert_eq!(without_heads(&String::from_utf8_lossy(&piped.stdout)), expected);
    fs::remove_dir_all(folder).expect("it can be removed");
}

/// A line of 50 MB among small ones, with little memory.
#[test]
fn a_row_of_any_length_takes_little_memory() {
    let folder = temporary("portfolio-long");
    let program = env!("CARGO_BIN_EXE_comanage");
    let base = repository(BASE);
    let script = format!(
        "ulimit -v 400000; {{ printf 'id,organization.users\\nbefore,40\\n'; head -c 50000000 /dev/zero | tr '\\0' x; \
         printf '\\nafter,50\\n'; }} | {program} portfolio {} - --to - --best --jobs 2 --no-png --output {}",
        base.display(),
        folder.display()
    );
    let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("there is a shell");
    let (rows, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    let ids: Vec<&str> = rows.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids, ["id", "before", "after"], "{told}");
    assert!(told.contains("3 rows in: 2 clients and 1 reject"), "{told}");
    fs::remove_dir_all(folder).expect("it can be removed");
}

/// Killed or interrupted, nothing half-written has a file's name, and the next run is not disturbed.
#[test]
fn a_run_that_is_stopped_leaves_no_half_file() {
    let folder = temporary("portfolio-stopped");
    let table = folder.join("t.csv");
    fs::write(&table, many(200_000)).expect("it can be written");
    let out = folder.join("out");
    let arguments = ["portfolio", BASE, &table.to_string_lossy(), "--output", &out.to_string_lossy()];
    for signal in ["KILL", "INT"] {
        let mut running =
            comanage(&arguments).stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let waits = |path: &PathBuf| path.to_string_lossy().contains(".comanage-");
        let begun = || all_files(&out).iter().any(waits);
        while !begun() {
            assert!(running.try_wait().expect("it runs").is_none(), "{signal}: it ended before it was stopped");
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(300));
        let number = running.id().to_string();
        std::process::Command::new("kill").args(["-s", signal, &number]).status().expect("there is kill");
        let ended = running.wait().expect("it ends");
        assert_eq!(ended.code(), (signal == "INT").then_some(130), "{signal}");
        let left = all_files(&out);
        assert!(left.iter().all(waits), "{signal}: {left:?}");
        assert_eq!(left.is_empty(), signal == "INT", "{left:?}");
        if signal == "KILL" {
            fs::remove_dir_all(&out).expect("it can be removed");
        }
    }
    fs::create_dir_all(out.join("strong-team")).expect("it can be made");
    fs::write(out.join("strong-team/.comanage-half.part"), "half").expect("it can be written");
    let small = folder.join("small.csv");
    fs::write(&small, many(20)).expect("it can be written");
    let arguments = ["portfolio", BASE, &small.to_string_lossy(), "--output", &out.to_string_lossy(), "-q"];
    let both: Vec<_> = (0..2).map(|_| comanage(&arguments).stdout(Stdio::null()).spawn().expect("it starts")).collect();
    for mut running in both {
        assert!(running.wait().expect("it ends").success());
    }
    let written = fs::read_to_string(out.join("strong-team/portfolio.csv")).expect("it is there");
    assert!(written.contains("\nclient 19,"), "{written}");
    fs::remove_dir_all(folder).expect("it can be removed");
}

/// Ctrl-C ends the wait for rows that do not come.
#[test]
fn a_run_that_waits_can_be_interrupted() {
    let folder = temporary("portfolio-waiting");
    let mut waiting = comanage(&["portfolio", BASE, "-", "--output", &folder.to_string_lossy()]);
    let mut waiting = waiting.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // To wait for a process closes its input; it stays open here, so that no end of it is seen.
    let input = waiting.stdin.take();
    std::thread::sleep(Duration::from_millis(1_500));
    std::process::Command::new("kill").args(["-s", "INT", &waiting.id().to_string()]).status().expect("there is kill");
    assert_eq!(waiting.wait().expect("it ends").code(), Some(130));
    drop(input);
    assert_eq!(all_files(&folder), Vec::<PathBuf>::new());
    fs::remove_dir_all(folder).expect("it can be removed");
}

/// The table that the document shows is one.
#[test]
fn the_table_in_the_document_has_clients() {
    let folder = temporary("portfolio-document");
    let document = fs::read_to_string(repository("docs/portfolio.md")).expect("it is there");
    let (_, table) = document.split_once("```csv\n").expect("it shows a table");
    let (table, _) = table.split_once("```").expect("which ends");
    let path = folder.join("t.csv");
    fs::write(&path, table).expect("it can be written");
    let files = ["portfolio", "scenarios/two-seniors-or-hybrid.toml", &path.to_string_lossy()];
    let output =
        run(&[&files[..], &["--best", "--to", "-", "--no-png", "--output", &folder.to_string_lossy()]].concat());
    assert!(String::from_utf8_lossy(&output.stderr).contains("2 rows in: 2 clients and 0 rejects"), "{output:?}");
    fs::remove_dir_all(folder).expect("it can be removed");
}
