//! A program: instructions over lanes, and the outputs of each group.

use rustc_hash::FxHashSet as HashSet;

use super::LANES;
use super::allocate::Allocation;
use super::instruction::{Guard, Instruction, Operand};
use super::registers::{Register, Registers};
use super::steps::{Step, steps};
use super::sum::LongSum;

/// Instructions over lanes, and for each group its guards and outputs.
#[derive(Clone, Debug)]
pub struct Program {
    inputs: Vec<Register>,
    steps: Vec<Step>,
    groups: Vec<Compiled>,
    /// By group the first one with the same guards.
    guard_group: Vec<usize>,
    /// By group the first one with the same ratio.
    ratio_group: Vec<usize>,
    narrow: usize,
    wide: usize,
}

/// Steps to be run on registers.
struct Steps<'s> {
    steps: &'s [Step],
    registers: &'s mut Registers,
}

impl pulp::WithSimd for Steps<'_> {
    type Output = ();

    // Only what is inlined here is compiled for the processor that is found.
    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, simd: S) {
        for step in self.steps {
            step.run(simd, self.registers);
        }
    }
}

/// Guards to be checked, once for groups that have the same ones.
struct Checks<'p> {
    program: &'p Program,
    registers: &'p Registers,
    holds: &'p mut Vec<[bool; LANES]>,
}

impl pulp::WithSimd for Checks<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.holds.clear();
        for (compiled, &first) in self.program.groups.iter().zip(&self.program.guard_group) {
            let holds = match self.holds.get(first) {
                Some(known) => *known,
                None => compiled.holds(self.registers),
            };
            self.holds.push(holds);
        }
    }
}

/// Ratios to be computed, once for groups that have the same.
struct Ratios<'p> {
    program: &'p Program,
    registers: &'p Registers,
    ratios: &'p mut Vec<Option<[f64; LANES]>>,
}

impl pulp::WithSimd for Ratios<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.ratios.clear();
        for (compiled, &first) in self.program.groups.iter().zip(&self.program.ratio_group) {
            let ratios = match self.ratios.get(first) {
                Some(known) => *known,
                None => compiled.ratios(self.registers),
            };
            self.ratios.push(ratios);
        }
    }
}

/// The outputs of a group, in registers.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The group, by index.
    pub group: usize,
    /// What must hold for a lane to be valid.
    pub guards: Vec<Guard>,
    /// The total of all periods, in units.
    pub total: Operand,
    /// Totals of periods in units, each once, if they are asked for.
    pub sums: Vec<Operand>,
    /// Which of them is a period's total, from the first period.
    pub of_period: Vec<u32>,
    /// Both terms of the ratio over one denominator, if it is asked for.
    pub ratio: Option<(Operand, Operand)>,
    /// The whole number, if it is asked for.
    pub count: Option<Operand>,
    /// The total of a part of the amounts in units, if the group names one.
    pub part: Option<Operand>,
}

impl Program {
    /// A program of instructions in order, and sums at their end. Those that nothing depends on are left
    /// out, and registers are reused once their values are no longer needed.
    pub fn new(
        inputs: Vec<Register>,
        instructions: Vec<Instruction>,
        totals: Vec<LongSum>,
        groups: Vec<Compiled>,
    ) -> Self {
        let guard_group = first_alike(&groups, |compiled| &compiled.guards);
        let ratio_group = first_alike(&groups, |compiled| &compiled.ratio);
        let mut program = Self { inputs, steps: Vec::new(), groups, guard_group, ratio_group, narrow: 0, wide: 0 };
        let outputs: HashSet<Register> = program.outputs().collect();
        let (instructions, totals) = needed(instructions, totals, outputs.clone());
        program.steps = steps(instructions, totals, &outputs);
        program.allocate(&outputs);
        program
    }

    /// Registers for the values of a block.
    pub fn registers(&self) -> Registers {
        Registers::new(self.narrow, self.wide)
    }

    /// The outputs of each group.
    pub fn groups(&self) -> &[Compiled] {
        &self.groups
    }

    /// Runs a block; `input` sets the whole numbers of an input, by the order they were given in. The
    /// loops over lanes are compiled for several processors, and the best for this one is taken;
    /// whole numbers come out alike on all.
    pub fn run(&self, input: impl Fn(usize, &mut [f64; LANES]), registers: &mut Registers) {
        self.inputs.iter().enumerate().for_each(|(index, register)| input(index, registers.input(*register)));
        pulp::Arch::new().dispatch(Steps { steps: &self.steps, registers });
    }

    /// For each group the lanes for which the program is valid.
    pub fn holds(&self, registers: &Registers, holds: &mut Vec<[bool; LANES]>) {
        pulp::Arch::new().dispatch(Checks { program: self, registers, holds });
    }

    /// For each group its ratio by lane, NaN where the second term is not above zero; none if it is not
    /// asked for.
    pub fn ratios(&self, registers: &Registers, ratios: &mut Vec<Option<[f64; LANES]>>) {
        pulp::Arch::new().dispatch(Ratios { program: self, registers, ratios });
    }

