//! One file laid over another: tables merge; ranges, rates and lists are replaced.
//!
//! Whether a table is merged or replaced is a matter of the format, not of its looks: a service may
//! be called `low`, and a range is replaced as a whole.

use std::collections::HashMap;

use super::fields::is_table_of;
use super::format::{PER_USER, Shape, TableFormat};
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
    /// The upper one replaces the lower one.
    Replace,
}

/// Lays a table over another. The lower one's order comes first.
pub(super) fn lay(base: Table, own: Table, how: Merge) -> Table {
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
                let node = lay_node(lower, entry.node, how);
                *below = Entry { key: entry.key, key_span: entry.key_span, node };
            }
            None => entries.push(entry),
        }
    }
    Table { entries }
}

fn lay_node(base: Node, own: Node, how: Merge) -> Node {
    match (base.value, own.value, how) {
        (_, value, Merge::Replace) => Node { span: own.span, value },
        (Value::Table(base), Value::Table(table), how) => {
            Node { span: own.span, value: Value::Table(lay(base, table, how)) }
        }
        (_, value, _) => Node { span: own.span, value },
    }
}

/// How the values of a key merge.
fn child(how: Merge, key: &str, base: &Node, own: &Node) -> Merge {
    match how {
        Merge::Keys(format) => match format.key(key) {
            Some((key, _)) => of_shape(&key.shape, base, own),
            None => Merge::Replace,
        },
        Merge::Entries(format) => Merge::Keys(format),
        Merge::Flat | Merge::Replace => Merge::Replace,
    }
}

fn of_shape(shape: &Shape, base: &Node, own: &Node) -> Merge {
    match shape {
        Shape::Table(format) => Merge::Keys(format),
        Shape::Map(format, _) => Merge::Entries(format),
        Shape::OnCall => Merge::Keys(&super::format::ON_CALL),
        Shape::Covers => Merge::Entries(&super::format::COVER),
        Shape::InputOr(_, format) if is_table_of(base, format) && is_table_of(own, format) => Merge::Keys(format),
        Shape::Prices | Shape::Categories => Merge::Flat,
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
