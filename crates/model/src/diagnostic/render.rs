//! How findings look to people: the line itself with the place marked, what was found, what to do.
//!
//! The text of a file is not trusted: control characters and marks that turn the direction of
//! writing are shown escaped, and long lines are cut around the mark, so that no file can disturb
//! the terminal it is shown on. Only the line concerned is handed on, so thousands of findings in a
//! large file cost no more than their lines.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{SourceFile, Sources, Span};

/// The longest piece of a line that is shown, in characters.
const WIDEST: usize = 160;

/// Shows findings as text, plain or coloured, an empty line between two. What is said of several
/// places in the same words is shown at the first, with the lines of the others.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, coloured: bool) -> String {
    let lines: Vec<Lines<'_>> = sources.0.iter().map(Lines::new).collect();
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(2 * WIDEST);
    let mut text = String::new();
    for (diagnostic, others) in in_groups(diagnostics) {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{}", render_one(diagnostic, &others, &lines, &renderer));
    }
    text
}

/// Findings in their order, those that say the same of several places as one, with the other places.
fn in_groups(diagnostics: &[Diagnostic]) -> Vec<(&Diagnostic, Vec<&Span>)> {
    let mut groups: Vec<(&Diagnostic, Vec<&Span>)> = Vec::new();
    let mut known = HashMap::new();
    for diagnostic in diagnostics {
        let Diagnostic { severity, code, message, label, hint, span, path: _, alternatives: _ } = diagnostic;
        let Some(span) = span else {
            groups.push((diagnostic, Vec::new()));
            continue;
        };
        match known.entry((*severity as u8, *code, message, label, hint, span.file)) {
            Entry::Vacant(entry) => {
                entry.insert(groups.len());
                groups.push((diagnostic, Vec::new()));
            }
            Entry::Occupied(entry) => groups[*entry.get()].1.push(span),
        }
    }
    groups
}

fn render_one(diagnostic: &Diagnostic, others: &[&Span], lines: &[Lines<'_>], renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = escape(&diagnostic.message);
    let label = escape(&diagnostic.label);
    let mut column = None;
    let mut group = level.primary_title(message).elements(std::iter::empty::<Origin<'_>>());
    let shown = diagnostic.span.as_ref().and_then(|span| Some((span, lines.get(span.file)?)));
    if let Some((span, lines)) = shown {
        let name = escape(lines.name);
        if span.range.is_empty() && label.is_empty() {
            group = group.element(Origin::path(name));
        } else {
            let place = lines.place(span);
            column = Some(place.columns(&name, lines.is_sheet));
            let mark = AnnotationKind::Primary.span(place.mark).label((!label.is_empty()).then_some(label));
            group = group.element(Snippet::source(place.text).path(name).line_start(place.line).annotation(mark));
        }
    }
    if let Some((_, lines)) = shown.filter(|_| !others.is_empty()) {
        group = group.element(Level::NOTE.with_name("also").message(lines.list(others)));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.with_name("hint").message(escape(hint)));
    }
    let text = renderer.render(&[group]).to_string();
    match column {
        Some((shown, right)) if shown != right => text.replacen(&shown, &right, 1),
        _ => text,
    }
}

/// A text whose line starts are known.
struct Lines<'a> {
    name: &'a str,
    text: &'a str,
    is_sheet: bool,
    starts: Vec<usize>,
}

/// A place in a line, as it is shown.
struct Shown {
    line: usize,
    column: usize,
    text: String,
    mark: Range<usize>,
}

impl Shown {
    /// The place as the renderer counts it in the piece of the line, and as it is in the file.
    fn columns(&self, name: &str, is_sheet: bool) -> (String, String) {
        let before = self.text.get(..self.mark.start).unwrap_or_default();
        let shown = format!("{name}:{}:{}", self.line, before.chars().count() + 1);
        // The letters of its column come before a cell.
        let letters = before.trim_end_matches([' ', ':']).rsplit(' ').next().filter(|_| is_sheet);
        match letters {
            Some(letters) if !letters.is_empty() => (shown, format!("{name}, cell {letters}{}", self.line)),
            Some(_) => (shown, format!("{name}, row {}", self.line)),
            None => (shown, format!("{name}:{}:{}", self.line, self.column)),
        }
    }
}

