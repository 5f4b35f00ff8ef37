//! Alternatives: the ways to run IT that a scenario compares.

/// The id of today's team.
pub const IN_HOUSE: &str = "in_house";

/// The id of the team with every hire that is not optional.
pub const HIRE: &str = "hire";

/// One way to run IT: the team, some hires, some offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its id: `in_house`, `hire`, or the key of an offer or alternative.
    pub id: String,
    /// Its name in print.
    pub name: String,
    /// The hires in it, by index.
    pub hires: Vec<usize>,
    /// The offers in it, by index, in their order.
    pub offers: Vec<usize>,
}
