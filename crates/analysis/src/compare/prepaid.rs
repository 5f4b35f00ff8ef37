//! What is paid for months in which it is not used: after the term, or after the end of an offer.

use std::collections::BTreeMap;

use super::Compared;
use super::alike::Kind;
use comanage_expr::number::{Exact, Number};
use comanage_model::ledger::charge::paid_until;
use comanage_model::ledger::{Entry, Line, LineSource, Part};
use comanage_model::money::Money;

/// Payments in advance that reach beyond the last month of their offer, charge by charge.
pub(super) fn paid_beyond_term() -> Kind<'static> {
    Kind::note("paid-beyond-term", "paid in advance beyond the last month:", found)
        .hint("ask what is paid back, or choose a term that ends with the period")
}

fn found(alternative: &Compared) -> Vec<String> {
    let staffing = &alternative.evaluation.staffing;
    let mut beyond: BTreeMap<(usize, usize), (u32, Exact)> = BTreeMap::new();
    for line in &alternative.evaluation.ledger.lines {
        if let Some((of, paid_to, unused)) = unused(alternative, line) {
            let sum = beyond.entry(of).or_insert((paid_to, Exact::zero()));
            sum.1 = sum.1 + unused;
        }
    }
    let words = |((engagement, charge), (paid_to, sum)): ((usize, usize), (u32, Exact))| {
        let engaged = &staffing.engagements[engagement];
        let currency = staffing.scenario.currency;
        let amount = Money(sum.round(currency.digits).0?).to_prose();
        let (offer, last) = (&engaged.offer.name, engaged.last);
        let charge = engaged.offer.charges[charge].name();
        let code = currency.code;
        Some(format!("{charge} of {offer} up to month {paid_to}, {amount} {code} of it after month {last}"))
    };
    beyond.into_iter().filter_map(words).collect()
}

/// The charge of a line, the month up to which it is paid, and what of the line is for months after the last
/// one; none where nothing is.
fn unused(alternative: &Compared, line: &Line<Exact>) -> Option<((usize, usize), u32, Exact)> {
    let LineSource::Provider { engagement, entry } = line.source else { return None };
    let Entry::Charge { charge, part: Part::Fee | Part::Added, .. } = entry else { return None };
    let staffing = &alternative.evaluation.staffing;
    let engaged = &staffing.engagements[engagement];
    let paid_to = paid_until(staffing, engagement, charge, line.month)?;
    let beyond = paid_to.checked_sub(engaged.last).filter(|months| *months > 0)?;
    let free = staffing.scenario.months(engaged.offer.free_months);
    let first_paid = line.month.max(engaged.first_billed + free);
    let months = (paid_to + 1).checked_sub(first_paid).filter(|months| *months >= beyond)?;
    let unused = line.amount * Exact::whole(beyond.into()) / Exact::whole(months.into());
    unused.is_positive().then_some(((engagement, charge), paid_to, unused))
}
