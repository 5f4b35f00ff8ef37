//! What every alternative costs at some values, remembered.
//!
//! Many values at once run through compiled programs as far as they can be compiled
//! ([`comanage_expr::tape`]); the rest, and single values, are evaluated with decimals. Both give the
//! same cents.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{Refusal, Varied};
use crate::traced;
use comanage_expr::tape::{LANES, LaneInput, OutputSpec, ProgramCache};
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;
use comanage_model::totals::{months_and_work, totals};

/// Blocks of lanes that one piece of work has.
const BLOCKS: usize = 4;

/// Fewer values are not worth a program.
const MANY: usize = 64;

/// Values, by number, one for each axis.
pub type Indices = Vec<u64>;

/// The totals at values of what is varied.
pub struct Totals<'a> {
    varied: &'a Varied,
    known: Mutex<HashMap<Indices, Arc<[Money]>>>,
}

impl<'a> Totals<'a> {
    /// None are known yet.
    pub fn new(varied: &'a Varied) -> Self {
        Self { varied, known: Mutex::default() }
    }

    /// The term total of each alternative at some values.
    ///
    /// # Errors
    /// A scenario that is refused.
    pub fn at(&self, indices: &[u64]) -> Result<Arc<[Money]>, Refusal> {
        // Nothing panics while the lock is held, and what is in the map is never half done.
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(totals) = known().get(indices) {
            return Ok(Arc::clone(totals));
        }
        let scenario = self.varied.scenario(indices)?;
        let found = totals(&scenario).map_err(|problem| self.varied.refuse(problem, &scenario, indices))?;
        let found: Arc<[Money]> = found.into();
        known().insert(indices.to_vec(), Arc::clone(&found));
        Ok(found)
    }

    /// The same at many values, in their order; `done` is reported of each.
    ///
    /// # Errors
    /// The first scenario, in that order, that is refused.
    pub fn at_all(&self, cells: &[Indices], done: &(dyn Fn() + Sync)) -> Result<Vec<Arc<[Money]>>, Refusal> {
        let programs = if cells.len() >= MANY { self.programs(cells.len()) } else { None };
        let size = if programs.is_some() { LANES * BLOCKS } else { 1 };
        let piece = |cells: &[Indices]| {
            let found = programs.as_ref().and_then(|programs| self.compiled(cells, programs));
            let found = found.map_or_else(|| cells.iter().map(|indices| self.at(indices)).collect(), Ok);
            cells.iter().for_each(|_| done());
            found
        };
        let pieces: Vec<Result<Vec<Arc<[Money]>>, Refusal>> = cells.par_chunks(size).map(piece).collect();
        let all = pieces.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(cells.iter().cloned().zip(all.iter().map(Arc::clone)));
        drop(known);
        Ok(all)
    }

    /// The compiled programs of the alternatives; none where they cannot take what is varied. A program
    /// is worth compiling if it is valid for a block of lanes.
    fn programs(&self, cells: usize) -> Option<ProgramCache> {
        let inputs: Vec<LaneInput> = self.varied.lane_inputs()?;
        let alternatives = (0..self.varied.template.alternatives.len()).collect();
        Some(ProgramCache::new(alternatives, inputs, self.spec(), cells / LANES))
    }

    fn spec(&self) -> OutputSpec {
        OutputSpec { digits: self.varied.template.currency.digits, ..OutputSpec::default() }
    }

    /// The totals at some values, by compiled programs as far as they go and with decimals beyond; none
    /// where a scenario is refused.
    fn compiled(&self, cells: &[Indices], programs: &ProgramCache) -> Option<Vec<Arc<[Money]>>> {
        let axes = self.varied.axes.iter().enumerate();
        let numerators: Vec<Vec<f64>> =
            axes.map(|(place, axis)| cells.iter().map(|at| axis.grid.units(at[place]) as f64).collect()).collect();
        let scenario = |place: usize| self.varied.set(&cells[place]);
        let trace = |row: usize, groups: &[usize]| traced::outputs(&scenario(row), groups, &self.spec());
        let columns = programs.run(&numerators, cells.len(), &trace);
        let mut totals = vec![Vec::with_capacity(columns.len()); cells.len()];
        for (alternative, column) in columns.into_iter().enumerate() {
            let mut amounts: Vec<Money> = column.totals.iter().map(|&minor| self.amount(minor)).collect();
            for &place in &column.fallback {
                amounts[place] = total_of(&scenario(place), alternative)?;
            }
            totals.iter_mut().zip(amounts).for_each(|(totals, amount)| totals.push(amount));
        }
        Some(totals.into_iter().map(Arc::from).collect())
    }

    /// Whole minor units as an amount.
    fn amount(&self, minor: f64) -> Money {
        Money(Decimal::from_i128_with_scale(minor as i128, self.varied.template.currency.digits))
    }
}

fn total_of(scenario: &Scenario, alternative: usize) -> Option<Money> {
    let (months, _) = months_and_work(scenario, alternative).ok()?;
    Some(Money(months.iter().map(|month| month.0).sum()))
}
