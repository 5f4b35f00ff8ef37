//! Names and notes that mean harm are text in the document.

use std::collections::BTreeSet;
use std::fs;

use super::Written;
use crate::common::temporary;
use crate::hostile::{NAMES, harmless_markdown, scenario};

/// What a page is made of, apart from pictures.
const TAGS: [&str; 36] = [
    "a",
    "body",
    "caption",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "script",
    "section",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "output",
    "fieldset",
];
/// What pictures are made of.
const DRAWN: [&str; 12] =
    ["svg", "rect", "line", "polyline", "polygon", "circle", "path", "text", "tspan", "title", "desc", "g"];

/// A note of everything, ten thousand characters long.
fn note() -> String {
    let harm = "<script>alert(1)</script> =cmd() \u{202e}\u{200f}🦀 --> ]]> ";
    harm.chars().cycle().take(10_000).collect()
}

#[test]
fn names_and_notes_stay_words() {
    let folder = temporary("report-hostile-in");
    for name in NAMES {
        let file = folder.join("s.toml");
        let text = scenario(name).replacen("per_user = {", &format!("note = {:?}\nper_user = {{", note()), 1);
        // TOML writes a character by its number as Rust does, but for the braces.
        let text = text.replace("\\u{202e}", "\\u202e").replace("\\u{200f}", "\\u200f");
        fs::write(&file, text).expect("a file can be written");
        let written = Written::new("report-hostile", &file, &[]);
        harmless_page(name, &written);
        harmless_markdown(name, &written.markdown);
    }
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}

fn harmless_page(name: &str, written: &Written) {
    let page = written.page();
    let (tags, attributes) = page.names();
    let tags: BTreeSet<&str> = tags.iter().map(String::as_str).collect();
    let foreign: Vec<&&str> = tags.iter().filter(|tag| !TAGS.contains(tag) && !DRAWN.contains(tag)).collect();
    assert!(foreign.is_empty(), "{name}: {foreign:?}");
    assert!(attributes.iter().all(|attribute| !attribute.starts_with("on") && attribute != "style"), "{name}");
    let datas = ["ledger-data", "what-if-data"].map(|id| (id, written.html.contains(&format!("id=\"{id}\">"))));
    let scripts = 1 + datas.iter().filter(|(_, is_there)| *is_there).count();
    assert_eq!(written.html.matches("<script").count(), scripts, "{name}: the data and the script");
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!written.html.contains(turns), "{name}");
    let words = page.words();
    assert!(
        words.contains("<script>alert(1)</script> =cmd() \u{fffd}\u{fffd}🦀 --> ]]> <script>"),
        "{name}: the note is shown"
    );
    for (id, _) in datas.into_iter().filter(|(_, is_there)| *is_there) {
        serde_json::from_str::<serde_json::Value>(&page.text_of(id)).expect("the data are JSON");
    }
}
