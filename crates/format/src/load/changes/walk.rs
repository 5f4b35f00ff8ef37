//! Two trees side by side, along the format.

use comanage_model::money::Currency;
use comanage_model::scenario::Kind;

use super::super::fields::is_table_of;
use super::super::format::{BUNDLE, COVER, EntryName, HOURS_PIECE, PER_USER, ROOT, Shape, TIERED, TableFormat};
use super::super::merge::{is_by_class, is_charge};
use super::super::overrides::name_entries;
use super::super::path::join;
use super::super::tree::{Entry, Node, Table, Value};
use super::Change;
use super::edit::{At, Edit, name_of};
use super::same::{Reading, is_same};
use super::written;

/// What is at a place, as the format has it.
#[derive(Clone, Copy)]
enum Place {
    /// A table with these keys.
    Keys(&'static TableFormat),
    /// What a key may hold.
    Shape(&'static Shape),
    /// Money, tiers or a bundle.
    Rate,
    /// One value.
    Value(Reading),
}

/// The pieces of a service's hours.
static PIECES: Shape = Shape::Tables(&HOURS_PIECE, EntryName::Number);

/// Keys that are reported elsewhere, or say nothing about the scenario.
const LEFT_OUT: [&str; 2] = ["packs", "expect"];

/// The changes from one tree to another, in the order of the second.
pub(super) fn changes(a: &Node, b: &Node) -> Vec<Change> {
    let code = b.table().and_then(|table| table.get("currency")).and_then(Node::text);
    let mut walk = Walk { changes: Vec::new(), currency: code.and_then(Currency::from_code), at: Vec::new() };
    walk.nodes(a, b, Place::Keys(&ROOT), "");
    walk.changes
}

struct Walk {
    changes: Vec<Change>,
    currency: Option<Currency>,
    /// The way so far.
    at: Vec<At>,
}

impl Walk {
    fn nodes(&mut self, a: &Node, b: &Node, place: Place, path: &str) {
        let place = match place {
            Place::Shape(shape) => of_shape(shape, a, b),
            Place::Rate => of_rate(a, b),
            place => place,
        };
        if let Place::Shape(Shape::Phases(format, key)) = place {
            let [a, b] = [a, b].map(|node| {
                let mut named = node.clone();
                name_entries(&mut named, key);
                named
            });
            return self.lists(&a, &b, format, EntryName::By(key), path);
        }
        if let Place::Shape(Shape::Tables(format, name)) = place {
            return self.lists(a, b, format, *name, path);
        }
        match (a.table(), b.table(), place) {
            (Some(a), Some(b), Place::Keys(format)) => {
                let is_root = path.is_empty();
                self.tables(a, b, path, false, |key| match format.key(key) {
                    _ if is_root && LEFT_OUT.contains(&key) => None,
                    Some((key, _)) => Some(Place::Shape(&key.shape)),
                    None => Some(Place::Value(Reading::Plain)),
                });
            }
            (Some(a), Some(b), Place::Shape(shape)) => {
                let entry = of_entry(shape);
                self.tables(a, b, path, true, |_| Some(entry));
            }
            (_, _, Place::Value(reading)) => self.value(a, b, reading, path),
            _ => self.value(a, b, Reading::Plain, path),
        }
    }

    /// One value.
    fn value(&mut self, a: &Node, b: &Node, reading: Reading, path: &str) {
        if !is_same(a, b, reading, self.currency) {
            self.put(Some(a), b, path, Vec::new());
        }
    }

    /// Two tables: what both have, then what is new, in the order of the second; then what is gone.
    fn tables(&mut self, a: &Table, b: &Table, path: &str, has_order: bool, place: impl Fn(&str) -> Option<Place>) {
        let order: Vec<String> = b.entries.iter().map(|entry| entry.key.clone()).collect();
        for Entry { key, node, .. } in &b.entries {
            let Some(place) = place(key) else { continue };
            self.within(At::Key(key.clone()), |walk| match a.get(key) {
                Some(before) => walk.nodes(before, node, place, &join(path, key)),
                None => walk.put(None, node, &join(path, key), order.clone()),
            });
        }
        for Entry { key, node, .. } in &a.entries {
            if !b.has(key) && place(key).is_some() {
                self.within(At::Key(key.clone()), |walk| walk.take(node, &join(path, key)));
            }
        }
        if has_order {
            let before: Vec<&str> = a.entries.iter().map(|entry| entry.key.as_str()).collect();
            self.order(&before, &order, None, path);
        }
    }

    /// Two lists of tables, by name where they have one, else by number.
    fn lists(&mut self, a: &Node, b: &Node, format: &'static TableFormat, name: EntryName, path: &str) {
        let (Value::List(before), Value::List(after)) = (&a.value, &b.value) else {
            return self.value(a, b, Reading::Plain, path);
        };
        match name {
            EntryName::By(key) => match (names(before, key), names(after, key)) {
                (Some(old), Some(new)) => self.named((before, &old), (after, &new), key, format, path),
                _ => self.value(a, b, Reading::Plain, path),
            },
            EntryName::Number => self.numbered(before, after, format, path),
        }
    }

    fn named(
        &mut self,
        (before, old): (&[Node], &[&str]),
        (after, new): (&[Node], &[&str]),
        key: &'static str,
        format: &'static TableFormat,
        path: &str,
    ) {
        let order: Vec<String> = new.iter().map(|name| name.to_string()).collect();
        let find = |name: &str| old.iter().position(|known| *known == name).and_then(|place| before.get(place));
        for (node, name) in after.iter().zip(new) {
            self.within(At::Named(key, name.to_string()), |walk| match find(name) {
                Some(before) => walk.nodes(before, node, Place::Keys(format), &join(path, name)),
                None => walk.put(None, node, &join(path, name), order.clone()),
            });
        }
        for (node, name) in before.iter().zip(old) {
            if !new.contains(name) {
                self.within(At::Named(key, name.to_string()), |walk| walk.take(node, &join(path, name)));
            }
        }
        self.order(old, &order, Some(key), path);
    }

    fn numbered(&mut self, before: &[Node], after: &[Node], format: &'static TableFormat, path: &str) {
        for (number, node) in after.iter().enumerate() {
            let path = format!("{path}[{number}]");
            self.within(At::Number(number), |walk| match before.get(number) {
                Some(before) => walk.nodes(before, node, Place::Keys(format), &path),
                None => walk.put(None, node, &path, Vec::new()),
            });
        }
        for (number, node) in before.iter().enumerate().skip(after.len()).rev() {
            self.within(At::Number(number), |walk| walk.take(node, &format!("{path}[{number}]")));
        }
    }

    /// Another order of what both have.
    fn order(&mut self, before: &[&str], after: &[String], name: Option<&'static str>, path: &str) {
        let old: Vec<&str> = before.iter().copied().filter(|name| after.iter().any(|known| known == name)).collect();
        let new: Vec<&str> = after.iter().map(String::as_str).filter(|name| before.contains(name)).collect();
        if old != new {
            let edit = Edit::Sort { at: self.at.clone(), name, order: after.to_vec() };
            let (from, to) = (Some(old.join(", ")), Some(new.join(", ")));
            self.changes.push(Change { path: path.into(), from, to, edit });
        }
    }

    fn within(&mut self, step: At, then: impl FnOnce(&mut Self)) {
        self.at.push(step);
        then(self);
        self.at.pop();
    }

    fn put(&mut self, before: Option<&Node>, node: &Node, path: &str, order: Vec<String>) {
        let edit = Edit::Put { at: self.at.clone(), node: node.clone(), order };
        let (from, to) = (before.map(written::value), Some(written::value(node)));
        self.changes.push(Change { path: path.into(), from, to, edit });
    }

    fn take(&mut self, node: &Node, path: &str) {
        let edit = Edit::Take { at: self.at.clone() };
        self.changes.push(Change { path: path.into(), from: Some(written::value(node)), to: None, edit });
    }
}

/// The names of the entries of a list, if each has one of its own.
fn names<'n>(nodes: &'n [Node], key: &str) -> Option<Vec<&'n str>> {
    let names: Option<Vec<&str>> = nodes.iter().map(|node| name_of(node, key)).collect();
    let names = names?;
    let distinct: std::collections::HashSet<&&str> = names.iter().collect();
    (distinct.len() == names.len()).then_some(names)
}

