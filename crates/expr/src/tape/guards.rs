//! The guards of a program: which branches were taken, and which inputs were read to take them.

use rustc_hash::FxHashSet;

use super::LaneInput;
use super::compile::Compiler;
use super::instruction::{Guard, Operand, Test};
use super::ratio::Ratio;
use super::value::{LaneValue, NARROW, Unsupported, Value, WIDE};
use crate::trace::{Branch, Comparison, Dependency};

impl Compiler<'_> {
    /// The guards of a section of the record.
    pub fn guards(&mut self, section: usize, inputs: &[LaneInput]) -> Result<Vec<Guard>, Unsupported> {
        let mut guards = Vec::new();
        self.guard_branches(section, &mut guards)?;
        self.guard_reads(section, inputs, &mut guards)?;
        Ok(guards)
    }

    /// Every branch that can be taken differently in another lane is a guard.
    fn guard_branches(&mut self, section: usize, guards: &mut Vec<Guard>) -> Result<(), Unsupported> {
        let (mut seen, mut tests) = (FxHashSet::default(), FxHashSet::default());
        for branch in self.record.branches(section) {
            let (a, b) = match branch.by {
                Comparison::Above(a, b) => (self.node(a), Some(self.node(b))),
                Comparison::Zero(a) => (self.node(a), None),
            };
            let varies = self.varies(a) || b.is_some_and(|b| self.varies(b));
            if !varies || !seen.insert((a, b)) {
                continue;
            }
            let is_above = b.is_some();
            let zero = Value::Constant(Ratio { num: 0, den: 1 });
            let of = (a, b);
            let (a, b) = (self.value(a)?, b.map_or(Ok(zero), |b| self.value(b))?);
            let a = self.sides((of.0, a), (of.1, b), branch.outcome)?;
            if a.is_clearly_below(b) || b.is_clearly_below(a) {
                continue;
            }
            let sides = self.builder.aligned(a, b).ok().filter(|(a, b, ..)| a.widest().max(b.widest()) < WIDE);
            let Some((a, b, _, _)) = sides else {
                guards.push(self.clear_guard(branch, a, b)?);
                continue;
            };
            if a.bounds.settles(b.bounds, is_above, branch.outcome) {
                continue;
            }
            let widest = a.widest().max(b.widest());
            let test = if is_above { Test::Above(a.operand, b.operand) } else { Test::Equal(a.operand, b.operand) };
            if !tests.insert(test) {
                continue;
            }
            let is_narrow = widest < NARROW && a.operand.is_narrow() && b.operand.is_narrow();
            guards.push(Guard { test, outcome: branch.outcome, is_narrow });
        }
        Ok(())
    }

    /// The guard of a comparison of fractions that no denominator is common to.
    fn clear_guard(&self, branch: &Branch, a: Value, b: Value) -> Result<Guard, Unsupported> {
        match branch.by {
            Comparison::Above(..) if self.narrows => {
                let test = Test::ClearlyAbove(a.fraction(), b.fraction());
                Ok(Guard { test, outcome: branch.outcome, is_narrow: false })
            }
            Comparison::Above(..) | Comparison::Zero(_) => Err(Unsupported),
        }
    }

    /// Inputs that were read in addition to the formulas must read alike.
    fn guard_reads(&self, section: usize, inputs: &[LaneInput], guards: &mut Vec<Guard>) -> Result<(), Unsupported> {
        let mut seen = FxHashSet::default();
        for read in self.record.reads(section) {
            let (Dependency::Value(of) | Dependency::Digits(of, _)) = *read;
            let Some(input) = inputs.iter().find(|input| input.input == of) else { continue };
            if !seen.insert(*read) {
                continue;
            }
            let Some(Value::Lanes(LaneValue { register, .. })) = self.by_input.get(&of.0).copied() else { continue };
            let lane = Operand::Lane(register, 1);
            match *read {
                Dependency::Value(_) => {
                    // The value of the evaluation that was recorded is at its first use.
                    let recorded = self.recorded(of, input.digits).ok_or(Unsupported)?;
                    let test = Test::Equal(lane, Operand::Constant(recorded));
                    guards.push(Guard { test, outcome: true, is_narrow: true });
                }
                Dependency::Digits(_, digits) => self.guard_digits(lane, digits, input.digits, guards)?,
            }
        }
        Ok(())
    }

    /// The whole number that an input had in the evaluation that was recorded.
    fn recorded(&self, input: crate::number::Input, digits: u32) -> Option<i128> {
        let value = self.record.value_of(input)?;
        let scale = 10_i128.checked_pow(digits)?;
        let ratio = Ratio::of(value)?;
        (scale % ratio.den == 0).then(|| ratio.num * (scale / ratio.den))
    }

    /// An input that is written with more decimals than the unit has may keep them in what follows from it.
    fn guard_digits(
        &self,
        lane: Operand,
        digits: u32,
        of_input: u32,
        guards: &mut Vec<Guard>,
    ) -> Result<(), Unsupported> {
        if of_input <= self.digits {
            return Ok(());
        }
        let multiple = |digits: u32| 10_i128.checked_pow(of_input - digits).ok_or(Unsupported);
        let max = digits.max(self.digits);
        let at_most = Test::Multiple(lane, multiple(max)?);
        guards.push(Guard { test: at_most, outcome: true, is_narrow: false });
        if digits > self.digits {
            let fewer = Test::Multiple(lane, multiple(digits - 1)?);
            guards.push(Guard { test: fewer, outcome: false, is_narrow: false });
        }
        Ok(())
    }
}
