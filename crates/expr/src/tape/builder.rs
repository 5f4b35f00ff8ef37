//! The arithmetic of a program while it is made: every operation becomes an instruction, once.

use rustc_hash::FxHashMap as HashMap;

use super::instruction::{Instruction, Operand, Operation};
use super::quotient::Quotient;
use super::ratio::{Ratio, divide_rounding, lcm};
use super::registers::Register;
use super::sum::LongSum;
use super::value::{Divisor, LaneValue, NARROW, Side, Unsupported, Value, WIDE, magnitude};
use crate::interval::Interval;

/// Instructions so far, and the values they give.
#[derive(Debug, Default)]
pub struct Builder {
    /// What was worked out already, so that nothing is twice.
    done: HashMap<Operation, Register>,
    /// The instructions, in the order they run.
    pub instructions: Vec<Instruction>,
    /// Sums at their end.
    pub totals: Vec<LongSum>,
    /// The products of several divisors, by their places in order, and the divisors by the place of the product.
    products: HashMap<Vec<Register>, Divisor>,
    factors: HashMap<Register, Vec<Divisor>>,
    narrow: u32,
    wide: u32,
}

impl Builder {
    /// A place for values up to a magnitude.
    pub fn register(&mut self, max: i128) -> Register {
        let count = if max < NARROW { &mut self.narrow } else { &mut self.wide };
        *count += 1;
        if max < NARROW { Register::Narrow(*count - 1) } else { Register::Wide(*count - 1) }
    }

    fn push(
        &mut self,
        operation: Operation,
        den: i128,
        by: Option<Divisor>,
        bounds: Interval<i128>,
        widest: i128,
    ) -> Result<Value, Unsupported> {
        if den >= WIDE {
            return Err(Unsupported);
        }
        let register = self.done(operation, bounds, widest, None)?;
        Ok(Value::Lanes(LaneValue { register, times: Ratio { num: 1, den }, bounds, by }))
    }

    /// Where the result of an operation lies.
    fn done(
        &mut self,
        operation: Operation,
        bounds: Interval<i128>,
        widest: i128,
        quotient: Option<Quotient>,
    ) -> Result<Register, Unsupported> {
        if widest >= WIDE {
            return Err(Unsupported);
        }
        if let Some(&register) = self.done.get(&operation) {
            return Ok(register);
        }
        let to = self.register(magnitude(bounds));
        self.done.insert(operation, to);
        let is_narrow = widest < NARROW && operation.has_narrow_operands();
        self.instructions.push(Instruction { operation, to, widest, is_narrow, quotient });
        Ok(to)
    }

    /// Two values over one denominator and one divisor.
    pub fn aligned(&mut self, a: Value, b: Value) -> Result<(Side, Side, i128, Option<Divisor>), Unsupported> {
        let (of_a, of_b) = (self.factors(a.by()), self.factors(b.by()));
        let (only_a, only_b) = (without(&of_a, &of_b), without(&of_b, &of_a));
        let (a, b) = (self.multiplied(a, &only_b)?, self.multiplied(b, &only_a)?);
        let by = self.divisor([of_a, only_b].concat())?;
        let den = lcm(a.den(), b.den()).ok_or(Unsupported)?;
        Ok((a.over(den)?, b.over(den)?, den, by))
    }

    /// The numerator of a value times some divisors; its own divisor is for the caller to see to.
    fn multiplied(&mut self, value: Value, by: &[Divisor]) -> Result<Value, Unsupported> {
        match self.divisor(by.to_vec())? {
            None => Ok(value.without_divisor()),
            Some(by) => self.product(value.without_divisor(), Value::Lanes(by.as_lanes())),
        }
    }

    /// The divisors that a divisor is the product of.
    fn factors(&self, by: Option<Divisor>) -> Vec<Divisor> {
        let of = |by: Divisor| self.factors.get(&by.register).cloned().unwrap_or_else(|| vec![by]);
        by.map(of).unwrap_or_default()
    }

    /// The product of some divisors; none of none.
    fn divisor(&mut self, mut factors: Vec<Divisor>) -> Result<Option<Divisor>, Unsupported> {
        factors.sort_by_key(|by| by.register);
        let Some((&first, others)) = factors.split_first() else { return Ok(None) };
        if others.is_empty() {
            return Ok(Some(first));
        }
        let places: Vec<Register> = factors.iter().map(|by| by.register).collect();
        if let Some(&product) = self.products.get(&places) {
            return Ok(Some(product));
        }
        let multiplied = |product, by: &Divisor| self.product(product, Value::Lanes(by.as_lanes()));
        let product = others.iter().try_fold(Value::Lanes(first.as_lanes()), multiplied)?;
        // All are whole numbers as they are, and so is their product.
        let Value::Lanes(LaneValue { register, bounds, .. }) = product else { return Err(Unsupported) };
        let product = Divisor { register, bounds };
        self.products.insert(places, product);
        self.factors.insert(register, factors);
        Ok(Some(product))
    }

