//! Staffing as a document: the people that each service takes, and how they come about.

use super::parts::{brief, exact, full, headers, table};
use super::{Block, Cell, Report, Section};
use crate::figures::{number, percent};
use comanage_analysis::staff::{People, RoleStaff, ServiceStaff, Staff};
use comanage_expr::number::{Exact, Number};
use comanage_model::availability::Shift;
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Writes the people of services.
pub fn staff(of: &Staff) -> Report {
    let scenario = of.scenario;
    let is_one = of.services.len() == 1;
    let sections = of.services.iter().flat_map(|service| service_sections(of, service, is_one));
    Report {
        title: format!("{}: staffing", scenario.name),
        subtitle: format!("{}, {}, {} months", scenario.file, scenario.currency.code, scenario.term_months),
        answer: of.services.iter().map(|service| answer(of, service)).collect(),
        sections: sections.collect(),
    }
}

/// The fewest people to the target, in a sentence.
fn answer(of: &Staff, service: &ServiceStaff) -> String {
    let scenario = of.scenario;
    let name = &scenario.services[service.service].name;
    let cheapest = service.roles.iter().filter(|role| role.yearly_cost.is_some()).min_by_key(|role| role.yearly_cost);
    let Some((role, people)) = cheapest.and_then(|role| Some((role, role.to_target?))) else {
        return format!("{name}: no role of the file can do it.");
    };
    let cost = role.yearly_cost.map(|cost| format!(" ({})", yearly(scenario, cost))).unwrap_or_default();
    format!(
        "{name}: {people} x {} cover {} required hours/week to {}{cost}.",
        scenario.role(role.role).name,
        hours(service.required.hours()),
        percent(of.target)
    )
}

fn yearly(scenario: &Scenario, cost: Money) -> String {
    format!("{} {} a year", cost.to_prose(), scenario.currency.code)
}

fn hours(hours: f64) -> String {
    crate::figures::hours(hours)
}

/// People to two decimals.
fn people(value: Decimal) -> Cell {
    Cell::Figure(number(value.to_f64().unwrap_or(f64::NAN), 2))
}

fn count(value: Option<u32>) -> Cell {
    value.map_or(Cell::None, Cell::Count)
}

fn service_sections(of: &Staff, service: &ServiceStaff, is_one: bool) -> Vec<Section> {
    let scenario = of.scenario;
    let name = &scenario.services[service.service].name;
    let at_once = match service.required.0.len() {
        1 => "one person at once".to_string(),
        max => format!("up to {max} people at once"),
    };
    let asked = format!(
        "{} required hours/week, {at_once}; target {} of them covered. As if the people of a role shared these hours in a rota.",
        hours(service.required.hours()),
        percent(of.target)
    );
    let mut blocks = vec![Block::Paragraph(asked), roles(scenario, service)];
    if !service.offers.is_empty() {
        blocks.push(offers(scenario, service));
    }
    blocks.push(shifts(scenario, service));
    let mut sections = vec![brief(name.clone(), blocks)];
    for role in &service.roles {
        let heading = format!("{name}: {}, line by line", scenario.role(role.role).name);
        let arithmetic = vec![arithmetic(of, service, role)];
        sections.push(if is_one { brief(heading, arithmetic) } else { full(heading, arithmetic) });
    }
    sections
}

fn roles(scenario: &Scenario, service: &ServiceStaff) -> Block {
    let head = ["Role", "By schedule", "With absence", "To the target", "Cost/year", "Cost per covered hour"];
    let rows = service.roles.iter().map(|role| {
        vec![
            Cell::Text(scenario.role(role.role).name.clone()),
            people(role.alone.by_schedule),
            people(role.alone.with_absence),
            count(role.to_target),
            Cell::money(role.yearly_cost),
            role.cost_per_covered_hour.map_or(Cell::None, |cost| exact(cost, scenario)),
        ]
    });
    table(headers(&head), rows.collect())
}

