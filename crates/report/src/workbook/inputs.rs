//! The sheet of inputs: what can be changed, between which values, and what cannot and why.
//!
//! A formula elsewhere refers to an input by its name, and the name to the cell in the column "In
//! use". That cell repeats the value only where it may be one; otherwise it is an error, which then
//! is in every figure that follows. So no cell, however it was changed, leaves a wrong total.

use comanage_expr::interval::Interval;
use comanage_expr::spreadsheet::double;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::row_col_to_cell_absolute;
use rust_xlsxwriter::{ConditionalFormatError, DataValidation, DataValidationErrorStyle, DataValidationRule, Format};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::editable::State;
use super::model::decimals;
use super::page::Page;
use super::style::{self, Style};
use crate::input_names::input_name;
use comanage_expr::number::Input;
use comanage_model::scenario::{Kind, Origin, Scenario};

/// The name of the sheet.
pub const SHEET: &str = "Inputs";

/// The cell that says whether every input is one it may be.
pub const STATUS: &str = "Inputs!$A$3";
/// What that cell says then.
pub const FINE: &str = "All inputs in range.";

/// The first row of the list.
const FIRST: u32 = 5;
/// The columns.
const VALUE: u16 = 1;
const IN_USE: u16 = 2;
const UNIT: u16 = 3;
const LEAST: u16 = 4;
const MAX: u16 = 5;
const STATE: u16 = 6;
const SOURCE: u16 = 7;
const PATH: u16 = 8;
const PLACE: u16 = 9;

/// The inputs in their order on the sheet.
pub struct Inputs<'a> {
    scenario: &'a Scenario,
    states: &'a [State],
    names: &'a BTreeMap<Input, String>,
    open: Vec<Input>,
    locked: Vec<Input>,
}

impl<'a> Inputs<'a> {
    /// Those that can be changed, then those that cannot; what was left out is not listed.
    pub fn new(scenario: &'a Scenario, states: &'a [State], names: &'a BTreeMap<Input, String>) -> Self {
        let (mut open, mut locked) = (Vec::new(), Vec::new());
        for (input, _, about) in scenario.inputs.iter() {
            match states[input.0 as usize] {
                State::Open(_) => open.push(input),
                State::Locked(_) if about.origin != Origin::LeftOut => locked.push(input),
                State::Locked(_) => {}
            }
        }
        Self { scenario, states, names, open, locked }
    }

    /// The name of each input and the cell it is for.
    pub fn defined(&self) -> Vec<(&str, String)> {
        let open = self.open.iter().zip(FIRST + 1..);
        let locked = self.locked.iter().zip(self.first_locked()..);
        let cell = |(input, row): (&Input, u32)| {
            (self.names[input].as_str(), format!("={SHEET}!{}", row_col_to_cell_absolute(row, IN_USE)))
        };
        open.chain(locked).map(cell).collect()
    }

    fn first_locked(&self) -> u32 {
        FIRST + self.open.len() as u32 + 3
    }

    fn last_row(&self) -> u32 {
        self.first_locked() + self.locked.len() as u32
    }

    /// Writes the sheet.
    ///
    /// # Errors
    /// A cell cannot be written.
    pub fn write(&self, style: &Style) -> Result<Worksheet, XlsxError> {
        let mut page = Page::new(SHEET, style)?;
        let note = "Yellow cells are editable; dependent figures are recalculated. To change anything else, edit the \
                    scenario file and run comanage again.";
        page.title(SHEET, note)?;
        let used = format!(
            "{}:{}",
            row_col_to_cell_absolute(FIRST, IN_USE),
            row_col_to_cell_absolute(self.last_row(), IN_USE)
        );
        let status =
            format!("IF(SUMPRODUCT(--ISERROR({used}))=0,\"{FINE}\",\"An input is out of range: see In use.\")");
        page.formula(2, 0, &status, FINE, &style.text().set_bold())?;
        let headers = [
            "Input",
            "Value",
            "In use",
            "Unit",
            "Minimum",
            "Maximum",
            "Editable here",
            "Source",
            "Path",
            "In the file",
        ];
        page.headers(4, &headers.map(String::from))?;
        for column in STATE..=PLACE {
            page.text(4, column, headers[column as usize], &style.head())?;
        }
        self.section(&mut page, FIRST, "Editable inputs")?;
        for (&input, row) in self.open.iter().zip(FIRST + 1..) {
            self.row(&mut page, row, input)?;
        }
        self.section(&mut page, self.first_locked() - 1, "Locked inputs (edit the scenario file)")?;
        for (&input, row) in self.locked.iter().zip(self.first_locked()..) {
            self.row(&mut page, row, input)?;
        }
        let error = ConditionalFormatError::new().set_format(
            Format::new().set_font_color(rust_xlsxwriter::Color::White).set_background_color(style::WARNING),
        );
        page.sheet.add_conditional_format(FIRST, IN_USE, self.last_row(), IN_USE, &error)?;
        page.widths(&[46.0, 14.0, 14.0, 9.0, 12.0, 14.0, 42.0, 44.0, 44.0, 26.0])?;
        page.sheet.set_freeze_panes(FIRST, 1)?.set_repeat_rows(4, 4)?;
        page.sheet.set_print_area(0, 0, self.last_row(), PLACE)?.set_print_fit_to_pages(1, 0);
        Ok(page.sheet)
    }

