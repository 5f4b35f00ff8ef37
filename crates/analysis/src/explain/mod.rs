//! How a figure came about, down to the inputs and their sources.
//!
//! `ledger` explains lines of the ledger, the other files figures that are no line of it: coverage, work done, present
//! value, payback, percentiles. Each prints the rule with the numbers in it, and `steps` what those came from.

mod coverage;
mod figure;
mod ledger;
mod percentile;
mod savings;
mod steps;
mod work;

pub use figure::{FIGURES, Figure};
pub use ledger::{Explainable, Explained, Wanted, explain};
