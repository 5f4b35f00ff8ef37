//! Values of a program while it is made: fractions whose denominators are known, with their bounds.

use super::instruction::{CLEAR, Fraction, Operand};
use super::ratio::Ratio;
use super::registers::Register;
use crate::interval::Interval;

/// Why no program can be made: the evaluation is left to decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsupported;

/// Numerators from here on are wide.
pub const NARROW: i128 = 1 << 51;
/// Numerators from here on overflow.
pub const WIDE: i128 = 1 << 120;

/// A value of a program: a fraction whose denominator is known.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// The same in every lane.
    Constant(Ratio),
    /// By lane, over a denominator.
    Lanes(LaneValue),
}

/// A whole number by lane, times a fraction and, where the model divides by something that varies,
/// over another whole number by lane. What is a multiple of another value needs no instruction of its
/// own.
#[derive(Clone, Copy, Debug)]
pub struct LaneValue {
    pub register: Register,
    /// Not zero.
    pub times: Ratio,
    /// What the whole number itself can be.
    pub bounds: Interval<i128>,
    pub by: Option<Divisor>,
}

/// A whole number by lane that is above zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divisor {
    pub register: Register,
    pub bounds: Interval<i128>,
}

/// A value over a denominator, as an operand with its bounds.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    pub operand: Operand,
    pub bounds: Interval<i128>,
}

impl Side {
    pub fn times(self, factor: i128) -> Self {
        let operand = match self.operand {
            Operand::Lane(register, by) => Operand::Lane(register, by.saturating_mul(factor)),
            Operand::Constant(value) => Operand::Constant(value.saturating_mul(factor)),
        };
        let bounds = self.bounds.map(|end| Some(end.saturating_mul(factor))).unwrap_or(self.bounds);
        Self { operand, bounds }
    }

    /// The largest whole number that it or its factor can be.
    pub fn widest(&self) -> i128 {
        let factor = match self.operand {
            Operand::Lane(_, factor) => factor.saturating_abs(),
            Operand::Constant(value) => value.saturating_abs(),
        };
        magnitude(self.bounds).max(factor)
    }
}

impl LaneValue {
    /// The same whole number times another fraction, if that fits.
    pub fn so_often(self, times: Option<Ratio>) -> Result<Value, Unsupported> {
        let times = times.ok_or(Unsupported)?;
        if times.num == 0 {
            return Ok(Value::Constant(times));
        }
        let of = Self { times, ..self };
        let widest = of.numerator()?.widest();
        if widest.max(times.den) >= WIDE { Err(Unsupported) } else { Ok(Value::Lanes(of)) }
    }

    /// What is over its denominator.
    pub fn numerator(self) -> Result<Side, Unsupported> {
        self.over(self.times.den)
    }

    fn over(self, whole: i128) -> Result<Side, Unsupported> {
        let times = mul(self.times.num, whole / self.times.den)?;
        let bounds = self.bounds.map(|end| end.checked_mul(times)).ok_or(Unsupported)?;
        Ok(Side { operand: Operand::Lane(self.register, times), bounds })
    }
}

impl Divisor {
    pub fn as_lanes(self) -> LaneValue {
        LaneValue { register: self.register, times: Ratio { num: 1, den: 1 }, bounds: self.bounds, by: None }
    }
}

impl Value {
    pub fn den(self) -> i128 {
        match self {
            Self::Constant(ratio) => ratio.den,
            Self::Lanes(lanes) => lanes.times.den,
        }
    }

    /// Whether it is nothing in every lane.
    pub fn is_zero(self) -> bool {
        matches!(self, Self::Constant(Ratio { num: 0, .. }))
    }

    pub fn by(self) -> Option<Divisor> {
        match self {
            Self::Constant(_) => None,
            Self::Lanes(lanes) => lanes.by,
        }
    }

    pub fn without_divisor(self) -> Self {
        match self {
            Self::Constant(_) => self,
            Self::Lanes(lanes) => Self::Lanes(LaneValue { by: None, ..lanes }),
        }
    }

    /// Whether it is below another in every lane, by bounds in doubles, clearly enough that their rounding does
    /// not matter.
    pub fn is_clearly_below(self, other: Self) -> bool {
        let (highest, lowest) = (self.range().1, other.range().0);
        highest + CLEAR * (highest.abs() + lowest.abs()) < lowest
    }

    /// The value as a fraction of lanes.
    pub fn fraction(self) -> Fraction {
        let one = Operand::Constant(1);
        match self {
            Self::Constant(times) => Fraction { of: one, times, by: one },
            Self::Lanes(LaneValue { register, times, by, .. }) => {
                let by = by.map_or(one, |by| Operand::Lane(by.register, 1));
                Fraction { of: Operand::Lane(register, 1), times, by }
            }
        }
    }

    /// The largest magnitude it can have, or a little less by rounding.
    pub fn highest(self) -> f64 {
        let (low, high) = self.range();
        low.abs().max(high.abs())
    }

    /// The least it can be, by bounds in doubles.
    pub fn lowest(self) -> f64 {
        self.range().0
    }

    /// The least and the most it can be.
    fn range(self) -> (f64, f64) {
        let of = |ratio: Ratio| ratio.num as f64 / ratio.den as f64;
        let lanes = match self {
            Self::Constant(ratio) => return (of(ratio), of(ratio)),
            Self::Lanes(lanes) => lanes,
        };
        let by = lanes.by.map_or((1.0, 1.0), |by| (by.bounds.min as f64, by.bounds.max as f64));
        let of_end = |end: i128, by: f64| end as f64 * of(lanes.times) / by;
        let (min, max) = (lanes.bounds.min, lanes.bounds.max);
        let ends = [of_end(min, by.0), of_end(min, by.1), of_end(max, by.0), of_end(max, by.1)];
        ends.into_iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)))
    }

    /// The value over a denominator that is a multiple of its own.
    pub fn over(self, whole: i128) -> Result<Side, Unsupported> {
        if whole % self.den() != 0 {
            return Err(Unsupported);
        }
        Ok(match self {
            Self::Constant(ratio) => {
                let value = mul(ratio.num, whole / ratio.den)?;
                Side { operand: Operand::Constant(value), bounds: Interval::point(value) }
            }
            Self::Lanes(lanes) => lanes.over(whole)?,
        })
    }
}

/// The largest magnitude within bounds.
pub fn magnitude(bounds: Interval<i128>) -> i128 {
    bounds.min.saturating_abs().max(bounds.max.saturating_abs())
}

pub fn add(a: i128, b: i128) -> Result<i128, Unsupported> {
    a.checked_add(b).ok_or(Unsupported)
}

pub fn mul(a: i128, b: i128) -> Result<i128, Unsupported> {
    a.checked_mul(b).ok_or(Unsupported)
}