    /// The sum, or the difference where the sign is -1.
    pub fn sum(&mut self, a: Value, b: Value, sign: i128) -> Result<Value, Unsupported> {
        if let (Value::Constant(a), Value::Constant(b)) = (a, b) {
            let b = if sign < 0 { b.negative() } else { b };
            return a.plus(b).map(Value::Constant).ok_or(Unsupported);
        }
        if let (Value::Lanes(a), Value::Lanes(b)) = (a, b)
            && (a.register, a.by) == (b.register, b.by)
        {
            let of_b = b.times.times(Ratio { num: sign, den: 1 });
            return a.so_often(of_b.and_then(|of_b| a.times.plus(of_b)));
        }
        if b.is_zero() {
            return Ok(a);
        }
        if a.is_zero() {
            return self.product(b, Value::Constant(Ratio { num: sign, den: 1 }));
        }
        let (a, b, den, by) = self.aligned(a, b)?;
        let b = b.times(sign);
        let bounds = a.bounds.corners(b.bounds, i128::checked_add).ok_or(Unsupported)?;
        let widest = a.widest().max(b.widest()).max(magnitude(bounds));
        let (a, b) = in_order(a.operand, b.operand);
        self.push(Operation::Sum(a, b), den, by, bounds, widest)
    }

    /// The product.
    pub fn product(&mut self, a: Value, b: Value) -> Result<Value, Unsupported> {
        let (a, b) = match (a, b) {
            (Value::Constant(a), Value::Constant(b)) => return a.times(b).map(Value::Constant).ok_or(Unsupported),
            (Value::Lanes(lanes), Value::Constant(by)) | (Value::Constant(by), Value::Lanes(lanes)) => {
                return lanes.so_often(lanes.times.times(by));
            }
            (Value::Lanes(a), Value::Lanes(b)) => (a, b),
        };
        let by = self.divisor([self.factors(a.by), self.factors(b.by)].concat())?;
        let bounds = a.bounds.corners(b.bounds, i128::checked_mul).ok_or(Unsupported)?;
        let widest = magnitude(a.bounds).max(magnitude(b.bounds)).max(magnitude(bounds));
        let (of_a, of_b) = in_order(Operand::Lane(a.register, 1), Operand::Lane(b.register, 1));
        let register = self.done(Operation::Product(of_a, of_b), bounds, widest, None)?;
        let times = Ratio { num: 1, den: 1 };
        LaneValue { register, times, bounds, by }.so_often(a.times.times(b.times))
    }

    /// A quotient by lanes that are above zero.
    pub fn quotient(&mut self, a: Value, b: LaneValue) -> Result<Value, Unsupported> {
        if b.bounds.min <= 0 || b.times.num < 0 {
            return Err(Unsupported);
        }
        if a.is_zero() {
            return Ok(a);
        }
        // What both are divided by is in neither.
        let (own, of_b) = (self.factors(a.by()), self.factors(b.by));
        let (mut divisors, lifted) = (without(&own, &of_b), without(&of_b, &own));
        let mut one_over = b.times.inverse().ok_or(Unsupported)?;
        if b.bounds.min == b.bounds.max {
            one_over = one_over.times(Ratio { num: 1, den: b.bounds.min }).ok_or(Unsupported)?;
        } else {
            divisors.extend(self.factors(Some(Divisor { register: b.register, bounds: b.bounds })));
        }
        let value = self.product(a.without_divisor(), Value::Constant(one_over))?;
        let value = self.multiplied(value, &lifted)?;
        let Some(by) = self.divisor(divisors)? else { return Ok(value) };
        match value {
            Value::Lanes(lanes) => Ok(Value::Lanes(LaneValue { by: Some(by), ..lanes })),
            Value::Constant(ratio) => {
                // A constant numerator becomes lanes that all hold it.
                let bounds = Interval::point(ratio.num);
                let constant = Operation::Sum(Operand::Constant(ratio.num), Operand::Constant(0));
                self.push(constant, ratio.den, Some(by), bounds, magnitude(bounds))
            }
        }
    }

    /// Rounded half away from zero to this many decimal places.
    pub fn rounded(&mut self, value: Value, digits: u32) -> Result<Value, Unsupported> {
        let scale = 10_i128.checked_pow(digits).ok_or(Unsupported)?;
        self.divided(value, scale, Operation::Rounded, divide_rounding)
    }