    fn section(&self, page: &mut Page, row: u32, title: &str) -> Result<(), XlsxError> {
        for column in 0..=PLACE {
            page.text(row, column, if column == 0 { title } else { "" }, &page.style.section())?;
        }
        Ok(())
    }

    fn row(&self, page: &mut Page, row: u32, input: Input) -> Result<(), XlsxError> {
        let (scenario, style) = (self.scenario, page.style);
        let about = scenario.inputs.about(input);
        let value = scenario.inputs.value(input);
        let format = style.input(about.kind);
        let cell = |column| row_col_to_cell_absolute(row, column);
        page.text(row, 0, &input_name(scenario, &about.path), &style.text())?;
        page.text(row, UNIT, self.unit(about.kind), &style.note().set_align(rust_xlsxwriter::FormatAlign::Right))?;
        page.text(row, SOURCE, &source(scenario, input), &style.note())?;
        page.text(row, PATH, &about.path, &style.note())?;
        page.text(row, PLACE, &place(scenario, input), &style.note())?;
        let own = cell(VALUE);
        match self.states[input.0 as usize] {
            State::Open(bounds) => {
                page.number(row, VALUE, double(value), &style::open(format.clone()))?;
                page.number(row, LEAST, double(bounds.min), &style::value(format.clone()))?;
                page.number(row, MAX, double(bounds.max), &style::value(format.clone()))?;
                page.text(row, STATE, "yes", &style.text())?;
                let digits = decimals(scenario, input);
                let (min, max) = (cell(LEAST), cell(MAX));
                let is_good = format!("AND({own}>={min},{own}<={max},ROUND({own},{digits})={own})");
                let in_use = format!("IF(ISNUMBER({own}),IF({is_good},ROUND({own},{digits}),NA()),NA())");
                page.formula(row, IN_USE, &in_use, value.normalize().to_string(), &format)?;
                page.sheet.add_data_validation(row, VALUE, row, VALUE, &validation(bounds, about.kind, digits)?)?;
            }
            State::Locked(lock) => {
                page.number(row, VALUE, double(value), &format)?;
                let reason = format!("no: {}", lock.reason());
                page.text(row, STATE, &reason, &style.note())?;
                let in_use = format!("IF(ISNUMBER({own}),IF({own}={0},{0},NA()),NA())", double(value));
                page.formula(row, IN_USE, &in_use, value.normalize().to_string(), &format)?;
            }
        }
        Ok(())
    }

    fn unit(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Money => self.scenario.currency.code,
            Kind::Share => "share",
            Kind::Number => "number",
            Kind::Count => "count",
            Kind::Months => "months",
        }
    }
}

fn validation(bounds: Interval<Decimal>, kind: Kind, digits: u32) -> Result<DataValidation, XlsxError> {
    let Interval { min, max } = bounds;
    let message = match kind {
        Kind::Share => format!("A share from {} to {}.", kind.write(min), kind.write(max)),
        _ => format!("A number from {} to {}, at most {digits} decimal places.", min.normalize(), max.normalize()),
    };
    let more = "Another value could change the ledger lines: edit the scenario file and run comanage again.";
    DataValidation::new()
        .allow_decimal_number(DataValidationRule::Between(double(min), double(max)))
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("Out of range")?
        .set_error_message(format!("{message} {more}"))?
        .set_input_message(message)
}

/// Where a value comes from: a source and a note of the file, or who says so.
fn source(scenario: &Scenario, input: Input) -> String {
    let about = scenario.inputs.about(input);
    let mut parts = Vec::new();
    match &about.origin {
        Origin::Default { source, date } => parts.push(format!("assumed: {source}, {date}")),
        Origin::Pack { key, source, date, .. } => parts.push(format!("{key}: {source}, {date}")),
        Origin::Written(_) | Origin::LeftOut => {}
    }
    if let Some(range) = &about.range {
        let (low, high) = (about.kind.write(range.low), about.kind.write(range.high));
        parts.push(format!("uncertain, {low} to {high}"));
    }
    parts.extend(about.source.clone());
    parts.extend(about.note.clone());
    parts.join("; ")
}

fn place(scenario: &Scenario, input: Input) -> String {
    let place = scenario.span(input).map(|span| scenario.sources.place(span));
    place.map_or_else(|| "left out".to_string(), |place| format!("{}:{}", place.file, place.line))
}
