//! The least sum of a month's recurring lines: a line makes up what they fall short of it.

use super::Invoice;
use crate::ledger::line::{Category, Line, Stands, Unit};
use crate::ledger::source::{Entry, Limit};
use comanage_expr::number::Number;

/// The line that makes up the month, if it falls short.
pub fn line<N: Number>(invoice: &Invoice<N>, month: u32, recurring: &[Line<N>]) -> Option<Line<N>> {
    let minimum = invoice.engagement.offer.minimum_monthly;
    if invoice.scenario.get::<N>(minimum).is_zero() {
        return None;
    }
    let minimum = invoice.prices(month).price(minimum);
    let sum = recurring.iter().map(|line| line.amount).reduce(|sum, amount| sum + amount).unwrap_or_else(N::zero);
    let short = (minimum - sum).greatest(N::zero());
    let quantity = (N::one(), Unit::Month);
    let entry = Entry::Limit(Limit::MinimumMonthly);
    let line = invoice.line(month, Category::ProviderRecurring, entry, quantity, short);
    Some(Line { on_paper: false, stands: Stands::IfPrice, ..line })
}
