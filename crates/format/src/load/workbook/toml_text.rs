//! A tree as TOML.

use super::super::document::Document;
use super::super::tree::{Entry, Node, Table, Value};

/// Tables of the scenario whose entries have headers of their own.
const MAPS: [&str; 5] = ["services", "tools", "offers", "alternatives", "expect"];

/// What has headers within an offer.
const OF_OFFER: [&str; 3] = ["covers", "charges", "discounts"];

impl Document {
    /// This document as a file in TOML, what it extends included; comments are not kept.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        if let Value::Table(root) = &self.root.value {
            section(root, &[], &mut text);
        }
        text.trim_start().to_string()
    }
}

/// Adds a table: its values, then the tables and lists of tables in it that have headers. The order of
/// entries that the user chose stays.
fn section(table: &Table, path: &[&str], to: &mut String) {
    let has_header = |entry: &&Entry| has_header(path, entry);
    let (tables, values): (Vec<&Entry>, Vec<&Entry>) = table.entries.iter().partition(has_header);
    for entry in values {
        to.push_str(&format!("{} = {}\n", bare(&entry.key), inline(&entry.node)));
    }
    for entry in tables {
        let path: Vec<&str> = path.iter().copied().chain([entry.key.as_str()]).collect();
        let spelled = path.iter().map(|key| bare(key)).collect::<Vec<_>>().join(".");
        let (tables, open, close): (Vec<&Table>, _, _) = match &entry.node.value {
            Value::Table(table) => (vec![table], "[", "]"),
            Value::List(list) => (list.iter().filter_map(Node::table).collect(), "[[", "]]"),
            _ => (Vec::new(), "", ""),
        };
        for table in tables {
            let is_only_headers =
                !table.entries.is_empty() && table.entries.iter().all(|entry| self::has_header(&path, entry));
            if !is_only_headers {
                to.push_str(&format!("\n{open}{spelled}{close}\n"));
            }
            section(table, &path, to);
        }
    }
}

/// Whether an entry of the table at a path is written under a header.
fn has_header(path: &[&str], entry: &Entry) -> bool {
    let is_list = matches!(&entry.node.value, Value::List(list) if !list.is_empty() && list.iter().all(|node| node.table().is_some()));
    let is_table = entry.node.table().is_some();
    match path {
        [] => is_table || is_list,
        [map] => MAPS.contains(map) && is_table,
        ["offers", _] => OF_OFFER.contains(&entry.key.as_str()) && (is_table || is_list),
        _ => false,
    }
}

/// A value on one line.
pub fn inline(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Number(digits) | Value::OtherBase(digits) | Value::Date(digits) => digits.clone(),
        Value::Bool(value) => value.to_string(),
        Value::List(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(table) if table.entries.is_empty() => "{}".into(),
        Value::Table(table) => {
            let pair = |entry: &Entry| format!("{} = {}", bare(&entry.key), inline(&entry.node));
            format!("{{ {} }}", table.entries.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A key, in quotes where TOML needs them.
fn bare(key: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    if !key.is_empty() && key.chars().all(is_bare) { key.into() } else { quoted(key) }
}

/// A text as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
