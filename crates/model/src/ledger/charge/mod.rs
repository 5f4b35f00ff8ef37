//! The charges of providers: one file a kind, and the invoice that they make up together.

mod block_hours;
mod contractors;
mod hourly;
mod leaving;
mod minimum;
mod monthly;
mod onboarding;
mod out_of_scope;
mod per_device;
mod per_site;
mod per_user;
mod retainer;
mod tax;

pub use block_hours::BlockAccount;
pub use leaving::months_left;

use std::sync::Arc;

use super::line::{Category, Line, Stands, Unit};
use crate::plan::{Engagement, Plan};
use crate::price::{Priced, PricedUnit, Prices, price_rate};
use crate::scenario::{Input, Rate, Rates, Scenario};
use crate::volumes::{Counts, Volumes};
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes the invoices of every provider of an alternative, month by month, and returns what became
/// of the hours bought in blocks, by engagement.
pub fn write<N: Number>(
    plan: &Plan,
    volumes: &Volumes<N>,
    provided: &Provided<N>,
    lines: &mut Vec<Line<N>>,
) -> Vec<Option<BlockAccount<N>>> {
    let mut accounts = Vec::new();
    for index in 0..plan.engagements.len() {
        let mut invoice = Invoice::new(plan, index);
        write_recurring(&mut invoice, volumes);
        retainer::write_overage(&mut invoice, provided);
        accounts.push(block_hours::write(&mut invoice, provided));
        hourly::write(&mut invoice, provided, accounts.last().and_then(Option::as_ref));
        out_of_scope::write(&mut invoice, provided);
        onboarding::write(&mut invoice, volumes);
        leaving::write(&mut invoice, volumes);
        tax::write(&mut invoice);
        lines.append(&mut invoice.lines);
    }
    accounts
}

/// The lines of one provider, as they come together.
pub struct Invoice<'a, N> {
    plan: &'a Plan<'a>,
    scenario: &'a Scenario,
    index: usize,
    engagement: &'a Engagement<'a>,
    lines: Vec<Line<N>>,
}

impl<'a, N: Number> Invoice<'a, N> {
    fn new(plan: &'a Plan<'a>, index: usize) -> Self {
        Self { plan, scenario: plan.scenario, index, engagement: &plan.engagements[index], lines: Vec::new() }
    }

    /// The months that are billed.
    fn billed_months(&self) -> std::ops::RangeInclusive<u32> {
        self.engagement.billed_months()
    }

    fn prices(&self, month: u32) -> Prices<'a, N> {
        Prices::of(self.scenario, self.engagement.offer, self.engagement.year(month))
    }

    fn item(&self, what: &str) -> Arc<str> {
        Arc::from(self.plan.item(self.index, what))
    }

    fn line(&self, month: u32, category: Category, item: &Arc<str>, quantity: (N, Unit), unit_price: N) -> Line<N> {
        let mut line = Line::new(self.scenario, month, category, item, quantity, unit_price);
        line.engagement = Some(self.index);
        line
    }

    /// A line of hours: their quantity is rounded to 0.0001 before its price; none for none.
    fn push_hours(&mut self, month: u32, category: Category, item: &Arc<str>, hours: N, rate: N, on_paper: bool) {
        let quantity = hours.greatest(N::zero()).round(HOUR_DIGITS);
        let line = self.line(month, category, item, (quantity, Unit::Hour), rate);
        self.lines.push(Line { on_paper, stands: Stands::IfQuantity, ..line });
    }

    /// The lines of a rate in a month.
    fn rate_lines(&self, month: u32, item: &str, unit: Unit, rate: &Rate, quantity: N) -> Vec<Line<N>> {
        let prices = self.prices(month);
        let priced = price_rate(self.scenario, rate, quantity, |input| prices.price(input));
        let line = |priced: Priced<N>| {
            let (item, unit) = match priced.what {
                PricedUnit::Each => (self.item(item), unit),
                PricedUnit::InTier(tier) => (self.item(&format!("{item}, tier {tier}")), unit),
                PricedUnit::WholeTier(tier) => (self.item(&format!("{item}, tier {tier}")), Unit::Tier),
                PricedUnit::Bundle => (self.item(item), Unit::Bundle),
            };
            let line = self.line(month, Category::ProviderRecurring, &item, (priced.quantity, unit), priced.unit_price);
            Line { stands: Stands::IfQuantity, ..line }
        };
        priced.into_iter().map(line).collect()
    }
}

