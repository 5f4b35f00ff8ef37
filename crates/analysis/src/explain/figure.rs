//! Which figure is explained that is no line of the ledger.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;

use super::{coverage, percentile, savings, work};
use crate::compare::compare;

/// The figures, as they are asked for.
pub const FIGURES: &str =
    "coverage, coverage.SERVICE, work_done, work_done.SERVICE, present_value, payback_month, p1 to p99";

/// A figure of an alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Expected coverage, of a service by index or of all.
    Coverage(Option<usize>),
    /// The share of the work that is done, of a service by index or of all.
    WorkDone(Option<usize>),
    /// The present value of the costs.
    PresentValue,
    /// The month from which on the alternative has cost no more than the baseline.
    Payback,
    /// A percentile of the term total over samples, 1 to 99.
    Percentile(u32),
}

impl Figure {
    /// The figure of a name; none where there is none.
    pub fn parse(scenario: &Scenario, name: &str) -> Option<Self> {
        let service = |key: &str| scenario.services.iter().position(|service| service.key == key);
        match name.split_once('.') {
            Some(("coverage", key)) => service(key).map(|service| Self::Coverage(Some(service))),
            Some(("work_done", key)) => service(key).map(|service| Self::WorkDone(Some(service))),
            Some(_) => None,
            None => match name {
                "coverage" => Some(Self::Coverage(None)),
                "work_done" => Some(Self::WorkDone(None)),
                "present_value" => Some(Self::PresentValue),
                "payback_month" => Some(Self::Payback),
                percentile => {
                    let percent = percentile.strip_prefix('p')?.parse().ok()?;
                    (1..=99).contains(&percent).then_some(Self::Percentile(percent))
                }
            },
        }
    }

    /// The figure of an alternative, by index, in words.
    ///
    /// # Errors
    /// Those of an evaluation and of a simulation.
    pub fn told(self, scenario: &Scenario, alternative: usize) -> Result<String, Diagnostic> {
        match self {
            Self::Coverage(service) => Ok(coverage::told(scenario, &scenario.alternatives[alternative], service)),
            Self::WorkDone(service) => work::told(scenario, &scenario.alternatives[alternative], service),
            Self::PresentValue => Ok(savings::present_value(&compare(scenario)?, alternative)),
            Self::Payback => Ok(savings::payback(&compare(scenario)?, alternative)),
            Self::Percentile(percent) => percentile::told(&compare(scenario)?, alternative, percent),
        }
    }
}

/// A share as a percentage with up to four decimals: `97.6557%`.
pub(super) fn share(share: f64) -> String {
    let text = format!("{:.4}", share * 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A number with up to this many decimals.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_string() }
}

/// Months in words: `month 5`, `months 1 to 12`.
pub(super) fn months(from: u32, until: u32) -> String {
    if from == until { format!("month {from}") } else { format!("months {from} to {until}") }
}
