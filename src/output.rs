//! Files that are written: the only place that writes any.
//!
//! A file is written beside its place and renamed, so it is complete or not there. Folder names are
//! made of the names of scenario files and can never lead out of the output folder.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::failure::Failure;
use crate::file_name::safe_name;

/// Writes a file: complete, or not at all. Folders on the way are made.
///
/// # Errors
/// The disk or a permission fails.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_with(path, |file| file.write_all(bytes))
}

/// Writes a file piece by piece: complete, or not at all.
///
/// # Errors
/// The disk or a permission fails.
pub fn write_with(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let doing = || format!("cannot write {}", path.display());
    write_atomically(path, fill).map_err(|error| Failure::machine(doing(), &error))
}

fn write_atomically(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let beside = folder.join(format!(".comanage-{}-{number}.part", std::process::id()));
    let placed = fill_file(&beside, fill).and_then(|()| fs::rename(&beside, path));
    if placed.is_err() {
        // Nothing half-written stays; the first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    placed
}

fn fill_file(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut file = io::BufWriter::new(fs::File::create(path)?);
    fill(&mut file)?;
    file.flush()
}

/// Makes the output folder and finds out at once whether it can be written.
///
/// # Errors
/// It cannot.
pub fn prepare(folder: &Path) -> Result<(), Failure> {
    let probe = folder.join(format!(".comanage-{}.part", std::process::id()));
    let tried =
        fs::create_dir_all(folder).and_then(|()| fs::File::create(&probe)).and_then(|_| fs::remove_file(&probe));
    tried.map_err(|error| {
        Failure::machine(format!("cannot write to the output folder {}", folder.display()), &error)
            .hint("choose another with --output DIR")
    })
}

/// The folder of a scenario under the output folder: its path as given, each part made safe, the
/// file's ending left off.
pub fn folder_of(relative: &Path) -> PathBuf {
    let stem = relative.with_extension("");
    let parts = stem.components().filter_map(|part| match part {
        std::path::Component::Normal(name) => Some(safe_name(&name.to_string_lossy())),
        _ => None,
    });
    let folder: PathBuf = parts.collect();
    if folder.as_os_str().is_empty() { PathBuf::from("scenario") } else { folder }
}
