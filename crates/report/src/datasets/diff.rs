//! The difference of two scenarios: for each alternative its total before, each step, its total after.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::diff::{Difference, Figures, Moved, Step};
use comanage_format::load::Change;
use comanage_model::money::Money;

/// A side of the difference, or a step between them.
struct Of<'a> {
    moved: &'a Moved,
    label: String,
    step: Option<&'a Step>,
    total: Option<Money>,
    coverage: Option<f64>,
}

/// For each alternative a row with its total before, one for each step with what it moves the total by
/// and what the total then is, and one with its total after.
pub fn diff(of: &Difference) -> Dataset {
    let changed = |step: Option<&Step>, value: fn(&Change) -> Option<&str>| {
        let changes = step?.changes.iter().filter_map(|&change| of.changes.get(change));
        Some(changes.map(|change| value(change).unwrap_or_default()).collect::<Vec<_>>().join(" + "))
    };
    let fields = Fields::default()
        .text("alternative", "Alternative", |of: &Of| of.moved.id.clone())
        .text("step", "Step", |of| of.label.clone())
        .text("path", "Path", |of| of.step.map(|step| step.path.clone()))
        .text("from", "Before", |of| changed(of.step, |change| change.from.as_deref()))
        .text("to", "After", |of| changed(of.step, |change| change.to.as_deref()))
        .money("amount", "Effect", |of| of.step.map(|step| step.amount))
        .money("total", "Total", |of| of.total)
        .share("coverage", "Coverage", |of| of.coverage);
    fields.dataset("steps", of.currency, of.alternatives.iter().flat_map(rows))
}

fn rows(moved: &Moved) -> Vec<Of<'_>> {
    let side = |label: &str, figures: Option<Figures>| Of {
        moved,
        label: label.to_string(),
        step: None,
        total: figures.map(|figures| figures.total),
        coverage: figures.and_then(|figures| figures.coverage),
    };
    let mut running = moved.a.map(|a| a.total).unwrap_or_default();
    let mut rows = vec![side("before", moved.a)];
    rows.extend((1..).zip(moved.bridge.iter().flatten()).map(|(number, step): (usize, _)| {
        running += step.amount;
        Of { moved, label: number.to_string(), step: Some(step), total: Some(running), coverage: None }
    }));
    rows.push(side("after", moved.b));
    rows
}
