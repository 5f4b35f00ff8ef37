//! Any other cost, as the scenario gives it; a saving is negative.

use super::line::{Category, Line, Unit};
use super::source::LineSource;
use crate::month::contract_year;
use crate::price::indexed;
use crate::staffing::Staffing;
use comanage_expr::number::Number;

/// Writes the lines of every other cost that the alternative bears.
pub fn write<N: Number>(staffing: &Staffing, lines: &mut Vec<Line<N>>) {
    let scenario = staffing.scenario;
    let is_borne =
        |bearers: &Option<Vec<String>>| bearers.as_ref().is_none_or(|ids| ids.contains(&staffing.alternative.id));
    for (index, cost) in scenario.costs.iter().enumerate().filter(|(_, cost)| is_borne(&cost.alternatives)) {
        let source = LineSource::Cost(index);
        if let Some(monthly) = cost.monthly {
            let years = (0..=contract_year(scenario.term_months)).map(|year| {
                let price = indexed(scenario, monthly, cost.uplift, year);
                Line::new(scenario, 12 * year + 1, Category::Other, source, (N::one(), Unit::Month), price)
            });
            let years: Vec<Line<N>> = years.collect();
            let of_month = |month: u32| years[contract_year(month) as usize].in_month(month);
            lines.extend(scenario.window(cost.from_month, cost.until_month, &[]).months().map(of_month));
        }
        let month = scenario.months(cost.month);
        if let Some(once) = cost.once.filter(|_| month <= scenario.term_months) {
            let quantity = (N::one(), Unit::Once);
            lines.push(Line::new(scenario, month, Category::Other, source, quantity, scenario.get(once)));
        }
    }
}
