//! Numbers for readers of a chart: "1,203", "−4.5", "97.4%".
//!
//! A chart shows few digits, in a unit that suits them, and says the unit once, in its
//! subtitle. Exact figures belong to the tables.

/// What to divide by so that values are short, and the word for it: `(1000.0, "thousand")`.
///
/// The word is empty below ten thousand. Values that are not finite are not looked at.
///
/// ```
/// use comanage_report::chart::number::scale;
/// assert_eq!(scale(&[700_000.0, 1_600_000.0]), (1e3, "thousand"));
/// assert_eq!(scale(&[950.0]), (1.0, ""));
/// ```
pub fn scale(values: &[f64]) -> (f64, &'static str) {
    let finite = values.iter().filter(|value| value.is_finite());
    match finite.fold(0.0, |largest: f64, value| largest.max(value.abs())) {
        v if v < 1e4 => (1.0, ""),
        v if v < 1e7 => (1e3, "thousand"),
        v if v < 1e10 => (1e6, "million"),
        v if v < 1e13 => (1e9, "billion"),
        _ => (1e12, "trillion"),
    }
}

/// The number with this many decimal places and a comma between thousands; with an exponent when
/// it is too long to be read.
///
/// ```
/// use comanage_report::chart::number::thousands;
/// assert_eq!(thousands(1234567.8, 0), "1,234,568");
/// assert_eq!(thousands(-0.25, 1), "−0.2");
/// ```
pub fn thousands(value: f64, decimals: usize) -> String {
    if value.abs() >= 1e15 {
        return format!("{value:.1e}").replace('-', "−");
    }
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let is_zero = digits.chars().all(|c| matches!(c, '0' | '.'));
    let marker = if value < 0.0 && !is_zero { "−" } else { "" };
    format!("{marker}{}{fraction}", grouped(whole))
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The number with as many decimals as suit the largest one of its chart: about three
/// digits for that one, and at least one for any other.
pub(super) fn figure(value: f64, largest: f64) -> String {
    match largest.abs() {
        _ if value == 0.0 => "0".to_owned(),
        v if v >= 1.0 && (1e-6..0.5).contains(&value.abs()) => {
            let usual = if v >= 100.0 {
                0
            } else if v >= 10.0 {
                1
            } else {
                2
            };
            thousands(value, usual.max((-value.abs().log10()).ceil() as usize))
        }
        v if v >= 100.0 => thousands(value, 0),
        v if v >= 10.0 => thousands(value, 1),
        v if v >= 1.0 => thousands(value, 2),
        v if v >= 1e-3 => thousands(value, 5),
        _ => format!("{value:.1e}").replace('-', "−"),
    }
}

/// A share as a percentage, to a tenth when it is not whole: "95%", "97.4%".
pub(super) fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round();
    thousands(tenths / 10.0, usize::from(tenths % 10.0 != 0.0)) + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_plain() {
        let cases = [(0.0, 0, "0"), (-0.0, 0, "0"), (-0.04, 1, "0.0"), (999.6, 0, "1,000"), (1e15, 0, "1.0e15")];
        for (value, decimals, expected) in cases {
            assert_eq!(thousands(value, decimals), expected);
        }
        let figures = [(812.4, 812.4, "812"), (0.04, 812.4, "0.04"), (-0.3, 24.2, "−0.3"), (0.006, 24.2, "0.006")];
        for (value, largest, expected) in figures {
            assert_eq!(figure(value, largest), expected);
        }
        assert_eq!(percent(0.95), "95%");
        assert_eq!(percent(0.9744), "97.4%");
        assert_eq!(scale(&[f64::NAN, f64::INFINITY, -2e15]), (1e12, "trillion"));
    }
}
