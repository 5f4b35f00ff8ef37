//! The measures of a service's coverage.

use smallvec::SmallVec;

use super::gaps::{Gap, gaps};
use super::source::{Duty, Source};
use super::wait::{mean_wait_minutes, reachable};
use crate::plan::{Plan, Who};
use crate::week::{Week, pieces};

/// The coverage of a service. Measures are none where no hours are wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCoverage {
    /// Whether anybody is there at all.
    pub state: State,
    /// Share of the wanted minutes with anybody scheduled on duty.
    pub scheduled: Option<f64>,
    /// Expected coverage in the last month.
    pub expected: Option<f64>,
    /// Expected coverage, by month from 1.
    pub by_month: Vec<f64>,
    /// Mean of the months.
    pub expected_term: Option<f64>,
    /// Share of the wanted minutes from which somebody is there in time; none where no response time
    /// is wanted.
    pub reachable: Option<f64>,
    /// Scheduled coverage with on-call hours counted in.
    pub on_call_or_better: Option<f64>,
    /// Wanted spans with nobody scheduled, in the order of the week.
    pub gaps: Vec<Gap>,
    /// Mean hours until somebody is there; none: never.
    pub mean_wait_hours: Option<f64>,
    /// Share of the wanted minutes with exactly one person scheduled.
    pub one_deep: Option<f64>,
    /// The fewest absences that leave nobody.
    pub bus_factor: Option<u32>,
    /// What expected coverage loses without somebody, for each.
    pub loss_without: Vec<(Who, f64)>,
    /// Chance that somebody is there in the last month, by spans of the wanted hours.
    pub presence: Vec<(usize, usize, f64)>,
    /// Minutes that are wanted and only on call, for pictures.
    pub on_call_only: Week,
}

/// Whether a service has anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Somebody is scheduled at some minute of the week.
    Staffed,
    /// There is no minute at which somebody certainly is: waiting never ends.
    Unstaffed,
    /// No hours are wanted.
    NotApplicable,
}

/// So many sources of a service, or spans of its hours, take no memory of their own.
const FEW: usize = 8;

/// The wanted minutes of a service, by who has duty in them.
pub struct Classes {
    wanted: u32,
    classes: SmallVec<[Class; 2]>,
    /// Elementary spans of the wanted hours with their class.
    spans: SmallVec<[(usize, usize, usize); FEW]>,
}

struct Class {
    on_duty: SmallVec<[usize; FEW]>,
    minutes: u32,
}

impl Classes {
    /// Sorts the wanted minutes of a service by the sources that have duty in them.
    pub fn new(wanted: &Week, sources: &[Source]) -> Self {
        let hours = sources.iter().map(|source| &*source.hours);
        let mut classes: SmallVec<[Class; 2]> = SmallVec::new();
        let mut spans = SmallVec::new();
        pieces(std::iter::once(wanted).chain(hours), |from, to, hold| {
            let Some((true, hold)) = hold.split_first() else { return };
            let on_duty = || (0..hold.len()).filter(|&source| hold[source]);
            let known = classes.iter().position(|class| on_duty().eq(class.on_duty.iter().copied()));
            let class = known.unwrap_or(classes.len());
            if known.is_none() {
                classes.push(Class { on_duty: on_duty().collect(), minutes: 0 });
            }
            classes[class].minutes += (to - from) as u32;
            spans.push((from, to, class));
        });
        Self { wanted: wanted.minutes(), classes, spans }
    }

    /// The mean over the wanted minutes of a value of their class.
    fn mean(&self, value: impl Fn(&Class) -> f64) -> f64 {
        // Minutes are whole numbers: of nothing but ones the mean is exactly 1.
        let sum: f64 = self.classes.iter().map(|class| f64::from(class.minutes) * value(class)).sum();
        sum / f64::from(self.wanted)
    }
}

/// Works out every measure of a service.
pub fn measure(plan: &Plan, service: usize, sources: &[Source], classes: &Classes) -> ServiceCoverage {
    if classes.wanted == 0 {
        return not_applicable();
    }
    let scenario = plan.scenario;
    let of = &scenario.services[service];
    let last = scenario.term_months;
    let open = of.open_on_holidays;
    let by_month = by_month(sources, classes, open, last);
    let expected = by_month[last as usize - 1];

    let scheduled_sources: Vec<&Source> = sources.iter().filter(|source| source.is_scheduled(last)).collect();
    let certain = certain_hours(&scheduled_sources);
    let on_call = sources
        .iter()
        .filter(|source| source.live(last) > 0.0)
        .filter_map(|source| source.on_call)
        .fold(Week::none(), |week, on_call| week.or(on_call));
    let scheduled = classes.mean(|class| scheduled_share(sources, class, last));
    let mean_wait_hours = mean_wait_minutes(&of.hours, &certain).map(|minutes| minutes / 60.0);
    ServiceCoverage {
        state: if mean_wait_hours.is_some() { State::Staffed } else { State::Unstaffed },
        scheduled: Some(scheduled),
        expected: Some(expected),
        expected_term: Some(mean(&by_month)),
        by_month,
        reachable: of.respond_within.map(|within| reachable(&of.hours, &certain, within)),
        on_call_or_better: Some(with_on_call(sources, classes, &on_call, last)),
        gaps: gaps(&of.hours, &certain),
        mean_wait_hours,
        one_deep: Some(classes.mean(|class| {
            let people: u32 = class.scheduled(sources, last).map(Source::depth).sum();
            f64::from(u8::from(people == 1))
        })),
        bus_factor: Some(scheduled_sources.iter().map(|source| source.holders).sum()),
        loss_without: loss_without(sources, classes, open, last, expected),
        presence: presence_by_span(sources, classes, open, last),
        on_call_only: of.hours.and(&on_call).without(&certain),
    }
}

