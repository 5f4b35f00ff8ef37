//! Values that override those of a document by dotted path.
//!
//! A path may name what the file says, and what it leaves out where the format has it. A range or
//! a rate gives way to the value; a table with fixed keys does not, since a value for it could not
//! say which of them it means. What is set is checked as if it were written in the file.

use toml::de::DeValue;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Kind;
use comanage_model::source::{SourceFile, Span};

use super::digits;
use super::document::Document;
use super::fields::is_table_of;
use super::format::{
    BUNDLE, COVER, EntryName, HEADS, HOURS_PIECE, Key, PER_USER, Quantity, RATE, ROOT, Shape, TERM_MONTHS, TIERED,
    TableFormat,
};
use super::lists::entry_path;
use super::merge::{self, is_charge};
use super::nearest::nearest;
use super::path::{self, Step, join};
use super::range::is_range;
use super::rates::STANDARD;
use super::tree::{self, Entry, Node, Table, Value};

impl Document {
    /// This document with a value, as one would write it, in the place of a path.
    ///
    /// ```
    /// use comanage_format::load::Document;
    /// let text = "schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 12\n[services.desk]\nhours = \"24x7\"\n";
    /// let document = Document::parse("a.toml", text.as_bytes(), &mut |_| Err(std::io::ErrorKind::NotFound.into()));
    /// let varied = document.with("organization.users", "120").unwrap();
    /// let scenario = varied.read().scenario.unwrap();
    /// let users = scenario.organization.users.classes[0].start.unwrap();
    /// assert_eq!(scenario.decimal(users), 120.into());
    /// assert!(document.with("organization.user", "120").is_err());
    /// ```
    pub fn with(&self, path: &str, value: &str) -> Result<Self, Box<Diagnostic>> {
        let mut document = self.clone();
        document.set(path, value)?;
        Ok(document)
    }

    /// What a path names, whether or not the file says it.
    pub fn locate(&self, path: &str) -> Result<Located, Box<Diagnostic>> {
        let mut document = self.clone();
        let put = document.put(path, "0")?;
        Ok(Located { path: put.at, kind: put.quantity.map(|quantity| quantity.kind) })
    }

    /// Sets a value, as one would write it, over the place of a path.
    /// Returns the path in its one spelling.
    ///
    /// # Errors
    /// A path that leads nowhere, or to more than one value.
    pub fn set(&mut self, path: &str, value: &str) -> Result<String, Box<Diagnostic>> {
        let put = self.put(path, value)?;
        let spelled = put.at;
        // What is expected is expected of the file as it is.
        if let Value::Table(root) = &mut self.root.value {
            root.entries.retain(|entry| entry.key != "expect");
            if !value.trim_start().starts_with('{') {
                forget_correlations(root, &spelled);
            }
        }
        self.sources.0.push(SourceFile::new(format!("value of {path}"), value.trim()));
        Ok(spelled)
    }

    pub(super) fn put<'v>(&mut self, path: &str, value: &'v str) -> Result<Override<'v>, Box<Diagnostic>> {
        let unknown = |fault: Fault| Box::new(fault.diagnostic(path));
        let Some(steps) = path::parse(path) else {
            let hint = "separate names with dots: organization.users, team.\"IT manager\".salary";
            let diagnostic = Diagnostic::error("unknown-path", format!("{path:?} is not a path"));
            return Err(Box::new(diagnostic.path(path).hint(hint)));
        };
        let file = self.sources.0.len();
        let place = Place::Keys(&ROOT);
        let mut put = Override { file, text: value, at: String::new(), quantity: None };
        put.descend(&mut self.root, place, &steps).map_err(unknown)?;
        Ok(put)
    }
}

/// Leaves out the correlations of a value that has no range any more.
fn forget_correlations(root: &mut Table, path: &str) {
    let Some(simulation) = root.entries.iter_mut().find(|entry| entry.key == "simulation") else { return };
    let Value::Table(simulation) = &mut simulation.node.value else { return };
    let names_it = |node: &Node| node.text().and_then(path::canonical).is_some_and(|named| named == path);
    for entry in simulation.entries.iter_mut().filter(|entry| entry.key == "correlations") {
        if let Value::List(pairs) = &mut entry.node.value {
            pairs.retain(|pair| !matches!(&pair.value, Value::List(parts) if parts.iter().any(names_it)));
        }
    }
}

/// What a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The path in its one spelling.
    pub path: String,
    /// The kind of number; none where it names something else, such as hours or a text.
    pub kind: Option<Kind>,
}

