//! What is broken as TOML, told in the words of somebody who writes scenarios.

use toml::de::Error;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

use super::files::Trust;

/// Reports the syntax errors of a file and says how far the rest can be trusted.
pub(super) fn report(file: usize, text: &str, errors: &[Error], diagnostics: &mut Vec<Diagnostic>) -> Trust {
    let mut trust = Trust::Whole;
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let line = line_of(text, range.start);
        let is_header = line.trim_start().starts_with('[');
        trust = trust.min(if is_header || error.span().is_none() { Trust::Nothing } else { Trust::Values });
        let (code, message) = match error.message() {
            "duplicate key" => ("duplicate-key", "this key stands here twice".to_string()),
            message if message.contains("recurs") => ("too-deep", "values are nested too deep".into()),
            message => ("broken-toml", format!("this is not TOML: {message}")),
        };
        let label = if code == "duplicate-key" { "again here" } else { "" };
        let mut diagnostic = Diagnostic::error(code, message).at(Span { file, range: range.clone() }, label);
        diagnostic.hint = hint(line, code);
        diagnostics.push(diagnostic);
    }
    trust
}

/// The line a byte lies in.
fn line_of(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let (before, after) = bytes.split_at(at);
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let end = after.iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |newline| at + newline);
    text.get(start..end).unwrap_or_default()
}

/// What people usually meant.
fn hint(line: &str, code: &str) -> Option<String> {
    if code == "duplicate-key" {
        return Some("leave one of them out".into());
    }
    let (key, value) = line.split_once('=')?;
    let value = value.split('#').next()?.trim();
    if line.contains(['“', '”', '„', '‘', '’']) {
        return Some("write straight quotes: \"…\"".into());
    }
    let word = |letter: char| letter.is_alphanumeric() || "_- ".contains(letter);
    if value.ends_with('%') && !value.contains('"') {
        return Some(format!("write shares in quotes: {} = \"{value}\"", key.trim()));
    }
    if value.starts_with(['$', '€', '£']) || is_grouped(value) {
        return Some(format!("write {} = \"{value}\" or the digits alone", key.trim()));
    }
    if !value.is_empty() && value.chars().all(word) && value.starts_with(char::is_alphabetic) {
        return Some(format!("write text in quotes: {} = \"{value}\"", key.trim()));
    }
    if value.is_empty() {
        return Some(format!("write a value after `{} =`", key.trim()));
    }
    None
}

/// Whether a value is a number with commas between its thousands.
fn is_grouped(value: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_digit() || letter == ',' || letter == '.';
    value.contains(',') && value.starts_with(|letter: char| letter.is_ascii_digit()) && value.chars().all(plain)
}
