//! Single values: numbers and their ranges, texts, words, hours, durations, months.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::money::group_thousands;
use crate::month::CalendarMonth;
use crate::scenario::{Input, Kind, Origin};
use crate::source::Span;
use crate::week::Week;

use super::digits::{self, Fault, MoneyFault};
use super::fields::{Fields, found};
use super::format::{Limit, Quantity};
use super::reader::{Beside, Reader};
use super::tree::{Node, Value};

/// The longest name.
const LONGEST_NAME: usize = 200;
/// The longest text.
const LONGEST_TEXT: usize = 10_000;

impl Reader {
    /// Reads a number or a range of it, and adds it to the inputs.
    pub fn number(&mut self, node: &Node, quantity: &Quantity, beside: Beside) -> Input {
        if let Value::Table(_) = node.value {
            return self.range(node, quantity, beside);
        }
        match self.scalar(node, quantity, &beside.path, quantity.whole) {
            Some(value) => self.add(value, quantity, Origin::Written(node.span.clone()), None, beside),
            None => self.add_bad(quantity, beside),
        }
    }

    /// Reads a single number within its bounds.
    pub fn scalar(&mut self, node: &Node, quantity: &Quantity, path: &str, whole: bool) -> Option<Decimal> {
        let value = match self.digits(node, quantity.kind, path) {
            Ok(value) => value,
            Err(diagnostic) => {
                self.report(diagnostic.path(path));
                return None;
            }
        };
        if whole && !value.fract().is_zero() {
            let message = format!("`{path}` must be {}", describe(quantity.kind));
            let hint = format!("write {} or {}", plain(value.floor()), plain(value.ceil()));
            self.report(
                Diagnostic::error("not-whole", message).at(node.span.clone(), found(node)).path(path).hint(hint),
            );
            return None;
        }
        self.within(value, node, quantity, path)
    }

