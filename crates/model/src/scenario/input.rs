//! The flat table of every number in a scenario.

use crate::choice::choice;
use std::sync::Arc;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::money::Currency;
use crate::source::Span;
pub use comanage_expr::number::Input;
use comanage_expr::number::{Number, percent};
use comanage_expr::trace;

/// The numbers of a scenario: their values, and what is known about each.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    values: Vec<Decimal>,
    about: Arc<Vec<InputInfo>>,
}

/// What is known about a number.
#[derive(Clone, Debug)]
pub struct InputInfo {
    /// Its dotted path, in the one spelling that names have: `team."IT manager".salary`.
    pub path: String,
    /// What kind of number it is.
    pub kind: Kind,
    /// The least value its key allows.
    pub min: Option<Decimal>,
    /// The highest value its key allows.
    pub max: Option<Decimal>,
    /// Where it comes from.
    pub origin: Origin,
    /// The range that was written in its place.
    pub range: Option<Range>,
    /// `source` of the table it is in.
    pub source: Option<String>,
    /// `note` of the table it is in.
    pub note: Option<String>,
}

/// Kinds of numbers; they differ in how they are written, rounded and printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An amount of money, to the minor unit or finer.
    Money,
    /// A share of 1, written with a percent sign.
    Share,
    /// A plain number: hours, minutes, days, people.
    Number,
    /// A whole number of things.
    Count,
    /// A whole number of months, or a month of the term.
    Months,
}

impl Kind {
    /// The decimals that a value of this kind is rounded to where it is drawn or varied: those of the
    /// minor unit for money, 4 for shares (0.01%) and plain numbers, none for counts and months.
    pub fn digits(self, currency: Currency) -> u32 {
        match self {
            Self::Money => currency.digits,
            Self::Share | Self::Number => 4,
            Self::Count | Self::Months => 0,
        }
    }

    /// A value of this kind as one would write it in a scenario.
    pub fn write(self, value: Decimal) -> String {
        match self {
            Self::Share => percent(value),
            Self::Money | Self::Number | Self::Count | Self::Months => value.normalize().to_string(),
        }
    }
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From a file.
    Written(Span),
    /// From a default that is an assumption, with its source and date.
    Default {
        /// Who says so.
        source: &'static str,
        /// When, as year and month.
        date: &'static str,
    },
    /// From a pack of published figures, by name.
    Pack {
        /// The name of the published figure.
        key: String,
        /// Who published it.
        source: String,
        /// When, as year and month, or the year.
        date: String,
        /// Where the name was written.
        span: Span,
    },
    /// From nowhere: the key was left out, and that means none of it.
    LeftOut,
}

/// An uncertain value.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The low end; for a lognormal the 5th percentile.
    pub low: Decimal,
    /// The likely value, if one was written.
    pub likely: Option<Decimal>,
    /// The high end; for a lognormal the 95th percentile.
    pub high: Decimal,
    /// The shape between them.
    pub distribution: Distribution,
    /// What is drawn is one of the two ends: an event happens, or does not.
    pub event: Option<Event>,
}

/// Something that happens with a chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The chance that it happens, 0 to 1.
    pub chance: Decimal,
    /// The value where it happens.
    pub value: Decimal,
    /// The value where it does not.
    pub otherwise: Decimal,
}

impl Event {
    /// The value of exact results: the likelier of the two; at even chances that it does not happen.
    pub fn likelier(&self) -> Decimal {
        if self.chance > Decimal::new(5, 1) { self.value } else { self.otherwise }
    }
}

choice! {
    /// Shapes of an uncertain value.
    pub enum Distribution {
        /// Beta-PERT.
        Pert = "pert",
        /// Triangular.
        Triangular = "triangular",
        /// Uniform.
        Uniform = "uniform",
        /// Lognormal through its 5th and 95th percentiles.
        Lognormal = "lognormal",
    }
}

/// Decimal places that a draw has at most.
const MAX_DRAWN: u32 = 12;

/// Draws are whole numbers of their last decimal place, in doubles: up to here those are exact.
const MAX_UNITS: i64 = 1_000_000_000_000_000;

/// How far beyond the 95th percentile a lognormal is expected to be drawn.
const TAIL: i64 = 1_000;

impl Range {
    /// The range of an event: its two values.
    pub fn of_event(event: Event) -> Self {
        Self {
            low: event.value.min(event.otherwise),
            likely: Some(event.likelier()),
            high: event.value.max(event.otherwise),
            distribution: Distribution::Uniform,
            event: Some(event),
        }
    }

