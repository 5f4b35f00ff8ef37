//! Findings about the hours in which people are on duty, and those in which they are needed or paid.

use super::findings::{at_role, plain};
use comanage_expr::number::{Exact, Number};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Role, Scenario, Service};
use comanage_model::work::loses_hours;

fn roles(scenario: &Scenario) -> impl Iterator<Item = &Role> {
    scenario.team.iter().chain(&scenario.hires)
}

/// Services with roles that are to do them and are never on duty or on call in their required hours.
pub fn works_outside_its_hours(scenario: &Scenario) -> Vec<Diagnostic> {
    (0..scenario.services.len()).filter_map(|service| done_outside(scenario, service)).collect()
}

fn done_outside(scenario: &Scenario, service: usize) -> Option<Diagnostic> {
    let Service { key, name, hours, .. } = &scenario.services[service];
    let is_there = |role: &Role| {
        let on_call = role.on_call.as_ref().is_some_and(|on_call| on_call.hours.shared_minutes(hours) > 0);
        on_call || role.duty.week().shared_minutes(hours) > 0
    };
    let outside = roles(scenario).filter(|role| role.services.contains(&service) && !is_there(role));
    let names: Vec<String> = outside.map(|role| format!("\"{}\"", role.name)).collect();
    if hours.is_empty() || names.is_empty() {
        return None;
    }
    let message =
        format!("{name}: assigned to roles that are never on duty or on call in its hours: {}", names.join(", "));
    let hint = "change the hours of these roles, or assign the service to others";
    Some(Diagnostic::warning("works-outside-its-hours", message).hint(hint).path(format!("services.{key}")))
}

/// Roles whose people are paid for more hours than they are on duty.
pub fn only_duty_hours_count(scenario: &Scenario) -> Vec<Diagnostic> {
    let role = roles(scenario).filter(|role| loses_hours(scenario, role));
    let note = role.map(|role| {
        let on_duty = Exact::whole(role.duty.week().minutes().into()) / Exact::whole(60);
        let weekly: Exact = scenario.get(role.employment.weekly_hours);
        let message = format!(
            "\"{}\" is on duty {} hours/week but paid for {} full time: only hours on duty count as capacity",
            role.name,
            plain(on_duty.round(2)),
            plain(weekly.round(2)),
        );
        at_role(Diagnostic::note("only-duty-hours-count", message), scenario, role)
    });
    note.collect()
}
