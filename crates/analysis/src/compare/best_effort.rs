//! Alternatives that only miss the coverage target since no one is obliged to come.

use super::Compared;
use super::alike::Found;
use super::verdict::{Reach, Targets};
use comanage_model::coverage::{Attendance, Outline, expected};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use comanage_model::scenario::{Mode, Scenario};
use comanage_model::staffing::Staffing;

/// Says which alternatives would be cheaper than the recommended one, or would meet the targets where
/// none does, if their best effort were a duty.
pub fn would_be_enough(scenario: &Scenario, of: &Found, recommended: Option<usize>) -> Option<Diagnostic> {
    let max: Option<Money> = recommended.map(|index| of.alternatives[index].sums.total);
    let is_meant = |&index: &usize| {
        let alternative = &of.alternatives[index];
        let is_cheaper = max.is_none_or(|max| alternative.sums.total < max);
        is_cheaper && only_lacks_duty(alternative) && covers_by_duty(scenario, index, alternative)
    };
    let named: Vec<usize> = (0..of.alternatives.len()).filter(is_meant).collect();
    let first = of.alternatives.get(*named.first()?)?.id();
    let (names, whose) = (of.names(&named), if named.len() == 1 { "its" } else { "their" });
    let would = if recommended.is_some() { "would be cheaper" } else { "would meet the targets" };
    let message = format!("{names} {would}: {whose} hours are best effort, without an obligation to respond");
    let hint = "write mode = \"duty\" on the covers if the contract obliges the provider to respond";
    let found = Diagnostic::note("best-effort-not-counted", message).hint(hint).path(first);
    let ids = named.iter().map(|&index| of.alternatives[index].id().to_string());
    Some(Diagnostic { alternatives: ids.collect(), ..found })
}

/// Whether an alternative has best effort, misses coverage and neither work nor the budget, and a price that is whole.
fn only_lacks_duty(alternative: &Compared) -> bool {
    let mut offers = alternative.evaluation.staffing.engagements.iter().map(|engaged| engaged.offer);
    alternative.meets_coverage_target == Some(false)
        && alternative.meets_work_target != Some(false)
        && alternative.standing.keeps_budget
        && alternative.standing.price.is_ranked()
        && offers.any(|offer| offer.covers.iter().any(|cover| cover.mode == Mode::BestEffort))
}

/// Whether an alternative, by its place, covers enough where its best effort is a duty.
fn covers_by_duty(scenario: &Scenario, index: usize, alternative: &Compared) -> bool {
    let mut on_duty = scenario.clone();
    for phase in &alternative.evaluation.staffing.alternative.offers {
        for cover in &mut on_duty.offers[phase.of].covers {
            if cover.mode == Mode::BestEffort {
                cover.mode = Mode::Duty;
            }
        }
    }
    let staffing = Staffing::new(&on_duty, &on_duty.alternatives[index]);
    let (attendance, outlines) = (Attendance::new(&on_duty), Outline::all(&on_duty));
    let share = expected(&staffing, &attendance, &outlines[index]);
    Reach::of(share, Targets::of(scenario).coverage).met() == Some(true)
}
