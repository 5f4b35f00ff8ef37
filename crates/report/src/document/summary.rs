//! Many scenarios on one page: what is recommended in each.

use super::{Block, Cell, Report, Role, Row, Section, Table};
use crate::datasets::SUMMARY as COLUMNS;
use crate::targets::the_targets;
use comanage_analysis::compare::Comparison;

/// One line of a summary.
#[derive(Clone, Debug)]
pub struct SummaryLine {
    /// The scenario's name.
    pub scenario: String,
    /// Its file.
    pub file: String,
    /// Its row in print.
    pub(crate) cells: Vec<Cell>,
    is_recommended: bool,
    is_price_comparison: bool,
}

impl SummaryLine {
    /// The line of a comparison.
    pub fn new(comparison: &Comparison) -> Self {
        let alternative = |index: usize| &comparison.alternatives[index];
        let named = |index: Option<usize>| {
            let none = || match comparison.is_price_comparison {
                true => "prices only".to_string(),
                false => format!("none meets {}", the_targets(comparison.scenario)),
            };
            Cell::Text(index.map_or_else(none, |index| alternative(index).name().into()))
        };
        let best = Some(alternative(comparison.leading));
        Self {
            scenario: comparison.scenario.name.clone(),
            file: comparison.scenario.file.clone(),
            is_recommended: comparison.recommended.is_some(),
            is_price_comparison: comparison.is_price_comparison,
            cells: vec![
                Cell::Text(comparison.scenario.name.clone()),
                named(comparison.recommended),
                Cell::money(best.map(|best| best.sums.total)),
                Cell::Text(comparison.scenario.currency.code.into()),
                Cell::share(best.and_then(|best| best.evaluation.coverage.expected)),
                Cell::share(best.and_then(|best| best.work.share)),
                Cell::money(best.and_then(|best| best.saving)),
                Cell::Text(comparison.cheapest.map_or_else(|| "none".into(), |index| alternative(index).name().into())),
            ],
        }
    }
}

/// The summary over scenarios. Where none is recommended the figures are those of the alternative
/// closest to the targets, and where only prices are compared those of the cheapest. `failed` are the files
/// that have no figures.
pub fn summary(lines: &[SummaryLine], failed: &[String]) -> Report {
    let rows = lines.iter().map(|line| Row { role: Role::Body, cells: line.cells.clone() });
    let table = Table { headers: COLUMNS.map(|(_, header, _)| header.to_string()).to_vec(), rows: rows.collect() };
    let recommended = lines.iter().filter(|line| line.is_recommended).count();
    let prices = lines.iter().filter(|line| line.is_price_comparison).count();
    let mut answer = format!("{recommended} of {} have an alternative that meets the targets.", lines.len() - prices);
    if prices > 0 {
        answer.push_str(&format!(" {prices} more compare prices only."));
    }
    let mut answers = vec![answer];
    if !failed.is_empty() {
        let all = lines.len() + failed.len();
        answers.push(format!("{} of {all} scenarios could not be compared: {}.", failed.len(), failed.join(", ")));
    }
    Report {
        title: "Summary".into(),
        subtitle: format!("{} scenarios", lines.len()),
        answer: answers,
        sections: vec![Section { heading: "Scenarios".into(), is_brief: true, blocks: vec![Block::Table(table)] }],
    }
}
