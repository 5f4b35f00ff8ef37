//! Decimals that remember how they were made.
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

/// A decimal with its history: a place in the record of the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Traced(u32);

/// The steps that were recorded.
#[derive(Clone, Debug, Default)]
pub struct Record {
    steps: Vec<Step>,
    decisions: Vec<Decision>,
    reads: Vec<Read>,
    /// How many decisions and reads there were where a section begins, after the first.
    sections: Vec<(usize, usize)>,
    read_values: Vec<(Input, Decimal)>,
}

/// A decision by a value: where it comes out alike, the same steps follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What came out.
    pub outcome: bool,
    /// What was asked.
    pub by: By,
}

/// What a decision asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// Whether the first is above the second.
    Above(Traced, Traced),
    /// Whether it is zero.
    Zero(Traced),
}

/// Something about an input that the way of the evaluation depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Read {
    /// Its value.
    Value(Input),
    /// The decimals it is written with.
    Digits(Input, u32),
}

/// One step: what it gave, how, and what formulas call it.
#[derive(Clone, Debug)]
pub struct Step {
    /// The value; none where it had no room.
    pub value: Exact,
    /// How it was made.
    pub how: How,
    /// Its name, if it has one.
    pub name: Option<String>,
}

/// How a value was made.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// A constant of the model.
    Constant,
    /// An input of the scenario.
    Input(Input),
    /// A sum.
    Sum(Traced, Traced),
    /// A difference.
    Difference(Traced, Traced),
    /// A product.
    Product(Traced, Traced),
    /// A quotient.
    Quotient(Traced, Traced),
    /// Rounded half away from zero to so many decimals.
    Rounded(Traced, u32),
    /// The next whole number.
    Ceiling(Traced),
    /// The lower of two.
    Least(Traced, Traced),
    /// The higher of two.
    Greatest(Traced, Traced),
    /// A whole power.
    Power(Traced, u32),
    /// The whole number at or below.
    Floor(Traced),
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

/// Begins another section of the record: its decisions and reads can be asked for apart.
pub fn begin_section() {
    RECORD.with_borrow_mut(|record| record.sections.push((record.decisions.len(), record.reads.len())));
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
        let used = self.steps.iter().find(|step| step.how == How::Input(input)).and_then(|step| step.value.0);
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

    /// Every decision by a value in a section, from 0.
    pub fn decisions(&self, section: usize) -> &[Decision] {
        let (from, to) = self.section(section);
        &self.decisions[from.0..to.0]
    }

    /// What was read of inputs beside their use in formulas, in a section.
    pub fn reads(&self, section: usize) -> &[Read] {
        let (from, to) = self.section(section);
        &self.reads[from.1..to.1]
    }

    /// Whether the value of an input was read to decide, or used in a formula.
    pub fn has_read(&self, input: Input) -> bool {
        let is_read = |read: &Read| matches!(*read, Read::Value(of) | Read::Digits(of, _) if of == input);
        self.reads.iter().any(is_read) || self.steps.iter().any(|step| step.how == How::Input(input))
    }

    fn section(&self, section: usize) -> ((usize, usize), (usize, usize)) {
        let begin = |section: usize| match section {
            0 => (0, 0),
            after => self.sections.get(after - 1).copied().unwrap_or((self.decisions.len(), self.reads.len())),
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
            let of = |number: &Traced| values[number.index()];
            let value = match &step.how {
                How::Constant | How::Input(_) => step.value,
                How::Sum(a, b) => of(a) + of(b),
                How::Difference(a, b) => of(a) - of(b),
                How::Product(a, b) => of(a) * of(b),
                How::Quotient(a, b) => of(a) / of(b),
                How::Rounded(a, digits) => of(a).round(*digits),
                How::Ceiling(a) => of(a).ceil(),
                How::Floor(a) => of(a).floor(),
                How::Least(a, b) => of(a).least(of(b)),
                How::Greatest(a, b) => of(a).greatest(of(b)),
                How::Power(a, exponent) => of(a).power(*exponent),
            };
            values.push(value);
        }
        values
    }
}

fn push(value: Exact, how: How) -> Traced {
    RECORD.with_borrow_mut(|record| {
        record.steps.push(Step { value, how, name: None });
        Traced(record.steps.len() as u32 - 1)
    })
}

impl Traced {
    fn binary(self, other: Self, value: Exact, how: impl Fn(Self, Self) -> How) -> Self {
        push(value, how(self, other))
    }
}

impl Add for Traced {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.binary(other, self.exact() + other.exact(), How::Sum)
    }
}

impl Sub for Traced {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.binary(other, self.exact() - other.exact(), How::Difference)
    }
}

impl Mul for Traced {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.binary(other, self.exact() * other.exact(), How::Product)
    }
}

impl Div for Traced {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.binary(other, self.exact() / other.exact(), How::Quotient)
    }
}

impl Number for Traced {
    const REMEMBERS: bool = true;

    fn constant(value: Decimal) -> Self {
        push(Exact(Some(value)), How::Constant)
    }

    fn input(input: Input, value: Decimal) -> Self {
        push(Exact(Some(value)), How::Input(input))
    }

    fn exact(self) -> Exact {
        RECORD.with_borrow(|record| record.step(self).value)
    }

    fn round(self, digits: u32) -> Self {
        push(self.exact().round(digits), How::Rounded(self, digits))
    }

    fn ceil(self) -> Self {
        push(self.exact().ceil(), How::Ceiling(self))
    }

    fn least(self, other: Self) -> Self {
        self.binary(other, self.exact().least(other.exact()), How::Least)
    }

    fn greatest(self, other: Self) -> Self {
        self.binary(other, self.exact().greatest(other.exact()), How::Greatest)
    }

    fn power(self, exponent: u32) -> Self {
        push(self.exact().power(exponent), How::Power(self, exponent))
    }

    fn named(self, name: impl FnOnce() -> String) -> Self {
        RECORD.with_borrow_mut(|record| {
            let step = &mut record.steps[self.0 as usize];
            // A constant or an input has a name of its own; the first name a step gets is the nearest.
            if step.name.is_none() && !matches!(step.how, How::Input(_)) {
                step.name = Some(name());
            }
        });
        self
    }

    fn floor(self) -> Self {
        push(self.exact().floor(), How::Floor(self))
    }

    fn is_above(self, other: Self) -> bool {
        let outcome = self.exact().is_above(other.exact());
        decide(Decision { outcome, by: By::Above(self, other) });
        outcome
    }

    fn is_zero(self) -> bool {
        let outcome = self.exact().is_zero();
        decide(Decision { outcome, by: By::Zero(self) });
        outcome
    }
}

fn decide(decision: Decision) {
    RECORD.with_borrow_mut(|record| record.decisions.push(decision));
}

/// Notes that an input's value was read as such, to decide how the evaluation goes on.
pub fn note_read(input: Input, value: Decimal) {
    if IS_RECORDING.get() {
        RECORD.with_borrow_mut(|record| {
            record.reads.push(Read::Value(input));
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
        RECORD.with_borrow_mut(|record| record.reads.push(Read::Digits(input, digits)));
    }
}