    /// The registers that must keep their values to the end.
    fn outputs(&self) -> impl Iterator<Item = Register> {
        self.groups.iter().flat_map(outputs)
    }

    /// Replaces the registers, one a value, by as few as hold what is still needed; `kept` are needed
    /// to the end.
    fn allocate(&mut self, kept: &HashSet<Register>) {
        let mut allocation = Allocation::default();
        self.steps = allocation.allocate(&mut self.inputs, std::mem::take(&mut self.steps), kept);
        self.groups.iter_mut().for_each(|compiled| compiled.replace(|register| allocation.of(register)));
        (self.narrow, self.wide) = allocation.counts();
    }
}

/// The registers of a group that must keep their values to the end.
pub(super) fn outputs(compiled: &Compiled) -> impl Iterator<Item = Register> {
    let guarded = compiled.guards.iter().flat_map(|guard| guard.test.operands());
    let ratio = compiled.ratio.into_iter().flat_map(|(part, whole)| [part, whole]);
    guarded
        .chain([compiled.total])
        .chain(compiled.sums.iter().copied())
        .chain(ratio)
        .chain(compiled.count)
        .chain(compiled.part)
        .filter_map(Operand::register)
}

/// For each group the first that is alike.
fn first_alike<'a, K: PartialEq + 'a>(all: &'a [Compiled], of: impl Fn(&'a Compiled) -> &'a K) -> Vec<usize> {
    all.iter().map(|one| all.iter().position(|other| of(other) == of(one)).unwrap_or(0)).collect()
}

/// The instructions and the sums at their end that some registers depend on.
pub(super) fn needed(
    instructions: Vec<Instruction>,
    mut totals: Vec<LongSum>,
    mut needed: HashSet<Register>,
) -> (Vec<Instruction>, Vec<LongSum>) {
    totals.retain(|total| needed.contains(&total.to));
    needed.extend(totals.iter().flat_map(|total| total.terms.iter().map(|(register, _)| *register)));
    let mut kept: Vec<Instruction> = Vec::with_capacity(instructions.len());
    for instruction in instructions.into_iter().rev() {
        if needed.contains(&instruction.to) {
            needed.extend(instruction.operation.operands().into_iter().filter_map(Operand::register));
            kept.push(instruction);
        }
    }
    kept.reverse();
    (kept, totals)
}

impl Compiled {
    /// Replaces every register.
    fn replace(&mut self, register: impl Fn(Register) -> Register) {
        let replaced = |operand: Operand| operand.with_register(&register);
        self.guards.iter_mut().for_each(|guard| guard.test = guard.test.with_registers(&register));
        self.sums.iter_mut().for_each(|sum| *sum = replaced(*sum));
        self.total = replaced(self.total);
        self.count = self.count.map(replaced);
        self.part = self.part.map(replaced);
        self.ratio = self.ratio.map(|(part, whole)| (replaced(part), replaced(whole)));
    }

    /// The lanes for which the program is valid.
    #[inline(always)]
    fn holds(&self, registers: &Registers) -> [bool; LANES] {
        let mut holds = [true; LANES];
        for guard in &self.guards {
            guard.check(registers, &mut holds);
        }
        holds
    }

    /// The totals of periods in units by lane, each once; [`Compiled::of_period`] says which is whose.
    pub fn sums(&self, registers: &Registers) -> Vec<[f64; LANES]> {
        self.sums.iter().map(|&sum| registers.doubles(sum)).collect()
    }

    /// Both terms of the ratio by lane, over one denominator; none if it is not asked for.
    pub fn exact_ratio(&self, registers: &Registers) -> Option<[(i128, i128); LANES]> {
        let (part, whole) = self.ratio?;
        let (part, whole) = (registers.integers(part), registers.integers(whole));
        Some(std::array::from_fn(|k| (part[k], whole[k])))
    }

    /// The ratio by lane, NaN where the second term is not above zero; none if it is not asked for.
    #[inline(always)]
    fn ratios(&self, registers: &Registers) -> Option<[f64; LANES]> {
        let (part, whole) = self.ratio?;
        let (part, whole) = (registers.doubles(part), registers.doubles(whole));
        let mut shares = [f64::NAN; LANES];
        for k in 0..LANES {
            let share = part[k] / whole[k];
            shares[k] = if whole[k] > 0.0 { share } else { f64::NAN };
        }
        Some(shares)
    }

    /// The whole number by lane; none if it is not asked for.
    pub fn count(&self, registers: &Registers) -> Option<[f64; LANES]> {
        self.count.map(|count| registers.doubles(count))
    }

    /// The total of the part by lane in units; none if the group names no part.
    pub fn part(&self, registers: &Registers) -> Option<[f64; LANES]> {
        self.part.map(|part| registers.doubles(part))
    }

    /// The totals in units by lane.
    pub fn total(&self, registers: &Registers) -> [f64; LANES] {
        registers.doubles(self.total)
    }
}
