//! So much a user and month, with a minimum of users and devices beyond those included.

use super::{Invoice, total};
use crate::ledger::line::{Line, Unit};
use crate::scenario::{PerUser, Rates};
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// The lines of a month.
pub fn lines<N: Number>(invoice: &Invoice<N>, month: u32, counts: &Counts<N>) -> Vec<Line<N>> {
    let Some(charge) = &invoice.engagement.offer.per_user else { return Vec::new() };
    let mut lines = match &charge.rates {
        Rates::One(rate) => {
            let users = at_least(invoice, charge, counts.all_users);
            invoice.rate_lines(month, "per user", Unit::User, rate, users)
        }
        Rates::ByClass(rates) => {
            let mut quantities: Vec<N> = rates.iter().map(|(class, _)| counts.users[*class]).collect();
            let billed = total(&quantities);
            let shortfall = at_least(invoice, charge, billed) - billed;
            // A table may have no class that the organization has.
            if let Some(first) = quantities.first_mut().filter(|_| shortfall.is_positive()) {
                *first = *first + shortfall;
            }
            let classes = &invoice.scenario.organization.users.classes;
            let lines = rates.iter().zip(quantities).flat_map(|((class, rate), quantity)| {
                invoice.rate_lines(month, &format!("per user, {}", classes[*class].name), Unit::User, rate, quantity)
            });
            lines.collect()
        }
    };
    lines.extend(extra_devices(invoice, charge, month, counts));
    lines
}

fn at_least<N: Number>(invoice: &Invoice<N>, charge: &PerUser, users: N) -> N {
    charge.minimum.map_or(users, |minimum| users.greatest(invoice.scenario.get(minimum)))
}

/// `max(0, devices - users * included) * extra_device_rate`.
fn extra_devices<N: Number>(invoice: &Invoice<N>, charge: &PerUser, month: u32, counts: &Counts<N>) -> Vec<Line<N>> {
    let Some(rate) = &charge.extra_device_rate else { return Vec::new() };
    let included: N = charge.included_devices.map_or_else(N::zero, |included| invoice.scenario.get(included));
    let extra = (counts.all_devices - counts.all_users * included).greatest(N::zero());
    invoice.rate_lines(month, "extra devices", Unit::Device, rate, extra)
}
