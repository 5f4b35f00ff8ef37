//! How much work a service is.

use crate::scenario::{ByClass, Input, Scenario, Service};
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// Hours of work of a service in a month: what it takes in any case, its tickets and its devices,
/// times the season's factor.
///
/// 120 users with 0.9 tickets of 22 minutes a month are 39.6 hours. The minutes and twelfths are
/// brought to one denominator, so that a sum which is whole on paper is whole here.
pub fn workload<N: Number>(scenario: &Scenario, service: &Service, counts: &Counts<N>) -> N {
    workload_with(scenario, service, counts, scenario.get(service.minutes_per_ticket))
}

/// The same with other minutes a ticket, such as rounded up to a billing increment.
pub fn workload_with<N: Number>(scenario: &Scenario, service: &Service, counts: &Counts<N>, minutes: N) -> N {
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
    let sum = twelfths_of_minutes.unwrap_or_else(N::zero);
    (sum * counts.workload_factor / N::whole(720)).named(|| format!("hours of work of {}", service.key))
}