/// The value that a text says, as it would be in a file, for a key that is no text.
pub(super) fn written(text: &str) -> Node {
    Override { file: 0, text, at: String::new(), quantity: None }.value(false)
}

/// Why a path leads nowhere.
struct Fault {
    message: String,
    hint: Option<String>,
}

impl Fault {
    fn diagnostic(self, path: &str) -> Diagnostic {
        let diagnostic = Diagnostic::error("unknown-path", format!("there is no value {path:?}: {}", self.message));
        let diagnostic = diagnostic.path(path);
        match self.hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }
}

/// What is at a place, as the format has it.
#[derive(Clone, Copy)]
enum Place {
    /// A table with these keys.
    Keys(&'static TableFormat),
    /// What a key may hold.
    Shape(&'static Shape),
    /// A rate: money, tiers or a bundle.
    Rate,
    /// The cover of a service: hours, or a table with `hours`.
    Cover,
    /// A number by itself.
    Number(Quantity),
}

/// A value on its way to its place.
pub(super) struct Override<'a> {
    file: usize,
    text: &'a str,
    /// The path so far.
    pub at: String,
    /// The number that is at its end, if one does.
    pub quantity: Option<Quantity>,
}

/// A step and those after it.
type Steps<'s> = (&'s Step, &'s [Step]);

impl Override<'_> {
    fn descend(&mut self, node: &mut Node, place: Place, steps: &[Step]) -> Result<(), Fault> {
        let Some(step) = steps.split_first() else { return self.replace(node, place) };
        match place {
            Place::Keys(format) => self.key(node, format, step),
            Place::Cover => self.hours_or_table(node, &COVER, step),
            Place::Rate => self.rate(node, step),
            Place::Number(_) => self.nothing_in(step.0),
            Place::Shape(shape) => self.shape(node, shape, step),
        }
    }

    fn shape(&mut self, node: &mut Node, shape: &'static Shape, step: Steps<'_>) -> Result<(), Fault> {
        match shape {
            Shape::Table(format) => self.key(node, format, step),
            Shape::HoursOr(format) => self.hours_or_table(node, format, step),
            Shape::RequiredHours => self.entry_of_list(node, &HOURS_PIECE, EntryName::Number, step),
            Shape::InputOr(_, format) => self.number_or_table(node, format, step),
            Shape::Inputs(quantity) => self.number_of_list(node, *quantity, step),
            Shape::Tables(format, name) => self.entry_of_list(node, format, *name, step),
            Shape::Phases(format, key) => {
                name_entries(node, key);
                self.entry_of_list(node, format, EntryName::By(key), step)
            }
            Shape::Map(format, what) => self.entry(node, Place::Keys(format), what, step),
            Shape::Prices => self.entry(node, Place::Number(RATE), "price", step),
            Shape::Heads => self.entry(node, Place::Shape(&HEADS), "hire", step),
            Shape::Covers => self.covers(node, step),
            Shape::ByClass(quantity, _) => self.class(node, Place::Number(*quantity), step),
            Shape::Rates(_) if is_rate(node) => self.rate(node, step),
            Shape::Rates(_) => self.class(node, Place::Rate, step),
            Shape::PerUser => self.per_user(node, step),
            Shape::Rate => self.rate(node, step),
            _ => self.nothing_in(step.0),
        }
    }

    /// Into a table with fixed keys; a key that is left out is added.
    fn key(&mut self, node: &mut Node, format: &'static TableFormat, (step, rest): Steps<'_>) -> Result<(), Fault> {
        let table = self.table(node)?;
        let Step::Name(name) = step else { return self.nothing_in(step) };
        let Some((key, _)) = format.key(name) else {
            return Err(self.unknown(name, format.all_keys().map(|key| key.name), format.what));
        };
        self.at = join(&self.at, name);
        if is_fixed(key) {
            return Err(Fault { message: format!("`{}` controls how the file is read", self.at), hint: None });
        }
        let child = self.child(table, name);
        self.descend(child, Place::Shape(&key.shape), rest)
    }

    /// Into an entry that the user named.
    fn entry(&mut self, node: &mut Node, place: Place, what: &str, (step, rest): Steps<'_>) -> Result<(), Fault> {
        let table = self.table(node)?;
        let Step::Name(name) = step else { return self.nothing_in(step) };
        if !table.has(name) {
            return Err(self.unknown(name, table.entries.iter().map(|entry| entry.key.as_str()), &format!("a {what}")));
        }
        self.at = join(&self.at, name);
        let child = self.child(table, name);
        self.descend(child, place, rest)
    }

