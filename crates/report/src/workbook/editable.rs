//! Which inputs may be changed in the workbook, and between which values.
//!
//! A changed cell may never leave a wrong total. So an input is open only where all that follows
//! from it is live: no coverage, no hours of work, no number of months reads it, and between its
//! bounds every decision of the evaluation comes out as it did. The bounds are proved, not tried:
//! each decision is held against the bounds of both its sides ([`comanage_expr::interval`]), and inputs are
//! narrowed until it is settled. What cannot be settled is locked.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::model::{Model, Question, decimals};
use comanage_expr::graph::Id;
use comanage_expr::interval::{Boxes, Interval, bounds_of};
use comanage_expr::number::{Input, round_half_away};
use comanage_expr::op::Op;
use comanage_model::scenario::{Kind, Scenario};

/// The values an input may have.
type Bounds = Interval<Decimal>;

/// What can be done with an input in the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be changed between two values.
    Open(Bounds),
    /// It can not, for a reason.
    Locked(Lock),
}

/// Why an input is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Coverage follows from it.
    Coverage,
    /// Hours of work follow from it.
    Work,
    /// It says when something happens, or how prices are rounded.
    Course,
    /// With another value other lines would stand.
    Lines,
    /// No amount follows from it.
    Unused,
}

impl Lock {
    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Coverage => "affects coverage, which is a fixed value here",
            Self::Work => "affects hours of work, which are fixed values here",
            Self::Course => "determines which months, prices or tiers apply",
            Self::Lines => "another value would change the ledger lines",
            Self::Unused => "does not affect any amount here",
        }
    }
}

/// Amounts from here on could lose a cent in the doubles of a spreadsheet.
const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// The state of every input of a scenario, in their order.
pub fn states(model: &Model) -> Vec<State> {
    let scenario = model.scenario;
    let input_of = |id: Id| match model.graph.op(id) {
        Op::Input(input) => Some(input),
        _ => None,
    };
    let used: BTreeSet<Input> = model.shown().into_iter().filter_map(input_of).collect();
    let mut states: Vec<State> =
        scenario.inputs.iter().map(|(input, _, about)| first_state(model, &used, input, &about.path)).collect();
    for (input, bounds) in narrowed(model, &states) {
        states[input.0 as usize] = bounds.map_or(State::Locked(Lock::Lines), State::Open);
    }
    for input in [scenario.discount_rate, scenario.coverage_target, scenario.work_target] {
        states[input.0 as usize] = State::Open(ladder(scenario, input)[0]);
    }
    states
}

fn first_state(model: &Model, used: &BTreeSet<Input>, input: Input, path: &str) -> State {
    // Numbers that a rule holds against another one stay as they are.
    let is_ruled = [".up_to", ".uplift.floor", ".uplift.cap"].iter().any(|end| path.ends_with(end));
    let lock = if model.deciding.contains(&input) || is_ruled {
        Some(Lock::Course)
    } else if model.covering.contains(&input) {
        Some(Lock::Coverage)
    } else if model.working.contains(&input) {
        Some(Lock::Work)
    } else if !used.contains(&input) {
        Some(Lock::Unused)
    } else {
        None
    };
    lock.map_or_else(|| State::Open(ladder(model.scenario, input)[0]), State::Locked)
}

