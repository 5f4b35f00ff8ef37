//! Cost against coverage: one point an alternative, and the frontier of those that no
//! other one beats in both.
//!
//! Points have the shapes of their signs. Those efficient are filled and joined by steps,
//! the others are hollow, so that the two stay apart without colour. Names are at the points, where there is room;
//! of very many points only some are named, those with a remark and those efficient first.
//! Which points are efficient is for the caller to say.

use plotters::style::Color;

use super::axis::{Axis, extent, sane};
use super::canvas::{Canvas, nothing, picture};
use super::drawing::Drawing;
use super::marker::Marker;
use super::number::{figure, percent};
use super::place::{Area, Crowd, Wanted};
use super::text::{SMALL, STRONG, Style, block, fit, remark, widest, widest_block, width};
use super::theme::{GREY, MARGIN, SILVER, WARNING, WARNING_INK, WIDTH, ink_of};
use super::{Chart, Heading, Note, grid};

const HEIGHT: f64 = 400.0;
const WIDEST_LABEL: f64 = 240.0;
const WIDEST_FRONTIER_LABEL: f64 = 340.0;
const LABEL_LINE: f64 = 15.0;
/// A step shorter than this is not named.
const SHORTEST_NAMED_STEP: f64 = 24.0;
const POINT: f64 = 6.0;
/// Names beyond these would cover each other, and looking for their places would take longer than all else.
const MAX_NAMED: usize = 60;
/// The radius of a dot of the cloud.
const DOT: f64 = 1.8;
/// Places that the name of the target line tries, from the right, are this far apart.
const LABEL_STEP: f64 = 12.0;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scatter {
    /// What is above the chart.
    pub heading: Heading,
    /// What the cost axis shows, with its unit.
    pub cost_title: String,
    /// What the coverage axis shows.
    pub coverage_title: String,
    /// The points.
    pub points: Vec<Point>,
    /// The coverage asked for.
    pub target: Option<Target>,
    /// The most that may be spent.
    pub budget: Option<f64>,
    /// What the line through the frontier is called; empty for nothing.
    pub frontier_label: String,
    /// Dots without names.
    pub cloud: Vec<Faint>,
}

/// One point; it is left out when one of its numbers is not finite.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Its name.
    pub name: String,
    /// How far to the right it lies.
    pub cost: f64,
    /// How high it lies, as a share from 0 to 1.
    pub coverage: f64,
    /// The same as text.
    pub covered: String,
    /// The number of its colour and shape; 0 is grey.
    pub marker: usize,
    /// Whether no other point costs less and covers more.
    pub on_frontier: bool,
    /// A remark under the name.
    pub note: Option<Note>,
}

/// A dot without a name; it is left out when one of its numbers is not finite.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Faint {
    /// How far to the right it lies.
    pub cost: f64,
    /// How high it lies, as a share from 0 to 1.
    pub coverage: f64,
    /// Whether the frontier runs through it.
    pub on_frontier: bool,
}

impl Faint {
    /// Its cost and coverage as they can be drawn; `None` when one of them is not finite.
    fn place(&self) -> Option<(f64, f64)> {
        Some((sane(self.cost)?, sane(self.coverage)?))
    }
}

/// A line at the coverage asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// The share asked for, from 0 to 1.
    pub coverage: f64,
    /// What the line is called.
    pub label: String,
}

impl Chart for Scatter {
    fn drawing(&self) -> Drawing {
        let drawn: Vec<Drawn> = self.points.iter().enumerate().filter_map(Drawn::new).collect();
        let cloud = || self.cloud.iter().filter_map(Faint::place);
        let costs = drawn.iter().map(|point| point.cost).chain(cloud().map(|(cost, _)| cost));
        let Some(cost) = extent(costs) else {
            return nothing(&self.heading);
        };
        let cost = extent([cost.0, cost.1].into_iter().chain(self.budget.and_then(sane))).unwrap_or(cost);
        let target = self.target.as_ref().and_then(|target| sane(target.coverage));
        let shares = drawn.iter().map(|point| point.coverage).chain(cloud().map(|(_, coverage)| coverage));
        let coverage = extent(shares.chain(target)).unwrap_or_default();
        picture(&self.heading, |canvas, top| {
            Plot::new(self, drawn, (padded(cost, 0.1), headroom(coverage)), top).draw(canvas)
        })
    }
}

/// A point whose numbers can be drawn.
struct Drawn<'a> {
    index: usize,
    point: &'a Point,
    cost: f64,
    coverage: f64,
    marker: Marker,
}

