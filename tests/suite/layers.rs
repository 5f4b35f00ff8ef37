//! What the compiler does not hold: that modules say what they are for, and where the world is met.
//!
//! Which crate may use which is said in their `Cargo.toml`, and held by the compiler.

use std::path::{Path, PathBuf};

use crate::common::{files_below, repository, text_of};

/// The sources of the program and of its crates.
fn sources() -> Vec<PathBuf> {
    ["src", "crates"].map(repository).iter().flat_map(|folder| files_below(folder, "rs")).collect()
}

/// The crate and module of a source file, as in `format/load`; the root package is `comanage`.
fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(repository("")).expect("it is below the repository");
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    let (owner, first) = if parts[0] == "src" { ("comanage".into(), &parts[1]) } else { (parts[1].clone(), &parts[3]) };
    format!("{owner}/{}", first.trim_end_matches(".rs"))
}

#[test]
fn every_module_says_what_it_is_for() {
    let beside = ["tests/suite", "benches"].map(repository);
    for path in sources().into_iter().chain(beside.iter().flat_map(|folder| files_below(folder, "rs"))) {
        let text = text_of(&path);
        assert!(text.starts_with("//! "), "{} does not say what it is for", path.display());
    }
}

/// Files are read and written in one place each, and nothing asks for the time or the network.
#[test]
fn the_world_is_met_at_the_ends() {
    let meets = [
        ("std::fs", &["format/load", "comanage/files", "comanage/commands", "notices/main"] as &[&str]),
        ("std::net", &[]),
        ("SystemTime", &[]),
        ("Instant", &[]),
        ("println!", &[]),
        ("std::env", &["comanage/console", "notices/main"]),
    ];
    for path in sources() {
        let (module, text) = (module_of(&path), text_of(&path));
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (word, modules) in meets {
            let is_met = code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
            assert!(!is_met || modules.contains(&module.as_str()), "{} uses {word}", path.display());
        }
    }
}