impl<'a> Lines<'a> {
    fn new(source: &'a SourceFile) -> Self {
        let SourceFile { name, text, is_sheet } = source;
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { name, text, is_sheet: *is_sheet, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The lines of some places in words: "lines 4, 7, 9 and 12 more".
    fn list(&self, spans: &[&Span]) -> String {
        const SHOWN: usize = 8;
        let mut numbers: Vec<usize> = spans.iter().map(|span| self.place(span).line).collect();
        numbers.dedup();
        let shown: Vec<String> = numbers.iter().take(SHOWN).map(usize::to_string).collect();
        let noun = if numbers.len() == 1 { "line" } else { "lines" };
        match numbers.len().saturating_sub(SHOWN) {
            0 => format!("{noun} {}", shown.join(", ")),
            more => format!("{noun} {} and {more} more", shown.join(", ")),
        }
    }

    /// The line a span starts in, cut around it, and where the mark is.
    fn place(&self, span: &Span) -> Shown {
        let from = floor(self.text, span.range.start);
        let line = self.starts.partition_point(|&start| start <= from).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let end = self.starts.get(line + 1).map_or(self.text.len(), |&next| next - 1);
        let whole = self.text.get(start..end).unwrap_or_default().trim_end_matches('\r');
        let from = from.min(start + whole.len());
        let to = floor(self.text, span.range.end).clamp(from, start + whole.len());
        let before = whole.get(..from - start).unwrap_or_default();
        let marked = whole.get(from - start..to - start).unwrap_or_default();
        let after = whole.get(to - start..).unwrap_or_default();
        let (text, mark) = cut(before, marked, after);
        Shown { line: line + 1, column: before.chars().count() + 1, text, mark }
    }
}

/// The nearest place at or before a byte where a character starts.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A line in three pieces, escaped and cut to a width, with the place of the middle one.
fn cut(before: &str, marked: &str, after: &str) -> (String, Range<usize>) {
    let room = WIDEST.saturating_sub(marked.chars().count().min(WIDEST));
    let lead = room.min(before.chars().count()).min(room.saturating_sub(after.chars().count()).max(room * 2 / 3));
    let mut text = String::new();
    let skipped = before.chars().count() - lead;
    if skipped > 0 {
        text.push_str("...");
    }
    text.push_str(&escape(&before.chars().skip(skipped).collect::<String>()));
    let start = text.len();
    text.push_str(&escape(&marked.chars().take(WIDEST).collect::<String>()));
    let cut_mark = marked.chars().count() > WIDEST;
    let end = text.len();
    let tail = if cut_mark { 0 } else { room - lead };
    text.push_str(&escape(&after.chars().take(tail).collect::<String>()));
    if cut_mark || after.chars().count() > tail {
        text.push_str("...");
    }
    (text, start..end)
}

/// A text in which nothing acts on a terminal.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\t' => escaped.push_str("    "),
            letter if acts(letter) => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Whether a character moves the cursor, turns the direction of writing or cannot be seen.
fn acts(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> Sources {
        Sources(vec![SourceFile::new("clinic.toml", text)])
    }

    fn check(text: &str, range: Range<usize>, expected: &str) {
        let diagnostic = Diagnostic::error("bad-share", "a share is written with a percent sign")
            .at(Span { file: 0, range }, "found the number 0.04")
            .hint("write \"4%\"");
        assert_eq!(render(&[diagnostic], &sources(text), false), expected);
    }

    #[test]
    fn shows_the_line_with_the_place_marked() {
        check(
            "a = 1\nuplift = 0.04\n",
            15..19,
            "\
error: a share is written with a percent sign
 --> clinic.toml:2:10
  |
2 | uplift = 0.04
  |          ^^^^ found the number 0.04
  |
  = hint: write \"4%\"
",
        );
    }

    #[test]
    fn cuts_long_lines_around_the_mark() {
        let text = format!("x = \"{}\" y = 0.04 # {}", "a".repeat(1000), "b".repeat(1000));
        let at = text.find("0.04").expect("it is there");
        let span = Span { file: 0, range: at..at + 4 };
        let shown = render(&[Diagnostic::error("x", "m").at(span, "l")], &sources(&text), false);
        assert!(shown.lines().all(|line| line.chars().count() < WIDEST + 20), "{shown}");
        assert!(shown.contains(":1:1012") && shown.contains("y = 0.04 # b"), "{shown}");
    }

    #[test]
    fn no_text_acts_on_the_terminal() {
        let text = "name = \"\u{1b}[31m\u{202e}\u{9b}x\"";
        let diagnostic = Diagnostic::error("x", text).at(Span { file: 0, range: 0..text.len() }, text).hint(text);
        let shown = render(&[diagnostic], &sources(text), false);
        assert!(!shown.contains(|letter| letter != '\n' && acts(letter)), "{shown:?}");
        assert!(shown.contains("\\u{1b}"), "{shown}");
    }

    #[test]
    fn any_place_can_be_shown() {
        for text in ["", "\n", "é", "a\r\nb", "é\n\n\u{feff}"] {
            for start in 0..6 {
                for end in start..8 {
                    let span = Span { file: 0, range: start..end };
                    render(&[Diagnostic::error("x", "m").at(span, "l")], &sources(text), false);
                }
            }
        }
    }
}
