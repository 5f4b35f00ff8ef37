//! A client: what its alternatives come to, and which is best.

use std::sync::Arc;

use super::batch::Slips;
use crate::compare::verdict::{Choice, Missed};
use crate::frames::Frame;
use comanage_model::money::Money;
use comanage_model::scenario::PricingModel;
use comanage_model::staffing::Kind;

/// What is reported of an alternative in addition to its total.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Details {
    /// The first year, signature included.
    pub first_year: Money,
    /// The present value of the term.
    pub present_value: Money,
    /// Per user per month; none without users.
    pub per_user_month: Option<Money>,
    /// Share of the work done, steady state; none without work.
    pub work_done: Option<f64>,
    /// The month from which on the cumulative saving stays at or above zero.
    pub payback_month: Option<u32>,
    /// Whether it costs more than the budget allows.
    pub is_over_budget: bool,
}

/// A client: its alternatives, and which is best.
#[derive(Clone, Copy, Debug)]
pub struct Client<'b> {
    pub(super) frame: &'b Frame,
    pub(super) totals: Totals<'b>,
    /// Those that are reported.
    pub(super) details: &'b [Details],
    /// Which is the cheapest, and which is recommended.
    pub choice: Choice,
    /// The likely slips among the numbers of its row.
    pub slips: Slips,
}

/// The totals of a client by alternative, in minor units.
#[derive(Clone, Copy, Debug)]
pub enum Totals<'b> {
    /// Whole numbers as lanes have them.
    Lanes(&'b [f64]),
    /// Any other.
    Alone(&'b [i128]),
}

impl Totals<'_> {
    fn of(self, alternative: usize) -> i128 {
        match self {
            Self::Lanes(totals) => i128::from(totals[alternative] as i64),
            Self::Alone(totals) => totals[alternative],
        }
    }
}

impl PartialEq for Client<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.frame == other.frame
            && (0..self.len()).all(|index| self.total(index) == other.total(index))
            && self.details == other.details
            && self.choice == other.choice
    }
}

impl<'b> Client<'b> {
    /// How many alternatives there are.
    pub fn len(&self) -> usize {
        self.frame.alternatives.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.frame.alternatives.is_empty()
    }

    /// The baseline, by index, if there is one.
    pub fn baseline(&self) -> Option<usize> {
        self.frame.baseline
    }

    /// The id of an alternative.
    pub fn id(&self, index: usize) -> &'b Arc<str> {
        &self.frame.alternatives[index].id
    }

    /// Whether it has the very alternatives of another client, in their order.
    pub fn has_alternatives_of(&self, other: &Client) -> bool {
        Arc::ptr_eq(&self.frame.alternatives, &other.frame.alternatives)
    }

    /// In-house, hire, co-managed, fully managed, staff augmentation.
    pub fn kind(&self, index: usize) -> Kind {
        self.frame.alternatives[index].kind
    }

    /// Its pricing model, if it has offers.
    pub fn pricing_model(&self, index: usize) -> Option<PricingModel> {
        self.frame.alternatives[index].pricing_model
    }

    /// What it misses of the targets and the budget, by what is known of its work and its months.
    pub fn missed(&self, index: usize) -> Missed {
        let details = self.details(index);
        self.frame.missed(index, details.work_done, !details.is_over_budget)
    }

    /// Its expected coverage, steady state.
    pub fn coverage(&self, index: usize) -> Option<f64> {
        self.frame.coverage[index]
    }

    /// Its term total, in minor units.
    pub fn total(&self, index: usize) -> i128 {
        self.totals.of(index)
    }

    /// The baseline's total less its own, in minor units; none without a baseline.
    pub fn saving(&self, index: usize) -> Option<i128> {
        self.frame.baseline.map(|baseline| self.total(baseline) - self.total(index))
    }

    /// Whether an alternative of it is the same as that of another client, whatever it costs.
    pub fn is_same(&self, index: usize, other: &Client) -> bool {
        if self.has_alternatives_of(other) {
            return self.frame.baseline == other.frame.baseline;
        }
        let (Some(own), Some(of)) = (self.frame.alternatives.get(index), other.frame.alternatives.get(index)) else {
            return false;
        };
        let is_baseline = |client: &Client| client.baseline() == Some(index);
        let is_alike = own.kind == of.kind && own.pricing_model == of.pricing_model && is_same_text(&own.id, &of.id);
        is_alike && is_baseline(self) == is_baseline(other)
    }

    /// What is reported of it beside; nothing where that was not asked for.
    pub fn details(&self, index: usize) -> Details {
        match self.details {
            [best] if index == self.best() => *best,
            all if all.len() == self.len() => all[index],
            _ => Details::default(),
        }
    }

    /// The alternative to name: the recommended one, else the cheapest, else the one with the lowest total.
    pub fn best(&self) -> usize {
        self.choice.named()
    }
}

fn is_same_text(a: &Arc<str>, b: &Arc<str>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}
