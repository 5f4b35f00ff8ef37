//! The steps of a program: instructions, and sums of sums, which are added up in one go.

use std::collections::{HashMap, HashSet};

use super::LANES;
use super::arena::{Arena, Part, Slot};
use super::instruction::{Instruction, Operand, Operation};
use super::value::{add, mul};

/// A step of a program.
#[derive(Clone, Debug)]
pub enum Step {
    /// An instruction, with its operands ready to be worked on.
    Pair(Instruction, [Part; 2]),
    /// A long sum.
    Sum(LongSum),
}

/// Lane values, each so many times, and a constant, added up.
#[derive(Clone, Debug)]
pub struct LongSum {
    /// Where the sum goes.
    pub to: Slot,
    /// What is the same in every lane.
    pub constant: f64,
    /// Lane values among the doubles, and how many times each.
    pub terms: Vec<(Slot, f64)>,
    /// The magnitudes of all of it together, so that no part of the sum is larger in whatever order.
    pub most: i128,
}

/// What is taken into a sum stays below this: doubles are exact up to twice as much, which leaves room
/// for one more operand.
const MOST_TAKEN: i128 = 1 << 52;

/// More terms wait too long for each other, and do not stay near the processor.
const MOST_TERMS: usize = 12;

/// Lanes whose sums stay in the registers of the processor.
const TOGETHER: usize = 32;

impl Step {
    fn of(instruction: Instruction) -> Self {
        Self::Pair(instruction, instruction.operation.operands().map(Part::of))
    }

    /// Works on every lane.
    #[inline(always)]
    pub fn run(&self, arena: &mut Arena) {
        match self {
            Self::Pair(instruction, parts) => instruction.run(*parts, arena),
            Self::Sum(sum) => sum.run(arena),
        }
    }

    /// Where the result goes.
    pub fn to(&self) -> Slot {
        match self {
            Self::Pair(instruction, _) => instruction.to,
            Self::Sum(sum) => sum.to,
        }
    }

    /// The places it reads.
    pub fn reads(&self) -> Vec<Slot> {
        match self {
            Self::Pair(instruction, _) => {
                instruction.operation.operands().into_iter().filter_map(Operand::slot).collect()
            }
            Self::Sum(sum) => sum.terms.iter().map(|(slot, _)| *slot).collect(),
        }
    }

    /// The same with operands from other places, and a result to another one.
    pub fn placed(self, place: impl Fn(Slot) -> Slot, to: Slot) -> Self {
        match self {
            Self::Pair(instruction, _) => {
                Self::of(Instruction { operation: instruction.operation.with_slots(place), to, ..instruction })
            }
            Self::Sum(mut sum) => {
                sum.terms.iter_mut().for_each(|(slot, _)| *slot = place(*slot));
                Self::Sum(LongSum { to, ..sum })
            }
        }
    }
}

impl LongSum {
    #[inline(always)]
    fn run(&self, arena: &mut Arena) {
        for from in (0..LANES).step_by(TOGETHER) {
            let mut sums = [self.constant; TOGETHER];
            for &(slot, times) in &self.terms {
                let values: &[f64; TOGETHER] = arena.some(slot, from);
                for k in 0..TOGETHER {
                    sums[k] += values[k] * times;
                }
            }
            *arena.some_mut(self.to, from) = sums;
        }
    }

    /// Whether another sum can stand in this one so many times.
    fn takes(&self, other: &Self, times: i128) -> bool {
        let most = mul(other.most, times.abs()).and_then(|most| add(most, self.most));
        most.is_ok_and(|most| most < MOST_TAKEN) && self.terms.len() + other.terms.len() <= MOST_TERMS
    }

    fn take(&mut self, other: Self, times: i128) {
        self.most += other.most * times.abs();
        let times = times as f64;
        self.constant += other.constant * times;
        self.terms.extend(other.terms.into_iter().map(|(slot, own)| (slot, own * times)));
    }
}

