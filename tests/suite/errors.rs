//! The catalogue of errors: a file for each, beside what the user sees.
//!
//! `COMANAGE_BLESS=1 cargo test` writes what is seen now; the difference is read in review.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use comanage_format::load::{CODES, Document, Loaded, load};
use comanage_model::diagnostic::{Diagnostic, render};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors")
}

/// Loads a file of the catalogue under its bare name, so that messages are the same everywhere.
fn load_case(name: &str) -> Loaded {
    let bytes = fs::read(folder().join(name)).expect("the case can be read");
    Document::parse(name, &bytes, &mut |base| fs::read(folder().join(base))).read()
}

fn cases() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the catalogue is there");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort();
    names
}

#[test]
fn every_error_looks_as_recorded() {
    let bless = std::env::var_os("COMANAGE_BLESS").is_some();
    let mut wrong = Vec::new();
    for name in cases() {
        let loaded = load_case(&name);
        let shown = render(&loaded.diagnostics, &loaded.sources, false);
        let record = folder().join(&name).with_extension("txt");
        if bless {
            fs::write(&record, &shown).expect("the record can be written");
        } else if fs::read_to_string(&record).ok().map(|text| text.replace("\r\n", "\n")) != Some(shown.clone()) {
            wrong.push(format!("--- {name}\n{shown}"));
        }
        assert!(!loaded.diagnostics.is_empty(), "{name} has a finding");
        assert_eq!(loaded.scenario.is_none(), loaded.has_errors(), "{name}: errors, and only they, refuse a file");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_catalogue_has_every_code() {
    assert!(cases().len() >= 70);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for name in cases() {
        seen.extend(load_case(&name).diagnostics.iter().map(|diagnostic| diagnostic.code));
    }
    seen.extend(found_on_disk().iter().map(|diagnostic| diagnostic.code));
    let document = Document::parse("a.toml", b"schema = 1", &mut |_| unreachable!());
    seen.extend(document.with("nowhere", "1").err().map(|diagnostic| diagnostic.code));
    let declared: BTreeSet<&str> = CODES.iter().map(|(code, _)| *code).collect();
    assert_eq!(seen, declared);
}

/// What is found about files before their text is.
fn found_on_disk() -> Vec<Diagnostic> {
    let temporary = std::env::temp_dir().join(format!("comanage-errors-{}", std::process::id()));
    fs::create_dir_all(&temporary).expect("a folder can be made");
    let large = temporary.join("large.toml");
    fs::write(&large, vec![b'#'; 16 * 1024 * 1024 + 1]).expect("a file can be written");
    let mut found = Vec::new();
    let inner = temporary.join("inner");
    fs::create_dir_all(&inner).expect("a folder can be made");
    fs::write(temporary.join("base.toml"), "schema = 1\n").expect("a file can be written");
    let outside = inner.join("outside.toml");
    fs::write(&outside, "extends = \"../base.toml\"\n").expect("a file can be written");
    let mut paths = vec![temporary.join("none.toml"), temporary.clone(), large, outside];
    if cfg!(unix) {
        paths.push("/dev/random".into());
    }
    for path in paths {
        let loaded = load(&path.to_string_lossy());
        assert!(!loaded.machine_failed && loaded.scenario.is_none());
        found.extend(loaded.diagnostics);
    }
    fs::remove_dir_all(&temporary).expect("the folder can be removed");
    let failed = Document::parse("a.toml", b"extends = \"b.toml\"", &mut |_| {
        Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, "permission denied"))
    });
    let failed = failed.read();
    assert!(failed.machine_failed);
    found.extend(failed.diagnostics);
    found
}

#[test]
fn thousands_of_findings_take_no_longer_than_their_lines() {
    let mut text = String::from("schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 12\n");
    for index in 0..10_000 {
        text += &format!("wrong_{index} = \"{}\"\n", "x".repeat(200));
    }
    let start = std::time::Instant::now();
    let loaded = Document::parse("a.toml", text.as_bytes(), &mut |_| unreachable!()).read();
    let shown = render(&loaded.diagnostics, &loaded.sources, true);
    assert_eq!(loaded.diagnostics.len(), 10_000);
    assert!(shown.len() > 1_000_000);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
