//! What the paper says its price is, against what its own prices give.
//!
//! A quote whose total does not follow from its rates is either wrong or holds something it does not
//! name. The lines compared are those of the first billed month, before free months, the quoted price
//! of the first year, and the onboarding fee.

use rust_decimal::Decimal;

use super::bridge::quoted_lines;
use crate::compare::Compared;
use comanage_expr::number::{Exact, Number};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::too_large;
use comanage_model::ledger::{Entry, Line, Unit, charge};
use comanage_model::money::{Currency, Money};
use comanage_model::month::contract_year;
use comanage_model::scenario::{Input, Offer};
use comanage_model::volumes::Volumes;

/// A stated price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedPrice {
    /// What it is the price of: `a month`, `year 1`, `onboarding`, or the item of a line.
    pub what: String,
    /// What the paper says.
    pub said: Money,
    /// What its own prices come to; none for an item that it does not charge.
    pub own: Option<Money>,
    /// How its own prices come to it: `15 users at 145.00`.
    pub worked: Option<String>,
    /// Where it is stated.
    pub input: Input,
}

impl StatedPrice {
    /// How much more the paper says than its prices give.
    pub fn difference(&self) -> Option<Money> {
        self.own.map(|own| self.said - own)
    }

    /// Whether it is what its prices give.
    pub fn is_right(&self) -> bool {
        self.own == Some(self.said)
    }
}

/// Holds everything that an offer states against its own prices.
///
/// # Errors
/// A sum that overflows.
pub fn prices(offer: &Offer, alternative: &Compared, volumes: &Volumes<Exact>) -> Result<Vec<StatedPrice>, Diagnostic> {
    let Some(stated) = &offer.stated else { return Ok(Vec::new()) };
    let staffing = &alternative.evaluation.staffing;
    let currency = staffing.scenario.currency;
    let (_, recurring) = charge::first_recurring(staffing, 0, volumes);
    let onboarding = |line: &&Line<Exact>| line.source.entry() == Some(Entry::Onboarding);
    let onboarding: Vec<&Line<Exact>> = quoted_lines(alternative).filter(onboarding).collect();
    let year_1 = quoted_lines(alternative).filter(|line| line.on_paper && contract_year(line.month) == 0);
    let year_1: Vec<&Line<Exact>> = year_1.collect();
    let all: Vec<&Line<Exact>> = recurring.iter().collect();

    let price = |what: &str, input: Option<Input>, own: Option<Money>, worked: Option<String>| {
        let input = input?;
        let said = Money(staffing.scenario.decimal(input));
        Some(StatedPrice { what: what.to_string(), said, own, worked, input })
    };
    let mut prices = vec![
        price("a month", stated.monthly, Some(sum(offer, &all, currency)?), None),
        price("year 1", stated.year_1, Some(sum(offer, &year_1, currency)?), None),
        price("onboarding", stated.onboarding, Some(sum(offer, &onboarding, currency)?), words(&onboarding, currency)),
    ];
    for named in &stated.lines {
        let is_called = |entry: Entry| entry.is_called(&named.name, staffing, offer);
        let own: Vec<&Line<Exact>> =
            recurring.iter().filter(|line| line.source.entry().is_some_and(is_called)).collect();
        let total = if own.is_empty() { None } else { Some(sum(offer, &own, currency)?) };
        prices.push(price(&named.name, Some(named.price), total, words(&own, currency)));
    }
    Ok(prices.into_iter().flatten().collect())
}

fn sum(offer: &Offer, lines: &[&Line<Exact>], currency: Currency) -> Result<Money, Diagnostic> {
    let sum = lines.iter().fold(Exact::zero(), |sum, line| sum + line.amount).round(currency.digits);
    sum.0.map(Money).ok_or_else(|| too_large(&format!("a stated price of {}", offer.name)))
}

/// The lines as a sum in words: `15 users at 145.00 and 2 devices at 185.00`; none for a plain fee.
fn words(lines: &[&Line<Exact>], currency: Currency) -> Option<String> {
    let is_plain = |line: &&&Line<Exact>| matches!(line.unit, Unit::Once | Unit::Month);
    if lines.is_empty() || lines.iter().all(|line| is_plain(&line)) {
        return None;
    }
    let one = |line: &&Line<Exact>| {
        let quantity = line.quantity.0.unwrap_or_default().normalize();
        let plural = if quantity == Decimal::ONE { "" } else { "s" };
        let price = Money(line.unit_price.0.unwrap_or_default()).to_finest_prose(currency);
        format!("{quantity} {}{plural} at {price}", line.unit.name())
    };
    Some(lines.iter().map(one).collect::<Vec<_>>().join(" and "))
}
