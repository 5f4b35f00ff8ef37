//! A histogram: how a result, such as a saving, is distributed over many trials.
//!
//! What lies below zero is drawn in another colour and texture than what lies above, and a line of text
//! over each side says how likely it is. Results may be sorted into bins with [`bins`]; the
//! chance is for the caller to say.

use super::axis::{Axis, extent, round_step, sane};
use super::canvas::{Canvas, nothing, picture};
use super::drawing::Drawing;
use super::fill::{Fill, Texture};
use super::marks::Marks;
use super::number::percent;
use super::place::Area;
use super::text::{SMALL, STRONG, Style, fit, widest, width};
use super::theme::{BLUE, INK, MARGIN, ORANGE, WARNING_INK, WIDTH};
use super::{Chart, Heading, grid};

pub use super::marks::Mark;

const HEIGHT: f64 = 300.0;
const ABOVE_PLOT: f64 = 10.0;
const SIDES_ROW: f64 = 24.0;
const TITLE_ROW: f64 = 18.0;
/// More bins than this are never made.
const MAX_BINS: f64 = 400.0;
const ABOVE: Fill = Fill { color: BLUE, texture: Texture::Plain };
pub(super) const BELOW: Fill = Fill { color: ORANGE, texture: Texture::Rising };

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// What is above the chart.
    pub heading: Heading,
    /// What is distributed, with its unit.
    pub x_title: String,
    /// What is counted along the side, such as "Share of the samples".
    pub y_title: String,
    /// The bins, in order.
    pub bins: Vec<Bin>,
    /// What is said of the results below zero, such as "costs more: 12% of the trials".
    pub below: String,
    /// What is said of the results above zero.
    pub above: String,
    /// Marked results, such as the median.
    pub marks: Vec<Mark>,
}

/// The results from one value up to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// The least value.
    pub from: f64,
    /// The value at which the next bin begins.
    pub to: f64,
    /// How many results lie between.
    pub count: usize,
}

/// Sorts values into about this many bins of a round width; zero is always an edge. Values
/// that are not finite are left out.
pub fn bins(values: &[f64], about: usize) -> Vec<Bin> {
    let each: Vec<(f64, usize)> = values.iter().map(|&value| (value, 1)).collect();
    bins_of_counts(&each, about)
}

/// The same for values that come this many times each.
pub fn bins_of_counts(values: &[(f64, usize)], about: usize) -> Vec<Bin> {
    let Some((low, high)) = extent(values.iter().filter_map(|&(value, _)| sane(value))) else {
        return Vec::new();
    };
    let spread = if high > low { high - low } else { high.abs().max(1.0) };
    let step = round_step(spread / about.clamp(1, 100) as f64);
    let first = (low / step).floor();
    let many = ((high / step).floor() - first + 1.0).clamp(1.0, MAX_BINS);
    let mut bins: Vec<Bin> = (0..many as usize)
        .map(|n| (first + n as f64) * step)
        .map(|from| Bin { from, to: from + step, count: 0 })
        .collect();
    for (value, count) in values.iter().filter_map(|&(value, count)| Some((sane(value)?, count))) {
        let place = ((value / step).floor() - first).clamp(0.0, many - 1.0);
        bins[place as usize].count += count;
    }
    bins
}

impl Chart for Histogram {
    fn drawing(&self) -> Drawing {
        let bins: Vec<Bin> = self.bins.iter().copied().filter_map(drawn).collect();
        let range = extent(bins.iter().flat_map(|bin| [bin.from, bin.to]));
        let total: usize = bins.iter().map(|bin| bin.count).sum();
        match range.filter(|_| total > 0) {
            None => nothing(&self.heading),
            Some(range) => picture(&self.heading, |canvas, top| Plot::new(self, bins, range, top).draw(canvas)),
        }
    }
}

/// The bin with edges that can be drawn.
fn drawn(bin: Bin) -> Option<Bin> {
    Some(Bin { from: sane(bin.from)?, to: sane(bin.to)?, ..bin })
}

struct Plot<'a> {
    chart: &'a Histogram,
    bins: Vec<Bin>,
    area: Area,
    x: Axis,
    y: Axis,
    marks: Marks,
    total: f64,
    /// Where the title of the side stands.
    top: f64,
}

