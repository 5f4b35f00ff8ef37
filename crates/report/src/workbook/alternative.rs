//! The sheet of an alternative: every line of its ledger a row, months across, sums by category, year
//! and term.

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::formula::{Cell, Context, Places, Writer};
use super::model::Model;
use super::page::Page;
use super::rows::{Layout, Row};
use super::style::{self, Style};
use super::workings::write_figure;
use comanage_analysis::compare::Compared;
use comanage_model::ledger::Category;
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::quoted::is_quoted_cost;

/// Gives the amounts of an alternative their cells; its own formulas alone refer to them.
pub fn place(layout: &Layout, alternative: usize, model: &Model, places: &mut Places) {
    for (row, &at) in layout.rows.iter().zip(&layout.row_at) {
        for (&month, &id) in &row.amounts {
            if !model.graph.is_constant(id) && !places.has(id, None) {
                let cell = Cell { sheet: layout.name.clone(), row: at, column: layout.month(month) };
                places.put(id, Some(alternative), Some(month), cell);
            }
        }
    }
}

/// Writes the sheet.
pub struct Sheet<'a> {
    /// Where its rows and columns stand.
    pub layout: &'a Layout,
    /// Its place among the alternatives.
    pub alternative: usize,
    /// Its figures.
    pub compared: &'a Compared<'a>,
    /// The expressions.
    pub model: &'a Model<'a>,
    /// Makes formulas of them.
    pub writer: &'a Writer<'a>,
    /// How cells look.
    pub style: &'a Style,
}

