//! A line of the price list: what is counted in a month, at a rate.

use super::{Invoice, total};
use crate::ledger::line::{Line, Unit};
use crate::ledger::source::{Entry, Part};
use crate::scenario::{Measure, PriceLine, Rates};
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// The lines of a month.
pub fn lines<N: Number>(
    invoice: &Invoice<N>,
    charge: usize,
    line: &PriceLine,
    month: u32,
    counts: &Counts<N>,
) -> Vec<Line<N>> {
    let entry = |class| Entry::Charge { charge, part: Part::Fee, class, tier: None };
    match &line.rates {
        Rates::One(rate) => {
            let units = at_least(invoice, line, count(invoice, line.measure, counts));
            invoice.rate_lines(month, entry(None), unit(line.measure), rate, units)
        }
        Rates::ByClass(rates) => {
            let classes = classes(line.measure, counts);
            let mut quantities: Vec<N> = rates.iter().map(|(class, _)| classes[*class]).collect();
            add_shortfall(invoice, line, &mut quantities);
            let lines = rates.iter().zip(quantities).flat_map(|((class, rate), quantity)| {
                invoice.rate_lines(month, entry(Some(*class)), unit(line.measure), rate, quantity)
            });
            lines.collect()
        }
    }
}

/// What a line counts.
fn unit(measure: Measure) -> Unit {
    match measure {
        Measure::Users => Unit::User,
        Measure::Devices | Measure::ExtraDevices(_) => Unit::Device,
        Measure::Sites => Unit::Site,
        Measure::Months => Unit::Month,
    }
}

/// How many there are in a month.
fn count<N: Number>(invoice: &Invoice<N>, measure: Measure, counts: &Counts<N>) -> N {
    match measure {
        Measure::Users => counts.all_users,
        Measure::Devices => counts.all_devices,
        Measure::ExtraDevices(included) => {
            let included: N = included.map_or_else(N::zero, |included| invoice.scenario.get(included));
            (counts.all_devices - counts.all_users * included).greatest(N::zero())
        }
        Measure::Sites => counts.sites,
        Measure::Months => N::one(),
    }
}

/// How many there are of each class.
fn classes<N: Number>(measure: Measure, counts: &Counts<N>) -> &[N] {
    match measure {
        Measure::Users => &counts.users,
        Measure::Devices => &counts.devices,
        Measure::ExtraDevices(_) | Measure::Sites | Measure::Months => &[],
    }
}

fn at_least<N: Number>(invoice: &Invoice<N>, line: &PriceLine, units: N) -> N {
    line.minimum.map_or(units, |minimum| units.greatest(invoice.scenario.get(minimum)))
}

/// What all classes together fall short of the minimum is billed in the first of the table. A table
/// may have no class that the organization has.
fn add_shortfall<N: Number>(invoice: &Invoice<N>, line: &PriceLine, quantities: &mut [N]) {
    if line.minimum.is_none() {
        return;
    }
    let billed = total(quantities);
    let shortfall = at_least(invoice, line, billed) - billed;
    if let Some(first) = quantities.first_mut().filter(|_| shortfall.is_positive()) {
        *first = *first + shortfall;
    }
}
