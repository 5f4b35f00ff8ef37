//! A tree as sheets: for a workbook to fill in, and for one that says what a file says.

use std::collections::HashMap;

use super::super::digits;
use super::super::document::Document;
use super::super::format::{Fallback, Key, Quantity, Shape, TableFormat};
use super::super::path::join;
use super::super::range::is_range;
use super::super::tree::{Node, Table, Value};
use super::toml_text::inline;
use super::{KEY, OFFER, Rows, TOPICS, Topic, VALUE, is_share, key_at};
use crate::load::path::{Step, parse, spell};
use comanage_model::scenario::Kind;

/// A sheet of a workbook.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The name of the sheet.
    pub name: &'static str,
    /// Its columns, from the left.
    pub columns: Vec<SheetColumn>,
    /// Its rows: a cell for each column.
    pub rows: Vec<Vec<Option<SheetCell>>>,
    /// What the keys of a sheet of keys mean, by row; empty for others.
    pub notes: Vec<String>,
}

/// A column of a sheet.
#[derive(Clone, Debug)]
pub struct SheetColumn {
    /// Its header: a key or a path, with its unit in parentheses.
    pub header: String,
    /// What it means.
    pub help: String,
    /// The words it takes, where it takes one of some words.
    pub choices: Vec<&'static str>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum SheetCell {
    /// A number; its format shows the unit.
    Number(f64),
    /// A share, as a fraction of 1.
    Share(f64),
    /// True or false.
    Bool(bool),
    /// A text, or a value as in TOML.
    Text(String),
}

impl Document {
    /// This document as the sheets of a workbook. With `all`, every column that the format has is there,
    /// to fill in; without, those that are needed.
    pub fn sheets(&self, all: bool) -> Vec<Sheet> {
        let Value::Table(root) = &self.root.value else { return Vec::new() };
        let sheets = TOPICS.iter().map(|topic| sheet(topic, root, all));
        sheets.filter(|sheet| all || !sheet.rows.is_empty()).collect()
    }
}

fn sheet(topic: &Topic, root: &Table, all: bool) -> Sheet {
    if topic.rows == Rows::Keys { keys_sheet(topic, root, all) } else { entries_sheet(topic, root, all) }
}

/// A sheet of keys and values.
fn keys_sheet(topic: &Topic, root: &Table, all: bool) -> Sheet {
    let mut values = Vec::new();
    let own = |key: &str| TOPICS.iter().any(|other| !other.key.is_empty() && other.key == key);
    let format = topic.format();
    match topic.key {
        "" => root.entries.iter().filter(|entry| !own(&entry.key)).for_each(|entry| {
            flatten(&spell(&entry.key), &entry.node, &mut values);
        }),
        key => {
            let table = root.get(key).and_then(Node::table);
            table.into_iter().flat_map(|table| &table.entries).for_each(|entry| {
                flatten(&spell(&entry.key), &entry.node, &mut values);
            });
        }
    }
    let mut rows: Vec<(String, Option<SheetCell>)> =
        values.iter().map(|(path, node)| (path.clone(), Some(cell(node, key_of(format, path))))).collect();
    for key in format.filter(|_| all).map_or(&[][..], |format| format.keys) {
        let is_known = |path: &String| path == key.name || path.starts_with(&format!("{}.", key.name));
        if is_single(key) && !own(key.name) && !rows.iter().any(|(path, _)| is_known(path)) {
            rows.push((key.name.into(), None));
        }
    }
    let column =
        |header: &str, help: &str| SheetColumn { header: header.into(), help: help.into(), choices: Vec::new() };
    let notes = rows.iter().map(|(path, _)| key_of(format, path).map_or_else(String::new, help)).collect();
    let rows = rows.into_iter().map(|(path, cell)| {
        let unit = key_of(format, &path).and_then(unit);
        vec![Some(SheetCell::Text(with_unit(&path, unit))), cell]
    });
    let columns = vec![column(KEY, "What the row says."), column(VALUE, "Its value.")];
    Sheet { name: topic.name, columns, rows: rows.collect(), notes }
}

/// An entry of a sheet: its keys, and its values by path.
struct EntryRow<'t> {
    offer: Option<&'t str>,
    key: Option<&'t str>,
    node: &'t Node,
    values: Vec<(String, &'t Node)>,
}

