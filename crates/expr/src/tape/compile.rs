//! From a traced evaluation to a program over lanes.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::LaneInput;
use super::builder::Builder;
use super::instruction::{Guard, Instruction, Operand};
use super::outputs::{OutputSpec, Outputs};
use super::portable::Portable;
use super::program::{Compiled, Program};
use super::ratio::Ratio;
use super::registers::Register;
use super::sum::{End, LongSum};
use super::value::{LaneValue, NARROW, Unsupported, Value, WIDE, add, magnitude, mul};
use crate::graph::{Graph, Id, is_short};
use crate::interval::Interval;
use crate::op::Op;
use crate::trace::{Record, Traced};

/// Compiles the steps that the outputs and the branches depend on. A group that cannot be compiled, for
/// instance because a number overflows, is left out of the program. Where that leaves none, values are held near
/// those that were recorded ([`super::narrow`]).
///
/// # Errors
/// Inputs that lanes cannot hold, or no group that can be compiled.
pub fn compile(
    record: &Record,
    inputs: &[LaneInput],
    outputs: &[Outputs],
    spec: &OutputSpec,
) -> Result<Program, Unsupported> {
    let Parts { inputs, instructions, totals, groups } = parts(record, inputs, outputs, spec)?;
    Ok(Program::new(inputs, instructions, totals, groups))
}

/// The same as plain data; none where it cannot be compiled.
pub fn compile_portable(
    record: &Record,
    inputs: &[LaneInput],
    outputs: &[Outputs],
    spec: &OutputSpec,
) -> Option<Portable> {
    parts(record, inputs, outputs, spec).ok().map(Portable::of)
}

/// What a program is made of.
pub struct Parts {
    /// Where the inputs lie.
    pub inputs: Vec<Register>,
    /// The instructions, in the order they run.
    pub instructions: Vec<Instruction>,
    /// Sums at their end.
    pub totals: Vec<LongSum>,
    /// The outputs of each group.
    pub groups: Vec<Compiled>,
}

fn parts(record: &Record, inputs: &[LaneInput], outputs: &[Outputs], spec: &OutputSpec) -> Result<Parts, Unsupported> {
    let with = |narrows: bool| compile_with(record, inputs, outputs, spec, narrows);
    with(false).or_else(|_| with(true))
}

fn compile_with(
    record: &Record,
    inputs: &[LaneInput],
    outputs: &[Outputs],
    spec: &OutputSpec,
    narrows: bool,
) -> Result<Parts, Unsupported> {
    let mut compiler = Compiler { narrows, ..Compiler::new(record, inputs, spec.digits)? };
    let shared = compiler.guards(0, inputs)?;
    let compiled = outputs.iter().enumerate().filter_map(|(place, of)| {
        let guards = compiler.guards(place + 1, inputs).ok()?;
        compiler.outputs(of, spec, guards, &shared).ok()
    });
    let mut groups: Vec<Compiled> = compiled.collect();
    groups.iter_mut().for_each(|of_group| of_group.guards.extend(&compiler.narrowed));
    if groups.is_empty() {
        return Err(Unsupported);
    }
    let Builder { instructions, totals, .. } = compiler.builder;
    Ok(Parts { inputs: compiler.input_registers, instructions, totals, groups })
}

pub(super) struct Compiler<'a> {
    pub record: &'a Record,
    pub graph: Graph,
    /// The node of each step of the record.
    nodes: Vec<Id>,
    /// What is known of each node before it is computed.
    traits: Vec<Trait>,
    values: Values,
    pub by_input: FxHashMap<u32, Value>,
    input_registers: Vec<Register>,
    pub builder: Builder,
    pub digits: u32,
    /// Whether values are held near those that were recorded.
    pub narrows: bool,
    /// The guards of the values that are.
    pub narrowed: Vec<Guard>,
    /// How far the values of some nodes may be off ([`super::shorten`]).
    pub off: FxHashMap<Id, f64>,
}

/// A record as a graph in which inputs that do not vary are constants, and the node of each step.
fn graph_of(record: &Record, inputs: &[LaneInput]) -> (Graph, Vec<Id>) {
    let mut graph = Graph::default();
    let mut nodes: Vec<Id> = Vec::with_capacity(record.steps().len());
    for step in record.steps() {
        let node = match step.op {
            Op::Constant(value) => graph.constant(value),
            Op::Input(input) => match inputs.iter().find(|lane| lane.input == input) {
                Some(lane) => graph.input(input, step.value.0.unwrap_or_default(), lane.digits),
                None => graph.constant(step.value.0.unwrap_or_default()),
            },
            op => graph.add(op.map(|operand| nodes[operand.index()])),
        };
        nodes.push(node);
    }
    (graph, nodes)
}

