//! How sure a comparison is: every range of the scenario drawn, every alternative evaluated under
//! the same draws.
//!
//! Each sample is an ordinary scenario, and its figures are what a comparison gives for it: what every
//! alternative costs, covers and does, who meets the targets, and who is recommended.

mod beta;
mod contest;
mod copula;
mod decision;
mod distribution;
mod draw;
mod engine;
pub mod sampling;
mod statistics;
mod tornado;

pub use contest::Regret;
pub use decision::{Deciding, Decision, value_of_knowing};
pub use distribution::{Quantile, normal_quantile};
pub use draw::{Draws, Uncertain};

pub use engine::{Columns, cumulative};
pub use sampling::Sampling;
pub use statistics::{Chance, Ranked, Summary, mean, percentile, percentile_of};
pub use tornado::Swing;

use rayon::prelude::*;

use crate::compare::Comparison;
use crate::compare::verdict::{Standing, lowest};
use crate::frames::Column;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;
use contest::Contest;
use engine::Figures;

/// The results of a simulation.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// Samples drawn.
    pub samples: usize,
    /// The seed: the same seed gives the same draws on any number of threads.
    pub seed: u64,
    /// How samples are spread.
    pub sampling: Sampling,
    /// The draws: the uncertain inputs, by path.
    pub draws: Draws,
    /// By alternative.
    pub alternatives: Vec<Uncertainty>,
    /// For each pair, the earlier first, the chance that the earlier is cheaper.
    pub pairs: Vec<(usize, usize, Chance)>,
    /// The chance that no alternative meets the targets; none in a comparison of prices.
    pub chance_none_meets: Option<Chance>,
    /// What it would be worth, at most, to know every uncertain figure before choosing among the
    /// candidates.
    pub value_of_perfect_information: f64,
    /// What each input does alone.
    pub tornado: Vec<Swing>,
    /// What decides between the recommended alternative and the next; none where nothing is recommended.
    pub decision: Option<Decision>,
    /// Totals and standings, by alternative and then by sample.
    pub columns: Columns,
}

/// What is uncertain about an alternative. Chances and regrets are none where they do not apply.
#[derive(Clone, Copy, Debug)]
pub struct Uncertainty {
    /// Statistics of its term total, in the currency.
    pub total: Summary,
    /// Its present value.
    pub present_value: Summary,
    /// The chance of being the cheapest useful one.
    pub chance_cheapest: Option<Chance>,
    /// The chance of being cheaper than the baseline.
    pub chance_below_baseline: Option<Chance>,
    /// Regret against the cheapest useful one.
    pub regret: Option<Regret>,
    /// The chance of reaching the targets; none in a comparison of prices.
    pub chance_meets_targets: Option<Chance>,
    /// The chance of being the cheapest of those that meet the targets in the same draw; none in a
    /// comparison of prices.
    pub chance_recommended: Option<Chance>,
    /// The chance of meeting the budget; none where there is none.
    pub chance_within_budget: Option<Chance>,
    /// Regret against the cheapest of those that meet the targets, over the draws in which it meets them
    /// itself; none if there are none.
    pub regret_recommended: Option<Regret>,
}

