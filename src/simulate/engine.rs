//! The samples: what every alternative costs under every draw.
//!
//! Blocks of samples run through programs over lanes ([`crate::lanes`]); a sample whose decisions no
//! program holds for gets a program of its own way, and what lanes cannot do is left to decimals.
//! All of them give the same cents.

use std::sync::{Arc, RwLock};

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::draw::Draws;
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Shared, ledger_of};
use crate::lanes::{LANES, Program, Wanted, compile};
use crate::money::Money;
use crate::scenario::Scenario;
use crate::totals;
use crate::trace::{Traced, record};

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
    programs: Vec<RwLock<Programs>>,
}

/// The programs so far, and whether more can be made.
#[derive(Default)]
struct Programs {
    made: Vec<Arc<Program>>,
    is_unsupported: bool,
}

/// The figures of an alternative, by sample.
struct Column {
    totals: Vec<f64>,
    present_values: Vec<f64>,
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
        let discounts = (0..=scenario.term_months).map(|month| rate.powf(-f64::from(month) / 12.0));
        let programs = scenario.alternatives.iter().map(|_| RwLock::default());
        Self { scenario, draws, discounts: discounts.collect(), programs: programs.collect() }
    }

    /// Evaluates some samples.
    fn piece(&self, from: usize, to: usize) -> Result<Piece, Diagnostic> {
        let drawn: Vec<Vec<f64>> = (from..to).map(|sample| self.draws.numerators(sample)).collect();
        let mut piece = Piece { totals: Vec::new(), present_values: Vec::new(), by_decimals: 0 };
        for alternative in 0..self.scenario.alternatives.len() {
            let mut column = Column { totals: vec![0.0; to - from], present_values: vec![0.0; to - from] };
            let mut left: Vec<usize> = (0..to - from).collect();
            let mut tried = 0;
            while let Some(&first) = left.first() {
                let Some(program) = self.program(alternative, tried, from + first) else { break };
                tried += 1;
                left = self.run_program(&program, &drawn, &left, &mut column);
            }
            piece.by_decimals += left.len();
            for index in left {
                self.by_decimals(alternative, from + index, index, &mut column)?;
            }
            piece.totals.push(column.totals);
            piece.present_values.push(column.present_values);
        }
        Ok(piece)
    }

    /// The program of an alternative by its number; where there is none so far, one that holds for a
    /// sample. Which program serves a sample changes nothing in what comes out.
    fn program(&self, alternative: usize, number: usize, sample: usize) -> Option<Arc<Program>> {
        let of_alternative = &self.programs[alternative];
        {
            let programs = of_alternative.read().ok()?;
            if let Some(program) = programs.made.get(number) {
                return Some(Arc::clone(program));
            }
            if programs.is_unsupported || programs.made.len() >= MOST_PROGRAMS {
                return None;
            }
        }
        let made = self.make(alternative, sample);
        let mut programs = of_alternative.write().ok()?;
        match made {
            None => programs.is_unsupported = true,
            Some(program) => programs.made.push(Arc::new(program)),
        }
        programs.made.get(number).map(Arc::clone)
    }

    /// A program for the way that a sample goes in an alternative.
    fn make(&self, alternative: usize, sample: usize) -> Option<Program> {
        let scenario = self.sampled(sample);
        let (wanted, record) = record(|| wanted(&scenario, alternative).ok());
        let inputs = self.draws.lane_inputs();
        compile(&record, &inputs, &wanted?, &self.discounts, scenario.currency.digits).ok()
    }

    fn sampled(&self, sample: usize) -> Scenario {
        let mut scenario = self.scenario.clone();
        let values = self.draws.sample(sample);
        self.draws.inputs.iter().zip(values).for_each(|(input, value)| scenario.inputs.set(input.input, value));
        scenario
    }

    /// Runs a program over samples and returns those that it does not hold for.
    fn run_program(&self, program: &Program, drawn: &[Vec<f64>], samples: &[usize], column: &mut Column) -> Vec<usize> {
        let minor = 10_f64.powi(self.scenario.currency.digits as i32);
        let mut arena = program.arena();
        let mut left = Vec::new();
        for block in samples.chunks(LANES) {
            // Lanes beyond the samples repeat the last one.
            let of_lane = |lane: usize| &drawn[block[lane.min(block.len() - 1)]];
            let inputs: Vec<[f64; LANES]> =
                (0..self.draws.inputs.len()).map(|input| std::array::from_fn(|lane| of_lane(lane)[input])).collect();
            let outcome = program.run(&inputs, &mut arena);
            for (lane, &sample) in block.iter().enumerate() {
                if outcome.holds[lane] {
                    column.totals[sample] = outcome.totals[lane];
                    column.present_values[sample] = outcome.present_values[lane] / minor;
                } else {
                    left.push(sample);
                }
            }
        }
        left
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

/// The amounts of an alternative's ledger, each with its months.
fn wanted(scenario: &Scenario, alternative: usize) -> Result<Wanted, Diagnostic> {
    let shared = Shared::<Traced>::new(scenario)?;
    let (_, ledger, _) = ledger_of(scenario, &scenario.alternatives[alternative], &shared)?;
    let mut amounts: Vec<(Traced, Vec<u32>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for line in &ledger.lines {
        let place = *places.entry(line.amount).or_insert(amounts.len());
        if place == amounts.len() {
            amounts.push((line.amount, Vec::new()));
        }
        amounts[place].1.push(line.month);
    }
    Ok(Wanted { amounts })
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
