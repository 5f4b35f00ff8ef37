//! A dataset as JSON: a list of objects, a key for each column.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::super::data::{money, price, statistic};
use super::{Layout, SCHEMA, TOOL, text};
use crate::dataset::{Dataset, Value};
use comanage_model::money::Currency;

/// The dataset.
pub fn flat(of: &Dataset, layout: Layout) -> String {
    text(&Document(of), layout)
}

struct Document<'a>(&'a Dataset);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(data) = self;
        let rows: Vec<Row> = data.rows.iter().map(|row| Row(data, row)).collect();
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("tool", TOOL)?;
        map.serialize_entry(data.name, &rows)?;
        map.end()
    }
}

struct Row<'a>(&'a Dataset, &'a [Value]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(data, row) = self;
        serializer
            .collect_map(data.columns.iter().zip(*row).map(|(column, value)| (&column.key, Of(value, data.currency))))
    }
}

struct Of<'a>(&'a Value, Option<Currency>);

impl Serialize for Of<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let &Self(value, currency) = self;
        match value {
            Value::Text(words) | Value::Written(words) => serializer.serialize_str(words),
            Value::Money(amount) => serializer.serialize_str(&money(*amount, currency)),
            Value::Price(amount) => serializer.serialize_str(&price(*amount, currency)),
            Value::Number(number) => serializer.serialize_str(&number.normalize().to_string()),
            Value::Share(number) | Value::Figure(number) => serializer.serialize_f64(*number),
            Value::Statistic(amount) => serializer.serialize_f64(statistic(*amount, currency)),
            Value::Count(count) => serializer.serialize_u64(*count),
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::None => serializer.serialize_none(),
        }
    }
}
