//! Statistics of samples: means, percentiles, chances with their intervals, ranks.

use serde::Serialize;

/// What a column of amounts comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Mean.
    pub mean: f64,
    /// Standard deviation, with n - 1.
    pub sd: f64,
    /// Standard error of the mean, as if drawn independently: an upper bound.
    pub standard_error: f64,
    /// Percentiles, type 7.
    pub p5: f64,
    /// The 10th.
    pub p10: f64,
    /// The 25th.
    pub p25: f64,
    /// The median: the 50th percentile.
    pub p50: f64,
    /// The 75th.
    pub p75: f64,
    /// The 90th.
    pub p90: f64,
    /// The 95th.
    pub p95: f64,
}

impl Summary {
    /// Sums up a column; it is left sorted.
    pub fn of(column: &mut [f64]) -> Self {
        let n = column.len() as f64;
        let mean = mean(column);
        let squares: f64 = column.iter().map(|value| (value - mean) * (value - mean)).sum();
        let sd = if column.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
        column.sort_unstable_by(f64::total_cmp);
        let percentile = |p| percentile(column, p);
        Self {
            mean,
            sd,
            standard_error: sd / n.sqrt(),
            p5: percentile(0.05),
            p10: percentile(0.10),
            p25: percentile(0.25),
            p50: percentile(0.50),
            p75: percentile(0.75),
            p90: percentile(0.90),
            p95: percentile(0.95),
        }
    }
}

/// The mean, summed in the order given; of equal values the value itself.
pub fn mean(column: &[f64]) -> f64 {
    match column {
        [] => f64::NAN,
        [first, rest @ ..] if rest.iter().all(|value| value == first) => *first,
        // Sums of differences to the first value keep more digits than sums of the values.
        [first, ..] => first + column.iter().map(|value| value - first).sum::<f64>() / column.len() as f64,
    }
}

/// The percentile of a sorted column, type 7: `h = (n - 1) p`, linear between neighbours.
///
/// ```
/// use comanage_analysis::simulate::percentile;
/// assert_eq!(percentile(&[1.0, 2.0, 3.0, 4.0], 0.5), 2.5);
/// ```
pub fn percentile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = last as f64 * p;
    let below = place.floor() as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    low + (place - below as f64) * (high - low)
}

/// The same of a column in any order, which is left in another.
pub fn percentile_of(column: &mut [f64], p: f64) -> f64 {
    let Some(last) = column.len().checked_sub(1) else { return f64::NAN };
    let place = last as f64 * p;
    let below = place.floor() as usize;
    let (_, &mut low, above) = column.select_nth_unstable_by(below, f64::total_cmp);
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    low + (place - below as f64) * (high - low)
}

/// A chance with its Wilson interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Chance {
    /// The share of the samples.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The 97.5th percentile of the standard normal distribution.
const Z975: f64 = 1.959_963_984_540_054;

impl Chance {
    /// The chance of something that held in this many of the samples, ties counted in parts. At none
    /// and at all of them the end of the interval is exactly 0 and 1.
    pub fn of(held: f64, samples: usize) -> Self {
        let n = samples as f64;
        let p = held / n;
        let z2 = Z975 * Z975;
        let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z975 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        Self {
            value: p,
            low: if held <= 0.0 { 0.0 } else { middle - half },
            high: if held >= n { 1.0 } else { middle + half },
        }
    }
}

/// The places of numbers in ascending order, equal ones in the order of the column. Where a whole number, counted from the least, and its
/// place fit into 64 bits they are sorted as one, which is several times as fast.
pub fn ascending(column: &[f64]) -> Vec<u32> {
    let min = column.iter().copied().fold(f64::INFINITY, f64::min);
    let max = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let bits = usize::BITS - column.len().leading_zeros();
    let fits = max - min < (1_u64 << (63 - bits).min(53)) as f64;
    let is_whole = column.iter().all(|value| value.fract() == 0.0);
    if !(fits && is_whole) {
        let mut order: Vec<u32> = (0..column.len() as u32).collect();
        order.sort_by(|&a, &b| column[a as usize].total_cmp(&column[b as usize]));
        return order;
    }
    let key = |(place, value): (usize, &f64)| ((value - min) as u64) << bits | place as u64;
    let mut keys: Vec<u64> = column.iter().enumerate().map(key).collect();
    keys.sort_unstable();
    let places = (1_u64 << bits) - 1;
    keys.into_iter().map(|key| (key & places) as u32).collect()
}

/// Ranks from 1, ties at their mean, counted from their middle in halves: whole numbers.
#[derive(Clone, Debug)]
pub struct Ranked {
    halves: Vec<i32>,
    spread: f64,
}

impl Ranked {
    /// The ranks of a column.
    pub fn of(column: &[f64]) -> Self {
        Self::in_order(column, &ascending(column))
    }

    /// The ranks of a column whose places in ascending order are known.
    pub fn in_order(column: &[f64], order: &[u32]) -> Self {
        let mut halves = vec![0; column.len()];
        let mut from = 0;
        while from < order.len() {
            let value = column[order[from] as usize];
            let to = (from..order.len()).find(|&at| column[order[at] as usize] != value).unwrap_or(order.len());
            let half = (from + to) as i64 - order.len() as i64;
            order[from..to].iter().for_each(|&at| halves[at as usize] = half as i32);
            from = to;
        }
        let spread = halves.iter().map(|&half| f64::from(half) * f64::from(half)).sum();
        Self { halves, spread }
    }

    /// The correlation with other ranks; none where one column is constant.
    pub fn correlation(&self, other: &Self) -> Option<f64> {
        let shared: f64 = self.halves.iter().zip(&other.halves).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
        let varies = self.spread > 0.0 && other.spread > 0.0;
        varies.then(|| (shared / (self.spread * other.spread).sqrt()).clamp(-1.0, 1.0))
    }
}
