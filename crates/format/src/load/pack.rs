//! Packs: files of published figures, those that come with the program and one's own.
//!
//! A pack is read with the same care as a scenario: unknown keys, units and sources are errors with
//! their place. A figure without a source or a date is refused.

use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::rates::{Dated, Entry, Figure, PACKS, Publication, Rates, Strength, Unit};
use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::money::Currency;
use comanage_model::month::CalendarMonth;
use comanage_model::scenario::Kind;
use comanage_model::source::{Sources, Span};

use super::defaults::{self, Assumption};
use super::digits;
use super::document::sort;
use super::fields::{Fields, found};
use super::files::{self, Fetch, Files, beside};
use super::format::{ENTRY, PACK, published};
use super::nearest::some_of;
use super::reader::Reader;
use super::tree::{Node, Table, Value};

/// The most packs of a scenario.
const MAX_PACKS: usize = 16;

/// What came of a pack.
#[derive(Clone, Debug)]
pub struct LoadedPack {
    /// Its entries, if nothing was wrong.
    pub entries: Option<Vec<Entry>>,
    /// Everything found, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The text that the diagnostics point into.
    pub sources: Sources,
    /// Whether the machine failed, rather than the file.
    pub machine_failed: bool,
}

/// Loads a pack from a file; `-` is standard input.
pub fn load_pack(path: &Path) -> LoadedPack {
    let mut files = Files::default();
    let entries = read_pack(path, files::fetch(path), None, &mut files);
    let mut diagnostics = files.diagnostics;
    sort(&mut diagnostics);
    let has_errors = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    LoadedPack {
        entries: entries.filter(|_| !has_errors),
        diagnostics,
        sources: files.sources,
        machine_failed: files.machine_failed,
    }
}

/// The figures that a scenario may take by name. Those that come with the program are read when one
/// is first asked for: most scenarios take none.
#[derive(Clone, Debug)]
pub enum Packs {
    /// Those that come with the program.
    Published,
    /// Those of its own packs set over them.
    Own(Arc<Rates>),
}

impl Packs {
    /// No figures.
    pub fn none() -> Self {
        Self::Own(Arc::default())
    }
}

impl Deref for Packs {
    type Target = Rates;

    fn deref(&self) -> &Rates {
        match self {
            Self::Published => published_rates(),
            Self::Own(rates) => rates,
        }
    }
}

impl PartialEq for Packs {
    fn eq(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Published, Self::Published)) || **self == **other
    }
}

/// The figures that come with the program.
pub fn published_rates() -> &'static Rates {
    static PUBLISHED: OnceLock<Rates> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let mut files = Files::default();
        let read =
            |(name, text): &(&str, &str)| read_pack(Path::new(name), Ok(text.as_bytes().to_vec()), None, &mut files);
        let defaults = defaults::ALL.iter().filter_map(default_entry);
        let packs: Vec<Entry> = defaults.chain(PACKS.iter().filter_map(read).flatten()).collect();
        debug_assert!(files.diagnostics.is_empty(), "the packs are valid: {:?}", files.diagnostics);
        packs.into_iter().collect()
    })
}

/// A default as a published figure, so that all that enters a scenario is listed in one place.
fn default_entry((key, what, unit, assumed): &(&str, &str, &str, &Assumption)) -> Option<Entry> {
    let unit = Unit::from_name(unit)?;
    let value = match unit.kind() {
        Kind::Share => digits::share(assumed.value)?.ok()?,
        _ => digits::exact(assumed.value).ok()?,
    };
    Some(Entry {
        key: (*key).into(),
        what: (*what).into(),
        figure: Figure::Value(value),
        unit,
        currency: None,
        region: "any".into(),
        date: Dated { text: assumed.date.into(), month: CalendarMonth::parse(assumed.date)?, is_when_read: false },
        source: Publication { title: assumed.source.into(), publisher: None, address: None },
        strength: Strength::Default,
        note: Some("used where a scenario leaves the key out".into()),
    })
}

/// The figures that a scenario may take by name.
pub(super) fn of_scenario(root: &Table, files: &mut Files, fetch: Fetch<'_>) -> Packs {
    let Some(Value::List(paths)) = root.get("packs").map(|node| &node.value) else { return Packs::Published };
    let mut rates = published_rates().clone();
    for node in paths.iter().take(MAX_PACKS) {
        let Some(named) = node.text() else { continue };
        let within = files.paths.get(node.span.file).map_or(Path::new(""), PathBuf::as_path);
        let path = beside(within, named);
        let bytes = fetch(&path);
        let entries = read_pack(&path, bytes, Some(&node.span), files);
        entries.into_iter().flatten().for_each(|entry| rates.lay(entry));
    }
    if let Some(node) = paths.get(MAX_PACKS) {
        let message = format!("a scenario can use at most {MAX_PACKS} packs");
        files.diagnostics.push(Diagnostic::error("too-many", message).at(node.span.clone(), "too many").path("packs"));
    }
    Packs::Own(Arc::new(rates))
}

