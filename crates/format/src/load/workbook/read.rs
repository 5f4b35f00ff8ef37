//! Sheets in, a tree out: every value with its cell.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Sheets, open_workbook_auto_from_rs};
use rust_decimal::Decimal;
use toml::de::DeValue;

use super::super::digits;
use super::super::path::{self, Step};
use super::super::tree::{self, Entry, Node, Table, Value};
use super::{OFFER, Rows, TOPICS, Topic, VALUE, is_share, is_text, key_at};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::{SourceFile, Span};

/// The texts of the sheets, as their rows look, and the tree.
pub struct Workbook {
    /// A text for each sheet that was read: a line a row, so that its lines have the numbers of the rows.
    pub sources: Vec<SourceFile>,
    /// What they say together.
    pub table: Table,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the workbook of a name; its first text gets the number `file`.
///
/// # Errors
/// The bytes are no workbook that can be read; why.
pub fn read(name: &str, bytes: Vec<u8>, file: usize) -> Result<Workbook, String> {
    let mut sheets: Sheets<_> = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut workbook = Workbook { sources: Vec::new(), table: Table::default(), diagnostics: Vec::new() };
    let names = sheets.sheet_names();
    for topic in &TOPICS {
        let Some(sheet) = names.iter().find(|sheet| sheet.trim().eq_ignore_ascii_case(topic.name)) else { continue };
        let range = sheets.worksheet_range(sheet).map_err(|error| error.to_string())?;
        let first = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
        let rows: Vec<Vec<&Data>> = range.rows().map(|row| row.iter().collect()).collect();
        let of = file + workbook.sources.len();
        let text = SheetText::new(&rows, first);
        let mut reader = SheetReader { topic, file: of, text: &text, workbook: &mut workbook };
        reader.rows(&rows);
        let name = format!("{name}, sheet {sheet}");
        workbook.sources.push(SourceFile::sheet(name, text.text));
    }
    let is_known = |name: &&String| TOPICS.iter().any(|topic| topic.name.eq_ignore_ascii_case(name.trim()));
    for unread in names.iter().filter(|name| !is_known(name)) {
        let message = format!("the sheet {unread:?} is not read");
        let known: Vec<&str> = TOPICS.iter().map(|topic| topic.name).collect();
        let diagnostic =
            Diagnostic::note("sheet-not-read", message).at(Span { file: file.saturating_sub(1), range: 0..0 }, "");
        workbook.diagnostics.push(diagnostic.hint(format!("sheets are {}", known.join(", "))));
    }
    Ok(workbook)
}

/// The first sheet of a workbook as CSV, such as a list of clients.
///
/// # Errors
/// The bytes are no workbook that can be read; why.
pub fn first_sheet(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let mut sheets: Sheets<_> = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let range = sheets.worksheet_range_at(0).ok_or("it has no sheet")?.map_err(|error| error.to_string())?;
    let quoted =
        |cell: &Data| format!("\"{}\"", if cell.is_empty() { String::new() } else { shown(cell) }.replace('"', "\"\""));
    let line = |row: &[Data]| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    // Rows above the first keep the numbers of lines those of the sheet.
    let above = "\n".repeat(range.start().map_or(0, |(row, _)| row as usize));
    Ok((above + &range.rows().map(line).collect::<String>()).into_bytes())
}

/// The letters of a column, from 0.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A sheet as text: a line a row, each cell behind the letters of its column.
struct SheetText {
    text: String,
    /// By row and column of the range, the place of the cell's value in the text.
    places: Vec<Vec<std::ops::Range<usize>>>,
}

impl SheetText {
    fn new(rows: &[Vec<&Data>], (first_row, first_column): (usize, usize)) -> Self {
        let mut text = "\n".repeat(first_row);
        let mut places = Vec::with_capacity(rows.len());
        for row in rows {
            let mut of_row = Vec::with_capacity(row.len());
            for (column, cell) in row.iter().enumerate() {
                if cell.is_empty() {
                    of_row.push(text.len()..text.len());
                    continue;
                }
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push_str("  ");
                }
                text.push_str(&letters(first_column + column));
                text.push_str(": ");
                let start = text.len();
                text.push_str(&shown(cell).replace(['\n', '\r'], " "));
                of_row.push(start..text.len());
            }
            places.push(of_row);
            text.push('\n');
        }
        Self { text, places }
    }
}

/// A cell as one would type it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(number) => plain(*number),
        Data::DateTime(date) => date.as_datetime_text(),
        Data::Bool(value) => value.to_string(),
        cell => cell.to_string(),
    }
}

/// The shortest digits that mean a number.
fn plain(number: f64) -> String {
    format!("{number}")
}

/// The month of a date, for a cell in which a spreadsheet made a date of a month.
trait AsMonth {
    fn as_datetime_text(&self) -> String;
}

impl AsMonth for calamine::ExcelDateTime {
    fn as_datetime_text(&self) -> String {
        let (year, month, ..) = self.to_ymd_hms_milli();
        format!("{year:04}-{month:02}")
    }
}

