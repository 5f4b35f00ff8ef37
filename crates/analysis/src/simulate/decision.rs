//! What decides: between the recommended alternative and the next that meets the targets, which input turns
//! the choice, and what it is worth to know it.

use comanage_model::money::Money;

use super::statistics::ascending;
use super::tornado::Ends;
use crate::compare::Comparison;

/// What decides between the recommended alternative and the next.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The recommended alternative, by index.
    pub recommended: usize,
    /// The next cheapest of those that meet the targets, by index; none if there is none.
    pub runner_up: Option<usize>,
    /// What each input does, in the order of the draws.
    pub inputs: Vec<Deciding>,
}

/// What an input does to the decision, the others at likely.
#[derive(Clone, Debug)]
pub struct Deciding {
    /// The input, by index among the draws.
    pub input: usize,
    /// The recommended alternative's total less the runner-up's, with the input at its low end.
    pub at_low: Option<Money>,
    /// The same at its high end.
    pub at_high: Option<Money>,
    /// Which alternative is recommended with the input at its low end, by index.
    pub winner_at_low: Option<usize>,
    /// The same at its high end.
    pub winner_at_high: Option<usize>,
    /// What it is worth, at most, to know the input before choosing, in units of the currency.
    pub value_of_knowing: f64,
}

impl Deciding {
    /// How far apart the differences at both ends lie.
    pub fn swing(&self) -> Money {
        self.at_low.zip(self.at_high).map_or(Money::ZERO, |(low, high)| (high - low).abs())
    }

    /// Whether another alternative is recommended at one of the ends.
    pub fn turns(&self, recommended: usize) -> bool {
        [self.winner_at_low, self.winner_at_high].iter().any(|winner| *winner != Some(recommended))
    }
}

/// What decides in a comparison, from the figures with each input at its ends and what it is worth to know
/// each; none where nothing is recommended.
pub fn decision(comparison: &Comparison, ends: &[Ends], values: &[f64]) -> Option<Decision> {
    let recommended = comparison.recommended?;
    let total = |index: usize| comparison.alternatives[index].sums.total;
    let others = (0..comparison.alternatives.len()).filter(|&index| index != recommended);
    let others = others.filter(|&index| comparison.alternatives[index].may_be_recommended());
    let runner_up = others.min_by_key(|&index| total(index));
    let deciding = |(input, (ends, &value_of_knowing)): (usize, (&Ends, &f64))| {
        let difference = |totals: &[Money]| Some(totals[recommended] - totals[runner_up?]);
        Deciding {
            input,
            at_low: difference(&ends.low.totals),
            at_high: difference(&ends.high.totals),
            winner_at_low: ends.low.choice().recommended,
            winner_at_high: ends.high.choice().recommended,
            value_of_knowing,
        }
    };
    let inputs = ends.iter().zip(values).enumerate().map(deciding).collect();
    Some(Decision { recommended, runner_up, inputs })
}

/// What it is worth to know an input before choosing among some alternatives (the expected value of partial
/// perfect information): the least mean total of all draws less the mean, over bins, of the least mean total
/// in each. The draws are sorted by the input into `floor(sqrt(N))` bins of equal count, equal values in the
/// order of the draws.
///
/// `drawn` is the input by draw, `totals` the alternatives' by draw.
pub fn value_of_knowing(drawn: &[f64], totals: &[&[f64]]) -> f64 {
    value_in_order(&ascending(drawn), totals)
}

/// The same where the draws' places in ascending order of the input are known.
pub fn value_in_order(order: &[u32], totals: &[&[f64]]) -> f64 {
    let draws = order.len();
    let bins = (draws as f64).sqrt().floor() as usize;
    if bins == 0 || totals.is_empty() {
        return 0.0;
    }
    // Draws are read in their own order: that is faster than to jump from one to the next by the input.
    let mut bin_of = vec![0_u16; draws];
    for (place, &draw) in order.iter().enumerate() {
        bin_of[draw as usize] = (place * bins / draws) as u16;
    }
    let mut least_of_bin = vec![f64::INFINITY; bins];
    let mut least_of_all = f64::INFINITY;
    let mut sums = vec![0.0; bins];
    for column in totals {
        sums.fill(0.0);
        column.iter().zip(&bin_of).for_each(|(total, &bin)| sums[usize::from(bin)] += total);
        least_of_all = least_of_all.min(sums.iter().sum());
        least_of_bin.iter_mut().zip(&sums).for_each(|(min, &sum)| *min = min.min(sum));
    }
    ((least_of_all - least_of_bin.iter().sum::<f64>()) / draws as f64).max(0.0)
}
