//! A program as plain data, for an interpreter elsewhere: a page, say.
//!
//! It has the instructions, the guards and the outputs of the compiled program, one value after another and without
//! what makes lanes fast. [`Portable::run`] is the reference for what an interpreter has to do with it.

use super::compile::Parts;
use super::instruction::{CLEAR, Fraction, Guard, Instruction, Operand, Operation, Test};
use super::program::{Compiled, needed, outputs};
use super::ratio::{Ratio, divide_rounding};
use super::registers::Register;
use super::sum::LongSum;

use rustc_hash::FxHashMap;

/// A program for one row at a time. Values are whole numbers by place: first the inputs in their order, then the
/// result of each step.
#[derive(Clone, Debug)]
pub struct Portable {
    /// How many inputs there are.
    pub inputs: usize,
    /// The steps, in the order they are taken.
    pub steps: Vec<Step>,
    /// The groups that it holds.
    pub groups: Vec<Group>,
}

/// A whole number: a value times a factor, or a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// The value at a place, and its factor.
    Value(usize, i128),
    /// The same in every row.
    Constant(i128),
}

/// What a step gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// An operation on two terms.
    Pair {
        /// The operation.
        act: Act,
        /// Its operands; the second of a quotient is above zero.
        of: [Term; 2],
        /// Whether both, the result and everything between are whole numbers below 2^51.
        is_narrow: bool,
        /// Whether the result is.
        gives_narrow: bool,
    },
    /// A constant and some terms added up, all of them together below 2^51.
    Sum(Vec<Term>),
}

/// What is done with two terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The sum.
    Sum,
    /// The product.
    Product,
    /// The lower of two.
    Min,
    /// The higher of two.
    Max,
    /// The sum, or zero where that is below zero.
    Excess,
    /// The quotient, rounded half away from zero.
    Rounded,
    /// The quotient, rounded up.
    Ceiling,
    /// The quotient, rounded down.
    Floor,
}

/// What must hold for the program to be valid for a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// What is compared.
    pub check: Check,
    /// What must come out.
    pub outcome: bool,
    /// Whether both sides are whole numbers below 2^51.
    pub is_narrow: bool,
}

/// What a condition compares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Check {
    /// Whether the first is above the second.
    Above(Term, Term),
    /// Whether both are equal.
    Equal(Term, Term),
    /// Whether the term is a multiple of a whole number.
    Multiple(Term, i128),
    /// Whether the first quotient is above the second, in doubles: where they are within a billionth of their size of
    /// each other it does not hold, whatever the outcome.
    ClearlyAbove(Quotient, Quotient),
}

/// `of * num / den / by`, in doubles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quotient {
    /// The whole number.
    pub of: Term,
    /// What it is multiplied by.
    pub num: i128,
    /// What it is divided by.
    pub den: i128,
    /// What it is divided by in addition.
    pub by: Term,
}

/// The outputs of a group.
#[derive(Clone, Debug)]
pub struct Group {
    /// The group, by index.
    pub group: usize,
    /// What must hold.
    pub conditions: Vec<Condition>,
    /// The total of all periods, in units.
    pub total: Term,
    /// The totals of periods in units, each once.
    pub sums: Vec<Term>,
    /// Which of the sums is whose, by period.
    pub of_period: Vec<u32>,
    /// Both terms of the ratio over one denominator, if it was asked for.
    pub ratio: Option<(Term, Term)>,
    /// The total of a part of the amounts, if the group names one.
    pub part: Option<Term>,
}

/// The values of a row.
#[derive(Clone, Debug)]
pub struct Row(Vec<i128>);

impl Portable {
    /// The program as data.
    pub(super) fn of(parts: Parts) -> Self {
        let Parts { inputs, instructions, totals, groups } = parts;
        let kept = groups.iter().flat_map(outputs).collect();
        let (instructions, totals) = needed(instructions, totals, kept);
        let made = instructions.iter().map(|of| of.to).chain(totals.iter().map(|of| of.to));
        let places = Places(inputs.iter().copied().chain(made).enumerate().map(|(at, of)| (of, at)).collect());
        let pairs = instructions.iter().map(|of| places.pair(of));
        let steps = pairs.chain(totals.iter().map(|of| places.sum(of))).collect();
        Self { inputs: inputs.len(), steps, groups: groups.iter().map(|of| places.group(of)).collect() }
    }

    /// The values of a row of inputs, which must lie within what the program was made for.
    pub fn run(&self, inputs: &[i128]) -> Row {
        let mut row = Row(inputs.to_vec());
        for step in &self.steps {
            let value = match step {
                Step::Pair { act, of: [a, b], .. } => act.on(row.get(*a), row.get(*b)),
                Step::Sum(terms) => terms.iter().fold(0_i128, |sum, term| sum.saturating_add(row.get(*term))),
            };
            row.0.push(value);
        }
        row
    }
}

