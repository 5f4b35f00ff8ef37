//! Work that nobody in-house who is paid holds and no offer covers.

use crate::plan::Plan;
use crate::price::Prices;
use comanage_expr::number::Number;

/// The services out of scope in a month, each with the provider that bills it and its hours: the
/// lowest out-of-scope rate, the first at a tie, and its live share of the work. Without such a rate
/// the work is not done.
pub fn bill<N: Number>(plan: &Plan, workload: &[N], live: &[N], month: u32) -> Vec<(usize, usize, N)> {
    let is_out = |service: &usize| !plan.is_held(*service, month) && !plan.is_covered(*service, month);
    let out: Vec<usize> = (0..workload.len()).filter(is_out).collect();
    if out.is_empty() {
        return Vec::new();
    }
    let Some(cheapest) = cheapest::<N>(plan, month) else { return Vec::new() };
    let hours = out.into_iter().map(|service| (service, cheapest, workload[service] * live[cheapest]));
    hours.filter(|(_, _, hours)| hours.is_positive()).collect()
}

/// The provider with the lowest out-of-scope rate; a rate that stands alone is not asked for.
fn cheapest<N: Number>(plan: &Plan, month: u32) -> Option<usize> {
    let engaged = plan.engagements.iter().enumerate().filter(|(_, engaged)| engaged.runs(month));
    let rates: Vec<_> =
        engaged.filter_map(|(index, of)| Some((index, of.offer, of.offer.out_of_scope_rate?))).collect();
    if let [(only, ..)] = rates.as_slice() {
        return Some(*only);
    }
    let price = |(index, offer, rate)| -> (usize, N) {
        (index, Prices::of(plan.scenario, offer, plan.engagements[index].year(month)).price(rate))
    };
    let prices = rates.into_iter().map(price);
    prices.reduce(|lowest, other| if lowest.1.is_above(other.1) { other } else { lowest }).map(|(index, _)| index)
}
