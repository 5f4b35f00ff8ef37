//! Pixels of few colours: each is the number of a colour in a palette, as PNG keeps them.
//!
//! A chart has flat areas and a few inks; only the edges of shapes and letters are mixed from two
//! colours. So pixels are kept as one byte from the beginning, and what a mixture comes to is looked up,
//! not calculated again. Edges have sixteen steps; more cannot be seen on lines this fine.

use std::collections::HashMap;
use std::ops::Range;

use plotters::style::RGBColor;

use super::drawing::Ink;
use super::theme::WHITE;

/// The steps from an edge that covers nothing of a pixel to one that covers all of it.
const STEPS: usize = 15;

/// Colours on an edge that differ by no more than this in each channel are one.
const ALIKE: u8 = 4;

/// The most colours of a palette.
const MAX: usize = 256;

/// A picture in pixels, the first row at the top.
pub(super) struct Pixels {
    pub width: usize,
    pub height: usize,
    /// The number of the colour of each pixel, row by row.
    pub numbers: Vec<u8>,
    palette: Palette,
    mixtures: Vec<Mixture>,
}

impl Pixels {
    /// A white picture. The palette keeps room for what these inks give on white, so that none of them is
    /// replaced by one that is like it.
    pub fn new(width: usize, height: usize, inks: impl IntoIterator<Item = Ink>) -> Self {
        let mut palette = Palette::default();
        let white = palette.number(WHITE, 0);
        for ink in inks {
            palette.number(mixed(WHITE, ink, 1.0), 0);
        }
        Self { width, height, numbers: vec![white; width * height], palette, mixtures: Vec::new() }
    }

    /// The colours, in the order of their numbers.
    pub fn palette(&self) -> &[RGBColor] {
        &self.palette.colors
    }

    /// A filled rectangle between two corners, which need not lie on pixels.
    pub fn rect(&mut self, (left, top): (f32, f32), (right, bottom): (f32, f32), ink: Ink) {
        let (columns, rows) = (parts(left, right, self.width), parts(top, bottom, self.height));
        let mixture = self.mixture(ink);
        for &(row, to, high) in &rows {
            for row in row..to {
                for &(from, to, wide) in &columns {
                    let step = (wide * high * STEPS as f32).round() as usize;
                    self.mix(row * self.width + from..row * self.width + to, step, mixture);
                }
            }
        }
    }

    /// A mask of this width, whose bytes say how much of each pixel is covered, laid with its upper left
    /// corner on a pixel.
    pub fn mask(&mut self, mask: &[u8], width: usize, (left, top): (i32, i32), ink: Ink) {
        let mixture = self.mixture(ink);
        let (from, to) = (left.max(0), (left + width as i32).min(self.width as i32));
        for (row, covered) in mask.chunks_exact(width.max(1)).enumerate() {
            let row = row as i32 + top;
            if from < to && (0..self.height as i32).contains(&row) {
                let covered = &covered[(from - left) as usize..(to - left) as usize];
                self.mix_row(row as usize * self.width + from as usize, covered, mixture);
            }
        }
    }

    fn mix_row(&mut self, first: usize, covered: &[u8], mixture: usize) {
        const SKIPPED: usize = 8;
        for (chunk, bytes) in covered.chunks(SKIPPED).enumerate() {
            if bytes.iter().all(|&byte| byte == 0) {
                continue;
            }
            for (at, &byte) in bytes.iter().enumerate() {
                let step = (usize::from(byte) * STEPS + 127) / 255;
                let pixel = first + chunk * SKIPPED + at;
                self.mix(pixel..pixel + 1, step, mixture);
            }
        }
    }

    /// Sets a step of a mixture over pixels.
    fn mix(&mut self, pixels: Range<usize>, step: usize, mixture: usize) {
        let Mixture { ink, over } = &mut self.mixtures[mixture];
        if step == STEPS && ink.opacity >= 1.0 {
            return self.numbers[pixels].fill(self.palette.number(ink.color, 0));
        }
        for number in &mut self.numbers[pixels] {
            let known = &mut over[usize::from(*number) * (STEPS + 1) + step];
            *number = *known.get_or_insert_with(|| {
                let under = self.palette.colors[usize::from(*number)];
                let like = if step < STEPS { ALIKE } else { 0 };
                self.palette.number(mixed(under, *ink, step as f64 / STEPS as f64), like)
            });
        }
    }

    /// The place of the mixture of an ink.
    fn mixture(&mut self, ink: Ink) -> usize {
        self.mixtures.iter().position(|mixture| mixture.ink == ink).unwrap_or_else(|| {
            self.mixtures.push(Mixture { ink, over: vec![None; MAX * (STEPS + 1)] });
            self.mixtures.len() - 1
        })
    }
}

