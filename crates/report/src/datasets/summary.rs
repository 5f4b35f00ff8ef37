//! Several scenarios: a row for each, with what is recommended in it.

use std::borrow::Cow;

use crate::dataset::{Column, Dataset, Kind, Value};
use crate::document::{Cell, SummaryLine};

/// The columns: keys, headers, types.
pub(crate) const COLUMNS: [(&str, &str, Kind); 8] = [
    ("scenario", "Scenario", Kind::Text),
    ("recommended", "Recommended", Kind::Text),
    ("total", "Term total", Kind::Money),
    ("currency", "", Kind::Text),
    ("coverage", "Coverage", Kind::Share),
    ("work_done", "Work done", Kind::Share),
    ("saving", "Saving", Kind::Money),
    ("cheapest", "Cheapest", Kind::Text),
];

/// A row for each scenario; amounts are in its own currency.
pub fn summary(lines: &[SummaryLine]) -> Dataset {
    let column =
        |(key, header, kind)| Column { key: Cow::Borrowed(key), header: Cow::Borrowed(header), kind, unit: "" };
    let row = |line: &SummaryLine| line.cells.iter().map(value).collect();
    Dataset {
        name: "scenarios",
        currency: None,
        columns: COLUMNS.map(column).to_vec(),
        rows: lines.iter().map(row).collect(),
    }
}

/// A cell as data.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(words) => Value::Text(words.clone()),
        Cell::Money(amount) | Cell::Price(amount, _) => Value::Money(*amount),
        Cell::Share(share) => Value::Share(*share),
        Cell::Hours(hours) => Value::Figure(*hours),
        Cell::Count(count) => Value::Count((*count).into()),
        Cell::Figure(figure) => Value::Written(figure.clone()),
        Cell::None => Value::None,
    }
}
