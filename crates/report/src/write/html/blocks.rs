//! The pieces of a section.

use maud::{Markup, html};

use super::table::{grid, table};
use super::words::{Words, marked, own};
use crate::chart::svg::{Groups, svg};
use crate::document::{Block, By, Chart, Handover, KeyFigure, Part};

/// Pieces one after another, under a heading; headings in them are of a level.
pub(super) fn blocks(document: &Handover, of: &[Block], heading: &str, level: usize) -> Markup {
    html! { @for block in of { (block_of(document, block, heading, level)) } }
}

fn block_of(document: &Handover, block: &Block, heading: &str, level: usize) -> Markup {
    match block {
        Block::Paragraph(text) => html! { p { (marked(text)) } },
        Block::List(items) => html! { ul { @for item in items { li { (marked(item)) } } } },
        Block::Table(of) => table(of, heading),
        Block::Code(text) => html! { pre { code { (crate::write::text::visible_lines(text)) } } },
        Block::Grid(of) => grid(of, false),
        Block::KeyFigures(figures) => key_figures(figures),
        Block::Picture { name, alt } => html! { figure.chart { (plot(document, name)) (caption(alt)) } },
        Block::Chart(of) => chart(document, of),
        Block::Part(of) => part(document, of, level),
        Block::Folded { summary, blocks: of } => html! {
            details { summary { (Words(summary)) } (blocks(document, of, summary, level)) }
        },
        Block::WhatIf => super::what_if::place(document),
        Block::Ledger => html! {
            div.ledger id="ledger" { p { "Every line of every month is in " code { "ledger.csv" } ", next to this document." } }
        },
    }
}

fn key_figures(figures: &[KeyFigure]) -> Markup {
    html! {
        dl.figures {
            @for figure in figures {
                div {
                    dt { (Words(&figure.label)) }
                    dd { strong { (Words(&figure.cell.print())) } @if !figure.remark.is_empty() { span { (Words(&figure.remark)) } } }
                }
            }
        }
    }
}

fn part(document: &Handover, of: &Part, level: usize) -> Markup {
    let inner = blocks(document, &of.blocks, &of.heading, level + 1);
    let heading = match (of.heading.as_str(), level) {
        ("", _) => html! {},
        (heading, 3) => html! { h3 { (Words(heading)) } },
        (heading, _) => html! { h4 { (Words(heading)) } },
    };
    html! {
        @if of.is_collapsed {
            details.part data-alternative=[of.alternative] { summary { (heading) } (inner) }
        } @else {
            div.part data-alternative=[of.alternative] { (heading) (inner) }
        }
    }
}

/// A picture with the table of its figures.
fn chart(document: &Handover, of: &Chart) -> Markup {
    let by_alternative = (of.figures.by != By::Nothing).then_some("alternatives");
    html! {
        figure.chart data-by=[by_alternative] {
            (plot(document, &of.name))
            (caption(&of.alt))
            @if of.is_collapsed {
                details { summary { "Data: " (Words(&of.figures.caption)) } (grid(&of.figures, true)) }
            } @else {
                (grid(&of.figures, true))
            }
        }
    }
}

/// A picture as it was drawn; its title and description are in it.
fn plot(document: &Handover, name: &str) -> Markup {
    let drawn = document.pictures.iter().find(|picture| picture.name == name);
    html! { @if let Some(picture) = drawn { div.plot { (own(&svg(&*picture.chart, Groups::Marked))) } } }
}

fn caption(alt: &str) -> Markup {
    html! { figcaption { (Words(alt)) } }
}