/// Bounds for an input, from all that its key allows to what lies near its value; all hold the value.
fn ladder(scenario: &Scenario, input: Input) -> Vec<Bounds> {
    let about = scenario.inputs.about(input);
    let value = scenario.inputs.value(input);
    let size = magnitude(scenario, input, value);
    // One less nearly one has few digits left in a double: a fall by more than half stays in the file.
    let floor = if about.kind == Kind::Share { Decimal::new(-5, 1) } else { -size };
    let min = about.min.unwrap_or(floor).max(floor).min(value);
    let max = about.max.unwrap_or(size).min(size).max(value);
    let whole = Interval { min, max };
    let digits = decimals(scenario, input);
    let step = Decimal::new(1, digits);
    let near = |tenths: i64| {
        let factor = Decimal::new(tenths, 1);
        let (small, large) = (value.checked_div(factor), value.checked_mul(factor));
        let [small, large] = [small, large].map(|end| end.map_or(value, |end| round_half_away(end, digits)));
        Interval { min: min.max(small.min(large)), max: max.min(small.max(large)) }
    };
    let mut steps = vec![whole];
    if value > Decimal::ZERO {
        steps.push(Interval { min: min.max(step.min(value)), ..whole });
    } else if value < Decimal::ZERO {
        steps.push(Interval { max: max.min((-step).max(value)), ..whole });
    }
    if !value.is_zero() {
        steps.extend([100, 40, 20, 13, 11].map(near));
    }
    steps.retain(|bounds| bounds.min < bounds.max && bounds.contains(value));
    if steps.is_empty() { vec![Interval::point(value)] } else { steps }
}

/// A power of ten that is well above a value.
fn magnitude(scenario: &Scenario, input: Input, value: Decimal) -> Decimal {
    let about = scenario.inputs.about(input);
    let mut size = if about.kind == Kind::Share { Decimal::ONE } else { Decimal::ONE_HUNDRED };
    let wanted = value.abs().checked_mul(Decimal::TEN).unwrap_or(Decimal::MAX);
    while size < wanted && size < Decimal::from(MAX_AMOUNT) {
        size = size.checked_mul(Decimal::TEN).unwrap_or(Decimal::MAX);
    }
    size
}

/// Something that must hold whatever the open inputs are.
#[derive(Clone, Copy)]
enum Condition {
    /// A decision comes out as it did.
    Question(Question),
    /// An amount does not overflow.
    Amount(Id),
}

/// How far each open input was narrowed.
struct Narrowing<'a> {
    model: &'a Model<'a>,
    ladders: BTreeMap<Input, Vec<Bounds>>,
    /// The step of its ladder that an input is on; past the end it is locked.
    steps: BTreeMap<Input, usize>,
    /// Whether a node depends on an open input.
    varies: Vec<bool>,
}

/// The bounds of the inputs that are open so far; none for those that must be locked.
fn narrowed(model: &Model, states: &[State]) -> Vec<(Input, Option<Bounds>)> {
    let open = model.scenario.inputs.iter().filter(|(input, ..)| matches!(states[input.0 as usize], State::Open(_)));
    let ladders: BTreeMap<Input, Vec<Bounds>> =
        open.map(|(input, ..)| (input, ladder(model.scenario, input))).collect();
    let steps = ladders.keys().map(|&input| (input, 0)).collect();
    let mut narrowing = Narrowing { model, varies: varying(model, &ladders), ladders, steps };
    let amounts: BTreeSet<Id> = model.lines.iter().flatten().map(|line| line.amount).collect();
    let questions = model.questions.iter().map(|&question| Condition::Question(question));
    for condition in questions.chain(amounts.into_iter().map(Condition::Amount)) {
        narrowing.settle(condition);
    }
    narrowing.ladders.iter().map(|(&input, ladder)| (input, ladder.get(narrowing.steps[&input]).copied())).collect()
}

fn varying(model: &Model, ladders: &BTreeMap<Input, Vec<Bounds>>) -> Vec<bool> {
    let mut varies = Vec::with_capacity(model.graph.len());
    for id in 0..model.graph.len() {
        let varies_itself = match model.graph.op(id) {
            Op::Input(input) => ladders.contains_key(&input),
            op => op.children().any(|child| varies[child]),
        };
        varies.push(varies_itself);
    }
    varies
}

