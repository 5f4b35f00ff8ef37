//! The hours of a provider as its invoice counts them, and how many of them are done.

use super::ProviderWork;
use super::demand::{workload, workload_with};
use super::scope::OutOfScope;
use super::split::{Split, hours_alone, hours_covered};
use crate::plan::Plan;
use crate::scenario::{AfterHours, Billed, Cover, Scenario};
use crate::volumes::Counts;
use crate::week::Week;
use comanage_expr::number::Number;

/// Counts a provider's hours in a month: `(split * mean multiplier + overflow) * r`.
pub fn count<N: Number>(
    plan: &Plan,
    split: &Split<N>,
    index: usize,
    counts: &Counts<N>,
    month: u32,
) -> ProviderWork<N> {
    let services = plan.scenario.services.len();
    let mut work = ProviderWork {
        worked: vec![N::zero(); services],
        counted: vec![N::zero(); services],
        flat: N::zero(),
        by_the_hour: N::zero(),
    };
    let offer = plan.engagements[index].offer;
    for cover in &offer.covers {
        let service = cover.service;
        let (shared, overflow) = (split.hours[index][service], split.overflow[index][service]);
        let worked = if cover.overflow { shared + overflow } else { shared };
        let multiplied = match mean_multiplier(plan, &offer.after_hours, cover, month) {
            None => worked,
            Some(multiplier) => shared * multiplier + overflow,
        };
        let counted = match cover.billed {
            Billed::Flat => multiplied,
            Billed::Hours => in_increments(plan, index, service, (counts, month), multiplied),
        };
        work.worked[service] = worked;
        work.counted[service] = counted;
        let sum = match cover.billed {
            Billed::Flat => &mut work.flat,
            Billed::Hours => &mut work.by_the_hour,
        };
        *sum = *sum + counted;
    }
    work
}

/// Hours done, by service: by the team and contractors, by providers, and out of scope.
pub fn all_done<N: Number>(
    plan: &Plan,
    team: Vec<N>,
    providers: &[ProviderWork<N>],
    out_of_scope: &[OutOfScope<N>],
) -> Vec<N> {
    let mut all = team;
    for (engagement, provider) in providers.iter().enumerate() {
        all.iter_mut().zip(done(plan, engagement, provider)).for_each(|(sum, hours)| *sum = *sum + hours);
    }
    for &OutOfScope { service, hours, .. } in out_of_scope {
        all[service] = all[service] + hours;
    }
    all
}

/// The hours of a provider that are done, by service: all of them, but of a retainer without an
/// overage rate only what its included hours hold, in the order of the services.
fn done<N: Number>(plan: &Plan, index: usize, work: &ProviderWork<N>) -> Vec<N> {
    let offer = plan.engagements[index].offer;
    let retainer = offer.retainer().filter(|retainer| retainer.overage_rate.is_none());
    let Some(included) = retainer.and_then(|retainer| retainer.included_hours) else { return work.worked.clone() };
    let mut left: N = plan.scenario.get(included);
    let mut done = work.worked.clone();
    for cover in offer.covers.iter().filter(|cover| cover.billed == Billed::Flat) {
        let (worked, counted) = (work.worked[cover.service], work.counted[cover.service]);
        if !counted.is_positive() {
            continue;
        }
        let inside = counted.least(left);
        left = left - inside;
        if counted.is_above(inside) {
            done[cover.service] = worked * inside / counted;
        }
    }
    done
}

/// The mean of the after-hours multipliers over the minutes whose work the provider does; none where
/// no band touches them. A minute in several bands counts the highest, in no band 1.
fn mean_multiplier<N: Number>(plan: &Plan, bands: &[AfterHours], cover: &Cover, month: u32) -> Option<N> {
    if bands.is_empty() {
        return None;
    }
    let covered = hours_covered(plan, cover);
    let is_derived = cover.share.is_none() && plan.is_held(cover.service, month);
    let alone = is_derived.then(|| hours_alone(plan, cover, month)).filter(|alone| !alone.is_empty());
    let minutes = alone.unwrap_or(covered);
    if bands.iter().all(|band| band.hours.shared_minutes(&minutes) == 0) {
        return None;
    }
    Some(mean_over::<N>(plan.scenario, bands, minutes).named(|| "mean after-hours multiplier".into()))
}

fn mean_over<N: Number>(scenario: &Scenario, bands: &[AfterHours], minutes: Week) -> N {
    let all = N::whole(minutes.minutes().into());
    let mut highest_first: Vec<&AfterHours> = bands.iter().collect();
    highest_first.sort_by_key(|band| std::cmp::Reverse(scenario.decimal(band.multiplier)));
    let mut rest = minutes;
    let mut sum = N::zero();
    for band in highest_first {
        let within = band.hours.shared_minutes(&rest);
        sum = sum + N::whole(within.into()) * scenario.get(band.multiplier);
        rest = rest.without(&band.hours);
    }
    (sum + N::whole(rest.minutes().into())) / all
}

/// Hours times the workload with each ticket rounded up to the increment, over the workload.
fn in_increments<N: Number>(
    plan: &Plan,
    index: usize,
    service: usize,
    (counts, month): (&Counts<N>, u32),
    hours: N,
) -> N {
    let scenario = plan.scenario;
    let Some(increment) = plan.engagements[index].offer.increment_minutes else { return hours };
    let step: N = scenario.get(increment);
    let minutes: N = scenario.get(scenario.services[service].minutes_per_ticket);
    let rounded = (minutes / step).ceil() * step;
    if !step.is_positive() || !rounded.is_above(minutes) {
        return hours;
    }
    let exact: N = workload(scenario, service, counts, month);
    let in_steps =
        workload_with(scenario, service, counts, month, rounded).named(|| "hours with tickets rounded up".into());
    if exact.is_zero() { hours } else { hours * in_steps / exact }
}
