//! The fields of a table, read by key: which may be there, and what is said next to them.
//!
//! Opening a table checks its keys against the format once. After that every field has a value:
//! what is wrong has been reported and is stood in for, so that the rest of the file is read too.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, Origin};
use comanage_model::source::Span;

use super::format::{ANNOTATIONS, Fallback, Key, Quantity, Shape, TableFormat};
use super::nearest::{likeliest, some_of};
use super::path::join;
use super::reader::{Annotations, Reader};
use super::tree::{Entry, Node, Table, Value};
use super::words;

/// A message names all keys of a table that has at most this number of them, else the most similar.
const FEW_KEYS: usize = 8;
const LIKELY_KEYS: usize = 6;

/// A table being read.
pub(super) struct Fields<'a> {
    /// The table as it is written.
    pub table: &'a Table,
    /// Where the table stands.
    pub span: Span,
    /// What may be in it.
    pub format: &'static TableFormat,
    /// Its dotted path.
    pub path: String,
    /// `source` of this table or of the nearest one around it.
    pub source: Option<&'a str>,
    /// `note` of this table.
    pub note: Option<&'a str>,
}

/// A number, or a table in its place.
pub(super) enum InputOr<'a> {
    /// A number, by its place among the inputs.
    Number(Input),
    /// A table with fixed keys.
    Table(Fields<'a>),
}

/// Whether a value is a table of a format rather than a number or a range of it.
pub(super) fn is_table_of(node: &Node, format: &TableFormat) -> bool {
    node.table().is_some_and(|table| format.keys.iter().any(|key| table.has(key.name)))
}

/// A table in which nothing stands.
static NOTHING: Node = Node { span: Span { file: 0, range: 0..0 }, value: Value::Table(Table { entries: Vec::new() }) };
static EMPTY: Table = Table { entries: Vec::new() };

impl<'a> Fields<'a> {
    /// Opens a table: reports what is no table, unknown keys and missing keys.
    pub fn open(
        reader: &mut Reader,
        node: &'a Node,
        format: &'static TableFormat,
        path: String,
        outer: Option<&'a str>,
    ) -> Self {
        let Some(table) = node.table() else {
            let message = format!("{} must be a table", name_place(&path));
            let example = example_of(format);
            reader.report(
                Diagnostic::error("wrong-type", message).at(node.span.clone(), found(node)).path(&path).hint(example),
            );
            return Self { table: &EMPTY, span: node.span.clone(), format, path, source: outer, note: None };
        };
        let mut fields = Self { table, span: node.span.clone(), format, path, source: outer, note: None };
        let source = fields.annotation(reader, "source");
        fields.source = source.or(outer);
        fields.note = fields.annotation(reader, "note");
        fields.check_keys(reader);
        fields
    }

    /// A table in which nothing is written.
    pub fn nothing(span: Span, format: &'static TableFormat, path: String) -> Self {
        Self { table: &EMPTY, span, format, path, source: None, note: None }
    }

    /// A table in this one; where it is left out, one in which nothing stands.
    pub fn open_or_empty(&self, reader: &mut Reader, name: &str) -> Self {
        let Shape::Table(format) = self.key(name).shape else {
            unreachable!("readers ask for a table only where the format has one");
        };
        let node = self.get(name).unwrap_or(&NOTHING);
        Self::open(reader, node, format, self.path_of(name), self.inherited())
    }

