//! Hours billed as they come, at least a minimum: `max(hours, minimum_hours) * rate`.

use super::{BlockAccount, Invoice};
use crate::ledger::line::Category;
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes the lines of every billed month. Beside block hours, only the hours that the blocks leave
/// to the hourly rate count.
pub fn write<N: Number>(invoice: &mut Invoice<N>, provided: &Provided<N>, blocks: Option<&BlockAccount<N>>) {
    let Some(charge) = &invoice.engagement.offer.hourly else { return };
    let minimum: N = invoice.scenario.get(charge.minimum_hours);
    let item = invoice.item("hourly");
    for month in invoice.billed_months() {
        let hours = match blocks {
            Some(account) => account.left_to_hourly(month),
            None => provided.billed_hours(month, invoice.index),
        };
        let price = invoice.prices(month).price(charge.rate);
        invoice.push_hours(month, Category::ProviderHours, &item, hours.greatest(minimum), price, true);
    }
}
