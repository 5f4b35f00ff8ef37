//! What leaving costs at the end of each month.
//!
//! Who leaves pays the months of notice that follow, and an exit fee on what the notice leaves of the
//! contract. After the end of a contract that does not renew nothing is owed, neither notice nor fee; one
//! that renews ends with the first period that the notice does not outlast. Where months remain and no
//! exit terms are given, what they cost is not known. A contract of 36 months at 1,000 a month with 60 days' notice and half of the rest as
//! the fee costs, at the end of month 10, `2 * 1,000` for months 11 and 12 and
//! `50% * 24 * 1,000 = 12,000` for months 13 to 36: 14,000.

use crate::compare::Compared;
use comanage_expr::number::{Exact, Number};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::too_large;
use comanage_model::ledger::Category;
use comanage_model::money::Money;
use comanage_model::scenario::{Contract, Exit, Scenario};

/// The cost of leaving, month by month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Months of notice: a month for every 30 days begun.
    pub notice_months: u32,
    /// By month from 1 to the end of the term; none where months remain after the notice and the
    /// contract does not say what they cost.
    pub months: Vec<Option<Money>>,
}

impl Leaving {
    /// Works out every month of the term.
    ///
    /// # Errors
    /// A cost that overflows.
    pub fn new(contract: &Contract, alternative: &Compared) -> Result<Self, Diagnostic> {
        let scenario = alternative.evaluation.plan.scenario;
        let notice_months = notice(scenario, contract);
        let recurring = Recurring::new(alternative);
        let cost = |month: u32| {
            let free = month + notice_months;
            let end = contract_end(scenario, contract, free);
            let notice = recurring.sum(month + 1, free.min(end));
            let Some(last) = last_owed(scenario, contract, free, end) else { return Ok(None) };
            let cost = notice + fee(scenario, contract, recurring.sum(free + 1, last));
            cost.0
                .map(|cost| Some(Money(cost)))
                .ok_or_else(|| too_large(&format!("the cost of terminating {}", alternative.name())))
        };
        let months: Vec<Option<Money>> = (1..=scenario.term_months).map(cost).collect::<Result<_, Diagnostic>>()?;
        Ok(Self { notice_months, months })
    }

    /// What leaving costs at the end of a month; none where it is not stated, and outside the term.
    pub fn at(&self, month: u32) -> Option<Money> {
        self.months.get((month as usize).checked_sub(1)?).copied().flatten()
    }

    /// The month of the term in which termination costs most, the first at a tie.
    pub fn most_expensive(&self) -> Option<(u32, Money)> {
        let months = (1..).zip(&self.months).filter_map(|(month, cost)| Some((month, (*cost)?)));
        months.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

/// `ceil(notice_days / 30)`.
fn notice(scenario: &Scenario, contract: &Contract) -> u32 {
    use rust_decimal::prelude::ToPrimitive;
    let months = scenario.get::<Exact>(contract.notice_days) / Exact::whole(30);
    months.ceil().0.and_then(|months| months.to_u32()).unwrap_or(0)
}

/// The last month that the exit fee is taken from; none where months remain and no fee is stated.
fn last_owed(scenario: &Scenario, contract: &Contract, free: u32, end: u32) -> Option<u32> {
    match contract.exit {
        None => (free >= end).then_some(free),
        Some(Exit::ShareOfRemaining(_)) => Some(end),
        Some(Exit::Months(months)) => Some(end.min(free + scenario.months(months))),
    }
}

/// The first end of the contract, or of a renewal, that the last month of notice does not outlast; of a
/// contract that does not renew, its end.
fn contract_end(scenario: &Scenario, contract: &Contract, free: u32) -> u32 {
    let first = scenario.months(contract.months);
    let renews = contract.renews_months.map_or(0, |months| scenario.months(months));
    if free <= first || renews == 0 { first } else { first + (free - first).div_ceil(renews) * renews }
}

/// The fee on what is left, rounded to the minor unit.
fn fee(scenario: &Scenario, contract: &Contract, rest: Exact) -> Exact {
    let share: Exact = match contract.exit {
        Some(Exit::ShareOfRemaining(share)) => scenario.get(share),
        Some(Exit::Months(_)) | None => Exact::one(),
    };
    (rest * share).round(scenario.currency.digits)
}

/// The recurring lines of a provider, by month from 1; after the term every month costs what its
/// last one costs.
struct Recurring(Vec<Exact>);

impl Recurring {
    fn new(alternative: &Compared) -> Self {
        let mut months = vec![Exact::zero(); alternative.evaluation.plan.scenario.term_months as usize];
        let lines = alternative.evaluation.ledger.lines.iter();
        for line in lines.filter(|line| line.category == Category::ProviderRecurring && line.month > 0) {
            let month = &mut months[line.month as usize - 1];
            *month = *month + line.amount;
        }
        Self(months)
    }

    /// The sum of the months from one to another, both included.
    fn sum(&self, from: u32, to: u32) -> Exact {
        let term = self.0.len() as u32;
        let inside = (from..=to.min(term)).map(|month| self.0[month as usize - 1]);
        let after = (to + 1).saturating_sub(from.max(term + 1));
        let last = self.0.last().copied().unwrap_or_else(Exact::zero);
        inside.fold(Exact::zero(), |sum, month| sum + month) + Exact::whole(after.into()) * last
    }
}
