//! Break-evens as JSON. Values and totals are strings of exact decimals, shares fractions of 1.

use serde::Serialize;

use super::{Layout, SCHEMA, text};
use comanage_analysis::breakeven::{Breakeven, Point, Reaching};
use comanage_model::money::Money;

/// The break-evens.
pub fn breakeven(of: &Breakeven, layout: Layout) -> String {
    text(&document(of), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    scenario: &'a str,
    path: &'a str,
    from: String,
    to: String,
    crossings: Vec<Crossing<'a>>,
    ties: Vec<Tie<'a>>,
    throughout: Vec<Throughout<'a>>,
    walk_away: Vec<WalkAway<'a>>,
    recommended: Vec<Recommended<'a>>,
    targets: Vec<Targets<'a>>,
}

#[derive(Serialize)]
struct Crossing<'a> {
    a: &'a str,
    b: &'a str,
    below: Side,
    above: Side,
    both_meet_targets: bool,
}

#[derive(Serialize)]
struct Side {
    value: String,
    total_a: String,
    total_b: String,
    coverage_a: Option<f64>,
    coverage_b: Option<f64>,
    work_done_a: Option<f64>,
    work_done_b: Option<f64>,
    meets_targets_a: Option<bool>,
    meets_targets_b: Option<bool>,
}

#[derive(Serialize)]
struct Tie<'a> {
    a: &'a str,
    b: &'a str,
    from: String,
    to: String,
}

#[derive(Serialize)]
struct Throughout<'a> {
    a: &'a str,
    b: &'a str,
    cheaper: &'a str,
    least: String,
    most: String,
}

#[derive(Serialize)]
struct WalkAway<'a> {
    alternative: &'a str,
    rival: &'a str,
    value: Option<String>,
    rival_meets_targets: Option<bool>,
    rival_meets_budget: Option<bool>,
}

/// Values at which the same alternative is recommended.
#[derive(Serialize)]
struct Recommended<'a> {
    alternative: Option<&'a str>,
    from: String,
    to: String,
}

/// Values at which an alternative meets the targets and the budget, or does not.
#[derive(Serialize)]
struct Targets<'a> {
    alternative: &'a str,
    from: String,
    to: String,
    meets_targets: Option<bool>,
    meets_budget: Option<bool>,
    coverage_from: Option<f64>,
    coverage_to: Option<f64>,
    work_done_from: Option<f64>,
    work_done_to: Option<f64>,
}

fn document<'a>(of: &'a Breakeven) -> Document<'a> {
    let scenario = of.scenario;
    let id = |index: usize| scenario.alternatives[index].id.as_str();
    let value = |index: u64| of.axis.to_data(index, scenario.currency);
    let money = |amount: Money| amount.to_data(scenario.currency);
    let side = |point: &Point, a: usize, b: usize| Side {
        value: value(point.index),
        total_a: money(point.totals[a]),
        total_b: money(point.totals[b]),
        coverage_a: point.judged[a].coverage.get(),
        coverage_b: point.judged[b].coverage.get(),
        work_done_a: point.judged[a].work.get(),
        work_done_b: point.judged[b].work.get(),
        meets_targets_a: point.judged[a].standing.met(),
        meets_targets_b: point.judged[b].standing.met(),
    };
    let mut document = Document {
        schema: SCHEMA,
        scenario: &scenario.name,
        path: &of.axis.path,
        from: value(0),
        to: value(of.axis.grid.last()),
        crossings: Vec::new(),
        ties: Vec::new(),
        throughout: Vec::new(),
        walk_away: Vec::new(),
        recommended: Vec::new(),
        targets: Vec::new(),
    };
    for pair in &of.pairs {
        let (a, b) = (id(pair.a), id(pair.b));
        document.crossings.extend(pair.crossings.iter().map(|crossing| Crossing {
            a,
            b,
            below: side(&crossing.below, pair.a, pair.b),
            above: side(&crossing.above, pair.a, pair.b),
            both_meet_targets: crossing.is_on_target,
        }));
        document.ties.extend(pair.ties().map(|tie| Tie { a, b, from: value(tie.from), to: value(tie.to) }));
        document.throughout.extend(pair.throughout.map(|throughout| Throughout {
            a,
            b,
            cheaper: id(throughout.cheaper),
            least: money(throughout.min),
            most: money(throughout.max),
        }));
    }
    document.walk_away.extend(of.walk_away.iter().flatten().map(|row| WalkAway {
        alternative: id(row.alternative),
        rival: id(row.rival),
        value: row.value.map(value),
        rival_meets_targets: row.rival_meets_targets,
        rival_meets_budget: row.rival_keeps_budget,
    }));
    document.recommended.extend(of.recommended.iter().map(|run| Recommended {
        alternative: run.label.map(id),
        from: value(run.from),
        to: value(run.to),
    }));
    for (index, runs) in of.reaches.iter().enumerate() {
        document.targets.extend(runs.iter().map(|Reaching { is_reached, keeps_budget, from, to }| Targets {
            alternative: id(index),
            from: value(from.0),
            to: value(to.0),
            meets_targets: *is_reached,
            meets_budget: *keeps_budget,
            coverage_from: from.1.coverage.get(),
            coverage_to: to.1.coverage.get(),
            work_done_from: from.1.work.get(),
            work_done_to: to.1.work.get(),
        }));
    }
    document
}
