//! What every alternative costs, covers and does at some values, remembered.
//!
//! Many values at once run through compiled programs as far as they can be compiled
//! ([`comanage_expr::tape`]); the rest, and single values, are evaluated with decimals. Both give the
//! same cents. Coverage is worked out anew where something is varied that it depends on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{Varied, VaryError};
use crate::compare::budget::Limits;
use crate::compare::work_share;
use crate::frames::{Figures, Judge, Judged, Judgement};
use crate::traced;
use comanage_expr::tape::{LANES, LaneInput, OutputSpec, ProgramCache};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;
use comanage_model::totals::{Priced, priced, total};

/// Blocks of lanes that one piece of work has.
const BLOCKS: usize = 4;

/// Fewer values are not worth a program.
const MANY: usize = 64;

/// Values, by number, one for each axis.
pub type Indices = Vec<u64>;

/// The figures at values of what is varied.
pub struct Evaluated<'a> {
    varied: &'a Varied,
    /// What is varied as programs take it; none where a value may not be set in what was read.
    lanes: Option<(Vec<LaneInput>, Judge)>,
    known: Mutex<HashMap<Indices, Figures>>,
}

impl<'a> Evaluated<'a> {
    /// None are known yet.
    pub fn new(varied: &'a Varied) -> Self {
        let lanes = varied.lane_inputs().map(|inputs| {
            let judge = Judge::new(&varied.template, &inputs);
            (inputs, judge)
        });
        Self { varied, lanes, known: Mutex::default() }
    }

    /// The figures at some values.
    ///
    /// # Errors
    /// A scenario that is refused.
    pub fn at(&self, indices: &[u64]) -> Result<Figures, VaryError> {
        // Nothing panics while the lock is held, and what is in the map is never half done.
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(figures) = known().get(indices) {
            return Ok(figures.clone());
        }
        let scenario = self.varied.scenario(indices)?;
        let found = self.alone(&scenario, indices);
        let found = found.map_err(|problem| self.varied.refuse(problem, &scenario, indices))?;
        known().insert(indices.to_vec(), found.clone());
        Ok(found)
    }

    /// The figures at some values, evaluated with decimals.
    fn alone(&self, scenario: &Scenario, indices: &[u64]) -> Result<Figures, Diagnostic> {
        let Some((_, judge)) = &self.lanes else { return Figures::of(scenario) };
        let frames = judge.frames(&self.varied.template, &self.numerators(&[indices.to_vec()]), 1);
        Figures::in_frame(scenario, || frames.of(0))
    }

    /// The same at many values, in their order; `done` is called for each.
    ///
    /// # Errors
    /// The first scenario, in that order, that is refused.
    pub fn at_all(&self, cells: &[Indices], done: &(dyn Fn() + Sync)) -> Result<Vec<Figures>, VaryError> {
        let programs = if cells.len() >= MANY { self.programs(cells.len()) } else { None };
        let size = if programs.is_some() { LANES * BLOCKS } else { 1 };
        let piece = |cells: &[Indices]| {
            let found = programs.as_ref().and_then(|(programs, judge)| self.compiled(cells, programs, judge));
            let found = found.map_or_else(|| cells.iter().map(|indices| self.at(indices)).collect(), Ok);
            cells.iter().for_each(|_| done());
            found
        };
        let pieces: Vec<Result<Vec<Figures>, VaryError>> = cells.par_chunks(size).map(piece).collect();
        let all = pieces.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(cells.iter().cloned().zip(all.iter().cloned()));
        drop(known);
        Ok(all)
    }

    /// The compiled programs of the alternatives; none where they cannot take what is varied. A program
    /// is worth compiling if it is valid for a block of lanes.
    fn programs(&self, cells: usize) -> Option<(ProgramCache, &Judge)> {
        let (inputs, judge) = self.lanes.as_ref()?;
        let alternatives = (0..self.varied.template.alternatives.len()).collect();
        Some((ProgramCache::new(alternatives, inputs.clone(), self.spec(), cells / LANES), judge))
    }

    fn spec(&self) -> OutputSpec {
        let template = &self.varied.template;
        let is_by_month = Limits::of(template).is_some_and(|limits| limits.is_by_month());
        let periods = if is_by_month { template.term_months as usize + 1 } else { 0 };
        OutputSpec { digits: template.currency.digits, ratios: true, parts: true, periods, ..OutputSpec::default() }
    }

    /// The values of each axis as whole numbers of its unit.
    fn numerators(&self, cells: &[Indices]) -> Vec<Vec<f64>> {
        let axes = self.varied.axes.iter().enumerate();
        axes.map(|(place, axis)| cells.iter().map(|at| axis.grid.units(at[place]) as f64).collect()).collect()
    }

    /// The figures at some values, by compiled programs as far as they go and with decimals beyond; none
    /// where a scenario is refused.
    fn compiled(&self, cells: &[Indices], programs: &ProgramCache, judge: &Judge) -> Option<Vec<Figures>> {
        let numerators = self.numerators(cells);
        let frames = judge.frames(&self.varied.template, &numerators, cells.len());
        let scenario = |place: usize| self.varied.set(&cells[place]);
        let trace = |row: usize, groups: &[usize]| traced::outputs(&scenario(row), groups, &self.spec());
        let columns = programs.run(&numerators, cells.len(), &trace);
        let mut totals = vec![Vec::with_capacity(columns.len()); cells.len()];
        let mut judged = Vec::with_capacity(columns.len());
        for (alternative, mut column) in columns.into_iter().enumerate() {
            let mut amounts: Vec<Money> = column.totals.iter().map(|&minor| self.amount(minor)).collect();
            let mut exact_months = HashMap::new();
            for &place in &column.fallback {
                let scenario = scenario(place);
                let Priced { months, work: (done, to_do), .. } = priced(&scenario, alternative).ok()?;
                amounts[place] = total(&scenario.alternatives[alternative], &months).ok()?;
                column.ratios[place] = work_share(done, to_do).unwrap_or(f64::NAN);
                let units = |month: &Money| month.minor_units(scenario.currency) as f64;
                exact_months.insert(place, months.iter().map(units).collect());
            }
            let keeps = frames.keep_budget(&column, &exact_months);
            totals.iter_mut().zip(amounts).for_each(|(totals, amount)| totals.push(amount));
            let exact = |place: usize| priced(&scenario(place), alternative);
            judged.push(frames.judge(alternative, column, &keeps, exact).ok()?);
        }
        let judged = by_row(&judged, cells.len());
        let figures = totals.into_iter().zip(judged);
        Some(figures.map(|(totals, judged)| Figures { totals: totals.into(), judged }).collect())
    }

    /// Whole minor units as an amount.
    fn amount(&self, minor: f64) -> Money {
        Money(Decimal::from_i128_with_scale(minor as i128, self.varied.template.currency.digits))
    }
}

/// What decides in each row; rows that are like the one before share its memory.
fn by_row(columns: &[Judged], rows: usize) -> Vec<Arc<[Judgement]>> {
    let mut all: Vec<Arc<[Judgement]>> = Vec::with_capacity(rows);
    for row in 0..rows {
        let of_row = columns.iter().map(|column| column.at(row));
        let known = all.last().filter(|last| last.iter().copied().eq(of_row.clone())).map(Arc::clone);
        all.push(known.unwrap_or_else(|| of_row.collect()));
    }
    all
}
