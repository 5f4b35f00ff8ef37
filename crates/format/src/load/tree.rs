//! The tree of a file: every value with its place, nothing yet understood.
//!
//! It is between the TOML reader and the scenario because files extend one another: trees are
//! merged before anything is understood, and every node keeps the file it came from. Numbers stay
//! as the digits that were written. What a value means is decided in [`super::fields`].

use toml::de::{DeTable, DeValue, Error};

use comanage_model::source::Span;

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Where it is; for a table with a header, the header.
    pub span: Span,
    /// What is there.
    pub value: Value,
}

/// A value as written.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A string.
    Text(String),
    /// A number, digit for digit.
    Number(String),
    /// A whole number in a base other than ten, as written.
    OtherBase(String),
    /// True or false.
    Bool(bool),
    /// A date or time, as written.
    Date(String),
    /// Several values.
    List(Vec<Node>),
    /// Values by key.
    Table(Table),
}

/// Values by key, in the order they were written.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The entries, in the order of the file.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The key, without quotes.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value, with its place.
    pub node: Node,
}

impl Table {
    /// The entry with a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value with a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }
}

impl Node {
    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What was found, in words: "the number 0.04".
    pub fn found(&self) -> String {
        match &self.value {
            Value::Text(text) if text.chars().count() <= 40 => format!("the text {text:?}"),
            Value::Text(_) => "a text".into(),
            Value::Number(digits) | Value::OtherBase(digits) if digits.len() <= 40 => format!("the number {digits}"),
            Value::Number(_) | Value::OtherBase(_) => "a number".into(),
            Value::Bool(value) => format!("{value}"),
            Value::Date(date) => format!("the date {date}"),
            Value::List(_) => "a list".into(),
            Value::Table(_) => "a table".into(),
        }
    }
}

/// How deep values may lie in one another; the format needs eight.
const DEEPEST: usize = 32;

/// A file as parsed.
pub(super) struct Parsed {
    /// What is in it.
    pub table: Table,
    /// What is broken.
    pub errors: Vec<Error>,
    /// Values that lie too deep and were left out.
    pub too_deep: Vec<Span>,
}

/// How deep brackets may be in one another before a text is parsed with room to spare.
const UNUSUAL: usize = 16;
/// The stack for such a text. Keys of eighty names in eighty tables nest 6,400 deep.
const ROOM: usize = 64 * 1024 * 1024;

/// Parses a file. A file may nest far deeper than any scenario, and the parser's values are dropped
/// by recursion, so a text that looks deep is parsed on a stack of its own.
pub(super) fn parse(file: usize, text: &str) -> std::io::Result<Parsed> {
    let parse = || {
        let (table, errors) = DeTable::parse_recoverable(text);
        let (table, too_deep) = from_toml(file, table.get_ref());
        Parsed { table, errors, too_deep }
    };
    if bracket_depth(text) <= UNUSUAL {
        return Ok(parse());
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(ROOM).spawn_scoped(scope, parse)?;
        thread.join().map_err(|_| std::io::Error::other("the parser failed"))
    })
}

/// How deep brackets are in one another, whether they are in quotes or not.
fn bracket_depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Makes the tree of a parsed file. Values too deep are left out; their places are returned.
fn from_toml(file: usize, table: &DeTable<'_>) -> (Table, Vec<Span>) {
    let mut builder = Builder { file, too_deep: Vec::new() };
    let table = builder.table(table, 0);
    (table, builder.too_deep)
}

/// The value of a piece of TOML that was parsed by itself; all of it is at one place.
pub(super) fn value_from_toml(file: usize, value: &DeValue<'_>, place: &Span) -> Option<Value> {
    let mut builder = Builder { file, too_deep: Vec::new() };
    let node = builder.node(place.range.clone(), value, 0)?;
    builder.too_deep.is_empty().then_some(node.value)
}

struct Builder {
    file: usize,
    too_deep: Vec<Span>,
}

impl Builder {
    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Table {
        let mut entries: Vec<Entry> = Vec::with_capacity(table.len());
        for (key, value) in table {
            let key_span = self.span(key.span());
            // The value of a dotted key has no place of its own.
            let place = if depth < DEEPEST { value.span() } else { key.span() };
            let node = self.node(place, value.get_ref(), depth + 1);
            entries.extend(node.map(|node| Entry { key: key.get_ref().to_string(), key_span, node }));
        }
        entries.sort_by_key(|entry| entry.key_span.range.start);
        Table { entries }
    }

    fn node(&mut self, place: std::ops::Range<usize>, value: &DeValue<'_>, depth: usize) -> Option<Node> {
        let span = self.span(place);
        if depth > DEEPEST {
            self.too_deep.push(span);
            return None;
        }
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(whole) if whole.radix() != 10 => Value::OtherBase(whole.to_string()),
            DeValue::Integer(whole) => Value::Number(whole.as_str().replace('_', "")),
            DeValue::Float(number) => Value::Number(number.as_str().replace('_', "")),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(list) => {
                Value::List(list.iter().filter_map(|node| self.node(node.span(), node.get_ref(), depth + 1)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, depth)),
        };
        Some(Node { span, value })
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span { file: self.file, range }
    }
}
