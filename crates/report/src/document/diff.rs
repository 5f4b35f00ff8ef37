//! Two scenarios side by side as a document: what changed, what it did, and by which step.

use super::{Block, Cell, Report, Role, Row, Section, Table};
use comanage_analysis::diff::{Difference, Moved, Step};
use comanage_format::load::Change;
use comanage_model::money::Money;

/// The longest value in a table; data files have all of it.
const LONGEST: usize = 60;

/// Writes the difference.
pub fn diff(of: &Difference) -> Report {
    let changed = match of.changes.len() {
        0 => format!("{} and {} are identical.", of.a, of.b),
        1 => format!("1 change from {} to {}.", of.a, of.b),
        number => format!("{number} changes from {} to {}.", of.a, of.b),
    };
    let mut sections = vec![section("Totals and coverage", totals(of)), section("Changes", changes(of))];
    if of.changes.is_empty() {
        sections.pop();
    }
    let bridges = of.alternatives.iter().filter_map(|moved| Some((moved, moved.bridge.as_ref()?)));
    for (moved, steps) in bridges.filter(|(_, steps)| steps.iter().any(moves)) {
        sections.push(section(&format!("{}: effect of each change on the total", moved.name), bridge(moved, steps)));
    }
    Report {
        title: format!("{}: changes", of.name),
        subtitle: format!("amounts in {}", of.currency.code),
        answer: vec![changed],
        sections,
    }
}

fn section(heading: &str, table: Table) -> Section {
    Section { heading: heading.into(), is_brief: true, blocks: vec![Block::Table(table)] }
}

/// Whether a step moves the total.
fn moves(step: &Step) -> bool {
    step.amount != Money::default()
}

fn totals(of: &Difference) -> Table {
    let headers = ["Alternative", "Total before", "Total after", "Difference", "Coverage before", "Coverage after"];
    let row = |moved: &Moved| {
        let (a, b) = (moved.a, moved.b);
        let difference = a.zip(b).map(|(a, b)| b.total - a.total);
        let cells = vec![
            Cell::Text(moved.name.clone()),
            Cell::money(a.map(|a| a.total)),
            Cell::money(b.map(|b| b.total)),
            Cell::money(difference),
            Cell::share(a.and_then(|a| a.coverage)),
            Cell::share(b.and_then(|b| b.coverage)),
        ];
        Row { role: Role::Body, cells }
    };
    Table { headers: headers.map(String::from).to_vec(), rows: of.alternatives.iter().map(row).collect() }
}

fn changes(of: &Difference) -> Table {
    let row = |change: &Change| {
        let (before, after) = match (&change.from, &change.to) {
            (None, Some(to)) if is_table(to) => ("not present".into(), "added".into()),
            (Some(from), None) if is_table(from) => ("present".into(), "removed".into()),
            (from, to) => (shown(from), shown(to)),
        };
        let cells = vec![Cell::Text(change.path.clone()), Cell::Text(before), Cell::Text(after)];
        Row { role: Role::Body, cells }
    };
    let headers = ["Path", "Before", "After"].map(String::from).to_vec();
    Table { headers, rows: of.changes.iter().map(row).collect() }
}

/// The steps that move the total, between the two totals.
fn bridge(moved: &Moved, steps: &[Step]) -> Table {
    let total = |name: &str, total: Option<Money>| Row {
        role: Role::Total,
        cells: vec![Cell::Text(name.into()), Cell::Text(String::new()), Cell::money(total)],
    };
    let mut running = moved.a.map(|a| a.total).unwrap_or_default();
    let mut rows = vec![total("before", moved.a.map(|a| a.total))];
    for step in steps.iter().filter(|step| moves(step)) {
        running += step.amount;
        let cells = vec![Cell::Text(step.path.clone()), Cell::Money(step.amount), Cell::Money(running)];
        rows.push(Row { role: Role::Body, cells });
    }
    rows.push(total("after", moved.b.map(|b| b.total)));
    Table { headers: ["Step", "Effect", "Total"].map(String::from).to_vec(), rows }
}

/// Whether a value is a table, such as a whole offer, and too long to show.
fn is_table(value: &str) -> bool {
    value.starts_with('{') && value.chars().count() > LONGEST
}

fn shown(value: &Option<String>) -> String {
    value.as_deref().map_or("not present".into(), short)
}

/// A value that fits into a table.
fn short(value: &str) -> String {
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", value[..end].trim_end()),
        None => value.into(),
    }
}
