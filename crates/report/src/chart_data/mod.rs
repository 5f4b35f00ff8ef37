//! What charts show: the data of each, and the sentence above it. [`crate::chart`] draws them.

pub mod break_even;
pub mod comparison;
pub mod offers;
pub mod plan;
pub mod portfolio;
pub mod uncertainty;