impl Sheet<'_> {
    /// Writes it.
    ///
    /// # Errors
    /// A cell cannot be written.
    pub fn write(&self) -> Result<Worksheet, XlsxError> {
        let mut page = Page::new(&self.layout.title, self.style)?;
        let scenario = self.model.scenario;
        let note = format!(
            "{}. Every ledger line, amounts in {}; totals are sums of lines. Month 0 is signature.",
            self.compared.kind.name(),
            scenario.currency.code
        );
        page.title(self.compared.name(), &note)?;
        self.headers(&mut page)?;
        self.totals(&mut page)?;
        for &(category, at) in &self.layout.category_at {
            self.category(&mut page, category, at)?;
        }
        for (row, &at) in self.layout.rows.iter().zip(&self.layout.row_at) {
            self.line(&mut page, row, at)?;
        }
        self.finish(page)
    }

    fn headers(&self, page: &mut Page) -> Result<(), XlsxError> {
        let (style, layout) = (self.style, self.layout);
        let (number_head, head) = (style.number_head(), style.head());
        let date_head = style.number_head().set_num_format("mmm yy");
        let dates = Layout::MONTHS - 1;
        for (row, words) in [(dates, ["", "", "", ""]), (Layout::MONTHS, ["Item", "Unit", "Part of", "Term"])] {
            for (column, word) in words.iter().enumerate() {
                page.text(row, column as u16, word, if column < 3 { &head } else { &number_head })?;
            }
        }
        for year in 0..layout.years {
            page.text(dates, layout.year(year), "", &head)?;
            page.text(Layout::MONTHS, layout.year(year), &format!("Year {}", year + 1), &number_head)?;
        }
        for month in 0..=layout.months {
            let column = layout.month(month);
            page.number(Layout::MONTHS, column, f64::from(month), &number_head)?;
            if month == 0 {
                page.text(dates, column, "Signature", &number_head)?;
                continue;
            }
            let calendar = self.model.scenario.start.plus(month - 1);
            match ExcelDateTime::from_ymd(calendar.year as u16, calendar.month as u8, 1) {
                Ok(date) => page.sheet.write_datetime_with_format(dates, column, &date, &date_head).map(|_| ())?,
                Err(_) => page.text(dates, column, &calendar.to_string(), &number_head)?,
            }
        }
        Ok(())
    }

    /// The row of totals and the cumulative cost.
    fn totals(&self, page: &mut Page) -> Result<(), XlsxError> {
        let (layout, sums) = (self.layout, &self.compared.sums);
        let format = style::total(self.style.money());
        for (row, label) in [(Layout::TOTAL, "Total"), (Layout::CUMULATIVE, "Cumulative cost")] {
            for column in 0..Layout::TERM {
                page.text(row, column, if column == 0 { label } else { "" }, &style::total(self.style.text()))?;
            }
        }
        let mut cumulative = Money::ZERO;
        for (month, total) in sums.months.iter().enumerate() {
            let column = layout.month(month as u32);
            let parts = layout.category_at.iter().map(|&(_, at)| row_col_to_cell(at, column));
            self.sum(page, Layout::TOTAL, column, &parts.collect::<Vec<_>>().join(","), *total)?;
            cumulative += *total;
            let own = row_col_to_cell(Layout::TOTAL, column);
            let before = (month > 0).then(|| row_col_to_cell(Layout::CUMULATIVE, column - 1));
            let parts = before.map_or(own.clone(), |before| format!("{before},{own}"));
            self.sum(page, Layout::CUMULATIVE, column, &parts, cumulative)?;
        }
        self.across(page, Layout::TOTAL, &sums.years, sums.total)?;
        for column in Layout::TERM..layout.month(0) {
            page.text(Layout::CUMULATIVE, column, "", &format)?;
        }
        Ok(())
    }

    /// A sum, rounded to the minor unit so that no double shows behind it.
    fn sum(&self, page: &mut Page, row: u32, column: u16, parts: &str, result: Money) -> Result<(), XlsxError> {
        let parts = if parts.is_empty() { "0" } else { parts };
        let formula = format!("ROUND(SUM({parts}),{})", self.model.scenario.currency.digits);
        page.formula(row, column, &formula, result.0.to_string(), &style::total(self.style.money()))
    }

    /// The years of a row and its term, as sums of its months.
    fn across(&self, page: &mut Page, row: u32, years: &[Money], term: Money) -> Result<(), XlsxError> {
        let layout = self.layout;
        let is_sum = row == Layout::TOTAL || layout.category_at.iter().any(|&(_, at)| at == row);
        let format = if is_sum { style::total(self.style.money()) } else { self.style.money() };
        let range = |from: u16, to: u16| format!("{}:{}", row_col_to_cell(row, from), row_col_to_cell(row, to));
        let digits = self.model.scenario.currency.digits;
        let mut write = |column: u16, range: String, result: Money| {
            page.formula(row, column, &format!("ROUND(SUM({range}),{digits})"), result.0.to_string(), &format)
        };
        write(Layout::TERM, range(layout.month(0), layout.month(layout.months)), term)?;
        for (year, total) in years.iter().enumerate() {
            let first = if year == 0 { 0 } else { year as u32 * 12 + 1 };
            let last = ((year as u32 + 1) * 12).min(layout.months);
            write(layout.year(year as u16), range(layout.month(first), layout.month(last)), *total)?;
        }
        Ok(())
    }

    fn category(&self, page: &mut Page, category: Category, at: u32) -> Result<(), XlsxError> {
        let layout = self.layout;
        let words = style::total(self.style.text());
        for column in 0..Layout::TERM {
            let name = if column == 0 { style::headed(category.name()) } else { String::new() };
            page.text(at, column, &name, &words)?;
        }
        let (first, last) = layout.lines_of(category);
        let rows = layout.rows.iter().filter(|row| row.category == category);
        let sums = rows.fold(vec![Money::ZERO; layout.months as usize + 1], |mut sums, row| {
            self.amounts(row).iter().zip(&mut sums).for_each(|(amount, sum)| *sum += *amount);
            sums
        });
        for (month, sum) in sums.iter().enumerate() {
            let column = layout.month(month as u32);
            let range = format!("{}:{}", row_col_to_cell(first, column), row_col_to_cell(last, column));
            self.sum(page, at, column, &range, *sum)?;
        }
        let (years, term) = self.sums(&sums);
        self.across(page, at, &years, term)
    }

    fn line(&self, page: &mut Page, row: &Row, at: u32) -> Result<(), XlsxError> {
        let style = self.style;
        page.text(at, 0, &row.item, &style.text().set_indent(1))?;
        page.text(at, 1, row.unit.name(), &style.note())?;
        let staffing = &self.compared.evaluation.staffing;
        let is_quoted = row.category.is_provider() || is_quoted_cost(staffing, row.source);
        let part_of = match (is_quoted, row.on_paper) {
            (false, _) => "house",
            (true, true) => "paper",
            (true, false) => "practice",
        };
        page.text(at, Layout::PAPER, part_of, &style.note())?;
        for (&month, &id) in &row.amounts {
            let context = Context { sheet: &self.layout.name, alternative: Some(self.alternative), month: Some(month) };
            let column = self.layout.month(month);
            match self.writer.places.nearest(id, &context).filter(|cell| cell.sheet != self.layout.name) {
                Some(cell) => {
                    let formula = cell.seen_from(&self.layout.name);
                    page.formula(at, column, &formula, self.model.graph.value(id).to_string(), &style.money())?;
                }
                None => write_figure(page, (at, column), id, style.money(), self.model, self.writer, &context)?,
            }
        }
        let (years, term) = self.sums(&self.amounts(row));
        self.across(page, at, &years, term)
    }

    fn amounts(&self, row: &Row) -> Vec<Money> {
        let amount = |month| row.amounts.get(&month).map(|&id| Money(self.model.graph.value(id))).unwrap_or_default();
        (0..=self.layout.months).map(amount).collect()
    }

    fn sums(&self, months: &[Money]) -> (Vec<Money>, Money) {
        let mut years = vec![Money::default(); self.layout.years as usize];
        for (month, amount) in months.iter().enumerate() {
            years[contract_year(month as u32) as usize] += *amount;
        }
        (years, months.iter().sum())
    }

    fn finish(&self, mut page: Page) -> Result<Worksheet, XlsxError> {
        let layout = self.layout;
        page.widths(&[36.0, 11.0, 9.0, 15.0])?;
        for column in Layout::TERM + 1..=layout.month(layout.months) {
            page.sheet.set_column_width(column, if column < layout.month(0) { 14 } else { 12 })?;
        }
        page.sheet.set_freeze_panes(Layout::CUMULATIVE + 1, Layout::TERM + 1)?;
        page.sheet.set_repeat_rows(Layout::MONTHS - 1, Layout::CUMULATIVE)?;
        page.sheet.set_repeat_columns(0, 1)?;
        page.sheet.set_print_area(0, 0, layout.last_row(), layout.month(layout.months))?;
        page.sheet.set_print_scale(45);
        let breaks = (0..layout.years).map(|year| layout.month(u32::from(year) * 12 + u32::from(year > 0)));
        page.sheet.set_vertical_page_breaks(&breaks.map(u32::from).collect::<Vec<_>>())?;
        Ok(page.sheet)
    }
}
