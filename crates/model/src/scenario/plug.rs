//! The buyer's own prices for services that offers leave out.

use super::Input;

/// What the buyer would pay for a service that an offer leaves out and no one in-house holds.
#[derive(Clone, Debug)]
pub struct Plug {
    /// The service, by index.
    pub service: usize,
    /// What it costs.
    pub price: PlugPrice,
    /// Where the price comes from.
    pub source: Option<String>,
    /// `note` of its table.
    pub note: Option<String>,
}

/// How a plug is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlugPrice {
    /// For each hour of the service's work.
    Hour(Input),
    /// For each month in which the service is required and no one's.
    Month(Input),
}

impl PlugPrice {
    /// The price as it is written.
    pub fn input(self) -> Input {
        match self {
            Self::Hour(input) | Self::Month(input) => input,
        }
    }
}
