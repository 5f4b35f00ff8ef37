//! The arithmetic that every formula of the model is written over.
//!
//! A formula is written once, against [`Number`], and run on several arithmetics: [`Exact`]
//! decimals make the figures, [`crate::trace::Traced`] decimals remember how a figure was made.
//! So an explanation can never disagree with the figure. Rounding has one rule, half away from
//! zero, and is in one function, [`round_half_away`].

use std::ops::{Add, Div, Mul, Sub};

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

/// The place of a number in the table of a scenario's inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Input(pub u32);

/// A number that a formula of the model can be run on.
///
/// Overflow is sticky: an operation that overflows gives a number without a value, and so does
/// everything computed from it, until someone asks for the value and names the figure.
pub trait Number:
    Copy
    + std::fmt::Debug
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
{
    /// Whether its trace records by itself which inputs a value came from.
    const IS_TRACED: bool = false;

    /// A constant of the model, such as the 12 months of a year.
    fn constant(value: Decimal) -> Self;

    /// The value of an input of the scenario.
    fn input(input: Input, value: Decimal) -> Self;

    /// The exact value, without its history.
    fn exact(self) -> Exact;

    /// Rounds half away from zero to `digits` decimal places.
    fn round(self, digits: u32) -> Self;

    /// The next whole number at or above.
    fn ceil(self) -> Self;

    /// The whole number at or below.
    fn floor(self) -> Self;

    /// The lower of two.
    fn min(self, other: Self) -> Self;

    /// The higher of two.
    fn max(self, other: Self) -> Self;

    /// A whole power.
    fn power(self, exponent: u32) -> Self;

    /// Whether the value is above another. A formula that decides by a value asks this, so that an
    /// arithmetic can know what was decided.
    fn is_above(self, other: Self) -> bool;

    /// Gives the value a name in explanations. The text is only made where someone will read it.
    fn named(self, name: impl FnOnce() -> String) -> Self;

    /// A whole constant.
    fn whole(value: i64) -> Self {
        Self::constant(Decimal::from(value))
    }

    /// Nothing.
    fn zero() -> Self {
        Self::whole(0)
    }

    /// One.
    fn one() -> Self {
        Self::whole(1)
    }

    /// Whether the value is exactly zero.
    fn is_zero(self) -> bool;

    /// Whether the value is above zero.
    fn is_positive(self) -> bool {
        self.is_above(Self::zero())
    }
}

/// An exact decimal, or none where a result overflowed.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Exact(pub Option<Decimal>);

impl Exact {
    /// The value as a double, for probabilities; NaN where it overflowed.
    pub fn to_f64(self) -> f64 {
        use rust_decimal::prelude::ToPrimitive;
        self.0.and_then(|value| value.to_f64()).unwrap_or(f64::NAN)
    }

    fn both(self, other: Self, op: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Self {
        match (self.0, other.0) {
            (Some(a), Some(b)) => Exact(op(a, b)),
            _ => Exact(None),
        }
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.both(other, |a, b| a.checked_add(b))
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.both(other, |a, b| a.checked_sub(b))
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.both(other, |a, b| a.checked_mul(b))
    }
}

impl Div for Exact {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.both(other, |a, b| a.checked_div(b))
    }
}

impl Number for Exact {
    fn constant(value: Decimal) -> Self {
        Exact(Some(value))
    }

    fn input(_: Input, value: Decimal) -> Self {
        Exact(Some(value))
    }

    fn exact(self) -> Exact {
        self
    }

    fn round(self, digits: u32) -> Self {
        Exact(self.0.map(|value| round_half_away(value, digits)))
    }

    fn ceil(self) -> Self {
        Exact(self.0.map(|value| settle(value).ceil()))
    }

    fn floor(self) -> Self {
        Exact(self.0.map(|value| settle(value).floor()))
    }

    fn is_above(self, other: Self) -> bool {
        matches!((self.0, other.0), (Some(a), Some(b)) if a > b)
    }

    fn is_zero(self) -> bool {
        self.0.is_some_and(|value| value.is_zero())
    }

    fn min(self, other: Self) -> Self {
        self.both(other, |a, b| Some(a.min(b)))
    }

    fn max(self, other: Self) -> Self {
        self.both(other, |a, b| Some(a.max(b)))
    }

    fn power(self, exponent: u32) -> Self {
        (0..exponent).fold(Self::one(), |product, _| product * self)
    }

    fn named(self, _: impl FnOnce() -> String) -> Self {
        self
    }
}

/// Rounds half away from zero to `digits` decimal places: 1.005 is 1.01, -0.005 is -0.01.
///
/// ```
/// use comanage_expr::number::round_half_away;
/// use rust_decimal::Decimal;
/// let third = Decimal::ONE / Decimal::from(3);
/// assert_eq!(round_half_away("2.675".parse().unwrap(), 2).to_string(), "2.68");
/// assert_eq!(round_half_away("-0.005".parse().unwrap(), 2).to_string(), "-0.01");
/// // A tie that is reached through a third is still a tie.
/// assert_eq!(round_half_away(third * "0.015".parse::<Decimal>().unwrap(), 2).to_string(), "0.01");
/// ```
pub fn round_half_away(value: Decimal, digits: u32) -> Decimal {
    settle(value).round_dp_with_strategy(digits, MidpointAwayFromZero)
}

/// A share as a percentage, exactly, without zeros that say nothing.
///
/// ```
/// use comanage_expr::number::percent;
/// use rust_decimal::Decimal;
/// assert_eq!(percent(Decimal::new(125, 3)), "12.5%");
/// assert_eq!(percent(Decimal::new(-20, 1)), "-200%");
/// assert_eq!(percent(Decimal::MAX), "7922816251426433759354395033500%");
/// ```
pub fn percent(share: Decimal) -> String {
    match share.scale() {
        // A mantissa has 96 bits, so a hundred times it fits.
        digits @ 0..=1 => format!("{}%", share.mantissa() * 10_i128.pow(2 - digits)),
        digits => format!("{}%", Decimal::from_i128_with_scale(share.mantissa(), digits - 2).normalize()),
    }
}

/// Takes the last four of more than 24 significant digits off, half away from zero.
///
/// A value with no finite decimal expansion, such as a twelfth, is carried to 28 digits, so a sum that
/// is a tie, or a whole number, can be off by one unit of the last digit. With 24 digits it is one
/// again; values that were exact to begin with have fewer digits and stay as they are.
fn settle(value: Decimal) -> Decimal {
    const FULL: i128 = 1_000_000_000_000_000_000_000_000;
    if value.mantissa().abs() < FULL || value.scale() < 4 {
        return value;
    }
    value.round_dp_with_strategy(value.scale() - 4, MidpointAwayFromZero)
}
