//! What belongs to the price of an alternative with offers, and whether the price is whole.
//!
//! A price that leaves a service to no one, without a price for it, is not the price of what is required;
//! a price of nothing, since nothing was needed, is no price. Neither may be called the cheapest. All but
//! [`is_bought`] follows from what is written, never from how much it is.

use crate::ledger::{Ledger, LineSource};
use crate::scenario::{Charge, Offer};
use crate::staffing::Staffing;

/// The services that an alternative with offers leaves to no one without a price, by index: no offer of it
/// covers the service in any month in which it is required, no one in-house who stays to the last of them
/// holds it, no offer has a rate for work out of scope, and the buyer has no price of their own. Services
/// that require neither hours nor work are left out, unless no service does.
pub fn unpriced(staffing: &Staffing) -> Vec<usize> {
    let has_rate = staffing.engagements.iter().any(|of| of.begins() && of.offer.out_of_scope_rate.is_some());
    if staffing.engagements.is_empty() || has_rate {
        return Vec::new();
    }
    let all = 0..staffing.scenario.services.len();
    let is_asked_for = |service: &usize| staffing.scenario.asks_for(*service);
    let asks_for_nothing = !all.clone().any(|service| is_asked_for(&service));
    all.filter(|service| asks_for_nothing || is_asked_for(service))
        .filter(|&service| is_left_to_nobody(staffing, service) && staffing.scenario.plug(service).is_none())
        .collect()
}

fn is_left_to_nobody(staffing: &Staffing, service: usize) -> bool {
    let required = staffing.scenario.required(service);
    let Some(last) = required.months().last() else { return false };
    let is_named = staffing.engagements.iter().any(|engaged| engaged.offer.cover(service).is_some());
    if is_named && required.months().any(|month| staffing.is_covered(service, month)) {
        return false;
    }
    let holds = staffing
        .positions
        .iter()
        .filter(|position| position.role.services.contains(&service) && !position.paid.is_empty());
    holds.into_iter().all(|position| position.paid.end() < last)
}

/// Whether an alternative has offers, no hires of its own, and offers alone that bill hours as they are
/// needed and nothing else, options that it takes among it: it may come to nothing.
pub fn may_buy_nothing(staffing: &Staffing) -> bool {
    let offers = &staffing.engagements;
    staffing.alternative.hires.is_empty()
        && !offers.is_empty()
        && offers.iter().all(|of| is_on_demand(staffing, of.offer))
}

fn is_on_demand<'a>(staffing: &Staffing<'a>, offer: &'a Offer) -> bool {
    let is_free_at_first =
        offer.once.is_empty() && offer.onboarding.fee.is_none() && offer.onboarding.fee_months.is_none();
    let mut charges = staffing.charges(offer).map(|(_, charge)| charge).peekable();
    is_free_at_first && charges.peek().is_some() && charges.all(Charge::is_on_demand)
}

/// Whether anything is bought in an alternative: false where it may come to nothing, and no provider bills
/// a line and no cost is its own.
pub fn is_bought<N>(staffing: &Staffing, ledger: &Ledger<N>) -> bool {
    !may_buy_nothing(staffing) || ledger.lines.iter().any(|line| is_own(staffing, line.source))
}

/// Whether a line is what an alternative buys: a provider bills it, or it is a cost of its own.
pub fn is_own(staffing: &Staffing, source: LineSource) -> bool {
    match source {
        LineSource::Provider { .. } => true,
        LineSource::Cost(cost) => staffing.scenario.costs[cost].alternatives.is_some(),
        LineSource::Role(_) | LineSource::Tool(_) | LineSource::Plug(_) => false,
    }
}

/// Whether a cost is part of what is quoted: every alternative that bears it is made of one offer and
/// nothing else, and so is this one.
pub fn is_quoted_cost(staffing: &Staffing, source: LineSource) -> bool {
    let LineSource::Cost(cost) = source else { return false };
    let [only] = staffing.alternative.offers.as_slice() else { return false };
    staffing.alternative.hires.is_empty() && staffing.scenario.costs[cost].offer == Some(only.of)
}
