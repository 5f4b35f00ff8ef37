//! Rules about correlations.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{InputInfo, Scenario};

use super::super::read::Places;
use super::super::reader::Reader;

/// A correlation is between two numbers that have ranges.
pub(super) fn correlations_are_of_ranges(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    let correlations = &scenario.simulation.correlations;
    if correlations.is_empty() {
        return;
    }
    let inputs = reader.inputs.clone();
    let known: HashMap<&str, bool> = inputs
        .iter()
        .map(|(input, _, about)| (about.path.as_str(), about.range.is_some() || !reader.is_good(input)))
        .collect();
    let is_range = |about: &InputInfo| about.range.is_some();
    let ranges: Vec<&str> =
        inputs.iter().filter(|(_, _, about)| is_range(about)).map(|(_, _, about)| about.path.as_str()).collect();
    for ((a, b, _), span) in correlations.iter().zip(&places.correlations) {
        for path in [a, b] {
            let diagnostic = match known.get(path.as_str()) {
                Some(true) => continue,
                Some(false) => Diagnostic::error("correlation-without-range", format!("`{path}` has no range"))
                    .hint("only uncertain values can be correlated: write it as { low = …, likely = …, high = … }"),
                None => {
                    let hint = match reader.nearest(path, ranges.iter().copied()) {
                        Some(near) => format!("did you mean {near:?}?"),
                        None => format!("ranges are {}", super::super::nearest::some_of(ranges.iter().copied())),
                    };
                    Diagnostic::error("unknown-path", format!("there is no value {path:?} in this scenario")).hint(hint)
                }
            };
            reader.report(diagnostic.at(span.clone(), "this correlation").path("simulation.correlations"));
        }
    }
}

/// Two values are correlated once, by less than wholly.
pub(super) fn pairs_are_correlated_once(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    let mut seen: HashSet<[&str; 2]> = HashSet::new();
    for ((a, b, r), span) in scenario.simulation.correlations.iter().zip(&places.correlations) {
        let mut pair = [a.as_str(), b.as_str()];
        pair.sort_unstable();
        let (code, message) = if a == b {
            ("correlation-with-itself", "a value cannot be correlated with itself")
        } else if !seen.insert(pair) {
            ("correlation-twice", "this pair is correlated twice")
        } else if r.abs() >= Decimal::ONE {
            ("out-of-range", "a correlation must lie between -1 and 1, both excluded")
        } else {
            continue;
        };
        let diagnostic = Diagnostic::error(code, message).at(span.clone(), "this correlation");
        reader.report(diagnostic.path("simulation.correlations"));
    }
}
