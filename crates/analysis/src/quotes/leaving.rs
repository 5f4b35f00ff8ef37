//! What leaving costs at the end of each month.
//!
//! Who leaves pays the months of notice that follow, and the exit fee for what the notice leaves of the
//! contract, before tax: the same fee that the ledger of an offer that ends so has. After the end of a
//! contract that does not renew nothing is owed, neither notice nor fee; one that renews ends with the first
//! period that the notice does not outlast. Where months remain and no exit terms are given, what they cost
//! is not known. A contract of 36 months at 1,000 a month with 60 days' notice and half of the rest as the
//! fee costs, at the end of month 10, `2 * 1,000` for months 11 and 12 and `50% * 24 * 1,000 = 12,000` for
//! months 13 to 36: 14,000.

use crate::compare::Compared;
use comanage_expr::number::{Exact, Number};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::too_large;
use comanage_model::ledger::Category;
use comanage_model::ledger::charge::{ExitFee, exit_fee, recurring_after};
use comanage_model::money::Money;
use comanage_model::scenario::{Contract, Scenario};
use comanage_model::staffing::Staffing;
use comanage_model::volumes::Volumes;

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
    pub fn new(contract: &Contract, alternative: &Compared, volumes: &Volumes<Exact>) -> Result<Self, Diagnostic> {
        let staffing = &alternative.evaluation.staffing;
        let notice_months = notice(staffing.scenario, contract);
        let recurring = Recurring::new(alternative);
        let mut months = Vec::new();
        for month in 1..=staffing.scenario.term_months {
            let end = last_of_notice(staffing, contract, month, notice_months);
            let notice = recurring.sum(month + 1, end) + after_term(staffing, volumes, month, end);
            let cost = match exit_fee(staffing, 0, volumes, end) {
                _ if end <= month && !staffing.engagements[0].runs(month) => Exact::zero(),
                ExitFee::Nothing => notice,
                ExitFee::Owed { rest, share } => notice + rest * share,
                ExitFee::NotStated => {
                    months.push(None);
                    continue;
                }
            };
            let cost = cost.round(staffing.scenario.currency.digits).0.map(Money);
            months
                .push(Some(cost.ok_or_else(|| too_large(&format!("the cost of terminating {}", alternative.name())))?));
        }
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

/// The last month that is paid for after notice at the end of a month: at most the last of an offer that ends
/// in the term, and of a contract that does not renew. Before the offer begins, and after it ends, nothing is.
fn last_of_notice(staffing: &Staffing, contract: &Contract, month: u32, notice_months: u32) -> u32 {
    let engaged = &staffing.engagements[0];
    if !engaged.runs(month) {
        return month;
    }
    let end = (month + notice_months).min(engaged.end.unwrap_or(u32::MAX));
    match contract.renews_months {
        Some(_) => end,
        None => end.min((engaged.signed_in() + staffing.scenario.months(contract.months)).max(month)),
    }
}

/// What the months of notice after the term cost.
fn after_term(staffing: &Staffing, volumes: &Volumes<Exact>, month: u32, end: u32) -> Exact {
    let term = staffing.scenario.term_months;
    let after = end.saturating_sub(term.max(month));
    if after == 0 { Exact::zero() } else { recurring_after(staffing, 0, volumes, term, after) }
}

/// The recurring lines of a provider, by month of the term from 1.
struct Recurring(Vec<Exact>);

impl Recurring {
    fn new(alternative: &Compared) -> Self {
        let mut months = vec![Exact::zero(); alternative.evaluation.staffing.scenario.term_months as usize];
        let lines = alternative.evaluation.ledger.lines.iter();
        for line in lines.filter(|line| line.category == Category::ProviderRecurring && line.month > 0) {
            let month = &mut months[line.month as usize - 1];
            *month = *month + line.amount;
        }
        Self(months)
    }

    /// The sum of the months from one to another, both included, as far as they lie in the term.
    fn sum(&self, from: u32, to: u32) -> Exact {
        let inside = (from..=to.min(self.0.len() as u32)).map(|month| self.0[month as usize - 1]);
        inside.fold(Exact::zero(), |sum, month| sum + month)
    }
}
