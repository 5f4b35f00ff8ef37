//! One word, one meaning: what users and developers read uses the terms of the glossary.
//!
//! `tests/data/words.json` lists what is not written and what is written instead. Keys, codes of
//! findings and sources that a scenario quotes are left out of the search; nothing else is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex_lite::Regex;
use serde_json::Value;

use crate::common::{repository, text_of};

/// A pattern and what to write in its place.
struct Rule {
    pattern: Regex,
    /// Letters that every match has, which are looked for first: that is much faster.
    literal: String,
    write: String,
}

/// The longest text that every match of a pattern has.
fn literal(pattern: &str) -> String {
    let (mut depth, mut part, mut best) = (0, String::new(), String::new());
    for sign in pattern.chars().chain(['.']) {
        depth += i32::from("([".contains(sign)) - i32::from(")]".contains(sign));
        if "?*".contains(sign) {
            part.pop();
        }
        if depth == 0 && (sign.is_alphabetic() || " -".contains(sign)) {
            part.push(sign);
        } else {
            let ended = std::mem::take(&mut part);
            best = if ended.len() > best.len() { ended } else { best };
        }
    }
    assert!(best.len() > 2, "{pattern}: a pattern has a text of its own");
    best
}

fn rules() -> Vec<Rule> {
    let words: Value = serde_json::from_str(&text_of(&repository("tests/data/words.json"))).expect("the list is JSON");
    let rule = |word: &str, write: &str| Rule {
        pattern: Regex::new(&format!(r"(?i)\b(?:{word})(?:\b|\W|$)")).expect("the pattern is right"),
        literal: literal(word).to_lowercase(),
        write: write.to_string(),
    };
    let text = |value: &Value| value.as_str().expect("a text").to_string();
    let forbidden = words["forbidden"].as_object().expect("a word and what to write");
    let mut rules: Vec<Rule> = forbidden.iter().map(|(word, write)| rule(word, &text(write))).collect();
    for double in words["double"].as_array().expect("a list") {
        let write = format!("{} ({})", text(&double["write"]), text(&double["meaning"]));
        let not = double["not"].as_array().expect("a list");
        rules.extend(not.iter().map(|word| rule(&text(word), &write)));
    }
    rules
}

/// The files below a folder with one of these extensions.
fn files(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut open = vec![repository(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                open.push(path);
            } else if extension.is_some_and(|extension| extensions.contains(&extension)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The comments and string literals of a Rust source, each with its line.
fn said_in_source(text: &str) -> Vec<(usize, String)> {
    let part = r##"(?s)//[^\n]*|\bb?r#"(.*?)"#|'(?:\\.[^']*|[^'\\])'|"((?:\\.|[^"\\])*)""##;
    let part = Regex::new(part).expect("the pattern is right");
    let joined = Regex::new(r"\\\n\s*").expect("the pattern is right");
    let mut said = Vec::new();
    let (mut line, mut at) = (1, 0);
    for found in part.captures_iter(text) {
        let whole = found.get(0).expect("a match has a text");
        line += text[at..whole.start()].matches('\n').count();
        at = whole.start();
        if !whole.as_str().starts_with('\'') {
            let words = found.get(1).or(found.get(2)).unwrap_or(whole);
            said.push((line, joined.replace_all(words.as_str(), "").into_owned()));
        }
    }
    said
}

/// What takes keys, codes of findings and code out of a text.
struct Names {
    patterns: Vec<Regex>,
}

impl Names {
    fn new() -> Self {
        let row = Regex::new(r"(?m)^\| `([a-z0-9-]+)` \|").expect("the pattern is right");
        let findings = text_of(&repository("docs/findings.md"));
        let mut codes: Vec<String> = row.captures_iter(&findings).map(|found| found[1].to_string()).collect();
        codes.sort_by_key(|code| std::cmp::Reverse(code.len()));
        let names = [r"`[^`\n]*`", r#"(?m)^\s*[\w.",\[\] -]+\s=\s"#, r#"\\?"\w+\\?":"#, &codes.join("|")];
        Self { patterns: names.iter().map(|name| Regex::new(name).expect("the pattern is right")).collect() }
    }

    fn without(&self, text: &str) -> String {
        let take = |text: String, name: &Regex| name.replace_all(&text, " ").into_owned();
        self.patterns.iter().fold(text.to_string(), take)
    }
}

fn shown(path: &Path) -> String {
    path.strip_prefix(repository("")).unwrap_or(path).display().to_string().replace('\\', "/")
}

/// Every text that is read, with the place it is from.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut whole = |path: &Path, text: &str| {
        for (number, line) in text.lines().enumerate() {
            texts.push((format!("{}:{}", shown(path), number + 1), line.to_string()));
        }
    };
    for folder in ["docs", "output", "tests/transcripts", "tests/errors"] {
        for path in files(folder, &["md", "txt", "csv", "json", "svg"]) {
            whole(&path, &text_of(&path));
        }
    }
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md"] {
        whole(&repository(name), &text_of(&repository(name)));
    }
    let changes = text_of(&repository("CHANGELOG.md"));
    let unreleased = changes.split("\n## ").take(2).collect::<Vec<_>>().join("\n## ");
    whole(&repository("CHANGELOG.md"), &unreleased);
    for folder in ["scenarios", "tests/worked", "crates/format/src"] {
        for path in files(folder, &["toml"]) {
            let text = text_of(&path);
            let is_quoted =
                |line: &&str| ["source", "note", "title"].iter().any(|key| line.trim_start().starts_with(key));
            let own: Vec<&str> = text.lines().map(|line| if is_quoted(&line) { "" } else { line }).collect();
            whole(&path, &own.join("\n"));
        }
    }
    for folder in ["src", "crates"] {
        for path in files(folder, &["rs"]) {
            let said = said_in_source(&text_of(&path)).into_iter();
            texts.extend(said.map(|(line, text)| (format!("{}:{line}", shown(&path)), text)));
        }
    }
    texts
}

#[test]
fn texts_are_in_the_terms_of_the_field() {
    let (rules, names) = (rules(), Names::new());
    let mut found = BTreeSet::new();
    for (place, text) in texts() {
        let lower = text.to_lowercase();
        let near: Vec<&Rule> = rules.iter().filter(|rule| lower.contains(&rule.literal)).collect();
        if near.iter().all(|rule| !rule.pattern.is_match(&text)) {
            continue;
        }
        let text = names.without(&text);
        for rule in near {
            if let Some(word) = rule.pattern.find(&text) {
                found.insert(format!("{place}: {:?}: write {}: {}", word.as_str(), rule.write, text.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{} texts\n{}", found.len(), found.into_iter().collect::<Vec<_>>().join("\n"));
}

/// The search sees comments, literals and lines of a document, and takes keys and codes for what they are.
#[test]
fn a_planted_word_is_found() {
    let source = "let a = \"one \\\n    two\"; // three\nlet b = '\"'; let c = r#\"fo\"ur\"#;\n";
    let said: Vec<(usize, String)> = said_in_source(source);
    let said: Vec<(usize, &str)> = said.iter().map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(said, [(1, "one two"), (2, "// three"), (3, "fo\"ur")]);
    let (rules, names) = (rules(), Names::new());
    let finds = |text: &str| rules.iter().any(|rule| rule.pattern.is_match(&names.without(text)));
    for planted in ["Nobody is there", "// the dearer one", "20 wanted hours a week", "Walk-away price"] {
        assert!(finds(planted), "{planted}");
    }
    for own in ["frontier = [\"a\"]", "[nobody-on-duty]", "\"walk_away\": 1", "no one is on duty"] {
        assert!(!finds(own), "{own}");
    }
}
