//! Many samples at once, to the cent.
//!
//! The formulas of the model are not written a second time for speed. An evaluation that remembers
//! its steps ([`crate::trace`]) is compiled into a [`Program`]: what does not depend on a drawn
//! input is a constant, every other step is an instruction over lanes, one lane a sample. Values are
//! exact fractions: a lane holds the numerator, the denominator is the same for all and known when
//! the program is made. While bounds show that numerators stay below 2^51 they are whole numbers in
//! doubles, else 128-bit integers, so nothing is ever rounded but where the model rounds.
//!
//! An evaluation goes its way by decisions (which tier, is there overtime). A program holds for the
//! samples that decide alike; each run says for which lanes it holds, and the others want a program
//! of their own way.

mod arena;
mod compile;
mod instruction;
mod ratio;
mod runner;

pub use compile::{Program, Unsupported, compile};
pub use runner::{Column, Runner};

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::evaluate::{Shared, ledger_of};
use crate::scenario::{Input, Scenario};
use crate::trace::Traced;

/// Samples that are worked on together: few enough that a program's values stay near the processor.
pub const LANES: usize = 64;

/// An input that varies from lane to lane: whole numbers of its unit.
#[derive(Clone, Copy, Debug)]
pub struct LaneInput {
    /// The input.
    pub input: Input,
    /// Its decimals: a lane holds the value times 10 to this power.
    pub digits: u32,
    /// The least a lane may hold.
    pub least: i128,
    /// The most a lane may hold.
    pub most: i128,
}

/// What is wanted of an alternative: its amounts, each with the months it stands in.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Amounts rounded to the minor unit.
    pub amounts: Vec<(Traced, Vec<u32>)>,
}

impl Wanted {
    /// The amounts of an alternative's ledger, each with its months.
    ///
    /// # Errors
    /// A scenario that cannot be evaluated.
    pub fn of(scenario: &Scenario, alternative: usize) -> Result<Self, Diagnostic> {
        let shared = Shared::<Traced>::new(scenario)?;
        let (_, ledger, _) = ledger_of(scenario, &scenario.alternatives[alternative], &shared)?;
        let mut amounts: Vec<(Traced, Vec<u32>)> = Vec::new();
        let mut places = HashMap::new();
        for line in &ledger.lines {
            let place = *places.entry(line.amount).or_insert(amounts.len());
            if place == amounts.len() {
                amounts.push((line.amount, Vec::new()));
            }
            amounts[place].1.push(line.month);
        }
        Ok(Self { amounts })
    }
}

/// What came out of a block of lanes.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Term totals in minor units.
    pub totals: [f64; LANES],
    /// Present values in minor units.
    pub present_values: [f64; LANES],
    /// Lanes for which the program holds.
    pub holds: [bool; LANES],
}
