//! The sheet between inputs and lines: counts, prices, pay, tools and hours, each a row, with months
//! or contract years across.
//!
//! Every row is a figure that the model names or uses often; a formula elsewhere refers to its cell.
//! What is still too deep to be read in one cell is taken apart at the end of the sheet.

use comanage_expr::graph::Id;
use comanage_expr::op::Op;
use comanage_expr::spreadsheet::double;
use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::formula::{Cell, Context, Places, Writer};
use super::model::{Model, MonthCounts};
use super::page::Page;
use super::style::{self, Style};
use crate::input_names::input_name;
use comanage_model::ledger::{Category, LineSource, Unit};
use comanage_model::words::in_words;

/// The name of the sheet.
pub const SHEET: &str = "Calculations";

/// The first column of figures.
const FIRST: u16 = 2;

/// A formula with more steps than this is taken apart.
const LONGEST: usize = 16;

/// What the sheet holds.
pub struct Workings {
    blocks: Vec<Block>,
    /// Where the row of all users stands.
    users: usize,
}

/// Rows under one head.
struct Block {
    title: &'static str,
    note: &'static str,
    headers: Vec<String>,
    rows: Vec<Row>,
}

/// A figure, in months or years.
struct Row {
    label: String,
    unit: String,
    look: Look,
    /// The alternative whose formulas alone refer to it.
    alternative: Option<usize>,
    /// Figures by column, from 0, with the month each is of.
    cells: Vec<(u16, Option<u32>, Id)>,
}

/// How a figure is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Count,
    Price,
    Money,
    Number,
}

impl Workings {
    /// Lays out the sheet for what is shown of a model.
    pub fn new(model: &Model) -> Self {
        let shown = model.shown();
        let counts = counts(model, &shown);
        let users = counts.rows.iter().position(|row| row.label == ALL_USERS).unwrap_or_default();
        let blocks = vec![counts, prices(model, &shown), people(model, &shown), tools(model), hours(model)];
        Self { blocks, users }
    }

    /// Gives its figures their cells.
    pub fn place(&self, model: &Model, places: &mut Places) {
        for (block, at) in self.blocks.iter().zip(self.rows_at()) {
            for (row, line) in block.rows.iter().zip(at + 2..) {
                row.place(line, model, places);
            }
        }
    }

    /// Takes apart what would be too deep in one cell of an alternative.
    pub fn take_apart(&mut self, model: &Model, cells: &[(Option<usize>, Id)], places: &mut Places) {
        let mut block = Block {
            title: "Partial formulas",
            note: "Parts of formulas that would be too long for one cell.",
            headers: vec!["Figure".into()],
            rows: Vec::new(),
        };
        let at = self.rows_at().last().copied().unwrap_or(0) + self.blocks.last().map_or(0, Block::height);
        let own: Vec<(Option<usize>, Id)> = self.cells().collect();
        for (alternative, ids) in by_alternative(own.iter().chain(cells)) {
            for id in too_deep(model, places, alternative, &ids) {
                let line = at + 2 + block.rows.len() as u32;
                let name = model.graph.name(id).unwrap_or("partial result");
                let row = Row { alternative, ..Row::new(name, "", Look::Number, vec![(0, None, id)]) };
                row.place(line, model, places);
                block.rows.push(row);
            }
        }
        self.blocks.push(block);
    }

    fn cells(&self) -> impl Iterator<Item = (Option<usize>, Id)> {
        let rows = self.blocks.iter().flat_map(|block| &block.rows);
        rows.flat_map(|row| row.cells.iter().map(|&(_, _, id)| (row.alternative, id)))
    }

    /// The row where each block begins.
    fn rows_at(&self) -> Vec<u32> {
        let mut at = 3;
        let start = |block: &Block| {
            let own = at;
            at += block.height();
            own
        };
        self.blocks.iter().map(start).collect()
    }

    /// The cells of all users, months 1 to the last, as a formula names them.
    pub fn users(&self, months: u32) -> String {
        let row = self.rows_at()[0] + 2 + self.users as u32;
        let cell = |month: u32| rust_xlsxwriter::utility::row_col_to_cell(row, FIRST + month as u16 - 1);
        format!("{SHEET}!{}:{}", cell(1), cell(months))
    }

