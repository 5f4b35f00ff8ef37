//! The programs of the alternatives: as many paths of the formulas as are worth their room.

use super::{Slider, set};
use crate::simulate::sampling::Stream;
use crate::traced;
use comanage_expr::tape::portable::Portable;
use comanage_expr::tape::{LaneInput, OutputSpec, compile_portable};
use comanage_expr::trace::record;
use comanage_model::scenario::Scenario;

/// Settings that are tried for each slider alone, and for all of them together.
const ALONE: i128 = 8;
const TOGETHER: u64 = 160;
/// Steps and conditions that all programs have together at most: some 500 KB of data. The first program alone may have
/// half as many again.
const MAX_SIZE: usize = 20_000;
const MAX_FIRST: usize = 30_000;
/// Programs of an alternative at most.
const MAX_PROGRAMS: usize = 16;
/// After this many settings in which an alternative gets no program it gets no other.
const MAX_FAILURES: usize = 8;

/// Programs that between them are valid for the scenario as it is and, as far as there is room, for settings of one
/// slider alone and then of all together. Those that compute work come first; where no such program can be made, one
/// that does not tells the money.
pub fn programs(scenario: &Scenario, sliders: &[Slider], is_by_month: bool) -> Vec<Portable> {
    let periods = if is_by_month { scenario.term_months as usize + 1 } else { 0 };
    let money = OutputSpec {
        digits: scenario.currency.digits,
        periods,
        parts: true,
        magnitudes: true,
        ..OutputSpec::default()
    };
    let work = OutputSpec { exact_ratios: true, ..money.clone() };
    let (settings, inputs) = (settings(sliders), sliders.iter().map(Slider::lane).collect::<Vec<_>>());
    let mut made = Made { programs: Vec::new(), failures: vec![0; scenario.alternatives.len()] };
    for spec in [work, money] {
        made.failures.fill(0);
        for setting in &settings {
            let at = set(scenario, sliders, setting);
            made.take_all(setting, &|groups| compile(&at, &inputs, groups, &spec));
        }
    }
    made.programs
}

fn compile(scenario: &Scenario, inputs: &[LaneInput], groups: &[usize], spec: &OutputSpec) -> Option<Portable> {
    let (outputs, record) = record(|| traced::outputs(scenario, groups, spec));
    compile_portable(&record, inputs, &outputs?, spec)
}

/// The programs so far.
struct Made {
    programs: Vec<Portable>,
    /// By alternative, how often no program could be made of it, or none that there was room for.
    failures: Vec<usize>,
}

impl Made {
    /// Makes programs for the alternatives that none is valid for in a setting. A program of several may leave one out
    /// that can have one of its own.
    fn take_all(&mut self, setting: &[i128], compile: &dyn Fn(&[usize]) -> Option<Portable>) {
        for _ in 0..self.failures.len() {
            let missing = self.missing(setting);
            if missing.is_empty() {
                return;
            }
            match compile(&missing) {
                Some(program) if self.has_room(&program) => self.programs.push(program),
                // Nothing is smaller than the first, which has what alternatives share.
                Some(_) if self.programs.is_empty() => return self.failures.fill(MAX_FAILURES),
                _ => {
                    missing.iter().for_each(|&index| self.failures[index] += 1);
                    return;
                }
            }
        }
    }

    /// The alternatives that no program is valid for in a setting, of those that may have another.
    fn missing(&self, setting: &[i128]) -> Vec<usize> {
        let is_of = |program: &Portable, index: usize| program.groups.iter().any(|group| group.group == index);
        let own = |index: usize| self.programs.iter().filter(|of| is_of(of, index)).count();
        let may_have = |&index: &usize| own(index) < MAX_PROGRAMS && self.failures[index] < MAX_FAILURES;
        let mut missing: Vec<usize> = (0..self.failures.len()).filter(may_have).collect();
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

    fn has_room(&self, program: &Portable) -> bool {
        let size: usize = self.programs.iter().chain([program]).map(size).sum();
        size <= if self.programs.is_empty() { MAX_FIRST } else { MAX_SIZE }
    }
}

/// The steps of a program, and the conditions of the group that has most; groups share nearly all of them.
fn size(program: &Portable) -> usize {
    let conditions = program.groups.iter().map(|group| group.conditions.len()).max();
    program.steps.len() + conditions.unwrap_or(0)
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

/// A number of 16 bits, evenly spread over the settings and the sliders.
fn scattered(number: u64, slider: usize) -> u16 {
    (Stream::seeded(slider as u64).skip(number).bits() >> 48) as u16
}
