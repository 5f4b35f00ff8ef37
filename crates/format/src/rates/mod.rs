//! Published figures: what the market charges, what people cost, how long hiring takes.
//!
//! A book of entries, each with its unit, region, date, source and strength, so that a scenario can
//! take a figure by name and a price can be held against what is published. Sources disagree; each
//! keeps its entry, and no one averages them. It is apart because a figure of the market is no
//! part of a scenario until someone asks for it by name. How packs are read is reported in
//! [`crate::load`]; how entries are printed, in the reports.

mod bands;
mod entry;
mod packs;
mod unit;

pub use bands::{Position, RateKind, bands};
pub use entry::{Dated, Entry, Figure, Publication, Strength};
pub use packs::PACKS;
pub use unit::Unit;

/// A book of entries, in the order of its packs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rates {
    entries: Vec<Entry>,
}

impl Rates {
    /// Every entry.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with a key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Lays an entry over the book: it takes the place of the one with its key, or comes last.
    pub fn lay(&mut self, entry: Entry) {
        match self.entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) => *known = entry,
            None => self.entries.push(entry),
        }
    }
}

impl FromIterator<Entry> for Rates {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut rates = Self::default();
        entries.into_iter().for_each(|entry| rates.lay(entry));
        rates
    }
}
