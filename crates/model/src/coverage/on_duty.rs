//! How many people are on duty, on the mean: what a waiting line is served by.

use super::Attendance;
use super::source::{Group, Source, sources};
use crate::staffing::Staffing;
use crate::week::pieces;

/// The mean number of people who are there on duty over the required minutes of a service in a month,
/// absences taken off; none where no hours are required. A provider that sends as many as are required
/// counts as that many.
pub fn people_on_duty(staffing: &Staffing, service: usize, attendance: &Attendance, month: u32) -> Option<f64> {
    let of = &staffing.scenario.services[service];
    let sources = sources(staffing, service, attendance);
    let on_duty: Vec<&Source> = sources.iter().filter(|source| source.is_on_duty).collect();
    let required: Vec<f64> = of.pieces.iter().map(|piece| staffing.scenario.f64(piece.people)).collect();
    let parts = of.pieces.len();
    let hours = of.pieces.iter().map(|piece| &piece.hours).chain(on_duty.iter().map(|source| &*source.hours));
    let (mut sum, mut minutes) = (0.0, 0.0);
    pieces(hours, |from, to, holds| {
        let people = required.iter().zip(holds).filter(|(_, holds)| **holds).map(|(people, _)| *people);
        let Some(people) = people.reduce(f64::max) else { return };
        let there = on_duty.iter().zip(&holds[parts..]).filter(|(_, holds)| **holds);
        let there: f64 =
            there.map(|(source, _)| source.live(month) * mean_people(source, people, of.open_on_holidays)).sum();
        sum += (to - from) as f64 * there;
        minutes += (to - from) as f64;
    });
    (minutes > 0.0).then(|| sum / minutes)
}

fn mean_people(source: &Source, required: f64, is_open_on_holidays: bool) -> f64 {
    match source.presence.group {
        Group::Fixed(fixed) => {
            let days = if is_open_on_holidays { 1.0 - fixed.holidays } else { 1.0 };
            days * (f64::from(fixed.whole) * fixed.each + fixed.part)
        }
        Group::Rota(rota) => f64::from(rota.certain) + rota.one_more,
        Group::Provider(provider) => provider.availability * provider.people.map_or(required, f64::from),
    }
}