impl<'a> Compiler<'a> {
    fn new(record: &'a Record, inputs: &[LaneInput], digits: u32) -> Result<Self, Unsupported> {
        let (graph, nodes) = graph_of(record, inputs);
        let mut compiler = Self {
            record,
            traits: traits(&graph),
            values: Values { made: Vec::new(), places: vec![u32::MAX; graph.len()] },
            graph,
            nodes,
            by_input: FxHashMap::default(),
            input_registers: Vec::new(),
            builder: Builder::default(),
            digits,
            narrows: false,
            narrowed: Vec::new(),
            off: FxHashMap::default(),
        };
        for input in inputs {
            let den = 10_i128.checked_pow(input.digits).ok_or(Unsupported)?;
            if input.min.abs().max(input.max.abs()) >= NARROW {
                return Err(Unsupported);
            }
            let register = compiler.builder.register(NARROW - 1);
            compiler.input_registers.push(register);
            let times = Ratio { num: 1, den };
            let bounds = Interval { min: input.min, max: input.max };
            let value = Value::Lanes(LaneValue { register, times, bounds, by: None });
            compiler.by_input.insert(input.input.0, value);
        }
        Ok(compiler)
    }

    /// The outputs of a group, with its guards and those of what groups share.
    fn outputs(
        &mut self,
        of: &Outputs,
        spec: &OutputSpec,
        mut guards: Vec<Guard>,
        shared: &[Guard],
    ) -> Result<Compiled, Unsupported> {
        let total = self.total(&of.amounts)?;
        let (sums, of_period) = if spec.is_by_period() { self.periods(&of.amounts)? } else { Default::default() };
        let ratio = of.ratio.map(|(part, whole)| self.ratio(part, whole)).transpose()?;
        let count = of.count.map(|count| self.whole_number(count)).transpose()?;
        let part = of.part.as_ref().map(|part| self.total(std::slice::from_ref(part))).transpose()?;
        guards.extend(shared);
        Ok(Compiled { group: of.group, guards, total, sums, of_period, ratio, count, part })
    }

    /// The node of a step.
    pub fn node(&self, of: Traced) -> Id {
        self.nodes[of.index()]
    }

    /// The value of a node, computed with everything it needs.
    pub fn value(&mut self, of: Id) -> Result<Value, Unsupported> {
        if let Some(value) = self.values.get(of) {
            return Ok(value);
        }
        // Operands come before what is made of them, so a list of what is still needed serves for
        // recursion.
        let mut needed = vec![of];
        while let Some(&next) = needed.last() {
            let so_far = needed.len();
            if self.values.get(next).is_none() && !self.is_plain(next) {
                let missing = |child: &Id| self.values.get(*child).is_none();
                needed.extend(self.graph.op(next).children().filter(missing));
            }
            if needed.len() == so_far {
                if self.values.get(next).is_none() {
                    let computed = if self.narrows { self.compute_near(next) } else { self.compute(next) };
                    let value = match computed {
                        Ok(value) if self.narrows => self.near(value, self.graph.exact(next))?,
                        // The same decimal in every row.
                        Err(Unsupported) if self.narrows && !self.varies(next) => {
                            self.graph.exact(next).0.and_then(Ratio::of).map(Value::Constant).ok_or(Unsupported)?
                        }
                        value => value?,
                    };
                    self.values.set(next, value);
                }
                needed.pop();
            }
        }
        self.known(of)
    }

    /// Whether a node is the same in every lane and its decimal has every digit.
    fn is_plain(&self, of: Id) -> bool {
        let of = self.traits[of];
        !of.varies && of.is_exact
    }

    pub fn varies(&self, of: Id) -> bool {
        self.traits[of].varies
    }

    pub fn known(&self, of: Id) -> Result<Value, Unsupported> {
        self.values.get(of).ok_or(Unsupported)
    }

