//! The difference of two scenarios for programs.

use serde::Serialize;

use super::csv::{Csv, text as cell};
use crate::diff::{Difference, Figures, Moved};
use crate::load;
use crate::money::{Currency, Money};

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

/// The difference as JSON, on one line.
pub fn json(of: &Difference) -> String {
    let document = Document {
        schema: 1,
        a: &of.a,
        b: &of.b,
        changes: of.changes.iter().map(change).collect(),
        alternatives: of.alternatives.iter().map(|moved| alternative(moved, of.currency)).collect(),
    };
    serde_json::to_string(&document).expect("a document of strings and numbers is JSON") + "\n"
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

/// The difference as CSV: for each alternative a row with its total before, one for each step with
/// what it moves the total by and what the total then is, and one with its total after.
pub fn csv(of: &Difference) -> Vec<u8> {
    let mut csv = Csv::new(&["alternative", "step", "path", "from", "to", "amount", "total", "coverage"]);
    let money = |money: Money| money.to_data(of.currency);
    let side = |moved: &Moved, name: &str, figures: Option<Figures>| {
        let total = figures.map(|figures| money(figures.total)).unwrap_or_default();
        let coverage = figures.and_then(|figures| figures.coverage).map(|share| share.to_string()).unwrap_or_default();
        let empty = String::new;
        [cell(&moved.id), name.into(), empty(), empty(), empty(), empty(), total, coverage]
    };
    for moved in &of.alternatives {
        csv.row(side(moved, "before", moved.a));
        let mut running = moved.a.map(|a| a.total).unwrap_or_default();
        for (number, step) in moved.bridge.iter().flatten().enumerate() {
            running = Money(running.0 + step.amount.0);
            let said = |value: fn(&load::Change) -> Option<&str>| {
                let values = step.changes.iter().filter_map(|&change| of.changes.get(change));
                values.map(|change| value(change).unwrap_or_default()).collect::<Vec<_>>().join(" + ")
            };
            csv.row([
                cell(&moved.id),
                (number + 1).to_string(),
                cell(&step.path),
                cell(&said(|change| change.from.as_deref())),
                cell(&said(|change| change.to.as_deref())),
                money(step.amount),
                money(running),
                String::new(),
            ]);
        }
        csv.row(side(moved, "after", moved.b));
    }
    csv.finish()
}
