//! `[plan]`: what a search for the best plan may choose from.

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Cost, Holder, Holders, Offer, Planning, Service};
use comanage_model::source::Span;

use super::super::fields::Fields;
use super::super::format::MAX_HEADS;
use super::super::names::Names;
use super::super::path::join;
use super::super::reader::Reader;
use super::super::tree::{Node, Value};
use super::people::People;

/// How anyone in-house is called.
const TEAM: &str = "team";

/// What the table is read against.
pub(super) struct Known<'a> {
    pub services: &'a [Service],
    pub service_names: &'a Names,
    pub people: &'a People,
    pub offers: &'a [Offer],
}

/// A rule and where it is.
struct Rule {
    holders: Holders,
    span: Span,
    path: String,
}

/// Reads the table; without it every hire may be there up to its headcount, and any two offers.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader, known: &Known) -> Planning {
    let fields = root.open_or_empty(reader, "plan");
    let keys = known.offers.iter().map(|offer| offer.key.as_str());
    let offer_names = Names::new("offer", "unknown-offer", &["offers"], keys);
    let most_hires = most_hires(&fields, reader, known);
    let mut offers: Vec<usize> = match fields.get("offers") {
        None => (0..known.offers.len()).collect(),
        Some(_) => {
            let names = fields.names(reader, "offers");
            offer_names.find_all(reader, names, &fields.path_of("offers"))
        }
    };
    offers.sort_unstable();
    let most_offers = fields.whole(reader, "most_offers").unwrap_or(2) as u32;
    let must = rules(&fields, reader, "must", known, &offer_names);
    let never = rules(&fields, reader, "never", known, &offer_names);
    must.iter().for_each(|rule| can_hold(rule, reader, known, &offers, &most_hires));
    do_not_contradict(&must, &never, reader, known);
    let of = |rules: Vec<Rule>| rules.into_iter().map(|rule| rule.holders).collect();
    Planning {
        is_written: root.get("plan").is_some(),
        most_hires,
        offers,
        most_offers,
        must: of(must),
        never: of(never),
    }
}

/// The most people of each hire: the whole ones of its headcount, or what is written.
fn most_hires(fields: &Fields<'_>, reader: &mut Reader, known: &Known) -> Vec<u32> {
    let hires = &known.people.hires;
    let names = Names::new("hire", "unknown-hire", &["hire"], hires.iter().map(|role| role.name.as_str()));
    let whole = |role: &comanage_model::scenario::Role| {
        use rust_decimal::prelude::ToPrimitive;
        reader.good(role.headcount).and_then(|people| people.floor().to_u32()).unwrap_or(0).min(MAX_HEADS)
    };
    let mut max: Vec<u32> = hires.iter().map(whole).collect();
    let path = fields.path_of("hires");
    let Some((entries, _)) = fields.chosen(reader, "hires", "hire") else { return max };
    for entry in entries {
        let place = names.find(reader, &entry.key, &entry.key_span, &path);
        let people = reader.whole(&entry.node, 0, MAX_HEADS.into(), &join(&path, &entry.key));
        if let (Some(place), Some(people)) = (place, people) {
            max[place] = people as u32;
        }
    }
    max
}

/// Services with who must, or must not, hold them.
fn rules(fields: &Fields<'_>, reader: &mut Reader, name: &str, known: &Known, offers: &Names) -> Vec<Rule> {
    let path = fields.path_of(name);
    let Some((entries, _)) = fields.chosen(reader, name, "service") else { return Vec::new() };
    let mut rules = Vec::new();
    for entry in entries {
        let at = join(&path, &entry.key);
        let service = known.service_names.find(reader, &entry.key, &entry.key_span, &path);
        let who = holders(reader, &entry.node, &at, offers);
        if let Some(service) = service.filter(|_| !who.is_empty()) {
            rules.push(Rule { holders: Holders { service, who }, span: entry.node.span.clone(), path: at });
        }
    }
    rules
}

/// A name, or a list of names: `team`, or offers by their keys.
fn holders(reader: &mut Reader, node: &Node, path: &str, offers: &Names) -> Vec<Holder> {
    let nodes: Vec<&Node> = match &node.value {
        Value::List(nodes) => nodes.iter().collect(),
        _ => vec![node],
    };
    let mut who = Vec::new();
    for node in nodes {
        match node.text() {
            Some(TEAM) => who.push(Holder::Team),
            Some(key) => who.extend(offers.find(reader, key, &node.span, path).map(Holder::Offer)),
            None => {
                reader.wrong_type(node, path, "a name", "write \"team\" or the key of an offer, in quotes");
            }
        }
    }
    who
}

/// Who must hold a service can: the team or a hire of the plan does it, an offer of the plan covers it.
fn can_hold(rule: &Rule, reader: &mut Reader, known: &Known, offers: &[usize], most_hires: &[u32]) {
    let service = rule.holders.service;
    let name = &known.services[service].key;
    for holder in &rule.holders.who {
        let message = match *holder {
            Holder::Team => {
                let hires = known.people.hires.iter().zip(most_hires).filter(|(_, max)| **max > 0);
                let mut all = known.people.team.iter().chain(hires.map(|(role, _)| role));
                if all.any(|role| role.services.contains(&service)) {
                    continue;
                }
                format!("no one of the team and of the plan's hires does `{name}`")
            }
            Holder::Offer(offer) if !offers.contains(&offer) => {
                format!("`{}` is not among `plan.offers`, so it cannot hold `{name}`", known.offers[offer].key)
            }
            Holder::Offer(offer) if known.offers[offer].cover(service).is_none() => {
                format!("`{}` does not cover `{name}`, so it cannot hold it", known.offers[offer].key)
            }
            Holder::Offer(_) => continue,
        };
        let diagnostic = Diagnostic::error("plan-cannot-hold", message).at(rule.span.clone(), "no mix keeps this");
        reader.report(diagnostic.path(&rule.path).hint("name someone who can, or leave the rule out"));
    }
}

/// No one must and must never hold a service.
fn do_not_contradict(must: &[Rule], never: &[Rule], reader: &mut Reader, known: &Known) {
    for rule in never {
        let same = must.iter().find(|other| {
            other.holders.service == rule.holders.service
                && other.holders.who.iter().all(|holder| rule.holders.who.contains(holder))
        });
        if same.is_none() {
            continue;
        }
        let message = format!("who must hold `{}` must never hold it", known.services[rule.holders.service].key);
        let diagnostic = Diagnostic::error("plan-contradiction", message).at(rule.span.clone(), "against `plan.must`");
        reader.report(diagnostic.path(&rule.path).hint("leave one of the two out"));
    }
}

/// Costs that name their alternatives are no part of a plan that they do not name.
pub(super) fn costs_are_borne(root: &Fields<'_>, reader: &mut Reader, costs: &[Cost], spans: &[Span], plan: &str) {
    if root.get("plan").is_none() {
        return;
    }
    for (cost, span) in costs.iter().zip(spans) {
        let Some(ids) = &cost.alternatives else { continue };
        if ids.iter().any(|id| id == plan) {
            continue;
        }
        let message = format!("{:?} names its alternatives, so that no mix of the plan bears it", cost.name);
        let diagnostic = Diagnostic::note("cost-not-in-plan", message).at(span.clone(), "not in the plan");
        let hint = format!("add \"{plan}\" to its `alternatives` if every mix bears it");
        reader.report(diagnostic.path(join("cost", &cost.name)).hint(hint));
    }
}
