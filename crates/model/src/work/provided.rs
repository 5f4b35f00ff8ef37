//! The work that providers do: their share, what overflows to them, and what is out of scope.

use std::ops::RangeInclusive;

use super::capacity::capacity;
use super::demand::workload;
use super::hours;
use super::scope::{self, OutOfScope};
use super::split::Split;
use crate::diagnostic::Diagnostic;
use crate::scenario::Service;
use crate::staffing::{Engagement, Staffing};
use crate::volumes::Volumes;
use comanage_expr::number::Number;

/// The hours of an alternative's providers, month by month: all that their invoices need.
#[derive(Clone, Debug)]
pub struct Provided<N> {
    pub(super) states: Vec<ProvidedState<N>>,
    pub(super) state_of_month: Vec<usize>,
}

/// The providers' work of a month, and what it leaves to the team.
#[derive(Clone, Debug)]
pub(super) struct ProvidedState<N> {
    /// Hours to do, by service.
    pub workload: Vec<N>,
    /// Who takes which of them.
    pub split: Split<N>,
    /// Hours that each post has.
    pub capacities: Vec<N>,
    /// Hours of each provider, by engagement.
    pub providers: Vec<ProviderWork<N>>,
    /// Hours of services that no one holds or covers, as far as they are done.
    pub out_of_scope: Vec<OutOfScope<N>>,
}

/// The hours of a provider, by service.
#[derive(Clone, Debug)]
pub struct ProviderWork<N> {
    /// Hours worked: split and overflow.
    pub worked: Vec<N>,
    /// Minutes counted for the invoice, with multipliers and increments.
    pub counted: Vec<N>,
    /// The sum of the counted minutes that are billed flat.
    pub flat: N,
    /// The sum of the counted minutes that are billed by the hour, but those of covers with a rate of their
    /// own.
    pub by_the_hour: N,
}

impl<N: Number> ProviderWork<N> {
    /// The counted hours that are billed flat.
    pub fn flat_hours(&self) -> N {
        self.flat / N::whole(60)
    }
}

impl<N: Number> Provided<N> {
    /// Works out every month of an alternative.
    ///
    /// # Errors
    /// Hours beyond 10^12 a month.
    pub fn new(staffing: &Staffing, volumes: &Volumes<N>) -> Result<Self, Diagnostic> {
        let mut keys: Vec<Vec<u32>> = Vec::new();
        let mut key = Vec::new();
        let mut states: Vec<ProvidedState<N>> = Vec::new();
        let mut state_of_month = Vec::new();
        let mut full = vec![None; staffing.positions.len()];
        for month in 1..=staffing.scenario.term_months {
            write_state_key(staffing, volumes, month, &mut key);
            let known = keys.iter().position(|other| *other == key);
            state_of_month.push(known.unwrap_or(states.len()));
            if known.is_none() {
                states.push(state_of(staffing, volumes, month, &mut full)?);
                keys.push(key.clone());
            }
        }
        Ok(Self { states, state_of_month })
    }

    /// The hours done and the hours to do in some months, of all services: as [`super::Work`] has
    /// them, without asking who of the team does what.
    pub fn done(&self, staffing: &Staffing, months: RangeInclusive<u32>) -> (N, N) {
        let mut times = vec![0; self.states.len()];
        months.for_each(|month| times[self.state_of_month[month as usize - 1]] += 1);
        let (mut done, mut workload) = (N::zero(), N::zero());
        for (state, times) in self.states.iter().zip(times).filter(|(_, times)| *times > 0) {
            let times = N::whole(times);
            done = state.done(staffing).into_iter().fold(N::zero(), |sum, hours| sum + hours) * times + done;
            workload = state.workload.iter().fold(N::zero(), |sum, &hours| sum + hours) * times + workload;
        }
        (done, workload)
    }

    fn at(&self, month: u32) -> &ProvidedState<N> {
        &self.states[self.state_of_month[month as usize - 1]]
    }

    /// The hours that a provider works for a service in a month, and the hours that the service takes.
    pub fn share_of(&self, month: u32, engagement: usize, service: usize) -> (N, N) {
        let state = self.at(month);
        (state.providers[engagement].worked[service], state.workload[service])
    }

    /// The minutes of a service in a month that a provider's invoice counts.
    pub fn counted_minutes(&self, month: u32, engagement: usize, service: usize) -> N {
        self.at(month).providers[engagement].counted[service]
    }

    /// The minutes of a provider in a month that its fixed charges answer for.
    pub fn flat_minutes(&self, month: u32, engagement: usize) -> N {
        self.at(month).providers[engagement].flat
    }

    /// The minutes of a provider in a month that are billed by the hour at the offer's rate.
    pub fn billed_minutes(&self, month: u32, engagement: usize) -> N {
        self.at(month).providers[engagement].by_the_hour
    }

