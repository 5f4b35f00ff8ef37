//! Services that offers leave to no one, at the buyer's own price.

use super::charge::HOUR_DIGITS;
use super::line::{Category, Line, Stands, Unit};
use super::source::LineSource;
use crate::plan::Plan;
use crate::scenario::PlugPrice;
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes what each month's services that are no one's cost at the buyer's own prices, which do not rise.
pub fn write<N: Number>(plan: &Plan, provided: &Provided<N>, lines: &mut Vec<Line<N>>) {
    let scenario = plan.scenario;
    if scenario.plugs.is_empty() {
        return;
    }
    for month in 1..=scenario.term_months {
        for (service, hours) in provided.plugged(month) {
            let Some(plug) = scenario.plug(service) else { continue };
            let quantity = match plug.price {
                PlugPrice::Hour(_) => (hours.greatest(N::zero()).round(HOUR_DIGITS), Unit::Hour),
                PlugPrice::Month(_) => (N::one(), Unit::Month),
            };
            let price = scenario.get(plug.price.input());
            let line = Line::new(scenario, month, Category::OutOfScope, LineSource::Plug(service), quantity, price);
            lines.push(Line { on_paper: false, stands: Stands::IfQuantity, ..line });
        }
    }
}
