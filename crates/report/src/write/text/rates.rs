//! Published figures for the terminal.

use super::{Terminal, visible, wrap};
use crate::document::figure_in_words;
use comanage_format::rates::Entry;

/// The figures for the terminal: name and figure on a line, then what it is and who says so.
pub fn rates(entries: &[&Entry], terminal: Terminal) -> String {
    let entry = |entry: &&Entry| {
        let figure = visible(&figure_in_words(entry));
        let room = terminal.width().saturating_sub(entry.key.chars().count());
        let between = if figure.chars().count() < room { " ".to_string() } else { "\n  ".to_string() };
        let fill = if between == " " { room - figure.chars().count() - 1 } else { 0 };
        let note = entry.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        let what = format!("{}{note}. Region: {}.", entry.what, entry.region);
        let source = format!("{}, {}, {}", entry.source.words(), entry.date.words(), entry.strength.name());
        let told = wrap(&visible(&what), "  ", terminal) + &wrap(&visible(&source), "  ", terminal);
        format!("{}{}{between}{figure}\n{told}", terminal.bold(&entry.key), " ".repeat(fill))
    };
    entries.iter().map(entry).collect::<Vec<_>>().join("\n")
}
