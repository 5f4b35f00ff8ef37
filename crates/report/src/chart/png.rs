//! A chart as PNG: the same picture in pixels, for documents that take no SVG.
//!
//! Text is drawn with the embedded font and nothing is read from the machine, so the same
//! SVG gives the same picture everywhere.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::text::{REGULAR, SEMIBOLD};

/// No side of a picture is longer than this, in pixels.
const LONGEST_SIDE: f32 = 20_000.0;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The text is not an SVG picture.
    #[error("the chart is not a valid SVG")]
    NotSvg(#[from] resvg::usvg::Error),
    /// The picture has no size, or a size beyond twenty thousand pixels.
    #[error("the picture would be {width:.0} by {height:.0} pixels")]
    Size {
        /// The width that was asked for.
        width: f32,
        /// The height that was asked for.
        height: f32,
    },
    /// The pixels could not be written as PNG.
    #[error("the picture could not be encoded: {0}")]
    Encoding(String),
}

/// Draws an SVG as PNG, `scale` pixels for each of its own; 2 suits print and sharp screens.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    let options = Options { fontdb: fonts(), font_family: "Open Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let (width, height) = (tree.size().width() * scale, tree.size().height() * scale);
    let fits = |side: f32| (1.0..=LONGEST_SIDE).contains(&side);
    let pixmap = if fits(width) && fits(height) { Pixmap::new(width as u32, height as u32) } else { None };
    let mut pixmap = pixmap.ok_or(PngError::Size { width, height })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| PngError::Encoding(error.to_string()))
}

/// The embedded faces, read once.
fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut fonts = fontdb::Database::new();
            fonts.load_font_data(REGULAR.to_vec());
            fonts.load_font_data(SEMIBOLD.to_vec());
            fonts.set_sans_serif_family("Open Sans");
            Arc::new(fonts)
        })
        .clone()
}
