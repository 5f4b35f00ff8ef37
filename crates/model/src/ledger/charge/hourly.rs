//! Hours billed as they come, at least a minimum: `max(hours, minimum_hours) * rate`.

use super::{BlockAccount, Invoice};
use crate::ledger::line::Category;
use crate::ledger::source::{Entry, Part};
use crate::scenario::Hourly;
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes the lines of every billed month. Beside block hours, only the hours that the blocks leave
/// to the hourly rate count.
pub fn write<N: Number>(
    invoice: &mut Invoice<N>,
    charge: usize,
    terms: &Hourly,
    provided: &Provided<N>,
    blocks: Option<&BlockAccount<N>>,
) {
    let minimum: N = invoice.scenario.get(terms.minimum_hours);
    let entry = Entry::of_charge(charge, Part::Fee);
    for month in invoice.billed_months() {
        let hours = match blocks {
            Some(account) => account.left_to_hourly(month),
            None => provided.billed_hours(month, invoice.index),
        };
        let price = invoice.prices(month).price(terms.rate);
        invoice.push_hours(month, Category::ProviderHours, entry, hours.greatest(minimum), price, true);
    }
}
