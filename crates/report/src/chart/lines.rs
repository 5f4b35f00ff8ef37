//! Lines over months, such as the cumulative cost of each alternative, or over any other
//! values.
//!
//! Each line is named at its right end, so there is no legend; names that would touch are
//! pushed apart. The shape of a line's sign is next to its name and along the line, each
//! line's at places of its own, so that lines are distinguished without their colours. A line may have a band around it, for a range of outcomes, and places may
//! be marked, for instance where one line crosses another.

use plotters::style::{Color, RGBColor};

use super::axis::{Axis, extent, sane};
use super::canvas::{Canvas, nothing, picture};
use super::drawing::Drawing;
use super::marker::Marker;
use super::marks::Marks;
use super::number::figure;
use super::place::{Area, spread};
use super::text::{SMALL, STRONG, fit, runs_from_right, widest, width};
use super::theme::{GREY, MARGIN, SILVER, WHITE, WIDTH, ink_of};
use super::{Chart, Heading, grid};

const HEIGHT: f64 = 360.0;
const WIDEST_LABEL: f64 = 280.0;
const WIDEST_VALUE: f64 = 90.0;
const LABEL_GAP: f64 = 19.0;
/// The room between the end of a line and its label, for a line that joins them.
const LEADER: f64 = 22.0;
/// The room that the sign before a label takes.
const BEFORE_LABEL: f64 = 15.0;
/// The size of a sign, and how far those along one line are apart.
const SIGN: f64 = 4.4;
const SIGNS_APART: f64 = 130.0;
/// The room over the plot, for labels of lines that end at its upper edge.
const ABOVE_PLOT: f64 = 14.0;
const BAND_OPACITY: f64 = 0.18;
/// Months between ticks, the shortest first.
const MONTH_STEPS: [usize; 9] = [1, 2, 3, 6, 12, 24, 36, 60, 120];
const MAX_MONTH_TICKS: usize = 8;

pub use super::marks::Mark;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// What is above the chart.
    pub heading: Heading,
    /// What is counted along the foot, such as "Month".
    pub x_title: String,
    /// The values along the foot, rising; empty for months 0, 1, 2 and so on.
    pub x_values: Vec<f64>,
    /// What is written after each value along the foot, such as "%".
    pub x_suffix: String,
    /// Whether the scale leaves zero out where that shows differences that would be lost.
    pub zoomed: bool,
    /// The lines; the first is drawn on top.
    pub lines: Vec<Line>,
    /// The marked places along the foot; a fraction of a month lies between two.
    pub marks: Vec<Mark>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its name, written at its end together with its last value or the last of its band.
    pub name: String,
    /// The values at each place along the foot; the line is interrupted where one is not
    /// finite.
    pub values: Vec<f64>,
    /// The least and the largest value at each place along the foot; empty for no band.
    pub band: Vec<(f64, f64)>,
    /// Whether the line is there for comparison only: then it is thin.
    pub muted: bool,
    /// The number of its colour and shape; 0 is grey.
    pub marker: usize,
}

impl Lines {
    /// The value along the foot at a place; beyond those that are given the last one.
    fn x(&self, place: usize) -> f64 {
        let given = self.x_values.get(place).or(self.x_values.last());
        given.map_or(place as f64, |&value| sane(value).unwrap_or(0.0))
    }
}

impl Chart for Lines {
    fn drawing(&self) -> Drawing {
        let values = self.lines.iter().flat_map(|line| line.values.iter().copied());
        let bands = self.lines.iter().flat_map(|line| line.band.iter().flat_map(|&(low, high)| [low, high]));
        match extent(values.chain(bands).filter_map(sane)) {
            None => nothing(&self.heading),
            Some(range) => picture(&self.heading, |canvas, top| Plot::new(self, scaled(self, range), top).draw(canvas)),
        }
    }
}

/// The range of the scale: from zero, unless the lines fill less than half of it and may be shown
/// larger.
fn scaled(chart: &Lines, (low, high): (f64, f64)) -> (f64, f64) {
    let room = (high - low) * 0.08;
    if chart.zoomed && low > 0.5 * high && high > low { (low - room, high) } else { (low.min(0.0), high.max(0.0)) }
}

struct Plot<'a> {
    chart: &'a Lines,
    area: Area,
    x: Axis,
    y: Axis,
    last: usize,
    ends: Vec<End>,
    marks: Marks,
}

/// The end of a line and what is written there.
struct End {
    index: usize,
    marker: Marker,
    /// The name and the value.
    label: String,
    /// The beginning of the label.
    name: String,
    place: usize,
    value: f64,
}

