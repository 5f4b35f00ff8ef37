//! Counted things and rates: one for all, or a table by class.

use std::collections::HashMap;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{ByClass, Input, Measure, Minimum, PriceLine, Rate, Rates, Tier, TierMode, TierPrice};
use comanage_model::source::Span;

use super::fields::Fields;
use super::format::{BUNDLE, Classes, MAX_ENTRIES, PER_USER, Quantity, RATE, Shape, TIER, TIERED};
use super::nearest::some_of;
use super::path::join;
use super::range::is_range;
use super::reader::{Annotations, Reader};
use super::tree::{Entry, Node, Table, Value};

/// Names that mean something else in the place of a class.
const RESERVED: [&str; 8] = ["rate", "tiers", "bundle", "low", "likely", "high", "from", "chance"];

/// What a charge may be for beside counted things, so that none of those is called so.
pub(super) const MEASURES: [&str; 5] = ["user", "device", "site", "month", "ticket"];

/// The class that a bare number counts.
pub(super) const STANDARD: &str = "standard";

/// The classes of a counted thing, in the order they are first named.
#[derive(Debug, Default)]
pub(super) struct ClassNames {
    names: Vec<String>,
    index: HashMap<String, usize>,
}

impl ClassNames {
    /// The index of a class, which is new if no one named it before.
    pub fn add(&mut self, name: &str) -> usize {
        if let Some(&index) = self.index.get(name) {
            return index;
        }
        self.index.insert(name.into(), self.names.len());
        self.names.push(name.into());
        self.names.len() - 1
    }

    /// The index of a class that was named.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The names of the classes, by index.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// A table by class, opened.
struct ClassTable<'a> {
    entries: Vec<&'a Entry>,
    path: String,
    source: Option<&'a str>,
    note: Option<&'a str>,
}

impl ClassTable<'_> {
    fn beside(&self, class: &str) -> Annotations {
        Annotations {
            path: join(&self.path, class),
            source: self.source.map(String::from),
            note: self.note.map(String::from),
        }
    }
}

impl Reader {
    /// The classes of users or of devices.
    pub fn classes(&self, which: Classes) -> &ClassNames {
        match which {
            Classes::Users => &self.users,
            Classes::Devices => &self.devices,
            Classes::Things => &self.things,
        }
    }

    /// A count, by class; a class that no one named before is new.
    pub fn counted(
        &mut self,
        node: &Node,
        quantity: &Quantity,
        which: Classes,
        beside: Annotations,
    ) -> Vec<(usize, Input)> {
        let Some(table) = class_table(node) else {
            if which == Classes::Things {
                self.refuse_unnamed(node, &beside.path);
                return Vec::new();
            }
            let class = self.class_index(which, STANDARD);
            return vec![(class, self.number(node, quantity, beside))];
        };
        let table = self.open_classes(table, &node.span, &beside);
        if which == Classes::Things {
            self.refuse_measures(&table);
        }
        let mut counts = Vec::with_capacity(table.entries.len());
        for entry in &table.entries {
            let class = self.class_index(which, &entry.key);
            counts.push((class, self.number(&entry.node, quantity, table.beside(&entry.key))));
        }
        counts
    }

    /// Reports a number where each counted thing needs its name.
    pub fn refuse_unnamed(&mut self, node: &Node, path: &str) {
        self.wrong_type(node, path, "a table of counts", "name them: { mailboxes = 130 }");
    }

    /// Reports counted things whose names are words of what a charge is for.
    fn refuse_measures(&mut self, table: &ClassTable<'_>) {
        for entry in table.entries.iter().filter(|entry| MEASURES.contains(&entry.key.as_str())) {
            let message = format!("`{}` is a reserved name for a count", entry.key);
            let diagnostic = Diagnostic::error("reserved-name", message).at(entry.key_span.clone(), "this name");
            let hint = format!("choose another name than {}", some_of(MEASURES));
            self.report(diagnostic.path(join(&table.path, &entry.key)).hint(hint));
        }
    }

    fn class_index(&mut self, which: Classes, name: &str) -> usize {
        match which {
            Classes::Users => self.users.add(name),
            Classes::Devices => self.devices.add(name),
            Classes::Things => self.things.add(name),
        }
    }

