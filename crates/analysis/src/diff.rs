//! What changed between two scenarios, and which change moved a total by how much.
//!
//! The changes of one file are made one after the other until it says what the other says, and the
//! alternatives are evaluated after each: what a total moved by is that step's. So the steps of an
//! alternative always sum to its difference. What a change is, is reported in [`comanage_format::load::Changes`];
//! how it looks, in the reports.

use rayon::prelude::*;

use crate::compare::{self, Comparison};
use comanage_format::load::{Change, Changes, Document};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::{Currency, Money};

/// Two scenarios side by side.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The first file.
    pub a: String,
    /// The second file.
    pub b: String,
    /// The name of the second scenario.
    pub name: String,
    /// The currency of both.
    pub currency: Currency,
    /// What the second says differently, in its order.
    pub changes: Vec<Change>,
    /// The alternatives, those of the second first.
    pub alternatives: Vec<Moved>,
}

/// An alternative in both scenarios, or in one.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The id that both scenarios have, or one of them.
    pub id: String,
    /// The name in the second scenario, else in the first.
    pub name: String,
    /// Its figures in the first scenario, if it is there.
    pub a: Option<Figures>,
    /// Its figures in the second.
    pub b: Option<Figures>,
    /// How the one total becomes the other, step by step; none if it is only in one.
    pub bridge: Option<Vec<Step>>,
}

/// Figures of an alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// The term total.
    pub total: Money,
    /// Expected coverage, steady state; none without required hours.
    pub coverage: Option<f64>,
}

/// A step of a bridge: a change, or several that can only be made together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The changes, by number.
    pub changes: Vec<usize>,
    /// The path; of several, all of them with ` + ` between them.
    pub path: String,
    /// What the total moves by.
    pub amount: Money,
}

/// Sets two documents side by side; their comparisons say that both are valid.
///
/// # Errors
/// They are in different currencies.
pub fn diff(a: (&Document, &Comparison), b: (&Document, &Comparison)) -> Result<Difference, Box<Diagnostic>> {
    let ((before, old), (after, new)) = (a, b);
    let (from, to) = (old.scenario.currency, new.scenario.currency);
    if from != to {
        let message = format!("{} is in {}, {} in {}", old.scenario.file, from.code, new.scenario.file, to.code);
        let hint = "two scenarios can be compared only if their currency is the same";
        return Err(Box::new(Diagnostic::error("different-currencies", message).path("currency").hint(hint)));
    }
    let changes = Changes::between(before, after);
    let ids = new.alternatives.iter().map(|of| (of.id(), of.name()));
    let only_old = old.alternatives.iter().filter(|of| find(new, of.id()).is_none());
    let ids: Vec<(&str, &str)> = ids.chain(only_old.map(|of| (of.id(), of.name()))).collect();
    let in_both: Vec<&str> = ids.iter().map(|(id, _)| *id).filter(|id| is_in_both(old, new, id)).collect();
    let steps = steps(&changes, &in_both, totals(old, &in_both), totals(new, &in_both));
    let moved = |&(id, name): &(&str, &str)| Moved {
        id: id.into(),
        name: name.into(),
        a: find(old, id),
        b: find(new, id),
        bridge: in_both.iter().position(|known| *known == id).map(|place| bridge(&changes, &steps, place)),
    };
    Ok(Difference {
        a: old.scenario.file.clone(),
        b: new.scenario.file.clone(),
        name: new.scenario.name.clone(),
        currency: to,
        alternatives: ids.iter().map(moved).collect(),
        changes: changes.list().to_vec(),
    })
}

fn find(comparison: &Comparison, id: &str) -> Option<Figures> {
    let found = comparison.alternatives.iter().find(|of| of.id() == id)?;
    Some(Figures { total: found.sums.total, coverage: found.evaluation.coverage.expected })
}

fn is_in_both(a: &Comparison, b: &Comparison, id: &str) -> bool {
    find(a, id).is_some() && find(b, id).is_some()
}

/// The totals of alternatives that a comparison has; none if it lacks one.
fn totals(comparison: &Comparison, ids: &[&str]) -> Option<Vec<Money>> {
    ids.iter().map(|id| find(comparison, id).map(|figures| figures.total)).collect()
}

/// Some changes made together, and what each total moves by.
struct Moves {
    changes: Vec<usize>,
    amounts: Vec<Money>,
}

/// Makes the changes one after the other. Where what comes out is no valid scenario, or lacks an
/// alternative that both files have, the change waits for the next one. After the last change the
/// scenario is the second file's, whose own totals end the bridge.
fn steps(changes: &Changes, ids: &[&str], first: Option<Vec<Money>>, last: Option<Vec<Money>>) -> Vec<Moves> {
    let count = changes.list().len();
    let between: Vec<Option<Vec<Money>>> =
        (1..count.max(1)).into_par_iter().map(|made| totals_after(changes, made, ids)).collect();
    let mut before = first.unwrap_or_default();
    let mut waiting = Vec::new();
    let mut steps = Vec::new();
    for (change, after) in between.into_iter().chain([last]).enumerate().take(count) {
        waiting.push(change);
        let Some(after) = after else { continue };
        let amounts = after.iter().zip(&before).map(|(&after, &before)| after - before).collect();
        steps.push(Moves { changes: std::mem::take(&mut waiting), amounts });
        before = after;
    }
    steps
}

fn totals_after(changes: &Changes, made: usize, ids: &[&str]) -> Option<Vec<Money>> {
    let scenario = changes.document(made).read().scenario?;
    let comparison = compare::compare(&scenario).ok()?;
    totals(&comparison, ids)
}

/// The steps of one alternative.
fn bridge(changes: &Changes, steps: &[Moves], place: usize) -> Vec<Step> {
    let path = |changed: &[usize]| {
        let paths: Vec<&str> = changed.iter().map(|&change| changes.list()[change].path.as_str()).collect();
        paths.join(" + ")
    };
    let step = |moves: &Moves| Step {
        changes: moves.changes.clone(),
        path: path(&moves.changes),
        amount: moves.amounts.get(place).copied().unwrap_or_default(),
    };
    steps.iter().map(step).collect()
}
