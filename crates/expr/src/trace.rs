//! Traced decimals: they know how they were computed.
//!
//! [`Traced`] runs the formulas of the model like [`Exact`] does, and keeps every step in a
//! [`Record`]: the inputs it came from, the operations, the names that formulas give to what they
//! compute. An explanation prints such a record, so it shows the very formulas that made the figure.
//! A traced number is a place in the record of its thread; [`record`] keeps one while a function
//! runs.

use std::cell::{Cell, RefCell};
use std::ops::{Add, Div, Mul, Sub};

use rust_decimal::Decimal;

use crate::number::{Exact, Input, Number};
use crate::op::Op;

/// A decimal with its history: a place in the record of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Traced(u32);

/// The steps that were recorded.
#[derive(Clone, Debug, Default)]
pub struct Record {
    steps: Vec<Step>,
    branches: Vec<Branch>,
    reads: Vec<Dependency>,
    /// How many branches and reads there were where a section begins, after the first.
    sections: Vec<(usize, usize)>,
    read_values: Vec<(Input, Decimal)>,
}

/// A branch that was taken by a value: where the comparison comes out alike, the same steps follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its outcome.
    pub outcome: bool,
    /// The comparison.
    pub by: Comparison,
}

/// The comparison that decides a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// Whether the first is above the second.
    Above(Traced, Traced),
    /// Whether it is zero.
    Zero(Traced),
}

/// Something about an input that the execution path depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dependency {
    /// Its value.
    Value(Input),
    /// The decimal places it is written with.
    Digits(Input, u32),
}

/// One step: its value, its operation, and what formulas call it.
#[derive(Clone, Debug)]
pub struct Step {
    /// The value; none where it overflowed.
    pub value: Exact,
    /// How it was computed.
    pub op: Op<Traced>,
    /// Its name, if it has one.
    pub name: Option<String>,
}

thread_local! {
    static RECORD: RefCell<Record> = RefCell::default();
    static IS_RECORDING: Cell<bool> = const { Cell::new(false) };
}

/// Runs a function with an empty record and returns what it gave and the record.
pub fn record<T>(run: impl FnOnce() -> T) -> (T, Record) {
    let before = RECORD.take();
    let was_recording = IS_RECORDING.replace(true);
    let result = run();
    IS_RECORDING.set(was_recording);
    (result, RECORD.replace(before))
}

/// Begins another section of the record: its branches and reads can be asked for apart.
pub fn begin_section() {
    RECORD.with_borrow_mut(|record| record.sections.push((record.branches.len(), record.reads.len())));
}

impl Traced {
    /// Its place in the record.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Record {
    /// The value of an input where a formula used it or it was read; none where neither was.
    pub fn value_of(&self, input: Input) -> Option<Decimal> {
        let used = self.steps.iter().find(|step| step.op == Op::Input(input)).and_then(|step| step.value.0);
        used.or_else(|| self.read_values.iter().find(|(read, _)| *read == input).map(|(_, value)| *value))
    }

    /// Every step, in the order they were taken.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The place of every step.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = Traced> + use<> {
        (0..self.steps.len() as u32).map(Traced)
    }

    /// Every branch by a value in a section, from 0.
    pub fn branches(&self, section: usize) -> &[Branch] {
        let (from, to) = self.section(section);
        &self.branches[from.0..to.0]
    }

    /// What was read of inputs beside their use in formulas, in a section.
    pub fn reads(&self, section: usize) -> &[Dependency] {
        let (from, to) = self.section(section);
        &self.reads[from.1..to.1]
    }

    /// By number of an input, whether its value was read to decide or used in a formula; inputs after the
    /// last of those are left out.
    pub fn inputs_read(&self) -> Vec<bool> {
        let reads = self.reads.iter().map(|&(Dependency::Value(of) | Dependency::Digits(of, _))| of);
        let steps = self.steps.iter().filter_map(|step| if let Op::Input(of) = step.op { Some(of) } else { None });
        let mut read = Vec::new();
        for Input(number) in reads.chain(steps) {
            let number = number as usize;
            if read.len() <= number {
                read.resize(number + 1, false);
            }
            read[number] = true;
        }
        read
    }

    fn section(&self, section: usize) -> ((usize, usize), (usize, usize)) {
        let begin = |section: usize| match section {
            0 => (0, 0),
            after => self.sections.get(after - 1).copied().unwrap_or((self.branches.len(), self.reads.len())),
        };
        (begin(section), begin(section + 1))
    }

    /// The step that made a value.
    pub fn step(&self, traced: Traced) -> &Step {
        &self.steps[traced.0 as usize]
    }

    /// Works every step out again from inputs and constants, in the order they were taken.
    pub fn recompute(&self) -> Vec<Exact> {
        let mut values: Vec<Exact> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let value = match step.op {
                Op::Input(_) => step.value,
                op => op.map(|operand| values[operand.index()]).evaluate(|_| step.value),
            };
            values.push(value);
        }
        values
    }
}

