//! A report for the terminal: at most 100 columns, readable without colour.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, TableStyle};

use super::markdown::plain;
use crate::report::{Block, Report, Role, Row, Section, Table};

/// Columns of a terminal.
pub const WIDTH: u16 = 100;

/// Renders what is brief in a report. With colour, headings and the recommended row stand out.
pub fn render(report: &Report, with_colour: bool) -> String {
    let paint = Paint(with_colour);
    let mut out = format!("{}\n{}\n", paint.bold(&visible(&report.title)), visible(&report.subtitle));
    for line in &report.answer {
        out.push('\n');
        out.push_str(&wrap(&visible(line), ""));
    }
    for section in report.sections.iter().filter(|section| section.is_brief) {
        out.push_str(&format!("\n{}\n", paint.bold(&section.heading)));
        out.push_str(&blocks(section, paint));
    }
    out
}

fn blocks(section: &Section, paint: Paint) -> String {
    let block = |block: &Block| match block {
        Block::Paragraph(text) => wrap(&visible(&plain(text)), ""),
        Block::List(items) => items.iter().map(|item| wrap(&visible(&plain(item)), "  ")).collect(),
        Block::Table(of) => table(of, paint),
        Block::Picture { .. } => String::new(),
    };
    section.blocks.iter().map(block).collect()
}

/// A table that fits the terminal, the recommended row marked with `>`.
pub fn table(of: &Table, paint: Paint) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('-').junction('-')));
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(WIDTH);
    let has_mark = of.rows.iter().any(|row| row.role == Role::Recommended);
    let mark = |role: Role| if role == Role::Recommended { "> " } else { "  " };
    let first = |row: &Row, text: String| if has_mark { format!("{}{text}", mark(row.role)) } else { text };
    let heads = of.heads.iter().enumerate();
    table.set_header(heads.map(|(index, head)| {
        let head = if index == 0 && has_mark { format!("  {head}") } else { head.clone() };
        comfy_table::Cell::new(head).set_alignment(alignment(of, index))
    }));
    for row in &of.rows {
        table.add_row(row.cells.iter().enumerate().map(|(index, cell)| {
            let text = visible(&plain(&cell.print()));
            let text = if index == 0 { first(row, text) } else { text };
            comfy_table::Cell::new(text).set_alignment(alignment(of, index))
        }));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    let lines = table.lines().map(|line| {
        let line = line.trim_end().to_string();
        if line.starts_with("> ") { paint.good(&line) } else { line }
    });
    lines.map(|line| line + "\n").collect()
}

/// Figures stand on the right, words on the left.
fn alignment(table: &Table, column: usize) -> CellAlignment {
    let mut cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    if cells.any(|cell| cell.is_figure()) { CellAlignment::Right } else { CellAlignment::Left }
}

/// Breaks a paragraph at the width, later lines indented under the first.
fn wrap(text: &str, indent: &str) -> String {
    let width = usize::from(WIDTH);
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

/// Whether and how to colour.
#[derive(Clone, Copy, Debug)]
pub struct Paint(pub bool);

impl Paint {
    /// A heading.
    pub fn bold(self, text: &str) -> String {
        self.styled(anstyle::Style::new().bold(), text)
    }

    /// What is recommended.
    pub fn good(self, text: &str) -> String {
        self.styled(anstyle::AnsiColor::Green.on_default().bold(), text)
    }

    fn styled(self, style: anstyle::Style, text: &str) -> String {
        if self.0 { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}
