//! Who does which hours: a maximum flow, service by service.
//!
//! Services come in the order of the file; each gets as many hours as can be had from those who
//! hold it, hours of earlier services being moved between people where that makes room, never
//! reduced. Of all assignments that serve these hours the one is taken that, service by service and
//! person by person in order, places as many hours as the rest allows.
//!
//! Hours are exact decimals. Taking people in order usually is that assignment already; paths are
//! only searched where a service is left short, along the pairs of a service and a person who holds it.

use rust_decimal::Decimal;

use super::table::Table;
use comanage_expr::number::Number;

/// Hours by service and person.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment<N> {
    /// By service, each person who holds it, in order, with their hours.
    rows: Vec<Vec<(usize, N)>>,
    people: usize,
}

impl<N: Number> Assignment<N> {
    /// The hours of a service by a person; none where the person does not hold it.
    pub fn of(&self, service: usize, person: usize) -> Option<N> {
        self.rows[service].iter().find(|(holder, _)| *holder == person).map(|(_, hours)| *hours)
    }

    /// The hours that a service gets.
    pub fn of_service(&self, service: usize) -> N {
        sum(self.rows[service].iter().map(|(_, hours)| *hours))
    }

    /// The hours that a person gives.
    pub fn of_person(&self, person: usize) -> N {
        sum((0..self.rows.len()).filter_map(|service| self.of(service, person)))
    }

    /// How many people there are.
    pub fn people(&self) -> usize {
        self.people
    }
}

/// The sum of some hours.
pub fn sum<N: Number>(hours: impl Iterator<Item = N>) -> N {
    hours.reduce(|sum, hours| sum + hours).unwrap_or_else(N::zero)
}

/// Hours that are only the rest of a twelfth or a power that no decimal holds: 10^-15.
const NOISE: Decimal = Decimal::from_parts(1, 0, 0, false, 15);

/// Who holds which service.
#[derive(Clone, Debug)]
pub struct Holders {
    /// By service, the people, ascending.
    people: Vec<Vec<usize>>,
    /// By person, each service that they hold, with their place among its people.
    services: Vec<Vec<(usize, usize)>>,
}

impl Holders {
    /// From a table of who can do what.
    pub fn of(can: &Table<bool>, people: usize) -> Self {
        let holding = |row: &[bool]| (0..row.len()).filter(|&person| row[person]).collect();
        Self::new(can.rows().map(holding).collect(), people)
    }

    fn new(by_service: Vec<Vec<usize>>, people: usize) -> Self {
        let mut services = vec![Vec::new(); people];
        for (service, holding) in by_service.iter().enumerate() {
            for (place, &person) in holding.iter().enumerate() {
                services[person].push((service, place));
            }
        }
        Self { people: by_service, services }
    }

    /// The same for some of the services and some of the people, by new numbers.
    pub fn part(&self, services: &[usize], people: &[usize]) -> Self {
        let mut number = vec![None; self.services.len()];
        people.iter().enumerate().for_each(|(new, &old)| number[old] = Some(new));
        let holding = |&service: &usize| self.people[service].iter().filter_map(|&person| number[person]).collect();
        Self::new(services.iter().map(holding).collect(), people.len())
    }
}

/// Assigns hours. `can` says who holds what.
pub fn assign<N: Number>(demand: &[N], capacity: &[N], can: &Table<bool>) -> Assignment<N> {
    assign_to(demand, capacity, &Holders::of(can, capacity.len()))
}

/// Assigns hours to those who hold the services.
pub fn assign_to<N: Number>(demand: &[N], capacity: &[N], holders: &Holders) -> Assignment<N> {
    let mut flow = Flow::new(demand, capacity, holders);
    if flow.serve_all() {
        flow.settle_in_order();
    }
    flow.assignment()
}

/// The services that are left short, with all that compete with them for hours, and the people who
/// hold those; none where every service is served in full.
pub fn shortage<N: Number>(demand: &[N], capacity: &[N], holders: &Holders) -> Option<(Vec<bool>, Vec<bool>)> {
    let mut flow = Flow::new(demand, capacity, holders);
    flow.serve_all();
    flow.competing()
}

/// Whether hours are more than noise.
fn is_some<N: Number>(hours: N) -> bool {
    hours.is_above(N::constant(NOISE))
}

