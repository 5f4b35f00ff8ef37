//! Numbers from text, digit for digit.
//!
//! A number never goes through a binary double: 0.1 in a file is exactly 0.1. Money, shares and
//! plain numbers differ in what may stand around the digits, and that is reported here too.

use rust_decimal::Decimal;

use comanage_model::money::{Currency, is_currency_mark};

/// Why digits are no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something other than digits.
    NotDigits,
    /// Not finite.
    NotFinite,
    /// More digits than a decimal holds.
    TooLong,
    /// Beyond every bound, above or below zero.
    TooLarge,
}

/// The number that decimal digits, with or without an exponent, say exactly.
pub(super) fn exact(text: &str) -> Result<Decimal, Fault> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.eq_ignore_ascii_case("inf") || unsigned.eq_ignore_ascii_case("nan") {
        return Err(Fault::NotFinite);
    }
    let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, parse_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || digits.ends_with('.') {
        return Err(Fault::NotDigits);
    }
    let mut value = decimal(whole, fraction, exponent)?;
    if text.starts_with('-') && !value.is_zero() {
        value.set_sign_negative(true);
    }
    Ok(value)
}

/// An exponent that leads beyond every number that can be held.
const FARTHEST: i64 = 100_000_000;

fn parse_exponent(text: &str) -> Result<i64, Fault> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::NotDigits);
    }
    let size: i64 = digits.parse().unwrap_or(FARTHEST).min(FARTHEST);
    Ok(if text.starts_with('-') { -size } else { size })
}

/// `whole.fraction * 10^exponent`, if a decimal can hold it.
fn decimal(whole: &str, fraction: &str, exponent: i64) -> Result<Decimal, Fault> {
    let mut fraction = fraction;
    let whole = whole.trim_start_matches('0');
    let is_zero = whole.is_empty() && fraction.bytes().all(|digit| digit == b'0');
    let above_point = whole.len() as i64 + exponent - if whole.is_empty() { leading_zeros(fraction) } else { 0 };
    if !is_zero && above_point > 28 {
        return Err(Fault::TooLarge);
    }
    if !is_zero && above_point < -28 {
        return Err(Fault::TooLong);
    }
    if whole.len() + fraction.len() > 28 {
        fraction = fraction.trim_end_matches('0');
    }
    let mut mantissa: i128 = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        let next = mantissa.checked_mul(10).and_then(|shifted| shifted.checked_add(i128::from(digit - b'0')));
        mantissa = next.ok_or(Fault::TooLong)?;
    }
    let mut scale = fraction.len() as i64 - exponent;
    while scale < 0 && mantissa != 0 {
        mantissa = mantissa.checked_mul(10).ok_or(Fault::TooLong)?;
        scale += 1;
    }
    while scale > 28 && mantissa % 10 == 0 && mantissa != 0 {
        mantissa /= 10;
        scale -= 1;
    }
    if mantissa == 0 {
        scale = scale.clamp(0, 28);
    }
    let scale = u32::try_from(scale).map_err(|_| Fault::TooLong)?;
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| Fault::TooLong)
}

fn leading_zeros(digits: &str) -> i64 {
    (digits.len() - digits.trim_start_matches('0').len()) as i64
}

/// Why a text is no amount of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MoneyFault {
    /// It is not written as one.
    Form,
    /// More digits than a decimal holds.
    TooLong,
    /// Beyond every bound.
    TooLarge,
    /// It names another currency.
    OtherCurrency,
    /// Its commas do not stand between thousands.
    Commas,
}

/// The amount that a text such as `"$105,000.00"` or `"-1,200 EUR"` says.
pub(super) fn money(text: &str, currency: Currency) -> Result<Decimal, MoneyFault> {
    let (negative, rest) = strip_minus(text.trim());
    let rest = strip_mark(rest, currency)?;
    let (negative_inside, digits) = strip_minus(rest);
    if (negative && negative_inside) || digits.starts_with(['+', '-']) {
        return Err(MoneyFault::Form);
    }
    let value = exact(&strip_commas(digits)?).map_err(|fault| match fault {
        Fault::TooLong => MoneyFault::TooLong,
        Fault::TooLarge => MoneyFault::TooLarge,
        Fault::NotDigits | Fault::NotFinite => MoneyFault::Form,
    })?;
    Ok(if (negative || negative_inside) && !value.is_zero() { -value } else { value })
}

