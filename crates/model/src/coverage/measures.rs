//! The measures of a service's coverage.

use smallvec::SmallVec;

use super::answer::{answers, mean_minutes_to_an_answer};
use super::chance::chance;
use super::classes::{Class, Classes};
use super::gaps::{Gap, gaps};
use super::schedule::{Scheduled, scheduled};
use super::source::{Group, Presence, Source};
use crate::scenario::{Scenario, Service};
use crate::staffing::{Staffing, Who};
use crate::week::{Week, pieces};

/// The coverage of a service. Measures are none where no hours are required.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCoverage {
    /// Whether anyone is there at all.
    pub state: State,
    /// Share of the required minutes with as many people scheduled as are required, on duty or in time.
    pub scheduled: Option<f64>,
    /// Expected coverage: the mean of the last twelve months.
    pub expected: Option<f64>,
    /// Expected coverage, by month from 1, also in months in which the service is not required.
    pub by_month: Vec<f64>,
    /// Mean of all months.
    pub expected_term: Option<f64>,
    /// Share of the required minutes with someone scheduled on duty in that very minute.
    pub on_duty: Option<f64>,
    /// Required spans with fewer people scheduled than are required, in the order of the week.
    pub gaps: Vec<Gap>,
    /// Mean hours until someone answers; none: never.
    pub mean_wait_hours: Option<f64>,
    /// Share of the required minutes with exactly one person scheduled.
    pub one_deep: Option<f64>,
    /// People who can cover it: over the required minutes with anyone scheduled the least number of
    /// people who could be there, less those that are required beyond the first.
    pub bus_factor: Option<u32>,
    /// Whether anyone is scheduled and one absence leaves too few.
    pub is_single_point_of_failure: bool,
    /// What expected coverage loses without someone, for each.
    pub loss_without: Vec<(Who, f64)>,
    /// Chance that as many people as are required are there in the last month, by spans of the required
    /// hours.
    pub presence: Vec<(usize, usize, f64)>,
    /// Required minutes in which people are on call, in time or not.
    pub on_call: Week,
}

/// Whether a service has anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Someone is scheduled, and in time, at some minute of the week.
    Staffed,
    /// There is no minute at which someone certainly is.
    Unstaffed,
    /// No hours are required.
    NotApplicable,
}

/// Works out every measure of a service.
pub fn measure(staffing: &Staffing, service: usize, sources: &[Source], classes: &Classes) -> ServiceCoverage {
    let scenario = staffing.scenario;
    let of = Measured::new(scenario, &scenario.services[service], sources, classes);
    let (required, judged) = (scenario.required(service), months_judged(scenario, service));
    let by_month = of.chances.in_months(1..=scenario.term_months, |_| true);
    let term: Vec<f64> = required.months().map(|month| by_month[month as usize - 1]).collect();
    if classes.wanted == 0 || term.is_empty() {
        return not_applicable();
    }
    let expected_term = Some(mean(&term));
    let Some(&last) = judged.last() else { return ServiceCoverage { expected_term, by_month, ..not_applicable() } };
    let of_judged: Vec<f64> = judged.iter().map(|&month| by_month[month as usize - 1]).collect();
    let expected = mean(&of_judged);
    let schedule = of.schedule(last);
    let min = schedule.iter().filter(|(at, _)| at.people > 0.0).map(|(at, wanted)| at.heads.saturating_sub(wanted - 1));
    let min = min.min();
    ServiceCoverage {
        state: of.state(last),
        scheduled: Some(of.mean(&schedule, |at, wanted| at.share(wanted))),
        expected: Some(expected),
        expected_term,
        on_duty: Some(of.on_duty(last)),
        gaps: of.gaps(&schedule),
        mean_wait_hours: of.mean_wait_hours(last),
        one_deep: Some(of.mean(&schedule, |at, _| f64::from(u8::from(at.depth == 1)))),
        bus_factor: Some(min.unwrap_or(0)),
        is_single_point_of_failure: min.is_some_and(|people| people <= 1),
        loss_without: of.loss_without(&judged, expected),
        presence: of.presence(last),
        on_call: of.on_call_hours(last),
        by_month,
    }
}

/// The months that the coverage of a service is judged by: those of the scenario in which the service is
/// required.
pub fn months_judged(scenario: &Scenario, service: usize) -> Vec<u32> {
    let required = scenario.required(service);
    scenario.judged_months().filter(|&month| required.contains(month)).collect()
}

