//! People who work under the client's lead: `headcount * hours_per_month * rate`.

use super::{HOUR_DIGITS, Invoice};
use crate::ledger::line::{Category, Line, Unit};
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// The lines of a month.
pub fn lines<N: Number>(invoice: &Invoice<N>, month: u32, _: &Counts<N>) -> Vec<Line<N>> {
    let Some(charge) = &invoice.engagement.offer.contractors else { return Vec::new() };
    let people: N = invoice.scenario.get(charge.headcount);
    let hours = (people * invoice.scenario.get(charge.hours_per_month)).round(HOUR_DIGITS);
    if !hours.is_positive() {
        return Vec::new();
    }
    let rate = invoice.prices(month).price(charge.rate);
    vec![invoice.line(month, Category::ProviderRecurring, &invoice.item("contractors"), (hours, Unit::Hour), rate)]
}
