//! Coverage, service by service: the measures, the week, the gaps and the people, for each
//! alternative.

use super::super::comparison::{gaps_of, people_of, services_of};
use super::super::parts::{full, grid};
use super::super::{Block, By, Part, Section};
use super::overview::is_read_first;
use crate::chart_data::comparison::{has_coverage, week_names};
use comanage_analysis::compare::{Compared, Comparison};

/// The section.
pub(super) fn section(comparison: &Comparison) -> Section {
    let alternatives = comparison.alternatives.iter().zip(week_names(comparison)).enumerate();
    full(
        "Coverage",
        alternatives.map(|(index, (alternative, week))| part(comparison, index, alternative, week)).collect(),
    )
}

fn part(comparison: &Comparison, index: usize, alternative: &Compared, week: String) -> Block {
    let name = alternative.name();
    let services = services_of(comparison.scenario, alternative);
    let mut blocks = vec![Block::Grid(grid(format!("{name}: coverage and work by service"), services, By::Nothing))];
    if has_coverage(comparison) {
        blocks.push(Block::Picture { name: week, alt: format!("Weekly coverage: {name}") });
    }
    let gaps = gaps_of(comparison.scenario, alternative);
    if !gaps.is_empty() {
        blocks.push(Block::List(gaps));
    }
    let people = people_of(comparison.scenario, alternative);
    if !people.rows.is_empty() {
        blocks.push(Block::Grid(grid(format!("{name}: people"), people, By::Nothing)));
    }
    let is_collapsed = !is_read_first(comparison, index);
    Block::Part(Part { heading: name.to_string(), alternative: Some(index), is_collapsed, blocks })
}
