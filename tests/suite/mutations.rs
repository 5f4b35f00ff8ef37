//! Whatever stands in a file, loading it ends in a scenario or in findings that can be shown.

use comanage_format::load::Document;
use comanage_model::diagnostic::{Severity, render};

const WHOLE: &[u8] = include_bytes!("../data/whole-file.toml");
const BASE: &[u8] = include_bytes!("../data/base.toml");

/// SplitMix64: the same mutations on every run.
pub struct Chance(u64);

impl Chance {
    /// The same on every run, unless `COMANAGE_SEED` is set.
    pub fn of_environment() -> Self {
        Self(number_in("COMANAGE_SEED").unwrap_or(1))
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

/// How many times as much is tried as in every run of the tests: `COMANAGE_ROUNDS`.
pub fn rounds() -> usize {
    number_in("COMANAGE_ROUNDS").unwrap_or(1) as usize
}

fn number_in(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

fn check(bytes: &[u8]) {
    let loaded = Document::parse("whole-file.toml", bytes, &mut |_| Ok(BASE.to_vec())).read();
    let wrong = loaded.diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(loaded.scenario.is_none(), wrong);
    if loaded.diagnostics.len() < 50 {
        render(&loaded.diagnostics, &loaded.sources, false);
    }
}

/// One small change, of the kind that people and disks make.
pub fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    const PIECES: [&[u8]; 24] = [
        b"-",
        b"0",
        b"9999999999999999999999999",
        b"{",
        b"}",
        b"[",
        b"]",
        b"[[",
        b"\"",
        b"'''",
        b"=",
        b".",
        b"%",
        b"\n",
        b"#",
        b"1e9",
        b"inf",
        b"true",
        b"low",
        b"all",
        b"\xff",
        b"\x00",
        b"\xe2\x80\xae",
        b"24x7",
    ];
    let at = chance.below(bytes.len());
    match chance.below(6) {
        0 => {
            bytes.remove(at);
        }
        1 => {
            let other = chance.below(bytes.len());
            bytes.swap(at, other);
        }
        2 => {
            let piece = PIECES[chance.below(PIECES.len())];
            bytes.splice(at..at, piece.iter().copied());
        }
        kind => {
            let mut lines: Vec<Vec<u8>> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
            let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
            match kind {
                3 => {
                    lines.remove(one);
                }
                4 => lines.swap(one, other),
                _ => lines.insert(other, lines[one].clone()),
            }
            *bytes = lines.join(&b'\n');
        }
    }
}

#[test]
fn no_change_to_a_file_is_a_panic() {
    let mut chance = Chance::of_environment();
    for _ in 0..1_500 * rounds() {
        let mut bytes = WHOLE.to_vec();
        for _ in 0..=chance.below(4) {
            if !bytes.is_empty() {
                mutate(&mut bytes, &mut chance);
            }
        }
        check(&bytes);
    }
}

#[test]
fn a_file_may_end_anywhere() {
    for end in (0..WHOLE.len()).step_by(13) {
        check(&WHOLE[..end]);
    }
}

#[test]
fn nothing_is_nested_too_deep_to_be_refused() {
    for depth in [10, 100, 5_000, 200_000] {
        for (open, close) in [("[", "]"), ("{a=", "}"), ("{\"a\".a.a.a.a=", "}")] {
            check(format!("name = {}1{}", open.repeat(depth), close.repeat(depth)).as_bytes());
            check(format!("name = {}", open.repeat(depth)).as_bytes());
        }
        check(format!("{}a = 1", "a.".repeat(depth)).as_bytes());
        check(format!("[{}a]\nb = 1", "a.".repeat(depth)).as_bytes());
        check(format!("{}\nb = 1", "[a]\n".repeat(depth.min(5_000))).as_bytes());
    }
    let dotted = "a.".repeat(78);
    check(format!("x = {}1{}", format!("{{{dotted}a=").repeat(79), "}".repeat(79)).as_bytes());
}

#[test]
fn every_value_may_be_laid_over_with_anything() {
    let document = Document::parse("whole-file.toml", WHOLE, &mut |_| Ok(BASE.to_vec()));
    let scenario = document.read().scenario.expect("the whole file loads");
    // The first month of a hire follows from its other values; no key says it.
    let of_hire = |path: &str| path.starts_with("hire.") && path.ends_with(".from_month");
    for (_, _, about) in scenario.inputs.iter().filter(|(_, _, about)| !of_hire(&about.path)) {
        for value in ["", "0", "-1", "1e30", "4%", "x", "{", "[1]", "{ low = 1, high = 2 }", "24x7", "\u{202e}"] {
            let Ok(varied) = document.with(&about.path, value) else {
                panic!("{} is a path", about.path);
            };
            varied.read();
        }
    }
}