    /// A number for all classes, or a table of numbers by class.
    pub fn by_class(
        &mut self,
        node: &Node,
        quantity: &Quantity,
        which: Classes,
        beside: Annotations,
    ) -> ByClass<Input> {
        let Some(table) = class_table(node) else {
            return ByClass::All(self.number(node, quantity, beside));
        };
        let table = self.open_classes(table, &node.span, &beside);
        self.check_known(&table, which);
        let mut numbers = Vec::with_capacity(table.entries.len());
        for entry in &table.entries {
            let input = self.number(&entry.node, quantity, table.beside(&entry.key));
            numbers.extend(self.classes(which).find(&entry.key).map(|class| (class, input)));
        }
        ByClass::Classes(numbers)
    }

    /// A rate for all classes, or a table of rates by class.
    pub fn rates(&mut self, node: &Node, which: Classes, beside: Annotations) -> Rates {
        let Some(table) = class_table(node).filter(|table| !is_rate(table)) else {
            return Rates::One(self.rate(node, beside));
        };
        let table = self.open_classes(table, &node.span, &beside);
        self.check_known(&table, which);
        let mut rates = Vec::with_capacity(table.entries.len());
        for entry in &table.entries {
            let rate = self.rate(&entry.node, table.beside(&entry.key));
            rates.extend(self.classes(which).find(&entry.key).map(|class| (class, rate)));
        }
        Rates::ByClass(rates)
    }

    /// Money, tiers or a bundle.
    pub fn rate(&mut self, node: &Node, beside: Annotations) -> Rate {
        let Annotations { path, source, .. } = &beside;
        match node.table() {
            Some(table) if table.has("tiers") => {
                let fields = Fields::open(self, node, &TIERED, path.clone(), source.as_deref());
                self.tiers(&fields)
            }
            Some(table) if table.has("bundle") => {
                let fields = Fields::open(self, node, &BUNDLE, path.clone(), source.as_deref());
                Rate::Bundle { size: fields.input(self, "bundle"), price: fields.input(self, "price") }
            }
            _ => Rate::Each(self.number(node, &RATE, beside)),
        }
    }

    fn tiers(&mut self, fields: &Fields<'_>) -> Rate {
        let mode: TierMode = fields.choice(self, "mode").unwrap_or(TierMode::Volume);
        let mut tiers = Vec::new();
        for tier in fields.tables(self, "tiers", &TIER) {
            let price = match (tier.get("rate"), tier.get("flat")) {
                (Some(_), None) => TierPrice::Rate(tier.input(self, "rate")),
                (None, Some(_)) => TierPrice::Flat(tier.input(self, "flat")),
                (rate, _) => {
                    let (message, hint) = match rate {
                        Some(_) => ("a tier has a rate or a flat price, not both", "remove one of them"),
                        None => ("a tier needs a price", "add `rate` for a unit, or `flat` for the tier"),
                    };
                    let diagnostic = Diagnostic::error("bad-tiers", message).at(tier.span.clone(), "this tier");
                    self.report(diagnostic.path(&tier.path).hint(hint));
                    TierPrice::Flat(self.add_invalid(&RATE, tier.beside("rate")))
                }
            };
            tiers.push(Tier { up_to: tier.maybe_input(self, "up_to"), price });
        }
        self.check_tiers(fields, &tiers);
        Rate::Tiers { tiers, mode }
    }

