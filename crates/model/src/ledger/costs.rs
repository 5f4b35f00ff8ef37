//! Any other cost, as the scenario gives it; a saving is negative.

use super::line::{Category, Line, Unit};
use super::source::LineSource;
use crate::plan::Plan;
use comanage_expr::number::Number;

/// Writes the lines of every other cost that the alternative bears.
pub fn write<N: Number>(plan: &Plan, lines: &mut Vec<Line<N>>) {
    let scenario = plan.scenario;
    let is_borne =
        |bearers: &Option<Vec<String>>| bearers.as_ref().is_none_or(|ids| ids.contains(&plan.alternative.id));
    for (index, cost) in scenario.costs.iter().enumerate().filter(|(_, cost)| is_borne(&cost.alternatives)) {
        let source = LineSource::Cost(index);
        if let Some(monthly) = cost.monthly {
            let first = Line::new(scenario, 1, Category::Other, source, (N::one(), Unit::Month), scenario.get(monthly));
            let months = scenario.window(cost.from_month, cost.until_month, &[]).months();
            lines.extend(months.map(|month| first.in_month(month)));
        }
        let month = scenario.months(cost.month);
        if let Some(once) = cost.once.filter(|_| month <= scenario.term_months) {
            let quantity = (N::one(), Unit::Once);
            lines.push(Line::new(scenario, month, Category::Other, source, quantity, scenario.get(once)));
        }
    }
}
