//! Hours beyond those that a fixed fee a month includes. The fee itself is a line of the price list.

use super::Invoice;
use crate::ledger::line::Category;
use crate::ledger::source::{Entry, Part};
use crate::scenario::Retainer;
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes the flat hours beyond the included ones, where there is a rate for them.
pub fn write_overage<N: Number>(invoice: &mut Invoice<N>, charge: usize, terms: &Retainer, provided: &Provided<N>) {
    let (Some(included), Some(rate)) = (terms.included_hours, terms.overage_rate) else { return };
    let included = invoice.scenario.get::<N>(included) * N::whole(60);
    let entry = Entry::of_charge(charge, Part::Overage);
    for month in invoice.billed_months() {
        let beyond = provided.flat_minutes(month, invoice.index) - included;
        let price = invoice.prices(month).price(rate);
        invoice.push_minutes(month, Category::ProviderHours, entry, beyond, price, false);
    }
}
