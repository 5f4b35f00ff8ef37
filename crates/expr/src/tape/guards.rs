//! The conditions under which a program holds: what was decided, and what was read to decide.

use rustc_hash::FxHashSet;

use super::LaneInput;
use super::compile::Compiler;
use super::instruction::{Guard, Operand, Test};
use super::ratio::Ratio;
use super::value::{LaneValue, NARROW, Side, Unsupported, Value, WIDE};
use crate::trace::{By, Read};

impl Compiler<'_> {
    /// The guards of a section of the record.
    pub fn guards(&mut self, section: usize, inputs: &[LaneInput]) -> Result<Vec<Guard>, Unsupported> {
        let mut guards = Vec::new();
        self.guard_decisions(section, &mut guards)?;
        self.guard_reads(section, inputs, &mut guards)?;
        Ok(guards)
    }

    /// Every decision that can come out differently in another lane is a guard.
    fn guard_decisions(&mut self, section: usize, guards: &mut Vec<Guard>) -> Result<(), Unsupported> {
        let (mut seen, mut tests) = (FxHashSet::default(), FxHashSet::default());
        for decision in self.record.decisions(section) {
            let varies = match decision.by {
                By::Above(a, b) => self.varies(a) || self.varies(b),
                By::Zero(a) => self.varies(a),
            };
            if !varies || !seen.insert(decision.by) {
                continue;
            }
            let zero = Value::Constant(Ratio { num: 0, den: 1 });
            let (a, b, is_above) = match decision.by {
                By::Above(a, b) => (self.value(a)?, self.value(b)?, true),
                By::Zero(a) => (self.value(a)?, zero, false),
            };
            let (a, b, _, _) = self.builder.aligned(a, b)?;
            if is_settled(&a, &b, is_above, decision.outcome) {
                continue;
            }
            let widest = a.widest().max(b.widest());
            if widest >= WIDE {
                return Err(Unsupported);
            }
            let test = if is_above { Test::Above(a.operand, b.operand) } else { Test::Equal(a.operand, b.operand) };
            if !tests.insert(test) {
                continue;
            }
            let is_narrow = widest < NARROW && a.operand.is_narrow() && b.operand.is_narrow();
            guards.push(Guard { test, outcome: decision.outcome, is_narrow });
        }
        Ok(())
    }

    /// Inputs that were read beside the formulas must read alike.
    fn guard_reads(&self, section: usize, inputs: &[LaneInput], guards: &mut Vec<Guard>) -> Result<(), Unsupported> {
        let mut seen = FxHashSet::default();
        for read in self.record.reads(section) {
            let (Read::Value(of) | Read::Digits(of, _)) = *read;
            let Some(input) = inputs.iter().find(|input| input.input == of) else { continue };
            if !seen.insert(*read) {
                continue;
            }
            let Some(Value::Lanes(LaneValue { register, .. })) = self.by_input.get(&of.0).copied() else { continue };
            let lane = Operand::Lane(register, 1);
            match *read {
                Read::Value(_) => {
                    // The value of the evaluation that was recorded stands at its first use.
                    let recorded = self.recorded(of, input.digits).ok_or(Unsupported)?;
                    let test = Test::Equal(lane, Operand::Constant(recorded));
                    guards.push(Guard { test, outcome: true, is_narrow: true });
                }
                Read::Digits(_, digits) => self.guard_digits(lane, digits, input.digits, guards)?,
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
        let most = digits.max(self.digits);
        let at_most = Test::Multiple(lane, multiple(most)?);
        guards.push(Guard { test: at_most, outcome: true, is_narrow: false });
        if digits > self.digits {
            let fewer = Test::Multiple(lane, multiple(digits - 1)?);
            guards.push(Guard { test: fewer, outcome: false, is_narrow: false });
        }
        Ok(())
    }
}

/// Whether bounds alone say how a comparison comes out, and that is as recorded.
fn is_settled(a: &Side, b: &Side, is_above: bool, outcome: bool) -> bool {
    let always = if is_above { a.least > b.most } else { a.least == a.most && a.least == b.least && b.least == b.most };
    let never = if is_above { a.most <= b.least } else { a.most < b.least || a.least > b.most };
    (always && outcome) || (never && !outcome)
}
