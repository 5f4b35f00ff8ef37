//! The budget: what an alternative may cost over the term, in a contract year, in a month.
//!
//! An alternative that costs more is never recommended. Month 0, the signature, is a month of its own and part of the
//! first year.

use rust_decimal::prelude::ToPrimitive;

use super::Compared;
use super::alike::Kind;
use comanage_model::money::{Currency, Money};
use comanage_model::month::contract_year;
use comanage_model::scenario::{Input, Scenario};

/// The limits of a budget in minor units, for amounts that are whole numbers of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Over the term; none where it is not limited.
    pub total: Option<f64>,
    /// By contract year, from 0.
    pub years: Vec<(u32, f64)>,
    /// In a month; none where it is not limited.
    pub monthly: Option<f64>,
}

impl Limits {
    /// The limits of a scenario; none where it has no budget.
    pub fn of(scenario: &Scenario) -> Option<Self> {
        let minor = 10_f64.powi(scenario.currency.digits as i32);
        let units = |input: Input| (scenario.f64(input) * minor * 1e3).round() / 1e3;
        let budget = &scenario.budget;
        let limits = || Self {
            total: budget.total.map(units),
            years: budget.years.iter().map(|&(year, input)| (year - 1, units(input))).collect(),
            monthly: budget.monthly.map(units),
        };
        (!budget.is_none()).then(limits)
    }

    /// Whether the total alone does not tell.
    pub fn is_by_month(&self) -> bool {
        !self.years.is_empty() || self.monthly.is_some()
    }

    /// Whether a total and its months, from month 0, keep all limits.
    pub fn keeps(&self, total: f64, months: impl Iterator<Item = f64> + Clone) -> bool {
        let of_year = |year: u32| -> f64 {
            let numbered = (0..).zip(months.clone());
            numbered.filter(|(month, _)| contract_year(*month) == year).map(|(_, amount)| amount).sum()
        };
        self.total.is_none_or(|max| total <= max)
            && self.years.iter().all(|&(year, max)| of_year(year) <= max)
            && self.monthly.is_none_or(|max| months.clone().all(|amount| amount <= max))
    }

    /// The same of amounts of money.
    pub fn keeps_money(&self, total: Money, months: &[Money], currency: Currency) -> bool {
        let units = |amount: Money| amount.minor_units(currency).to_f64().unwrap_or(f64::INFINITY);
        self.keeps(units(total), months.iter().copied().map(units))
    }
}

/// By how much an alternative exceeds a limit, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overrun {
    /// By how much; of months, in the one that costs most.
    pub by: Money,
    /// Over which time.
    pub when: When,
}

/// The time of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The whole term, signature included.
    Term,
    /// A contract year, from 1.
    Year(u32),
    /// How many months, and the one that costs most, from 0.
    Months(usize, usize),
}

impl Overrun {
    /// In words: `1,200.00 USD over the term`.
    pub fn words(&self, currency: Currency) -> String {
        let by = format!("{} {}", self.by.to_prose(), currency.code);
        match self.when {
            When::Term => format!("{by} over the term"),
            When::Year(year) => format!("{by} in year {year}"),
            When::Months(1, month) => format!("{by} in month {month}"),
            When::Months(many, month) => format!("up to {by} in {many} months, the most in month {month}"),
        }
    }
}

/// Every limit that sums exceed.
pub fn overruns(scenario: &Scenario, total: Money, years: &[Money], months: &[Money]) -> Vec<Overrun> {
    let limit = |input: Input| Money(scenario.decimal(input));
    let over = |amount: Money, input: Input| (amount > limit(input)).then(|| amount - limit(input));
    let budget = &scenario.budget;
    let of_term = budget.total.and_then(|input| Some(Overrun { by: over(total, input)?, when: When::Term }));
    let of_years = budget.years.iter().filter_map(|&(year, input)| {
        let amount = years.get(year as usize - 1).copied()?;
        Some(Overrun { by: over(amount, input)?, when: When::Year(year) })
    });
    let of_months = budget.monthly.and_then(|input| {
        let beyond = months.iter().enumerate().filter_map(|(month, amount)| Some((over(*amount, input)?, month)));
        let beyond: Vec<(Money, usize)> = beyond.collect();
        let (by, worst) = beyond.iter().copied().reduce(|max, next| if next.0 > max.0 { next } else { max })?;
        Some(Overrun { by, when: When::Months(beyond.len(), worst) })
    });
    of_term.into_iter().chain(of_years).chain(of_months).collect()
}

/// Alternatives that exceed the budget, by how much and when.
pub(super) fn over_budget(scenario: &Scenario) -> Kind<'_> {
    let words = move |of: &Compared| {
        of.overruns.iter().map(|overrun| format!("by {}", overrun.words(scenario.currency))).collect()
    };
    Kind::warning("over-budget", "over the budget, so not recommended:", words)
        .hint("raise `budget`, or agree on a lower price")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_holds_to_the_last_minor_unit() {
        let limits = Limits { total: Some(100_000.0), years: vec![(0, 60_000.0)], monthly: Some(30_000.0) };
        let keeps = |months: &[f64]| limits.keeps(months.iter().sum(), months.iter().copied());
        assert!(keeps(&[30_000.0, 30_000.0]));
        assert!(!keeps(&[30_001.0, 0.0]), "a month");
        assert!(!keeps(&[20_000.0, 20_001.0, 20_000.0]), "the signature is part of the first year");
        // Month 13 is the first of the second year.
        let mut months = vec![0.0; 14];
        months[12] = 30_000.0;
        months[13] = 30_000.0;
        months[1] = 30_000.0;
        assert!(keeps(&months));
        months[2] = 1.0;
        assert!(!keeps(&months), "a year");
    }
}
