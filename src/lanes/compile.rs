//! From remembered steps to a program over lanes.

use std::collections::HashMap;
use std::collections::HashSet;

use super::arena::{Arena, Slot};
use super::instruction::{Guard, Instruction, Operand, Operation, Test};
use super::ratio::{Ratio, divide_rounding, gcd, lcm};
use super::{LANES, LaneInput, Outcome, Wanted};
use crate::trace::{By, How, Read, Record, Traced};

/// Instructions over lanes, the conditions under which they hold, and what they give.
#[derive(Clone, Debug)]
pub struct Program {
    inputs: Vec<Slot>,
    instructions: Vec<Instruction>,
    guards: Vec<Guard>,
    output: Output,
    narrow: usize,
    wide: usize,
}

/// The figures of an alternative as sums of amounts.
#[derive(Clone, Debug)]
struct Output {
    /// What is the same in every lane: the total and the present value, in minor units.
    constant: (f64, f64),
    /// Amounts with how often they stand in the total and what they weigh in the present value.
    parts: Vec<(Slot, f64, f64)>,
}

/// Why no program can be made: the evaluation is left to decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported;

/// A value of a program: a fraction whose denominator is known.
#[derive(Clone, Copy, Debug)]
enum Value {
    /// The same in every lane.
    Constant(Ratio),
    /// A numerator by lane over a denominator.
    Lanes(LaneValue),
}

/// A whole number by lane, over a denominator and, where the model divides by something that varies,
/// over another whole number by lane.
#[derive(Clone, Copy, Debug)]
struct LaneValue {
    slot: Slot,
    den: i128,
    least: i128,
    most: i128,
    by: Option<Divisor>,
}

/// A whole number by lane that is above zero.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Divisor {
    slot: Slot,
    least: i128,
    most: i128,
}

/// Numerators from here on are wide.
const NARROW: i128 = 1 << 51;
/// Numerators from here on have no room.
const WIDE: i128 = 1 << 120;

/// Compiles the steps that the wanted amounts and the decisions depend on.
///
/// # Errors
/// A step that lanes cannot take: a quotient by something that varies, a number without room.
pub fn compile(
    record: &Record,
    inputs: &[LaneInput],
    wanted: &Wanted,
    discounts: &[f64],
    minor_digits: u32,
) -> Result<Program, Unsupported> {
    let mut compiler = Compiler::new(record, inputs, minor_digits)?;
    compiler.guard_decisions()?;
    compiler.guard_reads(inputs)?;
    let output = compiler.output(wanted, discounts)?;
    Ok(Program {
        inputs: compiler.input_slots,
        instructions: compiler.instructions,
        guards: compiler.guards,
        output,
        narrow: compiler.narrow as usize,
        wide: compiler.wide as usize,
    })
}

impl Program {
    /// A fresh place for the values of a block.
    pub fn arena(&self) -> Arena {
        Arena::new(self.narrow, self.wide)
    }

    /// Runs a block: `inputs` holds the whole numbers of each input, in the order they were given.
    pub fn run(&self, inputs: &[[f64; LANES]], arena: &mut Arena) -> Outcome {
        self.inputs.iter().zip(inputs).for_each(|(slot, values)| arena.set(*slot, values));
        self.instructions.iter().for_each(|instruction| instruction.run(arena));
        let mut holds = [true; LANES];
        self.guards.iter().for_each(|guard| guard.check(arena, &mut holds));
        let (mut totals, mut present_values) = ([self.output.constant.0; LANES], [self.output.constant.1; LANES]);
        for (slot, times, weight) in &self.output.parts {
            let amounts = arena.get(*slot);
            for k in 0..LANES {
                totals[k] += amounts[k] * times;
                present_values[k] += amounts[k] * weight;
            }
        }
        Outcome { totals, present_values, holds }
    }

    /// How many instructions and guards it has.
    pub fn size(&self) -> (usize, usize) {
        (self.instructions.len(), self.guards.len())
    }
}

