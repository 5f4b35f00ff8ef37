//! The evaluation of a scenario: for each alternative its ledger, its work and its coverage.
//!
//! Evaluation is pure. What alternatives share (counts, what people cost) is worked out once;
//! alternatives are evaluated in parallel and come back in their order.

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::coverage::{Attendance, Coverage, cover};
use crate::diagnostic::Diagnostic;
use crate::ledger::{self, Ledger, People};
use crate::scenario::{Alternative, Scenario};
use crate::staffing::Staffing;
use crate::volumes::Volumes;
use crate::work::{Provided, Work};
use comanage_expr::number::{Exact, Number};

/// Everything about one alternative.
#[derive(Clone, Debug)]
pub struct Evaluation<'a, N> {
    /// Who works in it, and when.
    pub staffing: Staffing<'a>,
    /// Every line of every month.
    pub ledger: Ledger<N>,
    /// The hours of work, by who does them.
    pub work: Work<N>,
    /// Who is there.
    pub coverage: Coverage,
}

/// What the alternatives of a scenario share.
#[derive(Clone, Debug)]
pub struct Shared<N> {
    /// Users, devices and sites, month by month.
    pub volumes: Volumes<N>,
    /// What people cost.
    pub people: People<N>,
    /// How people are there.
    pub attendance: Attendance,
}

impl<N: Number> Shared<N> {
    /// Works out what alternatives share.
    pub fn new(scenario: &Scenario) -> Self {
        Self { volumes: Volumes::new(scenario), people: People::new(scenario), attendance: Attendance::new(scenario) }
    }
}

/// Evaluates every alternative.
///
/// # Errors
/// The first figure, in the order of the alternatives, that overflows.
pub fn evaluate_all<'a>(
    scenario: &'a Scenario,
    shared: &Shared<Exact>,
) -> Result<Vec<Evaluation<'a, Exact>>, Diagnostic> {
    scenario.alternatives.par_iter().map(|alternative| evaluate_one(scenario, alternative, shared)).collect()
}

/// Evaluates one alternative.
///
/// # Errors
/// A figure that overflows.
pub fn evaluate_one<'a, N: Number>(
    scenario: &'a Scenario,
    alternative: &'a Alternative,
    shared: &Shared<N>,
) -> Result<Evaluation<'a, N>, Diagnostic> {
    let (staffing, ledger, provided) = ledger_of(scenario, alternative, shared)?;
    let work = Work::new(provided);
    let coverage = cover(&staffing, &shared.attendance);
    Ok(Evaluation { staffing, ledger: ledger.without_empty_lines(), work, coverage })
}

/// The ledger of one alternative and the providers' work behind it, on any arithmetic; lines that came
/// to nothing still are in it.
///
/// # Errors
/// A figure that overflows.
pub fn ledger_of<'a, N: Number>(
    scenario: &'a Scenario,
    alternative: &'a Alternative,
    shared: &Shared<N>,
) -> Result<(Staffing<'a>, Ledger<N>, Provided<N>), Diagnostic> {
    let staffing = Staffing::new(scenario, alternative);
    let provided = Provided::new(&staffing, &shared.volumes)?;
    let ledger = ledger::write(&staffing, &shared.volumes, &shared.people, &provided);
    refuse_overflow(&staffing, &ledger)?;
    Ok((staffing, ledger, provided))
}

/// The lines of an alternative together, credits as if they were charges: 10 to the power of 18. Every
/// sum, difference, percentage or number of minor units of what is below fits in a decimal, so
/// this is the one place where a total can be too large.
const MAX_TOTAL: i64 = 1_000_000_000_000_000_000;

fn refuse_overflow<N: Number>(staffing: &Staffing, ledger: &Ledger<N>) -> Result<(), Diagnostic> {
    let mut total = Decimal::ZERO;
    for line in &ledger.lines {
        let Some(amount) = line.amount.exact().0 else {
            let place = format!("{} in month {}", staffing.alternative.name, line.month);
            return Err(too_large(&format!("{}, {} of {place}", line.category.name(), line.source.item(staffing))));
        };
        let limit = Decimal::from(MAX_TOTAL);
        total = match total.checked_add(amount.abs()) {
            Some(total) if total <= limit => total,
            _ => return Err(total_too_large(&staffing.alternative.name)),
        };
    }
    Ok(())
}

fn total_too_large(alternative: &str) -> Diagnostic {
    let message = format!("the total of {alternative} is too large to calculate");
    Diagnostic::error("figure-too-large", message)
        .hint("check its counts and prices: the lines of an alternative add up to at most 10^18")
}

/// The error for a figure that overflows.
pub fn too_large(figure: &str) -> Diagnostic {
    Diagnostic::error("figure-too-large", format!("{figure} is too large to calculate"))
        .hint("check its counts and prices: a number has at most 28 digits")
}
