//! Which values of an evaluation a program computes.

use crate::trace::Traced;

/// What is computed for each group in addition to its total.
#[derive(Clone, Debug, Default)]
pub struct OutputSpec {
    /// Decimal places of the unit: every amount is a whole number of it.
    pub digits: u32,
    /// The number of periods, from the first, whose totals are computed.
    pub periods: usize,
    /// Present values, with the weights of the periods.
    pub discounts: Option<Discounts>,
    /// Both terms of the ratio, exactly.
    pub exact_ratios: bool,
    /// The ratio, to the precision of doubles.
    pub ratios: bool,
    /// The whole number that comes with a group.
    pub counts: bool,
    /// The total of a part of the amounts, for groups that name one.
    pub parts: bool,
    /// Whether that part has amounts without their signs, so that it is zero only where each of them is.
    pub magnitudes: bool,
}

impl OutputSpec {
    /// Whether totals of periods are needed.
    pub(super) fn is_by_period(&self) -> bool {
        self.periods > 0 || self.discounts.is_some()
    }

    /// Whether either form of the ratio is needed.
    pub fn has_ratio(&self) -> bool {
        self.exact_ratios || self.ratios
    }
}

/// The weights of periods in a present value.
#[derive(Clone, Debug)]
pub struct Discounts {
    /// Units that make one in the present value: 100 cents to the dollar.
    pub scale: f64,
    /// The weight of each period, from the first.
    pub weights: Vec<f64>,
}

impl Discounts {
    /// The present values by lane, added up period after period; `of_period` says which of the sums is
    /// a period's.
    pub(super) fn apply<const N: usize>(&self, of_period: &[u32], sums: &[[f64; N]]) -> [f64; N] {
        let amounts: Vec<[f64; N]> = sums.iter().map(|sum| sum.map(|units| units / self.scale)).collect();
        let mut values = [0.0; N];
        for (&sum, weight) in of_period.iter().zip(&self.weights) {
            let amounts = &amounts[sum as usize];
            for k in 0..N {
                values[k] += amounts[k] * weight;
            }
        }
        values
    }
}

/// The traced outputs of a group: one of several results that share inputs and intermediate values.
#[derive(Clone, Debug)]
pub struct Outputs {
    /// Which group, by index.
    pub group: usize,
    /// The amounts of each period, from the first: whole numbers of the unit.
    pub amounts: Vec<Vec<Traced>>,
    /// The terms of the ratio, where it is needed.
    pub ratio: Option<(Traced, Traced)>,
    /// The whole number, where it is needed.
    pub count: Option<Traced>,
    /// Some of the amounts, of all periods, whose total is computed too.
    pub part: Option<Vec<Traced>>,
}
