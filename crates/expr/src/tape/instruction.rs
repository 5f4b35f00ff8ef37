//! Instructions over lanes.

use super::LANES;
use super::quotient::Quotient;
use super::ratio::{Ratio, divide_rounding};
use super::registers::{ReadyOperand, Register, Registers};

/// How far apart numbers are, by their size, that doubles tell for certain; they are right to a millionth of it.
pub const CLEAR: f64 = 1e-9;

/// What an instruction works on: a lane value times a whole factor, or a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operand {
    /// A lane value and its factor.
    Lane(Register, i128),
    /// The same in every lane.
    Constant(i128),
}

/// What an instruction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// The sum.
    Sum(Operand, Operand),
    /// The product.
    Product(Operand, Operand),
    /// The lower of two.
    Min(Operand, Operand),
    /// The higher of two.
    Max(Operand, Operand),
    /// The sum, or zero where that is below zero.
    Excess(Operand, Operand),
    /// A quotient by a whole number above zero, rounded half away from zero.
    Rounded(Operand, Operand),
    /// A quotient by a whole number above zero, rounded up.
    Ceiling(Operand, Operand),
    /// A quotient by a whole number above zero, rounded down.
    Floor(Operand, Operand),
}

impl Operand {
    /// Whether it lies among the doubles.
    pub fn is_narrow(self) -> bool {
        !matches!(self, Self::Lane(Register::Wide(_), _))
    }

    /// The place it lies in; none for a constant.
    pub fn register(self) -> Option<Register> {
        match self {
            Self::Lane(register, _) => Some(register),
            Self::Constant(_) => None,
        }
    }

    /// The same from another place.
    pub fn with_register(self, place: impl Fn(Register) -> Register) -> Self {
        match self {
            Self::Lane(register, factor) => Self::Lane(place(register), factor),
            Self::Constant(_) => self,
        }
    }
}

impl Operation {
    /// Whether every operand lies among the doubles.
    pub fn has_narrow_operands(self) -> bool {
        self.operands().into_iter().all(Operand::is_narrow)
    }

    /// What it works on.
    pub fn operands(self) -> [Operand; 2] {
        match self {
            Self::Sum(a, b)
            | Self::Product(a, b)
            | Self::Min(a, b)
            | Self::Max(a, b)
            | Self::Excess(a, b)
            | Self::Rounded(a, b)
            | Self::Ceiling(a, b)
            | Self::Floor(a, b) => [a, b],
        }
    }

    /// The same with operands from other places.
    pub fn with_registers(self, place: impl Fn(Register) -> Register) -> Self {
        let [a, b] = self.operands().map(|operand| operand.with_register(&place));
        match self {
            Self::Sum(..) => Self::Sum(a, b),
            Self::Product(..) => Self::Product(a, b),
            Self::Min(..) => Self::Min(a, b),
            Self::Max(..) => Self::Max(a, b),
            Self::Excess(..) => Self::Excess(a, b),
            Self::Rounded(..) => Self::Rounded(a, b),
            Self::Ceiling(..) => Self::Ceiling(a, b),
            Self::Floor(..) => Self::Floor(a, b),
        }
    }
}

/// An instruction: an operation and where its result goes.
#[derive(Clone, Copy, Debug)]
pub struct Instruction {
    /// What it does.
    pub operation: Operation,
    /// Where the result goes.
    pub to: Register,
    /// The largest magnitude of operands, result and everything between.
    pub widest: i128,
    /// Whether operands, result and everything between are whole numbers that doubles hold.
    pub is_narrow: bool,
    /// How a narrow quotient is worked out without a division, if it can be.
    pub quotient: Option<Quotient>,
}

/// A condition that a lane must meet for the program to hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guard {
    /// What is compared.
    pub test: Test,
    /// What must come out.
    pub outcome: bool,
    /// Whether both sides are whole numbers that doubles hold.
    pub is_narrow: bool,
}

/// What a guard compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Whether the first is above the second.
    Above(Operand, Operand),
    /// Whether both are equal.
    Equal(Operand, Operand),
    /// Whether the first is a multiple of a whole number.
    Multiple(Operand, i128),
    /// Whether the first is above the second, of fractions that no denominator is common to: lanes in which they
    /// are too near each other to tell in doubles do not hold.
    ClearlyAbove(Fraction, Fraction),
}

/// A whole number times a fraction, over another whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// The whole number.
    pub of: Operand,
    /// The fraction.
    pub times: Ratio,
    /// What it is divided by.
    pub by: Operand,
}

impl Fraction {
    fn with_registers(self, place: impl Fn(Register) -> Register) -> Self {
        Self { of: self.of.with_register(&place), times: self.times, by: self.by.with_register(&place) }
    }

    fn doubles(self, registers: &Registers) -> [f64; LANES] {
        let (of, by) = (registers.doubles(self.of), registers.doubles(self.by));
        let times = self.times.num as f64 / self.times.den as f64;
        std::array::from_fn(|k| of[k] * times / by[k])
    }
}

impl Test {
    /// What it compares; a multiple has one operand.
    pub fn operands(self) -> Vec<Operand> {
        match self {
            Self::Above(a, b) | Self::Equal(a, b) => vec![a, b],
            Self::Multiple(a, of) => vec![a, Operand::Constant(of)],
            Self::ClearlyAbove(a, b) => vec![a.of, a.by, b.of, b.by],
        }
    }