    /// Writes the sheet.
    ///
    /// # Errors
    /// A cell cannot be written.
    pub fn write(&self, model: &Model, writer: &Writer, style: &Style) -> Result<Worksheet, XlsxError> {
        let mut page = Page::new(SHEET, style)?;
        let note = "Intermediate calculations between the inputs and the ledger lines. Figures in grey italics are \
                    fixed values; all others are formulas.";
        page.title(SHEET, note)?;
        let mut last_column = FIRST;
        for (block, at) in self.blocks.iter().zip(self.rows_at()) {
            if block.rows.is_empty() {
                continue;
            }
            last_column = last_column.max(FIRST + block.headers.len() as u16 - 1);
            block.write(at, &mut page, model, writer)?;
        }
        page.widths(&[44.0, 12.0])?;
        for column in FIRST..=last_column {
            page.sheet.set_column_width(column, 11)?;
        }
        page.sheet.set_freeze_panes(2, FIRST)?;
        page.sheet.set_print_scale(45).set_repeat_columns(0, 1)?;
        let breaks: Vec<u16> =
            (1..).map(|year| FIRST + year * 12).take_while(|&column| column <= last_column).collect();
        page.sheet.set_vertical_page_breaks(&breaks.into_iter().map(u32::from).collect::<Vec<_>>())?;
        let last_row = self.rows_at().last().copied().unwrap_or(0) + self.blocks.last().map_or(0, Block::height);
        page.sheet.set_print_area(0, 0, last_row, last_column)?;
        Ok(page.sheet)
    }
}

const ALL_USERS: &str = "all users";

impl Block {
    fn new(title: &'static str, note: &'static str, headers: Vec<String>, rows: Vec<Row>) -> Self {
        Self { title, note, headers, rows }
    }

    /// Its rows with its headers and the gap after it; none for none.
    fn height(&self) -> u32 {
        if self.rows.is_empty() { 0 } else { self.rows.len() as u32 + 4 }
    }

    fn write(&self, at: u32, page: &mut Page, model: &Model, writer: &Writer) -> Result<(), XlsxError> {
        let style = page.style;
        page.text(at, 0, self.title, &style.section())?;
        page.text(at, 1, "", &style.section())?;
        page.text(at, FIRST, self.note, &style.note())?;
        page.text(at + 1, 0, "", &style.head())?;
        page.text(at + 1, 1, "Unit", &style.head())?;
        for (head, column) in self.headers.iter().zip(FIRST..) {
            match head.parse::<f64>() {
                Ok(number) => page.number(at + 1, column, number, &style.number_head())?,
                Err(_) => page.text(at + 1, column, head, &style.number_head())?,
            }
        }
        for (row, line) in self.rows.iter().zip(at + 2..) {
            page.text(line, 0, &row.label, &style.text())?;
            page.text(line, 1, &row.unit, &style.note())?;
            for &(column, month, id) in &row.cells {
                let context = Context { sheet: SHEET, alternative: row.alternative, month };
                write_figure(page, (line, FIRST + column), id, row.look.format(style), model, writer, &context)?;
            }
        }
        Ok(())
    }
}

/// Writes a figure: a formula where something is behind it, else a value that looks like one.
pub fn write_figure(
    page: &mut Page,
    (row, column): (u32, u16),
    id: Id,
    format: Format,
    model: &Model,
    writer: &Writer,
    context: &Context,
) -> Result<(), XlsxError> {
    let value = model.graph.value(id);
    if model.is_value(id) {
        return page.number(row, column, double(value), &style::value(format));
    }
    if model.graph.is_constant(id) {
        return page.number(row, column, double(value), &format);
    }
    let formula = writer.formula(id, context);
    page.formula(row, column, &formula, value.normalize().to_string(), &format)
}

impl Row {
    fn new(label: impl Into<String>, unit: impl Into<String>, look: Look, cells: Vec<(u16, Option<u32>, Id)>) -> Self {
        Self { label: label.into(), unit: unit.into(), look, alternative: None, cells }
    }

    /// Inputs and constants need no cell: a formula has their name or their digits.
    fn place(&self, line: u32, model: &Model, places: &mut Places) {
        for &(column, month, id) in &self.cells {
            if !matches!(model.graph.op(id), Op::Input(_) | Op::Constant(_)) {
                let cell = Cell { sheet: SHEET.into(), row: line, column: FIRST + column };
                places.put(id, self.alternative, month, cell);
            }
        }
    }

    fn is_any(&self, shown: &BTreeSet<Id>) -> bool {
        self.cells.iter().any(|(_, _, id)| shown.contains(id))
    }
}

