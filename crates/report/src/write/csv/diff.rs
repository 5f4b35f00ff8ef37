//! The difference of two scenarios as CSV.

use super::{Csv, text as cell};
use comanage_analysis::diff::{Difference, Figures, Moved};
use comanage_format::load;
use comanage_model::money::Money;

/// The difference as CSV: for each alternative a row with its total before, one for each step with
/// what it moves the total by and what the total then is, and one with its total after.
pub fn diff(of: &Difference) -> Vec<u8> {
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
