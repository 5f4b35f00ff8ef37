//! Colours and sizes, shared by all charts.
//!
//! They are apart so that every chart of a report looks like the others. The colours
//! follow Okabe and Ito (2008), made for colour-blind readers, on a dark blue base; shades
//! of one hue differ in lightness, so that they stay apart in grey print. Where a colour is
//! used is decided by the charts.

use plotters::style::RGBColor;

use super::Emphasis;
use super::marker::MARKERS;

/// The width of every chart, in pixels.
pub(super) const WIDTH: f64 = 960.0;
/// The white border at the left, the right and the foot.
pub(super) const MARGIN: f64 = 28.0;

/// Text that is read first: titles, names, totals.
pub(super) const INK: RGBColor = RGBColor(0x1b, 0x27, 0x33);
/// Text that is read second: subtitles, axes.
pub(super) const GREY: RGBColor = RGBColor(0x5a, 0x66, 0x75);
/// Lines that guide the eye and should not be noticed.
pub(super) const GRID: RGBColor = RGBColor(0xe4, 0xe7, 0xeb);
/// The paper.
pub(super) const WHITE: RGBColor = RGBColor(0xff, 0xff, 0xff);
/// Something that is there and asks for no attention.
pub(super) const PALE: RGBColor = RGBColor(0xf1, 0xf3, 0xf5);
/// The dark blue that everything starts from.
pub(super) const BLUE: RGBColor = RGBColor(0x34, 0x56, 0x8b);
/// Lines and areas that warn.
pub(super) const WARNING: RGBColor = RGBColor(0xd5, 0x5e, 0x00);
/// Text that warns: the warning colour, dark enough to be read on white.
pub(super) const WARNING_INK: RGBColor = RGBColor(0xa3, 0x47, 0x00);
/// Text that points out: the base colour, darker.
pub(super) const CHOSEN_INK: RGBColor = RGBColor(0x1f, 0x3d, 0x6b);
/// What is there for comparison only.
pub(super) const SILVER: RGBColor = RGBColor(0x9a, 0xa5, 0xb1);

/// The colour that is against the base blue.
pub(super) const ORANGE: RGBColor = RGBColor(0xe6, 0x9f, 0x00);

/// One colour a sign, in this order. Number 0 is grey, for what the others are compared with.
/// Each can be seen on white, and any two differ for readers with any kind of colour vision.
const SERIES: [RGBColor; MARKERS] = [
    RGBColor(0x6b, 0x77, 0x85),
    RGBColor(0x34, 0x56, 0x8b),
    RGBColor(0xc8, 0x78, 0x02),
    RGBColor(0x00, 0x87, 0x68),
    RGBColor(0xb7, 0x3e, 0x14),
    RGBColor(0x34, 0x98, 0xda),
    RGBColor(0x88, 0x45, 0xe0),
    RGBColor(0x5b, 0x3b, 0x1a),
    RGBColor(0x91, 0x90, 0x5a),
    RGBColor(0x7d, 0x20, 0x4e),
    RGBColor(0x09, 0x0e, 0xce),
    RGBColor(0x10, 0x1c, 0x4a),
];

const BLUES: [RGBColor; 5] = [
    BLUE,
    RGBColor(0x7f, 0xa6, 0xd3),
    RGBColor(0xc6, 0xdb, 0xf1),
    RGBColor(0x1b, 0x27, 0x4a),
    RGBColor(0x4a, 0x70, 0xa6),
];
const ORANGES: [RGBColor; 4] =
    [ORANGE, RGBColor(0xbf, 0x4e, 0x00), RGBColor(0xf8, 0xd9, 0x9c), RGBColor(0x7a, 0x35, 0x00)];
const GREENS: [RGBColor; 3] = [RGBColor(0x1f, 0xae, 0x85), RGBColor(0x9a, 0xdb, 0xc6), RGBColor(0x00, 0x5f, 0x47)];
const GREYS: [RGBColor; 3] = [RGBColor(0x9a, 0xa5, 0xb1), RGBColor(0xd6, 0xdb, 0xe1), RGBColor(0x5c, 0x68, 0x76)];

/// The family of colours that a part of a whole is drawn in, so that parts which belong
/// together are seen together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hue {
    /// The next of the twelve series colours.
    #[default]
    Any,
    /// Five shades of blue.
    Blue,
    /// Four shades of orange.
    Orange,
    /// Three shades of green.
    Green,
    /// Three shades of grey, for what is left over.
    Grey,
}

/// The colour of the sign of this number.
pub(super) fn series(index: usize) -> RGBColor {
    SERIES[if index < MARKERS { index } else { (index - 1) % (MARKERS - 1) + 1 }]
}

/// The shade of a hue at this place.
pub(super) fn shade(hue: Hue, nth: usize) -> RGBColor {
    let family: &[RGBColor] = match hue {
        Hue::Any => &SERIES,
        Hue::Blue => &BLUES,
        Hue::Orange => &ORANGES,
        Hue::Green => &GREENS,
        Hue::Grey => &GREYS,
    };
    family[nth % family.len()]
}

/// The colour as it is used for large areas: a third of it is paper.
pub(super) fn pale(color: RGBColor) -> RGBColor {
    let mixed = |channel: u8| channel + (255 - channel) / 3;
    RGBColor(mixed(color.0), mixed(color.1), mixed(color.2))
}

/// The colour of text on a filled area.
pub(super) fn ink_on(fill: RGBColor) -> RGBColor {
    if contrast(fill, WHITE) > contrast(fill, INK) { WHITE } else { INK }
}

/// The colour of a label that belongs to a line of this colour: darkened until it can be
/// read on white.
pub(super) fn ink_of(color: RGBColor) -> RGBColor {
    darkened(color, 4.6)
}

/// The colour of the edge of an area of this colour: darkened until it can be seen on white.
pub(super) fn edge_of(color: RGBColor) -> RGBColor {
    darkened(color, 3.1)
}

fn darkened(color: RGBColor, min: f64) -> RGBColor {
    let darker = |c: RGBColor| RGBColor(c.0 - c.0 / 12, c.1 - c.1 / 12, c.2 - c.2 / 12);
    std::iter::successors(Some(color), |&c| Some(darker(c)))
        .take(24)
        .find(|&c| contrast(c, WHITE) >= min)
        .unwrap_or(INK)
}

/// The colour of a remark.
pub(super) fn ink_for(tone: Emphasis) -> RGBColor {
    match tone {
        Emphasis::Plain => GREY,
        Emphasis::Chosen => CHOSEN_INK,
        Emphasis::Warning => WARNING_INK,
    }
}

/// The contrast of two colours, from 1 to 21, as the Web Content Accessibility Guidelines
/// (WCAG 2.2, "contrast ratio") define it; 4.5 is asked for text.
pub(super) fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance, with the square for the guideline's exponent of 2.4: close
/// enough to choose between dark and light, and the same on every platform.
fn luminance(color: RGBColor) -> f64 {
    let linear = |channel: u8| (f64::from(channel) / 255.0) * (f64::from(channel) / 255.0);
    0.2126 * linear(color.0) + 0.7152 * linear(color.1) + 0.0722 * linear(color.2)
}
