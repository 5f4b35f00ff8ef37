//! A map of the cheapest alternative by value: two inputs along the axes, the winner as the colour of a cell.
//!
//! Each area carries the shape of its winner's sign, and its name where there is room; a legend
//! names them all.
//! Cells side by side with the same winner are drawn as one rectangle. The place where the
//! inputs stand today may be marked.

use plotters::style::RGBColor;

use super::canvas::{Canvas, nothing, picture};
use super::drawing::Drawing;
use super::marker::Marker;
use super::place::Area;
use super::text::{SMALL, STRONG, Style, block, fit, widest, widest_block, width};
use super::theme::{INK, MARGIN, PALE, WHITE, WIDTH, ink_on, pale};
use super::{Chart, Heading, grid};

/// The plot is about this high, and its cells are between these heights.
const HEIGHT: f64 = 380.0;
const CELL_HEIGHTS: (f64, f64) = (4.0, 44.0);
const WIDEST_VALUE: f64 = 120.0;
/// An area lower than this does not fit a name.
const LOWEST_NAMED: f64 = 17.0;
/// The least distance of a name's middle from the mark's.
const NAME_TO_MARK: f64 = 24.0;
const EDGE: f64 = 1.5;
/// How far a row reaches under the next one, so that no paper is seen between them.
const SEAM: f64 = 0.8;
const SIGN: f64 = 4.0;
/// The room of the sign before a name.
const BEFORE_NAME: f64 = 16.0;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridMap {
    /// What is above the chart.
    pub heading: Heading,
    /// The input along the foot.
    pub x_title: String,
    /// The input along the side.
    pub y_title: String,
    /// The values along the foot, from the left.
    pub x_values: Vec<String>,
    /// The values along the side, from the foot.
    pub y_values: Vec<String>,
    /// Everything that can win.
    pub names: Vec<String>,
    /// The number of the colour and shape of each; what is missing is grey.
    pub markers: Vec<usize>,
    /// One row for each value along the side, one cell for each value along the foot: the
    /// place of the winner in `names`. What is missing or `None` is drawn as "none".
    pub cells: Vec<Vec<Option<usize>>>,
    /// The cell of today's values: its place along the foot and along the side.
    pub here: Option<(usize, usize)>,
    /// What is written at that cell.
    pub here_label: String,
}

impl Chart for GridMap {
    fn drawing(&self) -> Drawing {
        if self.x_values.is_empty() || self.y_values.is_empty() {
            return nothing(&self.heading);
        }
        picture(&self.heading, |canvas, top| {
            let winners = winners(self);
            let names: Vec<String> = winners.iter().map(|&winner| name(self, winner)).collect();
            let top = canvas.legend(top, &names, |canvas, entry, field| {
                canvas.rect(field, color(self, winners[entry]));
                if let Some(marker) = marker(self, winners[entry]) {
                    marker.draw_in_ink(canvas, field.middle(), SIGN);
                }
            });
            Map::new(self, top).draw(canvas, &winners)
        })
    }
}

/// Everything that wins somewhere, in the order of the names; `None` first.
fn winners(chart: &GridMap) -> Vec<Option<usize>> {
    let columns = 0..chart.x_values.len();
    let cells = columns.flat_map(|x| (0..chart.y_values.len()).map(move |y| (x, y)));
    let mut winners: Vec<_> = cells.map(|(x, y)| winner(chart, x, y)).collect();
    winners.sort_unstable();
    winners.dedup();
    winners
}

fn winner(chart: &GridMap, x: usize, y: usize) -> Option<usize> {
    let cell = chart.cells.get(y).and_then(|row| row.get(x)).copied().flatten();
    cell.filter(|&winner| winner < chart.names.len())
}

fn name(chart: &GridMap, winner: Option<usize>) -> String {
    winner.map_or("none".to_owned(), |winner| chart.names[winner].clone())
}

fn marker(chart: &GridMap, winner: Option<usize>) -> Option<Marker> {
    winner.map(|winner| Marker::of(chart.markers.get(winner).copied().unwrap_or_default()))
}

fn color(chart: &GridMap, winner: Option<usize>) -> RGBColor {
    marker(chart, winner).map_or(PALE, |marker| pale(marker.color))
}

/// Cells of one row, side by side, with the same winner.
struct Run {
    winner: Option<usize>,
    from: usize,
    to: usize,
    row: usize,
}

struct Map<'a> {
    chart: &'a GridMap,
    area: Area,
    cell: (f64, f64),
}

