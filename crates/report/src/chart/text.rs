//! Text that fits: cleaned, measured, shortened and wrapped.
//!
//! Names come from the user's file and can be anything. What passes through here holds no
//! control characters and no line breaks, and is as wide as it says, because it is measured
//! with the same embedded font that a PNG is drawn with. A viewer that has another font of
//! the family list shows it a little wider or narrower. Drawing is left to the canvas.

use plotters::style::RGBColor;

use super::theme::{GREY, INK, ink_for};
use super::{Emphasis, font};

/// How much wider than the "missing" box a character of a foreign script or an emoji is
/// taken to be, in em, since its real font is not known.
const FOREIGN_EXTRA: f64 = 0.8;
/// What the letters of a text may together be wider than each alone, in pixels.
const SLACK: f64 = 1.0;
/// Longer text is cut before anything else is done with it.
const LONGEST: usize = 400;

/// How text is written: size in pixels, weight, colour and which end is fixed.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub size: f64,
    pub bold: bool,
    pub color: RGBColor,
    pub align: Align,
}

/// Which end of a text is at the given point.
#[derive(Clone, Copy)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// The headline.
pub(super) const TITLE: Style = style(20.0, true, INK);
/// The line under the headline.
pub(super) const SUBTITLE: Style = style(14.0, false, GREY);
/// Names and values.
pub(super) const LABEL: Style = style(13.0, false, INK);
/// Names and values that are read first.
pub(super) const STRONG: Style = style(13.0, true, INK);
/// Axes and remarks.
pub(super) const SMALL: Style = style(12.2, false, GREY);

const fn style(size: f64, bold: bool, color: RGBColor) -> Style {
    Style { size, bold, color, align: Align::Left }
}

impl Style {
    pub fn color(self, color: RGBColor) -> Self {
        Self { color, ..self }
    }

    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub fn centred(self) -> Self {
        Self { align: Align::Centre, ..self }
    }

    pub fn right(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    /// How far under the middle of a line its baseline lies.
    pub fn drop(self) -> f64 {
        self.size * 0.35
    }

    /// From one line to the next.
    pub fn leading(self) -> f64 {
        (self.size * 1.3).round()
    }
}

/// A remark of this tone.
pub(super) fn remark(tone: Emphasis) -> Style {
    Style { bold: tone != Emphasis::Plain, ..SMALL.color(ink_for(tone)) }
}

/// The text on one line, without anything that is not drawn; cut at 400 characters.
pub(super) fn clean(text: &str) -> String {
    clean_to(text, LONGEST)
}

/// The text on one line, without anything that is not drawn; cut at this many characters.
pub(super) fn clean_to(text: &str, longest: usize) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|&c| is_drawn(c)).take(longest) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Neither a control character, nor one that turns or hides the text around it, nor one
/// that XML forbids. Line breaks and tabs stay, to become spaces.
fn is_drawn(c: char) -> bool {
    let hidden = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}');
    c.is_whitespace() || !(hidden || c.is_control())
}

/// The width of a text in pixels.
pub(super) fn width(text: &str, style: Style) -> f64 {
    let foreign = text.chars().filter(|&c| is_foreign(c)).count() as f64;
    (font::width(text, style.bold) + foreign * FOREIGN_EXTRA) * style.size
}

/// The widest of several texts.
pub(super) fn widest<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, style: Style) -> f64 {
    texts.into_iter().map(|text| width(text.as_ref(), style)).fold(0.0, f64::max)
}

/// Outside the embedded font: neither an alphabet of Europe nor a sign.
fn is_foreign(c: char) -> bool {
    c >= '\u{530}' && !('\u{1e00}'..='\u{23ff}').contains(&c)
}

/// Whether a text is written from the right, at least in part: what follows it in the same text
/// could be drawn on its other side.
pub(super) fn runs_from_right(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// The text, shortened with an ellipsis to this width in pixels.
pub(super) fn fit(text: &str, room: f64, style: Style) -> String {
    let text = clean(text);
    if width(&text, style) <= room {
        return text;
    }
    let mut kept = head_within(&text, room - width("…", style) - SLACK, style);
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

/// The longest beginning of a text that is no wider than this.
fn head_within(text: &str, room: f64, style: Style) -> String {
    let mut used = 0.0;
    let mut letter = [0; 4];
    text.chars()
        .take_while(|c| {
            used += width(c.encode_utf8(&mut letter), style);
            used <= room
        })
        .collect()
}

/// The text in lines as [`wrap`] makes them, each with its style.
pub(super) fn block(text: &str, room: f64, lines: usize, style: Style) -> Vec<(String, Style)> {
    let lines = wrap(text, room, lines, style).into_iter();
    lines.map(|line| (line, style)).collect()
}

/// The width of the widest line of several blocks.
pub(super) fn widest_block<'a>(blocks: impl IntoIterator<Item = &'a [(String, Style)]>) -> f64 {
    let lines = blocks.into_iter().flatten();
    lines.map(|(text, style)| width(text, *style)).fold(0.0, f64::max)
}

/// The text in lines of at most this width; what is left after the last line becomes an
/// ellipsis. Empty text has no lines.
pub(super) fn wrap(text: &str, room: f64, lines: usize, style: Style) -> Vec<String> {
    let text = clean(text);
    let mut rest = text.as_str();
    let mut out = Vec::new();
    while !rest.is_empty() && out.len() < lines {
        let line = if out.len() + 1 == lines { rest } else { first_line(rest, room, style) };
        out.push(fit(line, room, style));
        rest = rest[line.len()..].trim_start();
    }
    out
}

/// As many whole words as fit, or the beginning of a word that is wider than the line.
fn first_line(text: &str, room: f64, style: Style) -> &str {
    if width(text, style) <= room {
        return text;
    }
    let head = head_within(text, room, style).len();
    let starts_word = text[head..].starts_with(' ');
    let end = if starts_word { head } else { text[..head].rfind(' ').unwrap_or(head) };
    let at_least = text.chars().next().map_or(0, char::len_utf8);
    &text[..end.max(at_least)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let zero = 1171.0 / 2048.0 * 13.0;
        assert!((width("0000", LABEL) - 4.0 * zero).abs() < 0.1);
        assert!(width("0000", STRONG) < 4.0 * zero);
    }

    #[test]
    fn text_is_cleaned() {
        assert_eq!(clean(" a\u{0}b\n\tc \u{202e}d\u{feff} "), "ab c d");
        assert_eq!(clean(&"x".repeat(10_000)).len(), LONGEST);
    }

    #[test]
    fn long_text_is_shortened_or_wrapped() {
        for text in ["Northwind hybrid with everything", &"W".repeat(500), "🦀🦀🦀🦀🦀🦀🦀🦀"] {
            assert!(width(&fit(text, 60.0, LABEL), LABEL) <= 60.0);
            let lines = wrap(text, 90.0, 2, LABEL);
            assert!(lines.len() <= 2 && lines.iter().all(|line| width(line, LABEL) <= 90.0));
        }
        assert_eq!(wrap("One hire and the hybrid", 90.0, 2, LABEL), ["One hire and", "the hybrid"]);
        assert_eq!(wrap("", 90.0, 2, LABEL), [""; 0]);
    }
}
