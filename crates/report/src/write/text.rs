//! A report for the terminal: at most 100 columns, readable without colour.

mod rates;

pub use rates::rates;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width};

use super::markdown::plain;
use crate::document::{Block, Mark, Report, Role, Table};

/// Columns of a terminal.
pub const WIDTH: u16 = 100;

/// A word that is longer is broken.
const LONGEST_WORD: usize = 20;

/// A space that wrapping does not take away; it becomes a plain one in the end.
const HARD_SPACE: char = '\u{a0}';

/// No column of names is made narrower.
const NARROWEST: u16 = 12;

/// Renders what is brief in a report. With colour, headings and the recommended row stand out.
pub fn render(report: &Report, with_colour: bool) -> String {
    let paint = Paint(with_colour);
    let mut out = format!("{}\n{}", paint.bold(&visible(&report.title)), wrap(&visible(&report.subtitle), ""));
    for line in &report.answer {
        out.push('\n');
        out.push_str(&wrap(&visible(line), ""));
    }
    for section in report.sections.iter().filter(|section| section.is_brief) {
        out.push_str(&format!("\n{}\n", paint.bold(&section.heading)));
        out.push_str(&blocks(&section.blocks, paint));
    }
    out
}

fn blocks(of: &[Block], paint: Paint) -> String {
    let block = |(index, block): (usize, &Block)| match block {
        Block::Paragraph(text) => wrap(&visible(&plain(text)), ""),
        Block::List(items) => items.iter().map(|item| wrap(&visible(&plain(item)), "  ")).collect(),
        // A table that follows something begins after a line of its own.
        Block::Table(of) => format!("{}{}", if index > 0 { "\n" } else { "" }, table(of, paint)),
        Block::Grid(grid) => format!("{}{}", if index > 0 { "\n" } else { "" }, table(&grid.table, paint)),
        Block::Part(part) => {
            format!("\n{}\n{}", paint.bold(&visible(&part.heading)), blocks(&part.blocks, paint))
        }
        // What is looked at or looked up is for documents.
        Block::Picture { .. } | Block::Chart(_) | Block::KeyFigures(_) | Block::Folded { .. } | Block::Ledger => {
            String::new()
        }
    };
    of.iter().enumerate().map(block).collect()
}

/// A table that fits the terminal, the recommended row marked with `>`.
pub fn table(of: &Table, paint: Paint) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('-').junction('-')));
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(WIDTH);
    let marks: Vec<Mark> = of.rows.iter().filter_map(|row| mark(row.role)).collect();
    let sign = |role: Role| match (marks.is_empty(), mark(role)) {
        (true, _) => String::new(),
        (false, None) => format!("{HARD_SPACE}{HARD_SPACE}"),
        (false, Some(mark)) => format!("{}{HARD_SPACE}", mark.sign()),
    };
    table.set_header(of.heads.iter().enumerate().map(|(index, head)| {
        let head = if index == 0 { sign(Role::Body) + head } else { head.clone() };
        comfy_table::Cell::new(head).set_alignment(alignment(of, index))
    }));
    for row in &of.rows {
        table.add_row(row.cells.iter().enumerate().map(|(index, cell)| {
            let text = visible(&plain(&cell.print()));
            let text = if index == 0 { sign(row.role) + &text } else { text };
            comfy_table::Cell::new(text).set_alignment(alignment(of, index))
        }));
    }
    for (column, width) in table.column_iter_mut().zip(widths(of)) {
        column.set_padding((0, 0));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    let lines = table.lines().map(|line| {
        let line = line.trim_end().replace(HARD_SPACE, " ");
        let is_best =
            [Mark::Recommended, Mark::RecommendedAndCheapest].iter().any(|mark| line.starts_with(mark.sign()));
        (if is_best { paint.good(&line) } else { line }) + "\n"
    });
    lines.collect::<String>() + &legend(&marks)
}

fn mark(role: Role) -> Option<Mark> {
    match role {
        Role::Marked(mark) => Some(mark),
        Role::Body | Role::Total => None,
    }
}

/// What the signs in front of rows mean.
fn legend(marks: &[Mark]) -> String {
    if marks.is_empty() {
        return String::new();
    }
    let words: Vec<String> = marks.iter().map(|mark| format!("{} {}", mark.sign(), mark.words())).collect();
    format!("{}\n", words.join("   "))
}

/// The width of each column: figures and single words are never broken, names take what is left.
fn widths(of: &Table) -> Vec<u16> {
    let longest_word = |text: &str| text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let cells = |column: usize| of.rows.iter().filter_map(move |row| row.cells.get(column));
    let width = |(column, head): (usize, &String)| {
        let of_cells = cells(column).map(|cell| match cell.is_figure() {
            true => cell.print().chars().count(),
            false => longest_word(&cell.print()).min(LONGEST_WORD),
        });
        of_cells.max().unwrap_or(0).max(longest_word(head)) as u16
    };
    let mut widths: Vec<u16> = of.heads.iter().enumerate().map(width).collect();
    let others: u16 = widths.iter().skip(1).map(|width| width + 1).sum();
    let mut spare = WIDTH.saturating_sub(others + 1);
    for column in (0..widths.len()).filter(|&column| alignment(of, column) == CellAlignment::Left) {
        let whole = cells(column).map(|cell| cell.print().chars().count() as u16).max().unwrap_or(0);
        let sign = if column == 0 { 2 } else { 0 };
        let before = if column == 0 { 0 } else { widths[column] };
        let wanted = (whole.max(longest_word(&of.heads[column]) as u16) + sign).max(before);
        let least = if column == 0 { NARROWEST.min(wanted) } else { before };
        let given = wanted.min(before + spare).max(least);
        spare = (before + spare).saturating_sub(given);
        widths[column] = given;
    }
    widths
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
