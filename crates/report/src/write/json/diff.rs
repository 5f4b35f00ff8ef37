//! The difference of two scenarios as JSON.

use serde::Serialize;

use super::{Layout, SCHEMA, text};
use comanage_analysis::diff::{Difference, Figures, Moved};
use comanage_format::load;
use comanage_model::money::Currency;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    a: &'a str,
    b: &'a str,
    changes: Vec<Change<'a>>,
    alternatives: Vec<Alternative<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    path: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct Alternative<'a> {
    id: &'a str,
    total_a: Option<String>,
    total_b: Option<String>,
    coverage_a: Option<f64>,
    coverage_b: Option<f64>,
    bridge: Option<Vec<Step<'a>>>,
}

#[derive(Serialize)]
struct Step<'a> {
    path: &'a str,
    amount: String,
}

/// The difference.
pub fn diff(of: &Difference, layout: Layout) -> String {
    let document = Document {
        schema: SCHEMA,
        a: &of.a,
        b: &of.b,
        changes: of.changes.iter().map(change).collect(),
        alternatives: of.alternatives.iter().map(|moved| alternative(moved, of.currency)).collect(),
    };
    text(&document, layout)
}

fn change(of: &load::Change) -> Change<'_> {
    Change { path: &of.path, from: of.from.as_deref(), to: of.to.as_deref() }
}

fn alternative(moved: &Moved, currency: Currency) -> Alternative<'_> {
    let total = |figures: Option<Figures>| figures.map(|figures| figures.total.to_data(currency));
    let coverage = |figures: Option<Figures>| figures.and_then(|figures| figures.coverage);
    let bridge = moved.bridge.as_ref().map(|steps| {
        let steps = steps.iter().map(|step| Step { path: &step.path, amount: step.amount.to_data(currency) });
        steps.collect()
    });
    Alternative {
        id: &moved.id,
        total_a: total(moved.a),
        total_b: total(moved.b),
        coverage_a: coverage(moved.a),
        coverage_b: coverage(moved.b),
        bridge,
    }
}
