//! The targets and the budget in words: what a recommended alternative and a plan are held to.

use crate::figures::written;
use comanage_analysis::compare::{Compared, Comparison};
use comanage_model::money::Money;
use comanage_model::scenario::{Kind, Scenario};

/// The targets that apply to a scenario, each in words.
pub struct Targets(Vec<String>);

impl Targets {
    /// The targets of a scenario in which hours are required, or there is work, or both.
    pub fn new(scenario: &Scenario, has_hours: bool, has_work: bool) -> Self {
        let target = |input| written(scenario.decimal(input), Kind::Share);
        let coverage = has_hours.then(|| format!("{} coverage", target(scenario.coverage_target)));
        let work = has_work.then(|| format!("{} of work completed", target(scenario.work_target)));
        Self(coverage.into_iter().chain(work).collect())
    }

    /// The targets that apply to any alternative of a comparison.
    pub fn of(comparison: &Comparison) -> Self {
        let applies = |met: fn(&Compared) -> Option<bool>| comparison.alternatives.iter().any(|of| met(of).is_some());
        let (has_hours, has_work) = (applies(|of| of.meets_coverage_target), applies(|of| of.meets_work_target));
        Self::new(comparison.scenario, has_hours, has_work)
    }

    /// Each of them; empty if none applies.
    pub fn list(&self) -> &[String] {
        &self.0
    }

    /// `both targets`, or `the target` where one alone applies.
    pub fn both(&self) -> &'static str {
        if self.0.len() == 2 { "both targets" } else { "the target" }
    }

    /// With what they are: `both targets (95% coverage, 90% of work completed)`.
    pub fn words(&self) -> String {
        format!("{} ({})", self.both(), self.0.join(", "))
    }
}

/// The limits of the budget: ` within the budget (900,000 USD over the term)`; empty without one.
pub fn within_budget(scenario: &Scenario) -> String {
    let budget = &scenario.budget;
    if budget.is_none() {
        return String::new();
    }
    let amount = |input| format!("{} {}", Money(scenario.decimal(input)).to_prose(), scenario.currency.code);
    let total = budget.total.map(|input| format!("{} over the term", amount(input)));
    let years = budget.years.iter().map(|&(year, input)| format!("{} in year {year}", amount(input)));
    let monthly = budget.monthly.map(|input| format!("{} in any month", amount(input)));
    let limits: Vec<String> = total.into_iter().chain(years).chain(monthly).collect();
    format!(" within the budget ({})", limits.join(", "))
}

/// ` within the budget` where there is one, to follow what is met; else nothing.
pub fn within_any_budget(scenario: &Scenario) -> &'static str {
    if scenario.budget.is_none() { "" } else { " within the budget" }
}

/// `the targets`, or `the targets within the budget` where there is one: the object of *meets* in every output that
/// speaks of what may be recommended.
pub fn the_targets(scenario: &Scenario) -> &'static str {
    if scenario.budget.is_none() { "the targets" } else { "the targets within the budget" }
}
