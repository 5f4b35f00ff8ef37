//! Programs: instructions over lanes, and what they give of each alternative.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::LANES;
use super::arena::{Arena, Slot};
use super::instruction::{Guard, Instruction, Operand};
use super::steps::{Step, steps};
use super::sum::LongSum;

/// Instructions over lanes, and for each alternative the conditions under which they hold and the
/// totals of its months.
#[derive(Clone, Debug)]
pub struct Program {
    inputs: Vec<Slot>,
    steps: Vec<Step>,
    alternatives: Vec<Results>,
    /// By alternative the first one that holds for the same lanes.
    holds_as: Vec<usize>,
    /// By alternative the first one with the same share of hours.
    shares_as: Vec<usize>,
    narrow: usize,
    wide: usize,
}

/// Steps to be run on an arena.
struct Steps<'s> {
    steps: &'s [Step],
    arena: &'s mut Arena,
}

impl pulp::WithSimd for Steps<'_> {
    type Output = ();

    // Only what is inlined here is compiled for the processor that is found.
    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, simd: S) {
        for step in self.steps {
            step.run(simd, self.arena);
        }
    }
}

/// Guards to be checked, once for alternatives that have the same ones.
struct Checks<'p> {
    program: &'p Program,
    arena: &'p Arena,
    holds: &'p mut Vec<[bool; LANES]>,
}

impl pulp::WithSimd for Checks<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.holds.clear();
        for (results, &first) in self.program.alternatives.iter().zip(&self.program.holds_as) {
            let holds = match self.holds.get(first) {
                Some(known) => *known,
                None => results.holds(self.arena),
            };
            self.holds.push(holds);
        }
    }
}

/// Shares of hours to be worked out, once for alternatives that have the same.
struct Shares<'p> {
    program: &'p Program,
    arena: &'p Arena,
    shares: &'p mut Vec<Option<[f64; LANES]>>,
}

impl pulp::WithSimd for Shares<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.shares.clear();
        for (results, &first) in self.program.alternatives.iter().zip(&self.program.shares_as) {
            let shares = match self.shares.get(first) {
                Some(known) => *known,
                None => results.shares(self.arena),
            };
            self.shares.push(shares);
        }
    }
}

/// What a program gives of an alternative.
#[derive(Clone, Debug)]
pub struct Results {
    /// The alternative, by index.
    pub alternative: usize,
    /// What must hold.
    pub guards: Vec<Guard>,
    /// The term total in minor units.
    pub total: Operand,
    /// Totals of months in minor units, each once, if they are wanted.
    pub sums: Vec<Operand>,
    /// Which of them is a month's total, from month 0.
    pub of_month: Vec<u32>,
    /// Hours done and hours to do over one denominator, if they are wanted.
    pub work: Option<(Operand, Operand)>,
    /// The users of all months together, if they are wanted.
    pub user_months: Option<Operand>,
}

impl Program {
    /// A program of instructions in order, and sums at their end. Those that nothing depends on are left
    /// out, and places are used again when their values are no longer needed.
    pub fn new(
        inputs: Vec<Slot>,
        instructions: Vec<Instruction>,
        totals: Vec<LongSum>,
        alternatives: Vec<Results>,
    ) -> Self {
        let holds_as = first_alike(&alternatives, |results| &results.guards);
        let shares_as = first_alike(&alternatives, |results| &results.work);
        let mut program = Self { inputs, steps: Vec::new(), alternatives, holds_as, shares_as, narrow: 0, wide: 0 };
        let outputs: HashSet<Slot> = program.outputs().collect();
        let (instructions, totals) = needed(instructions, totals, outputs.clone());
        program.steps = steps(instructions, totals, &outputs);
        program.share_places();
        program
    }

    /// A fresh place for the values of a block.
    pub fn arena(&self) -> Arena {
        Arena::new(self.narrow, self.wide)
    }

    /// What it gives.
    pub fn alternatives(&self) -> &[Results] {
        &self.alternatives
    }

    /// Runs a block; `input` sets the whole numbers of an input, by the order they were given in. The
    /// loops over lanes are compiled for several processors, and the best for this one is taken;
    /// whole numbers come out alike on all.
    pub fn run(&self, input: impl Fn(usize, &mut [f64; LANES]), arena: &mut Arena) {
        self.inputs.iter().enumerate().for_each(|(index, slot)| input(index, arena.input(*slot)));
        pulp::Arch::new().dispatch(Steps { steps: &self.steps, arena });
    }

    /// For each alternative the lanes for which the program holds.
    pub fn holds(&self, arena: &Arena, holds: &mut Vec<[bool; LANES]>) {
        pulp::Arch::new().dispatch(Checks { program: self, arena, holds });
    }

    /// For each alternative hours done over hours to do by lane, NaN without work; none if they are not
    /// wanted.
    pub fn shares(&self, arena: &Arena, shares: &mut Vec<Option<[f64; LANES]>>) {
        pulp::Arch::new().dispatch(Shares { program: self, arena, shares });
    }

    /// The places that must keep their values to the end.
    fn outputs(&self) -> impl Iterator<Item = Slot> {
        self.alternatives.iter().flat_map(|results| {
            let guarded = results.guards.iter().flat_map(|guard| guard.test.operands());
            let work = results.work.into_iter().flat_map(|(done, workload)| [done, workload]);
            guarded
                .chain([results.total])
                .chain(results.sums.iter().copied())
                .chain(work)
                .chain(results.user_months)
                .filter_map(Operand::slot)
        })
    }