impl<'a> Plot<'a> {
    fn new(chart: &'a Lines, range: (f64, f64), top: f64) -> Self {
        let last =
            chart.lines.iter().map(|line| line.values.len().max(line.band.len())).max().unwrap_or(0).saturating_sub(1);
        let ends = ends(chart, range.0.abs().max(range.1.abs()));
        let y = Axis::new(range, 8);
        let left = MARGIN + widest(y.ticks().into_iter().map(|tick| y.label(tick)), SMALL) + 10.0;
        let right = WIDTH - MARGIN - LEADER - BEFORE_LABEL - widest(ends.iter().map(|end| &end.label), STRONG);
        let x = Axis::new((chart.x(0), chart.x(last)), MAX_MONTH_TICKS).over(left, right);
        let marks = Marks::new(&chart.marks, &x, (left, right));
        let area = Area::sized(left, top + marks.height() + ABOVE_PLOT, right - left, HEIGHT);
        Self { chart, x, y: y.over(area.bottom, area.top), area, last, ends, marks }
    }

    fn draw(&self, canvas: &mut Canvas) -> f64 {
        self.draw_grid(canvas);
        canvas.along(self.area, self.last + 1);
        self.marks.draw(canvas, self.area, ABOVE_PLOT);
        for (index, line) in self.chart.lines.iter().enumerate().rev() {
            canvas.begin(index);
            self.draw_band(canvas, line, Marker::of(line.marker).color);
            canvas.end();
        }
        for (index, line) in self.chart.lines.iter().enumerate().rev() {
            canvas.begin(index);
            self.draw_line(canvas, line, Marker::of(line.marker).color);
            canvas.end();
        }
        for (index, line) in self.chart.lines.iter().enumerate().rev() {
            canvas.begin(index);
            self.draw_signs(canvas, line, index);
            canvas.end();
        }
        self.marks.draw_dots(canvas, &self.y, self.area);
        self.draw_labels(canvas);
        self.draw_foot(canvas)
    }

    fn draw_grid(&self, canvas: &mut Canvas) {
        grid::level(canvas, self.area, &self.y.labelled_ticks());
        let zero = self.y.at(0.0);
        if zero <= self.area.bottom + 0.5 {
            canvas.line((self.area.left, zero), (self.area.right, zero), GREY, 1.2);
        }
    }

    fn draw_foot(&self, canvas: &mut Canvas) -> f64 {
        let ticks = if self.chart.x_values.is_empty() {
            let months = (0..=self.last).step_by(month_step(self.last));
            months.map(|month| (self.x.at(month as f64), month.to_string())).collect()
        } else {
            self.x.ticks_with(|tick| fit(&(self.x.label(tick) + &self.chart.x_suffix), WIDEST_VALUE, SMALL))
        };
        grid::foot(canvas, self.area, &ticks, &self.chart.x_title)
    }

    fn draw_band(&self, canvas: &mut Canvas, line: &Line, color: RGBColor) {
        for run in runs(&line.band, |&(low, high)| Some((sane(low)?, sane(high)?))) {
            let lower = run.iter().map(|&(place, (low, _))| self.at(place, low));
            let upper = run.iter().rev().map(|&(place, (_, high))| self.at(place, high));
            let outline: Vec<_> = lower.chain(upper).collect();
            canvas.polygon(&outline, color.mix(BAND_OPACITY));
            for edge in outline.chunks(run.len()) {
                canvas.path(edge, color.mix(0.7), 0.8);
            }
        }
    }

    /// The line on a white edge, so that lines which cross stay apart.
    fn draw_line(&self, canvas: &mut Canvas, line: &Line, color: RGBColor) {
        let width = if line.muted { 1.8 } else { 2.8 };
        for run in runs(&line.values, |&value| sane(value)) {
            let points: Vec<_> = run.iter().map(|&(place, value)| self.at(place, value)).collect();
            if let [point] = points[..] {
                canvas.dot(point, width + 1.0, color);
            } else {
                canvas.path(&points, WHITE.mix(0.8), width + 1.2);
                canvas.path(&points, color, width);
            }
        }
    }