    /// Into an entry of a list, by its name or its number.
    fn entry_of_list(
        &mut self,
        node: &mut Node,
        format: &'static TableFormat,
        entry_name: EntryName,
        (step, rest): Steps<'_>,
    ) -> Result<(), Fault> {
        let nodes = match &mut node.value {
            Value::List(nodes) => nodes,
            _ => return self.nothing_in(step),
        };
        let expected = match step {
            Step::Name(name) => join(&self.at, name),
            Step::Number(number) => format!("{}[{number}]", self.at),
        };
        let paths: Vec<String> =
            nodes.iter().enumerate().map(|(index, node)| entry_path(&self.at, entry_name, index, node)).collect();
        let mut found = paths.iter().enumerate().filter(|(_, path)| **path == expected);
        let (first, second) = (found.next(), found.next());
        if second.is_some() {
            let message = format!("several entries have the name {expected}");
            return Err(Fault { message, hint: Some("give each a unique name".into()) });
        }
        let Some(entry) = first.and_then(|(index, _)| nodes.get_mut(index)) else {
            let near = nearest(&expected, paths.iter().map(String::as_str)).map(|near| format!("did you mean {near}?"));
            let all = || format!("there is {}", super::nearest::some_of(paths.iter().map(String::as_str)));
            return Err(Fault { message: format!("unknown entry {expected}"), hint: near.or_else(|| Some(all())) });
        };
        self.at = expected;
        self.descend(entry, Place::Keys(format), rest)
    }

    /// Into a class; a thing that is counted as one number has only the class `standard`.
    fn class(&mut self, node: &mut Node, place: Place, (step, rest): Steps<'_>) -> Result<(), Fault> {
        let Step::Name(name) = step else { return self.nothing_in(step) };
        let fresh = self.is_fresh(node);
        if !fresh && (node.table().is_none() || is_range_node(node)) {
            return match name.as_str() {
                STANDARD => self.descend(node, place, rest),
                _ => Err(Fault {
                    message: format!("`{}` is one number here, without classes", self.at),
                    hint: Some(format!("name `{}`", self.at)),
                }),
            };
        }
        let table = self.table(node)?;
        if !fresh && !table.has(name) {
            return Err(self.unknown(name, table.entries.iter().map(|entry| entry.key.as_str()), "a class"));
        }
        self.at = join(&self.at, name);
        let child = self.child(table, name);
        self.descend(child, place, rest)
    }

    /// Into a table that may be written as one number, which then is its rate.
    fn number_or_table(&mut self, node: &mut Node, format: &'static TableFormat, step: Steps<'_>) -> Result<(), Fault> {
        if is_table_of(node, format) || self.is_fresh(node) {
            return self.key(node, format, step);
        }
        if format.key("rate").is_none() {
            return self.nothing_in(step.0);
        }
        let rate = node.clone();
        let entry = Entry { key: "rate".into(), key_span: rate.span.clone(), node: rate };
        node.value = Value::Table(Table { entries: vec![entry] });
        self.key(node, format, step)
    }

    /// Into a list of numbers, by place.
    fn number_of_list(&mut self, node: &mut Node, quantity: Quantity, (step, rest): Steps<'_>) -> Result<(), Fault> {
        let (Step::Number(number), Value::List(nodes)) = (step, &mut node.value) else { return self.nothing_in(step) };
        let Some(entry) = nodes.get_mut(*number) else { return self.nothing_in(step) };
        self.at = format!("{}[{number}]", self.at);
        self.descend(entry, Place::Number(quantity), rest)
    }

    /// Into a per-user charge, which may be written as its rate alone.
    fn per_user(&mut self, node: &mut Node, step: Steps<'_>) -> Result<(), Fault> {
        let Step::Name(name) = step.0 else { return self.nothing_in(step.0) };
        if PER_USER.keys.iter().any(|key| key.name == name) {
            if !is_charge(node) && !self.is_fresh(node) {
                let rate = node.clone();
                let entry = Entry { key: "rate".into(), key_span: rate.span.clone(), node: rate };
                node.value = Value::Table(Table { entries: vec![entry] });
            }
            return self.key(node, &PER_USER, step);
        }
        if is_charge(node) {
            return Err(self.unknown(name, PER_USER.keys.iter().map(|key| key.name), PER_USER.what));
        }
        if is_rate(node) { self.rate(node, step) } else { self.class(node, Place::Rate, step) }
    }

