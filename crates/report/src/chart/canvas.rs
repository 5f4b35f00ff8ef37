//! The drawing surface of charts: pixels and colours in, a [`Drawing`] out.
//!
//! Charts draw here what charts are made of: text that fits, lines, areas, dots, a heading, a legend.
//! Everything goes through the backend interface of plotters.

use plotters::prelude::{DrawingBackend, IntoFont};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, ShapeStyle, TextStyle};

use super::Heading;
use super::drawing::{Drawing, Group, Shape, length, units};
use super::font::FAMILY;
use super::place::Area;
use super::text::{Align, LABEL, SUBTITLE, Style, TITLE, clean, clean_to, fit, width, wrap};
use super::theme::{GREY, MARGIN, WHITE, WIDTH};

/// The size of a legend's field, and the room after it and after its text.
const SWATCH: (f64, f64) = (20.0, 13.0);
const AFTER_SWATCH: f64 = 7.0;
const AFTER_ENTRY: f64 = 22.0;
const LEGEND_ROW: f64 = 22.0;
/// A text alternative is cut here.
const LONGEST_DESCRIPTION: usize = 4000;

const NO_FAIL: &str = "a drawing in memory cannot fail";

/// A picture being drawn, 960 pixels wide and as high as it turns out to be.
pub(super) struct Canvas(Drawing);

/// Draws a picture: the heading, then what `body` draws under it. The body is given the
/// first free y and gives back the last used one.
pub(super) fn picture(heading: &Heading, body: impl FnOnce(&mut Canvas, f64) -> f64) -> Drawing {
    let title = clean(&heading.title);
    let words = if heading.description.is_empty() { &heading.title } else { &heading.description };
    let description = clean_to(words, LONGEST_DESCRIPTION);
    let mut canvas = Canvas(Drawing { title, description, ..Drawing::default() });
    let top = canvas.heading(heading);
    let bottom = body(&mut canvas, top);
    Drawing { height: (bottom + MARGIN).ceil() as u32, ..canvas.0 }
}

