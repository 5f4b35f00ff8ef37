//! What the documents say is what the program does.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use comanage_analysis::compare::compare;
use comanage_analysis::expect::missed;
use comanage_analysis::matrix::Rule;
use comanage_analysis::quotes::RED_FLAG;
use comanage_format::load::{CODES, Document, load};
use comanage_report::document;
use comanage_report::write::{self, Terminal};
use regex_lite::Regex;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the file can be read").replace("\r\n", "\n")
}

/// The texts between fences that open with ```` ``` ```` and these words.
fn fenced(document: &str, opening: &str) -> Vec<(String, String)> {
    let fence = Regex::new(&format!(r"(?ms)^```{opening}([^\n]*)\n(.*?)^```$")).expect("the pattern is right");
    fence.captures_iter(document).map(|found| (found[1].trim().to_string(), found[2].to_string())).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The codes of findings that the code makes: those of loading, of the rules of a matrix, and every
/// text that a finding is made with elsewhere.
fn codes() -> BTreeSet<String> {
    let making = r#"(?:(?:Diagnostic|Kind)::(?:error|warning|note|new)|finding|told)\(\s*(?:Severity::\w+,\s*)?"([a-z0-9]+(?:-[a-z0-9]+)+)""#;
    let making = Regex::new(making).expect("the pattern is right");
    let mut files = Vec::new();
    for folder in ["src", "crates"] {
        sources(&root().join(folder), &mut files);
    }
    let mut codes: BTreeSet<String> = CODES.iter().map(|(code, _)| (*code).to_string()).collect();
    for file in files {
        let text = fs::read_to_string(&file).expect("the source can be read");
        codes.extend(making.captures_iter(&text).map(|found| found[1].to_string()));
    }
    codes.extend(Rule::ALL.iter().map(|rule| rule.code().to_string()));
    codes.insert(RED_FLAG.to_string());
    codes
}

#[test]
fn every_finding_is_documented() {
    let row = Regex::new(r"(?m)^\| `([a-z0-9-]+)` \|").expect("the pattern is right");
    let document = read("docs/findings.md");
    let rows: Vec<String> = row.captures_iter(&document).map(|found| found[1].to_string()).collect();
    let documented: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(rows.len(), documented.len(), "a code has one row");
    assert!(documented.len() > 70);
    let made = codes();
    let missing: Vec<&String> = made.difference(&documented).collect();
    let idle: Vec<&String> = documented.difference(&made).collect();
    assert!(missing.is_empty(), "docs/findings.md lacks {missing:?}");
    assert!(idle.is_empty(), "docs/findings.md tells of {idle:?}, which nothing finds");
}

/// The README and everything in `docs/`.
fn documents() -> Vec<String> {
    let entries = fs::read_dir(root().join("docs")).expect("the folder can be read");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut found: Vec<String> =
        names.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}")).collect();
    found.push("README.md".to_string());
    found.sort();
    found
}

/// Every scenario that a document shows whole can be compared, and comes to what it expects.
#[test]
fn scenarios_in_documents_come_out_as_told() {
    let mut shown = 0;
    for document in documents() {
        for (_, text) in fenced(&read(&document), "toml scenario") {
            let loaded = Document::parse(&document, text.as_bytes(), &mut |_| unreachable!("nothing is extended"));
            let loaded = loaded.read();
            assert!(loaded.diagnostics.is_empty(), "{document}: {:?}\n{text}", loaded.diagnostics);
            let scenario = loaded.scenario.expect("a scenario without errors");
            let missed = missed(&compare(&scenario).expect("its figures have room"));
            assert!(missed.is_empty(), "{document}: {missed:?}\n{text}");
            shown += 1;
        }
    }
    assert!(shown >= 12, "{shown} scenarios");
}

/// The README shows lines of what the program prints, as they are and in their order.
#[test]
fn excerpts_are_what_is_printed() {
    let excerpts = fenced(&read("README.md"), "text excerpt of");
    assert!(!excerpts.is_empty());
    for (file, excerpt) in excerpts {
        let path = root().join(&file);
        let scenario = load(&path.to_string_lossy()).scenario.expect("the sample is valid");
        let comparison = compare(&scenario).expect("its figures have room");
        let printed = write::text::render(&document::comparison(&comparison, None), Terminal::default());
        let mut lines = printed.lines();
        for line in excerpt.lines() {
            assert!(lines.any(|printed| printed == line), "{file} does not print, or not here: {line}\n{printed}");
        }
    }
}

/// The clients that the peers are raced over can be compared, and come to what is worked out by hand.
#[test]
fn clients_of_the_races_come_out_as_expected() {
    for (file, expectations) in [("base.toml", 6), ("uncertain.toml", 0)] {
        let path = root().join("benches/peers").join(file);
        let loaded = load(&path.to_string_lossy());
        assert!(loaded.diagnostics.is_empty(), "{file}: {:?}", loaded.diagnostics);
        let scenario = loaded.scenario.expect("a scenario without errors");
        let missed = missed(&compare(&scenario).expect("its figures have room"));
        assert!(missed.is_empty(), "{file}: {missed:?}");
        assert_eq!(scenario.expect.len(), expectations, "{file}");
    }
}