    pub fn compute(&mut self, at: Id) -> Result<Value, Unsupported> {
        let exact = self.graph.exact(at).0.ok_or(Unsupported)?;
        let op = self.graph.op(at);
        if op.is_leaf() || self.is_plain(at) {
            let varying = if let Op::Input(input) = op { self.by_input.get(&input.0) } else { None };
            return varying.copied().or_else(|| Ratio::of(exact).map(Value::Constant)).ok_or(Unsupported);
        }
        match op {
            Op::Constant(_) | Op::Figure(_) | Op::Input(_) => Err(Unsupported),
            Op::Sum(a, b) => self.builder.sum(self.known(a)?, self.known(b)?, 1),
            Op::Difference(a, b) => self.builder.sum(self.known(a)?, self.known(b)?, -1),
            Op::Product(a, b) => self.builder.product(self.known(a)?, self.known(b)?),
            Op::Quotient(a, b) => match self.known(b)? {
                Value::Constant(by) => {
                    self.builder.product(self.known(a)?, Value::Constant(by.inverse().ok_or(Unsupported)?))
                }
                Value::Lanes(by) if self.narrows => {
                    let by = self.above_zero(by, self.graph.exact(b))?;
                    self.builder.quotient(self.known(a)?, by)
                }
                Value::Lanes(by) => self.builder.quotient(self.known(a)?, by),
            },
            Op::Rounded(a, digits) => self.builder.rounded(self.known(a)?, digits),
            Op::Ceiling(a) => self.builder.whole(self.known(a)?, true),
            Op::Floor(a) => self.builder.whole(self.known(a)?, false),
            Op::Min(a, b) => self.builder.choose(self.known(a)?, self.known(b)?, true),
            Op::Max(a, b) => self.builder.choose(self.known(a)?, self.known(b)?, false),
            Op::Power(a, exponent) => {
                let base = self.known(a)?;
                let one = Value::Constant(Ratio { num: 1, den: 1 });
                (0..exponent).try_fold(one, |product, _| {
                    let product = self.builder.product(product, base)?;
                    if self.narrows { self.with_fewer_digits(product) } else { Ok(product) }
                })
            }
        }
    }

    /// The total of a group. Amounts are taken apart into the sums and differences they are: twelve
    /// months of an annual amount, each the difference of two rounded parts, come to the year, and eleven
    /// of the parts need not be computed.
    fn total(&mut self, amounts: &[Vec<Traced>]) -> Result<Operand, Unsupported> {
        let scale = 10_i128.checked_pow(self.digits).ok_or(Unsupported)?;
        let mut times = vec![0_i128; self.graph.len()];
        amounts.iter().flatten().for_each(|amount| times[self.node(*amount)] += 1);
        let mut constant = 0_i128;
        // The magnitude of each part, and how often it is there.
        let mut parts: BTreeMap<Register, (i128, i128)> = BTreeMap::new();
        // Operands come first, so the last node of those that are left has all of its times.
        for node in (0..self.graph.len()).rev() {
            let many = times[node];
            match self.graph.op(node) {
                _ if many == 0 => {}
                Op::Sum(a, b) if self.varies(node) => {
                    times[a] += many;
                    times[b] += many;
                }
                Op::Difference(a, b) if self.varies(node) => {
                    times[a] += many;
                    times[b] -= many;
                }
                _ => match self.exactly(node)? {
                    Value::Constant(ratio) if scale % ratio.den == 0 => {
                        constant = add(constant, mul(mul(ratio.num, scale / ratio.den)?, many)?)?;
                    }
                    Value::Lanes(lanes) if lanes.by.is_none() && scale % lanes.times.den == 0 => {
                        let many = mul(mul(many, lanes.times.num)?, scale / lanes.times.den)?;
                        let magnitude = magnitude(lanes.bounds);
                        let (_, times) = parts.entry(lanes.register).or_insert((magnitude, 0));
                        *times = add(*times, many)?;
                    }
                    _ => return Err(Unsupported),
                },
            }
        }
        parts.retain(|_, (_, times)| *times != 0);
        // Sums are whole units in doubles, in whatever order.
        let mut max = constant.saturating_abs();
        for (magnitude, times) in parts.values() {
            max = add(max, mul(*magnitude, times.saturating_abs())?)?;
        }
        if max >= NARROW {
            return Err(Unsupported);
        }
        let to = self.builder.register(max);
        let terms = parts.into_iter().map(|(register, (_, times))| (register, times as f64)).collect();
        self.builder.totals.push(LongSum { to, constant: constant as f64, terms, max, end: End::Sum });
        Ok(Operand::Lane(to, 1))
    }

