//! Which hours go to providers and which to the team.
//!
//! A provider that covers a service gets its share of what the providers before it leave: the share
//! that is agreed, else all of it where no one in-house holds the service, else the share of the
//! required hours that only the provider covers. The rest is the team's. What the team leaves undone
//! overflows to the providers that take it.

use super::balance::assign_balanced;
use super::flow::{self, Assignment};
use super::served::served;
use super::table::Table;
use crate::scenario::Cover;
use crate::staffing::{Engagement, Staffing};
use crate::week::Week;
use comanage_expr::number::Number;

/// The hours of a month as they are split.
#[derive(Clone, Debug)]
pub struct Split<N> {
    /// Hours of each provider before overflow, `[engagement][service]`.
    pub hours: Vec<Vec<N>>,
    /// Hours of each provider from overflow.
    pub overflow: Vec<Vec<N>>,
    /// Hours left for the team and contractors, by service.
    pub rest: Vec<N>,
    /// Contractors and posts, with the hours that they have for the rest.
    people: People<N>,
}

/// What the people in-house and contractors do.
#[derive(Clone, Debug)]
pub struct TeamWork<N> {
    /// Hours done, by service.
    pub done: Vec<N>,
    /// Hours assigned, by post.
    pub of_posts: Vec<N>,
    /// Hours assigned to each provider's contractors, `[engagement][service]`; empty where a provider
    /// is more than contractors.
    pub of_contractors: Vec<Vec<N>>,
    /// Who does what: contractors, then posts.
    pub assignment: Assignment<N>,
}

impl<N: Number> Split<N> {
    /// Splits the hours of a month.
    pub fn new(staffing: &Staffing, workload: &[N], live: &[N], capacities: &[N], month: u32) -> Self {
        let none = vec![N::zero(); workload.len()];
        let mut split = Self {
            hours: vec![none.clone(); staffing.engagements.len()],
            overflow: vec![none; staffing.engagements.len()],
            rest: workload.to_vec(),
            people: People::new(staffing, live, capacities, month),
        };
        for service in 0..workload.len() {
            for (index, engaged) in staffing.engagements.iter().enumerate() {
                if let Some(cover) = engaged.cover(staffing.scenario, service, month) {
                    split.take_share(staffing, index, cover, live[index], month);
                }
            }
        }
        split
    }

    fn take_share(&mut self, staffing: &Staffing, index: usize, cover: &Cover, live: N, month: u32) {
        let service = cover.service;
        let offered = self.rest[service];
        let hours = if let Some(person) = self.people.contractor(index) {
            let Some(share) = cover.share else { return };
            let left = self.people.hours[person];
            let agreed = (offered * staffing.scenario.get(share) * live).min(left);
            self.people.hours[person] = left - agreed;
            agreed
        } else {
            times_share(staffing, offered, cover, month) * live
        };
        let provider = &staffing.engagements[index].offer.name;
        self.hours[index][service] = hours.named(|| format!("hours of {provider}"));
        self.rest[service] = offered - hours;
    }

    /// Assigns the rest to contractors and the team by the maximum flow, their loads balanced.
    pub fn assign_team(&self) -> TeamWork<N> {
        let People { contractors, hours, can } = &self.people;
        let served = served(&self.rest, hours, can).unwrap_or_else(|| {
            let max = flow::assign(&self.rest, hours, can);
            (0..self.rest.len()).map(|service| max.of_service(service)).collect()
        });
        let assignment = assign_balanced(&served, hours, can);
        TeamWork::new(served, assignment, contractors, self.hours.len())
    }

    /// The hours that the team and contractors do, and those of each provider's contractors where
    /// there are any. Only then it is asked who does them.
    pub fn team_hours(&self) -> (Vec<N>, Vec<Vec<N>>) {
        let People { contractors, hours, can } = &self.people;
        let is_known = contractors.is_empty().then(|| served(&self.rest, hours, can)).flatten();
        if let Some(done) = is_known {
            let done = done.into_iter().map(|hours| hours.named(|| "hours the team does".into()));
            return (done.collect(), vec![Vec::new(); self.hours.len()]);
        }
        let team = self.assign_team();
        (team.done, team.of_contractors)
    }

    /// Gives what the team leaves undone to the providers that take it, in their order, each at most
    /// its live share of what the providers before it leave.
    pub fn overflow(&mut self, staffing: &Staffing, workload: &[N], live: &[N], month: u32) {
        if !staffing.engagements.iter().any(takes_overflow) {
            return;
        }
        let (done, of_contractors) = self.team_hours();
        for (service, &hours) in workload.iter().enumerate() {
            let mut undone = self.rest[service] - done[service];
            let mut left = hours;
            for (index, engaged) in staffing.engagements.iter().enumerate() {
                let Some(cover) = engaged.cover(staffing.scenario, service, month) else { continue };
                let split = self.hours[index][service];
                if cover.overflow && !engaged.offer.is_staff_augmentation() {
                    let max = (live[index] * left - split).max(N::zero());
                    let taken = undone.min(max);
                    self.overflow[index][service] = taken.named(|| format!("overflow to {}", engaged.offer.name));
                    undone = (undone - max).max(N::zero());
                }
                left = left - split - self.overflow[index][service];
                if let Some(contracted) = of_contractors[index].get(service) {
                    left = left - *contracted;
                }
            }
        }
    }
}

