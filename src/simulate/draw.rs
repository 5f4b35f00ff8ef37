//! Draws: the values of the uncertain inputs in each sample.
//!
//! A draw is a value that one could write: rounded half away from zero to the unit of its kind, or
//! to the digits of its range if those are finer, and kept within what the key allows.

use rust_decimal::Decimal;

use super::copula::Copula;
use super::distribution::Quantile;
use super::stream::Hypercube;
use crate::diagnostic::Diagnostic;
use crate::number::round_half_away;
use crate::scenario::{About, Input, Kind, Range, Scenario};

/// An uncertain input and how it is drawn.
#[derive(Clone, Debug)]
pub struct Uncertain {
    /// The input.
    pub input: Input,
    /// Its path.
    pub path: String,
    /// Its range.
    pub range: Range,
    /// The value of exact results.
    pub exact: Decimal,
    quantile: Quantile,
    cube: Hypercube,
    digits: u32,
    least: Option<Decimal>,
    most: Option<Decimal>,
}

/// Every draw of a simulation.
#[derive(Clone, Debug)]
pub struct Draws {
    /// The inputs, by path.
    pub inputs: Vec<Uncertain>,
    copula: Copula,
    /// The places of the correlated inputs among the inputs.
    correlated: Vec<usize>,
}

impl Draws {
    /// Prepares the draws of so many samples.
    ///
    /// # Errors
    /// Correlations that no inputs can have together.
    pub fn new(scenario: &Scenario, seed: u64, samples: usize) -> Result<Self, Diagnostic> {
        let copula = Copula::new(scenario)?;
        let ranged = scenario.inputs.iter().filter_map(|(input, value, about)| {
            let range = about.range.clone()?;
            Some(Uncertain::new(scenario, input, value, about, range, seed, samples))
        });
        let mut inputs: Vec<Uncertain> = ranged.collect();
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        let place = |input: &Input| inputs.iter().position(|uncertain| uncertain.input == *input);
        let correlated = copula.inputs.iter().filter_map(place).collect();
        Ok(Self { inputs, copula, correlated })
    }

    /// The value of one input in a sample.
    pub fn value(&self, input: usize, sample: usize) -> Decimal {
        if self.correlated.contains(&input) {
            return self.sample(sample)[input];
        }
        let uncertain = &self.inputs[input];
        uncertain.value(uncertain.cube.uniform(sample))
    }

    /// The values of a sample, in the order of the inputs.
    pub fn sample(&self, sample: usize) -> Vec<Decimal> {
        let mut uniforms: Vec<f64> = self.inputs.iter().map(|input| input.cube.uniform(sample)).collect();
        if !self.correlated.is_empty() {
            let mut places: Vec<f64> = self.correlated.iter().map(|&index| uniforms[index]).collect();
            self.copula.correlate(&mut places);
            self.correlated.iter().zip(places).for_each(|(&index, place)| uniforms[index] = place);
        }
        self.inputs.iter().zip(uniforms).map(|(input, u)| input.value(u)).collect()
    }
}

impl Uncertain {
    fn new(
        scenario: &Scenario,
        input: Input,
        value: Decimal,
        about: &About,
        range: Range,
        seed: u64,
        samples: usize,
    ) -> Self {
        use rust_decimal::prelude::ToPrimitive;
        Self {
            input,
            path: about.path.clone(),
            exact: value,
            quantile: Quantile::new(&range, value.to_f64().unwrap_or(f64::NAN)),
            cube: Hypercube::of(seed, &about.path, samples),
            digits: digits(about.kind, &range, scenario.currency.digits),
            least: about.least,
            most: about.most,
            range,
        }
    }

    /// The low end, as one could write it; for a lognormal the 5th percentile.
    pub fn low(&self) -> Decimal {
        self.allowed(round_half_away(self.range.low, self.digits))
    }

    /// The high end, as one could write it; for a lognormal the 95th percentile.
    pub fn high(&self) -> Decimal {
        self.allowed(round_half_away(self.range.high, self.digits))
    }

    fn allowed(&self, value: Decimal) -> Decimal {
        let value = self.least.map_or(value, |least| value.max(least));
        self.most.map_or(value, |most| value.min(most))
    }

    /// The value at a place in (0, 1), as one could write it.
    pub fn value(&self, u: f64) -> Decimal {
        if let Quantile::Constant(_) = self.quantile {
            return self.exact;
        }
        let raw = Decimal::from_f64_retain(self.quantile.at(u)).unwrap_or(self.range.high);
        self.allowed(round_half_away(raw, self.digits))
    }
}

/// Decimals of a draw: those of its kind, or of its range if those are finer.
fn digits(kind: Kind, range: &Range, minor: u32) -> u32 {
    let unit = match kind {
        Kind::Count | Kind::Months => return 0,
        Kind::Money => minor,
        Kind::Share | Kind::Number => 4,
    };
    let written = [Some(range.low), range.likely, Some(range.high)];
    let finest = written.into_iter().flatten().map(|value| value.normalize().scale()).max();
    unit.max(finest.unwrap_or(0))
}
