//! Results as JSON, for machines. Keys have a fixed order and are only ever added to; money is a string
//! of an exact decimal, a share a number from 0 to 1, the unknown `null`.
//!
//! A dataset becomes a flat document ([`flat`]); documents with lists inside lists have a file each.

mod breakeven;
mod comparison;
mod diff;
mod flat;
mod matrix;
mod plan;
mod portfolio;
mod quotes;
mod simulation;
mod solve;
mod staff;
mod sweep;

pub use breakeven::breakeven;
pub use comparison::comparison;
pub use diff::diff;
pub use flat::flat;
pub use matrix::matrix;
pub use plan::plan;
pub use portfolio::portfolio;
pub use quotes::quotes;
pub use simulation::simulation;
pub use solve::solve;
pub use staff::staff;
pub use sweep::sweep;

use serde::Serialize;

use comanage_analysis::compare::budget::{Overrun, When};
use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::money::Currency;
use comanage_model::scenario::Scenario;
use comanage_model::source::Sources;

/// The program that made a file, with its version.
pub const TOOL: &str = concat!("comanage ", env!("CARGO_PKG_VERSION"));

/// The version of every document; it changes when a key goes or changes its meaning.
const SCHEMA: u32 = 2;

/// How a document is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// On one line.
    Line,
    /// Indented, for files that people read the difference of.
    Indented,
}

/// A document as text, with a line feed at the end.
fn text(document: &impl Serialize, layout: Layout) -> String {
    let text = match layout {
        Layout::Line => serde_json::to_string(document),
        Layout::Indented => serde_json::to_string_pretty(document),
    };
    text.expect("a document of strings and numbers is JSON") + "\n"
}

/// What a document says of its scenario first.
#[derive(Serialize)]
struct Head<'a> {
    schema: u32,
    tool: &'static str,
    scenario: &'a str,
    file: &'a str,
    input_sha256: &'a str,
    currency: &'static str,
    start: String,
    term_months: u32,
}

impl<'a> Head<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        Self {
            schema: SCHEMA,
            tool: TOOL,
            scenario: &scenario.name,
            file: &scenario.file,
            input_sha256: &scenario.sha256,
            currency: scenario.currency.code,
            start: scenario.start.to_string(),
            term_months: scenario.term_months,
        }
    }
}

/// By how much a limit of the budget is exceeded.
#[derive(Serialize)]
struct OverBudget {
    /// `term`, `year_2`, or `month_5`: the month that costs most.
    period: String,
    by: String,
    /// How many months exceed the limit of a month.
    months: Option<usize>,
}

fn over_budget(overruns: &[Overrun], currency: Currency) -> Vec<OverBudget> {
    let data = |of: &Overrun| {
        let (period, months) = match of.when {
            When::Term => ("term".to_string(), None),
            When::Year(year) => (format!("year_{year}"), None),
            When::Months(many, worst) => (format!("month_{worst}"), Some(many)),
        };
        OverBudget { period, by: of.by.to_data(currency), months }
    };
    overruns.iter().map(data).collect()
}

/// A finding as data.
#[derive(Serialize)]
struct Finding {
    severity: Severity,
    code: &'static str,
    message: String,
    path: Option<String>,
    /// The alternatives that it holds for, by id; empty: it is about the scenario or one of its values.
    alternatives: Vec<String>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    hint: Option<String>,
}

impl Finding {
    /// A finding with its place.
    fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let place = diagnostic.span.as_ref().map(|span| sources.place(span));
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            path: diagnostic.path.clone(),
            alternatives: diagnostic.alternatives.clone(),
            line: place.as_ref().map(|place| place.line),
            column: place.as_ref().map(|place| place.column),
            file: place.map(|place| place.file),
            hint: diagnostic.hint.clone(),
        }
    }
}
