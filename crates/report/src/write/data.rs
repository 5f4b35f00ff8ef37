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
        Value::Share(number) | Value::Figure(number) | Value::Statistic(number) => number.to_string().into(),
        Value::Count(count) => count.to_string().into(),
        Value::Flag(flag) => (if *flag { "true" } else { "false" }).into(),
        Value::None => return None,
    })
}

/// An amount with the decimals of its currency; with its own where it has none.
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
