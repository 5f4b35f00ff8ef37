//! Services: what must be covered, when, and how much work it is.

use super::Input;
use crate::choice::choice;
use crate::month::CalendarMonth;
use crate::week::Week;
use crate::words::{capital, in_words};

choice! {
    /// What holds for a service's hours on public holidays.
    pub enum OnHolidays {
        /// They are required on public holidays too.
        Open = "open",
        /// No one is required on public holidays.
        Closed = "closed",
    }
}

/// A service to be covered.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its key, for data and for other keys that name it.
    pub key: String,
    /// How it reads in outputs for people.
    pub name: String,
    /// When someone must be there: the hours of all pieces.
    pub hours: Week,
    /// The hours by how many people must be there; where pieces overlap, the larger number holds.
    pub pieces: Vec<Piece>,
    /// Whether those hours are required on holidays too.
    pub open_on_holidays: bool,
    /// Weight in the headline coverage, above 0.
    pub weight: Input,
    /// Within how many minutes a response is required.
    pub respond_within: Option<u32>,
    /// Whether someone waits on the line until a ticket is taken.
    pub live: bool,
    /// The first month of the term in which it is required.
    pub from_month: Option<Input>,
    /// The last one.
    pub until_month: Option<Input>,
    /// The calendar months in which it is required, 1 to 12; empty: all.
    pub months: Vec<u32>,
    /// Hours of work a month.
    pub hours_per_month: Input,
    /// Hours of work a year.
    pub hours_per_year: Input,
    /// Hours of work over all its months, as they are written.
    pub hours_total: Option<Input>,
    /// Tickets per user per month.
    pub tickets_per_user: Input,
    /// Minutes of work a ticket.
    pub minutes_per_ticket: Input,
    /// Minutes of work a device and month.
    pub minutes_per_device: Option<ByClass<Input>>,
    /// Minutes of work a month for each of some other counted things, by index.
    pub minutes_per: Vec<(usize, Input)>,
    /// What an hour in which it is required and not covered costs the business; none if it is not stated.
    pub loss_per_uncovered_hour: Option<Input>,
    /// Who is accountable: `team` or an offer's key.
    pub accountable: Option<String>,
    /// Who is consulted; none if it is not stated.
    pub consulted: Option<Vec<String>>,
    /// Who is informed; none if it is not stated.
    pub informed: Option<Vec<String>>,
    /// When the responsibilities were last reviewed.
    pub reviewed: Option<CalendarMonth>,
    /// Where it comes from.
    pub source: Option<String>,
    /// `note` of its table.
    pub note: Option<String>,
}

/// Hours of a service in which this many people must be there at once.
#[derive(Clone, Debug)]
pub struct Piece {
    /// When.
    pub hours: Week,
    /// How many people.
    pub people: Input,
}

/// One for all classes, or one for each of some.
#[derive(Clone, Debug)]
pub enum ByClass<T> {
    /// The same for every class.
    All(T),
    /// By class index, in the order written.
    Classes(Vec<(usize, T)>),
}

/// How a service reads whose file gives it no name: its key with spaces and a capital letter.
///
/// ```
/// use comanage_model::scenario::name_of_key;
/// assert_eq!(name_of_key("security_monitoring"), "Security monitoring");
/// ```
pub fn name_of_key(key: &str) -> String {
    let words = in_words(key);
    let words = words.trim();
    if words.is_empty() { key.to_string() } else { capital(words) }
}
