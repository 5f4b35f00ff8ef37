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
        findings.extend(quote.stated.iter().filter_map(|price| stated_differs(scenario, quote, price)));
        for scope in &quote.services {
            findings.extend(no_price(scenario, quote, scope));
            findings.extend(best_effort(scenario, quote, scope));
            findings.extend(not_promised(scenario, quote, scope));
            findings.extend(slower_than_wanted(scenario, quote, scope));
        }
        findings.extend(outside_published(scenario, quote));
        findings.extend(no_contract(quote));
        findings.extend(red_flags(quote));
        findings.extend(unanswered(quote));
    }
    findings
}

/// A finding about an offer, at its table.
fn of_offer(finding: Diagnostic, quote: &Quote, key: &str) -> Diagnostic {
    let path = join("offers", &quote.offer.key);
    let path = if key.is_empty() { path } else { format!("{path}.{key}") };
    finding.path(path).at(quote.offer.span.clone(), "this offer")
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

/// The cheapest proposal on paper is often the dearest in practice.
fn cheap_on_paper(scenario: &Scenario, offers: &[Quote]) -> Option<Diagnostic> {
    let lowest = |price: fn(&Quote) -> Money| offers.iter().min_by_key(|&quote| price(quote));
    let (paper, practice) = (lowest(|quote| quote.paper.term)?, lowest(|quote| quote.practice.term)?);
    if paper.practice.term <= practice.practice.term {
        return None;
    }
    let is_dearest = offers.iter().all(|other| other.practice.term <= paper.practice.term);
    let rank = if is_dearest { "the dearest" } else { "not the cheapest" };
    let message = format!(
        "{} is the cheapest on paper, {}, and {rank} in practice, {}; {} is the cheapest there, {} {}",
        paper.offer.name,
        paper.paper.term.to_prose(),
        paper.practice.term.to_prose(),
        practice.offer.name,
        practice.practice.term.to_prose(),
        scenario.currency.code,
    );
    let hint = format!("read what is out of scope before the price: {}", Guide::Pricing.words());
    Some(of_offer(Diagnostic::warning("cheap-on-paper", message).hint(hint), paper, ""))
}

fn stated_differs(scenario: &Scenario, quote: &Quote, price: &StatedPrice) -> Option<Diagnostic> {
    if price.is_right() {
        return None;
    }
    let name = &quote.offer.name;
    let exact = |money: Money| money.to_exact_prose(scenario.currency);
    let Some(own) = price.own else {
        let message =
            format!("{name}: the quote states {} for \"{}\", which it does not charge", exact(price.said), price.what);
        let hint = "ask which of its prices that is, or name the line as its item is named";
        let finding = Diagnostic::warning("stated-line-unknown", message).hint(hint);
        return Some(of_input(finding, scenario, price.input, "no charge of this name"));
    };
    let sum = match &price.worked {
        Some(worked) => format!("{worked} are {}", exact(own)),
        None => format!("its prices for {} come to {}", price.what, exact(own)),
    };
    let message = format!("{name}: {sum}, the quote says {}", exact(price.said));
    let more = price.said.0 - own.0;
    let hint = match more.is_sign_negative() {
        true => "ask which of the two is billed".to_string(),
        false => format!("ask what the {} more are for", exact(Money(more))),
    };
    let finding = Diagnostic::warning("stated-differs", message).hint(hint);
    Some(of_input(finding, scenario, price.input, "does not follow from its prices"))
}

/// A service that nobody does and that has no price.
fn no_price(scenario: &Scenario, quote: &Quote, scope: &Scope) -> Option<Diagnostic> {
    if !scope.has_no_price() {
        return None;
    }
    let service = &scenario.services[scope.service].name;
    let message = format!("{}: {service} is out, nobody in-house does it, and it has no price", quote.offer.name);
    let hint = "ask for a rate for work out of scope, and write `out_of_scope_rate`";
    Some(of_offer(Diagnostic::warning("out-of-scope-without-price", message).hint(hint), quote, "covers"))
}

/// "Best effort" is not a response time.
fn best_effort(scenario: &Scenario, quote: &Quote, scope: &Scope) -> Option<Diagnostic> {
    let is_meant = scope.wanted.is_some() || !quote.offer.bills_only_hours();
    if !scope.is_best_effort || !is_meant {
        return None;
    }
    let service = &scenario.services[scope.service].name;
    let message = format!("{}: {service} is best effort: nobody is obliged to come", quote.offer.name);
    let hint = format!("have a response time written down: {}", Guide::list(&[Guide::OnSite, Guide::Pricing]));
    Some(of_cover(Diagnostic::warning("best-effort", message).hint(hint), scenario, quote, scope))
}

fn not_promised(scenario: &Scenario, quote: &Quote, scope: &Scope) -> Option<Diagnostic> {
    let wanted = scope.wanted.filter(|_| scope.is_in() && scope.promised.is_none() && !scope.is_best_effort)?;
    let service = &scenario.services[scope.service].name;
    let message = format!(
        "{}: no response time is promised for {service}; within {} is wanted",
        quote.offer.name,
        duration(wanted)
    );
    let hint = "have it written down, as `respond_within`";
    Some(of_cover(Diagnostic::warning("response-not-promised", message).hint(hint), scenario, quote, scope))
}

/// A response that is promised slower than it is wanted.
pub fn slower_than_wanted(scenario: &Scenario, quote: &Quote, scope: &Scope) -> Option<Diagnostic> {
    let (wanted, promised) = (scope.wanted?, scope.promised?);
    if promised <= wanted || scope.is_best_effort {
        return None;
    }
    let service = &scenario.services[scope.service].name;
    let message = format!(
        "{}: a response within {} is promised for {service}; within {} is wanted",
        quote.offer.name,
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
                "{}: {} at {} lies {side} every published band{}",
                quote.offer.name,
                rate.item,
                exact(rate.rate),
                end.map_or_else(String::new, |end| format!(", the nearest of which ends at {}", exact(end))),
            );
            of_input(Diagnostic::warning("rate-outside-published", message), scenario, rate.input, "this rate")
        })
        .collect()
}

fn no_contract(quote: &Quote) -> Option<Diagnostic> {
    if quote.leaving.is_some() {
        return None;
    }
    let message = format!("{}: no contract terms, so what leaving costs is not known", quote.offer.name);
    let hint = "ask for term, notice, renewal and exit fee, and write them as `contract`";
    Some(of_offer(Diagnostic::note("contract-not-stated", message).hint(hint), quote, "contract"))
}

fn red_flags(quote: &Quote) -> Vec<Diagnostic> {
    let flags = quote.answers.iter().filter(|answer| answer.is_red_flag());
    flags
        .map(|answer| {
            let message = format!("{}: {}", quote.offer.name, answer.question.red_flag);
            let hint = format!("named as a red flag by: {}", Guide::list(answer.question.guides));
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
        true => format!("{}: none of the {} questions to a provider is answered", quote.offer.name, open.len()),
        false => format!("{}: not answered: {}", quote.offer.name, open.join("; ")),
    };
    let hint = "ask before signing, and write the answers as `answers`";
    Some(of_offer(Diagnostic::note("question-unanswered", message).hint(hint), quote, "answers"))
}
