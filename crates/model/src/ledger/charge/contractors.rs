//! People who work under the client's lead: `headcount * hours_per_month * rate`.

use super::Invoice;
use crate::work::MINUTE_DIGITS;
use crate::ledger::line::{Category, Line};
use crate::ledger::source::{Entry, Part};
use crate::scenario::Contractors;
use comanage_expr::number::Number;

/// The line of a month; none without hours.
pub fn line<N: Number>(invoice: &Invoice<N>, charge: usize, terms: &Contractors, month: u32) -> Option<Line<N>> {
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
