//! Staffing as JSON: an entry for each service and role.

use serde::Serialize;

use super::{Head, Layout, text};
use comanage_analysis::staff::{OfferPrice, People, RoleStaff, ServiceStaff, Staff};
use comanage_model::money::Money;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The people of services.
pub fn staff(of: &Staff, layout: Layout) -> String {
    let entries = |service: &'_ ServiceStaff| -> Vec<Entry> {
        let none = service.roles.is_empty().then_some(None);
        let roles = service.roles.iter().map(Some).chain(none);
        roles.map(|role| entry(of, service, role)).collect()
    };
    let document = Document {
        head: Head::new(of.scenario),
        target: of.target,
        services: of.services.iter().flat_map(entries).collect(),
    };
    text(&document, layout)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    target: f64,
    services: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    name: String,
    hours_a_week: f64,
    people: usize,
    role: Option<String>,
    by_schedule: Option<f64>,
    with_absence: Option<f64>,
    to_target: Option<u32>,
    yearly_cost: Option<String>,
    cost_per_covered_hour: Option<String>,
    seat: Option<Seat>,
    shifts: Vec<Shift>,
    offers: Vec<Offer>,
}

#[derive(Serialize)]
struct Seat {
    shift_hours: Option<f64>,
    handover_minutes: Option<f64>,
    hours_a_week: f64,
    weekly_hours: f64,
    holidays: f64,
    days_away: f64,
    productive_hours: f64,
    filled: f64,
}

#[derive(Serialize)]
struct Shift {
    shift_hours: f64,
    handover_minutes: f64,
    seat_hours_a_week: f64,
    by_schedule: f64,
    with_absence: f64,
}

#[derive(Serialize)]
struct Offer {
    id: String,
    yearly_price: Option<String>,
    hours_a_week: f64,
    availability: f64,
    by_schedule: Option<f64>,
    with_absence: Option<f64>,
    to_target: Option<u32>,
}

/// A number to six decimals: what lies beyond is where a division was cut.
fn figure(number: Decimal) -> f64 {
    number.round_dp(6).to_f64().unwrap_or(f64::NAN)
}

fn entry(of: &Staff, service: &ServiceStaff, role: Option<&RoleStaff>) -> Entry {
    let scenario = of.scenario;
    let money = |amount: Option<Money>| amount.map(|amount| amount.to_data(scenario.currency));
    let own = &scenario.services[service.service];
    let alone = |figure_of: fn(People) -> Decimal| role.map(|role| figure(figure_of(role.alone)));
    let offers = service.offers.iter().enumerate();
    Entry {
        id: own.key.clone(),
        name: own.name.clone(),
        hours_a_week: service.required.hours(),
        people: service.required.0.len(),
        role: role.map(|role| scenario.role(role.role).name.clone()),
        by_schedule: alone(|people| people.by_schedule),
        with_absence: alone(|people| people.with_absence),
        to_target: role.and_then(|role| role.to_target),
        yearly_cost: money(role.and_then(|role| role.yearly_cost)),
        cost_per_covered_hour: money(role.and_then(|role| role.cost_per_covered_hour)),
        seat: role.map(seat),
        shifts: role.map(shifts).unwrap_or_default(),
        offers: offers.map(|(place, price)| offer(of, *price, role, place, money(price.yearly_price))).collect(),
    }
}

fn seat(role: &RoleStaff) -> Seat {
    Seat {
        shift_hours: role.shift.map(|shift| figure(shift.hours)),
        handover_minutes: role.shift.map(|shift| figure(shift.handover_minutes)),
        hours_a_week: figure(role.alone.seat_hours),
        weekly_hours: figure(role.person.weekly_hours),
        holidays: figure(role.person.holidays),
        days_away: figure(role.person.days_away),
        productive_hours: figure(role.person.productive),
        filled: figure(role.person.filled),
    }
}

fn shifts(role: &RoleStaff) -> Vec<Shift> {
    let of = role.shifts.iter().map(|(shift, people)| Shift {
        shift_hours: figure(shift.hours),
        handover_minutes: figure(shift.handover_minutes),
        seat_hours_a_week: figure(people.seat_hours),
        by_schedule: figure(people.by_schedule),
        with_absence: figure(people.with_absence),
    });
    of.collect()
}

fn offer(of: &Staff, price: OfferPrice, role: Option<&RoleStaff>, place: usize, yearly_price: Option<String>) -> Offer {
    let beside = role.map(|role| role.with_offers[place]);
    let people = beside.and_then(|beside| beside.people);
    Offer {
        id: of.scenario.offers[price.offer].key.clone(),
        yearly_price,
        hours_a_week: price.hours_a_week,
        availability: price.availability,
        by_schedule: people.map(|people| figure(people.by_schedule)),
        with_absence: people.map(|people| figure(people.with_absence)),
        to_target: beside.and_then(|beside| beside.to_target),
    }
}
