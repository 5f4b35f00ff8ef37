//! A report as Markdown.

use crate::document::{Block, Grid, KeyFigure, Report, Role, Table};

/// Renders the whole report.
pub fn render(report: &Report) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&report.title), escape(&report.subtitle));
    for line in &report.answer {
        out.push_str(&format!("\n{}\n", escape(line)));
    }
    for section in report.sections.iter().filter(|section| !section.is_of_page()) {
        out.push_str(&format!("\n## {}\n", escape(&section.heading)));
        out.push_str(&render_blocks(&section.blocks, 3));
    }
    out
}

/// Blocks one after another; headings in them are of a level.
fn render_blocks(blocks: &[Block], level: usize) -> String {
    blocks.iter().map(|block| format!("\n{}", render_block(block, level))).collect()
}

fn render_block(block: &Block, level: usize) -> String {
    let under = |heading: &str, blocks| {
        format!("{} {}\n{}", "#".repeat(level), escape(heading), render_blocks(blocks, level + 1))
    };
    match block {
        Block::Paragraph(text) => format!("{}\n", escape_keeping_marks(text)),
        Block::Code(text) => format!("```toml\n{}```\n", super::text::visible_lines(text)),
        Block::List(items) => items.iter().map(|item| format!("- {}\n", escape_keeping_marks(item))).collect(),
        Block::Table(table) => render_table(table),
        Block::Picture { name, alt } => format!("![{}](<{name}.svg>)\n", escape(alt)),
        Block::Chart(chart) => {
            format!("![{}](<{}.svg>)\n\n{}", escape(&chart.alt), chart.name, render_grid(&chart.figures))
        }
        Block::Grid(grid) => render_grid(grid),
        Block::KeyFigures(figures) => figures.iter().map(render_figure).collect(),
        Block::Part(part) => under(&part.heading, &part.blocks),
        Block::Folded { summary, blocks } => under(summary, blocks),
        Block::Ledger => "Every line of every month is in `ledger.csv`.\n".to_string(),
        Block::WhatIf => String::new(),
    }
}

fn render_grid(grid: &Grid) -> String {
    format!("*{}*\n\n{}", escape(&grid.caption), render_table(&grid.table))
}

fn render_figure(figure: &KeyFigure) -> String {
    let KeyFigure { label, cell, remark } = figure;
    let remark = if remark.is_empty() { String::new() } else { format!(" ({})", escape(remark)) };
    format!("- {}: **{}**{remark}\n", escape(label), escape(&cell.print()))
}

fn render_table(table: &Table) -> String {
    let is_figure =
        |column: usize| table.rows.iter().filter_map(|row| row.cells.get(column)).any(|cell| cell.is_figure());
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(table.headers.iter().map(|head| escape(head)).collect());
    out.push_str(&line(
        (0..table.headers.len()).map(|column| if is_figure(column) { "---:" } else { "---" }.to_string()).collect(),
    ));
    for row in &table.rows {
        let is_strong = match row.role {
            Role::Body => false,
            Role::Total => true,
            Role::Marked(mark) => mark.is_recommended(),
        };
        let cells = row.cells.iter().enumerate().map(|(index, cell)| {
            let text = escape(&cell.print());
            let text = if is_strong && !text.is_empty() { format!("**{text}**") } else { text };
            match row.role {
                Role::Marked(mark) if index == 0 => format!("{text} ({})", mark.words()),
                _ => text,
            }
        });
        out.push_str(&line(cells.collect()));
    }
    out
}

/// Escapes all but the two marks that reports use in running text: `code` and **strong**.
fn escape_keeping_marks(text: &str) -> String {
    let escaped = escape(text);
    escaped.replace("\\*\\*", "**")
}

/// Running text without the marks that reports use in it.
pub fn plain(text: &str) -> String {
    text.replace("**", "")
}

/// Escapes what Markdown or HTML would read as its own; line breaks become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