impl<'a> Map<'a> {
    fn new(chart: &'a GridMap, top: f64) -> Self {
        let (columns, rows) = (chart.x_values.len() as f64, chart.y_values.len() as f64);
        let values = chart.y_values.iter().map(|value| fit(value, WIDEST_VALUE, SMALL));
        let left = MARGIN + widest(values, SMALL) + 12.0;
        let height = (HEIGHT / rows).floor().clamp(CELL_HEIGHTS.0, CELL_HEIGHTS.1);
        let area = Area::sized(left, top + 20.0, WIDTH - MARGIN - left, height * rows);
        Self { chart, area, cell: (area.width() / columns, height) }
    }

    fn draw(&self, canvas: &mut Canvas, winners: &[Option<usize>]) -> f64 {
        let runs = self.runs();
        for run in &runs {
            let area = self.area_of(run, 1);
            let over = if run.row + 1 < self.chart.y_values.len() { SEAM } else { 0.0 };
            canvas.rect(Area { top: area.top - over, ..area }, color(self.chart, run.winner));
        }
        self.draw_edges(canvas, &runs);
        for &winner in winners {
            self.draw_name(canvas, winner, &runs);
        }
        self.draw_here(canvas);
        self.draw_side(canvas);
        self.draw_foot(canvas)
    }

    fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for row in 0..self.chart.y_values.len() {
            let cells: Vec<_> = (0..self.chart.x_values.len()).map(|x| winner(self.chart, x, row)).collect();
            let mut from = 0;
            for run in cells.chunk_by(|a, b| a == b) {
                runs.push(Run { winner: run[0], from, to: from + run.len(), row });
                from += run.len();
            }
        }
        runs
    }

    /// The rectangle over this many rows of a run, counted upwards.
    fn area_of(&self, run: &Run, rows: usize) -> Area {
        let (width, height) = self.cell;
        let x = |column: usize| self.area.left + column as f64 * width;
        let foot = self.area.bottom - run.row as f64 * height;
        let top = foot - rows as f64 * height;
        Area::around((x(run.from), top), (x(run.to), foot))
    }

    /// White lines between winners, so that areas of like lightness stay apart.
    fn draw_edges(&self, canvas: &mut Canvas, runs: &[Run]) {
        for run in runs {
            let area = self.area_of(run, 1);
            if run.to < self.chart.x_values.len() {
                canvas.line((area.right, area.top), (area.right, area.bottom), WHITE, EDGE);
            }
            for (from, to) in self.changes_below(run) {
                let left = self.area.left + from as f64 * self.cell.0;
                let right = self.area.left + to as f64 * self.cell.0;
                canvas.line((left, area.bottom), (right, area.bottom), WHITE, EDGE);
            }
        }
    }

    /// The stretches of a run under which someone else wins.
    fn changes_below(&self, run: &Run) -> Vec<(usize, usize)> {
        let Some(below) = run.row.checked_sub(1) else {
            return Vec::new();
        };
        let other = |x: &usize| winner(self.chart, *x, below) != run.winner;
        let columns: Vec<usize> = (run.from..run.to).filter(other).collect();
        let stretches = columns.chunk_by(|a, b| a + 1 == *b);
        stretches.map(|part| (part[0], part[0] + part.len())).collect()
    }

    /// The name of a winner, in the middle of the largest rectangle that it has to itself
    /// and with space for the name; in several lines when there is no space for one.
    fn draw_name(&self, canvas: &mut Canvas, winner: Option<usize>, runs: &[Run]) {
        let Some(index) = winner else { return };
        let style = STRONG.color(ink_on(color(self.chart, winner))).centred();
        let own = runs.iter().filter(|run| run.winner == winner);
        let areas: Vec<Area> = own.flat_map(|run| self.areas_over(run)).collect();
        let one_line = block(&self.chart.names[index], self.area.width(), 1, style);
        let room = |area: &Area| area.width() - BEFORE_NAME - 12.0;
        let lines_in = |area: &Area| block(&self.chart.names[index], room(area), 3, style);
        let named = largest(areas.iter().filter(|area| has_room(area, &one_line)))
            .map(|area| (area, one_line))
            .or_else(|| largest(&areas).map(|area| (area, lines_in(&area))))
            .filter(|(area, lines)| has_room(area, lines));
        let Some((area, lines)) = named.or_else(|| Some((largest(&areas)?, Vec::new()))) else { return };
        let (x, y) = area.middle();
        let half = (widest_block([&lines[..]]) + BEFORE_NAME) / 2.0;
        let y = y + self.clear_of_here(Area::around((x, y), (x, y)).grown(half), area);
        canvas.block((x + BEFORE_NAME / 2.0, y), &lines);
        let at = if lines.is_empty() { x } else { x - half + SIGN };
        if area.width().min(area.height()) > 3.0 * SIGN {
            Marker::of(self.chart.markers.get(index).copied().unwrap_or_default()).draw_in_ink(canvas, (at, y), SIGN);
        }
    }

    /// The rectangles over one, two and more rows that a winner has to itself, growing
    /// narrower upwards.
    fn areas_over(&self, run: &Run) -> Vec<Area> {
        let (mut from, mut to) = (run.from, run.to);
        let mut areas = Vec::new();
        for row in run.row..self.chart.y_values.len() {
            let own = |x: &usize| winner(self.chart, *x, row) == run.winner;
            from = (from..to).find(own).unwrap_or(to);
            to = (from..to).find(|x| !own(x)).unwrap_or(to);
            if from == to {
                break;
            }
            areas.push(self.area_of(&Run { from, to, ..*run }, row - run.row + 1));
        }
        areas
    }

    /// How far a name moves within its area to keep clear of the mark.
    fn clear_of_here(&self, name: Area, area: Area) -> f64 {
        let (Some((x, y)), (_, middle)) = (self.here(), name.middle()) else {
            return 0.0;
        };
        let beside = (name.left - 80.0..=name.right + 80.0).contains(&x);
        let needed = NAME_TO_MARK - (y - middle).abs();
        if !beside || needed <= 0.0 {
            return 0.0;
        }
        let shift = if y < middle { needed } else { -needed };
        let room = (area.height() - LOWEST_NAMED).max(0.0) / 2.0;
        shift.clamp(-room, room)
    }

    /// The middle of the cell of today's values.
    fn here(&self) -> Option<(f64, f64)> {
        let (column, row) = self.chart.here?;
        let inside = column < self.chart.x_values.len() && row < self.chart.y_values.len();
        let cell = Run { winner: None, from: column, to: column.saturating_add(1), row };
        inside.then(|| self.area_of(&cell, 1).middle())
    }

    /// The mark at today's values, with its label on the side that has more room.
    fn draw_here(&self, canvas: &mut Canvas) {
        let Some((x, y)) = self.here() else { return };
        let style = SMALL.color(INK).bold();
        let label = fit(&self.chart.here_label, self.area.width() / 2.0 - 24.0, style);
        let wide = width(&label, style);
        let left = if x < self.area.middle().0 { x + 15.0 } else { x - 15.0 - wide };
        if !label.is_empty() {
            canvas.rect(Area::sized(left - 5.0, y - 9.0, wide + 10.0, 18.0), WHITE);
            canvas.text((left, y + style.drop()), &label, style);
        }
        canvas.dot((x, y), 6.5, WHITE);
        canvas.dot((x, y), 4.0, INK);
    }

    /// The values along the side, as many as fit.
    fn draw_side(&self, canvas: &mut Canvas) {
        let Area { left, top, bottom, .. } = self.area;
        let title = fit(&self.chart.y_title, WIDTH - 2.0 * MARGIN, SMALL);
        canvas.text((MARGIN, top - 10.0), &title, SMALL);
        let every = (LOWEST_NAMED / self.cell.1).ceil() as usize;
        for (row, value) in self.chart.y_values.iter().enumerate().step_by(every.max(1)) {
            let y = bottom - (row as f64 + 0.5) * self.cell.1 + SMALL.drop();
            let value = fit(value, WIDEST_VALUE, SMALL);
            canvas.text((left - 9.0, y), &value, SMALL.right());
        }
    }

    fn draw_foot(&self, canvas: &mut Canvas) -> f64 {
        let values = self.chart.x_values.iter().enumerate();
        let ticks: Vec<_> = values
            .map(|(column, value)| {
                let x = self.area.left + (column as f64 + 0.5) * self.cell.0;
                (x, fit(value, WIDEST_VALUE, SMALL))
            })
            .collect();
        grid::labels(canvas, self.area.bottom + 18.0, &ticks);
        grid::foot_title(canvas, self.area, &self.chart.x_title)
    }
}

fn largest<'a>(areas: impl IntoIterator<Item = &'a Area>) -> Option<Area> {
    let larger = |best: Area, next: Area| {
        if next.size() > best.size() { next } else { best }
    };
    areas.into_iter().copied().reduce(larger)
}

/// Whether lines fit into an area without having been shortened.
fn has_room(area: &Area, lines: &[(String, Style)]) -> bool {
    let whole = lines.last().is_some_and(|(text, _)| !text.ends_with('…'));
    let height = lines.len() as f64 * LOWEST_NAMED;
    whole && area.height() >= height && area.width() >= widest_block([lines]) + BEFORE_NAME + 12.0
}