/// How the values of a shape are distinguished. A shape that comes back is a table entry by entry, or
/// a list of tables.
fn of_shape(shape: &'static Shape, a: &Node, b: &Node) -> Place {
    match shape {
        Shape::InputOr(_, format) if is_table_of(a, format) && is_table_of(b, format) => Place::Keys(format),
        Shape::Table(format) => Place::Keys(format),
        Shape::Tables(..) | Shape::Phases(..) | Shape::Map(..) | Shape::Prices | Shape::Heads | Shape::Covers => {
            Place::Shape(shape)
        }
        Shape::PerUser => Place::Keys(&PER_USER),
        Shape::HoursOr(format) => Place::Keys(format),
        Shape::RequiredHours if a.text().is_none() && b.text().is_none() => Place::Shape(&PIECES),
        Shape::ByClass(..) | Shape::Rates(_) if is_by_class(a) && is_by_class(b) => Place::Shape(shape),
        Shape::Rate | Shape::Rates(_) => of_rate(a, b),
        Shape::ByClass(quantity, _) | Shape::Input(quantity) | Shape::InputOr(quantity, _) => {
            Place::Value(reading(quantity.kind))
        }
        Shape::Amount => Place::Value(Reading::Money),
        Shape::Percent => Place::Value(Reading::Share),
        Shape::Hours | Shape::RequiredHours => Place::Value(Reading::Hours),
        Shape::Duration => Place::Value(Reading::Duration),
        _ => Place::Value(Reading::Plain),
    }
}

