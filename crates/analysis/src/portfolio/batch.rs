//! Rows evaluated, in their order.

use std::sync::Arc;

use super::client::{Client, Details, Totals};
use super::evaluator::Detail;
use crate::compare::Comparison;
use crate::compare::verdict::Choice;
use crate::frames::{Frame, FrameTable};
use comanage_format::load::SLIPS;
use comanage_model::diagnostic::Diagnostic;

/// Some rows evaluated, in their order.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    tables: Vec<Arc<FrameTable>>,
    rows: Vec<Result<Row, Reject>>,
    /// Of each row that lanes have done and each of its alternatives, in minor units.
    of_lanes: Vec<f64>,
    /// The same of each row that was done alone.
    totals: Vec<i128>,
    /// Of each row, those that are reported.
    details: Vec<Details>,
    told: Detail,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    table: u32,
    /// The place of its frame in the table.
    frame: u32,
    totals: Place,
    /// The place of the first of its details.
    first_detail: u32,
    choice: Choice,
    slips: Slips,
}

/// The likely slips among the numbers of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slips(u8);

impl Slips {
    /// With another one, by its place among [`SLIPS`].
    pub fn with(self, slip: usize) -> Self {
        Self(self.0 | 1 << slip)
    }

    /// The codes of their warnings.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        SLIPS.into_iter().enumerate().filter(move |(place, _)| self.0 & (1 << place) != 0).map(|(_, code)| code)
    }
}

/// Where the first total of a row stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Among those of lanes.
    Lanes(u32),
    /// Among those of rows done alone.
    Alone(u32),
}

/// Why a row is no client: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject(pub Vec<Fault>);

/// Something that is wrong with a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong, the same for every row in which it is.
    pub reason: String,
    /// What this row has in its place; empty if there is nothing to say.
    pub found: String,
    /// What to do; empty if there is nothing to say.
    pub advice: String,
}

impl Fault {
    /// The fault in one line.
    pub fn text(&self) -> String {
        if self.found.is_empty() { self.reason.clone() } else { format!("{} ({})", self.reason, self.found) }
    }
}

impl Batch {
    /// No rows so far, of which so much is reported.
    pub fn new(told: Detail) -> Self {
        Self { told, ..Self::default() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row.
    ///
    /// # Errors
    /// It is no client.
    pub fn client(&self, row: usize) -> Result<Client<'_>, &Reject> {
        let row = self.rows[row].as_ref()?;
        let frame = self.tables[row.table as usize].frame(row.frame);
        let of = frame.alternatives.len();
        let first_detail = row.first_detail as usize;
        let totals = match row.totals {
            Place::Lanes(first) => Totals::Lanes(&self.of_lanes[first as usize..][..of]),
            Place::Alone(first) => Totals::Alone(&self.totals[first as usize..][..of]),
        };
        let told = match self.told {
            Detail::Everything => of,
            Detail::Best => 1,
            Detail::Totals => 0,
        };
        Ok(Client {
            frame,
            totals,
            details: &self.details[first_detail..first_detail + told],
            choice: row.choice,
            slips: row.slips,
        })
    }

    /// How many of the rows were run over lanes.
    pub fn over_lanes(&self) -> usize {
        let is_over_lanes = |row: &&Result<Row, Reject>| matches!(row, Ok(Row { totals: Place::Lanes(_), .. }));
        self.rows.iter().filter(is_over_lanes).count()
    }

    /// Adds a row that is no client.
    pub fn reject(&mut self, reject: Reject) {
        self.rows.push(Err(reject));
    }

    /// Adds a row that lanes have done: the totals of its alternatives in minor units, and the share of
    /// the work that each gets done, `work_done` by index; none where no one asked for more than totals
    /// and no target depends on it. `keeps_budget` says whether one keeps the budget. `details` are those of an alternative, by index; only what is reported is
    /// asked for.
    #[inline]
    pub fn add(
        &mut self,
        frame: (&Arc<FrameTable>, u32),
        totals: impl Iterator<Item = f64>,
        work_done: impl Fn(usize) -> Option<f64>,
        keeps_budget: impl Fn(usize) -> bool,
        details: impl Fn(usize) -> Details,
    ) {
        let first = self.of_lanes.len();
        self.of_lanes.extend(totals);
        let best = frame.0.frame(frame.1).choose(&self.of_lanes[first..], work_done, keeps_budget);
        self.push(frame, Place::Lanes(first as u32), best, details);
    }

    fn push(
        &mut self,
        (table, frame): (&Arc<FrameTable>, u32),
        totals: Place,
        choice: Choice,
        details: impl Fn(usize) -> Details,
    ) {
        let first_detail = self.details.len() as u32;
        match self.told {
            Detail::Everything => self.details.extend((0..table.frame(frame).coverage.len()).map(details)),
            Detail::Best => self.details.push(details(choice.named())),
            Detail::Totals => {}
        }
        let table = self.table(table);
        self.rows.push(Ok(Row { table, frame, totals, first_detail, choice, slips: Slips::default() }));
    }

    /// Says which numbers of the last row are likely slips, if it is a client.
    pub fn warn(&mut self, slips: Slips) {
        if let Some(Ok(row)) = self.rows.last_mut() {
            row.slips = slips;
        }
    }

    /// Adds what a comparison says.
    pub fn compared(&mut self, comparison: &Comparison) {
        let table = Arc::new(FrameTable::alone(Frame::compared(comparison)));
        let of = &comparison.alternatives;
        let details = |index: usize| Details {
            first_year: of[index].sums.years.first().copied().unwrap_or_default(),
            present_value: of[index].present_value,
            per_user_month: of[index].per_user_month,
            work_done: of[index].work.share,
            payback_month: of[index].payback_month,
            is_over_budget: !of[index].standing.keeps_budget,
        };
        let first = self.totals.len();
        self.totals.extend(of.iter().map(|of| of.sums.total.minor_units(comparison.scenario.currency)));
        let work_done = |index: usize| of[index].work.share;
        let keeps_budget = |index: usize| of[index].standing.keeps_budget;
        let best = table.frame(0).choose(&self.totals[first..], work_done, keeps_budget);
        self.push((&table, 0), Place::Alone(first as u32), best, details);
    }

    /// The place of a table: most rows have that of the row before.
    fn table(&mut self, table: &Arc<FrameTable>) -> u32 {
        if self.tables.last().is_none_or(|last| !Arc::ptr_eq(last, table)) {
            self.tables.push(Arc::clone(table));
        }
        self.tables.len() as u32 - 1
    }
}

impl From<&Diagnostic> for Fault {
    /// The finding, with the path it is about.
    fn from(diagnostic: &Diagnostic) -> Self {
        let mut reason = diagnostic.message.clone();
        if let Some(path) = &diagnostic.path
            && !reason.contains(path.as_str())
        {
            reason = format!("`{path}`: {reason}");
        }
        let advice = diagnostic.hint.clone().unwrap_or_default();
        Self { reason, found: diagnostic.label.clone(), advice }
    }
}

impl From<&Diagnostic> for Reject {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self(vec![Fault::from(diagnostic)])
    }
}

impl From<String> for Reject {
    fn from(reason: String) -> Self {
        Self(vec![Fault { reason, found: String::new(), advice: String::new() }])
    }
}
