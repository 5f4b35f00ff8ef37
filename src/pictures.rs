//! Charts as files: SVG, and PNG made of the same drawing.

use std::path::Path;

use crate::failure::Failure;
use crate::files::Files;
use comanage_report::chart::Picture;

/// Writes charts into a folder.
///
/// # Errors
/// The disk or a permission fails.
pub fn write(pictures: &[Picture], folder: &Path, with_png: bool, files: &Files) -> Result<(), Failure> {
    for picture in pictures {
        let svg = comanage_report::chart::ungrouped(&picture.svg);
        files.write(&folder.join(format!("{}.svg", picture.name)), svg.as_bytes())?;
        if with_png {
            write_png(picture, folder, files)?;
        }
    }
    Ok(())
}

/// The same chart in pixels.
#[cfg(feature = "png")]
fn write_png(picture: &Picture, folder: &Path, files: &Files) -> Result<(), Failure> {
    const PIXELS: f32 = 2.0;
    let drawn = comanage_report::chart::png::png(&picture.svg, PIXELS);
    let bytes = drawn.map_err(|error| Failure::unusable(format!("cannot draw {}.png: {error}", picture.name)))?;
    files.write(&folder.join(format!("{}.png", picture.name)), &bytes)
}

#[cfg(not(feature = "png"))]
fn write_png(_: &Picture, _: &Path, _: &Files) -> Result<(), Failure> {
    Ok(())
}
