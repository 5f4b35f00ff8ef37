//! Numbers of a scenario varied over a row of values, the rest as it is.
//!
//! A value takes the place of what the file has at its path: a number, a range, a rate, or nothing.
//! With each value the scenario is an ordinary one, with the same checks and the same figures as a
//! file in which the value is written. What is looked for along the row is left to
//! [`crate::breakeven`] and [`crate::sweep`].

mod axis;
mod grid;
mod refusal;
mod runs;
mod totals;

pub use axis::{Asked, Axis, Spacing};
pub use grid::Grid;
pub use refusal::Refusal;
pub use runs::{Run, runs};
pub use totals::Totals;

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::load::Document;
use crate::scenario::{Input, Kind, Origin, Scenario};

/// A scenario in which some numbers are varied.
#[derive(Clone, Debug)]
pub struct Varied {
    /// What is varied.
    pub axes: Vec<Axis>,
    document: Document,
    /// The scenario with the first value of every axis.
    template: Scenario,
    /// Where each axis stands in the template, if values may be set there.
    inputs: Option<Vec<Input>>,
}

impl Varied {
    /// A document with values from these axes. Only the alternatives of `base`, which is what the
    /// document says as it is, are kept.
    ///
    /// # Errors
    /// A scenario that is refused with the first values, or with the last value of one.
    pub fn new(document: &Document, base: &Scenario, axes: Vec<Axis>) -> Result<Self, Refusal> {
        let document = document.without_simulation();
        for axis in &axes {
            for index in [0, axis.grid.last()] {
                read(&document, &[(axis, axis.grid.value(index))])?;
            }
        }
        let firsts: Vec<(&Axis, Decimal)> = axes.iter().map(|axis| (axis, axis.grid.value(0))).collect();
        let mut template = read(&document, &firsts)?;
        keep(&mut template, base);
        let inputs = may_be_set(&axes).then(|| places(&template, axes.len())).flatten();
        Ok(Self { axes, document, template, inputs })
    }

    /// The scenario with a value of each axis, by number.
    ///
    /// # Errors
    /// It is refused.
    pub fn scenario(&self, indices: &[u64]) -> Result<Scenario, Refusal> {
        let values = self.values(indices);
        if let Some(inputs) = &self.inputs {
            let mut scenario = self.template.clone();
            inputs.iter().zip(&values).for_each(|(&input, (_, value))| scenario.inputs.set(input, *value));
            return Ok(scenario);
        }
        let mut scenario = read(&self.document, &values)?;
        keep(&mut scenario, &self.template);
        Ok(scenario)
    }

    /// What is wrong with the scenario of these values, told with them.
    pub fn refuse(&self, problem: Diagnostic, scenario: &Scenario, indices: &[u64]) -> Refusal {
        Refusal::new(problem, &scenario.sources).at(&self.values(indices))
    }

    fn values(&self, indices: &[u64]) -> Vec<(&Axis, Decimal)> {
        self.axes.iter().zip(indices).map(|(axis, &index)| (axis, axis.grid.value(index))).collect()
    }
}

/// Whether values may be set in a scenario that was read, rather than read anew. The rules between
/// the values of a file are about days, hours and months; prices and shares have none, and that no
/// count falls below zero is seen again where counts are computed.
fn may_be_set(axes: &[Axis]) -> bool {
    axes.iter().all(|axis| matches!(axis.kind, Kind::Money | Kind::Share | Kind::Count))
}

/// The inputs that the last values laid over the document became, in their order.
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
fn read(document: &Document, values: &[(&Axis, Decimal)]) -> Result<Scenario, Refusal> {
    let mut document = document.clone();
    for (axis, value) in values {
        let laid = document.set(&axis.path, &axis.kind.write(*value));
        laid.map_err(|diagnostic| Refusal::new(*diagnostic, document.sources()))?;
    }
    let loaded = document.read();
    loaded.scenario.ok_or_else(|| Refusal::of(loaded.diagnostics, loaded.sources).at(values))
}

/// Keeps the alternatives of another scenario.
fn keep(scenario: &mut Scenario, of: &Scenario) {
    scenario.alternatives.retain(|own| of.alternatives.iter().any(|other| other.id == own.id));
}
