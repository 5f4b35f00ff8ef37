//! A report for the terminal: at most 100 columns, readable without colour.

mod rates;
mod table;

pub use rates::rates;

use super::markdown::plain;
use crate::document::{Block, Report};
use table::table;

/// The widest that text and tables become, and their width where nothing is known of the terminal.
const WIDEST: u16 = 100;

/// The narrowest that text and tables become.
const NARROWEST: u16 = 40;

/// Where text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Whether headings and what is recommended stand out by colour.
    pub with_colour: bool,
    /// Its columns, if they are known.
    pub width: Option<u16>,
}

impl Terminal {
    /// The columns that text takes.
    fn width(self) -> usize {
        usize::from(self.width.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST))
    }

    /// A heading.
    fn bold(self, text: &str) -> String {
        self.styled(anstyle::Style::new().bold(), text)
    }

    /// What is recommended.
    fn good(self, text: &str) -> String {
        self.styled(anstyle::AnsiColor::Green.on_default().bold(), text)
    }

    fn styled(self, style: anstyle::Style, text: &str) -> String {
        if self.with_colour { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}

/// Renders what is brief in a report. With colour, headings and the recommended row stand out.
pub fn render(report: &Report, terminal: Terminal) -> String {
    let mut out =
        format!("{}\n{}", terminal.bold(&visible(&report.title)), wrap(&visible(&report.subtitle), "", terminal));
    for line in &report.answer {
        out.push('\n');
        out.push_str(&wrap(&visible(line), "", terminal));
    }
    for section in report.sections.iter().filter(|section| section.is_brief) {
        out.push_str(&format!("\n{}\n", terminal.bold(&section.heading)));
        out.push_str(&blocks(&section.blocks, terminal));
    }
    out
}

fn blocks(of: &[Block], terminal: Terminal) -> String {
    let block = |(index, block): (usize, &Block)| match block {
        Block::Paragraph(text) => wrap(&visible(&plain(text)), "", terminal),
        Block::Code(text) => text.lines().map(|line| format!("  {}\n", visible(line))).collect(),
        Block::List(items) => items.iter().map(|item| wrap(&visible(&plain(item)), "  ", terminal)).collect(),
        // A table that follows something begins after a line of its own.
        Block::Table(of) => format!("{}{}", if index > 0 { "\n" } else { "" }, table(of, terminal)),
        Block::Grid(grid) => format!("{}{}", if index > 0 { "\n" } else { "" }, table(&grid.table, terminal)),
        Block::Part(part) => {
            format!("\n{}\n{}", terminal.bold(&visible(&part.heading)), blocks(&part.blocks, terminal))
        }
        // What is looked at or looked up is for documents.
        Block::Picture { .. }
        | Block::Chart(_)
        | Block::KeyFigures(_)
        | Block::Folded { .. }
        | Block::Ledger
        | Block::WhatIf => String::new(),
    };
    of.iter().enumerate().map(block).collect()
}

/// Breaks a paragraph at the width, later lines indented under the first.
fn wrap(text: &str, indent: &str, terminal: Terminal) -> String {
    let width = terminal.width();
    let mut out = String::new();
    let mut line = indent.to_string();
    let hang = if indent.is_empty() { String::new() } else { format!("{indent}  ") };
    for word in text.split_whitespace() {
        let is_first = line.trim().is_empty();
        if !is_first && line.chars().count() + 1 + word.chars().count() > width {
            out.push_str(&line);
            out.push('\n');
            line = format!("{hang}{word}");
        } else {
            if !is_first {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    out + &line + "\n"
}

/// Text without characters that could disturb a terminal: controls and marks of direction.
pub fn visible(text: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() || is_mark(c) { '\u{fffd}' } else { c }).collect()
}

/// The same for a text of several lines.
pub fn visible_lines(text: &str) -> String {
    text.lines().map(|line| visible(line) + "\n").collect()
}
