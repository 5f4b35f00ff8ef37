//! Who covers how much in every draw, how much work gets done, and who meets the targets by it.
//!
//! A draw is a scenario, and is judged as one ([`crate::compare::verdict`]). Coverage is worked out anew
//! for each draw of the inputs that it depends on, work with the money of the draw.

use std::sync::Arc;

use super::column::{Column, Share};
use super::draw::Draws;
use crate::compare::verdict::Standing;
use crate::frames::{Base, Frame, FrameTable, Frames, Rows, is_near_a_target};
use comanage_format::load::Plain;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, Scenario};

/// What decides about an alternative in addition to its total, by sample.
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
    /// Adds the samples that follow.
    pub fn append(&mut self, more: Self) {
        self.coverage.append(more.coverage);
        self.work.append(more.work);
        self.standing.append(more.standing);
    }
}

/// What is known of the coverage of draws so far.
pub struct Judge {
    frames: Frames,
    ids: Vec<Arc<str>>,
    inputs: Vec<Option<Input>>,
    digits: Vec<u32>,
}

impl Judge {
    /// Nothing is known yet.
    pub fn new(scenario: &Scenario, draws: &Draws) -> Self {
        Self {
            frames: Frames::default(),
            ids: scenario.alternatives.iter().map(|alternative| alternative.id.as_str().into()).collect(),
            inputs: draws.inputs.iter().map(|input| Some(input.input)).collect(),
            digits: draws.lane_inputs().iter().map(|input| input.digits).collect(),
        }
    }

    /// The frames of some samples, from the values that were drawn for each input, as whole numbers of its
    /// unit.
    pub fn frames(&self, scenario: &Scenario, drawn: &[Vec<f64>], count: usize) -> SampleFrames {
        let base = Base { scenario, ids: &self.ids, inputs: &self.inputs };
        let (table, places) = self.frames.of(&base, &Drawn { values: drawn, digits: &self.digits, count });
        SampleFrames { table, places }
    }
}

/// The frames of some samples.
pub struct SampleFrames {
    table: Arc<FrameTable>,
    places: Vec<u32>,
}

impl SampleFrames {
    fn of(&self, sample: usize) -> &Frame {
        self.table.frame(self.places[sample])
    }

    /// Judges an alternative in these samples. `work` is the share of the work that it gets done, NaN where
    /// there is none; where it lies so near to a target that doubles cannot tell, `exact` says what it is.
    pub fn judge(
        &self,
        alternative: usize,
        mut work: Vec<f64>,
        exact: impl Fn(usize) -> Result<Option<f64>, Diagnostic>,
    ) -> Result<Judged, Diagnostic> {
        let near: Vec<usize> =
            (0..work.len()).filter(|&sample| is_near_a_target(work[sample], self.of(sample).work_target())).collect();
        for sample in near {
            work[sample] = exact(sample)?.unwrap_or(f64::NAN);
        }
        let work = Column::of(work.into_iter().map(Share::of).collect());
        if let (true, Some(share)) = (self.table.is_one(), work.same()) {
            let (frame, count) = (self.of(0), work.len());
            return Ok(Judged {
                coverage: Column::Same(Share::new(frame.coverage[alternative]), count),
                standing: Column::Same(frame.standing(alternative, share.get()), count),
                work,
            });
        }
        let samples = 0..self.places.len();
        let coverage = |sample: usize| Share::new(self.of(sample).coverage[alternative]);
        let standing = |sample: usize| self.of(sample).standing(alternative, work.at(sample).get());
        Ok(Judged {
            coverage: Column::of(samples.clone().map(coverage).collect()),
            standing: Column::of(samples.map(standing).collect()),
            work,
        })
    }
}

/// Drawn values as rows.
struct Drawn<'d> {
    values: &'d [Vec<f64>],
    digits: &'d [u32],
    count: usize,
}

impl Rows for Drawn<'_> {
    fn count(&self) -> usize {
        self.count
    }

    fn number(&self, column: usize, row: usize) -> Plain {
        Plain { mantissa: self.values[column][row] as i64, digits: self.digits[column] }
    }
}
