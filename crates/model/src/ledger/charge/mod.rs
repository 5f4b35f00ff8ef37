//! The charges of providers: one file a kind, and the invoice that they make up together.

mod block_hours;
mod contractors;
mod discount;
mod hourly;
mod leaving;
mod limit;
mod onboarding;
mod out_of_scope;
mod price_line;
mod retainer;
mod tax;
mod units;

pub use block_hours::BlockAccount;
pub use leaving::{ExitFee, exit_fee, months_left, recurring_after};

use super::line::{Category, KeepIf, Line, Unit};
use super::source::{Entry, LineSource};
use crate::price::{Priced, PricedUnit, Prices, price_rate};
use crate::scenario::{Charge, Input, Rates, Scenario};
use crate::staffing::{Engagement, Staffing};
use crate::volumes::Volumes;
use crate::work::Provided;
use comanage_expr::number::{Exact, Number};

/// Writes the invoices of every provider of an alternative, month by month, and returns what became
/// of the hours bought in blocks, by engagement.
pub fn write<N: Number>(
    staffing: &Staffing,
    volumes: &Volumes<N>,
    provided: &Provided<N>,
    lines: &mut Vec<Line<N>>,
) -> Vec<Option<BlockAccount<N>>> {
    let mut accounts = Vec::new();
    for index in 0..staffing.engagements.len() {
        let mut invoice = Invoice::new(staffing, index);
        write_recurring(&mut invoice, volumes, provided);
        accounts.push(write_hours(&mut invoice, provided));
        let mut one_time = onboarding::lines(&invoice, volumes);
        let rates = tax::TaxRates::new(&invoice);
        let discounts = discount::write(&mut invoice, &one_time, &rates);
        limit::write(&mut invoice);
        out_of_scope::write(&mut invoice, provided);
        invoice.lines.append(&mut one_time);
        leaving::write(&mut invoice, volumes);
        tax::write(&mut invoice, &rates, &discounts);
        lines.append(&mut invoice.lines);
    }
    accounts
}

/// Writes the lines of hours that were worked, and returns the outcome of those bought in blocks: the
/// hourly rate bills what blocks leave to it, so they come first.
fn write_hours<N: Number>(invoice: &mut Invoice<N>, provided: &Provided<N>) -> Option<BlockAccount<N>> {
    let mut account = None;
    let mut hourly = None;
    for (index, charge) in invoice.charges() {
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
    hourly::write_own_rates(invoice, provided);
    account
}

/// The lines of one provider, as they come together.
pub struct Invoice<'a, N> {
    staffing: &'a Staffing<'a>,
    scenario: &'a Scenario,
    index: usize,
    engagement: &'a Engagement<'a>,
    lines: Vec<Line<N>>,
}