struct Compiler<'a> {
    record: &'a Record,
    /// What is known of each step before it is worked out.
    traits: Vec<Trait>,
    values: Vec<Option<Value>>,
    by_input: HashMap<u32, Value>,
    input_slots: Vec<Slot>,
    /// What was worked out already, so that nothing is twice.
    done: HashMap<Operation, Slot>,
    instructions: Vec<Instruction>,
    guards: Vec<Guard>,
    narrow: u32,
    wide: u32,
    minor_digits: u32,
}

impl<'a> Compiler<'a> {
    fn new(record: &'a Record, inputs: &[LaneInput], minor_digits: u32) -> Result<Self, Unsupported> {
        let mut compiler = Self {
            record,
            traits: traits(record, inputs),
            values: vec![None; record.steps().len()],
            by_input: HashMap::new(),
            input_slots: Vec::new(),
            done: HashMap::new(),
            instructions: Vec::new(),
            guards: Vec::new(),
            narrow: 0,
            wide: 0,
            minor_digits,
        };
        for input in inputs {
            let den = 10_i128.checked_pow(input.digits).ok_or(Unsupported)?;
            if input.least.abs().max(input.most.abs()) >= NARROW {
                return Err(Unsupported);
            }
            let slot = compiler.slot(NARROW - 1);
            compiler.input_slots.push(slot);
            let value = Value::Lanes(LaneValue { slot, den, least: input.least, most: input.most, by: None });
            compiler.by_input.insert(input.input.0, value);
        }
        Ok(compiler)
    }

    fn slot(&mut self, most: i128) -> Slot {
        let count = if most < NARROW { &mut self.narrow } else { &mut self.wide };
        *count += 1;
        if most < NARROW { Slot::Narrow(*count - 1) } else { Slot::Wide(*count - 1) }
    }

    /// The value of a step, worked out with everything it needs.
    fn value(&mut self, of: Traced) -> Result<Value, Unsupported> {
        // Steps only refer to earlier ones, so a list of what is still needed serves for recursion.
        let mut needed = vec![of];
        while let Some(&next) = needed.last() {
            if self.values[next.index()].is_some() {
                needed.pop();
                continue;
            }
            if self.is_plain(next) {
                self.values[next.index()] = Some(self.step(next)?);
                needed.pop();
                continue;
            }
            let missing: Vec<Traced> = parts(&self.record.step(next).how)
                .into_iter()
                .filter(|part| self.values[part.index()].is_none())
                .collect();
            if missing.is_empty() {
                let value = self.step(next)?;
                self.values[next.index()] = Some(value);
                needed.pop();
            } else {
                needed.extend(missing);
            }
        }
        self.values[of.index()].ok_or(Unsupported)
    }

    /// Whether a step is the same in every lane and its decimal has every digit.
    fn is_plain(&self, of: Traced) -> bool {
        let of = self.traits[of.index()];
        !of.varies && of.is_exact
    }

    fn varies(&self, of: Traced) -> bool {
        self.traits[of.index()].varies
    }

    fn known(&self, of: Traced) -> Result<Value, Unsupported> {
        self.values[of.index()].ok_or(Unsupported)
    }

