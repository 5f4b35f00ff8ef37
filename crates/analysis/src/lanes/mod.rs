//! Many samples at once, to the cent.
//!
//! The formulas of the model are not written a second time for speed. An evaluation that remembers
//! its steps ([`comanage_expr::trace`]) is compiled into a [`Program`]: what does not depend on a drawn
//! input is a constant, every other step is an instruction over lanes, one lane a sample. Values are
//! exact fractions: a lane holds the numerator, the denominator is the same for all and known when
//! the program is made. While bounds show that numerators stay below 2^51 they are whole numbers in
//! doubles, else 128-bit integers, so nothing is ever rounded but where the model rounds.
//!
//! An evaluation goes its way by decisions (which tier, is there overtime). A program holds for the
//! samples that decide alike; each run says for which lanes it holds, and the others want a program
//! of their own way ([`Runner`]).

mod arena;
mod builder;
mod compile;
mod guards;
mod instruction;
mod program;
mod quotient;
mod ratio;
mod runner;
mod steps;
mod sum;
mod value;

pub use program::{Program, Results};
pub use runner::{Column, Discounts, Runner, Wants};

use comanage_expr::trace::{Traced, begin_section};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Shared, ledger_of};
use comanage_model::month::last_year;
use comanage_model::scenario::{Input, Scenario};
use comanage_model::volumes;

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

/// What is wanted of alternatives.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// By alternative.
    pub alternatives: Vec<Asked>,
}

/// What is wanted of an alternative.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which, by index.
    pub alternative: usize,
    /// The amounts of each month, from month 0, rounded to the minor unit.
    pub amounts: Vec<Vec<Traced>>,
    /// The hours done and the hours to do in the last twelve months, if they are wanted.
    pub work: Option<(Traced, Traced)>,
    /// The users of all months together, if they are wanted.
    pub user_months: Option<Traced>,
}

impl Wanted {
    /// What is wanted of some alternatives. What they share is the first
    /// section of the record, and each has a section of its own.
    ///
    /// # Errors
    /// A scenario that cannot be evaluated.
    pub fn of(scenario: &Scenario, alternatives: &[usize], wants: &Wants) -> Result<Self, Diagnostic> {
        volumes::check::<Traced>(scenario)?;
        let shared = Shared::<Traced>::new(scenario);
        let user_months = wants.users.then(|| shared.volumes.user_months());
        let ask = |&alternative: &usize| {
            begin_section();
            let (plan, ledger, provided) = ledger_of(scenario, &scenario.alternatives[alternative], &shared)?;
            let mut amounts = vec![Vec::new(); scenario.term_months as usize + 1];
            ledger.lines.iter().for_each(|line| amounts[line.month as usize].push(line.amount));
            let work = (wants.work || wants.shares).then(|| provided.done(&plan, last_year(scenario.term_months)));
            Ok(Asked { alternative, amounts, work, user_months })
        };
        Ok(Self { alternatives: alternatives.iter().map(ask).collect::<Result<_, _>>()? })
    }
}