/// The steps of instructions and of sums at their end. A sum that only one other sum reads becomes a
/// part of that; `kept` must be there at the end.
pub fn steps(instructions: Vec<Instruction>, sums: Vec<LongSum>, kept: &HashSet<Slot>) -> Vec<Step> {
    let mut reads: HashMap<Slot, usize> = HashMap::new();
    let read = instructions.iter().flat_map(|instruction| instruction.operation.operands()).filter_map(Operand::slot);
    let read = read.chain(sums.iter().flat_map(|sum| sum.terms.iter().map(|(slot, _)| *slot)));
    read.for_each(|slot| *reads.entry(slot).or_default() += 1);
    let mut gathered = Gathered::default();
    for instruction in instructions {
        match instruction.operation {
            Operation::Sum(a, b) if instruction.is_narrow => {
                let sum = gathered.sum(instruction, [a, b]);
                let is_read_once = reads.get(&sum.to) == Some(&1) && !kept.contains(&sum.to);
                gathered.add(sum, is_read_once);
            }
            operation => {
                operation.operands().into_iter().filter_map(Operand::slot).for_each(|slot| gathered.close(slot));
                gathered.steps.push(Step::of(instruction));
            }
        }
    }
    for sum in sums {
        sum.terms.iter().for_each(|(slot, _)| gathered.close(*slot));
        gathered.steps.push(Step::Sum(sum));
    }
    gathered.steps
}

/// Steps so far.
#[derive(Default)]
struct Gathered {
    steps: Vec<Step>,
    /// Sums that wait for the one that reads them.
    open: HashMap<Slot, LongSum>,
}

impl Gathered {
    /// A sum, with the sums in it that wait.
    fn sum(&mut self, of: Instruction, operands: [Operand; 2]) -> LongSum {
        let mut sum = LongSum { to: of.to, constant: 0.0, terms: Vec::new(), most: 0 };
        for operand in operands {
            match operand {
                Operand::Constant(value) => sum.constant += value as f64,
                Operand::Lane(slot, times) => match self.open.get(&slot) {
                    Some(open) if sum.takes(open, times) => {
                        let open = self.open.remove(&slot);
                        open.into_iter().for_each(|open| sum.take(open, times));
                        continue;
                    }
                    _ => {
                        self.close(slot);
                        sum.terms.push((slot, times as f64));
                    }
                },
            }
            sum.most += of.widest;
        }
        sum
    }

    fn add(&mut self, sum: LongSum, waits: bool) {
        match waits {
            true => drop(self.open.insert(sum.to, sum)),
            false => self.steps.push(Step::Sum(sum)),
        }
    }

    /// A sum that something else than a sum reads waits no longer.
    fn close(&mut self, slot: Slot) {
        self.steps.extend(self.open.remove(&slot).map(Step::Sum));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sum of the last value and another, of values just below 2^51: `4 * (2^51 - 1)` is the most that
    /// may come together.
    #[test]
    fn what_is_added_up_in_one_go_stays_exact() {
        const WIDEST: i128 = (1 << 51) - 1;
        let narrow = |at: u32| Operand::Lane(Slot::Narrow(at), 1);
        let chain = |nth: u32| Instruction {
            operation: Operation::Sum(narrow(2 * nth), narrow(2 * nth + 1)),
            to: Slot::Narrow(2 * nth + 2),
            widest: WIDEST,
            is_narrow: true,
        };
        let end = Slot::Narrow(20);
        let steps = steps((0..10).map(chain).collect(), Vec::new(), &HashSet::from([end]));
        let most = |step: &Step| match step {
            Step::Pair(..) => 0,
            Step::Sum(sum) => sum.most,
        };
        assert!(steps.len() < 10, "some sums are parts of others");
        assert_eq!(steps.last().map(Step::to), Some(end));
        assert!(steps.iter().map(most).all(|most| most <= 4 * WIDEST), "{steps:?}");
    }
}
