//! What a search for the best plan may choose from.

/// The choices of a plan: how many of which hires, which offers, and who must or must not hold what.
#[derive(Clone, Debug)]
pub struct Planning {
    /// Whether the file has a `[plan]` table.
    pub is_written: bool,
    /// The most people of each hire, in the order of the hires.
    pub most_hires: Vec<u32>,
    /// The offers that may be taken, by index, in the order of the file.
    pub offers: Vec<usize>,
    /// The most offers at once.
    pub most_offers: u32,
    /// Services that one of these must hold.
    pub must: Vec<Holders>,
    /// Services that none of these may hold.
    pub never: Vec<Holders>,
}

/// A service and some who could hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holders {
    /// The service, by index.
    pub service: usize,
    /// Who.
    pub who: Vec<Holder>,
}

/// Someone who can hold a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Anyone in-house, the team or a hire.
    Team,
    /// An offer, by index.
    Offer(usize),
}
