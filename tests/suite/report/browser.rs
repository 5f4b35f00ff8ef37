//! The documents in a browser: `tests/browser/run.mjs` opens and uses them, where there is a browser.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use super::{Written, sample};
use crate::common::{all_files, repository, text_of};

/// What is missing, if something is.
fn missing() -> Option<&'static str> {
    const OLDEST: u32 = 20;
    match () {
        () if node().is_none_or(|version| version < OLDEST) => Some("there is no node of version 20 or later"),
        () if !Path::new("/usr/bin/chromium").is_file() => Some("there is no /usr/bin/chromium"),
        () if !repository("tests/browser/node_modules").is_dir() => Some("run npm ci in tests/browser first"),
        () => None,
    }
}

/// The version of node, if it is there.
fn node() -> Option<u32> {
    let run = Command::new("node").arg("--version").output().ok()?;
    let words = String::from_utf8(run.stdout).ok()?;
    words.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Whether something is missing for a test, which is then told.
pub(super) fn told_missing(what: &str) -> bool {
    let missing = missing();
    if let Some(missing) = missing {
        // Written past the test's own capture, so that it is seen that nothing was tested.
        let _ = writeln!(std::io::stderr(), "skipped: {what}, because {missing}");
    }
    missing.is_some()
}

#[test]
fn documents_work_in_a_browser() {
    if told_missing("the documents in a browser") {
        return;
    }
    let written = ["harbor-foods", "three-quotes"]
        .map(|name| Written::new(&format!("report-browser-{name}"), &sample(name), &[]));
    let pages = written.iter().flat_map(|of| all_files(&of.folder).into_iter().map(|path| of.folder.join(path)));
    let pages = pages.filter(|path| path.extension().is_some_and(|ending| ending == "html"));
    let run = Command::new("node").arg(repository("tests/browser/run.mjs")).args(pages).output().expect("node starts");
    let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{said}");
}

/// The packages are named by version and digest, and no place to fetch them from is prescribed.
#[test]
fn packages_come_from_anywhere() {
    let lock = text_of(&repository("tests/browser/package-lock.json"));
    assert!(lock.contains("integrity") && !lock.contains("resolved") && !lock.contains("://"));
}
