//! Work: how many hours there are to do, who does them, and what is left undone.
//!
//! Demand is split between providers and the team, the team's people share theirs by a maximum
//! flow, and what overflows goes to providers that take it. A month's work depends on few things
//! (the counts, who is paid, how far providers are live); months that agree in them share a state,
//! which is worked out once. The hours are exact; what they cost is told in [`crate::ledger`].

mod capacity;
mod demand;
mod flow;
mod hours;
mod scope;
mod split;

pub use capacity::capacity;
pub use demand::workload;
pub use flow::{Assignment, assign};
pub use split::hours_covered;

use crate::counts::Calendar;
use crate::diagnostic::Diagnostic;
use crate::number::Number;
use crate::plan::{Plan, live_share};
use split::Split;

/// The work of an alternative, month by month.
#[derive(Clone, Debug)]
pub struct Work<N> {
    states: Vec<WorkState<N>>,
    state_of_month: Vec<usize>,
}

/// The work of a month.
#[derive(Clone, Debug)]
pub struct WorkState<N> {
    /// Hours to do, by service.
    pub workload: Vec<N>,
    /// Hours that the team and contractors do, by service.
    pub team: Vec<N>,
    /// Hours of each provider, by engagement.
    pub providers: Vec<ProviderWork<N>>,
    /// Hours assigned to each post and its capacity.
    pub load: Vec<Load<N>>,
    /// Who of the contractors and the posts does what.
    assignment: Assignment<N>,
    /// Hours of services that nobody holds or covers, with the engagement that bills them.
    pub out_of_scope: Vec<(usize, usize, N)>,
}

/// The hours of a provider, by service.
#[derive(Clone, Debug)]
pub struct ProviderWork<N> {
    /// Hours worked: split and overflow.
    pub worked: Vec<N>,
    /// Hours counted for the invoice, with multipliers and increments.
    pub counted: Vec<N>,
    /// The sum of the counted hours that are billed flat.
    pub flat: N,
    /// The sum of the counted hours that are billed by the hour.
    pub by_the_hour: N,
}

/// How busy a post is.
#[derive(Clone, Copy, Debug)]
pub struct Load<N> {
    /// Hours assigned.
    pub assigned: N,
    /// Hours it has.
    pub capacity: N,
}

impl<N: Number> Work<N> {
    /// Works out every month of an alternative.
    ///
    /// # Errors
    /// Hours beyond 10^12 a month.
    pub fn new(plan: &Plan, calendar: &Calendar<N>) -> Result<Self, Diagnostic> {
        let mut keys: Vec<Vec<u32>> = Vec::new();
        let mut states: Vec<WorkState<N>> = Vec::new();
        let mut state_of_month = Vec::new();
        for month in 1..=plan.scenario.term_months {
            let key = state_key(plan, calendar, month);
            let known = keys.iter().position(|other| *other == key);
            state_of_month.push(known.unwrap_or(states.len()));
            if known.is_none() {
                states.push(work_of(plan, calendar, month)?);
                keys.push(key);
            }
        }
        Ok(Self { states, state_of_month })
    }

    /// The work of a month from 1 on.
    pub fn at(&self, month: u32) -> &WorkState<N> {
        &self.states[self.state_of_month[month as usize - 1]]
    }

    /// The hours of a provider in a month that its fixed charges answer for.
    pub fn flat_hours(&self, month: u32, engagement: usize) -> N {
        self.at(month).providers[engagement].flat
    }

    /// The hours of a provider in a month that are billed by the hour.
    pub fn billed_hours(&self, month: u32, engagement: usize) -> N {
        self.at(month).providers[engagement].by_the_hour
    }

    /// The services out of scope in a month that a provider bills, with their hours.
    pub fn out_of_scope(&self, month: u32, engagement: usize) -> impl Iterator<Item = (usize, N)> {
        let all = self.at(month).out_of_scope.iter();
        all.filter(move |(_, by, _)| *by == engagement).map(|(service, _, hours)| (*service, *hours))
    }
}

impl<N: Number> WorkState<N> {
    /// Hours done, by service: by the team and contractors, by providers, and out of scope.
    pub fn done(&self, plan: &Plan) -> Vec<N> {
        let mut done = self.team.clone();
        for (engagement, provider) in self.providers.iter().enumerate() {
            let hours = hours::done(plan, engagement, provider);
            done.iter_mut().zip(hours).for_each(|(sum, hours)| *sum = *sum + hours);
        }
        for &(service, _, hours) in &self.out_of_scope {
            done[service] = done[service] + hours;
        }
        done
    }

    /// The hours of a service that are assigned to a post; none where it does not hold the service.
    pub fn assigned(&self, service: usize, post: usize) -> Option<N> {
        let row = &self.assignment.hours[service];
        row[row.len() - self.load.len() + post]
    }
}

/// What a month's work depends on: the counts, who is paid and how far ramped, how far live.
fn state_key(plan: &Plan, calendar: &Calendar<impl Number>, month: u32) -> Vec<u32> {
    let mut key = vec![calendar.state(month) as u32];
    key.extend(plan.posts.iter().map(|post| match (post.is_paid(month), &post.role.hiring) {
        (false, _) => 0,
        (true, None) => 1,
        (true, Some(hiring)) => post.paid_month(month).min(plan.scenario.months(hiring.ramp_months) + 1),
    }));
    key.extend(plan.engagements.iter().map(|engaged| {
        // Before it is fully live every month is a state of its own; billing adds coordination.
        2 * month.min(engaged.fully_live) + u32::from(engaged.is_billed(month))
    }));
    key
}

fn work_of<N: Number>(plan: &Plan, calendar: &Calendar<N>, month: u32) -> Result<WorkState<N>, Diagnostic> {
    let scenario = plan.scenario;
    let workload: Vec<N> =
        scenario.services.iter().map(|service| workload(scenario, service, calendar.at(month))).collect();
    refuse_too_many(|service| format!("the hours of work of `{}`", scenario.services[service].key), &workload)?;
    let live: Vec<N> = plan.engagements.iter().map(|e| live_share(scenario, e.offer, month)).collect();

    let mut split = Split::new(plan, &workload, &live, month);
    let capacities = capacity(plan, month);
    refuse_too_many(|post| format!("the hours of the role \"{}\"", plan.posts[post].role.name), &capacities)?;
    let assignment = split.assign_team(plan, &capacities, month);
    split.overflow(plan, &workload, &live, &assignment);

    let providers: Vec<ProviderWork<N>> = (0..plan.engagements.len())
        .map(|engagement| hours::count(plan, &split, engagement, calendar.at(month), month))
        .collect();
    let out_of_scope = scope::bill(plan, &workload, &live, month);

    let load =
        capacities.into_iter().zip(assignment.of_posts.clone()).map(|(capacity, assigned)| Load { assigned, capacity });
    Ok(WorkState {
        workload,
        team: assignment.done,
        providers,
        load: load.collect(),
        assignment: assignment.assignment,
        out_of_scope,
    })
}

/// Hours that no organization has are a slip of the pen, and sums of them could lose digits.
fn refuse_too_many<N: Number>(figure: impl Fn(usize) -> String, hours: &[N]) -> Result<(), Diagnostic> {
    let most = N::whole(1_000_000_000_000);
    let is_too_many = |hours: &N| hours.exact().0.is_none() || hours.is_above(most);
    match hours.iter().position(is_too_many) {
        None => Ok(()),
        Some(index) => {
            Err(Diagnostic::error("hours-too-many", format!("{} are more than 10^12 a month", figure(index)))
                .hint("check the counts, minutes and hours it is made of"))
        }
    }
}
