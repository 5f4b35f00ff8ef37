//! Rules about figures that were taken from packs.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Origin, Scenario};

use super::super::read::Places;
use super::super::reader::Reader;

/// Months after which a published figure is old.
const FRESH_MONTHS: u32 = 18;

/// What the market charged long before the first month may hold no more.
pub(super) fn figures_are_fresh(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let mut stale = Vec::new();
    for (_, _, about) in reader.inputs.iter() {
        let Origin::Pack { key, span, .. } = &about.origin else { continue };
        let Some(entry) = reader.rates.get(key) else { continue };
        if !entry.date.is_older_than(FRESH_MONTHS, scenario.start) {
            continue;
        }
        let message = format!(
            "the figure {key} dates from {}, more than {FRESH_MONTHS} months before the first month, {}",
            entry.date.text, scenario.start
        );
        let diagnostic = Diagnostic::warning("stale-rate", message).at(span.clone(), "this figure");
        stale.push(diagnostic.path(&about.path).hint("use a newer figure, or ask for a quote"));
    }
    reader.diagnostics.extend(stale);
}
