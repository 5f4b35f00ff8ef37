//! Currencies and amounts of money.
//!
//! An amount is a decimal rounded to the minor unit of its currency, once, where a ledger line is
//! made; everything after that is addition. Data files show it to the minor unit, prose and charts
//! rounded to the unit.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::Decimal;

use comanage_expr::number::round_half_away;

/// A currency of ISO 4217 with a minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency {
    /// The three letters.
    pub code: &'static str,
    /// Decimal places of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    pub digits: u32,
}

/// Codes of ISO 4217 by the decimal places of their minor unit. Metals, funds without a unit and test codes
/// are left out: nothing is priced in them.
const CODES: [(u32, &[&str]); 4] = [
    (
        2,
        &[
            "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD",
            "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CNY",
            "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP",
            "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR",
            "JMD", "KES", "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA",
            "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO",
            "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD",
            "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS",
            "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "USD", "USN", "UYU", "UZS", "VED", "VES", "WST", "XAD",
            "XCD", "XCG", "YER", "ZAR", "ZMW", "ZWG",
        ],
    ),
    (
        0,
        &[
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
            "XOF", "XPF",
        ],
    ),
    (3, &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]),
    (4, &["CLF", "UYW"]),
];

/// Signs that mean a currency in a text, and the codes they can mean. Where one sign is
/// the end of another, the longer stands first.
const SIGNS: [(&str, &[&str]); 26] = [
    ("US$", &["USD"]),
    ("CA$", &["CAD"]),
    ("C$", &["CAD", "NIO"]),
    ("AU$", &["AUD"]),
    ("NZ$", &["NZD"]),
    ("HK$", &["HKD"]),
    ("NT$", &["TWD"]),
    ("MX$", &["MXN"]),
    ("R$", &["BRL"]),
    ("S$", &["SGD"]),
    ("A$", &["AUD"]),
    (
        "$",
        &[
            "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "BBD", "BMD", "BND",
            "BSD", "BZD", "DOP", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "XCD",
        ],
    ),
    ("£", &["GBP", "GIP", "FKP", "SHP", "EGP", "LBP", "SYP", "SSP"]),
    ("€", &["EUR"]),
    ("¥", &["JPY", "CNY"]),
    ("₹", &["INR"]),
    ("₩", &["KRW", "KPW"]),
    ("₺", &["TRY"]),
    ("₽", &["RUB"]),
    ("₪", &["ILS"]),
    ("₱", &["PHP"]),
    ("₫", &["VND"]),
    ("₴", &["UAH"]),
    ("₦", &["NGN"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("zł", &["PLN"]),
];

impl Currency {
    /// The currency with a code of ISO 4217, if it has a minor unit.
    ///
    /// ```
    /// use comanage_model::money::Currency;
    /// assert_eq!(Currency::from_code("KWD").map(|currency| currency.digits), Some(3));
    /// assert_eq!(Currency::from_code("XAU"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Self> {
        let find = |(digits, codes): &(u32, &[&'static str])| {
            let code = codes.iter().copied().find(|&known| known == code)?;
            Some(Self { code, digits: *digits })
        };
        CODES.iter().find_map(find)
    }

    /// Every code, for suggestions.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        CODES.iter().flat_map(|(_, codes)| codes.iter().copied())
    }

    /// The signs and the code that may be next to an amount in this currency.
    pub fn marks(self) -> impl Iterator<Item = &'static str> {
        let signs = SIGNS.iter().filter(move |(_, codes)| codes.contains(&self.code)).map(|(sign, _)| *sign);
        std::iter::once(self.code).chain(signs)
    }
}

/// Whether a text is the code or a sign of some currency.
pub fn is_currency_mark(text: &str) -> bool {
    Currency::from_code(text).is_some() || SIGNS.iter().any(|(sign, _)| *sign == text)
}

/// An amount of money, exact to the minor unit.
///
/// Sums and differences are exact and cannot overflow: an evaluation refuses an alternative whose lines come to
/// more than 10^18, credits as if they were charges ([`crate::evaluate`]), prices that are stated are at most as
/// large, and a decimal has space for a billion times that. Formulas whose result has no such limit are written
/// over [`comanage_expr::number::Exact`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The amount without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The amount as data: `-1234.50`, always with the currency's decimals.
    pub fn to_data(self, currency: Currency) -> String {
        let mut value = round_half_away(self.0, currency.digits);
        value.rescale(currency.digits);
        if value.is_zero() {
            value.set_sign_positive(true);
        }
        value.to_string()
    }

    /// The amount as a whole number of minor units, rounded half away from zero: 12.345 USD is 1235.
    pub fn minor_units(self, currency: Currency) -> i128 {
        let rounded = round_half_away(self.0, currency.digits);
        rounded.mantissa().saturating_mul(10_i128.pow(currency.digits - rounded.scale()))
    }

    /// The amount as prose: rounded to the unit, thousands apart: `1,234`.
    pub fn to_prose(self) -> String {
        group_thousands(&round_half_away(self.0, 0).normalize().to_string())
    }

    /// A price as prose: to the minor unit, or to its own digits if those are finer: `0.125`.
    pub fn to_finest_prose(self, currency: Currency) -> String {
        let value = self.0.normalize();
        if value.scale() > currency.digits {
            group_thousands(&value.to_string())
        } else {
            self.to_exact_prose(currency)
        }
    }

    /// The amount to the minor unit, thousands apart: `1,234.50`.
    pub fn to_exact_prose(self, currency: Currency) -> String {
        group_thousands(&self.to_data(currency))
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.checked_add(other.0).expect("amounts are far below what a decimal holds"))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Money> for Money {
    fn sum<I: Iterator<Item = &'a Self>>(amounts: I) -> Self {
        amounts.copied().sum()
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
