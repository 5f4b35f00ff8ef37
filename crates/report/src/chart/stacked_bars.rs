//! Stacked bars: the parts of a whole, one bar an alternative.
//!
//! The bars lie, because names of alternatives are long. Each part carries its value where
//! there is room, each bar its total at the end; parts below zero go to the left of zero,
//! and then a pointer on the bar, told by the legend, shows where its total lies.

use super::axis::{Axis, extent, sane};
use super::canvas::{Canvas, nothing, picture};
use super::drawing::Drawing;
use super::fill::Fill;
use super::number::figure;
use super::place::Area;
use super::text::{LABEL, SMALL, STRONG, Style, block, remark, widest, widest_block, width};
use super::theme::{INK, MARGIN, WARNING, WARNING_INK, WHITE, WIDTH};
use super::{Chart, Emphasis, Heading, Note, grid};

pub use super::theme::Hue;

/// The width that names may have before they are wrapped.
const WIDEST_NAME: f64 = 220.0;
const BAR: f64 = 28.0;
const BETWEEN_BARS: f64 = 18.0;
const BETWEEN_NAMES: f64 = 10.0;
/// How high the line with the name of the budget is.
const BUDGET_LINE: f64 = 20.0;
/// The size of a pointer.
const POINTER: (f64, f64) = (10.0, 7.0);

/// What is drawn: bars of the same parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StackedBars {
    /// What is above the chart.
    pub heading: Heading,
    /// The parts, in the order in which they are stacked.
    pub parts: Vec<Part>,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
    /// The most that a bar may come to, as a line across all.
    pub budget: Option<f64>,
}

/// A part that every bar has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// Its name in the legend.
    pub name: String,
    /// The family of its colour.
    pub hue: Hue,
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its name, at the left.
    pub name: String,
    /// One value a part, in the order of the parts; what is missing or not finite is zero.
    pub values: Vec<f64>,
    /// A remark under the name.
    pub note: Option<Note>,
}

impl Chart for StackedBars {
    /// A part that is zero in every bar is left out.
    fn drawing(&self) -> Drawing {
        let shown: Vec<usize> =
            (0..self.parts.len()).filter(|&part| self.bars.iter().any(|bar| value(bar, part) != 0.0)).collect();
        if self.bars.is_empty() {
            return nothing(&self.heading);
        }
        let hues: Vec<Hue> = shown.iter().map(|&part| self.parts[part].hue).collect();
        let mut names: Vec<String> = shown.iter().map(|&part| self.parts[part].name.clone()).collect();
        let fills = Fill::of(&hues);
        let rows: Vec<Row> = self.bars.iter().map(|bar| Row::new(bar, &shown)).collect();
        if rows.iter().any(Row::has_pointer) {
            names.push("net total after credits".to_owned());
        }
        picture(&self.heading, |canvas, top| {
            let top = canvas.legend(top, &names, |canvas, part, field| match fills.get(part) {
                Some(fill) => fill.draw(canvas, field),
                None => draw_pointer(canvas, (field.middle().0, field.middle().1 + POINTER.1 / 2.0)),
            });
            Layout::new(&rows, self.budget.and_then(sane), top).draw(canvas, &rows, &fills)
        })
    }
}

/// The chart with at most `most` parts: the smallest ones become one part of this name, at
/// the end. A part is as large as its largest share of a bar.
pub fn fold_small(chart: StackedBars, max: usize, name: &str) -> StackedBars {
    let max = max.max(1);
    if chart.parts.len() <= max {
        return chart;
    }
    let mut by_size: Vec<usize> = (0..chart.parts.len()).collect();
    by_size.sort_by(|&a, &b| largest_share(&chart.bars, b).total_cmp(&largest_share(&chart.bars, a)));
    let (large, small) = by_size.split_at_mut(max - 1);
    large.sort_unstable();
    let folded = |bar: Bar| Bar {
        values: (large.iter().map(|&part| value(&bar, part)))
            .chain([small.iter().map(|&part| value(&bar, part)).sum()])
            .collect(),
        ..bar
    };
    let rest = Part { name: name.to_owned(), hue: Hue::Grey };
    StackedBars {
        heading: chart.heading,
        parts: large.iter().map(|&part| chart.parts[part].clone()).chain([rest]).collect(),
        bars: chart.bars.into_iter().map(folded).collect(),
        budget: chart.budget,
    }
}

fn largest_share(bars: &[Bar], part: usize) -> f64 {
    let size = |bar: &Bar| bar.values.iter().filter_map(|&value| sane(value)).map(f64::abs).sum::<f64>();
    bars.iter().map(|bar| value(bar, part).abs() / size(bar).max(f64::MIN_POSITIVE)).fold(0.0, f64::max)
}

fn value(bar: &Bar, part: usize) -> f64 {
    bar.values.get(part).copied().and_then(sane).unwrap_or(0.0)
}

/// A bar ready to be drawn: the parts that are shown, the name and the remark in lines.
struct Row {
    text: Vec<(String, Style)>,
    values: Vec<f64>,
    total: f64,
}

