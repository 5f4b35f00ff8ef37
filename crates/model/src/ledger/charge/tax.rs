//! Tax on a provider's invoice: on the sum of the other lines of a month, each rate for itself.

use std::collections::BTreeMap;

use super::Invoice;
use crate::ledger::line::{Category, Line, Unit};
use crate::ledger::source::Entry;
use crate::scenario::Charge;
use comanage_expr::number::Number;

/// The rate of tax on a line: none is the offer's, else that of a charge, by its index.
pub type TaxRate = Option<usize>;

/// A part of a discount that bears tax at a rate.
pub struct Split<N> {
    /// Month of the term.
    pub month: u32,
    /// The rate.
    pub rate: TaxRate,
    /// The part, below zero.
    pub amount: N,
}

impl<N: Number> Invoice<'_, N> {
    /// The rate of tax on a line; charges with the same rate share the first one's.
    pub(super) fn tax_rate(&self, line: &Line<N>) -> TaxRate {
        let Some(Entry::Charge { charge, .. }) = line.source.entry() else { return None };
        let offer = self.engagement.offer;
        let of = |charge: &Charge| match charge {
            Charge::Line(line) => line.tax,
            _ => None,
        };
        let own = self.scenario.decimal(of(&offer.charges[charge])?);
        if own == self.scenario.decimal(offer.tax) {
            return None;
        }
        offer.charges.iter().position(|other| of(other).is_some_and(|tax| self.scenario.decimal(tax) == own))
    }
}

/// Writes the tax of every month; none where it is recovered.
pub fn write<N: Number>(invoice: &mut Invoice<'_, N>, discounts: &[Split<N>]) {
    let offer = invoice.engagement.offer;
    if offer.tax_recoverable {
        return;
    }
    let mut sums: BTreeMap<(u32, TaxRate), N> = BTreeMap::new();
    let mut add = |month, rate, amount: N| {
        sums.entry((month, rate)).and_modify(|sum| *sum = *sum + amount).or_insert(amount);
    };
    for line in &invoice.lines {
        if !matches!(line.source.entry(), Some(Entry::Discount { .. })) {
            add(line.month, invoice.tax_rate(line), line.amount);
        }
    }
    discounts.iter().for_each(|part| add(part.month, part.rate, part.amount));
    for ((month, rate), sum) in sums {
        let tax = match rate.map(|charge| &offer.charges[charge]) {
            Some(Charge::Line(line)) => line.tax.unwrap_or(offer.tax),
            _ => offer.tax,
        };
        let tax: N = invoice.scenario.get(tax);
        if tax.is_zero() {
            continue;
        }
        let line = invoice.line(month, Category::ProviderTax, Entry::Tax(rate), (sum, Unit::Money), tax);
        if !line.amount.is_zero() {
            invoice.lines.push(line);
        }
    }
}