    /// Into tiers or a bundle.
    fn rate(&mut self, node: &mut Node, step: Steps<'_>) -> Result<(), Fault> {
        match node.table() {
            Some(table) if table.has("tiers") => self.key(node, &TIERED, step),
            Some(table) if table.has("bundle") => self.key(node, &BUNDLE, step),
            _ => self.nothing_in(step.0),
        }
    }

    /// Into the covers of an offer; `covers = "all"` is a table with `all` in it.
    fn covers(&mut self, node: &mut Node, (step, rest): Steps<'_>) -> Result<(), Fault> {
        let Step::Name(name) = step else { return self.nothing_in(step) };
        if node.text() == Some("all") {
            let all = Node { span: node.span.clone(), value: Value::Table(Table::default()) };
            let entry = Entry { key: "all".into(), key_span: node.span.clone(), node: all };
            node.value = Value::Table(Table { entries: vec![entry] });
        }
        let table = self.table(node)?;
        if !table.has(name) && !rest.is_empty() {
            return Err(self.unknown(name, table.entries.iter().map(|entry| entry.key.as_str()), "the covers"));
        }
        self.at = join(&self.at, name);
        let child = self.child(table, name);
        self.descend(child, Place::Cover, rest)
    }

    /// Into a table that may be written as its hours alone, such as a cover.
    fn hours_or_table(&mut self, node: &mut Node, format: &'static TableFormat, step: Steps<'_>) -> Result<(), Fault> {
        if node.text().is_some() {
            let hours = node.clone();
            let entry = Entry { key: "hours".into(), key_span: hours.span.clone(), node: hours };
            node.value = Value::Table(Table { entries: vec![entry] });
        }
        self.key(node, format, step)
    }

    /// Puts the value in the place of what is there.
    fn replace(&mut self, node: &mut Node, place: Place) -> Result<(), Fault> {
        let whole = match place {
            Place::Keys(_) => true,
            Place::Cover => node.table().is_some_and(|table| !table.entries.is_empty()),
            Place::Shape(
                Shape::Table(_)
                | Shape::Tables(..)
                | Shape::Phases(..)
                | Shape::Map(..)
                | Shape::Prices
                | Shape::Heads
                | Shape::Holders,
            ) => true,
            Place::Shape(Shape::Covers | Shape::HoursOr(_)) => {
                node.table().is_some_and(|table| !table.entries.is_empty())
            }
            Place::Shape(Shape::RequiredHours) => matches!(node.value, Value::List(_)),
            Place::Shape(Shape::PerUser) => is_charge(node),
            Place::Shape(Shape::InputOr(_, format)) => is_table_of(node, format),
            Place::Shape(Shape::Inputs(_)) => true,
            Place::Shape(Shape::ByClass(..)) => node.table().is_some() && !is_range_node(node),
            Place::Shape(_) | Place::Rate | Place::Number(_) => false,
        };
        let is_value = self.is_fresh(node) && matches!(place, Place::Shape(Shape::ByClass(..) | Shape::PerUser));
        let is_whole_value = self.text.trim_start().starts_with(['{', '[']);
        if let Place::Shape(shape) = place
            && whole
            && is_whole_value
        {
            let own = self.value(false);
            merge::lay_value(node, own, shape);
            return Ok(());
        }
        if whole && !is_value {
            let keys = node.table().map(|table| table.entries.iter().map(|entry| join(&self.at, &entry.key)));
            let keys: Vec<String> = keys.into_iter().flatten().collect();
            let hint = format!("name one of {}", super::nearest::some_of(keys.iter().map(String::as_str)));
            return Err(Fault { message: format!("`{}` is more than one value", self.at), hint: Some(hint) });
        }
        let is_text = match place {
            Place::Shape(shape) => is_text(shape),
            Place::Cover => true,
            _ => false,
        };
        self.quantity = quantity_of(place, &self.at);
        *node = self.value(is_text);
        Ok(())
    }

