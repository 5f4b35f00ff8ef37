//! A walk over the mixes of a set of offers, hire by hire, that leaves out what a visitor has no use for.

use std::sync::OnceLock;

use super::judge::{Bounds, Judge};
use super::space::{Mix, Space};
use comanage_model::coverage::Parts;
use comanage_model::diagnostic::Diagnostic;

/// What is known of the mixes of a set of offers before any is evaluated.
pub struct SetParts {
    /// Their coverage by parts; none where no hours are required.
    coverage: Option<Parts>,
    /// What any of them costs at least next to its hires, in minor units.
    floor: i128,
    /// The bounds by the hires that are there, worked out when one is asked for.
    bounds: Vec<OnceLock<Bounds>>,
}

/// The parts of every set of offers, and what hires cost.
pub struct Costed<'a> {
    /// The exact engine, which decides.
    pub judge: &'a Judge<'a>,
    /// By set.
    sets: Vec<SetParts>,
    /// What each hire costs over the term by number of people, from 0, in minor units.
    own: Vec<Vec<i128>>,
}

/// A mix as a walk meets it.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a> {
    /// The set of offers.
    pub set: usize,
    /// People of each hire.
    pub people: &'a [u32],
    /// Which hires are there.
    pub pattern: u64,
    /// What its hires cost, in minor units.
    pub own: i128,
    /// Its coverage by parts; none where no hours are required.
    pub coverage: Option<f64>,
}

impl Leaf<'_> {
    /// The mix that the walk has come to.
    pub fn mix(&self) -> Mix {
        Mix { set: self.set, people: self.people.to_vec() }
    }
}

/// What is looked for among mixes.
pub trait Visitor {
    /// Whether no mix is of use that costs at least so much, in minor units, covers at most so much, and hires
    /// at least this many people.
    fn skips(&mut self, least_cost: i128, most_coverage: Option<f64>, least_heads: u32) -> bool;

    /// Looks at a mix.
    fn visit(&mut self, leaf: Leaf);
}

impl<'a> Costed<'a> {
    /// Works out the parts.
    ///
    /// # Errors
    /// A figure that overflows.
    pub fn new(judge: &'a Judge<'a>) -> Result<Self, Diagnostic> {
        let space = judge.space;
        let own = |(place, of): (usize, &super::space::Choice)| -> Result<Vec<i128>, Diagnostic> {
            let costs = (1..=of.max).map(|people| judge.cost_of(place, people));
            std::iter::once(Ok(0)).chain(costs).collect()
        };
        let own = space.hires.iter().enumerate().map(own).collect::<Result<_, _>>()?;
        let sizes: Vec<Vec<usize>> = (0..space.hires.len())
            .map(|place| (1..=space.hires[place].max).map(|people| space.role(place, people)).collect())
            .collect();
        let set = |set: usize| {
            let fullest = space.alternative(&space.fullest(set));
            SetParts {
                coverage: Parts::new(&space.scenario, &fullest, &sizes, &judge.shared().attendance),
                floor: judge.floor(set),
                bounds: std::iter::repeat_with(OnceLock::new).take(1 << space.hires.len()).collect(),
            }
        };
        Ok(Self { judge, sets: (0..space.sets.len()).map(set).collect(), own })
    }

    /// The bounds of the mixes of a set with some hires there.
    pub fn bounds(&self, set: usize, pattern: u64) -> Bounds {
        *self.sets[set].bounds[pattern as usize].get_or_init(|| self.judge.bounds(set, pattern))
    }

    /// The coverage of a mix by parts.
    pub fn coverage(&self, mix: &Mix) -> Option<f64> {
        let parts = self.sets[mix.set].coverage.as_ref()?;
        let mut chances = parts.base().to_vec();
        for (place, &people) in mix.people.iter().enumerate().filter(|(_, people)| **people > 0) {
            parts.join(&mut chances, parts.of_hire(place, people));
        }
        Some(parts.coverage(&chances))
    }

