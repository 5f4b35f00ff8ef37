//! Rules between values: a list of small functions, which is the specification.
//!
//! A rule looks only at values that could be read, so that one fault is not told twice. It reports
//! where the value stands that one would change.

mod charges;
mod counts;
mod offers;
mod people;
mod phases;
mod published;
mod simulation;

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{HIRE, IN_HOUSE, Input, Scenario};
use comanage_model::source::Span;

use super::read::Places;
use super::reader::Reader;

/// A rule.
type Check = fn(&Scenario, &Places, &mut Reader);

/// Every rule.
const CHECKS: [Check; 30] = [
    keys_are_not_reserved,
    offers_and_alternatives_differ,
    services_are_accounted_for,
    tickets_take_time,
    costs_fall_in_the_term,
    uncertain_costs_have_names_of_their_own,
    people::roles_have_names_of_their_own,
    people::days_leave_workdays,
    people::fixed_hours_fit_a_week,
    people::roles_end_after_they_start,
    counts::changes_fall_in_the_term,
    counts::counts_stay_above_zero,
    offers::offers_have_a_price,
    offers::onboarding_has_one_fee,
    offers::overage_needs_a_schedule,
    offers::renewals_are_anniversaries,
    offers::retainers_count_their_hours,
    offers::contractors_take_no_overflow,
    phases::nothing_ends_before_it_begins,
    phases::everything_begins_in_the_term,
    phases::projects_have_months,
    charges::charges_have_names_of_their_own,
    charges::keys_of_charges_fit,
    charges::uplifts_have_room,
    charges::limits_fit_the_payments,
    charges::bands_have_a_rate_to_raise,
    charges::hourly_rates_are_used,
    published::figures_are_fresh,
    simulation::correlations_are_of_ranges,
    simulation::pairs_are_correlated_once,
];

/// The rules that numbers can break, and that no other kind of value can once they are kept.
const CHECKS_OF_NUMBERS: [Check; 10] = [
    people::days_leave_workdays,
    people::fixed_hours_fit_a_week,
    people::roles_end_after_they_start,
    counts::counts_stay_above_zero,
    phases::nothing_ends_before_it_begins,
    phases::projects_have_months,
    offers::renewals_are_anniversaries,
    charges::keys_of_charges_fit,
    charges::uplifts_have_room,
    charges::limits_fit_the_payments,
];

/// Holds other numbers of a scenario that keeps every rule to those that numbers can break.
pub(super) fn run_on_numbers(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for check in CHECKS_OF_NUMBERS {
        check(scenario, places, reader);
    }
}

/// Holds a scenario to every rule.
pub(super) fn run(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for check in CHECKS {
        check(scenario, places, reader);
    }
}

/// Where a number was written; the fallback where it was left out.
fn place(reader: &Reader, input: Input, fallback: &Span) -> Span {
    reader.written(input).unwrap_or(fallback).clone()
}

/// The value of an optional number, if it is there and could be read.
fn good(reader: &Reader, input: Option<Input>) -> Option<Decimal> {
    reader.good(input?)
}

/// Some keys mean something else.
fn keys_are_not_reserved(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    let mut refuse = |key: &str, what: &str, reserved: &[&str], span: &Span, path: &str| {
        if reserved.contains(&key) {
            let message = format!("{what} may not be called `{key}`");
            let diagnostic = Diagnostic::error("reserved-name", message).at(span.clone(), "this key");
            reader.report(diagnostic.path(path).hint("choose another key"));
        }
    };
    let of_alternatives = [IN_HOUSE, HIRE, "all"];
    for (offer, span) in scenario.offers.iter().zip(&places.offers) {
        refuse(&offer.key, "an offer", &of_alternatives, span, "offers");
    }
    for (key, span) in places.alternative_keys.iter().zip(&places.alternatives) {
        refuse(key, "an alternative", &of_alternatives, span, "alternatives");
    }
    for (service, span) in scenario.services.iter().zip(&places.services) {
        refuse(&service.key, "a service", &["all"], span, "services");
    }
}

