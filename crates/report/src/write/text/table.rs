//! Tables for the terminal: as wide as it is, with headers of two lines at most.
//!
//! Figures and words are never broken; names wrap, later lines under the first. A table that does not
//! fit is continued below, each part with the column of names.

use super::super::markdown::plain;
use super::{Terminal, visible};
use crate::document::{Mark, Role, Row, Table};

/// A word that is longer is broken.
const LONGEST_WORD: usize = 20;

/// No column of names is made narrower, where the names are longer.
const NARROWEST: usize = 12;

/// Between two columns.
const GAP: usize = 1;

/// A table that fits the terminal, signs in front of the rows that stand out.
pub(super) fn table(of: &Table, terminal: Terminal) -> String {
    let marks: Vec<Mark> = of.rows.iter().filter_map(|row| mark(row.role)).collect();
    let indent = if marks.is_empty() { 0 } else { 2 };
    let columns: Vec<Column> = (0..of.headers.len()).map(|index| Column::new(of, index, indent)).collect();
    let parts = parts(&columns, terminal.width());
    let parts: Vec<String> = parts.iter().map(|part| Part { of, columns: part, indent, terminal }.text()).collect();
    parts.join("\n") + &legend(&marks)
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

/// A column, and how wide it has to be and may be.
#[derive(Clone, Copy)]
struct Column {
    index: usize,
    is_figure: bool,
    width: usize,
    full: usize,
}

impl Column {
    fn new(of: &Table, index: usize, indent: usize) -> Self {
        let cells = || of.rows.iter().filter_map(move |row| row.cells.get(index));
        let is_figure = cells().any(|cell| cell.is_figure());
        let header = in_two_lines(&of.headers[index]);
        let full = cells().map(|cell| width(&text(&cell.print()))).max().unwrap_or(0).max(header);
        let unbroken = cells().map(|cell| {
            let text = text(&cell.print());
            if cell.is_figure() { width(&text) } else { longest_word(&text).min(LONGEST_WORD) }
        });
        let min = unbroken.max().unwrap_or(0).max(header);
        if index == 0 {
            return Self { index, is_figure, width: NARROWEST.min(full).max(header) + indent, full: full + indent };
        }
        Self { index, is_figure, width: min, full: full.max(min) }
    }
}

/// The columns of each part of a table, with their widths: words get the room that is left.
fn parts(columns: &[Column], width: usize) -> Vec<Vec<Column>> {
    let sum = |part: &[Column]| part.iter().map(|column| column.width + GAP).sum::<usize>() - GAP;
    let Some((names, others)) = columns.split_first() else { return Vec::new() };
    let mut parts = vec![vec![*names]];
    for column in others {
        let last = parts.len() - 1;
        let fits = sum(&parts[last]) + GAP + column.width <= width || parts[last].len() == 1;
        if fits { parts[last].push(*column) } else { parts.push(vec![*names, *column]) }
    }
    for part in &mut parts {
        let mut spare = width.saturating_sub(sum(part));
        for column in part.iter_mut().filter(|column| !column.is_figure || column.index == 0) {
            let more = spare.min(column.full - column.width.min(column.full));
            (column.width, spare) = (column.width + more, spare - more);
        }
    }
    parts
}

/// Some columns of a table.
struct Part<'a> {
    of: &'a Table,
    columns: &'a [Column],
    indent: usize,
    terminal: Terminal,
}

