//! A result as data: columns with a key, a header, a type and a unit, and rows of values.
//!
//! Every result defines its columns once, in [`crate::datasets`]. [`crate::write`] makes CSV and JSON
//! of them, and tables for readers choose columns by key.

use std::borrow::Cow;

use rust_decimal::Decimal;

use comanage_model::money::{Currency, Money};

/// A table of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// The name of the list in JSON, such as `rates`.
    pub name: &'static str,
    /// The currency of every amount; none where amounts have currencies of their own.
    pub currency: Option<Currency>,
    /// What the values of a row are, in order.
    pub columns: Vec<Column>,
    /// A value for each column, row by row.
    pub rows: Vec<Vec<Value>>,
}

impl Dataset {
    /// The position of a column; none if there is no such key.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in data files, in snake case.
    pub key: Cow<'static, str>,
    /// Its header in tables for readers.
    pub header: Cow<'static, str>,
    /// The type of its values.
    pub kind: Kind,
    /// What its figures count: `h`, `min`, `months`; empty for words, amounts and shares.
    pub unit: &'static str,
}

/// The type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Values as one would write them in a scenario.
    Written,
    /// Amounts of money.
    Money,
    /// Exact numbers.
    Number,
    /// Parts of 1.
    Share,
    /// Numbers that were computed in doubles.
    Figure,
    /// Statistics of samples of money.
    Statistic,
    /// Whole numbers.
    Count,
    /// Yes or no.
    Flag,
}

/// A value; what is not known or does not apply is [`Value::None`].
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words; a spreadsheet never takes them for a formula.
    Text(String),
    /// A value as one would write it in a scenario: a number, hours, a word of the format.
    Written(String),
    /// An amount, to the minor unit.
    Money(Money),
    /// A price, to the minor unit or as fine as it is.
    Price(Money),
    /// An exact number.
    Number(Decimal),
    /// A part of 1.
    Share(f64),
    /// A number that was computed in doubles.
    Figure(f64),
    /// A statistic of samples of money, in units of the currency.
    Statistic(f64),
    /// A whole number.
    Count(u64),
    /// Yes or no.
    Flag(bool),
    /// Not known, or not applicable.
    None,
}

/// The way from what a row is made of to a value.
type Way<'a, R> = Box<dyn Fn(&R) -> Value + 'a>;

/// The columns of a dataset whose rows are made from values of type `R`, each with the way to its
/// value.
pub struct Fields<'a, R> {
    columns: Vec<Column>,
    values: Vec<Way<'a, R>>,
}

impl<R> Default for Fields<'_, R> {
    fn default() -> Self {
        Self { columns: Vec::new(), values: Vec::new() }
    }
}

impl<'a, R> Fields<'a, R> {
    /// Adds a column of any type.
    pub fn column(mut self, column: Column, value: impl Fn(&R) -> Value + 'a) -> Self {
        self.columns.push(column);
        self.values.push(Box::new(value));
        self
    }

    fn typed<T: 'a>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        (kind, unit): (Kind, &'static str),
        make: fn(T) -> Value,
        value: impl Fn(&R) -> Option<T> + 'a,
    ) -> Self {
        let column = Column { key: key.into(), header: header.into(), kind, unit };
        self.column(column, move |of| value(of).map_or(Value::None, make))
    }

    /// Adds a column of words.
    pub fn text<V: Into<Option<String>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Text, ""), Value::Text, move |of| value(of).into())
    }

    /// Adds a column of values as one would write them in a scenario.
    pub fn written<V: Into<Option<String>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Written, ""), Value::Written, move |of| value(of).into())
    }

    /// Adds a column of amounts.
    pub fn money<V: Into<Option<Money>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Money, ""), Value::Money, move |of| value(of).into())
    }

    /// Adds a column of prices.
    pub fn price<V: Into<Option<Money>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Money, ""), Value::Price, move |of| value(of).into())
    }

    /// Adds a column of exact numbers.
    pub fn number<V: Into<Option<Decimal>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        unit: &'static str,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Number, unit), Value::Number, move |of| value(of).into())
    }

    /// Adds a column of parts of 1.
    pub fn share<V: Into<Option<f64>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Share, ""), Value::Share, move |of| value(of).into())
    }

    /// Adds a column of numbers that were computed in doubles.
    pub fn figure<V: Into<Option<f64>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        unit: &'static str,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Figure, unit), Value::Figure, move |of| value(of).into())
    }

    /// Adds a column of statistics of samples of money.
    pub fn statistic<V: Into<Option<f64>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Statistic, ""), Value::Statistic, move |of| value(of).into())
    }

    /// Adds a column of whole numbers.
    pub fn count<V: Into<Option<u32>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        unit: &'static str,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        let count = |count: u32| Value::Count(count.into());
        self.typed(key, header, (Kind::Count, unit), count, move |of| value(of).into())
    }

    /// Adds a column of clients.
    pub fn clients<V: Into<Option<u64>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Count, "clients"), Value::Count, move |of| value(of).into())
    }

    /// Adds a column of yes and no.
    pub fn flag<V: Into<Option<bool>>>(
        self,
        key: impl Into<Cow<'static, str>>,
        header: impl Into<Cow<'static, str>>,
        value: impl Fn(&R) -> V + 'a,
    ) -> Self {
        self.typed(key, header, (Kind::Flag, ""), Value::Flag, move |of| value(of).into())
    }

    /// The dataset with a row for each of `rows`.
    pub fn dataset(
        self,
        name: &'static str,
        currency: impl Into<Option<Currency>>,
        rows: impl IntoIterator<Item = R>,
    ) -> Dataset {
        let Self { columns, values } = self;
        let rows = rows.into_iter().map(|of| values.iter().map(|value| value(&of)).collect()).collect();
        Dataset { name, currency: currency.into(), columns, rows }
    }
}
