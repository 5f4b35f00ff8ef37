//! Work: how many hours there are to do, who does them, and what is left undone.
//!
//! Demand is split between providers and the team, the team's people share theirs by a maximum
//! flow, and what overflows goes to providers that take it. A month's work depends on few things
//! (the counts, who is paid, how far providers are live); months that agree in them share a state,
//! which is worked out once. What providers do is all that their invoices need and comes first,
//! [`Provided`]; who of the team does what is [`Work`]. The hours are exact; what they cost is reported
//! in [`crate::ledger`].

mod balance;
mod capacity;
mod demand;
mod flow;
mod hours;
mod provided;
mod scope;
mod served;
mod split;
mod table;

pub use balance::assign_balanced;
pub use capacity::{capacity, loses_hours};
pub use demand::workload;
pub use flow::{Assignment, assign};
pub use hours::MINUTE_DIGITS;
pub use provided::{Provided, ProviderWork};
pub use scope::OutOfScope;
pub use served::served;
pub use split::hours_covered;
pub use table::Table;

use crate::staffing::Staffing;
use comanage_expr::number::Number;
use provided::ProvidedState;

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
    /// Hours of services that no one holds or covers, as far as they are done.
    pub out_of_scope: Vec<OutOfScope<N>>,
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
    /// Works out who does what in every month of an alternative.
    pub fn new(provided: Provided<N>) -> Self {
        let states = provided.states.into_iter().map(|state| WorkState::new(state)).collect();
        Self { states, state_of_month: provided.state_of_month }
    }

    /// The work of a month from 1 on.
    pub fn at(&self, month: u32) -> &WorkState<N> {
        &self.states[self.state_of_month[month as usize - 1]]
    }
}

impl<N: Number> WorkState<N> {
    fn new(state: ProvidedState<N>) -> Self {
        let team = state.split.assign_team();
        let load = state.capacities.into_iter().zip(team.of_posts);
        Self {
            workload: state.workload,
            team: team.done,
            providers: state.providers,
            load: load.map(|(capacity, assigned)| Load { assigned, capacity }).collect(),
            assignment: team.assignment,
            out_of_scope: state.out_of_scope,
        }
    }

    /// Hours done, by service: by the team and contractors, by providers, and out of scope.
    pub fn done(&self, staffing: &Staffing) -> Vec<N> {
        hours::all_done(staffing, self.team.clone(), &self.providers, &self.out_of_scope)
    }

    /// The hours of a service that are assigned to a post; none where it does not hold the service.
    pub fn assigned(&self, service: usize, position: usize) -> Option<N> {
        self.assignment.of(service, self.assignment.people() - self.load.len() + position)
    }
}
