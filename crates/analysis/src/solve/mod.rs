//! From which value on something holds: the first value of a number at which a figure of the comparison
//! meets a condition.
//!
//! Where there are at most 1,001 values every one is looked at, so that "at no value" is proved; of more, as
//! many points, and the distance between the last that does not hold and the first that does is halved.

mod condition;
mod figure;
mod reason;

pub use condition::{Condition, Relation};
pub use figure::{Figure, Value, Which};

use std::borrow::Cow;

use rayon::prelude::*;

use crate::compare::{self, Comparison};
use crate::frames::Figures;
use crate::vary::{Axis, Evaluated, Indices, Varied, VaryError};
use comanage_model::scenario::Scenario;

/// Where a condition is met.
#[derive(Clone, Debug)]
pub struct Solved<'a> {
    /// The scenario as it is.
    pub scenario: &'a Scenario,
    /// What is varied.
    pub axis: &'a Axis,
    /// What the value must bring about.
    pub until: &'a Condition,
    /// The values that were looked at first, with the figure at each.
    pub points: Vec<Point>,
    /// The first value at which the condition is met; none if there is none.
    pub found: Option<Found>,
    /// The value at which the figure comes nearest to the condition, or goes furthest beyond it; none for a
    /// figure that is no number.
    pub best: Option<Point>,
    /// Why no value meets the condition, where something can be said of it.
    pub reason: Option<String>,
}

/// A value and the figure there; none where it does not apply.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The number of the value.
    pub index: u64,
    /// The figure at this value; none where it does not apply.
    pub figure: Option<Value>,
}

/// Where a condition begins to be met.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The first value that meets it.
    pub at: Point,
    /// The value before, which does not; none where the lowest value meets it.
    pub before: Option<Point>,
}

impl Solved<'_> {
    /// Whether every value was looked at.
    pub fn is_proved(&self) -> bool {
        self.points.len() as u64 == self.axis.grid.len()
    }
}

/// Looks for the first value that meets a condition.
///
/// # Errors
/// A value at which the scenario is refused.
pub fn solve<'a>(
    scenario: &'a Scenario,
    varied: &'a Varied,
    until: &'a Condition,
    progress: &(dyn Fn() + Sync),
) -> Result<Solved<'a>, VaryError> {
    let search = Search { varied, until, figures: Evaluated::new(varied) };
    let axis = &varied.axes[0];
    let points = search.points(&axis.grid.points(), progress)?;
    let found = search.found(&points)?;
    let mut best: Option<(rust_decimal::Decimal, &Point)> = None;
    for point in &points {
        let distance = point.figure.as_ref().and_then(|figure| until.distance(figure));
        best = match (distance, best) {
            (Some(own), Some((min, _))) if own >= min => best,
            (Some(own), _) => Some((own, point)),
            (None, _) => best,
        };
    }
    let best = best.map(|(_, point)| point.clone());
    let reason = match &found {
        Some(_) => None,
        None => search.reason(best.as_ref().or(points.last()))?,
    };
    Ok(Solved { scenario, axis, until, found, best, reason, points })
}

/// What is searched.
struct Search<'a> {
    varied: &'a Varied,
    until: &'a Condition,
    figures: Evaluated<'a>,
}

impl Search<'_> {
    fn holds(&self, point: &Point) -> bool {
        self.until.holds(point.figure.as_ref())
    }

    /// The figure at some values, in their order.
    fn points(&self, indices: &[u64], progress: &(dyn Fn() + Sync)) -> Result<Vec<Point>, VaryError> {
        if !self.is_quick() {
            let one = |&index: &u64| {
                let point = self.compared(index, |comparison| self.until.figure.value(comparison));
                progress();
                Ok(Point { index, figure: point? })
            };
            let found: Vec<Result<Point, VaryError>> = indices.par_iter().map(one).collect();
            return found.into_iter().collect();
        }
        let cells: Vec<Indices> = indices.iter().map(|&index| vec![index]).collect();
        let found = self.figures.at_all(&cells, progress)?;
        let points = indices.iter().zip(&found);
        Ok(points.map(|(&index, figures)| Point { index, figure: self.quick(figures) }).collect())
    }

    fn point(&self, index: u64) -> Result<Point, VaryError> {
        let figure = match self.is_quick() {
            true => self.quick(&self.figures.at(&[index])?),
            false => self.compared(index, |comparison| self.until.figure.value(comparison))?,
        };
        Ok(Point { index, figure })
    }

    /// Whether totals, coverage and work say what the figure is, without a whole comparison.
    fn is_quick(&self) -> bool {
        match &self.until.figure {
            Figure::Cheapest | Figure::Recommended => true,
            Figure::Of { which, .. } => {
                matches!(which, Which::Total | Which::Coverage | Which::WorkDone | Which::MeetsTargets)
            }
        }
    }

    fn quick(&self, figures: &Figures) -> Option<Value> {
        let alternatives = &self.varied.template().alternatives;
        let id = |index: usize| alternatives[index].id.clone();
        let (alternative, which) = match &self.until.figure {
            Figure::Cheapest => return Some(Value::Id(figures.choice().cheapest.map(id))),
            Figure::Recommended => return Some(Value::Id(figures.choice().recommended.map(id))),
            Figure::Of { alternative, which } => (alternative, which),
        };
        let index = alternatives.iter().position(|of| of.id == *alternative)?;
        let judged = figures.judged[index];
        match which {
            Which::Total => Some(Value::Money(figures.totals[index])),
            Which::Coverage => judged.coverage.get().map(Value::Share),
            Which::WorkDone => judged.work.get().map(Value::Share),
            Which::MeetsTargets => judged.standing.met().map(Value::Flag),
            _ => None,
        }
    }

    /// What a comparison at a value says.
    fn compared<T>(&self, index: u64, told: impl Fn(&Comparison) -> T) -> Result<T, VaryError> {
        let scenario = self.varied.scenario(&[index])?;
        let comparison = compare::compare(&scenario);
        let comparison = comparison.map_err(|problem| self.varied.refuse(problem, &scenario, &[index]))?;
        Ok(told(&comparison))
    }

    /// The first value that meets the condition, from the points that were looked at.
    fn found(&self, points: &[Point]) -> Result<Option<Found>, VaryError> {
        let Some(first) = points.iter().position(|point| self.holds(point)) else { return Ok(None) };
        let mut at = Cow::Borrowed(&points[first]);
        let Some(before) = first.checked_sub(1) else {
            return Ok(Some(Found { at: at.into_owned(), before: None }));
        };
        let mut before = Cow::Borrowed(&points[before]);
        while at.index - before.index > 1 {
            let middle = self.point(before.index + (at.index - before.index) / 2)?;
            if self.holds(&middle) {
                at = Cow::Owned(middle);
            } else {
                before = Cow::Owned(middle);
            }
        }
        Ok(Some(Found { at: at.into_owned(), before: Some(before.into_owned()) }))
    }

    /// Why a value does not meet the condition.
    fn reason(&self, point: Option<&Point>) -> Result<Option<String>, VaryError> {
        let Some(point) = point else { return Ok(None) };
        self.compared(point.index, |comparison| reason::reason(comparison, self.until))
    }
}
