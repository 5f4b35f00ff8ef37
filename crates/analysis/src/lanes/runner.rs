//! Many evaluations, by as many programs as they go ways.
//!
//! The first program holds all alternatives, so that what they share is worked out once. Where an
//! alternative goes another way it gets programs of its own: each goes few ways, together they would
//! go very many. Which program serves an evaluation changes nothing in what comes out.

use std::ops::Range;
use std::sync::{Arc, OnceLock, RwLock};

use super::arena::Arena;
use super::compile::compile;
use super::{LANES, LaneInput, Program, Results, Wanted};
use comanage_expr::trace::record;
use comanage_model::scenario::Scenario;

/// The programs of a scenario.
pub struct Runner {
    alternatives: Vec<usize>,
    inputs: Vec<LaneInput>,
    wants: Wants,
    most: usize,
    joint: OnceLock<Option<Program>>,
    /// By alternative.
    apart: Vec<RwLock<Programs>>,
}

/// What is wanted beside term totals.
#[derive(Clone, Debug, Default)]
pub struct Wants {
    /// So many months from month 0 on, their totals.
    pub months: usize,
    /// Present values, and what months weigh in them.
    pub discounts: Option<Discounts>,
    /// The hours done and the hours to do, exactly.
    pub work: bool,
    /// The share of the hours that is done, as near as doubles come.
    pub shares: bool,
    /// The users of all months together.
    pub users: bool,
}

impl Wants {
    fn are_by_month(&self) -> bool {
        self.months > 0 || self.discounts.is_some()
    }
}

/// What months weigh in a present value.
#[derive(Clone, Debug)]
pub struct Discounts {
    /// Minor units in a unit of the currency.
    pub minor: f64,
    /// The weight of each month, from month 0.
    pub weights: Vec<f64>,
}

/// The programs of an alternative so far, and whether more can be made.
#[derive(Default)]
struct Programs {
    made: Vec<Arc<Program>>,
    is_unsupported: bool,
}

/// What the evaluations of an alternative came to, in minor units.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Term totals.
    pub totals: Vec<f64>,
    /// Present values, in units of the currency, if they are wanted.
    pub present_values: Vec<f64>,
    /// Totals by month from 0, and then by evaluation, if they are wanted.
    pub months: Vec<Vec<f64>>,
    /// Hours done and hours to do in the last twelve months over one denominator, if they are wanted.
    pub work: Vec<(i128, i128)>,
    /// The share of the hours that is done, if it is wanted; NaN without work.
    pub shares: Vec<f64>,
    /// The users of all months together, if they are wanted.
    pub user_months: Vec<f64>,
    /// The evaluations that are left to decimals, by number; what stands here for them means nothing.
    pub left: Vec<usize>,
}

impl Runner {
    /// The runner of some alternatives, by index. `inputs` vary. So many ways of each get a program of
    /// their own; what goes yet another way is left to decimals.
    pub fn new(alternatives: Vec<usize>, inputs: Vec<LaneInput>, wants: Wants, most: usize) -> Self {
        let apart = alternatives.iter().map(|_| RwLock::default()).collect();
        Self { alternatives, inputs, wants, most, joint: OnceLock::new(), apart }
    }

    /// Runs so many evaluations and gives a column for each alternative. `numerators` has the whole
    /// numbers of each input by evaluation, `scenario` the scenario of one of them.
    pub fn run(&self, numerators: &[Vec<f64>], count: usize, scenario: impl Fn(usize) -> Scenario) -> Vec<Column> {
        let mut columns: Vec<Column> = self.alternatives.iter().map(|_| self.column(count)).collect();
        if count == 0 {
            return columns;
        }
        if let Some(joint) = self.joint.get_or_init(|| self.make(&scenario(0), &self.alternatives)) {
            let places: Vec<usize> = joint.alternatives().iter().map(|results| self.place(results)).collect();
            let all: Vec<usize> = (0..count).collect();
            places.iter().for_each(|&place| columns[place].left.clear());
            self.run_program(joint, &places, numerators, &all, &mut columns);
        }
        for place in 0..columns.len() {
            self.run_apart(place, numerators, &scenario, &mut columns);
        }
        columns
    }

    fn column(&self, count: usize) -> Column {
        Column {
            totals: vec![0.0; count],
            present_values: vec![0.0; if self.wants.discounts.is_some() { count } else { 0 }],
            months: vec![vec![0.0; count]; self.wants.months],
            work: vec![(0, 0); if self.wants.work { count } else { 0 }],
            shares: vec![0.0; if self.wants.shares { count } else { 0 }],
            user_months: vec![0.0; if self.wants.users { count } else { 0 }],
            left: (0..count).collect(),
        }
    }

