//! Work that nobody in-house holds and no offer covers, at the lowest out-of-scope rate.

use std::sync::Arc;

use super::Invoice;
use crate::ledger::line::Category;
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes the hours of every month that fall to this offer.
pub fn write<N: Number>(invoice: &mut Invoice<N>, provided: &Provided<N>) {
    let Some(rate) = invoice.engagement.offer.out_of_scope_rate else { return };
    let services = 0..invoice.scenario.services.len();
    let items: Vec<Arc<str>> =
        services.map(|service| Arc::from(invoice.plan.out_of_scope_item(invoice.index, service))).collect();
    for month in invoice.engagement.start..=invoice.engagement.last {
        for (service, hours) in provided.out_of_scope(month, invoice.index) {
            let price = invoice.prices(month).price(rate);
            invoice.push_hours(month, Category::OutOfScope, &items[service], hours, price, false);
        }
    }
}
