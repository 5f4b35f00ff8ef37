//! Who covers a service over the term: the months in which no one comes or goes.

use super::{Responsible, responsible};
use comanage_model::staffing::{Staffing, Who};

/// A span of months in which the same people and providers cover a service.
#[derive(Clone, Debug)]
pub struct ServicePhase {
    /// Its first month.
    pub from: u32,
    /// Its last month.
    pub until: u32,
    /// Whether the service is required in it.
    pub is_required: bool,
    /// Who covers it; empty: no one.
    pub responsible: Vec<Responsible>,
}

impl ServicePhase {
    /// Its months in words: "months 3 to 14".
    pub fn months(&self) -> String {
        match (self.from, self.until) {
            (from, until) if from == until => format!("month {from}"),
            (from, until) => format!("months {from} to {until}"),
        }
    }

    /// Whether the service is required in it and no one covers it.
    pub fn is_open(&self) -> bool {
        self.is_required && self.responsible.is_empty()
    }
}

/// The phases of a service, in order; they cover the term.
pub fn phases(staffing: &Staffing, service: usize) -> Vec<ServicePhase> {
    let required = staffing.scenario.required(service);
    let mut phases: Vec<ServicePhase> = Vec::new();
    let mut present: Vec<Who> = Vec::new();
    for month in 1..=staffing.scenario.term_months {
        let is_required = required.contains(month);
        let people = if is_required { responsible(staffing, service, month) } else { Vec::new() };
        let whos: Vec<Who> =
            people.iter().filter(|who| is_there(staffing, who.who, month)).map(|who| who.who).collect();
        match phases.last_mut().filter(|phase| phase.is_required == is_required && present == whos) {
            Some(phase) => phase.until = month,
            None => {
                let responsible = people.into_iter().filter(|who| whos.contains(&who.who)).collect();
                phases.push(ServicePhase { from: month, until: month, is_required, responsible });
            }
        }
        present = whos;
    }
    phases
}

/// Whether someone covers in a month: people who are qualified, providers who are live.
fn is_there(staffing: &Staffing, who: Who, month: u32) -> bool {
    match who {
        Who::Position(index) => staffing.positions[index].is_cover(month),
        Who::Provider(index) => month >= staffing.engagements[index].fully_live,
    }
}
