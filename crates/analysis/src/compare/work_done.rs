//! How much of the work gets done, and what is left.

use comanage_expr::number::{Exact, Number};
use comanage_model::evaluate::Evaluation;
use comanage_model::scenario::Scenario;

/// The work of an alternative over time.
#[derive(Clone, Debug)]
pub struct WorkDone {
    /// Hours done over workload, of the last twelve months; none without work.
    pub share: Option<f64>,
    /// The same of the term.
    pub share_term: Option<f64>,
    /// By service.
    pub services: Vec<ServiceWork>,
    /// By post, in the order of the plan.
    pub positions: Vec<PostLoad>,
    /// Of the last twelve months, the first in which most hours are not done, and those hours; none where
    /// all are done.
    pub worst_month: Option<(u32, f64)>,
}

/// The work of a service, means of the last twelve months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceWork {
    /// Hours of work a month.
    pub workload_hours: f64,
    /// Hours a month not done.
    pub backlog_hours: f64,
}

/// How busy a post is, over the last twelve months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostLoad {
    /// Hours assigned a month, mean.
    pub assigned_hours: f64,
    /// Hours assigned over capacity; none without capacity.
    pub share: Option<f64>,
}

/// Decimals that means of hours are rounded to before they are shown or compared: beyond what a
/// flow is exact to, short of where a twelfth ends.
const MEAN_DIGITS: u32 = 12;

impl WorkDone {
    /// Sums up the months of an evaluation.
    pub fn new(scenario: &Scenario, evaluation: &Evaluation<Exact>) -> Self {
        let term = scenario.term_months;
        let steady = scenario.judged_months();
        let months = Exact::whole((steady.end() - steady.start() + 1).into());
        let work = |month| evaluation.work.at(month);
        let done: Vec<Vec<Exact>> = (1..=term).map(|month| work(month).done(&evaluation.staffing)).collect();
        let mean = |hours: &dyn Fn(u32) -> Exact| {
            let sum = steady.clone().fold(Exact::zero(), |sum, month| sum + hours(month));
            (sum / months).round(MEAN_DIGITS).to_f64()
        };
        let services = (0..scenario.services.len()).map(|service| ServiceWork {
            workload_hours: mean(&|month| work(month).workload[service]),
            backlog_hours: mean(&|month| work(month).workload[service] - done[month as usize - 1][service]),
        });
        let positions = (0..evaluation.staffing.positions.len()).map(|position| {
            let sum =
                |hours: &dyn Fn(u32) -> Exact| steady.clone().fold(Exact::zero(), |sum, month| sum + hours(month));
            let assigned = sum(&|month| work(month).load[position].assigned);
            let capacity = sum(&|month| work(month).load[position].capacity);
            PostLoad {
                assigned_hours: (assigned / months).round(MEAN_DIGITS).to_f64(),
                share: capacity.is_positive().then(|| (assigned / capacity).to_f64()),
            }
        });
        let undone = |month: u32| {
            let hours = work(month).workload.iter().zip(&done[month as usize - 1]);
            hours.fold(Exact::zero(), |sum, (&workload, &done)| sum + workload - done).round(MEAN_DIGITS)
        };
        let worst = steady.clone().map(|month| (month, undone(month)));
        let worst = worst.reduce(|worst, other| if other.1.is_above(worst.1) { other } else { worst });
        Self {
            worst_month: worst.filter(|(_, hours)| hours.is_positive()).map(|(month, hours)| (month, hours.to_f64())),
            share: share(evaluation, &done, steady.clone()),
            share_term: share(evaluation, &done, 1..=term),
            services: services.collect(),
            positions: positions.collect(),
        }
    }
}

fn share(
    evaluation: &Evaluation<Exact>,
    hours_done: &[Vec<Exact>],
    months: std::ops::RangeInclusive<u32>,
) -> Option<f64> {
    let mut done = Exact::zero();
    let mut workload = Exact::zero();
    for month in months {
        let work = evaluation.work.at(month);
        done = hours_done[month as usize - 1].iter().fold(done, |sum, &hours| sum + hours);
        workload = work.workload.iter().fold(workload, |sum, &hours| sum + hours);
    }
    work_share(done, workload)
}

/// Hours done over hours to do; none without work.
pub fn work_share(done: Exact, workload: Exact) -> Option<f64> {
    workload.is_positive().then(|| (done / workload).round(MEAN_DIGITS + 4).to_f64())
}
