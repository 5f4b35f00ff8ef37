//! Single values that are no numbers: texts, words, hours, durations, months.

use comanage_model::choice::Choice;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Currency;
use comanage_model::month::CalendarMonth;
use comanage_model::source::Span;
use comanage_model::week::{Week, is_outside};

use super::fields::{Fields, found};
use super::format::{Fallback, Shape};
use super::reader::Reader;
use super::signs;
use super::tree::Node;

/// The longest name.
const LONGEST_NAME: usize = 200;
/// The longest text.
const LONGEST_TEXT: usize = 10_000;

impl Reader {
    /// A line of text without control characters.
    pub fn name<'a>(&mut self, node: &'a Node, path: &str) -> Option<&'a str> {
        let text = self.text(node, path)?;
        self.check_name(text, &node.span, path, LONGEST_NAME).then_some(text)
    }

    /// Whether a text can be a name; reports it if not.
    pub fn check_name(&mut self, text: &str, span: &Span, path: &str, longest: usize) -> bool {
        let fault = if text.trim().is_empty() {
            "is empty".to_string()
        } else if text.chars().any(char::is_control) {
            "holds a control character, such as a line break".to_string()
        } else if text.chars().count() > longest {
            format!("is longer than {longest} characters")
        } else {
            return true;
        };
        let diagnostic = Diagnostic::error("bad-name", format!("a name {fault}")).at(span.clone(), "this name");
        self.report(diagnostic.path(path).hint(format!("write a name of 1 to {longest} characters in one line")));
        false
    }

    /// Any text.
    pub fn text<'a>(&mut self, node: &'a Node, path: &str) -> Option<&'a str> {
        let Some(text) = node.text() else {
            self.wrong_type(node, path, "a text", "write it in quotes");
            return None;
        };
        if text.chars().count() > LONGEST_TEXT {
            let message = format!("`{path}` is longer than 10,000 characters");
            self.report(Diagnostic::error("text-too-long", message).at(node.span.clone(), "this text").path(path));
            return None;
        }
        Some(text)
    }

    /// Reports a value of another type than its key takes.
    pub fn wrong_type(&mut self, node: &Node, path: &str, expected: &str, hint: &str) {
        let message = format!("`{path}` must be {expected}");
        self.report(Diagnostic::error("wrong-type", message).at(node.span.clone(), found(node)).path(path).hint(hint));
    }

    /// One of some words, as a value.
    pub fn choice<C: Choice>(&mut self, node: &Node, path: &str) -> Option<C> {
        let words = C::WORDS;
        let quoted: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        let list = match quoted.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            _ => quoted.concat(),
        };
        let Some(text) = node.text() else {
            self.wrong_type(node, path, &list, "write one of these words in quotes");
            return None;
        };
        let value = C::from_word(text);
        if value.is_none() {
            let near = self.nearest(text, words.iter().copied());
            let hint = near.map_or(format!("write {list}"), |near| format!("did you mean {near:?}?"));
            let message = format!("`{path}` must be {list}");
            let diagnostic = Diagnostic::error("unknown-value", message).at(node.span.clone(), found(node));
            self.report(diagnostic.path(path).hint(hint));
        }
        value
    }

    /// Reads a currency: a code of ISO 4217.
    pub fn currency_at(&mut self, node: &Node, path: &str) -> Option<Currency> {
        let code = self.text(node, path)?;
        let currency = Currency::from_code(code);
        if currency.is_none() {
            let hint = match self.nearest(code, Currency::codes()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => "use an ISO 4217 code, such as \"USD\" or \"EUR\"".into(),
            };
            let message = format!("`{path}` must be a three-letter currency code");
            let diagnostic = Diagnostic::error("unknown-currency", message).at(node.span.clone(), found(node));
            self.report(diagnostic.path(path).hint(hint));
        }
        currency
    }

    /// A weekly schedule.
    pub fn hours(&mut self, node: &Node, path: &str) -> Option<Week> {
        let Some(text) = node.text() else {
            self.wrong_type(node, path, "a weekly schedule", "write it as \"mon-fri 08:00-17:00\" or \"24x7\"");
            return None;
        };
        match Week::parse(text) {
            Ok(week) => {
                self.report_open_nights(node, text, &week, path);
                Some(week)
            }
            Err(error) => {
                let span = part_of(node, text, error.at);
                let message = format!("`{path}` is not a valid weekly schedule");
                let (label, hint) = signs::fault(text).unwrap_or((error.message, error.hint));
                self.report(Diagnostic::error("bad-hours", message).at(span, label).path(path).hint(hint));
                None
            }
        }
    }

    /// Warns of nights that the pieces of a text leave open beside nights that they hold.
    fn report_open_nights(&mut self, node: &Node, text: &str, week: &Week, path: &str) {
        let open = week.open_nights();
        if open.is_empty() || is_outside(text) {
            return;
        }
        let message = format!("`{path}` omits {}, although it includes other nights", open.words());
        let hint = format!("to include these hours, write {:?}", week.or(&open).words());
        let diagnostic = Diagnostic::warning("night-left-open", message).at(node.span.clone(), "these hours");
        self.report(diagnostic.path(path).hint(hint));
    }

    /// A duration, in minutes.
    pub fn duration(&mut self, node: &Node, path: &str) -> Option<u32> {
        let minutes = node.text().and_then(parse_duration);
        if minutes.is_none() {
            let message = format!("`{path}` must be a duration");
            let hint = "write whole digits and m, h or d: \"30m\", \"4h\", \"2d\"; at most 366 days";
            self.report(
                Diagnostic::error("bad-duration", message).at(node.span.clone(), found(node)).path(path).hint(hint),
            );
        }
        minutes
    }

    /// A month of the calendar.
    pub fn month(&mut self, node: &Node, path: &str) -> Option<CalendarMonth> {
        let month = node.text().and_then(CalendarMonth::parse);
        if month.is_none() {
            let message = format!("`{path}` must be a month of the calendar");
            let (label, hint) = node
                .text()
                .and_then(signs::fault)
                .unwrap_or_else(|| (found(node), "write year and month in quotes: \"2027-01\"".into()));
            self.report(Diagnostic::error("bad-month", message).at(node.span.clone(), label).path(path).hint(hint));
        }
        month
    }
}