impl Narrowing<'_> {
    /// Narrows inputs, as few and as little as it finds, until a condition holds.
    fn settle(&mut self, condition: Condition) {
        let ends: Vec<Id> = condition.nodes().filter(|&id| self.varies[id]).collect();
        if ends.is_empty() {
            return;
        }
        let cone = self.model.graph.cone(ends, |id| !self.varies[id]);
        if self.holds(condition, &cone, &self.steps) {
            return;
        }
        let inputs: Vec<Input> = cone.iter().filter_map(|&id| self.open_input(id)).collect();
        if let Some(steps) = self.by_one(condition, &cone, &inputs) {
            self.steps = steps;
            return;
        }
        let before = self.steps.clone();
        while !self.holds(condition, &cone, &self.steps) {
            let mut is_end = true;
            for input in &inputs {
                is_end &= self.steps[input] >= self.ladders[input].len();
                self.deepen(*input);
            }
            if is_end {
                break;
            }
        }
        self.relax(condition, &cone, &inputs, &before);
    }

    fn open_input(&self, id: Id) -> Option<Input> {
        match self.model.graph.op(id) {
            Op::Input(input) if self.ladders.contains_key(&input) => Some(input),
            _ => None,
        }
    }

    fn deepen(&mut self, input: Input) {
        let end = self.ladders[&input].len();
        self.steps.entry(input).and_modify(|step| *step = (*step + 1).min(end));
    }

    /// The steps with one input narrowed, not locked, so that a condition holds: the least narrowing.
    fn by_one(&self, condition: Condition, cone: &BTreeSet<Id>, inputs: &[Input]) -> Option<BTreeMap<Input, usize>> {
        let deepest = self.ladders.values().map(Vec::len).max().unwrap_or(0);
        for more in 1..deepest {
            for input in inputs {
                let step = self.steps[input] + more;
                if step >= self.ladders[input].len() {
                    continue;
                }
                let mut steps = self.steps.clone();
                steps.insert(*input, step);
                if self.holds(condition, cone, &steps) {
                    return Some(steps);
                }
            }
        }
        None
    }

    /// Gives inputs back what they need not lose.
    fn relax(&mut self, condition: Condition, cone: &BTreeSet<Id>, inputs: &[Input], before: &BTreeMap<Input, usize>) {
        for input in inputs {
            for step in before[input]..self.steps[input] {
                let mut steps = self.steps.clone();
                steps.insert(*input, step);
                if self.holds(condition, cone, &steps) {
                    self.steps = steps;
                    break;
                }
            }
        }
    }

    fn holds(&self, condition: Condition, cone: &BTreeSet<Id>, steps: &BTreeMap<Input, usize>) -> bool {
        let graph = &self.model.graph;
        let inputs = cone.iter().filter_map(|&id| self.open_input(id));
        let boxes: Boxes =
            inputs.filter_map(|input| Some((input, *self.ladders[&input].get(steps[&input])?))).collect();
        let bounds = bounds_of(graph, cone, &boxes);
        let of = |id: Id| bounds.get(&id).copied().unwrap_or(Some(Interval::point(graph.value(id))));
        match condition {
            Condition::Question(question) => is_settled(&question, of),
            Condition::Amount(amount) => of(amount).is_some_and(|bounds| {
                let limit = Decimal::from(MAX_AMOUNT);
                (bounds.min >= -limit && bounds.max <= limit) || bounds.min == bounds.max
            }),
        }
    }
}

impl Condition {
    fn nodes(&self) -> impl Iterator<Item = Id> {
        let (first, second) = match self {
            Self::Question(question) => (question.of, question.above),
            Self::Amount(amount) => (*amount, None),
        };
        std::iter::once(first).chain(second)
    }
}

/// Whether bounds alone say how a decision comes out, and that is as it did.
fn is_settled(question: &Question, of: impl Fn(Id) -> Option<Bounds>) -> bool {
    let Some(bounds) = of(question.of) else { return false };
    let zero = Interval::point(Decimal::ZERO);
    let Some(other) = question.above.map_or(Some(zero), of) else { return false };
    bounds.settles(other, question.above.is_some(), question.outcome)
}
