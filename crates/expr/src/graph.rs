//! A trace as a graph in which each expression is one node.
//!
//! The months of a term repeat the same steps thousands of times; here the same operation on the same
//! operands is one node, so that it can be one cell of a spreadsheet and one instruction of a program.
//! What adds nothing (plus 0, times 1) is left out, and constants are folded where their result is
//! exact. Operands always come before what is made of them.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap as HashMap;

use crate::number::{Exact, Input};
use crate::op::Op;

/// A node of a graph: its place among all, after its operands.
pub type Id = usize;

/// Expressions, each once.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    ops: Vec<Op<Id>>,
    values: Vec<Exact>,
    names: HashMap<Id, String>,
    /// How many decimal places a node can have; none where there is no end to them.
    places: Vec<Option<u32>>,
    known: HashMap<Op<Id>, Id>,
}

impl Graph {
    /// The operation of a node.
    pub fn op(&self, id: Id) -> Op<Id> {
        self.ops[id]
    }

    /// What a node came to; 0 where it overflowed.
    pub fn value(&self, id: Id) -> Decimal {
        self.values[id].0.unwrap_or_default()
    }

    /// What a node came to.
    pub fn exact(&self, id: Id) -> Exact {
        self.values[id]
    }

    /// What formulas call a node.
    pub fn name(&self, id: Id) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether there are no nodes.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// Names a node that has no name yet; constants and inputs have names of their own.
    pub fn call(&mut self, id: Id, name: &str) {
        if !matches!(self.ops[id], Op::Constant(_) | Op::Input(_)) {
            self.names.entry(id).or_insert_with(|| name.to_string());
        }
    }

    /// Whether a node is a constant.
    pub fn is_constant(&self, id: Id) -> bool {
        self.constant_value(id).is_some()
    }

    /// Some nodes and the nodes they are made of, in their order; `is_leaf` ends the way down.
    pub fn cone(&self, of: impl IntoIterator<Item = Id>, is_leaf: impl Fn(Id) -> bool) -> BTreeSet<Id> {
        let mut seen = BTreeSet::new();
        let mut ahead: Vec<Id> = of.into_iter().collect();
        while let Some(id) = ahead.pop() {
            if seen.insert(id) && !is_leaf(id) {
                ahead.extend(self.op(id).children());
            }
        }
        seen
    }

    /// The inputs that some nodes are made of.
    pub fn inputs_of(&self, of: impl IntoIterator<Item = Id>) -> BTreeSet<Input> {
        let input = |id: Id| match self.ops[id] {
            Op::Input(input) => Some(input),
            _ => None,
        };
        self.cone(of, |_| false).into_iter().filter_map(input).collect()
    }

    /// A constant.
    pub fn constant(&mut self, value: Decimal) -> Id {
        let value = value.normalize();
        self.push(Op::Constant(value), Exact(Some(value)), Some(value.scale()))
    }

    /// An input, written with at most a number of decimal places.
    pub fn input(&mut self, input: Input, value: Decimal, places: u32) -> Id {
        self.push(Op::Input(input), Exact(Some(value)), Some(places))
    }

    /// A value that is not taken apart.
    pub fn figure(&mut self, value: Exact) -> Id {
        self.push(Op::Figure(value.0), value, value.0.map(|value| value.normalize().scale()))
    }

    /// An operation on nodes, simplified; leaves have functions of their own.
    pub fn add(&mut self, op: Op<Id>) -> Id {
        if let Some(simpler) = self.simplified(op) {
            return simpler;
        }
        let value = op.map(|id| self.values[id]).evaluate(|_| Exact(None));
        let is_fixed = !op.is_leaf() && op.children().all(|id| self.is_constant(id));
        if let Some(exact) = value.0.filter(|value| is_fixed && is_exact(op, *value)) {
            return self.constant(exact);
        }
        self.push(op, value, self.places_of(op))
    }

    /// The node that an operation is no more than, if there is one.
    fn simplified(&mut self, op: Op<Id>) -> Option<Id> {
        let is = |id: Id, value: Decimal| self.constant_value(id) == Some(value);
        let has_value = |id: Id| self.values[id].0.is_some();
        let (zero, one) = (Decimal::ZERO, Decimal::ONE);
        match op {
            Op::Sum(a, b) if is(a, zero) => Some(b),
            Op::Sum(a, b) | Op::Difference(a, b) if is(b, zero) => Some(a),
            Op::Product(a, b) if (is(a, zero) || is(b, zero)) && has_value(a) && has_value(b) => {
                Some(self.constant(zero))
            }
            Op::Product(a, b) if is(a, one) => Some(b),
            Op::Product(a, b) | Op::Quotient(a, b) if is(b, one) => Some(a),
            Op::Quotient(a, b) if is(a, zero) && !self.value(b).is_zero() => Some(self.constant(zero)),
            Op::Rounded(a, digits) if self.is_rounded(a, digits) => Some(a),
            Op::Min(a, b) | Op::Max(a, b) if a == b => Some(a),
            Op::Power(_, 0) => Some(self.constant(one)),
            Op::Power(a, 1) => Some(a),
            _ => None,
        }
    }