    /// Gives every value a place that no value holds which is needed later.
    fn share_places(&mut self) {
        let end = self.steps.len();
        let mut last_use: HashMap<Slot, usize> = HashMap::default();
        for (at, step) in self.steps.iter().enumerate() {
            last_use.extend(step.reads().into_iter().map(|slot| (slot, at)));
        }
        last_use.extend(self.outputs().map(|slot| (slot, end)).collect::<Vec<_>>());
        let mut places = Places::default();
        self.inputs.iter_mut().for_each(|slot| *slot = places.give(*slot));
        let placed = |(at, step): (usize, Step)| {
            let reads = step.reads();
            // The result gets a place before its operands give up theirs.
            let to = places.give(step.to());
            let step = step.placed(|slot| places.of(slot), to);
            reads.into_iter().filter(|slot| last_use.get(slot) == Some(&at)).for_each(|slot| places.take_back(slot));
            step
        };
        self.steps = std::mem::take(&mut self.steps).into_iter().enumerate().map(placed).collect();
        for results in &mut self.alternatives {
            results.guards.iter_mut().for_each(|guard| guard.test = guard.test.with_slots(|slot| places.of(slot)));
            results.sums.iter_mut().for_each(|sum| *sum = sum.with_slot(|slot| places.of(slot)));
            let placed = |operand: Operand| operand.with_slot(|slot| places.of(slot));
            results.total = placed(results.total);
            results.user_months = results.user_months.map(placed);
            results.work = results.work.map(|(done, workload)| (placed(done), placed(workload)));
        }
        (self.narrow, self.wide) = (places.narrow as usize, places.wide as usize);
    }
}

/// For each of all the first that is alike.
fn first_alike<'a, K: PartialEq + 'a>(all: &'a [Results], of: impl Fn(&'a Results) -> &'a K) -> Vec<usize> {
    all.iter().map(|one| all.iter().position(|other| of(other) == of(one)).unwrap_or(0)).collect()
}

/// The instructions and the sums at their end that some results depend on.
fn needed(
    instructions: Vec<Instruction>,
    mut totals: Vec<LongSum>,
    mut needed: HashSet<Slot>,
) -> (Vec<Instruction>, Vec<LongSum>) {
    totals.retain(|total| needed.contains(&total.to));
    needed.extend(totals.iter().flat_map(|total| total.terms.iter().map(|(slot, _)| *slot)));
    let mut kept: Vec<Instruction> = Vec::with_capacity(instructions.len());
    for instruction in instructions.into_iter().rev() {
        if needed.contains(&instruction.to) {
            needed.extend(instruction.operation.operands().into_iter().filter_map(Operand::slot));
            kept.push(instruction);
        }
    }
    kept.reverse();
    (kept, totals)
}

/// Places that values have been given.
#[derive(Debug, Default)]
struct Places {
    given: HashMap<Slot, Slot>,
    free: Vec<Slot>,
    narrow: u32,
    wide: u32,
}

impl Places {
    fn of(&self, value: Slot) -> Slot {
        self.given.get(&value).copied().unwrap_or(value)
    }

    fn give(&mut self, value: Slot) -> Slot {
        let is_alike = |slot: &Slot| matches!(slot, Slot::Narrow(_)) == matches!(value, Slot::Narrow(_));
        let place = match self.free.iter().rposition(is_alike) {
            Some(at) => self.free.swap_remove(at),
            None => self.another(value),
        };
        self.given.insert(value, place);
        place
    }

    fn another(&mut self, like: Slot) -> Slot {
        let count = match like {
            Slot::Narrow(_) => &mut self.narrow,
            Slot::Wide(_) => &mut self.wide,
        };
        *count += 1;
        match like {
            Slot::Narrow(_) => Slot::Narrow(*count - 1),
            Slot::Wide(_) => Slot::Wide(*count - 1),
        }
    }

    fn take_back(&mut self, value: Slot) {
        if let Some(place) = self.given.remove(&value) {
            self.free.push(place);
        }
    }
}

impl Results {
    /// The lanes for which the program holds.
    #[inline(always)]
    fn holds(&self, arena: &Arena) -> [bool; LANES] {
        let mut holds = [true; LANES];
        for guard in &self.guards {
            guard.check(arena, &mut holds);
        }
        holds
    }

    /// The totals of months in minor units by lane, each once; [`Results::of_month`] tells which is whose.
    pub fn sums(&self, arena: &Arena) -> Vec<[f64; LANES]> {
        self.sums.iter().map(|&sum| arena.doubles(sum)).collect()
    }

    /// Hours done and hours to do by lane, over one denominator; none if they are not wanted.
    pub fn work(&self, arena: &Arena) -> Option<[(i128, i128); LANES]> {
        let (done, workload) = self.work?;
        let (done, workload) = (arena.integers(done), arena.integers(workload));
        Some(std::array::from_fn(|k| (done[k], workload[k])))
    }

    /// Hours done over hours to do by lane, NaN without work; none if they are not wanted.
    #[inline(always)]
    fn shares(&self, arena: &Arena) -> Option<[f64; LANES]> {
        let (done, workload) = self.work?;
        let (done, workload) = (arena.doubles(done), arena.doubles(workload));
        let mut shares = [f64::NAN; LANES];
        for k in 0..LANES {
            let share = done[k] / workload[k];
            shares[k] = if workload[k] > 0.0 { share } else { f64::NAN };
        }
        Some(shares)
    }

    /// The users of all months together by lane; none if they are not wanted.
    pub fn user_months(&self, arena: &Arena) -> Option<[f64; LANES]> {
        self.user_months.map(|users| arena.doubles(users))
    }

    /// The term totals in minor units by lane.
    pub fn total(&self, arena: &Arena) -> [f64; LANES] {
        arena.doubles(self.total)
    }
}
