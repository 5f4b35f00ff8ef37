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

    /// The month this many months later.
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

/// Months in which something is there: from one of the term to another, and of those only the ones in
/// some months of the calendar.
#[derive(Clone, Copy, Debug)]
pub struct Window<'a> {
    first: u32,
    last: u32,
    /// Calendar months, 1 to 12; empty: all.
    calendar: &'a [u32],
    start: CalendarMonth,
}

impl<'a> Window<'a> {
    /// From a month of the term to another, both included, in some calendar months (empty: all) of a
    /// term that starts in a month.
    pub fn new(first: u32, last: u32, calendar: &'a [u32], start: CalendarMonth) -> Self {
        Self { first: first.max(1), last, calendar, start }
    }

    /// Whether a month is one of them.
    pub fn contains(&self, month: u32) -> bool {
        (self.first..=self.last).contains(&month) && self.is_in_calendar(month)
    }

    /// The months, in their order.
    pub fn months(self) -> impl Iterator<Item = u32> {
        (self.first..=self.last).filter(move |&month| self.is_in_calendar(month))
    }

    /// The first month of the span, whether or not the calendar has it.
    pub fn start(&self) -> u32 {
        self.first
    }

    /// The last month of the span, likewise.
    pub fn end(&self) -> u32 {
        self.last
    }

    /// Whether there are no months.
    pub fn is_empty(&self) -> bool {
        self.months().next().is_none()
    }

    /// The place of a month among them, from 1.
    pub fn place(&self, month: u32) -> u32 {
        if self.calendar.is_empty() {
            return month + 1 - self.first;
        }
        self.months().take_while(|&other| other <= month).count() as u32
    }

    fn is_in_calendar(&self, month: u32) -> bool {
        self.calendar.is_empty() || self.calendar.contains(&self.start.plus(month - 1).month)
    }
}

/// The last twelve months of a term, or as many as it has.
pub fn last_year(term_months: u32) -> std::ops::RangeInclusive<u32> {
    term_months.saturating_sub(11).max(1)..=term_months
}