/// The first billed month of an engagement, and its recurring lines before free months, with the
/// minimum. Where billing would begin after the term, it is the term's last month: what follows the
/// term is taken to cost what that month costs.
pub fn first_recurring<N: Number>(plan: &Plan, engagement: usize, volumes: &Volumes<N>) -> (u32, Vec<Line<N>>) {
    let invoice = Invoice::new(plan, engagement);
    let month = invoice.engagement.first_billed.min(invoice.engagement.last);
    (month, recurring(&invoice, month, volumes.at(month)))
}

/// Decimals of a quantity of hours on a line.
pub const HOUR_DIGITS: u32 = 4;

/// The recurring lines of a month, free or not, with the minimum's make-up.
fn recurring<N: Number>(invoice: &Invoice<N>, month: u32, counts: &Counts<N>) -> Vec<Line<N>> {
    let charges =
        [per_user::lines, per_device::lines, per_site::lines, retainer::lines, monthly::lines, contractors::lines];
    let mut lines: Vec<Line<N>> = charges.iter().flat_map(|charge| charge(invoice, month, counts)).collect();
    lines.extend(minimum::line(invoice, month, &lines));
    lines
}

/// What the recurring lines of a month depend on: the state of the counts, and the year of the offer.
type State = (usize, u32);

/// Writes the recurring lines of every billed month; months with the same counts and prices have
/// the same lines. In free months they are shown at nothing, and there is no minimum.
fn write_recurring<N: Number>(invoice: &mut Invoice<N>, volumes: &Volumes<N>) {
    let free_until = invoice.scenario.months(invoice.engagement.offer.free_months);
    let mut last: Option<(State, Vec<Line<N>>)> = None;
    for (billed, month) in invoice.billed_months().enumerate() {
        let state = (volumes.state(month), invoice.engagement.year(month));
        let known = last.take().filter(|(of, _)| *of == state);
        let lines = known.map_or_else(|| recurring(invoice, month, volumes.at(month)), |(_, lines)| lines);
        let is_free = billed < free_until as usize;
        let of_month = lines.iter().map(|line| line.in_month(month));
        if is_free {
            invoice.lines.extend(of_month.filter(|line| !minimum::is_make_up(line)).map(free));
        } else {
            invoice.lines.extend(of_month);
        }
        last = Some((state, lines));
    }
}

fn free<N: Number>(line: Line<N>) -> Line<N> {
    let nothing = N::zero().named(|| "a free month".into());
    Line { unit_price: nothing, amount: nothing, ..line }
}

/// What quantities by class cost at rates and at the prices of a year, unrounded.
pub fn price_classes<N: Number>(
    scenario: &Scenario,
    rates: &Rates,
    classes: &[N],
    price: impl Fn(Input) -> N + Copy,
) -> N {
    let priced: Vec<Priced<N>> = match rates {
        Rates::One(rate) => price_rate(scenario, rate, total(classes), price),
        Rates::ByClass(rates) => {
            rates.iter().flat_map(|(class, rate)| price_rate(scenario, rate, classes[*class], price)).collect()
        }
    };
    priced.into_iter().map(|p| p.quantity * p.unit_price).reduce(|sum, cost| sum + cost).unwrap_or_else(N::zero)
}

/// The sum of the classes.
fn total<N: Number>(classes: &[N]) -> N {
    classes.iter().copied().reduce(|sum, class| sum + class).unwrap_or_else(N::zero)
}
