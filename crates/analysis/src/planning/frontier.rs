//! The frontier: the mixes for which no other costs as little and covers as much, one of the two better.

use comanage_model::diagnostic::Diagnostic;
use rayon::prelude::*;

use super::judge::{Judge, Judged};
use super::search::Progress;
use super::space::Mix;
use super::walk::{Costed, Leaf, Visitor};
use crate::compare::TIE;

/// Candidates of a walk after which those that are beaten by now are let go.
const MANY: usize = 20_000;

/// Candidates that are judged together.
const BLOCK: usize = 256;

/// The most coverage that is known for a cost: each step costs more and covers more than the one before.
#[derive(Clone, Debug, Default)]
struct Stairs(Vec<(i128, f64)>);

impl Stairs {
    /// Whether a mix that costs less covers as much.
    fn beats(&self, cost: i128, coverage: f64) -> bool {
        let cheaper = self.0.partition_point(|(of, _)| *of < cost);
        cheaper > 0 && self.0[cheaper - 1].1 >= coverage
    }

    /// A mix that costs at most so much and covers so much.
    fn add(&mut self, cost: i128, coverage: f64) {
        let up_to = self.0.partition_point(|(of, _)| *of <= cost);
        if up_to > 0 && self.0[up_to - 1].1 >= coverage {
            return;
        }
        let from = if up_to > 0 && self.0[up_to - 1].0 == cost { up_to - 1 } else { up_to };
        let until = from + self.0[from..].partition_point(|(_, of)| *of <= coverage);
        self.0.splice(from..until, [(cost, coverage)]);
    }
}

/// A mix that may be on the efficient line.
#[derive(Clone, Debug)]
struct Candidate {
    low: i128,
    high: i128,
    coverage: f64,
    mix: Mix,
}

struct Collector<'c> {
    costed: &'c Costed<'c>,
    stairs: Stairs,
    kept: Vec<Candidate>,
}

impl Visitor for Collector<'_> {
    fn skips(&mut self, least_cost: i128, most_coverage: Option<f64>, _: u32) -> bool {
        self.stairs.beats(least_cost, most_coverage.unwrap_or(0.0))
    }

    fn visit(&mut self, leaf: Leaf) {
        let bounds = self.costed.bounds(leaf.set, leaf.pattern);
        if !bounds.is_ranked {
            return;
        }
        let (low, high) = (leaf.own.saturating_add(bounds.low), leaf.own.saturating_add(bounds.high));
        let coverage = leaf.coverage.unwrap_or(0.0);
        if self.stairs.beats(low, coverage) {
            return;
        }
        self.stairs.add(high, coverage);
        self.kept.push(Candidate { low, high, coverage, mix: leaf.mix() });
        if self.kept.len() > MANY && self.kept.len().is_power_of_two() {
            self.let_go();
        }
    }
}

impl Collector<'_> {
    fn let_go(&mut self) {
        let Self { kept, stairs, .. } = self;
        kept.retain(|one| !stairs.beats(one.low, one.coverage));
    }
}

/// The frontier of all mixes, the cheapest first; of several that cost and cover the same the first.
///
/// # Errors
/// A figure that overflows.
pub fn frontier(costed: &Costed, progress: &dyn Progress) -> Result<Vec<Judged>, Diagnostic> {
    progress.pass(costed.walks().len() as u64);
    let of_walk = |walk: &(usize, Option<u32>)| {
        let mut collector = Collector { costed, stairs: Stairs::default(), kept: Vec::new() };
        costed.walk(*walk, &mut collector);
        collector.let_go();
        progress.walked(1);
        collector.kept
    };
    let mut all: Vec<Candidate> = costed.walks().par_iter().map(of_walk).flatten_iter().collect();
    let mut stairs = Stairs::default();
    all.iter().for_each(|one| stairs.add(one.high, one.coverage));
    all.retain(|one| !stairs.beats(one.low, one.coverage));
    let space = costed.judge.space;
    all.sort_by(|a, b| a.low.cmp(&b.low).then_with(|| space.order(&a.mix, &b.mix)));
    let mut judged: Vec<Judged> = Vec::new();
    for block in all.chunks(BLOCK) {
        let open: Vec<&Candidate> = block.iter().filter(|one| !stairs.beats(one.low, one.coverage)).collect();
        let of_block: Vec<Judged> =
            open.par_iter().map(|one| costed.judge.judge(&one.mix)).collect::<Result<_, _>>()?;
        for one in of_block {
            stairs.add(costed.judge.minor(one.total.0), one.coverage.unwrap_or(0.0));
            judged.push(one);
        }
    }
    Ok(undominated(costed.judge, judged))
}

/// Those that no other beats, as a comparison has it.
fn undominated(judge: &Judge, mut judged: Vec<Judged>) -> Vec<Judged> {
    let covered = |one: &Judged| one.coverage.unwrap_or(0.0);
    judged.sort_by(|a, b| a.total.cmp(&b.total).then_with(|| judge.space.order(&a.mix, &b.mix)));
    let mut found: Vec<Judged> = Vec::new();
    let mut most_of_cheaper = f64::NEG_INFINITY;
    for same in judged.chunk_by(|a, b| a.total == b.total) {
        let max = same.iter().map(covered).fold(f64::NEG_INFINITY, f64::max);
        let mut on_it: Vec<&Judged> = Vec::new();
        for one in same.iter().filter(|one| covered(one) >= max - TIE && covered(one) > most_of_cheaper + TIE) {
            if on_it.iter().all(|other| (covered(other) - covered(one)).abs() > TIE) {
                on_it.push(one);
            }
        }
        found.extend(on_it.into_iter().cloned());
        most_of_cheaper = most_of_cheaper.max(max);
    }
    found
}
