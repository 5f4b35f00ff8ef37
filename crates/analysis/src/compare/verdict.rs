//! The verdict: who is useful, who meets the targets, who is cheapest, recommended, closest, leading.
//!
//! Every command and every document asks here, so that two of them cannot disagree. The rules work on
//! plain figures, one of each for every alternative: term totals, shares of coverage and of work done.

use comanage_model::scenario::Scenario;

/// How far two shares may lie apart and still be equal.
pub const TIE: f64 = 1e-9;

/// The shares that an alternative must reach to be recommended, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Targets {
    /// Of the required hours covered.
    pub coverage: f64,
    /// Of the work done.
    pub work: f64,
}

impl Targets {
    /// The targets of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        Self { coverage: scenario.f64(scenario.coverage_target), work: scenario.f64(scenario.work_target) }
    }

    /// Whether shares of coverage and of work done miss none of the targets; what does not apply is not missed.
    pub fn are_met_by(self, coverage: Option<f64>, work: Option<f64>) -> bool {
        Reach::of(coverage, self.coverage).is_enough && Reach::of(work, self.work).is_enough
    }

    /// Where an alternative stands that covers and does these shares.
    pub fn standing(self, coverage: Option<f64>, work: Option<f64>, price: Price) -> Standing {
        Standing::of(Reach::of(coverage, self.coverage), Reach::of(work, self.work), price)
    }
}

/// A share held against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Whether there is anything to cover or to do.
    pub applies: bool,
    /// Whether the share is above zero.
    pub is_some: bool,
    /// Whether nothing is missed: it meets the target, or does not apply.
    pub is_enough: bool,
}

impl Reach {
    /// Holds a share against a target; no share means that it does not apply.
    #[inline]
    pub fn of(share: Option<f64>, target: f64) -> Self {
        Self {
            applies: share.is_some(),
            is_some: share.is_some_and(|share| share > 0.0),
            is_enough: share.is_none_or(|share| share >= target - TIE),
        }
    }

    /// Whether the target is reached; none where it does not apply.
    pub fn met(self) -> Option<bool> {
        self.applies.then_some(self.is_enough)
    }
}

/// What is missed of the targets and the budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missed {
    /// The coverage target.
    pub coverage: bool,
    /// The work target.
    pub work: bool,
    /// The budget, in any of its limits.
    pub budget: bool,
}

impl Missed {
    /// Which of the targets is missed, and whether the budget is.
    pub fn of(coverage: Reach, work: Reach, keeps_budget: bool) -> Self {
        Self { coverage: !coverage.is_enough, work: !work.is_enough, budget: !keeps_budget }
    }

    /// Whether nothing is.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// Its name in tables and data.
    pub fn name(self) -> &'static str {
        match (self.coverage, self.work, self.budget) {
            (false, false, false) => "none",
            (true, false, false) => "coverage",
            (false, true, false) => "work",
            (true, true, false) => "both",
            (false, false, true) => "budget",
            (true, false, true) => "coverage, budget",
            (false, true, true) => "work, budget",
            (true, true, true) => "both, budget",
        }
    }

    /// What is missed, as the object of a sentence; none if nothing is.
    pub fn words(self) -> Option<&'static str> {
        match (self.coverage, self.work, self.budget) {
            (false, false, false) => None,
            (true, false, false) => Some("the coverage target"),
            (false, true, false) => Some("the work target"),
            (true, true, false) => Some("both targets"),
            (false, false, true) => Some("the budget"),
            (true, false, true) => Some("the coverage target and the budget"),
            (false, true, true) => Some("the work target and the budget"),
            (true, true, true) => Some("both targets and the budget"),
        }
    }
}

/// Whether a price can be held against others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// Whether it leaves no service to no one without a price.
    pub is_complete: bool,
    /// Whether anything is bought for it; nothing may be, where nothing was needed.
    pub is_needed: bool,
}

impl Price {
    /// The price of something, with all that is required in it.
    pub const WHOLE: Self = Self { is_complete: true, is_needed: true };

    /// Whether it is held against others.
    #[inline]
    pub fn is_ranked(self) -> bool {
        self.is_complete & self.is_needed
    }
}

