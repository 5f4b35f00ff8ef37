//! What a reader of the page may change, with the names that readers know.

use crate::input_names::input_name;
use comanage_analysis::compare::Comparison;
use comanage_analysis::recalculate::Recalculation;

/// A comparison that a reader of the page may work out anew for other values.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// What may be changed, and all that follows from it.
    pub recalculation: Recalculation,
    /// The words of the command that compares the same alternatives.
    pub command: Vec<String>,
}

/// The same with names.
#[derive(Clone, Debug)]
pub struct Changeable {
    /// What may be changed, and all that follows from it.
    pub what_if: WhatIf,
    /// The names of the sliders, in their order.
    pub names: Vec<String>,
    /// The alternative that others are held against, by index; none where there is none.
    pub baseline: Option<usize>,
}

/// Names the sliders of a comparison.
pub(super) fn changeable(comparison: &Comparison, what_if: &WhatIf) -> Changeable {
    let sliders = what_if.recalculation.sliders.iter();
    Changeable {
        what_if: what_if.clone(),
        names: sliders.map(|slider| input_name(comparison.scenario, &slider.path)).collect(),
        baseline: comparison.baseline,
    }
}
