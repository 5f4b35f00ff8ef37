//! Values as one would write them.

use super::super::tree::{Node, Table, Value};

/// A value by itself: a text without its quotes, anything else as in a file.
pub(super) fn value(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        _ => in_file(node),
    }
}

/// A value as it is in a file.
fn in_file(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Number(digits) | Value::OtherBase(digits) => digits.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(nodes) => format!("[{}]", nodes.iter().map(in_file).collect::<Vec<_>>().join(", ")),
        Value::Table(table) if table.entries.is_empty() => "{}".into(),
        Value::Table(Table { entries }) => {
            let entries = entries.iter().map(|entry| format!("{} = {}", key(&entry.key), in_file(&entry.node)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn key(key: &str) -> String {
    let is_bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_bare { key.into() } else { quoted(key) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
