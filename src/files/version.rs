//! What tells one version of a file from another, without reading it.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// When a file was changed, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(Duration, u64);

impl Version {
    /// The version of a file; none while there is no file.
    pub fn of(file: &Path) -> Option<Self> {
        let about = fs::metadata(file).ok()?;
        let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self(changed, about.len()))
    }
}