    /// Refuses a value out of the bounds of its key.
    pub fn within(&mut self, value: Decimal, node: &Node, quantity: &Quantity, path: &str) -> Option<Decimal> {
        let hundred = if quantity.kind == Kind::Share { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let written = value.checked_mul(hundred).unwrap_or(Decimal::MAX);
        let low_enough = written <= Decimal::from(quantity.most);
        let high_enough = match quantity.least {
            Limit::From(least) => written >= Decimal::from(least),
            Limit::Above(least) => written > Decimal::from(least),
        };
        if low_enough && high_enough {
            return Some(value);
        }
        let message = format!("`{path}` must be {}", bounds_in_words(quantity));
        let label = if low_enough { "too low" } else { "too high" };
        let mut diagnostic = Diagnostic::error("out-of-range", message).at(node.span.clone(), label).path(path);
        if quantity.kind == Kind::Money && quantity.least == Limit::From(0) && !high_enough {
            diagnostic = diagnostic.hint("a saving is written as a [[cost]], where amounts may be negative");
        }
        self.report(diagnostic);
        None
    }

    /// The value that a default says.
    pub fn default_value(&self, text: &str, kind: Kind) -> Decimal {
        let value = match kind {
            Kind::Share => digits::share(text).and_then(Result::ok),
            _ => digits::exact(text).ok(),
        };
        value.expect("the format's defaults are well written")
    }

    fn digits(&self, node: &Node, kind: Kind, path: &str) -> Result<Decimal, Diagnostic> {
        match (&node.value, kind) {
            (Value::Text(text), Kind::Share) => match digits::share(text) {
                Some(Ok(value)) => Ok(value),
                Some(Err(fault)) => Err(number_fault(node, fault)),
                None => Err(bare_share(node, text)),
            },
            (Value::Number(digits), Kind::Share) => Err(bare_share(node, digits)),
            (Value::Text(text), Kind::Money) => {
                digits::money(text, self.currency).map_err(|fault| self.money_fault(node, &fault))
            }
            (Value::Number(digits), _) => digits::exact(digits).map_err(|fault| number_fault(node, fault)),
            (Value::OtherBase(_), _) => Err(Diagnostic::error("bad-number", "numbers are written in tens")
                .at(node.span.clone(), found(node))
                .hint("write the decimal digits")),
            _ => Err(wrong_number(node, kind, path)),
        }
    }

    fn money_fault(&self, node: &Node, fault: &MoneyFault) -> Diagnostic {
        let code = self.currency.code;
        let (name, message, hint) = match fault {
            MoneyFault::Form => (
                "bad-money",
                "this is no amount of money".to_string(),
                "write it as 1250, 1250.50, \"1,250.50\" or with the currency, such as \"$1,250\"".to_string(),
            ),
            MoneyFault::TooLong => (
                "too-many-digits",
                "this amount has more digits than can be held".into(),
                "up to 28 digits can be held".into(),
            ),
            MoneyFault::OtherCurrency => (
                "wrong-currency",
                format!("amounts of this file are in {code}"),
                format!("convert it to {code}, or write the number alone"),
            ),
            MoneyFault::Commas => (
                "bad-money",
                "commas stand between thousands, and a point before the decimals".into(),
                "write \"1,234,567.89\"".into(),
            ),
        };
        Diagnostic::error(name, message).at(node.span.clone(), found(node)).hint(hint)
    }

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
    pub fn wrong_type(&mut self, node: &Node, path: &str, wanted: &str, hint: &str) {
        let message = format!("`{path}` must be {wanted}");
        self.report(Diagnostic::error("wrong-type", message).at(node.span.clone(), found(node)).path(path).hint(hint));
    }

    /// One of some words; gives its place among them.
    pub fn choice(&mut self, node: &Node, words: &[&'static str], path: &str) -> Option<usize> {
        let list = words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" or ");
        let Some(text) = node.text() else {
            self.wrong_type(node, path, &list, "write one of these words in quotes");
            return None;
        };
        let place = words.iter().position(|word| *word == text);
        if place.is_none() {
            let near = self.nearest(text, words.iter().copied());
            let hint = near.map_or(format!("write {list}"), |near| format!("did you mean {near:?}?"));
            let message = format!("`{path}` must be {list}");
            let diagnostic = Diagnostic::error("unknown-value", message).at(node.span.clone(), found(node));
            self.report(diagnostic.path(path).hint(hint));
        }
        place
    }

    /// Hours of the week.
    pub fn hours(&mut self, node: &Node, path: &str) -> Option<Week> {
        let Some(text) = node.text() else {
            self.wrong_type(node, path, "hours of the week", "write them as \"mon-fri 08:00-17:00\" or \"24x7\"");
            return None;
        };
        match Week::parse(text) {
            Ok(week) => Some(week),
            Err(error) => {
                let span = part_of(node, text, error.at);
                let message = format!("`{path}` is not hours of the week");
                let diagnostic = Diagnostic::error("bad-hours", message).at(span, error.message);
                self.report(diagnostic.path(path).hint(error.hint));
                None
            }
        }
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
            let hint = "write year and month in quotes: \"2027-01\"";
            self.report(
                Diagnostic::error("bad-month", message).at(node.span.clone(), found(node)).path(path).hint(hint),
            );
        }
        month
    }
}

impl Fields<'_> {
    /// Hours of the week, if they are there and can be read.
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

    /// One of some words, by its place among them, if it is there.
    pub fn choice(&self, reader: &mut Reader, name: &str) -> Option<usize> {
        let super::format::Shape::Choice(words) = &self.key(name).shape else {
            unreachable!("readers ask for a word only where the format has words");
        };
        reader.choice(self.get(name)?, words, &self.path_of(name))
    }

    /// A whole number without a range; if it is left out, what the format says.
    pub fn whole(&self, reader: &mut Reader, name: &str) -> Option<u64> {
        let key = self.key(name);
        let super::format::Shape::Whole(least, most) = key.shape else {
            unreachable!("readers ask for a whole number only where the format has one");
        };
        match self.get(name) {
            Some(node) => reader.whole(node, least, most, &self.path_of(name)),
            None => match key.fallback {
                super::format::Fallback::Value(text) => text.parse().ok(),
                _ => None,
            },
        }
    }
}

