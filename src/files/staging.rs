//! The folder in which the files of a run wait, and how they are put in their places together.
//!
//! It is a hidden folder inside the output folder, locked as long as the run lives. Before files are
//! moved the moves are noted in it. A later run finds folders that no one holds any more: it makes
//! the moves that were noted, so that the files of a run that was killed meanwhile are all there or
//! none, and takes the folder away.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use super::place;

/// How the folders are named.
const PREFIX: &str = ".comanage-";
/// The file in it that is locked.
const HELD: &str = "held";
/// The file in it that notes the moves.
const NOTES: &str = "moves";
/// The file in it that lists the files that wait next to their places.
const ELSEWHERE: &str = "elsewhere";

/// A folder in which files wait.
pub struct Staging {
    /// The output folder, without links.
    root: PathBuf,
    folder: TempDir,
    next: u64,
    _held: File,
}

impl Staging {
    /// Makes a folder inside an output folder, after what runs that were killed have left there is put
    /// right.
    ///
    /// # Errors
    /// The disk or a permission fails.
    pub fn begin(root: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        let lock = lock(&root);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(&root)?;
        // Where folders cannot be locked no one knows which are left.
        if lock.is_some() {
            put_right(&root, folder.path());
        }
        let held = File::create_new(folder.path().join(HELD))?;
        // Where files cannot be locked no one takes the folder for one that was left.
        let _ = held.lock();
        Ok(Self { root, folder, next: 0, _held: held })
    }

    /// Whether a file that goes to a place can wait here: it is below the output folder, on its disk.
    pub fn holds(&self, to: &Path) -> bool {
        to.starts_with(&self.root) && place::disk(place::parent(to)) == place::disk(&self.root)
    }

    /// The path of the next file that waits.
    pub fn next(&mut self) -> PathBuf {
        self.next += 1;
        self.folder.path().join(self.next.to_string())
    }

    /// Remembers a file that waits next to its place, for the case that the run is killed.
    ///
    /// # Errors
    /// The disk fails.
    pub fn remember(&self, file: &Path) -> io::Result<()> {
        let mut list = File::options().append(true).create(true).open(self.folder.path().join(ELSEWHERE))?;
        list.write_all(format!("{}\0", file.display()).as_bytes())
    }

    /// Keeps other runs from putting files in their places.
    pub fn lock(&self) -> Option<File> {
        lock(&self.root)
    }

    /// Notes changes before they are made.
    ///
    /// # Errors
    /// The disk fails.
    pub fn note(&self, changes: &[Change]) -> io::Result<()> {
        let Some(lines) = changes.iter().map(Change::noted).collect::<Option<Vec<String>>>() else {
            // A path that is no text cannot be noted; its files are moved all the same.
            return Ok(());
        };
        let unfinished = self.folder.path().join("unfinished");
        let mut file = File::create_new(&unfinished)?;
        file.write_all(lines.concat().as_bytes())?;
        file.sync_all()?;
        fs::rename(unfinished, self.folder.path().join(NOTES))
    }
}

/// A change on the disk.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// A file goes to its place.
    Put {
        /// Where it waits.
        from: PathBuf,
        /// Where it is put when the run is complete.
        to: PathBuf,
    },
    /// A file of an earlier run goes away.
    Remove(PathBuf),
}

impl Change {
    /// The file that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Put { to, .. } => to,
            Self::Remove(path) => path,
        }
    }

    /// The folder of that file.
    pub fn folder(&self) -> &Path {
        place::parent(self.path())
    }

    /// Makes it.
    ///
    /// # Errors
    /// The disk or a permission fails.
    pub fn make(&self) -> io::Result<()> {
        match self {
            Self::Put { from, to } => fs::rename(from, to),
            Self::Remove(path) => fs::remove_file(path),
        }
    }

    /// The change as it is noted: two paths, each with a zero byte behind it; the second is empty where
    /// the first is removed. None where a path is no text.
    fn noted(&self) -> Option<String> {
        let (from, to) = match self {
            Self::Put { from, to } => (from.to_str()?, to.to_str()?),
            Self::Remove(path) => (path.to_str()?, ""),
        };
        Some(format!("{from}\0{to}\0"))
    }

    /// The changes that were noted.
    fn read(notes: &str) -> Vec<Self> {
        let paths: Vec<&str> = notes.split('\0').collect();
        let pairs = paths.as_chunks::<2>().0.iter();
        let change = |[from, to]: &[&str; 2]| match *to {
            "" => Self::Remove(from.into()),
            to => Self::Put { from: from.into(), to: to.into() },
        };
        pairs.map(change).collect()
    }
}

