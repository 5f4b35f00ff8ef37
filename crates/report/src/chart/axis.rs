//! Ranges of values, the ticks on them, and the way from a value to a pixel.
//!
//! Every number of the caller passes [`sane`] first, so nothing here or after it meets a
//! value that is not finite or so large or small that a sum or a difference of them would
//! not be.

use super::number::thousands;

/// No axis has more ticks than this.
const MAX_TICKS: i32 = 24;

/// A range of values with round ticks on it, scaled to a range of pixels.
pub(super) struct Axis {
    low: f64,
    high: f64,
    step: f64,
    from: f64,
    to: f64,
}

impl Axis {
    /// An axis from `low` to `high` with about this many ticks. An empty range is widened.
    pub fn new((low, high): (f64, f64), ticks: usize) -> Self {
        let (low, high) = widened(low, high);
        Self { low, high, step: round_step((high - low) / ticks.max(1) as f64), from: 0.0, to: 1.0 }
    }

    /// The axis laid from one pixel to another.
    pub fn over(self, from: f64, to: f64) -> Self {
        Self { from, to, ..self }
    }

    /// The pixel at which a value lies.
    pub fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// The round values within the range, in order.
    pub fn ticks(&self) -> Vec<f64> {
        let slack = 1e-9;
        let first = (self.low / self.step - slack).ceil();
        let last = (self.high / self.step + slack).floor();
        let steps = (last - first).clamp(-1.0, f64::from(MAX_TICKS)) as i32;
        (0..=steps).map(|n| (first + f64::from(n)) * self.step).collect()
    }

    /// The pixels of the ticks, with what this says of each.
    pub fn ticks_with(&self, text: impl Fn(f64) -> String) -> Vec<(f64, String)> {
        let ticks = self.ticks().into_iter();
        ticks.map(|tick| (self.at(tick), text(tick))).collect()
    }

    /// The pixels of the ticks, with their numbers.
    pub fn labelled_ticks(&self) -> Vec<(f64, String)> {
        self.ticks_with(|tick| self.label(tick))
    }

    /// A tick as text, with the decimals that its step needs.
    pub fn label(&self, tick: f64) -> String {
        if self.step < 1e-5 {
            return format!("{tick:.1e}").replace('-', "−");
        }
        thousands(tick, decimals(self.step))
    }
}

/// The value when it can be drawn: finite, neither beyond 1e30 nor so small that it is
/// nothing next to a number of that size.
pub(super) fn sane(value: f64) -> Option<f64> {
    let small = value.abs() < 1e-30;
    value.is_finite().then(|| if small { 0.0 } else { value.clamp(-1e30, 1e30) })
}

/// The least and the largest of values that are finite.
pub(super) fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let ranges = values.into_iter().map(|value| (value, value));
    ranges.reduce(|(low, high), (value, _)| (low.min(value), high.max(value)))
}

/// The range, or some room around a range that has no width.
fn widened(low: f64, high: f64) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    match () {
        () if size == 0.0 => (0.0, 1.0),
        () if high - low > size * 1e-9 => (low, high),
        () => (low - size * 0.05, high + size * 0.05),
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least this.
pub(super) fn round_step(min: f64) -> f64 {
    let power = 10f64.powi(min.log10().floor() as i32);
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= min * (1.0 - 1e-9))
        .unwrap_or(min)
}

fn decimals(step: f64) -> usize {
    if step >= 1.0 { 0 } else { (-step.log10() - 1e-9).ceil() as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let labels = |low, high| {
            let axis = Axis::new((low, high), 5);
            axis.ticks().into_iter().map(|tick| axis.label(tick)).collect::<Vec<_>>()
        };
        assert_eq!(labels(0.0, 1612.0), ["0", "500", "1,000", "1,500"]);
        assert_eq!(labels(-0.3, 0.41), ["−0.2", "0.0", "0.2", "0.4"]);
        for (low, high) in [(0.0, 0.0), (5.0, 5.0), (1e30, 1e30), (-1e30, 1e30), (1e-30, 2e-30), (1e15, 1e15 + 1.0)] {
            assert!((1..=25).contains(&labels(low, high).len()), "{low} to {high}");
        }
    }
}
