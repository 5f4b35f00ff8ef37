//! A line of the price list: what is counted in a month, at a rate, month by month or for several months
//! in advance.

use super::{Invoice, total};
use crate::ledger::line::{Category, Line, Stands, Unit};
use crate::ledger::source::{Entry, Part};
use crate::price::{Priced, Prices, price_rate};
use crate::scenario::{LinePrice, Measure, Minimum, PriceLine, Rate, Rates, Reference};
use crate::volumes::{Counts, Volumes};
use crate::work::Provided;
use comanage_expr::number::Number;

/// Units that are billed together: those of a class, or all.
struct Units<'a, N> {
    class: Option<usize>,
    rate: &'a Rate,
    billed: N,
}

/// The units of the months so far that a minimum looks back to, before the minimum.
struct Before<N> {
    first: Option<N>,
    peak: Option<N>,
}

/// A line while it is being billed.
struct Billing<'i, 'a, N> {
    invoice: &'i Invoice<'a, N>,
    charge: usize,
    line: &'a PriceLine,
    /// The months of the term in which it stands.
    months: Vec<u32>,
    lines: Vec<Line<N>>,
}

/// The lines of every month in which a line of the price list stands.
pub fn lines<'a, N: Number>(
    invoice: &Invoice<'a, N>,
    charge: usize,
    line: &'a PriceLine,
    volumes: &Volumes<N>,
    provided: &Provided<N>,
) -> Vec<Line<N>> {
    let months = invoice.billed_months().filter(|month| invoice.stands(*month, line.from_month, line.until_month));
    let mut billing = Billing { invoice, charge, line, months: months.collect(), lines: Vec::new() };
    match every(invoice, line) {
        1 => billing.month_by_month(volumes, provided),
        every => billing.in_advance(every, volumes),
    }
    billing.lines
}

/// What a line costs in a month by its list, unrounded: before discounts and free months, of a line for
/// several months the part of one; nothing for tickets, and where it does not stand.
pub fn listed<N: Number>(
    invoice: &Invoice<'_, N>,
    charge: usize,
    line: &PriceLine,
    month: u32,
    counts: &Counts<N>,
) -> Vec<Line<N>> {
    if line.measure == Measure::Tickets || !invoice.stands(month, line.from_month, line.until_month) {
        return Vec::new();
    }
    let mut before = Before { first: None, peak: None };
    let counted = count(invoice, line, counts);
    let units = units(invoice, line, month, &counted, &mut before);
    let lines = units.iter().flat_map(|units| rate_lines(invoice, charge, line, month, units));
    match every(invoice, line) {
        1 => lines.collect(),
        every => {
            let part = |line: Line<N>| {
                let amount = line.amount / N::whole(every.into());
                Line { quantity: N::one(), unit: Unit::Month, unit_price: amount, amount, ..line }
            };
            lines.map(part).collect()
        }
    }
}

fn every<N: Number>(invoice: &Invoice<'_, N>, line: &PriceLine) -> u32 {
    line.every_months.map_or(1, |months| invoice.scenario.months(months)).max(1)
}