    /// The services out of scope in a month that a provider bills, with the minutes it bills.
    pub fn out_of_scope(&self, month: u32, engagement: usize) -> impl Iterator<Item = (usize, N)> {
        let all = self.at(month).out_of_scope.iter();
        all.filter(move |of| of.by == Some(engagement)).map(|of| (of.service, of.minutes))
    }

    /// The services out of scope in a month that the buyer has a price of their own for, with their minutes.
    pub fn plugged(&self, month: u32) -> impl Iterator<Item = (usize, N)> {
        self.at(month).out_of_scope.iter().filter(|of| of.by.is_none()).map(|of| (of.service, of.minutes))
    }
}

impl<N: Number> ProvidedState<N> {
    /// Hours done, by service.
    fn done(&self, staffing: &Staffing) -> Vec<N> {
        let team = self.split.team_hours().0;
        hours::all_done(staffing, team, &self.providers, &self.out_of_scope)
    }
}

/// What a month's work depends on: the counts, who is paid and how far ramped, how far live.
fn write_state_key(staffing: &Staffing, volumes: &Volumes<impl Number>, month: u32, key: &mut Vec<u32>) {
    key.clear();
    key.push(volumes.state(month) as u32);
    key.extend(staffing.positions.iter().map(|position| match (position.is_paid(month), &position.role.hiring) {
        (false, _) => 0,
        (true, None) => 1,
        (true, Some(_)) => {
            position.paid_month(month).min(staffing.scenario.months(position.role.employment.ramp_months) + 1)
        }
    }));
    // Before it is fully live every month is a state of its own; from then on it is billed.
    let phase = |engaged: &Engagement| if engaged.runs(month) { month.min(engaged.fully_live) } else { 0 };
    key.extend(staffing.engagements.iter().map(phase));
    write_windows(staffing, month, key);
}

/// What of services and covers holds in a month, where that changes, and the years that rates of hours
/// out of scope are compared in.
fn write_windows(staffing: &Staffing, month: u32, key: &mut Vec<u32>) {
    let scenario = staffing.scenario;
    let changes =
        |service: &Service| service.from_month.is_some() || service.until_month.is_some() || !service.months.is_empty();
    let services = scenario.services.iter().enumerate().filter(|(_, service)| changes(service));
    key.extend(services.map(|(index, _)| u32::from(scenario.required(index).contains(month))));
    for engaged in &staffing.engagements {
        let covers = engaged.offer.covers.iter();
        let covers = covers.filter(|cover| cover.from_month.is_some() || cover.until_month.is_some());
        key.extend(covers.map(|cover| u32::from(engaged.holds(scenario, cover, month))));
        key.extend(engaged.offer.out_of_scope_rate.map(|_| engaged.year(month)));
    }
}

fn state_of<N: Number>(
    staffing: &Staffing,
    volumes: &Volumes<N>,
    month: u32,
    full: &mut [Option<N>],
) -> Result<ProvidedState<N>, Diagnostic> {
    let scenario = staffing.scenario;
    let counts = volumes.at(month);
    let workload: Vec<N> =
        (0..scenario.services.len()).map(|service| workload(scenario, service, counts, month)).collect();
    refuse_too_many(|service| format!("the hours of work of `{}`", scenario.services[service].key), &workload)?;
    let capacities = capacity(staffing, month, full);
    refuse_too_many(
        |position| format!("the hours of the role \"{}\"", staffing.positions[position].role.name),
        &capacities,
    )?;

    let live: Vec<N> = staffing.engagements.iter().map(|engaged| engaged.live_share(scenario, month)).collect();
    let mut split = Split::new(staffing, &workload, &live, &capacities, month);
    split.overflow(staffing, &workload, &live, month);
    let count = |engagement| hours::count(staffing, &split, engagement, counts, month);
    let providers = (0..staffing.engagements.len()).map(count).collect();
    let out_of_scope = scope::bill(staffing, &workload, &live, (counts, month));
    Ok(ProvidedState { workload, split, capacities, providers, out_of_scope })
}

/// Hours that no organization has are a slip of the pen, and sums of them could lose digits.
fn refuse_too_many<N: Number>(figure: impl Fn(usize) -> String, hours: &[N]) -> Result<(), Diagnostic> {
    let max = N::whole(1_000_000_000_000);
    let is_too_many = |hours: &N| hours.exact().0.is_none() || hours.is_above(max);
    match hours.iter().position(is_too_many) {
        None => Ok(()),
        Some(index) => Err(Diagnostic::error("hours-too-many", format!("{} exceed 10^12 a month", figure(index)))
            .hint("check its counts, minutes and hours")),
    }
}