    /// Whether a node never has more decimal places than these. What is computed is rounded all the
    /// same: a spreadsheet has doubles.
    fn is_rounded(&self, id: Id, digits: u32) -> bool {
        let is_single = matches!(self.ops[id], Op::Input(_) | Op::Rounded(..) | Op::Figure(_));
        is_single && self.places[id].is_some_and(|places| places <= digits)
    }

    /// How many decimal places the result of an operation can have; none where there is no end.
    fn places_of(&self, op: Op<Id>) -> Option<u32> {
        match op.map(|id| self.places[id]) {
            Op::Constant(_) | Op::Figure(_) | Op::Input(_) | Op::Quotient(..) => None,
            Op::Sum(a, b) | Op::Difference(a, b) | Op::Min(a, b) | Op::Max(a, b) => a.zip(b).map(|(a, b)| a.max(b)),
            Op::Product(a, b) => a.zip(b).map(|(a, b)| a.saturating_add(b)),
            Op::Rounded(_, digits) => Some(digits),
            Op::Ceiling(_) | Op::Floor(_) => Some(0),
            Op::Power(a, exponent) => a.map(|a| a.saturating_mul(exponent)),
        }
    }

    fn constant_value(&self, id: Id) -> Option<Decimal> {
        match self.ops[id] {
            Op::Constant(value) => Some(value),
            _ => None,
        }
    }

    fn push(&mut self, op: Op<Id>, value: Exact, places: Option<u32>) -> Id {
        if let Some(&id) = self.known.get(&op) {
            return id;
        }
        self.known.insert(op, self.ops.len());
        self.ops.push(op);
        self.values.push(value);
        self.places.push(places);
        self.ops.len() - 1
    }
}

/// Whether a decimal is the result of an operation to the last digit; a quotient may have no end.
fn is_exact<T>(op: Op<T>, value: Decimal) -> bool {
    !matches!(op, Op::Quotient(..)) && is_short(value)
}

/// Whether a result has so few digits that it cannot have lost some.
pub fn is_short(value: Decimal) -> bool {
    const LONGEST: i128 = 10_i128.pow(24);
    value.mantissa().abs() < LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("it is a decimal")
    }

    #[test]
    fn the_same_operation_on_the_same_operands_is_one_node() {
        let mut graph = Graph::default();
        let price = graph.input(Input(0), decimal("12.50"), 2);
        let users = graph.input(Input(1), decimal("40"), 0);
        let cost = graph.add(Op::Product(price, users));
        assert_eq!(graph.add(Op::Product(price, users)), cost);
        assert_eq!(graph.value(cost), decimal("500"));
        assert_eq!(graph.inputs_of([cost]).len(), 2);
    }

    #[test]
    fn what_adds_nothing_is_left_out() {
        let mut graph = Graph::default();
        let price = graph.input(Input(0), decimal("12.50"), 2);
        let (zero, one) = (graph.constant(Decimal::ZERO), graph.constant(Decimal::ONE));
        for op in [Op::Sum(price, zero), Op::Sum(zero, price), Op::Difference(price, zero), Op::Product(one, price)] {
            assert_eq!(graph.add(op), price);
        }
        assert_eq!(graph.add(Op::Product(price, zero)), zero);
        assert_eq!(graph.add(Op::Rounded(price, 2)), price);
        assert_ne!(graph.add(Op::Rounded(price, 1)), price);
        assert_eq!(graph.add(Op::Max(price, price)), price);
    }

    #[test]
    fn constants_are_folded_only_where_the_result_is_exact() {
        let mut graph = Graph::default();
        let [one, three, eleven] = ["1", "3", "11"].map(|text| graph.constant(decimal(text)));
        let sum = graph.add(Op::Sum(three, eleven));
        assert_eq!(graph.op(sum), Op::Constant(decimal("14")));
        let third = graph.add(Op::Quotient(one, three));
        assert_eq!(graph.op(third), Op::Quotient(one, three));
        let long = graph.constant(decimal("1.000000000000001"));
        let square = graph.add(Op::Product(long, long));
        assert_eq!(graph.op(square), Op::Product(long, long));
    }

    #[test]
    fn a_result_that_overflows_stays_an_overflow() {
        let mut graph = Graph::default();
        let (max, zero) = (graph.constant(Decimal::MAX), graph.constant(Decimal::ZERO));
        let twice = graph.add(Op::Sum(max, max));
        assert_eq!(graph.exact(twice), Exact(None));
        let product = graph.add(Op::Product(twice, zero));
        assert_eq!(graph.exact(product), Exact(None));
    }
}
