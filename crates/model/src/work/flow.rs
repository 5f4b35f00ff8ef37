//! Who does which hours: a maximum flow, service by service.
//!
//! Services come in the order of the file; each gets as many hours as can be had from those who
//! hold it, hours of earlier services being moved between people where that makes room, never
//! reduced. Of all assignments that serve these hours the one is taken that, service by service and
//! person by person in order, places as many hours as the rest allows.
//!
//! Hours are exact decimals. Taking people in order usually is that assignment already; paths are
//! only searched where a service is left short.

use rust_decimal::Decimal;

use super::table::Table;
use comanage_expr::number::Number;

/// Hours by service and person; none where the person does not hold the service.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment<N> {
    /// The hours.
    pub hours: Table<Option<N>>,
}

impl<N: Number> Assignment<N> {
    /// The hours that a service gets.
    pub fn of_service(&self, service: usize) -> N {
        sum(self.hours.row(service).iter().copied())
    }

    /// The hours that a person gives.
    pub fn of_person(&self, person: usize) -> N {
        sum(self.hours.rows().map(|row| row[person]))
    }
}

fn sum<N: Number>(hours: impl Iterator<Item = Option<N>>) -> N {
    hours.flatten().reduce(|sum, hours| sum + hours).unwrap_or_else(N::zero)
}

/// Hours that are only the rest of a twelfth or a power that no decimal holds: 10^-15.
const NOISE: Decimal = Decimal::from_parts(1, 0, 0, false, 15);

/// Assigns hours. `can` says who holds what.
pub fn assign<N: Number>(demand: &[N], capacity: &[N], can: &Table<bool>) -> Assignment<N> {
    let mut flow = Flow::new(demand, capacity, can);
    let mut moved = false;
    for service in 0..demand.len() {
        flow.take_in_order(service);
        moved |= flow.make_room(service);
    }
    if moved {
        flow.settle_in_order();
    }
    Assignment { hours: flow.hours }
}

/// Whether hours are more than noise.
fn is_some<N: Number>(hours: N) -> bool {
    hours.is_above(N::constant(NOISE))
}

struct Flow<N> {
    hours: Table<Option<N>>,
    short: Vec<N>,
    free: Vec<N>,
    /// The first service and person whose hours may change: those of the pairs before are settled.
    open: (usize, usize),
    search: Search,
}

/// What a search for a path knows, kept from one to the next.
struct Search {
    /// Which hours are more than noise.
    gives: Table<bool>,
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

impl<N: Number> Flow<N> {
    fn new(demand: &[N], capacity: &[N], can: &Table<bool>) -> Self {
        let (services, people) = (demand.len(), capacity.len());
        let none = N::zero();
        Self {
            hours: Table::new(services, people, |service, person| can[(service, person)].then_some(none)),
            short: demand.to_vec(),
            free: capacity.to_vec(),
            open: (0, 0),
            search: Search {
                gives: Table::new(services, people, |_, _| false),
                has_free: vec![false; people],
                reached: Vec::new(),
                is_reached: vec![false; services + people + 1],
                path: Vec::new(),
            },
        }
    }

    fn services(&self) -> usize {
        self.short.len()
    }

    fn people(&self) -> usize {
        self.free.len()
    }

    /// Gives a service the free hours of the people who hold it, in their order.
    fn take_in_order(&mut self, service: usize) {
        for person in 0..self.people() {
            let Some(hours) = &mut self.hours[(service, person)] else { continue };
            let (short, free) = (self.short[service], self.free[person]);
            *hours = short.least(free);
            self.short[service] = (short - free).greatest(N::zero());
            self.free[person] = (free - short).greatest(N::zero());
        }
    }

