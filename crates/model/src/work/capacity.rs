//! How many hours a month the people in-house have for the services.

use crate::plan::{Plan, Post};
use crate::presence;
use crate::scenario::{Role, Scenario};
use comanage_expr::number::Number;

/// The hours of each post in a month, less what working with providers takes.
///
/// A post has `headcount * filled * productive / 12 * utilization` hours; in a hire's `i`-th paid
/// month of ramping `i / (ramp_months + 1)` of it. The coordination hours of every provider that
/// bills are taken from the posts in proportion, together at most what they have.
///
/// What a post has when it is not ramping is kept in `full` from one month to the next.
pub fn capacity<N: Number>(plan: &Plan, month: u32, full: &mut [Option<N>]) -> Vec<N> {
    let before: Vec<N> = plan.posts.iter().zip(full).map(|(post, full)| of_post(plan, post, month, full)).collect();
    let billing = plan.engagements.iter().filter(|engaged| engaged.is_billed(month));
    let hours: Vec<N> = billing
        .map(|engaged| plan.scenario.get(engaged.offer.coordination_hours))
        .filter(|hours: &N| !hours.is_zero())
        .collect();
    let Some(coordination) = hours.into_iter().reduce(|sum, hours| sum + hours) else { return before };
    let Some(total) = before.iter().copied().reduce(|sum, hours| sum + hours) else { return before };
    if !total.is_positive() {
        return before;
    }
    let left = (total - coordination).greatest(N::zero());
    before.into_iter().map(|hours| hours * left / total).collect()
}

fn of_post<N: Number>(plan: &Plan, post: &Post, month: u32, full: &mut Option<N>) -> N {
    if !post.is_paid(month) {
        return N::zero();
    }
    let hours = *full.get_or_insert_with(|| full_hours(plan.scenario, post.role));
    let ramp = if post.is_hire() { plan.scenario.months(post.role.employment.ramp_months) } else { 0 };
    let paid_month = post.paid_month(month);
    let ramped =
        if paid_month > ramp { hours } else { hours * N::whole(paid_month.into()) / N::whole(i64::from(ramp) + 1) };
    ramped.named(|| format!("hours of {}", post.role.name))
}

fn full_hours<N: Number>(scenario: &Scenario, role: &Role) -> N {
    let employment = &role.employment;
    let people: N = scenario.get(role.headcount);
    let yearly = people * presence::productive_hours(scenario, employment) * scenario.get(employment.utilization);
    yearly * presence::productive_share(scenario, employment) / N::whole(12)
}
