//! Numbers of a scenario varied over a row of values, the rest as it is.
//!
//! A value takes the place of what the file has at its path: a number, a range, a rate, or nothing.
//! With each value the scenario is an ordinary one, with the same checks and the same figures as a
//! file in which the value is written. What is looked for along the row is left to
//! [`crate::breakeven`] and [`crate::sweep`].

mod axis;
mod figures;
mod grid;
mod refusal;
mod runs;

pub use axis::{Axis, Request, Spacing};
pub use figures::{Evaluated, Indices};
pub use grid::Grid;
pub use refusal::VaryError;
pub use runs::{Run, runs};

use rust_decimal::Decimal;

use comanage_expr::tape::LaneInput;
use comanage_format::load::Document;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, Kind, Origin, Scenario};

/// A scenario in which some numbers are varied.
#[derive(Clone, Debug)]
pub struct Varied {
    /// What is varied.
    pub axes: Vec<Axis>,
    document: Document,
    /// The scenario with the first value of every axis.
    template: Scenario,
    /// Where each axis is in the template, if values may be set there.
    inputs: Option<Vec<Input>>,
}

impl Varied {
    /// A document with values from these axes. Only the alternatives of `base`, which is what the
    /// document says as it is, are kept.
    ///
    /// # Errors
    /// A scenario that is refused with the first values, or with the last value of one.
    pub fn new(document: &Document, base: &Scenario, axes: Vec<Axis>) -> Result<Self, VaryError> {
        let document = document.without_simulation();
        for axis in &axes {
            for index in [0, axis.grid.last()] {
                read(&document, &[(axis, axis.grid.value(index))])?;
            }
        }
        let mut varied = Self { axes, template: base.clone(), document, inputs: None };
        let mut template = varied.scenario(&vec![0; varied.axes.len()])?;
        keep(&mut template, base);
        varied.inputs = if varied.may_be_set() { places(&template, varied.axes.len()) } else { None };
        varied.template = template;
        Ok(varied)
    }

    /// Whether values may be set in a scenario that was read, rather than read anew each time. The
    /// rules between the values of a file are inequalities: what they allow at the ends they allow in
    /// between. Only months have other rules, such as whole years.
    fn may_be_set(&self) -> bool {
        let corners = self.axes.iter().fold(vec![Vec::new()], |corners: Vec<Vec<u64>>, axis| {
            let longer = |corner: &Vec<u64>| [0, axis.grid.last()].map(|end| [corner.as_slice(), &[end]].concat());
            corners.iter().flat_map(longer).collect()
        });
        let has_months = self.axes.iter().any(|axis| axis.kind == Kind::Months);
        !has_months && corners.iter().all(|corner| self.scenario(corner).is_ok())
    }

    /// The scenario with a value of each axis, by number.
    ///
    /// # Errors
    /// It is refused.
    pub fn scenario(&self, indices: &[u64]) -> Result<Scenario, VaryError> {
        if self.inputs.is_some() {
            return Ok(self.set(indices));
        }
        let mut scenario = read(&self.document, &self.values(indices))?;
        keep(&mut scenario, &self.template);
        Ok(scenario)
    }

    /// The scenario with the first value of every axis.
    pub fn template(&self) -> &Scenario {
        &self.template
    }

    /// The scenario with values set, where they may be.
    fn set(&self, indices: &[u64]) -> Scenario {
        let mut scenario = self.template.clone();
        let inputs = self.inputs.iter().flatten();
        inputs.zip(self.values(indices)).for_each(|(&input, (_, value))| scenario.inputs.set(input, value));
        scenario
    }

    /// What is wrong with the scenario of these values, told with them.
    pub fn refuse(&self, problem: Diagnostic, scenario: &Scenario, indices: &[u64]) -> VaryError {
        VaryError::new(problem, &scenario.sources).at(&self.values(indices))
    }

    /// The axes as compiled programs take them, if they can.
    fn lane_inputs(&self) -> Option<Vec<LaneInput>> {
        /// Whole numbers beyond this are not exact in a lane.
        const MAX: i128 = 1 << 51;
        let lane = |(axis, &input): (&Axis, &Input)| {
            let (min, max) = (axis.grid.units(0), axis.grid.units(axis.grid.last()));
            let is_narrow = min.abs() < MAX && max.abs() < MAX;
            is_narrow.then(|| LaneInput { input, digits: axis.grid.scale(), min, max })
        };
        self.axes.iter().zip(self.inputs.as_ref()?).map(lane).collect()
    }

    fn values(&self, indices: &[u64]) -> Vec<(&Axis, Decimal)> {
        self.axes.iter().zip(indices).map(|(axis, &index)| (axis, axis.grid.value(index))).collect()
    }
}

/// The inputs that the last values set over the document became, in their order.
fn places(scenario: &Scenario, axes: usize) -> Option<Vec<Input>> {
    let first = scenario.sources.0.len().checked_sub(axes)?;
    let place = |file: usize| {
        let is_there = |origin: &Origin| matches!(origin, Origin::Written(span) if span.file == file);
        let mut inputs = scenario.inputs.iter().filter(|(_, _, about)| is_there(&about.origin));
        let (input, ..) = inputs.next()?;
        inputs.next().is_none().then_some(input)
    };
    (first..first + axes).map(place).collect()
}

/// Reads a document with values in the place of what it has.
fn read(document: &Document, values: &[(&Axis, Decimal)]) -> Result<Scenario, VaryError> {
    let mut document = document.clone();
    for (axis, value) in values {
        let laid = document.set(&axis.path, &axis.kind.write(*value));
        laid.map_err(|diagnostic| VaryError::new(*diagnostic, document.sources()))?;
    }
    let loaded = document.read();
    loaded.scenario.ok_or_else(|| VaryError::of(loaded.diagnostics, loaded.sources).at(values))
}

/// Keeps the alternatives of another scenario.
fn keep(scenario: &mut Scenario, of: &Scenario) {
    scenario.alternatives.retain(|own| of.alternatives.iter().any(|other| other.id == own.id));
}
