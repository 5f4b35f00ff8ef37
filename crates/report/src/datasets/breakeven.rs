//! Break-evens: a row for each crossing, tie, pair without a crossing and maximum acceptable value.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::breakeven::{Breakeven, Crossing, Pair, Reaching, Throughout};
use comanage_analysis::frames::Judgement;
use comanage_model::money::Money;

/// What a row says of two alternatives.
struct Of<'a> {
    what: &'static str,
    pair: [usize; 2],
    /// Where it is about the first alone.
    is_alone: bool,
    ends: [Option<String>; 2],
    crossing: Option<&'a Crossing>,
    cheaper: Option<usize>,
    throughout: Option<Throughout>,
    reaching: Option<&'a Reaching>,
    meets_targets: Option<bool>,
    meets_budget: Option<bool>,
}

impl Of<'_> {
    fn new(what: &'static str, pair: [usize; 2], ends: [Option<String>; 2]) -> Self {
        Self {
            what,
            pair,
            is_alone: false,
            ends,
            crossing: None,
            cheaper: None,
            throughout: None,
            reaching: None,
            meets_targets: None,
            meets_budget: None,
        }
    }

    /// A total on both sides of a crossing.
    fn total(&self, which: usize, is_above: bool) -> Option<Money> {
        let crossing = self.crossing?;
        let point = if is_above { &crossing.above } else { &crossing.below };
        Some(point.totals[self.pair[which]])
    }

    /// What an alternative covers and does on both sides of a crossing, or at the ends of values at which it
    /// meets the targets or misses them.
    fn judged(&self, which: usize, is_above: bool) -> Option<Judgement> {
        if let Some(reaching) = self.reaching.filter(|_| which == 0) {
            return Some(if is_above { reaching.to.1 } else { reaching.from.1 });
        }
        let crossing = self.crossing?;
        let point = if is_above { &crossing.above } else { &crossing.below };
        Some(point.judged[self.pair[which]])
    }
}

/// A row for each crossing, then for each tie, each pair without a crossing, each maximum acceptable value, and
/// each run of values at which an alternative meets the targets or misses them; values as one would write them.
pub fn breakeven(of: &Breakeven) -> Dataset {
    let id = |alternative: usize| of.scenario.alternatives[alternative].id.clone();
    let fields = Fields::default()
        .text("what", "Kind", |of: &Of| of.what.to_string())
        .text("a", "First", move |of| id(of.pair[0]))
        .text("b", "Second", move |of| (!of.is_alone).then(|| id(of.pair[1])))
        .written("from", "From", |of| of.ends[0].clone())
        .written("to", "To", |of| of.ends[1].clone())
        .money("total_a_from", "Total of the first, before", |of| of.total(0, false))
        .money("total_b_from", "Total of the second, before", |of| of.total(1, false))
        .money("total_a_to", "Total of the first, after", |of| of.total(0, true))
        .money("total_b_to", "Total of the second, after", |of| of.total(1, true))
        .text("cheaper", "Cheaper", move |of| of.cheaper.map(id))
        .money("least", "Smallest difference", |of| of.throughout.map(|throughout| throughout.min))
        .money("most", "Largest difference", |of| of.throughout.map(|throughout| throughout.max))
        .flag("meets_targets", "Meets targets", |of| of.meets_targets)
        .flag("meets_budget", "Meets budget", |of| of.meets_budget);
    let sides = [("a_from", 0, false), ("b_from", 1, false), ("a_to", 0, true), ("b_to", 1, true)].into_iter();
    let fields = sides.fold(fields, |fields, (side, which, is_above)| {
        let of_side = if which == 0 { "of the first" } else { "of the second" };
        let when = if is_above { "after" } else { "before" };
        fields
            .share(format!("coverage_{side}"), format!("Coverage {of_side}, {when}"), move |of| {
                of.judged(which, is_above)?.coverage.get()
            })
            .share(format!("work_done_{side}"), format!("Work done {of_side}, {when}"), move |of| {
                of.judged(which, is_above)?.work.get()
            })
    });
    let rows = of.pairs.iter().flat_map(|pair| crossings(of, pair));
    let rows = rows.chain(of.pairs.iter().flat_map(|pair| ties(of, pair)));
    let rows = rows.chain(of.pairs.iter().filter_map(|pair| throughout(of, pair)));
    fields.dataset("break_evens", of.scenario.currency, rows.chain(walk_away(of)).chain(targets(of)))
}

fn crossings<'a>(of: &'a Breakeven, pair: &'a Pair) -> impl Iterator<Item = Of<'a>> {
    pair.crossings.iter().map(|crossing| {
        let ends = [&crossing.below, &crossing.above].map(|point| Some(of.axis.write(point.index)));
        let above = &crossing.above.totals;
        let cheaper = if above[pair.a] < above[pair.b] { pair.a } else { pair.b };
        let row = Of::new("crossing", [pair.a, pair.b], ends);
        Of { crossing: Some(crossing), cheaper: Some(cheaper), meets_targets: Some(crossing.is_on_target), ..row }
    })
}

fn ties<'a>(of: &'a Breakeven, pair: &'a Pair) -> impl Iterator<Item = Of<'a>> {
    pair.ties().map(|tie| Of::new("tie", [pair.a, pair.b], [tie.from, tie.to].map(|value| Some(of.axis.write(value)))))
}

fn throughout<'a>(of: &'a Breakeven, pair: &'a Pair) -> Option<Of<'a>> {
    let throughout = pair.throughout?;
    let ends = [0, of.axis.grid.last()].map(|value| Some(of.axis.write(value)));
    let row = Of::new("throughout", [pair.a, pair.b], ends);
    Some(Of { cheaper: Some(throughout.cheaper), throughout: Some(throughout), ..row })
}

fn walk_away<'a>(of: &'a Breakeven) -> impl Iterator<Item = Of<'a>> {
    of.walk_away.iter().flatten().map(|row| {
        let value = row.value.map(|value| of.axis.write(value));
        let (meets_targets, meets_budget) = (row.rival_meets_targets, row.rival_keeps_budget);
        Of { meets_targets, meets_budget, ..Of::new("walk_away", [row.alternative, row.rival], [None, value]) }
    })
}

fn targets<'a>(of: &'a Breakeven) -> impl Iterator<Item = Of<'a>> {
    of.reaches.iter().enumerate().flat_map(move |(index, runs)| {
        runs.iter().map(move |reaching| {
            let ends = [&reaching.from, &reaching.to].map(|(at, _)| Some(of.axis.write(*at)));
            let (meets_targets, meets_budget) = (reaching.is_reached, reaching.keeps_budget);
            Of {
                is_alone: true,
                reaching: Some(reaching),
                meets_targets,
                meets_budget,
                ..Of::new("targets", [index, index], ends)
            }
        })
    })
}
