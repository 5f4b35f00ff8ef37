//! Drawings as the pages of a PDF: the same shapes as in an SVG, with text that can be read and searched.
//!
//! The letters that are used are embedded with what they mean. There is no clock and no random number in
//! the file, so the same drawings give the same bytes.

mod fonts;

use std::collections::BTreeSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::LineJoinStyle;
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

use super::drawing::{Anchor, Drawing, Ink, Point, Shape, UNITS};
use super::font;
use super::theme::WIDTH;
use fonts::Fonts;

/// The paper: A4 (ISO 216), in points of 1/72 inch.
const PAPER: (f32, f32) = (595.28, 841.89);
/// The white border around a drawing, in points: 6 mm.
const BORDER: f32 = 17.0;
/// The part of a circle's radius at which the handles of its four curves lie.
const HANDLE: f32 = 0.552_285;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
/// The numbers of the fonts begin here, five each; then the opacities, then two each page.
const FIRST_FONT: i32 = 4;
const OF_FONT: i32 = 5;

/// What a PDF says of itself.
#[derive(Clone, Copy, Debug)]
pub struct InputInfo<'a> {
    /// Its title.
    pub title: &'a str,
    /// Who wrote it.
    pub author: Option<&'a str>,
    /// The program with its version.
    pub creator: &'a str,
}

/// Draws each drawing on a page of its own.
pub fn pdf(pages: &[Drawing], about: &InputInfo) -> Vec<u8> {
    let fonts = Fonts::of(pages);
    let opacities: Vec<u32> = pages.iter().flat_map(opacities).collect::<BTreeSet<u32>>().into_iter().collect();
    let first_opacity = FIRST_FONT + 2 * OF_FONT;
    let first_page = first_opacity + opacities.len() as i32;
    let page_ref = |index: usize| Ref::new(first_page + 2 * index as i32);
    let mut pdf = Pdf::new();
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(PAGES).lang(TextStr("en"));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    let mut info = pdf.document_info(INFO);
    info.title(TextStr(about.title)).creator(TextStr(about.creator));
    if let Some(author) = about.author {
        info.author(TextStr(author));
    }
    info.finish();
    pdf.pages(PAGES).count(pages.len() as i32).kids((0..pages.len()).map(page_ref));
    fonts.write(&mut pdf, FIRST_FONT);
    for (place, &opacity) in (0..).zip(&opacities) {
        let share = opacity as f32 / 1000.0;
        pdf.ext_graphics(Ref::new(first_opacity + place)).non_stroking_alpha(share).stroking_alpha(share);
    }
    for (index, drawing) in pages.iter().enumerate() {
        let content = Ref::new(page_ref(index).get() + 1);
        let mut page = pdf.page(page_ref(index));
        page.media_box(Rect::new(0.0, 0.0, PAPER.0, PAPER.1)).parent(PAGES).contents(content);
        let mut resources = page.resources();
        let mut of_fonts = resources.fonts();
        for (bold, number) in [(false, 0), (true, 1)] {
            of_fonts.pair(Name(font_name(bold)), Ref::new(FIRST_FONT + number * OF_FONT));
        }
        of_fonts.finish();
        let mut states = resources.ext_g_states();
        for (place, &opacity) in (0..).zip(&opacities) {
            states.pair(Name(opacity_name(opacity).as_bytes()), Ref::new(first_opacity + place));
        }
        states.finish();
        resources.finish();
        page.finish();
        let bytes = compressed(&drawn(drawing, &fonts));
        pdf.stream(content, &bytes).filter(Filter::FlateDecode);
    }
    pdf.finish()
}

fn font_name(bold: bool) -> &'static [u8] {
    if bold { b"Semibold" } else { b"Regular" }
}

fn opacity_name(opacity: u32) -> String {
    format!("Opacity{opacity}")
}

/// How much an ink covers, in thousandths.
fn thousandths(ink: Ink) -> u32 {
    (ink.opacity.clamp(0.0, 1.0) * 1000.0).round() as u32
}

fn opacities(drawing: &Drawing) -> impl Iterator<Item = u32> {
    drawing.shapes.iter().filter_map(Shape::ink).map(thousandths)
}

/// Bytes as a zlib stream.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes every byte")
}

