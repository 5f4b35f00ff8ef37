//! What is read first: the figures of the alternative that leads, and all of them side by side.

use super::super::comparison::{costs, coverage, covered_heading, hourly, losses, to_look_at};
use super::super::parts::{full, grid, part};
use super::super::{Block, By, Cell, Chart, KeyFigure, Section};
use super::Material;
use crate::chart_data::comparison::has_coverage;
use crate::figures::written;
use comanage_analysis::compare::Comparison;
use comanage_model::money::Money;
use comanage_model::scenario::{Input, Kind, Scenario};

/// The section.
pub(super) fn section(of: &Material) -> Section {
    let comparison = of.comparison;
    let costs = grid("Cost of each alternative", costs(comparison), By::Rows);
    let covers = covered_heading(comparison);
    let mut blocks = vec![
        Block::KeyFigures(key_figures(of)),
        Block::Grid(costs),
        Block::Grid(grid(covers, coverage(comparison), By::Rows)),
    ];
    if let Some(losses) = losses(comparison) {
        blocks.push(Block::Grid(grid("Expected loss of uncovered hours", losses, By::Rows)));
    }
    blocks.push(part("Points to review", to_look_at(comparison, Some("Findings"))));
    let hours = grid("Cost per covered hour", hourly(comparison), By::Rows);
    let against = if has_coverage(comparison) {
        let alt = "Cost against coverage".to_string();
        vec![Block::Chart(Chart { name: "cost-and-coverage".into(), alt, figures: hours, is_collapsed: false })]
    } else {
        vec![Block::Grid(hours)]
    };
    blocks.push(part("Cost against coverage", against));
    full("Comparison", blocks)
}

/// Whether an alternative is shown without asking: the one that leads, and the baseline.
pub(super) fn is_read_first(comparison: &Comparison, index: usize) -> bool {
    index == comparison.leading || Some(index) == comparison.baseline
}

fn key_figures(of: &Material) -> Vec<KeyFigure> {
    let comparison = of.comparison;
    let index = comparison.leading;
    let best = &comparison.alternatives[index];
    let figure = |label: &str, cell, remark: String| KeyFigure { label: label.to_string(), cell, remark };
    let role = match (comparison.recommended, comparison.closest) {
        (Some(_), _) => "Recommended",
        (None, Some(_)) => "Highest coverage",
        (None, None) => "Cheapest",
    };
    let kind = best.kind.name().to_string();
    let total = format!("{} over {} months", comparison.scenario.currency.code, comparison.scenario.term_months);
    let mut figures = vec![
        figure(role, Cell::Text(best.name().to_string()), kind),
        figure("Term total", Cell::Money(best.sums.total), total),
    ];
    figures.extend(against_baseline(comparison, index));
    let (scenario, coverage, work) = (comparison.scenario, best.evaluation.coverage.expected, best.work.share);
    let covers = target(scenario, best.meets_coverage_target, scenario.coverage_target, "no hours are required");
    let does = target(scenario, best.meets_work_target, scenario.work_target, "there is no work");
    figures.extend([figure("Coverage", Cell::share(coverage), covers), figure("Work done", Cell::share(work), does)]);
    if let Some((simulation, _)) = of.simulation {
        figures.push(super::uncertainty::spread(simulation, index));
    }
    figures
}

fn against_baseline(comparison: &Comparison, index: usize) -> Option<KeyFigure> {
    let baseline = comparison.baseline.filter(|&baseline| baseline != index)?;
    let baseline = &comparison.alternatives[baseline];
    let saving = comparison.alternatives[index].saving?;
    let label = if saving.0.is_sign_negative() { "More than the baseline" } else { "Less than the baseline" };
    Some(KeyFigure {
        label: label.to_string(),
        cell: Cell::Money(Money(saving.0.abs())),
        remark: baseline.name().to_string(),
    })
}

/// What is said of a target.
fn target(scenario: &Scenario, is_met: Option<bool>, target: Input, nothing: &str) -> String {
    let target = written(scenario.decimal(target), Kind::Share);
    match is_met {
        None => format!("not applicable: {nothing}"),
        Some(true) => format!("meets the target of {target}"),
        Some(false) => format!("misses the target of {target}"),
    }
}
