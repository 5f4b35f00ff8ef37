//! Tools and other costs.

use super::{Input, Rates};

/// A tool that someone pays for.
#[derive(Clone, Debug)]
pub struct Tool {
    /// The key in `[tools]`.
    pub key: String,
    /// The first month in which it may be paid.
    pub from_month: Option<Input>,
    /// The last one.
    pub until_month: Option<Input>,
    /// The services it is for, by index; empty: always needed.
    pub services: Vec<usize>,
    /// Monthly price per user.
    pub per_user: Option<Rates>,
    /// Monthly price per device.
    pub per_device: Option<Rates>,
    /// The price of a month, whatever is counted.
    pub monthly: Input,
    /// Once, in its first paid month.
    pub once: Input,
    /// Annual rise of the monthly prices, at each anniversary of the term.
    pub uplift: Input,
    /// Where it comes from.
    pub source: Option<String>,
    /// `note` of its table.
    pub note: Option<String>,
}

/// Any other cost; negative: a saving.
#[derive(Clone, Debug)]
pub struct Cost {
    /// What is paid for, as it reads in the ledger.
    pub name: String,
    /// Each month.
    pub monthly: Option<Input>,
    /// The first month of `monthly`.
    pub from_month: Option<Input>,
    /// The last one.
    pub until_month: Option<Input>,
    /// Annual rise of `monthly`, at each anniversary of the term.
    pub uplift: Input,
    /// Once.
    pub once: Option<Input>,
    /// The month of `once`.
    pub month: Input,
    /// The alternatives that bear it, by id; none: all.
    pub alternatives: Option<Vec<String>>,
    /// The offer that every alternative bearing it is made of, and nothing else, by index: the cost is then
    /// part of what is quoted.
    pub offer: Option<usize>,
    /// Where it comes from.
    pub source: Option<String>,
    /// `note` of its table.
    pub note: Option<String>,
}
