//! The samples: what every alternative costs under every draw.
//!
//! Blocks of samples run through compiled programs ([`comanage_expr::tape`]); a sample that takes
//! another path gets a program of its own, and what cannot be compiled is evaluated with decimals.
//! All of them give the same cents.

use rayon::prelude::*;
use rust_decimal::prelude::ToPrimitive;
use std::collections::HashMap;

use super::draw::Draws;
use crate::compare::budget::Limits;
use crate::compare::{discount_factors, work_share};
use crate::frames::{Judge, Judged};
use crate::traced;
use comanage_expr::tape::{Discounts, LANES, OutputSpec, ProgramCache, Results};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;
use comanage_model::totals::{Priced, priced};

/// Columns of figures, by alternative and then by sample.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// What each alternative covers and does, and what it may be called.
    pub judged: Vec<Judged>,
    /// Term totals, in minor units.
    pub totals: Vec<Vec<f64>>,
    /// Present values, in units of the currency, until they are summed up.
    pub present_values: Vec<Vec<f64>>,
    /// Samples that were evaluated with decimals.
    pub by_decimals: usize,
}

/// Execution paths of an alternative that get a program; the rest is evaluated with decimals.
const MAX_PROGRAMS: usize = 64;

/// Blocks of lanes that one piece of work has.
const BLOCKS: usize = 16;

/// What runs the samples of a scenario.
struct Engine<'a> {
    judge: Judge,
    scenario: &'a Scenario,
    draws: &'a Draws,
    spec: OutputSpec,
    programs: ProgramCache,
    /// How present values are made; none where they are not kept.
    rate: Option<Rate>,
}

/// The discount rate of samples.
enum Rate {
    /// The same in total: the weights of months.
    Fixed(Vec<f64>),
    /// Drawn: its place among the draws.
    Drawn(usize),
}

impl Rate {
    fn of(scenario: &Scenario, draws: &Draws) -> Self {
        match draws.inputs.iter().position(|input| input.input == scenario.discount_rate) {
            Some(input) => Self::Drawn(input),
            None => Self::Fixed(discount_factors(scenario.f64(scenario.discount_rate), scenario.term_months)),
        }
    }
}

/// What months weigh, in some samples.
enum Weights<'a> {
    /// The same for every sample.
    Same(&'a [f64]),
    /// Those of each sample.
    Each(Vec<Vec<f64>>),
}

impl Weights<'_> {
    fn of(&self, index: usize) -> &[f64] {
        match self {
            Self::Same(weights) => weights,
            Self::Each(weights) => &weights[index],
        }
    }
}

/// What a piece of work came to, `[alternative][sample]`.
#[derive(Default)]
struct Piece {
    judged: Vec<Judged>,
    totals: Vec<Vec<f64>>,
    present_values: Vec<Vec<f64>>,
    by_decimals: usize,
}

/// Which figures of the samples are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    /// Term totals.
    Totals,
    /// Present values.
    PresentValues,
    /// Both.
    Both,
}

/// Evaluates every sample; `progress` is reported how many more are done, and says whether to go on.
///
/// # Errors
/// The first sample, in their order, that is refused, with its values.
pub fn run(
    scenario: &Scenario,
    draws: &Draws,
    samples: usize,
    figures: Figures,
    progress: &(dyn Fn(usize) -> bool + Sync),
) -> Result<Option<Columns>, Diagnostic> {
    let alternatives = scenario.alternatives.len();
    let rate = (figures != Figures::Totals).then(|| Rate::of(scenario, draws));
    let is_judged = figures != Figures::PresentValues;
    let mut spec =
        OutputSpec { digits: scenario.currency.digits, ratios: is_judged, parts: is_judged, ..OutputSpec::default() };
    match &rate {
        None => {}
        Some(Rate::Fixed(weights)) => {
            let scale = 10_f64.powi(scenario.currency.digits as i32);
            spec.discounts = Some(Discounts { scale, weights: weights.clone() });
        }
        Some(Rate::Drawn(_)) => spec.periods = scenario.term_months as usize + 1,
    }
    if is_judged && Limits::of(scenario).is_some_and(|limits| limits.is_by_month()) {
        spec.periods = scenario.term_months as usize + 1;
    }
    let engine = Engine { rate, ..Engine::new(scenario, draws, (0..alternatives).collect(), spec) };
    let mut columns = Columns::default();
    columns.totals.resize_with(alternatives, Vec::new);
    columns.present_values.resize_with(alternatives, Vec::new);
    columns.judged.resize_with(alternatives, Judged::default);
    let size = LANES * BLOCKS;
    let wave = size * rayon::current_num_threads().max(1) * 8;
    columns.reserve(samples, figures);
    let mut from = 0;
    while from < samples {
        let to = (from + wave).min(samples);
        let firsts: Vec<usize> = (from..to).step_by(size).collect();
        let done: Vec<Result<Piece, Diagnostic>> =
            firsts.par_iter().map(|&first| engine.piece(first, (first + size).min(to))).collect();
        for piece in done {
            columns.append(piece?, figures);
        }
        if !progress(to - from) {
            return Ok(None);
        }
        from = to;
    }
    Ok(Some(columns))
}

