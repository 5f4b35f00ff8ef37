//! A sweep: a row for each value, or for each pair of values.

use std::cmp::Ordering;

use crate::dataset::{Dataset, Fields};
use comanage_analysis::sweep::{Cell, Crossing, Sweep};

/// A row for each cell: the values as one would write them, what every alternative costs, covers and does, which
/// meets the targets and, where there is one, the budget, the cheapest, and along one number the alternatives that broke even since the row before.
pub fn sweep(of: &Sweep) -> Dataset {
    let alternatives = &of.scenario.alternatives;
    let id = |index: usize| alternatives[index].id.clone();
    let mut fields = Fields::default();
    for (place, axis) in of.axes.iter().enumerate() {
        fields =
            fields.written(axis.path.clone(), axis.path.clone(), move |cell: &&Cell| axis.write(cell.indices[place]));
    }
    for (index, alternative) in alternatives.iter().enumerate() {
        let header = format!("Total, {}", alternative.name);
        fields = fields.money(format!("total.{}", alternative.id), header, move |cell| cell.totals[index]);
    }
    for (index, alternative) in alternatives.iter().enumerate() {
        let header = |of: &str| format!("{of}, {}", alternative.name);
        let key = |of: &str| format!("{of}.{}", alternative.id);
        fields = fields
            .share(key("coverage"), header("Coverage"), move |cell| cell.judged[index].coverage.get())
            .share(key("work_done"), header("Work done"), move |cell| cell.judged[index].work.get())
            .flag(key("meets_targets"), header("Meets targets"), move |cell| cell.judged[index].standing.met());
        if !of.scenario.budget.is_none() {
            fields = fields.flag(key("meets_budget"), header("Meets budget"), move |cell| {
                cell.judged[index].standing.kept(of.scenario)
            });
        }
    }
    fields = fields.text("cheapest", "Cheapest", move |cell| cell.cheapest.map(id)).text(
        "recommended",
        "Recommended",
        move |cell| cell.recommended.map(id),
    );
    if of.axes.len() == 1 {
        let changes = of.crossings();
        fields = fields.text("crossed", "Break-even", move |cell| crossed(cell, &changes, id));
    }
    fields.dataset("cells", of.scenario.currency, of.cells.iter())
}

/// The pairs that have broke even, the cheaper one first.
fn crossed(cell: &Cell, changes: &[Crossing], id: impl Fn(usize) -> String) -> String {
    let here = changes.iter().filter(|change| change.above == cell.indices[0]);
    let pairs: Vec<String> = here
        .map(|change| match cell.totals[change.a].cmp(&cell.totals[change.b]) {
            Ordering::Less => format!("{} < {}", id(change.a), id(change.b)),
            Ordering::Equal | Ordering::Greater => format!("{} < {}", id(change.b), id(change.a)),
        })
        .collect();
    pairs.join("; ")
}
