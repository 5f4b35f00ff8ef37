//! How a simulation samples.

use rust_decimal::Decimal;

/// Settings of a simulation.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// Samples, 16 to 10,000,000.
    pub samples: u64,
    /// Seed, 0 to 2^63 - 1.
    pub seed: u64,
    /// Rank correlations between two inputs, by path.
    pub correlations: Vec<(String, String, Decimal)>,
}
