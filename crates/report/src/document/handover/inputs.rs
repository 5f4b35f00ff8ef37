//! What the figures rest on: what was assumed, and every figure of the file with its source.

use super::super::assumptions::assumptions;
use super::super::parts::{body, full, grid, headers, part, text};
use super::super::{Block, By, Cell, Section, Table};
use crate::figures::written;
use crate::input_names::{input_name, table_name};
use comanage_model::scenario::{InputInfo, Origin, Scenario};

/// The section.
pub(super) fn section(scenario: &Scenario) -> Section {
    let stated = grid("All inputs", stated(scenario), By::Nothing);
    let folded = Block::Folded { summary: "All inputs".into(), blocks: vec![Block::Grid(stated)] };
    let sources = sources(scenario);
    let mut blocks = vec![part("Defaults used", assumptions(scenario))];
    blocks.push(part(
        "Sources",
        if sources.is_empty() {
            vec![Block::Paragraph("The file states no sources.".into())]
        } else {
            vec![Block::Grid(grid(
                "Sources and notes in the file",
                Table { headers: headers(&["Of", "Source", "Note"]), rows: sources },
                By::Nothing,
            ))]
        },
    ));
    blocks.push(folded);
    full("Assumptions", blocks)
}

/// What is said of the tables of the file, each once.
fn sources(scenario: &Scenario) -> Vec<super::super::Row> {
    let mut known: Vec<(String, &str, &str)> = Vec::new();
    for (_, _, about) in scenario.inputs.iter().filter(|(_, _, about)| is_stated(about)) {
        let said = (about.source.as_deref().unwrap_or_default(), about.note.as_deref().unwrap_or_default());
        let of = table_name(scenario, &about.path);
        let is_known = known.iter().any(|(path, source, note)| *path == of && (*source, *note) == said);
        if said != ("", "") && !is_known {
            known.push((of, said.0, said.1));
        }
    }
    known.into_iter().map(|(of, source, note)| body(vec![text(of), text(source), text(note)])).collect()
}

fn is_stated(about: &InputInfo) -> bool {
    matches!(about.origin, Origin::Written(_) | Origin::Pack { .. })
}

/// Every number that is in the file.
fn stated(scenario: &Scenario) -> Table {
    let stated = scenario.inputs.iter().filter(|(_, _, about)| is_stated(about));
    let rows = stated.map(|(_, value, about)| {
        let range = about.range.as_ref().map_or_else(String::new, |range| {
            format!("{} to {}", written(range.low, about.kind), written(range.high, about.kind))
        });
        let source = match (&about.origin, &about.source) {
            (Origin::Pack { key, source, date, .. }, _) => format!("{key}: {source}, {date}"),
            (_, source) => source.clone().unwrap_or_default(),
        };
        let name = input_name(scenario, &about.path);
        body(vec![
            text(name),
            text(about.path.clone()),
            Cell::Figure(written(value, about.kind)),
            text(range),
            text(source),
        ])
    });
    Table { headers: headers(&["Input", "Path", "Value", "Range", "Source"]), rows: rows.collect() }
}
