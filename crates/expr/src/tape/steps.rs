//! The steps of a program: instructions, and sums of sums, which are added up in one go.

use std::collections::BTreeMap;

use pulp::Simd;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::instruction::{Instruction, Operand, Operation};
use super::registers::{ReadyOperand, Register, Registers};
use super::sum::{End, LongSum};
use super::value::{add, mul};

/// A step of a program.
#[derive(Clone, Debug)]
pub enum Step {
    /// An instruction, with its operands ready to be worked on.
    Pair(Instruction, [ReadyOperand; 2]),
    /// A long sum.
    Sum(LongSum),
}

/// What is taken into a sum stays below this: doubles are exact up to twice as much, which leaves room
/// for one more operand.
const MAX_TAKEN: i128 = 1 << 52;

/// More terms wait too long for each other, and do not stay near the processor.
const MAX_TERMS: usize = 12;

impl Step {
    fn of(instruction: Instruction) -> Self {
        Self::Pair(instruction, instruction.operation.operands().map(ReadyOperand::of))
    }

    /// Works on every lane.
    #[inline(always)]
    pub fn run<S: Simd>(&self, simd: S, registers: &mut Registers) {
        match self {
            Self::Pair(instruction, parts) => instruction.run(*parts, registers),
            Self::Sum(sum) => sum.run(simd, registers),
        }
    }

    /// Where the result goes.
    pub fn to(&self) -> Register {
        match self {
            Self::Pair(instruction, _) => instruction.to,
            Self::Sum(sum) => sum.to,
        }
    }

    /// The places it reads.
    pub fn reads(&self) -> Vec<Register> {
        match self {
            Self::Pair(instruction, _) => {
                instruction.operation.operands().into_iter().filter_map(Operand::register).collect()
            }
            Self::Sum(sum) => sum.terms.iter().map(|(register, _)| *register).collect(),
        }
    }

    /// The same with operands from other places, and a result to another one.
    pub fn placed(self, place: impl Fn(Register) -> Register, to: Register) -> Self {
        match self {
            Self::Pair(instruction, _) => {
                Self::of(Instruction { operation: instruction.operation.with_registers(place), to, ..instruction })
            }
            Self::Sum(mut sum) => {
                sum.terms.iter_mut().for_each(|(register, _)| *register = place(*register));
                Self::Sum(LongSum { to, ..sum })
            }
        }
    }
}

/// The steps of instructions and of sums at their end. A sum that only one other sum reads becomes a
/// part of that, and one that adds no more than a constant to a value becomes a part of every sum that
/// reads it; what nothing depends on is left out. `kept` must be there at the end.
pub fn steps(instructions: Vec<Instruction>, totals: Vec<LongSum>, kept: &HashSet<Register>) -> Vec<Step> {
    let mut gathered = Gathered::default();
    let read =
        instructions.iter().flat_map(|instruction| instruction.operation.operands()).filter_map(Operand::register);
    let read = read.chain(totals.iter().flat_map(|sum| sum.terms.iter().map(|(register, _)| *register)));
    read.for_each(|register| *gathered.reads.entry(register).or_default() += 1);
    for instruction in &instructions {
        match gathered.sum_of(instruction) {
            Some(sum) => gathered.add(sum, kept),
            None => {
                let read = instruction.operation.operands().into_iter().filter_map(Operand::register);
                read.for_each(|register| gathered.close(register));
                gathered.steps.push(Step::of(*instruction));
            }
        }
    }
    let mut totals: Vec<LongSum> = totals.iter().map(|total| gathered.total(total)).collect();
    let next = next_register(&instructions, &totals);
    let shared = in_common(&mut totals, next);
    gathered.steps.extend(shared.into_iter().chain(totals).map(Step::Sum));
    joined(gathered.steps, kept)
}

/// A narrow register that no value has, nor any after it.
fn next_register(instructions: &[Instruction], totals: &[LongSum]) -> u32 {
    let registers = instructions.iter().map(|instruction| instruction.to).chain(totals.iter().map(|total| total.to));
    let narrow = registers.filter_map(|register| if let Register::Narrow(at) = register { Some(at) } else { None });
    narrow.max().map_or(0, |last| last + 1)
}

/// What the same totals have in common becomes a sum of its own, from a register on.
fn in_common(totals: &mut [LongSum], mut next: u32) -> Vec<LongSum> {
    /// Fewer terms are not worth a step.
    const FEWEST: usize = 3;
    let mut who: BTreeMap<(Register, u64), Vec<usize>> = BTreeMap::new();
    for (at, total) in totals.iter().enumerate() {
        total.terms.iter().for_each(|(register, times)| who.entry((*register, times.to_bits())).or_default().push(at));
    }
    let mut of: BTreeMap<Vec<usize>, Vec<(Register, f64)>> = BTreeMap::new();
    for ((register, times), who) in who {
        of.entry(who).or_default().push((register, f64::from_bits(times)));
    }
    let mut sums = Vec::new();
    for (who, terms) in of.into_iter().filter(|(who, terms)| who.len() > 1 && terms.len() >= FEWEST) {
        let to = Register::Narrow(next);
        next += 1;
        for &total in &who {
            totals[total]
                .terms
                .retain(|(register, _)| terms.binary_search_by_key(register, |(register, _)| *register).is_err());
            totals[total].terms.push((to, 1.0));
        }
        sums.push(LongSum { to, constant: 0.0, terms, max: totals[who[0]].max, end: End::Sum });
    }
    sums
}

