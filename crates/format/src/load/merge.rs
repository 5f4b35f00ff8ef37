//! One file that extends another: tables merge; ranges, rates and lists are replaced.
//!
//! Whether a table is merged or replaced is a matter of the format, not of its looks: a service may
//! be called `low`, and a range is replaced as a whole. A list of tables that have names may be
//! answered by a table: `[team."IT manager"]` overrides the entry of that name.

use std::collections::HashMap;

use comanage_model::diagnostic::Diagnostic;

use super::fields::is_table_of;
use super::format::{EntryName, PER_USER, Shape, TableFormat};
use super::lists::entry_path;
use super::nearest::{nearest, some_of};
use super::path::join;
use super::range::is_range;
use super::tree::{Entry, Node, Table, Value};

/// How two tables at one place become one.
#[derive(Clone, Copy)]
pub(super) enum Merge {
    /// By the keys of a format.
    Keys(&'static TableFormat),
    /// Entry by entry, each by the keys of a format.
    Entries(&'static TableFormat),
    /// Entry by entry; entries are replaced.
    Flat,
    /// A list, whose entries have the keys of a format, by the name that is under a key.
    Named(&'static TableFormat, &'static str),
    /// The upper one replaces the lower one.
    Replace,
}

/// Sets a table over another, at a path. The lower one's order comes first. What overrides nothing is
/// reported.
pub(super) fn lay(base: Table, own: Table, how: Merge, path: &str, found: &mut Vec<Diagnostic>) -> Table {
    let mut entries = base.entries;
    let mut index: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        index.insert(entry.key.clone(), place);
    }
    for entry in own.entries {
        match index.get(&entry.key).and_then(|&place| entries.get_mut(place)) {
            Some(below) => {
                let how = child(how, &entry.key, &below.node, &entry.node);
                let lower = std::mem::replace(
                    &mut below.node,
                    Node { span: entry.node.span.clone(), value: Value::Bool(false) },
                );
                let node = lay_node(lower, entry.node, how, &join(path, &entry.key), found);
                *below = Entry { key: entry.key, key_span: entry.key_span, node };
            }
            None => entries.push(entry),
        }
    }
    Table { entries }
}

/// Sets a value over another, as the shape of its key has it.
pub(super) fn lay_value(base: &mut Node, own: Node, shape: &Shape) {
    let how = of_shape(shape, base, &own);
    let lower = std::mem::replace(base, Node { span: own.span.clone(), value: Value::Bool(false) });
    *base = lay_node(lower, own, how, "", &mut Vec::new());
}

fn lay_node(base: Node, own: Node, how: Merge, path: &str, found: &mut Vec<Diagnostic>) -> Node {
    match (base.value, own.value, how) {
        (_, value, Merge::Replace) => Node { span: own.span, value },
        (Value::List(entries), Value::Table(table), Merge::Named(format, key)) => {
            Node { span: base.span, value: Value::List(lay_named(entries, table, (format, key), path, found)) }
        }
        (Value::Table(base), Value::Table(table), how) => {
            Node { span: own.span, value: Value::Table(lay(base, table, how, path, found)) }
        }
        (_, value, _) => Node { span: own.span, value },
    }
}

/// Lays tables over the entries of a list, each over the entry of its name.
fn lay_named(
    mut entries: Vec<Node>,
    own: Table,
    (format, key): (&'static TableFormat, &'static str),
    path: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let paths: Vec<String> =
        entries.iter().enumerate().map(|(index, node)| entry_path(path, EntryName::By(key), index, node)).collect();
    for entry in own.entries {
        let expected = join(path, &entry.key);
        let mut places = (0..paths.len()).filter(|&place| paths[place] == expected);
        match (places.next(), places.next()) {
            (Some(place), None) => {
                let lower = std::mem::replace(
                    &mut entries[place],
                    Node { span: entry.node.span.clone(), value: Value::Bool(false) },
                );
                entries[place] = lay_node(lower, entry.node, Merge::Keys(format), &expected, found);
            }
            (Some(_), Some(_)) => {
                let message = format!("several entries have the name {expected}");
                let fault = Diagnostic::error("duplicate-name", message).at(entry.key_span, "this name").path(expected);
                found.push(fault.hint("give each a unique name in the extended file"));
            }
            (None, _) => {
                let names = paths.iter().map(String::as_str);
                let hint = match nearest(&expected, names.clone()) {
                    Some(near) => format!("did you mean [{near}]?"),
                    None => format!("there is {}", some_of(names)),
                };
                let message = format!("the extended file has no {expected}");
                let fault = Diagnostic::error("unknown-entry", message).at(entry.key_span, "unknown").path(expected);
                found.push(fault.hint(hint));
            }
        }
    }
    entries
}

/// How the values of a key merge.
fn child(how: Merge, key: &str, base: &Node, own: &Node) -> Merge {
    match how {
        Merge::Keys(format) => match format.key(key) {
            Some((key, _)) => of_shape(&key.shape, base, own),
            None => Merge::Replace,
        },
        Merge::Entries(format) => Merge::Keys(format),
        Merge::Flat | Merge::Named(..) | Merge::Replace => Merge::Replace,
    }
}

fn of_shape(shape: &Shape, base: &Node, own: &Node) -> Merge {
    match shape {
        Shape::Table(format) => Merge::Keys(format),
        Shape::Map(format, _) => Merge::Entries(format),
        Shape::HoursOr(format) => Merge::Keys(format),
        Shape::Tables(format, EntryName::By(key)) => Merge::Named(format, key),
        Shape::Covers => Merge::Entries(&super::format::COVER),
        Shape::InputOr(_, format) if is_table_of(base, format) && is_table_of(own, format) => Merge::Keys(format),
        Shape::Prices | Shape::Heads | Shape::Holders | Shape::Categories => Merge::Flat,
        Shape::ByClass(..) | Shape::Rates(_) if is_by_class(base) && is_by_class(own) => Merge::Flat,
        Shape::PerUser if is_charge(base) && is_charge(own) => Merge::Keys(&PER_USER),
        Shape::PerUser if is_by_class(base) && is_by_class(own) && !is_charge(base) && !is_charge(own) => Merge::Flat,
        _ => Merge::Replace,
    }
}

/// Whether a value is a table by class.
pub(super) fn is_by_class(node: &Node) -> bool {
    node.table().is_some_and(|table| !is_range(table) && !table.has("tiers") && !table.has("bundle"))
}

/// Whether a value is a per-user charge with its keys.
pub(super) fn is_charge(node: &Node) -> bool {
    node.table().is_some_and(|table| PER_USER.keys.iter().any(|key| table.has(key.name)))
}
