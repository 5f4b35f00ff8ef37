//! The samples: what every alternative costs under every draw.

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::draw::Draws;
use crate::diagnostic::Diagnostic;
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
    /// Cumulative cost by month from 0, in units of the currency, of the first samples:
    /// `[alternative][month][sample]`.
    pub cumulative: Vec<Vec<Vec<f64>>>,
}

/// Samples whose months are kept for bands.
pub const BAND_SAMPLES: usize = 4_096;

/// Samples that are worked on together.
const BLOCK: usize = 1_024;

/// What one sample comes to, by alternative.
struct Sample {
    totals: Vec<f64>,
    present_values: Vec<f64>,
    cumulative: Vec<Vec<f64>>,
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
    let alternatives = scenario.alternatives.len();
    let mut columns = Columns {
        totals: vec![Vec::with_capacity(samples); alternatives],
        present_values: vec![Vec::with_capacity(samples); alternatives],
        cumulative: vec![vec![Vec::new(); scenario.term_months as usize + 1]; alternatives],
    };
    let wave = BLOCK * rayon::current_num_threads().max(1) * 4;
    let mut from = 0;
    while from < samples {
        let to = (from + wave).min(samples);
        let blocks: Vec<usize> = (from..to).step_by(BLOCK).collect();
        let done: Vec<Result<Vec<Sample>, Diagnostic>> =
            blocks.par_iter().map(|&first| block(scenario, draws, first..(first + BLOCK).min(to))).collect();
        for block in done {
            block?.into_iter().for_each(|sample| columns.push(sample));
        }
        if !progress(to - from) {
            return Ok(None);
        }
        from = to;
    }
    Ok(Some(columns))
}

impl Columns {
    fn push(&mut self, sample: Sample) {
        let keeps_months = self.totals.first().is_some_and(|column| column.len() < BAND_SAMPLES);
        for (column, value) in self.totals.iter_mut().zip(sample.totals) {
            column.push(value);
        }
        for (column, value) in self.present_values.iter_mut().zip(sample.present_values) {
            column.push(value);
        }
        if keeps_months {
            for (months, values) in self.cumulative.iter_mut().zip(sample.cumulative) {
                months.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
            }
        }
    }
}

fn block(scenario: &Scenario, draws: &Draws, samples: std::ops::Range<usize>) -> Result<Vec<Sample>, Diagnostic> {
    let mut drawn = scenario.clone();
    let one = |sample| {
        let values = draws.sample(sample);
        draws.inputs.iter().zip(&values).for_each(|(input, value)| drawn.inputs.set(input.input, *value));
        let months = totals::monthly(&drawn).map_err(|problem| refuse(problem, draws, &values, sample))?;
        Ok(Sample::new(scenario, &months))
    };
    samples.map(one).collect()
}

impl Sample {
    fn new(scenario: &Scenario, alternatives: &[Vec<Money>]) -> Self {
        let minor = Decimal::from(10_u64.pow(scenario.currency.digits));
        let total = |months: &Vec<Money>| {
            let sum: Decimal = months.iter().map(|month| month.0).sum();
            (sum * minor).to_f64().unwrap_or(f64::NAN)
        };
        let cumulative = |months: &Vec<Money>| {
            let mut sum = Decimal::ZERO;
            let running = months.iter().map(|month| {
                sum += month.0;
                sum.to_f64().unwrap_or(f64::NAN)
            });
            running.collect()
        };
        Self {
            totals: alternatives.iter().map(total).collect(),
            present_values: alternatives.iter().map(|months| crate::compare::discount(scenario, months)).collect(),
            cumulative: alternatives.iter().map(cumulative).collect(),
        }
    }
}

/// A sample that is refused stops the run, naming the sample and its values.
fn refuse(problem: Diagnostic, draws: &Draws, values: &[Decimal], sample: usize) -> Diagnostic {
    let drawn: Vec<String> =
        draws.inputs.iter().zip(values).map(|(input, value)| format!("{} = {value}", input.path)).collect();
    let message = format!("sample {sample} cannot be evaluated: {} ({})", problem.message, drawn.join(", "));
    Diagnostic { message, ..problem }
}