impl Part<'_> {
    fn text(&self) -> String {
        let headers = self.columns.iter().map(|column| self.of.headers[column.index].clone());
        let width: usize = self.columns.iter().map(|column| column.width + GAP).sum();
        let header = self.lines(headers.collect(), "");
        let rows = self.of.rows.iter().map(|row| self.row(row));
        header + &"-".repeat(width - GAP) + "\n" + &rows.collect::<String>()
    }

    fn row(&self, row: &Row) -> String {
        let cell = |column: &Column| row.cells.get(column.index).map_or_else(String::new, |cell| text(&cell.print()));
        let sign = mark(row.role).map_or("", Mark::sign);
        let lines = self.lines(self.columns.iter().map(cell).collect(), sign);
        match mark(row.role) {
            Some(mark) if mark.is_recommended() => lines.lines().map(|line| self.terminal.good(line) + "\n").collect(),
            _ => lines,
        }
    }

    /// A row of cells, in as many lines as its longest cell takes.
    fn lines(&self, cells: Vec<String>, sign: &str) -> String {
        let indent = |column: &Column| if column.index == 0 { self.indent } else { 0 };
        let wrapped: Vec<Vec<String>> =
            self.columns.iter().zip(&cells).map(|(column, cell)| wrap(cell, column.width - indent(column))).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let line = |row: usize| {
            let pad = |(column, lines): (&Column, &Vec<String>)| {
                let text = lines.get(row).map_or("", String::as_str);
                let front = format!("{:<1$}", if row == 0 { sign } else { "" }, indent(column));
                let room = column.width - indent(column);
                let text = if column.is_figure { format!("{text:>room$}") } else { format!("{text:<room$}") };
                if column.index == 0 { front + &text } else { text }
            };
            let cells: Vec<String> = self.columns.iter().zip(&wrapped).map(pad).collect();
            cells.join(" ").trim_end().to_string() + "\n"
        };
        (0..height).map(line).collect()
    }
}

/// A cell as it is shown.
fn text(cell: &str) -> String {
    visible(&plain(cell))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(width).max().unwrap_or(0)
}

/// The least width at which a header takes two lines.
fn in_two_lines(header: &str) -> usize {
    let words: Vec<usize> = header.split_whitespace().map(width).collect();
    let length = |words: &[usize]| words.iter().sum::<usize>() + words.len().saturating_sub(1);
    (1..=words.len()).map(|split| length(&words[..split]).max(length(&words[split..]))).min().unwrap_or(0)
}

/// Breaks a text at a width; words that are longer are broken too.
fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(1);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => {
                let letters: Vec<char> = word.chars().collect();
                lines.extend(letters.chunks(room).map(String::from_iter));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Row};

    /// A table with a column of names, one of models and some of figures.
    fn shown(width: u16, figures: usize) -> String {
        let row = |role, name: &str, total: &str| {
            let mut cells = vec![Cell::Text(name.into()), Cell::Text("per user".into())];
            cells.extend((0..figures).map(|_| Cell::Figure(total.into())));
            Row { role, cells }
        };
        let headers = ["Alternative", "Pricing model"].into_iter();
        let table = Table {
            headers: headers.chain((0..figures).map(|_| "Total over the term")).map(String::from).collect(),
            rows: vec![
                row(Role::Marked(Mark::Recommended), "Co-managed, all day", "966,934"),
                row(Role::Body, "Hire", "1,166,680"),
            ],
        };
        super::table(&table, Terminal { with_colour: false, width: Some(width) })
    }

    #[test]
    fn a_table_takes_no_more_than_its_words_need() {
        let expected = "  Alternative         Pricing  Total over\n                      model      the term\n\
            -----------------------------------------\n> Co-managed, all day per user    966,934\n  Hire                per user  1,166,680\n\
            > recommended\n";
        assert_eq!(shown(100, 1), expected);
    }

    #[test]
    fn names_wrap_under_themselves_and_figures_stay_whole() {
        let expected = "  Alternative    Pricing Total over Total over\n                 model     the term   the term\n\
            ----------------------------------------------\n\
            > Co-managed,    per        966,934    966,934\n  all day        user\n\
            \x20 Hire           per      1,166,680  1,166,680\n                 user\n> recommended\n";
        assert_eq!(shown(46, 2), expected);
    }

    #[test]
    fn what_does_not_fit_is_continued_below() {
        let text = shown(40, 3);
        assert!(text.lines().all(|line| width(line) <= 40), "{text}");
        assert_eq!(text.matches("Alternative").count(), 2, "{text}");
    }
}