impl<'a, N: Number> Invoice<'a, N> {
    fn new(staffing: &'a Staffing<'a>, index: usize) -> Self {
        Self {
            staffing,
            scenario: staffing.scenario,
            index,
            engagement: &staffing.engagements[index],
            lines: Vec::new(),
        }
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

    /// The charges that are billed.
    fn charges(&self) -> impl Iterator<Item = (usize, &'a Charge)> + use<'a, N> {
        self.staffing.charges(self.engagement.offer)
    }

    /// Whether a month of the term lies within months of the offer; what is paid at signature counts as
    /// of its first.
    fn stands(&self, month: u32, from: Option<Input>, until: Option<Input>) -> bool {
        let of_offer = self.engagement.month(month).max(1);
        from.is_none_or(|from| of_offer >= self.scenario.months(from))
            && until.is_none_or(|until| of_offer <= self.scenario.months(until))
    }

    /// Whether the recurring lines of a month cost nothing.
    fn is_free(&self, month: u32) -> bool {
        let free = self.scenario.months(self.engagement.offer.free_months);
        month < self.engagement.first_billed.saturating_add(free)
    }

    /// An amount that is already rounded, for a month; none of nothing.
    fn amount(&self, month: u32, category: Category, entry: Entry, amount: N) -> Line<N> {
        let source = LineSource::Provider { engagement: self.index, entry };
        Line { stands: KeepIf::IfPrice, ..Line::amount(month, category, source, Unit::Month, amount) }
    }

    /// A line of work, which is carried in minutes: `cents(minutes * price / 60)`; none for none. The
    /// quantity is in hours, to 0.0001.
    fn push_minutes(&mut self, month: u32, category: Category, entry: Entry, minutes: N, rate: N, on_paper: bool) {
        let line = self.hours_line(month, category, entry, minutes.max(N::zero()), rate);
        self.lines.push(Line { on_paper, stands: KeepIf::IfQuantity, ..line });
    }

    fn hours_line(&self, month: u32, category: Category, entry: Entry, minutes: N, rate: N) -> Line<N> {
        let source = LineSource::Provider { engagement: self.index, entry };
        Line::of_minutes(self.scenario, month, category, source, minutes, rate)
    }

    /// What units are billed as, as a line.
    fn priced_line(&self, month: u32, entry: Entry, unit: Unit, priced: Priced<N>) -> Line<N> {
        let (entry, unit) = match priced.what {
            PricedUnit::Each => (entry, unit),
            PricedUnit::InTier(tier) => (entry.in_tier(tier), unit),
            PricedUnit::WholeTier(tier) => (entry.in_tier(tier), Unit::Tier),
            PricedUnit::Bundle => (entry, Unit::Bundle),
        };
        let line = self.line(month, Category::ProviderRecurring, entry, (priced.quantity, unit), priced.unit_price);
        Line { stands: KeepIf::IfQuantity, ..line }
    }
}

/// The last month that a charge has been paid for in advance by the end of a month; none where nothing is
/// paid in advance.
pub fn paid_until(staffing: &Staffing, engagement: usize, charge: usize, month: u32) -> Option<u32> {
    let invoice: Invoice<'_, Exact> = Invoice::new(staffing, engagement);
    price_line::paid_until(&invoice, invoice.engagement.offer.charges[charge].price_line()?, month)
}

/// The first billed month of an engagement, and its recurring lines by the list, raised to the monthly
/// minimum: before discounts and free months, of a line for several months the part of one, no tickets.
/// Where billing would begin after the last month, it is the last.
pub fn first_recurring<N: Number>(staffing: &Staffing, engagement: usize, volumes: &Volumes<N>) -> (u32, Vec<Line<N>>) {
    list_of(&Invoice::new(staffing, engagement), volumes)
}

fn list_of<N: Number>(invoice: &Invoice<'_, N>, volumes: &Volumes<N>) -> (u32, Vec<Line<N>>) {
    let month = invoice.engagement.first_billed.min(invoice.engagement.last);
    let mut lines = listed_in(invoice, volumes, month, |_| true);
    let amounts: Vec<N> = lines.iter().map(|line| line.amount).collect();
    lines.extend(limit::make_up(invoice, month, total(&amounts)));
    (month, lines)
}

/// What recurring charges cost in a month by the list; of those for which a condition holds.
fn listed_in<N: Number>(
    invoice: &Invoice<'_, N>,
    volumes: &Volumes<N>,
    month: u32,
    is_meant: impl Fn(&Charge) -> bool,
) -> Vec<Line<N>> {
    let mut lines = Vec::new();
    for (index, charge) in invoice.charges().filter(|(_, charge)| is_meant(charge)) {
        if let Some(line) = charge.price_line() {
            lines.extend(price_line::listed(invoice, index, line, month, volumes));
        } else if let Charge::Contractors(terms) = charge {
            lines.extend(contractors::line(invoice, index, terms, month));
        }
    }
    lines
}

/// Writes the recurring lines of every billed month. In free months they are shown at nothing.
fn write_recurring<N: Number>(invoice: &mut Invoice<'_, N>, volumes: &Volumes<N>, provided: &Provided<N>) {
    let mut lines = Vec::new();
    for (index, charge) in invoice.charges() {
        if let Some(line) = charge.price_line() {
            lines.extend(price_line::lines(invoice, index, line, volumes, provided));
        } else if let Charge::Contractors(terms) = charge {
            lines.extend(contractors::lines(invoice, index, terms));
        }
    }
    invoice.lines.append(&mut lines);
}

/// A line of a free month: it is shown at nothing.
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