/// Reads a pack, given its bytes; `named` is where a scenario names it.
fn read_pack(path: &Path, bytes: io::Result<Vec<u8>>, named: Option<&Span>, files: &mut Files) -> Option<Vec<Entry>> {
    let table = match bytes {
        Ok(bytes) => {
            let table = files.single(path, bytes);
            if let Some(span) = named {
                files.hide_broken(span);
            }
            table?
        }
        Err(error) => {
            let fault = files.io_fault(path, &error);
            let fault = match named {
                Some(span) => fault.at(span.clone(), "named here").path("packs"),
                None => fault,
            };
            files.lose(fault);
            return None;
        }
    };
    let span = Span { file: files.sources.0.len() - 1, range: 0..0 };
    let root = Node { span, value: Value::Table(table) };
    let (entries, found) = entries(&root);
    files.diagnostics.extend(found);
    Some(entries)
}

/// A source, as entries name it.
struct Source {
    key: String,
    publication: Publication,
    date: Option<Dated>,
    strength: Strength,
}

/// The entries of a pack, and what was found.
fn entries(root: &Node) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut reader = Reader::new(Currency { code: "USD", digits: 2 });
    let root = Fields::open(&mut reader, root, &PACK, String::new(), None);
    root.whole(&mut reader, "schema");
    root.name(&mut reader, "pack");
    let sources: Vec<Source> =
        root.keyed(&mut reader, "sources").iter().map(|keyed| source(&mut reader, keyed.key, &keyed.fields)).collect();
    let tables = root.tables(&mut reader, "rate", &ENTRY);
    let mut seen = std::collections::HashSet::new();
    let mut entries = Vec::with_capacity(tables.len());
    for fields in &tables {
        let entry = entry(&mut reader, fields, &sources);
        let key = fields.get("key").and_then(Node::text);
        if let (Some(key), Some(node)) = (key, fields.get("key"))
            && !seen.insert(key)
        {
            let message = format!("two figures have the key {key:?}");
            let diagnostic = Diagnostic::error("duplicate-name", message).at(node.span.clone(), "this key");
            reader.report(diagnostic.path(&fields.path).hint("give each a unique key"));
        }
        entries.extend(entry);
    }
    (entries, reader.diagnostics)
}

fn source(reader: &mut Reader, key: &str, fields: &Fields<'_>) -> Source {
    let title = fields.name(reader, "title").unwrap_or_default();
    let publisher = fields.name(reader, "publisher");
    let address = fields.name(reader, "address");
    let published = date(reader, fields);
    let read = fields.month(reader, "read").map(|month| Dated { text: month.to_string(), month, is_when_read: true });
    let strength = fields.choice(reader, "strength");
    let is_dated = fields.get("date").is_some();
    if !is_dated && fields.get("read").is_none() {
        let diagnostic = Diagnostic::error("missing-key", format!("the source `{key}` has no date"));
        let diagnostic = diagnostic.at(fields.span.clone(), "needed here").path(&fields.path);
        reader.report(diagnostic.hint("add `date = \"2026-05\"`; where it has none, `read = \"2026-11\"`"));
    }
    Source {
        key: key.into(),
        publication: Publication { title, publisher, address },
        date: if is_dated { published } else { read },
        strength: strength.unwrap_or(Strength::Blog),
    }
}

/// `date`, if it is there: a year and month, or a year.
fn date(reader: &mut Reader, fields: &Fields<'_>) -> Option<Dated> {
    let node = fields.get("date")?;
    let path = fields.path_of("date");
    let text = reader.name(node, &path)?;
    let month = CalendarMonth::parse(text).or_else(|| CalendarMonth::parse(&format!("{text}-01")));
    let Some(month) = month else {
        let message = format!("`{path}` must be a year and month, or a year");
        let diagnostic = Diagnostic::error("bad-month", message).at(node.span.clone(), found(node));
        reader.report(diagnostic.path(path).hint("write \"2026-05\", or \"2026\" if the month is not known"));
        return None;
    };
    Some(Dated { text: text.into(), month, is_when_read: false })
}

/// An entry; none, and reported, if something it needs is missing or wrong.
fn entry(reader: &mut Reader, fields: &Fields<'_>, sources: &[Source]) -> Option<Entry> {
    let key = key(reader, fields);
    let what = fields.name(reader, "what");
    let region = fields.name(reader, "region");
    let note = fields.note.map(String::from);
    let unit = unit(reader, fields);
    let currency = currency(reader, fields, unit);
    let figure = unit.and_then(|unit| figure(reader, fields, unit.kind()));
    let own_date = date(reader, fields);
    let source = find_source(reader, fields, sources);
    let date = own_date.or_else(|| source?.date.clone());
    let source = source?;
    Some(Entry {
        key: key?,
        what: what?,
        figure: figure?,
        unit: unit?,
        currency: currency?,
        region: region?,
        date: date?,
        source: source.publication.clone(),
        strength: source.strength,
        note,
    })
}

