//! What is best: the rules by which alternatives are ranked.

use super::{Compared, TIE};
use comanage_model::money::Money;

/// The lowest total of those that cover something or do some work, the first at a tie; of all, if
/// none does.
pub fn cheapest(alternatives: &[Compared]) -> usize {
    let useful = useful(alternatives);
    lowest(&totals(alternatives), |index| useful[index]).unwrap_or(0)
}

/// Whether each may be called the cheapest: it covers something or does some work; all, if none does.
pub fn useful(alternatives: &[Compared]) -> Vec<bool> {
    let is_any_useful = alternatives.iter().any(Compared::is_useful);
    alternatives.iter().map(|alternative| alternative.is_useful() || !is_any_useful).collect()
}

/// The cheapest of those that reach both targets.
pub fn recommended(alternatives: &[Compared]) -> Option<usize> {
    lowest(&totals(alternatives), |index| alternatives[index].meets_targets())
}

/// The lowest of the totals that are wanted, the first at a tie.
pub fn lowest<T: Ord + Copy>(totals: &[T], is_wanted: impl Fn(usize) -> bool) -> Option<usize> {
    (0..totals.len()).filter(|&index| is_wanted(index)).min_by_key(|&index| totals[index])
}

fn totals(alternatives: &[Compared]) -> Vec<Money> {
    alternatives.iter().map(|alternative| alternative.sums.total).collect()
}

/// The highest expected coverage, the first at a tie.
pub fn closest(alternatives: &[Compared]) -> Option<usize> {
    let coverage = |index: usize| alternatives[index].evaluation.coverage.expected.unwrap_or(1.0);
    (0..alternatives.len()).reduce(|best, index| if coverage(index) > coverage(best) + TIE { index } else { best })
}

/// Those for which no other has a total as low and a term-average coverage as high with at least
/// one of the two better.
pub fn frontier(alternatives: &[Compared]) -> Vec<usize> {
    let beats = |a: &Compared, b: &Compared| {
        let covered = |c: &Compared| c.evaluation.coverage.expected_term.unwrap_or(0.0);
        let is_as_good = a.sums.total <= b.sums.total && covered(a) >= covered(b) - TIE;
        is_as_good && (a.sums.total < b.sums.total || covered(a) > covered(b) + TIE)
    };
    let is_unbeaten = |&index: &usize| !alternatives.iter().any(|other| beats(other, &alternatives[index]));
    (0..alternatives.len()).filter(is_unbeaten).collect()
}