    fn step(&mut self, at: Traced) -> Result<Value, Unsupported> {
        let step = self.record.step(at);
        let exact = step.value.0.ok_or(Unsupported)?;
        if self.is_plain(at) {
            return Ratio::of(exact).map(Value::Constant).ok_or(Unsupported);
        }
        match step.how {
            How::Constant => Ratio::of(exact).map(Value::Constant).ok_or(Unsupported),
            How::Input(input) => match self.by_input.get(&input.0) {
                Some(value) => Ok(*value),
                None => Ratio::of(exact).map(Value::Constant).ok_or(Unsupported),
            },
            How::Sum(a, b) => self.sum(self.known(a)?, self.known(b)?, 1),
            How::Difference(a, b) => self.sum(self.known(a)?, self.known(b)?, -1),
            How::Product(a, b) => self.product(self.known(a)?, self.known(b)?),
            How::Quotient(a, b) => match self.known(b)? {
                Value::Constant(by) => self.product(self.known(a)?, Value::Constant(by.inverse().ok_or(Unsupported)?)),
                Value::Lanes(by) => self.quotient(self.known(a)?, by),
            },
            How::Rounded(a, digits) => self.rounded(self.known(a)?, digits),
            How::Ceiling(a) => self.whole(self.known(a)?, true),
            How::Floor(a) => self.whole(self.known(a)?, false),
            How::Least(a, b) => self.choose(self.known(a)?, self.known(b)?, true),
            How::Greatest(a, b) => self.choose(self.known(a)?, self.known(b)?, false),
            How::Power(a, exponent) => {
                let base = self.known(a)?;
                let one = Value::Constant(Ratio { num: 1, den: 1 });
                (0..exponent).try_fold(one, |product, _| self.product(product, base))
            }
        }
    }

    fn push(
        &mut self,
        operation: Operation,
        den: i128,
        by: Option<Divisor>,
        (least, most): (i128, i128),
        widest: i128,
    ) -> Result<Value, Unsupported> {
        if widest >= WIDE || den >= WIDE {
            return Err(Unsupported);
        }
        if let Some(&slot) = self.done.get(&operation) {
            return Ok(Value::Lanes(LaneValue { slot, den, least, most, by }));
        }
        let slot = self.slot(magnitude((least, most)));
        self.done.insert(operation, slot);
        let is_narrow = widest < NARROW && operation.has_narrow_operands();
        self.instructions.push(Instruction { operation, to: slot, is_narrow });
        Ok(Value::Lanes(LaneValue { slot, den, least, most, by }))
    }

    /// Two values over one denominator and one divisor.
    fn aligned(&mut self, a: Value, b: Value) -> Result<(Side, Side, i128, Option<Divisor>), Unsupported> {
        let (a, b, by) = match (a.by(), b.by()) {
            (None, None) => (a, b, None),
            (Some(by), None) => (a, self.multiplied(b, by)?, Some(by)),
            (None, Some(by)) => (self.multiplied(a, by)?, b, Some(by)),
            (Some(of_a), Some(of_b)) if of_a == of_b => (a, b, Some(of_a)),
            (Some(of_a), Some(of_b)) => {
                let by = self.divisor_product(of_a, of_b)?;
                (self.multiplied(a, of_b)?, self.multiplied(b, of_a)?, Some(by))
            }
        };
        let den = lcm(a.den(), b.den()).ok_or(Unsupported)?;
        Ok((a.over(den)?, b.over(den)?, den, by))
    }

    /// The numerator of a value times a divisor; its own divisor is for the caller to see to.
    fn multiplied(&mut self, value: Value, by: Divisor) -> Result<Value, Unsupported> {
        self.product(value.without_divisor(), Value::Lanes(by.as_lanes()))
    }

    fn divisor_product(&mut self, a: Divisor, b: Divisor) -> Result<Divisor, Unsupported> {
        let product = self.product(Value::Lanes(a.as_lanes()), Value::Lanes(b.as_lanes()))?;
        let Value::Lanes(LaneValue { slot, least, most, .. }) = product else { return Err(Unsupported) };
        Ok(Divisor { slot, least, most })
    }

    fn sum(&mut self, a: Value, b: Value, sign: i128) -> Result<Value, Unsupported> {
        if let (Value::Constant(a), Value::Constant(b)) = (a, b) {
            let b = if sign < 0 { b.negative() } else { b };
            return a.plus(b).map(Value::Constant).ok_or(Unsupported);
        }
        let (a, b, den, by) = self.aligned(a, b)?;
        let b = b.times(sign);
        let bounds = (add(a.least, b.least)?, add(a.most, b.most)?);
        let widest = a.widest().max(b.widest()).max(magnitude(bounds));
        self.push(Operation::Sum(a.operand, b.operand), den, by, bounds, widest)
    }

