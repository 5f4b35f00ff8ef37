//! What is taken off a month's lines: discounts in the order of the file, each on what those before left.

use std::collections::BTreeMap;

use super::Invoice;
use super::tax::{TaxRate, TaxRates};
use crate::ledger::line::{Category, KeepIf, Line, Unit};
use crate::ledger::source::Entry;
use crate::scenario::{Discount, DiscountedSum};
use comanage_expr::number::Number;

/// A part of a discount that bears tax at a rate.
pub struct TaxedPart<N> {
    /// Month of the term.
    pub month: u32,
    /// The tax rate that applies to the part.
    pub rate: TaxRate,
    /// The part, below zero.
    pub amount: N,
}

/// What is left of the lines of a month and category.
struct Left<N> {
    sum: N,
    /// By the tax on the lines.
    by_rate: BTreeMap<TaxRate, N>,
}

/// Writes the discounts of every month, given the lines of onboarding and once; returns how each of them
/// is shared out among the rates of tax.
pub fn write<N: Number>(invoice: &mut Invoice<'_, N>, one_time: &[Line<N>], rates: &TaxRates) -> Vec<TaxedPart<N>> {
    let mut parts = Vec::new();
    if invoice.engagement.offer.discounts.is_empty() {
        return parts;
    }
    let mut months: BTreeMap<(u32, Category), Left<N>> = BTreeMap::new();
    for line in invoice.lines.iter().chain(one_time) {
        let left = months.entry((line.month, line.category));
        left.or_insert_with(Left::nothing).add(rates.of(line), line.amount);
    }
    let mut lines = Vec::new();
    for (&(month, category), left) in &mut months {
        let mut taken = Vec::new();
        for (index, discount) in standing(invoice, month) {
            if !is_of(discount.on, category) {
                continue;
            }
            let share = N::zero() - invoice.scenario.get::<N>(discount.share);
            let entry = Entry::Discount { index, of: category };
            let sum = left.sum.named(|| base_name(category, month, &taken));
            taken.push(discount.name.as_str());
            let line = invoice.line(month, category, entry, (sum, Unit::Money), share);
            parts.extend(left.take(line.amount).into_iter().map(|(rate, amount)| TaxedPart { month, rate, amount }));
            lines.push(Line { stands: KeepIf::IfQuantity, ..line });
        }
    }
    invoice.lines.extend(lines);
    parts
}

/// What a discount is taken of: `provider recurring of month 3, less Three years`.
fn base_name(category: Category, month: u32, taken: &[&str]) -> String {
    let less = if taken.is_empty() { String::new() } else { format!(", less {}", taken.join(", ")) };
    format!("{} of month {month}{less}", category.name())
}

/// What the recurring discounts of a month leave of a sum of recurring lines.
pub fn of_recurring<N: Number>(invoice: &Invoice<'_, N>, month: u32, sum: N) -> N {
    let of_recurring = standing(invoice, month).filter(|(_, discount)| is_of(discount.on, Category::ProviderRecurring));
    of_recurring.fold(sum, |left, (_, discount)| {
        left - (left * invoice.scenario.get(discount.share)).round(invoice.scenario.currency.digits)
    })
}

/// The discounts of a month, with their index.
fn standing<'a, N: Number>(invoice: &Invoice<'a, N>, month: u32) -> impl Iterator<Item = (usize, &'a Discount)> {
    let discounts = invoice.engagement.offer.discounts.iter().enumerate();
    discounts.filter(move |(_, discount)| invoice.stands(month, discount.from_month, discount.until_month))
}

fn is_of(on: DiscountedSum, category: Category) -> bool {
    match on {
        DiscountedSum::Recurring => category == Category::ProviderRecurring,
        DiscountedSum::Hours => category == Category::ProviderHours,
        DiscountedSum::OneTime => category == Category::ProviderOneTime,
        DiscountedSum::All => true,
    }
}

impl<N: Number> Left<N> {
    fn nothing() -> Self {
        Self { sum: N::zero(), by_rate: BTreeMap::new() }
    }

    fn add(&mut self, rate: TaxRate, amount: N) {
        self.sum = self.sum + amount;
        self.by_rate.entry(rate).and_modify(|part| *part = *part + amount).or_insert(amount);
    }

    /// Takes a discount, below zero, from every part in proportion; returns the parts of it.
    fn take(&mut self, amount: N) -> Vec<(TaxRate, N)> {
        let sum = self.sum;
        self.sum = sum + amount;
        let is_one = self.by_rate.len() == 1;
        if !is_one && sum.is_zero() {
            return Vec::new();
        }
        let take = |(rate, left): (&TaxRate, &mut N)| {
            let part = if is_one { amount } else { amount * *left / sum };
            *left = *left + part;
            (*rate, part)
        };
        self.by_rate.iter_mut().map(take).collect()
    }
}
