//! A line of the price list: what is counted in a month, at a rate, month by month or for several months
//! in advance.

use super::units::{Counter, Units, unit};
use super::{Invoice, free};
use crate::ledger::line::{Category, KeepIf, Line, Unit};
use crate::ledger::source::{Entry, Part};
use crate::price::{Priced, Prices, price_rate};
use crate::scenario::{LinePrice, Measure, PriceLine, Rate};
use crate::volumes::Volumes;
use crate::work::Provided;
use comanage_expr::number::Number;

/// The lines of every billed month in which a line of the price list stands.
pub fn lines<'a, N: Number>(
    invoice: &Invoice<'a, N>,
    charge: usize,
    line: &'a PriceLine,
    volumes: &Volumes<N>,
    provided: &Provided<N>,
) -> Vec<Line<N>> {
    let months = invoice.billed_months().filter(|month| invoice.stands(*month, line.from_month, line.until_month));
    let mut billing = Billing { invoice, charge, line, months: months.collect(), lines: Vec::new() };
    let counter = Counter::new(invoice, line, volumes, Some(provided));
    match every(invoice, line) {
        1 => billing.month_by_month(counter, volumes),
        every => billing.in_advance(counter, volumes, every),
    }
    billing.lines
}

/// What a line costs in a month by its list: before discounts and free months, of a line for several months
/// the part of one, unrounded; nothing for tickets, and where it does not stand.
pub fn listed<'a, N: Number>(
    invoice: &Invoice<'a, N>,
    charge: usize,
    line: &'a PriceLine,
    month: u32,
    volumes: &Volumes<N>,
) -> Vec<Line<N>> {
    if line.measure == Measure::Tickets || !invoice.stands(month, line.from_month, line.until_month) {
        return Vec::new();
    }
    let mut counter = Counter::new(invoice, line, volumes, None);
    if line.looks_back() {
        let before = *invoice.billed_months().start()..month;
        for earlier in before.filter(|month| invoice.stands(*month, line.from_month, line.until_month)) {
            counter.units(earlier);
        }
    }
    let units = counter.units(month);
    let lines = units.iter().flat_map(|units| rate_lines(invoice, charge, line, month, units));
    match every(invoice, line) {
        1 => lines.collect(),
        every => {
            let months = N::whole(every.into());
            lines.map(|line| part_of(&line, month, line.amount / months)).collect()
        }
    }
}

/// The last month that a line has been paid for in advance by the end of a month; none where nothing is
/// paid in advance.
pub fn paid_until<N: Number>(invoice: &Invoice<'_, N>, line: &PriceLine, end: u32) -> Option<u32> {
    let every = every(invoice, line);
    if every == 1 || line.spread {
        return None;
    }
    let mut months = (*invoice.billed_months().start()..=end)
        .filter(|month| invoice.stands(*month, line.from_month, line.until_month));
    let first = months.next()?;
    let last = months.next_back().unwrap_or(first);
    Some(first + (last - first) / every * every + every - 1)
}

fn every<N: Number>(invoice: &Invoice<'_, N>, line: &PriceLine) -> u32 {
    line.every_months.map_or(1, |months| invoice.scenario.months(months)).max(1)
}

/// What the lines of a month depend on: the state of the counts, and the year of the offer.
type State = (usize, u32);

/// A line while it is being billed.
struct Billing<'i, 'a, N> {
    invoice: &'i Invoice<'a, N>,
    charge: usize,
    line: &'a PriceLine,
    /// The months of the term in which it applies, one after another.
    months: Vec<u32>,
    lines: Vec<Line<N>>,
}

