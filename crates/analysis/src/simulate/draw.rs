//! Draws: the values of the uncertain inputs in each sample.
//!
//! A draw is a value that one could write: rounded half away from zero to the unit of its kind, or
//! to the digits of its range if those are finer, and kept within what the key allows.

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::copula::Copula;
use super::distribution::{Quantile, normal_quantile};
use super::sampling::{Places, Sampling};
use comanage_expr::number::round_half_away;
use comanage_expr::tape::LaneInput;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Distribution, Input, InputInfo, Range, Scenario};

/// An uncertain input and how it is drawn.
#[derive(Clone, Debug)]
pub struct Uncertain {
    /// Its place among the inputs of the scenario.
    pub input: Input,
    /// Its dotted path.
    pub path: String,
    /// The range that it is drawn from.
    pub range: Range,
    /// The value of exact results.
    pub exact: Decimal,
    quantile: Quantile,
    places: Places,
    digits: u32,
    /// Units in one: 10 to the power of the digits.
    scale: f64,
    /// What the key and, where it has ends, the distribution allow, as whole numbers of the unit.
    bounds: (f64, f64),
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
    /// Prepares the draws of this many samples.
    ///
    /// # Errors
    /// Correlations that no inputs can have together.
    pub fn new(scenario: &Scenario, seed: u64, samples: usize, sampling: Sampling) -> Result<Self, Diagnostic> {
        let copula = Copula::new(scenario)?;
        let ranged = scenario.inputs.iter().filter_map(|(input, value, about)| {
            let range = about.range.clone()?;
            let places = Places::of(sampling, seed, &about.path, samples);
            Some(Uncertain::new(scenario, input, value, about, range, places))
        });
        let mut inputs: Vec<Uncertain> = ranged.collect();
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        let place = |input: &Input| inputs.iter().position(|uncertain| uncertain.input == *input);
        let correlated = copula.inputs.iter().filter_map(place).collect();
        Ok(Self { inputs, copula, correlated })
    }

    /// The values of some inputs in all samples, by input, as whole numbers of their units. Correlated
    /// inputs are worked out together: each depends on those before it.
    pub fn inputs_drawn(&self, inputs: std::ops::Range<usize>, samples: usize) -> Vec<Vec<f64>> {
        let correlated: Vec<(usize, usize)> = self.correlated.iter().copied().enumerate().collect();
        let here: Vec<(usize, usize)> = correlated.into_iter().filter(|(_, input)| inputs.contains(input)).collect();
        let alone = |input: usize| {
            let of = &self.inputs[input];
            (0..samples).into_par_iter().map(|sample| of.numerator(of.places.uniform(sample))).collect()
        };
        let is_alone = |input: &usize| here.iter().all(|(_, other)| other != input);
        let mut columns: Vec<Vec<f64>> =
            inputs.clone().map(|input| if is_alone(&input) { alone(input) } else { vec![0.0; samples] }).collect();
        let Some(last) = here.iter().map(|(place, _)| *place).max() else { return columns };
        const PIECE: usize = 1_024;
        let piece = |piece: usize| {
            let mut values = vec![Vec::with_capacity(PIECE); here.len()];
            let mut normals = Vec::with_capacity(last + 1);
            for sample in piece * PIECE..((piece + 1) * PIECE).min(samples) {
                normals.clear();
                let first = self.correlated[..=last].iter().map(|&input| self.inputs[input].places.uniform(sample));
                normals.extend(first.map(normal_quantile));
                for (values, &(place, input)) in values.iter_mut().zip(&here) {
                    values.push(self.inputs[input].numerator(self.copula.uniform(place, &normals)));
                }
            }
            values
        };
        let pieces: Vec<Vec<Vec<f64>>> = (0..samples.div_ceil(PIECE)).into_par_iter().map(piece).collect();
        for (number, values) in pieces.into_iter().enumerate() {
            for (&(_, input), values) in here.iter().zip(values) {
                columns[input - inputs.start][number * PIECE..][..values.len()].copy_from_slice(&values);
            }
        }
        columns
    }

    /// The value of one input in a sample.
    pub fn value(&self, input: usize, sample: usize) -> Decimal {
        let uncertain = &self.inputs[input];
        match self.correlated.contains(&input) {
            true => uncertain.decimal(self.numerators(sample)[input]),
            false => uncertain.decimal(uncertain.numerator(uncertain.places.uniform(sample))),
        }
    }

    /// The values of a sample, in the order of the inputs.
    pub fn sample(&self, sample: usize) -> Vec<Decimal> {
        self.inputs.iter().zip(self.numerators(sample)).map(|(input, numerator)| input.decimal(numerator)).collect()
    }

