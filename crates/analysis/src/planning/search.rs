//! The cheapest mixes that meet the targets: walks collect the cheapest that bounds do not rule out, the
//! exact engine judges them in their order, until none that is left can cost less.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use comanage_model::diagnostic::Diagnostic;
use rayon::prelude::*;

use super::judge::{Judge, Judged, is_surely_below};
use super::space::Mix;
use super::walk::{Costed, Leaf, Visitor};
use crate::compare::TIE;

/// Candidates that a pass keeps at most.
const KEPT: usize = 4_096;

/// Candidates that are judged together.
const BLOCK: usize = 64;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// How many mixes, the cheapest first.
    pub many: usize,
    /// The coverage that a mix reaches at least, next to the targets.
    pub coverage: f64,
    /// The most that a mix may cost, in minor units.
    pub budget: Option<i128>,
    /// The number of people hired, if it matters.
    pub heads: Option<u32>,
    /// Whether offers may be taken.
    pub with_offers: bool,
    /// Whether a mix may exceed the budget of the scenario.
    pub at_any_cost: bool,
}

/// A mix that may be what is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    /// What it costs at least, in minor units.
    low: i128,
    heads: u32,
    /// Offers and options.
    size: (usize, usize),
    pattern: u64,
    mix: Mix,
}

impl Candidate {
    fn key(&self) -> (i128, u32, (usize, usize), std::cmp::Reverse<&[u32]>, usize) {
        (self.low, self.heads, self.size, std::cmp::Reverse(&self.mix.people), self.mix.set)
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Numbers of people that leave too much work undone, by set of offers and hires that are there: anyone who has no
/// more of any hire leaves as much undone.
#[derive(Debug, Default)]
pub struct Failing(HashMap<(usize, u64), Vec<Vec<u32>>>);

impl Failing {
    fn holds(&self, set: usize, pattern: u64, people: &[u32]) -> bool {
        let known = self.0.get(&(set, pattern)).into_iter().flatten();
        known.into_iter().any(|failing| people.iter().zip(failing).all(|(people, failing)| people <= failing))
    }

    /// Learns from a mix that leaves too much undone: each hire in turn is given as many people as still do.
    fn learn(&mut self, judge: &Judge, mix: &Mix) {
        let (set, pattern) = (mix.set, mix.pattern());
        if self.holds(set, pattern, &mix.people) {
            return;
        }
        let fails = |mix: &Mix| is_surely_below(judge.work(mix), judge.targets.work);
        let mut max = mix.clone();
        if !fails(&max) {
            return;
        }
        for place in 0..max.people.len() {
            let (mut min, mut many) = (max.people[place], judge.space.hires[place].max);
            if min == 0 {
                continue;
            }
            while min < many {
                let middle = many - (many - min) / 2;
                max.people[place] = middle;
                if fails(&max) { min = middle } else { many = middle - 1 }
            }
            max.people[place] = min;
        }
        self.0.entry((set, pattern)).or_default().push(max.people);
    }
}

/// Collects the cheapest candidates of a walk.
struct Collector<'c> {
    costed: &'c Costed<'c>,
    asked: Asked,
    failing: &'c Failing,
    /// The last candidate of the pass before.
    after: Option<&'c Candidate>,
    kept: BinaryHeap<Candidate>,
    has_more: bool,
}

impl Visitor for Collector<'_> {
    fn skips(&mut self, least_cost: i128, most_coverage: Option<f64>, least_heads: u32) -> bool {
        let is_full = self.kept.len() == KEPT && self.kept.peek().is_some_and(|last| least_cost > last.low);
        self.has_more |= is_full;
        is_full
            || is_surely_below(most_coverage, self.asked.coverage)
            || self.asked.budget.is_some_and(|budget| least_cost > budget)
            || self.asked.heads.is_some_and(|heads| least_heads > heads)
    }

    fn visit(&mut self, leaf: Leaf) {
        let judge = self.costed.judge;
        let size = judge.space.sets[leaf.set].size();
        let heads: u32 = leaf.people.iter().sum();
        if self.asked.heads.is_some_and(|asked| asked != heads) || (size.0 > 0 && !self.asked.with_offers) {
            return;
        }
        let bounds = self.costed.bounds(leaf.set, leaf.pattern);
        if !bounds.is_ranked
            || is_surely_below(bounds.work, judge.targets.work)
            || self.failing.holds(leaf.set, leaf.pattern, leaf.people)
        {
            return;
        }
        let low = leaf.own.saturating_add(bounds.low);
        if self.asked.budget.is_some_and(|budget| low > budget) {
            return;
        }
        let candidate = Candidate { low, heads, size, pattern: leaf.pattern, mix: leaf.mix() };
        if self.after.is_some_and(|after| candidate <= *after) {
            return;
        }
        self.kept.push(candidate);
        if self.kept.len() > KEPT {
            self.kept.pop();
            self.has_more = true;
        }
    }
}

