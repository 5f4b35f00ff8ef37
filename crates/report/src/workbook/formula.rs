//! The cells that formulas of the workbook refer to.
//!
//! A node can have cells of its own; a formula names the nearest. How an expression is written is in
//! [`comanage_expr::spreadsheet`].

use std::collections::{BTreeMap, HashMap};

use rust_xlsxwriter::utility::row_col_to_cell;

use comanage_expr::graph::{Graph, Id};
use comanage_expr::number::Input;
use comanage_expr::spreadsheet::{References, formula};

/// A cell of the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its sheet, as formulas name it.
    pub sheet: String,
    /// From 0.
    pub row: u32,
    /// From 0.
    pub column: u16,
}

impl Cell {
    /// The cell as a formula of a sheet names it.
    pub fn seen_from(&self, sheet: &str) -> String {
        let cell = row_col_to_cell(self.row, self.column);
        if self.sheet == sheet { cell } else { format!("{}!{cell}", self.sheet) }
    }
}

/// Where a formula stands.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Its sheet, as formulas name it.
    pub sheet: &'a str,
    /// The alternative, if the sheet is one's.
    pub alternative: Option<usize>,
    /// The month of the term, if it is of one.
    pub month: Option<u32>,
}

/// A cell that a node has, and for which alternative and month.
#[derive(Clone, Debug)]
struct Place {
    alternative: Option<usize>,
    month: Option<u32>,
    cell: Cell,
}

/// Where nodes have cells of their own. A node can have several: the users of two months are one
/// expression, and are in two columns.
#[derive(Clone, Debug, Default)]
pub struct Places {
    of: HashMap<Id, Vec<Place>>,
}

impl Places {
    /// Gives a node a cell; `alternative` alone may refer to it, if one is named.
    pub fn put(&mut self, id: Id, alternative: Option<usize>, month: Option<u32>, cell: Cell) {
        self.of.entry(id).or_default().push(Place { alternative, month, cell });
    }

    /// Whether formulas of an alternative, or all of them, can refer to a cell of a node.
    pub fn has(&self, id: Id, alternative: Option<usize>) -> bool {
        self.of.get(&id).is_some_and(|places| places.iter().any(|place| place.is_open_to(alternative)))
    }

    /// The cell of a node that lies nearest to a formula: in its month, in none, in another.
    pub fn nearest(&self, id: Id, context: &Context) -> Option<&Cell> {
        let open = self.of.get(&id)?.iter().filter(|place| place.is_open_to(context.alternative));
        let distance = |place: &&Place| match place.month {
            month if month == context.month => 0,
            None => 1,
            Some(_) => 2,
        };
        open.min_by_key(distance).map(|place| &place.cell)
    }
}

impl Place {
    fn is_open_to(&self, alternative: Option<usize>) -> bool {
        self.alternative.is_none() || self.alternative == alternative
    }
}

/// Writes expressions as formulas ([`comanage_expr::spreadsheet`]).
pub struct Writer<'a> {
    /// The expressions.
    pub graph: &'a Graph,
    /// The names of inputs.
    pub names: &'a BTreeMap<Input, String>,
    /// Cells of their own.
    pub places: &'a Places,
}

/// What a formula refers to, as its sheet names it.
struct Seen<'a> {
    writer: &'a Writer<'a>,
    context: &'a Context<'a>,
}

impl References for Seen<'_> {
    fn cell(&self, id: Id) -> Option<String> {
        self.writer.places.nearest(id, self.context).map(|cell| cell.seen_from(self.context.sheet))
    }

    fn input(&self, input: Input) -> String {
        self.writer.names[&input].clone()
    }
}

impl Writer<'_> {
    /// The formula of a node that gets a cell, without the equals sign.
    pub fn formula(&self, id: Id, context: &Context) -> String {
        formula(self.graph, id, &Seen { writer: self, context })
    }
}