    fn product(&mut self, a: Value, b: Value) -> Result<Value, Unsupported> {
        let (a, b) = match (a, b) {
            (Value::Constant(a), Value::Constant(b)) => return a.times(b).map(Value::Constant).ok_or(Unsupported),
            (Value::Lanes(lanes), Value::Constant(by)) | (Value::Constant(by), Value::Lanes(lanes)) => {
                return self.scaled(lanes, by);
            }
            (Value::Lanes(a), Value::Lanes(b)) => (a, b),
        };
        let by = match (a.by, b.by) {
            (None, by) | (by, None) => by,
            (Some(of_a), Some(of_b)) => Some(self.divisor_product(of_a, of_b)?),
        };
        let den = a.den.checked_mul(b.den).ok_or(Unsupported)?;
        let corners = [mul(a.least, b.least)?, mul(a.least, b.most)?, mul(a.most, b.least)?, mul(a.most, b.most)?];
        let bounds = extent(&corners);
        let widest = magnitude((a.least, a.most)).max(magnitude((b.least, b.most))).max(magnitude(bounds));
        let operation = Operation::Product(Operand::Lane(a.slot, 1), Operand::Lane(b.slot, 1));
        self.push(operation, den, by, bounds, widest)
    }

    /// A quotient by lanes that are above zero.
    fn quotient(&mut self, a: Value, b: LaneValue) -> Result<Value, Unsupported> {
        if b.least <= 0 {
            return Err(Unsupported);
        }
        let own = a.by();
        let mut value = self.product(a.without_divisor(), Value::Constant(Ratio { num: b.den, den: 1 }))?;
        if let Some(by) = b.by {
            value = self.multiplied(value, by)?;
        }
        let new = Divisor { slot: b.slot, least: b.least, most: b.most };
        let by = match own {
            None => new,
            Some(own) => self.divisor_product(own, new)?,
        };
        match value {
            Value::Lanes(lanes) => Ok(Value::Lanes(LaneValue { by: Some(by), ..lanes })),
            Value::Constant(ratio) => {
                // A constant numerator becomes lanes that all hold it.
                let bounds = (ratio.num, ratio.num);
                let constant = Operation::Sum(Operand::Constant(ratio.num), Operand::Constant(0));
                self.push(constant, ratio.den, Some(by), bounds, magnitude(bounds))
            }
        }
    }

    /// Lanes times a constant: where only the denominator changes there is nothing to do.
    fn scaled(&mut self, value: LaneValue, by: Ratio) -> Result<Value, Unsupported> {
        if by.num == 0 {
            return Ok(Value::Constant(Ratio { num: 0, den: 1 }));
        }
        let common = gcd(by.num, value.den);
        let (factor, den) = (by.num / common, (value.den / common).checked_mul(by.den).ok_or(Unsupported)?);
        if factor == 1 {
            return Ok(Value::Lanes(LaneValue { den, ..value }));
        }
        let side = Value::Lanes(value).over(value.den)?.times(factor);
        let operation = Operation::Sum(side.operand, Operand::Constant(0));
        self.push(operation, den, value.by, (side.least, side.most), side.widest())
    }

    fn rounded(&mut self, value: Value, digits: u32) -> Result<Value, Unsupported> {
        let scale = 10_i128.checked_pow(digits).ok_or(Unsupported)?;
        let common = gcd(scale, value.den());
        let (factor, by) = (scale / common, value.den() / common);
        match value {
            Value::Constant(of) => {
                let num = divide_rounding(mul(of.num, factor)?, by);
                Ratio::new(num, scale).map(Value::Constant).ok_or(Unsupported)
            }
            Value::Lanes(lanes) => self.divided(lanes, (factor, by), scale, Operation::Rounded, divide_rounding),
        }
    }

