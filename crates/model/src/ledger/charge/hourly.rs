//! Hours billed as they come, at least a minimum: `max(hours, minimum_hours) * rate`.

use super::{BlockAccount, Invoice};
use crate::ledger::line::Category;
use crate::ledger::source::{Entry, Part};
use crate::scenario::{Hourly, Input};
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes the lines of every billed month. Beside block hours, only the hours that the blocks leave
/// to the hourly rate count.
pub fn write<N: Number>(
    invoice: &mut Invoice<N>,
    charge: usize,
    terms: &Hourly,
    provided: &Provided<N>,
    blocks: Option<&BlockAccount<N>>,
) {
    let minimum = invoice.scenario.get::<N>(terms.minimum_hours) * N::whole(60);
    let entry = Entry::of_charge(charge, Part::Fee);
    for month in invoice.billed_months() {
        let minutes = match blocks {
            Some(account) => account.left_to_hourly(month),
            None => provided.billed_minutes(month, invoice.index),
        };
        let at_own_rates = own_rates(invoice, month, provided).into_iter().map(|(_, _, minutes)| minutes);
        let min = at_own_rates.fold(minimum, |min, minutes| min - minutes);
        let price = invoice.prices(month).price(terms.rate);
        invoice.push_minutes(month, Category::ProviderHours, entry, minutes.max(min), price, true);
    }
}

/// Writes the lines of covers that have a rate of their own.
pub fn write_own_rates<N: Number>(invoice: &mut Invoice<'_, N>, provided: &Provided<N>) {
    for month in invoice.billed_months() {
        for (service, rate, minutes) in own_rates(invoice, month, provided) {
            let price = invoice.prices(month).price(rate);
            invoice.push_minutes(month, Category::ProviderHours, Entry::Cover(service), minutes, price, true);
        }
    }
}

/// The services whose covers have a rate of their own, with the rate and the minutes of a month.
fn own_rates<N: Number>(invoice: &Invoice<'_, N>, month: u32, provided: &Provided<N>) -> Vec<(usize, Input, N)> {
    let covers = invoice.engagement.offer.covers.iter();
    let at_own = covers.filter_map(|cover| Some((cover.service, cover.rate?)));
    at_own.map(|(service, rate)| (service, rate, provided.counted_minutes(month, invoice.index, service))).collect()
}
