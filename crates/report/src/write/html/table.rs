//! Tables: headers with their scope, captions, and each figure with its exact value next to the print.

use maud::{Markup, html};

use super::words::Words;
use crate::document::{By, Cell, Grid, Mark, Role, Row, Table};

/// A longer word may be broken anywhere, so that its column stays narrow.
const LONGEST_WORD: usize = 22;

/// A table under a heading that says what it is.
pub(super) fn table(of: &Table, heading: &str) -> Markup {
    html! {
        div.scroll {
            table { caption.unseen { (Words(heading)) } (head(of)) (body(of, By::Nothing)) }
        }
    }
}

/// A table with its own caption. In a figure it is the table of the picture.
pub(super) fn grid(of: &Grid, is_of_picture: bool) -> Markup {
    let by = match of.by {
        By::Nothing => None,
        By::Rows => Some("rows"),
        By::Columns => Some("columns"),
    };
    let is_sortable = of.is_sortable.then_some("");
    html! {
        div.scroll {
            table data-by=[by] data-sortable=[is_sortable] data-figures=[is_of_picture.then_some("")] {
                caption { span { (Words(&of.caption)) } }
                (head(&of.table))
                (body(&of.table, of.by))
            }
        }
    }
}

fn head(of: &Table) -> Markup {
    html! {
        thead {
            tr { @for (column, head) in of.headers.iter().enumerate() {
                th scope="col" class=[is_figures(of, column).then_some("n")] { (Words(head)) }
            } }
        }
    }
}

/// Whether a column holds figures, which are on the right.
fn is_figures(of: &Table, column: usize) -> bool {
    of.rows.iter().filter_map(|row| row.cells.get(column)).any(Cell::is_figure)
}

fn body(of: &Table, by: By) -> Markup {
    let figures: Vec<bool> = (0..of.headers.len()).map(|column| is_figures(of, column)).collect();
    html! {
        tbody { @for (index, row) in of.rows.iter().enumerate() {
            tr class=[class(row.role)] data-alternative=[(by == By::Rows).then_some(index)] {
                @for (column, cell) in row.cells.iter().enumerate() { (cell_of(row, column, cell, &figures)) }
            }
        } }
    }
}

fn cell_of(row: &Row, column: usize, cell: &Cell, figures: &[bool]) -> Markup {
    let print = cell.print();
    let class = match figures.get(column) {
        Some(true) => Some("n"),
        _ => print.split_whitespace().any(|word| word.chars().count() > LONGEST_WORD).then_some("long"),
    };
    let mark = if column == 0 { mark(row.role) } else { None };
    html! {
        @if column == 0 && !print.is_empty() {
            th scope="row" class=[class] data-value=[value(cell)] {
                (Words(&print)) @if let Some(mark) = mark { " " span.mark { (mark.words()) } }
            }
        } @else {
            td class=[class] data-value=[value(cell)] { (Words(&print)) }
        }
    }
}

fn mark(role: Role) -> Option<Mark> {
    match role {
        Role::Marked(mark) => Some(mark),
        Role::Body | Role::Total => None,
    }
}

fn class(role: Role) -> Option<&'static str> {
    match role {
        Role::Body => None,
        Role::Total => Some("total"),
        Role::Marked(mark) if mark.is_recommended() => Some("recommended"),
        Role::Marked(_) => Some("marked"),
    }
}

/// The exact value of a figure, to sort by and to read back.
fn value(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Money(money) | Cell::Price(money, _) => Some(money.0.normalize().to_string()),
        Cell::Share(value) | Cell::Hours(value) => Some(value.to_string()),
        Cell::Count(count) => Some(count.to_string()),
        Cell::Text(_) | Cell::Figure(_) | Cell::None => None,
    }
}
