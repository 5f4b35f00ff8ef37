//! Distributions of uncertain values, as quantiles.
//!
//! A quantile is right to 1e-12 of the range's width. The incomplete beta function and the error
//! function come from a library; a beta quantile is refined from its first guess by Newton's steps
//! that a bisection keeps in bounds.

use rust_decimal::prelude::ToPrimitive;
use statrs::function::beta::{beta_reg, inv_beta_reg, ln_beta};
use statrs::function::erf::{erfc, erfc_inv};

use crate::scenario::{Distribution, Range};

/// The quantile function of a range.
#[derive(Clone, Copy, Debug)]
pub enum Quantile {
    /// One value.
    Constant(f64),
    /// Between two ends, all alike.
    Uniform {
        /// The low end.
        low: f64,
        /// The width.
        width: f64,
    },
    /// A triangle.
    Triangular {
        /// The low end.
        low: f64,
        /// The top.
        likely: f64,
        /// The high end.
        high: f64,
    },
    /// A beta distribution laid over a range.
    Pert {
        /// The low end.
        low: f64,
        /// The width.
        width: f64,
        /// First shape.
        alpha: f64,
        /// Second shape.
        beta: f64,
    },
    /// The logarithm is normal.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
}

/// The 95th percentile of the standard normal distribution.
const Z95: f64 = 1.644_853_626_951_472_2;

impl Quantile {
    /// The quantile function of a range; `value` is what exact results use.
    pub fn new(range: &Range, value: f64) -> Self {
        let number = |decimal: rust_decimal::Decimal| decimal.to_f64().unwrap_or(f64::NAN);
        let (low, high) = (number(range.low), number(range.high));
        let likely = range.likely.map_or(value, number);
        if low == high {
            return Self::Constant(value);
        }
        let width = high - low;
        match range.distribution {
            Distribution::Uniform => Self::Uniform { low, width },
            Distribution::Triangular => Self::Triangular { low, likely, high },
            Distribution::Pert => {
                let alpha = 1.0 + 4.0 * (likely - low) / width;
                let beta = 1.0 + 4.0 * (high - likely) / width;
                Self::Pert { low, width, alpha, beta }
            }
            Distribution::Lognormal => {
                let (from, to) = (low.ln(), high.ln());
                Self::Lognormal { mu: f64::midpoint(from, to), sigma: (to - from) / (2.0 * Z95) }
            }
        }
    }

    /// The value at a place in (0, 1).
    pub fn at(&self, u: f64) -> f64 {
        match *self {
            Self::Constant(value) => value,
            Self::Uniform { low, width } => low + u * width,
            Self::Triangular { low, likely, high } => triangular(u, low, likely, high),
            Self::Pert { low, width, alpha, beta } => low + width * beta_quantile(u, alpha, beta),
            Self::Lognormal { mu, sigma } => (mu + sigma * normal_quantile(u)).exp(),
        }
    }
}

fn triangular(u: f64, low: f64, likely: f64, high: f64) -> f64 {
    let (width, rise) = (high - low, likely - low);
    if u * width < rise { low + (u * width * rise).sqrt() } else { high - ((1.0 - u) * width * (high - likely)).sqrt() }
}

/// The quantile of the standard normal distribution.
pub fn normal_quantile(u: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * u)
}

/// The standard normal distribution.
pub fn normal(z: f64) -> f64 {
    0.5 * erfc(-z / std::f64::consts::SQRT_2)
}

/// The quantile of a beta distribution. The upper half is worked out from the other end, where its
/// digits are.
fn beta_quantile(u: f64, alpha: f64, beta: f64) -> f64 {
    if u > 0.5 { 1.0 - lower_beta_quantile(1.0 - u, beta, alpha) } else { lower_beta_quantile(u, alpha, beta) }
}

fn lower_beta_quantile(u: f64, alpha: f64, beta: f64) -> f64 {
    const MOST_STEPS: usize = 60;
    const CLOSE: f64 = 1e-15;
    let log_beta = ln_beta(alpha, beta);
    let (mut least, mut most) = (0.0, 1.0);
    let guess = inv_beta_reg(alpha, beta, u);
    let mut x = if guess > 0.0 && guess < 1.0 { guess } else { 0.5 };
    for _ in 0..MOST_STEPS {
        let miss = beta_reg(alpha, beta, x) - u;
        if miss > 0.0 {
            most = x;
        } else {
            least = x;
        }
        let density = ((alpha - 1.0) * x.ln() + (beta - 1.0) * (-x).ln_1p() - log_beta).exp();
        let step = miss / density;
        let next = x - step;
        let inside = next > least && next < most;
        let next = if inside { next } else { f64::midpoint(least, most) };
        if (next - x).abs() <= CLOSE || (inside && step.abs() <= CLOSE) {
            return next;
        }
        x = next;
    }
    x
}
