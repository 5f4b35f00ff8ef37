//! The two pages for a board as one HTML file: the same drawing as in the PDF.

use maud::{DOCTYPE, PreEscaped, html};

use super::policy;
use super::words::{Words, own};
use crate::chart::Drawing;
use crate::chart::svg::of_drawing;

const STYLE: &str = "\
@page { size: A4; margin: 6mm; }
body { margin: 0; background: #e4e7eb; }
main { overflow-x: auto; }
.page { box-sizing: border-box; width: min(100%, 1000px); min-width: 720px; margin: 1rem auto; background: #fff; }
.page svg { display: block; width: 100%; height: auto; }
.cue { display: none; margin: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1b2733; }
@media screen and (max-width: 720px) { .cue { display: block; } }
@media print {
  body { background: #fff; }
  main { overflow: visible; }
  .page { width: auto; min-width: 0; margin: 0; break-inside: avoid; }
  .page + .page { break-before: page; }
  .page svg { max-height: 284mm; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
";

/// Renders the pages.
pub fn render(title: &str, pages: &[Drawing]) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy::without_script());
                title { (Words(title)) }
                style { (PreEscaped(STYLE)) }
            }
            (PreEscaped("\n"))
            body {
                p.cue { "The pages are wider than this screen: scroll sideways." }
                main tabindex="0" aria-label=(format!("{title}: two pages")) {
                    @for drawing in pages { (PreEscaped("\n")) section.page { (own(&of_drawing(drawing))) } }
                }
            }
        }
    };
    page.into_string() + "\n"
}
