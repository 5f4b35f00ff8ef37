//! A chart as SVG: the shapes of its drawing, one element a line.

use std::fmt::{self, Display, Formatter};

use plotters::style::RGBColor;

use super::Chart;
use super::drawing::{Anchor, Drawing, Group, Ink, Point, Shape, units};
use super::font::FAMILY;
use super::theme::WIDTH;

/// Whether the bars, lines and points of a picture can be distinguished by a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Groups {
    /// For pages on which a reader chooses what is shown: `<g data-of="1">` around each.
    Marked,
    /// For files.
    None,
}

/// Draws a chart as SVG. The same chart gives the same bytes.
pub fn svg(chart: &dyn Chart, groups: Groups) -> String {
    write(&chart.drawing(), groups)
}

/// Writes a drawing as SVG, as it is in files.
pub fn of_drawing(drawing: &Drawing) -> String {
    write(drawing, Groups::None)
}

pub(super) fn write(drawing: &Drawing, groups: Groups) -> String {
    let Drawing { title, description, height, shapes } = drawing;
    let (title, description) = (escaped(title), escaped(description));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" font-family=\"{FAMILY}\" stroke-linejoin=\"round\">\n\
         <title>{title}</title>\n<desc>{description}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n"
    );
    let is_group = |shape: &&Shape| matches!(shape, Shape::Begin(_) | Shape::End);
    let shown = shapes.iter().filter(|shape| groups == Groups::Marked || !is_group(shape));
    svg.extend(shown.map(element));
    svg + "</svg>\n"
}

/// One shape as one line.
fn element(shape: &Shape) -> String {
    match shape {
        Shape::Rect { corner, other, ink } => {
            let (x, y, width, height) = (Px(corner.0), Px(corner.1), Px(other.0 - corner.0), Px(other.1 - corner.1));
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{}/>\n", paint("fill", *ink))
        }
        Shape::Path { points, width, ink } => {
            let stroke = format!("{} stroke-width=\"{}\"", paint("stroke", *ink), Px(*width as i32));
            match points[..] {
                [(x1, y1), (x2, y2)] => {
                    let (x1, y1, x2, y2) = (Px(x1), Px(y1), Px(x2), Px(y2));
                    format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{stroke}/>\n")
                }
                _ => format!("<polyline points=\"{}\" fill=\"none\"{stroke}/>\n", list(points)),
            }
        }
        Shape::Polygon { points, ink } => format!("<polygon points=\"{}\"{}/>\n", list(points), paint("fill", *ink)),
        Shape::Circle { centre, radius, ink } => {
            let (x, y, radius) = (Px(centre.0), Px(centre.1), Px(*radius as i32));
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{}/>\n", paint("fill", *ink))
        }
        Shape::Text { at, text, size, bold, anchor, ink } => {
            let weight = if *bold { " font-weight=\"600\"" } else { "" };
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let (x, y, fill, text) = (Px(at.0), Px(at.1), paint("fill", *ink), escaped(text));
            format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}{anchor}{fill}>{text}</text>\n")
        }
        Shape::Begin(Group::Of(place)) => format!("<g data-of=\"{place}\">\n"),
        Shape::Begin(Group::Along { plot, values }) => {
            let ((left, top), (right, bottom)) = (units((plot.left, plot.top)), units((plot.right, plot.bottom)));
            let (left, top, right, bottom) = (Px(left), Px(top), Px(right), Px(bottom));
            format!("<g data-along=\"{left} {right} {top} {bottom} {values}\">\n")
        }
        Shape::End => "</g>\n".to_owned(),
    }
}

/// A length in hundredths of a pixel, written in pixels: `12`, `12.5`, `-0.25`.
struct Px(i32);

impl Display for Px {
    fn fmt(&self, out: &mut Formatter) -> fmt::Result {
        let (marker, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, tenth, hundredth) = (size / 100, size / 10 % 10, size % 10);
        match (tenth, hundredth) {
            (0, 0) => write!(out, "{marker}{whole}"),
            (_, 0) => write!(out, "{marker}{whole}.{tenth}"),
            _ => write!(out, "{marker}{whole}.{tenth}{hundredth}"),
        }
    }
}

fn list(points: &[Point]) -> String {
    let points: Vec<String> = points.iter().map(|&(x, y)| format!("{},{}", Px(x), Px(y))).collect();
    points.join(" ")
}

fn paint(attribute: &str, Ink { color: RGBColor(red, green, blue), opacity }: Ink) -> String {
    let opacity = if opacity < 1.0 { format!(" opacity=\"{opacity}\"") } else { String::new() };
    format!(" {attribute}=\"#{red:02X}{green:02X}{blue:02X}\"{opacity}")
}

/// Text between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        let written = [0, 5, -25, 1200, 1250, 96_000, -107].map(|units| Px(units).to_string());
        assert_eq!(written, ["0", "0.05", "-0.25", "12", "12.5", "960", "-1.07"]);
    }
}
