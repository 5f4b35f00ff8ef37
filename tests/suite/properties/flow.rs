//! Who does what, against a formula that is slow and sure.
//!
//! By the theorem of maximum flow and minimum cut the hours that a set of services can get together
//! are the least, over its subsets, of the capacity of all who hold one of the subset and the
//! demand of the rest. So what a service can get, in order, is a difference of two such figures, and
//! so is the most that a person can do of it without taking hours from any service.

use comanage_expr::number::Exact;
use comanage_model::work::Table;
use rust_decimal::Decimal;

use crate::common::assign;
use crate::random::Dice;

struct Case {
    demand: Vec<Decimal>,
    capacity: Vec<Decimal>,
    can: Vec<Vec<bool>>,
}

impl Case {
    fn random(dice: &mut Dice) -> Self {
        let (services, people) = (dice.between(1, 5) as usize, dice.between(1, 5) as usize);
        let decimals = dice.below(3) as u32;
        let hours = |dice: &mut Dice| Decimal::new(dice.between(0, 12 * 10_i64.pow(decimals)), decimals);
        Self {
            demand: (0..services).map(|_| hours(dice)).collect(),
            capacity: (0..people).map(|_| hours(dice)).collect(),
            can: (0..services).map(|_| (0..people).map(|_| dice.chance(55)).collect()).collect(),
        }
    }

    fn services(&self) -> usize {
        self.demand.len()
    }

    fn people(&self) -> usize {
        self.capacity.len()
    }

    /// The capacity of all who can do one of a set of services.
    fn neighbours(&self, set: usize, can: &[Vec<bool>], capacity: &[Decimal]) -> Decimal {
        let holds = |person: &usize| (0..self.services()).any(|service| is_in(set, service) && can[service][*person]);
        (0..self.people()).filter(holds).map(|person| capacity[person]).sum()
    }

    /// The hours that the first services can get together.
    fn served(&self, first: usize) -> Decimal {
        let all = (1 << first) - 1;
        let cut = |set: usize| {
            let rest = (0..first).filter(|&service| !is_in(set, service)).map(|service| self.demand[service]);
            self.neighbours(set, &self.can, &self.capacity) + rest.sum::<Decimal>()
        };
        subsets(all).map(cut).min().expect("there is the empty set")
    }

    /// The assignment that gives every service what it can get in order and, service by service and
    /// person by person, places as many hours as leave that as it is.
    fn expected(&self) -> Vec<Vec<Decimal>> {
        let mut left: Vec<Decimal> =
            (0..self.services()).map(|service| self.served(service + 1) - self.served(service)).collect();
        let (mut capacity, mut can) = (self.capacity.clone(), self.can.clone());
        let mut hours = vec![vec![Decimal::ZERO; self.people()]; self.services()];
        for service in 0..self.services() {
            for person in 0..self.people() {
                if !std::mem::replace(&mut can[service][person], false) {
                    continue;
                }
                let needs_person = |set: &usize| {
                    !is_in(*set, service) && (0..self.services()).any(|other| is_in(*set, other) && can[other][person])
                };
                let spare = |set: usize| {
                    let needed: Decimal =
                        (0..self.services()).filter(|&other| is_in(set, other)).map(|other| left[other]).sum();
                    self.neighbours(set, &can, &capacity) - needed
                };
                let others = subsets((1 << self.services()) - 1).filter(needs_person).map(spare);
                let max = others.chain([left[service], capacity[person]]).min().expect("there are two");
                hours[service][person] = max;
                left[service] -= max;
                capacity[person] -= max;
            }
        }
        hours
    }
}

fn is_in(set: usize, service: usize) -> bool {
    set >> service & 1 == 1
}

fn subsets(of: usize) -> impl Iterator<Item = usize> {
    (0..=of).filter(move |set| set & of == *set)
}

#[test]
fn work_is_assigned_as_the_minimum_cut_says() {
    let mut dice = Dice::new(1);
    for number in 0..3_000 {
        let case = Case::random(&mut dice);
        let assigned = assign(&case.demand, &case.capacity, &case.can);
        for (service, hours) in assigned.iter().enumerate() {
            let served = case.served(service + 1) - case.served(service);
            assert_eq!(hours.iter().sum::<Decimal>(), served, "case {number}, service {service}");
        }
        assert_eq!(assigned, case.expected(), "case {number}");
    }
}

/// What the invoice asks for is known without asking who does it.
#[test]
fn served_hours_are_those_of_the_assignment() {
    let exact = |hours: &[Decimal]| -> Vec<Exact> { hours.iter().map(|&hours| Exact(Some(hours))).collect() };
    let mut dice = Dice::new(3);
    for number in 0..3_000 {
        let case = Case::random(&mut dice);
        let can = Table::new(case.demand.len(), case.capacity.len(), |service, person| case.can[service][person]);
        let served = comanage_model::work::served(&exact(&case.demand), &exact(&case.capacity), &can);
        let assigned = assign(&case.demand, &case.capacity, &case.can);
        let expected: Vec<Exact> = assigned.iter().map(|hours| Exact(Some(hours.iter().sum()))).collect();
        assert_eq!(served.expect("few people have few cuts"), expected, "case {number}");
    }
}

/// Thirds of hours leave the last digit open, and nothing more.
#[test]
fn hours_that_no_decimal_holds_are_assigned_to_the_last_digits() {
    let mut dice = Dice::new(2);
    for number in 0..500 {
        let mut case = Case::random(&mut dice);
        case.demand.iter_mut().chain(&mut case.capacity).for_each(|hours| *hours /= Decimal::from(7));
        let assigned = assign(&case.demand, &case.capacity, &case.can);
        let pairs = assigned.iter().flatten().zip(case.expected().into_iter().flatten());
        for (got, expected) in pairs.map(|(got, expected)| (*got, expected)) {
            assert!((got - expected).abs() < Decimal::new(1, 12), "case {number}: {got} for {expected}");
        }
    }
}
