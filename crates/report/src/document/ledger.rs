//! The ledger of an alternative for a document: the lines that stay alike for months as one, and the
//! sums of each item by year.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::parts::headers;
use super::{Cell, Role, Row, Table};
use comanage_analysis::compare::Compared;
use comanage_expr::number::Exact;
use comanage_model::ledger::{Category, Line, LineSource, Unit};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::staffing::Staffing;

/// A line of the ledger that is the same in months that follow one another.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerRun {
    /// The first month; 0 is signature.
    pub from: u32,
    /// The last month.
    pub to: u32,
    /// What it is part of.
    pub category: Category,
    /// What made it.
    source: LineSource,
    /// What it is for.
    pub item: String,
    /// How many.
    pub quantity: Decimal,
    /// Of what.
    pub unit: Unit,
    /// What one costs.
    pub unit_price: Decimal,
    /// The product, rounded to the minor unit.
    pub amount: Money,
}

impl LedgerRun {
    fn new(staffing: &Staffing, line: &Line<Exact>) -> Self {
        let plain = |number: Exact| number.0.unwrap_or_default().normalize();
        Self {
            from: line.month,
            to: line.month,
            category: line.category,
            source: line.source,
            item: line.source.item(staffing),
            quantity: plain(line.quantity),
            unit: line.unit,
            unit_price: plain(line.unit_price),
            amount: Money(plain(line.amount)),
        }
    }
}

/// The lines of an alternative, in the order they first are in its ledger.
pub fn ledger_runs(of: &Compared) -> Vec<LedgerRun> {
    let mut runs: Vec<LedgerRun> = Vec::new();
    let mut latest = HashMap::new();
    for run in of.evaluation.ledger.lines.iter().map(|line| LedgerRun::new(&of.evaluation.staffing, line)) {
        let key = (run.category, run.source, run.quantity, run.unit.name(), run.unit_price, run.amount.0);
        let place = latest.entry(key).or_insert(runs.len());
        match runs.get_mut(*place) {
            Some(known) if known.to + 1 == run.from => known.to = run.from,
            _ => {
                *place = runs.len();
                runs.push(run);
            }
        }
    }
    runs
}

/// Each item of an alternative by contract year, as they add up to its total.
pub(super) fn items_by_year(of: &Compared) -> Table {
    let years = of.sums.years.len();
    let mut items: Vec<(Category, LineSource, Vec<Money>)> = Vec::new();
    for line in &of.evaluation.ledger.lines {
        let place = items.iter().position(|(category, source, _)| *category == line.category && *source == line.source);
        let place = place.unwrap_or_else(|| {
            items.push((line.category, line.source, vec![Money::ZERO; years]));
            items.len() - 1
        });
        // The comparison summed the same amounts, so there is room.
        items[place].2[contract_year(line.month) as usize] += Money(line.amount.0.unwrap_or_default());
    }
    items.sort_by_key(|(category, _, _)| *category);
    let row = |(category, source, sums): (Category, LineSource, Vec<Money>)| {
        let total = sums.iter().sum();
        let names = [Cell::Text(source.item(&of.evaluation.staffing)), Cell::Text(category.name().into())];
        let amounts = sums.into_iter().chain([total]).map(Cell::Money);
        Row { role: Role::Body, cells: names.into_iter().chain(amounts).collect() }
    };
    let sums = of.sums.years.iter().chain([&of.sums.total]).map(|sum| Cell::Money(*sum));
    let names = [Cell::Text("Total".into()), Cell::Text(String::new())];
    let total = Row { role: Role::Total, cells: names.into_iter().chain(sums).collect() };
    let mut columns = headers(&["Item", "Category"]);
    columns.extend((1..=years).map(|year| format!("Year {year}")));
    columns.push("Term".to_string());
    Table { headers: columns, rows: items.into_iter().map(row).chain([total]).collect() }
}