impl<'a> Plot<'a> {
    fn new(chart: &'a Histogram, bins: Vec<Bin>, range: (f64, f64), top: f64) -> Self {
        let total = bins.iter().map(|bin| bin.count).sum::<usize>() as f64;
        let max = bins.iter().map(|bin| bin.count).max().unwrap_or(1) as f64;
        let y = Axis::new((0.0, max / total), 4);
        let left = MARGIN + widest(y.ticks().into_iter().map(percent), SMALL) + 10.0;
        let right = WIDTH - MARGIN;
        let x = Axis::new(range, 8).over(left, right);
        let marks = Marks::new(&chart.marks, &x, (left, right));
        let first = top;
        let top = first + TITLE_ROW + SIDES_ROW + marks.height() + ABOVE_PLOT;
        let area = Area::sized(left, top, right - left, HEIGHT);
        let y = y.over(area.bottom, area.top);
        Self { chart, bins, area, x, y, marks, total, top: first }
    }

    fn draw(&self, canvas: &mut Canvas) -> f64 {
        grid::level(canvas, self.area, &self.y.ticks_with(percent));
        self.bins.iter().for_each(|bin| self.draw_bin(canvas, bin));
        self.marks.draw(canvas, self.area, ABOVE_PLOT);
        self.draw_sides(canvas);
        let (title, top) = (fit(&self.chart.y_title, WIDTH - 2.0 * MARGIN, SMALL), self.top);
        canvas.text((MARGIN, top + SMALL.size), &title, SMALL);
        let results = self.x.labelled_ticks();
        grid::foot(canvas, self.area, &results, &self.chart.x_title)
    }

    fn draw_bin(&self, canvas: &mut Canvas, bin: &Bin) {
        let foot = (self.x.at(bin.from), self.area.bottom);
        let head = (self.x.at(bin.to), self.y.at(bin.count as f64 / self.total));
        let area = Area::around(foot, head);
        let gap = (area.width() * 0.08).min(1.0);
        let fill = if bin.to > 0.0 { ABOVE } else { BELOW };
        if bin.count > 0 {
            fill.draw(canvas, Area { right: area.right - gap, ..area });
        }
    }

    /// The line at zero with a text at each side of it, or both texts from the left when
    /// zero does not fit one of them.
    fn draw_sides(&self, canvas: &mut Canvas) {
        let Area { left, right, top, bottom } = self.area;
        let baseline = top - ABOVE_PLOT - self.marks.height() - 10.0;
        let zero = self.x.at(0.0);
        if (left..=right).contains(&zero) {
            canvas.line((zero, baseline - 12.0), (zero, bottom), INK, 1.6);
        }
        let half = (right - left) / 2.0 - 20.0;
        let below = Side::new(&self.chart.below, half, STRONG.color(WARNING_INK));
        let above = Side::new(&self.chart.above, half, STRONG.color(BLUE));
        let fits = zero - 10.0 - below.width >= left && zero + 10.0 + above.width <= right;
        let start = if fits { zero - 10.0 - below.width } else { left };
        let next = if fits { zero + 10.0 } else { left + below.width + below.gap() };
        canvas.text((start, baseline), &below.text, below.style);
        canvas.text((next, baseline), &above.text, above.style);
    }
}

/// A text at one side of zero.
struct Side {
    text: String,
    style: Style,
    width: f64,
}

impl Side {
    fn new(text: &str, room: f64, style: Style) -> Self {
        let text = fit(text, room, style);
        Self { width: width(&text, style), text, style }
    }

    fn gap(&self) -> f64 {
        if self.text.is_empty() { 0.0 } else { 28.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_round_and_hold_every_value() {
        let values = [-31.0, -2.0, 0.0, 4.0, 19.9, 20.0, 61.0, f64::NAN];
        let bins = bins(&values, 5);
        let edges: Vec<f64> = bins.iter().map(|bin| bin.from).collect();
        assert_eq!(edges, [-40.0, -20.0, 0.0, 20.0, 40.0, 60.0]);
        assert_eq!(bins.iter().map(|bin| bin.count).collect::<Vec<_>>(), [1, 1, 3, 1, 0, 1]);
    }

    #[test]
    fn any_values_can_be_sorted() {
        for values in [&[][..], &[0.0], &[7.0; 3], &[-1e300, 1e300], &[1e15, 1e15 + 1.0], &[f64::NAN]] {
            let kept = values.iter().filter(|value| value.is_finite()).count();
            assert_eq!(bins(values, 30).iter().map(|bin| bin.count).sum::<usize>(), kept);
        }
    }
}
