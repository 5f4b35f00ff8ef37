//! What every alternative costs at a value, remembered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::{Refusal, Varied};
use crate::money::Money;
use crate::totals::totals;

/// The totals at the values of the one axis that is varied.
pub struct Totals<'a> {
    varied: &'a Varied,
    known: Mutex<HashMap<u64, Arc<[Money]>>>,
}

impl<'a> Totals<'a> {
    /// None are known yet.
    pub fn new(varied: &'a Varied) -> Self {
        Self { varied, known: Mutex::default() }
    }

    /// The term total of each alternative at a value.
    ///
    /// # Errors
    /// A scenario that is refused.
    pub fn at(&self, index: u64) -> Result<Arc<[Money]>, Refusal> {
        // Nothing panics while the lock is held, and what is in the map is never half done.
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(totals) = known().get(&index) {
            return Ok(Arc::clone(totals));
        }
        let scenario = self.varied.scenario(&[index])?;
        let found = totals(&scenario).map_err(|problem| self.varied.refuse(problem, &scenario, &[index]))?;
        let found: Arc<[Money]> = found.into();
        known().insert(index, Arc::clone(&found));
        Ok(found)
    }

    /// The same at many values, in their order; `done` is told of each.
    ///
    /// # Errors
    /// The first scenario, in the order of the values, that is refused.
    pub fn at_all(&self, indices: &[u64], done: &(dyn Fn() + Sync)) -> Result<Vec<Arc<[Money]>>, Refusal> {
        let one = |&index: &u64| {
            let totals = self.at(index);
            done();
            totals
        };
        let all: Vec<Result<Arc<[Money]>, Refusal>> = indices.par_iter().map(one).collect();
        all.into_iter().collect()
    }
}