    /// The value as it would be in a file.
    fn value(&self, is_text: bool) -> Node {
        let text = self.text.trim();
        let span = Span { file: self.file, range: 0..text.len() };
        let value = if text.starts_with(['{', '[', '"', '\'']) {
            self.parsed(text, &span)
        } else if is_text {
            Value::Text(text.into())
        } else if digits::exact(&text.replace('_', "")).is_ok() {
            Value::Number(text.replace('_', ""))
        } else {
            match text.to_ascii_lowercase().as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::Text(text.into()),
            }
        };
        Node { span, value }
    }

    /// A range, a list or a text in quotes, written as in a file.
    fn parsed(&self, text: &str, span: &Span) -> Value {
        let (parsed, errors) = DeValue::parse_recoverable(text);
        match tree::value_from_toml(self.file, parsed.get_ref(), span) {
            Some(value) if errors.is_empty() => value,
            _ => Value::Text(text.into()),
        }
    }

    /// The value of a key, added with nothing in it if it is left out.
    fn child<'t>(&self, table: &'t mut Table, name: &str) -> &'t mut Node {
        let place = table.entries.iter().position(|entry| entry.key == name);
        let place = place.unwrap_or_else(|| {
            let node = Node { span: self.nowhere(), value: Value::Table(Table::default()) };
            table.entries.push(Entry { key: name.into(), key_span: self.nowhere(), node });
            table.entries.len() - 1
        });
        &mut table.entries[place].node
    }

    fn nowhere(&self) -> Span {
        Span { file: self.file, range: 0..0 }
    }

    /// Whether a place was only just added.
    fn is_fresh(&self, node: &Node) -> bool {
        node.span == self.nowhere()
    }

    fn table<'n>(&self, node: &'n mut Node) -> Result<&'n mut Table, Fault> {
        match &mut node.value {
            Value::Table(table) => Ok(table),
            _ => Err(Fault { message: format!("`{}` is not a table", self.at), hint: None }),
        }
    }

    fn nothing_in(&self, step: &Step) -> Result<(), Fault> {
        let step = match step {
            Step::Name(name) => format!("`{name}`"),
            Step::Number(number) => format!("`[{number}]`"),
        };
        Err(Fault { message: format!("`{}` has no {step} in it", self.at), hint: None })
    }

    fn unknown<'c>(&self, name: &str, names: impl IntoIterator<Item = &'c str> + Clone, what: &str) -> Fault {
        let hint = match nearest(name, names.clone()) {
            Some(near) => format!("did you mean `{}`?", join(&self.at, near)),
            None => format!("there is {}", super::nearest::some_of(names)),
        };
        Fault { message: format!("`{name}` is not in {what}"), hint: Some(hint) }
    }
}

/// Writes every name of a list as a table that holds it under a key.
pub(super) fn name_entries(node: &mut Node, key: &str) {
    if let Value::List(entries) = &mut node.value {
        entries.iter_mut().for_each(|entry| name_entry(entry, key));
    }
}

/// Writes an entry that is a name alone as a table that holds it under a key.
pub(super) fn name_entry(entry: &mut Node, key: &str) {
    if entry.text().is_none() {
        return;
    }
    let name = entry.clone();
    let named = Entry { key: key.into(), key_span: name.span.clone(), node: name };
    entry.value = Value::Table(Table { entries: vec![named] });
}

/// The number that may be at a place.
fn quantity_of(place: Place, path: &str) -> Option<Quantity> {
    match place {
        Place::Number(quantity) => Some(quantity),
        Place::Rate | Place::Shape(Shape::Rate | Shape::Rates(_) | Shape::PerUser) => Some(RATE),
        Place::Shape(Shape::Input(quantity) | Shape::InputOr(quantity, _) | Shape::ByClass(quantity, _)) => {
            Some(*quantity)
        }
        // The only number that figures depend on and that takes no range.
        Place::Shape(Shape::Whole(..)) if path == "term_months" => Some(TERM_MONTHS),
        Place::Shape(_) | Place::Keys(_) | Place::Cover => None,
    }
}

/// What says how to read or check the file, and is no value of the scenario.
fn is_fixed(key: &Key) -> bool {
    ["schema", "extends", "packs", "expect", "correlations"].contains(&key.name)
}

fn is_range_node(node: &Node) -> bool {
    node.table().is_some_and(is_range)
}

fn is_rate(node: &Node) -> bool {
    node.table().is_some_and(|table| table.has("tiers") || table.has("bundle"))
}

/// Whether a value of this shape is written as text, whatever it looks like.
fn is_text(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Name
            | Shape::Text
            | Shape::Choice(_)
            | Shape::Hours
            | Shape::RequiredHours
            | Shape::HoursOr(_)
            | Shape::Duration
            | Shape::Month
            | Shape::Currency
            | Shape::Covers
    )
}
