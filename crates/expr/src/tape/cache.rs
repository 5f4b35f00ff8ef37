//! A cache of programs, one per execution path.
//!
//! The first program holds all groups, so that what they share is computed once. Where a group takes
//! another path it gets programs of its own: each group has few paths, all together would have very
//! many. Which program evaluates a row makes no difference to what comes out.

use std::ops::Range;
use std::sync::{Arc, OnceLock, RwLock};

use super::compile::compile;
use super::outputs::{OutputSpec, Outputs};
use super::program::{Compiled, Program};
use super::registers::Registers;
use super::{LANES, LaneInput};
use crate::trace::record;

/// The programs of some groups, compiled as rows need them.
pub struct ProgramCache {
    groups: Vec<usize>,
    inputs: Vec<LaneInput>,
    spec: OutputSpec,
    max_programs: usize,
    shared: OnceLock<Option<Program>>,
    /// By group.
    per_group: Vec<RwLock<Programs>>,
}

/// The programs of a group so far, and whether more can be compiled.
#[derive(Default)]
struct Programs {
    compiled: Vec<Arc<Program>>,
    is_unsupported: bool,
}

/// Evaluates a row on traced numbers: the outputs of the groups asked for, in that order, each in a
/// section of the record of its own ([`crate::trace::begin_section`]) after what they share. None where
/// the row has no result.
pub type Trace<'a> = &'a dyn Fn(usize, &[usize]) -> Option<Vec<Outputs>>;

/// What the rows came to for a group, in units.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Totals of all periods.
    pub totals: Vec<f64>,
    /// Present values, if they are asked for.
    pub present_values: Vec<f64>,
    /// Totals by period and then by row, if they are asked for.
    pub periods: Vec<Vec<f64>>,
    /// Both terms of the ratio over one denominator, if they are asked for.
    pub exact_ratios: Vec<(i128, i128)>,
    /// The ratio, if it is asked for; NaN where its second term is not above zero.
    pub ratios: Vec<f64>,
    /// The whole number, if it is asked for.
    pub counts: Vec<f64>,
    /// The total of the part of the amounts that a group names, if it is asked for; 0 where it names none.
    pub parts: Vec<f64>,
    /// The rows that no program evaluates, by number; what the other fields hold for them means nothing.
    pub fallback: Vec<usize>,
}

impl ProgramCache {
    /// A cache for some groups, by index. `inputs` vary from row to row. Each group gets at most
    /// `max_programs` of its own; rows that take yet another path are left to the caller.
    pub fn new(groups: Vec<usize>, inputs: Vec<LaneInput>, spec: OutputSpec, max_programs: usize) -> Self {
        let per_group = groups.iter().map(|_| RwLock::default()).collect();
        Self { groups, inputs, spec, max_programs, shared: OnceLock::new(), per_group }
    }

    /// Evaluates `count` rows and returns the results of each group. `numerators` has the whole numbers
    /// of each input by row; `trace` evaluates one of the rows.
    pub fn run(&self, numerators: &[Vec<f64>], count: usize, trace: Trace) -> Vec<Results> {
        let mut results: Vec<Results> = self.groups.iter().map(|_| self.results(count)).collect();
        if count == 0 {
            return results;
        }
        if let Some(shared) = self.shared.get_or_init(|| self.compile(0, &self.groups, trace)) {
            let places: Vec<usize> = shared.groups().iter().map(|compiled| self.place(compiled)).collect();
            let all: Vec<usize> = (0..count).collect();
            places.iter().for_each(|&place| results[place].fallback.clear());
            self.run_program(shared, &places, numerators, &all, &mut results);
        }
        for place in 0..results.len() {
            self.run_group(place, numerators, trace, &mut results);
        }
        results
    }

    fn results(&self, count: usize) -> Results {
        let if_asked = |is_asked: bool| if is_asked { count } else { 0 };
        Results {
            totals: vec![0.0; count],
            present_values: vec![0.0; if_asked(self.spec.discounts.is_some())],
            periods: vec![vec![0.0; count]; self.spec.periods],
            exact_ratios: vec![(0, 0); if_asked(self.spec.exact_ratios)],
            ratios: vec![0.0; if_asked(self.spec.ratios)],
            counts: vec![0.0; if_asked(self.spec.counts)],
            parts: vec![0.0; if_asked(self.spec.parts)],
            fallback: (0..count).collect(),
        }
    }

    fn place(&self, compiled: &Compiled) -> usize {
        self.groups.iter().position(|&group| group == compiled.group).unwrap_or(0)
    }

