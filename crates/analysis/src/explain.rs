//! How a figure came about: the steps of a ledger line, down to the inputs and their sources.
//!
//! The alternative is evaluated on traced numbers ([`comanage_expr::trace`]), so what is printed are the
//! formulas that made the figure.

use std::collections::HashSet;
use std::fmt::Write;

use comanage_expr::display::{describe, shown};
use comanage_expr::number::Number;
use comanage_expr::op::Op;
use comanage_expr::trace::{Record, Step, Traced, record};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Shared, evaluate_one};
use comanage_model::ledger::Line;
use comanage_model::money::Money;
use comanage_model::scenario::{Alternative, Kind, Origin, Scenario};

/// The lines of an alternative with the steps that made them.
pub struct Explained {
    /// The lines.
    pub lines: Vec<Line<Traced>>,
    /// The steps.
    pub record: Record,
}

/// Evaluates an alternative with every step kept.
///
/// # Errors
/// Those of an evaluation.
pub fn explain(scenario: &Scenario, alternative: &Alternative) -> Result<Explained, Diagnostic> {
    let (lines, record) = record(|| {
        let shared = Shared::<Traced>::new(scenario);
        Ok(evaluate_one(scenario, alternative, &shared)?.ledger.lines)
    });
    Ok(Explained { lines: lines?, record })
}

impl Explained {
    /// A line in words: what it is, and the steps under it.
    pub fn line(&self, scenario: &Scenario, line: &Line<Traced>) -> String {
        let value = |number: Traced| self.record.step(number).value.0.unwrap_or_default();
        let mut out = format!(
            "month {}: {}, {}: {} {}\n",
            line.month,
            line.category.name(),
            line.item,
            Money(value(line.amount)).to_exact_prose(scenario.currency),
            scenario.currency.code,
        );
        self.steps(scenario, line.amount, &mut out);
        out
    }

    /// A step and, indented under it, the steps it came from. What was told once is not told again:
    /// hours that are carried from month to month are part of every later month. A term that came to
    /// nothing is not taken apart.
    fn steps(&self, scenario: &Scenario, number: Traced, out: &mut String) {
        const DEEPEST: usize = 30;
        let mut told = HashSet::new();
        let mut ahead = vec![(number, 1, false)];
        while let Some((number, depth, is_empty_term)) = ahead.pop() {
            let step = self.record.step(number);
            let is_told_of = |part: &Traced| !is_empty_term && self.is_telling(*part);
            let parts: Vec<Traced> = step.op.children().filter(is_told_of).collect();
            let is_told = !parts.is_empty() && !told.insert(number.index());
            let indent = "  ".repeat(depth.min(DEEPEST));
            let _ = writeln!(out, "{indent}{}", self.step(scenario, step, is_told));
            if !is_told {
                let is_sum = matches!(step.op, Op::Sum(..) | Op::Difference(..));
                let is_nothing = |part| self.record.step(part).value.is_zero();
                ahead.extend(parts.into_iter().rev().map(|part| (part, depth + 1, is_sum && is_nothing(part))));
            }
        }
    }

    /// Whether a step says more than its value.
    fn is_telling(&self, number: Traced) -> bool {
        let step = self.record.step(number);
        !matches!(step.op, Op::Constant(_)) || step.name.is_some()
    }

    /// A step in words.
    fn step(&self, scenario: &Scenario, step: &Step, is_told: bool) -> String {
        let name = step.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        let value = shown(step.value);
        match step.op {
            Op::Input(input) => {
                let path = &scenario.inputs.about(input).path;
                format!("{path} = {}{}", written_value(scenario, input), origin(scenario, input))
            }
            Op::Constant(_) => format!("{name}{value}"),
            _ if is_told => format!("{name}{value}, as above"),
            op => format!("{name}{value} = {}", describe(op, |operand| shown(self.record.step(operand).value))),
        }
    }
}

fn written_value(scenario: &Scenario, input: comanage_model::scenario::Input) -> String {
    let about = scenario.inputs.about(input);
    let value = about.kind.write(scenario.decimal(input));
    match (about.kind, &about.range) {
        (Kind::Money, None) => format!("{value} {}", scenario.currency.code),
        (_, None) => value,
        (kind, Some(range)) => format!("{value} (range {} to {})", kind.write(range.low), kind.write(range.high)),
    }
}

/// Where an input comes from: file and line, or a default with its source.
fn origin(scenario: &Scenario, input: comanage_model::scenario::Input) -> String {
    let about = scenario.inputs.about(input);
    let place = match &about.origin {
        Origin::Written(span) => {
            let place = scenario.sources.place(span);
            format!("  [{}:{}]", place.file, place.line)
        }
        Origin::Default { source, date } => format!("  [assumed: {source}, {date}]"),
        Origin::Pack { key, source, date, span } => {
            let place = scenario.sources.place(span);
            format!("  [{}:{}, from {key}: {source}, {date}]", place.file, place.line)
        }
        Origin::LeftOut => "  [left out]".to_string(),
    };
    let source = about.source.as_ref().map(|source| format!("  source: {source}")).unwrap_or_default();
    let note = about.note.as_ref().map(|note| format!("  note: {note}")).unwrap_or_default();
    format!("{place}{source}{note}")
}
