//! The fuzz targets, run by the stable compiler: over their seeds, and over seeds that were changed at random.
//!
//! Every run of the tests tries the same few changes. `COMANAGE_ROUNDS=100` tries a hundred times as many and
//! `COMANAGE_SEED=7` others; see `docs/fuzzing.md`.

#[path = "../../fuzz/src/targets/mod.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::common::{all_files, repository};
use crate::mutations::{Chance, rounds};

/// A target: its name, what it does with bytes, and how many changed seeds it tries.
type Target = (&'static str, fn(&[u8]), usize);

const TARGETS: [Target; 5] = [
    ("hours", targets::hours::run, 4_000),
    ("scenario_text", targets::scenario_text::run, 150),
    ("client_rows", targets::client_rows::run, 150),
    ("evaluation", targets::evaluation::run, 40),
    ("results", targets::results::run, 6),
];

#[test]
fn every_target_is_tried() {
    let named = fs::read_to_string(repository("fuzz/Cargo.toml")).expect("the targets are declared");
    for (name, ..) in TARGETS {
        assert!(named.contains(&format!("name = \"{name}\"")), "{name} is no target");
        assert!(repository(&format!("fuzz/fuzz_targets/{name}.rs")).exists(), "{name} has no file");
    }
    assert_eq!(named.matches("[[bin]]").count(), TARGETS.len());
}

#[test]
fn hours_hold() {
    try_target(TARGETS[0]);
}

#[test]
fn scenario_texts_hold() {
    try_target(TARGETS[1]);
}

#[test]
fn client_rows_hold() {
    try_target(TARGETS[2]);
}

#[test]
fn evaluations_hold() {
    try_target(TARGETS[3]);
}

#[test]
fn results_hold() {
    try_target(TARGETS[4]);
}

fn try_target((name, run, times): Target) {
    let folder = repository("fuzz/seeds").join(name);
    let seeds: Vec<Vec<u8>> =
        all_files(&folder).iter().map(|path| fs::read(folder.join(path)).expect("a seed can be read")).collect();
    assert!(!seeds.is_empty(), "{name} has no seeds");
    seeds.iter().for_each(|seed| hold(name, run, seed));
    let mut chance = Chance::of_environment();
    for _ in 0..times * rounds() {
        let mut bytes = seeds[chance.below(seeds.len())].clone();
        for _ in 0..=chance.below(6) {
            change(&mut bytes, &seeds, &mut chance);
        }
        bytes.truncate(4_096);
        hold(name, run, &bytes);
    }
}

/// Runs a target; where it fails, the bytes are told.
#[track_caller]
fn hold(name: &str, run: fn(&[u8]), bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| run(bytes))).is_err() {
        panic!("{name} fails on b\"{}\"", bytes.escape_ascii());
    }
}

/// A change of some bytes, whatever they are.
fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    match chance.below(5) {
        0 => bytes.insert(at, chance.below(256) as u8),
        1 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
        2 if at < bytes.len() => {
            let end = (at + 1 + chance.below(8)).min(bytes.len());
            bytes.drain(at..end);
        }
        3 => {
            let other = &seeds[chance.below(seeds.len())];
            let from = chance.below(other.len() + 1);
            let part = &other[from..(from + chance.below(24)).min(other.len())];
            bytes.splice(at..at, part.iter().copied());
        }
        _ => {
            let many = chance.below(32);
            let random: Vec<u8> = (0..many).map(|_| chance.below(256) as u8).collect();
            bytes.extend(random);
        }
    }
}