impl<'a> Drawn<'a> {
    fn new((index, point): (usize, &'a Point)) -> Option<Self> {
        Some(Self {
            index,
            point,
            cost: sane(point.cost)?,
            coverage: sane(point.coverage)?,
            marker: Marker::of(point.marker),
        })
    }
}

/// The range with this part of its width added at both ends; a single value gets a tenth
/// of itself.
fn padded((low, high): (f64, f64), part: f64) -> (f64, f64) {
    let width = if high > low { high - low } else { high.abs() };
    (low - width * part, high + width * part)
}

/// The range of shares with room for labels around it, and at least ten percentage points
/// high.
fn headroom((low, high): (f64, f64)) -> (f64, f64) {
    let height = (high - low).max(0.1);
    let bottom = low.min(high - height) - height * 0.28;
    let floor = if low >= 0.0 { height * -0.02 } else { f64::MIN };
    (bottom.max(floor), high + height * 0.16)
}

/// The ticks of the coverage axis: none beyond 100%, unless a point lies there.
fn share_ticks(axis: &Axis, points: &[Drawn]) -> Vec<f64> {
    let max = points.iter().map(|point| point.coverage).fold(1.0, f64::max);
    let mut ticks = axis.ticks();
    ticks.retain(|&tick| tick <= max + 1e-9);
    ticks
}

/// Draws something that belongs to the point with this number.
fn as_own(canvas: &mut Canvas, point: usize, draw: impl FnOnce(&mut Canvas)) {
    canvas.begin(point);
    draw(canvas);
    canvas.end();
}

struct Plot<'a> {
    chart: &'a Scatter,
    points: Vec<Drawn<'a>>,
    area: Area,
    x: Axis,
    y: Axis,
    shares: Vec<f64>,
}

