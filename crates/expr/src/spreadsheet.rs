//! Nodes of a graph as formulas of a spreadsheet.
//!
//! A node that has a cell of its own appears in a formula as that cell, an input by its name, and
//! everything else is written out. So a formula is as deep as what lies between two cells.

use rust_decimal::Decimal;

use crate::graph::{Graph, Id};
use crate::number::Input;
use crate::op::Op;

/// How a sheet names what formulas refer to.
pub trait References {
    /// The cell of a node, as the formula names it; none where it has no cell of its own.
    fn cell(&self, id: Id) -> Option<String>;

    /// The name of an input.
    fn input(&self, input: Input) -> String;
}

/// How strongly an operation binds its operands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Sum,
    Product,
    Power,
    Single,
}

/// The formula of a node that gets a cell, without the equals sign: written out once, even if the node
/// has a cell already.
pub fn formula(graph: &Graph, id: Id, references: &impl References) -> String {
    written_out(graph, id, references).0
}

fn operand(graph: &Graph, id: Id, min: Strength, references: &impl References) -> String {
    if let Some(cell) = references.cell(id) {
        return cell;
    }
    let (text, strength) = written_out(graph, id, references);
    if strength < min { format!("({text})") } else { text }
}

fn written_out(graph: &Graph, id: Id, references: &impl References) -> (String, Strength) {
    use Strength::{Power, Product, Single, Sum};
    let operand = |id: Id, min: Strength| operand(graph, id, min, references);
    let between = |a: Id, sign: char, b: Id, own: Strength, min: Strength| {
        (format!("{}{sign}{}", operand(a, own), operand(b, min)), own)
    };
    match graph.op(id) {
        Op::Constant(_) | Op::Figure(_) => {
            let value = double(graph.value(id));
            (value.to_string(), if value < 0.0 { Sum } else { Single })
        }
        Op::Input(input) => (references.input(input), Single),
        Op::Sum(a, b) => between(a, '+', b, Sum, Product),
        Op::Difference(a, b) => between(a, '-', b, Sum, Product),
        Op::Product(a, b) => between(a, '*', b, Product, Product),
        Op::Quotient(a, b) => between(a, '/', b, Product, Power),
        Op::Power(a, exponent) => (format!("{}^{exponent}", operand(a, Single)), Power),
        Op::Rounded(a, digits) => (format!("ROUND({},{digits})", operand(a, Sum)), Single),
        // Doubles of whole quotients can be off by a last bit: what rounds up or down is settled first.
        Op::Ceiling(a) => (format!("ROUNDUP(ROUND({},9),0)", operand(a, Sum)), Single),
        Op::Floor(a) => (format!("INT(ROUND({},9))", operand(a, Sum)), Single),
        Op::Min(a, b) => (format!("MIN({},{})", operand(a, Sum), operand(b, Sum)), Single),
        Op::Max(a, b) => (format!("MAX({},{})", operand(a, Sum), operand(b, Sum)), Single),
    }
}

/// The double nearest to a decimal.
pub fn double(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}
