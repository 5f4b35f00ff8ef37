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

use crate::number::Number;

/// Hours by service and person; none where the person does not hold the service.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment<N> {
    /// `hours[service][person]`.
    pub hours: Vec<Vec<Option<N>>>,
}

impl<N: Number> Assignment<N> {
    /// The hours that a service gets.
    pub fn of_service(&self, service: usize) -> N {
        sum(self.hours[service].iter().copied())
    }

    /// The hours that a person gives.
    pub fn of_person(&self, person: usize) -> N {
        sum(self.hours.iter().map(|row| row[person]))
    }
}

fn sum<N: Number>(hours: impl Iterator<Item = Option<N>>) -> N {
    hours.flatten().reduce(|sum, hours| sum + hours).unwrap_or_else(N::zero)
}

/// Hours that are only the rest of a twelfth or a power that no decimal holds: 10^-15.
const NOISE: Decimal = Decimal::from_parts(1, 0, 0, false, 15);

/// Assigns hours. `can[service][person]` says who holds what.
pub fn assign<N: Number>(demand: &[N], capacity: &[N], can: &[Vec<bool>]) -> Assignment<N> {
    let mut flow = Flow::new(demand, capacity, can);
    let mut moved = false;
    for service in 0..demand.len() {
        flow.take_in_order(service);
        moved |= flow.make_room(service);
    }
    if moved {
        flow.settle_in_order();
    }
    let held = |row: Vec<N>, can: &Vec<bool>| {
        row.into_iter().zip(can).map(|(hours, can)| can.then_some(hours)).collect::<Vec<_>>()
    };
    Assignment { hours: flow.hours.into_iter().zip(can).map(|(row, can)| held(row, can)).collect() }
}

/// Whether hours are more than noise.
fn is_some<N: Number>(hours: N) -> bool {
    hours.is_above(N::constant(NOISE))
}

struct Flow<'a, N> {
    can: &'a [Vec<bool>],
    hours: Vec<Vec<N>>,
    short: Vec<N>,
    free: Vec<N>,
    /// The first service and person whose hours may change: those of the pairs before are settled.
    open: (usize, usize),
}

/// A place on a path through the graph of services, people and their free hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Node {
    Service(usize),
    Person(usize),
    Free,
}

impl<'a, N: Number> Flow<'a, N> {
    fn new(demand: &[N], capacity: &[N], can: &'a [Vec<bool>]) -> Self {
        Self {
            can,
            hours: vec![vec![N::zero(); capacity.len()]; demand.len()],
            short: demand.to_vec(),
            free: capacity.to_vec(),
            open: (0, 0),
        }
    }

    fn people(&self) -> usize {
        self.free.len()
    }

    /// Gives a service the free hours of the people who hold it, in their order.
    fn take_in_order(&mut self, service: usize) {
        for person in (0..self.people()).filter(|&person| self.can[service][person]) {
            let (short, free) = (self.short[service], self.free[person]);
            self.hours[service][person] = short.least(free);
            self.short[service] = (short - free).greatest(N::zero());
            self.free[person] = (free - short).greatest(N::zero());
        }
    }

    /// Moves hours of earlier services between people until the service has all it can get.
    fn make_room(&mut self, service: usize) -> bool {
        let mut moved = false;
        while is_some(self.short[service]) {
            let Some(path) = self.path(Node::Service(service), Node::Free) else { break };
            let Some(room) = self.room(&path) else { break };
            let amount = room.least(self.short[service]);
            self.push(&path, amount);
            self.short[service] = self.short[service] - amount;
            moved = true;
        }
        moved
    }

    /// Turns the assignment into the one that places as many hours as it can, service by service
    /// and person by person, with what every service gets unchanged.
    fn settle_in_order(&mut self) {
        for service in 0..self.short.len() {
            for person in (0..self.people()).filter(|&person| self.can[service][person]) {
                self.open = (service, person + 1);
                // What people before this one have of the service is settled.
                let is_with_others = |flow: &Self| (person + 1..flow.people()).any(|other| flow.gives(service, other));
                while is_with_others(self)
                    && let Some(path) = self.path(Node::Person(person), Node::Service(service))
                    && let Some(amount) = self.room(&path)
                {
                    self.push(&path, amount);
                    self.hours[service][person] = self.hours[service][person] + amount;
                }
            }
        }
    }

    /// The shortest path along which hours can be moved.
    fn path(&self, from: Node, to: Node) -> Option<Vec<Node>> {
        let nodes = self.short.len() + self.people() + 1;
        let mut unreached = Vec::with_capacity(nodes);
        unreached.extend(self.nodes().filter(|node| *node != from));
        // Nodes in the order they are reached, each with the place of the one before it.
        let mut reached = Vec::with_capacity(nodes);
        reached.push((from, 0));
        let mut place = 0;
        while let Some(&(node, _)) = reached.get(place) {
            if node == to {
                let mut path = vec![node];
                while place > 0 {
                    place = reached[place].1;
                    path.push(reached[place].0);
                }
                path.reverse();
                return Some(path);
            }
            unreached.retain(|&next| {
                let leads = self.leads(node, next);
                if leads {
                    reached.push((next, place));
                }
                !leads
            });
            place += 1;
        }
        None
    }

    fn nodes(&self) -> impl Iterator<Item = Node> {
        let services = (0..self.short.len()).map(Node::Service);
        services.chain((0..self.people()).map(Node::Person)).chain([Node::Free])
    }

    /// Whether hours can be moved from a node to another: a service asks anybody who holds it, a person
    /// gives up another service's hours or has free ones, free hours are taken in exchange from others.
    fn leads(&self, from: Node, to: Node) -> bool {
        match (from, to) {
            (Node::Service(service), Node::Person(person)) => self.is_open(service, person),
            (Node::Person(person), Node::Service(service)) => self.gives(service, person),
            (Node::Person(person), Node::Free) => is_some(self.free[person]),
            (Node::Free, Node::Person(person)) => (0..self.short.len()).any(|service| self.gives(service, person)),
            _ => false,
        }
    }

    /// Whether a person holds a service and the hours are not settled yet.
    fn is_open(&self, service: usize, person: usize) -> bool {
        self.can[service][person] && (service, person) >= self.open
    }

    fn gives(&self, service: usize, person: usize) -> bool {
        self.is_open(service, person) && is_some(self.hours[service][person])
    }

    /// How many hours fit along a path.
    fn room(&self, path: &[Node]) -> Option<N> {
        let steps = path.windows(2).filter_map(|step| match (step[0], step[1]) {
            (Node::Person(person), Node::Service(service)) => Some(self.hours[service][person]),
            (Node::Person(person), Node::Free) => Some(self.free[person]),
            _ => None,
        });
        steps.reduce(N::least)
    }

    fn push(&mut self, path: &[Node], amount: N) {
        for step in path.windows(2) {
            match (step[0], step[1]) {
                (Node::Service(service), Node::Person(person)) => {
                    self.hours[service][person] = self.hours[service][person] + amount;
                }
                (Node::Person(person), Node::Service(service)) => {
                    self.hours[service][person] = self.hours[service][person] - amount;
                }
                (Node::Person(person), Node::Free) => self.free[person] = self.free[person] - amount,
                (Node::Free, Node::Person(person)) => self.free[person] = self.free[person] + amount,
                _ => {}
            }
        }
    }
}
