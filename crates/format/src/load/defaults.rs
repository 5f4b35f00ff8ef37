//! Every default that is an assumption, with its source and date.
//!
//! A key that is left out usually means "none of it". These few mean something, so they are in
//! one file, say who says so and when, and are listed among the assumptions of every result that
//! rests on them.

/// A value that is used where a key is left out, and is an assumption.
#[derive(Debug, PartialEq, Eq)]
pub struct Assumption {
    /// The value, as one would write it.
    pub value: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// When, as year and month.
    pub date: &'static str,
}

/// Every default, with a name among the published figures, what it is and its unit.
pub(super) static ALL: [(&str, &str, &str, &Assumption); 10] = [
    ("default.weekly_hours", "Weekly hours of a full-time person", "hours / week", &WEEKLY_HOURS),
    ("default.workdays_per_year", "Workdays per year, including holidays", "days / year", &WORKDAYS_PER_YEAR),
    ("default.leave_days", "Paid vacation", "days / year", &LEAVE_DAYS),
    ("default.sick_days", "Sick leave taken", "days / year", &SICK_DAYS),
    ("default.training_days", "Days of training", "days / year", &TRAINING_DAYS),
    ("default.holidays", "Public holidays", "days / year", &HOLIDAYS),
    ("default.utilization", "Hours present spent on the services", "of the time", &UTILIZATION),
    ("default.availability", "Availability of a provider in its duty hours", "of the time", &AVAILABILITY),
    ("default.coverage_target", "Minimum coverage of a recommended alternative", "of the time", &COVERAGE_TARGET),
    ("default.work_target", "Minimum share of work done of a recommended alternative", "of the work", &WORK_TARGET),
];

const fn assumption(value: &'static str, source: &'static str, date: &'static str) -> Assumption {
    Assumption { value, source, date }
}

/// The full-time week from which 2,080 hours a year come.
pub static WEEKLY_HOURS: Assumption = assumption("40", "basic workweek of 40 hours (5 U.S.C. 6101)", "2026-11");
/// Weekdays of a year of 52 weeks.
pub static WORKDAYS_PER_YEAR: Assumption = assumption("260", "52 weeks of five days", "2026-11");
/// Paid vacation.
pub static LEAVE_DAYS: Assumption =
    assumption("15", "US BLS, National Compensation Survey: vacation after five years of service", "2022-12");
/// Sick leave taken.
pub static SICK_DAYS: Assumption = assumption("5", "comanage default", "2026-11");
/// Days of training.
pub static TRAINING_DAYS: Assumption = assumption("3", "comanage default", "2026-11");
/// Public holidays.
pub static HOLIDAYS: Assumption = assumption("10", "comanage default", "2026-11");
/// Share of the hours present that is spent on the services.
pub static UTILIZATION: Assumption = assumption("85%", "comanage default", "2026-11");
/// Share of the time a provider with a duty is there.
pub static AVAILABILITY: Assumption = assumption("99%", "assumed, no public figure", "2026-11");
/// Minimum coverage of a recommended alternative.
pub static COVERAGE_TARGET: Assumption = assumption("95%", "comanage default", "2026-11");
/// Least share of the work done by what is recommended.
pub static WORK_TARGET: Assumption = assumption("95%", "comanage default", "2026-11");