impl Group {
    /// Whether the program is valid for a row.
    pub fn holds(&self, row: &Row) -> bool {
        self.conditions.iter().all(|condition| condition.check.holds(row, condition.outcome))
    }
}

impl Row {
    /// A term in this row.
    pub fn get(&self, term: Term) -> i128 {
        match term {
            Term::Value(at, times) => self.0[at].saturating_mul(times),
            Term::Constant(value) => value,
        }
    }
}

impl Act {
    /// Bounds are known, so nothing overflows; quotients are by whole numbers above zero.
    fn on(self, a: i128, b: i128) -> i128 {
        match self {
            Self::Sum => a.saturating_add(b),
            Self::Product => a.saturating_mul(b),
            Self::Min => a.min(b),
            Self::Max => a.max(b),
            Self::Excess => a.saturating_add(b).max(0),
            Self::Rounded => divide_rounding(a, b.max(1)),
            Self::Ceiling => a.saturating_neg().div_euclid(b.max(1)).saturating_neg(),
            Self::Floor => a.div_euclid(b.max(1)),
        }
    }
}

impl Check {
    fn holds(self, row: &Row, outcome: bool) -> bool {
        match self {
            Self::Above(a, b) => (row.get(a) > row.get(b)) == outcome,
            Self::Equal(a, b) => (row.get(a) == row.get(b)) == outcome,
            Self::Multiple(a, of) => (row.get(a).checked_rem(of) == Some(0)) == outcome,
            Self::ClearlyAbove(a, b) => {
                let (a, b) = (a.double(row), b.double(row));
                let margin = CLEAR * (a.abs() + b.abs());
                if outcome { a - margin > b } else { a + margin < b }
            }
        }
    }
}

impl Quotient {
    fn double(self, row: &Row) -> f64 {
        row.get(self.of) as f64 * (self.num as f64 / self.den as f64) / row.get(self.by) as f64
    }
}

/// Where the value of a register is.
struct Places(FxHashMap<Register, usize>);

impl Places {
    fn term(&self, of: Operand) -> Term {
        match of {
            Operand::Lane(register, times) => Term::Value(self.0.get(&register).copied().unwrap_or(0), times),
            Operand::Constant(value) => Term::Constant(value),
        }
    }

    fn pair(&self, of: &Instruction) -> Step {
        let act = match of.operation {
            Operation::Sum(..) => Act::Sum,
            Operation::Product(..) => Act::Product,
            Operation::Min(..) => Act::Min,
            Operation::Max(..) => Act::Max,
            Operation::Excess(..) => Act::Excess,
            Operation::Rounded(..) => Act::Rounded,
            Operation::Ceiling(..) => Act::Ceiling,
            Operation::Floor(..) => Act::Floor,
        };
        let terms = of.operation.operands().map(|operand| self.term(operand));
        let gives_narrow = matches!(of.to, Register::Narrow(_));
        Step::Pair { act, of: terms, is_narrow: of.is_narrow, gives_narrow }
    }

    fn sum(&self, of: &LongSum) -> Step {
        let term = |&(register, times): &(Register, f64)| self.term(Operand::Lane(register, times as i128));
        Step::Sum(std::iter::once(Term::Constant(of.constant as i128)).chain(of.terms.iter().map(term)).collect())
    }

    fn group(&self, of: &Compiled) -> Group {
        let term = |operand: Operand| self.term(operand);
        Group {
            group: of.group,
            conditions: of.guards.iter().map(|guard| self.condition(guard)).collect(),
            total: term(of.total),
            sums: of.sums.iter().copied().map(term).collect(),
            of_period: of.of_period.clone(),
            ratio: of.ratio.map(|(part, whole)| (term(part), term(whole))),
            part: of.part.map(term),
        }
    }

    fn condition(&self, of: &Guard) -> Condition {
        let check = match of.test {
            Test::Above(a, b) => Check::Above(self.term(a), self.term(b)),
            Test::Equal(a, b) => Check::Equal(self.term(a), self.term(b)),
            Test::Multiple(a, by) => Check::Multiple(self.term(a), by),
            Test::ClearlyAbove(a, b) => Check::ClearlyAbove(self.quotient(a), self.quotient(b)),
        };
        Condition { check, outcome: of.outcome, is_narrow: of.is_narrow }
    }

    fn quotient(&self, of: Fraction) -> Quotient {
        let Ratio { num, den } = of.times;
        Quotient { of: self.term(of.of), num, den, by: self.term(of.by) }
    }
}
