//! Results in every format: one function, [`write()`], and a file for each format. Nothing here computes.

pub mod csv;
mod data;
pub mod html;
pub mod json;
pub mod markdown;
mod outcome;
mod scenario_workbook;
pub mod text;

pub use json::Layout;
pub use outcome::{Compared, ForClient, Internal, Outcome, Published, Simulated};
pub use scenario_workbook::scenario_workbook;
pub use text::Terminal;

/// A format that every result has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Tables for the terminal.
    Text(Terminal),
    /// The whole document.
    Markdown,
    /// The rows of its dataset.
    Csv,
    /// The data with all its lists.
    Json(Layout),
}

/// A result in a format. A new data format has its file in this module and its line here.
pub fn write(of: &dyn Outcome, format: Format) -> Vec<u8> {
    match format {
        Format::Text(terminal) => of.text(terminal).into_bytes(),
        Format::Markdown => markdown::render(&of.page()).into_bytes(),
        Format::Csv => csv::write(&of.dataset()),
        Format::Json(layout) => of.json(layout).into_bytes(),
    }
}
