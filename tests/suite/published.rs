//! Every scenario of the repository loads and comes to what it expects.
//!
//! The expectations of `scenarios/published/` are figures that somebody else has published, each
//! with its source, so they hold the program to the world and not to itself.

use std::path::Path;

use comanage_analysis::compare::compare;
use comanage_analysis::expect;
use comanage_format::load;
use comanage_model::diagnostic::{Severity, render};

use crate::common::{files_below, repository, samples, text_of};

/// What is wrong with a file.
pub fn faults(path: &Path) -> Option<String> {
    let loaded = load::load(&path.to_string_lossy());
    let told = |diagnostics: &_| format!("{}\n{}", path.display(), render(diagnostics, &loaded.sources, false));
    let Some(scenario) = &loaded.scenario else { return Some(told(&loaded.diagnostics)) };
    match compare(scenario) {
        Err(problem) => Some(told(&[problem])),
        Ok(comparison) => {
            let missed = expect::missed(&comparison);
            (!missed.is_empty()).then(|| told(&missed))
        }
    }
}

#[test]
fn every_sample_comes_to_what_it_expects() {
    let mut paths = samples();
    paths.push(repository("tests/data/golden.toml"));
    let wrong: Vec<String> = paths.iter().filter_map(|path| faults(path)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn samples_load_without_a_warning() {
    for path in samples() {
        let loaded = load::load(&path.to_string_lossy());
        let warnings = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
        assert_eq!(warnings.count(), 0, "{}", render(&loaded.diagnostics, &loaded.sources, false));
    }
}

#[test]
fn published_cases_name_their_source_and_expect_its_figures() {
    let cases = files_below(&repository("scenarios/published"), "toml");
    assert!(cases.len() >= 25, "only {} published cases", cases.len());
    for path in cases {
        let text = text_of(&path);
        let mut head = text.lines().take_while(|line| !line.starts_with('['));
        assert!(head.any(|line| line.starts_with("source = ")), "{} names no source", path.display());
        let scenario = load::load(&path.to_string_lossy()).scenario.expect("it loads");
        assert!(!scenario.expect.is_empty(), "{} expects nothing", path.display());
    }
}

#[test]
fn stories_expect_something() {
    for path in samples() {
        let scenario = load::load(&path.to_string_lossy()).scenario.expect("it loads");
        assert!(!scenario.expect.is_empty(), "{} expects nothing", path.display());
    }
}