impl Row {
    fn new(bar: &Bar, shown: &[usize]) -> Self {
        let note = bar.note.as_ref();
        let chosen = note.is_some_and(|note| note.tone == Emphasis::Chosen);
        let mut text = block(&bar.name, WIDEST_NAME, 2, if chosen { STRONG } else { LABEL });
        text.extend(note.into_iter().flat_map(|note| block(&note.text, WIDEST_NAME, 2, remark(note.tone))));
        let values: Vec<f64> = shown.iter().map(|&part| value(bar, part)).collect();
        let total = values.iter().sum();
        Self { text, values, total }
    }

    /// The sums of the values below and above zero: where the bar ends.
    fn ends(&self) -> (f64, f64) {
        let sum = |keep: fn(&f64) -> bool| self.values.iter().copied().filter(keep).sum::<f64>();
        (sum(|value| *value < 0.0), sum(|value| *value > 0.0))
    }

    /// Whether the bar does not end at its total.
    fn has_pointer(&self) -> bool {
        self.ends().0 < 0.0
    }
}

/// Where everything lies, and how numbers are written.
struct Layout {
    axis: Axis,
    top: f64,
    row_height: f64,
    largest: f64,
    budget: Option<f64>,
}

impl Layout {
    fn new(rows: &[Row], budget: Option<f64>, top: f64) -> Self {
        let ends = rows.iter().flat_map(|row| [row.ends().0, row.ends().1]);
        let (low, high) = extent(ends.chain(budget)).unwrap_or_default();
        let top = if budget.is_some() { top + BUDGET_LINE } else { top };
        let (low, high) = (low.min(0.0), high.max(0.0));
        let largest = rows.iter().map(|row| row.total.abs()).fold(0.0, f64::max);
        let totals = widest(rows.iter().map(|row| figure(row.total, largest)), STRONG);
        let left = MARGIN + widest_block(rows.iter().map(|row| &row.text[..])) + 18.0;
        let right = WIDTH - MARGIN - totals - 10.0;
        let lines = rows.iter().map(|row| row.text.len()).max().unwrap_or(1);
        let row_height = (BAR + BETWEEN_BARS).max(lines as f64 * LABEL.leading() + BETWEEN_NAMES);
        Self { axis: Axis::new((low, high), 8).over(left, right), top, row_height, largest, budget }
    }

    fn draw(&self, canvas: &mut Canvas, rows: &[Row], fills: &[Fill]) -> f64 {
        let bottom = self.top + rows.len() as f64 * self.row_height;
        let last = grid::upright(canvas, (self.top, bottom), &self.axis.labelled_ticks());
        self.draw_budget(canvas, bottom);
        for (index, row) in rows.iter().enumerate() {
            let middle = self.top + (index as f64 + 0.5) * self.row_height;
            canvas.begin(index);
            canvas.block((MARGIN, middle), &row.text);
            self.draw_bar(canvas, row, fills, middle);
            canvas.end();
        }
        let zero = self.axis.at(0.0);
        canvas.line((zero, self.top), (zero, bottom), INK, 1.2);
        last
    }

    /// The budget as a line behind all bars, with its name above them.
    fn draw_budget(&self, canvas: &mut Canvas, bottom: f64) {
        let Some(budget) = self.budget else { return };
        let at = self.axis.at(budget);
        let style = SMALL.color(WARNING_INK).bold();
        let label = format!("budget {}", figure(budget, self.largest.max(budget)));
        let half = width(&label, style) / 2.0;
        let middle = at.clamp(MARGIN + half, WIDTH - MARGIN - half);
        canvas.text((middle, self.top - 5.0), &label, style.centred());
        canvas.dashes((at, self.top), (at, bottom), WARNING, 1.6);
    }

    fn draw_bar(&self, canvas: &mut Canvas, row: &Row, fills: &[Fill], middle: f64) {
        let (mut below, mut above) = (0.0, 0.0);
        for (&value, &fill) in row.values.iter().zip(fills) {
            let end = if value < 0.0 { &mut below } else { &mut above };
            let from = *end;
            *end += value;
            self.draw_part(canvas, (from, *end), fill, middle);
        }
        if row.has_pointer() {
            draw_pointer(canvas, (self.axis.at(row.total), middle - BAR / 2.0 - 1.0));
        }
        let total = figure(row.total, self.largest);
        let at = (self.axis.at(above) + 8.0, middle + STRONG.drop());
        match self.budget {
            Some(_) => canvas.text_on_paper(at, &total, STRONG),
            None => canvas.text(at, &total, STRONG),
        }
    }

    /// A part with a white edge at its outer end, so that neighbours of like lightness stay
    /// apart, and with its value where that fits.
    fn draw_part(&self, canvas: &mut Canvas, (from, to): (f64, f64), fill: Fill, middle: f64) {
        let (near, far) = (self.axis.at(from), self.axis.at(to));
        let area = Area::around((near, middle - BAR / 2.0), (far, middle + BAR / 2.0));
        if area.width() < 0.1 {
            return;
        }
        fill.draw(canvas, area);
        canvas.line((far, area.top), (far, area.bottom), WHITE, 1.0);
        fill.write(canvas, area, &figure(to - from, self.largest));
    }
}

/// A pointer whose tip is here.
fn draw_pointer(canvas: &mut Canvas, (x, tip): (f64, f64)) {
    let (half, high) = (POINTER.0 / 2.0, POINTER.1);
    canvas.polygon(&[(x, tip), (x - half, tip - high), (x + half, tip - high)], INK);
}
