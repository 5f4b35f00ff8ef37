//! What it costs to leave an offer while its contract runs on.
//!
//! Notice is taken as given in time, so only the exit fee is left: a share of what the months after the
//! end would have cost, or what a number of them would. They cost what the price list says, less recurring
//! discounts, raised to the monthly minimum; free months, and months that are paid in advance by then, cost
//! nothing. Of 36 months at 3,500 with half of the rest as the fee, leaving after month 18 costs
//! `50% * 18 * 3,500 = 31,500`.

use super::{Invoice, discount, limit, listed_in, price_line, total};
use crate::ledger::line::{Category, Unit};
use crate::ledger::source::Entry;
use crate::scenario::{Charge, Contract, Exit, Scenario};
use crate::staffing::{Engagement, Staffing};
use crate::volumes::Volumes;
use comanage_expr::number::Number;

/// What leaving at the end of a month costs in addition to the notice.
#[derive(Clone, Copy, Debug)]
pub enum ExitFee<N> {
    /// Nothing: there is no contract, or it has run out.
    Nothing,
    /// Months remain, and the contract does not say what they cost.
    NotStated,
    /// A share of what the months after the end would have cost, before tax.
    Owed {
        /// What they would have cost.
        rest: N,
        /// The share of `rest` that is due, 0 to 1.
        share: N,
    },
}

/// The fee for leaving an engagement at the end of a month, in the term or after it.
pub fn exit_fee<N: Number>(staffing: &Staffing, engagement: usize, volumes: &Volumes<N>, end: u32) -> ExitFee<N> {
    fee(&Invoice::new(staffing, engagement), volumes, end)
}

/// What some months after a month that is billed as it comes would cost: those of notice after the term.
pub fn recurring_after<N: Number>(
    staffing: &Staffing,
    engagement: usize,
    volumes: &Volumes<N>,
    end: u32,
    months: u32,
) -> N {
    cost_after(&Invoice::new(staffing, engagement), volumes, end, months)
}

/// Writes the exit fee in the last month of an offer that ends in the term.
pub fn write<N: Number>(invoice: &mut Invoice<'_, N>, volumes: &Volumes<N>) {
    let engagement = invoice.engagement;
    let Some(end) = engagement.end.filter(|_| engagement.begins()) else { return };
    let ExitFee::Owed { rest, share } = fee(invoice, volumes, end) else { return };
    let line = invoice.line(end, Category::ProviderOneTime, Entry::ExitFee, (rest, Unit::Money), share);
    if !line.amount.is_zero() {
        invoice.lines.push(line);
    }
}

fn fee<N: Number>(invoice: &Invoice<'_, N>, volumes: &Volumes<N>, end: u32) -> ExitFee<N> {
    let engagement = invoice.engagement;
    let Some(contract) = &engagement.offer.contract else { return ExitFee::Nothing };
    let left = months_left(invoice.scenario, engagement, contract, end);
    let (months, share) = match contract.exit {
        _ if left == 0 => return ExitFee::Nothing,
        None => return ExitFee::NotStated,
        Some(Exit::ShareOfRemaining(share)) => (left, invoice.scenario.get(share)),
        Some(Exit::Months(months)) => (left.min(invoice.scenario.months(months)), N::one()),
    };
    let rest = cost_after(invoice, volumes, end, months);
    ExitFee::Owed { rest: rest.named(|| format!("the {months} months after month {end}")), share }
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

/// What some months after the end of another would cost, if the offer ran on. A month after the term costs
/// what its last month would.
fn cost_after<N: Number>(invoice: &Invoice<'_, N>, volumes: &Volumes<N>, end: u32, months: u32) -> N {
    let last = end.saturating_add(months);
    let differs_until = differ_until(invoice, end).clamp(end, last);
    let one_by_one = (end + 1..=differs_until).map(|month| (month, 1));
    let alike = (last > differs_until).then_some((last, last - differs_until));
    let cost = |(month, times): (u32, u32)| of_month(invoice, volumes, month, end) * N::whole(times.into());
    total(&one_by_one.chain(alike).map(cost).collect::<Vec<N>>())
}

/// The last month that can differ from the one after it: of the term, free, or paid in advance.
fn differ_until<N: Number>(invoice: &Invoice<'_, N>, end: u32) -> u32 {
    let free = invoice.scenario.months(invoice.engagement.offer.free_months);
    let free_until = invoice.engagement.first_billed.saturating_add(free);
    let paid = invoice.charges().filter_map(|(_, charge)| price_line::paid_until(invoice, charge.price_line()?, end));
    paid.fold(invoice.scenario.term_months.max(free_until), u32::max)
}

/// What a month after the end would cost.
fn of_month<N: Number>(invoice: &Invoice<'_, N>, volumes: &Volumes<N>, month: u32, end: u32) -> N {
    if invoice.is_free(month) {
        return N::zero();
    }
    let at = month.min(invoice.scenario.term_months);
    let is_owed = |charge: &Charge| {
        let paid = charge.price_line().and_then(|line| price_line::paid_until(invoice, line, end));
        paid.is_none_or(|paid| month > paid)
    };
    let amounts: Vec<N> = listed_in(invoice, volumes, at, is_owed).iter().map(|line| line.amount).collect();
    let reduced = discount::of_recurring(invoice, at, total(&amounts));
    match limit::make_up(invoice, at, reduced) {
        Some(line) => reduced + line.amount,
        None => reduced,
    }
}
