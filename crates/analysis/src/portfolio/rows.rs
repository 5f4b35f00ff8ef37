//! The cells of a row as what the columns make of them.

use rust_decimal::Decimal;

use super::batch::{Fault, Reject};
use comanage_expr::tape::LaneInput;
use comanage_format::load::clients::{Content, LONGEST_ROW, Row, RowFault};
use comanage_format::load::{Cell, Column, Plain, Scale};
use comanage_model::money::Currency;

/// What reads rows.
pub struct Reader {
    /// The columns after the id.
    pub columns: Vec<Column>,
    /// What the base has for each, if that is one number.
    pub base: Vec<Option<Decimal>>,
    /// The same in its plain form.
    plain: Vec<Option<Plain>>,
    /// The currency of every client.
    pub currency: Currency,
}

impl Reader {
    /// The reader of columns; `base` has the number of the base for each that has one.
    pub fn new(columns: Vec<Column>, base: Vec<Option<Decimal>>, currency: Currency) -> Self {
        let plain = base.iter().map(|value| value.and_then(Plain::of)).collect();
        Self { columns, base, plain, currency }
    }

    /// The cells after the id.
    ///
    /// # Errors
    /// It is no row with an id and a cell for each column.
    pub fn cells<'r>(&self, row: &'r Row) -> Result<Vec<&'r str>, Reject> {
        if let Some(fault) = row.fault() {
            return Err(reject(fault));
        }
        let mut cells = row.cells();
        let columns = self.columns.len() + 1;
        // Spreadsheets write empty cells behind the last column.
        while cells.len() > columns && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() != columns {
            return Err(reject(RowFault::Cells { found: cells.len(), columns }));
        }
        if cells.remove(0).trim().is_empty() {
            return Err("it has no id".to_string().into());
        }
        Ok(cells)
    }

    /// The values of some cells.
    ///
    /// # Errors
    /// Each that is no value of its column.
    pub fn values<'r>(&self, cells: &[&'r str]) -> Result<Vec<Cell<'r>>, Reject> {
        let mut values = Vec::with_capacity(cells.len());
        let mut faults = Vec::new();
        for (column, cell) in self.columns.iter().zip(cells) {
            match column.read(cell, self.currency) {
                Ok(value) => values.push(value),
                Err(diagnostic) => faults.push(Fault::from(&*diagnostic)),
            }
        }
        if faults.is_empty() { Ok(values) } else { Err(Reject(faults)) }
    }

    /// A row that says numbers alone, by column.
    pub fn plain(&self, row: &Row) -> Option<Vec<Plain>> {
        let cells = self.cells(row).ok()?;
        let cells = self.columns.iter().zip(&cells).zip(&self.plain);
        cells.map(|((column, cell), base)| if cell.trim().is_empty() { *base } else { column.plain(cell) }).collect()
    }

    /// How the numbers of columns are read as whole numbers of the inputs' units.
    pub fn scales(&self, inputs: &[LaneInput]) -> Vec<Option<Scale>> {
        let columns = self.columns.iter().zip(inputs).zip(&self.plain);
        columns.map(|((column, input), base)| column.scale(input.digits, input.min, input.max, *base)).collect()
    }

    /// Adds the numbers of a row to the columns, in one pass over its bytes. None where another way of
    /// writing asks for a closer look; numbers may have been added then.
    #[inline]
    pub fn numbers(&self, row: &Row, scales: &[Option<Scale>], to: &mut [Vec<f64>]) -> Option<()> {
        let Content::Plain(text) = &row.content else { return None };
        let text = text.as_bytes();
        let has_id = text.first().is_some_and(|byte| byte.is_ascii_graphic() && *byte != b',');
        let mut at = memchr::memchr(b',', text).filter(|_| has_id)?;
        for (scale, to) in scales.iter().zip(to) {
            (text.get(at) == Some(&b',')).then_some(())?;
            let (value, length) = scale.as_ref()?.read(&text[at + 1..])?;
            to.push(value as f64);
            at += 1 + length;
        }
        (at == text.len()).then_some(())
    }
}

/// A row whose cells cannot be used.
fn reject(fault: RowFault) -> Reject {
    let (reason, advice) = match fault {
        RowFault::NotText => {
            ("it is not UTF-8 text".into(), "save the table as UTF-8, or say how it is stored: --encoding windows-1252")
        }
        RowFault::Unclosed => ("a quotation mark is not closed".into(), ""),
        RowFault::TooLong => (format!("it is longer than {} KiB", LONGEST_ROW >> 10), ""),
        RowFault::Cells { found, columns } => {
            let cells = if found == 1 { "1 cell".to_string() } else { format!("{found} cells") };
            (format!("it has {cells} where there are {columns} columns"), "")
        }
    };
    Reject(vec![Fault { reason, found: String::new(), advice: advice.into() }])
}
