//! Findings about services that someone waits for on the line: how long, and how many people it takes.

use super::Compared;
use comanage_expr::number::Exact;
use comanage_model::coverage::people_on_duty;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::Shared;
use comanage_model::queue::Queue;
use comanage_model::scenario::{Scenario, Service};
use comanage_model::week::duration;

/// The waiting line of a service in an alternative: means over the required hours of the months that
/// alternatives are judged by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Calls an hour.
    pub calls_per_hour: f64,
    /// Minutes a call takes.
    pub minutes: f64,
    /// The people who take them, whole ones, and how much work comes in.
    pub queue: Queue,
}

/// The waiting line of a service; none if no one waits, nothing comes in, or no one is on duty.
pub fn line(scenario: &Scenario, shared: &Shared<Exact>, alternative: &Compared, service: usize) -> Option<Line> {
    let of = &scenario.services[service];
    if !of.live {
        return None;
    }
    let required = scenario.required(service);
    let months: Vec<u32> = scenario.judged_months().filter(|&month| required.contains(month)).collect();
    let last = *months.last()?;
    let calls = months.iter().map(|&month| {
        let counts = shared.volumes.at(month);
        (counts.all_users * counts.workload_factor).to_f64() * scenario.f64(of.tickets_per_user)
    });
    let hours = f64::from(of.hours.minutes()) / 60.0 * 365.0 / 7.0 / 12.0;
    let calls_per_hour = calls.sum::<f64>() / months.len() as f64 / hours;
    let minutes = scenario.f64(of.minutes_per_ticket);
    let there = people_on_duty(&alternative.evaluation.staffing, service, &shared.attendance, last)?;
    let erlangs = calls_per_hour * minutes / 60.0;
    // Whole people take calls; a part of one more counts in no one's favour.
    let people = ((there + super::TIE).floor() as u32).max(1);
    (erlangs > 0.0 && there > 0.0).then_some(Line { calls_per_hour, minutes, queue: Queue { erlangs, people } })
}

/// What is to be said of the waiting lines of an alternative.
pub fn find(scenario: &Scenario, shared: &Shared<Exact>, alternative: &Compared) -> Vec<Diagnostic> {
    let of_service = |service: usize| {
        let line = line(scenario, shared, alternative, service)?;
        Some(told(alternative, &scenario.services[service], line))
    };
    (0..scenario.services.len()).filter_map(of_service).collect()
}

fn told(alternative: &Compared, service: &Service, line: Line) -> Diagnostic {
    let Line { calls_per_hour, minutes, queue } = line;
    let people = match queue.people {
        1 => "1 person on duty".to_string(),
        many => format!("{many} people on duty"),
    };
    let start = format!(
        "{}: {}, {calls_per_hour:.1} calls/hour of {minutes:.0} min, {people}",
        alternative.name(),
        service.name
    );
    let within = service.respond_within;
    let enough = |share: f64| {
        let time = f64::from(within.unwrap_or(0));
        Queue::people_for(share, queue.erlangs, time, minutes).map_or_else(|| "n/a".to_string(), |n| n.to_string())
    };
    let limit = within.map_or_else(|| "at once".to_string(), |within| format!("within {}", duration(within)));
    let hint = format!("{} people answer 80% {limit}, {} answer 95%", enough(0.8), enough(0.95));
    let Some(wait) = queue.mean_wait(minutes) else {
        let message = format!("{start}: the queue grows without limit: calls take more time than is available");
        return Diagnostic::warning("queue-never-ends", message).hint(hint).path(alternative.id());
    };
    let answered = queue.answered_within(f64::from(within.unwrap_or(0)), minutes);
    let message = format!(
        "{start}: {:.1}% answered {limit}, average wait {}, utilization {:.1}%",
        answered * 100.0,
        seconds(wait),
        queue.utilization() * 100.0
    );
    Diagnostic::note("live-queue", message).hint(hint).path(alternative.id())
}

/// Minutes in words: seconds below two minutes.
fn seconds(minutes: f64) -> String {
    if minutes < 2.0 { format!("{:.0} s", minutes * 60.0) } else { format!("{minutes:.1} min") }
}
