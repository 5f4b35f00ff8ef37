//! Whether two values mean the same, however they are written: `105_000` and `"$105,000"`, `"60m"`
//! and `"1h"`.

use rust_decimal::Decimal;

use comanage_model::money::Currency;
use comanage_model::week::Week;

use super::super::digits;
use super::super::tree::{Node, Table, Value};
use super::super::value::parse_duration;

/// What a value is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Money.
    Money,
    /// A share, written with a percent sign.
    Share,
    /// A weekly schedule.
    Hours,
    /// A duration: `30m`, `4h`, `2d`.
    Duration,
    /// As it is; numbers by their value.
    Plain,
}

/// Whether two values mean the same.
pub(super) fn is_same(a: &Node, b: &Node, reading: Reading, currency: Option<Currency>) -> bool {
    let all = |a: &Node, b: &Node| is_same(a, b, reading, currency);
    match (&a.value, &b.value) {
        (Value::Table(a), Value::Table(b)) => is_same_table(a, b, all),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| all(a, b)),
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Date(a), Value::Date(b)) | (Value::OtherBase(a), Value::OtherBase(b)) => a == b,
        (Value::Text(a), Value::Text(b)) if a == b => true,
        (Value::Number(a), Value::Number(b)) if a == b => true,
        _ => match reading {
            Reading::Money => is_equal(money(a, currency), money(b, currency)),
            Reading::Share => is_equal(share(a), share(b)),
            Reading::Hours => is_equal(hours(a), hours(b)),
            Reading::Duration => is_equal(a.text().and_then(parse_duration), b.text().and_then(parse_duration)),
            Reading::Plain => is_equal(number(a), number(b)),
        },
    }
}

fn is_same_table(a: &Table, b: &Table, is_same: impl Fn(&Node, &Node) -> bool) -> bool {
    let is_in_b = |key: &str, node: &Node| b.get(key).is_some_and(|other| is_same(node, other));
    a.entries.len() == b.entries.len() && a.entries.iter().all(|entry| is_in_b(&entry.key, &entry.node))
}

fn is_equal<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && a == b
}

fn number(node: &Node) -> Option<Decimal> {
    match &node.value {
        Value::Number(written) => digits::exact(written).ok(),
        _ => None,
    }
}

fn money(node: &Node, currency: Option<Currency>) -> Option<Decimal> {
    match &node.value {
        Value::Text(text) => digits::money(text, currency?).ok(),
        _ => number(node),
    }
}

fn share(node: &Node) -> Option<Decimal> {
    digits::share(node.text()?)?.ok()
}

fn hours(node: &Node) -> Option<Week> {
    Week::parse(node.text()?).ok()
}