/// Whether a provider takes hours of any service that the team leaves undone.
fn takes_overflow(engaged: &Engagement) -> bool {
    !engaged.offer.is_staff_augmentation() && engaged.offer.covers.iter().any(|cover| cover.overflow)
}

/// Contractors and posts, their hours of a month and what they hold.
#[derive(Clone, Debug)]
struct People<N> {
    /// The engagements that are only contractors.
    contractors: Vec<usize>,
    /// Hours that each has left for the flow, contractors first.
    hours: Vec<N>,
    /// What each holds.
    can: Table<bool>,
}

impl<N: Number> People<N> {
    fn new(staffing: &Staffing, live: &[N], capacities: &[N], month: u32) -> Self {
        let engaged = staffing.engagements.iter().enumerate();
        let contractors: Vec<usize> =
            engaged.filter(|(_, engaged)| engaged.offer.is_staff_augmentation()).map(|(index, _)| index).collect();
        let contracted =
            contractors.iter().map(|&index| contractor_hours(staffing, &staffing.engagements[index], live[index]));
        let hours = contracted.chain(capacities.iter().copied()).collect();
        let people = contractors.len() + staffing.positions.len();
        let can = Table::new(staffing.scenario.services.len(), people, |service, person| {
            match person.checked_sub(contractors.len()) {
                None => staffing.engagements[contractors[person]].cover(staffing.scenario, service, month).is_some(),
                Some(position) => staffing.positions[position].performs(service, month),
            }
        });
        Self { contractors, hours, can }
    }

    /// The person that the contractors of an engagement are, if they are all that it is.
    fn contractor(&self, engagement: usize) -> Option<usize> {
        self.contractors.iter().position(|&index| index == engagement)
    }
}

impl<N: Number> TeamWork<N> {
    fn new(served: Vec<N>, assignment: Assignment<N>, contractors: &[usize], engagements: usize) -> Self {
        let services = served.len();
        let mut of_contractors = vec![Vec::new(); engagements];
        for (person, &engagement) in contractors.iter().enumerate() {
            let hours = (0..services).map(|service| assignment.of(service, person).unwrap_or_else(N::zero));
            of_contractors[engagement] = hours.collect();
        }
        let done = served.into_iter().map(|hours| hours.named(|| "hours the team does".into()));
        let people = assignment.people();
        Self {
            done: done.collect(),
            of_posts: (contractors.len()..people).map(|person| assignment.of_person(person)).collect(),
            of_contractors,
            assignment,
        }
    }
}

/// `headcount * hours_per_month * live` of an offer that is only contractors.
fn contractor_hours<N: Number>(staffing: &Staffing, engaged: &Engagement, live: N) -> N {
    engaged.offer.contractors().map_or_else(N::zero, |terms| {
        let people: N = staffing.scenario.get(terms.headcount);
        (people * staffing.scenario.get(terms.hours_per_month) * live).named(|| "hours of contractors".into())
    })
}

/// Hours times the share that a provider takes of them.
fn times_share<N: Number>(staffing: &Staffing, hours: N, cover: &Cover, month: u32) -> N {
    if let Some(share) = cover.share {
        return hours * staffing.scenario.get(share);
    }
    if !staffing.is_held(cover.service, month) {
        return hours;
    }
    let wanted = staffing.scenario.services[cover.service].hours.minutes();
    if wanted == 0 {
        return N::zero();
    }
    let alone = hours_alone(staffing, cover, month).minutes();
    hours * N::whole(alone.into()).named(|| "minutes that only the provider covers".into())
        / N::whole(wanted.into()).named(|| "required minutes".into())
}

/// The required hours that the provider covers and no one in-house who is paid does.
pub fn hours_alone(staffing: &Staffing, cover: &Cover, month: u32) -> Week {
    let service = cover.service;
    let holders = staffing.positions.iter().filter(|position| position.performs(service, month));
    let covered = hours_covered(staffing, cover);
    holders.fold(covered, |alone, position| alone.without(position.role.duty.week()))
}

/// The required hours that the provider covers.
pub fn hours_covered(staffing: &Staffing, cover: &Cover) -> Week {
    let wanted = &staffing.scenario.services[cover.service].hours;
    cover.hours.as_ref().map_or_else(|| wanted.clone(), |hours| hours.and(wanted))
}