struct SheetReader<'r> {
    topic: &'r Topic,
    file: usize,
    text: &'r SheetText,
    workbook: &'r mut Workbook,
}

/// A column: its path within an entry.
struct Column {
    steps: Vec<Step>,
    /// Where its header is.
    span: Span,
}

impl SheetReader<'_> {
    fn rows(&mut self, rows: &[Vec<&Data>]) {
        let Some(header) = rows.iter().position(|row| row.iter().any(|cell| !cell.is_empty())) else { return };
        let columns: Vec<Option<Column>> = (0..rows[header].len()).map(|at| self.column(rows, (header, at))).collect();
        for row in header + 1..rows.len() {
            if rows[row].iter().any(|cell| !cell.is_empty()) {
                self.row(rows, row, &columns);
            }
        }
    }

    fn span(&self, (row, column): (usize, usize)) -> Span {
        let range = self.text.places.get(row).and_then(|row| row.get(column)).cloned().unwrap_or(0..0);
        Span { file: self.file, range }
    }

    /// A header: a key or a path, with a unit in parentheses behind it.
    fn column(&mut self, rows: &[Vec<&Data>], at: (usize, usize)) -> Option<Column> {
        let text = shown(rows[at.0][at.1]);
        let header = text.split(" (").next().unwrap_or_default().trim();
        if header.is_empty() {
            return None;
        }
        let steps = path::parse(header);
        if steps.is_none() {
            let diagnostic = Diagnostic::error("unknown-path", format!("{header:?} is not a key"));
            self.workbook.diagnostics.push(diagnostic.at(self.span(at), "this header"));
        }
        let span = self.span(at);
        steps.map(|steps| Column { steps, span })
    }

    /// The text of a row's cell under a header of one name, with its place.
    fn named(&self, rows: &[Vec<&Data>], row: usize, columns: &[Option<Column>], name: &str) -> Option<(String, Span)> {
        let is_it = |column: &Option<Column>| matches!(column.as_ref().map(|column| column.steps.as_slice()), Some([Step::Name(only)]) if only == name);
        let at = columns.iter().position(is_it)?;
        let cell = rows[row].get(at).filter(|cell| !cell.is_empty())?;
        Some((shown(cell).trim().to_string(), self.span((row, at))))
    }

    fn row(&mut self, rows: &[Vec<&Data>], row: usize, columns: &[Option<Column>]) {
        if self.topic.rows == Rows::Keys {
            return self.key(rows, row, columns);
        }
        let first = self.span((row, rows[row].iter().position(|cell| !cell.is_empty()).unwrap_or(0)));
        let is_of_offer = matches!(self.topic.rows, Rows::MapOfOffer | Rows::ListOfOffer);
        let is_map = matches!(self.topic.rows, Rows::Map | Rows::MapOfOffer);
        let entry = self.named(rows, row, columns, self.topic.entry);
        let offer = self.named(rows, row, columns, OFFER).filter(|_| is_of_offer);
        for (is_needed, found, header) in [(is_map, &entry, self.topic.entry), (is_of_offer, &offer, OFFER)] {
            if is_needed && found.is_none() {
                let message = format!("the row has nothing under {header:?}");
                let diagnostic = Diagnostic::error("missing-key", message).at(first.clone(), "this row");
                return self
                    .workbook
                    .diagnostics
                    .push(diagnostic.hint(format!("name its {header} in the column {header:?}")));
            }
        }
        let mut node = Node { span: first, value: Value::Table(Table::default()) };
        for (at, column) in columns.iter().enumerate() {
            let Some(column) = column else { continue };
            let is_key = |name: &str| matches!(column.steps.as_slice(), [Step::Name(only)] if only == name);
            let names_entry = (is_map && is_key(self.topic.entry)) || (is_of_offer && is_key(OFFER));
            let Some(cell) = rows[row].get(at).filter(|cell| !cell.is_empty() && !names_entry) else { continue };
            let value = self.value(cell, (row, at), &column.steps);
            if is_map && is_key(VALUE) {
                node = value;
            } else {
                set(&mut node, &column.steps, &column.span, value);
            }
        }
        self.add(node, entry, offer);
    }

    /// Adds an entry where it belongs.
    fn add(&mut self, node: Node, entry: Option<(String, Span)>, offer: Option<(String, Span)>) {
        let topic = self.topic;
        let mut within = &mut self.workbook.table;
        if let Some((offer, span)) = offer {
            let offers = child(within, "offers", &span);
            within = child(offers, &offer, &span);
        }
        let span = node.span.clone();
        match (topic.rows, entry) {
            (Rows::Map | Rows::MapOfOffer, Some((key, key_span))) => {
                let table = child(within, topic.key, &span);
                if table.has(&key) {
                    let message = format!("{key:?} is here twice");
                    let diagnostic = Diagnostic::error("duplicate-key", message).at(key_span, "again here");
                    return self.workbook.diagnostics.push(diagnostic.hint("leave one of the rows out"));
                }
                table.entries.push(Entry { key, key_span, node });
            }
            _ => match within.entries.iter_mut().find(|entry| entry.key == topic.key) {
                Some(Entry { node: Node { value: Value::List(list), .. }, .. }) => list.push(node),
                _ => {
                    let list = Node { span: span.clone(), value: Value::List(vec![node]) };
                    within.entries.push(Entry { key: topic.key.into(), key_span: span, node: list });
                }
            },
        }
    }

    /// A row of a key and its value.
    fn key(&mut self, rows: &[Vec<&Data>], row: usize, columns: &[Option<Column>]) {
        let Some((key, key_span)) = self.named(rows, row, columns, self.topic.entry) else { return };
        let is_value = |column: &Option<Column>| matches!(column.as_ref().map(|column| column.steps.as_slice()), Some([Step::Name(only)]) if only == VALUE);
        let Some(at) = columns.iter().position(is_value) else { return };
        let Some(cell) = rows[row].get(at).filter(|cell| !cell.is_empty()) else { return };
        let key = key.split(" (").next().unwrap_or_default();
        let Some(steps) = path::parse(key) else {
            let diagnostic = Diagnostic::error("unknown-path", format!("{key:?} is not a key"));
            return self.workbook.diagnostics.push(diagnostic.at(key_span, "this key"));
        };
        let node = self.value(cell, (row, at), &steps);
        let root = &mut self.workbook.table;
        let mut table = Node { span: key_span.clone(), value: Value::Table(std::mem::take(root)) };
        let below = (!self.topic.key.is_empty()).then(|| Step::Name(self.topic.key.into()));
        let steps: Vec<Step> = below.into_iter().chain(steps).collect();
        set(&mut table, &steps, &key_span, node);
        if let Value::Table(table) = table.value {
            *root = table;
        }
    }

    /// The value of a cell, for the key that a path leads to.
    fn value(&self, cell: &Data, at: (usize, usize), steps: &[Step]) -> Node {
        let span = self.span(at);
        let key = self.topic.format().and_then(|format| key_at(format, steps));
        let text = shown(cell);
        let text = text.trim();
        let value = match cell {
            Data::Bool(value) => Value::Bool(*value),
            _ if key.is_some_and(is_text) && !text.starts_with('{') && !text.starts_with('[') => {
                Value::Text(text.into())
            }
            Data::Int(_) | Data::Float(_) if key.is_some_and(is_share) => Value::Text(percent(text)),
            Data::Int(_) | Data::Float(_) => Value::Number(text.into()),
            _ if text.starts_with(['{', '[']) => self.parsed(text, &span),
            _ if digits::exact(text).is_ok() => Value::Number(text.into()),
            _ => Value::Text(text.into()),
        };
        Node { span, value }
    }

    /// A range, a list or a table, written as in TOML.
    fn parsed(&self, text: &str, span: &Span) -> Value {
        let (parsed, errors) = DeValue::parse_recoverable(text);
        match tree::value_from_toml(self.file, parsed.get_ref(), span) {
            Some(value) if errors.is_empty() => value,
            _ => Value::Text(text.into()),
        }
    }
}

