//! The hours of a provider as its invoice counts them, and how many of them are done.

use super::ProviderWork;
use super::demand::{workload, workload_with};
use super::scope::OutOfScope;
use super::split::{Split, hours_alone, hours_covered};
use crate::scenario::{AfterHours, BandPrice, Billed, Cover, Offer, Scenario};
use crate::staffing::Staffing;
use crate::volumes::Counts;
use crate::week::Week;
use comanage_expr::number::Number;

/// Decimal places of the minutes that an invoice counts.
pub const MINUTE_DIGITS: u32 = 4;

/// Counts a provider's minutes in a month: `(split * mean multiplier + overflow) * r`, rounded for each
/// service.
pub fn count<N: Number>(
    staffing: &Staffing,
    split: &Split<N>,
    index: usize,
    counts: &Counts<N>,
    month: u32,
) -> ProviderWork<N> {
    let services = staffing.scenario.services.len();
    let mut work = ProviderWork {
        worked: vec![N::zero(); services],
        counted: vec![N::zero(); services],
        flat: N::zero(),
        by_the_hour: N::zero(),
    };
    let offer = staffing.engagements[index].offer;
    let counts_flat = offer.retainer().is_some_and(|retainer| retainer.included_hours.is_some());
    for cover in &offer.covers {
        let service = cover.service;
        let (shared, overflow) = (split.hours[index][service], split.overflow[index][service]);
        let worked = if cover.overflow { shared + overflow } else { shared };
        let multiplied = match mean_multiplier(staffing, offer, cover, month) {
            None => worked,
            Some(multiplier) => shared * multiplier + overflow,
        };
        let counted = match cover.billed {
            Billed::Flat if !counts_flat => multiplied,
            Billed::Flat | Billed::Hours => in_increments(staffing, index, service, (counts, month), multiplied),
        };
        let minutes = in_minutes(counted);
        work.worked[service] = worked;
        work.counted[service] = minutes;
        match cover.billed {
            Billed::Flat => work.flat = work.flat + minutes,
            Billed::Hours if cover.rate.is_none() => work.by_the_hour = work.by_the_hour + minutes,
            Billed::Hours => {}
        }
    }
    work
}

/// Hours in minutes, as an invoice carries them.
pub fn in_minutes<N: Number>(hours: N) -> N {
    (hours * N::whole(60)).round(MINUTE_DIGITS)
}

/// The minutes of a service out of scope, as the invoice of the provider that bills them counts them.
pub fn out_of_scope<N: Number>(
    staffing: &Staffing,
    index: usize,
    service: usize,
    at: (&Counts<N>, u32),
    hours: N,
) -> N {
    in_minutes(in_increments(staffing, index, service, at, hours))
}

/// Hours done, by service: by the team and contractors, by providers, and out of scope.
pub fn all_done<N: Number>(
    staffing: &Staffing,
    team: Vec<N>,
    providers: &[ProviderWork<N>],
    out_of_scope: &[OutOfScope<N>],
) -> Vec<N> {
    let mut all = team;
    for (engagement, provider) in providers.iter().enumerate() {
        all.iter_mut().zip(done(staffing, engagement, provider)).for_each(|(sum, hours)| *sum = *sum + hours);
    }
    for &OutOfScope { service, hours, .. } in out_of_scope {
        all[service] = all[service] + hours;
    }
    all
}

/// The hours of a provider that are done, by service: all of them, but of a retainer without an
/// overage rate only what its included hours hold, in the order of the services.
fn done<N: Number>(staffing: &Staffing, index: usize, work: &ProviderWork<N>) -> Vec<N> {
    let offer = staffing.engagements[index].offer;
    let retainer = offer.retainer().filter(|retainer| retainer.overage_rate.is_none());
    let Some(included) = retainer.and_then(|retainer| retainer.included_hours) else { return work.worked.clone() };
    let mut left = staffing.scenario.get::<N>(included) * N::whole(60);
    let mut done = work.worked.clone();
    for cover in offer.covers.iter().filter(|cover| cover.billed == Billed::Flat) {
        let (worked, counted) = (work.worked[cover.service], work.counted[cover.service]);
        if !counted.is_positive() {
            continue;
        }
        let inside = counted.min(left);
        left = left - inside;
        if counted.is_above(inside) {
            done[cover.service] = worked * inside / counted;
        }
    }
    done
}

