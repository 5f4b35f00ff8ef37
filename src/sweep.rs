//! What wins where: every alternative at every step of one number, or of two.
//!
//! Each step is a whole comparison, coverage and work included, so what is said of it is what
//! [`crate::compare`] says of the scenario with the values written in. Only who is useful is settled
//! by the scenario as it is.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::compare::{self, ranking::lowest};
use crate::diagnostic::Diagnostic;
use crate::money::{Money, group_thousands};
use crate::scenario::Scenario;
use crate::vary::{Axis, Refusal, Run, Varied, runs};

/// A scenario over the steps of one or two numbers.
#[derive(Clone, Debug)]
pub struct Sweep<'a> {
    /// The scenario as it is.
    pub scenario: &'a Scenario,
    /// What is varied, one or two.
    pub axes: &'a [Axis],
    /// A cell for each combination; the values of the first axis change slowest.
    pub cells: Vec<Cell>,
}

/// What wins at a combination of values.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The numbers of the values, by axis.
    pub indices: Vec<u64>,
    /// The term totals, by alternative.
    pub totals: Vec<Money>,
    /// The cheapest useful alternative, by index.
    pub cheapest: usize,
    /// The cheapest that reaches both targets, by index.
    pub recommended: Option<usize>,
}

/// Two alternatives that change places between two steps of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The earlier alternative, by index.
    pub a: usize,
    /// The later one.
    pub b: usize,
    /// The last step before it.
    pub below: u64,
    /// The first step after it.
    pub above: u64,
}

/// More cells than this are not worked out.
pub const MOST_CELLS: u64 = 10_000;

/// Refuses a sweep of more cells than are worked out, or of one number twice.
///
/// # Errors
/// It is one.
pub fn check(axes: &[Axis]) -> Result<(), Refusal> {
    if let [a, b] = axes
        && a.path == b.path
    {
        let diagnostic = Diagnostic::error("path-twice", format!("`{}` is varied twice", a.path));
        return Err(Refusal::asked(diagnostic.path(&a.path).hint("name another number, or leave one --vary out")));
    }
    let cells = axes.iter().fold(1_u64, |cells, axis| cells.saturating_mul(axis.grid.len()));
    if cells <= MOST_CELLS {
        return Ok(());
    }
    let sizes: Vec<String> = axes.iter().map(|axis| group_thousands(&axis.grid.len().to_string())).collect();
    let message = format!("{} values are more than the 10,000 that a sweep works out", sizes.join(" times "));
    let hint = "take larger steps; `comanage breakeven` finds exact values without steps";
    Err(Refusal::asked(Diagnostic::error("too-many-values", message).hint(hint)))
}

/// Works out every cell. `useful` says who may be called the cheapest.
///
/// # Errors
/// A combination of values at which the scenario is refused.
pub fn sweep<'a>(
    scenario: &'a Scenario,
    varied: &'a Varied,
    useful: &[bool],
    progress: &(dyn Fn() + Sync),
) -> Result<Sweep<'a>, Refusal> {
    let one = |indices: Vec<u64>| {
        let cell = cell(varied, indices, useful);
        progress();
        cell
    };
    let cells: Vec<Result<Cell, Refusal>> = combinations(&varied.axes).into_par_iter().map(one).collect();
    Ok(Sweep { scenario, axes: &varied.axes, cells: cells.into_iter().collect::<Result<_, _>>()? })
}

/// Every combination of the numbers of values.
fn combinations(axes: &[Axis]) -> Vec<Vec<u64>> {
    axes.iter().fold(vec![Vec::new()], |rows, axis| {
        let longer = |row: Vec<u64>| (0..axis.grid.len()).map(move |index| [row.as_slice(), &[index]].concat());
        rows.into_iter().flat_map(longer).collect()
    })
}

fn cell(varied: &Varied, indices: Vec<u64>, useful: &[bool]) -> Result<Cell, Refusal> {
    let scenario = varied.scenario(&indices)?;
    let compared = compare::compare(&scenario).map_err(|problem| varied.refuse(problem, &scenario, &indices))?;
    let totals: Vec<Money> = compared.alternatives.iter().map(|alternative| alternative.sums.total).collect();
    let cheapest = lowest(&totals, |index| useful[index]).unwrap_or(0);
    Ok(Cell { indices, totals, cheapest, recommended: compared.recommended })
}

impl Sweep<'_> {
    /// Whether anything reaches the targets in any cell.
    pub fn reaches_targets(&self) -> bool {
        self.cells.iter().any(|cell| cell.recommended.is_some())
    }

    /// Who wins in each cell, for a map: the cheapest that reaches the targets. Where none does in any
    /// cell the map of the cheapest says more than an empty one.
    pub fn winners(&self) -> Vec<Option<usize>> {
        let reaches = self.reaches_targets();
        self.cells.iter().map(|cell| if reaches { cell.recommended } else { Some(cell.cheapest) }).collect()
    }

    /// Where two alternatives change places along the one number that is varied, by pair; none for
    /// two numbers.
    pub fn crossings(&self) -> Vec<Crossing> {
        if self.axes.len() != 1 {
            return Vec::new();
        }
        let alternatives = self.scenario.alternatives.len();
        let pairs = (0..alternatives).flat_map(|a| (a + 1..alternatives).map(move |b| (a, b)));
        pairs.flat_map(|(a, b)| self.crossings_of(a, b)).collect()
    }

    fn crossings_of(&self, a: usize, b: usize) -> Vec<Crossing> {
        let order = |cell: &Cell| cell.totals[a].cmp(&cell.totals[b]);
        let mut runs = self.runs(order);
        runs.retain(|run| run.label != Ordering::Equal);
        let changes = runs.windows(2).filter(|pair| pair[0].label != pair[1].label);
        changes.map(|pair| Crossing { a, b, below: pair[0].to, above: pair[1].from }).collect()
    }

    /// The steps in runs that are alike in something.
    pub fn runs<L: Copy + PartialEq + Send + Sync>(&self, label: impl Fn(&Cell) -> L) -> Vec<Run<L>> {
        let labels: Vec<(u64, L)> = (0..).zip(self.cells.iter().map(label)).collect();
        let of_step = |index: u64| Ok::<L, std::convert::Infallible>(labels[index as usize].1);
        let Ok(runs) = runs(&labels, of_step);
        runs
    }
}
