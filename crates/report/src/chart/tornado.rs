//! A tornado: how far each input, moved from its low to its high value, moves a result.
//!
//! One row an input, in the order given, which is best the longest first. Bars are on a
//! line at the base result; the input's own values are written at their outer ends, so that
//! the axis is free to show the change of the result.

use super::axis::{Axis, extent, sane};
use super::canvas::{Canvas, nothing, picture};
use super::drawing::Drawing;
use super::fill::{Fill, Texture};
use super::place::{Area, centred_within};
use super::text::{LABEL, SMALL, STRONG, Style, block, fit, widest, widest_block, width};
use super::theme::{BLUE, INK, MARGIN, ORANGE, WIDTH};
use super::{Chart, Heading, grid};

const WIDEST_NAME: f64 = 230.0;
const WIDEST_LABEL: f64 = 120.0;
const BAR: f64 = 24.0;
const ROW: f64 = 38.0;
/// The room between a bar and its label.
const BESIDE: f64 = 7.0;
pub(super) const LOW: Fill = Fill { color: BLUE, texture: Texture::Plain };
pub(super) const HIGH: Fill = Fill { color: ORANGE, texture: Texture::Rising };

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tornado {
    /// What is above the chart.
    pub heading: Heading,
    /// What the first colour is, such as "input at its low value".
    pub low_name: String,
    /// What the second colour is.
    pub high_name: String,
    /// The result that the bars start from.
    pub base: f64,
    /// What is written over the base line.
    pub base_label: String,
    /// The inputs, from the top.
    pub rows: Vec<Swing>,
}

/// What one input does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Swing {
    /// The input.
    pub name: String,
    /// The result at the input's low value; the base when it is not finite.
    pub low: f64,
    /// The result at the input's high value; the base when it is not finite.
    pub high: f64,
    /// The low value of the input as text.
    pub low_label: String,
    /// The high value of the input as text.
    pub high_label: String,
}

impl Chart for Tornado {
    fn drawing(&self) -> Drawing {
        let Some(base) = sane(self.base).filter(|_| !self.rows.is_empty()) else {
            return nothing(&self.heading);
        };
        let rows: Vec<Row> = self.rows.iter().map(|swing| Row::new(swing, base)).collect();
        let names = [self.low_name.clone(), self.high_name.clone()];
        picture(&self.heading, |canvas, top| {
            let top = canvas.legend(top, &names, |canvas, entry, field| {
                [LOW, HIGH][entry].draw(canvas, field);
            });
            Layout::new(&rows, top + 16.0).draw(canvas, &rows, &self.base_label)
        })
    }
}

/// A row ready to be drawn: its two bars, as changes from the base.
struct Row {
    name: Vec<(String, Style)>,
    bars: [Bar; 2],
}

#[derive(Clone)]
struct Bar {
    change: f64,
    fill: Fill,
    label: String,
    /// Where the label stands: at the right or the left of the bar.
    to_right: bool,
}

impl Row {
    /// The longer bar first, so that the shorter one is drawn over it when both go the same
    /// way; then its label goes to the other side of the base.
    fn new(swing: &Swing, base: f64) -> Self {
        let bar = |result: f64, fill, label: &str, to_right: bool| {
            let change = sane(result).map_or(0.0, |result| result - base);
            Bar {
                change,
                fill,
                label: fit(label, WIDEST_LABEL, SMALL),
                to_right: if change == 0.0 { to_right } else { change > 0.0 },
            }
        };
        let low = bar(swing.low, LOW, &swing.low_label, false);
        let high = bar(swing.high, HIGH, &swing.high_label, true);
        let mut bars = if low.change.abs() > high.change.abs() { [low, high] } else { [high, low] };
        bars[1].to_right = !bars[0].to_right;
        Self { name: block(&swing.name, WIDEST_NAME, 2, LABEL), bars }
    }
}

struct Layout {
    axis: Axis,
    top: f64,
}

impl Layout {
    fn new(rows: &[Row], top: f64) -> Self {
        let bars = || rows.iter().flat_map(|row| &row.bars);
        let (low, high) = extent(bars().map(|bar| bar.change)).unwrap_or_default();
        let room = |to_right: bool| {
            let labels = bars().filter(|bar| bar.to_right == to_right).map(|bar| &bar.label);
            widest(labels, SMALL) + BESIDE
        };
        let names = widest_block(rows.iter().map(|row| &row.name[..]));
        let left = MARGIN + names + 16.0 + room(false);
        let axis = Axis::new((low.min(0.0), high.max(0.0)), 8).over(left, WIDTH - MARGIN - room(true));
        Self { axis, top }
    }

    fn draw(&self, canvas: &mut Canvas, rows: &[Row], base_label: &str) -> f64 {
        let bottom = self.top + rows.len() as f64 * ROW;
        let mut ticks = self.axis.ticks_with(|tick| self.change(tick));
        if rows.iter().flat_map(|row| &row.bars).all(|bar| bar.change == 0.0) {
            ticks = vec![(self.axis.at(0.0), "0".to_owned())];
        }
        let last = grid::upright(canvas, (self.top, bottom), &ticks);
        for (index, row) in rows.iter().enumerate() {
            self.draw_row(canvas, row, self.top + (index as f64 + 0.5) * ROW);
        }
        let base = self.axis.at(0.0);
        canvas.line((base, self.top - 4.0), (base, bottom), INK, 1.6);
        self.draw_base_label(canvas, base, base_label);
        last
    }

    /// A tick as a change, with its sign.
    fn change(&self, tick: f64) -> String {
        let marker = if tick > 0.0 { "+" } else { "" };
        format!("{marker}{}", self.axis.label(tick))
    }

    fn draw_row(&self, canvas: &mut Canvas, row: &Row, middle: f64) {
        canvas.block((MARGIN, middle), &row.name);
        for bar in &row.bars {
            self.draw_bar(canvas, bar, middle);
        }
    }

    fn draw_bar(&self, canvas: &mut Canvas, bar: &Bar, middle: f64) {
        let (base, end) = (self.axis.at(0.0), self.axis.at(bar.change));
        let area = Area::around((base, middle - BAR / 2.0), (end, middle + BAR / 2.0));
        if area.width() > 0.05 {
            bar.fill.draw(canvas, area);
        }
        let baseline = middle + SMALL.drop();
        if bar.to_right {
            canvas.text_on_paper((end.max(base) + BESIDE, baseline), &bar.label, SMALL);
        } else {
            canvas.text_on_paper((end.min(base) - BESIDE, baseline), &bar.label, SMALL.right());
        }
    }

    /// The label over the base line, moved sideways where the picture ends.
    fn draw_base_label(&self, canvas: &mut Canvas, base: f64, label: &str) {
        let label = fit(label, WIDTH - 2.0 * MARGIN, STRONG);
        let half = width(&label, STRONG) / 2.0;
        let x = centred_within(base, half, (MARGIN, WIDTH - MARGIN));
        canvas.text((x, self.top - 9.0), &label, STRONG.centred());
    }
}
