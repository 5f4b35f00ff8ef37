//! What an area is filled with: a colour and a texture.
//!
//! The texture is there for readers in grey and for those who do not see some colours: each
//! family of colours has its own, so that only shades of one colour, which differ in lightness,
//! share one. It is drawn as one white line that runs to and fro through the area, because the
//! backend knows no patterns. A fill that is too light to be seen on white has a darker edge.

use plotters::style::{Color, RGBColor};

use super::canvas::Canvas;
use super::place::Area;
use super::text::{SMALL, width};
use super::theme::{Hue, WHITE, contrast, edge_of, ink_on, shade};

/// The texture of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Texture {
    Plain,
    /// Strokes that rise to the right.
    Rising,
    /// Strokes that fall to the right.
    Falling,
    /// Upright strokes.
    Upright,
}

/// A colour and a texture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fill {
    pub color: RGBColor,
    pub texture: Texture,
}

/// How far the strokes of a texture are apart, and how wide they are.
const APART: f64 = 7.0;
const STROKE: f64 = 1.1;

impl Fill {
    /// The fills of several parts: within a hue, each part has the next shade.
    pub fn of(hues: &[Hue]) -> Vec<Self> {
        let nth = |place: usize| hues[..place].iter().filter(|&&hue| hue == hues[place]).count();
        let fill = |place: usize| Self { color: shade(hues[place], nth(place)), texture: Texture::of(hues[place]) };
        (0..hues.len()).map(fill).collect()
    }

    pub fn draw(self, canvas: &mut Canvas, area: Area) {
        canvas.rect(area, self.color);
        let strokes = self.texture.strokes(area);
        if strokes.len() > 1 {
            let pen = if contrast(self.color, WHITE) < 1.8 { edge_of(self.color) } else { WHITE };
            canvas.path(&strokes, pen.mix(0.6), STROKE);
        }
        if contrast(self.color, WHITE) < 3.0 && area.width() > 2.0 {
            let inner = area.grown(-0.5);
            let Area { left, top, right, bottom } = inner;
            let outline = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
            canvas.path(&outline, edge_of(self.color), 1.0);
        }
    }

    /// Writes a value into the middle of an area, if it fits there.
    pub fn write(self, canvas: &mut Canvas, area: Area, text: &str) {
        let wide = width(text, SMALL);
        if wide + 8.0 > area.width() {
            return;
        }
        let ((x, middle), style) = (area.middle(), SMALL.color(ink_on(self.color)).centred());
        if self.texture != Texture::Plain {
            canvas.rect(Area::sized(x - wide / 2.0 - 2.5, middle - 8.0, wide + 5.0, 16.0), self.color);
        }
        canvas.text((x, middle + style.drop()), text, style);
    }
}

impl Texture {
    fn of(hue: Hue) -> Self {
        match hue {
            Hue::Any | Hue::Blue => Self::Plain,
            Hue::Orange => Self::Rising,
            Hue::Green => Self::Falling,
            Hue::Grey => Self::Upright,
        }
    }

    /// The strokes as one line, which goes along the edges of the area from one to the next.
    fn strokes(self, area: Area) -> Vec<(f64, f64)> {
        let lean = match self {
            Self::Plain => return Vec::new(),
            Self::Rising => area.height(),
            Self::Falling => -area.height(),
            Self::Upright => 0.0,
        };
        let first = area.left - lean.max(0.0) + APART / 2.0;
        let last = area.right - lean.min(0.0);
        let many = ((last - first) / APART).ceil().clamp(0.0, 400.0) as i32;
        let stroke = |n: i32| {
            let foot = first + f64::from(n) * APART;
            let (start, end) = (clipped(foot, lean, area, 0.0), clipped(foot, lean, area, 1.0));
            if n % 2 == 0 { [start, end] } else { [end, start] }
        };
        (0..many).flat_map(stroke).collect()
    }
}

/// The point at this part of a stroke, or where the stroke meets the side of the area.
fn clipped(foot: f64, lean: f64, area: Area, part: f64) -> (f64, f64) {
    let x = (foot + lean * part).clamp(area.left, area.right);
    let part = if lean == 0.0 { part } else { (x - foot) / lean };
    (x, area.bottom - part * area.height())
}
