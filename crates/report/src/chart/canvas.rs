//! The drawing surface: the plotters SVG backend, used the way that makes good pictures.
//!
//! The backend knows whole units only, which makes lines wobble; so everything is drawn ten
//! times larger and the picture is shown at a tenth. It repeats attributes at every element
//! and shifts text off its baseline; so its output is tidied once, at the end, where the
//! root element with the text alternative is written too. Charts give pixels and colours
//! here and never see the backend.

use plotters::prelude::{DrawingBackend, IntoFont, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, ShapeStyle, TextStyle};

use super::Heading;
use super::place::Area;
use super::text::{Align, FAMILY, LABEL, SUBTITLE, Style, TITLE, clean, clean_to, fit, width, wrap};
use super::theme::{GREY, MARGIN, WHITE, WIDTH};

/// How much finer the backend's grid is than a pixel.
const FINE: f64 = 10.0;
/// The backend writes font sizes divided by this.
const BACKEND_FONT_RATIO: f64 = 1.24;
/// The size of a legend's field, and the room after it and after its text.
const SWATCH: (f64, f64) = (20.0, 13.0);
const AFTER_SWATCH: f64 = 7.0;
const AFTER_ENTRY: f64 = 22.0;
const LEGEND_ROW: f64 = 22.0;
/// A text alternative is cut here.
const LONGEST_DESCRIPTION: usize = 4000;

/// Begins a mark among the elements; no text of a user holds it ([`super::text::clean`]).
const MARK: char = '\u{fff9}';

const NO_FAIL: &str = "drawing into a string cannot fail";

/// A picture being drawn, 960 pixels wide and as high as it turns out to be.
pub(super) struct Canvas<'a> {
    backend: SVGBackend<'a>,
}

/// Draws a picture: the heading, then what `body` draws under it. The body is given the
/// first free y and gives back the last used one.
pub(super) fn picture(heading: &Heading, body: impl FnOnce(&mut Canvas, f64) -> f64) -> String {
    let mut raw = String::new();
    let mut canvas = Canvas { backend: SVGBackend::with_string(&mut raw, (1, 1)) };
    let top = canvas.heading(heading);
    let bottom = body(&mut canvas, top);
    canvas.backend.present().expect(NO_FAIL);
    drop(canvas);
    root(heading, bottom + MARGIN) + &tidied(&raw)
}

/// A picture that says there is nothing to show.
pub(super) fn nothing(heading: &Heading) -> String {
    picture(heading, |canvas, top| {
        canvas.text((MARGIN, top + 26.0), "Nothing to show.", LABEL.color(GREY));
        top + 40.0
    })
}

impl Canvas<'_> {
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

    /// Text whose baseline begins, is centred or ends at a point.
    pub fn text(&mut self, at: (f64, f64), text: &str, style: Style) {
        let face = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = (FAMILY, style.size * FINE * BACKEND_FONT_RATIO, face).into_font();
        let side = match style.align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let style = TextStyle::from(font).color(&style.color).pos(Pos::new(side, VPos::Top));
        self.backend.draw_text(&clean(text), &style, fine(at)).expect(NO_FAIL);
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
        self.mark(&format!("of={place}"));
    }

    /// Ends what was begun.
    pub fn end(&mut self) {
        self.mark("");
    }

    /// Says where so many values along the foot lie: the edges of their area, in the units of the picture.
    pub fn along(&mut self, area: Area, values: usize) {
        let ((left, top), (right, bottom)) = (fine((area.left, area.top)), fine((area.right, area.bottom)));
        self.mark(&format!("along={left} {right} {top} {bottom} {values}"));
        self.end();
    }

    /// The backend knows no groups: a mark is written as text, and made a group when the picture is
    /// tidied.
    fn mark(&mut self, what: &str) {
        let style = TextStyle::from((FAMILY, 1.0).into_font());
        self.backend.draw_text(&format!("{MARK}{what}"), &style, (0, 0)).expect(NO_FAIL);
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
        let (corner, other) = (fine((area.left, area.top)), fine((area.right, area.bottom)));
        self.backend.draw_rect(corner, other, &color.filled(), true).expect(NO_FAIL);
    }

    /// A straight line of this width.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), color: impl Color, width: f64) {
        self.backend.draw_line(fine(from), fine(to), &stroke(color, width)).expect(NO_FAIL);
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
        let points = points.iter().copied().map(fine);
        self.backend.draw_path(points, &stroke(color, width)).expect(NO_FAIL);
    }

    /// A filled outline.
    pub fn polygon(&mut self, points: &[(f64, f64)], color: impl Color) {
        let points = points.iter().copied().map(fine);
        self.backend.fill_polygon(points, &color.filled()).expect(NO_FAIL);
    }

    /// A filled circle.
    pub fn dot(&mut self, centre: (f64, f64), radius: f64, color: impl Color) {
        let radius = (radius * FINE) as u32;
        self.backend.draw_circle(fine(centre), radius, &color.filled(), true).expect(NO_FAIL);
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
    color.stroke_width((width * FINE) as u32)
}

/// From pixels to the backend's finer grid; nothing lies further out than a hundred widths.
fn fine((x, y): (f64, f64)) -> (i32, i32) {
    let unit = |pixels: f64| (pixels.clamp(-1e5, 1e5) * FINE).round() as i32;
    (unit(x), unit(y))
}

/// The root element, with the text alternative and the paper.
fn root(heading: &Heading, height: f64) -> String {
    let height = height.ceil();
    let (fine_width, fine_height) = (WIDTH * FINE, height * FINE);
    let title = escaped(&clean(&heading.title));
    let description = escaped(&clean_to(&heading.description, LONGEST_DESCRIPTION));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {fine_width} {fine_height}\" font-family=\"{FAMILY}\" stroke-linejoin=\"round\">\n\
         <title>{title}</title>\n<desc>{description}</desc>\n\
         <rect width=\"{fine_width}\" height=\"{fine_height}\" fill=\"#FFFFFF\"/>\n"
    )
}

/// The backend's elements without its root's beginning and without what need not be said.
/// Texts hold neither quotes nor line breaks by then, so only markup can match.
fn tidied(raw: &str) -> String {
    let body = raw.split_once('\n').map_or("", |(_, body)| body);
    let family = format!(" font-family=\"{FAMILY}\"");
    let svg = [
        (family.as_str(), ""),
        (" dy=\"0.76em\"", ""),
        (" opacity=\"1\"", ""),
        (" stroke=\"none\"", ""),
        (" text-anchor=\"start\"", ""),
        (" \"/>", "\"/>"),
        ("\n</text>", "</text>"),
    ]
    .into_iter()
    .fold(body.replace("\">\n", "\">"), |svg, (from, to)| svg.replace(from, to));
    svg.lines().map(|line| grouped(line) + "\n").collect()
}

/// A line of the picture; a mark becomes the beginning or the end of a group.
fn grouped(line: &str) -> String {
    let mark = line.split_once(MARK).and_then(|(_, rest)| rest.split_once("</text>"));
    match mark.map(|(mark, _)| mark.split_once('=')) {
        None => line.to_string(),
        Some(None) => "</g>".to_string(),
        Some(Some((name, value))) => format!("<g data-{name}=\"{value}\">"),
    }
}

/// The picture without its groups: for files, in which nobody chooses bars or lines.
pub fn ungrouped(svg: &str) -> String {
    let is_group = |line: &&str| line.starts_with("<g ") || *line == "</g>";
    svg.lines().filter(|line| !is_group(line)).map(|line| line.to_string() + "\n").collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
