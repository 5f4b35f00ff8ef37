//! Work that no one in-house holds and no offer covers, at the lowest out-of-scope rate.

use super::Invoice;
use crate::ledger::line::Category;
use crate::ledger::source::Entry;
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes the hours of every month that fall to this offer.
pub fn write<N: Number>(invoice: &mut Invoice<N>, provided: &Provided<N>) {
    let Some(rate) = invoice.engagement.offer.out_of_scope_rate else { return };
    for month in invoice.engagement.start..=invoice.engagement.last {
        for (service, minutes) in provided.out_of_scope(month, invoice.index) {
            let price = invoice.prices(month).price(rate);
            invoice.push_minutes(month, Category::OutOfScope, Entry::OutOfScope(service), minutes, price, false);
        }
    }
}