    /// The next whole number up, or down.
    pub fn whole(&mut self, value: Value, up: bool) -> Result<Value, Unsupported> {
        match up {
            true => self.divided(value, 1, Operation::Ceiling, |num, by| -(-num).div_euclid(by)),
            false => self.divided(value, 1, Operation::Floor, i128::div_euclid),
        }
    }

    /// A whole number of a unit, of which this many are one.
    fn divided(
        &mut self,
        value: Value,
        units: i128,
        operation: fn(Operand, Operand) -> Operation,
        divide: impl Fn(i128, i128) -> i128,
    ) -> Result<Value, Unsupported> {
        let unit = Ratio { num: 1, den: units };
        let in_units = |times: Ratio| times.times(Ratio { num: units, den: 1 }).ok_or(Unsupported);
        let lanes = match value {
            Value::Constant(of) => {
                let of = in_units(of)?;
                return Ratio::new(divide(of.num, of.den), units).map(Value::Constant).ok_or(Unsupported);
            }
            Value::Lanes(lanes) => LaneValue { times: in_units(lanes.times)?, ..lanes },
        };
        let (side, by) = (lanes.numerator()?, lanes.times.den);
        let (widest_by, bounds, operation) = match lanes.by {
            // It is whole as it is.
            None if by == 1 => return lanes.so_often(lanes.times.times(unit)),
            None => {
                let bounds = side.bounds.map(|end| Some(divide(end, by))).ok_or(Unsupported)?;
                (by, bounds, operation(side.operand, Operand::Constant(by)))
            }
            Some(divisor) => {
                let divisors = divisor.bounds.map(|end| end.checked_mul(by)).ok_or(Unsupported)?;
                let bounds = side.bounds.corners(divisors, |num, by| Some(divide(num, by))).ok_or(Unsupported)?;
                (divisors.max, bounds, operation(side.operand, Operand::Lane(divisor.register, by)))
            }
        };
        let quotient = Quotient::of(operation, side.bounds);
        let register = self.done(operation, bounds, side.widest().max(widest_by), quotient)?;
        LaneValue { register, times: unit, bounds, by: None }.so_often(Some(unit))
    }

    /// The lower or the higher of two; where bounds settle which, there is nothing to do.
    pub fn choose(&mut self, a: Value, b: Value, lower: bool) -> Result<Value, Unsupported> {
        if a.is_clearly_below(b) || b.is_clearly_below(a) {
            return Ok(if a.is_clearly_below(b) == lower { a } else { b });
        }
        let (a_side, b_side, den, by) = self.aligned(a, b)?;
        if let (Value::Constant(a), Value::Constant(b)) = (a, b) {
            let takes_a = (a_side.bounds.min <= b_side.bounds.min) == lower;
            return Ok(Value::Constant(if takes_a { a } else { b }));
        }
        if a_side.bounds.max <= b_side.bounds.min {
            return Ok(if lower { a } else { b });
        }
        if b_side.bounds.max <= a_side.bounds.min {
            return Ok(if lower { b } else { a });
        }
        if !lower && b.is_zero() {
            return self.excess(a_side, den, by);
        }
        if !lower && a.is_zero() {
            return self.excess(b_side, den, by);
        }
        let (operation, bounds) = if lower {
            (Operation::Min(a_side.operand, b_side.operand), a_side.bounds.lower(b_side.bounds))
        } else {
            (Operation::Max(a_side.operand, b_side.operand), a_side.bounds.higher(b_side.bounds))
        };
        self.push(operation, den, by, bounds, a_side.widest().max(b_side.widest()))
    }

    /// The higher of a value and zero.
    fn excess(&mut self, of: Side, den: i128, by: Option<Divisor>) -> Result<Value, Unsupported> {
        let bounds = of.bounds.higher(Interval::point(0));
        self.push(Operation::Excess(of.operand, Operand::Constant(0)), den, by, bounds, of.widest())
    }
}

/// Some divisors without others, each as often as it is there.
fn without(divisors: &[Divisor], others: &[Divisor]) -> Vec<Divisor> {
    let mut left = divisors.to_vec();
    for other in others {
        if let Some(place) = left.iter().position(|by| by.register == other.register) {
            left.remove(place);
        }
    }
    left
}

/// Operands in the order of their places, a constant last, so that the same is found again.
fn in_order(a: Operand, b: Operand) -> (Operand, Operand) {
    let is_before = match (a, b) {
        (Operand::Lane(a, _), Operand::Lane(b, _)) => a <= b,
        (_, Operand::Constant(_)) => true,
        (Operand::Constant(_), _) => false,
    };
    if is_before { (a, b) } else { (b, a) }
}
