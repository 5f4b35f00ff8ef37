//! How savings are distributed, in memory that does not grow with their number.
//!
//! Up to [`EXACT`] savings are kept as they are. Beyond, they are counted in bins that are a 1,024th
//! of their value wide at most, so a percentile is right to 0.05%. Counts are whole numbers, so the
//! order in which savings come changes nothing.

use std::borrow::Cow;

/// This many savings are kept as they are.
pub const EXACT: usize = 1 << 16;

/// Bits that a bin's edge is reported with.
const BITS: u32 = 11;

/// Some savings, in minor units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Savings {
    /// How many.
    pub count: u64,
    /// Their sum in minor units.
    pub sum: i128,
    /// The sum of those above zero.
    pub sum_above: i128,
    /// How many are above zero.
    pub above: u64,
    /// How many are below zero.
    pub below: u64,
    min: Option<i128>,
    max: Option<i128>,
    /// As they are, until there are too many.
    values: Vec<i128>,
    /// By bin; only where they are not kept as they are.
    bins: Bins,
}

impl Savings {
    /// Adds some.
    pub fn add(&mut self, values: &[i128]) {
        let (min, max) = (values.iter().min(), values.iter().max());
        self.min = self.min.into_iter().chain(min.copied()).min();
        self.max = self.max.into_iter().chain(max.copied()).max();
        self.count += values.len() as u64;
        for &value in values {
            self.sum = self.sum.saturating_add(value);
            self.sum_above = self.sum_above.saturating_add(value.max(0));
            self.above += u64::from(value > 0);
            self.below += u64::from(value < 0);
        }
        self.values.extend(values);
        self.settle();
    }

    /// Adds those of another.
    pub fn append(&mut self, other: Self) {
        self.count += other.count;
        self.sum = self.sum.saturating_add(other.sum);
        self.sum_above = self.sum_above.saturating_add(other.sum_above);
        self.above += other.above;
        self.below += other.below;
        self.min = self.min.into_iter().chain(other.min).min();
        self.max = self.max.into_iter().chain(other.max).max();
        self.values.extend(other.values);
        other.bins.iter().for_each(|(bin, count)| self.bins.add(bin, count));
        self.settle();
    }

    /// Counts what is kept in bins once there is too much of it.
    fn settle(&mut self) {
        if self.count > EXACT as u64 {
            for value in self.values.drain(..) {
                self.bins.add(bin_of(value), 1);
            }
            self.values.shrink_to_fit();
        }
    }

    /// Whether percentiles are exact.
    pub fn is_exact(&self) -> bool {
        self.bins.0.is_empty()
    }

    /// The mean; none of nothing.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / self.count as f64)
    }

    /// The least and the most.
    pub fn ends(&self) -> Option<(i128, i128)> {
        Some((self.min?, self.max?))
    }

    /// Percentiles of type 7: `h = (n - 1) p`, linear between neighbours. The shares are in rising
    /// order.
    pub fn percentiles(&self, shares: &[f64]) -> Vec<f64> {
        let place = |share: f64| self.count.saturating_sub(1) as f64 * share;
        let between = |low: f64, high: f64, place: f64| low + (place - place.floor()) * (high - low);
        if self.is_exact() {
            let values = self.in_order();
            let value = |place: usize| values.get(place).or(values.last()).map_or(f64::NAN, |value| *value as f64);
            let below = |share: f64| place(share).floor() as usize;
            let percentile = |&share: &f64| between(value(below(share)), value(below(share) + 1), place(share));
            return shares.iter().map(percentile).collect();
        }
        let counted = self.counted();
        let mut counted = counted.iter().peekable();
        let mut passed = 0_u64;
        let mut percentile = |share: f64| {
            let below = place(share).floor() as u64;
            while let Some((_, count)) = counted.peek().filter(|(_, count)| passed + count <= below) {
                passed += count;
                counted.next();
            }
            let Some(&&(low, count)) = counted.peek() else { return f64::NAN };
            let is_alone = below + 1 >= passed + count;
            let high = if is_alone { counted.clone().nth(1).map_or(low, |(value, _)| *value) } else { low };
            between(low, high, place(share))
        };
        shares.iter().map(|&share| percentile(share)).collect()
    }

    /// The values, or the middles of the bins, in rising order, each with how many there are.
    pub fn counted(&self) -> Vec<(f64, u64)> {
        if self.is_exact() {
            let values = self.in_order();
            return values.chunk_by(|a, b| a == b).map(|alike| (alike[0] as f64, alike.len() as u64)).collect();
        }
        let (min, max) = self.ends().map_or((0.0, 0.0), |(min, max)| (min as f64, max as f64));
        self.bins.iter().map(|(bin, count)| (middle(bin).clamp(min, max), count)).collect()
    }

    /// Puts what is kept as it is in rising order, once for all who ask for it.
    pub fn sort(&mut self) {
        self.values.sort_unstable();
    }

    fn in_order(&self) -> Cow<'_, [i128]> {
        if self.values.is_sorted() {
            return Cow::Borrowed(&self.values);
        }
        let mut values = self.values.clone();
        values.sort_unstable();
        Cow::Owned(values)
    }
}

