//! The scenario format as data: every table, its keys, what each may hold, and what it means.
//!
//! It is declared once, here and in the files below, and everything that must agree on it is made
//! from it: the check for unknown and missing keys, the bounds and their messages, which paths may
//! be varied, how files are merged, the JSON Schema. How a value is read is reported in
//! [`super::fields`]; rules between values are in [`super::checks`].

mod offer;
mod pack;
mod people;
mod price;
mod scenario;

pub(super) use offer::COVER;
pub(super) use pack::{ENTRY, FROM, PACK, published};
pub(super) use people::{HIRE, ON_CALL, PAYROLL_TAX, ROLE, ROTA};
pub(super) use price::{AFTER_HOURS, BUNDLE, CHARGE, DISCOUNT, PER_USER, TIER, TIERED};
pub(super) use scenario::{
    BUDGET_YEARS, CHANGE, COST, EVENT, EXPECT, EXPECT_ALTERNATIVE, HOURS_PIECE, RANGE, ROOT, SEASON,
};

use offer::OFFER;
use people::EMPLOYMENT;

use comanage_model::scenario::Kind;

use super::defaults::Assumption;

/// A table with fixed keys.
pub(super) struct TableFormat {
    /// What it is, with its article: "an offer".
    pub what: &'static str,
    /// What it means, in a sentence.
    pub doc: &'static str,
    /// Its keys, in the order of the documents.
    pub keys: &'static [Key],
    /// A table whose keys may be set here again.
    pub again: Option<&'static TableFormat>,
}

/// A key of a table.
pub(super) struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// What holds where it is left out.
    pub fallback: Fallback,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

