//! Scenario files, client lists and rate packs: text in, scenarios out.

#![deny(clippy::arithmetic_side_effects)]

pub mod load;
pub mod rates;
