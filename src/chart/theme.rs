//! Colours and sizes, shared by all charts.
//!
//! They stand apart so that every chart of a report looks like the others. The colours
//! follow Okabe and Ito (2008), made for colour-blind readers, on a dark blue base; shades
//! of one hue differ in lightness, so that they stay apart in grey print. Where a colour is
//! used is decided by the charts.

use plotters::style::RGBColor;

use super::Tone;

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

/// The colour that stands against the base blue.
pub(super) const ORANGE: RGBColor = RGBColor(0xe6, 0x9f, 0x00);
const SKY: RGBColor = RGBColor(0x56, 0xb4, 0xe9);
const GREEN: RGBColor = RGBColor(0x00, 0x9e, 0x73);
const PURPLE: RGBColor = RGBColor(0xcc, 0x79, 0xa7);

/// One colour a series, in this order; twelve before they repeat.
const SERIES: [RGBColor; 12] = [
    BLUE,
    ORANGE,
    GREEN,
    WARNING,
    SKY,
    PURPLE,
    RGBColor(0x7a, 0x4a, 0x1f),
    SILVER,
    RGBColor(0x88, 0x22, 0x55),
    RGBColor(0x8f, 0x8f, 0x2b),
    RGBColor(0x3f, 0x8f, 0x9f),
    INK,
];

const BLUES: [RGBColor; 5] = [
    BLUE,
    RGBColor(0x7f, 0xa6, 0xd3),
    RGBColor(0xb9, 0xd2, 0xec),
    RGBColor(0x1f, 0x34, 0x5c),
    RGBColor(0x57, 0x7f, 0xb5),
];
/// The colour that stands against the base blue.
pub(super) const ORANGES: [RGBColor; 4] = [ORANGE, WARNING, RGBColor(0xf6, 0xd0, 0x86), RGBColor(0x96, 0x42, 0x00)];
const GREENS: [RGBColor; 3] = [GREEN, RGBColor(0x8c, 0xd1, 0xbb), RGBColor(0x00, 0x5f, 0x47)];
const PURPLES: [RGBColor; 3] = [PURPLE, RGBColor(0xe8, 0xc3, 0xd8), RGBColor(0x86, 0x43, 0x6a)];
const GREYS: [RGBColor; 3] = [SILVER, RGBColor(0xcd, 0xd3, 0xda), RGBColor(0x65, 0x71, 0x7f)];

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
    /// Three shades of purple.
    Purple,
    /// Three shades of grey, for what is left over.
    Grey,
}

/// The colour of the series at this place.
pub(super) fn series(index: usize) -> RGBColor {
    SERIES[index % SERIES.len()]
}

/// The colours of several parts: within a hue, each part has the next shade.
pub(super) fn shades(hues: &[Hue]) -> Vec<RGBColor> {
    let nth = |place: usize| hues[..place].iter().filter(|&&hue| hue == hues[place]).count();
    (0..hues.len()).map(|place| shade(hues[place], nth(place))).collect()
}

fn shade(hue: Hue, nth: usize) -> RGBColor {
    let family: &[RGBColor] = match hue {
        Hue::Any => &SERIES,
        Hue::Blue => &BLUES,
        Hue::Orange => &ORANGES,
        Hue::Green => &GREENS,
        Hue::Purple => &PURPLES,
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
    if contrast(fill, WHITE) >= 4.5 { WHITE } else { INK }
}

/// The colour of a label that belongs to a line of this colour: darkened until it can be
/// read on white.
pub(super) fn ink_of(color: RGBColor) -> RGBColor {
    let darker = |c: RGBColor| RGBColor(c.0 - c.0 / 12, c.1 - c.1 / 12, c.2 - c.2 / 12);
    std::iter::successors(Some(color), |&c| Some(darker(c)))
        .take(24)
        .find(|&c| contrast(c, WHITE) >= 4.5)
        .unwrap_or(INK)
}

/// The colour of a remark.
pub(super) fn ink_for(tone: Tone) -> RGBColor {
    match tone {
        Tone::Plain => GREY,
        Tone::Chosen => CHOSEN_INK,
        Tone::Warning => WARNING_INK,
    }
}

/// The contrast of two colours, from 1 to 21, as the Web Content Accessibility Guidelines
/// (WCAG 2.2, "contrast ratio") define it; 4.5 is asked for text.
fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance, with the square for the guideline's exponent of 2.4: close
/// enough to choose between dark and light, and the same on every platform.
fn luminance(color: RGBColor) -> f64 {
    let linear = |channel: u8| (f64::from(channel) / 255.0) * (f64::from(channel) / 255.0);
    0.2126 * linear(color.0) + 0.7152 * linear(color.1) + 0.0722 * linear(color.2)
}
