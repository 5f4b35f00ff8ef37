//! The results of every command as datasets: each defines its columns once.

mod breakeven;
mod comparison;
mod coverage;
mod diff;
mod ledger;
mod matrix;
mod plan;
mod portfolio;
mod quotes;
mod rates;
mod simulation;
mod solve;
mod staff;
mod summary;
mod sweep;

pub use breakeven::breakeven;
pub use comparison::comparison;
pub use coverage::coverage;
pub use diff::diff;
pub use ledger::ledger;
pub use matrix::matrix;
pub use plan::plan;
pub use portfolio::portfolio;
pub use quotes::quotes;
pub use rates::rates;
pub use simulation::simulation;
pub use solve::solve;
pub use staff::staff;
pub(crate) use summary::COLUMNS as SUMMARY;
pub use summary::summary;
pub use sweep::sweep;
