//! The least and the most of an invoice, by the month and by the year of the offer: a line makes up what
//! is missing, a negative one takes away what is too much.
//!
//! Recurring charges and hours count, less what discounts take of them; onboarding, prices once, work out
//! of scope and tax do not.

use std::collections::BTreeMap;

use super::Invoice;
use crate::ledger::line::{Category, Line, Stands, Unit};
use crate::ledger::source::{Entry, Limit};
use crate::scenario::Input;
use comanage_expr::number::Number;

/// What makes up a month that falls short, given what is billed in it.
pub fn make_up<N: Number>(invoice: &Invoice<'_, N>, month: u32, sum: N) -> Option<Line<N>> {
    let minimum = invoice.engagement.offer.minimum_monthly;
    if invoice.scenario.get::<N>(minimum).is_zero() {
        return None;
    }
    let minimum = invoice.prices(month).price(minimum);
    Some(line(invoice, month, Limit::MinimumMonthly, (minimum - sum).greatest(N::zero())))
}

/// Writes the lines of every limit: none in free months, those of a month before those of a year.
pub fn write<N: Number>(invoice: &mut Invoice<'_, N>) {
    let offer = invoice.engagement.offer;
    let mut sums: BTreeMap<u32, N> = BTreeMap::new();
    for line in invoice.lines.iter().filter(|line| counts(line.category)) {
        sums.entry(line.month).and_modify(|sum| *sum = *sum + line.amount).or_insert(line.amount);
    }
    let months: Vec<u32> = invoice.billed_months().filter(|month| !invoice.is_free(*month)).collect();
    let mut lines = Vec::new();
    let mut add = |sums: &mut BTreeMap<u32, N>, line: Line<N>| {
        sums.entry(line.month).and_modify(|sum| *sum = *sum + line.amount).or_insert(line.amount);
        lines.push(line);
    };
    for &month in &months {
        let sum = |sums: &BTreeMap<u32, N>| sums.get(&month).copied().unwrap_or_else(N::zero);
        if let Some(line) = make_up(invoice, month, sum(&sums)) {
            add(&mut sums, line);
        }
        if let Some(maximum) = offer.maximum_monthly {
            let most: N = invoice.prices(month).price(maximum);
            let over = (sum(&sums) - most).greatest(N::zero());
            add(&mut sums, line(invoice, month, Limit::MaximumMonthly, N::zero() - over));
        }
    }
    for of_year in months.chunk_by(|a, b| invoice.engagement.year(*a) == invoice.engagement.year(*b)) {
        let Some(&last) = of_year.last() else { continue };
        if let Some(minimum) = offer.minimum_yearly {
            let least = in_proportion(invoice, last, minimum, of_year.len());
            let year = invoice.engagement.year(last);
            let in_year = sums.iter().filter(|(month, _)| invoice.engagement.year(**month) == year);
            let sum = in_year.map(|(_, sum)| *sum).reduce(|all, sum| all + sum).unwrap_or_else(N::zero);
            add(&mut sums, line(invoice, last, Limit::MinimumYearly, (least - sum).greatest(N::zero())));
        }
        if let Some(maximum) = offer.maximum_yearly {
            let most: N = invoice.prices(last).price(maximum);
            let mut left = most;
            for &month in of_year {
                let sum = sums.get(&month).copied().unwrap_or_else(N::zero);
                let over = (sum - left).greatest(N::zero());
                left = (left - sum).greatest(N::zero());
                add(&mut sums, line(invoice, month, Limit::MaximumYearly, N::zero() - over));
            }
        }
    }
    invoice.lines.extend(lines);
}

fn counts(category: Category) -> bool {
    matches!(category, Category::ProviderRecurring | Category::ProviderHours)
}

/// The minimum of a year, for as many of its months as are billed.
fn in_proportion<N: Number>(invoice: &Invoice<'_, N>, month: u32, minimum: Input, months: usize) -> N {
    let whole: N = invoice.prices(month).price(minimum);
    if months == 12 {
        return whole;
    }
    (whole * N::whole(months as i64) / N::whole(12)).round(invoice.scenario.currency.digits)
}

fn line<N: Number>(invoice: &Invoice<'_, N>, month: u32, limit: Limit, amount: N) -> Line<N> {
    let quantity = (N::one(), Unit::Month);
    let line = invoice.line(month, Category::ProviderRecurring, Entry::Limit(limit), quantity, amount);
    Line { on_paper: false, stands: Stands::IfPrice, ..line }
}
