//! The evaluation of a scenario: for each alternative its ledger, its work and its coverage.
//!
//! Evaluation is pure. What alternatives share (counts, what people cost) is worked out once;
//! alternatives are evaluated in parallel and come back in their order.

use rayon::prelude::*;

use crate::coverage::{Attendance, Coverage, cover};
use crate::diagnostic::Diagnostic;
use crate::ledger::{self, Ledger, People};
use crate::plan::Plan;
use crate::scenario::{Alternative, Scenario};
use crate::volumes::Volumes;
use crate::work::{Provided, Work};
use comanage_expr::number::{Exact, Number};

/// Everything about one alternative.
#[derive(Clone, Debug)]
pub struct Evaluation<'a, N> {
    /// Who works in it, and when.
    pub plan: Plan<'a>,
    /// Its lines.
    pub ledger: Ledger<N>,
    /// Its hours.
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
/// The first figure, in the order of the alternatives, that has no room.
pub fn evaluate_all<'a>(
    scenario: &'a Scenario,
    shared: &Shared<Exact>,
) -> Result<Vec<Evaluation<'a, Exact>>, Diagnostic> {
    scenario.alternatives.par_iter().map(|alternative| evaluate_one(scenario, alternative, shared)).collect()
}

/// Evaluates one alternative.
///
/// # Errors
/// A figure that has no room.
pub fn evaluate_one<'a, N: Number>(
    scenario: &'a Scenario,
    alternative: &'a Alternative,
    shared: &Shared<N>,
) -> Result<Evaluation<'a, N>, Diagnostic> {
    let (plan, ledger, provided) = ledger_of(scenario, alternative, shared)?;
    let work = Work::new(provided);
    let coverage = cover(&plan, &shared.attendance);
    Ok(Evaluation { plan, ledger: ledger.settled(), work, coverage })
}

/// The ledger of one alternative and the providers' work behind it, on any arithmetic; lines that came
/// to nothing still stand in it.
///
/// # Errors
/// A figure that has no room.
pub fn ledger_of<'a, N: Number>(
    scenario: &'a Scenario,
    alternative: &'a Alternative,
    shared: &Shared<N>,
) -> Result<(Plan<'a>, Ledger<N>, Provided<N>), Diagnostic> {
    let plan = Plan::new(scenario, alternative);
    let provided = Provided::new(&plan, &shared.volumes)?;
    let ledger = ledger::write(&plan, &shared.volumes, &shared.people, &provided);
    refuse_overflow(&plan, &ledger)?;
    Ok((plan, ledger, provided))
}

fn refuse_overflow<N: Number>(plan: &Plan, ledger: &Ledger<N>) -> Result<(), Diagnostic> {
    let Some(line) = ledger.lines.iter().find(|line| line.amount.exact().0.is_none()) else { return Ok(()) };
    let item = line.source.item(plan);
    let figure = format!("{}, {item} of {} in month {}", line.category.name(), plan.alternative.name, line.month);
    Err(too_large(&figure))
}

/// The error for a figure that has no room.
pub fn too_large(figure: &str) -> Diagnostic {
    Diagnostic::error("figure-too-large", format!("{figure} is too large a number to compute with"))
        .hint("check the counts and prices it is made of: a figure has at most 28 digits")
}