impl<'a, N: Number> Billing<'_, 'a, N> {
    /// A payment each month. Months with the same counts and prices have the same lines, but where a
    /// minimum looks back or tickets are counted.
    fn month_by_month(&mut self, volumes: &Volumes<N>, provided: &Provided<N>) {
        let is_alike = self.line.measure != Measure::Tickets && !self.line.minimum.is_some_and(Minimum::looks_back);
        let mut before = Before { first: None, peak: None };
        let mut last: Option<((usize, u32), Vec<Line<N>>)> = None;
        for month in self.months.clone() {
            let state = (volumes.state(month), self.invoice.engagement.year(month));
            let known = last.take().filter(|(of, _)| is_alike && *of == state);
            let lines = match known {
                Some((_, lines)) => lines,
                None => {
                    let counted = match self.line.measure {
                        Measure::Tickets => Counted::All(tickets(self.invoice, month, volumes.at(month), provided)),
                        _ => count(self.invoice, self.line, volumes.at(month)),
                    };
                    let units = units(self.invoice, self.line, month, &counted, &mut before);
                    units.iter().flat_map(|units| self.rate_lines(month, units)).collect()
                }
            };
            let is_free = self.invoice.is_free(month);
            let of_month = lines.iter().map(|line| line.in_month(month));
            self.lines.extend(of_month.map(|line| if is_free { free(line) } else { line }));
            last = Some((state, lines));
        }
    }

    /// A payment for several months in the first of them; units that come later are paid for to the end
    /// of the period in the month they come, and fewer give nothing back.
    fn in_advance(&mut self, every: u32, volumes: &Volumes<N>) {
        let mut before = Before { first: None, peak: None };
        let mut paid: Vec<N> = Vec::new();
        for (place, month) in self.months.clone().into_iter().enumerate() {
            let left = every - place as u32 % every;
            if left < every && self.line.measure == Measure::Months {
                continue;
            }
            let counted = count(self.invoice, self.line, volumes.at(month));
            let units = units(self.invoice, self.line, month, &counted, &mut before);
            if left == every {
                let owed: Vec<Line<N>> = units.iter().flat_map(|units| self.rate_lines(month, units)).collect();
                owed.into_iter().for_each(|line| self.pay(line, left));
                paid = units.iter().map(|units| units.billed).collect();
                continue;
            }
            for (units, paid) in units.iter().zip(&mut paid) {
                if units.billed.is_above(*paid) {
                    let more = self.added(month, units, *paid, left, every);
                    self.pay(more, left);
                    *paid = units.billed;
                }
            }
        }
    }

    /// Units that come between two payments: the price of all of them less that of those paid for, for
    /// the months that are left.
    fn added(&self, month: u32, units: &Units<'_, N>, paid: N, left: u32, every: u32) -> Line<N> {
        let of = |quantity| {
            let priced = priced(self.invoice, self.line, month, units.rate, quantity).into_iter();
            priced.map(|priced| priced.quantity * priced.unit_price).fold(N::zero(), |sum, cost| sum + cost)
        };
        let more = (of(units.billed) - of(paid)).greatest(N::zero());
        let amount = (more * N::whole(left.into()) / N::whole(every.into())).round(self.invoice.scenario.currency.digits);
        let entry = Entry::Charge { charge: self.charge, part: Part::Added, class: units.class, tier: None };
        self.invoice.amount(month, Category::ProviderRecurring, entry, amount)
    }

    /// Bills a line that is for so many months: at once, or in as many parts. Free months cost nothing.
    fn pay(&mut self, line: Line<N>, months: u32) {
        let digits = self.invoice.scenario.currency.digits;
        let whole = N::whole(months.into());
        if self.line.spread {
            let mut before = N::zero();
            for part in 1..=months {
                let until = (line.amount * N::whole(part.into()) / whole).round(digits);
                let month = line.month + part - 1;
                let of_part = Line { stands: Stands::IfPrice, ..part_of(&line, month, until - before) };
                before = until;
                if self.months.contains(&month) {
                    self.lines.push(if self.invoice.is_free(month) { free(of_part) } else { of_part });
                }
            }
            return;
        }
        let free_months = (line.month..line.month + months).filter(|month| self.invoice.is_free(*month)).count();
        if free_months == 0 {
            self.lines.push(line);
        } else {
            let free = (line.amount * N::whole(free_months as i64) / whole).round(digits);
            self.lines.push(part_of(&line, line.month, line.amount - free));
        }
    }

    fn rate_lines(&self, month: u32, units: &Units<'_, N>) -> Vec<Line<N>> {
        rate_lines(self.invoice, self.charge, self.line, month, units)
    }
}

/// A line's amount in a month, as one.
fn part_of<N: Number>(line: &Line<N>, month: u32, amount: N) -> Line<N> {
    Line { month, quantity: N::one(), unit: Unit::Month, unit_price: amount, amount, ..line.clone() }
}

/// A line of a free month: it is shown at nothing.
pub fn free<N: Number>(line: Line<N>) -> Line<N> {
    let nothing = N::zero().named(|| "a free month".into());
    Line { unit_price: nothing, amount: nothing, ..line }
}

fn rate_lines<N: Number>(
    invoice: &Invoice<'_, N>,
    charge: usize,
    line: &PriceLine,
    month: u32,
    units: &Units<'_, N>,
) -> Vec<Line<N>> {
    let entry = Entry::Charge { charge, part: Part::Fee, class: units.class, tier: None };
    let priced = priced(invoice, line, month, units.rate, units.billed).into_iter();
    priced.map(|priced| invoice.priced_line(month, entry, unit(line.measure), priced)).collect()
}

