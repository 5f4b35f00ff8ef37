//! The charts of the comparison: native ones, drawn by the spreadsheet from cells, so they change with
//! the inputs.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartType, Color, XlsxError,
};

use super::page::Page;
use super::rows::Layout;
use super::style::{self, GREY, LINE};
use super::summary::{NAMES, SHEET};
use crate::chart::marker;
use comanage_analysis::compare::Comparison;
use comanage_model::ledger::Category;

/// The columns that the charts lie over.
pub const COLUMNS: u16 = 8;
/// The rows that the charts lie over: both fit on one printed page of this width.
pub const ROWS: u32 = 40;

/// The size of a chart, in pixels; less than that of its columns and rows, so that print cuts nothing.
const WIDTH: u32 = 1_180;
const HEIGHT: u32 = 390;

/// Series that a spreadsheet takes in one chart: the limit of Excel.
/// <https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3>
const MAX_SERIES: usize = 255;

/// Puts the charts under the table. `categories` have the row of each. Where nothing costs anything, there is no
/// category and no chart of them; a spreadsheet opens no chart without a series.
///
/// # Errors
/// A chart cannot be placed.
pub fn insert(
    page: &mut Page,
    comparison: &Comparison,
    layouts: &[Layout],
    categories: &[(Category, u32)],
    row: u32,
) -> Result<(), XlsxError> {
    let code = comparison.scenario.currency.code;
    let mut next = row;
    if !categories.is_empty() {
        page.sheet.insert_chart(next, 0, &by_category(layouts.len() as u16, categories, code))?;
        next += ROWS / 2;
    }
    page.sheet.insert_chart(next, 0, &cumulative(layouts, comparison.baseline, code))?;
    Ok(())
}

/// Stacked columns: an alternative each, a colour a category.
fn by_category(alternatives: u16, categories: &[(Category, u32)], code: &str) -> Chart {
    let mut chart = Chart::new(ChartType::ColumnStacked);
    for &(category, row) in categories {
        chart
            .add_series()
            .set_name((SHEET, row, 0))
            .set_categories((SHEET, NAMES, 1, NAMES, alternatives))
            .set_values((SHEET, row, 1, row, alternatives))
            .set_format(&mut style::category(category))
            .set_gap(60);
    }
    dress(&mut chart, &format!("Cost of the term by category, {code}"));
    chart.set_alt_text("Cost of the term of each alternative, stacked by category");
    chart
}

/// Lines: cumulative cost by month, of as many alternatives as a chart takes, in their order; the title says where
/// some are left out.
fn cumulative(layouts: &[Layout], baseline: Option<usize>, code: &str) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    for (index, layout) in layouts.iter().enumerate().take(MAX_SERIES) {
        let (first, last) = (layout.month(0), layout.month(layout.months));
        let line = style::series(marker::number(index, baseline));
        chart
            .add_series()
            .set_name((SHEET, NAMES, index as u16 + 1))
            .set_categories((layout.title.as_str(), Layout::MONTHS, first, Layout::MONTHS, last))
            .set_values((layout.title.as_str(), Layout::CUMULATIVE, first, Layout::CUMULATIVE, last))
            .set_format(ChartFormat::new().set_line(&line));
    }
    let shown = if layouts.len() > MAX_SERIES {
        format!(" (first {MAX_SERIES} of {} alternatives)", layouts.len())
    } else {
        String::new()
    };
    dress(&mut chart, &format!("Cumulative cost by month, {code}{shown}"));
    let font = ChartFont::new().set_size(9).set_color(GREY).clone();
    chart.x_axis().set_name("Month of the term").set_name_font(&font).set_label_interval(6).set_tick_interval(6);
    chart.set_alt_text("Cumulative cost of each alternative by month");
    chart
}

fn dress(chart: &mut Chart, title: &str) {
    let font = |size: u32| ChartFont::new().set_size(size).set_color(GREY).clone();
    chart.title().set_name(title).set_font(ChartFont::new().set_size(13).set_bold().set_color(style::BLUE));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9));
    chart.x_axis().set_font(&font(9)).set_label_position(ChartAxisLabelPosition::Low);
    chart.y_axis().set_font(&font(9)).set_num_format("#,##0");
    let grid = ChartLine::new().set_color(LINE).clone();
    chart.y_axis().set_major_gridlines_line(&grid);
    let frame = ChartLine::new().set_color(Color::White).clone();
    chart.chart_area().set_format(ChartFormat::new().set_border(&frame));
    chart.set_width(WIDTH).set_height(HEIGHT);
}