/// A number as a share: 0.07 is `7%`.
fn percent(number: &str) -> String {
    let share = digits::exact(number).ok().and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED));
    share.map_or_else(|| number.to_string(), |share| format!("{}%", share.normalize()))
}

/// The table under a key, added if it is not there.
fn child<'t>(table: &'t mut Table, key: &str, span: &Span) -> &'t mut Table {
    let place = table.entries.iter().position(|entry| entry.key == key).unwrap_or_else(|| {
        let node = Node { span: span.clone(), value: Value::Table(Table::default()) };
        table.entries.push(Entry { key: key.into(), key_span: span.clone(), node });
        table.entries.len() - 1
    });
    let node = &mut table.entries[place].node;
    if !matches!(node.value, Value::Table(_)) {
        node.value = Value::Table(Table::default());
    }
    match &mut node.value {
        Value::Table(table) => table,
        _ => unreachable!("it was made a table"),
    }
}

/// Sets a value below a table by its path, which is written at a place.
fn set(node: &mut Node, steps: &[Step], key_span: &Span, value: Node) {
    let Value::Table(table) = &mut node.value else { return };
    let Some((Step::Name(last), before)) = steps.split_last() else { return };
    let mut table = table;
    for step in before {
        let Step::Name(name) = step else { return };
        table = child(table, name, key_span);
    }
    table.entries.push(Entry { key: last.clone(), key_span: key_span.clone(), node: value });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 1, 25, 26, 27, 701, 702].map(letters), ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn numbers_are_shares_where_a_share_is_meant() {
        assert_eq!(percent("0.07"), "7%");
        assert_eq!(percent("0.0765"), "7.65%");
        assert_eq!(percent("1"), "100%");
    }
}
