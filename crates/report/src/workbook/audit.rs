//! The sheet of the record: what made the workbook, from which files, under which rules, on which
//! assumptions, and whether its figures still are what they were.

use comanage_expr::spreadsheet::double;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Worksheet, XlsxError};
use sha2::{Digest, Sha256};

use super::page::Page;
use super::rows::Layout;
use super::style::{self, Style};
use crate::document::{assumed, finding};
use comanage_analysis::compare::Comparison;

/// The name of the sheet.
pub const SHEET: &str = "Audit";

/// Writes the sheet.
///
/// # Errors
/// A cell cannot be written.
pub fn write(comparison: &Comparison, layouts: &[Layout], style: &Style) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new(SHEET, style)?;
    page.title("Assumptions and audit", "What made this workbook, and what it rests on.")?;
    let mut row = facts(&mut page, comparison, 3)?;
    row = reading(&mut page, row + 1)?;
    row = totals(&mut page, comparison, layouts, row + 1)?;
    row = assumptions(&mut page, comparison, row + 1)?;
    row = findings(&mut page, comparison, row + 1)?;
    page.widths(&[44.0, 24.0, 24.0, 60.0])?;
    page.sheet.set_freeze_panes(2, 0)?;
    page.sheet.set_print_area(0, 0, row, 3)?.set_print_fit_to_pages(1, 0);
    Ok(page.sheet)
}

fn section(page: &mut Page, row: u32, words: [&str; 4]) -> Result<(), XlsxError> {
    for (column, word) in words.iter().enumerate() {
        page.text(row, column as u16, word, &page.style.section())?;
    }
    Ok(())
}

fn pairs(page: &mut Page, first: u32, pairs: &[(String, String)]) -> Result<u32, XlsxError> {
    let mut row = first;
    for (name, value) in pairs {
        page.text(row, 0, name, &page.style.text())?;
        page.text(row, 1, value, &page.style.text())?;
        row += 1;
    }
    Ok(row)
}

fn facts(page: &mut Page, comparison: &Comparison, row: u32) -> Result<u32, XlsxError> {
    let scenario = comparison.scenario;
    section(page, row, ["Where it comes from", "", "", ""])?;
    let mut facts = vec![
        ("Made by".to_string(), format!("comanage {}", env!("CARGO_PKG_VERSION"))),
        ("Scenario".to_string(), scenario.name.clone()),
        ("Currency".to_string(), scenario.currency.code.to_string()),
        ("Term".to_string(), format!("{} months from {}", scenario.term_months, scenario.start)),
    ];
    for (index, source) in scenario.sources.0.iter().enumerate() {
        let hash = match index {
            0 => scenario.sha256.clone(),
            _ => Sha256::digest(source.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        facts.push((format!("SHA-256 of {}", source.name), hash));
    }
    pairs(page, row + 1, &facts)
}

fn reading(page: &mut Page, row: u32) -> Result<u32, XlsxError> {
    section(page, row, ["How to read it", "", "", ""])?;
    let rules = [
        ("Yellow cell", "can be changed; every figure that follows changes with it"),
        ("Grey italics", "a value: it follows no input of this workbook"),
        ("All else", "a formula, or a locked input that is changed in the scenario file"),
        ("Rounding", "half away from zero to the minor unit, once a line of the ledger; a total is a sum of lines"),
        ("Coverage, work, hours billed", "values: what changes them is locked; change the file and run comanage again"),
        ("#N/A", "an input is not within its bounds: no figure is shown rather than a wrong one"),
        ("Protection", "without a password, against slips of the hand"),
    ];
    pairs(page, row + 1, &rules.map(|(name, words)| (name.to_string(), words.to_string())))
}

fn totals(page: &mut Page, comparison: &Comparison, layouts: &[Layout], row: u32) -> Result<u32, XlsxError> {
    section(page, row, ["Totals of the term", "As it was made", "As it is now", ""])?;
    let (style, digits) = (page.style, comparison.scenario.currency.digits);
    let mut at = row + 1;
    for (of, layout) in comparison.alternatives.iter().zip(layouts) {
        let (total, text) = (of.sums.total.0, of.sums.total.0.to_string());
        page.text(at, 0, of.name(), &style.text())?;
        page.number(at, 1, double(total), &style::value(style.money()))?;
        let now = format!("{}!{}", layout.name, row_col_to_cell(Layout::TOTAL, Layout::TERM));
        page.formula(at, 2, &now, text, &style.money())?;
        let (was, is) = (row_col_to_cell(at, 1), row_col_to_cell(at, 2));
        let same = format!("IF(ROUND({was}-{is},{digits})=0,\"as it was made\",\"an input was changed\")");
        page.formula(at, 3, &same, "as it was made", &style.text().set_indent(1))?;
        at += 1;
    }
    Ok(at)
}

fn assumptions(page: &mut Page, comparison: &Comparison, row: u32) -> Result<u32, XlsxError> {
    section(page, row, ["Assumptions the file does not make itself", "Value", "Date", "Source"])?;
    let mut at = row + 1;
    for of in assumed(comparison.scenario) {
        let source = of.from.map_or_else(|| of.source.to_string(), |key| format!("{key}: {}", of.source));
        for (column, text) in [of.path, &of.value, of.date, &source].into_iter().enumerate() {
            let format = if column == 3 { page.style.wrapped() } else { page.style.text() };
            page.text(at, column as u16, text, &format)?;
        }
        at += 1;
    }
    if at == row + 1 {
        page.text(at, 0, "Every figure stands in the file.", &page.style.text())?;
        at += 1;
    }
    Ok(at)
}

fn findings(page: &mut Page, comparison: &Comparison, row: u32) -> Result<u32, XlsxError> {
    section(page, row, ["To look at, as evaluated", "", "", ""])?;
    let mut at = row + 1;
    for of in &comparison.findings {
        page.sheet.merge_range(at, 0, at, 3, "", &page.style.wrapped())?;
        let text = finding(of);
        page.text(at, 0, &text, &page.style.wrapped())?;
        let lines = text.chars().count() as u32 / 150 + 1;
        page.sheet.set_row_height(at, f64::from(lines * 14))?;
        at += 1;
    }
    Ok(at)
}