struct Flow<'a, N> {
    holders: &'a Holders,
    /// Hours by service and place among its people.
    hours: Vec<Vec<N>>,
    short: Vec<N>,
    free: Vec<N>,
    /// The first service and person whose hours may change: those of the pairs before are settled.
    open: (usize, usize),
    search: Search,
}

/// What a search for a path knows, kept from one to the next.
struct Search {
    /// Which hours are more than noise.
    gives: Vec<Vec<bool>>,
    /// Whose free hours are more than noise.
    has_free: Vec<bool>,
    /// Nodes in the order they are reached, each with the place of the one before it.
    reached: Vec<(Node, usize)>,
    is_reached: Vec<bool>,
    /// The path that was found.
    path: Vec<Node>,
}

/// A place on a path through the graph of services, people and their free hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Node {
    Service(usize),
    Person(usize),
    Free,
}

impl<'a, N: Number> Flow<'a, N> {
    fn new(demand: &[N], capacity: &[N], holders: &'a Holders) -> Self {
        let none = N::zero();
        Self {
            holders,
            hours: holders.people.iter().map(|people| vec![none; people.len()]).collect(),
            short: demand.to_vec(),
            free: capacity.to_vec(),
            open: (0, 0),
            search: Search {
                gives: holders.people.iter().map(|people| vec![false; people.len()]).collect(),
                has_free: vec![false; capacity.len()],
                reached: Vec::new(),
                is_reached: vec![false; demand.len() + capacity.len() + 1],
                path: Vec::new(),
            },
        }
    }

    fn assignment(self) -> Assignment<N> {
        let rows = self.holders.people.iter().zip(self.hours);
        let rows = rows.map(|(people, hours)| people.iter().copied().zip(hours).collect());
        Assignment { rows: rows.collect(), people: self.free.len() }
    }

    /// Serves the services in order, each with all that it can get; tells whether hours were moved.
    fn serve_all(&mut self) -> bool {
        let mut moved = false;
        for service in 0..self.short.len() {
            self.take_in_order(service);
            moved |= self.make_room(service);
        }
        moved
    }

    /// Gives a service the free hours of the people who hold it, in their order.
    fn take_in_order(&mut self, service: usize) {
        for (place, &person) in self.holders.people[service].iter().enumerate() {
            let (short, free) = (self.short[service], self.free[person]);
            self.hours[service][place] = short.min(free);
            self.short[service] = (short - free).max(N::zero());
            self.free[person] = (free - short).max(N::zero());
        }
    }

    /// Moves hours of earlier services between people until the service has all it can get.
    fn make_room(&mut self, service: usize) -> bool {
        let mut moved = false;
        while is_some(self.short[service]) {
            if !moved {
                self.look();
            }
            if !self.find_path(Node::Service(service), Some(Node::Free)) {
                break;
            }
            let Some(room) = self.room() else { break };
            let amount = room.min(self.short[service]);
            self.push(amount);
            self.short[service] = self.short[service] - amount;
            moved = true;
        }
        moved
    }

    /// Turns the assignment into the one that places as many hours as it can, service by service
    /// and person by person, with what every service gets unchanged.
    fn settle_in_order(&mut self) {
        self.look();
        for service in 0..self.short.len() {
            for (place, &person) in self.holders.people[service].iter().enumerate() {
                self.open = (service, person + 1);
                // What people before this one have of the service is settled.
                while self.search.gives[service][place + 1..].contains(&true)
                    && self.find_path(Node::Person(person), Some(Node::Service(service)))
                    && let Some(amount) = self.room()
                {
                    self.push(amount);
                    self.change(service, person, |hours| hours + amount);
                }
            }
        }
    }

    /// The services that are short and all that compete with them, and the people who hold those.
    fn competing(&mut self) -> Option<(Vec<bool>, Vec<bool>)> {
        let short: Vec<usize> = (0..self.short.len()).filter(|&service| is_some(self.short[service])).collect();
        if short.is_empty() {
            return None;
        }
        self.look();
        let (mut services, mut people) = (vec![false; self.short.len()], vec![false; self.free.len()]);
        for service in short {
            if services[service] {
                continue;
            }
            self.find_path(Node::Service(service), None);
            for (node, _) in &self.search.reached {
                match node {
                    Node::Service(service) => services[*service] = true,
                    Node::Person(person) => people[*person] = true,
                    Node::Free => {}
                }
            }
        }
        Some((services, people))
    }

