//! Between which values an expression lies while inputs stay within theirs.
//!
//! Intervals may be wider than what can come out, never narrower: an expression that uses an input
//! twice is bounded as if they were two.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;

use crate::graph::{Graph, Id};
use crate::number::{Exact, Input};
use crate::op::Op;

/// All values from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval<T> {
    /// The minimum.
    pub min: T,
    /// The maximum.
    pub max: T,
}

impl<T: Copy + Ord> Interval<T> {
    /// A single value.
    pub fn point(value: T) -> Self {
        Self { min: value, max: value }
    }

    /// The narrowest interval that contains some values; none if one of them overflowed, or if there
    /// are none.
    pub fn hull(values: impl IntoIterator<Item = Option<T>>) -> Option<Self> {
        let mut values = values.into_iter();
        let first = Self::point(values.next()??);
        values.try_fold(first, |hull, value| {
            value.map(|value| Self { min: hull.min.min(value), max: hull.max.max(value) })
        })
    }

    /// The interval of an operation that rises, or falls, in both operands: its values are between
    /// those of the corners.
    pub fn corners(self, other: Self, op: impl Fn(T, T) -> Option<T>) -> Option<Self> {
        let [a, b] = [self, other];
        Self::hull([op(a.min, b.min), op(a.min, b.max), op(a.max, b.min), op(a.max, b.max)])
    }

    /// The interval of an operation that rises, or falls, all the way.
    pub fn map(self, op: impl Fn(T) -> Option<T>) -> Option<Self> {
        Self::hull([op(self.min), op(self.max)])
    }

    /// The interval of the lower of two values.
    pub fn lower(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.min(other.max) }
    }

    /// The interval of the higher of two values.
    pub fn higher(self, other: Self) -> Self {
        Self { min: self.min.max(other.min), max: self.max.max(other.max) }
    }

    /// Whether a comparison with values of another interval always has one outcome: whether those here
    /// are above, or else whether they are equal.
    pub fn settles(self, other: Self, is_above: bool, outcome: bool) -> bool {
        let is_apart = self.max < other.min || self.min > other.max;
        let is_point = self == other && self.min == self.max;
        let (always, never) =
            if is_above { (self.min > other.max, self.max <= other.min) } else { (is_point, is_apart) };
        if outcome { always } else { never }
    }

    /// Whether a value lies within.
    pub fn contains(self, value: T) -> bool {
        self.min <= value && value <= self.max
    }
}

impl Op<Interval<Decimal>> {
    /// The interval of the result. None where a result could overflow, or be divided by zero.
    pub fn bounds(self, input: impl FnOnce(Input) -> Interval<Decimal>) -> Option<Interval<Decimal>> {
        let exact = |op: Op<Decimal>| op.map(|value| Exact(Some(value))).evaluate(|_| Exact(None)).0;
        match self {
            Self::Constant(value) => Some(Interval::point(value)),
            Self::Figure(value) => value.map(Interval::point),
            Self::Input(of) => Some(input(of)),
            Self::Sum(a, b) => a.corners(b, |a, b| exact(Op::Sum(a, b))),
            Self::Difference(a, b) => a.corners(b, |a, b| exact(Op::Difference(a, b))),
            Self::Product(a, b) => a.corners(b, |a, b| exact(Op::Product(a, b))),
            Self::Quotient(_, b) if b.contains(Decimal::ZERO) => None,
            Self::Quotient(a, b) => a.corners(b, |a, b| exact(Op::Quotient(a, b))),
            Self::Rounded(a, digits) => a.map(|end| exact(Op::Rounded(end, digits))),
            Self::Ceiling(a) => a.map(|end| exact(Op::Ceiling(end))),
            Self::Floor(a) => a.map(|end| exact(Op::Floor(end))),
            Self::Min(a, b) => Some(a.lower(b)),
            Self::Max(a, b) => Some(a.higher(b)),
            // A power of numbers below zero may fall and rise again.
            Self::Power(a, _) if a.min < Decimal::ZERO && a.min != a.max => None,
            Self::Power(a, exponent) => a.map(|end| exact(Op::Power(end, exponent))),
        }
    }
}

/// The intervals of inputs that may vary; any other stays as it is.
pub type Boxes = HashMap<Input, Interval<Decimal>>;

/// The intervals of all nodes of a cone ([`Graph::cone`]); none where a result could overflow, or be
/// divided by zero.
pub fn bounds_of(graph: &Graph, cone: &BTreeSet<Id>, boxes: &Boxes) -> HashMap<Id, Option<Interval<Decimal>>> {
    let mut known: HashMap<Id, Option<Interval<Decimal>>> = HashMap::with_capacity(cone.len());
    for &id in cone {
        let point = |of: Id| Interval::point(graph.value(of));
        let of = |child: Id| known.get(&child).copied().unwrap_or(Some(point(child)));
        let op = graph.op(id);
        let bounds = if op.children().any(|child| of(child).is_none()) {
            None
        } else {
            let op = op.map(|child| of(child).unwrap_or_else(|| point(child)));
            op.bounds(|input| boxes.get(&input).copied().unwrap_or_else(|| point(id)))
        };
        known.insert(id, bounds);
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(min: i64, max: i64) -> Interval<Decimal> {
        Interval { min: Decimal::from(min), max: Decimal::from(max) }
    }

    fn bounds(op: Op<Interval<Decimal>>) -> Option<Interval<Decimal>> {
        op.bounds(|_| Interval::point(Decimal::ZERO))
    }

    #[test]
    fn intervals_hold_every_result_of_an_operation() {
        let (a, b) = (interval(-2, 3), interval(4, 5));
        assert_eq!(bounds(Op::Sum(a, b)), Some(interval(2, 8)));
        assert_eq!(bounds(Op::Difference(a, b)), Some(interval(-7, -1)));
        assert_eq!(bounds(Op::Product(a, b)), Some(interval(-10, 15)));
        assert_eq!(bounds(Op::Max(a, interval(0, 0))), Some(interval(0, 3)));
        assert_eq!(bounds(Op::Min(a, b)), Some(a));
        assert_eq!(bounds(Op::Power(b, 2)), Some(interval(16, 25)));
    }

    #[test]
    fn what_could_divide_by_zero_or_overflow_has_no_bounds() {
        let (a, b) = (interval(-2, 3), interval(4, 5));
        assert_eq!(bounds(Op::Quotient(b, a)), None);
        assert_eq!(bounds(Op::Power(a, 2)), None);
        let max = Interval { min: Decimal::ZERO, max: Decimal::MAX };
        assert_eq!(bounds(Op::Sum(max, b)), None);
    }

    #[test]
    fn a_comparison_is_settled_where_intervals_do_not_overlap() {
        let (low, high) = (interval(1, 3), interval(4, 5));
        assert!(high.settles(low, true, true) && !high.settles(low, true, false));
        assert!(low.settles(high, true, false) && low.settles(high, false, false));
        assert!(!interval(1, 5).settles(high, true, false) && !interval(1, 5).settles(high, true, true));
    }
}
