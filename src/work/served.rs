//! How many hours of each service the team does, without who does them.
//!
//! Services come in the order of the file and none gives up hours to a later one, so together the
//! first `k` get a maximum flow. That equals the least cut (Ford and Fulkerson 1956): people are
//! chosen whose hours are used up, and every service that somebody outside the choice could do is
//! served in full. The cuts that matter choose the people of some services; there are few of them,
//! as there are few teams in an organization.

use std::collections::BTreeSet;

use crate::number::Number;

/// More choices of people than this are left to [`super::flow`].
const MOST_CHOICES: usize = 64;

/// The hours that each service gets; none where there are too many cuts to try them all.
/// `can[service][person]` says who holds what.
pub fn served<N: Number>(demand: &[N], capacity: &[N], can: &[Vec<bool>]) -> Option<Vec<N>> {
    let choices = choices(can, capacity.len())?;
    let mut cuts: Vec<Option<N>> = choices.iter().map(|chosen| sum_of(capacity, chosen)).collect();
    let mut before: Option<N> = None;
    let mut served = Vec::with_capacity(demand.len());
    for (service, &hours) in demand.iter().enumerate() {
        if !can[service].contains(&true) {
            served.push(N::zero());
            continue;
        }
        for (cut, chosen) in cuts.iter_mut().zip(&choices) {
            if !is_within(&can[service], chosen) {
                *cut = Some(cut.map_or(hours, |sum| sum + hours));
            }
        }
        let least = cuts.iter().flatten().copied().reduce(N::least).unwrap_or_else(N::zero);
        served.push(before.map_or(least, |before| least - before));
        before = Some(least);
    }
    Some(served)
}

/// Nobody, and the people of every set of services.
fn choices(can: &[Vec<bool>], people: usize) -> Option<Vec<Vec<bool>>> {
    let mut choices = BTreeSet::from([vec![false; people]]);
    for holders in can.iter().filter(|holders| holders.contains(&true)) {
        let with = |chosen: &Vec<bool>| chosen.iter().zip(holders).map(|(a, b)| *a || *b).collect();
        let wider: Vec<Vec<bool>> = choices.iter().map(with).collect();
        choices.extend(wider);
        if choices.len() > MOST_CHOICES {
            return None;
        }
    }
    Some(choices.into_iter().collect())
}

/// The hours of the chosen; none where nobody is.
fn sum_of<N: Number>(capacity: &[N], chosen: &[bool]) -> Option<N> {
    let hours = capacity.iter().zip(chosen).filter(|(_, is_chosen)| **is_chosen).map(|(hours, _)| *hours);
    hours.reduce(|sum, hours| sum + hours)
}

fn is_within(holders: &[bool], chosen: &[bool]) -> bool {
    holders.iter().zip(chosen).all(|(holds, is_chosen)| !holds || *is_chosen)
}
