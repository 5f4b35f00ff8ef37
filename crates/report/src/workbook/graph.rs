//! Recorded steps as a graph in which each expression stands once.
//!
//! The months of a term repeat the same steps thousands of times; here the same operation on the same
//! operands is one node, so that it can be one cell. What adds nothing (plus 0, times 1) is left
//! out. Hours of work are not taken apart: they come in as values.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;

use comanage_expr::number::{Exact, Input, Number};

/// A place in the graph; what a node is made of lies before it.
pub type Id = usize;

/// An expression of the model.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A constant of the model, or an input that was left out.
    Constant(Decimal),
    /// A figure that is not taken apart: hours of work. None where it has no room.
    Value(Option<Decimal>),
    /// An input of the scenario.
    Input(Input),
    /// A sum.
    Sum(Id, Id),
    /// A difference.
    Difference(Id, Id),
    /// A product.
    Product(Id, Id),
    /// A quotient.
    Quotient(Id, Id),
    /// Rounded half away from zero to so many decimals.
    Rounded(Id, u32),
    /// The next whole number.
    Ceiling(Id),
    /// The whole number at or below.
    Floor(Id),
    /// The lower of two.
    Least(Id, Id),
    /// The higher of two.
    Greatest(Id, Id),
    /// A whole power.
    Power(Id, u32),
}

/// Every expression, each once.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    values: Vec<Exact>,
    names: Vec<Option<String>>,
    /// How many decimals a node can have; none where there is no end to them.
    decimals: Vec<Option<u32>>,
    known: HashMap<Node, Id>,
}

impl Graph {
    /// The expression of a node.
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// What a node came to.
    pub fn value(&self, id: Id) -> Decimal {
        self.values[id].0.unwrap_or_default()
    }

