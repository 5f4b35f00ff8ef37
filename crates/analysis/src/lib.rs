//! The questions asked of evaluated scenarios: comparison, simulation, break-evens, quotes, portfolios.

#![deny(clippy::arithmetic_side_effects)]

pub mod breakeven;
pub mod compare;
pub mod diff;
pub mod expect;
pub mod explain;
pub mod frames;
pub mod guide;
pub mod limits;
pub mod matrix;
pub mod planning;
pub mod portfolio;
pub mod quotes;
pub mod recalculate;
pub mod rule_of_thumb;
pub mod simulate;
pub mod solve;
pub mod staff;
pub mod sweep;
pub mod traced;
pub mod vary;
