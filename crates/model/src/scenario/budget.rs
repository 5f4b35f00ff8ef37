//! What an alternative may cost.

use super::Input;

/// The most that an alternative may cost: over the term, in contract years, in any month. What is left out has no
/// limit.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    /// Over the term, signature included.
    pub total: Option<Input>,
    /// In contract years, from 1; the first includes the signature.
    pub years: Vec<(u32, Input)>,
    /// In any month, from month 0, the signature.
    pub monthly: Option<Input>,
}

impl Budget {
    /// Whether nothing is limited.
    pub fn is_none(&self) -> bool {
        self.total.is_none() && self.years.is_empty() && self.monthly.is_none()
    }
}
