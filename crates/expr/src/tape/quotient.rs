//! Quotients by what is known when a program is made: a multiplication in the place of a division.
//!
//! Apart because here alone doubles mean numbers that are not whole, and why the whole number that
//! comes out is still the right one has to be shown. Divisors that differ by lane, and numbers without
//! room, are left to divisions ([`super::instruction`]).

use pulp::Simd;

use super::instruction::{Operand, Operation};
use crate::interval::Interval;

/// What a quotient of a whole number is rounded to, by a multiplication.
///
/// For a whole `a` and a whole divisor `d` above zero let `x = a + s`, where `s` is
/// - `(1 - d) / 2` to round down: from one multiple of `d` to just before the next, `x / d` goes from
///   `1 / 2d` above one midpoint of whole numbers to `1 / 2d` below the next;
/// - `(d - 1) / 2` to round up, which mirrors that;
/// - to round half away from zero, nothing where `d` is odd, for then no quotient is a midpoint, and half
///   of the sign of `a` where `d` is even.
///
/// The nearest whole number to `x / d` is then the one that is looked for, and midpoints are `1 / 2d` away
/// or more. While `|x|` is below 2^51, `x` is a multiple of a half and exact in a double. The reciprocal
/// of `d` and its product with `x` are each off by a factor of at most `1 ± 2^-53`, together by less than
/// `|x| / d * 2^-52 * (1 + 2^-54)`; as `|x|` is at most `2^51 - 1/2`, that is less than `1 / 2d`, and no
/// midpoint is reached or passed. The same holds where the product is not rounded before the next
/// addition, as some processors do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quotient {
    /// What is added before.
    pub shift: f64,
    /// Whether half of the sign is added, too.
    is_away: bool,
    /// One over the divisor.
    reciprocal: f64,
}

/// What is divided stays below this, with what is added.
const MAX: i128 = 1 << 51;

impl Quotient {
    /// The quotient that an operation gives of whole numbers from one to another; none for other
    /// operations, for divisors that differ by lane, and where doubles overflow.
    pub fn of(operation: Operation, bounds: Interval<i128>) -> Option<Self> {
        let [_, Operand::Constant(by)] = operation.operands() else { return None };
        let is_even = by % 2 == 0;
        let (twice, is_away) = match operation {
            Operation::Floor(..) => (1 - by, false),
            Operation::Ceiling(..) => (by - 1, false),
            // Without a sign half of it is known.
            Operation::Rounded(..) if bounds.min >= 0 => (i128::from(is_even), false),
            Operation::Rounded(..) => (0, is_even),
            _ => return None,
        };
        let has_room =
            bounds.min.unsigned_abs().max(bounds.max.unsigned_abs()) + twice.unsigned_abs() / 2 + 1 < MAX as u128;
        let (shift, reciprocal) = (twice as f64 / 2.0, 1.0 / by as f64);
        (by > 0 && by < MAX && has_room).then_some(Self { shift, is_away, reciprocal })
    }

    /// The whole numbers for numbers that have the shift in them.
    #[inline(always)]
    pub fn nearest<S: Simd>(self, simd: S, shifted: S::f64s) -> S::f64s {
        let shifted = match self.is_away {
            false => shifted,
            true => {
                let sign = simd.and_f64s(shifted, simd.splat_f64s(-0.0));
                simd.add_f64s(shifted, simd.or_f64s(sign, simd.splat_f64s(0.5)))
            }
        };
        // Next to 1.5 * 2^52 there is no space for a fraction.
        let no_fraction = simd.splat_f64s((3_u64 << 51) as f64);
        let quotient = simd.mul_add_e_f64s(shifted, simd.splat_f64s(self.reciprocal), no_fraction);
        simd.sub_f64s(quotient, no_fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::ratio::divide_rounding;

    /// The nearest of some values by a quotient.
    struct Nearest<'v>(Quotient, &'v [i128; 64]);

    impl pulp::WithSimd for Nearest<'_> {
        type Output = [f64; 64];

        fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
            let mut values = self.1.map(|value| value as f64 + self.0.shift);
            let (vectors, _) = S::as_mut_simd_f64s(&mut values);
            vectors.iter_mut().for_each(|vector| *vector = self.0.nearest(simd, *vector));
            values
        }
    }

    /// Whole numbers around multiples of a divisor and the midpoints between, from all magnitudes up to
    /// one, with either sign.
    fn values(by: i128, max: i128, seed: &mut u64) -> [i128; 64] {
        std::array::from_fn(|nth| {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let magnitude = max >> ((*seed >> 33) % 52);
            let times = i128::from(*seed >> 8) % (magnitude / by + 1);
            let around = times * by + [0, by / 2, by / 2 + by % 2][nth % 3] + [-1, 0, 0, 1][nth / 3 % 4];
            let value = if nth % 7 == 0 { max - times % 4 } else { around.clamp(0, max) };
            if nth % 2 == 0 { value } else { -value }
        })
    }

    fn check(operation: Operation, by: i128, divide: fn(i128, i128) -> i128, seed: &mut u64) {
        let max = MAX - by / 2 - 2;
        if max <= 0 {
            return;
        }
        for (min, sign) in [(-max, 1), (0, 0)] {
            let bounds = Interval { min, max };
            let quotient = Quotient::of(operation, bounds).expect("there is room");
            let values = values(by, max, seed).map(|value| if sign == 0 { value.abs() } else { value });
            let expected = values.map(|value| divide(value, by) as f64);
            let fused = pulp::Arch::new().dispatch(Nearest(quotient, &values));
            let plain = pulp::WithSimd::with_simd(Nearest(quotient, &values), pulp::Scalar::new());
            assert_eq!(fused, expected, "{operation:?} of {values:?}");
            assert_eq!(plain, expected, "{operation:?} of {values:?}");
        }
    }

    #[test]
    fn a_multiplication_gives_what_a_division_gives() {
        let mut seed = 1;
        let powers = (0..51).flat_map(|power| [-1, 0, 1].map(|next| (1_i128 << power) + next));
        let tens = (0..15).flat_map(|power| [1, 2, 3, 4, 5, 7, 12, 18].map(|times| times * 10_i128.pow(power)));
        let divisors = (1..2_000).chain(powers.chain(tens).filter(|by| (1..MAX).contains(by)));
        for by in divisors {
            let [a, d] = [Operand::Constant(0), Operand::Constant(by)];
            for _ in 0..8 {
                check(Operation::Rounded(a, d), by, divide_rounding, &mut seed);
                check(Operation::Floor(a, d), by, i128::div_euclid, &mut seed);
                check(Operation::Ceiling(a, d), by, |a, by| -(-a).div_euclid(by), &mut seed);
            }
        }
    }

    #[test]
    fn numbers_without_room_are_left_to_divisions() {
        let [a, d] = [Operand::Constant(0), Operand::Constant(10)];
        assert!(Quotient::of(Operation::Floor(a, d), Interval { min: 0, max: MAX - 7 }).is_some());
        assert!(Quotient::of(Operation::Floor(a, d), Interval { min: 0, max: MAX - 5 }).is_none());
        assert!(Quotient::of(Operation::Rounded(a, d), Interval { min: -MAX, max: 0 }).is_none());
        assert!(Quotient::of(Operation::Sum(a, d), Interval { min: 0, max: 1 }).is_none());
        let by_lane = Operand::Lane(crate::tape::registers::Register::Narrow(0), 1);
        assert!(Quotient::of(Operation::Floor(a, by_lane), Interval { min: 0, max: 1 }).is_none());
    }
}