/// An offer and an alternative are told apart by their keys.
fn offers_and_alternatives_differ(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    let offers: std::collections::HashSet<&str> = scenario.offers.iter().map(|offer| offer.key.as_str()).collect();
    for (key, span) in places.alternative_keys.iter().zip(&places.alternatives) {
        if offers.contains(key.as_str()) {
            let message = format!("an offer is called `{key}` too");
            let diagnostic = Diagnostic::error("duplicate-name", message).at(span.clone(), "this key");
            reader.report(diagnostic.path("alternatives").hint("offers and alternatives need distinct keys"));
        }
    }
}

/// Somebody accountable is the team or an offer.
fn services_are_accounted_for(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for (service, span) in scenario.services.iter().zip(&places.accountable) {
        let (Some(accountable), Some(span)) = (&service.accountable, span) else { continue };
        let offers = scenario.offers.iter().map(|offer| offer.key.as_str());
        if accountable == "team" || reader.lost.contains(&"offers") || offers.clone().any(|key| key == accountable) {
            continue;
        }
        let hint = match reader.nearest(accountable, offers.chain(["team"])) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "write \"team\" or the key of an offer".into(),
        };
        let message = format!("there is no offer {accountable:?} to be accountable");
        let diagnostic = Diagnostic::error("unknown-offer", message).at(span.clone(), "neither \"team\" nor an offer");
        reader.report(diagnostic.path(format!("services.{}.accountable", super::path::spell(&service.key))).hint(hint));
    }
}

/// Tickets without minutes, or minutes without tickets, are no work.
fn tickets_take_time(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for service in &scenario.services {
        let (tickets, minutes) = (service.tickets_per_user, service.minutes_per_ticket);
        let (given, other) = match (reader.written(tickets).is_some(), reader.written(minutes).is_some()) {
            (true, false) => (tickets, "minutes_per_ticket"),
            (false, true) => (minutes, "tickets_per_user"),
            _ => continue,
        };
        let Some(span) = reader.written(given).cloned() else { continue };
        let message = format!("`{other}` is missing, so no tickets are counted");
        let path = reader.inputs.about(given).path.clone();
        let diagnostic = Diagnostic::warning("half-a-workload", message).at(span, "has no effect alone");
        reader.report(diagnostic.path(path).hint(format!("add `{other}`")));
    }
}

/// A cost once falls in a month of the term.
fn costs_fall_in_the_term(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for cost in &scenario.costs {
        let Some(span) = reader.written(cost.month).cloned() else { continue };
        let path = reader.inputs.about(cost.month).path.clone();
        if cost.once.is_none() {
            let message = "`month` says when `once` is paid, and there is no `once`";
            let diagnostic = Diagnostic::warning("month-without-once", message).at(span, "has no effect");
            reader.report(diagnostic.path(path).hint("write once = 8_000, or leave `month` out"));
        } else if reader.good(cost.month).is_some_and(|month| month > scenario.term_months.into()) {
            report_after_term(reader, scenario.term_months, span, path);
        }
    }
}

fn report_after_term(reader: &mut Reader, term_months: u32, span: Span, path: String) {
    let message = format!("this month lies after the term of {term_months} months");
    let diagnostic = Diagnostic::warning("after-the-term", message).at(span, "has no effect");
    reader.report(diagnostic.path(path));
}

/// A range is known by its path, and a cost by its name.
fn uncertain_costs_have_names_of_their_own(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let mut seen = std::collections::HashMap::new();
    for cost in &scenario.costs {
        *seen.entry(cost.name.as_str()).or_insert(0) += 1;
    }
    for cost in &scenario.costs {
        let inputs = [cost.monthly, cost.once, Some(cost.month)];
        let uncertain = inputs.into_iter().flatten().find(|&input| reader.inputs.about(input).range.is_some());
        let Some(input) = uncertain.filter(|_| seen.get(cost.name.as_str()) > Some(&1)) else { continue };
        let Some(span) = reader.written(input).cloned() else { continue };
        let message = format!("several costs are called {:?}, and this one is uncertain", cost.name);
        let path = reader.inputs.about(input).path.clone();
        let diagnostic = Diagnostic::error("duplicate-name", message).at(span, "this range");
        reader.report(diagnostic.path(path).hint("a range is known by the name of its cost: give each its own"));
    }
}