impl Fields<'_> {
    /// A weekly schedule, if they are there and can be read.
    pub fn hours(&self, reader: &mut Reader, name: &str) -> Option<Week> {
        reader.hours(self.get(name)?, &self.path_of(name))
    }

    /// A duration in minutes, if it is there.
    pub fn duration(&self, reader: &mut Reader, name: &str) -> Option<u32> {
        reader.duration(self.get(name)?, &self.path_of(name))
    }

    /// A month of the calendar, if it is there.
    pub fn month(&self, reader: &mut Reader, name: &str) -> Option<CalendarMonth> {
        reader.month(self.get(name)?, &self.path_of(name))
    }

    /// A name, if it is there.
    pub fn name(&self, reader: &mut Reader, name: &str) -> Option<String> {
        reader.name(self.get(name)?, &self.path_of(name)).map(String::from)
    }

    /// A text, if it is there.
    pub fn text(&self, reader: &mut Reader, name: &str) -> Option<String> {
        reader.text(self.get(name)?, &self.path_of(name)).map(String::from)
    }

    /// One of some words, if it is there.
    pub fn choice<C: Choice>(&self, reader: &mut Reader, name: &str) -> Option<C> {
        debug_assert!(matches!(self.key(name).shape, Shape::Choice(words) if words == C::WORDS));
        reader.choice(self.get(name)?, &self.path_of(name))
    }

    /// A whole number without a range; if it is left out, what the format says.
    pub fn whole(&self, reader: &mut Reader, name: &str) -> Option<u64> {
        let key = self.key(name);
        let Shape::Whole(min, max) = key.shape else {
            unreachable!("readers ask for a whole number only where the format has one");
        };
        match self.get(name) {
            Some(node) => reader.whole(node, min, max, &self.path_of(name)),
            None => match key.fallback {
                Fallback::Value(text) => text.parse().ok(),
                _ => None,
            },
        }
    }
}

/// The minutes of a duration.
pub(super) fn parse_duration(text: &str) -> Option<u32> {
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let factor = match unit {
        "m" => 1,
        "h" => 60,
        "d" => 1_440,
        _ => return None,
    };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let minutes = digits.parse::<u32>().ok().filter(|_| plain)?.checked_mul(factor)?;
    (minutes <= 366 * 1_440).then_some(minutes)
}

/// The place of a part of a text, where the text is in the file as it is.
fn part_of(node: &Node, text: &str, part: std::ops::Range<usize>) -> Span {
    let range = &node.span.range;
    if range.len() == text.len() + 2 && !part.is_empty() {
        let start = range.start + 1;
        return Span { file: node.span.file, range: start + part.start..start + part.end };
    }
    node.span.clone()
}
