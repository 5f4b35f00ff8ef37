//! Findings about answers in time: promises that are not stated, or slower than required, and people
//! who are on call too often.

use super::Compared;
use super::alike::Kind;
use super::findings::{at_offer, at_role, plain};
use comanage_expr::number::{Exact, Number};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Mode, Offer, OnCall, Role, Scenario};
use comanage_model::week::duration;

/// Hours on call a week from which on it matters how often one is.
const MANY_MINUTES: u32 = 24 * 60;

/// Who would answer for services that require a response time, and states none: what is unknown
/// counts for nothing.
pub fn no_response_stated(scenario: &Scenario) -> Vec<Diagnostic> {
    let roles = scenario.team.iter().chain(&scenario.hires);
    let roles = roles.filter_map(|role| on_call_without_response(scenario, role));
    roles.chain(scenario.offers.iter().filter_map(|offer| covers_without_response(scenario, offer))).collect()
}

fn on_call_without_response(scenario: &Scenario, role: &Role) -> Option<Diagnostic> {
    role.on_call.as_ref().filter(|on_call| on_call.response.is_none())?;
    let services = timed(scenario, role.services.iter().copied());
    if services.is_empty() {
        return None;
    }
    let message = format!(
        "\"{}\" is on call without a stated response time, so its on-call hours do not count as coverage of: {}",
        role.name,
        services.join(", ")
    );
    let hint = "write on_call = { hours = \"…\", response = \"30m\" }";
    Some(at_role(Diagnostic::warning("no-response-stated", message).hint(hint), scenario, role))
}

fn covers_without_response(scenario: &Scenario, offer: &Offer) -> Option<Diagnostic> {
    if offer.is_staff_augmentation() {
        return None;
    }
    let silent = offer.covers.iter().filter(|cover| cover.respond_within.is_none() && cover.mode != Mode::BestEffort);
    let services = timed(scenario, silent.map(|cover| cover.service));
    if services.is_empty() {
        return None;
    }
    let message = format!(
        "{}: no response time is stated, so its hours do not count as coverage of: {}",
        offer.name,
        services.join(", ")
    );
    let hint = format!("write `respond_within` in [offers.{}], or on its covers", offer.key);
    Some(at_offer(Diagnostic::warning("no-response-stated", message).hint(hint), offer))
}

/// The services among these that require a response time.
fn timed(scenario: &Scenario, services: impl Iterator<Item = usize>) -> Vec<&str> {
    let of = services.map(|service| &scenario.services[service]);
    of.filter(|service| service.respond_within.is_some()).map(|service| service.name.as_str()).collect()
}

/// Who promises a response slower than required: an offer for any service, a role on call for all that
/// it holds.
pub fn response_too_slow<'s>() -> Kind<'s> {
    Kind::warning(
        "response-too-slow",
        "the promised response is slower than required and does not count as coverage:",
        slow,
    )
    .hint("have the required time written into the contract")
}

fn slow(alternative: &Compared) -> Vec<String> {
    let staffing = &alternative.evaluation.staffing;
    let required = |service: usize| staffing.scenario.services[service].respond_within;
    let is_slow = |service: usize, response: Option<u32>| {
        required(service).zip(response).is_some_and(|(required, response)| response > required)
    };
    let mut slow = Vec::new();
    let mut tell = |who: &str, service: usize, response: Option<u32>| {
        if let (true, Some(required), Some(response)) = (is_slow(service, response), required(service), response) {
            let name = &staffing.scenario.services[service].name;
            slow.push(format!("{name} ({who}: {}, required: {})", duration(response), duration(required)));
        }
    };
    for position in staffing.positions.iter().filter(|position| position.is_paid(staffing.scenario.term_months)) {
        let response = position.role.on_call.as_ref().and_then(|on_call| on_call.response);
        let timed = || position.role.services.iter().filter(|&&service| required(service).is_some());
        if timed().all(|&service| is_slow(service, response)) {
            timed().for_each(|&service| tell(&position.role.name, service, response));
        }
    }
    for engaged in staffing.engagements.iter().filter(|engaged| !engaged.offer.is_staff_augmentation()) {
        let covers = engaged.offer.covers.iter().filter(|cover| cover.mode != Mode::BestEffort);
        covers.for_each(|cover| tell(&engaged.offer.name, cover.service, cover.respond_within));
    }
    slow
}

/// Roles whose people are on call for more than a quarter of the time, at least 24 hours a week.
///
/// A quarter is the most in Google's practice (Site Reliability Engineering, chapter 11).
pub fn on_call_too_often(scenario: &Scenario) -> Vec<Diagnostic> {
    let roles = scenario.team.iter().chain(&scenario.hires);
    roles.filter_map(|role| too_often(scenario, role, role.on_call.as_ref()?)).collect()
}

fn too_often(scenario: &Scenario, role: &Role, on_call: &OnCall) -> Option<Diagnostic> {
    let (people, at_once): (Exact, Exact) = (scenario.get(role.headcount), scenario.get(on_call.people));
    let enough = at_once * Exact::whole(4);
    if on_call.hours.minutes() < MANY_MINUTES || !enough.is_above(people) {
        return None;
    }
    let message = format!(
        "\"{}\": each person is on call {}; more than one week in four is not sustainable",
        role.name,
        every(people / at_once)
    );
    let hint = format!("with {} people, each is on call every 4th week", plain(enough));
    Some(at_role(Diagnostic::warning("on-call-too-often", message).hint(hint), scenario, role))
}

/// How often a turn comes, from the weeks between two.
fn every(weeks: Exact) -> String {
    if !weeks.is_above(Exact::one()) {
        return "every week".to_string();
    }
    match plain(weeks.round(1)).as_str() {
        "2" => "every 2nd week".to_string(),
        "3" => "every 3rd week".to_string(),
        weeks => format!("every {weeks} weeks"),
    }
}