    fn whole(&mut self, value: Value, up: bool) -> Result<Value, Unsupported> {
        let by = value.den();
        let ceiling = |num: i128, by: i128| -(-num).div_euclid(by);
        match value {
            Value::Constant(of) => {
                let num = if up { ceiling(of.num, by) } else { of.num.div_euclid(by) };
                Ok(Value::Constant(Ratio { num, den: 1 }))
            }
            Value::Lanes(lanes) if up => self.divided(lanes, (1, by), 1, Operation::Ceiling, ceiling),
            Value::Lanes(lanes) => self.divided(lanes, (1, by), 1, Operation::Floor, i128::div_euclid),
        }
    }

    /// A numerator times a factor over everything it stands over, as whole numbers of a new unit.
    fn divided(
        &mut self,
        value: LaneValue,
        (factor, by): (i128, i128),
        den: i128,
        operation: fn(Operand, Operand) -> Operation,
        divide: impl Fn(i128, i128) -> i128,
    ) -> Result<Value, Unsupported> {
        let side = Value::Lanes(value).over(value.den)?.times(factor);
        let Some(divisor) = value.by else {
            let bounds = (divide(side.least, by), divide(side.most, by));
            let operation = match by {
                1 => Operation::Sum(side.operand, Operand::Constant(0)),
                _ => operation(side.operand, Operand::Constant(by)),
            };
            return self.push(operation, den, None, bounds, side.widest().max(by));
        };
        let (least_by, most_by) = (mul(divisor.least, by)?, mul(divisor.most, by)?);
        let corners = [side.least, side.most].map(|num| [divide(num, least_by), divide(num, most_by)]);
        let operation = operation(side.operand, Operand::Lane(divisor.slot, by));
        self.push(operation, den, None, extent(corners.as_flattened()), side.widest().max(most_by))
    }

    fn choose(&mut self, a: Value, b: Value, lower: bool) -> Result<Value, Unsupported> {
        let (a_side, b_side, den, by) = self.aligned(a, b)?;
        if let (Value::Constant(a), Value::Constant(b)) = (a, b) {
            let takes_a = (a_side.least <= b_side.least) == lower;
            return Ok(Value::Constant(if takes_a { a } else { b }));
        }
        let (operation, bounds): (Operation, (i128, i128)) = if lower {
            let bounds = (a_side.least.min(b_side.least), a_side.most.min(b_side.most));
            (Operation::Least(a_side.operand, b_side.operand), bounds)
        } else {
            let bounds = (a_side.least.max(b_side.least), a_side.most.max(b_side.most));
            (Operation::Greatest(a_side.operand, b_side.operand), bounds)
        };
        self.push(operation, den, by, bounds, a_side.widest().max(b_side.widest()))
    }

    /// Every decision that can come out differently in another lane is a guard.
    fn guard_decisions(&mut self) -> Result<(), Unsupported> {
        let (mut seen, mut tests) = (HashSet::new(), HashSet::new());
        for decision in self.record.decisions() {
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
            let (a, b, _, _) = self.aligned(a, b)?;
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
            self.guards.push(Guard { test, outcome: decision.outcome, is_narrow });
        }
        Ok(())
    }

    /// Inputs that were read beside the formulas must read alike.
    fn guard_reads(&mut self, inputs: &[LaneInput]) -> Result<(), Unsupported> {
        let mut seen = HashSet::new();
        for read in self.record.reads() {
            let (Read::Value(of) | Read::Digits(of, _)) = *read;
            let Some(input) = inputs.iter().find(|input| input.input == of) else { continue };
            if !seen.insert(*read) {
                continue;
            }
            let Some(Value::Lanes(LaneValue { slot, .. })) = self.by_input.get(&of.0).copied() else { continue };
            let lane = Operand::Lane(slot, 1);
            match *read {
                Read::Value(_) => {
                    // The value of the evaluation that was recorded stands at its first use.
                    let recorded = self.recorded(of, input.digits).ok_or(Unsupported)?;
                    let test = Test::Equal(lane, Operand::Constant(recorded));
                    self.guards.push(Guard { test, outcome: true, is_narrow: true });
                }
                Read::Digits(_, digits) => self.guard_digits(lane, digits, input.digits)?,
            }
        }
        Ok(())
    }

