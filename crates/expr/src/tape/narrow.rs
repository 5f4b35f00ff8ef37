//! Values that are held near those that were recorded.
//!
//! What bounds say of a long evaluation can be far from what comes out: hours left over from month to month, or
//! what is missing to the minimum of an invoice, might be anything by their bounds. Where numbers overflow for
//! that, each value is held within a wide interval around the recorded one, and a guard refuses the lanes that lie
//! outside: they are left to another program, or to decimals.

use rust_decimal::prelude::ToPrimitive;

use super::compile::Compiler;
use super::instruction::{Guard, Operand, Test};
use super::ratio::Ratio;
use super::value::{LaneValue, NARROW, Unsupported, Value, magnitude};
use crate::interval::Interval;
use crate::number::Exact;

/// How many times the recorded magnitude is always within the interval.
const TIMES: f64 = 256.0;
/// Whole numbers up to this, and values up to [`UNITS`], are always within it.
const ALWAYS: i128 = 1 << 36;
const UNITS: i128 = 1 << 16;
/// Decimal places that powers keep.
const DIGITS: u32 = 20;

impl Compiler<'_> {
    /// A value near the recorded one; what is the same in every lane becomes a constant.
    pub fn near(&mut self, value: Value, recorded: Exact) -> Result<Value, Unsupported> {
        let Value::Lanes(lanes) = value else { return Ok(value) };
        if lanes.by.is_some() {
            return Ok(value);
        }
        if lanes.bounds.min == lanes.bounds.max {
            let whole = Ratio { num: lanes.bounds.min, den: 1 };
            return Ok(lanes.times.times(whole).map_or(value, Value::Constant));
        }
        let farthest = farthest(lanes, recorded).ok_or(Unsupported)?;
        self.within(lanes, Interval { min: -farthest, max: farthest })
    }

    /// A divisor that was above zero, held above it.
    pub fn above_zero(&mut self, by: LaneValue, recorded: Exact) -> Result<LaneValue, Unsupported> {
        if by.bounds.min > 0 || by.times.num < 0 || !recorded.0.is_some_and(|value| value.is_sign_positive()) {
            return Ok(by);
        }
        match self.within(LaneValue { by: None, ..by }, Interval { min: 1, max: by.bounds.max })? {
            Value::Lanes(held) => Ok(LaneValue { by: by.by, ..held }),
            Value::Constant(_) => Err(Unsupported),
        }
    }

    /// A part of a power, to [`DIGITS`] decimal places where it has more. Decimals do not hold all of its digits
    /// either; what it is a factor of is rounded to far fewer, and no number with more digits lies midway.
    pub fn with_fewer_digits(&mut self, power: Value) -> Result<Value, Unsupported> {
        let max = 10_i128.pow(DIGITS);
        if power.den() > max { self.builder.rounded(power, DIGITS) } else { Ok(power) }
    }

    /// A value whose whole number lies within an interval, with guards for the lanes in which it does not.
    fn within(&mut self, lanes: LaneValue, interval: Interval<i128>) -> Result<Value, Unsupported> {
        let mut value = Value::Lanes(lanes);
        let lane = Operand::Lane(lanes.register, 1);
        let end = |whole: i128| lanes.times.times(Ratio { num: whole, den: 1 }).map(Value::Constant).ok_or(Unsupported);
        let is_falling = lanes.times.num < 0;
        if lanes.bounds.max > interval.max {
            self.refuse(Test::Above(lane, Operand::Constant(interval.max)), lanes, interval);
            value = self.builder.choose(value, end(interval.max)?, !is_falling)?;
        }
        if lanes.bounds.min < interval.min {
            self.refuse(Test::Above(Operand::Constant(interval.min), lane), lanes, interval);
            value = self.builder.choose(value, end(interval.min)?, is_falling)?;
        }
        Ok(value)
    }

    fn refuse(&mut self, test: Test, lanes: LaneValue, interval: Interval<i128>) {
        let is_narrow = magnitude(lanes.bounds).max(magnitude(interval)) < NARROW;
        self.narrowed.push(Guard { test, outcome: false, is_narrow });
    }
}