impl Columns {
    fn reserve(&mut self, samples: usize, figures: Figures) {
        if figures != Figures::PresentValues {
            self.totals.iter_mut().for_each(|column| column.reserve_exact(samples));
        }
        if figures != Figures::Totals {
            self.present_values.iter_mut().for_each(|column| column.reserve_exact(samples));
        }
    }

    fn append(&mut self, piece: Piece, figures: Figures) {
        self.by_decimals += piece.by_decimals;
        self.judged.iter_mut().zip(piece.judged).for_each(|(own, more)| own.append(more));
        if figures != Figures::PresentValues {
            self.totals.iter_mut().zip(piece.totals).for_each(|(column, part)| column.extend(part));
        }
        if figures != Figures::Totals {
            self.present_values.iter_mut().zip(piece.present_values).for_each(|(column, part)| column.extend(part));
        }
    }
}

impl<'a> Engine<'a> {
    fn new(scenario: &'a Scenario, draws: &'a Draws, alternatives: Vec<usize>, spec: OutputSpec) -> Self {
        let programs = ProgramCache::new(alternatives, draws.lane_inputs(), spec.clone(), MAX_PROGRAMS);
        Self { judge: Judge::new(scenario, &draws.lane_inputs()), scenario, draws, spec, programs, rate: None }
    }

    /// Evaluates some samples, whose drawn values are given by input, by compiled programs; the fallback is
    /// for decimals.
    fn columns(&self, from: usize, drawn: &[Vec<f64>], count: usize) -> Vec<Results> {
        let trace = |row: usize, groups: &[usize]| traced::outputs(&self.sampled(from + row), groups, &self.spec);
        self.programs.run(drawn, count, &trace)
    }

    /// Evaluates some samples.
    fn piece(&self, from: usize, to: usize) -> Result<Piece, Diagnostic> {
        let drawn = self.draws.columns(from, to);
        let frames = self.spec.has_ratio().then(|| self.judge.frames(self.scenario, &drawn, to - from));
        let weights = self.weights(from, to);
        let mut piece = Piece::default();
        for (alternative, mut column) in self.columns(from, &drawn, to - from).into_iter().enumerate() {
            piece.by_decimals += column.fallback.len();
            if let Some(Rate::Drawn(_)) = self.rate {
                column.present_values = self.discounted(&weights, &column.periods);
            }
            let mut exact_months = HashMap::new();
            for index in std::mem::take(&mut column.fallback) {
                let Priced { months, work: (done, to_do), .. } = self.by_decimals(alternative, from + index)?;
                column.totals[index] = months.iter().map(|month| self.minor_units(*month)).sum();
                if let Some(value) = column.present_values.get_mut(index) {
                    let months = months.iter().map(|month| self.minor_units(*month));
                    *value = self.present_value(weights.of(index), months);
                }
                if let Some(share) = column.ratios.get_mut(index) {
                    *share = work_share(done, to_do).unwrap_or(f64::NAN);
                }
                exact_months.insert(index, months.iter().map(|month| self.minor_units(*month)).collect());
            }
            let keeps = frames.as_ref().map(|frames| frames.keep_budget(&column, &exact_months));
            piece.totals.push(std::mem::take(&mut column.totals));
            piece.present_values.push(std::mem::take(&mut column.present_values));
            if let Some((frames, keeps)) = frames.as_ref().zip(keeps) {
                let exact = |index: usize| self.by_decimals(alternative, from + index);
                piece.judged.push(frames.judge(alternative, column, &keeps, exact)?);
            }
        }
        Ok(piece)
    }

