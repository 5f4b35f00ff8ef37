//! A sweep as JSON. Values and totals are strings of exact decimals, shares fractions of 1.

use serde::{Serialize, Serializer};

use super::{Layout, SCHEMA, text};
use comanage_analysis::sweep::Sweep;

/// The sweep.
pub fn sweep(of: &Sweep, layout: Layout) -> String {
    text(&document(of), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    scenario: &'a str,
    paths: Vec<&'a str>,
    alternatives: Vec<&'a str>,
    cells: Vec<Cell<'a>>,
    crossings: Vec<Passing<'a>>,
}

#[derive(Serialize)]
struct Cell<'a> {
    values: Vec<String>,
    #[serde(serialize_with = "in_order")]
    totals: Vec<(&'a str, String)>,
    cheapest: Option<&'a str>,
    recommended: Option<&'a str>,
    alternatives: Vec<Alternative<'a>>,
}

#[derive(Serialize)]
struct Alternative<'a> {
    id: &'a str,
    total: String,
    coverage: Option<f64>,
    work_done: Option<f64>,
    meets_targets: Option<bool>,
    meets_budget: Option<bool>,
}

#[derive(Serialize)]
struct Passing<'a> {
    a: &'a str,
    b: &'a str,
    below: String,
    above: String,
}

/// A map whose keys keep their order.
fn in_order<S: Serializer>(entries: &[(&str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(id, total)| (id, total)))
}

fn document<'a>(of: &'a Sweep) -> Document<'a> {
    let scenario = of.scenario;
    let id = |index: usize| scenario.alternatives[index].id.as_str();
    let value = |axis: usize, index: u64| of.axes[axis].to_data(index, scenario.currency);
    let cell = |cell: &comanage_analysis::sweep::Cell| Cell {
        values: cell.indices.iter().enumerate().map(|(axis, &index)| value(axis, index)).collect(),
        totals: (0..)
            .zip(cell.totals.iter())
            .map(|(index, total)| (id(index), total.to_data(scenario.currency)))
            .collect(),
        cheapest: cell.cheapest.map(id),
        recommended: cell.recommended.map(id),
        alternatives: (0..)
            .zip(cell.totals.iter().zip(cell.judged.iter()))
            .map(|(index, (total, judged))| Alternative {
                id: id(index),
                total: total.to_data(scenario.currency),
                coverage: judged.coverage.get(),
                work_done: judged.work.get(),
                meets_targets: judged.standing.met(),
                meets_budget: judged.standing.kept(scenario),
            })
            .collect(),
    };
    let passing = |crossing: &comanage_analysis::sweep::Crossing| Passing {
        a: id(crossing.a),
        b: id(crossing.b),
        below: value(0, crossing.below),
        above: value(0, crossing.above),
    };
    Document {
        schema: SCHEMA,
        scenario: &scenario.name,
        paths: of.axes.iter().map(|axis| axis.path.as_str()).collect(),
        alternatives: scenario.alternatives.iter().map(|alternative| alternative.id.as_str()).collect(),
        cells: of.cells.iter().map(cell).collect(),
        crossings: of.crossings().iter().map(passing).collect(),
    }
}
