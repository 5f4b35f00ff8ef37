//! Charts as files: SVG, and PNG made of the same drawing.

use std::path::Path;

use rayon::prelude::*;

use crate::failure::Failure;
use crate::files::Files;
use comanage_report::chart::Picture;
use comanage_report::chart::svg::{Groups, svg};

/// Writes charts into a folder, several at a time.
///
/// # Errors
/// The disk or a permission fails.
pub fn write(pictures: &[Picture], folder: &Path, with_png: bool, files: &Files) -> Result<(), Failure> {
    let written = pictures.par_iter().map(|picture| {
        let svg = svg(&*picture.chart, Groups::None);
        files.write(&folder.join(format!("{}.svg", picture.name)), svg.as_bytes())?;
        if with_png { write_png(picture, folder, files) } else { Ok(()) }
    });
    // Where several fail, the first in order is reported, whichever failed first.
    written.collect::<Vec<_>>().into_iter().collect()
}

/// The same chart in pixels.
#[cfg(feature = "png")]
fn write_png(picture: &Picture, folder: &Path, files: &Files) -> Result<(), Failure> {
    const PIXELS: f64 = 2.0;
    let drawn = comanage_report::chart::png::png(&*picture.chart, PIXELS);
    let bytes = drawn.map_err(|error| Failure::unusable(format!("cannot draw {}.png: {error}", picture.name)))?;
    files.write(&folder.join(format!("{}.png", picture.name)), &bytes)
}

#[cfg(not(feature = "png"))]
fn write_png(_: &Picture, _: &Path, _: &Files) -> Result<(), Failure> {
    Ok(())
}
