//! What somebody waits for who runs the program: one scenario, and a folder of a thousand.
//!
//! Each is a process of its own with everything it writes; of the folder it is also told how busy
//! the cores were. `cargo bench --bench program`, on Linux, where the time of a process can be read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often one scenario is compared; the median counts.
const RUNS: usize = 41;
/// How many files the folder holds.
const FILES: usize = 1_000;

fn main() {
    let folder = std::env::temp_dir().join(format!("comanage-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder can be made");
    one_scenario(&folder);
    many_scenarios(&folder);
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// The wait after each change of a file: `comanage compare FILE`, with ranges and without.
fn one_scenario(folder: &Path) {
    let sample = repository("scenarios/harbor-foods.toml");
    let certain = folder.join("certain.toml");
    fs::write(&certain, without_ranges(&fs::read_to_string(&sample).expect("the sample is there")))
        .expect("a file can be written");
    for (what, file, flags) in [
        ("compare one scenario, no ranges, no PNG", &certain, ["--no-png", "--quiet"]),
        ("compare one scenario, 4,096 samples of its ranges, no PNG", &sample, ["--no-png", "--quiet"]),
        ("compare one scenario, with PNG", &certain, ["--quiet", "--no-color"]),
    ] {
        let mut times: Vec<Times> = (0..RUNS).map(|_| run(folder, file, &flags)).collect();
        times.sort_by_key(|times| times.wall);
        let median = &times[RUNS / 2];
        let (wall, cpu) = (median.wall.as_secs_f64() * 1e3, median.cpu.as_secs_f64() * 1e3);
        println!("{what}: {wall:.1} ms (processor {cpu:.0} ms)");
    }
}

/// The wait of an analyst with many clients: `comanage compare FOLDER`, all data and charts.
fn many_scenarios(folder: &Path) {
    let clients = folder.join("clients");
    fs::create_dir_all(&clients).expect("a folder can be made");
    let text = without_ranges(&fs::read_to_string(repository("scenarios/harbor-foods.toml")).expect("the sample"));
    for client in 0..FILES {
        let users = format!("users = {}", 60 + client % 400);
        fs::write(clients.join(format!("client-{client:04}.toml")), text.replacen("users = 120", &users, 1))
            .expect("a file can be written");
    }
    let times = run(folder, &clients, &["--no-png", "--quiet"]);
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get()) as f64;
    let busy = times.cpu.as_secs_f64() / times.wall.as_secs_f64() / cores;
    let wall = times.wall.as_secs_f64();
    println!("compare {FILES} scenarios, no PNG: {wall:.1} s, {cores} cores {:.0}% busy", busy * 100.0);
}

struct Times {
    wall: Duration,
    /// Of all threads, in the program and for it in the kernel.
    cpu: Duration,
}

fn run(folder: &Path, paths: &Path, flags: &[&str]) -> Times {
    let before = cpu_of_children();
    let start = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_comanage"));
    program.arg("compare").arg(paths).args(flags).arg("--output").arg(folder.join("output"));
    let status = program.stdout(Stdio::null()).status().expect("the program starts");
    assert!(status.success(), "the program runs");
    Times { wall: start.elapsed(), cpu: cpu_of_children() - before }
}

/// The processor time of all processes that were started and have ended, in hundredths of a second.
fn cpu_of_children() -> Duration {
    let Ok(stat) = fs::read_to_string("/proc/self/stat") else { return Duration::ZERO };
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks: u64 = fields[13..15].iter().filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// The text with the likely value in the place of each range, and nothing about samples.
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
