//! From the quoted price to the expected cost, step by step.
//!
//! The quoted price is the provider's lines that the paper shows; the expected cost is all of them.
//! What lies between is exactly the lines that the paper leaves out, so the steps are these lines,
//! summed by item, and add up to the cent.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::compare::Compared;
use comanage_expr::number::{Exact, Number};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Evaluation, too_large};
use comanage_model::ledger::{Entry, Line, LineSource, Part, Unit};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::quoted::is_quoted_cost;

/// A price of an offer, or of a mix with offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// Of the first contract year, signature included.
    pub year_1: Money,
    /// Of the term.
    pub term: Money,
    /// Of the term over the sum of the users of all months; none without users.
    pub per_user_month: Option<Money>,
}

/// Why a line is on the invoice and not on the paper, in the order of the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Hours beyond those included or bought.
    Overage,
    /// Blocks bought in addition to those on schedule.
    FurtherLots,
    /// Work of a service that no one covers, by index.
    OutOfScope(usize),
    /// A limit on the invoice.
    Limit,
}

/// What comes on top of the quoted price for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Why the quoted price leaves it out.
    pub reason: Reason,
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
    /// Sums the quoted lines that are required.
    pub fn new(alternative: &Compared, user_months: Exact, is_wanted: impl Fn(&Line<Exact>) -> bool) -> Self {
        let lines = quoted_lines(alternative).filter(|line| is_wanted(line));
        let (year_1, term) = sums(lines);
        let digits = alternative.evaluation.staffing.scenario.currency.digits;
        let per_user = || (Exact(Some(term.0)) / user_months).round(digits).0.map(Money);
        Self { year_1, term, per_user_month: user_months.is_positive().then(per_user).flatten() }
    }
}

/// The lines of an alternative that a quote is about: what providers bill, the buyer's own prices for what
/// they leave out, and costs that come with the offer.
pub fn quoted_lines<'a>(alternative: &'a Compared) -> impl Iterator<Item = &'a Line<Exact>> {
    let Evaluation { staffing, ledger, .. } = &alternative.evaluation;
    ledger.lines.iter().filter(|line| line.category.is_provider() || is_quoted_cost(staffing, line.source))
}

/// The sums of the first year and of the term.
pub fn sums<'a>(lines: impl Iterator<Item = &'a Line<Exact>>) -> (Money, Money) {
    lines.fold((Money::default(), Money::default()), |(year_1, term), line| {
        let amount = amount(line);
        let first = if contract_year(line.month) == 0 { amount } else { Money::ZERO };
        (year_1 + first, term + amount)
    })
}

/// The amount of a line; a comparison refuses ledgers with a line that overflows.
pub fn amount(line: &Line<Exact>) -> Money {
    Money(line.amount.0.unwrap_or_default())
}

/// Every step from the quoted price to the expected cost: overage, further lots, out of scope by
/// service, what limits on the invoice add and take away.
///
/// # Errors
/// A quantity over the term that overflows.
pub fn steps(alternative: &Compared) -> Result<Vec<Step>, Diagnostic> {
    let staffing = &alternative.evaluation.staffing;
    let mut steps: BTreeMap<(Reason, LineSource), Step> = BTreeMap::new();
    for line in quoted_lines(alternative).filter(|line| !line.on_paper) {
        let Some(reason) = Reason::of(line.source) else { continue };
        let step = steps.entry((reason, line.source)).or_insert_with(|| Step {
            reason,
            item: line.source.item(staffing),
            quantity: Decimal::ZERO,
            unit: line.unit,
            year_1: Money::default(),
            term: Money::default(),
        });
        step.quantity = added(step.quantity, line)?;
        step.term += amount(line);
        if contract_year(line.month) == 0 {
            step.year_1 += amount(line);
        }
    }
    Ok(steps.into_values().collect())
}

/// A quantity and that of a further line.
///
/// # Errors
/// Their sum overflows.
pub fn added(quantity: Decimal, line: &Line<Exact>) -> Result<Decimal, Diagnostic> {
    let sum = Exact(Some(quantity)) + line.quantity;
    sum.0.ok_or_else(|| too_large(&format!("the quantity of the term, in {}s,", line.unit.name())))
}

impl Reason {
    /// Why a line that the paper leaves out is there, by what made it; none for lines that the paper has.
    fn of(source: LineSource) -> Option<Self> {
        if let LineSource::Plug(service) = source {
            return Some(Self::OutOfScope(service));
        }
        match source.entry()? {
            Entry::Charge { part: Part::Overage, .. } => Some(Self::Overage),
            Entry::Charge { part: Part::Further, .. } => Some(Self::FurtherLots),
            Entry::OutOfScope(service) => Some(Self::OutOfScope(service)),
            Entry::Limit(_) => Some(Self::Limit),
            Entry::Charge { part: Part::Fee | Part::Added, .. }
            | Entry::Once(_)
            | Entry::Onboarding
            | Entry::ExitFee
            | Entry::Discount { .. }
            | Entry::Cover(_)
            | Entry::Tax(_) => None,
        }
    }
}
