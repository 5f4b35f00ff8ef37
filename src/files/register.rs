//! Which files a run reads and writes: none is written over one that is read, and none twice.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::place;
use crate::failure::Failure;

/// The files of a run, by path and by what they are on their disk.
#[derive(Default)]
pub struct Register {
    known: HashMap<Key, Use>,
}

#[derive(PartialEq, Eq, Hash)]
enum Key {
    Path(PathBuf),
    Identity(u64, u64),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Read,
    Written,
}

impl Register {
    /// Adds a file that is read; `-` is standard input.
    pub fn read(&mut self, path: &Path) {
        let keys = if path.as_os_str() == "-" {
            standard_input()
        } else {
            fs::canonicalize(path).map_or_else(|_| Vec::new(), |path| keys(&path))
        };
        for key in keys {
            self.known.entry(key).or_insert(Use::Read);
        }
    }

    /// Adds a file that is written, named by the user or by the program as `path`.
    ///
    /// # Errors
    /// The run reads that file, or writes another one there.
    pub fn write(&mut self, path: &Path, place: &Path) -> Result<(), Failure> {
        let keys = keys(place);
        let shown = path.display();
        let failure = match keys.iter().find_map(|key| self.known.get(key)) {
            Some(Use::Read) => Failure::unusable(format!("{shown} is an input of this run and would be overwritten")),
            Some(Use::Written) => Failure::unusable(format!("two outputs of this run would be written to {shown}")),
            None => {
                self.known.extend(keys.into_iter().map(|key| (key, Use::Written)));
                return Ok(());
            }
        };
        Err(failure.hint("name another file, or another folder with --output DIR"))
    }
}

/// What a file is known by.
fn keys(path: &Path) -> Vec<Key> {
    let identity = fs::metadata(path).ok().as_ref().and_then(place::identity);
    let identity = identity.map(|(disk, number)| Key::Identity(disk, number));
    identity.into_iter().chain([Key::Path(path.to_path_buf())]).collect()
}

/// What standard input is known by, where it is a file.
#[cfg(unix)]
fn standard_input() -> Vec<Key> {
    let identity = place::stream(std::io::stdin()).as_ref().and_then(place::identity);
    identity.map(|(disk, number)| Key::Identity(disk, number)).into_iter().collect()
}

/// What standard input is known by: nothing here.
#[cfg(not(unix))]
fn standard_input() -> Vec<Key> {
    Vec::new()
}