impl<'a> Plot<'a> {
    fn new(chart: &'a Scatter, points: Vec<Drawn<'a>>, (cost, coverage): ((f64, f64), (f64, f64)), top: f64) -> Self {
        let y = Axis::new(coverage, 6);
        let shares = share_ticks(&y, &points);
        let left = MARGIN + widest(shares.iter().map(|&share| percent(share)), SMALL) + 10.0;
        let area = Area::around((left, top + 24.0), (WIDTH - MARGIN, top + HEIGHT));
        let x = Axis::new(cost, 7).over(area.left, area.right);
        let y = y.over(area.bottom, area.top);
        Self { chart, points, area, x, y, shares }
    }

    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let mut crowd = Crowd::new(self.area);
        for point in &self.points {
            let (x, y) = self.at(point);
            crowd.take(Area::around((x, y), (x, y)).grown(POINT + 2.0));
        }
        self.draw_grid(canvas);
        self.draw_cloud(canvas);
        self.draw_target(canvas, &mut crowd);
        self.draw_budget(canvas, &mut crowd);
        let steps = self.draw_frontier(canvas, &mut crowd);
        let labels = self.labels(&mut crowd);
        labels.iter().for_each(|label| as_own(canvas, label.index, |canvas| label.draw_leader(canvas)));
        labels.iter().for_each(|label| as_own(canvas, label.index, |canvas| label.draw(canvas)));
        self.name_frontier(canvas, &mut crowd, &steps);
        self.points.iter().for_each(|point| as_own(canvas, point.index, |canvas| self.draw_point(canvas, point)));
        let costs = self.x.labelled_ticks();
        grid::foot(canvas, self.area, &costs, &self.chart.cost_title)
    }

    /// The points that are named, in their order.
    fn named(&self) -> Vec<&Drawn<'a>> {
        let mut named: Vec<&Drawn> = self.points.iter().collect();
        if named.len() > MAX_NAMED {
            named.sort_by_key(|point| (point.point.note.is_none(), !point.point.on_frontier));
            named.truncate(MAX_NAMED);
            named.sort_by_key(|point| point.index);
        }
        named
    }

    fn at(&self, point: &Drawn) -> (f64, f64) {
        (self.x.at(point.cost), self.y.at(point.coverage))
    }

    fn draw_grid(&self, canvas: &mut Canvas) {
        let Area { top, right, .. } = self.area;
        let title = match self.points.len() {
            all if all > MAX_NAMED => {
                format!("{} ({MAX_NAMED} of {all} points are named)", self.chart.coverage_title)
            }
            _ => self.chart.coverage_title.clone(),
        };
        canvas.text((MARGIN, top - 12.0), &fit(&title, right - MARGIN, SMALL), SMALL);
        let shares = self.shares.iter();
        let shares: Vec<_> = shares.map(|&share| (self.y.at(share), percent(share))).collect();
        grid::level(canvas, self.area, &shares);
    }

    /// The dots without names, the frontier's darker.
    fn draw_cloud(&self, canvas: &mut Canvas) {
        let drawn = self.chart.cloud.iter().filter_map(|dot| Some((dot.place()?, dot)));
        for ((cost, coverage), dot) in drawn {
            let at = (self.x.at(cost), self.y.at(coverage));
            canvas.dot(at, DOT, if dot.on_frontier { GREY } else { SILVER });
        }
    }

    fn draw_target(&self, canvas: &mut Canvas, crowd: &mut Crowd) {
        let Some(target) = &self.chart.target else {
            return;
        };
        let Some(coverage) = sane(target.coverage) else {
            return;
        };
        let (from, to) = ((self.area.left, self.y.at(coverage)), (self.area.right, self.y.at(coverage)));
        canvas.dashes(from, to, WARNING, 1.6);
        let style = SMALL.color(WARNING_INK).bold();
        let label = fit(&target.label, self.area.width(), style);
        let wide = width(&label, style);
        let rightmost = to.0 - wide;
        let many = ((rightmost - from.0) / LABEL_STEP).floor().max(0.0) as i32;
        let over = |step: i32| Area::sized(rightmost - f64::from(step) * LABEL_STEP, to.1 - 18.0, wide, 18.0);
        let place = (0..=many).map(over).find(|place| crowd.is_free(place)).unwrap_or(over(0));
        canvas.text((place.left, to.1 - 6.0), &label, style);
        crowd.take(place);
        crowd.take(Area::around(from, to).grown(2.0));
    }

    /// The budget as an upright line, with its name at the foot, left of it where there is space.
    fn draw_budget(&self, canvas: &mut Canvas, crowd: &mut Crowd) {
        let Some(budget) = self.chart.budget.and_then(sane) else {
            return;
        };
        let (from, to) = ((self.x.at(budget), self.area.top), (self.x.at(budget), self.area.bottom));
        canvas.dashes(from, to, WARNING, 1.6);
        crowd.take(Area::around(from, to).grown(2.0));
        let highest = self.points.iter().map(|point| point.cost.abs()).fold(budget.abs(), f64::max);
        let style = SMALL.color(WARNING_INK).bold();
        let label = format!("budget {}", figure(budget, highest));
        let wide = width(&label, style) + 6.0;
        let beside = |left: f64, up: f64| Area::sized(left, to.1 - 18.0 - up, wide, 18.0);
        let heights = (0..8).map(|step| f64::from(step) * 18.0);
        let places = heights.flat_map(|up| [beside(from.0 - wide, up), beside(from.0 + 6.0, up)]);
        let fits =
            |place: &Area| place.left >= self.area.left && place.right <= self.area.right && crowd.is_free(place);
        let place = { places }.find(fits).unwrap_or(beside(from.0 - wide, 0.0));
        canvas.text_on_paper((place.left, place.bottom - 5.0), &label, style);
        crowd.take(place);
    }

    /// The frontier as steps: for more cost the same coverage, until the next point. Gives
    /// back their corners.
    fn draw_frontier(&self, canvas: &mut Canvas, crowd: &mut Crowd) -> Vec<(f64, f64)> {
        let mut frontier: Vec<(f64, f64)> = self
            .points
            .iter()
            .filter(|point| point.point.on_frontier && self.chart.cloud.is_empty())
            .map(|point| self.at(point))
            .collect();
        let dots = self.chart.cloud.iter().filter(|dot| dot.on_frontier);
        let dots = dots.filter_map(Faint::place);
        frontier.extend(dots.map(|(cost, coverage)| (self.x.at(cost), self.y.at(coverage))));
        frontier.sort_by(|a, b| a.0.total_cmp(&b.0));
        let steps: Vec<(f64, f64)> =
            frontier.windows(2).flat_map(|pair| [pair[0], (pair[1].0, pair[0].1), pair[1]]).collect();
        if !steps.is_empty() {
            canvas.path(&steps, SILVER.mix(0.7), 3.0);
        }
        for pair in steps.windows(2) {
            crowd.take(Area::around(pair[0], pair[1]).grown(2.0));
        }
        steps
    }

    /// The name of the frontier at its longest level step with space for it nearby; no name where
    /// none has.
    fn name_frontier(&self, canvas: &mut Canvas, crowd: &mut Crowd, steps: &[(f64, f64)]) {
        let label = fit(&self.chart.frontier_label, WIDEST_FRONTIER_LABEL, SMALL);
        let mut level: Vec<Area> = steps.windows(2).map(|pair| Area::around(pair[0], pair[1])).collect();
        level.retain(|step| step.width() > SHORTEST_NAMED_STEP && !label.is_empty());
        level.sort_by(|a, b| b.width().total_cmp(&a.width()));
        let size = (width(&label, SMALL), 14.0);
        if let Some(spot) = level.iter().find_map(|step| crowd.find_free(step.middle(), size)) {
            canvas.text_on_paper((spot.left, spot.bottom - 3.0), &label, SMALL);
        }
    }

    fn draw_point(&self, canvas: &mut Canvas, point: &Drawn) {
        let at = self.at(point);
        if point.point.on_frontier {
            point.marker.draw(canvas, at, POINT);
        } else {
            point.marker.draw_hollow(canvas, at, POINT);
        }
    }

    /// The name, the values and the remark of a point.
    fn text(&self, point: &Drawn, highest: f64) -> Vec<(String, Style)> {
        let cost = figure(point.cost, highest);
        let name = STRONG.color(ink_of(point.marker.color));
        let mut lines = vec![
            (fit(&point.point.name, WIDEST_LABEL, name), name),
            (format!("{cost}, {}", fit(&point.point.covered, WIDEST_LABEL / 2.0, SMALL)), SMALL),
        ];
        if let Some(note) = &point.point.note {
            lines.extend(block(&note.text, WIDEST_LABEL, 2, remark(note.tone)));
        }
        lines
    }

    /// The texts of the points that are named, each in the best place around its point.
    fn labels(&self, crowd: &mut Crowd) -> Vec<Label> {
        let highest = self.points.iter().map(|point| point.cost.abs()).fold(0.0, f64::max);
        let named = self.named();
        let texts: Vec<_> = named.iter().map(|point| self.text(point, highest)).collect();
        let wanted = named.iter().zip(&texts).map(|(point, lines)| Wanted {
            point: self.at(point),
            size: (widest_block([&lines[..]]), lines.len() as f64 * LABEL_LINE),
        });
        let wanted: Vec<Wanted> = wanted.collect();
        let placed = wanted.iter().zip(crowd.find_all(&wanted)).zip(named.iter().zip(texts));
        placed.map(|((of, spot), (point, lines))| Label { index: point.index, point: of.point, spot, lines }).collect()
    }
}

