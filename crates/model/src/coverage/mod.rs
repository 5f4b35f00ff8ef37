//! Coverage: when in the required hours someone is there, and how surely.
//!
//! Everyone who can answer for a service is a source with hours, a response time and a chance of being
//! there. Where the service wants an answer in some time, the hours of a source are replaced by the
//! minutes from which it answers in that time. The minutes of a service fall into a few classes by who
//! counts in them; every probability is worked out once a class. Presence is shared between services, hours of work are not: those are
//! told in [`crate::work`]. Probabilities are doubles, summed in a fixed order.

mod answer;
mod chance;
mod classes;
mod count;
mod gaps;
mod measures;
mod on_duty;
mod parts;
mod schedule;
mod source;

pub use answer::{Answer, mean_minutes_to_an_answer};
pub use gaps::{Gap, gaps};
pub use measures::{ServiceCoverage, State, Stretch, months_judged, stretches};
pub use on_duty::people_on_duty;
pub use parts::Parts;
use source::presences;
pub use source::{Attendance, Group, Presence, Source, sources};

use crate::scenario::Scenario;
use crate::staffing::Staffing;
use classes::Classes;

/// The coverage of an alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// By service.
    pub services: Vec<ServiceCoverage>,
    /// Scheduled coverage of all services, pooled by weight.
    pub scheduled: Option<f64>,
    /// Expected coverage, the mean of the last twelve months, pooled by weight.
    pub expected: Option<f64>,
    /// Mean over the term of the pooled expected coverage.
    pub expected_term: Option<f64>,
    /// Share of the required minutes with someone on duty in that very minute, pooled by weight.
    pub on_duty: Option<f64>,
    /// Services in which one absence leaves too few people.
    pub single_points_of_failure: u32,
    /// The service with the least expected coverage, the first at a tie.
    pub weakest: Option<usize>,
    /// Hours of the term, of all services, in which someone can be expected.
    pub covered_hours: f64,
    /// Required hours of the term, by service, in which no one, or fewer than are required, can be expected.
    pub uncovered_hours: Vec<f64>,
}

/// Works out the coverage of an alternative.
pub fn cover(staffing: &Staffing, attendance: &Attendance) -> Coverage {
    let scenario = staffing.scenario;
    let measure = |service: usize| {
        let sources = sources(staffing, service, attendance);
        measures::measure(staffing, service, &sources, &Classes::new(&scenario.services[service], &sources))
    };
    let services: Vec<ServiceCoverage> = (0..scenario.services.len()).map(measure).collect();

    let pool = |months: &dyn Fn(usize) -> f64, share: &dyn Fn(&ServiceCoverage) -> Option<f64>| {
        pooled(staffing, months, &services.iter().map(share).collect::<Vec<_>>())
    };
    let whole = |_: usize| 1.0;
    let judged = |service: usize| judged_share(scenario, service);
    let weakest = weakest(&services);
    let hours_a_month = |service: usize| wanted(staffing, service) / 60.0 * 365.0 / 7.0 / 12.0;
    let months = |service: usize| scenario.required(service).months().count() as f64;
    let term = |service: usize| months(service) / f64::from(scenario.term_months);
    let hours_of = |(index, service): (usize, &ServiceCoverage)| {
        let (hours, share) = (hours_a_month(index) * months(index), service.expected_term);
        share.map_or((0.0, 0.0), |share| (hours * share, hours * (1.0 - share)))
    };
    let (covered_hours, uncovered_hours): (Vec<f64>, Vec<f64>) = services.iter().enumerate().map(hours_of).unzip();
    Coverage {
        scheduled: pool(&whole, &|service| service.scheduled),
        expected: pool(&judged, &|service| service.expected),
        expected_term: pool(&term, &|service| service.expected_term),
        on_duty: pool(&whole, &|service| service.on_duty),
        single_points_of_failure: services.iter().filter(|service| service.is_single_point_of_failure).count() as u32,
        weakest,
        covered_hours: covered_hours.iter().sum(),
        uncovered_hours,
        services,
    }
}

/// When who has duty in an alternative, by service: what no number of the scenario changes.
pub struct Outline(Vec<Classes>);

impl Outline {
    /// The outlines of the alternatives of a scenario.
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let attendance = Attendance::new(scenario);
        let outline = |alternative| Self::of(&Staffing::new(scenario, alternative), &attendance);
        scenario.alternatives.iter().map(outline).collect()
    }

    /// The outline of one alternative.
    pub fn of(staffing: &Staffing, attendance: &Attendance) -> Self {
        let services = staffing.scenario.services.iter().enumerate();
        Self(services.map(|(at, service)| Classes::new(service, &sources(staffing, at, attendance))).collect())
    }
}

/// Expected coverage alone, as [`cover`] has it: what decides whether an
/// alternative meets the target. The outline is that of the alternative, whatever its numbers were.
pub fn expected(staffing: &Staffing, attendance: &Attendance, outline: &Outline) -> Option<f64> {
    let scenario = staffing.scenario;
    let judged: Vec<Vec<u32>> =
        (0..scenario.services.len()).map(|service| measures::months_judged(scenario, service)).collect();
    let of_service = |(service, classes): (usize, &Classes)| {
        let presences = presences(staffing, service, attendance);
        measures::expected(scenario, service, &presences, classes, &judged[service])
    };
    let all = scenario.judged_months().count() as f64;
    let months = |service: usize| judged[service].len() as f64 / all;
    pooled(staffing, &months, &outline.0.iter().enumerate().map(of_service).collect::<Vec<_>>())
}

/// Required minutes a week.
fn wanted(staffing: &Staffing, service: usize) -> f64 {
    f64::from(staffing.scenario.services[service].hours.minutes())
}

/// The share of the months that are judged by in which a service is required.
fn judged_share(scenario: &Scenario, service: usize) -> f64 {
    measures::months_judged(scenario, service).len() as f64 / scenario.judged_months().count() as f64
}

/// The mean of what services have, by weight, required hours and the share of months that each is of.
fn pooled(staffing: &Staffing, months: &dyn Fn(usize) -> f64, shares: &[Option<f64>]) -> Option<f64> {
    let mut covered = 0.0;
    let mut all = 0.0;
    for (service, share) in shares.iter().enumerate() {
        if let Some(share) = share {
            let weight = staffing.scenario.f64(staffing.scenario.services[service].weight)
                * wanted(staffing, service)
                * months(service);
            covered += weight * share;
            all += weight;
        }
    }
    // Shares that are all 1 add up to the weights, digit for digit, and their mean is exactly 1.
    (all > 0.0).then(|| covered / all)
}

/// The service with the least expected coverage; the first at a tie, which is what lies within 1e-9.
fn weakest(services: &[ServiceCoverage]) -> Option<usize> {
    const TIE: f64 = 1e-9;
    let expected = services.iter().enumerate().filter_map(|(index, service)| Some((index, service.expected?)));
    let min = expected.reduce(|min, other| if other.1 < min.1 - TIE { other } else { min });
    min.map(|(index, _)| index)
}
