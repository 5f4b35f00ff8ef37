//! What is found about a scenario: errors, warnings and notes, as data.
//!
//! A diagnostic says what, where, what was expected and what to do. How it looks is decided where
//! it is shown (`comanage_format::load` and the reports make them, no one here prints).

mod render;

pub use render::{escape, render};

use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// A result stands, and something about it needs a look.
    Warning,
    /// Worth knowing.
    Note,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// A stable name for the kind of finding, such as `no-price-for-device-class`.
    pub code: &'static str,
    /// What is the matter, in a sentence without a full stop.
    pub message: String,
    /// What is at the place: "found the number 0.04".
    pub label: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
    /// The dotted path of the value, if it is about one.
    pub path: Option<String>,
    /// The alternatives that it holds for, by id; empty: it is about the scenario or one of its values.
    pub alternatives: Vec<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A finding without a place.
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            label: String::new(),
            span: None,
            path: None,
            alternatives: Vec::new(),
            hint: None,
        }
    }

    /// An error: the file cannot be used as it is.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning: the file can be used, and something in it is likely wrong.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note: nothing is wrong, and a reader should know.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// Adds the place and what is there.
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.span = Some(span);
        self.label = label.into();
        self
    }

    /// Adds the dotted path.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
