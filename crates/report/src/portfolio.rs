//! The clients of a portfolio together, and words to count them in.

use crate::figures::percent;
use comanage_analysis::portfolio::{Savings, Summary};
use comanage_model::money::group_thousands;
use comanage_model::scenario::Scenario;

/// The clients of a portfolio together.
#[derive(Clone, Copy)]
pub struct Portfolio<'a> {
    /// The base as it is.
    pub scenario: &'a Scenario,
    /// The file of clients, with the part of it that was taken.
    pub file: &'a str,
    /// What the clients come to.
    pub tally: &'a Summary,
    /// The savings of all of them for whom something is recommended.
    pub savings: &'a Savings,
}

/// A number with thousands apart.
pub fn count(number: u64) -> String {
    group_thousands(&number.to_string())
}

/// A number of clients: `1 client`, `1,200 clients`.
pub fn clients(number: u64) -> String {
    if number == 1 { "1 client".into() } else { format!("{} clients", count(number)) }
}

/// A part of a whole in percent.
pub fn share(part: u64, whole: u64) -> String {
    percent(part as f64 / whole as f64)
}
