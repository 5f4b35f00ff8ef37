//! Quantiles of beta distributions, many of them.
//!
//! The incomplete beta function comes from a library and takes microseconds to turn round, so it is
//! turned round at a few hundred places when a distribution is made, and polynomials go between
//! them. Toward an end the quantile behaves like a root, `u^(1/alpha)`; against that root it is
//! smooth, and pieces of degree 9 follow it to 1e-14.

use statrs::function::beta::{beta_reg, inv_beta_reg, ln_beta};

/// The quantile function of a beta distribution with shapes from 1 on.
#[derive(Clone, Debug)]
pub struct BetaQuantile {
    lower: Half,
    /// The other half, from the other end, where its digits are.
    upper: Half,
}

/// The quantiles from one end to the median.
#[derive(Clone, Debug)]
struct Half {
    /// Of the root that the quantile behaves like.
    exponent: f64,
    /// Pieces in a unit of the root.
    pieces_per_unit: f64,
    /// Chebyshev coefficients of each piece.
    pieces: Vec<[f64; TERMS]>,
}

const PIECES: usize = 24;
const TERMS: usize = 10;

impl BetaQuantile {
    /// Prepares a distribution.
    pub fn new(alpha: f64, beta: f64) -> Self {
        Self { lower: Half::new(alpha, beta), upper: Half::new(beta, alpha) }
    }

    /// The quantile at a place in (0, 1), right to 1e-13.
    pub fn at(&self, u: f64) -> f64 {
        if u > 0.5 { 1.0 - self.upper.at(1.0 - u) } else { self.lower.at(u) }
    }
}

impl Half {
    fn new(alpha: f64, beta: f64) -> Self {
        let exponent = 1.0 / alpha;
        let width = 0.5_f64.powf(exponent) / PIECES as f64;
        let piece = |piece: usize| {
            chebyshev(|t| {
                let root = (piece as f64 + f64::midpoint(t, 1.0)) * width;
                lower_quantile(root.powf(alpha), alpha, beta)
            })
        };
        Self { exponent, pieces_per_unit: 1.0 / width, pieces: (0..PIECES).map(piece).collect() }
    }

    fn at(&self, u: f64) -> f64 {
        let place = u.powf(self.exponent) * self.pieces_per_unit;
        let piece = (place as usize).min(PIECES - 1);
        let t = 2.0 * (place - piece as f64) - 1.0;
        clenshaw(&self.pieces[piece], t)
    }
}

/// The coefficients of the polynomial through a function at the Chebyshev points of [-1, 1].
fn chebyshev(function: impl Fn(f64) -> f64) -> [f64; TERMS] {
    let angle = |point: usize| std::f64::consts::PI * (point as f64 + 0.5) / TERMS as f64;
    let values: [f64; TERMS] = std::array::from_fn(|point| function(angle(point).cos()));
    std::array::from_fn(|term| {
        let waves = values.iter().enumerate().map(|(point, value)| value * (term as f64 * angle(point)).cos());
        let scale = if term == 0 { 1.0 } else { 2.0 };
        waves.sum::<f64>() * scale / TERMS as f64
    })
}

/// A sum of Chebyshev polynomials, by Clenshaw's recurrence.
fn clenshaw(coefficients: &[f64; TERMS], t: f64) -> f64 {
    let (mut next, mut after) = (0.0, 0.0);
    for coefficient in coefficients[1..].iter().rev() {
        (next, after) = (coefficient + 2.0 * t * next - after, next);
    }
    coefficients[0] + t * next - after
}

/// The quantile at a place up to the median: a first guess, and Newton's steps that a bisection
/// keeps in bounds.
fn lower_quantile(u: f64, alpha: f64, beta: f64) -> f64 {
    const MAX_STEPS: usize = 60;
    const CLOSE: f64 = 1e-15;
    let log_beta = ln_beta(alpha, beta);
    let (mut min, mut max) = (0.0, 1.0);
    let guess = inv_beta_reg(alpha, beta, u);
    let mut x = if guess > 0.0 && guess < 1.0 { guess } else { 0.5 };
    for _ in 0..MAX_STEPS {
        let miss = beta_reg(alpha, beta, x) - u;
        if miss > 0.0 {
            max = x;
        } else {
            min = x;
        }
        let density = ((alpha - 1.0) * x.ln() + (beta - 1.0) * (-x).ln_1p() - log_beta).exp();
        let step = miss / density;
        let next = x - step;
        let inside = next > min && next < max;
        let next = if inside { next } else { f64::midpoint(min, max) };
        if (next - x).abs() <= CLOSE || (inside && step.abs() <= CLOSE) {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_follow_the_quantiles() {
        let mut worst = 0.0_f64;
        for shape in 0..=40 {
            // The shapes of PERT: together 6, from 1 to 5.
            let (alpha, beta) = (1.0 + f64::from(shape) / 10.0, 5.0 - f64::from(shape) / 10.0);
            let quantile = BetaQuantile::new(alpha, beta);
            for place in (0..200).map(|k| (f64::from(k) + 0.37) / 200.0).chain([1e-15, 1e-9, 1e-5, 1.0 - 1e-9]) {
                let direct = if place > 0.5 {
                    1.0 - lower_quantile(1.0 - place, beta, alpha)
                } else {
                    lower_quantile(place, alpha, beta)
                };
                worst = worst.max((quantile.at(place) - direct).abs());
            }
        }
        assert!(worst < 1e-13, "{worst:e}");
    }

    #[test]
    fn a_straight_distribution_is_its_own_quantile() {
        let uniform = BetaQuantile::new(1.0, 1.0);
        for place in [0.001, 0.25, 0.5, 0.75, 0.999] {
            assert!((uniform.at(place) - place).abs() < 1e-15, "{place}");
        }
    }
}