impl Look {
    fn format(self, style: &Style) -> Format {
        match self {
            Self::Count => style.count(),
            Self::Price => style.price(),
            Self::Money => style.money(),
            Self::Number => style.number(),
        }
    }
}

fn month_heads(model: &Model) -> Vec<String> {
    (1..=model.scenario.term_months).map(|month| month.to_string()).collect()
}

fn year_heads(model: &Model) -> Vec<String> {
    model.years().map(|year| format!("Year {}", year + 1)).collect()
}

/// A row of months, from month 1.
fn by_month(label: impl Into<String>, unit: &str, look: Look, ids: impl Iterator<Item = Id>) -> Row {
    let cells = ids.zip(1_u32..).map(|(id, month)| (month as u16 - 1, Some(month), id)).collect();
    Row::new(label, unit, look, cells)
}

/// A row of contract years.
fn by_year(label: impl Into<String>, unit: &str, look: Look, ids: impl Iterator<Item = Id>) -> Row {
    Row::new(label, unit, look, ids.zip(0..).map(|(id, year)| (year, None, id)).collect())
}

fn counts(model: &Model, shown: &BTreeSet<Id>) -> Block {
    let organization = &model.scenario.organization;
    let row = |label: &str, unit: &str, of: &dyn Fn(&MonthCounts) -> Id| {
        by_month(label, unit, Look::Count, model.counts.iter().map(of))
    };
    let mut rows = Vec::new();
    for (class, of) in organization.users.classes.iter().enumerate() {
        rows.push(row(&format!("users, {}", in_words(&of.name)), "users", &|counts| counts.users[class]));
    }
    if rows.len() == 1 {
        rows.clear();
    }
    rows.push(row(ALL_USERS, "users", &|counts| counts.all_users));
    for (class, of) in organization.devices.classes.iter().enumerate() {
        rows.push(row(&format!("devices, {}", in_words(&of.name)), "devices", &|counts| counts.devices[class]));
    }
    if organization.devices.classes.len() > 1 {
        rows.push(row("all devices", "devices", &|counts| counts.all_devices));
    }
    rows.push(row("sites", "sites", &|counts| counts.sites));
    rows.retain(|row| row.label == ALL_USERS || row.is_any(shown));
    let note = "By month. Start, growth at each anniversary, changes and seasons.";
    Block::new("Users, devices, sites", note, month_heads(model), rows)
}

fn prices(model: &Model, shown: &BTreeSet<Id>) -> Block {
    let mut rows = Vec::new();
    let mut with_rise = BTreeSet::new();
    for (offer, input, years) in &model.prices {
        let is_shown = years.iter().skip(1).any(|id| shown.contains(id));
        if !is_shown {
            continue;
        }
        let offer_name = &model.scenario.offers[*offer].name;
        let rises: Vec<Option<Id>> = years.iter().map(|&price| rise_of(model, price)).collect();
        if rises.iter().any(Option::is_some) && with_rise.insert(*offer) {
            let cells = rises.iter().zip(0..).filter_map(|(rise, year)| Some((year, None, (*rise)?)));
            rows.push(Row::new(format!("{offer_name}: prices over year 1"), "factor", Look::Number, cells.collect()));
        }
        let label = input_name(model.scenario, &model.scenario.inputs.about(*input).path);
        rows.push(by_year(label, model.scenario.currency.code, Look::Price, years.iter().copied()));
    }
    let note = "By contract year: price times annual increase, rounded to the minor unit.";
    Block::new("Prices of offers", note, year_heads(model), rows)
}

/// What a price was multiplied by.
fn rise_of(model: &Model, price: Id) -> Option<Id> {
    let Op::Rounded(of, _) = model.graph.op(price) else { return None };
    let Op::Product(_, rise) = model.graph.op(of) else { return None };
    (!model.graph.is_constant(rise)).then_some(rise)
}

fn people(model: &Model, shown: &BTreeSet<Id>) -> Block {
    let code = model.scenario.currency.code;
    let roles = model.scenario.roles();
    let mut rows = Vec::new();
    for (role, years) in roles.zip(&model.people) {
        let name = &role.name;
        rows.push(by_year(
            format!("{name}: full-time salary"),
            code,
            Look::Money,
            years.iter().map(|year| year.salary),
        ));
        let wages: Vec<(u16, Option<u32>, Id)> =
            years.iter().zip(0..).filter_map(|(year, column)| Some((column, None, wages_of(model, year)?))).collect();
        rows.push(Row::new(format!("{name}: wages of one person"), code, Look::Money, wages));
        let items = years.first().map_or(0, |year| year.items.len());
        for item in 0..items {
            let category = years[0].items[item].0;
            let cells = years.iter().map(|year| year.items[item].1);
            rows.push(by_year(format!("{name}: {}", category.name()), code, Look::Money, cells));
        }
    }
    rows.retain(|row| row.is_any(shown));
    let note = "By contract year. Each month gets one twelfth, so that twelve months add up to the year.";
    Block::new("People", note, year_heads(model), rows)
}

