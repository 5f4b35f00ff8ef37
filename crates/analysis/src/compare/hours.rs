//! Findings about hours that are paid in advance: blocks and retainers of which too little is used, and
//! retainers that promise more than their hours hold.

use super::Compared;
use super::alike::{Found, Kind};
use super::findings::{at_offer, plain};
use comanage_expr::number::{Exact, Number, round_half_away};
use comanage_model::diagnostic::{Diagnostic, Severity};
use comanage_model::ledger::{Entry, Part};
use comanage_model::money::Money;
use comanage_model::scenario::{Charge, Input, Mode, Offer, Scenario};
use comanage_model::staffing::Engagement;
use comanage_model::week::Week;
use comanage_model::work::hours_covered;

/// Hours bought in blocks that expired or are left over.
pub fn unused_blocks(of: &Found) -> Vec<Diagnostic> {
    let found = |alternative: &Compared, index: usize| {
        let scenario = alternative.evaluation.staffing.scenario;
        let account = alternative.evaluation.ledger.blocks[index].as_ref()?;
        let (lapsed, left) = (account.wasted.round(2), account.left_over.round(2));
        if !lapsed.is_positive() && !left.is_positive() {
            return None;
        }
        let rate = account.effective_rate().and_then(|rate| rate.0);
        let rest = [(lapsed, "expired"), (left, "left")];
        let rest = rest.into_iter().filter(|(hours, _)| hours.is_positive());
        let rest: Vec<String> = rest.map(|(hours, what)| format!("{} {what}", plain(hours))).collect();
        let (used, bought) = (plain(account.used.round(2)), plain(account.bought.round(2)));
        let rate = effective(scenario, rate);
        Some(format!("{used} of {bought} block hours used ({}){rate}", rest.join(", ")))
    };
    told("block-hours-unused", Severity::Note, None, of, &found)
}

/// Hours included in a retainer that are not used over the months that are billed.
pub fn unused_retainers(of: &Found) -> Vec<Diagnostic> {
    told("retainer-hours-unused", Severity::Note, None, of, &unused_retainer)
}

fn unused_retainer(alternative: &Compared, index: usize) -> Option<String> {
    let evaluation = &alternative.evaluation;
    let scenario = evaluation.staffing.scenario;
    let engaged = &evaluation.staffing.engagements[index];
    let included: Exact = scenario.get(included_hours(engaged.offer)?);
    let (mut all, mut used) = (Exact::zero(), Exact::zero());
    for month in engaged.billed_months() {
        all = all + included;
        used = used + evaluation.work.at(month).providers[index].flat_hours().min(included);
    }
    if !(all - used).round(2).is_positive() {
        return None;
    }
    let is_fee = |entry: Entry| {
        matches!(entry, Entry::Charge { charge, part: Part::Fee, .. }
            if matches!(engaged.offer.charges[charge], Charge::Retainer(_)))
    };
    let lines = evaluation.ledger.lines.iter().filter(|line| line.source.engagement() == Some(index));
    let fees = lines.filter(|line| line.source.entry().is_some_and(is_fee));
    let fees = fees.fold(Exact::zero(), |sum, line| sum + line.amount);
    let rate = used.is_positive().then(|| fees / used).and_then(|rate| rate.0);
    let (used, all) = (plain(used.round(2)), plain(all.round(2)));
    Some(format!("{used} of {all} retainer hours used{}", effective(scenario, rate)))
}

/// Retainers that take on more work than their hours hold, or are on duty for more than ten times as many.
pub fn stretched(of: &Found) -> Vec<Diagnostic> {
    let hint = "ask how many hours it includes, or write mode = \"best_effort\" if there is no obligation to respond";
    told("hours-stretched", Severity::Warning, Some(hint), of, &stretch)
}

fn stretch(alternative: &Compared, index: usize) -> Option<String> {
    const MAX_TIMES: i64 = 10;
    let evaluation = &alternative.evaluation;
    let staffing = &evaluation.staffing;
    let engaged = &staffing.engagements[index];
    let included: Exact = staffing.scenario.get(included_hours(engaged.offer)?);
    let months: Vec<u32> = staffing.scenario.judged_months().filter(|&month| engaged.is_billed(month)).collect();
    let count = Exact::whole(months.len() as i64);
    let flat = |month: u32| evaluation.work.at(month).providers[index].flat_hours();
    let taken = months.iter().fold(Exact::zero(), |sum, &month| sum + flat(month));
    let on_duty = hours_on_duty(alternative, engaged);
    let mut said = Vec::new();
    if !months.is_empty() && (taken / count).round(2).is_above(included) {
        said.push(format!("{} h of work a month", plain((taken / count).round(1))));
    }
    if on_duty.is_above(included * Exact::whole(MAX_TIMES)) {
        said.push(format!("{} h on duty a month", plain(on_duty.round(0))));
    }
    let included = plain(included);
    (!said.is_empty()).then(|| format!("{included} h a month are included for {}", said.join(" and ")))
}

/// Hours a month in which an offer has someone on duty, for any of its services.
fn hours_on_duty(alternative: &Compared, engaged: &Engagement) -> Exact {
    let staffing = &alternative.evaluation.staffing;
    let covers = engaged.offer.covers.iter().filter(|cover| cover.mode == Mode::Duty);
    let week = covers.fold(Week::none(), |week, cover| week.or(&hours_covered(staffing, cover)));
    Exact::whole(week.minutes().into()) / Exact::whole(60) * Exact::whole(365) / Exact::whole(7 * 12)
}

fn included_hours(offer: &Offer) -> Option<Input> {
    offer.retainer()?.included_hours
}

fn effective(scenario: &Scenario, rate: Option<rust_decimal::Decimal>) -> String {
    rate.map_or_else(String::new, |rate| {
        let rate = Money(round_half_away(rate, scenario.currency.digits)).to_exact_prose(scenario.currency);
        format!(": effective rate {rate} {}/hour", scenario.currency.code)
    })
}

/// What is found of the offers: a line for each in its own alternative, and one for all other alternatives.
fn told(
    code: &'static str,
    severity: Severity,
    hint: Option<&'static str>,
    of: &Found,
    found: &dyn Fn(&Compared, usize) -> Option<String>,
) -> Vec<Diagnostic> {
    let is_own = |alternative: &Compared, offer: &Offer| alternative.id() == offer.key;
    let with_hint = |finding: Diagnostic| match hint {
        Some(hint) => finding.hint(hint),
        None => finding,
    };
    let (mut lines, mut known) = (Vec::new(), Vec::new());
    for alternative in of.alternatives {
        for (index, engaged) in alternative.evaluation.staffing.engagements.iter().enumerate() {
            if let Some(words) = found(alternative, index).filter(|_| is_own(alternative, engaged.offer)) {
                let words = format!("{}: {words}", engaged.offer.name);
                lines.push(with_hint(at_offer(Diagnostic::new(severity, code, words.clone()), engaged.offer)));
                known.push(words);
            }
        }
    }
    // What holds of an offer by itself is not said again of the mixes that it is part of.
    let in_mixes = |alternative: &Compared| {
        let engaged = alternative.evaluation.staffing.engagements.iter().enumerate();
        let engaged = engaged.filter(|(_, engaged)| !is_own(alternative, engaged.offer));
        let words =
            engaged.filter_map(|(index, of)| Some(format!("{}: {}", of.offer.name, found(alternative, index)?)));
        words.filter(|words| !known.contains(words)).collect()
    };
    let kind = Kind::warning(code, "in mixes,", in_mixes);
    lines.extend(of.line(Kind { severity, hint, ..kind }));
    lines
}
