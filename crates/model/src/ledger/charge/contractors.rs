//! People who work under the client's lead: `headcount * hours_per_month * rate`.

use super::{Invoice, free};
use crate::ledger::line::{Category, Line};
use crate::ledger::source::{Entry, Part};
use crate::scenario::Contractors;
use crate::work::MINUTE_DIGITS;
use comanage_expr::number::Number;

/// The lines of every billed month; those of a year are alike.
pub fn lines<N: Number>(invoice: &Invoice<'_, N>, charge: usize, terms: &Contractors) -> Vec<Line<N>> {
    let mut lines = Vec::new();
    let months: Vec<u32> = invoice.billed_months().collect();
    for of_year in months.chunk_by(|a, b| invoice.engagement.year(*a) == invoice.engagement.year(*b)) {
        let Some(first) = of_year.first().and_then(|month| line(invoice, charge, terms, *month)) else { continue };
        lines.extend(of_year.iter().map(|&month| {
            let line = first.in_month(month);
            if invoice.is_free(month) { free(line) } else { line }
        }));
    }
    lines
}

/// The line of a month; none without hours.
pub fn line<N: Number>(invoice: &Invoice<'_, N>, charge: usize, terms: &Contractors, month: u32) -> Option<Line<N>> {
    let people: N = invoice.scenario.get(terms.headcount);
    let hours = people * invoice.scenario.get(terms.hours_per_month);
    let minutes = (hours * N::whole(60)).round(MINUTE_DIGITS);
    if !minutes.is_positive() {
        return None;
    }
    let rate = invoice.prices(month).price(terms.rate);
    let entry = Entry::of_charge(charge, Part::Fee);
    Some(invoice.hours_line(month, Category::ProviderRecurring, entry, minutes, rate))
}
