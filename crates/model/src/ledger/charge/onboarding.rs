//! What is paid at signature: the onboarding fee and everything `once`.

use super::{Invoice, first_recurring, total};
use crate::counts::Calendar;
use crate::diagnostic::Diagnostic;
use crate::ledger::line::{Category, Unit};
use comanage_expr::number::Number;

/// Writes the lines of month 0.
///
/// # Errors
/// Counts of a first billed month after the term that cannot be.
pub fn write<N: Number>(invoice: &mut Invoice<N>, calendar: &Calendar<N>) -> Result<(), Diagnostic> {
    let offer = invoice.engagement.offer;
    let item = invoice.item("onboarding");
    let fee = offer.onboarding.fee.map(|fee| ((N::one(), Unit::Once), invoice.scenario.get::<N>(fee)));
    let months = match offer.onboarding.fee_months {
        None => None,
        Some(months) => {
            let quantity = (invoice.scenario.get::<N>(months), Unit::RecurringMonth);
            Some((quantity, first_recurring_month(invoice, calendar)?))
        }
    };
    let mut owed: Vec<_> =
        fee.or(months).into_iter().map(|(quantity, price)| (item.clone(), quantity, price)).collect();
    owed.extend(
        offer
            .once
            .iter()
            .map(|named| (invoice.item(&named.name), (N::one(), Unit::Once), invoice.scenario.get::<N>(named.price))),
    );
    for (item, quantity, price) in owed {
        let line = invoice.line(0, Category::ProviderOneTime, &item, quantity, price);
        if !line.amount.is_zero() {
            invoice.lines.push(line);
        }
    }
    Ok(())
}

/// What the recurring lines of the first billed month come to.
fn first_recurring_month<N: Number>(invoice: &Invoice<N>, calendar: &Calendar<N>) -> Result<N, Diagnostic> {
    let lines = first_recurring(invoice.plan, invoice.index, calendar)?;
    let amounts: Vec<N> = lines.iter().map(|line| line.amount).collect();
    Ok(total(&amounts).named(|| format!("recurring lines of month {}", invoice.engagement.first_billed)))
}
