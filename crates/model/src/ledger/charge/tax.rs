//! Tax on a provider's invoice: on the sum of the other lines of a month.

use std::collections::BTreeMap;

use super::Invoice;
use crate::ledger::line::{Category, Unit};
use crate::ledger::source::Entry;
use comanage_expr::number::Number;

/// Writes the tax of every month; none where it is recovered.
pub fn write<N: Number>(invoice: &mut Invoice<N>) {
    let offer = invoice.engagement.offer;
    let tax: N = invoice.scenario.get(offer.tax);
    if offer.tax_recoverable || tax.is_zero() {
        return;
    }
    let mut sums: BTreeMap<u32, N> = BTreeMap::new();
    for line in &invoice.lines {
        sums.entry(line.month).and_modify(|sum| *sum = *sum + line.amount).or_insert(line.amount);
    }
    for (month, sum) in sums {
        let line = invoice.line(month, Category::ProviderTax, Entry::Tax, (sum, Unit::Money), tax);
        if !line.amount.is_zero() {
            invoice.lines.push(line);
        }
    }
}
