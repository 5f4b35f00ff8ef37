//! A table by service and person, in one list.

use std::ops::{Index, IndexMut};

/// A cell for each service and person.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T> {
    cells: Vec<T>,
    services: usize,
    people: usize,
}

impl<T> Table<T> {
    /// Fills a table, service by service and person by person.
    pub fn new(services: usize, people: usize, mut cell: impl FnMut(usize, usize) -> T) -> Self {
        let mut cells = Vec::with_capacity(services * people);
        for service in 0..services {
            cells.extend((0..people).map(|person| cell(service, person)));
        }
        Self { cells, services, people }
    }

    /// The cells of a service.
    pub fn row(&self, service: usize) -> &[T] {
        &self.cells[service * self.people..][..self.people]
    }

    /// The cells of each service.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[T]> {
        (0..self.services).map(|service| self.row(service))
    }
}

impl<T> Index<(usize, usize)> for Table<T> {
    type Output = T;
    fn index(&self, (service, person): (usize, usize)) -> &T {
        &self.cells[service * self.people + person]
    }
}

impl<T> IndexMut<(usize, usize)> for Table<T> {
    fn index_mut(&mut self, (service, person): (usize, usize)) -> &mut T {
        &mut self.cells[service * self.people + person]
    }
}
