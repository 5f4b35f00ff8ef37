//! How many hours a month the people in-house have for the services.

use crate::availability;
use crate::scenario::{Duty, Input, Role, Scenario};
use crate::staffing::{Position, Staffing};
use comanage_expr::number::{Exact, Number};

/// The hours of each post in a month, less what working with providers takes.
///
/// A post has `headcount * filled * productive / 12 * utilization` hours, as far as its people are on duty
/// in them; in a hire's `i`-th paid month of ramping `i / (ramp_months + 1)` of it. Time off in lieu of
/// calls is taken from that. The coordination hours of every provider that
/// bills are taken from the posts in proportion, together at most what they have.
///
/// What a post has when it is not ramping is kept in `full` from one month to the next.
pub fn capacity<N: Number>(staffing: &Staffing, month: u32, full: &mut [Option<N>]) -> Vec<N> {
    let before: Vec<N> =
        staffing.positions.iter().zip(full).map(|(position, full)| of_post(staffing, position, month, full)).collect();
    let billing = staffing.engagements.iter().filter(|engaged| engaged.is_billed(month));
    let hours: Vec<N> = billing
        .map(|engaged| staffing.scenario.get(engaged.offer.coordination_hours))
        .filter(|hours: &N| !hours.is_zero())
        .collect();
    let Some(coordination) = hours.into_iter().reduce(|sum, hours| sum + hours) else { return before };
    let Some(total) = before.iter().copied().reduce(|sum, hours| sum + hours) else { return before };
    if !total.is_positive() {
        return before;
    }
    let left = (total - coordination).max(N::zero());
    before.into_iter().map(|hours| hours * left / total).collect()
}

fn of_post<N: Number>(staffing: &Staffing, position: &Position, month: u32, full: &mut Option<N>) -> N {
    if !position.is_paid(month) {
        return N::zero();
    }
    let hours = *full.get_or_insert_with(|| full_hours(staffing.scenario, position.role));
    let ramp = if position.is_hire() { staffing.scenario.months(position.role.employment.ramp_months) } else { 0 };
    let paid_month = position.paid_month(month);
    let ramped =
        if paid_month > ramp { hours } else { hours * N::whole(paid_month.into()) / N::whole(i64::from(ramp) + 1) };
    let hours = match time_off_in_lieu(staffing.scenario, position.role) {
        None => ramped,
        Some(off) => (ramped - off).max(N::zero()),
    };
    hours.named(|| format!("hours of {}", position.role.name))
}

/// Hours a month that a role has off for its calls: `share * calls * minutes / 60`; none if it has none.
fn time_off_in_lieu<N: Number>(scenario: &Scenario, role: &Role) -> Option<N> {
    let on_call = role.on_call.as_ref()?;
    let get = |input: Input| -> N { scenario.get(input) };
    let share = get(on_call.time_off_in_lieu);
    if share.is_zero() {
        return None;
    }
    let minutes = share * get(on_call.calls_per_month) * get(on_call.minutes_per_call);
    Some((minutes / N::whole(60)).named(|| "time off in lieu".into()))
}

fn full_hours<N: Number>(scenario: &Scenario, role: &Role) -> N {
    let employment = &role.employment;
    let people: N = people_on_duty(scenario, role);
    let yearly = people * availability::productive_hours(scenario, employment) * scenario.get(employment.utilization);
    yearly * availability::productive_share(scenario, employment) / N::whole(12)
}

/// The people of a role, counted as far as they are on duty in their weekly hours: with fixed hours of
/// `H` a week `(floor(n) * min(weekly_hours, H) + min(x * weekly_hours, H)) / weekly_hours`, where `x` is
/// the part of a person.
fn people_on_duty<N: Number>(scenario: &Scenario, role: &Role) -> N {
    let people: N = scenario.get(role.headcount);
    if !loses_hours(scenario, role) {
        return people;
    }
    let on_duty = N::whole(role.duty.week().minutes().into()) / N::whole(60);
    let weekly: N = scenario.get(role.employment.weekly_hours);
    let whole = N::constant(scenario.decimal(role.headcount).floor());
    let part = (people - whole) * weekly;
    (whole * on_duty + part.min(on_duty)) / weekly
}

/// Whether people with fixed hours are on duty for fewer hours than they are paid for.
pub fn loses_hours(scenario: &Scenario, role: &Role) -> bool {
    let Duty::Hours(week) = &role.duty else { return false };
    let weekly = Exact(Some(scenario.decimal(role.employment.weekly_hours)));
    let on_duty = Exact::whole(week.minutes().into()) / Exact::whole(60);
    // Where it does not matter the headcount is not read: anyone who decides by a number cannot vary it freely.
    if !weekly.is_above(on_duty) {
        return false;
    }
    let people = Exact(Some(scenario.decimal(role.headcount)));
    (people.min(Exact::one()) * weekly).is_above(on_duty)
}