/// Locks a folder until what comes back is dropped; none where folders cannot be locked.
fn lock(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// Makes the changes that runs that were killed have noted, and takes away what they left. Where that
/// fails it is left to the next run.
fn put_right(root: &Path, own: &Path) {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let left = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    // What another user has put there is none of ours.
    for folder in left.map(|entry| entry.path()).filter(|folder| folder != own && owner(folder) == owner(own)) {
        // A run makes its folder and locks it while it holds the output folder, as this one does now.
        let held = File::open(folder.join(HELD));
        if held.as_ref().is_ok_and(|held| held.try_lock().is_err()) {
            continue;
        }
        let notes = fs::read_to_string(folder.join(NOTES)).unwrap_or_default();
        for change in Change::read(&notes).iter().filter(|change| change.is_of(&folder, root)) {
            // What is done already fails.
            let _ = change.make();
        }
        let elsewhere = fs::read_to_string(folder.join(ELSEWHERE)).unwrap_or_default();
        for file in elsewhere.split('\0').map(Path::new).filter(|file| is_part(file)) {
            let _ = fs::remove_file(file);
        }
        let _ = fs::remove_dir_all(&folder);
    }
}

/// Whether a file has the name of one that waits next to its place.
fn is_part(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX))
}

/// Whose a folder is, links not followed; none where that is not known.
#[cfg(unix)]
fn owner(folder: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    let about = fs::symlink_metadata(folder).ok()?;
    about.is_dir().then(|| about.uid())
}

/// Whose a folder is: not known here.
#[cfg(not(unix))]
fn owner(_: &Path) -> Option<u32> {
    None
}

impl Change {
    /// Whether a change that was noted moves a file that waits in a folder, or one next to its place:
    /// notes that anyone else has written change nothing else.
    fn is_of(&self, folder: &Path, root: &Path) -> bool {
        let goes_back = self.path().components().any(|part| part == Component::ParentDir);
        match self {
            _ if goes_back => false,
            Self::Put { from, to } => {
                (from.parent() == Some(folder) && to.starts_with(root))
                    || (is_part(from) && from.parent() == to.parent())
            }
            Self::Remove(path) => path.starts_with(root),
        }
    }
}

/// Writes a file through to its disk.
///
/// # Errors
/// The disk fails.
pub fn sync(file: &Path) -> io::Result<()> {
    File::options().write(true).open(file)?.sync_all()
}

/// Writes the names in folders through to their disks, where that can be done.
pub fn sync_folders(folders: &[&Path]) {
    let mut folders = folders.to_vec();
    folders.sort();
    folders.dedup();
    for folder in folders {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A run that is killed while it moves files: the next one moves the rest.
    #[test]
    fn a_run_that_was_killed_is_completed_by_the_next() {
        let root = tempfile::tempdir().expect("a folder can be made");
        let root = fs::canonicalize(root.path()).expect("it is there");
        let mut killed = Staging::begin(&root).expect("a folder can be made");
        let (from, to) = (killed.next(), root.join("a.csv"));
        fs::write(&from, "new").expect("a file can be written");
        fs::write(root.join("b.csv"), "old").expect("a file can be written");
        let changes = [Change::Put { from, to: to.clone() }, Change::Remove(root.join("b.csv"))];
        killed.note(&changes).expect("the changes can be noted");
        let other = Staging::begin(&root).expect("a folder can be made");
        assert!(!to.exists(), "a run that lives is left alone");
        let Staging { folder, _held, .. } = killed;
        let folder = folder.keep();
        drop(_held);
        drop(other);
        drop(Staging::begin(&root).expect("a folder can be made"));
        assert_eq!(fs::read_to_string(to).expect("it was put there"), "new");
        assert!(!root.join("b.csv").exists() && !folder.exists());
        fs::remove_dir_all(root).expect("the folder can be removed");
    }
}
