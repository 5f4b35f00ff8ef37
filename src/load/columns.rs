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

/// Numbers of a column as whole numbers of a unit, within bounds.
#[derive(Clone, Debug)]
pub struct Scale {
    quantity: Quantity,
    /// Decimals of the unit, as numbers are written.
    decimals: u32,
    least: i64,
    most: i64,
    /// What an empty cell says.
    empty: Option<i64>,
}

impl Scale {
    /// Reads the cell that a text begins with, which ends at a comma or with the text, and gives the
    /// number with the length of the cell. None for what is not written plainly, has more decimals, or
    /// lies out of bounds.
    #[inline]
    pub fn read(&self, text: &[u8]) -> Option<(i64, usize)> {
        if matches!(text.first(), None | Some(b',')) {
            return self.empty.map(|value| (value, 0));
        }
        let written = Written::at_start(text, &self.quantity)?;
        let unit = UNITS.get(self.decimals.checked_sub(written.decimals)? as usize)?;
        let value = written.mantissa.checked_mul(*unit)?;
        (self.least <= value && value <= self.most).then_some((value, written.length))
    }
}

/// A number as it is written plainly, without needless zeros in front.
struct Written {
    /// The digits as a whole number.
    mantissa: i64,
    /// How many of them stand after the point.
    decimals: u32,
    /// Bytes, the percent sign of a share among them.
    length: usize,
}

/// More digits than these are not read plainly.
const MOST_FIGURES: usize = 9;
const MOST_DECIMALS: usize = 6;

impl Written {
    /// The number that a text begins with, up to a comma or the end.
    #[inline]
    fn at_start(text: &[u8], quantity: &Quantity) -> Option<Self> {
        let from = usize::from(text.first() == Some(&b'-'));
        let (whole, point) = digits(text, from, 0);
        let figures = point - from;
        if figures == 0 || figures > MOST_FIGURES || (figures > 1 && text[from] == b'0') {
            return None;
        }
        let (mut size, mut end) = (whole, point);
        if text.get(point) == Some(&b'.') && !quantity.whole {
            (size, end) = digits(text, point + 1, whole);
        }
        let decimals = end.saturating_sub(point + 1);
        if end == point + 1 || decimals > MOST_DECIMALS {
            return None;
        }
        if quantity.kind == Kind::Share {
            (text.get(end) == Some(&b'%')).then_some(())?;
            end += 1;
        }
        let is_over = matches!(text.get(end), None | Some(b','));
        let mantissa = if from == 0 { size } else { -size };
        is_over.then_some(Self { mantissa, decimals: decimals as u32, length: end })
    }
}

/// Digits from a place on, after those of a number, and where they end.
#[inline]
fn digits(text: &[u8], from: usize, before: i64) -> (i64, usize) {
    let (mut value, mut at) = (before, from);
    while let Some(digit) = text.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9) {
        // Of too many digits nothing is used.
        value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
        at += 1;
    }
    (value, at)
}

/// Digits that a share written in percent has more of.
fn percent_digits(quantity: &Quantity) -> u32 {
    if quantity.kind == Kind::Share { 2 } else { 0 }
}

/// The least and the most that a number may be, with so many decimals.
fn limits(quantity: &Quantity, decimals: u32) -> Option<(i64, i64)> {
    let unit = UNITS.get(decimals as usize)?;
    let least = match quantity.least {
        Limit::From(least) => least.saturating_mul(*unit),
        Limit::Above(least) => least.saturating_mul(*unit).saturating_add(1),
    };
    Some((least, quantity.most.saturating_mul(*unit)))
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
        let text = text.trim().as_bytes();
        let written = Written::at_start(text, &quantity).filter(|written| written.length == text.len())?;
        let Written { mantissa, decimals, .. } = written;
        let (least, most) = limits(&quantity, decimals)?;
        let digits = decimals + percent_digits(&quantity);
        (least..=most).contains(&mantissa).then_some(Plain { mantissa, digits })
    }

    /// Reads many numbers of this column as whole numbers of a unit with so many decimals, within
    /// bounds in that unit; `base` stands where a cell is empty. None where it has no numbers.
    pub fn scale(&self, digits: u32, least: i128, most: i128, base: Option<Plain>) -> Option<Scale> {
        let quantity = self.quantity?;
        let decimals = digits.checked_sub(percent_digits(&quantity))?;
        let (lowest, highest) = limits(&quantity, decimals)?;
        let least = i64::try_from(least.max(lowest.into())).ok()?;
        let most = i64::try_from(most.min(highest.into())).ok()?;
        let empty = base.and_then(|base| base.numerator(digits)).filter(|base| (least..=most).contains(base));
        Some(Scale { quantity, decimals, least, most, empty })
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
