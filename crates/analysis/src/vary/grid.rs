//! The values that are tried: evenly spaced, exact, and counted from 0.
//!
//! A grid is kept in whole units of the last digit, so no value is ever rounded twice and two of
//! them are next to each other when their numbers are.

use rust_decimal::Decimal;

/// Values `first`, `first + step`, and so on, in units of `10^-scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    first: i128,
    step: i128,
    last: u64,
    scale: u32,
}

/// This many values are looked at one by one; of more, this many and one at even distances.
const STEPS: u64 = 1_000;

impl Grid {
    /// Every value of this many decimal places from one to another; none where they overflow.
    pub fn every(from: Decimal, to: Decimal, scale: u32) -> Option<Self> {
        let (first, last) = (units(from, scale)?, units(to, scale)?);
        Some(Self { first, step: 1, last: u64::try_from(last - first).ok()?, scale })
    }

    /// The values from one, a step apart, that do not lie beyond another; none where they have no
    /// room.
    pub fn stepped(from: Decimal, to: Decimal, step: Decimal) -> Option<Self> {
        let scale = [from, to, step].map(|value| value.normalize().scale()).into_iter().max()?;
        let (first, last, step) = (units(from, scale)?, units(to, scale)?, units(step, scale)?);
        Some(Self { first, step, last: u64::try_from((last - first).checked_div(step)?).ok()?, scale })
    }

    /// How many values there are.
    pub fn len(&self) -> u64 {
        self.last.saturating_add(1)
    }

    /// Whether there is no value: never.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The number of the last value.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// A value. It lies between two that can be held, so it can be held too.
    pub fn value(&self, index: u64) -> Decimal {
        Decimal::from_i128_with_scale(self.units(index), self.scale)
    }

    /// The decimal places of the values.
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// A value in units of the last digit.
    pub fn units(&self, index: u64) -> i128 {
        self.first + self.step * i128::from(index.min(self.last))
    }

    /// The number of a value, if it is one of these.
    pub fn index(&self, value: Decimal) -> Option<u64> {
        let beyond = units(value, self.scale)?.checked_sub(self.first)?;
        let index = u64::try_from(beyond / self.step).ok()?;
        (beyond % self.step == 0 && index <= self.last).then_some(index)
    }

    /// The values to review first, by number: every one if there are at most 1,001, else those at
    /// the thousandths of the way, rounded half away from zero.
    ///
    /// ```
    /// use comanage_analysis::vary::Grid;
    /// let grid = Grid::every("0".parse().unwrap(), "20.05".parse().unwrap(), 2).unwrap();
    /// let points = grid.points();
    /// assert_eq!(points.len(), 1_001);
    /// // 2,005 hundredths: 2.005 to the first point, 4.01 to the second.
    /// assert_eq!(grid.value(points[1]).to_string(), "0.02");
    /// assert_eq!(grid.value(points[2]).to_string(), "0.04");
    /// assert_eq!(grid.value(points[100]).to_string(), "2.01");
    /// ```
    pub fn points(&self) -> Vec<u64> {
        if self.last <= STEPS {
            return (0..=self.last).collect();
        }
        let from = self.first;
        let way = i128::from(self.last) * self.step;
        let steps = i128::from(STEPS);
        let point = |i: u64| {
            let thousandths = from * steps + way * i128::from(i);
            let units = thousandths.signum() * ((thousandths.abs() * 2 + steps) / (steps * 2));
            ((units - from) / self.step) as u64
        };
        (0..=STEPS).map(point).collect()
    }
}

/// A value in units of this many decimal places, if a decimal of as many can hold it.
fn units(value: Decimal, scale: u32) -> Option<i128> {
    let value = value.normalize();
    let more = scale.checked_sub(value.scale())?;
    let units = value.mantissa().checked_mul(10_i128.checked_pow(more)?)?;
    Decimal::try_from_i128_with_scale(units, scale).is_ok().then_some(units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn a_step_that_does_not_divide_stops_before_the_end() {
        let grid = Grid::stepped(number("10"), number("25"), number("4")).expect("a grid");
        let values: Vec<String> = (0..grid.len()).map(|index| grid.value(index).to_string()).collect();
        assert_eq!(values, ["10", "14", "18", "22"]);
        assert_eq!(grid.index(number("18.0")), Some(2));
        assert_eq!(grid.index(number("19")), None);
        assert_eq!(grid.index(number("26")), None);
    }

    #[test]
    fn points_below_zero_are_rounded_away_from_zero() {
        // Minus 1,500 to 0 in 1,000 steps: -1,498.5 is -1,499, and -1.5 is -2.
        let grid = Grid::every(number("-1500"), number("0"), 0).expect("a grid");
        let points = grid.points();
        assert_eq!(grid.value(points[1]), number("-1499"));
        assert_eq!(grid.value(points[999]), number("-2"));
        assert!(points.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn values_that_have_no_room_are_none() {
        assert_eq!(Grid::every(number("1000000000000000"), number("0.00000000000000000001"), 20), None);
        assert_eq!(Grid::every(number("0.001"), number("1"), 2), None);
    }
}
