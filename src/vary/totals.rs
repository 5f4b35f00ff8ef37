//! What every alternative costs at some values, remembered.
//!
//! Many values at once go over lanes as far as lanes go ([`crate::lanes`]); the rest, and single
//! values, are worked out by decimals. Both give the same cents.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{Refusal, Varied};
use crate::lanes::{LANES, LaneInput, Runner};
use crate::money::Money;
use crate::scenario::Scenario;
use crate::totals::{monthly_of, totals};

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

    /// The same at many values, in their order; `done` is told of each.
    ///
    /// # Errors
    /// The first scenario, in that order, that is refused.
    pub fn at_all(&self, cells: &[Indices], done: &(dyn Fn() + Sync)) -> Result<Vec<Arc<[Money]>>, Refusal> {
        let runners = if cells.len() >= MANY { self.runners(cells.len()) } else { None };
        let size = if runners.is_some() { LANES * BLOCKS } else { 1 };
        let piece = |cells: &[Indices]| {
            let found = runners.as_ref().and_then(|runners| self.by_lanes(cells, runners));
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

    /// What runs each alternative over lanes; none where lanes cannot take what is varied. A program
    /// is worth its making if it holds for a block of lanes.
    fn runners(&self, cells: usize) -> Option<Vec<Runner>> {
        let inputs: Vec<LaneInput> = self.varied.lane_inputs()?;
        let template = &self.varied.template;
        // Present values are not asked for, so no month weighs anything.
        let weights = vec![0.0; template.term_months as usize + 1];
        let runner = |alternative| Runner::new(alternative, inputs.clone(), weights.clone(), cells / LANES);
        Some((0..template.alternatives.len()).map(runner).collect())
    }

    /// The totals at some values, by lanes as far as they go and by decimals where they do not; none
    /// where a scenario is refused.
    fn by_lanes(&self, cells: &[Indices], runners: &[Runner]) -> Option<Vec<Arc<[Money]>>> {
        let numerators: Vec<Vec<f64>> = cells.iter().map(|indices| self.numerators(indices)).collect();
        let scenario = |place: usize| self.varied.set(&cells[place]);
        let mut totals = vec![Vec::with_capacity(runners.len()); cells.len()];
        for (alternative, runner) in runners.iter().enumerate() {
            let column = runner.run(&numerators, scenario);
            let mut amounts: Vec<Money> = column.totals.iter().map(|&minor| self.amount(minor)).collect();
            for &place in &column.left {
                amounts[place] = total_of(&scenario(place), alternative)?;
            }
            totals.iter_mut().zip(amounts).for_each(|(totals, amount)| totals.push(amount));
        }
        Some(totals.into_iter().map(Arc::from).collect())
    }

    /// The values as whole numbers of their units.
    fn numerators(&self, indices: &[u64]) -> Vec<f64> {
        self.varied.axes.iter().zip(indices).map(|(axis, &index)| axis.grid.units(index) as f64).collect()
    }

    /// Whole minor units as an amount.
    fn amount(&self, minor: f64) -> Money {
        Money(Decimal::from_i128_with_scale(minor as i128, self.varied.template.currency.digits))
    }
}

fn total_of(scenario: &Scenario, alternative: usize) -> Option<Money> {
    let months = monthly_of(scenario, &[alternative]).ok()?;
    Some(Money(months[0].iter().map(|month| month.0).sum()))
}
