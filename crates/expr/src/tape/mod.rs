//! Traced formulas compiled to programs that evaluate many rows at once, exactly.
//!
//! Formulas are not written a second time for speed. A traced evaluation ([`crate::trace`]) is
//! compiled into a [`Program`]: what does not depend on a varying input is a constant, every other
//! operation is an instruction over lanes, one lane a row. Values are exact fractions: a lane holds
//! the numerator, the denominator is the same for all and known when the program is compiled. While
//! bounds show that numerators stay below 2^51 they are whole numbers in doubles, else 128-bit
//! integers, so nothing is ever rounded but where the formulas round.
//!
//! An evaluation takes branches (which tier, is there overtime). A program is valid for rows that
//! take the same branches: its guards say for which lanes that is so, and the other rows get a
//! program for their own path ([`ProgramCache`]).
//!
//! Nothing here knows what the formulas are about: a caller names inputs, groups and outputs.

mod allocate;
mod builder;
mod cache;
mod compile;
mod guards;
mod instruction;
mod narrow;
mod outputs;
pub mod portable;
mod program;
mod quotient;
mod ratio;
mod registers;
mod shorten;
mod steps;
mod sum;
#[cfg(test)]
mod tests;
mod value;

pub use cache::{ProgramCache, Results};
pub use compile::compile_portable;
pub use outputs::{Discounts, OutputSpec, Outputs};
pub use program::Program;

use crate::number::Input;

/// Rows that are evaluated together: few enough that a program's values stay near the processor.
pub const LANES: usize = 64;

/// An input that varies from lane to lane: whole numbers of its unit.
#[derive(Clone, Copy, Debug)]
pub struct LaneInput {
    /// The input.
    pub input: Input,
    /// Its decimal places: a lane holds the value times 10 to this power.
    pub digits: u32,
    /// The minimum of what a lane may hold.
    pub min: i128,
    /// The maximum of what a lane may hold.
    pub max: i128,
}
