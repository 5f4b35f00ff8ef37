//! Break-evens and sweeps as JSON, for machines. Values and totals are strings of exact decimals,
//! shares fractions of 1.

use serde::{Serialize, Serializer};

use comanage_analysis::breakeven::{Breakeven, Point};
use comanage_analysis::sweep::Sweep;
use comanage_model::money::Money;

/// The break-evens, on one line.
pub fn breakeven(of: &Breakeven) -> String {
    super::line(&turns(of))
}

/// The break-evens, indented.
pub fn breakeven_pretty(of: &Breakeven) -> String {
    super::pretty(&turns(of))
}

/// The sweep, on one line.
pub fn sweep(of: &Sweep) -> String {
    super::line(&swept(of))
}

/// The sweep, indented.
pub fn sweep_pretty(of: &Sweep) -> String {
    super::pretty(&swept(of))
}

#[derive(Serialize)]
struct Turns<'a> {
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

fn turns<'a>(of: &'a Breakeven) -> Turns<'a> {
    let scenario = of.scenario;
    let id = |index: usize| scenario.alternatives[index].id.as_str();
    let value = |index: u64| of.axis.to_data(index, scenario.currency);
    let money = |amount: Money| amount.to_data(scenario.currency);
    let side = |point: &Point, a: usize, b: usize| Side {
        value: value(point.index),
        total_a: money(point.totals[a]),
        total_b: money(point.totals[b]),
    };
    let mut document = Turns {
        schema: 1,
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

#[derive(Serialize)]
struct Swept<'a> {
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
    cheapest: &'a str,
    recommended: Option<&'a str>,
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

fn swept<'a>(of: &'a Sweep) -> Swept<'a> {
    let scenario = of.scenario;
    let id = |index: usize| scenario.alternatives[index].id.as_str();
    let value = |axis: usize, index: u64| of.axes[axis].to_data(index, scenario.currency);
    let cell = |cell: &comanage_analysis::sweep::Cell| Cell {
        values: cell.indices.iter().enumerate().map(|(axis, &index)| value(axis, index)).collect(),
        totals: (0..)
            .zip(cell.totals.iter())
            .map(|(index, total)| (id(index), total.to_data(scenario.currency)))
            .collect(),
        cheapest: id(cell.cheapest),
        recommended: cell.recommended.map(id),
    };
    let passing = |crossing: &comanage_analysis::sweep::Crossing| Passing {
        a: id(crossing.a),
        b: id(crossing.b),
        below: value(0, crossing.below),
        above: value(0, crossing.above),
    };
    Swept {
        schema: 1,
        scenario: &scenario.name,
        paths: of.axes.iter().map(|axis| axis.path.as_str()).collect(),
        alternatives: scenario.alternatives.iter().map(|alternative| alternative.id.as_str()).collect(),
        cells: of.cells.iter().map(cell).collect(),
        crossings: of.crossings().iter().map(passing).collect(),
    }
}
