//! What is in an offer, what is out, and how soon someone answers.

use super::super::parts::{body, headers, text};
use super::super::{Block, Cell, Table};
use super::{name, side_by_side};
use crate::figures::hours;
use comanage_analysis::quotes::{Quotes, Scope, Status};
use comanage_model::money::Money;
use comanage_model::scenario::{PlugPrice, Scenario, Service};
use comanage_model::week::duration;

/// Every service, offer by offer.
pub(super) fn services(quotes: &Quotes) -> Vec<(String, Vec<Cell>)> {
    let scenario = quotes.comparison.scenario;
    let row = |(index, service): (usize, &Service)| {
        let cells = quotes.offers.iter().map(|quote| text(scope_words(scenario, &quote.services[index])));
        (service.name.clone(), cells.collect())
    };
    scenario.services.iter().enumerate().map(row).collect()
}

/// In, by the hour, out, and how.
fn scope_words(scenario: &Scenario, scope: &Scope) -> String {
    let price = |input| Money(scenario.decimal(input)).to_finest_prose(scenario.currency);
    let mut words = match (scope.status, scope.rate) {
        (Status::In, _) => "included".to_string(),
        (Status::ByTheHour, _) => "billed hourly".to_string(),
        (Status::Team, _) => "stays with your team".to_string(),
        (Status::Out, Some(rate)) => format!("excluded, {}/hour", price(rate)),
        (Status::Out, None) => match scope.plug {
            Some(PlugPrice::Hour(rate)) => format!("excluded, {}/hour (buyer's price)", price(rate)),
            Some(PlugPrice::Month(monthly)) => format!("excluded, {}/month (buyer's price)", price(monthly)),
            None => "excluded, no price".to_string(),
        },
    };
    if scope.is_in() && !scope.is_whole {
        words.push_str(", part of the hours");
    }
    if scope.is_best_effort {
        words.push_str(", best effort");
    }
    words
}

/// What no one does, and what it costs by the hour.
pub(super) fn out_of_scope(quotes: &Quotes) -> Vec<Block> {
    let scenario = quotes.comparison.scenario;
    let mut rows = Vec::new();
    for quote in &quotes.offers {
        for scope in quote.services.iter().filter(|scope| scope.status == Status::Out) {
            let price = |input| Cell::Price(Money(scenario.decimal(input)), scenario.currency);
            let own = scope.plug.map(|_| text(scope_words(scenario, scope).trim_start_matches("out, ")));
            let rate = scope.rate.map(price).or(own);
            let term = match (scope.billed, &rate) {
                (Some(billed), _) => Cell::Money(billed.term),
                (None, Some(_)) => Cell::Money(Money::default()),
                (None, None) => text("not done"),
            };
            rows.push(body(vec![
                name(quote),
                text(scenario.services[scope.service].name.clone()),
                Cell::Hours(scope.hours_per_month),
                rate.unwrap_or_else(|| text("no price")),
                term,
            ]));
        }
    }
    if rows.is_empty() {
        return vec![Block::Paragraph("All services left out of the offers are handled in-house.".into())];
    }
    vec![Block::Table(Table {
        headers: headers(&["Offer", "Service", "Hours/month", "Rate, year 1", "Over the term"]),
        rows,
    })]
}

/// Response times where one is required.
pub(super) fn responses(quotes: &Quotes) -> Vec<Block> {
    let scenario = quotes.comparison.scenario;
    let wanted = scenario.services.iter().enumerate().filter_map(|(index, service)| {
        let name = format!("{}, within {}", service.name, duration(service.respond_within?));
        let cells = quotes.offers.iter().map(|quote| text(response_words(&quote.services[index])));
        Some((name, cells.collect()))
    });
    let rows: Vec<(String, Vec<Cell>)> = wanted.collect();
    if rows.is_empty() {
        return vec![Block::Paragraph("No service has a required response time.".into())];
    }
    side_by_side(quotes, "Required", &rows)
}

fn response_words(scope: &Scope) -> String {
    match (scope.is_in(), scope.is_best_effort, scope.promised) {
        (false, _, _) => "-".to_string(),
        (true, true, _) => "best effort".to_string(),
        (true, false, None) => "not promised".to_string(),
        (true, false, Some(promised)) => {
            let is_slow = scope.wanted.is_some_and(|wanted| promised > wanted);
            format!("{}{}", duration(promised), if is_slow { ", too slow" } else { "" })
        }
    }
}

/// Hours and availability in full.
pub(super) fn coverage(quotes: &Quotes) -> Table {
    let scenario = quotes.comparison.scenario;
    let mut rows = Vec::new();
    for quote in &quotes.offers {
        for scope in &quote.services {
            let service = &scenario.services[scope.service];
            rows.push(body(vec![
                name(quote),
                text(service.name.clone()),
                text(scope_words(scenario, scope)),
                text(service.hours.words()),
                text(scope.hours.as_ref().map_or_else(|| "-".to_string(), |hours| hours.words())),
                scope.availability.map_or(Cell::None, |share| Cell::Share(scenario.f64(share))),
                text(format!("{} h", hours(scope.hours_per_month))),
            ]));
        }
    }
    Table {
        headers: headers(&[
            "Offer",
            "Service",
            "Scope",
            "Required hours",
            "Covered hours",
            "Availability",
            "Work/month",
        ]),
        rows,
    }
}