/// The largest magnitude that the whole number of a value may have.
fn farthest(lanes: LaneValue, recorded: Exact) -> Option<i128> {
    let Ratio { num, den } = lanes.times;
    let value = recorded.0?.to_f64()?.abs();
    let whole = value * TIMES * (den as f64 / (num as f64).abs());
    let units = den.checked_mul(UNITS)? / num.abs();
    Some((whole as i128).max(units).max(ALWAYS))
}

#[cfg(test)]
mod tests {
    use crate::number::{Exact, Input, Number};
    use crate::tape::{LaneInput, OutputSpec, Outputs, ProgramCache, Results};
    use crate::trace::{Traced, begin_section};
    use rust_decimal::Decimal;

    /// The bounds of an input of which nothing is known.
    const FAR: i128 = 1 << 50;

    /// What rows of two inputs in hundredths, the first up to `highest`, come to by one program for all and at
    /// most `most` others.
    fn run(formula: fn(Traced, Traced) -> Traced, rows: &[[i64; 2]], highest: i128, max: usize) -> Results {
        let input = |number| {
            let max = if number == 0 { highest } else { FAR };
            LaneInput { input: Input(number), digits: 2, min: 0, max }
        };
        let numerators = [0, 1].map(|at| rows.iter().map(|row| row[at] as f64).collect::<Vec<f64>>());
        let trace = |row: usize, _: &[usize]| {
            begin_section();
            let of = |at: usize| Traced::input(Input(at as u32), Decimal::new(rows[row][at], 2));
            Some(vec![Outputs {
                group: 0,
                amounts: vec![vec![formula(of(0), of(1))]],
                ratio: None,
                count: None,
                part: None,
            }])
        };
        let spec = OutputSpec { digits: 2, ..OutputSpec::default() };
        ProgramCache::new(vec![0], vec![input(0), input(1)], spec, max).run(&numerators, rows.len(), &trace).remove(0)
    }

    /// By bounds `a * a * b` reaches 2^150. 10 x 10 x 20 are 2,000, 11 x 11 x 3 are 363; 10,000 x 10,000 x 1 are
    /// far from both, and get a program of their own.
    #[test]
    fn values_near_the_recorded_one_need_no_decimals() {
        let rows = [[1_000, 2_000], [1_100, 300], [1_000_000, 100]];
        let cube = |a: Traced, b: Traced| (a * a * b).round(2);
        let results = run(cube, &rows, FAR, 1);
        assert_eq!((results.totals, results.fallback), (vec![200_000.0, 36_300.0, 10_000_000_000.0], vec![]));
        assert_eq!(run(cube, &rows, FAR, 0).fallback, [2]);
    }

    /// A part of a sum that might be nothing by its bounds: 30 of 30 + 20 - 10 are 75%.
    #[test]
    fn a_divisor_is_held_above_zero() {
        let share = |a: Traced, b: Traced| (a / (a + b - Traced::whole(10))).round(2);
        let results = run(share, &[[3_000, 2_000], [100, 1_000], [500, 500]], FAR, 4);
        assert_eq!((&results.totals[..2], &results.fallback[..]), (&[75.0, 100.0][..], &[2][..]));
    }

    /// Nine years at 10.89%: decimals hold no 36 digits, and neither has to be exact to the last of them.
    #[test]
    fn a_power_with_many_digits_keeps_twenty() {
        let grown = |a: Traced, b: Traced| {
            let rate = Traced::one() + a / Traced::whole(100);
            (b * rate.power(9)).round(2)
        };
        let rows = [[1_089, 10_000], [1_103, 12_345]];
        let results = run(grown, &rows, 2_000, 0);
        let expected = rows.map(|[rate, price]| {
            let rate = Exact(Some(Decimal::ONE)) + Exact(Some(Decimal::new(rate, 4)));
            (Exact(Some(Decimal::new(price, 2))) * rate.power(9)).round(2)
        });
        let cents = results.totals.iter().map(|&cents| Exact(Some(Decimal::new(cents as i64, 2)))).collect::<Vec<_>>();
        assert_eq!((cents, results.fallback), (expected.to_vec(), vec![]));
    }
}
