//! Pieces that documents are put together from.

use super::{Block, By, Cell, Grid, Part, Role, Row, Section, Table};
use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;

/// A section that the terminal shows too.
pub(super) fn brief(heading: impl Into<String>, blocks: Vec<Block>) -> Section {
    Section { heading: heading.into(), is_brief: true, blocks }
}

/// A section of files only.
pub(super) fn full(heading: impl Into<String>, blocks: Vec<Block>) -> Section {
    Section { is_brief: false, ..brief(heading, blocks) }
}

/// A picture by file name, with what it shows in words.
pub(super) fn picture(name: &str, alt: &str) -> Block {
    Block::Picture { name: name.to_string(), alt: alt.to_string() }
}

/// Column headers.
pub(super) fn headers(headers: &[&str]) -> Vec<String> {
    headers.iter().map(|head| head.to_string()).collect()
}

/// A cell of words.
pub(super) fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// What is said where nothing was drawn: `fixed` if no input is a range, else that the ranges could not be.
pub(super) fn without_samples(scenario: &Scenario, fixed: &str) -> String {
    const FAILED: &str = "The ranges could not be simulated, so there are no percentiles; the exact figures stand.";
    if scenario.has_ranges() { FAILED } else { fixed }.to_string()
}

/// A row like any other.
pub(super) fn body(cells: Vec<Cell>) -> Row {
    Row { role: Role::Body, cells }
}

/// A finding in a line.
pub fn finding(finding: &Diagnostic) -> String {
    let hint = finding.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    format!("{severity}: {}{hint} [{}]", finding.message, finding.code)
}

/// Findings in a list.
pub(super) fn findings(findings: &[Diagnostic]) -> Vec<Block> {
    if findings.is_empty() {
        return vec![Block::Paragraph("No issues found.".into())];
    }
    vec![Block::List(findings.iter().map(finding).collect())]
}

/// A table with a caption.
pub(super) fn grid(caption: impl Into<String>, table: Table, by: By) -> Grid {
    Grid { caption: caption.into(), table, by, is_sortable: by == By::Rows }
}

/// A part of a section.
pub(super) fn part(heading: impl Into<String>, blocks: Vec<Block>) -> Block {
    Block::Part(Part { heading: heading.into(), alternative: None, is_collapsed: false, blocks })
}

/// Sections of a report as parts of one section; what the terminal leaves out is folded.
pub(super) fn as_parts(sections: Vec<Section>) -> Vec<Part> {
    let part = |section: Section| Part {
        heading: section.heading,
        alternative: None,
        is_collapsed: !section.is_brief,
        blocks: section.blocks,
    };
    sections.into_iter().map(part).collect()
}

/// An amount to the minor unit.
pub(super) fn exact(money: Money, scenario: &Scenario) -> Cell {
    Cell::Price(money, scenario.currency)
}

/// A table of rows of cells.
pub(super) fn table(headers: Vec<String>, rows: Vec<Vec<Cell>>) -> Block {
    Block::Table(Table { headers, rows: rows.into_iter().map(body).collect() })
}

/// The section of files with a picture.
pub(super) fn pictured(name: &str, alt: &str) -> Section {
    full("Picture", vec![picture(name, alt)])
}
