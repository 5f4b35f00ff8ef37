//! A fixed fee a month for a defined scope, with included hours and a rate beyond them.

use super::Invoice;
use crate::ledger::line::{Category, Line, Unit};
use crate::ledger::source::{Entry, Part};
use crate::scenario::Retainer;
use crate::work::Provided;
use comanage_expr::number::Number;

/// The line of a month.
pub fn line<N: Number>(invoice: &Invoice<N>, charge: usize, terms: &Retainer, month: u32) -> Line<N> {
    let price = invoice.prices(month).price(terms.monthly);
    let entry = Entry::of_charge(charge, Part::Fee);
    invoice.line(month, Category::ProviderRecurring, entry, (N::one(), Unit::Month), price)
}

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