    /// The format's key of a name.
    pub fn key(&self, name: &str) -> &'static Key {
        self.format.key(name).expect("readers ask only for keys that the format declares").0
    }

    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&'a Node> {
        self.table.get(name)
    }

    /// The dotted path of a key.
    pub fn path_of(&self, name: &str) -> String {
        join(&self.path, name)
    }

    /// What is said next to a field.
    pub fn beside(&self, name: &str) -> Annotations {
        Annotations {
            path: self.path_of(name),
            source: self.source.map(String::from),
            note: self.note.map(String::from),
        }
    }

    /// A number; if it is left out, what the format says.
    pub fn input(&self, reader: &mut Reader, name: &str) -> Input {
        let key = self.key(name);
        let quantity = quantity(key);
        match self.get(name) {
            Some(node) => reader.number(node, quantity, self.beside(name)),
            None => self.left_out(reader, key, quantity),
        }
    }

    /// A number, if it is there.
    pub fn maybe_input(&self, reader: &mut Reader, name: &str) -> Option<Input> {
        let node = self.get(name)?;
        Some(reader.number(node, quantity(self.key(name)), self.beside(name)))
    }

    /// A number or a table, if it is there.
    pub fn input_or(&self, reader: &mut Reader, name: &str) -> Option<InputOr<'a>> {
        let Shape::InputOr(quantity, format) = &self.key(name).shape else {
            unreachable!("readers ask for a number or a table only where the format has one");
        };
        let node = self.get(name)?;
        if !is_table_of(node, format) {
            return Some(InputOr::Number(reader.number(node, quantity, self.beside(name))));
        }
        Some(InputOr::Table(Self::open(reader, node, format, self.path_of(name), self.inherited())))
    }

    /// The numbers of a list; none if it is left out.
    pub fn inputs(&self, reader: &mut Reader, name: &str) -> Vec<Input> {
        let Shape::Inputs(quantity) = &self.key(name).shape else {
            unreachable!("readers ask for numbers only where the format has them");
        };
        let nodes = self.list(reader, name, "number").unwrap_or_default();
        let numbers = nodes.iter().enumerate().map(|(index, node)| {
            let path = format!("{}[{index}]", self.path_of(name));
            reader.number(node, quantity, Annotations { path, ..self.beside(name) })
        });
        numbers.collect()
    }

    /// The number that holds where a key is left out.
    pub fn left_out(&self, reader: &mut Reader, key: &Key, quantity: &Quantity) -> Input {
        let beside = Annotations { path: self.path_of(key.name), ..Annotations::default() };
        let (text, origin) = match &key.fallback {
            Fallback::Value(text) => (*text, Origin::LeftOut),
            Fallback::Assumed(assumed) => {
                (assumed.value, Origin::Default { source: assumed.source, date: assumed.date })
            }
            Fallback::Required | Fallback::Nothing(_) => return reader.add_invalid(quantity, beside),
        };
        let value = reader.default_value(text, quantity.kind);
        reader.add(value, quantity, origin, None, beside)
    }

    /// True or false; if it is left out, what the format says.
    pub fn flag(&self, reader: &mut Reader, name: &str) -> bool {
        let fallback = matches!(self.key(name).fallback, Fallback::Value("true"));
        self.maybe_flag(reader, name).unwrap_or(fallback)
    }

    /// True or false, if it is there.
    pub fn maybe_flag(&self, reader: &mut Reader, name: &str) -> Option<bool> {
        let node = self.get(name)?;
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        let message = format!("`{}` must be true or false", self.path_of(name));
        let found = found(node);
        let hint = "write true or false, without quotes";
        reader.report(
            Diagnostic::error("wrong-type", message).at(node.span.clone(), found).path(self.path_of(name)).hint(hint),
        );
        None
    }

    /// Checks the keys that are here against the format.
    fn check_keys(&self, reader: &mut Reader) {
        let is_known =
            |entry: &&Entry| ANNOTATIONS.contains(&entry.key.as_str()) || self.format.key(&entry.key).is_some();
        let mut meant = Vec::new();
        let mut unset: Option<Vec<&str>> = None;
        for entry in self.table.entries.iter().filter(|entry| !is_known(entry)) {
            let keys = || self.format.all_keys().map(|key| key.name).filter(|name| !self.table.has(name)).collect();
            let near = reader.nearest(&entry.key, unset.get_or_insert_with(keys).iter().copied());
            meant.extend(near);
            self.report_unknown(reader, entry, near);
        }
        for key in self.format.all_keys() {
            if key.is_required() && !self.table.has(key.name) && !meant.contains(&key.name) {
                self.report_missing(reader, key);
            }
        }
    }

    /// Reports a key that the format does not have.
    pub fn report_unknown(&self, reader: &mut Reader, entry: &Entry, near: Option<&str>) {
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => words::hint(&entry.key, self.format).unwrap_or_else(|| self.keys_like(&entry.key)),
        };
        let message = format!("unknown key `{}` in {}", entry.key, self.format.what);
        let label = "not a key of this table";
        let diagnostic = Diagnostic::error("unknown-key", message).at(entry.key_span.clone(), label);
        reader.report(diagnostic.path(self.path_of(&entry.key)).hint(hint));
    }

    /// The keys of the table: all of them if they are few, else those that are most like one.
    fn keys_like(&self, name: &str) -> String {
        let keys = self.format.all_keys().map(|key| key.name);
        if keys.clone().count() <= FEW_KEYS {
            return format!("valid keys are {}", some_of(keys));
        }
        format!("the most similar valid keys are {}", some_of(likeliest(name, keys, LIKELY_KEYS)))
    }

    /// Reports a key that may not be left out.
    pub fn report_missing(&self, reader: &mut Reader, key: &Key) {
        let place = if self.path.is_empty() { String::new() } else { format!(" in `{}`", self.path) };
        let message = format!("`{}` is missing{place}", key.name);
        let label = if self.path.is_empty() { "" } else { "needed here" };
        let hint = format!("add {} ({})", example(key), lower_first(key.doc));
        reader.report(
            Diagnostic::error("missing-key", message)
                .at(self.span.clone(), label)
                .path(self.path_of(key.name))
                .hint(hint),
        );
    }

    /// `source` or `note`.
    fn annotation(&self, reader: &mut Reader, name: &str) -> Option<&'a str> {
        let node = self.get(name)?;
        let path = self.path_of(name);
        reader.text(node, &path)
    }
}