/// What a search says of itself while it runs.
pub trait Progress: Sync {
    /// A pass over every mix begins, in this many walks.
    fn pass(&self, walks: u64);
    /// This many of all walks of a pass are done.
    fn walked(&self, walks: u64);
    /// The best mix so far, with its words.
    fn best(&self, judged: &Judged, words: &str);
}

/// The cheapest mixes that meet the targets and what is asked for, the cheapest first.
///
/// # Errors
/// A figure that overflows.
pub fn cheapest(
    costed: &Costed,
    failing: &mut Failing,
    asked: Asked,
    progress: &dyn Progress,
) -> Result<Vec<Judged>, Diagnostic> {
    let judge = costed.judge;
    let mut found: Vec<Judged> = Vec::new();
    let mut after: Option<Candidate> = None;
    loop {
        progress.pass(costed.walks().len() as u64);
        let (candidates, has_more) = collect(costed, failing, asked, after.as_ref(), progress);
        for block in candidates.chunks(BLOCK) {
            if is_settled(costed, &found, &block[0], asked.many) {
                return Ok(found);
            }
            let open: Vec<&Candidate> =
                block.iter().filter(|one| !failing.holds(one.mix.set, one.pattern, &one.mix.people)).collect();
            let judged: Vec<Judged> = open.par_iter().map(|one| judge.judge(&one.mix)).collect::<Result<_, _>>()?;
            for one in judged {
                if has_needless_options(judge, &one)? {
                    continue;
                }
                take(costed, failing, &mut found, one, asked, progress);
            }
        }
        match candidates.into_iter().last() {
            Some(last) if has_more => after = Some(last),
            _ => return Ok(found),
        }
    }
}

/// Whether a mix takes options though it buys something without them.
fn has_needless_options(judge: &Judge, one: &Judged) -> Result<bool, Diagnostic> {
    let plain = judge.space.without_options(&one.mix);
    Ok(plain.map(|plain| judge.judge(&plain)).transpose()?.is_some_and(|plain| plain.price.is_ranked()))
}

/// The cheapest candidates behind the last of the pass before, and whether there are more.
fn collect(
    costed: &Costed,
    failing: &Failing,
    asked: Asked,
    after: Option<&Candidate>,
    progress: &dyn Progress,
) -> (Vec<Candidate>, bool) {
    let of_walk = |walk: &(usize, Option<u32>)| {
        let kept = BinaryHeap::new();
        let mut collector = Collector { costed, asked, failing, after, kept, has_more: false };
        costed.walk(*walk, &mut collector);
        progress.walked(1);
        (collector.kept.into_vec(), collector.has_more)
    };
    let walks: Vec<(Vec<Candidate>, bool)> = costed.walks().par_iter().map(of_walk).collect();
    let has_more = walks.iter().any(|(_, has_more)| *has_more);
    let mut all: Vec<Candidate> = walks.into_iter().flat_map(|(kept, _)| kept).collect();
    all.sort_unstable();
    let is_cut = all.len() > KEPT;
    all.truncate(KEPT);
    (all, has_more || is_cut)
}

/// Whether no candidate from this one on can come before the last of those that were asked for.
fn is_settled(costed: &Costed, found: &[Judged], next: &Candidate, many: usize) -> bool {
    let judge = costed.judge;
    found.get(many - 1).is_some_and(|last| {
        let total = judge.minor(last.total.0);
        total.cmp(&next.low).then_with(|| judge.space.order(&last.mix, &next.mix)) == Ordering::Less
    })
}

/// Takes a judged mix among those found, or learns from it.
fn take(
    costed: &Costed,
    failing: &mut Failing,
    found: &mut Vec<Judged>,
    one: Judged,
    asked: Asked,
    progress: &dyn Progress,
) {
    let judge = costed.judge;
    let is_covered = one.coverage.is_none_or(|coverage| coverage >= asked.coverage - TIE);
    let is_kept = asked.budget.is_none_or(|budget| judge.minor(one.total.0) <= budget);
    let standing = judge.standing(&one);
    if !standing.reaches {
        failing.learn(judge, &one.mix);
        return;
    }
    if !is_covered || !is_kept || !standing.within(standing.keeps_budget || asked.at_any_cost).may_be_recommended() {
        return;
    }
    let before = |other: &Judged| {
        other.total.cmp(&one.total).then_with(|| judge.space.order(&other.mix, &one.mix)) == Ordering::Less
    };
    let place = found.partition_point(before);
    if place < asked.many {
        if place == 0 {
            progress.best(&one, &judge.space.words(&one.mix));
        }
        found.insert(place, one);
        found.truncate(asked.many);
    }
}
