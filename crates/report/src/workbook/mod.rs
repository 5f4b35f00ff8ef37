//! The workbook: a comparison as a spreadsheet whose figures are formulas on its inputs.
//!
//! The scenario is evaluated once more on numbers that remember how they were made, so every formula
//! is the model's own expression and no second copy of the model exists. `model` keeps the
//! expressions, `editable` proves which inputs can be changed without leaving a wrong total, and
//! between what values; `formula` writes expressions with the cells that `workings` and
//! `alternative` give them. It is apart from the other renderers because it needs the
//! evaluation itself, not a report of it. What is compared and how is left to [`comanage_analysis::compare`];
//! nothing here reads or writes a file.

mod alternative;
mod audit;
mod charts;
mod editable;
mod formula;
mod inputs;
mod model;
mod names;
mod page;
mod rows;
mod style;
mod summary;
mod workings;

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use comanage_analysis::compare::Comparison;
use comanage_expr::number::Input;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::Scenario;
use formula::{Places, Writer};
use model::Model;
use rows::Layout;
use rust_decimal::Decimal;
use style::Style;
use workings::Workings;

/// An input that can be changed in the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editable {
    /// Its place in the scenario.
    pub input: Input,
    /// The name of its cell.
    pub name: String,
    /// The lowest value it takes.
    pub min: Decimal,
    /// The highest.
    pub max: Decimal,
    /// The decimals it may have.
    pub decimals: u32,
}

/// The inputs that can be changed in the workbook of a scenario, in their order.
///
/// # Errors
/// Those of an evaluation.
pub fn editable(scenario: &Scenario) -> Result<Vec<Editable>, Diagnostic> {
    let model = Model::of(scenario)?;
    let names = names::inputs(scenario);
    let states = editable::states(&model);
    let open = |input: Input| match states[input.0 as usize] {
        editable::State::Open(bounds) => {
            let (name, decimals) = (names[&input].clone(), model::decimals(scenario, input));
            Some(Editable { input, name, min: bounds.min, max: bounds.max, decimals })
        }
        editable::State::Locked(_) => None,
    };
    Ok(scenario.inputs.iter().filter_map(|(input, ..)| open(input)).collect())
}

/// The workbook of a comparison, as the bytes of an xlsx file; its first sheet says which edition it is.
///
/// # Errors
/// Those of an evaluation.
pub fn workbook(comparison: &Comparison, edition: Option<&str>) -> Result<Vec<u8>, Diagnostic> {
    let model = Model::of(comparison.scenario)?;
    write(comparison, &model, edition).map_err(|error| {
        Diagnostic::error("workbook-impossible", format!("the workbook cannot be written: {error}")).hint(
            "a worksheet holds at most 1,048,576 rows, 16,384 columns, 32,767 characters per cell and 8,192 per formula; \
                 other formats: --format html,markdown",
        )
    })
}

fn write(comparison: &Comparison, model: &Model, edition: Option<&str>) -> Result<Vec<u8>, XlsxError> {
    let scenario = comparison.scenario;
    let style = Style::new(scenario.currency);
    let names = names::inputs(scenario);
    let states = editable::states(model);
    let layouts = layouts(comparison, model);

    let mut places = Places::default();
    let mut workings = Workings::new(model);
    workings.place(model, &mut places);
    for (index, layout) in layouts.iter().enumerate() {
        alternative::place(layout, index, model, &mut places);
    }
    let amounts = layouts.iter().enumerate().flat_map(|(index, layout)| {
        layout.rows.iter().flat_map(move |row| row.amounts.values().map(move |&id| (Some(index), id)))
    });
    workings.take_apart(model, &amounts.collect::<Vec<_>>(), &mut places);
    let writer = Writer { graph: &model.graph, names: &names, places: &places };

    let mut book = Workbook::new();
    book.set_properties(&properties(scenario)?);
    let inputs = inputs::Inputs::new(scenario, &states, &names);
    for (name, cell) in inputs.defined() {
        book.define_name(name, &cell)?;
    }
    let summary = summary::Summary { comparison, layouts: &layouts, workings: &workings, style: &style, edition };
    book.push_worksheet(summary.write()?);
    book.push_worksheet(inputs.write(&style)?);
    for (index, (layout, compared)) in layouts.iter().zip(&comparison.alternatives).enumerate() {
        let sheet = alternative::Sheet { layout, alternative: index, compared, model, writer: &writer, style: &style };
        book.push_worksheet(sheet.write()?);
    }
    book.push_worksheet(workings.write(model, &writer, &style)?);
    book.push_worksheet(audit::write(comparison, &layouts, &style)?);
    book.save_to_buffer()
}

fn layouts(comparison: &Comparison, model: &Model) -> Vec<Layout> {
    let own = [summary::SHEET, inputs::SHEET, workings::SHEET, audit::SHEET];
    let mut taken: HashSet<String> = own.iter().map(|name| name.to_lowercase()).collect();
    let titles = names::sheets(comparison.alternatives.iter().map(|of| of.name()), &mut taken);
    let layout = |(index, title): (usize, &String)| Layout::new(model, index, title, &names::quoted(title));
    titles.iter().enumerate().map(layout).collect()
}

/// Who made it; the date is that of the scenario, so that the same file gives the same bytes.
fn properties(scenario: &Scenario) -> Result<DocProperties, XlsxError> {
    let date = ExcelDateTime::from_ymd(scenario.start.year as u16, scenario.start.month as u8, 1)?;
    let author = scenario.document.prepared_by.as_deref().unwrap_or("comanage");
    let properties = DocProperties::new().set_author(names::text(author)).set_creation_datetime(&date);
    Ok(properties.set_title(names::text(scenario.title()).chars().take(200).collect::<String>()))
}
