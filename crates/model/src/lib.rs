//! What a scenario is, and what follows from it: cost, coverage, work.
//!
//! Formulas know nothing of files or of print.

#![deny(clippy::arithmetic_side_effects)]

pub mod availability;
pub mod choice;
pub mod coverage;
pub mod diagnostic;
pub mod evaluate;
pub mod ledger;
pub mod money;
pub mod month;
pub mod price;
pub mod queue;
pub mod quoted;
pub mod scenario;
pub mod source;
pub mod staffing;
pub mod totals;
pub mod volumes;
pub mod week;
pub mod words;
pub mod work;