/// Offers for the same hours, and the people of each role next to them.
fn offers(scenario: &Scenario, service: &ServiceStaff) -> Block {
    let names = service.roles.iter().map(|role| format!("{} in addition", scenario.role(role.role).name));
    let head = ["Offer", "Hours/week", "Available", "Price/year"].map(String::from).into_iter().chain(names);
    let rows = service.offers.iter().enumerate().map(|(place, offer)| {
        let beside = service.roles.iter().map(|role| count(role.with_offers[place].to_target));
        let own = [
            Cell::Text(scenario.offers[offer.offer].name.clone()),
            Cell::Hours(offer.hours_a_week),
            Cell::Share(offer.availability),
            Cell::money(offer.yearly_price),
        ];
        own.into_iter().chain(beside).collect()
    });
    table(head.collect(), rows.collect())
}

fn shifts(scenario: &Scenario, service: &ServiceStaff) -> Block {
    let head = ["Role", "Shifts", "Hours/week", "By schedule", "With absence"];
    let row = |role: &RoleStaff, (shift, people_of): &(Shift, People)| {
        vec![
            Cell::Text(scenario.role(role.role).name.clone()),
            Cell::Text(format!("{} h{}", shift.hours.normalize(), with_handover(shift))),
            Cell::Hours(people_of.seat_hours.to_f64().unwrap_or(f64::NAN)),
            people(people_of.by_schedule),
            people(people_of.with_absence),
        ]
    };
    let rows = service.roles.iter().flat_map(|role| role.shifts.iter().map(move |shift| row(role, shift)));
    table(headers(&head), rows.collect())
}

fn with_handover(shift: &Shift) -> String {
    if shift.handover_minutes.is_zero() {
        return String::new();
    }
    format!(" and {} min", shift.handover_minutes.normalize())
}

/// From the required hours to the people, a line a step.
fn arithmetic(of: &Staff, service: &ServiceStaff, role: &RoleStaff) -> Block {
    let person = role.person;
    let exact = |value: Decimal| Exact(Some(value));
    let week = exact(person.weekly_hours);
    let worked = |value: Exact| Cell::Figure(number(value.to_f64(), 1));
    let figure = |value: Decimal, digits| Cell::Figure(number(value.to_f64().unwrap_or(f64::NAN), digits));
    let a_year = exact(role.alone.seat_hours) * (Exact::whole(365) / Exact::whole(7));
    let seat = match role.shift {
        Some(shift) => format!("in whole shifts of {} h{}", shift.hours.normalize(), with_handover(&shift)),
        None => "in shifts of any length".to_string(),
    };
    let away = |days: Decimal| worked(Exact::zero() - exact(days) * (week / Exact::whole(5)));
    let row = |step: &str, value: Cell, unit: &str| vec![Cell::Text(step.into()), value, Cell::Text(unit.into())];
    let rows = vec![
        row("Required hours, by people at once", figure(service.required.seat_hours(None), 1), "h/week"),
        row(&seat, figure(role.alone.seat_hours, 1), "h/week"),
        row("x 365 / 7", worked(a_year), "h/year"),
        row("Working time of one person, 52 weeks", worked(week * Exact::whole(52)), "h/year"),
        row(&format!("less {} public holidays", person.holidays.normalize()), away(person.holidays), "h/year"),
        row(
            &format!("less {} days of leave, sickness and training", person.days_away.normalize()),
            away(person.days_away),
            "h/year",
        ),
        row("Hours that one person is there", figure(person.productive, 1), "h/year"),
        row(
            "x share of the time in which the post is filled",
            Cell::Share(person.filled.to_f64().unwrap_or(f64::NAN)),
            "",
        ),
        row("Hours that one post gives", figure(person.hours_a_year(), 1), "h/year"),
        row("People by schedule: seat hours / weekly hours", figure(role.alone.by_schedule, 2), "people"),
        row("People with absence: seat hours / hours of a post", figure(role.alone.with_absence, 2), "people"),
        row(&format!("Whole people to {} coverage", percent(of.target)), count(role.to_target), "people"),
    ];
    table(headers(&["Step", "Value", "Unit"]), rows)
}
