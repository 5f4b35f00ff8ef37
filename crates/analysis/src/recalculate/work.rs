//! The work done of alternatives for which no program computes it: known as it is in the scenario, for as long as no
//! slider is moved that it depends on.

use std::collections::BTreeSet;

use super::Slider;
use crate::compare::verdict::Reach;
use crate::compare::{Targets, work_share};
use comanage_expr::number::Input;
use comanage_expr::op::Op;
use comanage_expr::tape::portable::Portable;
use comanage_expr::trace::{Comparison, Dependency, Record, Traced, record};
use comanage_model::scenario::Scenario;
use comanage_model::staffing::Staffing;
use comanage_model::volumes::Volumes;
use comanage_model::work::Provided;

/// The work done of an alternative with the values of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownWork {
    /// Held against the target.
    pub reach: Reach,
    /// The sliders that it depends on, by index.
    pub depends: BTreeSet<usize>,
}

/// By alternative; none where a program that is valid for the scenario computes it.
pub fn known(scenario: &Scenario, sliders: &[Slider], programs: &[Portable]) -> Vec<Option<KnownWork>> {
    let base: Vec<i128> = sliders.iter().map(|slider| slider.value).collect();
    let mut computed = BTreeSet::new();
    for program in programs {
        let row = program.run(&base);
        let groups = program.groups.iter().filter(|group| group.ratio.is_some() && group.holds(&row));
        computed.extend(groups.map(|group| group.group));
    }
    let target = Targets::of(scenario).work;
    let of = |index: usize| if computed.contains(&index) { None } else { of(scenario, sliders, index, target) };
    (0..scenario.alternatives.len()).map(of).collect()
}

fn of(scenario: &Scenario, sliders: &[Slider], alternative: usize, target: f64) -> Option<KnownWork> {
    let (work, record) = record(|| work_of(scenario, alternative));
    let (done, to_do) = work?;
    let share = work_share(record.step(done).value, record.step(to_do).value);
    let inputs = decides(&record, &[done, to_do]);
    let depends = (0..sliders.len()).filter(|&at| inputs.contains(&sliders[at].input)).collect();
    Some(KnownWork { reach: Reach::of(share, target), depends })
}

/// The hours of work that an alternative gets done and those that there are to do, without any money.
fn work_of(scenario: &Scenario, alternative: usize) -> Option<(Traced, Traced)> {
    let staffing = Staffing::new(scenario, &scenario.alternatives[alternative]);
    let provided = Provided::new(&staffing, &Volumes::<Traced>::new(scenario)).ok()?;
    Some(provided.done(&staffing, scenario.judged_months()))
}

/// The inputs that some values of a record are made of, and those that decide which way it goes.
fn decides(record: &Record, of: &[Traced]) -> BTreeSet<Input> {
    let mut needed = vec![false; record.steps().len()];
    of.iter().for_each(|value| needed[value.index()] = true);
    let mut inputs = BTreeSet::new();
    for branch in record.branches(0) {
        let (a, b) = match branch.by {
            Comparison::Above(a, b) => (a, b),
            Comparison::Zero(a) => (a, a),
        };
        [a, b].iter().for_each(|value| needed[value.index()] = true);
    }
    let reads = record.reads(0).iter();
    inputs.extend(reads.map(|&(Dependency::Value(input) | Dependency::Digits(input, _))| input));
    // Operands come before what is made of them.
    for value in record.places().rev() {
        if !needed[value.index()] {
            continue;
        }
        match record.step(value).op {
            Op::Input(input) => inputs.extend([input]),
            op => op.children().for_each(|operand| needed[operand.index()] = true),
        }
    }
    inputs
}