    fn place(&self, results: &Results) -> usize {
        self.alternatives.iter().position(|&alternative| alternative == results.alternative).unwrap_or(0)
    }

    /// Runs what is left of an alternative by programs of its own.
    fn run_apart(
        &self,
        place: usize,
        numerators: &[Vec<f64>],
        scenario: &impl Fn(usize) -> Scenario,
        columns: &mut [Column],
    ) {
        let mut tried = 0;
        while let Some(&first) = columns[place].left.first() {
            let Some(program) = self.program(place, tried, || scenario(first)) else { break };
            tried += 1;
            let left = std::mem::take(&mut columns[place].left);
            self.run_program(&program, &[place], numerators, &left, columns);
        }
    }

    /// A program of an alternative, by number; where there is none so far, one that holds for a
    /// scenario.
    fn program(&self, place: usize, number: usize, scenario: impl FnOnce() -> Scenario) -> Option<Arc<Program>> {
        if let Some(program) = self.apart[place].read().ok()?.made.get(number) {
            return Some(Arc::clone(program));
        }
        let mut programs = self.apart[place].write().ok()?;
        if programs.made.len() <= number && !programs.is_unsupported && programs.made.len() < self.most {
            match self.make(&scenario(), &self.alternatives[place..=place]) {
                None => programs.is_unsupported = true,
                Some(program) => programs.made.push(Arc::new(program)),
            }
        }
        programs.made.get(number).map(Arc::clone)
    }

    /// A program of alternatives for the way that a scenario goes.
    fn make(&self, scenario: &Scenario, alternatives: &[usize]) -> Option<Program> {
        let (wanted, record) = record(|| Wanted::of(scenario, alternatives, &self.wants).ok());
        compile(&record, &self.inputs, &wanted?, self.wants.are_by_month(), scenario.currency.digits).ok()
    }

    /// Runs a program over evaluations; those that it does not hold for are left in the columns.
    fn run_program(
        &self,
        program: &Program,
        places: &[usize],
        numerators: &[Vec<f64>],
        evaluations: &[usize],
        columns: &mut [Column],
    ) {
        let mut arena = program.arena();
        let (mut holds, mut shares) = (Vec::new(), Vec::new());
        for block in evaluations.chunks(LANES) {
            program.run(|input, lanes| gather(&numerators[input], block, lanes), &mut arena);
            program.holds(&arena, &mut holds);
            if self.wants.shares {
                program.shares(&arena, &mut shares);
            }
            for (at, &place) in places.iter().enumerate() {
                let column = &mut columns[place];
                if holds[at].contains(&false) {
                    let left = block.iter().zip(&holds[at]).filter(|(_, holds)| !**holds);
                    column.left.extend(left.map(|(&at, _)| at));
                }
                if let Some(Some(shares)) = shares.get(at) {
                    scatter(shares, block, &mut column.shares);
                }
                self.take(&program.alternatives()[at], &arena, block, column);
            }
        }
    }

    /// Takes over what a block came to.
    fn take(&self, results: &Results, arena: &Arena, block: &[usize], column: &mut Column) {
        scatter(&results.total(arena), block, &mut column.totals);
        if self.wants.are_by_month() {
            let sums = results.sums(arena);
            if let Some(discounts) = &self.wants.discounts {
                scatter(&discounts.apply(results, &sums), block, &mut column.present_values);
            }
            for (month, &sum) in column.months.iter_mut().zip(&results.of_month) {
                scatter(&sums[sum as usize], block, month);
            }
        }
        if self.wants.work
            && let Some(hours) = results.work(arena)
        {
            scatter(&hours, block, &mut column.work);
        }
        if let Some(users) = results.user_months(arena) {
            scatter(&users, block, &mut column.user_months);
        }
    }
}

/// The evaluations of a block as a range, if they follow on each other; they are in rising order.
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

/// Puts lanes where the evaluations of a block are.
fn scatter<T: Copy>(lanes: &[T; LANES], block: &[usize], to: &mut [T]) {
    match range_of(block) {
        Some(range) => to[range].copy_from_slice(&lanes[..block.len()]),
        None => lanes.iter().zip(block).for_each(|(&lane, &at)| to[at] = lane),
    }
}

impl Discounts {
    /// The present values by lane: month after month, as [`crate::compare::discount`] adds them up.
    fn apply(&self, results: &Results, sums: &[[f64; LANES]]) -> [f64; LANES] {
        let amounts: Vec<[f64; LANES]> = sums.iter().map(|sum| sum.map(|minor| minor / self.minor)).collect();
        let mut values = [0.0; LANES];
        for (&sum, weight) in results.of_month.iter().zip(&self.weights) {
            let amounts = &amounts[sum as usize];
            for k in 0..LANES {
                values[k] += amounts[k] * weight;
            }
        }
        values
    }
}