    /// The word for its shape.
    pub fn word(&self) -> &'static str {
        if self.event.is_some() { "event" } else { self.distribution.word() }
    }

    /// The decimal places that its parts are written with, trailing zeros aside.
    pub fn digits_written(&self) -> u32 {
        let parts = [Some(self.low), self.likely, Some(self.high)];
        parts.into_iter().flatten().map(|value| value.normalize().scale()).max().unwrap_or(0)
    }

    /// The decimal places of draws: those of the kind, or those that the range is written with if they
    /// are more; at most 12, and fewer where a draw would have more than 15 digits.
    pub fn digits_drawn(&self, kind: Kind, currency: Currency) -> u32 {
        if matches!(kind, Kind::Count | Kind::Months) {
            return 0;
        }
        let parts = [Some(self.low), self.likely, Some(self.high)].into_iter().flatten();
        let largest = parts.map(|value| value.abs()).max().unwrap_or_default();
        let tail = if self.distribution == Distribution::Lognormal { TAIL } else { 1 };
        let has_room = |digits: &u32| {
            let units = Decimal::from(MAX_UNITS / tail).checked_div(Decimal::from(10_i64.pow(*digits)));
            units.is_some_and(|max| largest <= max)
        };
        let wanted = kind.digits(currency).max(self.digits_written()).min(MAX_DRAWN);
        (0..=wanted).rev().find(has_room).unwrap_or(0)
    }

    /// The lowest and the highest value with some decimal places within the range; none where it is so
    /// narrow that no value lies within.
    pub fn ends(&self, digits: u32) -> Option<(Decimal, Decimal)> {
        let low = self.low.round_dp_with_strategy(digits, RoundingStrategy::ToPositiveInfinity);
        let high = self.high.round_dp_with_strategy(digits, RoundingStrategy::ToNegativeInfinity);
        (low <= high).then_some((low, high))
    }
}

impl Inputs {
    /// Adds a number.
    pub fn add(&mut self, value: Decimal, about: InputInfo) -> Input {
        self.values.push(value);
        Arc::make_mut(&mut self.about).push(about);
        Input(self.values.len() as u32 - 1)
    }

    /// The value of an input, for a caller that decides by it; a record notes that it was read.
    pub fn value(&self, input: Input) -> Decimal {
        trace::note_read(input, self.values[input.0 as usize]);
        self.values[input.0 as usize]
    }

    /// The value of an input, for a formula that remembers it as such.
    pub(super) fn remembered(&self, input: Input) -> Decimal {
        self.values[input.0 as usize]
    }

    /// The value of an input, for a formula.
    pub fn get<N: Number>(&self, input: Input) -> N {
        let value = if N::IS_TRACED { self.remembered(input) } else { self.value(input) };
        N::input(input, value)
    }

    /// The value of a whole input: a count or a month. Fractions are cut off; out of range is the
    /// range's end.
    pub fn whole(&self, input: Input) -> i64 {
        use rust_decimal::prelude::ToPrimitive;
        self.value(input).to_i64().unwrap_or(i64::MAX)
    }

    /// The value of an input that counts months, within the reach of any term.
    pub fn months(&self, input: Input) -> u32 {
        self.whole(input).clamp(0, 100_000) as u32
    }

    /// What is known about an input.
    pub fn about(&self, input: Input) -> &InputInfo {
        &self.about[input.0 as usize]
    }

    /// `source` and `note` of every input.
    pub fn remarks(&mut self) -> impl Iterator<Item = &mut Option<String>> {
        Arc::make_mut(&mut self.about).iter_mut().flat_map(|about| [&mut about.source, &mut about.note])
    }

    /// Takes some inputs out of every list of figures, as if the file did not state them.
    pub fn leave_out(&mut self, is_left_out: impl Fn(&InputInfo) -> bool) {
        for about in Arc::make_mut(&mut self.about).iter_mut().filter(|about| is_left_out(about)) {
            about.origin = Origin::LeftOut;
            (about.source, about.note, about.range) = (None, None, None);
        }
    }

    /// Puts another value in an input's place.
    pub fn set(&mut self, input: Input, value: Decimal) {
        self.values[input.0 as usize] = value;
    }

    /// Every input, in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = (Input, Decimal, &InputInfo)> {
        let about = self.about.iter();
        self.values.iter().zip(about).enumerate().map(|(index, (&value, about))| (Input(index as u32), value, about))
    }
}
