//! From the paper price to the practice price, step by step.
//!
//! The paper price is the provider's lines that the paper shows; the practice price is all of them.
//! What lies between is exactly the lines that the paper leaves out, so the steps are these lines,
//! summed by item, and add up to the cent.

use rust_decimal::Decimal;

use crate::compare::Compared;
use comanage_expr::number::{Exact, Number};
use comanage_model::ledger::{Category, Line, Unit};
use comanage_model::money::Money;
use comanage_model::month::contract_year;

/// A price of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// Of the first contract year, signature included.
    pub year_1: Money,
    /// Of the term.
    pub term: Money,
    /// Of the term over the sum of the users of all months; none without users.
    pub per_user_month: Option<Money>,
}

/// What comes on top of the paper price for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The item of the ledger: `retainer overage`, `out of scope: projects`.
    pub item: String,
    /// How many over the term.
    pub quantity: Decimal,
    /// Of what.
    pub unit: Unit,
    /// In the first contract year.
    pub year_1: Money,
    /// Over the term.
    pub term: Money,
}

impl Price {
    /// Sums the provider's lines that are wanted.
    pub fn new(alternative: &Compared, user_months: Exact, is_wanted: impl Fn(&Line<Exact>) -> bool) -> Self {
        let lines = provider_lines(alternative).filter(|line| is_wanted(line));
        let (year_1, term) = sums(lines);
        let digits = alternative.evaluation.plan.scenario.currency.digits;
        let per_user = || (Exact(Some(term.0)) / user_months).round(digits).0.map(Money);
        Self { year_1, term, per_user_month: user_months.is_positive().then(per_user).flatten() }
    }
}

/// The lines of an alternative that a provider's invoice holds.
pub fn provider_lines<'a>(alternative: &'a Compared) -> impl Iterator<Item = &'a Line<Exact>> {
    alternative.evaluation.ledger.lines.iter().filter(|line| line.category.is_provider())
}

/// The sums of the first year and of the term.
fn sums<'a>(lines: impl Iterator<Item = &'a Line<Exact>>) -> (Money, Money) {
    lines.fold((Money::default(), Money::default()), |(year_1, term), line| {
        let amount = amount(line);
        let first = if contract_year(line.month) == 0 { amount } else { Decimal::ZERO };
        (Money(year_1.0 + first), Money(term.0 + amount))
    })
}

/// The amount of a line; a comparison refuses ledgers with a line that has no room.
pub fn amount(line: &Line<Exact>) -> Decimal {
    line.amount.0.unwrap_or_default()
}

/// Every step from the paper price to the practice price: overage, further lots, out of scope by
/// service, what makes up the minimum.
pub fn steps(alternative: &Compared) -> Vec<Step> {
    let lines: Vec<&Line<Exact>> = provider_lines(alternative).filter(|line| !line.on_paper).collect();
    let mut items: Vec<&Line<Exact>> = Vec::new();
    for line in &lines {
        if !items.iter().any(|first| first.item == line.item && first.category == line.category) {
            items.push(line);
        }
    }
    items.sort_by_key(|line| place(alternative, line));
    let step = |first: &&Line<Exact>| {
        let same = || lines.iter().copied().filter(|line| line.item == first.item && line.category == first.category);
        let (year_1, term) = sums(same());
        let quantity = same().filter_map(|line| line.quantity.0).fold(Decimal::ZERO, |sum, quantity| sum + quantity);
        Step { item: first.item.to_string(), quantity, unit: first.unit, year_1, term }
    };
    items.iter().map(step).collect()
}

/// Overage, further lots, out of scope in the order of the services, then the minimum.
fn place(alternative: &Compared, line: &Line<Exact>) -> (u8, usize) {
    let plan = &alternative.evaluation.plan;
    match (line.category, line.unit) {
        (Category::ProviderHours, Unit::Hour) => (0, 0),
        (Category::ProviderHours, _) => (1, 0),
        (Category::OutOfScope, _) => {
            let services = 0..plan.scenario.services.len();
            let mut of_line = services.filter(|&service| *line.item == plan.out_of_scope_item(0, service));
            (2, of_line.next().unwrap_or(usize::MAX))
        }
        _ => (3, 0),
    }
}