    /// Tiers rise, and only the last is open.
    fn check_tiers(&mut self, fields: &Fields<'_>, tiers: &[Tier]) {
        let spans: Vec<Span> = match fields.get("tiers").map(|node| &node.value) {
            Some(Value::List(nodes)) => nodes.iter().map(|node| node.span.clone()).collect(),
            _ => return,
        };
        let mut fault = |span: Option<&Span>, message: &str, hint: &str| {
            let place = span.unwrap_or(&fields.span).clone();
            let diagnostic = Diagnostic::error("bad-tiers", message).at(place, "this tier");
            self.diagnostics.push(diagnostic.path(&fields.path).hint(hint));
        };
        let Some((last, others)) = tiers.split_last() else {
            return fault(None, "no tiers", "write { up_to = 50, rate = 95 }, { rate = 85 }");
        };
        if last.up_to.is_some() {
            fault(spans.last(), "the last tier must be open-ended", "remove `up_to` from the last tier");
        }
        for (tier, span) in others.iter().zip(&spans) {
            if tier.up_to.is_none() {
                fault(Some(span), "only the last tier may be open-ended", "add `up_to`");
            }
        }
        let ends = others.iter().map(|tier| tier.up_to.map(|input| self.inputs.value(input)));
        let ends: Vec<_> = ends.collect();
        for (pair, span) in ends.windows(2).zip(spans.iter().skip(1)) {
            if let [Some(before), Some(after)] = pair
                && after <= before
            {
                let diagnostic = Diagnostic::error("bad-tiers", "tiers must be in rising order");
                let diagnostic = diagnostic.at(span.clone(), format!("not above {before}"));
                self.report(diagnostic.path(&fields.path).hint("write the tier with the lowest `up_to` first"));
            }
        }
    }

    /// Rates of users, or a table with `rate` and what belongs to it: one line of the price list, and
    /// another for devices beyond those included.
    pub fn per_user(&mut self, node: &Node, beside: Annotations) -> Vec<PriceLine> {
        let is_charge = |table: &&Table| PER_USER.keys.iter().any(|key| table.has(key.name));
        if node.table().filter(is_charge).is_none() {
            let rates = self.rates(node, Classes::Users, beside);
            return vec![PriceLine::short(Measure::Users, rates)];
        }
        let fields = Fields::open(self, node, &PER_USER, beside.path, beside.source.as_deref());
        let rates = match fields.get("rate") {
            Some(rate) => self.rates(rate, Classes::Users, fields.beside("rate")),
            None => Rates::One(Rate::Each(self.add_invalid(&RATE, fields.beside("rate")))),
        };
        let minimum = fields.maybe_input(self, "minimum").map(Minimum::Units);
        let included = fields.maybe_input(self, "included_devices");
        let extra = fields.get("extra_device_rate").map(|node| {
            let rate = self.rate(node, fields.beside("extra_device_rate"));
            PriceLine::short(Measure::ExtraDevices(included), Rates::One(rate))
        });
        let users = PriceLine { minimum, ..PriceLine::short(Measure::Users, rates) };
        std::iter::once(users).chain(extra).collect()
    }

    /// Opens a table by class: checks the names of the classes.
    fn open_classes<'a>(&mut self, table: &'a Table, span: &Span, beside: &'a Annotations) -> ClassTable<'a> {
        let mut classes = ClassTable {
            entries: Vec::new(),
            path: beside.path.clone(),
            source: beside.source.as_deref(),
            note: beside.note.as_deref(),
        };
        for entry in &table.entries {
            match entry.key.as_str() {
                "source" => classes.source = self.text(&entry.node, &join(&beside.path, "source")).or(classes.source),
                "note" => classes.note = self.text(&entry.node, &join(&beside.path, "note")).or(classes.note),
                name if RESERVED.contains(&name) => {
                    let message = format!("`{name}` is a reserved name for a class");
                    let hint = format!("choose another name than {}", some_of(RESERVED));
                    let diagnostic =
                        Diagnostic::error("reserved-name", message).at(entry.key_span.clone(), "this name");
                    self.report(diagnostic.path(&beside.path).hint(hint));
                }
                name => {
                    self.check_name(name, &entry.key_span, &beside.path, 100);
                    classes.entries.push(entry);
                }
            }
        }
        if classes.entries.len() > MAX_ENTRIES {
            self.too_many("classes", classes.entries.len(), span.clone(), &beside.path);
            classes.entries.truncate(MAX_ENTRIES);
        }
        classes
    }