/// What an alternative may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether it covers something or does some work; in a comparison of prices everything is useful.
    pub is_useful: bool,
    /// Whether it meets the targets. In a comparison of prices nothing does: there are none.
    pub reaches: bool,
    /// Whether any target applies to it.
    pub is_judged: bool,
    /// Whether its price can be held against others.
    pub price: Price,
    /// Whether it costs no more than the budget allows; so it is where there is none.
    pub keeps_budget: bool,
}

impl Standing {
    /// Whether the targets are reached; none where no target applies.
    pub fn met(self) -> Option<bool> {
        self.is_judged.then_some(self.reaches)
    }

    /// Whether the budget of a scenario is kept; none where there is none.
    pub fn kept(self, scenario: &Scenario) -> Option<bool> {
        (!scenario.budget.is_none()).then_some(self.keeps_budget)
    }

    /// The same with what is known of the budget.
    #[inline]
    pub fn within(self, keeps_budget: bool) -> Self {
        Self { keeps_budget, ..self }
    }

    /// The standing by coverage, by work done and by what its price holds, within any budget.
    #[inline]
    pub fn of(coverage: Reach, work: Reach, price: Price) -> Self {
        let applies = coverage.applies | work.applies;
        Self {
            is_useful: coverage.is_some | work.is_some | !applies,
            reaches: coverage.is_enough & work.is_enough & applies,
            is_judged: applies,
            price,
            keeps_budget: true,
        }
    }

    /// Whether it may be recommended: it meets the targets, keeps the budget, and its price can be held against
    /// others.
    #[inline]
    pub fn may_be_recommended(self) -> bool {
        self.reaches & self.keeps_budget & self.price.is_ranked()
    }
}

/// Whether there is nothing to cover and nothing to do, so that prices alone are compared.
pub fn is_price_comparison(coverage: &[Option<f64>], work: &[Option<f64>]) -> bool {
    coverage.iter().chain(work).all(Option::is_none)
}

/// Whether each may be called the cheapest: the useful ones, or all if none is, whose price can be held
/// against others.
pub fn may_be_cheapest(standings: &[Standing]) -> Vec<bool> {
    let is_any_useful = standings.iter().any(|standing| standing.is_useful);
    standings.iter().map(|of| of.price.is_ranked() && (of.is_useful || !is_any_useful)).collect()
}

/// The lowest of the totals that are asked for, the first at a tie.
pub fn lowest<T: PartialOrd + Copy + Default>(totals: &[T], is_asked: impl Fn(usize) -> bool) -> Option<usize> {
    let mut lowest = Lowest::default();
    totals.iter().enumerate().for_each(|(index, &total)| lowest.take(index, total, is_asked(index)));
    lowest.index()
}

/// The cheapest useful alternative and the cheapest that meets the targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The cheapest useful one, of all if none is, by index; none where no price can be held against
    /// others.
    pub cheapest: Option<usize>,
    /// The cheapest that meets the targets, by index.
    pub recommended: Option<usize>,
    /// The one with the lowest total of all, whatever it is called.
    pub lowest: usize,
}

impl Choice {
    /// Chooses by totals and standings.
    #[inline]
    pub fn of<T: PartialOrd + Copy + Default>(totals: &[T], standing: impl Fn(usize) -> Standing) -> Self {
        let (mut useful, mut ranked) = (Lowest::default(), Lowest::default());
        let (mut reaching, mut all) = (Lowest::default(), Lowest::default());
        let mut is_any_useful = false;
        for (index, &total) in totals.iter().enumerate() {
            let standing = standing(index);
            let is_ranked = standing.price.is_ranked();
            is_any_useful |= standing.is_useful;
            useful.take(index, total, standing.is_useful & is_ranked);
            ranked.take(index, total, is_ranked);
            reaching.take(index, total, standing.may_be_recommended());
            all.take(index, total, true);
        }
        Self {
            cheapest: if is_any_useful { useful.index() } else { ranked.index() },
            recommended: reaching.index(),
            lowest: all.index,
        }
    }

    /// The alternative to name: the recommended one, else the cheapest, else the one with the lowest total.
    pub fn named(self) -> usize {
        self.recommended.or(self.cheapest).unwrap_or(self.lowest)
    }
}

