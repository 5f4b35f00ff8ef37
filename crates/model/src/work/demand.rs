//! How much work a service is.

use crate::month::Window;
use crate::scenario::{ByClass, Input, Scenario, Service};
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// Hours of work of a service in a month: what it takes in any case, its tickets and its devices,
/// times the season's factor, and a month's part of its total; none where it is not required.
///
/// 120 users with 0.9 tickets of 22 minutes a month are 39.6 hours. The minutes and twelfths are
/// brought to one denominator, so that a sum which is whole on sight is whole here.
pub fn workload<N: Number>(scenario: &Scenario, service: usize, counts: &Counts<N>, month: u32) -> N {
    let minutes = scenario.get(scenario.services[service].minutes_per_ticket);
    workload_with(scenario, service, counts, month, minutes)
}

/// The same with other minutes a ticket, such as rounded up to a billing increment.
pub fn workload_with<N: Number>(scenario: &Scenario, service: usize, counts: &Counts<N>, month: u32, minutes: N) -> N {
    if !scenario.required(service).contains(month) {
        return N::zero();
    }
    let service = &scenario.services[service];
    let get = |input: Input| -> N { scenario.get(input) };
    let mut twelfths_of_minutes: Option<N> = None;
    let mut add = |part: N| {
        if !part.is_zero() {
            twelfths_of_minutes = Some(twelfths_of_minutes.map_or(part, |sum| sum + part));
        }
    };
    add(get(service.hours_per_month) * N::whole(720));
    add(get(service.hours_per_year) * N::whole(60));
    add(counts.all_users * get(service.tickets_per_user) * minutes * N::whole(12));
    match &service.minutes_per_device {
        None => {}
        Some(ByClass::All(each)) => add(counts.all_devices * get(*each) * N::whole(12)),
        Some(ByClass::Classes(classes)) => {
            for (class, each) in classes {
                add(counts.devices[*class] * get(*each) * N::whole(12));
            }
        }
    }
    for (thing, each) in &service.minutes_per {
        add(counts.things[*thing] * get(*each) * N::whole(12));
    }
    let sum = twelfths_of_minutes.unwrap_or_else(N::zero);
    let hours = sum * counts.workload_factor / N::whole(720);
    let hours = part_of_total(scenario, service).map_or(hours, |part: N| hours + part);
    hours.named(|| format!("hours of work of {}", service.key))
}

/// The hours of a project over all its months, those after the term among them, spread evenly.
fn part_of_total<N: Number>(scenario: &Scenario, service: &Service) -> Option<N> {
    let total: N = scenario.get(service.hours_total?);
    let first = service.from_month.map_or(1, |input| scenario.months(input));
    let last = service.until_month.map_or(scenario.term_months, |input| scenario.months(input));
    let months = Window::new(first, last, &service.months, scenario.start).months().count();
    Some((total / N::whole(months.max(1) as i64)).named(|| format!("a month's part of the total of {}", service.key)))
}
