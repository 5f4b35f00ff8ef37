//! What it costs to leave an offer while its contract runs on.
//!
//! Notice is taken as given in time, so only the exit fee is left: a share of what the months after the
//! end would have cost, or what this many of them would. Of 36 months at 3,500 with half of the rest as
//! the fee, leaving after month 18 costs `50% * 18 * 3,500 = 31,500`.

use super::{Invoice, recurring, total};
use crate::ledger::line::{Category, Unit};
use crate::ledger::source::Entry;
use crate::plan::Engagement;
use crate::scenario::{Contract, Exit, Scenario};
use crate::volumes::Volumes;
use comanage_expr::number::Number;

/// Writes the exit fee in the last month of an offer that ends in the term.
pub fn write<N: Number>(invoice: &mut Invoice<N>, volumes: &Volumes<N>) {
    let engagement = invoice.engagement;
    let Some(end) = engagement.end.filter(|_| engagement.begins()) else { return };
    let Some(contract) = &engagement.offer.contract else { return };
    let left = months_left(invoice.scenario, engagement, contract, end);
    let (rest, share) = match contract.exit {
        Some(Exit::ShareOfRemaining(share)) => (cost_after(invoice, volumes, end, left), invoice.scenario.get(share)),
        Some(Exit::Months(months)) => {
            (cost_after(invoice, volumes, end, left.min(invoice.scenario.months(months))), N::one())
        }
        None => return,
    };
    let line = invoice.line(end, Category::ProviderOneTime, Entry::ExitFee, (rest, Unit::Money), share);
    if !line.amount.is_zero() {
        invoice.lines.push(line);
    }
}

/// The months that an offer's contract, or the renewal it is in, still runs at the end of a month of the
/// term; 0 where it has run out and does not renew.
pub fn months_left(scenario: &Scenario, engagement: &Engagement, contract: &Contract, month: u32) -> u32 {
    let first = scenario.months(contract.months);
    let renews = contract.renews_months.map_or(0, |months| scenario.months(months));
    let ran = engagement.month(month);
    if ran <= first {
        first - ran
    } else if renews == 0 {
        0
    } else {
        (ran - first).div_ceil(renews) * renews - (ran - first)
    }
}

/// What the recurring lines of this many months after one would cost, if the offer ran on. A month after the
/// term costs what its last month would.
fn cost_after<N: Number>(invoice: &Invoice<N>, volumes: &Volumes<N>, end: u32, months: u32) -> N {
    let term = invoice.scenario.term_months;
    let inside = (end + 1..=(end + months).min(term)).map(|month| (month, 1));
    let after = (end + months).saturating_sub(end.max(term));
    let costs = inside.chain((after > 0).then_some((term, after))).map(|(month, times)| {
        let amounts: Vec<N> = recurring(invoice, month, volumes.at(month)).iter().map(|line| line.amount).collect();
        if is_free(invoice, month) { N::zero() } else { total(&amounts) * N::whole(times.into()) }
    });
    let costs: Vec<N> = costs.collect();
    total(&costs).named(|| format!("recurring lines of the {months} months after month {end}"))
}

fn is_free<N: Number>(invoice: &Invoice<N>, month: u32) -> bool {
    month < invoice.engagement.first_billed + invoice.scenario.months(invoice.engagement.offer.free_months)
}
