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
pub(super) mod slips;

use rust_decimal::Decimal;

use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::scenario::{Alternative, HIRE, IN_HOUSE, Input, Scenario};
use comanage_model::source::Span;

use super::path;
use super::read::Places;
use super::reader::Reader;

/// A rule between values, which reports what breaks it.
type Check = fn(&Scenario, &Places, &mut Reader);

/// Every rule.
const CHECKS: &[Check] = &[
    keys_are_not_reserved,
    offers_and_alternatives_differ,
    services_are_accounted_for,
    tickets_take_time,
    calls_come_to_live_services,
    costs_fall_in_the_term,
    budgets_are_of_years_of_the_term,
    costs_have_names_of_their_own,
    people::roles_have_names_of_their_own,
    people::days_leave_workdays,
    people::fixed_hours_fit_a_week,
    people::roles_end_after_they_start,
    people::on_call_is_paid_one_way,
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
    charges::onboarding_terms_have_a_fee,
    charges::uplifts_have_room,
    charges::limits_have_room,
    charges::limits_fit_the_payments,
    charges::bands_have_a_rate_to_raise,
    charges::hourly_rates_are_used,
    published::figures_are_fresh,
    simulation::correlations_are_of_ranges,
    simulation::pairs_are_correlated_once,
    slips::amounts_are_not_in_thousands,
    slips::salaries_are_yearly,
    slips::rises_are_yearly,
    slips::tickets_are_of_a_user,
    something_is_compared,
];

/// The rules that numbers can break, and that no other kind of value can once they are kept.
const CHECKS_OF_NUMBERS: &[Check] = &[
    people::days_leave_workdays,
    people::fixed_hours_fit_a_week,
    people::roles_end_after_they_start,
    people::on_call_is_paid_one_way,
    counts::counts_stay_above_zero,
    phases::nothing_ends_before_it_begins,
    phases::projects_have_months,
    offers::renewals_are_anniversaries,
    charges::uplifts_have_room,
    charges::limits_have_room,
    charges::limits_fit_the_payments,
    charges::bands_have_a_rate_to_raise,
];

/// Holds other numbers of a scenario that keeps every rule to those that numbers can break.
pub(super) fn run_on_numbers(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for check in CHECKS_OF_NUMBERS.iter() {
        check(scenario, places, reader);
    }
}

/// Holds a scenario to every rule.
pub(super) fn run(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for check in CHECKS.iter() {
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

/// There is something to compare.
fn something_is_compared(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let is_something = |alternative: &Alternative| {
        alternative.id == IN_HOUSE || !alternative.hires.is_empty() || !alternative.offers.is_empty()
    };
    // A mistake elsewhere may be why there is nothing; it comes first.
    if scenario.alternatives.iter().any(is_something)
        || reader.diagnostics.iter().any(|found| found.severity == Severity::Error)
    {
        return;
    }
    let message = "there is nothing to compare: no team, no hire, no offer, and no service with hours or work";
    let hint = "add [[team]] for employees, [services.X] for requirements, and [offers.X] for offers; `comanage init` writes an example";
    reader.report(Diagnostic::error("nothing-to-compare", message).hint(hint));
}

/// Some keys mean something else.
fn keys_are_not_reserved(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    let mut refuse = |key: &str, what: &str, reserved: &[&str], span: &Span, path: &str| {
        if reserved.contains(&key) {
            let message = format!("`{key}` is a reserved name for {what}");
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

/// An offer and an alternative are distinguished by their keys.
fn offers_and_alternatives_differ(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    let offers: std::collections::HashSet<&str> = scenario.offers.iter().map(|offer| offer.key.as_str()).collect();
    for (key, span) in places.alternative_keys.iter().zip(&places.alternatives) {
        if offers.contains(key.as_str()) {
            let message = format!("an offer has the same key `{key}`");
            let diagnostic = Diagnostic::error("duplicate-name", message).at(span.clone(), "this key");
            reader.report(diagnostic.path("alternatives").hint("offers and alternatives need distinct keys"));
        }
    }
}

/// Someone accountable is the team or an offer.
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

/// Who waits on the line comes with tickets that take time.
fn calls_come_to_live_services(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for (service, span) in scenario.services.iter().zip(&places.services).filter(|(service, _)| service.live) {
        let is_written = |input| reader.written(input).is_some();
        if is_written(service.tickets_per_user) && is_written(service.minutes_per_ticket) {
            continue;
        }
        let message = format!("`{}` is live and has no tickets, so no one waits", service.key);
        let diagnostic = Diagnostic::warning("live-without-tickets", message).at(span.clone(), "no queue is computed");
        let path = path::join("services", &service.key);
        reader.report(diagnostic.path(path).hint("add `tickets_per_user` and `minutes_per_ticket`"));
    }
}

/// A cost once falls in a month of the term.
fn costs_fall_in_the_term(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for cost in &scenario.costs {
        let Some(span) = reader.written(cost.month).cloned() else { continue };
        let path = reader.inputs.about(cost.month).path.clone();
        if cost.once.is_none() {
            let message = "`month` is given without `once`";
            let diagnostic = Diagnostic::warning("month-without-once", message).at(span, "has no effect");
            reader.report(diagnostic.path(path).hint("write once = 8_000, or leave `month` out"));
        } else if reader.good(cost.month).is_some_and(|month| month > scenario.term_months.into()) {
            report_after_term(reader, scenario.term_months, span, path);
        }
    }
}

/// A contract year with a budget begins within the term.
fn budgets_are_of_years_of_the_term(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let years = scenario.term_months.div_ceil(12);
    for &(year, input) in scenario.budget.years.iter().filter(|(year, _)| *year > years) {
        let Some(span) = reader.written(input).cloned() else { continue };
        let message = format!("year {year} is after the term of {} months", scenario.term_months);
        let diagnostic = Diagnostic::warning("after-the-term", message).at(span, "has no effect");
        let path = reader.inputs.about(input).path.clone();
        reader.report(diagnostic.path(path));
    }
}

fn report_after_term(reader: &mut Reader, term_months: u32, span: Span, path: String) {
    let message = format!("this month is after the term of {term_months} months");
    let diagnostic = Diagnostic::warning("after-the-term", message).at(span, "has no effect");
    reader.report(diagnostic.path(path));
}

/// A cost is known by its name: in paths, and where another file overrides it.
fn costs_have_names_of_their_own(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    let mut seen = std::collections::HashSet::new();
    for (cost, span) in scenario.costs.iter().zip(&places.costs) {
        if cost.name.is_empty() || seen.insert(cost.name.as_str()) {
            continue;
        }
        let message = format!("two costs have the name {:?}", cost.name);
        let diagnostic = Diagnostic::error("duplicate-name", message).at(span.clone(), "again here");
        reader.report(diagnostic.path(path::join("cost", &cost.name)).hint("give each cost a unique name"));
    }
}
