//! Published figures as CSV.

use rust_decimal::Decimal;

use super::{Csv, text as cell};
use comanage_format::rates::{Entry, Figure};

/// The figures as CSV, a row each.
pub fn rates(entries: &[&Entry]) -> Vec<u8> {
    let mut csv = Csv::new(&[
        "key",
        "what",
        "value",
        "low",
        "likely",
        "high",
        "unit",
        "currency",
        "region",
        "date",
        "undated",
        "title",
        "publisher",
        "address",
        "strength",
        "note",
    ]);
    let data = |value: Option<Decimal>| value.map_or_else(String::new, |value| value.normalize().to_string());
    let maybe = |text: &Option<String>| cell(text.as_deref().unwrap_or_default());
    for entry in entries {
        let (value, low, likely, high) = match entry.figure {
            Figure::Value(value) => (Some(value), None, None, None),
            Figure::Band { low, likely, high } => (None, low, likely, high),
        };
        csv.row([
            cell(&entry.key),
            cell(&entry.what),
            data(value),
            data(low),
            data(likely),
            data(high),
            entry.unit.name().to_string(),
            entry.currency.map_or("", |currency| currency.code).to_string(),
            cell(&entry.region),
            cell(&entry.date.text),
            entry.date.is_when_read.to_string(),
            cell(&entry.source.title),
            maybe(&entry.source.publisher),
            maybe(&entry.source.address),
            entry.strength.name().to_string(),
            maybe(&entry.note),
        ]);
    }
    csv.finish()
}
