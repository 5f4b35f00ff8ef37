//! Columns of a table of clients: each is a value of the scenario, and a cell is written as in a file.

use std::borrow::Cow;
use std::collections::HashSet;

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Currency;

use super::checks::slips;
use super::digits;
use super::document::Document;
use super::format::{Limit, Quantity};
use super::overrides;
use super::reader::Reader;
use comanage_model::scenario::Kind;

/// A value that the rows of a table say.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its path, in its one spelling.
    pub path: String,
    /// The number that is there, if one does.
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

    /// The number as a decimal.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.mantissa, self.digits)
    }

    /// The value as a whole number of its unit with this many decimal places; none where that overflows.
    pub fn numerator(self, digits: u32) -> Option<i64> {
        self.mantissa.checked_mul(*UNITS.get(digits.checked_sub(self.digits)? as usize)?)
    }
}

/// Numbers of a column as whole numbers of a unit, within bounds.
#[derive(Clone, Debug)]
pub struct Scale {
    is_share: bool,
    /// What digits are multiplied by, by the bytes from the point on: none without a point. Zero where
    /// that is not written plainly.
    units: [i64; MAX_DECIMALS + 2],
    min: i64,
    max: i64,
    /// What an empty cell says.
    empty: Option<i64>,
}

impl Scale {
    /// Reads numbers of a kind as whole numbers of a unit with this many decimal places, within bounds in that
    /// unit; `base` stands where a cell is empty. None where that overflows.
    fn new(quantity: Quantity, digits: u32, (min, max): (i128, i128), base: Option<Plain>) -> Option<Self> {
        let decimals = digits.checked_sub(percent_digits(&quantity))?;
        let (lowest, highest) = limits(&quantity, decimals)?;
        let min = i64::try_from(min.max(lowest.into())).ok()?;
        let max = i64::try_from(max.min(highest.into())).ok()?;
        let empty = base.and_then(|base| base.numerator(digits)).filter(|base| (min..=max).contains(base));
        let unit = |written: usize| {
            let more = decimals.checked_sub(written as u32).filter(|more| *more <= MAX_SCALED);
            more.map_or(0, |more| UNITS[more as usize])
        };
        let units = std::array::from_fn(|from_point| match from_point {
            0 => unit(0),
            2.. if !quantity.whole => unit(from_point - 1),
            _ => 0,
        });
        Some(Self { is_share: quantity.kind == Kind::Share, units, min, max, empty })
    }

    /// Reads the cell that a text begins with, which ends at a comma or with the text, and gives the
    /// number with the length of the cell. None for what is not written plainly, has more decimals, is
    /// below zero, or lies out of bounds: [`Column::plain`] has the word then.
    #[inline]
    pub fn read(&self, text: &[u8]) -> Option<(i64, usize)> {
        if matches!(text.first(), None | Some(b',')) {
            return self.empty.map(|value| (value, 0));
        }
        let (mut number, mut point, mut end) = (0_i64, None, 0);
        for &byte in text {
            let digit = byte.wrapping_sub(b'0');
            match byte {
                // Of too many digits nothing is used.
                _ if digit <= 9 => number = number.wrapping_mul(10).wrapping_add(i64::from(digit)),
                b'.' if point.is_none() => point = Some(end),
                _ => break,
            }
            end += 1;
        }
        let figures = point.unwrap_or(end);
        let unit = *self.units.get(end - figures)?;
        let has_needless_zero = text[0] == b'0' && figures > 1;
        if unit == 0 || !(1..=MAX_FIGURES).contains(&figures) || has_needless_zero || end > MAX_BYTES {
            return None;
        }
        if self.is_share {
            (text.get(end) == Some(&b'%')).then_some(())?;
            end += 1;
        }
        let value = number * unit;
        let is_over = matches!(text.get(end), None | Some(b','));
        (is_over && self.min <= value && value <= self.max).then_some((value, end))
    }
}

/// This many bytes hold a number that still fits when it is multiplied by this many tens.
const MAX_BYTES: usize = 10;
const MAX_SCALED: u32 = 8;

/// A number as it is written plainly, without needless zeros in front.
struct Written {
    /// The digits as a whole number.
    mantissa: i64,
    /// How many of them stand after the point.
    decimals: u32,
}

/// More digits than these are not read plainly.
const MAX_FIGURES: usize = 9;
const MAX_DECIMALS: usize = 6;