    /// Moves hours of earlier services between people until the service has all it can get.
    fn make_room(&mut self, service: usize) -> bool {
        let mut moved = false;
        while is_some(self.short[service]) {
            if !moved {
                self.look();
            }
            if !self.find_path(Node::Service(service), Node::Free) {
                break;
            }
            let Some(room) = self.room() else { break };
            let amount = room.least(self.short[service]);
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
        for service in 0..self.services() {
            for person in 0..self.people() {
                if self.hours[(service, person)].is_none() {
                    continue;
                }
                self.open = (service, person + 1);
                // What people before this one have of the service is settled.
                let is_with_others = |flow: &Self| (person + 1..flow.people()).any(|other| flow.gives(service, other));
                while is_with_others(self)
                    && self.find_path(Node::Person(person), Node::Service(service))
                    && let Some(amount) = self.room()
                {
                    self.push(amount);
                    self.change(service, person, |hours| hours + amount);
                }
            }
        }
    }

    /// Looks up where there are hours to move.
    fn look(&mut self) {
        let hours = &self.hours;
        let gives = |service, person| hours[(service, person)].is_some_and(is_some);
        self.search.gives = Table::new(self.short.len(), self.free.len(), gives);
        self.search.has_free = self.free.iter().map(|&free| is_some(free)).collect();
    }

    /// Searches the shortest path along which hours can be moved.
    fn find_path(&mut self, from: Node, to: Node) -> bool {
        let services = self.services();
        self.search.reached.clear();
        self.search.is_reached.fill(false);
        self.reach(from, 0);
        let mut place = 0;
        while let Some(&(node, _)) = self.search.reached.get(place) {
            if node == to {
                self.search.take_path_to(place);
                return true;
            }
            let next = match node {
                Node::Person(_) => 0..services + 1,
                Node::Service(_) | Node::Free => services + 1..services + 1 + self.people(),
            };
            for number in next {
                let next = self.node(number);
                if !self.search.is_reached[number] && self.leads(node, next) {
                    self.reach(next, place);
                }
            }
            place += 1;
        }
        false
    }

    fn reach(&mut self, node: Node, from: usize) {
        let number = match node {
            Node::Service(service) => service,
            Node::Free => self.services(),
            Node::Person(person) => self.services() + 1 + person,
        };
        self.search.is_reached[number] = true;
        self.search.reached.push((node, from));
    }

    /// The node of a number: services, free hours, people.
    fn node(&self, number: usize) -> Node {
        match number.checked_sub(self.services()) {
            None => Node::Service(number),
            Some(0) => Node::Free,
            Some(person) => Node::Person(person - 1),
        }
    }

    /// Whether hours can be moved from a node to another: a service asks anybody who holds it, a person
    /// gives up another service's hours or has free ones, free hours are taken in exchange from others.
    fn leads(&self, from: Node, to: Node) -> bool {
        match (from, to) {
            (Node::Service(service), Node::Person(person)) => {
                self.is_open(service, person) && self.hours[(service, person)].is_some()
            }
            (Node::Person(person), Node::Service(service)) => self.gives(service, person),
            (Node::Person(person), Node::Free) => self.search.has_free[person],
            (Node::Free, Node::Person(person)) => (0..self.services()).any(|service| self.gives(service, person)),
            _ => false,
        }
    }

    /// Whether the hours of a pair are not settled yet.
    fn is_open(&self, service: usize, person: usize) -> bool {
        (service, person) >= self.open
    }

    fn gives(&self, service: usize, person: usize) -> bool {
        self.search.gives[(service, person)] && self.is_open(service, person)
    }

    /// How many hours fit along the path.
    fn room(&self) -> Option<N> {
        let steps = self.search.path.windows(2).filter_map(|step| match (step[0], step[1]) {
            (Node::Person(person), Node::Service(service)) => self.hours[(service, person)],
            (Node::Person(person), Node::Free) => Some(self.free[person]),
            _ => None,
        });
        steps.reduce(N::least)
    }

    /// Moves hours along the path.
    fn push(&mut self, amount: N) {
        for place in 1..self.search.path.len() {
            match (self.search.path[place - 1], self.search.path[place]) {
                (Node::Service(service), Node::Person(person)) => self.change(service, person, |hours| hours + amount),
                (Node::Person(person), Node::Service(service)) => self.change(service, person, |hours| hours - amount),
                (Node::Person(person), Node::Free) => self.change_free(person, |free| free - amount),
                (Node::Free, Node::Person(person)) => self.change_free(person, |free| free + amount),
                _ => {}
            }
        }
    }

    fn change(&mut self, service: usize, person: usize, to: impl Fn(N) -> N) {
        let hours = self.hours[(service, person)].map(to);
        self.hours[(service, person)] = hours;
        self.search.gives[(service, person)] = hours.is_some_and(is_some);
    }

    fn change_free(&mut self, person: usize, to: impl Fn(N) -> N) {
        self.free[person] = to(self.free[person]);
        self.search.has_free[person] = is_some(self.free[person]);
    }
}

impl Search {
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
