//! What is taken off a month's lines: discounts in the order of the file, each on what those before left.

use std::collections::BTreeMap;

use super::Invoice;
use super::tax::{Split, TaxRate};
use crate::ledger::line::{Category, Line, Stands, Unit};
use crate::ledger::source::Entry;
use crate::scenario::DiscountedSum;
use comanage_expr::number::Number;

/// What is left of a sum of lines, by the tax on them.
type Left<N> = BTreeMap<TaxRate, N>;

/// Writes the discounts of every month, given the lines of onboarding and once; returns how each of them
/// is shared out among the rates of tax.
pub fn write<N: Number>(invoice: &mut Invoice<'_, N>, one_time: &[Line<N>]) -> Vec<Split<N>> {
    let discounts = &invoice.engagement.offer.discounts;
    let mut splits = Vec::new();
    if discounts.is_empty() {
        return splits;
    }
    let mut months: BTreeMap<(u32, Category), Left<N>> = BTreeMap::new();
    for line in invoice.lines.iter().chain(one_time) {
        let left = months.entry((line.month, line.category)).or_default();
        let rate = invoice.tax_rate(line);
        left.entry(rate).and_modify(|sum| *sum = *sum + line.amount).or_insert(line.amount);
    }
    let mut lines = Vec::new();
    for (&(month, category), left) in &mut months {
        for (index, discount) in discounts.iter().enumerate() {
            let is_due = invoice.stands(month, discount.from_month, discount.until_month);
            if !is_due || !is_of(discount.on, category) {
                continue;
            }
            let sum = left.values().copied().reduce(|sum, part| sum + part).unwrap_or_else(N::zero);
            let share = N::zero() - invoice.scenario.get::<N>(discount.share);
            let line = invoice.line(month, category, Entry::Discount { index, of: category }, (sum, Unit::Money), share);
            let parts = shares(left, sum, line.amount);
            splits.extend(parts.iter().map(|&(rate, amount)| Split { month, rate, amount }));
            for (rate, amount) in parts {
                left.entry(rate).and_modify(|sum| *sum = *sum + amount);
            }
            lines.push(Line { stands: Stands::IfQuantity, ..line });
        }
    }
    invoice.lines.extend(lines);
    splits
}

fn is_of(on: DiscountedSum, category: Category) -> bool {
    match on {
        DiscountedSum::Recurring => category == Category::ProviderRecurring,
        DiscountedSum::Hours => category == Category::ProviderHours,
        DiscountedSum::OneTime => category == Category::ProviderOneTime,
        DiscountedSum::All => true,
    }
}

/// The parts of a discount, in proportion to what it is taken of.
fn shares<N: Number>(left: &Left<N>, sum: N, amount: N) -> Vec<(TaxRate, N)> {
    match left.iter().collect::<Vec<_>>().as_slice() {
        [(rate, _)] => vec![(**rate, amount)],
        _ if sum.is_zero() => Vec::new(),
        parts => parts.iter().map(|&(rate, part)| (*rate, amount * *part / sum)).collect(),
    }
}
