//! The embedded faces, cut down to the letters that a document uses.

use std::collections::BTreeMap;

use ab_glyph::{Font, GlyphId};
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::writers::PositionedItems;
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;

use super::super::drawing::{Drawing, Shape};
use super::super::font;
use super::{OF_FONT, compressed};

/// Letters are numbered by their place in the subset.
const IDENTITY: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// The names of both faces, with the tag that marks a subset (PDF 1.7, 9.6.4).
const NAMES: [&[u8]; 2] = [b"CMNGAA+OpenSans-Regular", b"CMNGAA+OpenSans-Semibold"];
/// How bold the upright strokes of both faces are, in thousandths of an em.
const STEMS: [f32; 2] = [88.0, 120.0];

/// Both faces of a document.
pub(super) struct Fonts([Face; 2]);

/// The letters of a face that are used, by their numbers in the subset.
struct Face {
    letters: GlyphRemapper,
    /// What each letter of the subset means.
    meanings: BTreeMap<u16, char>,
    bold: bool,
}

impl Fonts {
    /// The letters that drawings use.
    pub fn of(pages: &[Drawing]) -> Self {
        Self([false, true].map(|bold| Face::of(pages, bold)))
    }

    /// The letters of a line as they are shown, moved where two stand closer or further than usual.
    pub fn lay(&self, letters: &[(GlyphId, f32)], bold: bool, items: &mut PositionedItems<'_>) {
        let face = &self.0[usize::from(bold)];
        let mut shown: Vec<u8> = Vec::new();
        let mut end = 0.0;
        for &(letter, place) in letters {
            let moved = (end - place) * 1000.0;
            if moved.abs() > 0.5 {
                items.show(Str(&shown)).adjust(moved);
                shown.clear();
            }
            let number = face.letters.get(letter.0).unwrap_or_default();
            shown.extend(number.to_be_bytes());
            end = place + advance(letter, bold);
        }
        items.show(Str(&shown));
    }

    /// Writes both faces, under numbers from `first` on.
    pub fn write(&self, pdf: &mut Pdf, first: i32) {
        for (face, number) in self.0.iter().zip(0..) {
            face.write(pdf, first + number * OF_FONT);
        }
    }
}

/// How far the next letter is, in em.
fn advance(letter: GlyphId, bold: bool) -> f32 {
    let font = font::of(bold);
    font.h_advance_unscaled(letter) / font.units_per_em().unwrap_or(1.0)
}

impl Face {
    fn of(pages: &[Drawing], bold: bool) -> Self {
        let mut face = Self { letters: GlyphRemapper::new(), meanings: BTreeMap::new(), bold };
        for shape in pages.iter().flat_map(|page| &page.shapes) {
            match shape {
                Shape::Text { text, bold: own, .. } if *own == bold => face.add(text),
                _ => {}
            }
        }
        face
    }

    fn add(&mut self, text: &str) {
        for letter in text.chars() {
            let glyph = font::of(self.bold).glyph_id(letter);
            let number = self.letters.remap(glyph.0);
            if glyph.0 != 0 {
                self.meanings.entry(number).or_insert(letter);
            }
        }
    }

    fn write(&self, pdf: &mut Pdf, first: i32) {
        let [whole, letters, about, file, meanings] = [0, 1, 2, 3, 4].map(|number| Ref::new(first + number));
        let name = Name(NAMES[usize::from(self.bold)]);
        let font = font::of(self.bold);
        let em = font.units_per_em().unwrap_or(1.0) / 1000.0;
        pdf.type0_font(whole)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(letters)
            .to_unicode(meanings);
        let mut cid = pdf.cid_font(letters);
        cid.subtype(CidFontType::Type2).base_font(name).system_info(IDENTITY).font_descriptor(about);
        cid.default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let widths = self.letters.remapped_gids().map(|letter| font.h_advance_unscaled(GlyphId(letter)) / em);
        cid.widths().consecutive(0, widths);
        cid.finish();
        pdf.font_descriptor(about)
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(-550.0, -300.0, 1250.0, 1070.0))
            .italic_angle(0.0)
            .ascent(font.ascent_unscaled() / em)
            .descent(font.descent_unscaled() / em)
            .cap_height(714.0)
            .stem_v(STEMS[usize::from(self.bold)])
            .font_file2(file);
        let subset = subsetter::subset(font.font_data(), 0, &self.letters).expect("the embedded font can be cut down");
        let bytes = compressed(&subset);
        let mut stream = pdf.stream(file, &bytes);
        stream.filter(Filter::FlateDecode).pair(Name(b"Length1"), subset.len() as i32);
        stream.finish();
        let mut cmap: UnicodeCmap = UnicodeCmap::new(Name(b"Letters"), IDENTITY);
        self.meanings.iter().for_each(|(&number, &letter)| cmap.pair(number, letter));
        let bytes = compressed(cmap.finish().as_slice());
        pdf.stream(meanings, &bytes).filter(Filter::FlateDecode);
    }
}
