//! Services that offers leave to no one, at the buyer's own price.

use super::line::{Category, KeepIf, Line, Unit};
use super::source::LineSource;
use crate::scenario::PlugPrice;
use crate::staffing::Staffing;
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes what each month's services that are no one's cost at the buyer's own prices, which do not rise.
pub fn write<N: Number>(staffing: &Staffing, provided: &Provided<N>, lines: &mut Vec<Line<N>>) {
    let scenario = staffing.scenario;
    if scenario.plugs.is_empty() {
        return;
    }
    for month in 1..=scenario.term_months {
        for (service, minutes) in provided.plugged(month) {
            let Some(plug) = scenario.plug(service) else { continue };
            let (category, source) = (Category::OutOfScope, LineSource::Plug(service));
            let price = scenario.get(plug.price.input());
            let line = match plug.price {
                PlugPrice::Hour(_) => {
                    let minutes = minutes.max(N::zero());
                    Line::of_minutes(scenario, month, category, source, minutes, price)
                }
                PlugPrice::Month(_) => Line::new(scenario, month, category, source, (N::one(), Unit::Month), price),
            };
            lines.push(Line { on_paper: false, stands: KeepIf::IfQuantity, ..line });
        }
    }
}
