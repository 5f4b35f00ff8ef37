//! The arithmetic of a program while it is made: every operation becomes an instruction, once.

use rustc_hash::FxHashMap as HashMap;

use super::arena::Slot;
use super::instruction::{Instruction, Operand, Operation};
use super::ratio::{Ratio, divide_rounding, gcd, lcm};
use super::steps::LongSum;
use super::value::{Divisor, LaneValue, NARROW, Side, Unsupported, Value, WIDE, add, extent, magnitude, mul};

/// Instructions so far, and the values they give.
#[derive(Debug, Default)]
pub struct Builder {
    /// What was worked out already, so that nothing is twice.
    done: HashMap<Operation, Slot>,
    /// What each sum was made of, and the largest whole number in it.
    sums: HashMap<Slot, (Operand, Operand, i128)>,
    /// The instructions, in the order they run.
    pub instructions: Vec<Instruction>,
    /// Sums at their end.
    pub totals: Vec<LongSum>,
    narrow: u32,
    wide: u32,
}

impl Builder {
    /// A place for values up to a magnitude.
    pub fn slot(&mut self, most: i128) -> Slot {
        let count = if most < NARROW { &mut self.narrow } else { &mut self.wide };
        *count += 1;
        if most < NARROW { Slot::Narrow(*count - 1) } else { Slot::Wide(*count - 1) }
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
        if let Operation::Sum(a, b) = operation {
            self.sums.insert(slot, (a, b, widest));
        }
        let is_narrow = widest < NARROW && operation.has_narrow_operands();
        self.instructions.push(Instruction { operation, to: slot, widest, is_narrow });
        Ok(Value::Lanes(LaneValue { slot, den, least, most, by }))
    }

    /// Two values over one denominator and one divisor.
    pub fn aligned(&mut self, a: Value, b: Value) -> Result<(Side, Side, i128, Option<Divisor>), Unsupported> {
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

    /// The sum, or the difference where the sign is -1.
    pub fn sum(&mut self, a: Value, b: Value, sign: i128) -> Result<Value, Unsupported> {
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

    /// The product.
    pub fn product(&mut self, a: Value, b: Value) -> Result<Value, Unsupported> {
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
    pub fn quotient(&mut self, a: Value, b: LaneValue) -> Result<Value, Unsupported> {
        if b.least <= 0 {
            return Err(Unsupported);
        }
        if a.is_zero() {
            return Ok(a);
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

    /// Rounded half away from zero to so many decimals.
    pub fn rounded(&mut self, value: Value, digits: u32) -> Result<Value, Unsupported> {
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

    /// The next whole number up, or down.
    pub fn whole(&mut self, value: Value, up: bool) -> Result<Value, Unsupported> {
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

    /// The lower or the higher of two; where bounds settle which, there is nothing to do.
    pub fn choose(&mut self, a: Value, b: Value, lower: bool) -> Result<Value, Unsupported> {
        let (a_side, b_side, den, by) = self.aligned(a, b)?;
        if let (Value::Constant(a), Value::Constant(b)) = (a, b) {
            let takes_a = (a_side.least <= b_side.least) == lower;
            return Ok(Value::Constant(if takes_a { a } else { b }));
        }
        if a_side.most <= b_side.least {
            return Ok(if lower { a } else { b });
        }
        if b_side.most <= a_side.least {
            return Ok(if lower { b } else { a });
        }
        if !lower && b.is_zero() {
            return self.excess(a_side, den, by);
        }
        if !lower && a.is_zero() {
            return self.excess(b_side, den, by);
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

    /// The higher of a value and zero; of a sum in one go.
    fn excess(&mut self, of: Side, den: i128, by: Option<Divisor>) -> Result<Value, Unsupported> {
        let bounds = (of.least.max(0), of.most.max(0));
        let sum = match of.operand {
            Operand::Lane(slot, 1) => self.sums.get(&slot).copied(),
            _ => None,
        };
        let (a, b, widest) = sum.unwrap_or((of.operand, Operand::Constant(0), of.widest()));
        self.push(Operation::Excess(a, b), den, by, bounds, widest)
    }
}
