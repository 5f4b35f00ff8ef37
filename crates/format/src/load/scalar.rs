//! Numbers as they are in a file: money, shares, counts, and how they may be wrong.

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::group_thousands;
use comanage_model::scenario::{Input, Kind, Origin};

use super::digits::{self, Fault, MoneyFault};
use super::fields::found;
use super::format::{Limit, Quantity};
use super::reader::{Annotations, Reader};
use super::tree::{Node, Value};

impl Reader {
    /// Reads a number or a range of it, and adds it to the inputs.
    pub fn number(&mut self, node: &Node, quantity: &Quantity, beside: Annotations) -> Input {
        if let Value::Table(_) = node.value {
            return self.range(node, quantity, beside);
        }
        match self.scalar(node, quantity, &beside.path, quantity.whole) {
            Some(value) => self.add(value, quantity, Origin::Written(node.span.clone()), None, beside),
            None => self.add_invalid(quantity, beside),
        }
    }

    /// Reads a single number within its bounds.
    pub fn scalar(&mut self, node: &Node, quantity: &Quantity, path: &str, whole: bool) -> Option<Decimal> {
        let value = match self.digits(node, quantity.kind, path) {
            Ok(value) => value,
            Err(None) => {
                self.out_of_range(node, quantity, path, is_negative(node));
                return None;
            }
            Err(Some(diagnostic)) => {
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
        let low_enough = written <= Decimal::from(quantity.max);
        let high_enough = match quantity.min {
            Limit::From(min) => written >= Decimal::from(min),
            Limit::Above(min) => written > Decimal::from(min),
        };
        if low_enough && high_enough {
            return Some(value);
        }
        self.out_of_range(node, quantity, path, low_enough);
        None
    }

    fn out_of_range(&mut self, node: &Node, quantity: &Quantity, path: &str, is_low: bool) {
        let message = format!("`{path}` must be {}", bounds_in_words(quantity));
        let label = if is_low { "too low" } else { "too high" };
        let mut diagnostic = Diagnostic::error("out-of-range", message).at(node.span.clone(), label).path(path);
        let is_price = quantity.kind == Kind::Money && quantity.min == Limit::From(0);
        let is_limit = path.starts_with("expect.") || path.starts_with("budget");
        if is_price && is_low && !is_limit {
            diagnostic = diagnostic.hint("enter a saving as a [[cost]], where amounts may be negative");
        }
        self.report(diagnostic);
    }

    /// The value that a default says.
    pub fn default_value(&self, text: &str, kind: Kind) -> Decimal {
        let value = match kind {
            Kind::Share => digits::share(text).and_then(Result::ok),
            _ => digits::exact(text).ok(),
        };
        value.expect("the format's defaults are valid")
    }

    /// The number that is at a place. Without a diagnostic: it is beyond every bound.
    fn digits(&self, node: &Node, kind: Kind, path: &str) -> Result<Decimal, Option<Box<Diagnostic>>> {
        match (&node.value, kind) {
            (Value::Text(text), Kind::Share) => match digits::share(text) {
                Some(Ok(value)) => Ok(value),
                Some(Err(fault)) => Err(number_fault(node, fault)),
                None => Err(Some(Box::new(bare_share(node, text)))),
            },
            (Value::Number(digits), Kind::Share) => Err(Some(Box::new(bare_share(node, digits)))),
            (Value::Text(text), Kind::Money) => {
                digits::money(text, self.currency).map_err(|fault| self.money_fault(node, &fault))
            }
            (Value::Number(digits), _) => digits::exact(digits).map_err(|fault| number_fault(node, fault)),
            (Value::OtherBase(_), _) => {
                let diagnostic = Diagnostic::error("bad-number", "numbers must be decimal");
                Err(Some(Box::new(diagnostic.at(node.span.clone(), found(node)).hint("write the decimal digits"))))
            }
            _ => Err(Some(Box::new(wrong_number(node, kind, path)))),
        }
    }

    fn money_fault(&self, node: &Node, fault: &MoneyFault) -> Option<Box<Diagnostic>> {
        let code = self.currency.code;
        let (name, message, hint) = match fault {
            MoneyFault::Form => (
                "bad-money",
                "not an amount of money".to_string(),
                meant_amount(node).unwrap_or_else(|| {
                    "write it as 1250, 1250.50, \"1,250.50\" or with the currency, such as \"$1,250\"".into()
                }),
            ),
            MoneyFault::TooLong => {
                ("too-many-digits", "this amount has too many digits".into(), "at most 28 digits are supported".into())
            }
            MoneyFault::OtherCurrency => (
                "wrong-currency",
                format!("amounts of this file are in {code}"),
                format!("convert it to {code}, or write the number without a currency"),
            ),
            MoneyFault::Commas => (
                "bad-money",
                "commas separate thousands, and a point separates decimals".into(),
                meant_amount(node).unwrap_or_else(|| "write \"1,234,567.89\"".into()),
            ),
            MoneyFault::TooLarge => return None,
        };
        Some(Box::new(Diagnostic::error(name, message).at(node.span.clone(), found(node)).hint(hint)))
    }

    /// A whole number that takes no range.
    pub fn whole(&mut self, node: &Node, min: u64, max: u64, path: &str) -> Option<u64> {
        use rust_decimal::prelude::ToPrimitive;
        let bounds = if min == max { format!("{min}") } else { format!("{} to {}", grouped(min), grouped(max)) };
        let Value::Number(digits) = &node.value else {
            let hint = match &node.value {
                Value::Table(_) => "this key does not accept a range",
                _ => "write it without quotes",
            };
            self.wrong_type(node, path, &format!("a whole number, {bounds}"), hint);
            return None;
        };
        let value = digits::exact(digits).ok().filter(|value| value.fract().is_zero()).and_then(|value| value.to_u64());
        let value = value.filter(|value| (min..=max).contains(value));
        if value.is_none() {
            let message = format!("`{path}` must be {}{bounds}", if min == max { "" } else { "a whole number, " });
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
    match quantity.min {
        Limit::From(min) => format!("{} to {}", show(min), show(quantity.max)),
        Limit::Above(min) => format!("above {}, up to {}", show(min), show(quantity.max)),
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
        Err(_) => match digits::meant(written) {
            Some(digits) => format!("write \"{digits}%\""),
            None => "write it as \"4%\"".into(),
        },
    };
    let diagnostic = Diagnostic::error("bad-share", "a share is written with a percent sign");
    diagnostic.at(node.span.clone(), found(node)).hint(hint)
}

/// What is wrong with digits; none: the number is beyond every bound.
fn number_fault(node: &Node, fault: Fault) -> Option<Box<Diagnostic>> {
    let meant = node.text().and_then(|text| text.trim().strip_suffix('%')).and_then(digits::meant);
    let (code, message, hint) = match fault {
        Fault::NotFinite => ("bad-number", "a number must be finite", "write a number in digits".to_string()),
        Fault::TooLong => {
            ("too-many-digits", "this number has too many digits", "at most 28 digits are supported".into())
        }
        Fault::NotDigits => match meant {
            Some(digits) => ("bad-number", "a point separates decimals", format!("write \"{digits}%\"")),
            None => ("bad-number", "not a number", "write digits, with a point before the decimals".into()),
        },
        Fault::TooLarge => return None,
    };
    Some(Box::new(Diagnostic::error(code, message).at(node.span.clone(), found(node)).hint(hint)))
}

/// What to write for an amount with a comma before its decimals, or other signs between its thousands.
fn meant_amount(node: &Node) -> Option<String> {
    let digits = node.text()?.trim_matches(|letter: char| !letter.is_ascii_digit() && letter != '-');
    digits::meant(digits).map(|digits| format!("write {digits}"))
}

/// Whether a number is written with a minus.
fn is_negative(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) | Value::Number(text) => text.trim_start().starts_with(['-', '\u{2212}']),
        _ => false,
    }
}

/// Something else where a number of a kind must stand.
fn wrong_number(node: &Node, kind: Kind, path: &str) -> Diagnostic {
    let hint = match (&node.value, kind) {
        (Value::Text(text), _) if digits::exact(text.trim()).is_ok() => format!("write {} without quotes", text.trim()),
        (Value::Text(text), Kind::Number | Kind::Count | Kind::Months) if digits::meant(text).is_some() => {
            format!("write {} without quotes", digits::meant(text).unwrap_or_default())
        }
        (Value::Text(text), _) if text.contains('%') => "this key is a number, not a share".into(),
        (_, Kind::Share) => "write it as \"4%\"".into(),
        (_, Kind::Money) => "write it as 1250, 1250.50 or \"$1,250\"".into(),
        _ => "write a number such as 40, or a range such as { low = 30, likely = 40, high = 60 }".into(),
    };
    let message = format!("`{path}` must be {}", describe(kind));
    Diagnostic::error("wrong-type", message).at(node.span.clone(), found(node)).hint(hint)
}
