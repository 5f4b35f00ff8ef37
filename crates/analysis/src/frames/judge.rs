//! Who covers how much in every row, how much work gets done, and who meets the targets by it.
//!
//! A row is a scenario, and is judged as one ([`crate::compare::verdict`]). Coverage is worked out anew
//! for each row in which something differs that it depends on, work with the money of the row.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Base, Column, Frame, FrameTable, Frames, Rows, Share, is_near_a_target};
use crate::compare::verdict::{Price, Standing};
use crate::compare::work_share;
use comanage_expr::tape::{LaneInput, Results};
use comanage_format::load::Plain;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, Scenario};
use comanage_model::totals::Priced;

/// What decides about an alternative next to its total, in one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// Expected coverage.
    pub coverage: Share,
    /// Share of the work done.
    pub work: Share,
    /// What it may be called.
    pub standing: Standing,
}

/// What decides about an alternative next to its total, by row.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Expected coverage.
    pub coverage: Column<Share>,
    /// Share of the work done.
    pub work: Column<Share>,
    /// What it may be called.
    pub standing: Column<Standing>,
}

impl Judged {
    /// What decides in a row.
    pub fn at(&self, row: usize) -> Judgement {
        Judgement { coverage: self.coverage.at(row), work: self.work.at(row), standing: self.standing.at(row) }
    }

    /// Adds the rows that follow.
    pub fn append(&mut self, more: Self) {
        self.coverage.append(more.coverage);
        self.work.append(more.work);
        self.standing.append(more.standing);
    }
}

/// What is known of the coverage of rows so far.
pub struct Judge {
    frames: Frames,
    ids: Vec<Arc<str>>,
    inputs: Vec<Option<Input>>,
    digits: Vec<u32>,
}

impl Judge {
    /// Nothing is known yet of rows with these inputs.
    pub fn new(scenario: &Scenario, inputs: &[LaneInput]) -> Self {
        Self {
            frames: Frames::default(),
            ids: ids(scenario),
            inputs: inputs.iter().map(|input| Some(input.input)).collect(),
            digits: inputs.iter().map(|input| input.digits).collect(),
        }
    }

    /// The frames of `count` rows of a scenario, from the values of each input, as whole numbers of its unit.
    pub fn frames(&self, scenario: &Scenario, values: &[Vec<f64>], count: usize) -> RowFrames {
        let base = Base { scenario, ids: &self.ids, inputs: &self.inputs };
        let (table, places) = self.frames.of(&base, &Values { values, digits: &self.digits, count });
        RowFrames { table, places }
    }
}

/// The ids of the alternatives of a scenario.
pub fn ids(scenario: &Scenario) -> Vec<Arc<str>> {
    scenario.alternatives.iter().map(|alternative| alternative.id.as_str().into()).collect()
}

/// The frames of some rows.
pub struct RowFrames {
    table: Arc<FrameTable>,
    places: Vec<u32>,
}

impl RowFrames {
    /// The frame of a row.
    pub fn of(&self, row: usize) -> &Frame {
        self.table.frame(self.places[row])
    }

    /// Whether the rows of an alternative keep the budget, by its totals and months in minor units; rows left to
    /// decimals are held by `exact`, their months.
    pub fn keep_budget(&self, of: &Results, exact: &HashMap<usize, Vec<f64>>) -> Vec<bool> {
        let keeps = |row: usize| match exact.get(&row) {
            Some(months) => self.of(row).keeps_budget(months.iter().sum(), months.iter().copied()),
            None => self.of(row).keeps_budget(of.totals[row], of.periods.iter().map(move |month| month[row])),
        };
        (0..of.totals.len()).map(keeps).collect()
    }

    /// Judges an alternative in these rows. `of.ratios` is the share of the work that it gets done, NaN where
    /// there is none, and `of.parts` what it spends where it may buy nothing; where doubles cannot tell what
    /// decides, `exact` says what it is. `keeps` says whether it keeps the budget of a row.
    pub fn judge(
        &self,
        alternative: usize,
        of: Results,
        keeps: &[bool],
        exact: impl Fn(usize) -> Result<Priced, Diagnostic>,
    ) -> Result<Judged, Diagnostic> {
        let Results { ratios: mut work, parts, .. } = of;
        let near: Vec<usize> =
            (0..work.len()).filter(|&row| is_near_a_target(work[row], self.of(row).work_target())).collect();
        for row in near {
            let (done, to_do) = exact(row)?.work;
            work[row] = work_share(done, to_do).unwrap_or(f64::NAN);
        }
        let is_bought =
            |row: usize| Ok(!self.of(row).is_price_open(alternative) || parts[row] != 0.0 || exact(row)?.is_bought);
        let bought = Column::of((0..work.len()).map(is_bought).collect::<Result<Vec<bool>, Diagnostic>>()?);
        let work = Column::of(work.into_iter().map(Share::of).collect());
        let keeps = Column::of(keeps.to_vec());
        if let (true, Some(share), Some(is_needed), Some(keeps)) =
            (self.table.is_one(), work.same(), bought.same(), keeps.same())
        {
            let (frame, count) = (self.of(0), work.len());
            return Ok(Judged {
                coverage: Column::Same(Share::new(frame.coverage[alternative]), count),
                standing: Column::Same(needed(frame.standing(alternative, share.get(), keeps), is_needed), count),
                work,
            });
        }
        let rows = 0..self.places.len();
        let coverage = |row: usize| Share::new(self.of(row).coverage[alternative]);
        let standing =
            |row: usize| needed(self.of(row).standing(alternative, work.at(row).get(), keeps.at(row)), bought.at(row));
        Ok(Judged {
            coverage: Column::of(rows.clone().map(coverage).collect()),
            standing: Column::of(rows.map(standing).collect()),
            work,
        })
    }
}

/// The standing of an alternative for which something is bought, or nothing.
fn needed(standing: Standing, is_needed: bool) -> Standing {
    Standing { price: Price { is_needed, ..standing.price }, ..standing }
}

/// Values as rows.
struct Values<'v> {
    values: &'v [Vec<f64>],
    digits: &'v [u32],
    count: usize,
}

impl Rows for Values<'_> {
    fn count(&self) -> usize {
        self.count
    }

    fn number(&self, column: usize, row: usize) -> Plain {
        Plain { mantissa: self.values[column][row] as i64, digits: self.digits[column] }
    }
}
