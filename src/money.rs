//! Currencies and amounts of money.
//!
//! An amount is a decimal rounded to the minor unit of its currency, once, where a ledger line is
//! made; everything after that is addition. Data files show it to the minor unit, prose and charts
//! rounded to the unit.

use rust_decimal::Decimal;

use crate::number::round_half_away;

/// A currency of ISO 4217 with a minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency {
    /// The three letters.
    pub code: &'static str,
    /// Decimals of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    pub digits: u32,
}

/// An amount of money, exact to the minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub Decimal);

impl Money {
    /// The amount as data: `-1234.50`, always with the currency's decimals.
    pub fn to_data(self, currency: Currency) -> String {
        let mut value = round_half_away(self.0, currency.digits);
        value.rescale(currency.digits);
        if value.is_zero() {
            value.set_sign_positive(true);
        }
        value.to_string()
    }

    /// The amount as prose: rounded to the unit, thousands apart: `1,234`.
    pub fn to_prose(self) -> String {
        group_thousands(&round_half_away(self.0, 0).normalize().to_string())
    }

    /// The amount to the minor unit, thousands apart: `1,234.50`.
    pub fn to_exact_prose(self, currency: Currency) -> String {
        group_thousands(&self.to_data(currency))
    }
}

/// Puts commas between the thousands of a decimal number's whole part.
pub fn group_thousands(number: &str) -> String {
    let (sign, rest) = number.split_at(usize::from(number.starts_with('-')));
    let (whole, fraction) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let zero = grouped == "0" && fraction.bytes().all(|b| matches!(b, b'.' | b'0'));
    format!("{}{grouped}{fraction}", if zero { "" } else { sign })
}
