//! A scenario as a workbook: its sheets as spreadsheets have them, to fill in.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};

use comanage_format::load::{Sheet, SheetCell, SheetColumn};

/// Rows below the last that drop-downs hold for.
const ROOM: u32 = 200;

/// The widest column, in characters.
const WIDEST: usize = 48;

/// The workbook of some sheets, as bytes.
///
/// # Errors
/// The workbook cannot be made, such as for more rows than a sheet holds.
pub fn scenario_workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let formats = Formats::new();
    for sheet in sheets {
        write(workbook.add_worksheet(), sheet, &formats)?;
    }
    workbook.save_to_buffer()
}

struct Formats {
    header: Format,
    text: Format,
    share: Format,
}

impl Formats {
    fn new() -> Self {
        let header =
            Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color("E8EDF3");
        Self { header, text: Format::new().set_num_format("@"), share: Format::new().set_num_format("0.00##%") }
    }
}

fn write(to: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    to.set_name(sheet.name)?;
    to.set_freeze_panes(1, u16::from(!sheet.columns.is_empty()))?;
    to.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    for (at, column) in sheet.columns.iter().enumerate() {
        let at = at as u16;
        to.write_string_with_format(0, at, &column.header, &formats.header)?;
        if !column.help.is_empty() {
            to.insert_note(0, at, &note(&column.help))?;
        }
        to.set_column_width(at, width(sheet, usize::from(at)) as f64)?;
        if !column.choices.is_empty() {
            let last = sheet.rows.len() as u32 + ROOM;
            to.add_data_validation(1, at, last, at, &choices(column)?)?;
        }
    }
    for (at, row) in sheet.rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            if let Some(cell) = cell {
                self::cell(to, (at as u32 + 1, column as u16), cell, formats)?;
            }
        }
    }
    for (at, help) in sheet.notes.iter().enumerate().filter(|(_, help)| !help.is_empty()) {
        to.insert_note(at as u32 + 1, 0, &note(help))?;
    }
    Ok(())
}

fn note(help: &str) -> Note {
    Note::new(help).add_author_prefix(false)
}

fn choices(column: &SheetColumn) -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_list_strings(&column.choices)
}

fn cell(to: &mut Worksheet, (row, column): (u32, u16), cell: &SheetCell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        SheetCell::Number(number) => to.write_number(row, column, *number)?,
        SheetCell::Share(share) => to.write_number_with_format(row, column, *share, &formats.share)?,
        SheetCell::Bool(value) => to.write_boolean(row, column, *value)?,
        SheetCell::Text(text) => to.write_string_with_format(row, column, text, &formats.text)?,
    };
    Ok(())
}

/// The width of a column: that of its longest cell, and of the words of its header.
fn width(sheet: &Sheet, column: usize) -> usize {
    let header = sheet.columns[column].header.split(' ').map(str::len).max().unwrap_or(0);
    let cells = sheet.rows.iter().filter_map(|row| row[column].as_ref()).map(|cell| match cell {
        SheetCell::Text(text) => text.chars().count(),
        SheetCell::Number(number) => number.to_string().len(),
        SheetCell::Share(_) => 7,
        SheetCell::Bool(_) => 6,
    });
    (cells.max().unwrap_or(0).max(header) + 2).clamp(9, WIDEST)
}