    /// What months weigh in the present values of some samples. A drawn rate costs a power for each month of
    /// each sample, so that is worked out once for all alternatives.
    fn weights(&self, from: usize, to: usize) -> Weights<'_> {
        match &self.rate {
            None => Weights::Same(&[]),
            Some(Rate::Fixed(weights)) => Weights::Same(weights),
            Some(Rate::Drawn(input)) => {
                let rate = |sample: usize| self.draws.value(*input, sample).to_f64().unwrap_or(f64::NAN);
                let of = |sample: usize| discount_factors(rate(sample), self.scenario.term_months);
                Weights::Each((from..to).map(of).collect())
            }
        }
    }

    /// The present values of some samples, from their totals by month and then by sample.
    fn discounted(&self, weights: &Weights, months: &[Vec<f64>]) -> Vec<f64> {
        let samples = months.first().map_or(0, Vec::len);
        let of = |index: usize| self.present_value(weights.of(index), months.iter().map(|month| month[index]));
        (0..samples).map(of).collect()
    }

    /// The present value of months in minor units.
    fn present_value(&self, weights: &[f64], months: impl Iterator<Item = f64>) -> f64 {
        let minor = 10_f64.powi(self.scenario.currency.digits as i32);
        months.zip(weights).map(|(month, weight)| month / minor * weight).sum()
    }

    /// Whole minor units.
    fn minor_units(&self, amount: Money) -> f64 {
        amount.minor_units(self.scenario.currency) as f64
    }

    fn sampled(&self, sample: usize) -> Scenario {
        let mut scenario = self.scenario.clone();
        let values = self.draws.sample(sample);
        self.draws.inputs.iter().zip(values).for_each(|(input, value)| scenario.inputs.set(input.input, value));
        scenario
    }

    /// What decides about an alternative in a sample.
    fn by_decimals(&self, alternative: usize, sample: usize) -> Result<Priced, Diagnostic> {
        priced(&self.sampled(sample), alternative).map_err(|problem| self.refuse(problem, sample))
    }

    /// A sample that is refused stops the run, naming the sample and its values.
    fn refuse(&self, problem: Diagnostic, sample: usize) -> Diagnostic {
        let values = self.draws.sample(sample);
        let drawn: Vec<String> =
            self.draws.inputs.iter().zip(values).map(|(input, value)| format!("{} = {value}", input.path)).collect();
        let message = format!("sample {sample} cannot be evaluated: {} ({})", problem.message, drawn.join(", "));
        Diagnostic { message, ..problem }
    }
}

/// Cumulative cost by month from 0 of some alternatives and samples: `[alternative][month][sample]`,
/// in the order of the alternatives asked for.
///
/// # Errors
/// A sample that is refused.
pub fn cumulative(
    scenario: &Scenario,
    draws: &Draws,
    samples: usize,
    alternatives: &[usize],
) -> Result<Vec<Vec<Vec<f64>>>, Diagnostic> {
    let months = scenario.term_months as usize + 1;
    let spec = OutputSpec { digits: scenario.currency.digits, periods: months, ..OutputSpec::default() };
    let engine = Engine::new(scenario, draws, alternatives.to_vec(), spec);
    let minor = 10_f64.powi(scenario.currency.digits as i32);
    let of = |(&alternative, mut column): (&usize, Results)| {
        for sample in std::mem::take(&mut column.fallback) {
            for (month, amount) in engine.by_decimals(alternative, sample)?.months.into_iter().enumerate() {
                column.periods[month][sample] = engine.minor_units(amount);
            }
        }
        // Sums of whole minor units are exact.
        let mut sums = vec![0.0; samples];
        for month in &mut column.periods {
            sums.iter_mut().zip(month).for_each(|(sum, amount)| {
                *sum += *amount;
                *amount = *sum / minor;
            });
        }
        Ok(column.periods)
    };
    let results = engine.columns(0, &draws.columns(0, samples), samples);
    alternatives.iter().zip(results).map(of).collect()
}
