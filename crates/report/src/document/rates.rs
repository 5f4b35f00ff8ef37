//! Published figures in print.

use rust_decimal::Decimal;

use super::{Block, Cell, Report, Role, Row, Section, Table};
use crate::figures::written;
use comanage_format::rates::{Entry, Figure};
use comanage_model::money::group_thousands;

/// Published figures as a document: a table for each kind, told by how their names begin.
pub fn rates(entries: &[&Entry]) -> Report {
    let groups = entries.chunk_by(|a, b| group(a) == group(b));
    let section = |entries: &[&Entry]| Section {
        heading: entries.first().map(|entry| group(entry).to_string()).unwrap_or_default(),
        is_brief: true,
        blocks: vec![Block::Table(table(entries))],
    };
    Report {
        title: "Published figures".into(),
        subtitle: match entries.len() {
            1 => "1 figure, with its source and date".into(),
            number => format!("{number} figures, each with its source and date"),
        },
        answer: Vec::new(),
        sections: groups.map(section).collect(),
    }
}

/// How the name of a figure begins.
fn group(entry: &Entry) -> &str {
    entry.key.split('.').next().unwrap_or_default()
}

fn table(entries: &[&Entry]) -> Table {
    let headers = ["Name", "Meaning", "Figure", "Region", "Date", "Source", "Strength", "Note"];
    let row = |entry: &&Entry| {
        let address = entry.source.address.as_ref().map(|address| format!(", {address}")).unwrap_or_default();
        let cells = [
            entry.key.clone(),
            entry.what.clone(),
            figure_in_words(entry),
            entry.region.clone(),
            entry.date.words(),
            format!("{}{address}", entry.source.words()),
            entry.strength.name().to_string(),
            entry.note.clone().unwrap_or_default(),
        ];
        Row { role: Role::Body, cells: cells.map(Cell::Text).to_vec() }
    };
    Table { headers: headers.map(String::from).to_vec(), rows: entries.iter().map(row).collect() }
}

/// A figure with its unit: `75 to 175 USD / user / month`, `30% to 50% of the price`.
pub fn figure_in_words(entry: &Entry) -> String {
    let show = |value: Decimal| group_thousands(&written(value, entry.unit.kind()));
    let (number, open_end, likely) = match entry.figure {
        Figure::Value(value) => (show(value), "", None),
        Figure::Band { low: Some(low), high: Some(high), likely } => {
            (format!("{} to {}", show(low), show(high)), "", likely)
        }
        Figure::Band { low: Some(low), high: None, likely } => (show(low), " and more", likely),
        Figure::Band { low: None, high, likely } => {
            (format!("up to {}", high.map(show).unwrap_or_default()), "", likely)
        }
    };
    let likely = likely.map(|likely| format!(", likely {}", show(likely))).unwrap_or_default();
    let unit = match entry.currency {
        Some(currency) => format!("{} / {}", currency.code, entry.unit.name()),
        None => entry.unit.name().to_string(),
    };
    format!("{number} {unit}{open_end}{likely}")
}