    /// The totals of a group's periods, from the amounts of each. Periods with the same amounts have
    /// the same total; amounts of most periods are added up first, so that periods share what they
    /// have in common.
    fn periods(&mut self, amounts: &[Vec<Traced>]) -> Result<(Vec<Operand>, Vec<u32>), Unsupported> {
        let scale = 10_i128.checked_pow(self.digits).ok_or(Unsupported)?;
        let mut often: FxHashMap<Id, usize> = FxHashMap::default();
        amounts.iter().flatten().for_each(|&amount| *often.entry(self.node(amount)).or_default() += 1);
        let (mut of_period, mut sums) = (Vec::with_capacity(amounts.len()), Vec::new());
        let mut most_total = 0;
        for amounts in amounts {
            let mut amounts: Vec<Id> = amounts.iter().map(|&amount| self.node(amount)).collect();
            amounts.sort_by_key(|amount| (std::cmp::Reverse(often[amount]), *amount));
            let sum = self.sum_of(&amounts, scale)?.over(scale)?;
            most_total = add(most_total, sum.widest())?;
            let place = sums.iter().position(|other| *other == sum.operand).unwrap_or(sums.len());
            if place == sums.len() {
                sums.push(sum.operand);
            }
            of_period.push(place as u32);
        }
        // Totals are whole units in doubles.
        if most_total >= NARROW {
            return Err(Unsupported);
        }
        Ok((sums, of_period))
    }

    /// A value that is whole in every lane.
    fn whole_number(&mut self, of: Traced) -> Result<Operand, Unsupported> {
        let value = self.exactly(self.node(of))?;
        let side = value.over(1)?;
        if value.by().is_some() || side.widest() >= NARROW { Err(Unsupported) } else { Ok(side.operand) }
    }

    /// Both terms of the ratio, over one denominator.
    fn ratio(&mut self, part: Traced, whole: Traced) -> Result<(Operand, Operand), Unsupported> {
        let (part, whole) = (self.exactly(self.node(part))?, self.exactly(self.node(whole))?);
        let (part, whole, _, _) = self.builder.aligned(part, whole)?;
        if part.widest().max(whole.widest()) >= WIDE {
            return Err(Unsupported);
        }
        Ok((part.operand, whole.operand))
    }

    /// The sum of amounts in units: lanes in the order that is asked, then what is constant.
    fn sum_of(&mut self, amounts: &[Id], scale: i128) -> Result<Value, Unsupported> {
        let mut constant = Value::Constant(Ratio { num: 0, den: 1 });
        let mut sum: Option<Value> = None;
        for &amount in amounts {
            let value = self.exactly(amount)?;
            if value.by().is_some() || scale % value.den() != 0 {
                return Err(Unsupported);
            }
            match (value, sum) {
                (Value::Constant(_), _) => constant = self.builder.sum(constant, value, 1)?,
                (Value::Lanes(_), None) => sum = Some(value),
                (Value::Lanes(_), Some(before)) => sum = Some(self.builder.sum(before, value, 1)?),
            }
        }
        match sum {
            None => Ok(constant),
            Some(sum) if constant.is_zero() => Ok(sum),
            Some(sum) => self.builder.sum(sum, constant, 1),
        }
    }
}

/// The values of the nodes that are computed: a part of all, and each is large.
struct Values {
    made: Vec<Value>,
    /// By node; beyond the others where there is none.
    places: Vec<u32>,
}

impl Values {
    fn get(&self, of: Id) -> Option<Value> {
        self.made.get(self.places[of] as usize).copied()
    }

    fn set(&mut self, of: Id, value: Value) {
        self.places[of] = self.made.len() as u32;
        self.made.push(value);
    }
}

/// What is known of a node before it is computed.
#[derive(Clone, Copy, Debug)]
struct Trait {
    /// Whether it depends on an input that varies.
    varies: bool,
    /// Whether a decimal holds it to the last digit: nothing was divided since it was last rounded,
    /// and it is short enough.
    is_exact: bool,
}

fn traits(graph: &Graph) -> Vec<Trait> {
    let mut traits: Vec<Trait> = Vec::with_capacity(graph.len());
    for id in 0..graph.len() {
        let op = graph.op(id);
        let varies = matches!(op, Op::Input(_)) || op.children().any(|child| traits[child].varies);
        let is_exact = match op {
            Op::Quotient(..) => false,
            Op::Rounded(..) | Op::Ceiling(_) | Op::Floor(_) => true,
            op => op.children().all(|child| traits[child].is_exact),
        };
        traits.push(Trait { varies, is_exact: is_exact && graph.exact(id).0.is_some_and(is_short) });
    }
    traits
}