/// The steps that others or `kept` depend on. What is above zero becomes a part of the quotient that
/// alone reads it.
fn joined(steps: Vec<Step>, kept: &HashSet<Register>) -> Vec<Step> {
    let mut reads: HashMap<Register, usize> = kept.iter().map(|register| (*register, 2)).collect();
    let mut needed = Vec::with_capacity(steps.len());
    for step in steps.into_iter().rev() {
        if reads.contains_key(&step.to()) {
            step.reads().into_iter().for_each(|register| *reads.entry(register).or_default() += 1);
            needed.push(step);
        }
    }
    let mut waiting: HashMap<Register, LongSum> = HashMap::default();
    let mut joined = Vec::with_capacity(needed.len());
    for mut step in needed.into_iter().rev() {
        if let Step::Sum(sum) = &mut step {
            let of = sum.terms.first().map(|(register, _)| *register);
            if let (End::Quotient(_), 1, Some(register)) = (sum.end, sum.terms.len(), of)
                && let Some(excess) = waiting.remove(&register)
            {
                sum.divide(excess);
            }
        }
        joined.extend(step.reads().iter().filter_map(|register| waiting.remove(register)).map(Step::Sum));
        match step {
            Step::Sum(sum) if sum.end == End::Excess && reads.get(&sum.to) == Some(&1) => {
                waiting.insert(sum.to, sum);
            }
            step => joined.push(step),
        }
    }
    joined
}

/// Steps so far.
#[derive(Default)]
struct Gathered {
    steps: Vec<Step>,
    /// How many operands each value is.
    reads: HashMap<Register, usize>,
    /// Sums that wait for those that read them.
    open: HashMap<Register, LongSum>,
    /// Sums of which what is above zero is a value.
    excesses: HashMap<Register, LongSum>,
}

impl Gathered {
    /// An instruction as a sum and what becomes of it, with the sums in it that wait; none if it is
    /// something else.
    fn sum_of(&mut self, of: &Instruction) -> Option<LongSum> {
        let (operands, end, shift) = match (of.operation, of.quotient) {
            _ if !of.is_narrow => return None,
            (Operation::Sum(a, b), _) => ([a, b], End::Sum, 0.0),
            (Operation::Excess(a, b), _) => ([a, b], End::Excess, 0.0),
            (operation, Some(by)) => ([operation.operands()[0], Operand::Constant(0)], End::Quotient(by), by.shift),
            _ => return None,
        };
        let mut sum = LongSum { to: of.to, constant: shift, terms: Vec::new(), max: shift.abs().ceil() as i128, end };
        for operand in operands {
            match operand {
                Operand::Constant(value) => {
                    sum.constant += value as f64;
                    sum.max += value.abs();
                }
                Operand::Lane(register, times) => self.put(&mut sum, register, times, of.widest, MAX_TERMS),
            }
        }
        self.join_opposites(&mut sum);
        Some(sum)
    }

    /// What is above zero less what is below zero, this many times, is the sum itself.
    fn join_opposites(&self, sum: &mut LongSum) {
        let excess = |register: &Register| self.excesses.get(register);
        let pairs = sum.terms.iter().enumerate().flat_map(|(at, a)| sum.terms[..at].iter().map(move |b| (*a, *b)));
        let found = pairs.into_iter().find_map(|((a, times), (b, of_b))| {
            let (of, other) = excess(&a).zip(excess(&b))?;
            let max = mul(of.max, times.abs() as i128).and_then(|max| add(max, sum.max)).ok()?;
            let is_pair = times == -of_b && of.is_opposite(other) && max < MAX_TAKEN;
            is_pair.then_some((a, b, times, of, max))
        });
        if let Some((a, b, times, of, max)) = found {
            sum.terms.retain(|(register, _)| *register != a && *register != b);
            sum.take(of, times);
            sum.max = max;
            self.join_opposites(sum);
        }
    }

    /// A total with the sums in it that wait.
    fn total(&mut self, of: &LongSum) -> LongSum {
        let mut total = LongSum { terms: Vec::new(), ..of.clone() };
        of.terms.iter().for_each(|&(register, times)| self.put(&mut total, register, times as i128, 0, usize::MAX));
        total
    }