/// What units are billed as in a month; a price by year is as it is written.
fn priced<N: Number>(
    invoice: &Invoice<'_, N>,
    line: &PriceLine,
    month: u32,
    rate: &Rate,
    quantity: N,
) -> Vec<Priced<N>> {
    let scenario = invoice.scenario;
    match line.price {
        LinePrice::ByYear(_) => price_rate(scenario, rate, quantity, |input| scenario.get(input)),
        LinePrice::Rates(_) => {
            let prices = Prices::of_line(scenario, invoice.engagement.offer, line, invoice.engagement.year(month));
            price_rate(scenario, rate, quantity, |input| prices.price(input))
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
        Measure::Tickets => Unit::Ticket,
    }
}

/// How many there are in a month.
enum Counted<'c, N> {
    /// Together.
    All(N),
    /// By class.
    Classes(&'c [N], N),
}

fn count<'c, N: Number>(invoice: &Invoice<'_, N>, line: &PriceLine, counts: &'c Counts<N>) -> Counted<'c, N> {
    match line.measure {
        Measure::Users => Counted::Classes(&counts.users, counts.all_users),
        Measure::Devices => Counted::Classes(&counts.devices, counts.all_devices),
        Measure::ExtraDevices(included) => {
            let included: N = included.map_or_else(N::zero, |included| invoice.scenario.get(included));
            Counted::All((counts.all_devices - counts.all_users * included).greatest(N::zero()))
        }
        Measure::Sites => Counted::All(counts.sites),
        Measure::Months => Counted::All(line.quantity.map_or_else(N::one, |quantity| invoice.scenario.get(quantity))),
        // Tickets follow from who does the work.
        Measure::Tickets => Counted::All(N::zero()),
    }
}

/// Tickets of the services that the offer covers, times the share of their hours that it does.
fn tickets<N: Number>(invoice: &Invoice<'_, N>, month: u32, counts: &Counts<N>, provided: &Provided<N>) -> N {
    let mut sum = N::zero();
    for cover in &invoice.engagement.offer.covers {
        let (worked, workload) = provided.share_of(month, invoice.index, cover.service);
        if worked.is_positive() && workload.is_positive() {
            let each: N = invoice.scenario.get(invoice.scenario.services[cover.service].tickets_per_user);
            sum = sum + counts.all_users * each * counts.workload_factor * worked / workload;
        }
    }
    sum.named(|| "tickets".into())
}

/// `max(count - included, minimum)`, by class where there is a rate for each: what is included is used up
/// in the order of the table, what is missing to the minimum is billed in its first class.
fn units<'a, N: Number>(
    invoice: &Invoice<'_, N>,
    line: &'a PriceLine,
    month: u32,
    counted: &Counted<'_, N>,
    before: &mut Before<N>,
) -> Vec<Units<'a, N>> {
    let mut units = counted_units(invoice, line, month, counted);
    if let Some(included) = line.included {
        let mut left: N = invoice.scenario.get(included);
        for units in &mut units {
            let had = units.billed;
            units.billed = (had - left).greatest(N::zero());
            left = (left - had).greatest(N::zero());
        }
    }
    let Some(minimum) = line.minimum else { return units };
    let quantities: Vec<N> = units.iter().map(|units| units.billed).collect();
    let billed = total(&quantities);
    let least = least(invoice, minimum, billed, before);
    if let [only] = units.as_mut_slice() {
        only.billed = billed.greatest(least);
        return units;
    }
    // A table may have no class that the organization has.
    let shortfall = billed.greatest(least) - billed;
    if let Some(first) = units.first_mut().filter(|_| shortfall.is_positive()) {
        first.billed = first.billed + shortfall;
    }
    units
}

fn counted_units<'a, N: Number>(
    invoice: &Invoice<'_, N>,
    line: &'a PriceLine,
    month: u32,
    counted: &Counted<'_, N>,
) -> Vec<Units<'a, N>> {
    let is_counted = |class: &usize| line.classes.as_ref().is_none_or(|classes| classes.contains(class));
    let all = || match (counted, &line.classes) {
        (Counted::All(all), _) | (Counted::Classes(_, all), None) => *all,
        (Counted::Classes(by_class, _), Some(classes)) => {
            total(&classes.iter().map(|class| by_class[*class]).collect::<Vec<N>>())
        }
    };
    match &line.price {
        LinePrice::ByYear(years) => {
            let year = invoice.engagement.year(month) as usize;
            let rate = years.get(year).or(years.last());
            rate.into_iter().map(|rate| Units { class: None, rate, billed: all() }).collect()
        }
        LinePrice::Rates(Rates::One(rate)) => vec![Units { class: None, rate, billed: all() }],
        LinePrice::Rates(Rates::ByClass(rates)) => {
            let Counted::Classes(by_class, _) = counted else { return Vec::new() };
            let counted = rates.iter().filter(|(class, _)| is_counted(class));
            counted.map(|(class, rate)| Units { class: Some(*class), rate, billed: by_class[*class] }).collect()
        }
    }
}

/// The units billed at least, given those of the month and of the months before.
fn least<N: Number>(invoice: &Invoice<'_, N>, minimum: Minimum, units: N, before: &mut Before<N>) -> N {
    match minimum {
        Minimum::Units(units) => invoice.scenario.get(units),
        Minimum::Share { share, of } => {
            let first = *before.first.get_or_insert(units);
            let peak = before.peak.map_or(units, |peak| peak.greatest(units));
            before.peak = Some(peak);
            let of = match of {
                Reference::First => first,
                Reference::Peak => peak,
            };
            (of * invoice.scenario.get(share)).ceil().named(|| "units billed at least".into())
        }
    }
}
