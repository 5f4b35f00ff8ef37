//! Columns of a table of clients: each is a value of the scenario, and a cell is written as in a file.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::money::Currency;

use super::document::Document;
use super::format::{Limit, Quantity};
use super::overlay;
use super::reader::Reader;
use crate::scenario::Kind;

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

/// A number in its plain form, within the bounds of its key: a mantissa and its decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Plain {
    /// The digits as a whole number.
    pub mantissa: i64,
    /// How many of them are decimals.
    pub digits: u32,
}

/// The powers of ten that 64 bits hold.
const UNITS: [i64; 19] = {
    let mut units = [1; 19];
    let mut at = 1;
    while at < units.len() {
        units[at] = units[at - 1] * 10;
        at += 1;
    }
    units
};

impl Plain {
    /// A decimal in its plain form; none where it has too many digits.
    pub fn of(value: Decimal) -> Option<Self> {
        let value = value.normalize();
        Some(Self { mantissa: i64::try_from(value.mantissa()).ok()?, digits: value.scale() })
    }

    /// The value.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.mantissa, self.digits)
    }

    /// The value as a whole number of its unit with so many decimals; none where that has no room.
    pub fn numerator(self, digits: u32) -> Option<i64> {
        self.mantissa.checked_mul(*UNITS.get(digits.checked_sub(self.digits)? as usize)?)
    }
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

    /// Reads a number in its plain form: digits, a point, a percent sign where a share is meant. None
    /// for anything else, also for what is out of bounds; [`Column::read`] has the word then.
    pub fn plain(&self, text: &str) -> Option<Plain> {
        let quantity = self.quantity?;
        let is_share = quantity.kind == Kind::Share;
        let is_padded = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii_graphic());
        let is_padded = is_padded(text.as_bytes().first()) || is_padded(text.as_bytes().last());
        let text = if is_padded { text.trim() } else { text }.as_bytes();
        let text = if is_share { text.strip_suffix(b"%")? } else { text };
        let (whole, fraction) = match memchr::memchr(b'.', text) {
            Some(point) => (&text[..point], &text[point + 1..]),
            None => (text, &[][..]),
        };
        let (is_negative, figures) = match whole.strip_prefix(b"-") {
            Some(figures) => (true, figures),
            None => (false, whole),
        };
        let is_odd = figures.is_empty() || (figures.len() > 1 && figures[0] == b'0') || fraction.len() > 6;
        let ends_in_point = fraction.is_empty() && figures.len() != text.len() - usize::from(is_negative);
        if is_odd || ends_in_point || figures.len() > 9 || (quantity.whole && !fraction.is_empty()) {
            return None;
        }
        let mut mantissa = 0_i64;
        for &byte in figures.iter().chain(fraction) {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            mantissa = mantissa * 10 + i64::from(digit);
        }
        let mantissa = if is_negative { -mantissa } else { mantissa };
        let digits = fraction.len() as u32;
        let unit = i128::from(UNITS[digits as usize]);
        let at_most = i128::from(mantissa) <= i128::from(quantity.most) * unit;
        let at_least = match quantity.least {
            Limit::From(least) => i128::from(mantissa) >= i128::from(least) * unit,
            Limit::Above(least) => i128::from(mantissa) > i128::from(least) * unit,
        };
        (at_most && at_least).then_some(Plain { mantissa, digits: digits + if is_share { 2 } else { 0 } })
    }

    /// Decimals that a number of this column has at the least when it is one of many.
    pub fn usual_digits(&self, currency: Currency) -> u32 {
        match self.quantity.map(|quantity| quantity.kind) {
            Some(Kind::Money) => currency.digits,
            Some(Kind::Share | Kind::Number) => 4,
            Some(Kind::Count | Kind::Months) | None => 0,
        }
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
