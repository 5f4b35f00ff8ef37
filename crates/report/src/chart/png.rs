//! A chart as PNG: the same drawing in pixels, for documents that take no SVG.
//!
//! Text is drawn as the outlines of the embedded font and nothing is read from the machine, so the same
//! chart gives the same bytes everywhere. A character the font has not is drawn as a box.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

use ab_glyph::{Font, OutlineCurve};
use plotters::style::RGBColor;
use zeno::{Command, Fill, Join, Mask, PathBuilder, Scratch, Stroke, Style, Vector};

use super::Chart;
use super::drawing::{Anchor, Drawing, Ink, Point, Shape, UNITS};
use super::font;
use super::pixels::Pixels;
use super::theme::WIDTH;

/// No side of a picture is longer than this, in pixels.
const LONGEST_SIDE: f64 = 20_000.0;

/// Why a picture could not be made.
#[derive(Debug)]
pub enum PngError {
    /// It would have a side beyond twenty thousand pixels: its width and height.
    Size(f64, f64),
    /// The pixels could not be written as PNG.
    Encoding(png::EncodingError),
}

impl Display for PngError {
    fn fmt(&self, out: &mut Formatter) -> fmt::Result {
        match self {
            Self::Size(width, height) => write!(out, "the picture would be {width:.0} by {height:.0} pixels"),
            Self::Encoding(error) => write!(out, "the picture could not be encoded: {error}"),
        }
    }
}

impl Error for PngError {}

/// Draws a chart as PNG, `scale` pixels for each of its own; 2 suits print and sharp screens.
///
/// # Errors
/// The picture is too large.
pub fn png(chart: &dyn Chart, scale: f64) -> Result<Vec<u8>, PngError> {
    encoded(&painted(&chart.drawing(), scale)?).map_err(PngError::Encoding)
}

fn painted(drawing: &Drawing, scale: f64) -> Result<Pixels, PngError> {
    let (width, height) = (WIDTH * scale, f64::from(drawing.height) * scale);
    let fits = |side: f64| (1.0..=LONGEST_SIDE).contains(&side);
    if !fits(width) || !fits(height) {
        return Err(PngError::Size(width, height));
    }
    let pixels = Pixels::new(width as usize, height as usize, drawing.shapes.iter().filter_map(Shape::ink));
    let mut painter = Painter { pixels, scale: (scale / UNITS) as f32, scratch: Scratch::new(), mask: Vec::new() };
    drawing.shapes.iter().for_each(|shape| painter.paint(shape));
    Ok(painter.pixels)
}

fn encoded(pixels: &Pixels) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width as u32, pixels.height as u32);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(2));
    encoder.set_filter(png::Filter::NoFilter);
    let channels = |&RGBColor(red, green, blue): &RGBColor| [red, green, blue];
    encoder.set_palette(pixels.palette().iter().flat_map(channels).collect::<Vec<u8>>());
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels.numbers)?;
    writer.finish()?;
    Ok(bytes)
}

/// Paints shapes; what is not an upright rectangle becomes a mask first.
struct Painter {
    pixels: Pixels,
    /// Pixels in a unit of the drawing.
    scale: f32,
    scratch: Scratch,
    mask: Vec<u8>,
}