    /// Adds a lane value to a sum this many times, together at most so much; if it is a sum that waits and
    /// there is room, then in its parts.
    fn put(&mut self, sum: &mut LongSum, register: Register, times: i128, widest: i128, most_terms: usize) {
        if let Some(open) = self.open.get(&register) {
            let max = mul(open.max, times.abs()).and_then(|max| add(max, sum.max));
            if let Ok(max) = max
                && max < MAX_TAKEN
                && sum.terms.len() + open.terms.len() <= most_terms
            {
                sum.take(open, times as f64);
                sum.max = max;
                return;
            }
            self.close(register);
        }
        sum.add(register, times as f64);
        sum.max += widest;
    }

    fn add(&mut self, sum: LongSum, kept: &HashSet<Register>) {
        if sum.end == End::Excess {
            self.excesses.insert(sum.to, sum.clone());
        }
        let is_part = self.reads.get(&sum.to) == Some(&1) || sum.terms.len() <= 1;
        match sum.end {
            End::Sum if is_part && !kept.contains(&sum.to) => drop(self.open.insert(sum.to, sum)),
            _ => self.steps.push(Step::Sum(sum)),
        }
    }

    /// A sum that something else than a sum reads waits no longer.
    fn close(&mut self, register: Register) {
        self.steps.extend(self.open.remove(&register).map(Step::Sum));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::Interval;
    use crate::tape::LANES;
    use crate::tape::quotient::Quotient;

    /// A sum of the last value and another, of values just below 2^51: `4 * (2^51 - 1)` is the most that
    /// may come together.
    #[test]
    fn what_is_added_up_in_one_go_stays_exact() {
        const WIDEST: i128 = (1 << 51) - 1;
        let narrow = |at: u32| Operand::Lane(Register::Narrow(at), 1);
        let chain = |nth: u32| Instruction {
            operation: Operation::Sum(narrow(2 * nth), narrow(2 * nth + 1)),
            to: Register::Narrow(2 * nth + 2),
            widest: WIDEST,
            is_narrow: true,
            quotient: None,
        };
        let end = Register::Narrow(20);
        let steps = steps((0..10).map(chain).collect(), Vec::new(), &HashSet::from_iter([end]));
        let max = |step: &Step| match step {
            Step::Pair(..) => 0,
            Step::Sum(sum) => sum.max,
        };
        assert!(steps.len() < 10, "some sums are parts of others");
        assert_eq!(steps.last().map(Step::to), Some(end));
        assert!(steps.iter().map(max).all(|max| max <= 4 * WIDEST), "{steps:?}");
    }

    /// Hours are drawn from what is left, and of what is missing whole blocks of 40 are bought: what is
    /// missing is a part of the number of blocks, and what stays left is one sum.
    #[test]
    fn blocks_that_are_bought_and_drawn_from_are_two_steps() {
        let [hours, left, blocks, left_after] = [0, 1, 5, 11].map(Register::Narrow);
        let lane = |at: u32, times: i128| Operand::Lane(Register::Narrow(at), times);
        let nothing = Operand::Constant(0);
        let operations = [
            Operation::Sum(lane(0, 1), lane(1, -1)),
            Operation::Excess(lane(2, 1), nothing),
            Operation::Sum(lane(3, 1), Operand::Constant(39)),
            Operation::Floor(lane(4, 1), Operand::Constant(40)),
            Operation::Sum(lane(1, 1), lane(0, -1)),
            Operation::Excess(lane(6, 1), nothing),
            Operation::Sum(lane(7, 1), lane(5, 40)),
            Operation::Sum(lane(8, 1), nothing),
            Operation::Sum(lane(9, 1), lane(3, -1)),
            Operation::Excess(lane(10, 1), nothing),
        ];
        let instruction = |(operation, at): (Operation, u32)| Instruction {
            operation,
            to: Register::Narrow(at),
            widest: 1_000,
            is_narrow: true,
            quotient: Quotient::of(operation, Interval { min: 0, max: 1_000 }),
        };
        let instructions = operations.into_iter().zip(2..).map(instruction).collect();
        let steps = steps(instructions, Vec::new(), &HashSet::from_iter([blocks, left_after]));
        assert_eq!(steps.len(), 2, "{steps:?}");
        let mut registers = Registers::new(12, 0);
        for before in 0..120 {
            let needed: [i32; LANES] = std::array::from_fn(|k| 3 * k as i32);
            *registers.input(hours) = needed.map(f64::from);
            *registers.input(left) = [f64::from(before); LANES];
            steps.iter().for_each(|step| step.run(pulp::Scalar::new(), &mut registers));
            let bought = needed.map(|hours| ((hours - before).max(0) + 39) / 40);
            let after: [i32; LANES] = std::array::from_fn(|k| before + 40 * bought[k] - needed[k]);
            assert_eq!(registers.doubles(lane(5, 1)), bought.map(f64::from));
            assert_eq!(registers.doubles(lane(11, 1)), after.map(f64::from));
        }
    }
}