fn strip_minus(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

/// Takes the currency's sign or code from either end.
fn strip_mark(text: &str, currency: Currency) -> Result<&str, MoneyFault> {
    let strip = |mark| text.strip_prefix(mark).or_else(|| text.strip_suffix(mark));
    if let Some(rest) = currency.marks().find_map(strip) {
        return Ok(rest.trim());
    }
    let word = text.trim_matches(|c: char| c.is_ascii_digit() || ",. -".contains(c));
    if is_currency_mark(word) { Err(MoneyFault::OtherCurrency) } else { Ok(text) }
}

/// Takes commas away if each is before three digits of the whole part.
fn strip_commas(text: &str) -> Result<String, MoneyFault> {
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    if !whole.contains(',') {
        return if fraction.contains(',') { Err(MoneyFault::Commas) } else { Ok(text.into()) };
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    if first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3) || fraction.contains(',') {
        return Err(MoneyFault::Commas);
    }
    Ok(format!("{}{fraction}", whole.replace(',', "")))
}

/// The digits that were probably meant where a number has a comma before its decimals, or other signs
/// between its thousands: `62,50`, `1.200,50`, `1'200.50`, `1 200,50`. None if it is written as it must
/// be, or says no number in these ways either.
pub(super) fn meant(text: &str) -> Option<String> {
    let is_gap = |letter: char| matches!(letter, '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let closed: String = text.trim().chars().filter(|letter| !is_gap(*letter)).collect();
    let last = closed.rfind([',', '.']);
    let is_decimal_mark = |at: usize| {
        let mark = &closed[at..at + 1];
        let other = if mark == "," { "." } else { "," };
        closed.matches(mark).count() == 1 && (closed.contains(other) || mark == "." || closed.len() - at != 4)
    };
    let (whole, decimals) = match last.filter(|at| is_decimal_mark(*at)) {
        Some(at) => (&closed[..at], &closed[at..]),
        None => (&closed[..], ""),
    };
    if whole.split([',', '.']).skip(1).any(|group| group.len() != 3) {
        return None;
    }
    let digits = whole.replace([',', '.'], "") + &decimals.replace(',', ".");
    let is_new = digits != text && digits.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-');
    (is_new && exact(&digits).is_ok()).then_some(digits)
}

/// The share that a text such as `"6.25%"` says, as a fraction of 1.
pub(super) fn share(text: &str) -> Option<Result<Decimal, Fault>> {
    let digits = text.trim().strip_suffix('%')?.trim_end();
    let hundredth = |value: Decimal| {
        let mut value = value;
        value.set_scale(value.scale() + 2).map_err(|_| Fault::TooLong)?;
        Ok(value)
    };
    Some(exact(digits).and_then(hundredth))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, Fault>) {
        assert_eq!(exact(text).map(|value| value.to_string()), expected.map(String::from), "{text}");
    }

    #[test]
    fn numbers_keep_their_digits() {
        check("0.1", Ok("0.1"));
        check("105.00", Ok("105.00"));
        check("99999999999999.99", Ok("99999999999999.99"));
        check("-0", Ok("0"));
        check("+7", Ok("7"));
        check("1e2", Ok("100"));
        check("1.5e-3", Ok("0.0015"));
        check("1.25E+1", Ok("12.5"));
        check("0.00000000000000000000000000010", Ok("0.0000000000000000000000000001"));
        check("1e30", Err(Fault::TooLarge));
        check("1e999999999999999999999", Err(Fault::TooLarge));
        check("1e-999999999999999999999", Err(Fault::TooLong));
        check("0e999999999999", Ok("0"));
        check("12345678901234567890123456789", Err(Fault::TooLarge));
        check("9999999999999999999999999999", Ok("9999999999999999999999999999"));
        check("0000000000000000000000000000000000001", Ok("1"));
        check("0.12345678901234567890123456789", Err(Fault::TooLong));
        check("inf", Err(Fault::NotFinite));
        check("-nan", Err(Fault::NotFinite));
        check("1.", Err(Fault::NotDigits));
        check(".5", Err(Fault::NotDigits));
        check("", Err(Fault::NotDigits));
    }

    #[test]
    fn money_may_have_a_sign_commas_and_its_currency() {
        let usd = Currency::from_code("USD").expect("USD is a currency");
        let amount = |text| money(text, usd).map(|value| value.to_string());
        for (text, value) in [
            ("$105,000", "105000"),
            ("105,000.00", "105000.00"),
            ("-$5", "-5"),
            ("$-5", "-5"),
            ("USD 1,200.50", "1200.50"),
            ("1200 USD", "1200"),
        ] {
            assert_eq!(amount(text).as_deref(), Ok(value), "{text}");
        }
        assert_eq!(amount("€5"), Err(MoneyFault::OtherCurrency));
        assert_eq!(amount("1,20"), Err(MoneyFault::Commas));
        assert_eq!(amount("1.200,50"), Err(MoneyFault::Commas));
        assert_eq!(amount("a lot"), Err(MoneyFault::Form));
        assert_eq!(amount("--5"), Err(MoneyFault::Form));
    }

    #[test]
    fn other_ways_to_write_numbers_are_understood() {
        for (text, digits) in [
            ("62,50", Some("62.50")),
            ("4,5", Some("4.5")),
            ("1.200,50", Some("1200.50")),
            ("1,200.50", Some("1200.50")),
            ("1.200.000", Some("1200000")),
            ("184,500", Some("184500")),
            ("1'200.50", Some("1200.50")),
            ("1\u{202f}200,50", Some("1200.50")),
            ("-3,25", Some("-3.25")),
            ("62.50", None),
            ("1,2,3", None),
            ("a,b", None),
            ("", None),
        ] {
            assert_eq!(meant(text).as_deref(), digits, "{text}");
        }
    }

    #[test]
    fn shares_need_their_sign() {
        assert_eq!(share("6.25%"), Some(Ok("0.0625".parse().expect("a number"))));
        assert_eq!(share("-3%").map(|value| value.map(|value| value.to_string())), Some(Ok("-0.03".into())));
        assert_eq!(share("0.04"), None);
    }
}