    /// Warns of classes that the organization does not have.
    fn check_known(&mut self, table: &ClassTable<'_>, which: Classes) {
        let thing = match which {
            Classes::Users => "users",
            Classes::Devices => "devices",
            Classes::Things => "other counts",
        };
        for entry in &table.entries {
            if self.classes(which).find(&entry.key).is_some() {
                continue;
            }
            let names = self.classes(which).names().to_vec();
            let names = names.iter().map(String::as_str);
            let hint = match self.nearest(&entry.key, RESERVED.into_iter().chain(names.clone())) {
                Some(near) if RESERVED.contains(&near) => {
                    let message = format!("unknown key `{}`, which is also not a class of {thing}", entry.key);
                    let diagnostic = Diagnostic::error("unknown-key", message).at(entry.key_span.clone(), "unknown");
                    self.report(diagnostic.path(join(&table.path, &entry.key)).hint(format!("did you mean `{near}`?")));
                    continue;
                }
                Some(near) => format!("did you mean `{near}`?"),
                None if which == Classes::Things && names.len() == 0 => "name it in `organization.counts`".into(),
                None if which == Classes::Things => format!("it counts {}", some_of(names)),
                None => format!("its classes of {thing} are {}", some_of(names)),
            };
            let message = match which {
                Classes::Things => format!("the organization counts no `{}`", entry.key),
                Classes::Users | Classes::Devices => {
                    format!("the organization has no {thing} of the class `{}`", entry.key)
                }
            };
            let diagnostic = Diagnostic::warning("unknown-class", message).at(entry.key_span.clone(), "has no effect");
            self.report(diagnostic.path(join(&table.path, &entry.key)).hint(hint));
        }
    }

    /// Reports more entries than may be.
    pub fn too_many(&mut self, what: &str, number: usize, span: Span, path: &str) {
        let message = format!("`{path}` has {number} {what}; at most 1,000 are read");
        self.report(Diagnostic::error("too-many", message).at(span, "too many").path(path));
    }
}

/// The table, if it is one by class and no range.
fn class_table(node: &Node) -> Option<&Table> {
    node.table().filter(|table| !is_range(table))
}

/// Whether a table is a rate rather than one by class.
fn is_rate(table: &Table) -> bool {
    table.has("tiers") || table.has("bundle")
}

impl Fields<'_> {
    /// Numbers by class, if they are there.
    pub fn by_class(&self, reader: &mut Reader, name: &str) -> Option<ByClass<Input>> {
        let Shape::ByClass(quantity, which) = &self.key(name).shape else {
            unreachable!("readers ask for classes only where the format has them");
        };
        Some(reader.by_class(self.get(name)?, quantity, *which, self.beside(name)))
    }

    /// Numbers by class; what the format says, for all, if they are left out.
    pub fn by_class_or_default(&self, reader: &mut Reader, name: &str) -> ByClass<Input> {
        let Shape::ByClass(quantity, _) = &self.key(name).shape else {
            unreachable!("readers ask for classes only where the format has them");
        };
        self.by_class(reader, name).unwrap_or_else(|| ByClass::All(self.left_out(reader, self.key(name), quantity)))
    }

    /// Numbers for other counted things, by index; none if they are left out.
    pub fn of_things(&self, reader: &mut Reader, name: &str) -> Vec<(usize, Input)> {
        match self.by_class(reader, name) {
            None => Vec::new(),
            Some(ByClass::Classes(numbers)) => numbers,
            Some(ByClass::All(_)) => {
                if let Some(node) = self.get(name) {
                    reader.refuse_unnamed(node, &self.path_of(name));
                }
                Vec::new()
            }
        }
    }

    /// Counts by class; none if they are left out.
    pub fn counted(&self, reader: &mut Reader, name: &str) -> Vec<(usize, Input)> {
        let Shape::ByClass(quantity, which) = &self.key(name).shape else {
            unreachable!("readers ask for counts only where the format has them");
        };
        match self.get(name) {
            Some(node) => reader.counted(node, quantity, *which, self.beside(name)),
            None => Vec::new(),
        }
    }

    /// None of the class of a bare number, where nothing is written.
    pub fn nobody(&self, reader: &mut Reader, name: &str) -> (usize, Input) {
        let Shape::ByClass(quantity, which) = &self.key(name).shape else {
            unreachable!("readers ask for counts only where the format has them");
        };
        let class = reader.class_index(*which, STANDARD);
        (class, self.left_out(reader, self.key(name), quantity))
    }

    /// Rates by class, if they are there.
    pub fn rates(&self, reader: &mut Reader, name: &str) -> Option<Rates> {
        let Shape::Rates(which) = self.key(name).shape else {
            unreachable!("readers ask for rates only where the format has them");
        };
        Some(reader.rates(self.get(name)?, which, self.beside(name)))
    }
}
