//! What a chart comes to: a list of shapes, drawn through the interface of plotters.
//!
//! [`Drawing`] is a plotters backend that only records. The writers of [`super::svg`] and
//! [`super::png`] make the same picture of it, so neither has to read what the other wrote. Plotters
//! counts in whole units; a unit is a hundredth of a pixel here, which keeps fractions of pixels and
//! gives the same numbers on every machine.

use std::convert::Infallible;

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;
use plotters::style::{FontStyle, RGBColor};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};

use super::place::Area;
use super::theme::WIDTH;

/// Units of plotters in a pixel.
pub(super) const UNITS: f64 = 100.0;

/// Nothing is drawn further out than this many pixels, whatever the numbers of a chart are.
const FURTHEST: f64 = 1e4;

/// Corners of a circle that is not filled.
const CORNERS: i32 = 72;

/// A colour, and how much of it covers what is under it, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ink {
    pub color: RGBColor,
    pub opacity: f64,
}

impl From<BackendColor> for Ink {
    fn from(color: BackendColor) -> Self {
        let (red, green, blue) = color.rgb;
        Self { color: RGBColor(red, green, blue), opacity: color.alpha }
    }
}

/// A point, in hundredths of a pixel from the upper left corner.
pub(super) type Point = BackendCoord;

/// Which end of a text is at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// One shape; lengths are in hundredths of a pixel.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A filled rectangle between its upper left and its lower right corner.
    Rect { corner: Point, other: Point, ink: Ink },
    /// A line through points.
    Path { points: Vec<Point>, width: u32, ink: Ink },
    /// A filled outline.
    Polygon { points: Vec<Point>, ink: Ink },
    /// A filled circle.
    Circle { centre: Point, radius: u32, ink: Ink },
    /// A line of text on its baseline; the size of the font is in pixels.
    Text { at: Point, text: String, size: f64, bold: bool, anchor: Anchor, ink: Ink },
    /// What follows, up to the matching end, belongs to this.
    Begin(Group),
    /// Ends the last group that was begun.
    End,
}

impl Shape {
    /// What it is drawn with; a group is not drawn.
    pub fn ink(&self) -> Option<Ink> {
        match *self {
            Self::Rect { ink, .. }
            | Self::Path { ink, .. }
            | Self::Polygon { ink, .. }
            | Self::Circle { ink, .. }
            | Self::Text { ink, .. } => Some(ink),
            Self::Begin(_) | Self::End => None,
        }
    }
}

impl Shape {
    /// The same shape, this much further down.
    pub fn lowered(&self, down: i32) -> Self {
        let moved = |&(x, y): &Point| (x, y + down);
        let all = |points: &[Point]| points.iter().map(moved).collect();
        match self {
            Self::Rect { corner, other, ink } => Self::Rect { corner: moved(corner), other: moved(other), ink: *ink },
            Self::Path { points, width, ink } => Self::Path { points: all(points), width: *width, ink: *ink },
            Self::Polygon { points, ink } => Self::Polygon { points: all(points), ink: *ink },
            Self::Circle { centre, radius, ink } => Self::Circle { centre: moved(centre), radius: *radius, ink: *ink },
            Self::Text { at, text, size, bold, anchor, ink } => {
                let (at, text) = (moved(at), text.clone());
                Self::Text { at, text, size: *size, bold: *bold, anchor: *anchor, ink: *ink }
            }
            Self::Begin(group) => Self::Begin(group.clone()),
            Self::End => Self::End,
        }
    }
}

/// What shapes belong to, for pages on which a reader chooses what is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Group {
    /// The bar, line or point at this place.
    Of(usize),
    /// This many values along the x axis of this plot.
    Along { plot: Area, values: usize },
}

/// The shapes of a chart, the first at the bottom, with what is read out instead of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// The headline, without formatting.
    pub(super) title: String,
    /// The chart in words.
    pub(super) description: String,
    /// The height in whole pixels; the width is that of all charts.
    pub(super) height: u32,
    pub(super) shapes: Vec<Shape>,
}

/// From pixels to units.
pub(super) fn units((x, y): (f64, f64)) -> Point {
    let unit = |pixels: f64| (pixels.clamp(-FURTHEST, FURTHEST) * UNITS).round() as i32;
    (unit(x), unit(y))
}

/// From pixels to a length in units.
pub(super) fn length(pixels: f64) -> u32 {
    (pixels.clamp(0.0, FURTHEST) * UNITS).round() as u32
}

type Recorded = Result<(), DrawingErrorKind<Infallible>>;

impl Drawing {
    fn push(&mut self, shape: Shape) -> Recorded {
        self.shapes.push(shape);
        Ok(())
    }

    fn outline<S: BackendStyle>(&mut self, points: Vec<Point>, style: &S) -> Recorded {
        self.push(Shape::Path { points, width: style.stroke_width(), ink: style.color().into() })
    }
}

impl DrawingBackend for Drawing {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (length(WIDTH), length(f64::from(self.height)))
    }

    fn ensure_prepared(&mut self) -> Recorded {
        Ok(())
    }

    fn present(&mut self) -> Recorded {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Recorded {
        self.push(Shape::Rect { corner: (x, y), other: (x + 1, y + 1), ink: color.into() })
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Recorded {
        self.outline(vec![from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        corner: BackendCoord,
        other: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Recorded {
        if fill {
            return self.push(Shape::Rect { corner, other, ink: style.color().into() });
        }
        self.outline(vec![corner, (other.0, corner.1), other, (corner.0, other.1), corner], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Recorded {
        self.outline(path.into_iter().collect(), style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Recorded {
        if fill {
            return self.push(Shape::Circle { centre, radius, ink: style.color().into() });
        }
        let corner = |n: i32| {
            let (sine, cosine) = (f64::from(n) / f64::from(CORNERS) * std::f64::consts::TAU).sin_cos();
            let away = |part: f64| (f64::from(radius) * part).round() as i32;
            (centre.0 + away(cosine), centre.1 + away(sine))
        };
        self.outline((0..=CORNERS).map(corner).collect(), style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Recorded {
        self.push(Shape::Polygon { points: corners.into_iter().collect(), ink: style.color().into() })
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Recorded {
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        self.push(Shape::Text {
            at,
            text: text.to_owned(),
            size: style.size(),
            bold: matches!(style.style(), FontStyle::Bold),
            anchor,
            ink: style.color().into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use plotters::element::Drawable;
    use plotters::prelude::*;

    use super::*;

    /// What plotters itself draws arrives as shapes.
    #[test]
    fn elements_of_plotters_can_be_drawn() {
        let mut drawing = Drawing { height: 10, ..Drawing::default() };
        let style = ShapeStyle { color: BLUE.mix(0.5), filled: false, stroke_width: 100 };
        let (rectangle, circle) = (Rectangle::new([(0, 0); 2], style), Circle::new((0, 0), 300, RED.filled()));
        rectangle.draw([(100, 200), (300, 400)].into_iter(), &mut drawing, (960, 10)).unwrap();
        circle.draw([(500, 500)].into_iter(), &mut drawing, (960, 10)).unwrap();
        let blue = Ink { color: RGBColor(0, 0, 255), opacity: 0.5 };
        let red = Ink { color: RGBColor(255, 0, 0), opacity: 1.0 };
        let points = vec![(100, 200), (300, 200), (300, 400), (100, 400), (100, 200)];
        let expected = [
            Shape::Path { points, width: 100, ink: blue },
            Shape::Circle { centre: (500, 500), radius: 300, ink: red },
        ];
        assert_eq!(drawing.shapes, expected);
    }
}
