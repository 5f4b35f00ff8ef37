//! Money over time: by category, by year, by month, and each line of the ledger.

use super::super::comparison::{categories, years};
use super::super::ledger::items_by_year;
use super::super::parts::{full, grid, part};
use super::super::{Block, By, Cell, Chart, Part, Role, Row, Section, Table};
use comanage_analysis::compare::{Compared, Comparison};
use comanage_model::money::Money;

/// The section.
pub(super) fn section(comparison: &Comparison) -> Section {
    let by_category = grid("Term total by category", categories(comparison), By::Columns);
    let cumulative = grid("Cumulative cost by month", months(comparison), By::Columns);
    let chart = |name: &str, alt: &str, figures, is_collapsed| {
        Block::Chart(Chart { name: name.to_string(), alt: alt.to_string(), figures, is_collapsed })
    };
    full(
        "Cost",
        vec![
            part("By category", vec![chart("cost-by-category", "Cost by category", by_category, false)]),
            part(
                "Over time",
                vec![
                    Block::Grid(grid("Cost by contract year", years(comparison), By::Rows)),
                    chart("cumulative-cost", "Cumulative cost by month", cumulative, true),
                ],
            ),
            part("Ledger", line_by_line(comparison)),
        ],
    )
}

/// A row a month, a column an alternative.
fn months(comparison: &Comparison) -> Table {
    let mut sums = vec![Money::default(); comparison.alternatives.len()];
    let mut row = |month: u32| {
        for (sum, alternative) in sums.iter_mut().zip(&comparison.alternatives) {
            // The last of them is the total, which the comparison has summed.
            *sum += alternative.sums.months[month as usize];
        }
        let cells = sums.iter().map(|sum| Cell::Money(*sum));
        Row { role: Role::Body, cells: std::iter::once(Cell::Count(month)).chain(cells).collect() }
    };
    let names = comparison.alternatives.iter().map(|alternative| alternative.name().to_string());
    Table {
        headers: std::iter::once("Month".to_string()).chain(names).collect(),
        rows: (0..=comparison.scenario.term_months).map(&mut row).collect(),
    }
}

/// The items of each alternative by year, and the place to look up a month.
fn line_by_line(comparison: &Comparison) -> Vec<Block> {
    let of = |(index, alternative): (usize, &Compared)| {
        let caption = format!("{}: each item by contract year", alternative.name());
        let table = Block::Grid(grid(caption, items_by_year(alternative), By::Nothing));
        let folded = Block::Folded { summary: format!("{}, item by item", alternative.name()), blocks: vec![table] };
        Block::Part(Part {
            heading: String::new(),
            alternative: Some(index),
            is_collapsed: false,
            blocks: vec![folded],
        })
    };
    let items = comparison.alternatives.iter().enumerate().map(of);
    std::iter::once(Block::Ledger).chain(items).collect()
}
