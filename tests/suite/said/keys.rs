//! Keys and paths of a scenario are for files: texts for people have names. Keys stand where they are to be
//! written: in code, in advice, under the header Path.

use regex_lite::Regex;

use super::outputs::{SAMPLES, Sample};
use super::passages::{Form, Passage};

/// What finds keys and paths in a text, and what takes out of it where they belong.
struct Search {
    key: Regex,
    belongs: Vec<Regex>,
}

impl Search {
    fn new() -> Self {
        let pattern = |pattern: &str| Regex::new(pattern).expect("the pattern is right");
        let tables = "offers|services|team|hire|employment|organization|tools|cost|alternatives|plan|simulation";
        Self {
            key: pattern(&format!(r#"\b[a-z0-9]+(?:_[a-z0-9]+)+\b|\b(?:{tables})\.["A-Za-z_]"#)),
            belongs: vec![
                // Code, the code of a finding, the advice of one in brackets, an address, a link, a file.
                pattern(r"`[^`]*`"),
                pattern(r"\[[a-z0-9-]+\]$"),
                pattern(r"\([^()]*\b(?:write|set|state|add|use|name|check|lower|raise|give|remove)\b.*\)"),
                pattern(r"https?://\S+"),
                pattern(r"\]\(<[^>]*>\)"),
                pattern(r"\S+\.(?:toml|csv|md|json|svg|html|xlsx|pdf)\b"),
            ],
        }
    }

    /// The first key in a text that does not belong there.
    fn find(&self, text: &str) -> Option<String> {
        let rest = self.belongs.iter().fold(text.to_string(), |text, pattern| pattern.replace_all(&text, "…").into());
        self.key.find(&rest).map(|found| found.as_str().to_string())
    }
}

/// Headers of columns that hold keys.
const OF_KEYS: [&str; 2] = ["Path", "Key"];

/// The keys in the passages of a sample, each with its place and its text.
fn keys(search: &Search, sample: &Sample) -> Vec<String> {
    // What the author of the file wrote stays as it is.
    let written = sample.scenario.inputs.iter().flat_map(|(_, _, about)| about.source.iter().chain(&about.note));
    let written: Vec<&String> =
        written.chain(&sample.scenario.summary).filter(|text| search.find(text).is_some()).collect();
    let mut headers: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for passage in sample.passages.iter().filter(|passage| passage.form != Form::Data) {
        if passage.form == Form::Headers {
            headers.clone_from(&passage.cells);
        }
        for (index, cell) in
            passage.cells.iter().enumerate().filter(|(index, _)| !is_of_keys(passage, &headers, *index))
        {
            let cell = written.iter().fold(cell.clone(), |cell, text| cell.replace(text.as_str(), "…"));
            found.extend(
                search
                    .find(&cell)
                    .map(|key| format!("{}: {key}: column {index} of {}", passage.place, passage.words())),
            );
        }
    }
    found
}

fn is_of_keys(passage: &Passage, headers: &[String], index: usize) -> bool {
    passage.form == Form::Row && headers.get(index).is_some_and(|header| OF_KEYS.contains(&header.as_str()))
}

#[test]
fn texts_for_people_have_names_and_no_keys() {
    let search = Search::new();
    let found: Vec<String> = SAMPLES.iter().flat_map(|sample| keys(&search, sample)).collect();
    assert!(found.is_empty(), "{} keys\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_planted_key_is_found() {
    let search = Search::new();
    for text in ["offers.hybrid.per_user.rate", "help_desk is open", "the services.desk is", "by_seat: 12"] {
        assert!(search.find(text).is_some(), "{text}");
    }
    for text in [
        "`help_desk`",
        "open (write mode = \"duty\" in offers.x.covers)",
        "see a_b.toml",
        "Per user",
        "x [work-not-done]",
    ] {
        assert_eq!(search.find(text), None, "{text}");
    }
}
