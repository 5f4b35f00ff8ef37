//! From which value on something holds, as JSON. Values and amounts are strings of exact decimals, shares
//! numbers.

use serde::Serialize;
use serde_json::Value as Json;

use super::{Layout, SCHEMA, text};
use comanage_analysis::solve::{Point, Solved, Value};

/// What was found.
pub fn solve(of: &Solved, layout: Layout) -> String {
    text(&document(of), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    scenario: &'a str,
    path: &'a str,
    from: String,
    to: String,
    until: &'a str,
    found: Option<Found>,
    best: Option<At>,
    reason: Option<&'a str>,
    values: u64,
    looked_at: usize,
}

#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    at: At,
    before: Option<At>,
}

#[derive(Serialize)]
struct At {
    value: String,
    figure: Json,
}

fn document<'a>(of: &'a Solved) -> Document<'a> {
    let currency = of.scenario.currency;
    let value = |index: u64| of.axis.to_data(index, currency);
    let figure = |figure: &Option<Value>| match figure {
        None | Some(Value::Id(None)) => Json::Null,
        Some(Value::Money(amount)) => amount.to_data(currency).into(),
        Some(Value::Share(number) | Value::Number(number)) => (*number).into(),
        Some(Value::Flag(flag)) => (*flag).into(),
        Some(Value::Id(Some(id))) => id.as_str().into(),
    };
    let at = |point: &Point| At { value: value(point.index), figure: figure(&point.figure) };
    Document {
        schema: SCHEMA,
        scenario: &of.scenario.name,
        path: &of.axis.path,
        from: value(0),
        to: value(of.axis.grid.last()),
        until: &of.until.text,
        found: of.found.as_ref().map(|found| Found { at: at(&found.at), before: found.before.as_ref().map(at) }),
        best: of.best.as_ref().map(at),
        reason: of.reason.as_deref(),
        values: of.axis.grid.len(),
        looked_at: of.points.len(),
    }
}
