//! Rules about things that begin and end: offers, covers, services, tools, costs, and the phases of
//! alternatives.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, Scenario};

use super::super::read::Places;
use super::super::reader::Reader;

/// A first and a last month, and whether they are months of the term.
struct Span {
    from: Option<Input>,
    until: Option<Input>,
    of_term: bool,
}

/// Everything but people that begins or ends.
fn spans(scenario: &Scenario) -> impl Iterator<Item = Span> {
    let of_term = |from: Option<Input>, until: Option<Input>| Span { from, until, of_term: true };
    let of_offer = |from: Option<Input>, until: Option<Input>| Span { from, until, of_term: false };
    let offers = scenario.offers.iter().map(move |offer| of_term(offer.from_month, offer.until_month));
    let covers = scenario.offers.iter().flat_map(|offer| &offer.covers);
    let covers = covers.map(move |cover| of_offer(cover.from_month, cover.until_month));
    let services = scenario.services.iter().map(move |service| of_term(service.from_month, service.until_month));
    let tools = scenario.tools.iter().map(move |tool| of_term(tool.from_month, tool.until_month));
    let costs = scenario.costs.iter().map(move |cost| of_term(cost.from_month, cost.until_month));
    let phases = scenario.alternatives.iter().flat_map(|alternative| {
        let hires = alternative.hires.iter().map(|phase| (phase, None, scenario.hires[phase.of].until_month));
        let offers = alternative.offers.iter().map(|phase| {
            let offer = &scenario.offers[phase.of];
            (phase, offer.from_month, offer.until_month)
        });
        hires.chain(offers)
    });
    let phases = phases.filter(|(phase, ..)| phase.from_month.is_some() || phase.until_month.is_some());
    let phases =
        phases.map(move |(phase, from, until)| of_term(phase.from_month.or(from), phase.until_month.or(until)));
    let charges = scenario.offers.iter().flat_map(|offer| offer.price_lines());
    let charges = charges.map(move |line| of_offer(line.from_month, line.until_month));
    let discounts = scenario.offers.iter().flat_map(|offer| &offer.discounts);
    let discounts = discounts.map(move |discount| of_offer(discount.from_month, discount.until_month));
    let in_offers = covers.chain(charges).chain(discounts);
    offers.chain(in_offers).chain(services).chain(tools).chain(costs).chain(phases)
}

/// Nothing ends before it begins.
pub(super) fn nothing_ends_before_it_begins(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for Span { from, until, .. } in spans(scenario) {
        let (Some(from), Some(input)) = (super::good(reader, from), until) else { continue };
        let Some(until) = reader.good(input) else { continue };
        if until >= from {
            continue;
        }
        let path = reader.inputs.about(input).path.clone();
        let span = reader.written(input).cloned();
        let message = format!("`{path}` is before the first month, {}", from.normalize());
        let mut diagnostic = Diagnostic::error("ends-before-start", message).path(path);
        if let Some(span) = span {
            diagnostic = diagnostic.at(span, "too early");
        }
        reader.report(diagnostic.hint("`until_month` must be at least `from_month`"));
    }
}

/// What begins after the term is not in it.
pub(super) fn everything_begins_in_the_term(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for Span { from, of_term, .. } in spans(scenario) {
        if let Some(input) = from.filter(|_| of_term)
            && reader.good(input).is_some_and(|month| month > scenario.term_months.into())
            && let Some(span) = reader.written(input).cloned()
        {
            let path = reader.inputs.about(input).path.clone();
            super::report_after_term(reader, scenario.term_months, span, path);
        }
    }
}

/// A project's hours are spread over months, so there is at least one.
pub(super) fn projects_have_months(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for service in &scenario.services {
        let Some(total) = service.hours_total.filter(|&total| reader.is_good(total)) else { continue };
        let months =
            |input: Option<Input>, otherwise: u32| input.map_or(otherwise, |input| reader.inputs.months(input));
        let first = months(service.from_month, 1);
        let last = months(service.until_month, scenario.term_months);
        let window = comanage_model::month::Window::new(first, last, &service.months, scenario.start);
        if !window.is_empty() || last < first {
            continue;
        }
        let path = reader.inputs.about(total).path.clone();
        let span = reader.written(total).cloned();
        let mut diagnostic = Diagnostic::error("no-months", "this work has no month in which to do it").path(path);
        if let Some(span) = span {
            diagnostic = diagnostic.at(span, "no month");
        }
        reader.report(diagnostic.hint("`months` must name a calendar month between `from_month` and `until_month`"));
    }
}
