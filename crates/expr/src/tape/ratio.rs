//! Exact fractions for what is known when a program is made.

use rust_decimal::Decimal;

/// A fraction in lowest terms, its denominator above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    /// The numerator.
    pub num: i128,
    /// The denominator.
    pub den: i128,
}

impl Ratio {
    /// A fraction; none where it overflows or the denominator is zero.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        let common = gcd(num, den).max(1);
        let sign = if den < 0 { -1 } else { 1 };
        Some(Self { num: (num / common).checked_mul(sign)?, den: (den / common).checked_mul(sign)? })
    }

    /// A decimal as a fraction.
    pub fn of(value: Decimal) -> Option<Self> {
        let value = value.normalize();
        Self::new(value.mantissa(), 10_i128.checked_pow(value.scale())?)
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let den = lcm(self.den, other.den)?;
        let over = |of: Self| of.num.checked_mul(den / of.den);
        Self::new(over(self)?.checked_add(over(other)?)?, den)
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        let (a, b) = (Self::new(self.num, other.den)?, Self::new(other.num, self.den)?);
        Self::new(a.num.checked_mul(b.num)?, a.den.checked_mul(b.den)?)
    }

    /// The reciprocal.
    pub fn inverse(self) -> Option<Self> {
        Self::new(self.den, self.num)
    }

    /// The negative.
    pub fn negative(self) -> Self {
        Self { num: -self.num, den: self.den }
    }
}

/// The greatest common divisor.
pub fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1)
}

/// The least common multiple; none where it overflows.
pub fn lcm(a: i128, b: i128) -> Option<i128> {
    (a / gcd(a, b).max(1)).checked_mul(b)
}

/// A quotient rounded half away from zero; the divisor is above zero.
pub fn divide_rounding(num: i128, den: i128) -> i128 {
    let (quotient, rest) = (num / den, num % den);
    let away = rest.unsigned_abs() >= den.unsigned_abs() - rest.unsigned_abs();
    if rest != 0 && away { quotient + num.signum() } else { quotient }
}
