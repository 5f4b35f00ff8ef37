//! Break-even analysis: the values of one number at which two alternatives break even.
//!
//! Totals, coverage and work at every value are those of [`crate::compare`]. Crossings between two that
//! both meet the targets come first, and a price may rise as long as no rival that may be recommended is
//! cheaper. How values are laid out and searched is reported in [`crate::vary`].

use std::sync::Arc;

use crate::compare::verdict::{self, Standing, lowest};
use crate::frames::{Figures, Judgement};
use crate::vary::{Axis, Evaluated, Indices, Run, Varied, VaryError, runs};
use comanage_model::money::Money;
use comanage_model::scenario::{Kind, Scenario};

use std::cmp::Ordering;

/// Where the alternatives of a scenario break even.
#[derive(Clone, Debug)]
pub struct Breakeven<'a> {
    /// The scenario as it is, with the alternatives that are held against each other.
    pub scenario: &'a Scenario,
    /// What is varied.
    pub axis: &'a Axis,
    /// The values that were looked at first.
    pub points: Vec<Point>,
    /// Every two alternatives, the earlier one first.
    pub pairs: Vec<Pair>,
    /// Which useful alternative is the cheapest, by index, from the first value to the last; nothing where
    /// no price can be held against others.
    pub cheapest: Vec<Run<usize>>,
    /// Which alternative is recommended, by index, likewise.
    pub recommended: Vec<Run<Option<usize>>>,
    /// By alternative, the runs of values in which it meets the targets or misses them, keeps the budget or exceeds
    /// it.
    pub reaches: Vec<Vec<Reaching>>,
    /// Highest prices; none where what is varied is no money.
    pub walk_away: Option<Vec<WalkAway>>,
}

/// A value and what the alternatives come to at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The number of the value.
    pub index: u64,
    /// The term totals, by alternative.
    pub totals: Arc<[Money]>,
    /// What each covers and does, by alternative.
    pub judged: Arc<[Judgement]>,
}

impl Point {
    fn new(index: u64, Figures { totals, judged }: Figures) -> Self {
        Self { index, totals, judged }
    }

    fn figures(&self) -> Figures {
        Figures { totals: Arc::clone(&self.totals), judged: Arc::clone(&self.judged) }
    }

    /// Whether an alternative meets the targets at the value.
    pub fn reaches(&self, alternative: usize) -> bool {
        self.judged[alternative].standing.reaches
    }
}

/// Values in a row at which an alternative meets the targets and the budget, or does not.
#[derive(Clone, Debug, PartialEq)]
pub struct Reaching {
    /// Whether it meets the targets; none where there are none.
    pub is_reached: Option<bool>,
    /// Whether it keeps the budget; none where there is none.
    pub keeps_budget: Option<bool>,
    /// The first value, with what it covers and does there.
    pub from: (u64, Judgement),
    /// The last value likewise.
    pub to: (u64, Judgement),
}

/// Two alternatives along the values.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The earlier alternative, by index.
    pub a: usize,
    /// The later one.
    pub b: usize,
    /// The values in runs: how the total of `a` compares with that of `b`.
    pub runs: Vec<Run<Ordering>>,
    /// Where they break even.
    pub crossings: Vec<Crossing>,
    /// Where there is no crossing and they differ: who is cheaper.
    pub throughout: Option<Throughout>,
}

/// Where two alternatives break even.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// The last value before it.
    pub below: Point,
    /// The first value after it.
    pub above: Point,
    /// Whether both meet the targets on both sides.
    pub is_on_target: bool,
}

/// That one of two alternatives is never more expensive, and cheaper somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throughout {
    /// The cheaper one, by index.
    pub cheaper: usize,
    /// The least difference of the values looked at first.
    pub min: Money,
    /// The largest difference.
    pub max: Money,
}

/// The highest price at which an alternative is not more expensive than the cheapest other that may be recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkAway {
    /// The alternative, by index.
    pub alternative: usize,
    /// Who is cheapest at the next price up.
    pub rival: usize,
    /// The number of the price; none: it is more expensive at every price.
    pub value: Option<u64>,
    /// Whether the rival meets the targets; where no other does, all are rivals. None where there are no
    /// targets.
    pub rival_meets_targets: Option<bool>,
    /// Whether the rival keeps the budget; where no other that meets the targets does, all of those are rivals.
    /// None where there is no budget.
    pub rival_keeps_budget: Option<bool>,
}

