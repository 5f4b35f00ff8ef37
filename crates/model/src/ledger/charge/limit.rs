//! The least and the most of an invoice, by the month and by the year of the offer: a line makes up what
//! is missing, a negative one takes away what is too much.
//!
//! Recurring charges and hours count, less what discounts take of them; onboarding, prices once, work out
//! of scope, the exit fee and tax do not. In free months there is no limit; what is billed by the hour in
//! them counts towards the year.

use std::collections::BTreeMap;

use super::Invoice;
use crate::ledger::line::{Category, KeepIf, Line, Unit};
use crate::ledger::source::{Entry, Limit};
use comanage_expr::number::Number;

/// What makes up a month that falls short, given what is billed in it.
pub fn make_up<N: Number>(invoice: &Invoice<'_, N>, month: u32, sum: N) -> Option<Line<N>> {
    let minimum = invoice.engagement.offer.minimum_monthly;
    if invoice.scenario.get::<N>(minimum).is_zero() {
        return None;
    }
    let minimum = invoice.prices(month).price(minimum);
    Some(line(invoice, month, Limit::MinimumMonthly, (minimum - sum).max(N::zero())))
}

/// Writes the lines of every limit, those of a month before those of a year.
pub fn write<N: Number>(invoice: &mut Invoice<'_, N>) {
    let mut billed = Billed::of(invoice);
    let months: Vec<u32> = invoice.billed_months().collect();
    for &month in months.iter().filter(|month| !invoice.is_free(**month)) {
        limit_month(invoice, month, &mut billed);
    }
    for of_year in months.chunk_by(|a, b| invoice.engagement.year(*a) == invoice.engagement.year(*b)) {
        raise_year(invoice, of_year, &mut billed);
        cut_year(invoice, of_year, &mut billed);
    }
    invoice.lines.append(&mut billed.lines);
}

/// What counts against limits, by month, and the lines that limits add.
struct Billed<N> {
    sums: BTreeMap<u32, N>,
    lines: Vec<Line<N>>,
}

impl<N: Number> Billed<N> {
    fn of(invoice: &Invoice<'_, N>) -> Self {
        let mut billed = Self { sums: BTreeMap::new(), lines: Vec::new() };
        let counts = |line: &&Line<N>| matches!(line.category, Category::ProviderRecurring | Category::ProviderHours);
        for line in invoice.lines.iter().filter(counts) {
            billed.count(line.month, line.amount);
        }
        billed
    }

    fn sum(&self, month: u32) -> N {
        self.sums.get(&month).copied().unwrap_or_else(N::zero)
    }

    fn count(&mut self, month: u32, amount: N) {
        self.sums.entry(month).and_modify(|sum| *sum = *sum + amount).or_insert(amount);
    }

    fn add(&mut self, line: Line<N>) {
        self.count(line.month, line.amount);
        self.lines.push(line);
    }
}

fn limit_month<N: Number>(invoice: &Invoice<'_, N>, month: u32, billed: &mut Billed<N>) {
    // A step of its own, since the sum may be the amount of a line.
    let sum = (billed.sum(month) + N::zero()).named(|| format!("counts towards limits in month {month}"));
    if let Some(line) = make_up(invoice, month, sum) {
        billed.add(line);
    }
    if let Some(maximum) = invoice.engagement.offer.maximum_monthly {
        let max: N = invoice.prices(month).price(maximum);
        let over = (billed.sum(month) - max).max(N::zero());
        billed.add(line(invoice, month, Limit::MaximumMonthly, N::zero() - over));
    }
}

/// Makes up in the last month of a year what the year falls short of its minimum, which is in proportion to
/// the months that are billed and not free.
fn raise_year<N: Number>(invoice: &Invoice<'_, N>, of_year: &[u32], billed: &mut Billed<N>) {
    let Some(minimum) = invoice.engagement.offer.minimum_yearly else { return };
    let paid = of_year.iter().filter(|month| !invoice.is_free(**month));
    let (count, last) = paid.fold((0, None), |(count, _), month| (count + 1, Some(*month)));
    let Some(last) = last else { return };
    let whole: N = invoice.prices(last).price(minimum);
    let min = match count {
        12 => whole,
        months => (whole * N::whole(months) / N::whole(12)).round(invoice.scenario.currency.digits),
    };
    let sum = of_year.iter().fold(N::zero(), |sum, month| sum + billed.sum(*month));
    let sum = sum.named(|| format!("counts towards limits up to month {last}"));
    billed.add(line(invoice, last, Limit::MinimumYearly, (min - sum).max(N::zero())));
}

/// Stops the invoice in the month in which the most of a year is reached.
fn cut_year<N: Number>(invoice: &Invoice<'_, N>, of_year: &[u32], billed: &mut Billed<N>) {
    let Some(maximum) = invoice.engagement.offer.maximum_yearly else { return };
    let Some(&first) = of_year.first() else { return };
    let mut left: N = invoice.prices(first).price(maximum);
    for &month in of_year {
        let sum = billed.sum(month);
        let over = (sum - left).max(N::zero());
        left = (left - sum).max(N::zero());
        if !invoice.is_free(month) {
            billed.add(line(invoice, month, Limit::MaximumYearly, N::zero() - over));
        }
    }
}

fn line<N: Number>(invoice: &Invoice<'_, N>, month: u32, limit: Limit, amount: N) -> Line<N> {
    let quantity = (N::one(), Unit::Month);
    let line = invoice.line(month, Category::ProviderRecurring, Entry::Limit(limit), quantity, amount);
    Line { on_paper: false, stands: KeepIf::IfPrice, ..line }
}
