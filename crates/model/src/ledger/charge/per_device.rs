//! So much a device and month.

use super::Invoice;
use crate::ledger::line::{Line, Unit};
use crate::scenario::Rates;
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// The lines of a month.
pub fn lines<N: Number>(invoice: &Invoice<N>, month: u32, counts: &Counts<N>) -> Vec<Line<N>> {
    match &invoice.engagement.offer.per_device {
        None => Vec::new(),
        Some(Rates::One(rate)) => invoice.rate_lines(month, "per device", Unit::Device, rate, counts.all_devices),
        Some(Rates::ByClass(rates)) => {
            let classes = &invoice.scenario.organization.devices.classes;
            let lines = rates.iter().flat_map(|(class, rate)| {
                let item = format!("per device, {}", classes[*class].name);
                invoice.rate_lines(month, &item, Unit::Device, rate, counts.devices[*class])
            });
            lines.collect()
        }
    }
}
