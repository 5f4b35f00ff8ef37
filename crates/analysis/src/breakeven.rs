//! Break-even analysis: the values of one number at which two alternatives break even.
//!
//! Only totals are compared, and all of them are those of [`crate::compare`]. Who is useful is
//! settled by the scenario as it is. How values are laid out and searched is reported in
//! [`crate::vary`].

use std::sync::Arc;

use crate::compare::verdict::lowest;
use crate::vary::{Axis, Indices, Refusal, Run, Totals, Varied, runs};
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
    /// Highest prices; none where what is varied is no money.
    pub walk_away: Option<Vec<WalkAway>>,
}

/// A value and what the alternatives cost at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The number of the value.
    pub index: u64,
    /// The term totals, by alternative.
    pub totals: Arc<[Money]>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// The last value before it.
    pub below: Point,
    /// The first value after it.
    pub above: Point,
}

/// That one of two alternatives is never more expensive, and cheaper somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throughout {
    /// The cheaper one, by index.
    pub cheaper: usize,
    /// The least difference of the values looked at first.
    pub least: Money,
    /// The largest.
    pub most: Money,
}

/// The highest price at which an alternative is not more expensive than the cheapest other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkAway {
    /// The alternative, by index.
    pub alternative: usize,
    /// Who is cheapest at the next price up.
    pub rival: usize,
    /// The number of the price; none: it is more expensive at every price.
    pub value: Option<u64>,
}

impl Pair {
    /// The runs of values at which both cost the same.
    pub fn ties(&self) -> impl Iterator<Item = &Run<Ordering>> {
        self.runs.iter().filter(|run| run.label == Ordering::Equal)
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

/// Finds where alternatives break even. `useful` says who may be called the cheapest; `is_pair`
/// that the alternatives are the two that were asked for, who then are each other's only rival.
///
/// # Errors
/// A value at which the scenario is refused.
pub fn find<'a>(
    scenario: &'a Scenario,
    varied: &'a Varied,
    useful: &[bool],
    is_pair: bool,
    progress: Progress,
) -> Result<Breakeven<'a>, Refusal> {
    let axis = &varied.axes[0];
    let totals = Totals::new(varied);
    let indices = axis.points();
    let cells: Vec<Indices> = indices.iter().map(|&index| vec![index]).collect();
    let found = totals.at_all(&cells, progress)?;
    let points: Vec<Point> = indices.into_iter().zip(found).map(|(index, totals)| Point { index, totals }).collect();
    let search = Search { axis, totals, points, useful, is_pair };
    Ok(Breakeven {
        scenario,
        axis,
        pairs: search.pairs(scenario.alternatives.len())?,
        cheapest: search.cheapest()?,
        walk_away: if axis.kind == Kind::Money { Some(search.walk_away()?) } else { None },
        points: search.points,
    })
}

/// What is searched.
struct Search<'a> {
    axis: &'a Axis,
    totals: Totals<'a>,
    points: Vec<Point>,
    useful: &'a [bool],
    is_pair: bool,
}

impl Search<'_> {
    fn point(&self, index: u64) -> Result<Point, Refusal> {
        Ok(Point { index, totals: self.totals.at(&[index])? })
    }

    /// The runs of values that are alike in what is reported of their totals.
    fn runs<L: Copy + PartialEq + Send + Sync>(
        &self,
        points: &[Point],
        label: impl Fn(&[Money]) -> L + Sync,
    ) -> Result<Vec<Run<L>>, Refusal> {
        let labels: Vec<(u64, L)> = points.iter().map(|point| (point.index, label(&point.totals))).collect();
        runs(&labels, |index| Ok(label(&self.totals.at(&[index])?)))
    }

    fn pairs(&self, alternatives: usize) -> Result<Vec<Pair>, Refusal> {
        let pairs = (0..alternatives).flat_map(|a| (a + 1..alternatives).map(move |b| (a, b)));
        pairs.map(|(a, b)| self.pair(a, b)).collect()
    }

    fn pair(&self, a: usize, b: usize) -> Result<Pair, Refusal> {
        let runs = self.runs(&self.points, |totals| totals[a].cmp(&totals[b]))?;
        let differing: Vec<&Run<Ordering>> = runs.iter().filter(|run| run.label != Ordering::Equal).collect();
        let changes = differing.windows(2).filter(|pair| pair[0].label != pair[1].label);
        let crossings = changes
            .map(|pair| Ok(Crossing { below: self.point(pair[0].to)?, above: self.point(pair[1].from)? }))
            .collect::<Result<Vec<_>, Refusal>>()?;
        let throughout = match (differing.first(), crossings.is_empty()) {
            (Some(run), true) => Some(self.throughout(a, b, run.label)),
            _ => None,
        };
        Ok(Pair { a, b, runs, crossings, throughout })
    }

    fn throughout(&self, a: usize, b: usize, order: Ordering) -> Throughout {
        let differences = self.points.iter().map(|point| (point.totals[a] - point.totals[b]).abs());
        let (least, most) = differences
            .map(|difference| (difference, difference))
            .reduce(|(least, most), (difference, _)| (least.min(difference), most.max(difference)))
            .unwrap_or_default();
        let cheaper = if order == Ordering::Less { a } else { b };
        Throughout { cheaper, least, most }
    }

    fn cheapest(&self) -> Result<Vec<Run<usize>>, Refusal> {
        let Some(first) = self.useful.iter().position(|&is_useful| is_useful) else { return Ok(Vec::new()) };
        self.runs(&self.points, |totals| lowest(totals, |index| self.useful[index]).unwrap_or(first))
    }

    /// A row for each alternative that costs more at the last price than at the first and has a
    /// rival.
    fn walk_away(&self) -> Result<Vec<WalkAway>, Refusal> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return Ok(Vec::new()) };
        let rising = (0..first.totals.len()).filter(|&index| last.totals[index] > first.totals[index]);
        let rows = rising.map(|alternative| self.highest_price(alternative));
        rows.filter_map(Result::transpose).collect()
    }

    fn highest_price(&self, alternative: usize) -> Result<Option<WalkAway>, Refusal> {
        let rival_of =
            |totals: &[Money]| lowest(totals, |index| index != alternative && (self.is_pair || self.useful[index]));
        let is_not_above =
            |totals: &[Money]| rival_of(totals).is_some_and(|rival| totals[alternative] <= totals[rival]);
        let best = self.points.iter().rposition(|point| is_not_above(&point.totals));
        let (value, at) = match best {
            None => (None, 0),
            Some(best) if best + 1 == self.points.len() => (Some(self.axis.grid.last()), self.axis.grid.last()),
            Some(best) => {
                let runs = self.runs(&self.points[best..best + 2], is_not_above)?;
                let highest = runs.first().map_or(self.points[best].index, |run| run.to);
                (Some(highest), highest + 1)
            }
        };
        let rival = rival_of(&self.totals.at(&[at])?);
        Ok(rival.map(|rival| WalkAway { alternative, rival, value }))
    }
}
