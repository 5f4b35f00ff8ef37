//! What is paid at signature: the onboarding fee, at once or in instalments, and everything `once`.

use super::{Invoice, list_of, total};
use crate::ledger::line::{Category, Line, Unit};
use crate::ledger::source::Entry;
use crate::volumes::Volumes;
use comanage_expr::number::Number;

/// The lines of onboarding and of prices once.
pub fn lines<N: Number>(invoice: &Invoice<'_, N>, volumes: &Volumes<N>) -> Vec<Line<N>> {
    let offer = invoice.engagement.offer;
    if !invoice.engagement.begins() {
        return Vec::new();
    }
    let signed_in = invoice.engagement.signed_in();
    let fee = offer.onboarding.fee.map(|fee| ((N::one(), Unit::Once), invoice.scenario.get::<N>(fee)));
    let months = offer.onboarding.fee_months.map(|months| {
        let quantity = (invoice.scenario.get::<N>(months), Unit::RecurringMonth);
        (quantity, recurring_month(invoice, volumes))
    });
    let mut lines = Vec::new();
    if let Some((quantity, price)) = fee.or(months) {
        let whole = invoice.line(signed_in, Category::ProviderOneTime, Entry::Onboarding, quantity, price);
        match offer.onboarding.instalments {
            None => lines.push(whole),
            Some(parts) => lines.extend(instalments(invoice, &whole, invoice.scenario.months(parts).max(1))),
        }
    }
    for (index, once) in offer.once.iter().enumerate() {
        let price = invoice.scenario.get::<N>(once.price);
        let quantity = (N::one(), Unit::Once);
        lines.push(invoice.line(signed_in, Category::ProviderOneTime, Entry::Once(index), quantity, price));
    }
    lines.retain(|line| !line.amount.is_zero());
    lines
}

/// The parts of a fee, a month each, that add up to it; what would fall after the last month is due in it.
fn instalments<N: Number>(invoice: &Invoice<'_, N>, whole: &Line<N>, parts: u32) -> Vec<Line<N>> {
    let last = *invoice.engagement.billed_months().end();
    let first = whole.month + 1;
    let shown = parts.min((last + 1).saturating_sub(first).max(1));
    let digits = invoice.scenario.currency.digits;
    let mut before = N::zero();
    let part = |part: u32| {
        let until = match part {
            part if part == shown => whole.amount,
            part => (whole.amount * N::whole(part.into()) / N::whole(parts.into())).round(digits),
        };
        let amount = until - before;
        before = until;
        Line {
            month: first + part - 1,
            quantity: N::one(),
            unit: Unit::Once,
            unit_price: amount,
            amount,
            ..whole.clone()
        }
    };
    (1..=shown).map(part).collect()
}

/// What the recurring charges of the first billed month come to by their list, or those that the fee names.
fn recurring_month<N: Number>(invoice: &Invoice<'_, N>, volumes: &Volumes<N>) -> N {
    let (month, lines) = list_of(invoice, volumes);
    let is_named = |line: &&Line<N>| match (&invoice.engagement.offer.onboarding.of, line.source.entry()) {
        (None, _) => true,
        (Some(of), Some(Entry::Charge { charge, .. })) => of.contains(&charge),
        (Some(_), _) => false,
    };
    let amounts: Vec<N> = lines.iter().filter(is_named).map(|line| line.amount).collect();
    total(&amounts).named(|| format!("recurring lines of month {month}"))
}
