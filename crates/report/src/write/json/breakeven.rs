//! Break-evens as JSON. Values and totals are strings of exact decimals, shares fractions of 1.

use serde::Serialize;

use super::{Layout, SCHEMA, text};
use comanage_analysis::breakeven::{Breakeven, Point};
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
}

#[derive(Serialize)]
struct Crossing<'a> {
    a: &'a str,
    b: &'a str,
    below: Side,
    above: Side,
}

#[derive(Serialize)]
struct Side {
    value: String,
    total_a: String,
    total_b: String,
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
    };
    for pair in &of.pairs {
        let (a, b) = (id(pair.a), id(pair.b));
        document.crossings.extend(pair.crossings.iter().map(|crossing| Crossing {
            a,
            b,
            below: side(&crossing.below, pair.a, pair.b),
            above: side(&crossing.above, pair.a, pair.b),
        }));
        document.ties.extend(pair.ties().map(|tie| Tie { a, b, from: value(tie.from), to: value(tie.to) }));
        document.throughout.extend(pair.throughout.map(|throughout| Throughout {
            a,
            b,
            cheaper: id(throughout.cheaper),
            least: money(throughout.least),
            most: money(throughout.most),
        }));
    }
    document.walk_away.extend(of.walk_away.iter().flatten().map(|row| WalkAway {
        alternative: id(row.alternative),
        rival: id(row.rival),
        value: row.value.map(value),
    }));
    document
}
