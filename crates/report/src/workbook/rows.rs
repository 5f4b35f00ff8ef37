//! The rows of an alternative's sheet: the lines of the ledger that recur are one row each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::model::{Model, ModelLine};
use comanage_expr::graph::Id;
use comanage_model::ledger::{Category, KeepIf, LineSource, Unit};
use comanage_model::scenario::Scenario;

/// A line of the ledger in all its months.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is part of.
    pub category: Category,
    /// What it is for.
    pub item: Arc<str>,
    /// What its quantity counts.
    pub unit: Unit,
    /// What made it.
    pub source: LineSource,
    /// Whether the quoted price holds it.
    pub on_paper: bool,
    /// Amounts by month.
    pub amounts: BTreeMap<u32, Id>,
}

/// The sheet of an alternative: which row and column holds what.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The sheet as it is called.
    pub title: String,
    /// The sheet as formulas name it.
    pub name: String,
    /// The rows, by category in the order of print.
    pub rows: Vec<Row>,
    /// Where each row stands.
    pub row_at: Vec<u32>,
    /// The row that sums each category.
    pub category_at: Vec<(Category, u32)>,
    /// Contract years of the term.
    pub years: u16,
    /// Months of the term.
    pub months: u32,
}

impl Layout {
    /// The row with the numbers of the months.
    pub const MONTHS: u32 = 4;
    /// The row with the totals of the months.
    pub const TOTAL: u32 = 5;
    /// The row with the cumulative cost.
    pub const CUMULATIVE: u32 = 6;
    /// The first row of the categories.
    const FIRST: u32 = 8;
    /// The column with what a line is part of by quoted price.
    pub const PAPER: u16 = 2;
    /// The column with the total of the term.
    pub const TERM: u16 = 3;

    /// Lays out an alternative.
    pub fn new(model: &Model, alternative: usize, title: &str, name: &str) -> Self {
        let rows = rows(model, alternative);
        let (mut row_at, mut category_at) = (Vec::new(), Vec::new());
        let mut next = Self::FIRST;
        for row in &rows {
            if category_at.last().is_none_or(|(category, _)| *category != row.category) {
                category_at.push((row.category, next));
                next += 1;
            }
            row_at.push(next);
            next += 1;
        }
        let Scenario { term_months, .. } = *model.scenario;
        Self {
            title: title.to_string(),
            name: name.to_string(),
            rows,
            row_at,
            category_at,
            years: model.years().end as u16,
            months: term_months,
        }
    }

    /// The column of a contract year, from 0.
    pub fn year(&self, year: u16) -> u16 {
        Self::TERM + 1 + year
    }

    /// The column of a month, from 0.
    pub fn month(&self, month: u32) -> u16 {
        Self::TERM + 1 + self.years + month as u16
    }

    /// The last row that is written.
    pub fn last_row(&self) -> u32 {
        self.row_at.last().copied().unwrap_or(Self::FIRST)
    }

    /// The lines of a category, as rows of the sheet.
    pub fn lines_of(&self, category: Category) -> (u32, u32) {
        let mut at = self.rows.iter().zip(&self.row_at).filter(|(row, _)| row.category == category);
        let first = at.next().map_or(0, |(_, &at)| at);
        (first, at.next_back().map_or(first, |(_, &at)| at))
    }
}

fn rows(model: &Model, alternative: usize) -> Vec<Row> {
    /// What makes lines of several months one row; the last number tells those of a month apart.
    type Key = (Category, LineSource, &'static str, bool, usize);
    let mut rows: Vec<Row> = Vec::new();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    for line in model.lines[alternative].iter().filter(|line| is_shown(model, line)) {
        let key = |number| (line.category, line.source, line.unit.name(), line.on_paper, number);
        let is_free = |row: &usize| !rows[*row].amounts.contains_key(&line.month);
        let row = (0..).map(|number| known.get(&key(number)).copied().ok_or(number)).find_map(|row| match row {
            Ok(row) => is_free(&row).then_some(Ok(row)),
            Err(number) => Some(Err(number)),
        });
        let row = match row.expect("numbers do not end") {
            Ok(row) => row,
            Err(number) => {
                known.insert(key(number), rows.len());
                rows.push(Row::new(line));
                rows.len() - 1
            }
        };
        rows[row].amounts.insert(line.month, line.amount);
    }
    rows.sort_by_key(|row| row.category);
    rows
}

impl Row {
    fn new(line: &ModelLine) -> Self {
        Self {
            category: line.category,
            item: Arc::clone(&line.item),
            unit: line.unit,
            source: line.source,
            on_paper: line.on_paper,
            amounts: BTreeMap::new(),
        }
    }
}

/// A line that is nothing whatever the inputs are does not stand.
fn is_shown(model: &Model, line: &ModelLine) -> bool {
    let is_nothing = |id: Id| {
        let is_settled = model.graph.is_constant(id) || model.is_value(id);
        is_settled && model.graph.value(id).is_zero()
    };
    line.stands == KeepIf::Always || !(is_nothing(line.amount) || is_nothing(line.quantity))
}
