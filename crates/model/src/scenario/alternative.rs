//! Alternatives: the ways to run IT that a scenario compares.

use super::Input;

/// The id of today's team.
pub const IN_HOUSE: &str = "in_house";

/// The id of the team with every hire that is not optional.
pub const HIRE: &str = "hire";

/// The id of a plan that was found, where the file has none of this name.
pub const PLAN: &str = "plan";

/// One way to run IT: the team, some hires, some offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// Its id: `in_house`, `hire`, or the key of an offer or alternative.
    pub id: String,
    /// Its name in print.
    pub name: String,
    /// The hires in it.
    pub hires: Vec<Phase>,
    /// The offers in it, in their order.
    pub offers: Vec<Phase>,
    /// The optional charges that are taken: the offer and its charge, each by index.
    pub options: Vec<(usize, usize)>,
}

/// A hire or an offer of an alternative, with its months and its number of people where the alternative
/// says them. They take the place of those of the hire or the offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phase {
    /// The hire or the offer, by index.
    pub of: usize,
    /// The hire in the number of people that the alternative says, by index among the sized hires.
    pub sized: Option<usize>,
    /// The first month of the term.
    pub from_month: Option<Input>,
    /// The last month.
    pub until_month: Option<Input>,
}

impl Phase {
    /// A hire or an offer in its own months.
    pub fn whole(of: usize) -> Self {
        Self { of, sized: None, from_month: None, until_month: None }
    }
}
