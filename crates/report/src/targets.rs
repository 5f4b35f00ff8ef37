//! What an alternative must meet to be recommended, in words.

use comanage_model::scenario::Scenario;

/// `the targets`, or `the targets within the budget` where there is one: the object of *meets* in every output that
/// speaks of what may be recommended.
pub fn the_targets(scenario: &Scenario) -> &'static str {
    if scenario.budget.is_none() { "the targets" } else { "the targets within the budget" }
}
