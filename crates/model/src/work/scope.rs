//! Work that no one in-house who is paid holds and no offer covers.

use super::hours;
use crate::price::Prices;
use crate::staffing::Staffing;
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// The work of a service that is no one's in a month and is done all the same.
#[derive(Clone, Copy, Debug)]
pub struct OutOfScope<N> {
    /// The service, by index.
    pub service: usize,
    /// The provider that bills it, by engagement; none: the buyer has a price of their own for it.
    pub by: Option<usize>,
    /// Its hours.
    pub hours: N,
    /// The minutes that they are billed as: in the increments of the provider.
    pub minutes: N,
}

/// The services out of scope in a month with their hours, as far as they are done: billed at the lowest
/// out-of-scope rate, the first at a tie, for that provider's live share of the work; where no offer has
/// such a rate, at the buyer's own price, where there is one.
pub fn bill<N: Number>(staffing: &Staffing, workload: &[N], live: &[N], at: (&Counts<N>, u32)) -> Vec<OutOfScope<N>> {
    let (_, month) = at;
    let is_out = |service: &usize| !staffing.is_held(*service, month) && !staffing.is_covered(*service, month);
    let out: Vec<usize> = (0..workload.len()).filter(is_out).collect();
    if out.is_empty() {
        return Vec::new();
    }
    match cheapest::<N>(staffing, month) {
        Some(by) => {
            let billed = |service| {
                let hours = workload[service] * live[by];
                let minutes = hours::out_of_scope(staffing, by, service, at, hours);
                OutOfScope { service, by: Some(by), hours, minutes }
            };
            out.into_iter().map(billed).filter(|of| of.hours.is_positive()).collect()
        }
        None => plugged(staffing, workload, month, out),
    }
}

/// Services out of scope that the buyer has a price of their own for, while an offer runs.
fn plugged<N: Number>(staffing: &Staffing, workload: &[N], month: u32, mut out: Vec<usize>) -> Vec<OutOfScope<N>> {
    let scenario = staffing.scenario;
    if !staffing.engagements.iter().any(|engaged| engaged.runs(month)) {
        return Vec::new();
    }
    out.retain(|&service| scenario.plug(service).is_some() && scenario.required(service).contains(month));
    let of_buyer = |service| {
        let hours = workload[service];
        OutOfScope { service, by: None, hours, minutes: hours::in_minutes(hours) }
    };
    out.into_iter().map(of_buyer).collect()
}

/// The provider with the lowest out-of-scope rate; a rate that is alone is not asked for.
fn cheapest<N: Number>(staffing: &Staffing, month: u32) -> Option<usize> {
    let engaged = staffing.engagements.iter().enumerate().filter(|(_, engaged)| engaged.runs(month));
    let rates: Vec<_> =
        engaged.filter_map(|(index, of)| Some((index, of.offer, of.offer.out_of_scope_rate?))).collect();
    if let [(only, ..)] = rates.as_slice() {
        return Some(*only);
    }
    let price = |(index, offer, rate)| -> (usize, N) {
        (index, Prices::of(staffing.scenario, offer, staffing.engagements[index].year(month)).price(rate))
    };
    let prices = rates.into_iter().map(price);
    prices.reduce(|lowest, other| if lowest.1.is_above(other.1) { other } else { lowest }).map(|(index, _)| index)
}
