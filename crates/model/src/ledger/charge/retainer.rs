//! A fixed fee a month for a defined scope, with included hours and a rate beyond them.

use super::Invoice;
use crate::ledger::line::{Category, Line, Unit};
use crate::volumes::Counts;
use crate::work::Provided;
use comanage_expr::number::Number;

/// The lines of a month.
pub fn lines<N: Number>(invoice: &Invoice<N>, month: u32, _: &Counts<N>) -> Vec<Line<N>> {
    let Some(charge) = &invoice.engagement.offer.retainer else { return Vec::new() };
    let price = invoice.prices(month).price(charge.monthly);
    let quantity = (N::one(), Unit::Month);
    vec![invoice.line(month, Category::ProviderRecurring, &invoice.item("retainer"), quantity, price)]
}

/// Writes the flat hours beyond the included ones, where there is a rate for them.
pub fn write_overage<N: Number>(invoice: &mut Invoice<N>, provided: &Provided<N>) {
    let Some(charge) = &invoice.engagement.offer.retainer else { return };
    let (Some(included), Some(rate)) = (charge.included_hours, charge.overage_rate) else { return };
    let included: N = invoice.scenario.get(included);
    let item = invoice.item("retainer overage");
    for month in invoice.billed_months() {
        let beyond = provided.flat_hours(month, invoice.index) - included;
        let price = invoice.prices(month).price(rate);
        invoice.push_hours(month, Category::ProviderHours, &item, beyond, price, false);
    }
}