fn push(value: Exact, op: Op<Traced>) -> Traced {
    RECORD.with_borrow_mut(|record| {
        record.steps.push(Step { value, op, name: None });
        Traced(record.steps.len() as u32 - 1)
    })
}

impl Traced {
    fn binary(self, other: Self, value: Exact, op: impl Fn(Self, Self) -> Op<Self>) -> Self {
        push(value, op(self, other))
    }
}

impl Add for Traced {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.binary(other, self.exact() + other.exact(), Op::Sum)
    }
}

impl Sub for Traced {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.binary(other, self.exact() - other.exact(), Op::Difference)
    }
}

impl Mul for Traced {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.binary(other, self.exact() * other.exact(), Op::Product)
    }
}

impl Div for Traced {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.binary(other, self.exact() / other.exact(), Op::Quotient)
    }
}

impl Number for Traced {
    const IS_TRACED: bool = true;

    fn constant(value: Decimal) -> Self {
        push(Exact(Some(value)), Op::Constant(value))
    }

    fn input(input: Input, value: Decimal) -> Self {
        push(Exact(Some(value)), Op::Input(input))
    }

    fn exact(self) -> Exact {
        RECORD.with_borrow(|record| record.step(self).value)
    }

    fn round(self, digits: u32) -> Self {
        push(self.exact().round(digits), Op::Rounded(self, digits))
    }

    fn ceil(self) -> Self {
        push(self.exact().ceil(), Op::Ceiling(self))
    }

    fn min(self, other: Self) -> Self {
        self.binary(other, self.exact().min(other.exact()), Op::Min)
    }

    fn max(self, other: Self) -> Self {
        self.binary(other, self.exact().max(other.exact()), Op::Max)
    }

    fn power(self, exponent: u32) -> Self {
        push(self.exact().power(exponent), Op::Power(self, exponent))
    }

    fn named(self, name: impl FnOnce() -> String) -> Self {
        RECORD.with_borrow_mut(|record| {
            let step = &mut record.steps[self.0 as usize];
            // A constant or an input has a name of its own; the first name a step gets is the nearest.
            if step.name.is_none() && !matches!(step.op, Op::Input(_)) {
                step.name = Some(name());
            }
        });
        self
    }

    fn floor(self) -> Self {
        push(self.exact().floor(), Op::Floor(self))
    }

    fn is_above(self, other: Self) -> bool {
        let outcome = self.exact().is_above(other.exact());
        note_branch(Branch { outcome, by: Comparison::Above(self, other) });
        outcome
    }

    fn is_zero(self) -> bool {
        let outcome = self.exact().is_zero();
        note_branch(Branch { outcome, by: Comparison::Zero(self) });
        outcome
    }
}

fn note_branch(branch: Branch) {
    RECORD.with_borrow_mut(|record| record.branches.push(branch));
}

/// Notes that an input's value was read as such, to decide how the evaluation goes on.
pub fn note_read(input: Input, value: Decimal) {
    if IS_RECORDING.get() {
        RECORD.with_borrow_mut(|record| {
            record.reads.push(Dependency::Value(input));
            record.read_values.push((input, value));
        });
    }
}

/// How many steps the record of the thread has: a function's own lie between two such numbers.
pub fn step_count() -> usize {
    RECORD.with_borrow(|record| record.steps.len())
}

/// Notes that the decimals an input is written with were read.
pub fn note_digits(input: Input, digits: u32) {
    if IS_RECORDING.get() {
        RECORD.with_borrow_mut(|record| record.reads.push(Dependency::Digits(input, digits)));
    }
}