impl Written {
    /// The number that a text is.
    fn of(text: &[u8], quantity: &Quantity) -> Option<Self> {
        let text = if quantity.kind == Kind::Share { text.strip_suffix(b"%")? } else { text };
        let size = text.strip_prefix(b"-").unwrap_or(text);
        let point = size.iter().position(|byte| *byte == b'.').filter(|_| !quantity.whole);
        let (figures, decimals) = point.map_or((size, &[][..]), |point| (&size[..point], &size[point + 1..]));
        let is_plain = (1..=MAX_FIGURES).contains(&figures.len()) && (figures.len() == 1 || figures[0] != b'0');
        let has_decimals = point.is_none() || (1..=MAX_DECIMALS).contains(&decimals.len());
        if !is_plain || !has_decimals {
            return None;
        }
        let digit = |byte: &u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
        let mut digits = figures.iter().chain(decimals).map(digit);
        let mantissa = digits.try_fold(0, |before, digit| digit.map(|digit| 10 * before + digit))?;
        let mantissa = if size.len() < text.len() { -mantissa } else { mantissa };
        Some(Self { mantissa, decimals: decimals.len() as u32 })
    }
}

/// Digits that a share written in percent has more of.
fn percent_digits(quantity: &Quantity) -> u32 {
    if quantity.kind == Kind::Share { 2 } else { 0 }
}

/// The least and the most that a number may be, with this many decimal places.
fn limits(quantity: &Quantity, decimals: u32) -> Option<(i64, i64)> {
    let unit = UNITS.get(decimals as usize)?;
    let min = match quantity.min {
        Limit::From(min) => min.saturating_mul(*unit),
        Limit::Above(min) => min.saturating_mul(*unit).saturating_add(1),
    };
    Some((min, quantity.max.saturating_mul(*unit)))
}

impl Column {
    /// Whether its cells are numbers.
    pub fn is_number(&self) -> bool {
        self.quantity.is_some()
    }

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
        let text = without_groups(text);
        let mut reader = Reader::new(currency);
        let number = reader.scalar(&overrides::written(&text), &quantity, &self.path, quantity.whole);
        number.map(Cell::Number).ok_or_else(|| {
            let diagnostic = reader.diagnostics.pop().expect("a number that is not read is reported");
            Box::new(if has_decimal_comma(&text) { diagnostic.hint(DECIMAL_COMMA) } else { diagnostic })
        })
    }

    /// Whether its numbers can be likely slips ([`super::SLIPS`]).
    pub fn may_slip(&self) -> bool {
        self.quantity.is_some_and(|quantity| slips::may_slip(&self.path, quantity.kind))
    }

    /// Which likely slip a cell is, by its place among [`super::SLIPS`]; none if it is not.
    pub fn slip(&self, cell: &str, currency: Currency) -> Option<usize> {
        let quantity = self.quantity?;
        let Ok(Cell::Number(value)) = self.read(cell, currency) else { return None };
        slips::slip_of(&self.path, quantity.kind, value, currency.digits)
    }

    /// Reads a number in its plain form: digits, a point, a percent sign where a share is meant. None
    /// for anything else, also for what is out of bounds; [`Column::read`] has the word then.
    pub fn plain(&self, text: &str) -> Option<Plain> {
        let quantity = self.quantity?;
        let Written { mantissa, decimals } = Written::of(text.trim().as_bytes(), &quantity)?;
        let (min, max) = limits(&quantity, decimals)?;
        let digits = decimals + percent_digits(&quantity);
        (min..=max).contains(&mantissa).then_some(Plain { mantissa, digits })
    }

    /// Reads many numbers of this column as whole numbers of a unit with this many decimal places, within
    /// bounds in that unit; `base` stands where a cell is empty. None where it has no numbers.
    pub fn scale(&self, digits: u32, min: i128, max: i128, base: Option<Plain>) -> Option<Scale> {
        Scale::new(self.quantity?, digits, (min, max), base)
    }

    /// Decimals that a number of this column has at the least when it is one of many.
    pub fn usual_digits(&self, currency: Currency) -> u32 {
        self.quantity.map_or(0, |quantity| quantity.kind.digits(currency))
    }

    /// A number of this column as one would write it.
    pub fn write(&self, value: Decimal) -> String {
        self.quantity.map_or_else(|| value.to_string(), |quantity| quantity.kind.write(value))
    }
}

/// What to do where numbers have a comma before their decimals.
const DECIMAL_COMMA: &str = "for a table in which a comma separates decimals: --decimal comma";

/// Whether a number has a comma before its decimals.
fn has_decimal_comma(text: &str) -> bool {
    let digits = text.trim_matches(|letter: char| !letter.is_ascii_digit());
    digits::meant(digits).is_some_and(|meant| digits.contains(',') && meant.contains('.'))
}

