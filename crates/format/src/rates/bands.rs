//! Where a price lies among the published bands for its kind.

use rust_decimal::Decimal;

use super::{Entry, Figure, Rates};
use comanage_model::money::Currency;

/// Kinds of prices that bands are published for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateKind {
    /// Co-managed, per user per month.
    CoManagedPerUser,
    /// Fully managed, per user per month.
    FullyManagedPerUser,
    /// A workstation and month.
    PerWorkstation,
    /// A server and month.
    PerServer,
    /// A retainer for a defined scope, a month.
    Retainer,
    /// An engineer's hour.
    Hourly,
    /// An hour of a block, at what it costs if all of the block is used.
    BlockHour,
    /// The always-on base of a hybrid, per user per month.
    HybridBase,
}

impl RateKind {
    /// How the keys of its bands begin.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::CoManagedPerUser => "price.co_managed.per_user.",
            Self::FullyManagedPerUser => "price.fully_managed.per_user.",
            Self::PerWorkstation => "price.per_workstation.",
            Self::PerServer => "price.per_server.",
            Self::Retainer => "price.retainer.",
            Self::Hourly => "price.hourly.",
            Self::BlockHour => "price.block_hour.",
            Self::HybridBase => "price.hybrid.per_user.",
        }
    }
}

/// Where a price lies in a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Below its low end.
    Below,
    /// From its low end to its high end, both included.
    Inside,
    /// Above its high end.
    Above,
}

impl Position {
    /// The position in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Inside => "inside",
            Self::Above => "above",
        }
    }
}

/// The published bands for a kind of price in a currency, in the order of the book. Single figures
/// are no bands.
pub fn bands(rates: &Rates, kind: RateKind, currency: Currency) -> Vec<&Entry> {
    let is_band = |entry: &&Entry| matches!(entry.figure, Figure::Band { .. });
    let entries = rates.entries().iter().filter(is_band);
    entries.filter(|entry| entry.key.starts_with(kind.prefix()) && entry.currency == Some(currency)).collect()
}

impl Entry {
    /// Where a price lies. An open end holds everything; one value holds itself.
    pub fn position(&self, rate: Decimal) -> Position {
        let (low, high) = match self.figure {
            Figure::Value(value) => (Some(value), Some(value)),
            Figure::Band { low, high, .. } => (low, high),
        };
        if low.is_some_and(|low| rate < low) {
            Position::Below
        } else if high.is_some_and(|high| rate > high) {
            Position::Above
        } else {
            Position::Inside
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::{Dated, Publication, Strength, Unit};
    use comanage_model::month::CalendarMonth;

    fn entry(key: &str, figure: Figure) -> Entry {
        Entry {
            key: key.into(),
            what: "co-managed IT".into(),
            figure,
            unit: Unit::from_name("user / month").expect("a unit"),
            currency: Currency::from_code("USD"),
            region: "US".into(),
            date: Dated { text: "2026".into(), month: CalendarMonth { year: 2026, month: 1 }, is_when_read: false },
            source: Publication { title: "A guide".into(), publisher: None, address: None },
            strength: Strength::VendorGuide,
            note: None,
        }
    }

    #[test]
    fn a_price_lies_below_inside_or_above_each_band() {
        let band = |low: i64, high: Option<i64>| Figure::Band {
            low: Some(low.into()),
            likely: None,
            high: high.map(Decimal::from),
        };
        let rates = Rates::from_iter([
            entry("price.co_managed.per_user.a", band(75, Some(175))),
            entry("price.co_managed.per_user.b", band(30, None)),
            entry("price.co_managed.per_user.c", Figure::Value(90.into())),
            entry("price.fully_managed.per_user.a", band(125, Some(250))),
        ]);
        let usd = Currency::from_code("USD").expect("USD is a currency");
        let aud = Currency::from_code("AUD").expect("AUD is a currency");
        let at = |rate: i64| -> Vec<Position> {
            let found = bands(&rates, RateKind::CoManagedPerUser, usd);
            found.iter().map(|band| band.position(rate.into())).collect()
        };
        assert_eq!(at(29), [Position::Below, Position::Below]);
        assert_eq!(at(75), [Position::Inside, Position::Inside]);
        assert_eq!(at(175), [Position::Inside, Position::Inside]);
        assert_eq!(at(176), [Position::Above, Position::Inside]);
        assert!(bands(&rates, RateKind::CoManagedPerUser, aud).is_empty());
    }
}