/// Expected coverage of a service, the mean of the months that are judged, of those who are there; none where no
/// hours are required.
pub fn expected(
    scenario: &Scenario,
    service: usize,
    presences: &[Presence],
    classes: &Classes,
    months: &[u32],
) -> Option<f64> {
    let of = Chances::new(scenario, &scenario.services[service], presences, classes);
    let is_required = classes.wanted > 0 && !months.is_empty();
    is_required.then(|| mean(&of.in_months(months.iter().copied(), |_| true)))
}

/// Required minutes of a service in which the same sources count and as many people are required.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// When in the week.
    pub hours: Week,
    /// How many people are required at once.
    pub people: u32,
    /// The chance that as many are there.
    pub chance: f64,
    /// The sources whose hours count, by index.
    pub there: Vec<usize>,
    /// Those that count on call, by index.
    pub on_call: Vec<usize>,
}

/// The required minutes of a service by who counts in them, in a month: expected coverage is the mean of their
/// chances.
pub fn stretches(staffing: &Staffing, service: usize, sources: &[Source], month: u32) -> Vec<Stretch> {
    let scenario = staffing.scenario;
    let classes = Classes::new(&scenario.services[service], sources);
    let of = Measured::new(scenario, &scenario.services[service], sources, &classes);
    let chances = of.chances.of_classes(|source| sources[source].live(month));
    let stretch = |(index, (class, people)): (usize, (&Class, u32))| Stretch {
        hours: of.minutes_of(|other| other == index),
        people,
        chance: chances[index],
        there: class.there.to_vec(),
        on_call: class.on_call.to_vec(),
    };
    of.each_class().enumerate().map(stretch).collect()
}

fn not_applicable() -> ServiceCoverage {
    ServiceCoverage {
        state: State::NotApplicable,
        scheduled: None,
        expected: None,
        by_month: Vec::new(),
        expected_term: None,
        on_duty: None,
        gaps: Vec::new(),
        mean_wait_hours: None,
        one_deep: None,
        bus_factor: None,
        is_single_point_of_failure: false,
        loss_without: Vec::new(),
        presence: Vec::new(),
        on_call: Week::none(),
    }
}

/// What expected coverage is taken of: those who are there, as sources or as their presence.
struct Chances<'a, S> {
    is_open: bool,
    sources: &'a [S],
    classes: &'a Classes,
    /// How many people are required, by class.
    wanted: SmallVec<[u32; 4]>,
}

impl<'a, 's, S: AsRef<Presence<'s>>> Chances<'a, S> {
    fn new(scenario: &Scenario, service: &Service, sources: &'a [S], classes: &'a Classes) -> Self {
        let wanted = classes.classes.iter().map(|class| class.people(scenario, service)).collect();
        Self { is_open: service.open_on_holidays, sources, classes, wanted }
    }

    /// The classes, each with how many people are required.
    fn each_class(&self) -> impl Iterator<Item = (&'a Class, u32)> {
        self.classes.classes.iter().zip(self.wanted.iter().copied())
    }

    /// Expected coverage of some months, of some sources; a month with the people and providers of the one
    /// before is like it.
    fn in_months(&self, months: impl IntoIterator<Item = u32>, counts: impl Fn(usize) -> bool) -> Vec<f64> {
        let mut by_month: Vec<f64> = Vec::new();
        let mut last = 0;
        for month in months {
            let before = std::mem::replace(&mut last, month);
            let is_same = |source: &S| source.as_ref().live(month) == source.as_ref().live(before);
            let expected = match by_month.last() {
                Some(known) if self.sources.iter().all(is_same) => *known,
                _ => self.in_month(month, &counts),
            };
            by_month.push(expected);
        }
        by_month
    }

    fn in_month(&self, month: u32, counts: impl Fn(usize) -> bool) -> f64 {
        let live = |source: usize| if counts(source) { self.sources[source].as_ref().live(month) } else { 0.0 };
        self.classes.mean(self.of_classes(live))
    }

    /// The chance of every class that as many people are there as are required.
    fn of_classes(&self, live: impl Fn(usize) -> f64) -> SmallVec<[f64; 4]> {
        self.each_class().map(|(class, wanted)| chance(self.sources, class, &live, wanted, self.is_open)).collect()
    }
}

/// What the measures of a service are taken of.
struct Measured<'a> {
    service: &'a Service,
    sources: &'a [Source<'a>],
    classes: &'a Classes,
    chances: Chances<'a, Source<'a>>,
}