/// A number without the signs that separate its thousands, where they do: `1,200`, `98'000 CHF`.
fn without_groups(text: &str) -> Cow<'_, str> {
    const SIGNS: [char; 6] = [',', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}'];
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (Some(from), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else { return text.into() };
    let digits = &text[from..=last];
    let (whole, decimals) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let groups: Vec<&str> = whole.split(SIGNS).collect();
    let fits = |group: &&str| group.len() == 3 && group.chars().all(is_digit);
    let is_grouped = groups.len() > 1 && (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(fits);
    if !is_grouped {
        return text.into();
    }
    Cow::Owned(format!("{}{}{decimals}{}", &text[..from], groups.concat(), &text[last + 1..]))
}

/// A path that cannot be a column, by its number, and why.
pub type Refused = (usize, Diagnostic);

/// Columns as they are found, one by one.
pub(super) struct Columns<'d> {
    document: &'d Document,
    seen: HashSet<String>,
    /// The document with all of them.
    all: Document,
}

impl<'d> Columns<'d> {
    /// No columns of a document so far.
    pub fn new(document: &'d Document) -> Self {
        Self { document, seen: HashSet::new(), all: document.clone() }
    }

    /// Adds the column with a path.
    ///
    /// # Errors
    /// It leads nowhere, another column has it, or it cannot be next to those before it.
    pub fn add(&mut self, path: &str) -> Result<Column, Box<Diagnostic>> {
        let column = self.document.column(path)?;
        if !self.seen.insert(column.path.clone()) {
            return Err(Box::new(twice(&column.path)));
        }
        self.all.put(path, "0").map_err(|_| Box::new(beside_itself(&column.path)))?;
        Ok(column)
    }
}

impl Document {
    /// The columns with these paths.
    ///
    /// # Errors
    /// Every path that leads nowhere, that is twice, or that cannot be next to those before it.
    pub fn columns(&self, paths: &[&str]) -> Result<Vec<Column>, Vec<Refused>> {
        let mut all = Columns::new(self);
        let mut columns = Vec::with_capacity(paths.len());
        let mut refused = Vec::new();
        for (number, path) in paths.iter().enumerate() {
            match all.add(path) {
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
            let hint = "make one portfolio per currency, each with its own base scenario";
            return Err(Box::new(diagnostic.path(path).hint(hint)));
        }
        Ok(Column { path, quantity })
    }
}

fn twice(path: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("duplicate-column", format!("two columns have the path `{path}`"));
    diagnostic.path(path).hint("remove one of them")
}

fn beside_itself(path: &str) -> Diagnostic {
    let message = format!("`{path}` conflicts with another column that replaces its table");
    Diagnostic::error("duplicate-column", message).path(path).hint("remove one of them")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column of a scenario that has one of each kind of number.
    fn column(path: &str) -> Column {
        let text =
            b"schema = 1\ncurrency = \"USD\"\nstart = \"2027-01\"\nterm_months = 12\n[organization]\nusers = 1\n";
        let document = Document::parse("t.toml", text, &mut |_| unreachable!("it extends nothing"));
        document.columns(&[path]).expect("the path is there").remove(0)
    }

    #[test]
    fn thousands_may_be_separated() {
        for (text, number) in [
            ("1,200", "1200"),
            ("98'000 CHF", "98000 CHF"),
            ("$1,234,567.89", "$1234567.89"),
            ("1\u{202f}200", "1200"),
            ("-1 200", "-1200"),
            ("1,20", "1,20"),
            ("12,34,567", "12,34,567"),
            ("80", "80"),
            ("", ""),
        ] {
            assert_eq!(without_groups(text), number);
        }
    }

    /// What is read in one go is what the digits one by one are, of texts that are numbers and of others.
    #[test]
    fn cells_in_a_row_are_read_as_alone() {
        const LETTERS: &[u8] = b"0001234567899..%%- x";
        let mut state = 7_u64;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for (path, digits) in [("organization.users", 0), ("organization.growth.users", 6), ("discount_rate", 4)] {
            let column = column(path);
            let scale = column.scale(digits, 0, 50_000_000, None).expect("it has numbers");
            let (mut read, mut plain) = (0, 0);
            for _ in 0..200_000 {
                let cell: String = (0..1 + draw(7)).map(|_| char::from(LETTERS[draw(LETTERS.len())])).collect();
                let row = if draw(2) == 0 { cell.clone() } else { format!("{cell},7") };
                let number = column.plain(&cell).and_then(|plain| plain.numerator(digits));
                let expected = number.filter(|number| (0..=50_000_000).contains(number) && !cell.starts_with('-'));
                let found = scale.read(row.as_bytes());
                let is_bare = !cell.contains([' ', 'x']);
                assert_eq!(found, expected.filter(|_| is_bare).map(|value| (value, cell.len())), "{path}: {row}");
                read += usize::from(found.is_some());
                plain += usize::from(number.is_some());
            }
            assert!(read > 100 && plain >= read, "{path}: {read} of {plain}");
        }
    }
}
