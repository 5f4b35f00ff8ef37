//! Months: of the term, and of the calendar.
//!
//! The model counts months of the term from 1; month 0 is signature. Nothing here knows what
//! happens in a month.

use std::fmt;

/// A month of the calendar, such as 2027-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarMonth {
    /// The year, 1900 to 2999.
    pub year: u32,
    /// The month of the year, 1 to 12.
    pub month: u32,
}

impl CalendarMonth {
    /// Reads `2027-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        ((1900..=2999).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The month so many months later.
    pub fn plus(self, months: u32) -> Self {
        let count = self.count() + months;
        Self { year: count / 12, month: count % 12 + 1 }
    }

    /// Months from the year 0, for distances.
    pub fn count(self) -> u32 {
        self.year * 12 + self.month - 1
    }
}

impl fmt::Display for CalendarMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The contract year of a month of the term, from 0. Month 0 lies in year 0.
pub fn contract_year(month: u32) -> u32 {
    month.saturating_sub(1) / 12
}

/// The month within its contract year, 1 to 12.
pub fn month_of_year(month: u32) -> u32 {
    month.saturating_sub(1) % 12 + 1
}

/// The last twelve months of a term, or as many as it has.
pub fn last_year(term_months: u32) -> std::ops::RangeInclusive<u32> {
    term_months.saturating_sub(11).max(1)..=term_months
}