    /// The signs along a line, at other places than those of the other lines.
    fn draw_signs(&self, canvas: &mut Canvas, line: &Line, index: usize) {
        let first = self.area.left + SIGNS_APART * (index as f64 + 0.5) / self.chart.lines.len() as f64;
        let many = ((self.area.right - SIGN - first) / SIGNS_APART).floor().max(0.0) as i32;
        let wanted: Vec<f64> = (0..=many).map(|n| first + f64::from(n) * SIGNS_APART).collect();
        for run in runs(&line.values, |&value| sane(value)) {
            let points: Vec<_> = run.iter().map(|&(place, value)| self.at(place, value)).collect();
            let places = wanted.iter().filter_map(|&x| Some((x, height_at(&points, x)?)));
            places.for_each(|at| Marker::of(line.marker).draw(canvas, at, SIGN));
        }
    }

    fn at(&self, place: usize, value: f64) -> (f64, f64) {
        (self.x.at(self.chart.x(place)), self.y.at(value))
    }

    fn draw_labels(&self, canvas: &mut Canvas) {
        let wanted: Vec<f64> = self.ends.iter().map(|end| self.y.at(end.value)).collect();
        let places = spread(&wanted, LABEL_GAP, (self.area.top, self.area.bottom));
        let label_x = self.area.right + LEADER;
        for ((end, &wanted), place) in self.ends.iter().zip(&wanted).zip(places) {
            canvas.begin(end.index);
            let tip = (self.area.right + 3.0, wanted);
            canvas.dashes((self.x.at(self.chart.x(end.place)) + 5.0, wanted), tip, SILVER, 1.0);
            if (place - wanted).abs() > 2.0 {
                let knee = (label_x - 12.0, place);
                canvas.path(&[tip, knee, (label_x - 4.0, place)], end.marker.color.mix(0.7), 1.0);
            } else {
                canvas.line(tip, (label_x - 4.0, place), end.marker.color.mix(0.7), 1.0);
            }
            end.marker.draw(canvas, (label_x + SIGN, place), SIGN);
            let at = (label_x + BEFORE_LABEL, place + STRONG.drop());
            end.write(canvas, at);
            canvas.end();
        }
    }
}

impl End {
    /// Writes the label; the value as a text of its own after a name that runs from the right.
    fn write(&self, canvas: &mut Canvas, (x, baseline): (f64, f64)) {
        let style = STRONG.color(ink_of(self.marker.color));
        if !runs_from_right(&self.name) {
            return canvas.text((x, baseline), &self.label, style);
        }
        let value = self.label[self.name.len()..].trim_start();
        canvas.text((x, baseline), &self.name, style);
        canvas.text((x + width(&self.label, style) - width(value, style), baseline), value, style);
    }
}

/// How high a line through points, rising along the foot, lies at this x.
fn height_at(points: &[(f64, f64)], x: f64) -> Option<f64> {
    let pair = points.windows(2).find(|pair| (pair[0].0..=pair[1].0).contains(&x))?;
    let (from, to) = (pair[0], pair[1]);
    let part = if to.0 > from.0 { (x - from.0) / (to.0 - from.0) } else { 0.0 };
    Some(from.1 + part * (to.1 - from.1))
}

/// Where each line that has a value ends; the name is shortened before the value is.
fn ends(chart: &Lines, largest: f64) -> Vec<End> {
    let mut ends = Vec::new();
    for (index, line) in chart.lines.iter().enumerate() {
        let Some(&(place, value)) = runs(&line.values, |&value| sane(value)).last().and_then(|run| run.last()) else {
            continue;
        };
        let figure = format!(" {}", last_figure(line, value, largest));
        let name = fit(&line.name, WIDEST_LABEL - width(&figure, STRONG), STRONG);
        ends.push(End { index, marker: Marker::of(line.marker), label: format!("{name}{figure}"), name, place, value });
    }
    ends
}

/// What a line comes to: its last value, or the ends of its band where the two differ as written.
fn last_figure(line: &Line, value: f64, largest: f64) -> String {
    let ends =
        line.band.last().and_then(|&(low, high)| Some((figure(sane(low)?, largest), figure(sane(high)?, largest))));
    match ends {
        Some((low, high)) if low != high => format!("{low} to {high}"),
        _ => figure(value, largest),
    }
}

/// The pieces without a gap, each value with its place.
fn runs<T, V: Copy>(values: &[T], seen: impl Fn(&T) -> Option<V>) -> Vec<Vec<(usize, V)>> {
    let mut runs = vec![Vec::new()];
    for (place, value) in values.iter().enumerate() {
        match (seen(value), runs.last_mut()) {
            (Some(value), Some(run)) => run.push((place, value)),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn month_step(last: usize) -> usize {
    let fits = |step: &usize| last / step <= MAX_MONTH_TICKS;
    MONTH_STEPS.into_iter().find(fits).unwrap_or(last / 10)
}
