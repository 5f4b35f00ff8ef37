//! The charges of providers: one file a kind, and the invoice that they make up together.

mod block_hours;
mod contractors;
mod hourly;
mod leaving;
mod minimum;
mod onboarding;
mod out_of_scope;
mod price_line;
mod retainer;
mod tax;

pub use block_hours::BlockAccount;
pub use leaving::months_left;

use super::line::{Category, Line, Stands, Unit};
use super::source::{Entry, LineSource};
use crate::plan::{Engagement, Plan};
use crate::price::{Priced, PricedUnit, Prices, price_rate};
use crate::scenario::{Charge, Input, Rate, Rates, Scenario};
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
        accounts.push(write_hours(&mut invoice, provided));
        out_of_scope::write(&mut invoice, provided);
        onboarding::write(&mut invoice, volumes);
        leaving::write(&mut invoice, volumes);
        tax::write(&mut invoice);
        lines.append(&mut invoice.lines);
    }
    accounts
}

/// Writes the lines of hours that were worked, and returns the outcome of those bought in blocks: the
/// hourly rate bills what blocks leave to it, so they come first.
fn write_hours<N: Number>(invoice: &mut Invoice<N>, provided: &Provided<N>) -> Option<BlockAccount<N>> {
    let mut account = None;
    let mut hourly = None;
    for (index, charge) in invoice.engagement.offer.charges.iter().enumerate() {
        match charge {
            Charge::Retainer(terms) => retainer::write_overage(invoice, index, terms, provided),
            Charge::BlockHours(terms) => account = Some(block_hours::write(invoice, index, terms, provided)),
            Charge::Hourly(terms) => hourly = Some((index, terms)),
            Charge::Line(_) | Charge::Contractors(_) => {}
        }
    }
    if let Some((index, terms)) = hourly {
        hourly::write(invoice, index, terms, provided, account.as_ref());
    }
    account
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

    fn line(&self, month: u32, category: Category, entry: Entry, quantity: (N, Unit), unit_price: N) -> Line<N> {
        let source = LineSource::Provider { engagement: self.index, entry };
        Line::new(self.scenario, month, category, source, quantity, unit_price)
    }

    /// A line of hours: their quantity is rounded to 0.0001 before its price; none for none.
    fn push_hours(&mut self, month: u32, category: Category, entry: Entry, hours: N, rate: N, on_paper: bool) {
        let quantity = hours.greatest(N::zero()).round(HOUR_DIGITS);
        let line = self.line(month, category, entry, (quantity, Unit::Hour), rate);
        self.lines.push(Line { on_paper, stands: Stands::IfQuantity, ..line });
    }

    /// The lines of a rate in a month.
    fn rate_lines(&self, month: u32, entry: Entry, unit: Unit, rate: &Rate, quantity: N) -> Vec<Line<N>> {
        let prices = self.prices(month);
        let priced = price_rate(self.scenario, rate, quantity, |input| prices.price(input));
        let line = |priced: Priced<N>| {
            let (entry, unit) = match priced.what {
                PricedUnit::Each => (entry, unit),
                PricedUnit::InTier(tier) => (entry.in_tier(tier), unit),
                PricedUnit::WholeTier(tier) => (entry.in_tier(tier), Unit::Tier),
                PricedUnit::Bundle => (entry, Unit::Bundle),
            };
            let line = self.line(month, Category::ProviderRecurring, entry, (priced.quantity, unit), priced.unit_price);
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

/// Decimal places of a quantity of hours on a line.
pub const HOUR_DIGITS: u32 = 4;

/// The recurring lines of a month, free or not, with the minimum's make-up.
fn recurring<N: Number>(invoice: &Invoice<N>, month: u32, counts: &Counts<N>) -> Vec<Line<N>> {
    let charges = invoice.engagement.offer.charges.iter().enumerate();
    let mut lines: Vec<Line<N>> = charges
        .flat_map(|(index, charge)| match charge {
            Charge::Line(line) => price_line::lines(invoice, index, line, month, counts),
            Charge::Retainer(retainer) => vec![retainer::line(invoice, index, retainer, month)],
            Charge::Contractors(terms) => contractors::line(invoice, index, terms, month).into_iter().collect(),
            Charge::BlockHours(_) | Charge::Hourly(_) => Vec::new(),
        })
        .collect();
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
            invoice.lines.extend(of_month.filter(|line| !is_limit(line)).map(free));
        } else {
            invoice.lines.extend(of_month);
        }
        last = Some((state, lines));
    }
}

/// Whether a line comes of a limit on the invoice.
fn is_limit<N>(line: &Line<N>) -> bool {
    matches!(line.source.entry(), Some(Entry::Limit(_)))
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