impl EntryRow<'_> {
    /// Puts the values of a table back into one where the columns would change their order, which means
    /// something for classes.
    fn keep_order(&mut self, columns: &[String]) {
        let place = |path: &str| columns.iter().position(|column| column == path);
        let Some(table) = self.node.table() else { return };
        for entry in &table.entries {
            let key = spell(&entry.key);
            let parts = format!("{key}.");
            let places: Vec<Option<usize>> =
                self.values.iter().filter(|(path, _)| path.starts_with(&parts)).map(|(path, _)| place(path)).collect();
            if places.is_sorted() {
                continue;
            }
            self.values.retain(|(path, _)| !path.starts_with(&parts));
            self.values.push((key.into_owned(), &entry.node));
        }
    }
}

fn entries_sheet(topic: &Topic, root: &Table, all: bool) -> Sheet {
    let mut entries = entries(topic, root);
    let format = topic.format();
    let is_map = matches!(topic.rows, Rows::Map | Rows::MapOfOffer);
    let is_of_offer = matches!(topic.rows, Rows::MapOfOffer | Rows::ListOfOffer);
    let mut paths: Vec<String> = Vec::new();
    if !is_map {
        paths.push(topic.entry.into());
    }
    if all {
        let keys = format.map_or(&[][..], |format| format.keys).iter().filter(|key| is_single(key));
        paths.extend(keys.map(|key| key.name.to_string()).filter(|name| name != topic.entry || is_map));
    }
    for path in entries.iter().flat_map(|entry| entry.values.iter().map(|(path, _)| path)) {
        if !paths.contains(path) {
            paths.push(path.clone());
        }
    }
    for entry in &mut entries {
        entry.keep_order(&paths);
        for (path, _) in &entry.values {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
    }
    // A column that others hold in parts is not needed.
    paths.retain(|path| {
        let has_parts =
            entries.iter().any(|entry| entry.values.iter().any(|(of, _)| of.starts_with(&format!("{path}."))));
        !has_parts || entries.iter().any(|entry| entry.values.iter().any(|(of, _)| of == path))
    });
    if !all && entries.is_empty() {
        paths.clear();
    }
    let index: HashMap<&str, usize> = paths.iter().enumerate().map(|(at, path)| (path.as_str(), at)).collect();
    let rows = entries.iter().map(|entry| {
        let mut cells = vec![None; paths.len()];
        for (path, node) in &entry.values {
            cells[index[path.as_str()]] = Some(cell(node, key_of(format, path)));
        }
        let name = |name: Option<&str>| name.map(|name| SheetCell::Text(name.into()));
        let offer = is_of_offer.then(|| name(entry.offer));
        let key = is_map.then(|| name(entry.key));
        offer.into_iter().chain(key).chain(cells).collect()
    });
    let rows: Vec<Vec<Option<SheetCell>>> = rows.collect();
    let named =
        |header: &str, help: &str| SheetColumn { header: header.into(), help: help.into(), choices: Vec::new() };
    let offer = is_of_offer.then(|| named(OFFER, "The key of the offer, as on the sheet Offers."));
    let key = is_map.then(|| named(topic.entry, "A short key, by which other sheets name it."));
    let column = |path: &String| {
        let key = key_of(format, path);
        SheetColumn {
            header: with_unit(path, key.and_then(unit)),
            help: key.map_or_else(String::new, help),
            choices: key.map_or_else(Vec::new, choices),
        }
    };
    let columns = offer.into_iter().chain(key).chain(paths.iter().map(column)).collect();
    Sheet { name: topic.name, columns, rows, notes: Vec::new() }
}

/// The entries of a sheet, in the order of the file.
fn entries<'t>(topic: &Topic, root: &'t Table) -> Vec<EntryRow<'t>> {
    match topic.rows {
        Rows::Keys => Vec::new(),
        Rows::Map | Rows::List => root.get(topic.key).map_or_else(Vec::new, |node| of_node(topic, None, node)),
        Rows::MapOfOffer | Rows::ListOfOffer => {
            let offers = root.get("offers").and_then(Node::table).map_or(&[][..], |table| &table.entries);
            let of_offer = |entry: &'t super::super::tree::Entry| {
                let node = entry.node.table().and_then(|table| table.get(topic.key));
                node.map_or_else(Vec::new, |node| of_node(topic, Some(entry.key.as_str()), node))
            };
            offers.iter().flat_map(of_offer).collect()
        }
    }
}

fn of_node<'t>(topic: &Topic, offer: Option<&'t str>, node: &'t Node) -> Vec<EntryRow<'t>> {
    let entry = |key: Option<&'t str>, node: &'t Node| EntryRow { offer, key, node, values: values(topic, node) };
    match &node.value {
        Value::Table(table) => table.entries.iter().map(|of| entry(Some(&of.key), &of.node)).collect(),
        Value::List(list) if matches!(topic.rows, Rows::List | Rows::ListOfOffer) => {
            list.iter().map(|node| entry(None, node)).collect()
        }
        // `covers = "all"` is a value of the offer.
        _ => Vec::new(),
    }
}