/// What holds where a key is left out.
pub(super) enum Fallback {
    /// It may not be left out.
    Required,
    /// This value, as one would write it.
    Value(&'static str),
    /// A value that is an assumption and is reported as one.
    Assumed(&'static Assumption),
    /// Nothing; in words, what that means.
    Nothing(&'static str),
}

/// What a key may hold.
pub(super) enum Shape {
    /// A number of the scenario, or a range of it.
    Input(Quantity),
    /// A number of the scenario, or a table with fixed keys.
    InputOr(Quantity, &'static TableFormat),
    /// A list of numbers of the scenario.
    Inputs(Quantity),
    /// A whole number that takes no range.
    Whole(u64, u64),
    /// A line of text without control characters: a name.
    Name,
    /// Any text.
    Text,
    /// True or false.
    Bool,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// A weekly schedule.
    Hours,
    /// A weekly schedule, or a list of pieces, each with its people.
    RequiredHours,
    /// A weekly schedule, or a table with fixed keys that says more.
    HoursOr(&'static TableFormat),
    /// A duration: `30m`, `4h`, `2d`.
    Duration,
    /// A month of the calendar: `2027-01`.
    Month,
    /// A currency of ISO 4217.
    Currency,
    /// A list of names.
    Names,
    /// A list of calendar months by name.
    MonthNames,
    /// A table with fixed keys.
    Table(&'static TableFormat),
    /// A list of tables with fixed keys; how an entry is named in a path.
    Tables(&'static TableFormat, EntryName),
    /// A list of names, or of tables with fixed keys that hold the name under a key.
    Phases(&'static TableFormat, &'static str),
    /// A table with a table for each key that the user chooses; what an entry is: "service".
    Map(&'static TableFormat, &'static str),
    /// A table with an amount of money for each name that the user chooses.
    Prices,
    /// A table with a number of people for each hire.
    Heads,
    /// A table with a name, or a list of names, for each service.
    Holders,
    /// A number, or a table of numbers by class.
    ByClass(Quantity, Classes),
    /// Money, tiers or a bundle.
    Rate,
    /// A rate, or a table of rates by class.
    Rates(Classes),
    /// Rates, or a table with `rate` and what belongs to it.
    PerUser,
    /// The services an offer covers.
    Covers,
    /// Pairs of paths and their correlation.
    Correlations,
    /// An amount of money to compare with, without a range.
    Amount,
    /// A share to compare with, without a range.
    Percent,
    /// A table of amounts by category.
    Categories,
}

/// How an entry of a list is named in a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryName {
    /// By the value of a key.
    By(&'static str),
    /// By its number, from 0.
    Number,
}

/// Classes of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Classes {
    /// Of users.
    Users,
    /// Of devices.
    Devices,
    /// Of nothing: other things that are counted, by their names.
    Things,
}

/// What a number may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    /// What it counts, which decides how it is written and rounded.
    pub kind: Kind,
    /// The least, in whole units as written: shares in percent.
    pub min: Limit,
    /// The most, likewise.
    pub max: i64,
    /// Whether a value that is not a whole number is refused.
    pub whole: bool,
}

/// An end of the values a number may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// This or more.
    From(i64),
    /// More than this.
    Above(i64),
}

/// The highest count.
pub(super) const MAX_COUNT: i64 = 1_000_000_000;
/// The highest plain number.
pub(super) const MAX_NUMBER: i64 = 1_000_000_000;
/// The most money.
pub(super) const MAX_MONEY: i64 = 1_000_000_000_000_000;
/// The highest share, in percent, where no other bound is given.
pub(super) const MAX_SHARE: i64 = 1_000;
/// The most people of a hire in a plan.
pub(super) const MAX_HEADS: u32 = 1_000;
/// A number of people of a hire in a plan.
pub(super) static HEADS: Shape = Shape::Whole(0, MAX_HEADS as u64);
/// The most entries of a list or table that the user chooses.
pub(super) const MAX_ENTRIES: usize = 1_000;

const fn quantity(kind: Kind, min: Limit, max: i64, whole: bool) -> Quantity {
    Quantity { kind, min, max, whole }
}

/// Any number of a kind, below and above zero.
pub(super) const fn any(kind: Kind) -> Quantity {
    let whole = matches!(kind, Kind::Count | Kind::Months);
    quantity(kind, Limit::From(-MAX_MONEY), MAX_MONEY, whole)
}

/// The first month of a hire, which no key sets.
pub(super) const FIRST_MONTH: Quantity = months(1, 120);

/// The months of the term, which take no range.
pub(super) const TERM_MONTHS: Quantity = months(1, 120);

/// A price: money, 0 or more.
pub(super) const RATE: Quantity = MONEY;

const MONEY: Quantity = quantity(Kind::Money, Limit::From(0), MAX_MONEY, false);
pub(super) const SIGNED_MONEY: Quantity = quantity(Kind::Money, Limit::From(-MAX_MONEY), MAX_MONEY, false);
const NUMBER: Quantity = quantity(Kind::Number, Limit::From(0), MAX_NUMBER, false);
const POSITIVE: Quantity = quantity(Kind::Number, Limit::Above(0), MAX_NUMBER, false);
/// People at once.
const PEOPLE: Quantity = quantity(Kind::Count, Limit::From(1), 1_000, true);
const COUNT: Quantity = quantity(Kind::Count, Limit::From(0), MAX_COUNT, true);
const SIGNED_COUNT: Quantity = quantity(Kind::Count, Limit::From(-MAX_COUNT), MAX_COUNT, true);
const SHARE: Quantity = quantity(Kind::Share, Limit::From(0), MAX_SHARE, false);
pub(super) const PART: Quantity = quantity(Kind::Share, Limit::From(0), 100, false);
const CHANGE_RATE: Quantity = quantity(Kind::Share, Limit::Above(-100), MAX_SHARE, false);

const fn months(min: i64, max: i64) -> Quantity {
    quantity(Kind::Months, Limit::From(min), max, true)
}

const fn days(max: i64) -> Quantity {
    quantity(Kind::Number, Limit::From(0), max, false)
}

const fn key(name: &'static str, shape: Shape, fallback: Fallback, doc: &'static str) -> Key {
    Key { name, shape, fallback, doc }
}

const fn table(what: &'static str, doc: &'static str, keys: &'static [Key]) -> TableFormat {
    TableFormat { what, doc, keys, again: None }
}

/// Calendar months, as they are written.
pub(super) const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Keys that any table may carry: where its figures come from.
pub(super) const ANNOTATIONS: [&str; 2] = ["source", "note"];

impl TableFormat {
    /// The key with a name, and whether it is one of a table set again here.
    pub fn key(&self, name: &str) -> Option<(&'static Key, bool)> {
        let own = self.keys.iter().find(|key| key.name == name).map(|key| (key, false));
        own.or_else(|| self.again?.key(name).map(|(key, _)| (key, true)))
    }

    /// Every key that may be in the table, those set again last.
    pub fn all_keys(&self) -> impl Iterator<Item = &'static Key> + Clone {
        self.keys.iter().chain(self.again.iter().flat_map(|again| again.keys))
    }
}

impl Key {
    /// Whether it may not be left out.
    pub fn is_required(&self) -> bool {
        matches!(self.fallback, Fallback::Required)
    }
}