/// The lowest total so far, the first at a tie.
#[derive(Clone, Copy, Default)]
struct Lowest<T> {
    is_any: bool,
    index: usize,
    total: T,
}

impl<T: PartialOrd + Copy> Lowest<T> {
    /// No one can foretell which is lower, so that this is written without a branch.
    #[inline]
    fn take(&mut self, index: usize, total: T, is_asked: bool) {
        let is_lower = is_asked & (!self.is_any | (total < self.total));
        self.is_any |= is_asked;
        self.index = if is_lower { index } else { self.index };
        self.total = if is_lower { total } else { self.total };
    }

    fn index(self) -> Option<usize> {
        self.is_any.then_some(self.index)
    }
}

/// What is said of the alternatives of a comparison, by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether prices alone are compared.
    pub is_price_comparison: bool,
    /// The cheapest that may be called so; none where no price can be held against others.
    pub cheapest: Option<usize>,
    /// The cheapest that meets the targets.
    pub recommended: Option<usize>,
    /// The one with the lowest total of all, whatever it is called.
    pub lowest: usize,
    /// Where none does, the one with the highest coverage; where nothing is to be covered, the one that
    /// does most of the work.
    pub closest: Option<usize>,
}

impl Verdict {
    /// Judges alternatives by what they cost, cover and do; `standings` hold these shares against the targets.
    pub fn of<T: PartialOrd + Copy + Default>(
        totals: &[T],
        coverage: &[Option<f64>],
        work: &[Option<f64>],
        standings: &[Standing],
    ) -> Self {
        let choice = Choice::of(totals, |index| standings[index]);
        let is_price_comparison = is_price_comparison(coverage, work);
        let is_open = choice.recommended.is_none() && !is_price_comparison;
        Self {
            is_price_comparison,
            cheapest: choice.cheapest,
            recommended: choice.recommended,
            lowest: choice.lowest,
            closest: if is_open { closest(coverage, work) } else { None },
        }
    }

    /// The alternative that documents are about: the recommended one, else the closest, else the
    /// cheapest, else the one with the lowest total.
    pub fn leading(&self) -> usize {
        self.recommended.or(self.closest).or(self.cheapest).unwrap_or(self.lowest)
    }
}

/// The one with the highest coverage, the first at a tie; where nothing is to be covered, the one that
/// does most of the work; none in a comparison of prices.
pub fn closest(coverage: &[Option<f64>], work: &[Option<f64>]) -> Option<usize> {
    highest(coverage).or_else(|| highest(work))
}

/// The highest share, the first at a tie; none where none applies.
fn highest(shares: &[Option<f64>]) -> Option<usize> {
    let known = shares.iter().enumerate().filter_map(|(index, share)| Some((index, (*share)?)));
    known.reduce(|best, other| if other.1 > best.1 + TIE { other } else { best }).map(|(index, _)| index)
}