/// The quantity of a number's key.
fn quantity(key: &'static Key) -> &'static Quantity {
    match &key.shape {
        Shape::Input(quantity) | Shape::InputOr(quantity, _) => quantity,
        _ => unreachable!("readers ask for a number only where the format has one"),
    }
}

/// What is at a place, in words.
pub(super) fn found(node: &Node) -> String {
    format!("found {}", node.found())
}

/// A path in a message; the file itself has none.
pub(super) fn name_place(path: &str) -> String {
    if path.is_empty() { "the file".into() } else { format!("`{path}`") }
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.into(),
    }
}

/// How a key is written, for a hint.
pub(super) fn example(key: &Key) -> String {
    use comanage_model::scenario::Kind;
    let name = key.name;
    let value = match &key.shape {
        Shape::Input(quantity) | Shape::InputOr(quantity, _) => match quantity.kind {
            Kind::Money => "100.00",
            Kind::Share => "\"4%\"",
            Kind::Number | Kind::Count | Kind::Months => "1",
        },
        Shape::Whole(min, _) if *min == 1 => {
            return format!("`{name} = {}`", if name == "schema" { "1" } else { "36" });
        }
        Shape::Whole(..) => "1",
        Shape::Currency => "\"USD\"",
        Shape::Hours | Shape::RequiredHours | Shape::HoursOr(_) => "\"mon-fri 08:00-17:00\"",
        Shape::Duration => "\"4h\"",
        Shape::Month => "\"2027-01\"",
        Shape::Bool => "true",
        Shape::Choice(words) => return format!("`{name} = {:?}`", words.first().copied().unwrap_or_default()),
        Shape::Inputs(_) => "[100.00, 105.00]",
        Shape::Names | Shape::Phases(..) => "[\"…\"]",
        Shape::MonthNames => "[\"nov\", \"dec\"]",
        Shape::Name | Shape::Text => "\"…\"",
        Shape::Tables(..) => "[{ … }]",
        Shape::Amount | Shape::Rate | Shape::Rates(_) | Shape::PerUser => "100.00",
        Shape::Percent => "\"95%\"",
        Shape::ByClass(..) => "1",
        Shape::Table(_)
        | Shape::Map(..)
        | Shape::Prices
        | Shape::Heads
        | Shape::Holders
        | Shape::Covers
        | Shape::Correlations
        | Shape::Categories => "{ … }",
    };
    format!("`{name} = {value}`")
}

/// How a table is written, for a hint.
fn example_of(format: &TableFormat) -> String {
    match format.keys.iter().find(|key| key.is_required()).or(format.keys.first()) {
        Some(key) => format!("write {{ {}, … }}", example(key).trim_matches('`')),
        None => "write { … }".into(),
    }
}
