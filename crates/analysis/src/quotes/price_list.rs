//! The quoted price line by line, and what each option of an offer adds to it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::bridge::{added, amount, quoted_lines, sums};
use crate::compare::Compared;
use comanage_expr::number::Exact;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Shared, ledger_of};
use comanage_model::ledger::{Category, Entry, Line, LineSource, Part, Unit};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::scenario::{Alternative, Measure, Offer, PriceLine, Scenario};
use comanage_model::staffing::Staffing;

/// A line of the quoted price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotedLine {
    /// The item of the ledger, with what a discount is taken of where it has several lines.
    pub item: String,
    /// Of what its quantities are.
    pub unit: Unit,
    /// The name of the thing that is counted, where it is one of `organization.counts`.
    pub thing: Option<String>,
    /// How many over the term: of a line a month, each counted in every month.
    pub quantity: Decimal,
    /// Whether it is a share of other lines: a discount or a tax.
    pub is_share: bool,
    /// The month in which it is billed in full first; 0 is signature.
    pub first_month: u32,
    /// How many in that month.
    pub first_quantity: Decimal,
    /// What one costs in that month; of a discount its share, below zero.
    pub first_price: Decimal,
    /// Months that one payment is for; none for what is not billed regularly.
    pub every_months: Option<u32>,
    /// In the first contract year, signature included.
    pub year_1: Money,
    /// Over the term.
    pub term: Money,
}

/// An optional charge, and what it adds to the expected cost: its lines, with the discounts, limits and taxes
/// that follow from them.
#[derive(Clone, Debug)]
pub struct OptionPrice<'a> {
    /// The offer whose lines these are.
    pub offer: &'a Offer,
    /// The name of the charge.
    pub name: &'a str,
    /// Whether the alternative takes it, so that its price holds it.
    pub is_taken: bool,
    /// In the first contract year, signature included.
    pub year_1: Money,
    /// Over the term.
    pub term: Money,
}

/// Every line of the quoted price in the order of the invoice; they add up to it.
///
/// # Errors
/// A quantity over the term that overflows.
pub fn lines(alternative: &Compared) -> Result<Vec<QuotedLine>, Diagnostic> {
    let staffing = &alternative.evaluation.staffing;
    let mut lines: BTreeMap<(Place, LineSource, Category), QuotedLine> = BTreeMap::new();
    for line in quoted_lines(alternative).filter(|line| line.on_paper) {
        let key = (Place::of(line), line.source, line.category);
        let of = lines.entry(key).or_insert_with(|| first(staffing, line));
        of.begin_in_full(line);
        of.quantity = added(of.quantity, line)?;
        of.term += amount(line);
        if contract_year(line.month) == 0 {
            of.year_1 += amount(line);
        }
    }
    Ok(lines.into_values().collect())
}

/// Where a line is among those of its provider: charges, hours, prices once, discounts, limits, taxes; then
/// what is no provider's. By the engagement.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place(usize, u8);

impl Place {
    fn of(line: &Line<Exact>) -> Self {
        let LineSource::Provider { engagement, entry } = line.source else { return Self(usize::MAX, 0) };
        let place = match entry {
            Entry::Charge { .. } if line.category == Category::ProviderRecurring => 0,
            Entry::Charge { .. } | Entry::Cover(_) => 1,
            Entry::Once(_) | Entry::Onboarding | Entry::ExitFee | Entry::OutOfScope(_) => 2,
            Entry::Discount { .. } => 3,
            Entry::Limit(_) => 4,
            Entry::Tax(_) => 5,
        };
        Self(engagement, place)
    }
}

/// A line where it is billed first, with nothing added yet.
fn first(staffing: &Staffing, line: &Line<Exact>) -> QuotedLine {
    QuotedLine {
        item: item(staffing, line),
        unit: line.unit,
        thing: thing(staffing, line),
        is_share: matches!(line.source.entry(), Some(Entry::Discount { .. } | Entry::Tax(_))),
        quantity: Decimal::ZERO,
        first_month: line.month,
        first_quantity: line.quantity.0.unwrap_or_default(),
        first_price: line.unit_price.0.unwrap_or_default(),
        every_months: every_months(staffing, line),
        year_1: Money::default(),
        term: Money::default(),
    }
}

