//! The programs of the alternatives: as many paths of the formulas as are worth their room.

use super::{Slider, set};
use crate::traced;
use comanage_expr::tape::portable::Portable;
use comanage_expr::tape::{LaneInput, OutputSpec, compile_portable};
use comanage_expr::trace::record;
use comanage_model::scenario::Scenario;

/// Settings that are tried for each slider alone, and for all of them together.
const ALONE: i128 = 8;
const TOGETHER: u64 = 160;
/// Steps that all programs have together at most; the first program has its own whatever it takes.
const MAX_STEPS: usize = 16_000;
/// Programs of an alternative at most.
const MAX_PROGRAMS: usize = 12;

/// Programs that between them are valid for the scenario as it is and, as far as there is room, for settings of one
/// slider alone and then of all together.
pub fn programs(scenario: &Scenario, sliders: &[Slider], is_by_month: bool) -> Vec<Portable> {
    let periods = if is_by_month { scenario.term_months as usize + 1 } else { 0 };
    let spec = OutputSpec {
        digits: scenario.currency.digits,
        periods,
        exact_ratios: true,
        parts: true,
        ..OutputSpec::default()
    };
    let without_work = OutputSpec { exact_ratios: false, ..spec.clone() };
    let inputs: Vec<LaneInput> = sliders.iter().map(Slider::lane).collect();
    let mut made = Made { alternatives: scenario.alternatives.len(), programs: Vec::new() };
    for setting in settings(sliders) {
        let at = set(scenario, sliders, &setting);
        let compile_with = |groups: &[usize], spec: &OutputSpec| {
            let (outputs, record) = record(|| traced::outputs(&at, groups, spec));
            compile_portable(&record, &inputs, &outputs?, spec)
        };
        let compile = |groups: &[usize]| compile_with(groups, &spec).or_else(|| compile_with(groups, &without_work));
        // A program of several alternatives may leave one out that can have one of its own.
        for _ in 0..made.alternatives {
            let missing = made.missing(&setting);
            if missing.is_empty() || !compile(&missing).is_some_and(|program| made.take(program)) {
                break;
            }
        }
    }
    made.programs
}

/// The programs so far.
struct Made {
    alternatives: usize,
    programs: Vec<Portable>,
}

impl Made {
    /// The alternatives that no program is valid for in a setting, of those that may have another.
    fn missing(&self, setting: &[i128]) -> Vec<usize> {
        let is_of = |program: &Portable, index: usize| program.groups.iter().any(|group| group.group == index);
        let has_room = |&index: &usize| self.programs.iter().filter(|of| is_of(of, index)).count() < MAX_PROGRAMS;
        let mut missing: Vec<usize> = (0..self.alternatives).filter(has_room).collect();
        for program in &self.programs {
            if !program.groups.iter().any(|group| missing.contains(&group.group)) {
                continue;
            }
            let row = program.run(setting);
            let holds = |index: &usize| program.groups.iter().any(|group| group.group == *index && group.holds(&row));
            missing.retain(|index| !holds(index));
        }
        missing
    }

    /// Takes a program if there is room for it.
    fn take(&mut self, program: Portable) -> bool {
        let steps: usize = self.programs.iter().chain([&program]).map(|of| of.steps.len()).sum();
        let has_room = self.programs.is_empty() || steps <= MAX_STEPS;
        if has_room {
            self.programs.push(program);
        }
        has_room
    }
}

/// The settings that are tried: the scenario as it is, each slider alone from end to end, all of them anywhere.
fn settings(sliders: &[Slider]) -> Vec<Vec<i128>> {
    let base: Vec<i128> = sliders.iter().map(|slider| slider.value).collect();
    let alone = sliders.iter().enumerate().flat_map(|(at, slider)| {
        let base = &base;
        (0..=ALONE).map(move |number| {
            let mut setting = base.clone();
            setting[at] = slider.at(number, ALONE);
            setting
        })
    });
    let together = (1..=TOGETHER).map(|number| {
        let anywhere = |(at, slider): (usize, &Slider)| slider.at(scattered(number, at).into(), i128::from(u16::MAX));
        sliders.iter().enumerate().map(anywhere).collect()
    });
    std::iter::once(base.clone()).chain(alone).chain(together).collect()
}

/// A number that is spread evenly over those of 16 bits, for the settings and the sliders one after another.
fn scattered(number: u64, slider: usize) -> u16 {
    // A step of a generator that mixes bits well (SplitMix64).
    let mut mixed = (number << 8 | slider as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 48) as u16
}
