//! What needs a look in an offer: what is missing, priced nowhere, promised too little, answered badly.
//!
//! Each kind of finding is a small function with a stable code, as those of the comparison are; the
//! list in [`find`] is the whole of them.

use super::{Quote, Scope, StatedPrice};
use crate::compare::Comparison;
use crate::guide::Guide;
use comanage_format::load::path::join;
use comanage_format::rates::Position;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use comanage_model::scenario::{Input, Scenario};
use comanage_model::week::duration;

/// The code of a bad answer.
pub const RED_FLAG: &str = "red-flag";

/// Finds everything that needs a look, offer by offer.
pub fn find(comparison: &Comparison, offers: &[Quote]) -> Vec<Diagnostic> {
    let scenario = comparison.scenario;
    let mut findings: Vec<Diagnostic> = cheap_on_paper(scenario, offers).into_iter().collect();
    for quote in offers {
        findings.extend(no_price(scenario, quote));
        findings.extend(quote.stated.iter().filter_map(|price| stated_differs(scenario, quote, price)));
        for scope in &quote.services {
            findings.extend(best_effort(scenario, quote, scope));
            findings.extend(not_promised(scenario, quote, scope));
            findings.extend(slower_than_required(scenario, quote, scope));
        }
        findings.extend(outside_published(scenario, quote));
        if quote.only_offer().is_some() {
            findings.extend(no_contract(quote));
            findings.extend(red_flags(quote));
            findings.extend(unanswered(quote));
        }
    }
    findings
}

/// A finding about an offer, at its table.
fn of_offer(finding: Diagnostic, quote: &Quote, key: &str) -> Diagnostic {
    let path = super::table_of(quote);
    let path = if key.is_empty() { path } else { format!("{path}.{key}") };
    match quote.only_offer() {
        Some(offer) => finding.path(path).at(offer.span.clone(), "this offer"),
        None => finding.path(path),
    }
}

/// A finding about a number, at its place.
fn of_input(finding: Diagnostic, scenario: &Scenario, input: Input, label: &str) -> Diagnostic {
    let finding = finding.path(scenario.inputs.about(input).path.clone());
    match scenario.span(input) {
        Some(span) => finding.at(span.clone(), label),
        None => finding,
    }
}

fn of_cover(finding: Diagnostic, scenario: &Scenario, quote: &Quote, scope: &Scope) -> Diagnostic {
    let key = join("covers", &scenario.services[scope.service].key);
    of_offer(finding, quote, &key)
}

/// The lowest quoted price often comes with the highest expected cost.
fn cheap_on_paper(scenario: &Scenario, offers: &[Quote]) -> Option<Diagnostic> {
    let ranked = || offers.iter().filter(|quote| quote.is_ranked());
    let lowest = |price: fn(&Quote) -> Money| ranked().min_by_key(|&quote| price(quote));
    let (paper, practice) = (lowest(|quote| quote.paper.term)?, lowest(|quote| quote.practice.term)?);
    if paper.practice.term <= practice.practice.term {
        return None;
    }
    let is_highest = ranked().all(|other| other.practice.term <= paper.practice.term);
    let rank = if is_highest { "the highest" } else { "not the lowest" };
    let message = format!(
        "{} has the lowest quoted price ({}) but {rank} expected cost ({}); {} has the lowest expected cost ({} {})",
        paper.name(),
        paper.paper.term.to_prose(),
        paper.practice.term.to_prose(),
        practice.name(),
        practice.practice.term.to_prose(),
        scenario.currency.code,
    );
    let hint = format!("check what is out of scope before comparing prices: {}", Guide::Pricing.words());
    Some(of_offer(Diagnostic::warning("cheap-on-paper", message).hint(hint), paper, ""))
}

fn stated_differs(scenario: &Scenario, quote: &Quote, price: &StatedPrice) -> Option<Diagnostic> {
    if price.is_right() {
        return None;
    }
    let name = quote.name();
    let exact = |money: Money| money.to_exact_prose(scenario.currency);
    let Some(own) = price.own else {
        let message =
            format!("{name}: the quote states {} for \"{}\", which it does not charge", exact(price.said), price.what);
        let hint = "ask which price this is, or use the name of the charge";
        let finding = Diagnostic::warning("stated-line-unknown", message).hint(hint);
        return Some(of_input(finding, scenario, price.input, "no charge of this name"));
    };
    let sum = match &price.worked {
        Some(worked) => format!("{worked} = {}", exact(own)),
        None => format!("its rates for {} come to {}", price.what, exact(own)),
    };
    let message = format!("{name}: {sum}; the quote says {}", exact(price.said));
    let more = price.said - own;
    let hint = match more < Money::ZERO {
        true => "ask which of the two is billed".to_string(),
        false => format!("ask what the additional {} is for", exact(more)),
    };
    let finding = Diagnostic::warning("stated-differs", message).hint(hint);
    Some(of_input(finding, scenario, price.input, "does not match its rates"))
}