/// Expected coverage of a service in the last month; none where no hours are wanted.
pub fn expected(plan: &Plan, service: usize, sources: &[Source], classes: &Classes) -> Option<f64> {
    let open = plan.scenario.services[service].open_on_holidays;
    (classes.wanted > 0).then(|| in_month(sources, classes, open, plan.scenario.term_months))
}

fn not_applicable() -> ServiceCoverage {
    ServiceCoverage {
        state: State::NotApplicable,
        scheduled: None,
        expected: None,
        by_month: Vec::new(),
        expected_term: None,
        reachable: None,
        on_call_or_better: None,
        gaps: Vec::new(),
        mean_wait_hours: None,
        one_deep: None,
        bus_factor: None,
        loss_without: Vec::new(),
        presence: Vec::new(),
        on_call_only: Week::none(),
    }
}

impl Class {
    fn scheduled<'a>(&'a self, sources: &'a [Source<'a>], month: u32) -> impl Iterator<Item = &'a Source<'a>> {
        self.on_duty.iter().map(|&index| &sources[index]).filter(move |source| source.is_scheduled(month))
    }
}

/// The hours in which somebody certainly is scheduled: a rota that is too small fills none of its.
fn certain_hours(scheduled: &[&Source]) -> Week {
    let is_certain = |source: &&&Source| match source.duty {
        Duty::Rota { scheduled, .. } => scheduled == 1.0,
        _ => true,
    };
    scheduled.iter().filter(is_certain).fold(Week::none(), |week, source| week.or(&source.hours))
}

/// How much of a minute the schedule fills: shares of rotas add, at most 1.
fn scheduled_share(sources: &[Source], class: &Class, month: u32) -> f64 {
    let share = |source: &Source| match source.duty {
        Duty::Rota { scheduled, .. } => scheduled,
        _ => 1.0,
    };
    // An empty `sum` of doubles is minus zero, which would show in files.
    class.scheduled(sources, month).map(share).fold(0.0, |sum, share| sum + share).min(1.0)
}

/// Scheduled coverage with on-call minutes full.
fn with_on_call(sources: &[Source], classes: &Classes, on_call: &Week, month: u32) -> f64 {
    let mut filled = 0.0;
    for &(from, to, class) in &classes.spans {
        let minutes = (to - from) as f64;
        let reachable = f64::from(on_call.minutes_within(from, to));
        let share = scheduled_share(sources, &classes.classes[class], month);
        filled += reachable + (minutes - reachable) * share;
    }
    filled / f64::from(classes.wanted)
}

/// Expected coverage of every month; a month with the people and providers of the one before is like it.
fn by_month(sources: &[Source], classes: &Classes, open: bool, months: u32) -> Vec<f64> {
    let mut by_month: Vec<f64> = Vec::with_capacity(months as usize);
    for month in 1..=months {
        let is_same = |source: &Source| source.live(month) == source.live(month - 1);
        let expected = match by_month.last() {
            Some(before) if sources.iter().all(is_same) => *before,
            _ => in_month(sources, classes, open, month),
        };
        by_month.push(expected);
    }
    by_month
}

/// Expected coverage of a month.
fn in_month(sources: &[Source], classes: &Classes, open: bool, month: u32) -> f64 {
    classes.mean(|class| presence(sources, class, |source| sources[source].live(month), open))
}

/// The chance that somebody is there at a minute of a class.
///
/// People with fixed hours miss holidays together, otherwise everybody misses on their own:
/// `1 - (1 - P_fixed) * prod(1 - P_rota) * prod(1 - P_provider)`.
fn presence(sources: &[Source], class: &Class, live: impl Fn(usize) -> f64, open: bool) -> f64 {
    let mut nobody_fixed = 1.0;
    let mut holidays: f64 = 0.0;
    let mut has_fixed = false;
    let mut nobody_else = 1.0;
    for &index in &class.on_duty {
        let live = live(index);
        if live <= 0.0 {
            continue;
        }
        match sources[index].duty {
            Duty::Fixed { all_absent, holidays: closed, .. } => {
                nobody_fixed *= 1.0 - live * (1.0 - all_absent);
                holidays = holidays.max(closed);
                has_fixed = true;
            }
            Duty::Rota { presence, .. } => nobody_else *= 1.0 - live * presence,
            Duty::Provider { availability } => nobody_else *= 1.0 - live * availability,
            Duty::BestEffort => {}
        }
    }
    let closed = if open { holidays } else { 0.0 };
    let fixed = if has_fixed { (1.0 - closed) * (1.0 - nobody_fixed) } else { 0.0 };
    1.0 - (1.0 - fixed) * nobody_else
}

/// What expected coverage loses without each role or provider.
fn loss_without(sources: &[Source], classes: &Classes, open: bool, month: u32, expected: f64) -> Vec<(Who, f64)> {
    let present = sources.iter().enumerate().filter(|(_, source)| source.live(month) > 0.0);
    let loss = present.map(|(index, source)| {
        let without = |other: usize| if other == index { 0.0 } else { sources[other].live(month) };
        (source.who, expected - classes.mean(|class| presence(sources, class, without, open)))
    });
    loss.collect()
}

fn presence_by_span(sources: &[Source], classes: &Classes, open: bool, month: u32) -> Vec<(usize, usize, f64)> {
    let of_class = |class: &Class| presence(sources, class, |source| sources[source].live(month), open);
    let of_classes: Vec<f64> = classes.classes.iter().map(of_class).collect();
    classes.spans.iter().map(|&(from, to, class)| (from, to, of_classes[class])).collect()
}

fn mean(values: &[f64]) -> f64 {
    if values.iter().all(|value| *value == values[0]) {
        return values[0];
    }
    values.iter().sum::<f64>() / values.len() as f64
}
