//! Expected coverage by parts, for the many mixes of a search: what each number of each hire adds is known
//! once, and a mix is their product.
//!
//! The required minutes of all services are cut into cells: a class of minutes, months with the same people
//! live, and a share of the days by holidays. In a cell everyone is there independently of everyone else,
//! so the chances of 0, 1, 2 … people are the join of those of each source. It is the rule of
//! [`super::chance`](super) in another order; a test holds the two together.

use super::chance::{add_others, add_people, holiday_steps};
use super::classes::{Class, Classes};
use super::count::Count;
use super::measures::months_judged;
use super::source::{Attendance, Source, sources};
use super::{judged_share, wanted};
use crate::scenario::{Alternative, Scenario};
use crate::staffing::{Staffing, Who};

/// The coverage of the team, some offers and any number of each of some hires.
pub struct Parts {
    /// What each cell weighs; together 1.
    weights: Vec<f64>,
    /// Where the chances of each cell begin, and the end of all.
    starts: Vec<usize>,
    /// The chances of 0, 1, 2 … people below the number that is required, without hires.
    base: Vec<f64>,
    /// The same of each hire alone, by hire and by number of people less 1.
    hires: Vec<Vec<Vec<f64>>>,
}

impl Parts {
    /// The parts of an alternative; `sizes` are, for each of its hires, the indices of its role by number of
    /// people, from 1. None where no hours are required.
    pub fn new(
        scenario: &Scenario,
        alternative: &Alternative,
        sizes: &[Vec<usize>],
        attendance: &Attendance,
    ) -> Option<Self> {
        let staffing = Staffing::new(scenario, alternative);
        let mut parts = Self {
            weights: Vec::new(),
            starts: vec![0],
            base: Vec::new(),
            hires: sizes.iter().map(|sizes| vec![Vec::new(); sizes.len()]).collect(),
        };
        for service in 0..scenario.services.len() {
            parts.add_service(&staffing, service, sizes, attendance);
        }
        let all: f64 = parts.weights.iter().sum();
        if all <= 0.0 {
            return None;
        }
        parts.weights.iter_mut().for_each(|weight| *weight /= all);
        Some(parts)
    }

    fn add_service(&mut self, staffing: &Staffing, service: usize, sizes: &[Vec<usize>], attendance: &Attendance) {
        let scenario = staffing.scenario;
        let months = months_judged(scenario, service);
        let minutes = wanted(staffing, service);
        if months.is_empty() || minutes == 0.0 {
            return;
        }
        let of = &scenario.services[service];
        let all = sources(staffing, service, attendance);
        let mut sized = all.clone();
        let classes = Classes::new(of, &all);
        let weight = scenario.f64(of.weight) * judged_share(scenario, service) / months.len() as f64;
        for (live, times) in groups(&all, &months) {
            for class in &classes.classes {
                let people = class.people(scenario, of);
                let mut from = 0.0;
                for until in holiday_steps(&all, class, |index| live[index], of.open_on_holidays) {
                    let day = Day { class, live: &live, people, is_open: of.open_on_holidays, from };
                    self.weights.push(weight * times * f64::from(class.minutes) * (until - from));
                    self.add_cell(staffing, (&all, &mut sized), day, sizes, attendance);
                    from = until;
                }
            }
        }
    }

    fn add_cell(
        &mut self,
        staffing: &Staffing,
        (sources, sized): (&[Source], &mut [Source]),
        day: Day,
        sizes: &[Vec<usize>],
        attendance: &Attendance,
    ) {
        let first_hire = staffing.scenario.team.len();
        let hire_of = |source: &Source| match source.who {
            Who::Position(position) => position.checked_sub(first_hire),
            Who::Provider(_) => None,
        };
        let is_own = |index: usize| hire_of(&sources[index]).is_none();
        self.base.extend_from_slice(day.count(sources, is_own).below());
        for (hire, sizes) in sizes.iter().enumerate() {
            let place = sources.iter().position(|source| hire_of(source) == Some(hire));
            for (size, &role) in sizes.iter().enumerate() {
                let count = match place {
                    Some(place) => {
                        sized[place].resize(staffing.scenario, role, attendance);
                        day.count(sized, |index| index == place)
                    }
                    None => Count::new(day.people),
                };
                self.hires[hire][size].extend_from_slice(count.below());
            }
        }
        self.starts.push(self.base.len());
    }

    /// The chances without hires.
    pub fn base(&self) -> &[f64] {
        &self.base
    }

    /// The chances of a number of people of a hire, at least 1, alone.
    pub fn of_hire(&self, hire: usize, people: u32) -> &[f64] {
        &self.hires[hire][people as usize - 1]
    }

    /// Joins those of someone to the chances of a mix.
    pub fn join(&self, chances: &mut [f64], more: &[f64]) {
        for cell in self.starts.windows(2) {
            let (from, to) = (cell[0], cell[1]);
            if to == from + 1 {
                chances[from] *= more[from];
                continue;
            }
            let (chances, more) = (&mut chances[from..to], &more[from..to]);
            for number in (0..chances.len()).rev() {
                chances[number] = (0..=number).map(|of_more| chances[number - of_more] * more[of_more]).sum();
            }
        }
    }

    /// The expected coverage of a mix with these chances.
    pub fn coverage(&self, chances: &[f64]) -> f64 {
        let cells = self.starts.windows(2).map(|cell| chances[cell[0]..cell[1]].iter().sum::<f64>());
        let missed: f64 = cells.zip(&self.weights).map(|(missed, weight)| missed * weight).sum();
        (1.0 - missed).max(0.0)
    }

    /// The same where someone more joins, without keeping the chances.
    pub fn coverage_with(&self, chances: &[f64], more: &[f64]) -> f64 {
        let mut missed = 0.0;
        for (cell, weight) in self.starts.windows(2).zip(&self.weights) {
            let (chances, more) = (&chances[cell[0]..cell[1]], &more[cell[0]..cell[1]]);
            let of_cell: f64 = match chances {
                [one] => one * more[0],
                // Fewer than required in total: each number of the one with each smaller rest of the other.
                several => {
                    (0..several.len()).map(|of_more| more[of_more] * sum(&several[..several.len() - of_more])).sum()
                }
            };
            missed += weight * of_cell;
        }
        (1.0 - missed).max(0.0)
    }
}

fn sum(chances: &[f64]) -> f64 {
    chances.iter().sum()
}

/// Months with the same people live, and how many they are.
fn groups(sources: &[Source], months: &[u32]) -> Vec<(Vec<f64>, f64)> {
    let mut groups: Vec<(Vec<f64>, f64)> = Vec::new();
    for &month in months {
        let live: Vec<f64> = sources.iter().map(|source| source.live(month)).collect();
        match groups.iter_mut().find(|(known, _)| *known == live) {
            Some((_, times)) => *times += 1.0,
            None => groups.push((live, 1.0)),
        }
    }
    groups
}

/// A share of the days, at the minutes of a class.
#[derive(Clone, Copy)]
struct Day<'a> {
    class: &'a Class,
    live: &'a [f64],
    people: u32,
    is_open: bool,
    /// The share of days before it.
    from: f64,
}

impl Day<'_> {
    /// The chances of some sources.
    fn count(self, sources: &[Source], counts: impl Fn(usize) -> bool) -> Count {
        let live = |index: usize| if counts(index) { self.live[index] } else { 0.0 };
        let mut count = Count::new(self.people);
        add_others(&mut count, sources, self.class, live);
        add_people(&mut count, sources, self.class, live, |holidays| !self.is_open || holidays <= self.from);
        count
    }
}