/// The lines of text that belong to a point, and where they are.
struct Label {
    index: usize,
    point: (f64, f64),
    spot: Area,
    lines: Vec<(String, Style)>,
}

impl Label {
    /// A fine line to the point, when the text is apart from it.
    fn draw_leader(&self, canvas: &mut Canvas) {
        let ((x, y), spot) = (self.point, self.spot);
        let near = (x.clamp(spot.left, spot.right), y.clamp(spot.top, spot.bottom));
        if (near.0 - x).hypot(near.1 - y) > 18.0 {
            canvas.line((x, y), near, GREY.mix(0.6), 0.8);
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        for (line, (text, style)) in self.lines.iter().enumerate() {
            let baseline = self.spot.top + 11.5 + line as f64 * LABEL_LINE;
            let (x, style) = self.aligned(*style);
            canvas.text_on_paper((x, baseline), text, style);
        }
    }

    /// Text left of its point ends there, text right of it begins there, other text is
    /// centred.
    fn aligned(&self, style: Style) -> (f64, Style) {
        let (x, _) = self.point;
        match () {
            () if self.spot.left >= x => (self.spot.left, style),
            () if self.spot.right <= x => (self.spot.right, style.right()),
            () => (self.spot.middle().0, style.centred()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::svg::{Groups, svg};

    #[test]
    fn of_many_points_those_that_matter_are_named() {
        let point = |number: usize| Point {
            name: format!("offer {number}."),
            cost: number as f64,
            coverage: 0.5,
            on_frontier: number == 190,
            note: (number == 180).then(|| Note { text: "cheapest".into(), tone: Default::default() }),
            ..Point::default()
        };
        let chart = Scatter { points: (0..200).map(point).collect(), ..Scatter::default() };
        let drawn = svg(&chart, Groups::None);
        let named: Vec<usize> = (0..200).filter(|number| drawn.contains(&format!("offer {number}."))).collect();
        assert_eq!(named, (0..58).chain([180, 190]).collect::<Vec<_>>());
        assert!(drawn.contains("60 of 200 points are named"));
    }
}
