//! A scenario in which numbers are set again and again, each time as if it were read anew.
//!
//! Reading a scenario costs far more than evaluating it. Where rows differ only in numbers, one of
//! them is read and the numbers of the others are set in it; the rules between numbers are then the
//! only ones that can say otherwise, and they are held to the new numbers.

use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::scenario::{Input, Inputs, Scenario};

use super::checks;
use super::document::sort;
use super::path::{Step, parse};
use super::read::Places;
use super::reader::Reader;

/// A scenario that was read, with what the rules between its values need.
pub struct Template {
    /// The scenario that values are set in.
    pub scenario: Scenario,
    pub(super) places: Places,
    pub(super) reader: Reader,
}

/// Keys whose values are looked at while a file is read, so that setting them is not enough.
const LOOKED_AT: [&str; 2] = ["up_to", "months_to_fill"];

impl Template {
    /// The number with a path, if it may be set.
    pub fn input(&self, path: &str) -> Option<Input> {
        let last = parse(path)?.pop()?;
        if matches!(&last, Step::Name(name) if LOOKED_AT.contains(&name.as_str())) {
            return None;
        }
        let mut inputs = self.scenario.inputs.iter().filter(|(_, _, about)| about.path == path);
        let (input, ..) = inputs.next()?;
        inputs.next().is_none().then_some(input)
    }

    /// Holds other numbers to the rules between numbers.
    ///
    /// # Errors
    /// The first rule that is broken, in the order of the places.
    pub fn check(&self, inputs: &Inputs) -> Result<(), Box<Diagnostic>> {
        let mut reader = self.reader.with_inputs(inputs.clone());
        checks::run_on_numbers(&self.scenario, &self.places, &mut reader);
        reader.diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
        sort(&mut reader.diagnostics);
        match reader.diagnostics.into_iter().next() {
            Some(diagnostic) => Err(Box::new(diagnostic)),
            None => Ok(()),
        }
    }
}
