//! How sure it is, where the scenario has ranges.

use super::super::comparison::NO_RANGE;
use super::super::parts::{body, full, grid, headers, part, text, without_samples};
use super::super::simulation::{
    all_swings, amount, answer, chances, decides, inputs, intervals, pairs, percentiles, sources, swings,
};
use super::super::{Block, By, Cell, Chart, KeyFigure, Role, Row, Section, Table};
use super::Material;
use crate::chart_data::uncertainty::{banded, has_decision, savings};
use comanage_analysis::compare::Comparison;
use comanage_analysis::simulate::{Simulation, percentile};
use comanage_model::money::group_thousands;

/// The section.
pub(super) fn section(of: &Material) -> Section {
    const HEADING: &str = "Uncertainty";
    let comparison = of.comparison;
    match of.simulation {
        None => {
            let exact = NO_RANGE;
            full(HEADING, vec![Block::Paragraph(without_samples(comparison.scenario, exact))])
        }
        Some((drawn, cumulative)) => full(HEADING, blocks(comparison, drawn, cumulative)),
    }
}

fn blocks(comparison: &Comparison, drawn: &Simulation, cumulative: &[Vec<Vec<f64>>]) -> Vec<Block> {
    let best = comparison.leading;
    let name = comparison.alternatives[best].name();
    let plain = |caption: &str, table| grid(caption, table, By::Nothing);
    let chart = |name: &str, alt: String, figures, is_collapsed| {
        Block::Chart(Chart { name: name.to_string(), alt, figures, is_collapsed })
    };
    let moves =
        plain(&format!("Total of {name} with each input at its low and high value"), swings(comparison, drawn, best));
    let samples = cumulative.iter().flatten().map(Vec::len).max().unwrap_or_default();
    let caption = format!("Cumulative cost by month, P10 and P90 of {samples} samples");
    let bands = plain(&caption, bands(comparison, cumulative));
    let mut blocks: Vec<Block> = answer(comparison, drawn).into_iter().map(Block::Paragraph).collect();
    blocks.extend([
        Block::Paragraph(how_drawn(drawn)),
        Block::Grid(grid("Term total and chances", chances(comparison, drawn), By::Rows)),
    ]);
    if drawn.chance_none_meets.is_some() {
        let alt = "How often each alternative meets the targets".to_string();
        let figures = plain("Chances, with 95% intervals", intervals(comparison, drawn));
        blocks.push(part("Chance of meeting the targets", vec![chart("chance-of-targets", alt, figures, true)]));
    }
    blocks.extend([
        part(
            "Inputs with the largest effect on cost",
            vec![chart("tornado", "Inputs with the largest effect on cost".into(), moves, false)],
        ),
        part("Cost over time", vec![chart("cumulative-bands", "Cumulative cost, P10 to P90".into(), bands, true)]),
    ]);
    if let Some(decides) = decides(comparison, drawn) {
        let caption = "What each range does to the choice, and what it is worth to know it";
        let alt = "What decides between the recommended alternative and the next".to_string();
        let figures = plain(caption, decides);
        blocks.push(part(
            "What decides",
            vec![match has_decision(drawn) {
                true => chart("decision", alt, figures, false),
                false => Block::Grid(figures),
            }],
        ));
    }
    if let Some(baseline) = comparison.baseline.filter(|&baseline| baseline != best) {
        let saving = plain("Saving against the baseline", saving_figures(comparison, drawn, baseline));
        let alt = format!("Saving of {name} in the samples");
        blocks.push(part("Saving", vec![chart("saving-distribution", alt, saving, false)]));
    }
    let uncertain = plain("Input ranges", inputs(drawn, comparison));
    blocks.push(part("Uncertain inputs", vec![Block::Grid(uncertain), sources(drawn, comparison)]));
    blocks.extend(in_full(comparison, drawn));
    blocks
}

fn how_drawn(drawn: &Simulation) -> String {
    format!("{} samples, seed {}.", group_thousands(&drawn.samples.to_string()), drawn.seed)
}

/// What is read on demand.
fn in_full(comparison: &Comparison, drawn: &Simulation) -> Vec<Block> {
    let table = |caption: &str, table, by| vec![Block::Grid(grid(caption, table, by))];
    let totals = table("Term total", percentiles(comparison, drawn, |u| u.total), By::Rows);
    let values = table("Present value", percentiles(comparison, drawn, |u| u.present_value), By::Rows);
    let against = table("Pairwise comparison", pairs(comparison, drawn), By::Nothing);
    let folded = |summary: &str, blocks| Block::Folded { summary: summary.to_string(), blocks };
    vec![
        folded("Term total: statistics", totals),
        folded("Present value: statistics", values),
        folded("Pairwise comparison", against),
        folded("Effect of every input on every alternative", all_swings(comparison, drawn)),
    ]
}

/// A row a month, and for each alternative that has a band its ends.
fn bands(comparison: &Comparison, cumulative: &[Vec<Vec<f64>>]) -> Table {
    let shown = banded(comparison);
    let ends = |index: &usize| ["P10", "P90"].map(|end| format!("{}, {end}", comparison.alternatives[*index].name()));
    let row = |month: u32| {
        let cells = cumulative.iter().flat_map(|months| {
            let mut sorted = months[month as usize].clone();
            sorted.sort_unstable_by(f64::total_cmp);
            [0.10, 0.90].map(|share| amount(percentile(&sorted, share)))
        });
        Row { role: Role::Body, cells: std::iter::once(Cell::Count(month)).chain(cells).collect() }
    };
    Table {
        headers: std::iter::once("Month".to_string()).chain(shown.iter().flat_map(ends)).collect(),
        rows: (0..=comparison.scenario.term_months).map(row).collect(),
    }
}

/// P10 to P90 of an alternative's total.
pub(super) fn spread(simulation: &Simulation, index: usize) -> KeyFigure {
    let total = simulation.alternatives[index].total;
    let words = format!("{} to {}", amount(total.p10).print(), amount(total.p90).print());
    KeyFigure { label: "P10 to P90".into(), cell: Cell::Figure(words), remark: "80% of the samples".into() }
}

/// What the histogram of savings marks.
fn saving_figures(comparison: &Comparison, of: &Simulation, baseline: usize) -> Table {
    let savings = savings(comparison, of, baseline);
    let row = |(name, share): (&str, f64)| body(vec![text(name), amount(percentile(&savings, share))]);
    let rows = [("least", 0.0), ("P10", 0.1), ("median", 0.5), ("P90", 0.9), ("most", 1.0)].map(row);
    Table { headers: headers(&["Share of the samples", "Saving"]), rows: rows.to_vec() }
}