    /// Looks up where there are hours to move.
    fn look(&mut self) {
        for (gives, hours) in self.search.gives.iter_mut().zip(&self.hours) {
            gives.iter_mut().zip(hours).for_each(|(gives, &hours)| *gives = is_some(hours));
        }
        self.search.has_free = self.free.iter().map(|&free| is_some(free)).collect();
    }

    /// Searches the shortest path along which hours can be moved; without an end, all that can be reached.
    fn find_path(&mut self, from: Node, to: Option<Node>) -> bool {
        self.search.reached.clear();
        self.search.is_reached.fill(false);
        self.reach(from, 0);
        let holders = self.holders;
        let mut at = 0;
        while let Some(&(node, _)) = self.search.reached.get(at) {
            if Some(node) == to {
                self.search.take_path_to(at);
                return true;
            }
            match node {
                // A service asks anyone who holds it.
                Node::Service(service) => {
                    let people = holders.people[service].iter().filter(|&&person| (service, person) >= self.open);
                    people.for_each(|&person| self.search.reach_person(holders, person, at));
                }
                // A person gives up another service's hours, or has free ones.
                Node::Person(person) => {
                    for &(service, place) in &holders.services[person] {
                        if self.gives(service, place, person) {
                            self.reach(Node::Service(service), at);
                        }
                    }
                    if self.search.has_free[person] {
                        self.reach(Node::Free, at);
                    }
                }
                // Free hours are taken in exchange from others.
                Node::Free => {
                    for (person, services) in holders.services.iter().enumerate() {
                        if services.iter().any(|&(service, place)| self.gives(service, place, person)) {
                            self.reach(Node::Person(person), at);
                        }
                    }
                }
            }
            at += 1;
        }
        false
    }

    /// Notes a node, if it was not reached before.
    fn reach(&mut self, node: Node, from: usize) {
        self.search.reach(self.holders, node, from);
    }

    /// Whether a person has hours of a service that may be moved.
    fn gives(&self, service: usize, place: usize, person: usize) -> bool {
        self.search.gives[service][place] && (service, person) >= self.open
    }

    /// How many hours fit along the path.
    fn room(&self) -> Option<N> {
        let steps = self.search.path.windows(2).filter_map(|step| match (step[0], step[1]) {
            (Node::Person(person), Node::Service(service)) => {
                self.place(service, person).map(|place| self.hours[service][place])
            }
            (Node::Person(person), Node::Free) => Some(self.free[person]),
            _ => None,
        });
        steps.reduce(N::min)
    }

    /// Moves hours along the path.
    fn push(&mut self, amount: N) {
        for step in 1..self.search.path.len() {
            match (self.search.path[step - 1], self.search.path[step]) {
                (Node::Service(service), Node::Person(person)) => self.change(service, person, |hours| hours + amount),
                (Node::Person(person), Node::Service(service)) => self.change(service, person, |hours| hours - amount),
                (Node::Person(person), Node::Free) => self.change_free(person, |free| free - amount),
                (Node::Free, Node::Person(person)) => self.change_free(person, |free| free + amount),
                _ => {}
            }
        }
    }

    /// The place of a person among those who hold a service.
    fn place(&self, service: usize, person: usize) -> Option<usize> {
        self.holders.people[service].binary_search(&person).ok()
    }

    fn change(&mut self, service: usize, person: usize, to: impl Fn(N) -> N) {
        let Some(place) = self.place(service, person) else { return };
        let hours = to(self.hours[service][place]);
        self.hours[service][place] = hours;
        self.search.gives[service][place] = is_some(hours);
    }

    fn change_free(&mut self, person: usize, to: impl Fn(N) -> N) {
        self.free[person] = to(self.free[person]);
        self.search.has_free[person] = is_some(self.free[person]);
    }
}

impl Search {
    fn reach(&mut self, holders: &Holders, node: Node, from: usize) {
        let services = holders.people.len();
        let number = match node {
            Node::Service(service) => service,
            Node::Free => services,
            Node::Person(person) => services + 1 + person,
        };
        if !std::mem::replace(&mut self.is_reached[number], true) {
            self.reached.push((node, from));
        }
    }

    fn reach_person(&mut self, holders: &Holders, person: usize, from: usize) {
        self.reach(holders, Node::Person(person), from);
    }

    fn take_path_to(&mut self, place: usize) {
        let mut place = place;
        self.path.clear();
        self.path.push(self.reached[place].0);
        while place > 0 {
            place = self.reached[place].1;
            self.path.push(self.reached[place].0);
        }
        self.path.reverse();
    }
}
