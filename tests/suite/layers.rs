//! The layers of the code: a module uses what lies under it, and no more than it should know.
//!
//! The rule stands here as two tables; the `crate::` paths of the sources are held to it. A new
//! module has its place in [`LAYERS`] before it is used.

use std::collections::BTreeSet;
use std::path::Path;

use regex_lite::Regex;

use crate::common::{files_below, repository, text_of};

/// The modules by layer, from the ground up. A module may use those of the layers under it, and of
/// its own layer those that are named before it.
const LAYERS: [(&str, &[&str]); 9] = [
    ("the ground", &["month", "week", "source", "file_name", "diagnostic", "number", "money", "trace"]),
    ("what a file says", &["scenario"]),
    ("published figures", &["guide", "rates"]),
    ("formulas", &["counts", "presence", "price", "plan", "work", "coverage", "ledger", "evaluate", "totals", "lanes"]),
    ("files", &["load"]),
    (
        "results",
        &[
            "compare",
            "expect",
            "fit",
            "simulate",
            "vary",
            "breakeven",
            "sweep",
            "portfolio",
            "quotes",
            "matrix",
            "diff",
        ],
    ),
    ("words and pictures", &["chart", "report", "explain"]),
    ("bytes", &["render", "workbook"]),
    ("the ends", &["failure", "output", "commands", "cli"]),
];

/// What a module does not know although it lies under it.
const UNKNOWN: [(&str, &[&str]); 6] = [
    // What is computed does not depend on how it was written.
    ("load", &["counts", "presence", "price", "plan", "work", "coverage", "ledger", "evaluate", "totals", "lanes"]),
    ("compare", &["load", "rates"]),
    ("simulate", &["load", "rates"]),
    // A chart draws values; a renderer computes none.
    ("chart", &["scenario", "compare", "evaluate", "ledger", "work", "coverage", "plan", "load", "number", "money"]),
    ("render", &["counts", "presence", "price", "plan", "work", "evaluate", "totals", "lanes", "chart"]),
    // Who writes bytes does not know what they say.
    ("output", &["scenario", "compare", "report", "render", "chart"]),
];

/// Uses that the tables forbid and that stand all the same, each with its reason.
const EXCEPTIONS: [(&str, &str); 1] = [
    // The flags of all commands are one type, and `cli` lists the arguments of each.
    ("commands", "cli"),
];

/// The module of a source file: its name, or that of the folder in `src/` that it stands in.
fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(repository("src")).expect("it is below src");
    let first = Path::new(below.iter().next().expect("a path has a part"));
    first.with_extension("").to_string_lossy().into_owned()
}

/// The modules that a text uses, comments aside.
fn used(text: &str) -> BTreeSet<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
    let one = Regex::new(r"\bcrate::([a-z_]+)").expect("the pattern is right");
    let several = Regex::new(r"\bcrate::\{([^}]*)").expect("the pattern is right");
    let name = Regex::new(r"(?:^|,)\s*([a-z_]+)").expect("the pattern is right");
    let mut found: BTreeSet<String> = one.captures_iter(&code).map(|found| found[1].to_string()).collect();
    for list in several.captures_iter(&code) {
        found.extend(name.captures_iter(&list[1]).map(|found| found[1].to_string()));
    }
    found
}

/// The height of a module: its layer, and its place in that.
fn height(module: &str) -> Option<(usize, usize)> {
    let place = |modules: &[&str]| modules.iter().position(|name| *name == module);
    LAYERS.iter().enumerate().find_map(|(layer, (_, modules))| Some((layer, place(modules)?)))
}

#[test]
fn every_module_uses_what_lies_under_it() {
    let mut wrong = BTreeSet::new();
    for path in files_below(&repository("src"), "rs") {
        let module = module_of(&path);
        if ["lib", "main"].contains(&module.as_str()) {
            continue;
        }
        let Some(own) = height(&module) else {
            wrong.insert(format!("{module} has no layer"));
            continue;
        };
        for other in used(&text_of(&path)).into_iter().filter(|other| *other != module) {
            let unknown = UNKNOWN.iter().any(|(name, others)| *name == module && others.contains(&other.as_str()));
            let is_excepted = EXCEPTIONS.contains(&(module.as_str(), other.as_str()));
            let lies_under = height(&other).is_some_and(|height| height < own);
            if !is_excepted && (unknown || !lies_under) {
                wrong.insert(format!("{} may not use {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let folders = ["src", "tests/suite", "benches"].map(repository);
    let sources = folders.iter().filter(|folder| folder.is_dir()).flat_map(|folder| files_below(folder, "rs"));
    for path in sources {
        let text = text_of(&path);
        assert!(text.starts_with("//! "), "{} does not say what it is for", path.display());
    }
}

/// Files are read and written in one place each, and nothing asks for the time or the network.
#[test]
fn the_world_is_met_at_the_ends() {
    let meets = [
        ("std::fs", &["load", "output", "commands"] as &[&str]),
        ("std::net", &[]),
        ("SystemTime", &[]),
        ("Instant", &[]),
        ("println!", &[]),
        ("std::env", &[]),
    ];
    for path in files_below(&repository("src"), "rs") {
        let (module, text) = (module_of(&path), text_of(&path));
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (word, modules) in meets {
            let is_met = code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word));
            assert!(!is_met || modules.contains(&module.as_str()), "{} uses {word}", path.display());
        }
    }
}
