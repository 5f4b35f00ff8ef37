//! A scenario in its other form is the same scenario: through a workbook and through TOML and back, the
//! comparison is the same to the byte.

use comanage_analysis::compare::compare;
use comanage_format::load::Document;
use comanage_report::datasets;
use comanage_report::write::{csv, scenario_workbook};

use crate::common::samples;
use crate::random;

/// Everything that a comparison says, but the names of files.
fn compared(document: &Document, what: &str) -> String {
    let loaded = document.read();
    let shown = || comanage_model::diagnostic::render(&loaded.diagnostics, &loaded.sources, false);
    let Some(scenario) = &loaded.scenario else { panic!("{what}: {}\n{}", shown(), document.to_toml()) };
    match compare(scenario) {
        Err(problem) => format!("{problem:?}"),
        Ok(comparison) => {
            let data = [
                datasets::comparison(&comparison, None),
                datasets::coverage(&comparison),
                datasets::ledger(&comparison),
            ];
            let texts = data.iter().map(|data| String::from_utf8_lossy(&csv::write(data)).into_owned());
            texts.collect::<Vec<_>>().join("\n")
        }
    }
}

fn read(name: &str, bytes: &[u8]) -> Document {
    Document::parse(name, bytes, &mut |_| panic!("it extends nothing"))
}

#[track_caller]
fn same(found: &str, expected: &str, what: &str) {
    let other = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert!(found == expected, "{what}: {other:#?}");
}

/// Holds a document to its other forms.
fn check(document: &Document, what: &str) {
    let expected = compared(document, what);
    let text = document.to_toml();
    same(&compared(&read("s.toml", text.as_bytes()), what), &expected, &format!("{what} as TOML"));
    for all in [false, true] {
        let workbook = scenario_workbook(&document.sheets(all)).expect("it is a workbook");
        let again = read("s.xlsx", &workbook);
        same(&compared(&again, what), &expected, &format!("{what} as a workbook"));
        let back = read("s.toml", again.to_toml().as_bytes());
        same(&compared(&back, what), &expected, &format!("{what} there and back"));
    }
}

#[test]
fn samples_are_the_same_in_every_form() {
    for path in samples() {
        check(&Document::open(&path.to_string_lossy()), &path.to_string_lossy());
    }
}

#[test]
fn random_scenarios_are_the_same_in_every_form() {
    for seed in 0..60 {
        check(&read("s.toml", random::scenario(seed).as_bytes()), &format!("seed {seed}"));
    }
}
