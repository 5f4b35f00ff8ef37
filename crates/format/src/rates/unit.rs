//! Units of published figures, and what kind of number each is.

use comanage_model::scenario::Kind;

/// What a figure is counted in, as packs write it: `user / month`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit(&'static (&'static str, Kind));

/// Every unit. Money has a currency next to it; shares are written with a percent sign.
static UNITS: &[(&str, Kind)] = &[
    ("user / month", Kind::Money),
    ("device / month", Kind::Money),
    ("workstation / month", Kind::Money),
    ("server / month", Kind::Money),
    ("network / month", Kind::Money),
    ("endpoint / month", Kind::Money),
    ("site / month", Kind::Money),
    ("month", Kind::Money),
    ("year", Kind::Money),
    ("week", Kind::Money),
    ("hour", Kind::Money),
    ("block", Kind::Money),
    ("once", Kind::Money),
    ("hire", Kind::Money),
    ("ticket", Kind::Money),
    ("person / year", Kind::Money),
    ("of salary", Kind::Share),
    ("of wages", Kind::Share),
    ("of total pay", Kind::Share),
    ("of the price", Kind::Share),
    ("of the remaining fees", Kind::Share),
    ("of the staff, a year", Kind::Share),
    ("of the time", Kind::Share),
    ("of the work", Kind::Share),
    ("a year", Kind::Share),
    ("months", Kind::Number),
    ("weeks", Kind::Number),
    ("days", Kind::Number),
    ("hours", Kind::Number),
    ("minutes", Kind::Number),
    ("days / year", Kind::Number),
    ("hours / year", Kind::Number),
    ("hours / month", Kind::Number),
    ("hours / week", Kind::Number),
    ("minutes / ticket", Kind::Number),
    ("minutes / device / month", Kind::Number),
    ("tickets / user / month", Kind::Number),
    ("users", Kind::Number),
    ("people", Kind::Number),
    ("devices / user", Kind::Number),
    ("months of fees", Kind::Number),
    ("times", Kind::Number),
];

impl Unit {
    /// The unit with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        UNITS.iter().find(|(known, _)| *known == name).map(Self)
    }

    /// Every name, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        UNITS.iter().map(|(name, _)| *name)
    }

    /// Its name in packs and in print.
    pub fn name(self) -> &'static str {
        self.0.0
    }

    /// What kind of number is counted in it: money, a share or a plain number.
    pub fn kind(self) -> Kind {
        self.0.1
    }
}