    /// The walks that visit every mix once: a set of offers with a number of the first hire.
    pub fn walks(&self) -> Vec<(usize, Option<u32>)> {
        let space = self.judge.space;
        let first = |set| match space.hires.first() {
            Some(of) => (0..=of.max).map(|people| (set, Some(people))).collect(),
            None => vec![(set, None)],
        };
        (0..space.sets.len()).flat_map(first).collect()
    }

    /// Visits the mixes of a walk.
    pub fn walk(&self, (set, first): (usize, Option<u32>), visitor: &mut impl Visitor) {
        let space = self.judge.space;
        let coverage = self.sets[set].coverage.as_ref();
        let mut walk = Walk {
            costed: self,
            space,
            set,
            coverage,
            rest: rests(space, coverage),
            chances: vec![coverage.map(|parts| parts.base().to_vec()).unwrap_or_default(); space.hires.len() + 1],
            people: vec![0; space.hires.len()],
        };
        match first {
            None => walk.descend(0, 0, 0, visitor),
            Some(people) => walk.take(0, people, 0, 0, visitor),
        }
    }
}

/// The chances of the most people of every hire from each place on, joined.
fn rests(space: &Space, coverage: Option<&Parts>) -> Vec<Vec<f64>> {
    let Some(parts) = coverage else { return Vec::new() };
    let mut rests: Vec<Vec<f64>> = Vec::new();
    for (place, of) in space.hires.iter().enumerate().rev() {
        let mut rest = parts.of_hire(place, of.max).to_vec();
        if let Some(next) = rests.last() {
            parts.join(&mut rest, next);
        }
        rests.push(rest);
    }
    rests.reverse();
    rests
}

struct Walk<'w> {
    costed: &'w Costed<'w>,
    space: &'w Space,
    set: usize,
    coverage: Option<&'w Parts>,
    rest: Vec<Vec<f64>>,
    /// The chances of the hires before each place.
    chances: Vec<Vec<f64>>,
    people: Vec<u32>,
}

impl Walk<'_> {
    /// Takes a number of people of a hire, and goes on.
    fn take(&mut self, place: usize, people: u32, own: i128, heads: u32, visitor: &mut impl Visitor) {
        self.people[place] = people;
        let own = own + self.costed.own[place][people as usize];
        let (before, after) = self.chances.split_at_mut(place + 1);
        after[0].clone_from(&before[place]);
        if let (Some(parts), true) = (self.coverage, people > 0) {
            parts.join(&mut after[0], parts.of_hire(place, people));
        }
        self.descend(place + 1, own, heads + people, visitor);
        self.people[place] = 0;
    }

    fn descend(&mut self, place: usize, own: i128, heads: u32, visitor: &mut impl Visitor) {
        let floor = own + self.costed.sets[self.set].floor;
        if place == self.space.hires.len() {
            let coverage = self.coverage.map(|parts| parts.coverage(&self.chances[place]));
            if !visitor.skips(floor, coverage, heads) {
                self.visit(own, coverage, visitor);
            }
            return;
        }
        let max = self.coverage.map(|parts| parts.coverage_with(&self.chances[place], &self.rest[place]));
        if visitor.skips(floor, max, heads) {
            return;
        }
        if place + 1 < self.space.hires.len() {
            (0..=self.space.hires[place].max).for_each(|people| self.take(place, people, own, heads, visitor));
            return;
        }
        // The last hire: its chances are joined without being kept.
        for people in 0..=self.space.hires[place].max {
            let (own, heads) = (own + self.costed.own[place][people as usize], heads + people);
            let coverage = self.coverage.map(|parts| match people {
                0 => parts.coverage(&self.chances[place]),
                some => parts.coverage_with(&self.chances[place], parts.of_hire(place, some)),
            });
            if !visitor.skips(own + self.costed.sets[self.set].floor, coverage, heads) {
                self.people[place] = people;
                self.visit(own, coverage, visitor);
            }
        }
        self.people[place] = 0;
    }

    fn visit(&self, own: i128, coverage: Option<f64>, visitor: &mut impl Visitor) {
        let pattern = super::space::pattern(&self.people);
        if self.space.is_mix(self.set, pattern) {
            visitor.visit(Leaf { set: self.set, people: &self.people, pattern, own, coverage });
        }
    }
}
