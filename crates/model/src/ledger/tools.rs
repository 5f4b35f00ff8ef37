//! What tools cost: paid while someone in-house uses them, until a provider brings them along.

use std::collections::BTreeMap;

use super::charge::price_classes;
use super::line::{Category, Line, Unit};
use super::source::LineSource;
use crate::month::contract_year;
use crate::price::indexed;
use crate::scenario::{Scenario, Tool};
use crate::staffing::Staffing;
use crate::volumes::{Counts, Volumes};
use comanage_expr::number::Number;

/// Writes the lines of every tool that the alternative pays.
pub fn write<N: Number>(staffing: &Staffing, volumes: &Volumes<N>, lines: &mut Vec<Line<N>>) {
    let scenario = staffing.scenario;
    for (index, tool) in scenario.tools.iter().enumerate() {
        let source = LineSource::Tool(index);
        let mut monthly = BTreeMap::new();
        let mut once = Some(scenario.get::<N>(tool.once)).filter(|once| !once.is_zero());
        for month in (1..=scenario.term_months).filter(|&month| is_paid(staffing, index, month)) {
            let (state, year) = (volumes.state(month), contract_year(month));
            let amount = *monthly
                .entry((state, year))
                .or_insert_with(|| monthly_cost(scenario, tool, &volumes.states()[state], year));
            if !amount.is_zero() {
                lines.push(Line::amount(month, Category::Tools, source, Unit::Month, amount));
            }
            if let Some(price) = once.take() {
                lines.push(Line::new(scenario, month, Category::Tools, source, (N::one(), Unit::Once), price));
            }
        }
    }
}

/// Whether the house pays a tool in a month of its own: someone paid performs, or an offer covers, one
/// of its services that is required then, and no offer that bills includes it.
pub fn is_paid(staffing: &Staffing, tool: usize, month: u32) -> bool {
    let scenario = staffing.scenario;
    let Tool { services, from_month, until_month, .. } = &scenario.tools[tool];
    if !scenario.window(*from_month, *until_month, &[]).contains(month) {
        return false;
    }
    let is_used = |&service: &usize| {
        scenario.required(service).contains(month)
            && (staffing.is_held(service, month) || staffing.is_covered(service, month))
    };
    let is_needed = services.is_empty() || services.iter().any(is_used);
    let mut engagements = staffing.engagements.iter();
    is_needed && !engagements.any(|engaged| engaged.is_billed(month) && engaged.offer.includes_tools.contains(&tool))
}

/// `cents(users * per_user + devices * per_device + monthly)`, at the prices of a contract year.
fn monthly_cost<N: Number>(scenario: &Scenario, tool: &Tool, counts: &Counts<N>, year: u32) -> N {
    let price = |input| indexed(scenario, input, tool.uplift, year);
    let for_users = tool.per_user.as_ref().map(|rates| price_classes(scenario, rates, &counts.users, price));
    let for_devices = tool.per_device.as_ref().map(|rates| price_classes(scenario, rates, &counts.devices, price));
    let parts = [for_users, for_devices, Some(price(tool.monthly))];
    let cost = parts.into_iter().flatten().reduce(|sum, part| sum + part).unwrap_or_else(N::zero);
    cost.round(scenario.currency.digits).named(|| format!("{} a month", tool.key))
}
