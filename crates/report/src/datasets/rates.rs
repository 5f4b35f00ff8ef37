//! Published figures: a row for each, as exact decimals, shares as parts of 1.

use rust_decimal::Decimal;

use crate::dataset::{Dataset, Fields};
use comanage_format::rates::{Entry, Figure};

/// A row for each figure.
pub fn rates(entries: &[&Entry]) -> Dataset {
    Fields::default()
        .text("key", "Name", |entry: &&Entry| entry.key.clone())
        .text("what", "Meaning", |entry| entry.what.clone())
        .number("value", "Value", "unit", |entry| parts(entry).0)
        .number("low", "Low", "unit", |entry| parts(entry).1)
        .number("likely", "Likely", "unit", |entry| parts(entry).2)
        .number("high", "High", "unit", |entry| parts(entry).3)
        .text("unit", "Unit", |entry| entry.unit.name().to_string())
        .text("currency", "Currency", |entry| entry.currency.map(|currency| currency.code.to_string()))
        .text("region", "Region", |entry| entry.region.clone())
        .text("date", "Date", |entry| entry.date.text.clone())
        .flag("undated", "Undated", |entry| entry.date.is_when_read)
        .text("title", "Title", |entry| entry.source.title.clone())
        .text("publisher", "Publisher", |entry| entry.source.publisher.clone())
        .text("address", "Address", |entry| entry.source.address.clone())
        .text("strength", "Strength", |entry| entry.strength.name().to_string())
        .text("note", "Note", |entry| entry.note.clone())
        .dataset("rates", None, entries.iter().copied())
}

type Part = Option<Decimal>;

/// The value of a figure, or the low, likely and high value of its range.
fn parts(entry: &Entry) -> (Part, Part, Part, Part) {
    match entry.figure {
        Figure::Value(value) => (Some(value), None, None, None),
        Figure::Band { low, likely, high } => (None, low, likely, high),
    }
}