/// What is in each entry of a table whose entries the user names.
fn of_entry(shape: &'static Shape) -> Place {
    match shape {
        Shape::Map(format, _) => Place::Keys(format),
        Shape::Covers => Place::Keys(&COVER),
        Shape::Prices => Place::Value(Reading::Money),
        Shape::ByClass(quantity, _) => Place::Value(reading(quantity.kind)),
        Shape::Rates(_) => Place::Rate,
        _ => Place::Value(Reading::Plain),
    }
}

fn of_rate(a: &Node, b: &Node) -> Place {
    let both = |key: &str| [a, b].iter().all(|node| node.table().is_some_and(|table| table.has(key)));
    if both("tiers") {
        Place::Keys(&TIERED)
    } else if both("bundle") {
        Place::Keys(&BUNDLE)
    } else {
        Place::Value(Reading::Money)
    }
}

fn reading(kind: Kind) -> Reading {
    match kind {
        Kind::Money => Reading::Money,
        Kind::Share => Reading::Share,
        Kind::Number | Kind::Count | Kind::Months => Reading::Plain,
    }
}

/// Writes out what may be written short: a per-user charge as its rate alone, a cover or being on
/// call as its hours alone. So a value has one path, whichever way it was written.
pub(super) fn spell_out(root: &mut Node) {
    for list in ["team", "hire"] {
        let Some(Node { value: Value::List(roles), .. }) = child(root, list) else { continue };
        for role in roles {
            if let Some(on_call) = child(role, "on_call").filter(|node| node.text().is_some()) {
                wrap(on_call, "hours");
            }
        }
    }
    let Some(offers) = child(root, "offers") else { return };
    let Value::Table(offers) = &mut offers.value else { return };
    for offer in &mut offers.entries {
        if let Some(charge) = child(&mut offer.node, "per_user")
            && !is_charge(charge)
        {
            wrap(charge, "rate");
        }
        let Some(covers) = child(&mut offer.node, "covers") else { continue };
        let Value::Table(covers) = &mut covers.value else { continue };
        let is_note = |entry: &Entry| matches!(entry.key.as_str(), "source" | "note");
        for cover in covers.entries.iter_mut().filter(|entry| !is_note(entry) && entry.node.text().is_some()) {
            wrap(&mut cover.node, "hours");
        }
    }
}

fn child<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Table(table) => table.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node),
        _ => None,
    }
}

/// Makes a value the only one of a table.
fn wrap(node: &mut Node, key: &str) {
    let entry = Entry { key: key.into(), key_span: node.span.clone(), node: node.clone() };
    node.value = Value::Table(Table { entries: vec![entry] });
}
