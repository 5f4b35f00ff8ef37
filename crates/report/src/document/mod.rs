//! Documents: what is said, without how it looks.
//!
//! A report is headings, paragraphs, lists and tables of typed cells, built in one file a result.
//! [`crate::write`] turns it into bytes and computes nothing.

mod assumptions;
mod board;
mod breakeven;
mod comparison;
mod diff;
mod handover;
mod ledger;
mod matrix;
mod parts;
mod plan;
mod portfolio;
mod quotes;
mod rates;
mod simulation;
mod solve;
mod staff;
mod summary;
mod sweep;

pub use assumptions::{Assumed, assumed};
pub use board::board;
pub use breakeven::breakeven;
pub use comparison::{answer, comparison};
pub use diff::diff;
pub use handover::{Changeable, Handover, INTERNAL_EDITION, Material, Shown, WhatIf, handover};
pub use ledger::{LedgerRun, ledger_runs};
pub use matrix::{accountable, listed, matrix, responsible, responsible_by_month};
pub use parts::finding;
pub use plan::plan;
pub use portfolio::{SHARES, portfolio, rows_in_words};
pub use quotes::quotes;
pub use rates::{figure_in_words, rates};
pub use simulation::{by_swing, chance_words, simulation};
pub use solve::{figure_words, solve};
pub use staff::staff;
pub use summary::{SummaryLine, summary};
pub use sweep::sweep;

use crate::figures::{hours, percent};
use comanage_model::money::Money;

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// A line under the title: currency, term, file.
    pub subtitle: String,
    /// The answer, in a sentence or two.
    pub answer: Vec<String>,
    /// The rest.
    pub sections: Vec<Section>,
}

impl Report {
    /// Adds a suffix to the name of every picture.
    pub fn rename_pictures(&mut self, suffix: &str) {
        self.sections.iter_mut().for_each(|section| rename(&mut section.blocks, suffix));
    }
}

fn rename(blocks: &mut [Block], suffix: &str) {
    for block in blocks {
        match block {
            Block::Picture { name, .. } => name.push_str(suffix),
            Block::Chart(chart) => chart.name.push_str(suffix),
            Block::Part(part) => rename(&mut part.blocks, suffix),
            Block::Folded { blocks, .. } => rename(blocks, suffix),
            Block::Paragraph(_)
            | Block::Code(_)
            | Block::List(_)
            | Block::Table(_)
            | Block::Grid(_)
            | Block::KeyFigures(_)
            | Block::Ledger
            | Block::WhatIf => {}
        }
    }
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// Whether the terminal shows it too; files show everything.
    pub is_brief: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Section {
    /// Whether it is something to use in a page, and nothing to read.
    pub fn is_of_page(&self) -> bool {
        self.blocks == [Block::WhatIf]
    }
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Running text.
    Paragraph(String),
    /// Text to copy as it is, such as a table of a scenario.
    Code(String),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// A picture, by file name, with what it shows in words.
    Picture {
        /// The file's name, without its ending.
        name: String,
        /// What it shows.
        alt: String,
    },
    /// A picture with the figures it is drawn from.
    Chart(Chart),
    /// A table with a caption.
    Grid(Grid),
    /// Figures that are read first.
    KeyFigures(Vec<KeyFigure>),
    /// A part of the section under a heading of its own.
    Part(Part),
    /// What is read on demand, under a line that says what it is.
    Folded {
        /// What it is.
        summary: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// The place where a reader may look up the lines of a month.
    Ledger,
    /// The place where a reader may change inputs and see what follows.
    WhatIf,
}

/// A picture with the figures it is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The name of the picture's file, without its ending.
    pub name: String,
    /// What it shows.
    pub alt: String,
    /// The figures, a row for each bar or point, or for each place along the foot.
    pub figures: Grid,
    /// Whether the figures are read on demand only.
    pub is_collapsed: bool,
}

/// A table with a caption.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// What it is a table of.
    pub caption: String,
    /// The table.
    pub table: Table,
    /// What in it is an alternative's.
    pub by: By,
    /// Whether another order of its rows says something.
    pub is_sortable: bool,
}

/// What in a table is an alternative's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Nothing, or not in their order.
    Nothing,
    /// Each row, in the order of the alternatives.
    Rows,
    /// Each column but the first, likewise.
    Columns,
}

/// A figure that is read first.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    /// What it is.
    pub label: String,
    /// The figure.
    pub cell: Cell,
    /// What to hold it against.
    pub remark: String,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its heading.
    pub heading: String,
    /// The alternative it is about, by index.
    pub alternative: Option<usize>,
    /// Whether it is read on demand.
    pub is_collapsed: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Column headers; the first column names the rows.
    pub headers: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is special about it.
    pub role: Role,
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
}

/// What is special about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing.
    Body,
    /// It is an alternative's that is out.
    Marked(Mark),
    /// It is a sum.
    Total,
}

/// How an alternative stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is recommended.
    Recommended,
    /// It is recommended, and the cheapest of all.
    RecommendedAndCheapest,
    /// It is the cheapest, and not recommended.
    Cheapest,
    /// None is recommended, and it has the highest coverage.
    Closest,
    /// It leaves services to no one without a price, so it is not ranked.
    Incomplete,
    /// Nothing is bought for it, so it is not ranked.
    NotNeeded,
}

impl Mark {
    /// Whether it is the one that is recommended.
    pub fn is_recommended(self) -> bool {
        matches!(self, Self::Recommended | Self::RecommendedAndCheapest)
    }

    /// The mark in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::RecommendedAndCheapest => "recommended and cheapest",
            Self::Cheapest => "cheapest",
            Self::Closest => "highest coverage",
            Self::Incomplete => "services without a price",
            Self::NotNeeded => "not needed",
        }
    }

    /// The mark as a sign in front of a row.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Recommended => ">",
            Self::RecommendedAndCheapest => "»",
            Self::Cheapest => "$",
            Self::Closest => "~",
            Self::Incomplete => "?",
            Self::NotNeeded => "-",
        }
    }
}

/// A cell, by what it holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// An amount, shown rounded to the unit.
    Money(Money),
    /// A price, shown to the minor unit.
    Price(Money, comanage_model::money::Currency),
    /// A share of 1.
    Share(f64),
    /// Hours.
    Hours(f64),
    /// A whole number.
    Count(u32),
    /// Any other figure, as it is shown.
    Figure(String),
    /// Not known, or not applicable.
    None,
}

impl Cell {
    /// The cell of an amount that may be unknown.
    pub fn money(money: Option<Money>) -> Self {
        money.map_or(Self::None, Self::Money)
    }

    /// The cell of a share that may be unknown.
    pub fn share(share: Option<f64>) -> Self {
        share.map_or(Self::None, Self::Share)
    }

    /// The cell in print.
    pub fn print(&self) -> String {
        match self {
            Self::Text(text) | Self::Figure(text) => text.clone(),
            Self::Money(money) => money.to_prose(),
            Self::Price(money, currency) => money.to_exact_prose(*currency),
            Self::Share(share) => percent(*share),
            Self::Hours(value) => hours(*value),
            Self::Count(count) => count.to_string(),
            Self::None => "n/a".to_string(),
        }
    }

    /// Whether it is on the right: everything but words.
    pub fn is_figure(&self) -> bool {
        !matches!(self, Self::Text(_) | Self::None)
    }
}
