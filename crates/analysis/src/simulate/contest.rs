//! Alternatives against each other, draw by draw: how often each wins, and what is lost by choosing another.

use super::statistics::{Chance, mean, percentile_of};
use crate::compare::verdict::{self, Standing};
use crate::frames::Column;

/// What is lost against the best choice of the same draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regret {
    /// Mean.
    pub mean: f64,
    /// 90th percentile.
    pub p90: f64,
}

/// Some alternatives against each other, draw by draw.
pub struct Contest {
    /// Whether an alternative takes part, by sample.
    takes_part: Vec<Column<bool>>,
    /// The least total of those that take part, in minor units; infinite where none does.
    best: Vec<f64>,
    /// How often each was the cheapest, ties in parts.
    wins: Vec<f64>,
}

impl Contest {
    /// Holds the totals of those that take part against each other.
    pub fn new(totals: &[Vec<f64>], takes_part: Vec<Column<bool>>) -> Self {
        let samples = totals.first().map_or(0, Vec::len);
        let players: Vec<usize> =
            (0..totals.len()).filter(|&index| takes_part[index].count(|takes_part| takes_part) > 0).collect();
        let is_always = players.iter().all(|&index| takes_part[index].same() == Some(true));
        let best = match is_always {
            true => min(totals, &players),
            false => (0..samples)
                .map(|sample| {
                    let there = players.iter().filter(|&&index| takes_part[index].at(sample));
                    there.map(|&index| totals[index][sample]).fold(f64::INFINITY, f64::min)
                })
                .collect(),
        };
        // Ties are counted by how many share them, so that sums do not depend on an order.
        let mut shared = vec![vec![0_u64; players.len() + 1]; totals.len()];
        for (sample, best) in best.iter().enumerate() {
            let is_winner =
                |index: usize| totals[index][sample] == *best && (is_always || takes_part[index].at(sample));
            let winners = players.iter().filter(|&&index| is_winner(index));
            let many = winners.clone().count();
            winners.for_each(|&index| shared[index][many] += 1);
        }
        let parts =
            |counts: &Vec<u64>| counts.iter().enumerate().skip(1).map(|(many, &n)| n as f64 / many as f64).sum();
        let wins = shared.iter().map(parts).collect();
        Self { takes_part, best, wins }
    }

    /// Whether an alternative takes part in any sample.
    pub fn takes_part(&self, index: usize) -> bool {
        self.takes_part[index].count(|takes_part| takes_part) > 0
    }

    /// The chance that an alternative is the cheapest of those that take part; k that tie have 1/k each.
    pub fn chance_to_win(&self, index: usize) -> Chance {
        Chance::of(self.wins[index], self.best.len())
    }

    /// The regret of an alternative over the samples in which it takes part, in units of the currency; none
    /// if there are none.
    pub fn regret(&self, totals: &[Vec<f64>], index: usize, minor: f64) -> Option<Regret> {
        let takes_part = &self.takes_part[index];
        let samples = totals[index].iter().zip(&self.best).enumerate();
        let samples = samples.filter(|(sample, _)| takes_part.at(*sample));
        let mut regrets: Vec<f64> = samples.map(|(_, (total, best))| (total - best) / minor).collect();
        if regrets.is_empty() {
            return None;
        }
        let mean = mean(&regrets);
        Some(Regret { mean, p90: percentile_of(&mut regrets, 0.90) })
    }
}

/// The chance that something holds.
pub fn chance_of(holds: &Column<bool>) -> Chance {
    Chance::of(holds.count(|holds| holds) as f64, holds.len())
}

/// The chance that something holds for none.
pub fn chance_of_none(holds: &[Column<bool>]) -> Chance {
    let samples = holds.first().map_or(0, Column::len);
    let none = (0..samples).filter(|&sample| !holds.iter().any(|holds| holds.at(sample)));
    Chance::of(none.count() as f64, samples)
}

/// The least total of some alternatives, by sample.
pub fn min(totals: &[Vec<f64>], of: &[usize]) -> Vec<f64> {
    let samples = totals.first().map_or(0, Vec::len);
    let min = |sample: usize| of.iter().map(|&index| totals[index][sample]).fold(f64::INFINITY, f64::min);
    (0..samples).map(min).collect()
}

/// Whether each alternative may be called the cheapest, by sample ([`verdict::may_be_cheapest`]).
pub fn may_be_cheapest(standing: &[&Column<Standing>]) -> Vec<Column<bool>> {
    let is_any_useful = standing.iter().any(|of| of.same().is_some_and(|standing| standing.is_useful));
    if is_any_useful {
        return standing.iter().map(|of| of.map(|of| of.is_useful & of.price.is_ranked())).collect();
    }
    let samples = standing.first().map_or(0, |of| of.len());
    let mut may_be = vec![Vec::with_capacity(samples); standing.len()];
    for sample in 0..samples {
        let of_sample: Vec<Standing> = standing.iter().map(|of| of.at(sample)).collect();
        may_be.iter_mut().zip(verdict::may_be_cheapest(&of_sample)).for_each(|(of, may_be)| of.push(may_be));
    }
    may_be.into_iter().map(Column::of).collect()
}
