//! How many hours of each service the team does, without who does them.
//!
//! Services come in the order of the file and none gives up hours to a later one, so together the
//! first `k` get a maximum flow. That equals the least cut (Ford and Fulkerson 1956): people are
//! chosen whose hours are used up, and every service that someone outside the choice could do is
//! served in full. The cuts that matter choose the people of some services; there are few of them,
//! as there are few teams in an organization.

use super::table::Table;
use comanage_expr::number::Number;

/// More choices of people than this are left to [`super::flow`].
const MAX_CHOICES: usize = 64;

/// A set of people: a bit for each, the first the highest. More people are left to the flow too.
type People = u64;

/// The hours that each service gets; none where there are too many cuts to try them all.
/// `can` says who holds what.
pub fn served<N: Number>(demand: &[N], capacity: &[N], can: &Table<bool>) -> Option<Vec<N>> {
    if capacity.len() > People::BITS as usize {
        return None;
    }
    let holders: Vec<People> = can.rows().map(people).collect();
    let choices = choices(&holders)?;
    let mut cuts: Vec<Option<N>> = choices.iter().map(|chosen| sum_of(capacity, *chosen)).collect();
    let mut before: Option<N> = None;
    let mut served = Vec::with_capacity(demand.len());
    for (&hours, &holders) in demand.iter().zip(&holders) {
        if holders == 0 {
            served.push(N::zero());
            continue;
        }
        for (cut, chosen) in cuts.iter_mut().zip(&choices) {
            let is_within = holders & !chosen == 0;
            if !is_within {
                *cut = Some(cut.map_or(hours, |sum| sum + hours));
            }
        }
        let min = cuts.iter().flatten().copied().reduce(N::min).unwrap_or_else(N::zero);
        served.push(before.map_or(min, |before| min - before));
        before = Some(min);
    }
    Some(served)
}

fn bit(person: usize) -> People {
    1 << (People::BITS as usize - 1 - person)
}

/// Those of whom it is true.
fn people(is_one: &[bool]) -> People {
    is_one.iter().enumerate().filter(|(_, is_one)| **is_one).fold(0, |people, (person, _)| people | bit(person))
}

/// No one, and the people of every set of services.
fn choices(holders: &[People]) -> Option<Vec<People>> {
    let mut choices = vec![0];
    for &holders in holders {
        // Who holds a set of services that is there already makes no choice wider.
        if choices.contains(&holders) {
            continue;
        }
        choices.extend_from_within(..);
        let known = choices.len() / 2;
        choices[known..].iter_mut().for_each(|chosen| *chosen |= holders);
        choices.sort_unstable();
        choices.dedup();
        if choices.len() > MAX_CHOICES {
            return None;
        }
    }
    Some(choices)
}

/// The hours of the chosen; none where no one is.
fn sum_of<N: Number>(capacity: &[N], chosen: People) -> Option<N> {
    let hours = capacity.iter().enumerate().filter(|(person, _)| chosen & bit(*person) != 0).map(|(_, hours)| *hours);
    hours.reduce(|sum, hours| sum + hours)
}