/// Simulates a scenario that has been compared. `progress` is reported how many more samples are done
/// and says whether to go on; none comes back when it does not.
///
/// # Errors
/// Correlations that cannot hold together, a sample that cannot be evaluated.
pub fn simulate(
    comparison: &Comparison,
    samples: usize,
    seed: u64,
    sampling: Sampling,
    progress: &(dyn Fn(usize) -> bool + Sync),
) -> Result<Option<Simulation>, Diagnostic> {
    let scenario = comparison.scenario;
    let draws = Draws::new(scenario, seed, samples, sampling)?;
    let Some((columns, present_values)) = run(scenario, &draws, samples, progress)? else { return Ok(None) };
    let minor = 10_f64.powi(scenario.currency.digits as i32);

    let standing: Vec<&Column<Standing>> = columns.judged.iter().map(|judged| &judged.standing).collect();
    let column = |of: fn(Standing) -> bool| standing.iter().map(|column| column.map(of)).collect::<Vec<_>>();
    let reaching = column(|standing| standing.reaches);
    let kept = column(|standing| standing.keeps_budget);
    let has_budget = !scenario.budget.is_none();
    let cheapest = Contest::new(&columns.totals, contest::may_be_cheapest(&standing));
    let recommended = Contest::new(&columns.totals, column(Standing::may_be_recommended));
    let is_judged = !comparison.is_price_comparison;

    let alternatives: Vec<Uncertainty> = present_values
        .into_par_iter()
        .enumerate()
        .map(|(index, present_value)| {
            let mut total: Vec<f64> = columns.totals[index].iter().map(|total| total / minor).collect();
            Uncertainty {
                total: Summary::of(&mut total),
                present_value,
                chance_cheapest: cheapest.takes_part(index).then(|| cheapest.chance_to_win(index)),
                chance_below_baseline: comparison
                    .baseline
                    .filter(|&baseline| index != baseline)
                    .map(|baseline| chance_below(&columns.totals[index], &columns.totals[baseline])),
                regret: cheapest.regret(&columns.totals, index, minor),
                chance_meets_targets: is_judged.then(|| contest::chance_of(&reaching[index])),
                chance_recommended: is_judged.then(|| recommended.chance_to_win(index)),
                chance_within_budget: has_budget.then(|| contest::chance_of(&kept[index])),
                regret_recommended: recommended.regret(&columns.totals, index, minor),
            }
        })
        .collect();
    let indices = 0..alternatives.len();
    let every_pair: Vec<(usize, usize)> =
        indices.clone().flat_map(|a| (a + 1..alternatives.len()).map(move |b| (a, b))).collect();
    let pairs =
        every_pair.into_par_iter().map(|(a, b)| (a, b, chance_below(&columns.totals[a], &columns.totals[b]))).collect();
    let candidates = candidates(comparison);
    let least_mean = candidates.iter().map(|&index| alternatives[index].total.mean).fold(f64::INFINITY, f64::min);
    let best: Vec<f64> = contest::min(&columns.totals, &candidates).into_iter().map(|best| best / minor).collect();
    let (tornado, decision) = tornado::tornado(comparison, &draws, &columns, &candidates)?;
    Ok(Some(Simulation {
        samples,
        seed,
        sampling,
        chance_none_meets: is_judged.then(|| contest::chance_of_none(&reaching)),
        value_of_perfect_information: if least_mean.is_finite() { least_mean - mean(&best) } else { 0.0 },
        draws,
        alternatives,
        pairs,
        tornado,
        decision,
        columns,
    }))
}

/// Whether the ranges of a scenario can be drawn together.
///
/// # Errors
/// Correlations that cannot hold together.
pub fn check(scenario: &Scenario) -> Result<(), Diagnostic> {
    copula::Copula::new(scenario).map(|_| ())
}

/// Samples of alternatives whose totals and present values are held at once; of more, one is worked
/// out after the other.
const HELD: usize = 6_500_000;

/// Runs the samples and sums present values up, whose room is given back.
fn run(
    scenario: &Scenario,
    draws: &Draws,
    samples: usize,
    progress: &(dyn Fn(usize) -> bool + Sync),
) -> Result<Option<(Columns, Vec<Summary>)>, Diagnostic> {
    let sum_up = |columns: &mut Columns| -> Vec<Summary> {
        let values = std::mem::take(&mut columns.present_values);
        values.into_par_iter().map(|mut values| Summary::of(&mut values)).collect()
    };
    if samples.saturating_mul(scenario.alternatives.len()) <= HELD {
        let columns = engine::run(scenario, draws, samples, Figures::Both, progress)?;
        return Ok(columns.map(|mut columns| {
            let values = sum_up(&mut columns);
            (columns, values)
        }));
    }
    let first_half = |done: usize| progress(done / 2);
    let second_half = |done: usize| progress(done - done / 2);
    let Some(mut values) = engine::run(scenario, draws, samples, Figures::PresentValues, &first_half)? else {
        return Ok(None);
    };
    let values = sum_up(&mut values);
    let totals = engine::run(scenario, draws, samples, Figures::Totals, &second_half)?;
    Ok(totals.map(|totals| (totals, values)))
}

/// The alternatives that one may choose from, by index: those that meet the targets by the exact figures;
/// where none does, those that may be called the cheapest.
pub fn candidates(comparison: &Comparison) -> Vec<usize> {
    let indices = 0..comparison.alternatives.len();
    let reaching: Vec<usize> =
        indices.clone().filter(|&index| comparison.alternatives[index].may_be_recommended()).collect();
    if !reaching.is_empty() {
        return reaching;
    }
    let may_be_cheapest = comparison.may_be_cheapest();
    indices.filter(|&index| may_be_cheapest[index]).collect()
}

impl Simulation {
    /// The alternative that a comparison of a sample recommends, by index: the cheapest that reaches the
    /// targets in it, the first at a tie.
    pub fn recommended(&self, sample: usize) -> Option<usize> {
        let totals: Vec<f64> = self.columns.totals.iter().map(|totals| totals[sample]).collect();
        lowest(&totals, |index| self.columns.judged[index].standing.at(sample).may_be_recommended())
    }
}

/// The chance that one column lies below another, half of the ties counted.
fn chance_below(a: &[f64], b: &[f64]) -> Chance {
    let below = a.iter().zip(b).filter(|(a, b)| a < b).count();
    let ties = a.iter().zip(b).filter(|(a, b)| a == b).count();
    Chance::of(below as f64 + ties as f64 / 2.0, a.len())
}
