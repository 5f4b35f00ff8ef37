//! Work done: what there is to do, who does it, and what their hours come from.

use std::fmt::Write;

use super::figure::{months, number, share};
use super::steps::Steps;
use crate::compare::work_share;
use comanage_expr::number::{Exact, Number};
use comanage_expr::trace::{Record, Traced, record};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Evaluation, Shared, evaluate_one};
use comanage_model::scenario::{Alternative, Scenario};
use comanage_model::staffing::Who;

/// The work of an alternative, of one service or of all.
///
/// # Errors
/// Those of an evaluation.
pub(super) fn told(scenario: &Scenario, of: &Alternative, service: Option<usize>) -> Result<String, Diagnostic> {
    let (evaluated, record) = record(|| {
        let evaluation = evaluate_one(scenario, of, &Shared::<Traced>::new(scenario))?;
        let done = |month| evaluation.work.at(month).done(&evaluation.staffing);
        let done: Vec<Vec<Traced>> = scenario.judged_months().map(done).collect();
        Ok((evaluation, done))
    });
    let (evaluation, done) = evaluated?;
    let explained = Explained { scenario, evaluation, done, record };
    let services: Vec<usize> = service.map_or_else(|| (0..scenario.services.len()).collect(), |service| vec![service]);
    let mut out = explained.share(&services);
    services.iter().for_each(|&service| explained.service(service, &mut out));
    explained.capacities(&services, &mut out);
    Ok(out)
}

struct Explained<'a> {
    scenario: &'a Scenario,
    evaluation: Evaluation<'a, Traced>,
    /// Hours done, by month that is judged and by service.
    done: Vec<Vec<Traced>>,
    record: Record,
}

impl Explained<'_> {
    fn value(&self, number: Traced) -> Exact {
        self.record.step(number).value
    }

    fn hours(&self, number: Traced) -> f64 {
        self.value(number).to_f64()
    }

    fn tell(&self, number: Traced, out: &mut String) {
        Steps { scenario: self.scenario, record: &self.record, invoiced: None }.tell(number, out);
    }

    /// The share of the work of services that is done over the months that are judged.
    fn share(&self, services: &[usize]) -> String {
        let judged = self.scenario.judged_months();
        let (mut done, mut workload) = (Exact::zero(), Exact::zero());
        for (month, of_month) in judged.clone().zip(&self.done) {
            let state = self.evaluation.work.at(month);
            for &service in services {
                done = done + self.value(of_month[service]);
                workload = workload + self.value(state.workload[service]);
            }
        }
        let name = &self.evaluation.staffing.alternative.name;
        let span = months(*judged.start(), *judged.end());
        let [hours_done, hours] = [done, workload].map(|hours| number(hours.to_f64(), 4));
        match work_share(done, workload) {
            None => format!("work done by {name}, {span}: n/a, there is no work\n"),
            Some(part) => format!("work done by {name}, {span}: {} = {hours_done} h / {hours} h\n", share(part)),
        }
    }

    /// The work of a service in the last month with any, and who does it.
    fn service(&self, service: usize, out: &mut String) {
        let (judged, staffing) = (self.scenario.judged_months(), &self.evaluation.staffing);
        let has_work = |month: &u32| self.value(self.evaluation.work.at(*month).workload[service]).is_positive();
        let Some(month) = judged.clone().rev().find(has_work) else { return };
        let state = self.evaluation.work.at(month);
        let (workload, done) = (state.workload[service], self.done[(month - judged.start()) as usize][service]);
        let name = &self.scenario.services[service].name;
        let [hours, hours_done] = [workload, done].map(|hours| number(self.hours(hours), 4));
        let _ = writeln!(out, "{name}, month {month}: {hours_done} of {hours} h done");
        self.tell(workload, out);
        let positions = (0..staffing.positions.len())
            .filter_map(|position| Some((Who::Position(position), state.assigned(service, position)?)));
        let providers = state.providers.iter().enumerate();
        let providers = providers.map(|(index, of)| (Who::Provider(index), of.worked[service]));
        for (who, hours) in positions.chain(providers) {
            let hours = self.hours(hours);
            if hours > 0.0 {
                let _ = writeln!(out, "  {} does {} h", staffing.name_of(who), number(hours, 4));
            }
        }
        let left = self.hours(workload) - self.hours(done);
        if left > 1e-9 {
            let _ = writeln!(out, "  {} h are not done", number(left, 4));
        }
    }

    /// The hours that the positions have in the last month who hold one of the services.
    fn capacities(&self, services: &[usize], out: &mut String) {
        let (month, staffing) = (*self.scenario.judged_months().end(), &self.evaluation.staffing);
        let load = &self.evaluation.work.at(month).load;
        for (index, position) in staffing.positions.iter().enumerate() {
            if !services.iter().any(|service| position.role.services.contains(service)) {
                continue;
            }
            let (capacity, assigned) = (load[index].capacity, load[index].assigned);
            let [hours, used] = [capacity, assigned].map(|hours| number(self.hours(hours), 4));
            let name = staffing.name_of(Who::Position(index));
            let _ = writeln!(out, "{name}, month {month}: {used} of {hours} h assigned, all services together");
            self.tell(capacity, out);
        }
    }
}
