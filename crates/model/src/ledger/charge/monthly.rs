//! Named prices a month: a tailored package, a backup service.

use super::Invoice;
use crate::ledger::line::{Category, Line, Unit};
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// The lines of a month.
pub fn lines<N: Number>(invoice: &Invoice<N>, month: u32, _: &Counts<N>) -> Vec<Line<N>> {
    let prices = invoice.prices(month);
    let named = invoice.engagement.offer.monthly.iter().map(|named| {
        let quantity = (N::one(), Unit::Month);
        let price = prices.price(named.price);
        invoice.line(month, Category::ProviderRecurring, &invoice.item(&named.name), quantity, price)
    });
    named.collect()
}
