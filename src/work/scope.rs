//! Work that nobody in-house who is paid holds and no offer covers.

use crate::month::contract_year;
use crate::number::Number;
use crate::plan::Plan;
use crate::price::Prices;

/// The services out of scope in a month, each with the provider that bills it and its hours: the
/// lowest out-of-scope rate, the first at a tie, and its live share of the work. Without such a rate
/// the work is not done.
pub fn bill<N: Number>(plan: &Plan, workload: &[N], live: &[N], month: u32) -> Vec<(usize, usize, N)> {
    let prices = plan.engagements.iter().enumerate().filter_map(|(index, engaged)| {
        let rate = engaged.offer.out_of_scope_rate?;
        let price: N = Prices::of(plan.scenario, engaged.offer, contract_year(month)).price(rate);
        Some((index, price))
    });
    let lowest = prices.reduce(|lowest, other| if lowest.1.is_above(other.1) { other } else { lowest });
    let Some((cheapest, _)) = lowest else { return Vec::new() };
    let is_out = |service: &usize| !plan.is_held(*service, month) && !plan.is_covered(*service);
    let out = (0..workload.len()).filter(is_out).map(|service| (service, cheapest, workload[service] * live[cheapest]));
    out.filter(|(_, _, hours)| hours.is_positive()).collect()
}
