//! Hours bought in blocks: on a schedule, or when they are needed; drawn soonest to expire first.

use super::Invoice;
use crate::ledger::line::{Category, KeepIf, Line, Unit};
use crate::ledger::source::{Entry, Part};
use crate::scenario::{BlockHours, Input};
use crate::work::Provided;
use comanage_expr::number::{Exact, Number};

/// The outcome of the hours that were bought.
#[derive(Clone, Debug)]
pub struct BlockAccount<N> {
    lots: Vec<Lot<N>>,
    /// Minutes left to the hourly rate, by month from 1.
    to_hourly: Vec<N>,
    /// Hours bought.
    pub bought: N,
    /// Hours drawn from lots.
    pub used: N,
    /// Hours that expired.
    pub wasted: N,
    /// Hours good at the end of the term.
    pub left_over: N,
    /// Money paid for lots.
    pub paid: N,
}

#[derive(Clone, Debug)]
struct Lot<N> {
    minutes: N,
    last_month: Option<u32>,
}

impl<N: Number> BlockAccount<N> {
    fn new(months: u32) -> Self {
        let zero = N::zero();
        Self {
            lots: Vec::new(),
            to_hourly: vec![zero; months as usize],
            bought: zero,
            used: zero,
            wasted: zero,
            left_over: zero,
            paid: zero,
        }
    }

    /// The minutes of a month that no lot has and the hourly rate bills.
    pub fn left_to_hourly(&self, month: u32) -> N {
        self.to_hourly[month as usize - 1]
    }

    /// Money paid over hours used; none where nothing was used.
    pub fn effective_rate(&self) -> Option<Exact> {
        self.used.is_positive().then(|| self.paid.exact() / self.used.exact())
    }

    fn buy(&mut self, line: &Line<N>, minutes: N, last_month: Option<u32>) {
        // Hours that expire together are drawn alike: they are one lot, however often they are bought.
        let minutes = line.quantity * minutes;
        match self.lots.iter_mut().find(|lot| lot.last_month == last_month) {
            Some(lot) => lot.minutes = lot.minutes + minutes,
            None => self.lots.push(Lot { minutes, last_month }),
        }
        self.bought = self.bought + minutes;
        self.paid = self.paid + line.amount;
    }

    /// Draws minutes, soonest to expire first, older first at a tie; returns what is missing.
    fn draw(&mut self, minutes: N) -> N {
        let mut order: Vec<usize> = (0..self.lots.len()).collect();
        order.sort_by_key(|&lot| self.lots[lot].last_month.unwrap_or(u32::MAX));
        let mut missing = minutes;
        for lot in order {
            let lot = &mut self.lots[lot];
            let had = lot.minutes;
            self.used = self.used + missing.min(had);
            lot.minutes = (had - missing).max(N::zero());
            missing = (missing - had).max(N::zero());
        }
        missing
    }

    /// The account in hours: it is kept in minutes.
    fn in_hours(mut self) -> Self {
        for sum in [&mut self.bought, &mut self.used, &mut self.wasted, &mut self.left_over] {
            *sum = *sum / N::whole(60);
        }
        self
    }

    /// Takes away what expires at the end of a month, and lots that are drawn.
    fn expire(&mut self, month: u32) {
        for lot in self.lots.iter().filter(|lot| lot.last_month == Some(month)) {
            self.wasted = self.wasted + lot.minutes;
        }
        self.lots.retain(|lot| lot.last_month != Some(month));
    }
}

/// Writes the lines of every billed month and returns the outcome of the hours.
pub fn write<N: Number>(
    invoice: &mut Invoice<N>,
    charge: usize,
    terms: &BlockHours,
    provided: &Provided<N>,
) -> BlockAccount<N> {
    let hourly = invoice.engagement.offer.hourly();
    let mut account = BlockAccount::new(invoice.scenario.term_months);
    for (billed, month) in invoice.billed_months().enumerate() {
        buy_on_schedule(invoice, (charge, terms), &mut account, month, billed as u32);
        let missing = account.draw(provided.billed_minutes(month, invoice.index));
        match (terms.every_months, terms.overage_rate, hourly) {
            (Some(_), Some(rate), _) => bill_overage(invoice, charge, month, missing, rate),
            (Some(_), None, Some(_)) => account.to_hourly[month as usize - 1] = missing,
            _ => buy_what_is_missing(invoice, (charge, terms), &mut account, month, missing),
        }
        account.expire(month);
    }
    account.left_over = account.lots.iter().fold(N::zero(), |sum, lot| sum + lot.minutes);
    account.in_hours()
}

fn buy_on_schedule<N: Number>(
    invoice: &mut Invoice<N>,
    (charge, terms): (usize, &BlockHours),
    account: &mut BlockAccount<N>,
    month: u32,
    billed: u32,
) {
    let Some(every) = terms.every_months else { return };
    if billed.is_multiple_of(invoice.scenario.months(every).max(1)) {
        let count = invoice.scenario.get(terms.count);
        buy(invoice, terms, account, month, (count, Entry::of_charge(charge, Part::Fee)), true);
    }
}

/// Further lots: the fewest that leave nothing missing.
fn buy_what_is_missing<N: Number>(
    invoice: &mut Invoice<N>,
    (charge, terms): (usize, &BlockHours),
    account: &mut BlockAccount<N>,
    month: u32,
    missing: N,
) {
    let of_lot = invoice.scenario.get::<N>(terms.hours) * N::whole(60);
    let count = (missing / of_lot).ceil().max(N::zero());
    let is_paper = terms.every_months.is_none();
    let part = if is_paper { Part::Fee } else { Part::Further };
    buy(invoice, terms, account, month, (count, Entry::of_charge(charge, part)), is_paper);
    account.draw(missing);
}

fn buy<N: Number>(
    invoice: &mut Invoice<N>,
    terms: &BlockHours,
    account: &mut BlockAccount<N>,
    month: u32,
    (count, entry): (N, Entry),
    on_paper: bool,
) {
    let price = invoice.prices(month).price(terms.price);
    let line = invoice.line(month, Category::ProviderHours, entry, (count, Unit::Block), price);
    let line = Line { on_paper, stands: KeepIf::IfQuantity, ..line };
    let good_for = terms.expires_months.map(|months| invoice.scenario.months(months).max(1));
    let minutes = invoice.scenario.get::<N>(terms.hours) * N::whole(60);
    account.buy(&line, minutes, good_for.map(|months| month + months - 1));
    invoice.lines.push(line);
}

fn bill_overage<N: Number>(invoice: &mut Invoice<N>, charge: usize, month: u32, missing: N, rate: Input) {
    let entry = Entry::of_charge(charge, Part::Overage);
    let price = invoice.prices(month).price(rate);
    invoice.push_minutes(month, Category::ProviderHours, entry, missing, price, false);
}