    /// What formulas call a node.
    pub fn name(&self, id: Id) -> Option<&str> {
        self.names[id].as_deref()
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Names a node that has no name yet.
    pub fn call(&mut self, id: Id, name: &str) {
        let is_expression = !matches!(self.nodes[id], Node::Constant(_) | Node::Input(_));
        if is_expression && self.names[id].is_none() {
            self.names[id] = Some(name.to_string());
        }
    }

    /// Whether a node is a number of the model itself.
    pub fn is_constant(&self, id: Id) -> bool {
        matches!(self.nodes[id], Node::Constant(_))
    }

    /// The nodes that a node is made of.
    pub fn parts(&self, id: Id) -> Vec<Id> {
        match self.nodes[id] {
            Node::Constant(_) | Node::Value(_) | Node::Input(_) => Vec::new(),
            Node::Sum(a, b)
            | Node::Difference(a, b)
            | Node::Product(a, b)
            | Node::Quotient(a, b)
            | Node::Least(a, b)
            | Node::Greatest(a, b) => vec![a, b],
            Node::Rounded(a, _) | Node::Ceiling(a) | Node::Floor(a) | Node::Power(a, _) => vec![a],
        }
    }

    /// The nodes that some are made of, themselves too, in their order; `is_leaf` ends the way down.
    pub fn cone(&self, of: impl IntoIterator<Item = Id>, is_leaf: impl Fn(Id) -> bool) -> BTreeSet<Id> {
        let mut seen = BTreeSet::new();
        let mut ahead: Vec<Id> = of.into_iter().collect();
        while let Some(id) = ahead.pop() {
            if seen.insert(id) && !is_leaf(id) {
                ahead.extend(self.parts(id));
            }
        }
        seen
    }

    /// The inputs that some nodes are made of.
    pub fn inputs_of(&self, of: impl IntoIterator<Item = Id>) -> BTreeSet<Input> {
        let input = |id: Id| match self.nodes[id] {
            Node::Input(input) => Some(input),
            _ => None,
        };
        self.cone(of, |_| false).into_iter().filter_map(input).collect()
    }

    /// A constant.
    pub fn constant(&mut self, value: Decimal) -> Id {
        self.push(Node::Constant(value.normalize()), Exact(Some(value)), Some(value.normalize().scale()))
    }

    /// An input, written with at most so many decimals.
    pub fn input(&mut self, input: Input, value: Decimal, decimals: u32) -> Id {
        self.push(Node::Input(input), Exact(Some(value)), Some(decimals))
    }

    /// A figure that is not taken apart.
    pub fn figure(&mut self, value: Exact) -> Id {
        self.push(Node::Value(value.0), value, value.0.map(|value| value.normalize().scale()))
    }

    /// A sum.
    pub fn sum(&mut self, a: Id, b: Id) -> Id {
        let decimals = self.finer(a, b);
        match (self.known_value(a), self.known_value(b)) {
            (Some(a), Some(b)) => self.settle(Exact(Some(a)) + Exact(Some(b))),
            (Some(zero), None) if zero.is_zero() => b,
            (None, Some(zero)) if zero.is_zero() => a,
            _ => self.push(Node::Sum(a, b), self.values[a] + self.values[b], decimals),
        }
    }

    /// A difference.
    pub fn difference(&mut self, a: Id, b: Id) -> Id {
        let decimals = self.finer(a, b);
        match (self.known_value(a), self.known_value(b)) {
            (Some(a), Some(b)) => self.settle(Exact(Some(a)) - Exact(Some(b))),
            (None, Some(zero)) if zero.is_zero() => a,
            _ => self.push(Node::Difference(a, b), self.values[a] - self.values[b], decimals),
        }
    }

    /// A product.
    pub fn product(&mut self, a: Id, b: Id) -> Id {
        let decimals = self.decimals[a].zip(self.decimals[b]).map(|(a, b)| a + b);
        match (self.known_value(a), self.known_value(b)) {
            (Some(a), Some(b)) => self.settle(Exact(Some(a)) * Exact(Some(b))),
            (Some(zero), None) | (None, Some(zero)) if zero.is_zero() => self.constant(Decimal::ZERO),
            (Some(one), None) if one == Decimal::ONE => b,
            (None, Some(one)) if one == Decimal::ONE => a,
            _ => self.push(Node::Product(a, b), self.values[a] * self.values[b], decimals),
        }
    }

    /// A quotient.
    pub fn quotient(&mut self, a: Id, b: Id) -> Id {
        match (self.known_value(a), self.known_value(b)) {
            (Some(zero), _) if zero.is_zero() && !self.value(b).is_zero() => self.constant(Decimal::ZERO),
            (None, Some(one)) if one == Decimal::ONE => a,
            _ => self.push(Node::Quotient(a, b), self.values[a] / self.values[b], None),
        }
    }

    /// Rounded half away from zero.
    pub fn rounded(&mut self, a: Id, digits: u32) -> Id {
        let is_single = matches!(self.nodes[a], Node::Input(_) | Node::Rounded(..) | Node::Value(_));
        match self.known_value(a) {
            Some(a) => self.settle(Exact(Some(a)).round(digits)),
            None if is_single && self.decimals[a].is_some_and(|decimals| decimals <= digits) => a,
            None => self.push(Node::Rounded(a, digits), self.values[a].round(digits), Some(digits)),
        }
    }

    /// The next whole number.
    pub fn ceiling(&mut self, a: Id) -> Id {
        match self.known_value(a) {
            Some(a) => self.settle(Exact(Some(a)).ceil()),
            None => self.push(Node::Ceiling(a), self.values[a].ceil(), Some(0)),
        }
    }

    /// The whole number at or below.
    pub fn floor(&mut self, a: Id) -> Id {
        match self.known_value(a) {
            Some(a) => self.settle(Exact(Some(a)).floor()),
            None => self.push(Node::Floor(a), self.values[a].floor(), Some(0)),
        }
    }

    /// The lower of two.
    pub fn least(&mut self, a: Id, b: Id) -> Id {
        let decimals = self.finer(a, b);
        match (self.known_value(a), self.known_value(b)) {
            (Some(a), Some(b)) => self.settle(Exact(Some(a.min(b)))),
            _ if a == b => a,
            _ => self.push(Node::Least(a, b), self.values[a].least(self.values[b]), decimals),
        }
    }

    /// The higher of two.
    pub fn greatest(&mut self, a: Id, b: Id) -> Id {
        let decimals = self.finer(a, b);
        match (self.known_value(a), self.known_value(b)) {
            (Some(a), Some(b)) => self.settle(Exact(Some(a.max(b)))),
            _ if a == b => a,
            _ => self.push(Node::Greatest(a, b), self.values[a].greatest(self.values[b]), decimals),
        }
    }

    /// A whole power.
    pub fn power(&mut self, a: Id, exponent: u32) -> Id {
        match (self.known_value(a), exponent) {
            (_, 0) => self.constant(Decimal::ONE),
            (_, 1) => a,
            (Some(a), _) => self.settle(Exact(Some(a)).power(exponent)),
            (None, _) => {
                let decimals = self.decimals[a].map(|decimals| decimals * exponent);
                self.push(Node::Power(a, exponent), self.values[a].power(exponent), decimals)
            }
        }
    }

    fn known_value(&self, id: Id) -> Option<Decimal> {
        match self.nodes[id] {
            Node::Constant(value) => Some(value),
            _ => None,
        }
    }

    fn finer(&self, a: Id, b: Id) -> Option<u32> {
        self.decimals[a].zip(self.decimals[b]).map(|(a, b)| a.max(b))
    }

    /// What two constants come to: a constant again, if it has room.
    fn settle(&mut self, value: Exact) -> Id {
        match value.0 {
            Some(value) => self.constant(value),
            None => self.figure(value),
        }
    }

    fn push(&mut self, node: Node, value: Exact, decimals: Option<u32>) -> Id {
        if let Some(&id) = self.known.get(&node) {
            return id;
        }
        self.known.insert(node.clone(), self.nodes.len());
        self.nodes.push(node);
        self.values.push(value);
        self.names.push(None);
        self.decimals.push(decimals);
        self.nodes.len() - 1
    }
}