    /// The inputs as compiled programs take them.
    pub fn lane_inputs(&self) -> Vec<LaneInput> {
        let lane = |input: &Uncertain| {
            let (min, max) = input.bounds;
            LaneInput { input: input.input, digits: input.digits, min: min as i128, max: max as i128 }
        };
        self.inputs.iter().map(lane).collect()
    }

    /// The values of some samples by input, as whole numbers of their units.
    pub fn columns(&self, from: usize, to: usize) -> Vec<Vec<f64>> {
        let column =
            |input: &Uncertain| (from..to).map(|sample| input.numerator(input.places.uniform(sample))).collect();
        let mut columns: Vec<Vec<f64>> = self.inputs.iter().map(column).collect();
        if !self.correlated.is_empty() {
            for sample in from..to {
                let values = self.numerators(sample);
                self.correlated.iter().for_each(|&input| columns[input][sample - from] = values[input]);
            }
        }
        columns
    }

    /// The values of a sample as whole numbers of their units.
    pub fn numerators(&self, sample: usize) -> Vec<f64> {
        let mut uniforms: Vec<f64> = self.inputs.iter().map(|input| input.places.uniform(sample)).collect();
        if !self.correlated.is_empty() {
            let mut places: Vec<f64> = self.correlated.iter().map(|&index| uniforms[index]).collect();
            self.copula.correlate(&mut places);
            self.correlated.iter().zip(places).for_each(|(&index, place)| uniforms[index] = place);
        }
        self.inputs.iter().zip(uniforms).map(|(input, u)| input.numerator(u)).collect()
    }
}

impl Uncertain {
    fn new(scenario: &Scenario, input: Input, value: Decimal, about: &InputInfo, range: Range, places: Places) -> Self {
        let digits = range.digits_drawn(about.kind, scenario.currency);
        let quantile = Quantile::new(&range, value.to_f64().unwrap_or(f64::NAN));
        Self {
            input,
            path: about.path.clone(),
            exact: value,
            bounds: bounds(about, &range, &quantile, value, digits),
            quantile,
            places,
            digits,
            scale: 10_f64.powi(digits as i32),
            range,
        }
    }

    /// The low end, as one could write it; for a lognormal the 5th percentile.
    pub fn low(&self) -> Decimal {
        self.decimal(self.allowed(numerator(self.range.low, self.digits)))
    }

    /// The high end, as one could write it; for a lognormal the 95th percentile.
    pub fn high(&self) -> Decimal {
        self.decimal(self.allowed(numerator(self.range.high, self.digits)))
    }

    /// The value at a place in (0, 1) as a whole number of its unit, rounded half away from zero.
    fn numerator(&self, u: f64) -> f64 {
        if let Quantile::Constant(_) = self.quantile {
            return numerator(self.exact, self.digits);
        }
        self.allowed((self.quantile.at(u) * self.scale).round())
    }

    fn allowed(&self, numerator: f64) -> f64 {
        numerator.max(self.bounds.0).min(self.bounds.1)
    }

    /// A whole number of the unit as a value.
    fn decimal(&self, numerator: f64) -> Decimal {
        Decimal::from_i128_with_scale(numerator as i128, self.digits)
    }
}

/// A value as a whole number of its unit, rounded half away from zero.
fn numerator(value: Decimal, digits: u32) -> f64 {
    units(round_half_away(value, digits), digits)
}

/// A value with at most these decimal places, as a whole number of the last.
fn units(value: Decimal, digits: u32) -> f64 {
    let power = 10_i128.pow(digits.saturating_sub(value.scale()));
    value.mantissa().saturating_mul(power) as f64
}

/// What a draw may be: within what the key allows and within the range, a lognormal within what a place in
/// (0, 1) gives in doubles. A range in which nothing lies that could be drawn is refused when it is read.
fn bounds(about: &InputInfo, range: &Range, quantile: &Quantile, value: Decimal, digits: u32) -> (f64, f64) {
    const FAR: f64 = 1e15;
    let within = |value: f64| value.clamp(-FAR, FAR);
    let of = |value: Option<Decimal>, else_: f64| within(value.map_or(else_, |value| numerator(value, digits)));
    let (min, max) = (of(about.min, -FAR), of(about.max, FAR));
    if range.low == range.high {
        let exact = numerator(value, digits);
        return (exact, exact);
    }
    if range.distribution == Distribution::Lognormal {
        let end = |u: f64| within((quantile.at(u) * 10_f64.powi(digits as i32)).round());
        return (min.max(end(f64::EPSILON / 2.0)), max.min(end(1.0 - f64::EPSILON / 2.0)));
    }
    let (low, high) = range.ends(digits).unwrap_or((value, value));
    (min.max(units(low, digits)), max.min(units(high, digits)))
}
