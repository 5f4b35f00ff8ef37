//! Expressions as formulas of a spreadsheet.
//!
//! A node that has a cell of its own stands in a formula as that cell, an input by its name, and
//! everything else is written out. So a formula is as deep as what lies between two cells.

use std::collections::{BTreeMap, HashMap};

use rust_xlsxwriter::utility::row_col_to_cell;

use rust_decimal::Decimal;

use super::graph::{Graph, Id, Node};
use comanage_expr::number::Input;

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
/// expression, and stand in two columns.
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

/// Writes expressions as formulas.
pub struct Writer<'a> {
    /// The expressions.
    pub graph: &'a Graph,
    /// The names of inputs.
    pub names: &'a BTreeMap<Input, String>,
    /// Cells of their own.
    pub places: &'a Places,
}

/// How strongly an operation binds what stands beside it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Sum,
    Product,
    Power,
    Single,
}

impl Writer<'_> {
    /// The formula of a node that is to stand in a cell, without the equals sign: written out once, even
    /// if the node has a cell.
    pub fn formula(&self, id: Id, context: &Context) -> String {
        self.written_out(id, context).0
    }

    fn part(&self, id: Id, least: Strength, context: &Context) -> String {
        if let Some(cell) = self.places.nearest(id, context) {
            return cell.seen_from(context.sheet);
        }
        let (text, strength) = self.written_out(id, context);
        if strength < least { format!("({text})") } else { text }
    }

    fn written_out(&self, id: Id, context: &Context) -> (String, Strength) {
        use Strength::{Power, Product, Single, Sum};
        let part = |id: Id, least: Strength| self.part(id, least, context);
        let between = |a: Id, sign: char, b: Id, own: Strength, least: Strength| {
            (format!("{}{sign}{}", part(a, own), part(b, least)), own)
        };
        let call = |name: &str, parts: &[Id], more: &str| {
            let parts: Vec<String> = parts.iter().map(|&id| part(id, Sum)).collect();
            (format!("{name}({}{more})", parts.join(",")), Single)
        };
        match *self.graph.node(id) {
            Node::Constant(_) | Node::Value(_) => {
                let value = double(self.graph.value(id));
                (value.to_string(), if value < 0.0 { Sum } else { Single })
            }
            Node::Input(input) => (self.names[&input].clone(), Single),
            Node::Sum(a, b) => between(a, '+', b, Sum, Product),
            Node::Difference(a, b) => between(a, '-', b, Sum, Product),
            Node::Product(a, b) => between(a, '*', b, Product, Product),
            Node::Quotient(a, b) => between(a, '/', b, Product, Power),
            Node::Power(a, exponent) => (format!("{}^{exponent}", part(a, Single)), Power),
            Node::Rounded(a, digits) => call("ROUND", &[a], &format!(",{digits}")),
            // Doubles of whole quotients can lie beside them: what rounds up or down is settled first.
            Node::Ceiling(a) => (format!("ROUNDUP(ROUND({},9),0)", part(a, Sum)), Single),
            Node::Floor(a) => (format!("INT(ROUND({},9))", part(a, Sum)), Single),
            Node::Least(a, b) => call("MIN", &[a, b], ""),
            Node::Greatest(a, b) => call("MAX", &[a, b], ""),
        }
    }
}

/// The double that lies nearest to a decimal.
pub fn double(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}