impl QuotedLine {
    /// Free months, and payments that they cut, come before the first one in full, within its year.
    fn begin_in_full(&mut self, line: &Line<Exact>) {
        let price = line.unit_price.0.unwrap_or_default();
        let is_of_year = contract_year(line.month) == contract_year(self.first_month);
        if is_of_year && !self.is_share && price > self.first_price {
            self.first_month = line.month;
            self.first_price = price;
            self.first_quantity = line.quantity.0.unwrap_or_default();
        }
    }
}

fn item(staffing: &Staffing, line: &Line<Exact>) -> String {
    let item = line.source.item(staffing);
    match line.source.entry() {
        Some(Entry::Discount { .. }) if line.category != Category::ProviderRecurring => {
            format!("{item}, of {}", line.category.name())
        }
        _ => item,
    }
}

/// The line of the price list whose units a line of the ledger bills.
fn terms<'a>(staffing: &Staffing<'a>, line: &Line<Exact>) -> Option<&'a PriceLine> {
    match line.source {
        LineSource::Provider { engagement, entry: Entry::Charge { charge, part: Part::Fee, .. } } => {
            staffing.engagements[engagement].offer.charges[charge].price_line()
        }
        _ => None,
    }
}

fn thing(staffing: &Staffing, line: &Line<Exact>) -> Option<String> {
    match terms(staffing, line)?.measure {
        Measure::Things(index) if line.unit == Unit::Thing => {
            Some(staffing.scenario.organization.counts.classes[index].name.clone())
        }
        _ => None,
    }
}

fn every_months(staffing: &Staffing, line: &Line<Exact>) -> Option<u32> {
    let terms = terms(staffing, line)?;
    match terms.every_months {
        Some(months) if !terms.spread => Some(staffing.scenario.months(months)),
        _ => Some(1),
    }
}

/// What each optional charge of the offers of an alternative adds to its expected cost, or has added.
///
/// # Errors
/// A figure that overflows.
pub fn options<'a>(alternative: &Compared<'a>, shared: &Shared<Exact>) -> Result<Vec<OptionPrice<'a>>, Diagnostic> {
    let staffing = &alternative.evaluation.staffing;
    let scenario = staffing.scenario;
    let mut options = Vec::new();
    for taken in &staffing.alternative.offers {
        let offer = &scenario.offers[taken.of];
        for (charge, _) in offer.charges.iter().enumerate().filter(|(_, charge)| charge.is_optional()) {
            options.push(price_of_option(scenario, staffing.alternative, (taken.of, charge), shared)?);
        }
    }
    Ok(options)
}

/// What an optional charge, the offer and its charge by index, adds to what an alternative costs, or has added.
///
/// # Errors
/// A figure that overflows.
pub fn price_of_option<'a>(
    scenario: &'a Scenario,
    alternative: &Alternative,
    option: (usize, usize),
    shared: &Shared<Exact>,
) -> Result<OptionPrice<'a>, Diagnostic> {
    let others: Vec<(usize, usize)> = alternative.options.iter().copied().filter(|taken| *taken != option).collect();
    let billed = |options| invoiced(scenario, &Alternative { options, ..alternative.clone() }, shared);
    let (without, with) = (billed(others.clone())?, billed([others, vec![option]].concat())?);
    let offer = &scenario.offers[option.0];
    let is_taken = alternative.options.contains(&option);
    let name = offer.charges[option.1].name();
    Ok(OptionPrice { offer, name, is_taken, year_1: with.0 - without.0, term: with.1 - without.1 })
}

/// What providers bill in an alternative, in the first year and over the term.
fn invoiced(scenario: &Scenario, of: &Alternative, shared: &Shared<Exact>) -> Result<(Money, Money), Diagnostic> {
    let (_, ledger, _) = ledger_of(scenario, of, shared)?;
    Ok(sums(ledger.lines.iter().filter(|line| line.category.is_provider())))
}