impl Reader {
    /// A whole number that takes no range.
    pub fn whole(&mut self, node: &Node, least: u64, most: u64, path: &str) -> Option<u64> {
        use rust_decimal::prelude::ToPrimitive;
        let bounds =
            if least == most { format!("{least}") } else { format!("{} to {}", grouped(least), grouped(most)) };
        let Value::Number(digits) = &node.value else {
            let hint = match &node.value {
                Value::Table(_) => "this key takes no range",
                _ => "write it without quotes",
            };
            self.wrong_type(node, path, &format!("a whole number, {bounds}"), hint);
            return None;
        };
        let value = digits::exact(digits).ok().filter(|value| value.fract().is_zero()).and_then(|value| value.to_u64());
        let value = value.filter(|value| (least..=most).contains(value));
        if value.is_none() {
            let message = format!("`{path}` must be {}{bounds}", if least == most { "" } else { "a whole number, " });
            self.report(Diagnostic::error("out-of-range", message).at(node.span.clone(), found(node)).path(path));
        }
        value
    }
}

fn grouped(number: u64) -> String {
    group_thousands(&number.to_string())
}

/// A number as one would write it.
fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// What a kind of number is called in messages.
pub(super) fn describe(kind: Kind) -> &'static str {
    match kind {
        Kind::Money => "an amount of money",
        Kind::Share => "a share",
        Kind::Number => "a number",
        Kind::Count => "a whole number",
        Kind::Months => "a whole number of months",
    }
}

/// The bounds of a quantity: "0 to 1,000,000,000", "above -100%, up to 1,000%".
pub(super) fn bounds_in_words(quantity: &Quantity) -> String {
    let sign = if quantity.kind == Kind::Share { "%" } else { "" };
    let show = |value: i64| format!("{}{sign}", group_thousands(&value.to_string()));
    match quantity.least {
        Limit::From(least) => format!("{} to {}", show(least), show(quantity.most)),
        Limit::Above(least) => format!("above {}, up to {}", show(least), show(quantity.most)),
    }
}

/// A share that lacks its percent sign.
fn bare_share(node: &Node, written: &str) -> Diagnostic {
    let hint = match digits::exact(written.trim()) {
        Ok(value) if value.is_zero() => "write \"0%\"".to_string(),
        Ok(value) if value == Decimal::ONE => "write \"1%\" or \"100%\"".into(),
        Ok(value) if value.abs() < Decimal::ONE => match value.checked_mul(Decimal::ONE_HUNDRED) {
            Some(percent) => format!("write \"{}%\"", plain(percent)),
            None => "write it as \"4%\"".into(),
        },
        Ok(value) => format!("write \"{}%\"", plain(value)),
        Err(_) => "write it as \"4%\"".into(),
    };
    let diagnostic = Diagnostic::error("bad-share", "a share is written with a percent sign");
    diagnostic.at(node.span.clone(), found(node)).hint(hint)
}

fn number_fault(node: &Node, fault: Fault) -> Diagnostic {
    let (code, message, hint) = match fault {
        Fault::NotFinite => ("bad-number", "a number must be finite", "write a number in digits"),
        Fault::TooLong => {
            ("too-many-digits", "this number has more digits than can be held", "up to 28 digits can be held")
        }
        Fault::NotDigits => ("bad-number", "this is no number", "write digits, with a point before the decimals"),
    };
    Diagnostic::error(code, message).at(node.span.clone(), found(node)).hint(hint)
}

/// Something else where a number of a kind must stand.
fn wrong_number(node: &Node, kind: Kind, path: &str) -> Diagnostic {
    let hint = match (&node.value, kind) {
        (Value::Text(text), _) if digits::exact(text.trim()).is_ok() => format!("write {} without quotes", text.trim()),
        (Value::Text(text), _) if text.contains('%') => "this key is a number, not a share".into(),
        (_, Kind::Share) => "write it as \"4%\"".into(),
        (_, Kind::Money) => "write it as 1250, 1250.50 or \"$1,250\"".into(),
        _ => "write a number such as 40, or a range such as { low = 30, likely = 40, high = 60 }".into(),
    };
    let message = format!("`{path}` must be {}", describe(kind));
    Diagnostic::error("wrong-type", message).at(node.span.clone(), found(node)).hint(hint)
}

fn parse_duration(text: &str) -> Option<u32> {
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

/// The place of a part of a text, where the text stands in the file as it is.
fn part_of(node: &Node, text: &str, part: std::ops::Range<usize>) -> Span {
    let range = &node.span.range;
    if range.len() == text.len() + 2 && !part.is_empty() {
        let start = range.start + 1;
        return Span { file: node.span.file, range: start + part.start..start + part.end };
    }
    node.span.clone()
}
