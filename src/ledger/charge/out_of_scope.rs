//! Work that nobody in-house holds and no offer covers, at the lowest out-of-scope rate.

use super::Invoice;
use crate::ledger::line::Category;
use crate::number::Number;
use crate::work::Work;

/// Writes the hours of every month that fall to this offer.
pub fn write<N: Number>(invoice: &mut Invoice<N>, work: &Work<N>) {
    let Some(rate) = invoice.engagement.offer.out_of_scope_rate else { return };
    let items: Vec<_> =
        invoice.scenario.services.iter().map(|s| invoice.item(&format!("out of scope: {}", s.key))).collect();
    for month in 1..=invoice.scenario.term_months {
        for (service, hours) in work.out_of_scope(month, invoice.index) {
            let price = invoice.prices(month).price(rate);
            invoice.push_hours(month, Category::OutOfScope, &items[service], hours, price, false);
        }
    }
}
