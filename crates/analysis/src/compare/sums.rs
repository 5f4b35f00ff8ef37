//! Sums of a ledger: by month, year, category, provider.

use rust_decimal::Decimal;

use comanage_expr::number::Exact;
use comanage_model::evaluate::Evaluation;
use comanage_model::ledger::{Category, Line};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::quoted::is_quoted_cost;
use comanage_model::scenario::Scenario;

/// Every sum of an alternative's ledger that is shown anywhere.
#[derive(Clone, Debug)]
pub struct Sums {
    /// By month, from 0.
    pub months: Vec<Money>,
    /// By contract year, month 0 in the first.
    pub years: Vec<Money>,
    /// Of the term.
    pub total: Money,
    /// Of the term by category, in the order of print; only those that have a line.
    pub categories: Vec<(Category, Money)>,
    /// Of the providers' lines, by month from 0.
    pub provider_months: Vec<Money>,
    /// Of the lines that are quoted, as the paper has them; none without an offer.
    pub paper: Option<Money>,
    /// Of the providers' lines as they come, with the buyer's own prices for what is left out and the
    /// costs that are quoted with the offer; none without an offer.
    pub practice: Option<Money>,
}

impl Sums {
    /// Sums a ledger.
    ///
    /// # Errors
    /// The name of a sum that overflows.
    pub fn new(scenario: &Scenario, evaluation: &Evaluation<Exact>) -> Result<Self, String> {
        let lines = &evaluation.ledger.lines;
        let mut matrix = Matrix::new(scenario.term_months);
        let (mut off_paper, mut costs) = (Decimal::ZERO, Decimal::ZERO);
        for line in lines {
            let amount = line.amount.0.ok_or_else(|| format!("the {}", line.category.name()))?;
            matrix.add(line, amount).ok_or("the total of a month")?;
            if line.category.is_provider() && !line.on_paper {
                off_paper = off_paper.checked_add(amount).ok_or("the expected cost")?;
            }
            if is_quoted_cost(&evaluation.staffing, line.source) {
                costs = costs.checked_add(amount).ok_or("the expected cost")?;
            }
        }
        let months = matrix.months(|_| true).ok_or("the total of a month")?;
        let provider_months = matrix.months(Category::is_provider).ok_or("the provider's total of a month")?;
        let total = sum(&months).ok_or("the total")?;
        let practice = sum(&provider_months).and_then(|sum| sum.checked_add(costs)).ok_or("the expected cost")?;
        let has_offer = !evaluation.staffing.engagements.is_empty();
        Ok(Self {
            years: by_year(&months).ok_or("the total of a year")?,
            total: Money(total),
            categories: matrix.categories().ok_or("the total of a category")?,
            paper: has_offer.then(|| Money(practice) - Money(off_paper)),
            practice: has_offer.then_some(Money(practice)),
            months,
            provider_months,
        })
    }

    /// The sum of a category over the term; zero where it has no line.
    pub fn category(&self, category: Category) -> Money {
        self.categories.iter().find(|(other, _)| *other == category).map_or_else(Money::default, |(_, sum)| *sum)
    }

    /// The providers' lines by contract year, month 0 in the first.
    pub fn provider_years(&self) -> Vec<Money> {
        by_year(&self.provider_months).unwrap_or_default()
    }
}

fn sum(amounts: &[Money]) -> Option<Decimal> {
    amounts.iter().try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount.0))
}

/// Sums by contract year, month 0 in the first.
pub fn by_year(months: &[Money]) -> Option<Vec<Money>> {
    let mut years = vec![Money::default(); contract_year(months.len() as u32 - 1) as usize + 1];
    for (month, amount) in months.iter().enumerate() {
        let year = &mut years[contract_year(month as u32) as usize];
        year.0 = year.0.checked_add(amount.0)?;
    }
    Some(years)
}

/// Amounts by month and category; none where there is no line.
struct Matrix(Vec<[Option<Decimal>; Category::ALL.len()]>);

impl Matrix {
    fn new(months: u32) -> Self {
        Self(vec![[None; Category::ALL.len()]; months as usize + 1])
    }

    fn add(&mut self, line: &Line<Exact>, amount: Decimal) -> Option<()> {
        let cell = &mut self.0[line.month as usize][line.category as usize];
        *cell = Some(cell.unwrap_or_default().checked_add(amount)?);
        Some(())
    }

    fn months(&self, is_wanted: impl Fn(Category) -> bool) -> Option<Vec<Money>> {
        let wanted = |category: &&Category| is_wanted(**category);
        let month = |row: &[Option<Decimal>; Category::ALL.len()]| {
            let cells = Category::ALL.iter().filter(wanted).filter_map(|&category| row[category as usize]);
            cells.into_iter().try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(cell)).map(Money)
        };
        self.0.iter().map(month).collect()
    }

    fn categories(&self) -> Option<Vec<(Category, Money)>> {
        let mut sums = Vec::new();
        for category in Category::ALL {
            let mut cells = self.0.iter().filter_map(|row| row[category as usize]).peekable();
            if cells.peek().is_some() {
                let sum = cells.try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(cell))?;
                sums.push((category, Money(sum)));
            }
        }
        Some(sums)
    }
}
