//! One published figure and what is known about it.

use comanage_model::choice::Choice;
use rust_decimal::Decimal;

use super::Unit;
use comanage_model::money::Currency;
use comanage_model::month::CalendarMonth;

/// A published figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name, dotted and stable: `price.co_managed.per_user.us-ne-2026`.
    pub key: String,
    /// What it is the figure of.
    pub what: String,
    /// The figure; shares as parts of 1.
    pub figure: Figure,
    /// What it is counted in.
    pub unit: Unit,
    /// The currency, where it is money.
    pub currency: Option<Currency>,
    /// Where it holds.
    pub region: String,
    /// When it was published.
    pub date: Dated,
    /// Who says so.
    pub source: Publication,
    /// How good that is.
    pub strength: Strength,
    /// What else to know.
    pub note: Option<String>,
}

/// A figure as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// One value.
    Value(Decimal),
    /// From low to high; an end that no one published is open.
    Band {
        /// The low end.
        low: Option<Decimal>,
        /// The likely value.
        likely: Option<Decimal>,
        /// The high end.
        high: Option<Decimal>,
    },
}

/// A date as sources have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// As written: a year and month, or a year alone.
    pub text: String,
    /// The month it counts from; a year alone counts from its January.
    pub month: CalendarMonth,
    /// Whether the source has no date, and this is when it was read.
    pub is_when_read: bool,
}

/// Where a figure was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The title, or what it is.
    pub title: String,
    /// Who published it, if that is known.
    pub publisher: Option<String>,
    /// Where it can be read, if that is public.
    pub address: Option<String>,
}

/// How good a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// An official statistic or a law.
    Statistics,
    /// A signed contract.
    Contract,
    /// A provider's own price list.
    PriceList,
    /// A survey that is named.
    Survey,
    /// A guide to the market by someone who sells in it.
    VendorGuide,
    /// A figure without a source of its own: a blog, a calculator, a forum.
    Blog,
    /// An assumption of this program, used where a scenario leaves a key out.
    Default,
}

impl Strength {
    /// Those that a pack may name, the strongest first.
    const NAMED: [Self; 6] =
        [Self::Statistics, Self::Contract, Self::PriceList, Self::Survey, Self::VendorGuide, Self::Blog];

    /// Its name in packs and in print.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statistics => "statistics",
            Self::Contract => "contract",
            Self::PriceList => "price list",
            Self::Survey => "survey",
            Self::VendorGuide => "vendor guide",
            Self::Blog => "blog",
            Self::Default => "default",
        }
    }
}

impl Choice for Strength {
    const WORDS: &'static [&'static str] = &{
        let mut words = [""; Self::NAMED.len()];
        let mut place = 0;
        while place < words.len() {
            words[place] = Self::NAMED[place].name();
            place += 1;
        }
        words
    };

    fn from_word(word: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|strength| strength.name() == word)
    }
}

impl Entry {
    /// Its source in a line; of one without a date that is said.
    pub fn source_in_words(&self) -> String {
        let undated = if self.date.is_when_read { ", undated" } else { "" };
        format!("{}{undated}", self.source.words())
    }
}

impl Publication {
    /// The source in a line: title and publisher.
    pub fn words(&self) -> String {
        match &self.publisher {
            Some(publisher) => format!("{} ({publisher})", self.title),
            None => self.title.clone(),
        }
    }
}

impl Dated {
    /// The date in words: `2026-05`, or `undated, read 2026-11`.
    pub fn words(&self) -> String {
        if self.is_when_read { format!("undated, read {}", self.text) } else { self.text.clone() }
    }

    /// Whether it is more than this many months before a month.
    pub fn is_older_than(&self, months: u32, before: CalendarMonth) -> bool {
        before.count().saturating_sub(self.month.count()) > months
    }
}
