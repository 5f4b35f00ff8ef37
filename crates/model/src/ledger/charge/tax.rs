//! Tax on a provider's invoice: on the sum of the other lines of a month, each rate for itself.

use std::collections::BTreeMap;

use super::Invoice;
use super::discount::TaxedPart;
use crate::ledger::line::{Category, Line, Unit};
use crate::ledger::source::Entry;
use crate::scenario::{Charge, Input};
use comanage_expr::number::Number;

/// The rate of tax on a line: none is the offer's, else that of a charge, by its index.
pub type TaxRate = Option<usize>;

/// The rates of tax on an invoice, by charge.
pub struct TaxRates(Vec<TaxRate>);

impl TaxRates {
    /// The rates of an invoice; charges with the same rate share the first one's.
    pub fn new<N: Number>(invoice: &Invoice<'_, N>) -> Self {
        let offer = invoice.engagement.offer;
        let rates: Vec<Option<N>> =
            offer.charges.iter().map(|charge| Some(invoice.scenario.get(own_rate(charge)?))).collect();
        let shared = |own: &Option<N>| {
            let own = (*own)?;
            if is_same(own, invoice.scenario.get(offer.tax)) {
                return None;
            }
            rates.iter().position(|rate| rate.is_some_and(|rate| is_same(rate, own)))
        };
        Self(rates.iter().map(shared).collect())
    }

    /// The rate of a line.
    pub fn of<N>(&self, line: &Line<N>) -> TaxRate {
        match line.source.entry() {
            Some(Entry::Charge { charge, .. }) => self.0[charge],
            _ => None,
        }
    }
}

fn own_rate(charge: &Charge) -> Option<Input> {
    charge.price_line()?.tax
}

fn is_same<N: Number>(a: N, b: N) -> bool {
    !a.is_above(b) && !b.is_above(a)
}

/// Writes the tax of every month; none where it is recovered.
pub fn write<N: Number>(invoice: &mut Invoice<'_, N>, rates: &TaxRates, discounts: &[TaxedPart<N>]) {
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
            add(line.month, rates.of(line), line.amount);
        }
    }
    discounts.iter().for_each(|part| add(part.month, part.rate, part.amount));
    for ((month, rate), sum) in sums {
        let own = rate.and_then(|charge| own_rate(&offer.charges[charge]));
        let tax: N = invoice.scenario.get(own.unwrap_or(offer.tax));
        if tax.is_zero() {
            continue;
        }
        let line = invoice.line(month, Category::ProviderTax, Entry::Tax(rate), (sum, Unit::Money), tax);
        if !line.amount.is_zero() {
            invoice.lines.push(line);
        }
    }
}
