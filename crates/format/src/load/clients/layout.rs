//! How the cells of a table are arranged where they are not as a row must be: other separators, numbers
//! with a comma before their decimals, columns in another order, columns that are passed over, a name.
//!
//! Each row is rearranged by itself, so its place in the file is that of what was written.

use super::rows::{Content, RowFault};

/// How the cells of a row are arranged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Whether numbers have a comma before their decimals.
    pub decimal_comma: bool,
    /// How many columns there are.
    pub columns: usize,
    /// Which column is the id.
    pub id: usize,
    /// Which column is the name of the client, if there is one.
    pub name: Option<usize>,
    /// Which columns are values, and whether each is a number, in the order of the values.
    pub values: Vec<(usize, bool)>,
}

impl Layout {
    /// Whether cells are as they must be: the id, then the values, numbers with a point.
    pub fn is_standard(&self) -> bool {
        let in_order = self.values.iter().enumerate().all(|(place, (column, _))| *column == place + 1);
        let is_whole = self.id == 0 && self.columns == self.values.len() + 1 && in_order;
        !self.decimal_comma && is_whole
    }

    /// The cells of a row, the id first and then the values, with the name of the client.
    pub(super) fn arrange(&self, cells: &[&str]) -> (Content<'static>, Option<String>) {
        let first = cells.get(self.id).copied().unwrap_or_default();
        // Spreadsheets write empty cells behind the last column.
        let is_over = cells.iter().skip(self.columns).all(|cell| cell.trim().is_empty());
        if cells.len() < self.columns || !is_over {
            let fault = RowFault::Cells { found: cells.len(), columns: self.columns };
            return (Content::Faulty(fault, first.to_string()), None);
        }
        let value = |(column, is_number): &(usize, bool)| match self.decimal_comma && *is_number {
            true => with_point(cells[*column]).unwrap_or_else(|| cells[*column].to_string()),
            false => cells[*column].to_string(),
        };
        let arranged: Vec<String> = std::iter::once(first.to_string()).chain(self.values.iter().map(value)).collect();
        let name = self.name.map(|column| cells[column].trim().to_string());
        let is_plain = !arranged.iter().any(|cell| cell.contains([',', '"', '\n', '\r']));
        (if is_plain { Content::Plain(arranged.join(",").into()) } else { Content::Quoted(arranged) }, name)
    }
}

/// A number that has a comma before its decimals, as it is written with a point; signs around the digits
/// stay. None if it is not such a number.
fn with_point(cell: &str) -> Option<String> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (from, to) = (cell.find(is_digit)?, cell.rfind(is_digit)? + 1);
    let (whole, decimals) = match cell[from..to].split_once(',') {
        Some((whole, decimals)) => (whole, format!(".{decimals}")),
        None => (&cell[from..to], String::new()),
    };
    let mut groups = whole.split(['.', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let fits = |group: &str| group.len() == 3 && group.chars().all(is_digit);
    let is_number = first.chars().all(is_digit)
        && groups.clone().all(fits)
        && decimals[1.min(decimals.len())..].chars().all(is_digit);
    let is_grouped = groups.clone().next().is_some();
    let is_first = !is_grouped || first.len() <= 3;
    (is_number && is_first)
        .then(|| format!("{}{first}{}{decimals}{}", &cell[..from], groups.collect::<String>(), &cell[to..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_a_decimal_comma_get_a_point() {
        for (cell, number) in [
            ("62,50", Some("62.50")),
            ("1.200,50 €", Some("1200.50 €")),
            ("1.200", Some("1200")),
            ("98,000", Some("98.000")),
            ("4,5%", Some("4.5%")),
            ("-3,25", Some("-3.25")),
            ("1 200,5", Some("1200.5")),
            ("1.234.567,89", Some("1234567.89")),
            ("131.500,00", Some("131500.00")),
            ("80", Some("80")),
            ("1.20", None),
            ("1,2,3", None),
            ("12:30", None),
            ("", None),
        ] {
            assert_eq!(with_point(cell).as_deref(), number, "{cell}");
        }
    }

    #[test]
    fn cells_are_put_in_order() {
        let layout = Layout { decimal_comma: true, columns: 4, id: 1, name: Some(0), values: vec![(3, true)] };
        assert!(!layout.is_standard());
        let plain = |text: &'static str| Content::Plain(text.into());
        let name = Some("Alder".to_string());
        assert_eq!(layout.arrange(&["Alder", "a1", "x", "1,5"]), (plain("a1,1.5"), name.clone()));
        assert_eq!(layout.arrange(&["Alder", "a1", "x", "1,5", "", " "]), (plain("a1,1.5"), name));
        let fault = RowFault::Cells { found: 2, columns: 4 };
        assert_eq!(layout.arrange(&["Alder", "a1"]), (Content::Faulty(fault, "a1".into()), None));
    }
}
