//! Two documents as they are kept in `tests/golden/`: the Markdown, and the outline of the page.
//!
//! `COMANAGE_BLESS=1 cargo test report::golden` writes what is made now.

use std::fs;

use super::{Written, sample};
use crate::common::{repository, text_of};

#[test]
fn documents_come_out_as_they_are_kept() {
    for name in ["three-quotes", "no-it-staff"] {
        let relative = sample(name);
        let written =
            Written::new("report-golden", relative.strip_prefix(repository("")).expect("it is in the repository"), &[]);
        let kept = |ending: &str| repository(&format!("tests/golden/report-{name}.{ending}"));
        for (path, now) in [(kept("md"), written.markdown.clone()), (kept("outline.txt"), outline(&written))] {
            if std::env::var_os("COMANAGE_BLESS").is_some() {
                fs::write(&path, &now).expect("a document can be written");
            }
            let before = text_of(&path);
            let differs = before.lines().zip(now.lines()).position(|(before, now)| before != now);
            assert!(
                before == now,
                "{}, line {:?}: run with COMANAGE_BLESS=1 and read the difference",
                path.display(),
                differs.map(|line| line + 1)
            );
        }
    }
}

/// What the page is made of, without its figures.
fn outline(written: &Written) -> String {
    let page = written.page();
    let mut out = String::new();
    let mut seen = |what: &str, words: &str| out.push_str(&format!("{what} {}\n", words.trim()));
    let body = page.all("body").remove(0);
    for node in body.descendants().filter(|node| node.is_element()) {
        let words =
            || node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect::<String>();
        match node.tag_name().name() {
            tag @ ("h1" | "h2" | "h3" | "h4" | "caption" | "figcaption" | "summary" | "dt") => seen(tag, &words()),
            "svg" => seen(
                "svg",
                node.children()
                    .find(|node| node.tag_name().name() == "title")
                    .and_then(|node| node.text())
                    .unwrap_or_default(),
            ),
            "thead" => {
                let headers = node
                    .descendants()
                    .filter(|node| node.tag_name().name() == "th")
                    .map(|head| head.text().unwrap_or_default());
                seen("heads", &headers.collect::<Vec<_>>().join(" | "));
            }
            _ => {}
        }
    }
    out
}
