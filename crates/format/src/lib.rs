//! Scenario files, client lists and rate packs: text in, scenarios out.

pub mod load;
pub mod rates;