/// Those for which no other has a total as low and a coverage as high with at least one of the two
/// better, among those whose price can be held against others.
pub fn frontier<T: PartialOrd + Copy>(totals: &[T], coverage: &[Option<f64>], prices: &[Price]) -> Vec<usize> {
    let covered = |index: usize| coverage[index].unwrap_or(0.0);
    let beats = |a: usize, b: usize| {
        let is_as_good = totals[a] <= totals[b] && covered(a) >= covered(b) - TIE;
        is_as_good && (totals[a] < totals[b] || covered(a) > covered(b) + TIE)
    };
    let all = (0..totals.len()).filter(|&index| prices[index].is_ranked());
    all.clone().filter(|&index| !all.clone().any(|other| beats(other, index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGETS: Targets = Targets { coverage: 0.95, work: 0.9 };

    fn judge(totals: &[i64], coverage: &[Option<f64>], work: &[Option<f64>], prices: &[Price]) -> Verdict {
        let standing = |index: usize| TARGETS.standing(coverage[index], work[index], prices[index]);
        let standings: Vec<Standing> = (0..totals.len()).map(standing).collect();
        Verdict::of(totals, coverage, work, &standings)
    }

    fn check(totals: &[i64], coverage: &[Option<f64>], work: &[Option<f64>], expected: (usize, Option<usize>, usize)) {
        let verdict = judge(totals, coverage, work, &vec![Price::WHOLE; totals.len()]);
        assert_eq!(
            (verdict.cheapest, verdict.recommended, verdict.leading()),
            (Some(expected.0), expected.1, expected.2)
        );
    }

    #[test]
    fn the_cheapest_that_reaches_both_targets_is_recommended() {
        let (nothing, half, max, all) = (Some(0.0), Some(0.5), Some(0.9499999999), Some(1.0));
        // Doing nothing for 0 is no alternative; the first of two that cost the same is taken.
        check(&[0, 70, 70, 90], &[nothing, all, all, all], &[nothing, all, all, all], (1, Some(1), 1));
        // 94.99999999% and 95% differ by less than can be distinguished.
        check(&[80, 70], &[all, max], &[all, all], (1, Some(1), 1));
        // Work that is missed is not made good by coverage.
        check(&[80, 70], &[all, all], &[all, half], (1, Some(0), 0));
    }

    #[test]
    fn where_none_reaches_them_the_highest_coverage_is_closest() {
        check(&[10, 30, 20], &[Some(0.2), Some(0.6), Some(0.6)], &[None; 3], (0, None, 1));
        // Where nothing is to be covered the most work is closest.
        check(&[10, 30], &[None; 2], &[Some(0.2), Some(0.6)], (0, None, 1));
        // Where none is useful the lowest total of all is the cheapest.
        check(&[10, 5], &[Some(0.0); 2], &[None; 2], (1, None, 0));
    }

    #[test]
    fn what_exceeds_the_budget_is_not_recommended_and_may_be_the_cheapest() {
        let meets = TARGETS.standing(Some(1.0), Some(1.0), Price::WHOLE);
        let standings = [meets.within(false), meets];
        let verdict = Verdict::of(&[10, 20], &[Some(1.0); 2], &[Some(1.0); 2], &standings);
        assert_eq!((verdict.cheapest, verdict.recommended), (Some(0), Some(1)));
        let verdict = Verdict::of(&[10], &[Some(1.0)], &[Some(1.0)], &standings[..1]);
        assert_eq!((verdict.recommended, verdict.leading()), (None, 0));
    }

    #[test]
    fn a_comparison_of_prices_recommends_nothing() {
        check(&[20, 10, 30], &[None; 3], &[None; 3], (1, None, 1));
        assert!(judge(&[20, 10], &[None; 2], &[None; 2], &[Price::WHOLE; 2]).is_price_comparison);
    }

    #[test]
    fn what_is_incomplete_or_not_needed_is_not_ranked() {
        const INCOMPLETE: Price = Price { is_complete: false, is_needed: true };
        const NOT_NEEDED: Price = Price { is_complete: true, is_needed: false };
        let (all, prices) = ([Some(1.0); 3], [INCOMPLETE, NOT_NEEDED, Price::WHOLE]);
        let verdict = judge(&[10, 0, 30], &all, &all, &prices);
        assert_eq!((verdict.cheapest, verdict.recommended), (Some(2), Some(2)));
        assert_eq!(frontier(&[10, 0, 30], &all, &prices), [2]);
        // Where no price is whole none is the cheapest, and what is useful is not made up for by what is not.
        let verdict = judge(&[10, 0], &[None; 2], &[None; 2], &[INCOMPLETE, NOT_NEEDED]);
        assert_eq!((verdict.cheapest, verdict.recommended, verdict.leading()), (None, None, 1));
        let verdict = judge(&[0, 20], &[Some(0.0), Some(0.5)], &[None; 2], &[Price::WHOLE, INCOMPLETE]);
        assert_eq!((verdict.cheapest, verdict.closest), (None, Some(1)));
    }

    #[test]
    fn the_frontier_holds_what_nothing_beats() {
        let covered = [Some(0.5), Some(0.4), Some(0.9), Some(0.5)];
        assert_eq!(frontier(&[10, 20, 30, 10], &covered, &[Price::WHOLE; 4]), [0, 2, 3]);
        // Of prices alone only the lowest are on it.
        assert_eq!(frontier(&[20, 10, 10], &[None; 3], &[Price::WHOLE; 3]), [1, 2]);
    }
}
