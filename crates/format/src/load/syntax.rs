//! What is broken as TOML, told in the words of someone who writes scenarios.

use std::ops::Range;

use toml::de::Error;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::source::Span;

use super::digits;
use super::files::Trust;
use super::signs::{self, Sign};

/// The most kinds of syntax errors that are shown: one slip, such as a quote that is left open, can
/// spoil every line after it.
const MAX: usize = 10;

/// How far a line is looked at on either side of an error.
const NEAR: usize = 500;

/// Reports the syntax errors of a file and says how far the rest can be trusted.
pub(super) fn report(file: usize, text: &str, errors: &[Error], diagnostics: &mut Vec<Diagnostic>) -> Trust {
    let mut trust = Trust::Whole;
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut last_line = None;
    let mut errors: Vec<&Error> = errors.iter().collect();
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    for error in errors {
        let is_too_deep = error.message().contains("recurs");
        // Where values are nested too deep the parser gives up without a place.
        let range = error.span().filter(|span| !is_too_deep || span.start > 0);
        let range = range.unwrap_or_else(|| if is_too_deep { deepest_line(text) } else { 0..0 });
        let (start, line) = line_of(text, range.start);
        let is_header = line.trim_start().starts_with('[');
        trust = trust.min(if is_header || error.span().is_none() { Trust::Nothing } else { Trust::Values });
        // What follows on the same line comes of the first error.
        if last_line.replace(start) == Some(start) {
            continue;
        }
        let sign = sign_before(line, range.start - start);
        let (code, message, label) = match error.message() {
            "duplicate key" => ("duplicate-key", "this key occurs twice", "again here".to_string()),
            _ if is_too_deep => ("too-deep", "values are nested too deep", "too deep".into()),
            message => ("broken-toml", "this is not TOML", in_plain_words(message, line)),
        };
        let mut diagnostic = Diagnostic::error(code, message).at(Span { file, range }, label);
        diagnostic.hint = hint(line, code);
        if let Some((range, sign)) = sign {
            let span = Span { file, range: start + range.start..start + range.end };
            let hint = format!("write {}, here and in the rest of the file", sign.instead);
            diagnostic = Diagnostic::error("broken-toml", message).at(span, sign.name).hint(hint);
        }
        found.push(diagnostic);
    }
    let more = leave_out(&mut found);
    diagnostics.append(&mut found);
    if more > 0 {
        let lines = if more == 1 { "1 more line is".into() } else { format!("{more} more lines are") };
        let message = format!("{lines} not TOML, which may follow from the errors above");
        diagnostics
            .push(Diagnostic::error("broken-toml", message).at(Span { file, range: text.len()..text.len() }, ""));
        return Trust::Nothing;
    }
    trust
}

/// Leaves out all but the first kinds of errors, and says how many errors were left out.
fn leave_out(found: &mut Vec<Diagnostic>) -> usize {
    let before = found.len();
    let mut kinds: Vec<(String, Option<String>)> = Vec::new();
    found.retain(|diagnostic| {
        let kind = (diagnostic.label.clone(), diagnostic.hint.clone());
        let is_new = !kinds.contains(&kind);
        if is_new && kinds.len() < MAX {
            kinds.push(kind);
            return true;
        }
        !is_new
    });
    before - found.len()
}

/// The first sign of a word processor in a line, up to an error, outside of quotes and comments.
fn sign_before(line: &str, error: usize) -> Option<(Range<usize>, &'static Sign)> {
    let mut is_quoted = false;
    for (at, letter) in line.char_indices().take_while(|(at, _)| *at <= error) {
        if letter == '"' {
            is_quoted = !is_quoted;
        } else if letter == '#' && !is_quoted {
            return None;
        } else if let Some(sign) = signs::of(letter).filter(|_| !is_quoted) {
            return Some((at..at + letter.len_utf8(), sign));
        }
    }
    None
}

/// The line with the most signs that nest values.
fn deepest_line(text: &str) -> std::ops::Range<usize> {
    let depth = |line: &str| line.bytes().filter(|byte| matches!(byte, b'.' | b'[' | b'{')).count();
    let (mut start, mut deepest, mut max) = (0, 0..0, 0);
    for line in text.split_inclusive('\n') {
        if depth(line) > max {
            (deepest, max) = (start..start + line.trim_end().len(), depth(line));
        }
        start += line.len();
    }
    deepest
}

/// The line a byte lies in, if it is not too long, and its first byte.
fn line_of(text: &str, at: usize) -> (usize, &str) {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let (from, to) = (at.saturating_sub(NEAR), (at + NEAR).min(bytes.len()));
    let is_end = |byte: &u8| *byte == b'\n';
    let start = bytes[from..at].iter().rposition(is_end).map_or(from, |newline| from + newline + 1);
    let end = bytes[at..to].iter().position(is_end).map_or(to, |newline| at + newline);
    text.get(start..end).map_or((at, ""), |line| (start, line))
}

/// The value of a line, and its key, without the comment.
fn value_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    Some((key.trim(), value.split('#').next()?.trim()))
}

/// The parser's message; where it only guesses at a bare word, what is there.
fn in_plain_words(message: &str, line: &str) -> String {
    if value_of(line).is_some_and(|(_, value)| is_truth(value)) {
        return "true and false are written in small letters".into();
    } else if value_of(line).is_some_and(|(_, value)| is_words(value)) {
        return "text must be in quotes".into();
    } else if grouped(line).is_some() {
        return "a comma in a number".into();
    }
    let message = message.replace("literal string", "\"…\"");
    message.replace("string values must be quoted, expected \"…\"", "neither a number nor quoted text")
}

fn is_truth(value: &str) -> bool {
    value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
}

fn is_words(value: &str) -> bool {
    let letter = |letter: char| letter.is_alphanumeric() || "_- ".contains(letter);
    value.starts_with(char::is_alphabetic) && value.chars().all(letter)
}

/// What people usually meant.
fn hint(line: &str, code: &str) -> Option<String> {
    if code == "duplicate-key" {
        return Some("remove one of them".into());
    }
    let (key, value) = value_of(line)?;
    if is_truth(value) {
        return Some(format!("write {key} = {}, or {key} = \"{value}\" for a text", value.to_ascii_lowercase()));
    }
    if value.ends_with('%') && !value.contains('"') {
        return Some(format!("write shares in quotes: {key} = \"{value}\""));
    }
    if value.starts_with(['$', '€', '£']) {
        return Some(format!("write {key} = \"{value}\" or the digits alone"));
    }
    if let Some((key, digits)) = grouped(line) {
        return Some(format!("write {key} = {digits}"));
    }
    if is_words(value) || is_month(value) {
        return Some(format!("write {key} = \"{value}\""));
    }
    if value.is_empty() {
        return Some(format!("write a value after `{key} =`"));
    }
    None
}

/// The first number of a line that is written with commas, also in braces: its key, and its digits as
/// they are written here.
fn grouped(line: &str) -> Option<(&str, String)> {
    let line = line.split('#').next()?;
    line.match_indices('=').find_map(|(at, _)| {
        let value = line[at + 1..].trim_start();
        let end = value.find(|letter: char| !letter.is_ascii_digit() && letter != ',' && letter != '.');
        let number = value[..end.unwrap_or(value.len())].trim_end_matches([',', '.']);
        let is_number = number.contains(',') && !number.ends_with(',');
        let key = line[..at].trim_end().rsplit([' ', '{', ',', '[']).next()?;
        let digits = digits::meant(number).filter(|_| is_number)?;
        Some((key, if digits.contains('.') { digits } else { number.replace(',', "_") }))
    })
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
