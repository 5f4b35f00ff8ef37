//! Names of inputs and of sheets, as spreadsheets allow them.

use std::collections::{BTreeMap, HashSet};

use comanage_expr::number::Input;
use comanage_model::scenario::Scenario;

/// The longest name of a sheet, in UTF-16 units.
const LONGEST_SHEET: usize = 31;
/// The longest name of a cell that stays readable in a formula.
const LONGEST_NAME: usize = 60;
/// The longest text of a cell.
const LONGEST_TEXT: usize = 32_000;

/// A name for each input: its path, with what a name cannot hold as `_`.
///
/// `offers.hybrid.per_user.rate` is `offers_hybrid_per_user_rate`.
pub fn inputs(scenario: &Scenario) -> BTreeMap<Input, String> {
    let mut taken = HashSet::new();
    let named = scenario.inputs.iter().map(|(input, _, about)| (input, cell_name(&about.path, &mut taken)));
    named.collect()
}

fn cell_name(path: &str, taken: &mut HashSet<String>) -> String {
    let mut name = String::new();
    for letter in path.chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => name.push(letter),
            '"' | ']' => {}
            _ if name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    let name: String = name.trim_matches('_').chars().take(LONGEST_NAME).collect();
    // `A1`, `R1C1` and the like are cells: an underscore in front makes any of them a name.
    let is_word = name.contains('_') && name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let name = if is_word { name } else { format!("input_{name}") };
    distinct(&name, LONGEST_NAME + 6, |number| format!("_{number}"), taken)
}

/// A name for each sheet: what a spreadsheet forbids is left out, and each is different.
pub fn sheets<'n>(names: impl Iterator<Item = &'n str>, taken: &mut HashSet<String>) -> Vec<String> {
    let forbidden = ['[', ']', ':', '*', '?', '/', '\\'];
    let clean = |name: &str| {
        let kept = name.chars().map(|letter| {
            let is_kept = !forbidden.contains(&letter) && !letter.is_control() && !is_direction(letter);
            if is_kept { letter } else { ' ' }
        });
        let words: String = kept.collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = shortened(words.trim_matches('\''), LONGEST_SHEET).trim_end_matches('\'').to_string();
        // A sheet may not be called so in Excel.
        if words.is_empty() || words.eq_ignore_ascii_case("history") { "Alternative".to_string() } else { words }
    };
    names.map(|name| distinct(&clean(name), LONGEST_SHEET, |number| format!(" ({number})"), taken)).collect()
}

/// Signs that turn the direction of a text.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The name, or with a number after it where it is taken.
fn distinct(name: &str, longest: usize, tail: impl Fn(usize) -> String, taken: &mut HashSet<String>) -> String {
    let mut candidate = name.to_string();
    let mut number = 1;
    while !taken.insert(candidate.to_lowercase()) {
        number += 1;
        let tail = tail(number);
        candidate = format!("{}{tail}", shortened(name, longest - tail.len()));
    }
    candidate
}

/// As many letters of a text as fit in this many UTF-16 units.
fn shortened(text: &str, longest: usize) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units <= longest
    };
    text.chars().take_while(fits).collect()
}

/// A text as a cell can hold it.
pub fn text(text: &str) -> String {
    let fitting = shortened(text, LONGEST_TEXT);
    if fitting.len() == text.len() { fitting } else { format!("{fitting}…") }
}

/// A sheet as a formula names it.
pub fn quoted(sheet: &str) -> String {
    if sheet.bytes().all(|byte| byte.is_ascii_alphabetic()) && sheet.len() > 3 {
        return sheet.to_string();
    }
    format!("'{}'", sheet.replace('\'', "''"))
}
