//! What tells an alternative apart wherever it is drawn: a colour and a shape.
//!
//! They are together because the colour alone does not do: in grey print, and for readers who
//! do not see some colours, the shape remains. The caller gives each alternative a number and
//! keeps it from chart to chart; number 0 is what the others are compared with, and grey.

use plotters::style::RGBColor;

use super::canvas::Canvas;
use super::theme::{INK, WHITE, series};

/// How many alternatives look different; beyond them the colours and shapes come again.
pub(super) const MARKERS: usize = 12;

/// The corners of every shape but the circle, for a circle of radius 1 around it. Shapes of
/// neighbouring numbers have little in common.
const SHAPES: [&[(f64, f64)]; MARKERS - 1] = [
    &[(-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)],
    &[(0.0, -1.15), (1.08, 0.8), (-1.08, 0.8)],
    &[(0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)],
    &PLUS,
    &[(0.0, 1.15), (1.08, -0.8), (-1.08, -0.8)],
    &STAR,
    &[(-1.1, -0.95), (1.1, 0.95), (1.1, -0.95), (-1.1, 0.95)],
    &CROSS,
    &[(1.15, 0.0), (-0.8, 1.08), (-0.8, -1.08)],
    &[(-0.95, -1.1), (0.95, -1.1), (-0.95, 1.1), (0.95, 1.1)],
    &[(-1.15, 0.0), (0.8, -1.08), (0.8, 1.08)],
];

const PLUS: [(f64, f64); 12] = [
    (-0.4, -1.2),
    (0.4, -1.2),
    (0.4, -0.4),
    (1.2, -0.4),
    (1.2, 0.4),
    (0.4, 0.4),
    (0.4, 1.2),
    (-0.4, 1.2),
    (-0.4, 0.4),
    (-1.2, 0.4),
    (-1.2, -0.4),
    (-0.4, -0.4),
];

const CROSS: [(f64, f64); 12] = [
    (0.0, -0.57),
    (0.57, -1.13),
    (1.13, -0.57),
    (0.57, 0.0),
    (1.13, 0.57),
    (0.57, 1.13),
    (0.0, 0.57),
    (-0.57, 1.13),
    (-1.13, 0.57),
    (-0.57, 0.0),
    (-1.13, -0.57),
    (-0.57, -1.13),
];

const STAR: [(f64, f64); 10] = [
    (0.0, -1.3),
    (0.31, -0.42),
    (1.24, -0.4),
    (0.5, 0.16),
    (0.76, 1.05),
    (0.0, 0.52),
    (-0.76, 1.05),
    (-0.5, 0.16),
    (-1.24, -0.4),
    (-0.31, -0.42),
];

/// The number of the alternative at this place: 0 for the one that the others are compared with,
/// if it is among them, and 1, 2 and so on for the others.
pub fn number(place: usize, compared_with: Option<usize>) -> usize {
    match compared_with {
        Some(with) if place == with => 0,
        Some(with) if place > with => place,
        _ => place + 1,
    }
}

/// The colour of a number, as `0xRRGGBB`.
pub fn color(number: usize) -> u32 {
    let RGBColor(red, green, blue) = series(number);
    u32::from_be_bytes([0, red, green, blue])
}

/// The colour and the shape of an alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Marker {
    pub color: RGBColor,
    corners: &'static [(f64, f64)],
}

impl Marker {
    /// The sign of this number.
    pub fn of(number: usize) -> Self {
        let corners = number.checked_sub(1).map_or(&[][..], |nth| SHAPES[nth % SHAPES.len()]);
        Self { color: series(number), corners }
    }

    /// The shape on a white edge, so that it is apart from what is under it.
    pub fn draw(self, canvas: &mut Canvas, at: (f64, f64), radius: f64) {
        self.fill(canvas, at, radius + 1.5, WHITE);
        self.fill(canvas, at, radius, self.color);
    }

    /// The shape as an outline around white.
    pub fn draw_hollow(self, canvas: &mut Canvas, at: (f64, f64), radius: f64) {
        self.draw(canvas, at, radius + 0.6);
        let outline: Vec<_> = self.around(at, radius);
        match outline.first() {
            None => canvas.dot(at, radius - 1.6, WHITE),
            Some(&first) => {
                canvas.polygon(&outline, WHITE);
                canvas.path(&[&outline[..], &[first]].concat(), self.color, 1.8);
            }
        }
    }

    /// The shape in ink, for a field that has the colour.
    pub fn draw_in_ink(self, canvas: &mut Canvas, at: (f64, f64), radius: f64) {
        self.fill(canvas, at, radius + 1.3, WHITE);
        self.fill(canvas, at, radius, INK);
    }

    fn fill(self, canvas: &mut Canvas, at: (f64, f64), radius: f64, color: RGBColor) {
        match self.corners {
            [] => canvas.dot(at, radius, color),
            _ => canvas.polygon(&self.around(at, radius), color),
        }
    }

    fn around(self, (x, y): (f64, f64), radius: f64) -> Vec<(f64, f64)> {
        self.corners.iter().map(|corner| (x + corner.0 * radius, y + corner.1 * radius)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_twelve_are_alike() {
        let markers: Vec<Marker> = (0..MARKERS).map(Marker::of).collect();
        for (n, marker) in markers.iter().enumerate() {
            assert!(markers[..n].iter().all(|other| other.color != marker.color && other.corners != marker.corners));
        }
        assert_eq!(Marker::of(MARKERS), Marker::of(1), "grey stays with what the others are compared with");
    }
}