/// Services that no one does and that have no price: what is left out may cost anything.
fn no_price(scenario: &Scenario, quote: &Quote) -> Option<Diagnostic> {
    let missing = quote.services.iter().filter(|scope| scope.has_no_price);
    let missing: Vec<&str> = missing.map(|scope| scenario.services[scope.service].name.as_str()).collect();
    if missing.is_empty() {
        return None;
    }
    let is = if missing.len() == 1 { "is" } else { "are" };
    let message = format!(
        "{}: {} {is} left out without a price and not done by anyone in-house, so the offer is not ranked",
        quote.name(),
        missing.join(", "),
    );
    let hint = "ask for a rate for out-of-scope work and enter it as `out_of_scope_rate`; or write your own price under [plugs]";
    Some(of_offer(Diagnostic::warning("out-of-scope-without-price", message).hint(hint), quote, "covers"))
}

/// "Best effort" is not a response time.
fn best_effort(scenario: &Scenario, quote: &Quote, scope: &Scope) -> Option<Diagnostic> {
    let is_meant = scope.wanted.is_some() || !quote.offers.iter().all(|offer| offer.bills_only_hours());
    if !scope.is_best_effort || !is_meant {
        return None;
    }
    let service = &scenario.services[scope.service].name;
    let message = format!("{}: {service} is best effort, without an obligation to respond", quote.name());
    let hint = format!("get a response time in writing: {}", Guide::list(&[Guide::OnSite, Guide::Pricing]));
    Some(of_cover(Diagnostic::warning("best-effort", message).hint(hint), scenario, quote, scope))
}

fn not_promised(scenario: &Scenario, quote: &Quote, scope: &Scope) -> Option<Diagnostic> {
    let wanted = scope.wanted.filter(|_| scope.is_in() && scope.promised.is_none() && !scope.is_best_effort)?;
    let service = &scenario.services[scope.service].name;
    let message =
        format!("{}: no response time is promised for {service} (required: {})", quote.name(), duration(wanted));
    let hint = "get it in writing and enter it as `respond_within`";
    Some(of_cover(Diagnostic::warning("response-not-promised", message).hint(hint), scenario, quote, scope))
}

/// A response that is promised slower than it is required.
pub fn slower_than_required(scenario: &Scenario, quote: &Quote, scope: &Scope) -> Option<Diagnostic> {
    let (wanted, promised) = (scope.wanted?, scope.promised?);
    if promised <= wanted || scope.is_best_effort {
        return None;
    }
    let service = &scenario.services[scope.service].name;
    let message = format!(
        "{}: the promised response for {service} is {} (required: {})",
        quote.name(),
        duration(promised),
        duration(wanted)
    );
    Some(of_cover(Diagnostic::warning("response-too-slow", message), scenario, quote, scope))
}

/// A rate below or above every published band of its kind.
fn outside_published(scenario: &Scenario, quote: &Quote) -> Vec<Diagnostic> {
    let exact = |value| Money(value).to_finest_prose(scenario.currency);
    let outside = quote.rates.iter().filter_map(|rate| Some((rate, rate.outside()?)));
    outside
        .map(|(rate, side)| {
            let bands = rate.bands.iter();
            let (side, end) = match side {
                Position::Below => ("below", bands.filter_map(|band| band.low).min()),
                _ => ("above", bands.filter_map(|band| band.high).max()),
            };
            let message = format!(
                "{}: {} at {} is {side} every published range{}",
                quote.name(),
                rate.item,
                exact(rate.rate),
                end.map_or_else(String::new, |end| format!("; the nearest ends at {}", exact(end))),
            );
            of_input(Diagnostic::warning("rate-outside-published", message), scenario, rate.input, "this rate")
        })
        .collect()
}

fn no_contract(quote: &Quote) -> Option<Diagnostic> {
    if quote.leaving.is_some() {
        return None;
    }
    let message = format!("{}: contract terms are not stated, so the cost of termination is unknown", quote.name());
    let hint = "ask for term, notice, renewal and exit fee, and enter them as `contract`";
    Some(of_offer(Diagnostic::note("contract-not-stated", message).hint(hint), quote, "contract"))
}

fn red_flags(quote: &Quote) -> Vec<Diagnostic> {
    let flags = quote.answers.iter().filter(|answer| answer.is_red_flag());
    flags
        .map(|answer| {
            let message = format!("{}: {}", quote.name(), answer.question.red_flag);
            let hint = format!("a red flag according to: {}", Guide::list(answer.question.guides));
            let key = format!("answers.{}", answer.question.key);
            of_offer(Diagnostic::warning(RED_FLAG, message).hint(hint), quote, &key)
        })
        .collect()
}

fn unanswered(quote: &Quote) -> Option<Diagnostic> {
    let open: Vec<&str> =
        quote.answers.iter().filter(|answer| answer.given.is_none()).map(|answer| answer.question.words).collect();
    if open.is_empty() {
        return None;
    }
    let message = match open.len() == quote.answers.len() {
        true => format!("{}: none of the {} questions for providers is answered", quote.name(), open.len()),
        false => format!("{}: not answered: {}", quote.name(), open.join("; ")),
    };
    let hint = "ask before signing, and enter the answers as `answers`";
    Some(of_offer(Diagnostic::note("question-unanswered", message).hint(hint), quote, "answers"))
}