    /// Runs the remaining rows of a group by programs of its own.
    fn run_group(&self, place: usize, numerators: &[Vec<f64>], trace: Trace, results: &mut [Results]) {
        let mut tried = 0;
        while let Some(&first) = results[place].fallback.first() {
            let Some(program) = self.program(place, tried, first, trace) else { break };
            tried += 1;
            let rows = std::mem::take(&mut results[place].fallback);
            self.run_program(&program, &[place], numerators, &rows, results);
        }
    }

    /// A program of a group, by number; where there is none so far, one for the path of a row.
    fn program(&self, place: usize, number: usize, row: usize, trace: Trace) -> Option<Arc<Program>> {
        if let Some(program) = self.per_group[place].read().ok()?.compiled.get(number) {
            return Some(Arc::clone(program));
        }
        let mut programs = self.per_group[place].write().ok()?;
        if programs.compiled.len() <= number && !programs.is_unsupported && programs.compiled.len() < self.max_programs
        {
            match self.compile(row, &self.groups[place..=place], trace) {
                None => programs.is_unsupported = true,
                Some(program) => programs.compiled.push(Arc::new(program)),
            }
        }
        programs.compiled.get(number).map(Arc::clone)
    }

    /// A program of some groups for the path that a row takes.
    fn compile(&self, row: usize, groups: &[usize], trace: Trace) -> Option<Program> {
        let (outputs, record) = record(|| trace(row, groups));
        compile(&record, &self.inputs, &outputs?, &self.spec).ok()
    }

    /// Runs a program over rows; those that its guards refuse stay in `fallback`.
    fn run_program(
        &self,
        program: &Program,
        places: &[usize],
        numerators: &[Vec<f64>],
        rows: &[usize],
        results: &mut [Results],
    ) {
        let mut registers = program.registers();
        let (mut holds, mut ratios) = (Vec::new(), Vec::new());
        for block in rows.chunks(LANES) {
            program.run(|input, lanes| gather(&numerators[input], block, lanes), &mut registers);
            program.holds(&registers, &mut holds);
            if self.spec.ratios {
                program.ratios(&registers, &mut ratios);
            }
            for (at, &place) in places.iter().enumerate() {
                let of_group = &mut results[place];
                if holds[at].contains(&false) {
                    let refused = block.iter().zip(&holds[at]).filter(|(_, holds)| !**holds);
                    of_group.fallback.extend(refused.map(|(&row, _)| row));
                }
                if let Some(Some(ratios)) = ratios.get(at) {
                    scatter(ratios, block, &mut of_group.ratios);
                }
                self.take(&program.groups()[at], &registers, block, of_group);
            }
        }
    }

    /// Copies what a block came to into the results.
    fn take(&self, compiled: &Compiled, registers: &Registers, block: &[usize], results: &mut Results) {
        scatter(&compiled.total(registers), block, &mut results.totals);
        if self.spec.is_by_period() {
            let sums = compiled.sums(registers);
            if let Some(discounts) = &self.spec.discounts {
                scatter(&discounts.apply(&compiled.of_period, &sums), block, &mut results.present_values);
            }
            for (period, &sum) in results.periods.iter_mut().zip(&compiled.of_period) {
                scatter(&sums[sum as usize], block, period);
            }
        }
        if self.spec.exact_ratios
            && let Some(terms) = compiled.exact_ratio(registers)
        {
            scatter(&terms, block, &mut results.exact_ratios);
        }
        if let Some(count) = compiled.count(registers) {
            scatter(&count, block, &mut results.counts);
        }
        if let Some(part) = compiled.part(registers) {
            scatter(&part, block, &mut results.parts);
        }
    }
}

/// The rows of a block as a range, if they follow on each other; they are in rising order.
fn range_of(block: &[usize]) -> Option<Range<usize>> {
    let (&first, &last) = block.first().zip(block.last())?;
    (last - first + 1 == block.len()).then_some(first..last + 1)
}

/// Takes the values of a block; lanes beyond it repeat the last one.
fn gather(values: &[f64], block: &[usize], lanes: &mut [f64; LANES]) {
    match range_of(block) {
        Some(range) => lanes[..block.len()].copy_from_slice(&values[range]),
        None => lanes.iter_mut().zip(block).for_each(|(lane, &at)| *lane = values[at]),
    }
    let last = lanes[block.len() - 1];
    lanes[block.len()..].fill(last);
}

/// Puts lanes where the rows of a block are.
fn scatter<T: Copy>(lanes: &[T; LANES], block: &[usize], to: &mut [T]) {
    match range_of(block) {
        Some(range) => to[range].copy_from_slice(&lanes[..block.len()]),
        None => lanes.iter().zip(block).for_each(|(&lane, &at)| to[at] = lane),
    }
}
