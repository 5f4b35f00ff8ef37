//! Lists and tables whose entries the user chooses: roles, services, offers, named prices.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, NamedPrice};
use comanage_model::source::Span;

use super::fields::{Fields, found};
use super::format::{ANNOTATIONS, EntryName, MAX_ENTRIES, Shape, TableFormat};
use super::path::join;
use super::reader::{Annotations, Reader};
use super::tree::{Entry, Node, Value};

/// The longest key.
const LONGEST_KEY: usize = 100;

/// A key that the user chose, with its table.
pub(super) struct Keyed<'a> {
    /// The key of the entry.
    pub key: &'a str,
    /// Where the key stands.
    pub key_span: Span,
    /// The keys of its table.
    pub fields: Fields<'a>,
}

/// A hire or an offer of an alternative, as it is written.
pub(super) struct PhaseEntry<'a> {
    /// The name of the entry.
    pub name: &'a str,
    /// Where the name stands.
    pub span: Span,
    /// Its table, where it is written as one.
    pub fields: Option<Fields<'a>>,
}

impl<'a> Fields<'a> {
    /// A table in this one; an empty one if it is left out.
    pub fn open_table(&self, reader: &mut Reader, name: &str) -> Option<Fields<'a>> {
        let Shape::Table(format) = self.key(name).shape else {
            unreachable!("readers ask for a table only where the format has one");
        };
        Some(Fields::open(reader, self.get(name)?, format, self.path_of(name), self.inherited()))
    }

    /// The source that tables in this one inherit; the file's own is about the file.
    pub fn inherited(&self) -> Option<&'a str> {
        if self.path.is_empty() { None } else { self.source }
    }

    /// The tables of a list, each with its path.
    pub fn tables(&self, reader: &mut Reader, name: &str, format: &'static TableFormat) -> Vec<Fields<'a>> {
        let Some(nodes) = self.list(reader, name, format.what) else {
            self.lose(reader, name);
            return Vec::new();
        };
        let entry_name = match self.key(name).shape {
            Shape::Tables(_, entry_name) => entry_name,
            _ => EntryName::Number,
        };
        let path = self.path_of(name);
        let open = |(index, node): (usize, &'a Node)| {
            Fields::open(reader, node, format, entry_path(&path, entry_name, index, node), self.inherited())
        };
        nodes.iter().enumerate().map(open).collect()
    }

    /// The entries of a list of names, each with its table where it is written as one.
    pub fn phases(&self, reader: &mut Reader, name: &str) -> Vec<PhaseEntry<'a>> {
        let Shape::Phases(format, key) = self.key(name).shape else {
            unreachable!("readers ask for phases only where the format has them");
        };
        let Some(nodes) = self.list(reader, name, format.what) else { return Vec::new() };
        let path = self.path_of(name);
        let mut entries: Vec<PhaseEntry<'a>> = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let at = entry_path(&path, EntryName::By(key), index, node);
            let (named, fields) = match node.table() {
                None => (node, None),
                Some(_) => {
                    let fields = Fields::open(reader, node, format, at, self.inherited());
                    let Some(named) = fields.get(key) else { continue };
                    (named, Some(fields))
                }
            };
            let Some(text) = named.text() else {
                reader.wrong_type(named, &format!("{path}[{index}]"), "a name", "write names in quotes");
                continue;
            };
            if entries.iter().any(|entry| entry.name == text) {
                let message = format!("`{text}` occurs twice in `{path}`");
                let diagnostic = Diagnostic::error("duplicate-entry", message).at(named.span.clone(), found(named));
                reader.report(diagnostic.path(&path).hint("remove one of them"));
                continue;
            }
            entries.push(PhaseEntry { name: text, span: named.span.clone(), fields });
        }
        entries
    }

    /// The entries of a list; none, and reported, if it is no list or too long.
    pub fn list(&self, reader: &mut Reader, name: &str, what: &str) -> Option<&'a [Node]> {
        let node = self.get(name)?;
        let path = self.path_of(name);
        let Value::List(nodes) = &node.value else {
            let hint = match self.key(name).shape {
                Shape::Tables(..) if !path.contains('"') => format!("write [[{path}]] for each, or a list in brackets"),
                _ => "write a list in brackets: [ … ]".into(),
            };
            reader.wrong_type(node, &path, "a list", &hint);
            return None;
        };
        if nodes.len() > MAX_ENTRIES {
            reader.too_many(&format!("entries ({what})"), nodes.len(), node.span.clone(), &path);
            return None;
        }
        Some(nodes)
    }

    /// Remembers that what is under a key of the file could not be read.
    fn lose(&self, reader: &mut Reader, name: &str) {
        if self.path.is_empty() && self.get(name).is_some() {
            reader.lost.push(self.key(name).name);
        }
    }

    /// The tables of a table whose keys the user chooses.
    pub fn keyed(&self, reader: &mut Reader, name: &str) -> Vec<Keyed<'a>> {
        let Shape::Map(format, what) = self.key(name).shape else {
            unreachable!("readers ask for entries only where the format has them");
        };
        let path = self.path_of(name);
        let Some((entries, source)) = self.chosen(reader, name, what) else {
            self.lose(reader, name);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(entries.len());
        for entry in entries {
            reader.check_name(&entry.key, &entry.key_span, &path, LONGEST_KEY);
            let fields = Fields::open(reader, &entry.node, format, join(&path, &entry.key), source);
            tables.push(Keyed { key: &entry.key, key_span: entry.key_span.clone(), fields });
        }
        tables
    }

    /// The entries of a table whose keys the user chooses, and the source that they inherit.
    pub fn chosen(&self, reader: &mut Reader, name: &str, what: &str) -> Option<(Vec<&'a Entry>, Option<&'a str>)> {
        let node = self.get(name)?;
        let path = self.path_of(name);
        let Some(table) = node.table() else {
            reader.wrong_type(node, &path, "a table", &format!("write {{ … }} with a key for each {what}"));
            return None;
        };
        let source = table.get("source").and_then(Node::text).or(self.inherited());
        let is_note = |entry: &&Entry| ANNOTATIONS.contains(&entry.key.as_str()) && entry.node.text().is_some();
        let entries: Vec<&Entry> = table.entries.iter().filter(|entry| !is_note(entry)).collect();
        if entries.len() > MAX_ENTRIES {
            reader.too_many(&format!("entries ({what}s)"), entries.len(), node.span.clone(), &path);
            return None;
        }
        Some((entries, source))
    }

    /// Named prices.
    pub fn prices(&self, reader: &mut Reader, name: &str) -> Vec<NamedPrice> {
        let path = self.path_of(name);
        if let Some(node) = self.get(name)
            && matches!(node.value, Value::Number(_))
        {
            reader.wrong_type(node, &path, "a table of named prices", "name them: { \"Backup service\" = 550 }");
            return Vec::new();
        }
        let Some((entries, source)) = self.chosen(reader, name, "price") else { return Vec::new() };
        let mut prices = Vec::with_capacity(entries.len());
        for entry in entries {
            reader.check_name(&entry.key, &entry.key_span, &path, 200);
            let beside = Annotations { path: join(&path, &entry.key), source: source.map(String::from), note: None };
            let price: Input = reader.number(&entry.node, &super::format::RATE, beside);
            prices.push(NamedPrice { name: entry.key.clone(), price });
        }
        prices
    }

    /// The names of a list, with their places; empty if it is left out.
    pub fn names(&self, reader: &mut Reader, name: &str) -> Vec<(&'a str, Span)> {
        let Some(nodes) = self.list(reader, name, "name") else { return Vec::new() };
        let path = self.path_of(name);
        let mut names: Vec<(&str, Span)> = Vec::with_capacity(nodes.len());
        let mut seen = std::collections::HashSet::new();
        for (index, node) in nodes.iter().enumerate() {
            let Some(text) = node.text() else {
                reader.wrong_type(node, &format!("{path}[{index}]"), "a name", "write names in quotes");
                continue;
            };
            if !seen.insert(text) {
                let message = format!("`{text}` occurs twice in `{path}`");
                let diagnostic = Diagnostic::error("duplicate-entry", message).at(node.span.clone(), found(node));
                reader.report(diagnostic.path(&path).hint("remove one of them"));
                continue;
            }
            names.push((text, node.span.clone()));
        }
        names
    }
}

/// The path of an entry of a list of tables.
pub(super) fn entry_path(path: &str, entry_name: EntryName, index: usize, node: &Node) -> String {
    let named = match entry_name {
        EntryName::By(key) => node.table().map_or(node.text(), |table| table.get(key).and_then(Node::text)),
        EntryName::Number => None,
    };
    match named {
        Some(name) => join(path, name),
        None => format!("{path}[{index}]"),
    }
}
