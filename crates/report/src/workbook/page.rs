//! A sheet that is being written: cells, and how it prints.

use rust_xlsxwriter::{Format, Formula, ProtectionOptions, Worksheet, XlsxError};

use super::names;
use super::style::Style;

/// A sheet and the formats of the workbook.
pub struct Page<'a> {
    /// The sheet.
    pub sheet: Worksheet,
    /// How its cells look.
    pub style: &'a Style,
}

impl<'a> Page<'a> {
    /// An empty sheet: without grid lines, protected, landscape on A4.
    ///
    /// # Errors
    /// A name that a sheet cannot have.
    pub fn new(name: &str, style: &'a Style) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_screen_gridlines(false).set_landscape().set_paper_size(9);
        let mut protection = ProtectionOptions::new();
        protection.format_columns = true;
        protection.format_rows = true;
        sheet.protect_with_options(&protection);
        sheet.set_footer("&L&8&F&C&8&A&R&8&P / &N");
        Ok(Self { sheet, style })
    }

    /// A title and what is under it.
    ///
    /// # Errors
    /// A cell cannot be written; so for all that write cells.
    pub fn title(&mut self, title: &str, note: &str) -> Result<(), XlsxError> {
        self.text(0, 0, title, &self.style.title())?;
        self.sheet.set_row_height(0, 24)?;
        self.text(1, 0, note, &self.style.note())
    }

    /// A cell of words; they never become a formula.
    pub fn text(&mut self, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(row, column, names::text(text), format).map(|_| ())
    }

    /// A cell with a number.
    pub fn number(&mut self, row: u32, column: u16, number: f64, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(row, column, number, format).map(|_| ())
    }

    /// A formula, without its equals sign, and what it comes to now.
    pub fn formula(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        result: impl Into<String>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(format!("={formula}")).set_result(result);
        self.sheet.write_formula_with_format(row, column, formula, format).map(|_| ())
    }

    /// A header row, the first to the left and the others over numbers.
    pub fn headers(&mut self, row: u32, headers: &[String]) -> Result<(), XlsxError> {
        for (column, head) in headers.iter().enumerate() {
            let format = if column == 0 { self.style.head() } else { self.style.number_head() };
            self.text(row, column as u16, head, &format)?;
        }
        Ok(())
    }

    /// Widths of columns, from the first.
    pub fn widths(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        for (column, &width) in widths.iter().enumerate() {
            self.sheet.set_column_width(column as u16, width)?;
        }
        Ok(())
    }
}
