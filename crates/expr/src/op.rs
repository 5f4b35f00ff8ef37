//! Operations: what an expression is made of.

use rust_decimal::Decimal;

use crate::number::{Exact, Input, Number};

/// An operation on operands of type `T`: the steps of a trace, the nodes of a graph, or values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op<T> {
    /// A constant of the formulas.
    Constant(Decimal),
    /// A value that is not taken apart; none where it overflowed.
    Figure(Option<Decimal>),
    /// An input.
    Input(Input),
    /// A sum.
    Sum(T, T),
    /// A difference.
    Difference(T, T),
    /// A product.
    Product(T, T),
    /// A quotient.
    Quotient(T, T),
    /// Rounded half away from zero to a number of decimal places.
    Rounded(T, u32),
    /// The next whole number at or above.
    Ceiling(T),
    /// The next whole number at or below.
    Floor(T),
    /// The lower of two.
    Min(T, T),
    /// The higher of two.
    Max(T, T),
    /// A whole power.
    Power(T, u32),
}

impl<T: Copy> Op<T> {
    /// The operands, in order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = T> {
        let children = match self {
            Self::Constant(_) | Self::Figure(_) | Self::Input(_) => [None, None],
            Self::Rounded(a, _) | Self::Ceiling(a) | Self::Floor(a) | Self::Power(a, _) => [Some(a), None],
            Self::Sum(a, b)
            | Self::Difference(a, b)
            | Self::Product(a, b)
            | Self::Quotient(a, b)
            | Self::Min(a, b)
            | Self::Max(a, b) => [Some(a), Some(b)],
        };
        children.into_iter().flatten()
    }

    /// The same operation on other operands.
    pub fn map<U>(self, mut of: impl FnMut(T) -> U) -> Op<U> {
        match self {
            Self::Constant(value) => Op::Constant(value),
            Self::Figure(value) => Op::Figure(value),
            Self::Input(input) => Op::Input(input),
            Self::Sum(a, b) => Op::Sum(of(a), of(b)),
            Self::Difference(a, b) => Op::Difference(of(a), of(b)),
            Self::Product(a, b) => Op::Product(of(a), of(b)),
            Self::Quotient(a, b) => Op::Quotient(of(a), of(b)),
            Self::Rounded(a, digits) => Op::Rounded(of(a), digits),
            Self::Ceiling(a) => Op::Ceiling(of(a)),
            Self::Floor(a) => Op::Floor(of(a)),
            Self::Min(a, b) => Op::Min(of(a), of(b)),
            Self::Max(a, b) => Op::Max(of(a), of(b)),
            Self::Power(a, exponent) => Op::Power(of(a), exponent),
        }
    }

    /// Whether it has no operands.
    pub fn is_leaf(self) -> bool {
        self.children().next().is_none()
    }
}

impl Op<Exact> {
    /// Evaluates it; `input` has the values of inputs.
    pub fn evaluate(self, input: impl FnOnce(Input) -> Exact) -> Exact {
        match self {
            Self::Constant(value) => Exact(Some(value)),
            Self::Figure(value) => Exact(value),
            Self::Input(of) => input(of),
            Self::Sum(a, b) => a + b,
            Self::Difference(a, b) => a - b,
            Self::Product(a, b) => a * b,
            Self::Quotient(a, b) => a / b,
            Self::Rounded(a, digits) => a.round(digits),
            Self::Ceiling(a) => a.ceil(),
            Self::Floor(a) => a.floor(),
            Self::Min(a, b) => a.min(b),
            Self::Max(a, b) => a.max(b),
            Self::Power(a, exponent) => a.power(exponent),
        }
    }
}
