//! A change made in a tree.

use super::super::overrides::name_entry;
use super::super::tree::{Entry, Node, Table, Value};

/// A step from a value into one of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// Into a table.
    Key(String),
    /// Into the entry of a list whose key has a value.
    Named(&'static str, String),
    /// Into a list, by number.
    Number(usize),
}

/// What is done.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// Other packs are named.
    Packs(Option<Node>),
    /// A value is put in a place; a new one comes after those that are before it in an order.
    Put {
        /// Where in the tree.
        at: Vec<At>,
        /// The value that is put there.
        node: Node,
        /// The order of the parts around it.
        order: Vec<String>,
    },
    /// What is in a place is taken away.
    Take {
        /// Where in the tree.
        at: Vec<At>,
    },
    /// The parts of a place are put in an order.
    Sort {
        /// Where in the tree.
        at: Vec<At>,
        /// The key that names the entries of a list.
        name: Option<&'static str>,
        /// The order of the parts, by name or key.
        order: Vec<String>,
    },
}

impl Edit {
    /// Makes the change. What has no place any more is left alone.
    pub fn make(&self, root: &mut Node) {
        match self {
            Self::Packs(Some(node)) => put(root, &At::Key("packs".into()), node, &[]),
            Self::Packs(None) => take(root, &At::Key("packs".into())),
            Self::Put { at, node, order } => {
                if let Some((last, way)) = at.split_last()
                    && let Some(around) = descend(root, way)
                {
                    put(around, last, node, order);
                }
            }
            Self::Take { at } => {
                if let Some((last, way)) = at.split_last()
                    && let Some(around) = descend(root, way)
                {
                    take(around, last);
                }
            }
            Self::Sort { at, name, order } => {
                if let Some(node) = descend(root, at) {
                    sort(node, *name, order);
                }
            }
        }
    }
}

fn descend<'n>(node: &'n mut Node, way: &[At]) -> Option<&'n mut Node> {
    way.iter().try_fold(node, |node, step| {
        let place = place(node, step)?;
        match &mut node.value {
            Value::Table(table) => table.entries.get_mut(place).map(|entry| &mut entry.node),
            Value::List(nodes) => {
                let entry = nodes.get_mut(place)?;
                if let At::Named(key, _) = step {
                    name_entry(entry, key);
                }
                Some(entry)
            }
            _ => None,
        }
    })
}

/// Where a step leads, by number.
fn place(node: &Node, step: &At) -> Option<usize> {
    match (&node.value, step) {
        (Value::Table(table), At::Key(key)) => table.entries.iter().position(|entry| entry.key == *key),
        (Value::List(nodes), At::Named(key, name)) => {
            nodes.iter().position(|node| name_of(node, key) == Some(name.as_str()))
        }
        (Value::List(nodes), At::Number(number)) => (*number < nodes.len()).then_some(*number),
        _ => None,
    }
}

/// The name of an entry of a list: under a key, or the entry itself.
pub(super) fn name_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.table().map_or(node.text(), |table| table.get(key)?.text())
}

fn put(around: &mut Node, step: &At, node: &Node, order: &[String]) {
    let found = place(around, step);
    match (&mut around.value, found, step) {
        (Value::Table(table), Some(place), _) => table.entries[place].node = node.clone(),
        (Value::List(nodes), Some(place), _) => nodes[place] = node.clone(),
        (Value::Table(table), None, At::Key(key)) => {
            let names: Vec<&str> = table.entries.iter().map(|entry| entry.key.as_str()).collect();
            let place = place_of_new(&names, key, order);
            let entry = Entry { key: key.clone(), key_span: node.span.clone(), node: node.clone() };
            table.entries.insert(place, entry);
        }
        (Value::List(nodes), None, At::Named(key, name)) => {
            let names: Vec<&str> = nodes.iter().map(|node| name_of(node, key).unwrap_or_default()).collect();
            nodes.insert(place_of_new(&names, name, order), node.clone());
        }
        (Value::List(nodes), None, _) => nodes.push(node.clone()),
        _ => {}
    }
}

/// Behind the last of those that are before it in the order.
fn place_of_new(names: &[&str], new: &str, order: &[String]) -> usize {
    let Some(rank) = order.iter().position(|name| name == new) else { return names.len() };
    let is_before = |name: &&str| order.iter().take(rank).any(|before| before == name);
    names.iter().rposition(is_before).map_or(0, |place| place + 1)
}

fn take(around: &mut Node, step: &At) {
    let Some(place) = place(around, step) else { return };
    match &mut around.value {
        Value::Table(Table { entries }) => {
            entries.remove(place);
        }
        Value::List(nodes) => {
            nodes.remove(place);
        }
        _ => {}
    }
}

fn sort(node: &mut Node, name: Option<&str>, order: &[String]) {
    let rank = |name: &str| order.iter().position(|known| known == name).unwrap_or(order.len());
    match (&mut node.value, name) {
        (Value::Table(table), _) => table.entries.sort_by_key(|entry| rank(&entry.key)),
        (Value::List(nodes), Some(key)) => nodes.sort_by_key(|node| rank(name_of(node, key).unwrap_or_default())),
        _ => {}
    }
}
