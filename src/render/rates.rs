//! Published figures for the terminal and for programs.

use serde::Serialize;

use super::csv::{Csv, text as cell};
use super::json::TOOL;
use super::text::{Paint, WIDTH, visible, wrap};
use crate::rates::{Entry, Figure};
use crate::report::figure_in_words;

/// The figures for the terminal: name and figure on a line, then what it is and who says so.
pub fn text(entries: &[&Entry], with_colour: bool) -> String {
    let paint = Paint(with_colour);
    let entry = |entry: &&Entry| {
        let figure = visible(&figure_in_words(entry));
        let room = usize::from(WIDTH).saturating_sub(entry.key.chars().count());
        let between = if figure.chars().count() < room { " ".to_string() } else { "\n  ".to_string() };
        let fill = if between == " " { room - figure.chars().count() - 1 } else { 0 };
        let note = entry.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        let what = format!("{}{note}. Region: {}.", entry.what, entry.region);
        let source = format!("{}, {}, {}", entry.source.words(), entry.date.words(), entry.strength.name());
        let told = wrap(&visible(&what), "  ") + &wrap(&visible(&source), "  ");
        format!("{}{}{between}{figure}\n{told}", paint.bold(&entry.key), " ".repeat(fill))
    };
    entries.iter().map(entry).collect::<Vec<_>>().join("\n")
}

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
pub fn json(entries: &[&Entry]) -> String {
    let rates = entries.iter().map(|entry| rate(entry)).collect();
    let document = Document { schema: 1, tool: TOOL, rates };
    serde_json::to_string(&document).expect("a document of strings is JSON") + "\n"
}

/// The figures as CSV, a row each.
pub fn csv(entries: &[&Entry]) -> Vec<u8> {
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
    for entry in entries {
        let of = rate(entry);
        let maybe = |text: Option<&str>| cell(text.unwrap_or_default());
        csv.row([
            cell(of.key),
            cell(of.what),
            of.value.unwrap_or_default(),
            of.low.unwrap_or_default(),
            of.likely.unwrap_or_default(),
            of.high.unwrap_or_default(),
            of.unit.to_string(),
            maybe(of.currency),
            cell(of.region),
            cell(of.date),
            of.undated.to_string(),
            cell(of.title),
            maybe(of.publisher),
            maybe(of.address),
            of.strength.to_string(),
            maybe(of.note),
        ]);
    }
    csv.finish()
}
