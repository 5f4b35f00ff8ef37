//! Marked places on an x axis: an upright line with its label above the plot.
//!
//! Labels that would touch each other, or the line of another mark, are in rows over one
//! another. Charts reserve the rows above their plot and draw the rest as they like.

use super::axis::{Axis, sane};
use super::canvas::Canvas;
use super::place::Area;
use super::text::{SMALL, fit, width};
use super::theme::{INK, MARGIN, SILVER, WHITE, WIDTH};

const WIDEST: f64 = 300.0;
const ROW: f64 = 18.0;
/// The room between a line and its label.
const BESIDE: f64 = 5.0;

/// A marked place on the x axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// Where; it is left out when it lies outside the axis.
    pub x: f64,
    /// The value at which a dot is drawn, if there is a point to show within the plot.
    pub y: Option<f64>,
    /// What is there; if it is empty, only the dot is drawn.
    pub label: String,
}

/// Marks whose labels have found their places, for a plot of this axis.
pub(super) struct Marks(Vec<Placed>);

struct Placed {
    x: f64,
    y: Option<f64>,
    label: String,
    /// The outer ends of the label and its line.
    left: f64,
    right: f64,
    text_x: f64,
    row: usize,
}

impl Marks {
    /// Gives each mark a row, from the right: a label that would touch a label or a line
    /// further right goes one row higher.
    pub fn new(marks: &[Mark], axis: &Axis, (left, right): (f64, f64)) -> Self {
        let mut inside: Vec<(f64, &Mark)> = marks
            .iter()
            .filter_map(|mark| Some((axis.at(sane(mark.x)?), mark)))
            .filter(|&(x, _)| (left - 1.0..=right + 1.0).contains(&x))
            .collect();
        inside.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut placed: Vec<Placed> = Vec::new();
        for (x, mark) in inside {
            let next = Placed::new(x, mark);
            let below = placed.iter().filter(|other| next.touches(other));
            let row = below.map(|other| other.row + 1).max().unwrap_or(0);
            placed.push(Placed { row, ..next });
        }
        Self(placed)
    }

    /// The height of all rows.
    pub fn height(&self) -> f64 {
        let labelled = self.0.iter().filter(|mark| !mark.label.is_empty());
        labelled.map(|mark| mark.row + 1).max().unwrap_or(0) as f64 * ROW
    }

    /// The lines through a plot, and the labels in rows that end `gap` above it.
    pub fn draw(&self, canvas: &mut Canvas, plot: Area, gap: f64) {
        for mark in self.0.iter().filter(|mark| !mark.label.is_empty()) {
            let foot = plot.top - gap - mark.row as f64 * ROW;
            canvas.line((mark.x, foot - 12.0), (mark.x, plot.bottom), SILVER, 1.0);
            canvas.text((mark.text_x, foot - 2.0), &mark.label, SMALL.color(INK));
        }
    }

    /// The dots, at the values on this axis that lie within a plot.
    pub fn draw_dots(&self, canvas: &mut Canvas, axis: &Axis, plot: Area) {
        for mark in &self.0 {
            let y = mark.y.map(|value| axis.at(value));
            if let Some(y) = y.filter(|y| (plot.top - 1.0..=plot.bottom + 1.0).contains(y)) {
                canvas.dot((mark.x, y), 5.5, WHITE);
                canvas.dot((mark.x, y), 4.0, INK);
            }
        }
    }
}

impl Placed {
    /// A mark in the lowest row, its label to the right of its line unless the picture ends
    /// there.
    fn new(x: f64, mark: &Mark) -> Self {
        let label = fit(&mark.label, WIDEST, SMALL);
        let width = width(&label, SMALL);
        let fits = x + BESIDE + width <= WIDTH - MARGIN;
        let text_x = if fits { x + BESIDE } else { x - BESIDE - width };
        Self { x, y: mark.y.and_then(sane), label, left: text_x.min(x), right: (text_x + width).max(x), text_x, row: 0 }
    }

    fn touches(&self, other: &Placed) -> bool {
        let are_labelled = !self.label.is_empty() && !other.label.is_empty();
        are_labelled && self.left < other.right + 8.0 && other.left - 8.0 < self.right
    }
}
