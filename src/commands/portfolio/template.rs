//! A table of clients to fill in.

use comanage_model::scenario::Scenario;
use comanage_report::write::csv;

/// Values that differ from client to client: how many there are of what, and what people earn.
fn is_of_client(path: &str) -> bool {
    let counted = path.starts_with("organization.") && !["growth", "season", "change"].iter().any(|key| path.contains(key));
    let paid = path.starts_with("team.") && [".headcount", ".salary"].iter().any(|key| path.ends_with(key));
    counted || paid
}

/// The table: a header, and the values of the base as a row to write over.
pub fn of(scenario: &Scenario) -> Vec<u8> {
    let values: Vec<(String, String)> = scenario
        .inputs
        .iter()
        .filter(|(_, _, about)| is_of_client(&about.path))
        .map(|(_, value, about)| (about.path.clone(), about.kind.write(value)))
        .collect();
    let header = ["id", "name"].into_iter().chain(values.iter().map(|(path, _)| path.as_str()));
    let row = ["example", &scenario.name].into_iter().chain(values.iter().map(|(_, value)| value.as_str()));
    csv::table(header, [row])
}
