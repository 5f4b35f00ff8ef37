//! The arithmetic of a seat: from the hours that must be filled to the people it takes.

use rust_decimal::Decimal;

use comanage_expr::number::{Exact, Number};
use comanage_model::availability::{self, Shift};
use comanage_model::scenario::{Duty, Role, Scenario};
use comanage_model::week::Week;

/// Hours by how many people must be there at once: the first are those with one or more, the next those
/// with two or more, and so on.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels(pub Vec<Week>);

impl Levels {
    /// The required hours of a service.
    pub fn required(scenario: &Scenario, service: usize) -> Self {
        let pieces = || scenario.services[service].pieces.iter();
        let max = pieces().map(|piece| scenario.whole(piece.people)).max().unwrap_or(0);
        let of = |people: i64| {
            let held = pieces().filter(move |piece| scenario.whole(piece.people) >= people);
            held.fold(Week::none(), |week, piece| week.or(&piece.hours))
        };
        Self((1..=max).map(of).filter(|week| !week.is_empty()).collect())
    }

    /// What is left where this many people are there in some hours already; all that are required, if none
    /// is said.
    pub fn without(&self, hours: &Week, people: Option<u32>) -> Self {
        let is_filled = |level: usize| people.is_none_or(|people| level < people as usize);
        let left = |(level, week): (usize, &Week)| if is_filled(level) { week.without(hours) } else { week.clone() };
        Self(self.0.iter().enumerate().map(left).filter(|week| !week.is_empty()).collect())
    }

    /// Hours a week with at least one person.
    pub fn hours(&self) -> f64 {
        self.0.first().map_or(0.0, |week| f64::from(week.minutes()) / 60.0)
    }

    /// Hours a week that seats take, in shifts of a length.
    pub fn seat_hours(&self, shift: Option<Shift>) -> Decimal {
        let of_level = |week: &Week| availability::seat_minutes_of(week, shift);
        let minutes = self.0.iter().map(of_level).fold(Exact::zero(), |sum, minutes| sum + minutes);
        (minutes / Exact::whole(60)).0.unwrap_or(Decimal::MAX)
    }
}

/// What one full-time person of a role gives in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    /// Hours a week.
    pub weekly_hours: Decimal,
    /// Public holidays, days.
    pub holidays: Decimal,
    /// Days of leave, sickness and training.
    pub days_away: Decimal,
    /// Hours a year that the person is there.
    pub productive: Decimal,
    /// Share of the time in which the position is filled.
    pub filled: Decimal,
}

impl Person {
    /// A person of a role.
    pub fn of(scenario: &Scenario, role: &Role) -> Self {
        let employment = &role.employment;
        let known = |number: Exact| number.0.unwrap_or_default();
        Self {
            weekly_hours: scenario.decimal(employment.weekly_hours),
            holidays: scenario.decimal(employment.holidays),
            days_away: known(availability::days_away(scenario, employment)),
            productive: known(availability::productive_hours(scenario, employment)),
            filled: known(availability::filled(scenario, employment)),
        }
    }

    /// Hours a year that the post gives, above 0: its vacancies are taken off.
    pub fn hours_a_year(self) -> Decimal {
        self.productive.saturating_mul(self.filled)
    }
}

/// The people that seats take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct People {
    /// Hours a week that the seats take.
    pub seat_hours: Decimal,
    /// People whose weeks fill them, no one ever away.
    pub by_schedule: Decimal,
    /// People with leave, sickness, training, holidays and vacancies.
    pub with_absence: Decimal,
}

/// Weeks of a year.
pub fn weeks_a_year() -> Exact {
    Exact::whole(365) / Exact::whole(7)
}

impl People {
    /// The people that hours take in shifts of a length.
    pub fn of(levels: &Levels, shift: Option<Shift>, person: Person) -> Self {
        let seat_hours = levels.seat_hours(shift);
        let over = |hours: Decimal, each: Decimal| hours.checked_div(each).unwrap_or(Decimal::MAX);
        let a_year = (Exact(Some(seat_hours)) * weeks_a_year()).0.unwrap_or(Decimal::MAX);
        Self {
            seat_hours,
            by_schedule: over(seat_hours, person.weekly_hours),
            with_absence: over(a_year, person.hours_a_year()),
        }
    }
}

/// The shifts that a role works in; none where it does not say.
pub fn shift_of(scenario: &Scenario, role: &Role) -> Option<Shift> {
    match &role.duty {
        Duty::Rota(rota) => Shift::of(scenario, rota),
        Duty::Hours(_) => None,
    }
}
