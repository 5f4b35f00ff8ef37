//! Between what values an expression lies while inputs stay within theirs.
//!
//! Bounds are exact decimals. They may be wider than what can come out, never narrower: an
//! expression that names an input twice is bounded as if they were two.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::graph::{Graph, Id, Node};
use comanage_expr::number::{Exact, Input, Number};

/// The least and the highest value of something.
pub type Bounds = (Decimal, Decimal);

/// What inputs may be; any other stays as it is.
pub type Boxes = HashMap<Input, Bounds>;

/// The bounds of every node that some nodes are made of; none where a result could have no room, or
/// be divided by nothing.
pub fn bounds_of(graph: &Graph, cone: &BTreeSet<Id>, boxes: &Boxes) -> HashMap<Id, Option<Bounds>> {
    let mut known: HashMap<Id, Option<Bounds>> = HashMap::with_capacity(cone.len());
    for &id in cone {
        let point = Some((graph.value(id), graph.value(id)));
        let of = |part: Id| known.get(&part).copied().unwrap_or(Some((graph.value(part), graph.value(part))));
        let bounds = match *graph.node(id) {
            Node::Constant(_) => point,
            Node::Value(value) => value.and(point),
            Node::Input(input) => boxes.get(&input).copied().or(point),
            Node::Sum(a, b) => both(of(a), of(b), |a, b| ends([add(a.0, b.0), add(a.1, b.1)])),
            Node::Difference(a, b) => both(of(a), of(b), |a, b| ends([add(a.0, -b.1), add(a.1, -b.0)])),
            Node::Product(a, b) => both(of(a), of(b), |a, b| corners(a, b, |a, b| Exact(Some(a)) * Exact(Some(b)))),
            Node::Quotient(a, b) => both(of(a), of(b), |a, b| {
                let is_apart = b.0 > Decimal::ZERO || b.1 < Decimal::ZERO;
                is_apart.then(|| corners(a, b, |a, b| Exact(Some(a)) / Exact(Some(b)))).flatten()
            }),
            Node::Rounded(a, digits) => of(a).and_then(|a| rising(a, |end| end.round(digits))),
            Node::Ceiling(a) => of(a).and_then(|a| rising(a, Number::ceil)),
            Node::Floor(a) => of(a).and_then(|a| rising(a, Number::floor)),
            Node::Least(a, b) => both(of(a), of(b), |a, b| Some((a.0.min(b.0), a.1.min(b.1)))),
            Node::Greatest(a, b) => both(of(a), of(b), |a, b| Some((a.0.max(b.0), a.1.max(b.1)))),
            Node::Power(a, exponent) => {
                of(a).filter(|a| a.0 >= Decimal::ZERO || a.0 == a.1).and_then(|a| rising(a, |end| end.power(exponent)))
            }
        };
        known.insert(id, bounds);
    }
    known
}

fn both(a: Option<Bounds>, b: Option<Bounds>, of: impl Fn(Bounds, Bounds) -> Option<Bounds>) -> Option<Bounds> {
    of(a?, b?)
}

fn add(a: Decimal, b: Decimal) -> Exact {
    Exact(Some(a)) + Exact(Some(b))
}

fn rising(of: Bounds, step: impl Fn(Exact) -> Exact) -> Option<Bounds> {
    ends([step(Exact(Some(of.0))), step(Exact(Some(of.1)))])
}

fn corners(a: Bounds, b: Bounds, of: impl Fn(Decimal, Decimal) -> Exact) -> Option<Bounds> {
    ends([of(a.0, b.0), of(a.0, b.1), of(a.1, b.0), of(a.1, b.1)])
}

/// The least and the highest of some ends, if all have room.
fn ends<const N: usize>(ends: [Exact; N]) -> Option<Bounds> {
    let mut values = ends.into_iter().map(|end| end.0);
    let first = values.next()??;
    values.try_fold((first, first), |(least, most), value| value.map(|value| (least.min(value), most.max(value))))
}
