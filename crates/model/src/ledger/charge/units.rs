//! What a line of the price list counts, and how many of these units it bills.

use super::{Invoice, total};
use crate::ledger::line::Unit;
use crate::scenario::{LinePrice, Measure, Minimum, PriceLine, Rate, Rates, Reference};
use crate::volumes::{Counts, Volumes};
use crate::work::Provided;
use comanage_expr::number::Number;

/// Units that are billed together: those of a class, or all.
pub struct Units<'a, N> {
    /// The class, by index; none: all together.
    pub class: Option<usize>,
    /// What they are billed at.
    pub rate: &'a Rate,
    /// How many are billed.
    pub billed: N,
}

/// Counts the billed units of a line, month after month: a minimum may look back to the months before.
pub struct Counter<'i, 'a, N> {
    invoice: &'i Invoice<'a, N>,
    line: &'a PriceLine,
    volumes: &'i Volumes<N>,
    provided: Option<&'i Provided<N>>,
    first: Option<N>,
    peak: Option<N>,
}

/// How many there are in a month.
enum Counted<'c, N> {
    /// Together.
    All(N),
    /// By class, and together.
    Classes(&'c [N], N),
}

impl<'i, 'a, N: Number> Counter<'i, 'a, N> {
    /// A counter that has seen no month; without what providers do there are no tickets.
    pub fn new(
        invoice: &'i Invoice<'a, N>,
        line: &'a PriceLine,
        volumes: &'i Volumes<N>,
        provided: Option<&'i Provided<N>>,
    ) -> Self {
        Self { invoice, line, volumes, provided, first: None, peak: None }
    }

    /// The units of the next month: `max(count - included, minimum)`. Where there is a rate for each class,
    /// what is included is used up in the order of the table, and what is missing to the minimum is billed
    /// in its first class.
    pub fn units(&mut self, month: u32) -> Vec<Units<'a, N>> {
        let mut units = self.counted_units(month);
        if let Some(included) = self.line.included {
            let mut left: N = self.invoice.scenario.get(included);
            for units in &mut units {
                let had = units.billed;
                units.billed = (had - left).max(N::zero());
                left = (left - had).max(N::zero());
            }
        }
        let Some(minimum) = self.line.minimum else { return units };
        let quantities: Vec<N> = units.iter().map(|units| units.billed).collect();
        let billed = total(&quantities);
        let min = self.min(minimum, billed);
        if let [only] = units.as_mut_slice() {
            only.billed = billed.max(min);
            return units;
        }
        // A table may have no class that the organization has.
        let shortfall = billed.max(min) - billed;
        if let Some(first) = units.first_mut().filter(|_| shortfall.is_positive()) {
            first.billed = first.billed + shortfall;
        }
        units
    }

    fn counted_units(&self, month: u32) -> Vec<Units<'a, N>> {
        let line = self.line;
        let counted = self.count(month);
        let all = || match (&counted, &line.classes) {
            (Counted::All(all), _) | (Counted::Classes(_, all), None) => *all,
            (Counted::Classes(by_class, _), Some(classes)) => {
                total(&classes.iter().map(|class| by_class[*class]).collect::<Vec<N>>())
            }
        };
        match &line.price {
            LinePrice::ByYear(years) => {
                let year = self.invoice.engagement.year(month) as usize;
                let rate = years.get(year).or(years.last());
                rate.into_iter().map(|rate| Units { class: None, rate, billed: all() }).collect()
            }
            LinePrice::Rates(Rates::One(rate)) => vec![Units { class: None, rate, billed: all() }],
            LinePrice::Rates(Rates::ByClass(rates)) => {
                let Counted::Classes(by_class, _) = counted else { return Vec::new() };
                let is_counted = |class: &usize| line.classes.as_ref().is_none_or(|classes| classes.contains(class));
                let counted = rates.iter().filter(|(class, _)| is_counted(class));
                counted.map(|(class, rate)| Units { class: Some(*class), rate, billed: by_class[*class] }).collect()
            }
        }
    }

    fn count(&self, month: u32) -> Counted<'i, N> {
        let counts = self.volumes.at(month);
        let scenario = self.invoice.scenario;
        match self.line.measure {
            Measure::Users => Counted::Classes(&counts.users, counts.all_users),
            Measure::Devices => Counted::Classes(&counts.devices, counts.all_devices),
            Measure::ExtraDevices(included) => {
                let included: N = included.map_or_else(N::zero, |included| scenario.get(included));
                Counted::All((counts.all_devices - counts.all_users * included).max(N::zero()))
            }
            Measure::Sites => Counted::All(counts.sites),
            Measure::Things(thing) => Counted::All(counts.things[thing]),
            Measure::Months => Counted::All(self.line.quantity.map_or_else(N::one, |quantity| scenario.get(quantity))),
            Measure::Tickets => {
                let tickets = |provided| tickets(self.invoice, month, counts, provided);
                Counted::All(self.provided.map_or_else(N::zero, tickets))
            }
        }
    }

    /// The units billed at least, given those of the month and of the months before.
    fn min(&mut self, minimum: Minimum, units: N) -> N {
        let (share, of) = match minimum {
            Minimum::Units(units) => return self.invoice.scenario.get(units),
            Minimum::Share { share, of } => (share, of),
        };
        let first = *self.first.get_or_insert(units);
        let peak = self.peak.map_or(units, |peak| peak.max(units));
        self.peak = Some(peak);
        let of = match of {
            Reference::First => first,
            Reference::Peak => peak,
        };
        (of * self.invoice.scenario.get(share)).ceil().named(|| "units billed at least".into())
    }
}

/// Tickets of the services that the offer covers, times the share of their hours that it does.
fn tickets<N: Number>(invoice: &Invoice<'_, N>, month: u32, counts: &Counts<N>, provided: &Provided<N>) -> N {
    let mut tickets = Vec::new();
    for cover in &invoice.engagement.offer.covers {
        let (worked, workload) = provided.share_of(month, invoice.index, cover.service);
        if worked.is_positive() && workload.is_positive() {
            let each: N = invoice.scenario.get(invoice.scenario.services[cover.service].tickets_per_user);
            tickets.push(counts.all_users * each * counts.workload_factor * worked / workload);
        }
    }
    total(&tickets).named(|| "tickets".into())
}

/// What a line counts.
pub fn unit(measure: Measure) -> Unit {
    match measure {
        Measure::Users => Unit::User,
        Measure::Devices | Measure::ExtraDevices(_) => Unit::Device,
        Measure::Sites => Unit::Site,
        Measure::Things(_) => Unit::Thing,
        Measure::Months => Unit::Month,
        Measure::Tickets => Unit::Ticket,
    }
}
