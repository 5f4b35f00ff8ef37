//! What is paid at signature: the onboarding fee and everything `once`.

use super::{Invoice, first_recurring, total};
use crate::ledger::line::{Category, Unit};
use crate::ledger::source::Entry;
use crate::volumes::Volumes;
use comanage_expr::number::Number;

/// Writes the lines of the month of signature.
pub fn write<N: Number>(invoice: &mut Invoice<N>, volumes: &Volumes<N>) {
    let offer = invoice.engagement.offer;
    if !invoice.engagement.begins() {
        return;
    }
    let fee = offer.onboarding.fee.map(|fee| ((N::one(), Unit::Once), invoice.scenario.get::<N>(fee)));
    let months = offer.onboarding.fee_months.map(|months| {
        let quantity = (invoice.scenario.get::<N>(months), Unit::RecurringMonth);
        (quantity, first_recurring_month(invoice, volumes))
    });
    let mut owed: Vec<_> =
        fee.or(months).into_iter().map(|(quantity, price)| (Entry::Onboarding, quantity, price)).collect();
    owed.extend(
        offer
            .once
            .iter()
            .enumerate()
            .map(|(index, named)| (Entry::Once(index), (N::one(), Unit::Once), invoice.scenario.get::<N>(named.price))),
    );
    for (entry, quantity, price) in owed {
        let line = invoice.line(invoice.engagement.signed_in(), Category::ProviderOneTime, entry, quantity, price);
        if !line.amount.is_zero() {
            invoice.lines.push(line);
        }
    }
}

/// What the recurring lines of the first billed month come to.
fn first_recurring_month<N: Number>(invoice: &Invoice<N>, volumes: &Volumes<N>) -> N {
    let (month, lines) = first_recurring(invoice.plan, invoice.index, volumes);
    let amounts: Vec<N> = lines.iter().map(|line| line.amount).collect();
    total(&amounts).named(|| format!("recurring lines of month {month}"))
}
