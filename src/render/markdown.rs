//! A report as Markdown.

use crate::report::{Block, Report, Role, Table};

/// Renders the whole report.
pub fn render(report: &Report) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&report.title), escape(&report.subtitle));
    for line in &report.answer {
        out.push_str(&format!("\n{}\n", escape(line)));
    }
    for section in &report.sections {
        out.push_str(&format!("\n## {}\n", escape(&section.heading)));
        for block in &section.blocks {
            out.push('\n');
            out.push_str(&render_block(block));
        }
    }
    out
}

fn render_block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => format!("{}\n", escape_keeping_marks(text)),
        Block::List(items) => items.iter().map(|item| format!("- {}\n", escape_keeping_marks(item))).collect(),
        Block::Table(table) => render_table(table),
        Block::Picture { name, alt } => format!("![{}](<{name}.svg>)\n", escape(alt)),
    }
}

fn render_table(table: &Table) -> String {
    let is_figure =
        |column: usize| table.rows.iter().filter_map(|row| row.cells.get(column)).any(|cell| cell.is_figure());
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(table.heads.iter().map(|head| escape(head)).collect());
    out.push_str(&line(
        (0..table.heads.len()).map(|column| if is_figure(column) { "---:" } else { "---" }.to_string()).collect(),
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
