//! The cheapest alternative by value: every alternative at every step of one number, or of two.
//!
//! Totals, coverage and work are worked out at every step, so what is said of it is what
//! [`crate::compare`] says of the scenario with the values written in.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::frames::{Figures, Judgement};
use crate::vary::{Axis, Evaluated, Indices, Run, Varied, VaryError, runs};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::{Money, group_thousands};
use comanage_model::scenario::Scenario;

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

/// The cheapest at a combination of values.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The numbers of the values, by axis.
    pub indices: Indices,
    /// The term totals, by alternative.
    pub totals: Arc<[Money]>,
    /// What each covers and does, by alternative.
    pub judged: Arc<[Judgement]>,
    /// The cheapest useful alternative, by index; none where no price can be held against others.
    pub cheapest: Option<usize>,
    /// The cheapest that meets both targets, by index.
    pub recommended: Option<usize>,
}

/// Two alternatives that break even between two steps of one number.
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
pub const MAX_CELLS: u64 = 10_000;

/// Refuses a sweep of more cells than are worked out, or of one number twice.
///
/// # Errors
/// It is one.
pub fn check(axes: &[Axis]) -> Result<(), VaryError> {
    if let [a, b] = axes
        && a.path == b.path
    {
        let diagnostic = Diagnostic::error("path-twice", format!("`{}` is varied twice", a.path));
        return Err(VaryError::asked(diagnostic.path(&a.path).hint("name another number, or leave one --vary out")));
    }
    let cells = axes.iter().fold(1_u64, |cells, axis| cells.saturating_mul(axis.grid.len()));
    if cells <= MAX_CELLS {
        return Ok(());
    }
    let sizes: Vec<String> = axes.iter().map(|axis| group_thousands(&axis.grid.len().to_string())).collect();
    let message = format!("{} values exceed the limit of 10,000 per sweep", sizes.join(" times "));
    let hint = "use larger steps; `comanage breakeven` finds exact values without steps";
    Err(VaryError::asked(Diagnostic::error("too-many-values", message).hint(hint)))
}

/// Works out every cell.
///
/// # Errors
/// A combination of values at which the scenario is refused.
pub fn sweep<'a>(
    scenario: &'a Scenario,
    varied: &'a Varied,
    progress: &(dyn Fn() + Sync),
) -> Result<Sweep<'a>, VaryError> {
    let cells = combinations(&varied.axes);
    let figures = Evaluated::new(varied).at_all(&cells, progress)?;
    let cell = |(indices, figures): (Indices, Figures)| {
        let choice = figures.choice();
        let Figures { totals, judged } = figures;
        Cell { indices, totals, judged, cheapest: choice.cheapest, recommended: choice.recommended }
    };
    let cells = cells.into_iter().zip(figures).map(cell).collect();
    Ok(Sweep { scenario, axes: &varied.axes, cells })
}

/// How many cells a sweep works out.
pub fn work(axes: &[Axis]) -> u64 {
    axes.iter().map(|axis| axis.grid.len()).product()
}

/// Every combination of the numbers of values.
fn combinations(axes: &[Axis]) -> Vec<Indices> {
    axes.iter().fold(vec![Vec::new()], |rows, axis| {
        let longer = |row: Indices| (0..axis.grid.len()).map(move |index| [row.as_slice(), &[index]].concat());
        rows.into_iter().flat_map(longer).collect()
    })
}

impl Sweep<'_> {
    /// Whether anything meets the targets in any cell.
    pub fn reaches_targets(&self) -> bool {
        self.cells.iter().any(|cell| cell.recommended.is_some())
    }

    /// The cheapest in each cell, for a map: the cheapest that meets the targets. Where none does in any
    /// cell the map of the cheapest says more than an empty one.
    pub fn winners(&self) -> Vec<Option<usize>> {
        let reaches = self.reaches_targets();
        self.cells.iter().map(|cell| if reaches { cell.recommended } else { cell.cheapest }).collect()
    }

    /// Where two alternatives break even along the one number that is varied, by pair; none for
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
