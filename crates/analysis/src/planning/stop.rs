//! Where no mix meets the targets: the nearest one, and what stops it.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{evaluate_one, too_large};

use super::judge::{Judged, is_surely_below};
use super::search::{Asked, Failing, Progress, cheapest};
use super::walk::Costed;
use crate::compare::budget::{Overrun, overruns};
use crate::compare::{Sums, WorkDone};

/// The nearest mix and what stops it.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The nearest: the highest coverage there is; where coverage can be reached, the most work done; where
    /// both can be, the cheapest.
    pub nearest: Judged,
    /// By how much it exceeds the budget and when, where that is what stops it.
    pub overruns: Vec<Overrun>,
    /// Whether it misses the coverage target.
    pub misses_coverage: bool,
    /// Whether it misses the work target.
    pub misses_work: bool,
    /// The services that it covers below the target.
    pub open: Vec<Open>,
    /// Hours a month that it leaves undone, by service index.
    pub undone: Vec<(usize, f64)>,
}

/// A service that stays open at some hours.
#[derive(Clone, Debug)]
pub struct Open {
    /// The service, by index.
    pub service: usize,
    /// Its expected coverage, 0 to 1.
    pub coverage: f64,
    /// The spans of the week in which fewer people are scheduled than are required, in words.
    pub gaps: Vec<String>,
}

/// Less than this is no work undone, in hours a month.
const SMALL: f64 = 0.05;

/// The nearest mix; none where no target applies. `without_budget` asks for the cheapest whatever it costs.
///
/// # Errors
/// A figure that overflows.
pub fn stop(
    costed: &Costed,
    failing: &mut Failing,
    frontier: &[Judged],
    without_budget: Asked,
    progress: &dyn Progress,
) -> Result<Option<Stop>, Diagnostic> {
    let judge = costed.judge;
    let Some(highest) = frontier.last() else { return Ok(None) };
    let is_judged = judge.standing(highest).is_judged;
    if !is_judged {
        return Ok(None);
    }
    if is_surely_below(highest.coverage, judge.targets.coverage) {
        return describe(costed, highest.clone(), false).map(Some);
    }
    if let Some(cheapest) = cheapest(costed, failing, without_budget, progress)?.into_iter().next() {
        return describe(costed, cheapest, true).map(Some);
    }
    let most_work = most_work(costed)?;
    describe(costed, most_work.unwrap_or_else(|| highest.clone()), false).map(Some)
}

/// Of the mixes that cover enough, one that gets most of the work done: with the same hires there the most
/// people do most, so that these are looked at.
fn most_work(costed: &Costed) -> Result<Option<Judged>, Diagnostic> {
    let judge = costed.judge;
    let space = judge.space;
    let mut best: Option<(f64, usize, u64)> = None;
    for set in 0..space.sets.len() {
        for pattern in (0..1_u64 << space.hires.len()).filter(|&pattern| space.is_mix(set, pattern)) {
            let [_, max] = space.ends(set, pattern);
            let bounds = costed.bounds(set, pattern);
            let Some(work) = bounds.work.filter(|_| bounds.is_ranked) else { continue };
            let covers = !is_surely_below(costed.coverage(&max), judge.targets.coverage);
            if covers && best.is_none_or(|(known, ..)| work > known + crate::compare::TIE) {
                best = Some((work, set, pattern));
            }
        }
    }
    best.map(|(_, set, pattern)| judge.judge(&space.ends(set, pattern)[1])).transpose()
}

fn describe(costed: &Costed, nearest: Judged, is_over_budget: bool) -> Result<Stop, Diagnostic> {
    let judge = costed.judge;
    let scenario = &judge.space.scenario;
    let alternative = judge.space.alternative(&nearest.mix);
    let evaluation = evaluate_one(scenario, &alternative, judge.shared())?;
    let work = WorkDone::new(scenario, &evaluation);
    let sums = Sums::new(scenario, &evaluation).map_err(|figure| too_large(&format!("{figure} of a mix")))?;
    let overruns = overruns(scenario, sums.total, &sums.years, &sums.months);
    let targets = judge.targets;
    let services = evaluation.coverage.services.iter().enumerate();
    let open = services.filter_map(|(service, of)| {
        let coverage = of.expected.filter(|coverage| is_surely_below(Some(*coverage), targets.coverage))?;
        Some(Open { service, coverage, gaps: of.gaps.iter().map(|gap| gap.words()).collect() })
    });
    let undone = work.services.iter().enumerate().filter(|(_, of)| of.backlog_hours >= SMALL);
    Ok(Stop {
        overruns: if is_over_budget { overruns } else { Vec::new() },
        misses_coverage: is_surely_below(nearest.coverage, targets.coverage),
        misses_work: is_surely_below(nearest.work, targets.work),
        open: open.collect(),
        undone: undone.map(|(service, of)| (service, of.backlog_hours)).collect(),
        nearest,
    })
}
