//! The pale lines behind a plot, and the numbers beside and under it.
//!
//! A tick is a pixel and the text that is there. Text under a plot never leaves the
//! picture, and is at every second tick, every third and so on, where it would touch.

use super::canvas::Canvas;
use super::place::{Area, centred_within};
use super::text::{SMALL, fit, widest, width};
use super::theme::{GREY, GRID, MARGIN, WIDTH};

/// The least room between two texts under a plot.
const APART: f64 = 10.0;

/// Level lines through a plot, each with its text at the left.
pub(super) fn level(canvas: &mut Canvas, plot: Area, ticks: &[(f64, String)]) {
    for (y, text) in ticks {
        canvas.line((plot.left, *y), (plot.right, *y), GRID, 1.0);
        let at = (plot.left - 8.0, y + SMALL.drop());
        canvas.text(at, text, SMALL.right());
    }
}

/// Upright lines through a plot, each with its text at the foot; gives back the last used y.
pub(super) fn upright(canvas: &mut Canvas, (top, bottom): (f64, f64), ticks: &[(f64, String)]) -> f64 {
    for (x, _) in ticks {
        canvas.line((*x, top), (*x, bottom), GRID, 1.0);
    }
    labels(canvas, bottom + 18.0, ticks);
    bottom + 20.0
}

/// The line under a plot with small strokes, their texts and a title; gives back the last
/// used y.
pub(super) fn foot(canvas: &mut Canvas, plot: Area, ticks: &[(f64, String)], title: &str) -> f64 {
    let Area { left, right, bottom, .. } = plot;
    canvas.line((left, bottom), (right, bottom), GREY, 1.2);
    for (x, _) in ticks {
        canvas.line((*x, bottom), (*x, bottom + 4.0), GREY, 1.0);
    }
    labels(canvas, bottom + 19.0, ticks);
    foot_title(canvas, plot, title)
}

/// The title under a plot and its texts; gives back the last used y.
pub(super) fn foot_title(canvas: &mut Canvas, plot: Area, title: &str) -> f64 {
    let baseline = plot.bottom + 41.0;
    let title = fit(title, plot.width(), SMALL);
    canvas.text((plot.middle().0, baseline), &title, SMALL.centred());
    baseline + 2.0
}

/// Texts centred at their pixels on one baseline; the pixels are evenly spaced.
pub(super) fn labels(canvas: &mut Canvas, baseline: f64, ticks: &[(f64, String)]) {
    let widest = widest(ticks.iter().map(|(_, text)| text), SMALL);
    for (x, text) in ticks.iter().step_by(every(ticks, widest + APART)) {
        let half = width(text, SMALL) / 2.0;
        let x = centred_within(*x, half, (MARGIN / 2.0, WIDTH - MARGIN / 2.0));
        canvas.text((x, baseline), text, SMALL.centred());
    }
}

/// Every how many ticks a text of this width fits.
fn every(ticks: &[(f64, String)], room: f64) -> usize {
    let (Some(first), Some(last)) = (ticks.first(), ticks.last()) else {
        return 1;
    };
    let spacing = (last.0 - first.0) / (ticks.len() as f64 - 1.0).max(1.0);
    (room / spacing.max(1e-3)).ceil().max(1.0) as usize
}