impl Pair {
    /// The runs of values at which both cost the same.
    pub fn ties(&self) -> impl Iterator<Item = &Run<Ordering>> {
        self.runs.iter().filter(|run| run.label == Ordering::Equal)
    }

    /// Whether the two break even where both meet the targets.
    pub fn is_on_target(&self) -> bool {
        self.crossings.iter().any(|crossing| crossing.is_on_target)
    }
}

impl WalkAway {
    /// Whether the alternative is not more expensive even at the highest price that was tried.
    pub fn is_at_least(&self, axis: &Axis) -> bool {
        self.value == Some(axis.grid.last())
    }
}

/// What is reported while it goes on.
pub type Progress<'a> = &'a (dyn Fn() + Sync);

/// Finds where alternatives break even. `is_pair` says that the alternatives are the two that were asked
/// for, who then are each other's only rival.
///
/// # Errors
/// A value at which the scenario is refused.
pub fn find<'a>(
    scenario: &'a Scenario,
    varied: &'a Varied,
    is_pair: bool,
    progress: Progress,
) -> Result<Breakeven<'a>, VaryError> {
    let axis = &varied.axes[0];
    let figures = Evaluated::new(varied);
    let indices = axis.points();
    let cells: Vec<Indices> = indices.iter().map(|&index| vec![index]).collect();
    let found = figures.at_all(&cells, progress)?;
    let points: Vec<Point> =
        indices.into_iter().zip(found).map(|(index, figures)| Point::new(index, figures)).collect();
    let search = Search { scenario, axis, figures, points, is_pair };
    let alternatives = scenario.alternatives.len();
    let mut pairs = search.pairs(alternatives)?;
    // Those that matter come first, the rest stays in its order.
    pairs.sort_by_key(|pair| !pair.is_on_target());
    Ok(Breakeven {
        scenario,
        axis,
        pairs,
        cheapest: search.cheapest()?,
        recommended: search.runs(&search.points, |figures| figures.choice().recommended)?,
        reaches: (0..alternatives).map(|index| search.reaches(index)).collect::<Result<_, _>>()?,
        walk_away: if axis.kind == Kind::Money { Some(search.walk_away()?) } else { None },
        points: search.points,
    })
}

/// What is searched.
struct Search<'a> {
    scenario: &'a Scenario,
    axis: &'a Axis,
    figures: Evaluated<'a>,
    points: Vec<Point>,
    is_pair: bool,
}

