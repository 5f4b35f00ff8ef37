//! Why a condition is not met, where the comparison can tell.

use super::condition::{Condition, Relation};
use super::figure::{Figure, Value, Which};
use crate::compare::{Compared, Comparison, TIE};
use comanage_model::scenario::Scenario;
use comanage_model::week::Week;

/// What keeps a figure from the condition, as it goes on after "since"; none where nothing is known.
pub fn reason(comparison: &Comparison, until: &Condition) -> Option<String> {
    // What keeps a figure from being lower is no gap that anyone could close.
    if matches!(until.relation, Relation::AtMost | Relation::Below) {
        return None;
    }
    let of = |id: &str| comparison.alternatives.iter().find(|of| of.id() == id);
    match (&until.figure, &until.bound) {
        (Figure::Recommended, Value::Id(Some(id))) => of(id).map(not_recommended),
        (Figure::Of { alternative, which: Which::Coverage }, _) => {
            uncovered(comparison.scenario, of(alternative)?, None)
        }
        (Figure::Of { alternative, which: Which::ServiceShare(service, _) }, _) => {
            uncovered(comparison.scenario, of(alternative)?, Some(*service))
        }
        (Figure::Of { alternative, which: Which::WorkDone }, _) => undone(comparison.scenario, of(alternative)?),
        (Figure::Of { alternative, which: Which::MeetsTargets }, Value::Flag(true)) => missed(of(alternative)?),
        _ => None,
    }
}

fn not_recommended(of: &Compared) -> String {
    missed(of).unwrap_or_else(|| "another alternative that meets the targets costs less".to_string())
}

fn missed(of: &Compared) -> Option<String> {
    of.missed.words().map(|missed| format!("it misses {missed}"))
}

/// The service that takes most from the coverage, or the one that is asked about: the hours in which no one
/// is scheduled, else that people are away.
fn uncovered(scenario: &Scenario, of: &Compared, asked: Option<usize>) -> Option<String> {
    let services = &of.evaluation.coverage.services;
    let lost = |service: usize| {
        let share = services[service].expected?;
        let wanted = &scenario.services[service];
        Some((1.0 - share) * f64::from(wanted.hours.minutes()) * scenario.f64(wanted.weight))
    };
    let max = (0..services.len()).filter_map(|service| Some((service, lost(service)?)));
    let max = max.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, lost)| *lost > TIE).map(|(service, _)| service);
    let service = asked.or(max)?;
    let name = &scenario.services[service].name;
    let gaps: Vec<(usize, usize)> = services[service].gaps.iter().map(|gap| (gap.from, gap.to)).collect();
    if gaps.is_empty() {
        return Some(format!("people are away in hours of {name} that no one else covers"));
    }
    let open = Week::from_spans(&gaps);
    Some(match part_of_the_week(&open) {
        Some(part) => format!("{part} stay open in {name} ({})", open.words()),
        None => format!("no one is scheduled for {name} {}", open.words()),
    })
}

/// Nights, weekends or both, where hours hold most of them.
fn part_of_the_week(open: &Week) -> Option<&'static str> {
    const HOUR: usize = 60;
    const DAY: usize = 24 * HOUR;
    // 22:00 to 06:00 of the five nights that follow a working day, and the days of the weekend.
    let nights: Vec<(usize, usize)> = (0..5).map(|day| (day * DAY + 22 * HOUR, day * DAY + 30 * HOUR)).collect();
    let weekend = [(5 * DAY + 6 * HOUR, 5 * DAY + 22 * HOUR), (6 * DAY + 6 * HOUR, 6 * DAY + 22 * HOUR)];
    let holds_most = |spans: &[(usize, usize)]| {
        let week = Week::from_spans(spans);
        open.shared_minutes(&week) * 2 > week.minutes()
    };
    match (holds_most(&nights), holds_most(&weekend)) {
        (true, true) => Some("nights and weekends"),
        (true, false) => Some("nights"),
        (false, true) => Some("weekends"),
        (false, false) => None,
    }
}

/// The service with most hours of work left undone.
fn undone(scenario: &Scenario, of: &Compared) -> Option<String> {
    let services = of.work.services.iter().enumerate();
    let (service, work) = services.max_by(|a, b| a.1.backlog_hours.total_cmp(&b.1.backlog_hours))?;
    let name = &scenario.services[service].name;
    (work.backlog_hours > TIE).then(|| format!("{:.1} h a month of {name} are not done", work.backlog_hours))
}