/// The values of an entry by their paths; an entry that is one value has it under `value`.
fn values<'t>(topic: &Topic, node: &'t Node) -> Vec<(String, &'t Node)> {
    let Some(table) = node.table() else { return vec![(VALUE.into(), node)] };
    let mut values = Vec::new();
    for entry in &table.entries {
        // What has rows on a sheet of its own is not a column here.
        let is_rows = matches!(
            (entry.key.as_str(), &entry.node.value),
            ("covers", Value::Table(_)) | ("charges", Value::List(_))
        );
        let has_sheet = topic.key == "offers" && is_rows;
        if !has_sheet {
            flatten(&spell(&entry.key), &entry.node, &mut values);
        }
    }
    values
}

/// A value by its path, or those of its table.
fn flatten<'t>(path: &str, node: &'t Node, to: &mut Vec<(String, &'t Node)>) {
    match &node.value {
        Value::Table(table) if !is_range(table) && !table.entries.is_empty() => {
            table.entries.iter().for_each(|entry| flatten(&join(path, &entry.key), &entry.node, to));
        }
        _ => to.push((path.to_string(), node)),
    }
}

fn key_of(format: Option<&'static TableFormat>, path: &str) -> Option<&'static Key> {
    let steps: Vec<Step> = parse(path)?;
    key_at(format?, &steps)
}

/// A value as a cell.
fn cell(node: &Node, key: Option<&'static Key>) -> SheetCell {
    match &node.value {
        Value::Bool(value) => SheetCell::Bool(*value),
        Value::Number(digits) => number(digits).map_or_else(|| SheetCell::Text(digits.clone()), SheetCell::Number),
        Value::Text(text) if key.is_some_and(is_share) => {
            let share = digits::share(text).and_then(Result::ok).map(|share| share.normalize().to_string());
            share.and_then(|share| number(&share)).map_or_else(|| SheetCell::Text(text.clone()), SheetCell::Share)
        }
        // What reads as another value is written in quotes.
        Value::Text(text) if text.starts_with(['{', '[']) => SheetCell::Text(inline(node)),
        Value::Text(text) => SheetCell::Text(text.clone()),
        _ => SheetCell::Text(inline(node)),
    }
}

/// A number as a spreadsheet holds it, where it is the same then.
fn number(text: &str) -> Option<f64> {
    let exact = digits::exact(text).ok()?.normalize();
    let value: f64 = exact.to_string().parse().ok()?;
    let read = digits::exact(&format!("{value}")).ok()?;
    (read == exact && exact.mantissa().unsigned_abs() < 1_000_000_000_000_000).then_some(value)
}

/// Whether a key has one value, which a column or a row can hold.
fn is_single(key: &Key) -> bool {
    !matches!(key.shape, Shape::Table(_) | Shape::Tables(..) | Shape::Map(..) | Shape::Correlations | Shape::Categories)
}

fn help(key: &Key) -> String {
    let default = match &key.fallback {
        Fallback::Required => "Required.".to_string(),
        Fallback::Value(value) => format!("If empty: {value}."),
        Fallback::Assumed(assumption) => format!("If empty: {}, an assumption.", assumption.value),
        Fallback::Nothing(words) => format!("If empty: {words}."),
    };
    format!("{} {default}", key.doc)
}

fn choices(key: &Key) -> Vec<&'static str> {
    match key.shape {
        Shape::Choice(words) => words.to_vec(),
        _ => Vec::new(),
    }
}

/// The unit of a key, for its header.
fn unit(key: &Key) -> Option<&'static str> {
    let of_kind = |quantity: &Quantity| match quantity.kind {
        Kind::Money => "money",
        Kind::Share => "%",
        Kind::Months => "month",
        Kind::Number | Kind::Count => "number",
    };
    match &key.shape {
        Shape::Input(quantity) | Shape::ByClass(quantity, _) => Some(of_kind(quantity)),
        Shape::Rate | Shape::Rates(_) | Shape::PerUser | Shape::Amount => Some("money"),
        Shape::Percent => Some("%"),
        Shape::Duration => Some("such as 4h"),
        Shape::Month => Some("such as 2027-01"),
        Shape::Hours | Shape::RequiredHours | Shape::HoursOr(_) => Some("such as mon-fri 08:00-17:00"),
        Shape::Names => Some("such as [\"a\", \"b\"]"),
        _ => None,
    }
}

fn with_unit(path: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| path.to_string(), |unit| format!("{path} ({unit})"))
}