impl Search<'_> {
    fn point(&self, index: u64) -> Result<Point, VaryError> {
        Ok(Point::new(index, self.figures.at(&[index])?))
    }

    /// The runs of values that are alike in what is reported of their figures.
    fn runs<L: Copy + PartialEq + Send + Sync>(
        &self,
        points: &[Point],
        label: impl Fn(&Figures) -> L + Sync,
    ) -> Result<Vec<Run<L>>, VaryError> {
        let labels: Vec<(u64, L)> = points.iter().map(|point| (point.index, label(&point.figures()))).collect();
        runs(&labels, |index| Ok(label(&self.figures.at(&[index])?)))
    }

    /// Who is the cheapest, where any price can be held against others.
    fn cheapest(&self) -> Result<Vec<Run<usize>>, VaryError> {
        let runs = self.runs(&self.points, |figures| figures.choice().cheapest)?;
        let known = |run: Run<Option<usize>>| Some(Run { from: run.from, to: run.to, label: run.label? });
        Ok(runs.into_iter().filter_map(known).collect())
    }

    /// Where an alternative meets the targets and the budget.
    fn reaches(&self, alternative: usize) -> Result<Vec<Reaching>, VaryError> {
        let runs = self.runs(&self.points, |figures| {
            let standing = figures.judged[alternative].standing;
            (standing.met(), standing.kept(self.scenario))
        })?;
        let end = |index: u64| Ok((index, self.figures.at(&[index])?.judged[alternative]));
        let reaching = |run: &Run<(Option<bool>, Option<bool>)>| {
            let (is_reached, keeps_budget) = run.label;
            Ok(Reaching { is_reached, keeps_budget, from: end(run.from)?, to: end(run.to)? })
        };
        runs.iter().map(reaching).collect()
    }

    fn pairs(&self, alternatives: usize) -> Result<Vec<Pair>, VaryError> {
        let pairs = (0..alternatives).flat_map(|a| (a + 1..alternatives).map(move |b| (a, b)));
        pairs.map(|(a, b)| self.pair(a, b)).collect()
    }

    fn pair(&self, a: usize, b: usize) -> Result<Pair, VaryError> {
        let runs = self.runs(&self.points, |figures| figures.totals[a].cmp(&figures.totals[b]))?;
        let differing: Vec<&Run<Ordering>> = runs.iter().filter(|run| run.label != Ordering::Equal).collect();
        let changes = differing.windows(2).filter(|pair| pair[0].label != pair[1].label);
        let crossings = changes
            .map(|pair| {
                let (below, above) = (self.point(pair[0].to)?, self.point(pair[1].from)?);
                let is_on_target = [&below, &above].iter().all(|point| point.reaches(a) && point.reaches(b));
                Ok(Crossing { below, above, is_on_target })
            })
            .collect::<Result<Vec<_>, VaryError>>()?;
        let throughout = match (differing.first(), crossings.is_empty()) {
            (Some(run), true) => Some(self.throughout(a, b, run.label)),
            _ => None,
        };
        Ok(Pair { a, b, runs, crossings, throughout })
    }

    fn throughout(&self, a: usize, b: usize, order: Ordering) -> Throughout {
        let differences = self.points.iter().map(|point| (point.totals[a] - point.totals[b]).abs());
        let (min, max) = differences
            .map(|difference| (difference, difference))
            .reduce(|(min, max), (difference, _)| (min.min(difference), max.max(difference)))
            .unwrap_or_default();
        let cheaper = if order == Ordering::Less { a } else { b };
        Throughout { cheaper, min, max }
    }

    /// A row for each alternative that costs more at the last price than at the first and has a
    /// rival.
    fn walk_away(&self) -> Result<Vec<WalkAway>, VaryError> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return Ok(Vec::new()) };
        let rising = (0..first.totals.len()).filter(|&index| last.totals[index] > first.totals[index]);
        let rows = rising.map(|alternative| self.highest_price(alternative));
        rows.filter_map(Result::transpose).collect()
    }

    fn highest_price(&self, alternative: usize) -> Result<Option<WalkAway>, VaryError> {
        let rival_of = |figures: &Figures| self.rival(figures, alternative);
        let is_not_above = |figures: &Figures| {
            rival_of(figures).is_some_and(|rival| figures.totals[alternative] <= figures.totals[rival])
        };
        let best = self.points.iter().rposition(|point| is_not_above(&point.figures()));
        let (value, at) = match best {
            None => (None, 0),
            Some(best) if best + 1 == self.points.len() => (Some(self.axis.grid.last()), self.axis.grid.last()),
            Some(best) => {
                let runs = self.runs(&self.points[best..best + 2], is_not_above)?;
                let highest = runs.first().map_or(self.points[best].index, |run| run.to);
                (Some(highest), highest + 1)
            }
        };
        let figures = self.figures.at(&[at])?;
        let row = |rival: usize| WalkAway {
            alternative,
            rival,
            value,
            rival_meets_targets: figures.judged[rival].standing.met(),
            rival_keeps_budget: figures.judged[rival].standing.kept(self.scenario),
        };
        Ok(rival_of(&figures).map(row))
    }

    /// The cheapest other alternative that may be recommended; where none may, the cheapest other that meets the
    /// targets beyond the budget; else the cheapest other useful one. Of two that were asked for each is the other's
    /// rival.
    fn rival(&self, figures: &Figures, alternative: usize) -> Option<usize> {
        let is_other = |index: usize| index != alternative;
        if self.is_pair {
            return lowest(&figures.totals, is_other);
        }
        let standings: Vec<Standing> = figures.judged.iter().map(|judged| judged.standing).collect();
        let may_be_cheapest = verdict::may_be_cheapest(&standings);
        let meets = |index: usize| standings[index].within(true).may_be_recommended();
        lowest(&figures.totals, |index| is_other(index) && standings[index].may_be_recommended())
            .or_else(|| lowest(&figures.totals, |index| is_other(index) && meets(index)))
            .or_else(|| lowest(&figures.totals, |index| is_other(index) && may_be_cheapest[index]))
    }
}
