//! Why a value cannot be tried.

use rust_decimal::Decimal;

use super::Axis;
use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::source::{SourceFile, Sources};

/// What is wrong, and the texts that it points into.
#[derive(Clone, Debug)]
pub struct VaryError {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

impl VaryError {
    /// One thing that is wrong with a scenario.
    pub fn new(diagnostic: Diagnostic, sources: &Sources) -> Self {
        Self { diagnostics: vec![diagnostic], sources: sources.clone() }
    }

    /// Something that is wrong with what was asked, in no text.
    pub fn asked(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], sources: Sources::default() }
    }

    /// Something that is wrong with the text of a flag.
    pub fn flag(diagnostic: Diagnostic, flag: &str, text: &str) -> Self {
        let source = SourceFile::new(flag, text.trim());
        Self { diagnostics: vec![diagnostic], sources: Sources(vec![source]) }
    }

    /// The errors among what was found.
    pub fn of(mut diagnostics: Vec<Diagnostic>, sources: Sources) -> Self {
        diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
        Self { diagnostics, sources }
    }

    /// The same, told with the values at which it was met.
    pub fn at(mut self, values: &[(&Axis, Decimal)]) -> Self {
        let values: Vec<String> =
            values.iter().map(|(axis, value)| format!("{} = {}", axis.path, axis.kind.write(*value))).collect();
        for diagnostic in &mut self.diagnostics {
            diagnostic.message = format!("with {}: {}", values.join(" and "), diagnostic.message);
        }
        self
    }
}