/// The wages that payroll taxes are taken from.
fn wages_of(model: &Model, year: &super::model::RoleYear) -> Option<Id> {
    let (_, taxes) = year.items.iter().find(|(category, _)| *category == Category::PayrollTaxes)?;
    let is_salary = |id: Id| id == year.salary;
    let cone = model.graph.cone([*taxes], is_salary);
    cone.into_iter().find(|&id| !is_salary(id) && model.graph.name(id) == Some("wages of one person"))
}

fn tools(model: &Model) -> Block {
    let mut rows: BTreeMap<(&str, LineSource), BTreeMap<u32, Id>> = BTreeMap::new();
    let lines = model.lines.iter().flatten();
    for line in lines.filter(|line| line.category == Category::Tools && line.unit == Unit::Month) {
        rows.entry((&line.item, line.source)).or_default().insert(line.month, line.amount);
    }
    let row = |((item, _), months): ((&str, LineSource), BTreeMap<u32, Id>)| {
        let cells = months.into_iter().map(|(month, id)| (month as u16 - 1, Some(month), id)).collect();
        Row::new(item, model.scenario.currency.code, Look::Money, cells)
    };
    let note = "By month, for the months in which an alternative pays for them.";
    Block::new("Tools", note, month_heads(model), rows.into_iter().map(row).collect())
}

fn hours(model: &Model) -> Block {
    let mut rows = Vec::new();
    for (alternative, lines) in model.lines.iter().enumerate() {
        let mut of: BTreeMap<(&str, LineSource, &str), BTreeMap<u32, Id>> = BTreeMap::new();
        for line in lines.iter().filter(|line| model.is_value(line.quantity)) {
            of.entry((&line.item, line.source, line.unit.name()))
                .or_default()
                .entry(line.month)
                .or_insert(line.quantity);
        }
        let name = &model.scenario.alternatives[alternative].name;
        for ((item, _, unit), months) in of {
            if months.values().all(|&id| model.graph.value(id).is_zero()) {
                continue;
            }
            let cells = months.into_iter().map(|(month, id)| (month as u16 - 1, Some(month), id)).collect();
            let row = Row::new(format!("{name}: {item}"), unit, Look::Number, cells);
            rows.push(Row { alternative: Some(alternative), ..row });
        }
    }
    let note = "By month. Fixed values derived from work and coverage: if those change, run comanage again.";
    Block::new("Hours and blocks billed", note, month_heads(model), rows)
}

/// Figures that are to be written, by the alternative whose sheet they are on.
fn by_alternative<'c>(cells: impl Iterator<Item = &'c (Option<usize>, Id)>) -> BTreeMap<Option<usize>, BTreeSet<Id>> {
    let mut by: BTreeMap<Option<usize>, BTreeSet<Id>> = BTreeMap::new();
    for &(alternative, id) in cells {
        by.entry(alternative).or_default().insert(id);
    }
    by
}

/// The parts of figures that need a cell of their own, so that no formula is longer than it may be.
fn too_deep(model: &Model, places: &Places, alternative: Option<usize>, cells: &BTreeSet<Id>) -> Vec<Id> {
    let graph = &model.graph;
    let is_cell = |id: Id| places.has(id, alternative) || model.is_value(id);
    let written_out = cells.iter().filter(|&&id| !model.is_value(id));
    let parts = written_out.flat_map(|&id| graph.op(id).children());
    let needed = graph.cone(parts, is_cell);
    let mut found = Vec::new();
    let mut sizes: BTreeMap<Id, usize> = BTreeMap::new();
    for id in needed {
        let size = if is_cell(id) {
            1
        } else {
            1 + graph.op(id).children().map(|child| sizes.get(&child).copied().unwrap_or(1)).sum::<usize>()
        };
        let size = if size > LONGEST {
            found.push(id);
            1
        } else {
            size
        };
        sizes.insert(id, size);
    }
    found
}