    /// The whole number that an input had in the evaluation that was recorded.
    fn recorded(&self, input: crate::scenario::Input, digits: u32) -> Option<i128> {
        let value = self.record.value_of(input)?;
        let scale = 10_i128.checked_pow(digits)?;
        let ratio = Ratio::of(value)?;
        (scale % ratio.den == 0).then(|| ratio.num * (scale / ratio.den))
    }

    /// A price that is written with more decimals than the minor unit has keeps them when it rises.
    fn guard_digits(&mut self, lane: Operand, digits: u32, of_input: u32) -> Result<(), Unsupported> {
        if of_input <= self.minor_digits {
            return Ok(());
        }
        let multiple = |digits: u32| 10_i128.checked_pow(of_input - digits).ok_or(Unsupported);
        let most = digits.max(self.minor_digits);
        let at_most = Test::Multiple(lane, multiple(most)?);
        self.guards.push(Guard { test: at_most, outcome: true, is_narrow: false });
        if digits > self.minor_digits {
            let fewer = Test::Multiple(lane, multiple(digits - 1)?);
            self.guards.push(Guard { test: fewer, outcome: false, is_narrow: false });
        }
        Ok(())
    }

    fn output(&mut self, wanted: &Wanted, discounts: &[f64]) -> Result<Output, Unsupported> {
        let scale = 10_i128.checked_pow(self.minor_digits).ok_or(Unsupported)?;
        let mut output = Output { constant: (0.0, 0.0), parts: Vec::new() };
        let mut most_total: i128 = 0;
        for (amount, months) in &wanted.amounts {
            let value = self.value(*amount)?;
            if value.by().is_some() {
                return Err(Unsupported);
            }
            let side = value.over(scale)?;
            let times = months.len() as f64;
            let weight: f64 = months.iter().map(|&month| discounts[month as usize]).sum();
            most_total = add(most_total, mul(side.widest(), months.len() as i128)?)?;
            match side.operand {
                Operand::Constant(num) => {
                    output.constant.0 += num as f64 * times;
                    output.constant.1 += num as f64 * weight;
                }
                Operand::Lane(slot, factor) => output.parts.push((slot, times * factor as f64, weight * factor as f64)),
            }
        }
        // Totals are whole minor units in doubles.
        if most_total >= NARROW { Err(Unsupported) } else { Ok(output) }
    }
}

/// What is known of a step before it is worked out.
#[derive(Clone, Copy, Debug)]
struct Trait {
    /// Whether it depends on an input that varies.
    varies: bool,
    /// Whether a decimal holds it to the last digit: nothing was divided since it was last rounded,
    /// and it is short enough.
    is_exact: bool,
}

fn traits(record: &Record, inputs: &[LaneInput]) -> Vec<Trait> {
    /// A decimal with more digits may have lost some.
    const LONGEST: i128 = 10_i128.pow(24);
    let mut traits: Vec<Trait> = Vec::with_capacity(record.steps().len());
    for step in record.steps() {
        let of = |part: &Traced| traits[part.index()];
        let both = |a: &Traced, b: &Traced| (of(a).varies || of(b).varies, of(a).is_exact && of(b).is_exact);
        let (varies, is_exact) = match &step.how {
            How::Constant => (false, true),
            How::Input(input) => (inputs.iter().any(|lane| lane.input == *input), true),
            How::Sum(a, b) | How::Difference(a, b) | How::Product(a, b) | How::Least(a, b) | How::Greatest(a, b) => {
                both(a, b)
            }
            How::Quotient(a, b) => (both(a, b).0, false),
            How::Rounded(a, _) | How::Ceiling(a) | How::Floor(a) => (of(a).varies, true),
            How::Power(a, _) => (of(a).varies, of(a).is_exact),
        };
        let is_short = step.value.0.is_some_and(|value| value.mantissa().abs() < LONGEST);
        traits.push(Trait { varies, is_exact: is_exact && is_short });
    }
    traits
}

