//! What every row has of something, held once where all rows have the same.

/// The values of all rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Column<T> {
    /// This many rows have the same value.
    Same(T, usize),
    /// One for each row.
    Each(Vec<T>),
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self::Each(Vec::new())
    }
}

impl<T: Copy + PartialEq> Column<T> {
    /// The values of some rows.
    pub fn of(values: Vec<T>) -> Self {
        match values.first() {
            Some(first) if values.iter().all(|value| value == first) => Self::Same(*first, values.len()),
            _ => Self::Each(values),
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Same(_, count) => *count,
            Self::Each(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a row.
    #[inline]
    pub fn at(&self, row: usize) -> T {
        match self {
            Self::Same(value, _) => *value,
            Self::Each(values) => values[row],
        }
    }

    /// The value that all rows have; none where they differ.
    pub fn same(&self) -> Option<T> {
        match self {
            Self::Same(value, _) => Some(*value),
            Self::Each(_) => None,
        }
    }

    /// Adds the rows that follow.
    pub fn append(&mut self, more: Self) {
        match (&mut *self, more) {
            (_, more) if more.is_empty() => {}
            (own, more) if own.is_empty() => *own = more,
            (Self::Same(value, count), Self::Same(other, more)) if *value == other => *count += more,
            (Self::Same(value, count), more) => {
                let mut values = vec![*value; *count];
                more.write_to(&mut values);
                *self = Self::Each(values);
            }
            (Self::Each(values), more) => more.write_to(values),
        }
    }

    fn write_to(self, values: &mut Vec<T>) {
        match self {
            Self::Same(value, count) => values.resize(values.len() + count, value),
            Self::Each(more) => values.extend(more),
        }
    }

    /// What another function makes of each value.
    pub fn map<U: Copy + PartialEq>(&self, value: impl Fn(T) -> U) -> Column<U> {
        match self {
            Self::Same(of, count) => Column::Same(value(*of), *count),
            Self::Each(values) => Column::of(values.iter().map(|of| value(*of)).collect()),
        }
    }

    /// In how many rows something holds.
    pub fn count(&self, holds: impl Fn(T) -> bool) -> usize {
        match self {
            Self::Same(value, count) => {
                if holds(*value) {
                    *count
                } else {
                    0
                }
            }
            Self::Each(values) => values.iter().filter(|value| holds(**value)).count(),
        }
    }
}

/// A part of 1, or that there is nothing that it could be a part of.
#[derive(Clone, Copy, Debug)]
pub struct Share(f64);

impl Share {
    /// A share, none where it does not apply.
    pub fn new(share: Option<f64>) -> Self {
        Self(share.unwrap_or(f64::NAN))
    }

    /// The share that a number is; NaN says that it does not apply.
    pub fn of(number: f64) -> Self {
        Self(number)
    }

    /// The share; none where it does not apply.
    pub fn get(self) -> Option<f64> {
        (!self.0.is_nan()).then_some(self.0)
    }
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_held_once_until_one_differs() {
        let mut column = Column::default();
        column.append(Column::of(vec![Share::new(None); 3]));
        column.append(Column::of(vec![Share::new(None); 2]));
        assert_eq!(column, Column::Same(Share::new(None), 5));
        column.append(Column::of(vec![Share::new(Some(0.5)); 2]));
        column.append(Column::of(vec![Share::new(Some(0.5)), Share::new(None)]));
        let shares: Vec<Option<f64>> = (0..column.len()).map(|row| column.at(row).get()).collect();
        assert_eq!(shares, [None, None, None, None, None, Some(0.5), Some(0.5), Some(0.5), None]);
        assert_eq!(column.count(|share| share.get().is_some()), 3);
        assert_eq!(column.map(|share| share.get().is_none()).same(), None);
    }
}