/// Draws a page of this height, with what is read out instead of it.
pub(super) fn page(title: &str, height: f64, body: impl FnOnce(&mut Canvas)) -> Drawing {
    let mut canvas = Canvas(Drawing { title: clean(title), height: height.ceil() as u32, ..Drawing::default() });
    body(&mut canvas);
    let texts = canvas.0.shapes.iter().filter_map(|shape| match shape {
        Shape::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let description = texts.collect::<Vec<&str>>().join("; ");
    Drawing { description, ..canvas.0 }
}

/// A picture that says there is nothing to show.
pub(super) fn nothing(heading: &Heading) -> Drawing {
    picture(heading, |canvas, top| {
        canvas.text((MARGIN, top + 26.0), "Nothing to show.", LABEL.color(GREY));
        top + 40.0
    })
}

impl Canvas {
    fn heading(&mut self, heading: &Heading) -> f64 {
        let mut y = 22.0;
        for (text, style, after) in [(&heading.title, TITLE, 4.0), (&heading.subtitle, SUBTITLE, 13.0)] {
            for line in wrap(text, WIDTH - 2.0 * MARGIN, 2, style) {
                self.text((MARGIN, y + style.size), &line, style);
                y += style.leading();
            }
            y += after;
        }
        y
    }

    /// Puts a drawing of this width below a line.
    pub fn place(&mut self, drawing: &Drawing, top: f64) {
        let (_, down) = units((0.0, top));
        self.0.shapes.extend(drawing.shapes.iter().map(|shape| shape.lowered(down)));
    }

    /// Text whose baseline begins, is centred or ends at a point.
    pub fn text(&mut self, at: (f64, f64), text: &str, style: Style) {
        let face = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = (FAMILY, style.size, face).into_font();
        let side = match style.align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let style = TextStyle::from(font).color(&style.color).pos(Pos::new(side, VPos::Top));
        self.0.draw_text(&clean(text), &style, units(at)).expect(NO_FAIL);
    }

    /// Lines of text under each other, around a middle.
    pub fn block(&mut self, (x, middle): (f64, f64), lines: &[(String, Style)]) {
        let leading = LABEL.leading();
        let first = middle - (lines.len() as f64 - 1.0) / 2.0 * leading;
        for (line, (text, style)) in lines.iter().enumerate() {
            let baseline = first + line as f64 * leading + style.drop();
            self.text((x, baseline), text, *style);
        }
    }

    /// Begins what belongs to the bar, line or point at a place, until [`Self::end`].
    pub fn begin(&mut self, place: usize) {
        self.0.shapes.push(Shape::Begin(Group::Of(place)));
    }

    /// Ends what was begun.
    pub fn end(&mut self) {
        self.0.shapes.push(Shape::End);
    }

    /// Says where this many values along the x axis of a plot lie.
    pub fn along(&mut self, plot: Area, values: usize) {
        self.0.shapes.extend([Shape::Begin(Group::Along { plot, values }), Shape::End]);
    }

    /// Text on a patch of paper, so that the lines under it do not strike it through.
    pub fn text_on_paper(&mut self, at: (f64, f64), text: &str, style: Style) {
        let width = width(text, style);
        let left = match style.align {
            Align::Left => at.0,
            Align::Centre => at.0 - width / 2.0,
            Align::Right => at.0 - width,
        };
        let patch = Area::sized(left, at.1 - style.size * 0.8, width, style.size * 1.1);
        self.rect(patch, WHITE.mix(0.85));
        self.text(at, text, style);
    }

    /// A filled rectangle.
    pub fn rect(&mut self, area: Area, color: impl Color) {
        let (corner, other) = (units((area.left, area.top)), units((area.right, area.bottom)));
        self.0.draw_rect(corner, other, &color.filled(), true).expect(NO_FAIL);
    }

    /// A straight line of this width.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), color: impl Color, width: f64) {
        self.0.draw_line(units(from), units(to), &stroke(color, width)).expect(NO_FAIL);
    }

    /// A broken line: level or upright, with dashes and gaps of four pixels.
    pub fn dashes(&mut self, from: (f64, f64), to: (f64, f64), color: impl Color, width: f64) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let dashes = (dx.hypot(dy) / 8.0).min(200.0).floor();
        let at = |part: f64| (from.0 + dx * part, from.1 + dy * part);
        for n in 0..dashes as i32 {
            let n = f64::from(n);
            self.line(at(n / dashes), at((n + 0.5) / dashes), color.to_rgba(), width);
        }
    }

    /// A line through points.
    pub fn path(&mut self, points: &[(f64, f64)], color: impl Color, width: f64) {
        let points = points.iter().copied().map(units);
        self.0.draw_path(points, &stroke(color, width)).expect(NO_FAIL);
    }

    /// A filled outline.
    pub fn polygon(&mut self, points: &[(f64, f64)], color: impl Color) {
        let points = points.iter().copied().map(units);
        self.0.fill_polygon(points, &color.filled()).expect(NO_FAIL);
    }

    /// A filled circle.
    pub fn dot(&mut self, centre: (f64, f64), radius: f64, color: impl Color) {
        self.0.draw_circle(units(centre), length(radius), &color.filled(), true).expect(NO_FAIL);
    }

    /// A legend in as many rows as it needs, each field drawn by the caller; gives back the
    /// first free y.
    pub fn legend(&mut self, top: f64, names: &[String], mut swatch: impl FnMut(&mut Self, usize, Area)) -> f64 {
        let (mut x, mut y) = (MARGIN, top);
        for (index, name) in names.iter().enumerate() {
            let name = fit(name, 300.0, LABEL);
            let entry = SWATCH.0 + AFTER_SWATCH + width(&name, LABEL);
            if x > MARGIN && x + entry > WIDTH - MARGIN {
                (x, y) = (MARGIN, y + LEGEND_ROW);
            }
            swatch(self, index, Area::sized(x, y + 3.0, SWATCH.0, SWATCH.1));
            let baseline = y + 3.0 + SWATCH.1 / 2.0 + LABEL.drop();
            self.text((x + SWATCH.0 + AFTER_SWATCH, baseline), &name, LABEL);
            x += entry + AFTER_ENTRY;
        }
        if names.is_empty() { top } else { y + LEGEND_ROW + 8.0 }
    }
}

fn stroke(color: impl Color, width: f64) -> ShapeStyle {
    color.stroke_width(length(width))
}
