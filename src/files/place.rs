//! Where a path leads: through links to a file, to a device or pipe, or to standard output itself.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Where a path leads.
#[derive(Debug)]
pub enum Place {
    /// A file, there or not, without links on the way.
    File(PathBuf),
    /// A device, a pipe, or an open file of a process: nothing that could be replaced.
    Stream,
    /// The standard output of this run.
    StandardOutput,
}

/// Follows a path.
///
/// # Errors
/// It leads to a folder or a file that must not be written, or cannot be followed.
pub fn resolve(path: &Path) -> io::Result<Place> {
    const MAX_LINKS: usize = 40;
    if is_standard_output(path) {
        return Ok(Place::StandardOutput);
    }
    let mut at = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        let about = match fs::symlink_metadata(&at) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Place::File(absolute(&at)?)),
            about => about?,
        };
        if about.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        } else if about.is_symlink() {
            if is_of_processes(&at) {
                return Ok(Place::Stream);
            }
            at = parent(&at).join(fs::read_link(&at)?);
        } else if about.is_file() && about.permissions().readonly() {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "the file there is read-only"));
        } else if about.is_file() {
            return Ok(Place::File(absolute(&at)?));
        } else {
            return Ok(Place::Stream);
        }
    }
    Err(io::Error::other("too many links"))
}

/// Whether a link means an open file of a process: what it names cannot be replaced.
fn is_of_processes(link: &Path) -> bool {
    let absolute = absolute(link).unwrap_or_else(|_| link.to_path_buf());
    absolute.starts_with("/proc") || absolute.starts_with("/dev/fd")
}

/// The folder that a path lies in.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path from the root, without links in its folders; folders that are not there are kept as they
/// are written.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    let folder = parent(path);
    let Some(name) = path.file_name() else { return fs::canonicalize(path) };
    match fs::canonicalize(folder) {
        Ok(folder) => Ok(folder.join(name)),
        Err(error) if error.kind() == ErrorKind::NotFound && folder != path => Ok(absolute(folder)?.join(name)),
        Err(error) => Err(error),
    }
}

/// Makes a folder and those on the way; each that was made is added, outermost first.
///
/// # Errors
/// A file is in the way; the disk or a permission fails.
pub fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|part| !part.as_os_str().is_empty() && fs::metadata(part).is_err()).collect();
    for part in missing.into_iter().rev() {
        match fs::create_dir(part) {
            Ok(()) => made.push(part.to_path_buf()),
            // Another run may have been faster.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && part.is_dir() => {}
            Err(error) => return Err(error),
        }
    }
    if folder.is_dir() { Ok(()) } else { Err(ErrorKind::NotADirectory.into()) }
}

/// A new file of a random name in a folder, which goes away unless it is kept. Its path is remembered before it is
/// made, so that a run that is killed in between leaves nothing that no one knows of.
///
/// # Errors
/// The disk or a permission fails.
pub fn next_to(folder: &Path, remember: impl Fn(&Path) -> io::Result<()>) -> io::Result<NamedTempFile> {
    let make = |path: &Path| {
        remember(path)?;
        // With the mode of any new file: what the user's mask leaves of it.
        fs::File::options().read(true).write(true).create_new(true).open(path)
    };
    tempfile::Builder::new().prefix(".comanage-").suffix(".part").make_in(folder, make)
}

/// Gives a file the mode of the one whose place it takes.
///
/// # Errors
/// The mode cannot be set.
pub fn keep_mode(from: &Path, to: &Path) -> io::Result<()> {
    match fs::metadata(to) {
        Ok(about) if about.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(about) => fs::set_permissions(from, about.permissions()),
        Err(_) => Ok(()),
    }
}

/// What a file is on its disk, by whatever path it is reached; only files are distinguished.
#[cfg(unix)]
pub fn identity(about: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    about.is_file().then(|| (about.dev(), about.ino()))
}

/// What a file is on its disk: not known here.
#[cfg(not(unix))]
pub fn identity(_: &fs::Metadata) -> Option<(u64, u64)> {
    None
}

/// The disk that a folder is on, as far as it is known.
#[cfg(unix)]
pub fn disk(folder: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    folder.ancestors().find_map(|part| fs::metadata(part).ok()).map(|about| about.dev())
}

/// The disk that a folder is on: not known here.
#[cfg(not(unix))]
pub fn disk(_: &Path) -> Option<u64> {
    None
}

/// What standard input or standard output is.
#[cfg(unix)]
pub fn stream(of: impl std::os::fd::AsFd) -> Option<fs::Metadata> {
    fs::File::from(of.as_fd().try_clone_to_owned().ok()?).metadata().ok()
}

/// Whether a path is `-` or leads to the standard output of this run.
#[cfg(unix)]
pub fn is_standard_output(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let of = |about: &fs::Metadata| (about.dev(), about.ino());
    let named = fs::metadata(path);
    path.as_os_str() == "-" || named.is_ok_and(|named| stream(io::stdout()).is_some_and(|out| of(&out) == of(&named)))
}

/// Whether a path is `-`.
#[cfg(not(unix))]
pub fn is_standard_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}
