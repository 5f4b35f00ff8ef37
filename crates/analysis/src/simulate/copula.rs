//! Rank correlation between inputs, through a Gaussian copula.

use super::distribution::{normal, normal_quantile};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, Scenario};
use rust_decimal::prelude::ToPrimitive;

/// The inputs that are correlated, in the order of their first mention, and how.
#[derive(Clone, Debug, Default)]
pub struct Copula {
    /// The inputs that are correlated with another.
    pub inputs: Vec<Input>,
    /// The lower triangle of the Cholesky factor of their normal correlations.
    factor: Vec<Vec<f64>>,
}

impl Copula {
    /// The copula of a scenario's correlations: `2 sin(pi r / 6)` for a rank correlation `r`, nothing
    /// for pairs that are not named.
    ///
    /// # Errors
    /// Correlations that no inputs can have together; the pair at which that is found is named.
    pub fn new(scenario: &Scenario) -> Result<Self, Diagnostic> {
        let named = &scenario.simulation.correlations;
        let input =
            |path: &str| scenario.inputs.iter().find(|(_, _, about)| about.path == path).map(|(input, _, _)| input);
        let pairs: Vec<(Input, Input, f64)> =
            named.iter().filter_map(|(a, b, rank)| Some((input(a)?, input(b)?, rank.to_f64()?))).collect();
        let mut inputs: Vec<Input> = Vec::new();
        for input in pairs.iter().flat_map(|(a, b, _)| [*a, *b]) {
            if !inputs.contains(&input) {
                inputs.push(input);
            }
        }
        let place = |input| inputs.iter().position(|other| *other == input).unwrap_or(0);
        let mut matrix = vec![vec![0.0; inputs.len()]; inputs.len()];
        for (index, row) in matrix.iter_mut().enumerate() {
            row[index] = 1.0;
        }
        for (a, b, rank) in pairs {
            let normal = 2.0 * (std::f64::consts::PI * rank / 6.0).sin();
            matrix[place(a)][place(b)] = normal;
            matrix[place(b)][place(a)] = normal;
        }
        let factor = cholesky(&matrix).map_err(|index| refuse(scenario, &inputs, &matrix, index))?;
        Ok(Self { inputs, factor })
    }

    /// Turns independent places in (0, 1), in the order of the inputs, into correlated ones.
    pub fn correlate(&self, uniforms: &mut [f64]) {
        let normals: Vec<f64> = uniforms.iter().map(|&u| normal_quantile(u)).collect();
        uniforms.iter_mut().enumerate().for_each(|(input, uniform)| *uniform = self.uniform(input, &normals));
    }

    /// The correlated place in (0, 1) of an input, from independent normal draws of it and of those
    /// before it.
    pub fn uniform(&self, input: usize, normals: &[f64]) -> f64 {
        const INSIDE: f64 = 1.0 - f64::EPSILON / 2.0;
        let z: f64 = self.factor[input].iter().zip(normals).map(|(factor, normal)| factor * normal).sum();
        normal(z).clamp(f64::MIN_POSITIVE, INSIDE)
    }
}

/// The Cholesky factor, or the row at which the matrix turns out not to be positive definite.
fn cholesky(matrix: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, usize> {
    const LEAST: f64 = 1e-12;
    let mut factor: Vec<Vec<f64>> = Vec::new();
    for (i, row) in matrix.iter().enumerate() {
        let mut own: Vec<f64> = Vec::with_capacity(i + 1);
        for (j, other) in factor.iter().enumerate() {
            let dot: f64 = own.iter().zip(other).map(|(a, b)| a * b).sum();
            own.push((row[j] - dot) / other[j]);
        }
        let rest = row[i] - own.iter().map(|value| value * value).sum::<f64>();
        if rest <= LEAST {
            return Err(i);
        }
        own.push(rest.sqrt());
        factor.push(own);
    }
    Ok(factor)
}

fn refuse(scenario: &Scenario, inputs: &[Input], matrix: &[Vec<f64>], index: usize) -> Diagnostic {
    let path = |index: usize| &scenario.inputs.about(inputs[index]).path;
    let strongest = (0..index).max_by(|&a, &b| matrix[index][a].abs().total_cmp(&matrix[index][b].abs())).unwrap_or(0);
    let message = format!(
        "these correlations cannot hold together: `{}` and `{}` contradict the pairs before them",
        path(strongest),
        path(index)
    );
    Diagnostic::error("impossible-correlation", message)
        .path("simulation.correlations")
        .hint("weaken the correlation of this pair, or leave it out")
}
