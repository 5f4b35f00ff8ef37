//! The embedded font: how wide a text is, and the outlines of its letters.
//!
//! What is measured here is what a PNG is drawn with, so both agree to the hundredth of a pixel. A
//! viewer of an SVG that has another font of the family list shows texts a little wider or narrower.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, GlyphId};

/// The family list written into every picture; the embedded font is the first of it.
pub(super) const FAMILY: &str = "Open Sans, Segoe UI, Helvetica, Arial, sans-serif";

/// The regular face, cut down to Latin, Greek and Cyrillic.
static REGULAR: LazyLock<FontRef> = LazyLock::new(|| face(include_bytes!("../../assets/fonts/OpenSans-Regular.ttf")));
/// The semibold face, cut down in the same way.
static SEMIBOLD: LazyLock<FontRef> = LazyLock::new(|| face(include_bytes!("../../assets/fonts/OpenSans-Semibold.ttf")));

fn face(bytes: &'static [u8]) -> FontRef<'static> {
    FontRef::try_from_slice(bytes).expect("the embedded font is a valid TrueType font")
}

/// The face of a weight.
pub(super) fn of(bold: bool) -> &'static FontRef<'static> {
    if bold { &SEMIBOLD } else { &REGULAR }
}

/// The letters of a text with the place of each on the line, and the width of the whole, in em.
pub(super) fn line(text: &str, bold: bool) -> (Vec<(GlyphId, f32)>, f32) {
    let font = of(bold);
    let em = font.units_per_em().unwrap_or(1.0);
    let mut letters: Vec<(GlyphId, f32)> = Vec::new();
    let mut end = 0.0;
    for letter in text.chars().map(|letter| font.glyph_id(letter)) {
        if let Some(&(before, _)) = letters.last() {
            end += font.kern_unscaled(before, letter) / em;
        }
        letters.push((letter, end));
        end += font.h_advance_unscaled(letter) / em;
    }
    (letters, end)
}

/// The width of a text, in em.
pub(super) fn width(text: &str, bold: bool) -> f64 {
    f64::from(line(text, bold).1)
}