    /// The same with operands from other places.
    pub fn with_registers(self, place: impl Fn(Register) -> Register) -> Self {
        match self {
            Self::Above(a, b) => Self::Above(a.with_register(&place), b.with_register(&place)),
            Self::Equal(a, b) => Self::Equal(a.with_register(&place), b.with_register(&place)),
            Self::Multiple(a, of) => Self::Multiple(a.with_register(&place), of),
            Self::ClearlyAbove(a, b) => Self::ClearlyAbove(a.with_registers(&place), b.with_registers(&place)),
        }
    }
}

impl Instruction {
    /// Works on every lane; `parts` are the operands of a narrow one.
    #[inline(always)]
    pub fn run(&self, parts: [ReadyOperand; 2], registers: &mut Registers) {
        if self.is_narrow { self.run_narrow(parts, registers) } else { self.run_wide(registers) }
    }

    /// All operands and the result are whole numbers in doubles.
    #[inline(always)]
    fn run_narrow(&self, parts: [ReadyOperand; 2], registers: &mut Registers) {
        use Operation::{Ceiling, Excess, Floor, Max, Min, Product, Rounded, Sum};
        match self.operation {
            // These are long sums.
            Sum(..) | Excess(..) => self.run_wide(registers),
            Product(..) => registers.narrow(self.to, parts, |a, b| a * b),
            Min(..) => registers.narrow(self.to, parts, |a, b| if b < a { b } else { a }),
            Max(..) => registers.narrow(self.to, parts, |a, b| if b > a { b } else { a }),
            Rounded(..) => registers.narrow(self.to, parts, round_half_away),
            Ceiling(..) => registers.narrow(self.to, parts, |a, by| -floor(-a, by)),
            Floor(..) => registers.narrow(self.to, parts, floor),
        }
    }

    #[inline(never)]
    fn run_wide(&self, registers: &mut Registers) {
        use Operation::{Ceiling, Excess, Floor, Max, Min, Product, Rounded, Sum};
        match self.operation {
            Sum(a, b) => registers.wide(self.to, a, b, |a, b| a + b),
            Product(a, b) => registers.wide(self.to, a, b, |a, b| a * b),
            Min(a, b) => registers.wide(self.to, a, b, Ord::min),
            Max(a, b) => registers.wide(self.to, a, b, Ord::max),
            Excess(a, b) => registers.wide(self.to, a, b, |a, b| (a + b).max(0)),
            Rounded(a, by) => registers.wide(self.to, a, by, divide_rounding),
            Ceiling(a, by) => registers.wide(self.to, a, by, |a, by| -(-a).div_euclid(by)),
            Floor(a, by) => registers.wide(self.to, a, by, i128::div_euclid),
        }
    }
}

/// `a / by` rounded half away from zero, exact for whole numbers below 2^51: one correctly rounded
/// division cannot reach a midpoint that the quotient does not lie on.
#[inline(always)]
fn round_half_away(a: f64, by: f64) -> f64 {
    whole_below(a.abs() / by + 0.5).copysign(a)
}

/// `a / by` rounded down, exact for whole numbers below 2^51.
#[inline(always)]
fn floor(a: f64, by: f64) -> f64 {
    let quotient = a / by;
    let magnitude = whole_below(quotient.abs());
    let is_whole = magnitude * by == a.abs();
    if quotient >= 0.0 {
        magnitude
    } else if is_whole {
        -magnitude
    } else {
        -magnitude - 1.0
    }
}

/// The whole number at or below a number from 0 to 2^51: adding 2^52 leaves no space for a fraction.
#[inline(always)]
fn whole_below(value: f64) -> f64 {
    const NO_FRACTION: f64 = (1_u64 << 52) as f64;
    let nearest = (value + NO_FRACTION) - NO_FRACTION;
    if nearest > value { nearest - 1.0 } else { nearest }
}

impl Guard {
    /// Strikes out the lanes that decide otherwise.
    #[inline(always)]
    pub fn check(&self, registers: &Registers, holds: &mut [bool; LANES]) {
        match (self.test, self.is_narrow) {
            (Test::Above(a, b), true) => registers.compare_narrow((a, b), |a, b| a > b, self.outcome, holds),
            (Test::Above(a, b), false) => registers.compare_wide((a, b), |a, b| a > b, self.outcome, holds),
            (Test::Equal(a, b), true) => registers.compare_narrow((a, b), |a, b| a == b, self.outcome, holds),
            (Test::Equal(a, b), false) => registers.compare_wide((a, b), |a, b| a == b, self.outcome, holds),
            (Test::ClearlyAbove(a, b), _) => compare_fractions(registers, (a, b), self.outcome, holds),
            (Test::Multiple(a, of), _) => {
                registers.compare_wide((a, Operand::Constant(of)), |a, of| a % of == 0, self.outcome, holds);
            }
        }
    }
}

/// Strikes out lanes for which a fraction is not clearly above another, or clearly below it.
#[inline(never)]
fn compare_fractions(registers: &Registers, (a, b): (Fraction, Fraction), is_above: bool, holds: &mut [bool; LANES]) {
    let (a, b) = (a.doubles(registers), b.doubles(registers));
    for k in 0..LANES {
        let margin = CLEAR * (a[k].abs() + b[k].abs());
        holds[k] &= if is_above { a[k] - margin > b[k] } else { a[k] + margin < b[k] };
    }
}
