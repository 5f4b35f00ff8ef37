//! Findings about services: without a price, never covered, not done, held by one person.

use super::Compared;
use super::alike::Kind;
use comanage_model::scenario::Scenario;

/// Services that the offers of an alternative leave to no one, without a price.
pub fn without_price(scenario: &Scenario) -> Kind<'_> {
    let unpriced = |alternative: &Compared| names(scenario, alternative.unpriced.iter().copied());
    Kind::warning("out-of-scope-without-price", "excluded by the offers, not done in-house, and without a price:", unpriced)
        .hint("ask for a rate and enter it as `out_of_scope_rate`, or enter your own price under [plugs]; until then the alternative is not ranked")
}

/// Services no required hour of which is covered.
pub fn never_covered(scenario: &Scenario) -> Kind<'_> {
    let uncovered = |alternative: &Compared| {
        let services = alternative.evaluation.coverage.services.iter().enumerate();
        names(scenario, services.filter(|(_, of)| of.scheduled == Some(0.0)).map(|(index, _)| index))
    };
    Kind::warning("service-never-covered", "none of the required hours are covered:", uncovered)
}

/// Services that one person alone holds.
pub fn one_person_deep(scenario: &Scenario) -> Kind<'_> {
    let single = |alternative: &Compared| {
        let services = alternative.evaluation.coverage.services.iter().enumerate();
        names(scenario, services.filter(|(_, of)| of.is_single_point_of_failure).map(|(index, _)| index))
    };
    Kind::warning("one-person-deep", "only one person covers:", single)
}

/// Work that is not completed: hours a month by service, and the worst month where one is out.
pub fn work_not_done(scenario: &Scenario) -> Kind<'_> {
    Kind::warning("work-not-done", "work not completed:", move |alternative| undone(scenario, alternative))
}

fn undone(scenario: &Scenario, alternative: &Compared) -> Vec<String> {
    const SMALL: f64 = 0.05;
    let services = alternative.work.services.iter().zip(&scenario.services);
    let undone = services.filter(|(work, _)| work.backlog_hours >= SMALL);
    let undone: Vec<String> =
        undone.map(|(work, service)| format!("{} {:.1} h", service.name, work.backlog_hours)).collect();
    if undone.is_empty() {
        return undone;
    }
    let sum: f64 = alternative.work.services.iter().map(|work| work.backlog_hours).sum();
    let worst = alternative.work.worst_month.filter(|(_, hours)| *hours >= sum + SMALL);
    let worst =
        worst.map_or_else(String::new, |(month, hours)| format!(", {hours:.1} h in month {month}, the highest"));
    vec![format!("{} a month{worst}", undone.join(", "))]
}

fn names(scenario: &Scenario, services: impl Iterator<Item = usize>) -> Vec<String> {
    services.map(|service| scenario.services[service].name.clone()).collect()
}
