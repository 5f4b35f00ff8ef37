//! Columns of a table of clients: each is a value of the scenario, and a cell is written as in a file.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::money::Currency;

use super::document::Document;
use super::format::Quantity;
use super::overlay;
use super::reader::Reader;

/// A value that the rows of a table say.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its path, in its one spelling.
    pub path: String,
    /// The number that stands there, if one does.
    quantity: Option<Quantity>,
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'t> {
    /// Nothing: the value is that of the base.
    Empty,
    /// A number within the bounds of its key.
    Number(Decimal),
    /// Anything else, as it is written: text, hours, a range.
    Other(&'t str),
}

impl Column {
    /// Reads a cell.
    ///
    /// # Errors
    /// It is no value of this column.
    pub fn read<'t>(&self, text: &'t str, currency: Currency) -> Result<Cell<'t>, Box<Diagnostic>> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Cell::Empty);
        }
        let Some(quantity) = self.quantity.filter(|_| !text.starts_with(['{', '['])) else {
            return Ok(Cell::Other(text));
        };
        let mut reader = Reader::new(currency);
        let number = reader.scalar(&overlay::written(text), &quantity, &self.path, quantity.whole);
        let refused = || Box::new(reader.diagnostics.pop().expect("a number that is not read is reported"));
        number.map(Cell::Number).ok_or_else(refused)
    }

    /// A number of this column as one would write it.
    pub fn write(&self, value: Decimal) -> String {
        self.quantity.map_or_else(|| value.to_string(), |quantity| quantity.kind.write(value))
    }
}

/// A path that cannot be a column, by its number, and why.
pub type Refused = (usize, Diagnostic);

impl Document {
    /// The columns with these paths.
    ///
    /// # Errors
    /// Every path that leads nowhere, that stands twice, or that cannot stand beside those before it.
    pub fn columns(&self, paths: &[&str]) -> Result<Vec<Column>, Vec<Refused>> {
        let mut columns: Vec<Column> = Vec::with_capacity(paths.len());
        let mut refused = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut all = self.clone();
        for (number, path) in paths.iter().enumerate() {
            let column = self.column(path).and_then(|column| {
                if seen.insert(column.path.clone(), number).is_some() {
                    return Err(Box::new(twice(&column.path)));
                }
                all.put(path, "0").map_err(|_| Box::new(beside_itself(&column.path)))?;
                Ok(column)
            });
            match column {
                Ok(column) => columns.push(column),
                Err(diagnostic) => refused.push((number, *diagnostic)),
            }
        }
        if refused.is_empty() { Ok(columns) } else { Err(refused) }
    }

    fn column(&self, path: &str) -> Result<Column, Box<Diagnostic>> {
        let put = self.clone().put(path, "0").map(|put| (put.at, put.quantity))?;
        let (path, quantity) = put;
        if path == "currency" {
            let diagnostic = Diagnostic::error("one-currency", "all clients of a portfolio have one currency");
            let hint = "make a portfolio for each currency, with a base scenario of its own";
            return Err(Box::new(diagnostic.path(path).hint(hint)));
        }
        Ok(Column { path, quantity })
    }
}

fn twice(path: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("duplicate-column", format!("two columns say `{path}`"));
    diagnostic.path(path).hint("leave one of them out")
}

fn beside_itself(path: &str) -> Diagnostic {
    let message = format!("`{path}` cannot stand beside another column that replaces the table it is in");
    Diagnostic::error("duplicate-column", message).path(path).hint("leave one of them out")
}