/// Counts by bin, in pages of bins that lie together; a page fits once something is in it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Bins(Vec<Vec<u64>>);

/// Bins of a page.
const PAGE: i64 = 1 << (BITS - 1);

/// Pages below zero; there are as many above it.
const PAGES: i64 = 128;

impl Bins {
    fn add(&mut self, bin: i64, count: u64) {
        if self.0.is_empty() {
            self.0.resize(2 * PAGES as usize, Vec::new());
        }
        let page = &mut self.0[(bin.div_euclid(PAGE) + PAGES) as usize];
        if page.is_empty() {
            page.resize(PAGE as usize, 0);
        }
        page[bin.rem_euclid(PAGE) as usize] += count;
    }

    /// The bins that hold something, in rising order.
    fn iter(&self) -> impl Iterator<Item = (i64, u64)> {
        let of_page = |(page, counts): (i64, &Vec<u64>)| {
            let counts: Vec<(i64, u64)> =
                (page * PAGE..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect();
            counts
        };
        (-PAGES..).zip(&self.0).flat_map(of_page)
    }
}

/// The bin of a value: values of few bits have their own, others share one with those that begin
/// with the same bits.
fn bin_of(value: i128) -> i64 {
    let size = value.unsigned_abs();
    let bits = u128::BITS - size.leading_zeros();
    let bin = match bits.checked_sub(BITS) {
        None | Some(0) => size as i64,
        Some(shift) => (i64::from(shift) << (BITS - 1)) + (size >> shift) as i64,
    };
    if value < 0 { -bin } else { bin }
}

/// The middle of a bin.
fn middle(bin: i64) -> f64 {
    let half = 1_i64 << (BITS - 1);
    let size = bin.abs();
    let middle = match size / half {
        0 | 1 => size as f64,
        above => {
            let shift = above - 1;
            let top = size - (shift << (BITS - 1));
            (top as f64 + 0.5) * 2_f64.powi(shift as i32) - 0.5
        }
    };
    if bin < 0 { -middle } else { middle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_in_order_and_narrow() {
        let mut last = None;
        for value in (0..4_000).chain((4..90).map(|bits| (1_i128 << bits) + 12_345)) {
            let bin = bin_of(value);
            assert!(value < 4_000 || last.is_none_or(|last| last <= bin), "{value}");
            assert_eq!(bin_of(-value), -bin);
            let off = (middle(bin) - value as f64).abs();
            assert!(off <= value as f64 / 2_048.0, "{value}: {}", middle(bin));
            last = Some(bin);
        }
    }

    /// 1 to 5: the rule of spreadsheets gives 1.4, 3 and 4.6.
    #[test]
    fn few_savings_have_the_percentiles_of_spreadsheets() {
        let mut savings = Savings::default();
        savings.add(&[500, 100, 300, 200, 400]);
        assert_eq!(savings.percentiles(&[0.1, 0.5, 0.9]), [140.0, 300.0, 460.0]);
        assert_eq!((savings.above, savings.below, savings.sum), (5, 0, 1_500));
    }

    #[test]
    fn many_savings_have_them_nearly_in_whatever_order_they_come() {
        let many = 3 * EXACT as i128;
        let value = |number: i128| (number * 7_919 % many - many / 3) * 1_001;
        let mut whole = Savings::default();
        (0..many).for_each(|number| whole.add(&[value(number)]));
        let mut parts = Savings::default();
        for part in [2, 0, 1] {
            let mut some = Savings::default();
            (0..many).filter(|number| number % 3 == part).for_each(|number| some.add(&[value(number)]));
            parts.append(some);
        }
        assert_eq!(whole, parts);
        assert!(!whole.is_exact());
        for (share, found) in [0.05, 0.4, 0.9].into_iter().zip(whole.percentiles(&[0.05, 0.4, 0.9])) {
            let exact = ((many - 1) as f64 * share - (many / 3) as f64) * 1_001.0;
            assert!((found - exact).abs() <= exact.abs() / 2_000.0 + 1_001.0, "{share}: {found} for {exact}");
        }
    }
}
