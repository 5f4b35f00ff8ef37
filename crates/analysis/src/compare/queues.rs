//! Findings about services that someone waits for on the line: how long, and how many people it takes.

use super::Compared;
use super::alike::Kind;
use comanage_expr::number::Exact;
use comanage_model::coverage::people_on_duty;
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

/// Waiting lines in which more work comes in than people have time for.
pub fn never_ends<'s>(scenario: &'s Scenario, shared: &'s Shared<Exact>) -> Kind<'s> {
    const WORDS: &str = "the queue grows without limit, since calls take more time than is available:";
    let told = |service: &Service, line: Line| match line.queue.mean_wait(line.minutes) {
        None => Some(format!("{}, {}", line.words(service), enough(service, line))),
        Some(_) => None,
    };
    Kind::warning("queue-never-ends", WORDS, move |of| told_of(scenario, shared, of, told))
}

/// How long callers wait where the people on duty have time for them.
pub fn live_queue<'s>(scenario: &'s Scenario, shared: &'s Shared<Exact>) -> Kind<'s> {
    let told = |service: &Service, line: Line| {
        let Line { minutes, queue, .. } = line;
        let wait = queue.mean_wait(minutes)?;
        let answered = queue.answered_within(f64::from(service.respond_within.unwrap_or(0)), minutes);
        Some(format!(
            "{}: {:.1}% answered {}, average wait {}, utilization {:.1}%, {}",
            line.words(service),
            answered * 100.0,
            limit(service),
            seconds(wait),
            queue.utilization() * 100.0,
            enough(service, line)
        ))
    };
    Kind::note("live-queue", "callers wait on the line:", move |of| told_of(scenario, shared, of, told))
}

/// What is to be said of the waiting lines of an alternative, a text for each service with one.
fn told_of(
    scenario: &Scenario,
    shared: &Shared<Exact>,
    alternative: &Compared,
    told: impl Fn(&Service, Line) -> Option<String>,
) -> Vec<String> {
    let of_service = |service: usize| told(&scenario.services[service], line(scenario, shared, alternative, service)?);
    (0..scenario.services.len()).filter_map(of_service).collect()
}

impl Line {
    /// `Service desk, 1.4 calls/hour of 14 min, 2 people on duty`.
    fn words(self, service: &Service) -> String {
        let people = match self.queue.people {
            1 => "1 person on duty".to_string(),
            many => format!("{many} people on duty"),
        };
        format!("{}, {:.1} calls/hour of {:.0} min, {people}", service.name, self.calls_per_hour, self.minutes)
    }
}

/// By when calls are to be answered: `within 1m`, `at once`.
fn limit(service: &Service) -> String {
    service.respond_within.map_or_else(|| "at once".to_string(), |within| format!("within {}", duration(within)))
}

/// How many people answer most calls in time.
fn enough(service: &Service, line: Line) -> String {
    let time = f64::from(service.respond_within.unwrap_or(0));
    let people = |share: f64| {
        let people = Queue::people_for(share, line.queue.erlangs, time, line.minutes);
        people.map_or_else(|| "n/a".to_string(), |people| people.to_string())
    };
    format!("80% takes {} people and 95% {}", people(0.8), people(0.95))
}

/// Minutes in words: seconds below two minutes.
fn seconds(minutes: f64) -> String {
    if minutes < 2.0 { format!("{:.0} s", minutes * 60.0) } else { format!("{minutes:.1} min") }
}
