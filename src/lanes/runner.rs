//! Many evaluations of one alternative, by as many programs as they go ways.
//!
//! A program is made for the first evaluation that no program so far holds for. Which program serves
//! an evaluation changes nothing in what comes out.

use std::sync::{Arc, RwLock};

use super::{LANES, LaneInput, Program, Wanted, compile};
use crate::scenario::Scenario;
use crate::trace::record;

/// The programs of an alternative.
pub struct Runner {
    alternative: usize,
    inputs: Vec<LaneInput>,
    discounts: Vec<f64>,
    most: usize,
    programs: RwLock<Programs>,
}

/// The programs so far, and whether more can be made.
#[derive(Default)]
struct Programs {
    made: Vec<Arc<Program>>,
    is_unsupported: bool,
}

/// What the evaluations came to, in minor units.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Term totals.
    pub totals: Vec<f64>,
    /// Present values.
    pub present_values: Vec<f64>,
    /// The evaluations that are left to decimals, by number; their figures are 0.
    pub left: Vec<usize>,
}

impl Runner {
    /// The runner of an alternative, by index. `inputs` vary; `discounts` weigh the months, from 0. So
    /// many ways of an evaluation get a program; what goes yet another way is left to decimals.
    pub fn new(alternative: usize, inputs: Vec<LaneInput>, discounts: Vec<f64>, most: usize) -> Self {
        Self { alternative, inputs, discounts, most, programs: RwLock::default() }
    }

    /// Runs evaluations: `numerators` has the whole numbers of the inputs of each, in the order of the
    /// inputs, `scenario` the scenario of one of them.
    pub fn run(&self, numerators: &[Vec<f64>], scenario: impl Fn(usize) -> Scenario) -> Column {
        let zeros = || vec![0.0; numerators.len()];
        let left = (0..numerators.len()).collect();
        let mut column = Column { totals: zeros(), present_values: zeros(), left };
        let mut tried = 0;
        while let Some(&first) = column.left.first() {
            let Some(program) = self.program(tried, || scenario(first)) else { break };
            tried += 1;
            self.run_program(&program, numerators, &mut column);
        }
        column
    }

    /// The program of a number; where there is none so far, one that holds for a scenario.
    fn program(&self, number: usize, scenario: impl FnOnce() -> Scenario) -> Option<Arc<Program>> {
        {
            let programs = self.programs.read().ok()?;
            if let Some(program) = programs.made.get(number) {
                return Some(Arc::clone(program));
            }
            if programs.is_unsupported || programs.made.len() >= self.most {
                return None;
            }
        }
        let made = self.make(&scenario());
        let mut programs = self.programs.write().ok()?;
        match made {
            None => programs.is_unsupported = true,
            Some(program) => programs.made.push(Arc::new(program)),
        }
        programs.made.get(number).map(Arc::clone)
    }

    /// A program for the way that a scenario goes.
    fn make(&self, scenario: &Scenario) -> Option<Program> {
        let (wanted, record) = record(|| Wanted::of(scenario, self.alternative).ok());
        compile(&record, &self.inputs, &wanted?, &self.discounts, scenario.currency.digits).ok()
    }

    /// Runs a program over the evaluations that are left; those that it does not hold for stay so.
    fn run_program(&self, program: &Program, numerators: &[Vec<f64>], column: &mut Column) {
        let mut arena = program.arena();
        for block in std::mem::take(&mut column.left).chunks(LANES) {
            // Lanes beyond the evaluations repeat the last one.
            let of_lane = |lane: usize| &numerators[block[lane.min(block.len() - 1)]];
            let inputs: Vec<[f64; LANES]> =
                (0..self.inputs.len()).map(|input| std::array::from_fn(|lane| of_lane(lane)[input])).collect();
            let outcome = program.run(&inputs, &mut arena);
            for (lane, &at) in block.iter().enumerate() {
                if outcome.holds[lane] {
                    column.totals[at] = outcome.totals[lane];
                    column.present_values[at] = outcome.present_values[lane];
                } else {
                    column.left.push(at);
                }
            }
        }
    }
}
