//! Distributions of uncertain values, as quantiles.
//!
//! A quantile is right to 1e-12 of the range's width. The error function comes from a library, the
//! quantiles of the beta distribution from [`super::beta`].

use rust_decimal::prelude::ToPrimitive;
use statrs::function::erf::{erfc, erfc_inv};

use super::beta::BetaQuantile;
use comanage_model::scenario::{Distribution, Range};

/// The quantile function of a range.
#[derive(Clone, Debug)]
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
    /// A beta distribution scaled to a range.
    Pert {
        /// The low end.
        low: f64,
        /// The width.
        width: f64,
        /// The quantiles between 0 and 1.
        shape: BetaQuantile,
    },
    /// One of two values.
    Event {
        /// The lower value.
        low: f64,
        /// The higher one.
        high: f64,
        /// The chance of the lower one.
        chance_of_low: f64,
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
        if let Some(event) = &range.event {
            let chance = number(event.chance);
            let chance_of_low = if event.value < event.otherwise { chance } else { 1.0 - chance };
            return Self::Event { low, high, chance_of_low };
        }
        match range.distribution {
            Distribution::Uniform => Self::Uniform { low, width },
            Distribution::Triangular => Self::Triangular { low, likely, high },
            Distribution::Pert => {
                let alpha = 1.0 + 4.0 * (likely - low) / width;
                let beta = 1.0 + 4.0 * (high - likely) / width;
                Self::Pert { low, width, shape: BetaQuantile::new(alpha, beta) }
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
            Self::Event { low, high, chance_of_low } => {
                if u < chance_of_low {
                    low
                } else {
                    high
                }
            }
            Self::Uniform { low, width } => low + u * width,
            Self::Triangular { low, likely, high } => triangular(u, low, likely, high),
            Self::Pert { low, width, ref shape } => low + width * shape.at(u),
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
