//! Files that are written: the only place that writes any.
//!
//! A file is written beside its place and renamed, so it is complete or not there. Folder names are
//! made of the names of scenario files and can never lead out of the output folder.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::failure::Failure;
use comanage_report::file_name::safe_name;

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
    let mut growing = Growing::create(path)?;
    fill(&mut growing.file).map_err(|error| cannot_write(path, &error))?;
    growing.finish()
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    Failure::system(format!("cannot write {}", path.display()), error)
}

/// A file that grows while results come in. It stands beside its place until it is finished; one
/// that is dropped before is taken away. What is no file, such as a pipe, is written to directly.
pub struct Growing {
    path: PathBuf,
    /// Where it stands until it is finished.
    beside: Option<PathBuf>,
    file: io::BufWriter<fs::File>,
}

impl Growing {
    /// Begins a file. Folders on the way are made.
    ///
    /// # Errors
    /// The disk or a permission fails.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        let is_special = fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir());
        let opened = match is_special {
            true => fs::OpenOptions::new().write(true).open(path).map(|file| (None, file)),
            false => beside(path).map(|(beside, file)| (Some(beside), file)),
        };
        let (beside, file) = opened.map_err(|error| cannot_write(path, &error))?;
        Ok(Self { path: path.to_path_buf(), beside, file: io::BufWriter::with_capacity(1 << 16, file) })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// The disk fails.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| cannot_write(&self.path, &error))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// The disk or a permission fails.
    pub fn finish(mut self) -> Result<(), Failure> {
        let placed = self.file.flush().and_then(|()| match &self.beside {
            Some(beside) => fs::rename(beside, &self.path),
            None => Ok(()),
        });
        placed.map_err(|error| cannot_write(&self.path, &error))?;
        self.beside = None;
        Ok(())
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // Nothing half-written stays; the first error is the one to tell.
            let _ = fs::remove_file(beside);
        }
    }
}

/// A new file beside a place. Another run may leave one behind, so the name must be free.
fn beside(path: &Path) -> io::Result<(PathBuf, fs::File)> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!(".comanage-{}-{number}.part", std::process::id()));
        match fs::File::create_new(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| (beside, file)),
        }
    }
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
        Failure::system(format!("cannot write to the output folder {}", folder.display()), &error)
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