/// What an ink comes to over each colour at each step: the number of a colour, once it is known.
struct Mixture {
    ink: Ink,
    over: Vec<Option<u8>>,
}

/// The colour of a pixel of which an ink covers this share.
fn mixed(under: RGBColor, ink: Ink, share: f64) -> RGBColor {
    let share = ink.opacity * share;
    let channel = |under: u8, over: u8| (f64::from(under) + (f64::from(over) - f64::from(under)) * share).round() as u8;
    RGBColor(channel(under.0, ink.color.0), channel(under.1, ink.color.1), channel(under.2, ink.color.2))
}

/// Where a stretch covers pixels in part, wholly, and in part again: from, to and the share covered.
fn parts(from: f32, to: f32, max: usize) -> Vec<(usize, usize, f32)> {
    let (from, to) = (from.clamp(0.0, max as f32), to.clamp(0.0, max as f32));
    let (first, last) = (from.ceil(), to.floor());
    if first > last {
        return vec![(from as usize, from as usize + 1, to - from)];
    }
    let head = (from as usize, first as usize, first - from);
    let tail = (last as usize, to.ceil() as usize, to - last);
    [head, (first as usize, last as usize, 1.0), tail].into_iter().filter(|part| part.0 < part.1).collect()
}

/// Colours by number.
#[derive(Default)]
struct Palette {
    colors: Vec<RGBColor>,
    numbers: HashMap<(u8, u8, u8), u8>,
}

impl Palette {
    /// The number of a colour: its own, or that of one which differs by no more than `like` in each channel;
    /// where all numbers are taken, that of the colour most like it.
    fn number(&mut self, color: RGBColor, like: u8) -> u8 {
        let RGBColor(red, green, blue) = color;
        if let Some(&number) = self.numbers.get(&(red, green, blue)) {
            return number;
        }
        let away = |other: &RGBColor| {
            let [r, g, b] = [other.0.abs_diff(red), other.1.abs_diff(green), other.2.abs_diff(blue)];
            (r.max(g).max(b), [r, g, b].map(|channel| u32::from(channel).pow(2)).iter().sum::<u32>())
        };
        let nearest = (0..self.colors.len()).min_by_key(|&number| away(&self.colors[number]).1);
        let taken = nearest.filter(|&number| self.colors.len() == MAX || away(&self.colors[number]).0 <= like);
        let number = taken.unwrap_or_else(|| {
            self.colors.push(color);
            self.colors.len() - 1
        }) as u8;
        self.numbers.insert((red, green, blue), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ink(red: u8, green: u8, blue: u8) -> Ink {
        Ink { color: RGBColor(red, green, blue), opacity: 1.0 }
    }

    const BLACK: Ink = ink(0, 0, 0);

    #[test]
    fn edges_between_pixels_are_mixed() {
        let mut pixels = Pixels::new(4, 2, []);
        pixels.rect((0.0, 0.0), (1.8, 1.0), BLACK);
        let row: Vec<u8> = pixels.numbers[..4].iter().map(|&n| pixels.palette()[usize::from(n)].0).collect();
        assert_eq!(row, [0, 51, 255, 255]);
        assert_eq!(pixels.numbers[4..], [0; 4]);
    }

    #[test]
    fn colours_of_edges_that_look_alike_are_one() {
        let mut pixels = Pixels::new(400, 1, []);
        let pale = Ink { opacity: 0.1, ..BLACK };
        for place in 0..400 {
            let left = place as f32;
            pixels.rect((left, 0.0), (left + place as f32 / 400.0, 1.0), pale);
        }
        assert!(pixels.palette().len() <= 8, "{:?}", pixels.palette());
    }

    #[test]
    fn masks_are_cut_at_the_edges() {
        let mut pixels = Pixels::new(2, 2, []);
        pixels.mask(&[255; 9], 3, (1, -2), BLACK);
        assert_eq!(pixels.numbers, [0, 1, 0, 0]);
        pixels.mask(&[255; 9], 3, (7, 0), BLACK);
        assert_eq!(pixels.numbers, [0, 1, 0, 0]);
    }

    #[test]
    fn a_full_palette_takes_what_is_most_alike() {
        let greys = (0..=255).map(|grey| ink(grey, grey, grey));
        let mut pixels = Pixels::new(1, 1, greys);
        pixels.rect((0.0, 0.0), (1.0, 1.0), ink(10, 11, 10));
        assert_eq!(pixels.palette()[usize::from(pixels.numbers[0])], RGBColor(10, 10, 10));
    }
}
