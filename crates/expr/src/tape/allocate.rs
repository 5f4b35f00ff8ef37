//! Registers for values: as few as hold what is still needed, so that they stay near the processor.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::registers::Register;
use super::steps::Step;

/// The registers that values have been given.
#[derive(Debug, Default)]
pub struct Allocation {
    given: HashMap<Register, Register>,
    free: Vec<Register>,
    narrow: u32,
    wide: u32,
}

impl Allocation {
    /// Gives inputs and the results of steps registers that no value holds which is needed later;
    /// `kept` are needed to the end.
    pub fn allocate(&mut self, inputs: &mut [Register], steps: Vec<Step>, kept: &HashSet<Register>) -> Vec<Step> {
        let end = steps.len();
        let mut last_use: HashMap<Register, usize> = HashMap::default();
        for (at, step) in steps.iter().enumerate() {
            last_use.extend(step.reads().into_iter().map(|value| (value, at)));
        }
        last_use.extend(kept.iter().map(|value| (*value, end)));
        inputs.iter_mut().for_each(|value| *value = self.give(*value));
        let allocated = |(at, step): (usize, Step)| {
            let reads = step.reads();
            // The result gets a register before its operands give up theirs.
            let to = self.give(step.to());
            let step = step.placed(|value| self.of(value), to);
            reads.into_iter().filter(|value| last_use.get(value) == Some(&at)).for_each(|value| self.take_back(value));
            step
        };
        steps.into_iter().enumerate().map(allocated).collect()
    }

    /// How many registers there are, narrow and wide.
    pub fn counts(&self) -> (usize, usize) {
        (self.narrow as usize, self.wide as usize)
    }

    /// The register of a value.
    pub fn of(&self, value: Register) -> Register {
        self.given.get(&value).copied().unwrap_or(value)
    }

    fn give(&mut self, value: Register) -> Register {
        let is_alike = |free: &Register| matches!(free, Register::Narrow(_)) == matches!(value, Register::Narrow(_));
        let register = match self.free.iter().rposition(is_alike) {
            Some(at) => self.free.swap_remove(at),
            None => self.another(value),
        };
        self.given.insert(value, register);
        register
    }

    fn another(&mut self, like: Register) -> Register {
        let count = match like {
            Register::Narrow(_) => &mut self.narrow,
            Register::Wide(_) => &mut self.wide,
        };
        *count += 1;
        match like {
            Register::Narrow(_) => Register::Narrow(*count - 1),
            Register::Wide(_) => Register::Wide(*count - 1),
        }
    }

    fn take_back(&mut self, value: Register) {
        if let Some(register) = self.given.remove(&value) {
            self.free.push(register);
        }
    }
}
