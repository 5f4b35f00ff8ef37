//! A document as one HTML file: no network, no other file, readable without script.
//!
//! Every text goes through `words::Words`, which shows whatever a scenario holds as text. The style
//! and the script are in files of their own and are written into the page; a policy in its head
//! lets it load nothing and run no other script. The body is well-formed XML, so that tests can read
//! it back.

mod blocks;
pub mod board;
mod ledger;
mod policy;
mod table;
mod what_if;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::document::{Handover, Section};
use words::{Words, anchor, marked, own};

/// What the page looks like.
const STYLE: &str = include_str!("style.css");
/// What the page does for those who let it.
const SCRIPT: &str = include_str!("script.js");

/// What runs the programs of a page in which inputs may be changed.
const PROGRAM: &str = include_str!("../../../assets/program.js");
/// The part of such a page in which they are.
const WHAT_IF: &str = include_str!("../../../assets/what-if.js");

/// Renders the document.
pub fn render(document: &Handover) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { (head(document)) }
            (PreEscaped("\n"))
            body {
                a.skip href="#content" { "Skip to the content" }
                header { (title(document)) }
                div.layout {
                    nav aria-label="Contents" { (contents(&document.report.sections)) }
                    main id="content" tabindex="-1" {
                        @for section in &document.report.sections { (section_of(document, section)) }
                    }
                }
                footer { p { (Words(&document.colophon)) "." } }
                (PreEscaped("\n"))
                script type="application/json" id="ledger-data" { (ledger::data(document)) }
                @if let Some(of) = &document.what_if {
                    (PreEscaped("\n"))
                    script type="application/json" id="what-if-data" { (what_if::data(document, of)) }
                }
                script { (PreEscaped(script(document))) }
            }
        }
    };
    page.into_string() + "\n"
}

/// The script of a page: the interpreter is part of it where there is something to interpret.
fn script(document: &Handover) -> String {
    match document.what_if {
        Some(_) => [SCRIPT, PROGRAM, WHAT_IF].concat(),
        None => SCRIPT.to_string(),
    }
}

fn head(document: &Handover) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        meta http-equiv="Content-Security-Policy" content=(policy::policy(&script(document)));
        title { (Words(&document.report.title)) }
        style { (PreEscaped(STYLE)) @if let Some(color) = document.accent { (accent(color)) } }
    }
}

/// The rules of a page with a colour of its own; on dark paper the usual one stays, which is made for it.
fn accent((red, green, blue): (u8, u8, u8)) -> Markup {
    let color = format!("#{red:02x}{green:02x}{blue:02x}");
    own(&format!(
        "@media (prefers-color-scheme: light), print {{ :root {{ --accent: {color}; --mark: {color}; }} h1, h2 {{ color: {color}; }} }}\n"
    ))
}

fn title(document: &Handover) -> Markup {
    let report = &document.report;
    html! {
        h1 { (Words(&report.title)) }
        p.subtitle { (Words(&report.subtitle)) }
        @for (index, line) in report.answer.iter().enumerate() {
            p class=(if index == 0 { "answer" } else { "more" }) { (marked(line)) }
        }
    }
}

fn contents(sections: &[Section]) -> Markup {
    html! {
        ol {
            @for section in sections { li { a href=(format!("#{}", anchor(&section.heading))) { (Words(&section.heading)) } } }
        }
    }
}

fn section_of(document: &Handover, section: &Section) -> Markup {
    let anchor = anchor(&section.heading);
    let heading = format!("{anchor}-heading");
    html! {
        (PreEscaped("\n"))
        section id=(anchor) aria-labelledby=(heading) {
            h2 id=(heading) { (Words(&section.heading)) }
            (blocks::blocks(document, &section.blocks, &section.heading, 3))
        }
    }
}