impl Painter {
    fn paint(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { corner, other, ink } => self.pixels.rect(self.at(*corner), self.at(*other), *ink),
            Shape::Path { points, width, ink } => self.stroke(points, *width as f32 * self.scale, *ink),
            Shape::Polygon { points, ink } => {
                let mut outline = self.outline(points);
                outline.push(Command::Close);
                self.cover(&outline, Fill::NonZero, *ink);
            }
            Shape::Circle { centre, radius, ink } => {
                let mut outline = Vec::new();
                let (x, y) = self.at(*centre);
                outline.add_circle((x, y), *radius as f32 * self.scale);
                self.cover(&outline, Fill::NonZero, *ink);
            }
            Shape::Text { at, text, size, bold, anchor, ink } => {
                let size = *size as f32 * UNITS as f32 * self.scale;
                // Letter by letter: the rasteriser looks for the place of an edge along the whole row.
                for letter in letters(text, *bold, *anchor, self.at(*at), size) {
                    self.cover(&letter, Fill::NonZero, *ink);
                }
            }
            Shape::Begin(_) | Shape::End => {}
        }
    }

    fn at(&self, (x, y): Point) -> (f32, f32) {
        (x as f32 * self.scale, y as f32 * self.scale)
    }

    fn outline(&self, points: &[Point]) -> Vec<Command> {
        let corner = |&point| {
            let (x, y) = self.at(point);
            Command::LineTo(Vector::new(x, y))
        };
        let mut line: Vec<Command> = points.iter().map(corner).collect();
        if let Some(Command::LineTo(first)) = line.first().copied() {
            line[0] = Command::MoveTo(first);
        }
        line
    }

    /// A line of this width; a level or an upright one is a rectangle.
    fn stroke(&mut self, points: &[Point], width: f32, ink: Ink) {
        if let [from, to] = *points
            && (from.0 == to.0 || from.1 == to.1)
        {
            let ((x, y), (other_x, other_y), half) = (self.at(from), self.at(to), width / 2.0);
            let (across, along) = if from.0 == to.0 { (half, 0.0) } else { (0.0, half) };
            let corner = (x.min(other_x) - across, y.min(other_y) - along);
            return self.pixels.rect(corner, (x.max(other_x) + across, y.max(other_y) + along), ink);
        }
        let mut pen = Stroke::new(width);
        self.cover(&self.outline(points), *pen.join(Join::Round).cap(zeno::Cap::Butt), ink);
    }

    fn cover<'a>(&mut self, outline: &[Command], style: impl Into<Style<'a>>, ink: Ink) {
        let Self { pixels, scratch, mask, .. } = self;
        let mut covered = Mask::with_scratch(outline, scratch);
        covered.style(style).inspect(|_, width, height| {
            mask.clear();
            mask.resize(width as usize * height as usize, 0);
        });
        let place = covered.render_into(mask, None);
        pixels.mask(mask, place.width as usize, (place.left, place.top), ink);
    }
}

/// The outlines of the letters of a line of text on its baseline, the em this large.
fn letters(
    text: &str,
    bold: bool,
    anchor: Anchor,
    (x, y): (f32, f32),
    size: f32,
) -> impl Iterator<Item = Vec<Command>> {
    let (font, (letters, width)) = (font::of(bold), font::line(text, bold));
    let left = x - size * width * [0.0, 0.5, 1.0][anchor as usize];
    let scale = size / font.units_per_em().unwrap_or(1.0);
    letters.into_iter().map(move |(letter, place)| {
        let at = |point: ab_glyph::Point| Vector::new(left + place * size + point.x * scale, y - point.y * scale);
        let mut outline = Outline::default();
        for curve in font.outline(letter).into_iter().flat_map(|outline| outline.curves) {
            match curve {
                OutlineCurve::Line(from, to) => outline.add(at(from), Command::LineTo(at(to)), at(to)),
                OutlineCurve::Quad(from, by, to) => outline.add(at(from), Command::QuadTo(at(by), at(to)), at(to)),
                OutlineCurve::Cubic(from, by, then, to) => {
                    outline.add(at(from), Command::CurveTo(at(by), at(then), at(to)), at(to));
                }
            }
        }
        outline.commands
    })
}

/// Curves in a row; a curve that begins elsewhere than the last one ended begins a new contour.
#[derive(Default)]
struct Outline {
    commands: Vec<Command>,
    end: Option<Vector>,
}

impl Outline {
    fn add(&mut self, from: Vector, curve: Command, to: Vector) {
        if self.end != Some(from) {
            self.commands.push(Command::MoveTo(from));
        }
        self.commands.push(curve);
        self.end = Some(to);
    }
}
