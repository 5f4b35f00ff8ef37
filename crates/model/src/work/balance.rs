//! How busy everyone is: loads that do not depend on the order of the file.
//!
//! Of the assignments that leave every service's served hours as they are, the loads are those with the
//! least sum of `capacity * load^2`: the highest load is as low as it can be, then the next. They are
//! unique. Some services together need at least their hours over the capacity of all who hold one of
//! them, on the mean; so people whose mean load suffices share it, and where it does not, the services
//! that are left short and their people are busier and are looked at apart from the rest (Fujishige, 1980,
//! lexicographically optimal bases of a polymatroid).

use super::flow::{Assignment, Holders, assign_to, shortage, sum};
use super::table::Table;
use comanage_expr::number::Number;

/// Assigns hours that can be served to people with balanced loads.
pub fn assign_balanced<N: Number>(served: &[N], capacity: &[N], can: &Table<bool>) -> Assignment<N> {
    let holders = Holders::of(can, capacity.len());
    assign_to(served, &balanced(served, capacity, &holders), &holders)
}

/// The hours of each person, loads being balanced.
fn balanced<N: Number>(served: &[N], capacity: &[N], holders: &Holders) -> Vec<N> {
    let mut hours = vec![N::zero(); capacity.len()];
    let mut groups = vec![((0..served.len()).collect::<Vec<_>>(), (0..capacity.len()).collect::<Vec<_>>())];
    while let Some((services, people)) = groups.pop() {
        let demand: Vec<N> = services.iter().map(|&service| served[service]).collect();
        let (needed, there) = (sum(demand.iter().copied()), sum(people.iter().map(|&person| capacity[person])));
        if !needed.is_positive() || !there.is_positive() {
            continue;
        }
        let shares: Vec<N> = people.iter().map(|&person| capacity[person] * needed / there).collect();
        let Some((busy, theirs)) = shortage(&demand, &shares, &holders.part(&services, &people))
            .filter(|(busy, theirs)| busy.contains(&false) || theirs.contains(&false))
        else {
            people.iter().zip(shares).for_each(|(&person, share)| hours[person] = share);
            continue;
        };
        groups.push((those(&services, &busy, true), those(&people, &theirs, true)));
        groups.push((those(&services, &busy, false), those(&people, &theirs, false)));
    }
    hours
}

/// The members of which it is so.
fn those(members: &[usize], are: &[bool], so: bool) -> Vec<usize> {
    members.iter().zip(are).filter(|(_, is)| **is == so).map(|(member, _)| *member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use comanage_expr::number::Exact;

    fn loads(served: &[i64], capacity: &[i64], can: &[&[bool]]) -> Vec<f64> {
        let exact = |hours: &[i64]| -> Vec<Exact> { hours.iter().map(|&hours| Exact::whole(hours)).collect() };
        let table = Table::new(served.len(), capacity.len(), |service, person| can[service][person]);
        let assigned = assign_balanced(&exact(served), &exact(capacity), &table);
        let load = |person: usize| assigned.of_person(person).to_f64() / capacity[person] as f64;
        (0..capacity.len()).map(load).collect()
    }

    #[test]
    fn the_highest_load_is_as_low_as_it_can_be() {
        let (yes, no) = (true, false);
        // Both can do all of it: half of their hours each.
        assert_eq!(loads(&[30], &[40, 20], &[&[yes, yes]]), [0.5, 0.5]);
        // The second service is the second person's alone: 30 of 40; the first one does the other.
        assert_eq!(loads(&[20, 30], &[40, 40], &[&[yes, yes], &[no, yes]]), [0.5, 0.75]);
        assert_eq!(loads(&[10, 30], &[40, 40], &[&[yes, yes], &[no, yes]]), [0.25, 0.75]);
        // In any order.
        assert_eq!(loads(&[30, 10], &[40, 40], &[&[yes, no], &[yes, yes]]), [0.75, 0.25]);
        assert_eq!(loads(&[0], &[40], &[&[yes]]), [0.0]);
    }
}
