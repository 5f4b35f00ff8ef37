//! What a reader of a comparison may change, and all that is needed to work it out anew without this program.
//!
//! Some inputs become sliders. The totals, the work done and the budget of every alternative are compiled
//! to programs of plain data ([`comanage_expr::tape::portable`]), one for each path that the formulas take within the
//! sliders as far as they are worth their room. Coverage is no formula of inputs, so it is tabled for the sliders that
//! it depends on. An interpreter follows these, and where no program is valid it has no figure.

mod coverage;
mod programs;
mod sliders;
mod work;

pub use coverage::{Cover, Covered};
pub use sliders::Slider;
pub use work::KnownWork;

use comanage_expr::tape::portable::Portable;
use comanage_format::load::Document;
use comanage_model::quoted;
use comanage_model::scenario::{Alternative, Scenario};
use comanage_model::staffing::Staffing;

use crate::compare::budget::Limits;
use crate::compare::{Comparison, Targets};

/// A comparison that can be worked out anew for other values of some inputs.
#[derive(Clone, Debug)]
pub struct Recalculation {
    /// What may be changed.
    pub sliders: Vec<Slider>,
    /// Programs for the alternatives, by index as groups; the first that is valid counts.
    pub programs: Vec<Portable>,
    /// Who covers what.
    pub covered: Covered,
    /// By alternative, the work done where no program computes it.
    pub known_work: Vec<Option<KnownWork>>,
    /// By alternative, whether nothing is bought for it where the part of its amounts that programs name is zero.
    pub may_buy_nothing: Vec<bool>,
    /// The share of the work that is to be done, 0 to 1.
    pub work_target: f64,
    /// What may be spent, in minor units; none where there is no budget.
    pub budget: Option<Limits>,
}

impl Recalculation {
    /// Prepares the scenario of a comparison, as a document says it. None where nothing can be changed, or no program
    /// can be made of the alternatives.
    pub fn new(document: &Document, comparison: &Comparison) -> Option<Self> {
        let template = document.template().ok()?;
        let scenario = comparison.scenario;
        let sliders = sliders::choose(&template, scenario);
        let budget = Limits::of(scenario);
        let is_by_month = budget.as_ref().is_some_and(Limits::is_by_month);
        let programs = programs::programs(scenario, &sliders, is_by_month);
        let mut alternatives = 0..scenario.alternatives.len();
        let is_held = |index: usize| programs.iter().flat_map(|of| &of.groups).any(|group| group.group == index);
        if sliders.is_empty() || !alternatives.all(is_held) {
            return None;
        }
        let may_buy_nothing = |of: &Alternative| quoted::may_buy_nothing(&Staffing::new(scenario, of));
        Some(Self {
            covered: coverage::table(scenario, &sliders),
            may_buy_nothing: scenario.alternatives.iter().map(may_buy_nothing).collect(),
            known_work: work::known(scenario, &sliders, &programs),
            work_target: Targets::of(scenario).work,
            sliders,
            programs,
            budget,
        })
    }
}

/// A scenario with whole numbers of their units as the values of sliders.
fn set(scenario: &Scenario, sliders: &[Slider], values: &[i128]) -> Scenario {
    let mut scenario = scenario.clone();
    sliders.iter().zip(values).for_each(|(slider, &value)| scenario.inputs.set(slider.input, slider.decimal(value)));
    scenario
}
