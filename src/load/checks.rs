//! Rules between values: a list of small functions, which is the specification.

use crate::scenario::Scenario;

use super::read::Places;
use super::reader::Reader;

/// A rule.
type Check = fn(&Scenario, &Places, &mut Reader);

const CHECKS: [Check; 0] = [];

/// Holds a scenario to every rule.
pub(super) fn run(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for check in CHECKS {
        check(scenario, places, reader);
    }
}
