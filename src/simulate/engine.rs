//! The samples: what every alternative costs under every draw.
//!
//! Blocks of samples run through programs over lanes ([`crate::lanes`]); a sample whose decisions no
//! program holds for gets a program of its own way, and what lanes cannot do is left to decimals.
//! All of them give the same cents.

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::draw::Draws;
use crate::diagnostic::Diagnostic;
use crate::lanes::{Column, LANES, Runner};
use crate::money::Money;
use crate::scenario::Scenario;
use crate::totals;

/// Columns of figures, by alternative and then by sample.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Term totals, in minor units.
    pub totals: Vec<Vec<f64>>,
    /// Present values, in units of the currency.
    pub present_values: Vec<Vec<f64>>,
    /// Samples that were left to decimals.
    pub by_decimals: usize,
}

/// Ways of an evaluation that get a program; what goes yet another way is left to decimals.
const MOST_PROGRAMS: usize = 64;

/// Blocks of lanes that one piece of work has.
const BLOCKS: usize = 16;

/// What runs the samples of a scenario.
struct Engine<'a> {
    scenario: &'a Scenario,
    draws: &'a Draws,
    discounts: Vec<f64>,
    /// By alternative: each goes few ways of its own, together they would go very many.
    runners: Vec<Runner>,
}

/// What a piece of work came to, `[alternative][sample]`.
struct Piece {
    totals: Vec<Vec<f64>>,
    present_values: Vec<Vec<f64>>,
    by_decimals: usize,
}

/// Evaluates every sample; `progress` is told how many more are done, and says whether to go on.
///
/// # Errors
/// The first sample, in their order, that is refused, with its values.
pub fn run(
    scenario: &Scenario,
    draws: &Draws,
    samples: usize,
    progress: &(dyn Fn(usize) -> bool + Sync),
) -> Result<Option<Columns>, Diagnostic> {
    let engine = Engine::new(scenario, draws);
    let alternatives = scenario.alternatives.len();
    let mut columns = Columns {
        totals: vec![Vec::with_capacity(samples); alternatives],
        present_values: vec![Vec::with_capacity(samples); alternatives],
        by_decimals: 0,
    };
    let size = LANES * BLOCKS;
    let wave = size * rayon::current_num_threads().max(1) * 8;
    let mut from = 0;
    while from < samples {
        let to = (from + wave).min(samples);
        let firsts: Vec<usize> = (from..to).step_by(size).collect();
        let done: Vec<Result<Piece, Diagnostic>> =
            firsts.par_iter().map(|&first| engine.piece(first, (first + size).min(to))).collect();
        for piece in done {
            columns.append(piece?);
        }
        if !progress(to - from) {
            return Ok(None);
        }
        from = to;
    }
    Ok(Some(columns))
}

impl Columns {
    fn append(&mut self, piece: Piece) {
        self.by_decimals += piece.by_decimals;
        self.totals.iter_mut().zip(piece.totals).for_each(|(column, part)| column.extend(part));
        self.present_values.iter_mut().zip(piece.present_values).for_each(|(column, part)| column.extend(part));
    }
}

impl<'a> Engine<'a> {
    fn new(scenario: &'a Scenario, draws: &'a Draws) -> Self {
        let rate = 1.0 + scenario.f64(scenario.discount_rate);
        let discounts: Vec<f64> = (0..=scenario.term_months).map(|month| rate.powf(-f64::from(month) / 12.0)).collect();
        let runner = |alternative| Runner::new(alternative, draws.lane_inputs(), discounts.clone(), MOST_PROGRAMS);
        let runners = (0..scenario.alternatives.len()).map(runner).collect();
        Self { scenario, draws, discounts, runners }
    }

    /// Evaluates some samples.
    fn piece(&self, from: usize, to: usize) -> Result<Piece, Diagnostic> {
        let drawn: Vec<Vec<f64>> = (from..to).map(|sample| self.draws.numerators(sample)).collect();
        let mut piece = Piece { totals: Vec::new(), present_values: Vec::new(), by_decimals: 0 };
        let minor = 10_f64.powi(self.scenario.currency.digits as i32);
        for (alternative, runner) in self.runners.iter().enumerate() {
            let mut column = runner.run(&drawn, |index| self.sampled(from + index));
            column.present_values.iter_mut().for_each(|value| *value /= minor);
            piece.by_decimals += column.left.len();
            for index in std::mem::take(&mut column.left) {
                self.by_decimals(alternative, from + index, index, &mut column)?;
            }
            piece.totals.push(column.totals);
            piece.present_values.push(column.present_values);
        }
        Ok(piece)
    }

    fn sampled(&self, sample: usize) -> Scenario {
        let mut scenario = self.scenario.clone();
        let values = self.draws.sample(sample);
        self.draws.inputs.iter().zip(values).for_each(|(input, value)| scenario.inputs.set(input.input, value));
        scenario
    }

    fn by_decimals(
        &self,
        alternative: usize,
        sample: usize,
        index: usize,
        column: &mut Column,
    ) -> Result<(), Diagnostic> {
        let scenario = self.sampled(sample);
        let months = totals::monthly_of(&scenario, &[alternative]).map_err(|problem| self.refuse(problem, sample))?;
        let months = &months[0];
        let minor = Decimal::from(10_u64.pow(scenario.currency.digits));
        let sum: Decimal = months.iter().map(|month| month.0).sum();
        column.totals[index] = (sum * minor).to_f64().unwrap_or(f64::NAN);
        column.present_values[index] = self.discount(months);
        Ok(())
    }

    fn discount(&self, months: &[Money]) -> f64 {
        let discounted = months.iter().zip(&self.discounts);
        discounted.map(|(month, discount)| month.0.to_f64().unwrap_or(f64::NAN) * discount).sum()
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

/// Cumulative cost by month from 0 of some alternatives and samples, by decimals:
/// `[alternative][month][sample]`, in the order of the alternatives asked for.
///
/// # Errors
/// A sample that is refused.
pub fn cumulative(
    scenario: &Scenario,
    draws: &Draws,
    samples: usize,
    alternatives: &[usize],
) -> Result<Vec<Vec<Vec<f64>>>, Diagnostic> {
    let engine = Engine::new(scenario, draws);
    let of_sample = |sample: usize| {
        let drawn = engine.sampled(sample);
        let months = totals::monthly_of(&drawn, alternatives);
        months.map_err(|problem| engine.refuse(problem, sample))
    };
    let months: Result<Vec<Vec<totals::Months>>, Diagnostic> = (0..samples).into_par_iter().map(of_sample).collect();
    let months = months?;
    let of = |alternative: usize| {
        let mut columns = vec![Vec::with_capacity(samples); scenario.term_months as usize + 1];
        for sample in &months {
            let mut sum = Decimal::ZERO;
            for (month, amount) in sample[alternative].iter().enumerate() {
                sum += amount.0;
                columns[month].push(sum.to_f64().unwrap_or(f64::NAN));
            }
        }
        columns
    };
    Ok((0..alternatives.len()).map(of).collect())
}
