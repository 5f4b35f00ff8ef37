//! How much work and memory a run takes, known before it begins.
//!
//! A file of a few thousand lines can ask for more than a machine has: what is evaluated grows with services
//! times people times alternatives, and samples are held for every alternative. What goes beyond the limits here is
//! refused with the numbers that make it large; [`Limits::Unlimited`] lifts them.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;

/// Whether the limits hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limits {
    /// They do.
    #[default]
    Limited,
    /// The user has lifted them.
    Unlimited,
}

/// Pairs of a service and a role, over all months and alternatives: about ten seconds of one core, and half a
/// gigabyte, where everyone holds every service.
const MAX_PAIRS: u64 = 50_000_000;

/// Bytes that the samples of a simulation are held in: 2 GiB.
const MAX_BYTES: u64 = 1 << 31;

/// What lifts the limits.
const FLAG: &str = "--allow-large";

impl Limits {
    /// Holds the evaluation of a scenario to its limit.
    ///
    /// # Errors
    /// It takes more.
    pub fn evaluation(self, scenario: &Scenario) -> Result<(), Diagnostic> {
        let count = |number: usize| number as u64;
        let roles = count(scenario.team.len() + scenario.hires.len());
        let (services, alternatives) = (count(scenario.services.len()), count(scenario.alternatives.len()));
        let pairs = alternatives * u64::from(scenario.term_months) * services * roles;
        if self == Self::Unlimited || pairs <= MAX_PAIRS {
            return Ok(());
        }
        let message = format!(
            "this scenario is too large: {alternatives} alternatives over {} months, each with {services} services and \
             {roles} roles, are {} pairs of a service and a role; the limit is {}",
            scenario.term_months,
            grouped(pairs),
            grouped(MAX_PAIRS)
        );
        let hint = format!("shorten the term, leave alternatives out of the file, or go beyond the limit with {FLAG}");
        Err(Diagnostic::error("too-much-work", message).hint(hint))
    }

    /// Holds the samples of a simulation to their limit.
    ///
    /// # Errors
    /// They take more memory.
    pub fn samples(self, scenario: &Scenario, samples: u64) -> Result<(), Diagnostic> {
        let alternatives = scenario.alternatives.len() as u64;
        let ranges = scenario.inputs.iter().filter(|(_, _, about)| about.range.is_some()).count() as u64;
        let bytes = samples.saturating_mul(bytes_of_a_sample(alternatives, ranges));
        if self == Self::Unlimited || bytes <= MAX_BYTES {
            return Ok(());
        }
        let message = format!(
            "{} samples of {alternatives} alternatives and {ranges} ranges take about {:.1} GiB of memory; the limit is {} GiB",
            grouped(samples),
            bytes as f64 / (1_u64 << 30) as f64,
            MAX_BYTES >> 30
        );
        let hint = format!("draw fewer samples, name the alternatives with --alternative, or go beyond with {FLAG}");
        Err(Diagnostic::error("too-much-memory", message).hint(hint))
    }
}

/// Totals of each alternative, places and ranks of each range, and a few columns that are held while
/// they are summed up.
fn bytes_of_a_sample(alternatives: u64, ranges: u64) -> u64 {
    const COLUMN: u64 = 8;
    const COLUMNS_OF_SUMS: u64 = 4;
    (alternatives + ranges + COLUMNS_OF_SUMS) * COLUMN
}

fn grouped(number: u64) -> String {
    comanage_model::money::group_thousands(&number.to_string())
}
