//! What every alternative of a scenario comes to, as far as it decides.

use std::sync::Arc;

use super::{Frame, Judgement, ids};
use crate::compare::verdict::Choice;
use crate::compare::work_share;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;
use comanage_model::totals::{Priced, all_priced, total};

/// What every alternative costs, covers and does.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The term totals, by alternative.
    pub totals: Arc<[Money]>,
    /// What each covers and does, by alternative.
    pub judged: Arc<[Judgement]>,
}

impl Figures {
    /// The figures of a scenario.
    ///
    /// # Errors
    /// A figure that overflows, counts below zero.
    pub fn of(scenario: &Scenario) -> Result<Self, Diagnostic> {
        Self::in_frame(scenario, || Frame::of(scenario, &ids(scenario)))
    }

    /// The same where the frame is known.
    ///
    /// # Errors
    /// A figure that overflows, counts below zero.
    pub fn in_frame<F: AsRef<Frame>>(scenario: &Scenario, frame: impl FnOnce() -> F) -> Result<Self, Diagnostic> {
        let priced = all_priced(scenario)?;
        let totals = scenario.alternatives.iter().zip(&priced).map(|(of, priced)| total(of, &priced.months));
        let totals = totals.collect::<Result<Arc<[Money]>, Diagnostic>>()?;
        let frame = frame();
        let judged = |(index, priced): (usize, &Priced)| {
            let mut judgement = frame.as_ref().judgement(index, work_share(priced.work.0, priced.work.1));
            judgement.standing.price.is_needed = priced.is_bought;
            let limits = frame.as_ref().budget();
            let keeps = limits.is_none_or(|of| of.keeps_money(totals[index], &priced.months, scenario.currency));
            judgement.standing = judgement.standing.within(keeps);
            judgement
        };
        let judged = priced.iter().enumerate().map(judged).collect();
        Ok(Self { totals, judged })
    }

    /// The cheapest useful alternative, and the cheapest that meets the targets.
    pub fn choice(&self) -> Choice {
        Choice::of(&self.totals, |index| self.judged[index].standing)
    }

    /// Whether an alternative meets the targets.
    pub fn reaches(&self, alternative: usize) -> bool {
        self.judged[alternative].standing.reaches
    }
}

impl AsRef<Self> for Frame {
    fn as_ref(&self) -> &Self {
        self
    }
}