/// The name of an entry: parts of lower-case letters, digits, hyphens and underscores.
fn key(reader: &mut Reader, fields: &Fields<'_>) -> Option<String> {
    let key = fields.name(reader, "key")?;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let is_part = |part: &str| !part.is_empty() && part.chars().all(is_plain);
    if key.split('.').count() > 1 && key.split('.').all(is_part) {
        return Some(key);
    }
    let node = fields.get("key")?;
    let diagnostic = Diagnostic::error("bad-name", format!("{key:?} is not a valid key for a figure"));
    let diagnostic = diagnostic.at(node.span.clone(), "this key").path(&fields.path);
    reader.report(diagnostic.hint("separate parts with dots: price.hourly.us-2026"));
    None
}

fn unit(reader: &mut Reader, fields: &Fields<'_>) -> Option<Unit> {
    let name = fields.name(reader, "unit")?;
    if let Some(unit) = Unit::from_name(&name) {
        return Some(unit);
    }
    let node = fields.get("unit")?;
    let hint = match reader.nearest(&name, Unit::names()) {
        Some(near) => format!("did you mean {near:?}?"),
        None => format!("units are {}", some_of(Unit::names())),
    };
    let diagnostic = Diagnostic::error("unknown-value", format!("there is no unit {name:?}"));
    reader.report(diagnostic.at(node.span.clone(), found(node)).path(fields.path_of("unit")).hint(hint));
    None
}

/// The currency: needed where the unit is money, and nowhere else.
fn currency(reader: &mut Reader, fields: &Fields<'_>, unit: Option<Unit>) -> Option<Option<Currency>> {
    let is_money = unit?.kind() == Kind::Money;
    match (fields.get("currency"), is_money) {
        (None, false) => Some(None),
        (None, true) => {
            reader.currency = Currency { code: "USD", digits: 2 };
            let diagnostic = Diagnostic::error("missing-key", "an amount needs a currency");
            let diagnostic = diagnostic.at(fields.span.clone(), "needed here").path(fields.path_of("currency"));
            reader.report(diagnostic.hint("add `currency = \"USD\"`"));
            None
        }
        (Some(node), false) => {
            let diagnostic = Diagnostic::error("wrong-type", "only an amount has a currency");
            let diagnostic = diagnostic.at(node.span.clone(), found(node)).path(fields.path_of("currency"));
            reader.report(diagnostic.hint("remove `currency`"));
            None
        }
        (Some(node), true) => {
            let currency = reader.currency_at(node, &fields.path_of("currency"))?;
            reader.currency = currency;
            Some(Some(currency))
        }
    }
}

/// One value, or a band with at least one end.
fn figure(reader: &mut Reader, fields: &Fields<'_>, kind: Kind) -> Option<Figure> {
    let quantity = published(kind);
    let mut number =
        |name: &str| fields.get(name).map(|node| reader.scalar(node, &quantity, &fields.path_of(name), false));
    let (value, low, likely, high) = (number("value"), number("low"), number("likely"), number("high"));
    let rises = |a: Option<Option<_>>, b: Option<Option<_>>| match (a.flatten(), b.flatten()) {
        (Some(a), Some(b)) => a <= b,
        _ => true,
    };
    let fault = match (value, low.or(high)) {
        (Some(_), None) if likely.is_none() => return Some(Figure::Value(value??)),
        (Some(_), _) => "a figure is a value or a range, not both",
        (None, None) => "a figure needs `value`, or `low` and `high`",
        _ if !rises(low, high) || !rises(low, likely) || !rises(likely, high) => "low <= likely <= high",
        _ => {
            let is_read = [low, likely, high].iter().all(|end| *end != Some(None));
            let band = Figure::Band { low: low.flatten(), likely: likely.flatten(), high: high.flatten() };
            return is_read.then_some(band);
        }
    };
    let place = ["high", "low", "value", "key"].iter().find_map(|name| fields.get(name)).map(|node| node.span.clone());
    let diagnostic = Diagnostic::error("bad-range", fault).at(place.unwrap_or(fields.span.clone()), "this figure");
    reader.report(diagnostic.path(&fields.path).hint("write `value = 90`, or `low = 60` and `high = 125`"));
    None
}

fn find_source<'s>(reader: &mut Reader, fields: &Fields<'_>, sources: &'s [Source]) -> Option<&'s Source> {
    let node = fields.get("source")?;
    let key = node.text()?;
    if let Some(source) = sources.iter().find(|source| source.key == key) {
        return Some(source);
    }
    let names = sources.iter().map(|source| source.key.as_str());
    let hint = match reader.nearest(key, names.clone()) {
        Some(near) => format!("did you mean {near:?}?"),
        None => format!("its sources are {}", some_of(names)),
    };
    let diagnostic = Diagnostic::error("unknown-source", format!("the pack has no source {key:?}"));
    reader.report(diagnostic.at(node.span.clone(), found(node)).path(fields.path_of("source")).hint(hint));
    None
}
