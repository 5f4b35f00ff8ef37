//! Published figures in the place of a number: `{ from = "price.hourly.us-2026" }`.
//!
//! A figure enters a scenario only where it is named, and only where it fits: money in its
//! currency, a figure a month where a month is meant. A band becomes a range, a value a plain
//! value; both keep the name, source and date they come from.

use comanage_model::scenario::Distribution;
use rust_decimal::Decimal;

use crate::rates::{Entry, Figure};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, Kind, Origin, Range};

use super::fields::{Fields, found};
use super::format::{FROM, Quantity};
use super::reader::{Annotations, Reader};
use super::scalar::describe;
use super::tree::Node;
use super::units;

impl Reader {
    /// Reads a published figure by its name and adds it to the inputs.
    pub fn published(&mut self, node: &Node, quantity: &Quantity, beside: Annotations) -> Input {
        let fields = Fields::open(self, node, &FROM, beside.path.clone(), beside.source.as_deref());
        let note = fields.note.map(String::from).or(beside.note.clone());
        let source = fields.source.map(String::from);
        let read = self.read_published(&fields, node, quantity);
        let beside = Annotations { path: beside.path, source, note };
        match read {
            Some((value, range, origin)) => self.add(value, quantity, origin, range, beside),
            None => self.add_invalid(quantity, beside),
        }
    }

    fn read_published(
        &mut self,
        fields: &Fields<'_>,
        node: &Node,
        quantity: &Quantity,
    ) -> Option<(Decimal, Option<Range>, Origin)> {
        let likely = fields.get("likely").map(|end| self.scalar(end, quantity, &fields.path_of("likely"), false));
        let shape = fields.get("dist").map(|_| fields.choice(self, "dist"));
        let name = fields.get("from")?;
        let key = fields.name(self, "from")?;
        let entry = self.named(&key, name, fields)?;
        self.check_fit(&entry, name, quantity, fields)?;
        let (value, range) = match entry.figure {
            Figure::Value(value) => (self.one_value(value, fields, name, quantity)?, None),
            Figure::Band { low: Some(low), likely: published, high: Some(high) } => {
                for end in [low, high] {
                    self.within(end, name, quantity, &fields.path)?;
                }
                // A lognormal knows no likely value, so it takes none from a pack.
                let published = published.filter(|_| shape != Some(Some(Distribution::Lognormal)));
                let likely = likely.map_or(Some(published), |written| written.map(Some))?;
                let (value, range) = self.make_range(fields, node, quantity, (low, likely, high), shape)?;
                (value, Some(range))
            }
            Figure::Band { .. } => return self.refuse_open(&entry, name, fields),
        };
        let (source, date) = (entry.source_in_words(), entry.date.text);
        Some((value, range, Origin::Pack { key, source, date, span: name.span.clone() }))
    }

    /// The entry with a name.
    fn named(&mut self, key: &str, name: &Node, fields: &Fields<'_>) -> Option<Entry> {
        let rates = self.rates.clone();
        if let Some(entry) = rates.get(key) {
            return Some(entry.clone());
        }
        let hint = match self.nearest(key, rates.entries().iter().map(|entry| entry.key.as_str())) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "`comanage rates` lists all published figures; list your own packs in `packs`".into(),
        };
        let message = format!("there is no published figure {key:?}");
        let diagnostic = Diagnostic::error("unknown-rate", message).at(name.span.clone(), "not in any pack");
        self.report(diagnostic.path(&fields.path).hint(hint));
        None
    }

    /// Refuses a figure of another kind, currency or unit than is meant.
    fn check_fit(&mut self, entry: &Entry, name: &Node, quantity: &Quantity, fields: &Fields<'_>) -> Option<()> {
        let path = &fields.path;
        let unit = entry.unit.name();
        let wanted = units::of_path(path);
        let diagnostic = if entry.unit.kind() != plain_kind(quantity.kind) {
            let message = format!("`{path}` must be {}", describe(quantity.kind));
            let label = format!("{} is {}, {unit}", entry.key, describe(entry.unit.kind()));
            Diagnostic::error("wrong-type", message).at(name.span.clone(), label)
        } else if let Some(currency) = entry.currency.filter(|currency| *currency != self.currency) {
            let message = format!("amounts of this file are in {}", self.currency.code);
            let label = format!("{} is in {}", entry.key, currency.code);
            let diagnostic = Diagnostic::error("wrong-currency", message).at(name.span.clone(), label);
            diagnostic.hint(format!("use a figure in {}, or enter the converted amount", self.currency.code))
        } else if !units::fits(entry.unit, path, wanted) {
            let message = match wanted {
                [] => format!("no published figure can be used for `{path}`"),
                wanted => format!("the unit of `{path}` is {}", units::in_words(wanted)),
            };
            let label = format!("the unit of {} is {unit:?}", entry.key);
            let says_more = entry.note.as_ref().filter(|_| quantity.kind == Kind::Share);
            let note = says_more.map(|note| format!("; note: {note}")).unwrap_or_default();
            let diagnostic = Diagnostic::error("wrong-unit", message).at(name.span.clone(), label);
            diagnostic.hint(format!("use a figure in that unit, or enter the converted number{note}"))
        } else {
            return Some(());
        };
        self.report(diagnostic.path(path));
        None
    }

    /// A figure that is one value.
    fn one_value(&mut self, value: Decimal, fields: &Fields<'_>, name: &Node, quantity: &Quantity) -> Option<Decimal> {
        if let Some(extra) = ["likely", "dist"].iter().find_map(|key| fields.get(key)) {
            let diagnostic = Diagnostic::error("bad-range", "this figure is a single value, so it has no distribution");
            let diagnostic = diagnostic.at(extra.span.clone(), found(extra)).path(&fields.path);
            self.report(diagnostic.hint("remove it, or write low, likely and high"));
            return None;
        }
        if quantity.whole && !value.fract().is_zero() {
            let message = format!("`{}` must be {}", fields.path, describe(quantity.kind));
            let label = format!("it is {}", value.normalize());
            self.report(Diagnostic::error("not-whole", message).at(name.span.clone(), label).path(&fields.path));
            return None;
        }
        self.within(value, name, quantity, &fields.path)
    }

    /// A band with an open end is no range.
    fn refuse_open<T>(&mut self, entry: &Entry, name: &Node, fields: &Fields<'_>) -> Option<T> {
        let message = format!("{} was not published with both ends", entry.key);
        let diagnostic =
            Diagnostic::error("open-band", message).at(name.span.clone(), "an open-ended figure is not a range");
        self.report(diagnostic.path(&fields.path).hint("write low and high, and say why in `source`"));
        None
    }
}

/// The kind that units know.
fn plain_kind(kind: Kind) -> Kind {
    match kind {
        Kind::Money | Kind::Share => kind,
        Kind::Number | Kind::Count | Kind::Months => Kind::Number,
    }
}
