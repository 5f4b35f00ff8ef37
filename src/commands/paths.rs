//! The scenario files that paths name: files as they are, folders with every `.toml` file below.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::console::Console;
use crate::failure::Failure;
use crate::session::STANDARD_INPUT;

/// A scenario file and its place among the outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioPath {
    /// The file; `-` is standard input.
    pub file: PathBuf,
    /// Its path below the folder that was named, or its name.
    pub relative: PathBuf,
}

/// The folder that is looked into where no path is named.
const SAMPLES: &str = "scenarios";

/// The scenario files that a run without a path is about: those of `scenarios/` itself, by name. The
/// folders below it are left to runs that name them.
///
/// # Errors
/// There is no such folder, or no scenario in it.
pub fn samples(console: &Console) -> Result<Samples, Failure> {
    let folder = Path::new(SAMPLES);
    if !folder.is_dir() {
        return Err(Failure::unusable("name a scenario: there is no folder scenarios here")
            .hint("`comanage init` writes one to start from"));
    }
    let (files, below): (Vec<_>, Vec<_>) =
        find(&[folder.to_path_buf()], console)?.into_iter().partition(|path| path.relative.components().count() == 1);
    if files.is_empty() {
        return Err(Failure::unusable(format!("no scenario in {SAMPLES} itself; {} below it", below.len()))
            .hint(format!("name the folder: comanage compare {SAMPLES}")));
    }
    Ok(Samples { files, below: below.len() })
}

/// What a run without a path is about.
pub struct Samples {
    /// The scenario files of the folder itself.
    pub files: Vec<ScenarioPath>,
    /// How many more are in folders below it.
    pub below: usize,
}

/// Finds the scenario files, in the order given, those of a folder by name. Links to folders are
/// followed, each folder once. Files of other names are no scenarios; hidden ones are left out, and said to be.
///
/// # Errors
/// A path that does not exist or cannot be read, a folder without scenarios.
pub fn find(paths: &[PathBuf], console: &Console) -> Result<Vec<ScenarioPath>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(ScenarioPath { file: path.clone(), relative: PathBuf::from(STANDARD_INPUT) });
        } else if path.is_dir() {
            let before = found.len();
            walk(path, path, &mut HashSet::new(), (&mut found, console))?;
            if found.len() == before {
                return Err(Failure::unusable(format!("no scenario in {}: it has no .toml file", path.display()))
                    .hint("`comanage init` writes one to start from"));
            }
        } else if path.extension().is_none() && fs::symlink_metadata(path).is_err() {
            return Err(Failure::unusable(format!("there is no file or folder {}", path.display()))
                .hint("name a scenario, or let `comanage init` write one to start from"));
        } else {
            let name = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            found.push(ScenarioPath { file: path.clone(), relative: name });
        }
    }
    Ok(found)
}

fn walk(
    root: &Path,
    folder: &Path,
    seen: &mut HashSet<PathBuf>,
    (found, console): (&mut Vec<ScenarioPath>, &Console),
) -> Result<(), Failure> {
    let failed = |error| Failure::system(format!("cannot read the folder {}", folder.display()), &error);
    // A link could lead around in a circle.
    if !seen.insert(fs::canonicalize(folder).map_err(failed)?) {
        return Ok(());
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(failed)?.collect();
    let mut paths: Vec<PathBuf> = entries.map_err(failed)?.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let is_hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    for path in paths {
        let is_scenario = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if is_hidden(&path) {
            if is_scenario && path.is_file() {
                console.say(&format!("note: {} is hidden and left out; name it to include it", path.display()));
            }
        } else if path.is_dir() {
            walk(root, &path, seen, (&mut *found, console))?;
        } else if is_scenario {
            let relative = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
            found.push(ScenarioPath { file: path, relative });
        }
    }
    Ok(())
}
