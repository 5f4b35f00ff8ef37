//! How a value reads in data files: exact, with a point, without anything between thousands.

use std::borrow::Cow;

use super::csv::text;
use crate::dataset::Value;
use comanage_model::money::{Currency, Money};

/// A value as it is written in CSV; none where it is not known.
pub(super) fn text_of(value: &Value, currency: Option<Currency>) -> Option<Cow<'_, str>> {
    Some(match value {
        Value::Text(words) => text(words).into(),
        Value::Written(words) => words.as_str().into(),
        Value::Money(amount) => money(*amount, currency).into(),
        Value::Price(amount) => price(*amount, currency).into(),
        Value::Number(number) => number.normalize().to_string().into(),
        Value::Share(number) | Value::Figure(number) => number.to_string().into(),
        Value::Statistic(amount) => statistic(*amount, currency).to_string().into(),
        Value::Count(count) => count.to_string().into(),
        Value::Flag(flag) => (if *flag { "true" } else { "false" }).into(),
        Value::None => return None,
    })
}

/// An amount with the decimal places of its currency; with its own where it has none.
pub(super) fn money(amount: Money, currency: Option<Currency>) -> String {
    currency.map_or_else(|| amount.0.normalize().to_string(), |currency| amount.to_data(currency))
}

/// A price: to the minor unit, or finer as it is.
pub(super) fn price(amount: Money, currency: Option<Currency>) -> String {
    let value = amount.0.normalize();
    if currency.is_some_and(|currency| value.scale() > currency.digits) {
        value.to_string()
    } else {
        money(amount, currency)
    }
}

/// A statistic of samples of money, to the minor unit: digits beyond it are noise of the doubles it was
/// computed in.
pub(super) fn statistic(amount: f64, currency: Option<Currency>) -> f64 {
    let Some(currency) = currency else { return amount };
    let minor = 10_f64.powi(currency.digits as i32);
    let rounded = (amount * minor).round() / minor;
    // Zero has no sign, and an amount too large to round stays what it is.
    if rounded.is_finite() { rounded + 0.0 } else { amount }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statistic_has_the_digits_of_its_currency() {
        let dollars = Currency::from_code("USD");
        let text = |amount: f64| statistic(amount, dollars).to_string();
        assert_eq!(text(1_310_780.123_456), "1310780.12");
        assert_eq!(text(0.1 + 0.2), "0.3");
        assert_eq!(text(-0.001), "0");
        assert_eq!(statistic(f64::MAX, dollars), f64::MAX);
        assert_eq!(statistic(1.5, None), 1.5);
    }
}