/// The mean of the after-hours multipliers over the minutes whose work the provider does; none where
/// no band touches them. A minute in several bands counts the highest, in no band 1.
fn mean_multiplier<N: Number>(staffing: &Staffing, offer: &Offer, cover: &Cover, month: u32) -> Option<N> {
    let bands = offer.after_hours.iter().filter_map(|band| Band::new(staffing.scenario, offer, cover, band));
    let bands: Vec<Band<N>> = bands.collect();
    if bands.is_empty() {
        return None;
    }
    let covered = hours_covered(staffing, cover);
    let is_derived = cover.share.is_none() && staffing.is_held(cover.service, month);
    let alone = is_derived.then(|| hours_alone(staffing, cover, month)).filter(|alone| !alone.is_empty());
    let minutes = alone.unwrap_or(covered);
    if bands.iter().all(|band| band.hours.shared_minutes(&minutes) == 0) {
        return None;
    }
    Some(mean_over(bands, minutes).named(|| "mean after-hours multiplier".into()))
}

/// A band of hours that count more than one for a cover.
struct Band<'a, N> {
    hours: &'a Week,
    multiplier: N,
}

impl<'a, N: Number> Band<'a, N> {
    /// The band for a cover: its multiplier, or its rate over that of the work; none where the work has no
    /// rate, so that its hours count for nothing that is billed.
    fn new(scenario: &Scenario, offer: &Offer, cover: &Cover, band: &'a AfterHours) -> Option<Self> {
        let multiplier = match band.price {
            BandPrice::Multiplier(multiplier) => scenario.get(multiplier),
            BandPrice::Rate(rate) => {
                let of_work: N = scenario.get(offer.rate_of_work(cover)?);
                if !of_work.is_positive() {
                    return None;
                }
                scenario.get::<N>(rate) / of_work
            }
        };
        Some(Self { hours: &band.hours, multiplier })
    }
}

/// The bands, the highest multiplier first, in the order of the file at a tie.
fn highest_first<N: Number>(bands: Vec<Band<N>>) -> Vec<Band<N>> {
    let mut sorted: Vec<Band<N>> = Vec::with_capacity(bands.len());
    for band in bands {
        let place = sorted.iter().position(|other| band.multiplier.is_above(other.multiplier));
        sorted.insert(place.unwrap_or(sorted.len()), band);
    }
    sorted
}

fn mean_over<N: Number>(bands: Vec<Band<N>>, minutes: Week) -> N {
    let all = N::whole(minutes.minutes().into());
    let mut rest = minutes;
    let mut sum = N::zero();
    for band in highest_first(bands) {
        let within = band.hours.shared_minutes(&rest);
        sum = sum + N::whole(within.into()) * band.multiplier;
        rest = rest.without(band.hours);
    }
    (sum + N::whole(rest.minutes().into())) / all
}

/// Hours times the workload with each ticket at its least minutes and rounded up to the increment, over
/// the workload.
fn in_increments<N: Number>(
    staffing: &Staffing,
    index: usize,
    service: usize,
    (counts, month): (&Counts<N>, u32),
    hours: N,
) -> N {
    let scenario = staffing.scenario;
    let offer = staffing.engagements[index].offer;
    if offer.increment_minutes.is_none() && offer.minimum_minutes.is_none() {
        return hours;
    }
    let minutes: N = scenario.get(scenario.services[service].minutes_per_ticket);
    let min = offer.minimum_minutes.map_or(minutes, |min| minutes.max(scenario.get(min)));
    let step = offer.increment_minutes.map(|step| scenario.get::<N>(step)).filter(|step| step.is_positive());
    let rounded = step.map_or(min, |step| (min / step).ceil() * step);
    if !rounded.is_above(minutes) {
        return hours;
    }
    let exact: N = workload(scenario, service, counts, month);
    let in_steps =
        workload_with(scenario, service, counts, month, rounded).named(|| "hours with tickets rounded up".into());
    if exact.is_zero() { hours } else { hours * in_steps / exact }
}
