//! What a row comes to.

use std::sync::Arc;

use crate::compare::Comparison;
use crate::diagnostic::Diagnostic;
use crate::money::Money;
use crate::plan::Kind;
use crate::scenario::PricingModel;

/// A client: its alternatives, and which is best.
#[derive(Clone, Debug, PartialEq)]
pub struct Client {
    /// The alternatives, in their order.
    pub outcomes: Vec<Outcome>,
    /// The baseline, by index.
    pub baseline: usize,
    /// The cheapest useful one, by index.
    pub cheapest: usize,
    /// The cheapest that reaches both targets, by index.
    pub recommended: Option<usize>,
}

/// An alternative of a client.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its id.
    pub id: Arc<str>,
    /// Its kind.
    pub kind: Kind,
    /// Its pricing model, if it has offers.
    pub pricing_model: Option<PricingModel>,
    /// The first year, signature included.
    pub first_year: Money,
    /// The term.
    pub total: Money,
    /// The present value of the term.
    pub present_value: Money,
    /// A user and month; none without users.
    pub per_user_month: Option<Money>,
    /// Expected coverage, steady state.
    pub coverage: Option<f64>,
    /// Share of the work done, steady state.
    pub work_done: Option<f64>,
    /// The baseline's total less its own.
    pub saving: Money,
    /// The month from which on the cumulative saving stays at or above zero.
    pub payback_month: Option<u32>,
}

/// Why a row is no client.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject(pub String);

impl Client {
    /// What a comparison says; `id` gives the one copy of an id that all clients share.
    pub fn of(comparison: &Comparison, id: impl Fn(usize, &str) -> Arc<str>) -> Self {
        let outcome = |(index, of): (usize, &crate::compare::Compared)| Outcome {
            id: id(index, of.id()),
            kind: of.kind,
            pricing_model: of.pricing_model,
            first_year: of.sums.years.first().copied().unwrap_or_default(),
            total: of.sums.total,
            present_value: of.present_value,
            per_user_month: of.per_user_month,
            coverage: of.evaluation.coverage.expected,
            work_done: of.work.share,
            saving: of.saving,
            payback_month: of.payback_month,
        };
        Self {
            outcomes: comparison.alternatives.iter().enumerate().map(outcome).collect(),
            baseline: comparison.baseline,
            cheapest: comparison.cheapest,
            recommended: comparison.recommended,
        }
    }

    /// The alternative to name: the recommended one, else the cheapest useful one.
    pub fn best(&self) -> &Outcome {
        &self.outcomes[self.recommended.unwrap_or(self.cheapest)]
    }
}

impl From<&Diagnostic> for Reject {
    /// The finding in one line, with the path it is about.
    fn from(diagnostic: &Diagnostic) -> Self {
        let mut reason = diagnostic.message.clone();
        if let Some(path) = &diagnostic.path
            && !reason.contains(path.as_str())
        {
            reason = format!("`{path}`: {reason}");
        }
        if !diagnostic.label.is_empty() {
            reason = format!("{reason} ({})", diagnostic.label);
        }
        Self(reason)
    }
}