impl<'a> Measured<'a> {
    fn new(scenario: &Scenario, service: &'a Service, sources: &'a [Source<'a>], classes: &'a Classes) -> Self {
        Self { service, sources, classes, chances: Chances::new(scenario, service, sources, classes) }
    }

    /// The classes, each with how many people are required.
    fn each_class(&self) -> impl Iterator<Item = (&'a Class, u32)> {
        self.chances.each_class()
    }

    fn mean(&self, schedule: &[(Scheduled, u32)], value: impl Fn(Scheduled, u32) -> f64) -> f64 {
        self.classes.mean(schedule.iter().map(|&(at, wanted)| value(at, wanted)))
    }

    /// The schedule of a month by class, each with how many people are required.
    fn schedule(&self, month: u32) -> Vec<(Scheduled, u32)> {
        self.each_class().map(|(class, wanted)| (scheduled(self.sources, class, month, wanted), wanted)).collect()
    }

    /// What expected coverage loses without each role or provider.
    fn loss_without(&self, months: &[u32], expected: f64) -> Vec<(Who, f64)> {
        let is_there = |source: &Source| months.iter().any(|&month| source.live(month) > 0.0);
        let present = self.sources.iter().enumerate().filter(|(_, source)| is_there(source));
        let loss =
            |index: usize| expected - mean(&self.chances.in_months(months.iter().copied(), |other| other != index));
        present.map(|(index, source)| (source.who, loss(index))).collect()
    }

    fn presence(&self, month: u32) -> Vec<(usize, usize, f64)> {
        let chances = self.chances.of_classes(|source| self.sources[source].live(month));
        self.classes.spans.iter().map(|&(from, to, class)| (from, to, chances[class])).collect()
    }

    /// By the schedule: a rota that is too small has no minute with someone in it for certain.
    fn state(&self, month: u32) -> State {
        let counts = |source: &&Source| {
            let on_call = source.on_call.as_ref().is_some_and(|on_call| !on_call.counted.is_empty());
            (source.fills_its_hours() && !source.counted.is_empty()) || on_call
        };
        let mut scheduled = self.sources.iter().filter(|source| source.is_scheduled(month));
        if scheduled.any(|source| counts(&source)) { State::Staffed } else { State::Unstaffed }
    }

    /// Share of the required minutes with someone scheduled on duty, whatever they promise.
    fn on_duty(&self, month: u32) -> f64 {
        let on_duty = self.sources.iter().filter(|source| source.is_on_duty && source.is_scheduled(month));
        let on_duty: Vec<&Source> = on_duty.collect();
        let hours = on_duty.iter().map(|source| &*source.hours);
        let mut filled = 0.0;
        pieces(std::iter::once(&self.service.hours).chain(hours), |from, to, holds| {
            let there = on_duty.iter().zip(&holds[1..]).filter(|(_, holds)| **holds);
            let people: f64 = there.map(|(source, _)| people_scheduled(source)).sum();
            filled += if holds[0] { (to - from) as f64 * people.clamp(0.0, 1.0) } else { 0.0 };
        });
        filled / f64::from(self.classes.wanted)
    }

    fn gaps(&self, schedule: &[(Scheduled, u32)]) -> Vec<Gap> {
        let is_filled = |class: usize| schedule[class].0.whole >= schedule[class].1;
        gaps(&self.service.hours, &self.minutes_of(is_filled))
    }

    /// The required minutes in which people are on call.
    fn on_call_hours(&self, month: u32) -> Week {
        let scheduled = self.sources.iter().filter(|source| source.is_scheduled(month));
        let hours = scheduled.flat_map(|source| {
            let of_provider = (!source.is_on_duty).then_some(&*source.hours);
            of_provider.into_iter().chain(source.on_call.as_ref().map(|on_call| on_call.hours))
        });
        hours.fold(Week::none(), |week, hours| week.or(hours)).and(&self.service.hours)
    }

    /// The required minutes of some classes.
    fn minutes_of(&self, is_wanted: impl Fn(usize) -> bool) -> Week {
        let spans = self.classes.spans.iter().filter(|(_, _, class)| is_wanted(*class));
        Week::from_spans(&spans.map(|&(from, to, _)| (from, to)).collect::<Vec<_>>())
    }

    fn mean_wait_hours(&self, month: u32) -> Option<f64> {
        let answers = answers(self.sources, self.service.respond_within, month);
        mean_minutes_to_an_answer(&self.service.hours, &answers).map(|minutes| minutes / 60.0)
    }
}

/// People whom the schedule has by a source; someone, where a provider sends as many as are required.
fn people_scheduled(source: &Source) -> f64 {
    match source.presence.group {
        Group::Fixed(fixed) => f64::from(fixed.heads()),
        Group::Rota(rota) => rota.scheduled,
        Group::Provider(_) => 1.0,
    }
}

fn mean(values: &[f64]) -> f64 {
    if values.iter().all(|value| *value == values[0]) {
        return values[0];
    }
    values.iter().sum::<f64>() / values.len() as f64
}