/// A value over a denominator, as an operand with its bounds.
#[derive(Clone, Copy, Debug)]
struct Side {
    operand: Operand,
    least: i128,
    most: i128,
}

impl Side {
    fn times(self, factor: i128) -> Self {
        let operand = match self.operand {
            Operand::Lane(slot, by) => Operand::Lane(slot, by.saturating_mul(factor)),
            Operand::Constant(value) => Operand::Constant(value.saturating_mul(factor)),
        };
        let (a, b) = (self.least.saturating_mul(factor), self.most.saturating_mul(factor));
        Self { operand, least: a.min(b), most: a.max(b) }
    }

    /// The largest whole number that it or its factor can be.
    fn widest(&self) -> i128 {
        let factor = match self.operand {
            Operand::Lane(_, factor) => factor.saturating_abs(),
            Operand::Constant(value) => value.saturating_abs(),
        };
        magnitude((self.least, self.most)).max(factor)
    }
}

impl Divisor {
    fn as_lanes(self) -> LaneValue {
        LaneValue { slot: self.slot, den: 1, least: self.least, most: self.most, by: None }
    }
}

impl Value {
    fn den(self) -> i128 {
        match self {
            Self::Constant(ratio) => ratio.den,
            Self::Lanes(lanes) => lanes.den,
        }
    }

    fn by(self) -> Option<Divisor> {
        match self {
            Self::Constant(_) => None,
            Self::Lanes(lanes) => lanes.by,
        }
    }

    fn without_divisor(self) -> Self {
        match self {
            Self::Constant(_) => self,
            Self::Lanes(lanes) => Self::Lanes(LaneValue { by: None, ..lanes }),
        }
    }

    /// The value over a denominator that is a multiple of its own.
    fn over(self, whole: i128) -> Result<Side, Unsupported> {
        if whole % self.den() != 0 {
            return Err(Unsupported);
        }
        let factor = whole / self.den();
        Ok(match self {
            Self::Constant(ratio) => {
                let value = mul(ratio.num, factor)?;
                Side { operand: Operand::Constant(value), least: value, most: value }
            }
            Self::Lanes(LaneValue { slot, least, most, .. }) => {
                Side { operand: Operand::Lane(slot, factor), least: mul(least, factor)?, most: mul(most, factor)? }
            }
        })
    }
}

/// Whether bounds alone say how a comparison comes out, and that is as recorded.
fn is_settled(a: &Side, b: &Side, is_above: bool, outcome: bool) -> bool {
    let always = if is_above { a.least > b.most } else { a.least == a.most && a.least == b.least && b.least == b.most };
    let never = if is_above { a.most <= b.least } else { a.most < b.least || a.least > b.most };
    (always && outcome) || (never && !outcome)
}

fn parts(how: &How) -> Vec<Traced> {
    match how {
        How::Constant | How::Input(_) => Vec::new(),
        How::Sum(a, b)
        | How::Difference(a, b)
        | How::Product(a, b)
        | How::Quotient(a, b)
        | How::Least(a, b)
        | How::Greatest(a, b) => vec![*a, *b],
        How::Rounded(a, _) | How::Ceiling(a) | How::Floor(a) | How::Power(a, _) => vec![*a],
    }
}

fn magnitude((least, most): (i128, i128)) -> i128 {
    least.saturating_abs().max(most.saturating_abs())
}

fn add(a: i128, b: i128) -> Result<i128, Unsupported> {
    a.checked_add(b).ok_or(Unsupported)
}

fn mul(a: i128, b: i128) -> Result<i128, Unsupported> {
    a.checked_mul(b).ok_or(Unsupported)
}

fn extent(corners: &[i128]) -> (i128, i128) {
    let least = corners.iter().copied().fold(i128::MAX, i128::min);
    (least, corners.iter().copied().fold(i128::MIN, i128::max))
}
