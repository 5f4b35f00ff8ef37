//! What is broken as TOML, told in the words of somebody who writes scenarios.

use toml::de::Error;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::Span;

use super::files::Trust;

/// The most syntax errors that are shown.
const MOST: usize = 1_000;

/// How far a line is looked at on either side of an error.
const NEAR: usize = 500;

/// Reports the syntax errors of a file and says how far the rest can be trusted.
pub(super) fn report(file: usize, text: &str, errors: &[Error], diagnostics: &mut Vec<Diagnostic>) -> Trust {
    let mut trust = Trust::Whole;
    if errors.len() > MOST {
        let message = format!("{} places are not TOML; the first 1,000 are shown", errors.len());
        diagnostics.push(Diagnostic::error("broken-toml", message).at(Span { file, range: 0..0 }, ""));
    }
    for error in errors.iter().take(MOST) {
        let is_too_deep = error.message().contains("recurs");
        // Where values are nested too deep the parser gives up without a place.
        let range = error.span().filter(|span| !is_too_deep || span.start > 0);
        let range = range.unwrap_or_else(|| if is_too_deep { deepest_line(text) } else { 0..0 });
        let line = line_of(text, range.start);
        let is_header = line.trim_start().starts_with('[');
        trust = trust.min(if is_header || error.span().is_none() { Trust::Nothing } else { Trust::Values });
        let (code, message, label) = match error.message() {
            "duplicate key" => ("duplicate-key", "this key stands here twice", "again here".to_string()),
            _ if is_too_deep => ("too-deep", "values are nested too deep", "too deep".into()),
            message => ("broken-toml", "this is not TOML", in_plain_words(message, line)),
        };
        let mut diagnostic = Diagnostic::error(code, message).at(Span { file, range }, label);
        diagnostic.hint = hint(line, code);
        diagnostics.push(diagnostic);
    }
    trust
}

/// The line with the most signs that nest values.
fn deepest_line(text: &str) -> std::ops::Range<usize> {
    let depth = |line: &str| line.bytes().filter(|byte| matches!(byte, b'.' | b'[' | b'{')).count();
    let (mut start, mut deepest, mut most) = (0, 0..0, 0);
    for line in text.split_inclusive('\n') {
        if depth(line) > most {
            (deepest, most) = (start..start + line.trim_end().len(), depth(line));
        }
        start += line.len();
    }
    deepest
}

/// The line a byte lies in, if it is not too long.
fn line_of(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let (from, to) = (at.saturating_sub(NEAR), (at + NEAR).min(bytes.len()));
    let is_end = |byte: &u8| *byte == b'\n';
    let start = bytes[from..at].iter().rposition(is_end).map_or(from, |newline| from + newline + 1);
    let end = bytes[at..to].iter().position(is_end).map_or(to, |newline| at + newline);
    text.get(start..end).unwrap_or_default()
}

/// The value of a line, and its key, without the comment.
fn value_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    Some((key.trim(), value.split('#').next()?.trim()))
}

/// The parser's message; where it only guesses at a bare word, what stands there.
fn in_plain_words(message: &str, line: &str) -> String {
    if value_of(line).is_some_and(|(_, value)| is_words(value)) {
        return "text stands in quotes".into();
    }
    let message = message.replace("literal string", "\"…\"");
    message.replace("string values must be quoted, expected \"…\"", "this is neither a number nor a text in quotes")
}

fn is_words(value: &str) -> bool {
    let letter = |letter: char| letter.is_alphanumeric() || "_- ".contains(letter);
    value.starts_with(char::is_alphabetic) && value.chars().all(letter)
}

/// What people usually meant.
fn hint(line: &str, code: &str) -> Option<String> {
    if code == "duplicate-key" {
        return Some("leave one of them out".into());
    }
    let (key, value) = value_of(line)?;
    if line.contains(['“', '”', '„', '‘', '’']) {
        return Some("write straight quotes: \"…\"".into());
    }
    if value.ends_with('%') && !value.contains('"') {
        return Some(format!("write shares in quotes: {key} = \"{value}\""));
    }
    if value.starts_with(['$', '€', '£']) {
        return Some(format!("write {key} = \"{value}\" or the digits alone"));
    }
    if is_grouped(value) {
        return Some(format!("write {key} = {}", value.replace(',', "_")));
    }
    if is_words(value) || is_month(value) {
        return Some(format!("write {key} = \"{value}\""));
    }
    if value.is_empty() {
        return Some(format!("write a value after `{key} =`"));
    }
    None
}

/// Whether a value is a number with commas between its thousands.
fn is_grouped(value: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_digit() || letter == ',' || letter == '.';
    value.contains(',') && value.starts_with(|letter: char| letter.is_ascii_digit()) && value.chars().all(plain)
}

/// Whether a value is a month of the calendar without its quotes.
fn is_month(value: &str) -> bool {
    comanage_model::month::CalendarMonth::parse(value).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_deep_names_the_line_that_is() {
        let text = format!("a = 1\n{}b = 1\n", "a.".repeat(100));
        assert_eq!(deepest_line(&text), 6..211);
        let found = crate::load::Document::parse("a.toml", text.as_bytes(), &mut |_| unreachable!()).read();
        let too_deep = found.diagnostics.iter().find(|diagnostic| diagnostic.code == "too-deep");
        let span = too_deep.and_then(|diagnostic| diagnostic.span.clone()).expect("it has a place");
        assert_eq!(found.sources.place(&span).line, 2);
    }
}
