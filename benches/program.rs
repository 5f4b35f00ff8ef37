//! What somebody waits for who runs the program: every command once, and a folder of a thousand files.
//!
//! Each wait is a whole process with everything it reads and writes. The commands take turns, so that a
//! machine that slows down slows all of them alike; the median counts. `cargo bench --bench program`,
//! on Linux, where the time of a process can be read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many files the folder holds.
const FILES: usize = 1_000;

/// Something that somebody waits for.
struct Wait {
    what: &'static str,
    /// The command and its flags; `FILE`, `CERTAIN` and `FOLDER` stand for what is read.
    command: &'static str,
    /// How often; the median counts.
    runs: usize,
}

/// The sample of the repository is read: 120 people, 36 months, ten alternatives.
const WAITS: [Wait; 12] = [
    Wait { what: "check a scenario", command: "check CERTAIN", runs: 21 },
    Wait { what: "compare a scenario, charts as SVG", command: "compare CERTAIN --no-png", runs: 21 },
    Wait { what: "compare a scenario, charts as PNG too", command: "compare CERTAIN", runs: 21 },
    Wait { what: "compare a scenario, 4,096 samples of its ranges", command: "compare FILE --no-png", runs: 21 },
    Wait { what: "explain every line of an alternative", command: "explain CERTAIN hybrid", runs: 21 },
    Wait { what: "offers side by side", command: "quotes CERTAIN --no-png", runs: 21 },
    Wait { what: "who is responsible", command: "matrix CERTAIN", runs: 21 },
    Wait {
        what: "break-even over 150 numbers of users",
        command: "breakeven CERTAIN --no-png --vary organization.users --from 50 --to 200",
        runs: 21,
    },
    Wait {
        what: "break-even over 10,001 prices",
        command: "breakeven CERTAIN --no-png --vary offers.hybrid.per_user.rate --from 20 --to 120",
        runs: 21,
    },
    Wait {
        what: "map of 16 by 11 values",
        command: "sweep CERTAIN --no-png --vary organization.users=50..200:10 --vary offers.hybrid.per_user.rate=40..90:5",
        runs: 11,
    },
    Wait { what: "simulate 100,000 samples of 3 inputs", command: "simulate FILE --no-png --samples 100000", runs: 5 },
    Wait { what: "compare 1,000 scenarios, charts as SVG", command: "compare FOLDER --no-png", runs: 1 },
];

fn main() {
    let folder = std::env::temp_dir().join(format!("comanage-bench-{}", std::process::id()));
    write_inputs(&folder);
    let mut times: Vec<Vec<Times>> = WAITS.iter().map(|_| Vec::new()).collect();
    for round in 0..WAITS.iter().map(|wait| wait.runs).max().unwrap_or(0) {
        for (wait, times) in WAITS.iter().zip(&mut times).filter(|(wait, _)| round < wait.runs) {
            times.push(run(&folder, wait.command));
        }
    }
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    println!("{:<50} {:>9} {:>12} on {cores} cores", "", "median", "processor");
    for (wait, times) in WAITS.iter().zip(&mut times) {
        println!("{:<50} {:>6.0} ms {:>9.0} ms", wait.what, median(times), mean_of_processor(times));
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// The sample as it is, the sample without ranges, and a folder of clients that differ in size.
fn write_inputs(folder: &Path) {
    let clients = folder.join("clients");
    fs::create_dir_all(&clients).expect("a folder can be made");
    let sample = fs::read_to_string(repository("scenarios/harbor-foods.toml")).expect("the sample is there");
    let certain = without_ranges(&sample);
    fs::write(folder.join("certain.toml"), &certain).expect("a file can be written");
    for client in 0..FILES {
        let users = format!("users = {}", 60 + client % 400);
        let text = certain.replacen("users = 120", &users, 1);
        fs::write(clients.join(format!("client-{client:04}.toml")), text).expect("a file can be written");
    }
}

struct Times {
    wall: Duration,
    /// Of all threads, in the program and for it in the kernel.
    cpu: Duration,
}

fn median(times: &mut [Times]) -> f64 {
    times.sort_by_key(|times| times.wall);
    times[times.len() / 2].wall.as_secs_f64() * 1e3
}

/// The clock of processor time ticks in hundredths of a second: over all runs the ticks even out.
fn mean_of_processor(times: &[Times]) -> f64 {
    times.iter().map(|times| times.cpu.as_secs_f64()).sum::<f64>() * 1e3 / times.len() as f64
}

fn run(folder: &Path, command: &str) -> Times {
    let writes = ["compare", "simulate", "breakeven", "sweep", "quotes", "matrix"];
    let arguments = command.split(' ').map(|word| match word {
        "FILE" => repository("scenarios/harbor-foods.toml"),
        "CERTAIN" => folder.join("certain.toml"),
        "FOLDER" => folder.join("clients"),
        word => PathBuf::from(word),
    });
    let mut program = Command::new(env!("CARGO_BIN_EXE_comanage"));
    program.args(arguments).arg("--quiet").stdout(Stdio::null());
    if writes.iter().any(|name| command.starts_with(name)) {
        program.arg("--output").arg(folder.join("output"));
    }
    let before = cpu_of_children();
    let start = Instant::now();
    let status = program.status().expect("the program starts");
    assert!(status.success(), "`comanage {command}` runs");
    Times { wall: start.elapsed(), cpu: cpu_of_children() - before }
}

/// The processor time of all processes that were started and have ended, in hundredths of a second.
fn cpu_of_children() -> Duration {
    let Ok(stat) = fs::read_to_string("/proc/self/stat") else { return Duration::ZERO };
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks: u64 = fields[13..15].iter().filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// The text with the likely value in the place of each range, and nothing about samples or what is expected.
fn without_ranges(text: &str) -> String {
    let mut out = String::new();
    let (mut rest, _) = text.split_once("[simulation]").expect("the sample says how to draw");
    while let Some(start) = rest.find("{ low = ") {
        let end = start + rest[start..].find('}').expect("a range ends");
        let range = &rest[start..end];
        let likely = range.split("likely = ").nth(1).expect("the ranges of the sample have a likely value");
        out.push_str(&rest[..start]);
        out.push_str(likely.split(',').next().expect("a value").trim());
        rest = &rest[end + 1..];
    }
    out + rest
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
