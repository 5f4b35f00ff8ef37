//! What the alternatives of a scenario cost, and nothing else: for the many evaluations of a
//! simulation or a search, where coverage is settled already.

use crate::diagnostic::Diagnostic;
use crate::evaluate::{Shared, ledger_of};
use crate::ledger::Ledger;
use crate::money::Money;
use crate::quoted::is_bought;
use crate::scenario::{Alternative, Scenario};
use crate::volumes;
use comanage_expr::number::{Exact, Number};

/// The monthly totals of an alternative, from month 0.
pub type Months = Vec<Money>;

/// The monthly totals of every alternative.
///
/// # Errors
/// A figure that overflows, counts below zero.
pub fn monthly(scenario: &Scenario) -> Result<Vec<Months>, Diagnostic> {
    volumes::check::<Exact>(scenario)?;
    let shared = Shared::new(scenario);
    scenario.alternatives.iter().map(|alternative| months_of(scenario, alternative, &shared)).collect()
}

/// The hours of work that an alternative gets done and the hours that there are to do.
pub type DoneAndToDo = (Exact, Exact);

/// What decides about an alternative, but for its coverage.
#[derive(Clone, Debug)]
pub struct Priced {
    /// Its monthly totals, from month 0.
    pub months: Months,
    /// Its work in the months that are judged.
    pub work: DoneAndToDo,
    /// Whether anything is bought for it ([`crate::quoted::is_bought`]).
    pub is_bought: bool,
}

/// What decides about one alternative, by index.
///
/// # Errors
/// A figure that overflows, counts below zero.
pub fn priced(scenario: &Scenario, alternative: usize) -> Result<Priced, Diagnostic> {
    volumes::check::<Exact>(scenario)?;
    priced_of(scenario, &scenario.alternatives[alternative], &Shared::new(scenario))
}

/// What decides about every alternative.
///
/// # Errors
/// A figure that overflows, counts below zero.
pub fn all_priced(scenario: &Scenario) -> Result<Vec<Priced>, Diagnostic> {
    volumes::check::<Exact>(scenario)?;
    let shared = Shared::new(scenario);
    scenario.alternatives.iter().map(|alternative| priced_of(scenario, alternative, &shared)).collect()
}

fn priced_of(scenario: &Scenario, alternative: &Alternative, shared: &Shared<Exact>) -> Result<Priced, Diagnostic> {
    let (staffing, ledger, provided) = ledger_of(scenario, alternative, shared)?;
    let ledger = ledger.without_empty_lines();
    Ok(Priced {
        months: by_month(scenario, alternative, &ledger)?,
        work: provided.done(&staffing, scenario.judged_months()),
        is_bought: is_bought(&staffing, &ledger),
    })
}

/// The term total of every alternative.
///
/// # Errors
/// A figure that overflows, counts below zero.
pub fn totals(scenario: &Scenario) -> Result<Vec<Money>, Diagnostic> {
    let alternatives = scenario.alternatives.iter();
    alternatives.zip(monthly(scenario)?).map(|(alternative, months)| total(alternative, &months)).collect()
}

/// The term total of an alternative, from its months.
///
/// # Errors
/// It overflows.
pub fn total(alternative: &Alternative, months: &Months) -> Result<Money, Diagnostic> {
    let total = months.iter().fold(Exact::zero(), |total, month| total + Exact(Some(month.0)));
    total.0.map(Money).ok_or_else(|| crate::evaluate::too_large(&format!("the total of {}", alternative.name)))
}

fn months_of(scenario: &Scenario, alternative: &Alternative, shared: &Shared<Exact>) -> Result<Months, Diagnostic> {
    let (_, ledger, _) = ledger_of(scenario, alternative, shared)?;
    by_month(scenario, alternative, &ledger)
}

fn by_month(scenario: &Scenario, alternative: &Alternative, ledger: &Ledger<Exact>) -> Result<Months, Diagnostic> {
    let mut months = vec![Exact::zero(); scenario.term_months as usize + 1];
    for line in &ledger.lines {
        let month = &mut months[line.month as usize];
        *month = *month + line.amount;
    }
    let too_large = || crate::evaluate::too_large(&format!("the total of a month of {}", alternative.name));
    months.into_iter().map(|month| month.0.map(Money).ok_or_else(too_large)).collect()
}