impl<'a, N: Number> Billing<'_, 'a, N> {
    /// A payment each month. Months with the same counts and prices have the same lines, but where a
    /// minimum looks back or tickets are counted.
    fn month_by_month(&mut self, mut counter: Counter<'_, 'a, N>, volumes: &Volumes<N>) {
        let is_alike = self.line.measure != Measure::Tickets && !self.line.looks_back();
        let mut last: Option<(State, Vec<Line<N>>)> = None;
        for month in self.months.clone() {
            let state = (volumes.state(month), self.invoice.engagement.year(month));
            let known = last.take().filter(|(of, _)| is_alike && *of == state);
            let lines = known.map_or_else(|| self.due(month, &counter.units(month)), |(_, lines)| lines);
            let of_month = lines.iter().map(|line| line.in_month(month));
            let is_free = self.invoice.is_free(month);
            self.lines.extend(of_month.map(|line| if is_free { free(line) } else { line }));
            last = Some((state, lines));
        }
    }

    /// A payment for several months in the first of them; units that come later are paid for to the end
    /// of the period in the month they come, and fewer give nothing back.
    fn in_advance(&mut self, mut counter: Counter<'_, 'a, N>, volumes: &Volumes<N>, every: u32) {
        let mut paid: Vec<N> = Vec::new();
        let mut state = None;
        for (place, month) in self.months.clone().into_iter().enumerate() {
            let left = every - place as u32 % every;
            let before = state.replace(volumes.state(month));
            if left == every {
                let units = counter.units(month);
                let owed = self.due(month, &units);
                owed.into_iter().for_each(|line| self.pay(line, left));
                paid = units.iter().map(|units| units.billed).collect();
            } else if before != state {
                for (units, paid) in counter.units(month).iter().zip(&mut paid) {
                    let billed = units.billed.max(*paid);
                    let more = self.added(month, units, (*paid, billed), (left, every));
                    self.pay(more, left);
                    *paid = billed;
                }
            }
        }
    }

    /// Units that come between two payments: the price of all of them less that of those paid for, for
    /// the months that are left.
    fn added(&self, month: u32, units: &Units<'_, N>, (paid, billed): (N, N), (left, every): (u32, u32)) -> Line<N> {
        let cost = |quantity| {
            let priced = priced(self.invoice, self.line, month, units.rate, quantity).into_iter();
            let costs = priced.map(|priced| priced.quantity * priced.unit_price);
            costs.reduce(|sum, cost| sum + cost).unwrap_or_else(N::zero)
        };
        let more = (cost(billed) - cost(paid)).max(N::zero());
        let amount =
            (more * N::whole(left.into()) / N::whole(every.into())).round(self.invoice.scenario.currency.digits);
        let entry = Entry::Charge { charge: self.charge, part: Part::Added, class: units.class, tier: None };
        self.invoice.amount(month, Category::ProviderRecurring, entry, amount)
    }

    /// Bills a line that is for some months: at once, or in as many parts. Free months cost nothing.
    fn pay(&mut self, line: Line<N>, months: u32) {
        if self.line.spread {
            return self.pay_in_parts(&line, months);
        }
        let free_months = (line.month..line.month + months).filter(|month| self.invoice.is_free(*month)).count();
        if free_months == 0 {
            self.lines.push(line);
            return;
        }
        let share = line.amount * N::whole(free_months as i64) / N::whole(months.into());
        let free = share.round(self.invoice.scenario.currency.digits);
        self.lines.push(part_of(&line, line.month, line.amount - free));
    }

    /// Parts that add up to a line: `cents(A * k / N) - cents(A * (k - 1) / N)`.
    fn pay_in_parts(&mut self, line: &Line<N>, months: u32) {
        let digits = self.invoice.scenario.currency.digits;
        let mut before = N::zero();
        for part in 1..=months {
            let until = (line.amount * N::whole(part.into()) / N::whole(months.into())).round(digits);
            let month = line.month + part - 1;
            let of_part = Line { stands: KeepIf::IfPrice, ..part_of(line, month, until - before) };
            before = until;
            if self.months.contains(&month) {
                self.lines.push(if self.invoice.is_free(month) { free(of_part) } else { of_part });
            }
        }
    }

    fn due(&self, month: u32, units: &[Units<'_, N>]) -> Vec<Line<N>> {
        units.iter().flat_map(|units| rate_lines(self.invoice, self.charge, self.line, month, units)).collect()
    }
}

/// A line's amount in a month, as one.
fn part_of<N: Number>(line: &Line<N>, month: u32, amount: N) -> Line<N> {
    Line { month, quantity: N::one(), unit: Unit::Month, unit_price: amount, amount, ..line.clone() }
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
