//! How sure a comparison is: every range of the scenario drawn, every alternative evaluated under
//! the same draws.
//!
//! Each sample is an ordinary scenario, and its figures are what a comparison gives for it. Who is
//! useful and who reaches the targets is settled once, by the exact result; here only money varies.

mod beta;
mod copula;
mod distribution;
mod draw;
mod engine;
mod statistics;
pub mod stream;
mod tornado;

pub use distribution::{Quantile, normal_quantile};
pub use draw::{Draws, Uncertain};

pub use engine::{Columns, cumulative};
pub use statistics::{Chance, Ranked, Summary, mean, percentile, percentile_of};
pub use tornado::Swing;

use rayon::prelude::*;

use crate::compare::Comparison;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;
use engine::Figures;

/// The results of a simulation.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// Samples drawn.
    pub samples: usize,
    /// The seed.
    pub seed: u64,
    /// The draws: the uncertain inputs, by path.
    pub draws: Draws,
    /// By alternative.
    pub alternatives: Vec<Uncertainty>,
    /// For each pair, the earlier first, the chance that the earlier is cheaper.
    pub pairs: Vec<(usize, usize, Chance)>,
    /// What it would be worth to know the draw before choosing.
    pub value_of_perfect_information: f64,
    /// What each input does alone.
    pub tornado: Vec<Swing>,
    /// The samples.
    pub columns: Columns,
}

/// What is uncertain about an alternative. Chances and regrets are none where they do not apply.
#[derive(Clone, Copy, Debug)]
pub struct Uncertainty {
    /// Its total.
    pub total: Summary,
    /// Its present value.
    pub present_value: Summary,
    /// The chance of being the cheapest useful one.
    pub chance_cheapest: Option<Chance>,
    /// The chance of being cheaper than the baseline.
    pub chance_below_baseline: Option<Chance>,
    /// Regret against the cheapest useful one.
    pub regret: Option<Regret>,
    /// The chance of being the cheapest of those that reach the targets.
    pub chance_recommended: Option<Chance>,
    /// Regret against the cheapest of those that reach the targets.
    pub regret_recommended: Option<Regret>,
}

/// What is lost against the best choice of the same draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regret {
    /// Mean.
    pub mean: f64,
    /// 90th percentile.
    pub p90: f64,
}

/// Simulates a scenario that has been compared. `progress` is told how many more samples are done
/// and says whether to go on; none comes back when it does not.
///
/// # Errors
/// Correlations that cannot hold together, a sample that cannot be evaluated.
pub fn simulate(
    comparison: &Comparison,
    samples: usize,
    seed: u64,
    progress: &(dyn Fn(usize) -> bool + Sync),
) -> Result<Option<Simulation>, Diagnostic> {
    let scenario = comparison.scenario;
    let draws = Draws::new(scenario, seed, samples)?;
    let Some((columns, present_values)) = run(scenario, &draws, samples, progress)? else { return Ok(None) };
    let minor = 10_f64.powi(scenario.currency.digits as i32);

    let useful = comparison.may_be_cheapest();
    let reaching: Vec<bool> = comparison.alternatives.iter().map(|alternative| alternative.meets_targets()).collect();
    let cheapest = Contest::new(&columns.totals, &useful);
    let recommended = Contest::new(&columns.totals, &reaching);

    let alternatives: Vec<Uncertainty> = present_values
        .into_par_iter()
        .enumerate()
        .map(|(index, present_value)| {
            let mut total: Vec<f64> = columns.totals[index].iter().map(|total| total / minor).collect();
            Uncertainty {
                total: Summary::of(&mut total),
                present_value,
                chance_cheapest: cheapest.chance(index),
                chance_below_baseline: comparison
                    .baseline
                    .filter(|&baseline| index != baseline)
                    .map(|baseline| chance_below(&columns.totals[index], &columns.totals[baseline])),
                regret: cheapest.regret(&columns.totals, index, minor),
                chance_recommended: recommended.chance(index),
                regret_recommended: recommended.regret(&columns.totals, index, minor),
            }
        })
        .collect();
    let indices = 0..alternatives.len();
    let every_pair: Vec<(usize, usize)> =
        indices.clone().flat_map(|a| (a + 1..alternatives.len()).map(move |b| (a, b))).collect();
    let pairs =
        every_pair.into_par_iter().map(|(a, b)| (a, b, chance_below(&columns.totals[a], &columns.totals[b]))).collect();
    let least_mean = indices.filter(|&a| useful[a]).map(|a| alternatives[a].total.mean).fold(f64::INFINITY, f64::min);
    let best: Vec<f64> = cheapest.best.iter().map(|best| best / minor).collect();
    let tornado = tornado::tornado(comparison, &draws, &columns)?;
    Ok(Some(Simulation {
        samples,
        seed,
        value_of_perfect_information: least_mean - mean(&best),
        draws,
        alternatives,
        pairs,
        tornado,
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

/// Some alternatives against each other, draw by draw.
struct Contest {
    /// Whether an alternative takes part.
    takes_part: Vec<bool>,
    /// The least total of each draw, in minor units.
    best: Vec<f64>,
    /// How often each was the cheapest, ties in parts.
    wins: Vec<f64>,
}

impl Contest {
    fn new(totals: &[Vec<f64>], takes_part: &[bool]) -> Self {
        let samples = totals.first().map_or(0, Vec::len);
        let players: Vec<usize> = (0..totals.len()).filter(|&index| takes_part[index]).collect();
        let best: Vec<f64> = (0..samples)
            .map(|sample| players.iter().map(|&index| totals[index][sample]).fold(f64::INFINITY, f64::min))
            .collect();
        // Ties are counted by how many share them, so that sums do not depend on an order.
        let mut shared = vec![vec![0_u64; players.len() + 1]; totals.len()];
        for (sample, best) in best.iter().enumerate() {
            let winners = players.iter().filter(|&&index| totals[index][sample] == *best);
            let many = winners.clone().count();
            winners.for_each(|&index| shared[index][many] += 1);
        }
        let parts =
            |counts: &Vec<u64>| counts.iter().enumerate().skip(1).map(|(many, &n)| n as f64 / many as f64).sum();
        Self { takes_part: takes_part.to_vec(), best, wins: shared.iter().map(parts).collect() }
    }

    fn chance(&self, index: usize) -> Option<Chance> {
        self.takes_part[index].then(|| Chance::of(self.wins[index], self.best.len()))
    }

    fn regret(&self, totals: &[Vec<f64>], index: usize, minor: f64) -> Option<Regret> {
        if !self.takes_part[index] {
            return None;
        }
        let mut regrets: Vec<f64> =
            totals[index].iter().zip(&self.best).map(|(total, best)| (total - best) / minor).collect();
        let mean = mean(&regrets);
        Some(Regret { mean, p90: percentile_of(&mut regrets, 0.90) })
    }
}

/// The chance that one column lies below another, half of the ties counted.
fn chance_below(a: &[f64], b: &[f64]) -> Chance {
    let below = a.iter().zip(b).filter(|(a, b)| a < b).count();
    let ties = a.iter().zip(b).filter(|(a, b)| a == b).count();
    Chance::of(below as f64 + ties as f64 / 2.0, a.len())
}