/// The commands that draw a page.
fn drawn(drawing: &Drawing, fonts: &Fonts) -> Vec<u8> {
    let wide = (PAPER.0 - 2.0 * BORDER) / WIDTH as f32;
    let high = (PAPER.1 - 2.0 * BORDER) / drawing.height.max(1) as f32;
    let scale = wide.min(high);
    let left = (PAPER.0 - WIDTH as f32 * scale) / 2.0;
    let mut content = Content::new();
    content.transform([scale, 0.0, 0.0, -scale, left, PAPER.1 - BORDER]);
    content.set_line_join(LineJoinStyle::RoundJoin);
    let mut pen = Pen { content, fonts, opacity: 1000 };
    drawing.shapes.iter().for_each(|shape| pen.draw(shape));
    pen.content.finish().to_vec()
}

fn pixels(units: i32) -> f32 {
    (f64::from(units) / UNITS) as f32
}

fn at((x, y): Point) -> (f32, f32) {
    (pixels(x), pixels(y))
}

/// What draws, and how much the last ink covered.
struct Pen<'a> {
    content: Content,
    fonts: &'a Fonts,
    opacity: u32,
}

impl Pen<'_> {
    fn draw(&mut self, shape: &Shape) {
        if let Some(ink) = shape.ink() {
            self.cover(thousandths(ink));
        }
        match shape {
            Shape::Rect { corner, other, ink } => {
                let ((left, top), (right, bottom)) = (at(*corner), at(*other));
                self.fill(*ink);
                self.content.rect(left, top, right - left, bottom - top).fill_nonzero();
            }
            Shape::Path { points, width, ink } => {
                let (red, green, blue) = channels(*ink);
                self.content.set_stroke_rgb(red, green, blue).set_line_width((f64::from(*width) / UNITS) as f32);
                self.outline(points);
                self.content.stroke();
            }
            Shape::Polygon { points, ink } => {
                self.fill(*ink);
                self.outline(points);
                self.content.close_path().fill_nonzero();
            }
            Shape::Circle { centre, radius, ink } => {
                self.fill(*ink);
                self.circle(at(*centre), (f64::from(*radius) / UNITS) as f32);
            }
            Shape::Text { at: place, text, size, bold, anchor, ink } => {
                self.fill(*ink);
                self.text(at(*place), text, (*size, *bold), *anchor);
            }
            Shape::Begin(_) | Shape::End => {}
        }
    }

    fn cover(&mut self, opacity: u32) {
        if self.opacity != opacity {
            self.opacity = opacity;
            self.content.set_parameters(Name(opacity_name(opacity).as_bytes()));
        }
    }

    fn fill(&mut self, ink: Ink) {
        let (red, green, blue) = channels(ink);
        self.content.set_fill_rgb(red, green, blue);
    }

    fn outline(&mut self, points: &[Point]) {
        for (place, &point) in points.iter().enumerate() {
            let (x, y) = at(point);
            if place == 0 {
                self.content.move_to(x, y);
            } else {
                self.content.line_to(x, y);
            }
        }
    }

    fn circle(&mut self, (x, y): (f32, f32), radius: f32) {
        let handle = radius * HANDLE;
        self.content
            .move_to(x + radius, y)
            .cubic_to(x + radius, y + handle, x + handle, y + radius, x, y + radius)
            .cubic_to(x - handle, y + radius, x - radius, y + handle, x - radius, y)
            .cubic_to(x - radius, y - handle, x - handle, y - radius, x, y - radius)
            .cubic_to(x + handle, y - radius, x + radius, y - handle, x + radius, y)
            .fill_nonzero();
    }

    /// A line of text. Where a letter is not in the font, what is read aloud and copied is still the text.
    fn text(&mut self, (x, y): (f32, f32), text: &str, (size, bold): (f64, bool), anchor: Anchor) {
        let (letters, width) = font::line(text, bold);
        let part = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => 0.5,
            Anchor::End => 1.0,
        };
        let is_foreign = letters.iter().any(|(glyph, _)| glyph.0 == 0);
        if is_foreign {
            let mut mark = self.content.begin_marked_content_with_properties(Name(b"Span"));
            mark.properties().actual_text(TextStr(text));
        }
        self.content.begin_text().set_font(Name(font_name(bold)), size as f32);
        self.content.set_text_matrix([1.0, 0.0, 0.0, -1.0, x - width * size as f32 * part, y]);
        let mut show = self.content.show_positioned();
        let mut items = show.items();
        self.fonts.lay(&letters, bold, &mut items);
        items.finish();
        show.finish();
        self.content.end_text();
        if is_foreign {
            self.content.end_marked_content();
        }
    }
}

fn channels(ink: Ink) -> (f32, f32, f32) {
    let share = |channel: u8| f32::from(channel) / 255.0;
    (share(ink.color.0), share(ink.color.1), share(ink.color.2))
}
