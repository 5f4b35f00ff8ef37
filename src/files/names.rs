//! The folders of scenarios, made of the names of their files. They never lead out of the output
//! folder.

use std::path::{Component, Path, PathBuf};

use comanage_report::file_name::safe_name;

/// The files that stand next to the folders of scenarios.
const SUMMARIES: [&str; 2] = ["summary.md", "summary.csv"];

/// The folder of a scenario under the output folder: its path as given, each part made safe, the
/// file's ending left off.
pub fn folder_of(relative: &Path) -> PathBuf {
    let stem = relative.with_extension("");
    let parts = stem.components().filter_map(|part| match part {
        Component::Normal(name) => Some(safe_name(&name.to_string_lossy())),
        _ => None,
    });
    let mut folder: PathBuf = parts.collect();
    if folder.as_os_str().is_empty() {
        folder = PathBuf::from("scenario");
    }
    let is_summary = SUMMARIES.iter().any(|name| folder.as_os_str().eq_ignore_ascii_case(name));
    if is_summary { PathBuf::from(format!("{}-", folder.display())) } else { folder }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_leads_out_or_takes_the_place_of_a_summary() {
        for (file, folder) in [
            ("../a/b.toml", "a/b"),
            ("summary.md.toml", "summary.md-"),
            ("Summary.CSV.toml", "Summary.CSV-"),
            ("a/summary.md.toml", "a/summary.md"),
            ("..", "scenario"),
        ] {
            assert_eq!(folder_of(Path::new(file)), Path::new(folder), "{file}");
        }
    }
}
