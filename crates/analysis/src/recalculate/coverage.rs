//! Who covers what, for the sliders that it depends on.
//!
//! Coverage follows from weeks, absences and queues, not from a formula of the inputs. Which sliders it depends on
//! is read off the record of working it out.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Slider, set};
use crate::compare::verdict::Reach;
use crate::frames::{Frame, ids};
use comanage_expr::trace::record;
use comanage_model::coverage::Outline;
use comanage_model::scenario::Scenario;

/// What alternatives cover, by the steps of some sliders.
#[derive(Clone, Debug, PartialEq)]
pub struct Covered {
    /// The sliders that it is tabled for, by index; the steps of the last change fastest.
    pub tabled: Vec<usize>,
    /// The sliders that it depends on too, by index: it is known where they have the values of the scenario.
    pub fixed: Vec<usize>,
    /// What alternatives cover, each way once.
    pub ways: Vec<Vec<Cover>>,
    /// Which of the ways it is, by the steps of the tabled sliders.
    pub places: Vec<usize>,
}

/// What an alternative covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Held against the target.
    pub reach: Reach,
    /// Whether it leaves no service to no one without a price.
    pub is_complete: bool,
}

/// Combinations that are tabled at most.
const MAX: usize = 1_000;
/// Combinations times alternatives at most, so that a large scenario takes no longer than others.
const MAX_COVERS: usize = 6_000;

/// Tables what alternatives cover.
pub fn table(scenario: &Scenario, sliders: &[Slider]) -> Covered {
    let base: Vec<i128> = sliders.iter().map(|slider| slider.value).collect();
    let known = Known { scenario, sliders, outlines: Outline::all(scenario), ids: ids(scenario) };
    let (_, mut depends) = known.covers(&base);
    let max = MAX.min(MAX_COVERS / scenario.alternatives.len().max(1));
    let mut tabled: Vec<usize> = Vec::new();
    for &at in &depends {
        let combinations = |of: &[usize]| of.iter().map(|&at| sliders[at].steps().count()).product::<usize>();
        if combinations(&[&tabled[..], &[at]].concat()) <= max {
            tabled.push(at);
        }
    }
    let (mut ways, mut places) = (Vec::new(), Vec::new());
    for setting in settings(sliders, &base, &tabled) {
        let (covered, more) = known.covers(&setting);
        depends.extend(more);
        let place = ways.iter().position(|way| *way == covered).unwrap_or(ways.len());
        if place == ways.len() {
            ways.push(covered);
        }
        places.push(place);
    }
    let fixed = depends.into_iter().filter(|at| !tabled.contains(at)).collect();
    Covered { tabled, fixed, ways, places }
}

/// What all settings have in common.
struct Known<'a> {
    scenario: &'a Scenario,
    sliders: &'a [Slider],
    outlines: Vec<Outline>,
    ids: Vec<Arc<str>>,
}

impl Known<'_> {
    /// What alternatives cover in a setting, and the sliders that were looked at.
    fn covers(&self, setting: &[i128]) -> (Vec<Cover>, BTreeSet<usize>) {
        let scenario = set(self.scenario, self.sliders, setting);
        let (frame, record) = record(|| Frame::within(&self.outlines, &scenario, &self.ids));
        let read = record.inputs_read();
        let is_read = |slider: &Slider| read.get(slider.input.0 as usize).copied().unwrap_or(false);
        let looked_at = self.sliders.iter().enumerate().filter(|(_, slider)| is_read(slider)).map(|(at, _)| at);
        let cover = |index: usize| Cover { reach: frame.reach(index), is_complete: frame.price(index).is_complete };
        ((0..scenario.alternatives.len()).map(cover).collect(), looked_at.collect())
    }
}

/// Every combination of the steps of some sliders, the others as they are.
fn settings(sliders: &[Slider], base: &[i128], tabled: &[usize]) -> Vec<Vec<i128>> {
    tabled.iter().fold(vec![base.to_vec()], |settings, &at| {
        let steps = sliders[at].steps();
        let each = |setting: Vec<i128>| {
            steps.clone().map(move |value| {
                let mut setting = setting.clone();
                setting[at] = value;
                setting
            })
        };
        settings.into_iter().flat_map(each).collect()
    })
}
