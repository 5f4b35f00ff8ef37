//! Published figures as JSON.

use serde::Serialize;

use super::TOOL;
use comanage_format::rates::{Entry, Figure};

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    tool: &'static str,
    rates: Vec<Rate<'a>>,
}

#[derive(Serialize)]
struct Rate<'a> {
    key: &'a str,
    what: &'a str,
    value: Option<String>,
    low: Option<String>,
    likely: Option<String>,
    high: Option<String>,
    unit: &'static str,
    currency: Option<&'static str>,
    region: &'a str,
    date: &'a str,
    undated: bool,
    title: &'a str,
    publisher: Option<&'a str>,
    address: Option<&'a str>,
    strength: &'static str,
    note: Option<&'a str>,
}

/// A figure's parts as data: exact decimals, shares as parts of 1.
fn rate<'a>(entry: &'a Entry) -> Rate<'a> {
    let data = |value: rust_decimal::Decimal| value.normalize().to_string();
    let (value, low, likely, high) = match entry.figure {
        Figure::Value(value) => (Some(value), None, None, None),
        Figure::Band { low, likely, high } => (None, low, likely, high),
    };
    Rate {
        key: &entry.key,
        what: &entry.what,
        value: value.map(data),
        low: low.map(data),
        likely: likely.map(data),
        high: high.map(data),
        unit: entry.unit.name(),
        currency: entry.currency.map(|currency| currency.code),
        region: &entry.region,
        date: &entry.date.text,
        undated: entry.date.is_when_read,
        title: &entry.source.title,
        publisher: entry.source.publisher.as_deref(),
        address: entry.source.address.as_deref(),
        strength: entry.strength.name(),
        note: entry.note.as_deref(),
    }
}

/// The figures as JSON, on one line.
pub fn rates(entries: &[&Entry]) -> String {
    let rates = entries.iter().map(|entry| rate(entry)).collect();
    let document = Document { schema: 1, tool: TOOL, rates };
    super::line(&document)
}
