//! Prices of an offer in a contract year, and what a quantity costs at a rate.
//!
//! A price rises from what was written each time, never from a rounded price of the year before:
//! `p * (1 + uplift)^y`, rounded to the minor unit or to the digits written if those are finer.

use crate::scenario::{Contract, Input, Offer, PriceLine, Rate, Scenario, Tier, TierMode, TierPrice, Uplift};
use comanage_expr::number::Number;

/// The prices of an offer in a contract year.
#[derive(Clone, Copy, Debug)]
pub struct Prices<'a, N> {
    scenario: &'a Scenario,
    year: u32,
    factor: N,
}

impl<'a, N: Number> Prices<'a, N> {
    /// The prices of an offer in a year of it, from 0.
    pub fn of(scenario: &'a Scenario, offer: &Offer, year: u32) -> Self {
        Self::with(scenario, offer, offer.uplift, year)
    }

    /// The prices of a line of its price list.
    pub fn of_line(scenario: &'a Scenario, offer: &Offer, line: &PriceLine, year: u32) -> Self {
        Self::with(scenario, offer, line.uplift.unwrap_or(offer.uplift), year)
    }

    fn with(scenario: &'a Scenario, offer: &Offer, uplift: Uplift, year: u32) -> Self {
        Self { scenario, year, factor: uplift_factor(scenario, offer, uplift, year) }
    }

    /// What a price of the offer is in this year.
    pub fn price(&self, input: Input) -> N {
        risen(self.scenario, input, self.factor, self.year)
    }
}

/// An amount that rises by a rate at each anniversary of the term: `p * (1 + rate)^y`, rounded like a
/// price of an offer.
pub fn indexed<N: Number>(scenario: &Scenario, amount: Input, rate: Input, year: u32) -> N {
    let rate: N = scenario.get(rate);
    risen(scenario, amount, (N::one() + rate).power(year), year)
}

/// A written amount times the factor of a year, rounded to the minor unit or to the digits written if
/// those are finer; in year 0 as written.
fn risen<N: Number>(scenario: &Scenario, amount: Input, factor: N, year: u32) -> N {
    let written: N = scenario.get(amount);
    if year == 0 {
        return written;
    }
    let digits = scenario.digits_written(amount).max(scenario.currency.digits);
    (written * factor).round(digits).named(|| format!("price in year {}", year + 1))
}

/// `(1 + uplift)^y` of the anniversaries that rise, one that is a renewal taking the renewal's uplift in
/// its place.
fn uplift_factor<N: Number>(scenario: &Scenario, offer: &Offer, uplift: Uplift, year: u32) -> N {
    let one = N::one();
    let held = scenario.months(offer.uplift_from_year).max(2) - 2;
    if year > 0 && year <= held {
        return one;
    }
    let rising = year.saturating_sub(held);
    let renewals = offer.contract.as_ref().and_then(|contract| {
        let uplift = contract.renewal_uplift?;
        let until = |year| renewals_until(scenario, contract, year);
        Some((until(year) - until(held.min(year)), one + scenario.get(uplift)))
    });
    let uplift: N = one + rate_of(scenario, uplift);
    match renewals {
        None => uplift.power(rising),
        Some((count, renewal)) => uplift.power(rising - count) * renewal.power(count),
    }
}

/// The rate within its floor and its cap.
fn rate_of<N: Number>(scenario: &Scenario, uplift: Uplift) -> N {
    let rate: N = scenario.get(uplift.rate);
    let raised = uplift.floor.map_or(rate, |floor| rate.max(scenario.get(floor)));
    uplift.cap.map_or(raised, |cap| raised.min(scenario.get(cap)))
}

/// How many renewals have taken place by the start of a contract year.
fn renewals_until(scenario: &Scenario, contract: &Contract, year: u32) -> u32 {
    let months = scenario.months(contract.months);
    let renews = contract.renews_months.map_or(0, |input| scenario.months(input));
    let elapsed = year * 12;
    if months == 0 || elapsed < months {
        return 0;
    }
    1 + (elapsed - months).checked_div(renews).unwrap_or(0)
}

/// What a quantity is billed as: this many of a unit, at a price.
#[derive(Clone, Copy, Debug)]
pub struct Priced<N> {
    /// How many.
    pub quantity: N,
    /// What they are.
    pub what: PricedUnit,
    /// What one costs.
    pub unit_price: N,
}

/// What a rate bills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PricedUnit {
    /// The units themselves.
    Each,
    /// Units of a tier, by its number from 1.
    InTier(usize),
    /// A tier as a whole, by its number from 1.
    WholeTier(usize),
    /// Lots.
    Bundle,
}

/// What a quantity is billed as at a rate. Of nothing there may be entries with a quantity of nothing;
/// what has a price of its own, such as a tier as a whole, is there only if it is owed.
pub fn price_rate<N: Number>(
    scenario: &Scenario,
    rate: &Rate,
    quantity: N,
    price: impl Fn(Input) -> N,
) -> Vec<Priced<N>> {
    match rate {
        Rate::Each(each) => vec![Priced { quantity, what: PricedUnit::Each, unit_price: price(*each) }],
        Rate::Bundle { size, price: lot } => {
            let lots = (quantity / scenario.get(*size)).ceil();
            vec![Priced { quantity: lots, what: PricedUnit::Bundle, unit_price: price(*lot) }]
        }
        Rate::Tiers { tiers, mode: TierMode::Volume } => volume(scenario, tiers, quantity, price),
        Rate::Tiers { tiers, mode: TierMode::Graduated } => graduated(scenario, tiers, quantity, price),
    }
}

/// Every unit at the rate of the first tier that holds the whole quantity.
fn volume<N: Number>(scenario: &Scenario, tiers: &[Tier], quantity: N, price: impl Fn(Input) -> N) -> Vec<Priced<N>> {
    let holds = |tier: &Tier| tier.up_to.is_none_or(|up_to| !quantity.is_above(scenario.get(up_to)));
    let Some(index) = tiers.iter().position(holds) else { return Vec::new() };
    in_tier(index, &tiers[index], quantity, price).into_iter().collect()
}

/// Each tier's units at its own rate.
fn graduated<N: Number>(
    scenario: &Scenario,
    tiers: &[Tier],
    quantity: N,
    price: impl Fn(Input) -> N,
) -> Vec<Priced<N>> {
    let mut priced = Vec::new();
    let mut below = None;
    for (index, tier) in tiers.iter().enumerate() {
        let until = tier.up_to.map_or(quantity, |up_to| quantity.min(scenario.get(up_to)));
        let units = below.map_or(until, |below| until - below);
        priced.extend(in_tier(index, tier, units, &price));
        below = Some(until);
    }
    priced
}

/// Units in a tier: at their rate, or the tier as a whole if there are any.
fn in_tier<N: Number>(index: usize, tier: &Tier, units: N, price: impl Fn(Input) -> N) -> Option<Priced<N>> {
    let number = index + 1;
    match tier.price {
        TierPrice::Rate(rate) => {
            Some(Priced { quantity: units, what: PricedUnit::InTier(number), unit_price: price(rate) })
        }
        TierPrice::Flat(flat) => units.is_positive().then(|| Priced {
            quantity: N::one(),
            what: PricedUnit::WholeTier(number),
            unit_price: price(flat),
        }),
    }
}
