//! The place in the page where inputs may be changed, and the data that `assets/program.js` runs.
//!
//! Whole numbers of up to 53 bits are numbers of JSON, larger ones texts. A term is two numbers: the place of a value
//! and its factor, or -1 and a constant.

use std::collections::HashMap;

use maud::{Markup, html};
use serde_json::{Value, json};

use super::super::text::visible;
use super::ledger::in_script;
use crate::document::{Changeable, Handover};
use comanage_analysis::compare::budget::Limits;
use comanage_analysis::compare::verdict::Reach;
use comanage_analysis::recalculate::{Cover, Covered, KnownWork, Recalculation, Slider};
use comanage_expr::tape::portable::{Act, Check, Condition, Group, Portable, Quotient, Step, Term};
use comanage_model::scenario::Kind;

/// What is there without script; with it controls and results take its place.
pub(super) fn place(document: &Handover) -> Markup {
    let command = document.what_if.as_ref().map(|of| of.what_if.command.join(" ")).unwrap_or_default();
    html! {
        div.what-if id="what-if-board" {
            p { "To see other values, run " code { (visible(&command)) " --set PATH=VALUE" } "." }
        }
    }
}

/// All that the page needs to work a comparison out anew.
pub(super) fn data(document: &Handover, of: &Changeable) -> Markup {
    let Recalculation { sliders, programs, covered, known_work, may_buy_nothing, work_target, budget } =
        &of.what_if.recalculation;
    let names = document.alternatives.iter().map(|alternative| visible(&alternative.name));
    let sliders = sliders.iter().zip(&of.names).map(|(slider, name)| slider_of(slider, name));
    in_script(&json!({
        "command": of.what_if.command,
        "currency": document.currency.code,
        "digits": document.currency.digits,
        "months": document.term_months,
        "alternatives": names.collect::<Vec<_>>(),
        "baseline": of.baseline,
        "sliders": sliders.collect::<Vec<_>>(),
        "programs": programs.iter().map(program).collect::<Vec<_>>(),
        "covered": covered_of(covered),
        "knownWork": known_work.iter().map(|of| of.as_ref().map(known)).collect::<Vec<_>>(),
        "mayBuyNothing": may_buy_nothing,
        "workTarget": work_target,
        "budget": budget.as_ref().map(limits),
    }))
}

fn slider_of(of: &Slider, name: &str) -> Value {
    let kind = match of.kind {
        Kind::Money => "money",
        Kind::Share => "share",
        Kind::Number | Kind::Count | Kind::Months => "number",
    };
    let [min, max, step, value] = [of.min, of.max, of.step, of.value].map(whole);
    let (path, name) = (&of.path, visible(name));
    json!({
        "path": path, "name": name, "kind": kind, "digits": of.digits,
        "min": min, "max": max, "step": step, "value": value,
    })
}

fn known(of: &KnownWork) -> Value {
    json!({ "reach": reach(of.reach), "depends": of.depends })
}

/// Whether there is anything to cover or to do, whether some of it is, and whether the target is not missed.
fn reach(of: Reach) -> Value {
    json!({ "applies": of.applies, "isSome": of.is_some, "isEnough": of.is_enough })
}

fn limits(of: &Limits) -> Value {
    json!({ "total": of.total, "years": of.years, "monthly": of.monthly })
}

/// Of each way: by alternative what it covers, and whether its price is complete.
fn covered_of(of: &Covered) -> Value {
    let way = |way: &Vec<Cover>| -> Vec<Value> {
        let cover = |of: &Cover| json!({ "reach": reach(of.reach), "isComplete": of.is_complete });
        way.iter().map(cover).collect()
    };
    json!({
        "tabled": of.tabled, "fixed": of.fixed, "places": of.places,
        "ways": of.ways.iter().map(way).collect::<Vec<_>>(),
    })
}

fn program(of: &Portable) -> Value {
    let mut conditions = Conditions::default();
    let groups: Vec<Value> = of.groups.iter().map(|group| conditions.group(group)).collect();
    json!({
        "steps": of.steps.iter().map(step).collect::<Vec<_>>(),
        "conditions": conditions.all,
        "groups": groups,
    })
}

/// The conditions of groups, each once.
#[derive(Default)]
struct Conditions {
    all: Vec<Value>,
    places: HashMap<String, usize>,
}

impl Conditions {
    fn place(&mut self, of: &Condition) -> usize {
        let value = condition(of);
        let next = self.all.len();
        let place = *self.places.entry(value.to_string()).or_insert(next);
        if place == next {
            self.all.push(value);
        }
        place
    }

    fn group(&mut self, of: &Group) -> Value {
        let conditions: Vec<usize> = of.conditions.iter().map(|condition| self.place(condition)).collect();
        json!({
            "of": of.group,
            "conditions": conditions,
            "total": term(of.total),
            "sums": of.sums.iter().copied().map(term).collect::<Vec<_>>(),
            "ofPeriod": of.of_period,
            "work": of.ratio.map(|(part, whole)| [term(part), term(whole)]),
            "bought": of.part.map(term),
        })
    }
}

/// A step: a number for what is done, then its terms. 0 to 7 are done in doubles, 8 to 15 in large whole numbers, 16 to
/// 23 as well with a result that a double holds, 24 is a sum of terms.
fn step(of: &Step) -> Value {
    match of {
        Step::Sum(terms) => Value::from([vec![json!(24)], terms.iter().flat_map(|&of| term(of)).collect()].concat()),
        Step::Pair { act, of: [a, b], is_narrow, gives_narrow } => {
            let width = match (is_narrow, gives_narrow) {
                (true, _) => 0,
                (false, false) => 8,
                (false, true) => 16,
            };
            Value::from([vec![json!(number(*act) + width)], term(*a).to_vec(), term(*b).to_vec()].concat())
        }
    }
}

fn number(act: Act) -> u8 {
    match act {
        Act::Sum => 0,
        Act::Product => 1,
        Act::Min => 2,
        Act::Max => 3,
        Act::Excess => 4,
        Act::Rounded => 5,
        Act::Ceiling => 6,
        Act::Floor => 7,
    }
}

/// A condition: 0 above, 1 equal, 2 a multiple, 3 clearly above; whether it must be so; whether doubles hold both
/// sides; then what is compared.
fn condition(of: &Condition) -> Value {
    let (kind, terms) = match of.check {
        Check::Above(a, b) => (0, [term(a), term(b)].concat()),
        Check::Equal(a, b) => (1, [term(a), term(b)].concat()),
        Check::Multiple(a, by) => (2, [term(a), term(Term::Constant(by))].concat()),
        Check::ClearlyAbove(a, b) => (3, [quotient(a), quotient(b)].concat()),
    };
    let head = [kind, u8::from(of.outcome), u8::from(of.is_narrow)].map(Value::from).to_vec();
    Value::from([head, terms].concat())
}

/// A quotient: its whole number, its fraction as one double, what it is divided by.
fn quotient(of: Quotient) -> Vec<Value> {
    [term(of.of).to_vec(), vec![json!(of.num as f64 / of.den as f64)], term(of.by).to_vec()].concat()
}

fn term(of: Term) -> [Value; 2] {
    match of {
        Term::Value(at, times) => [json!(at), whole(times)],
        Term::Constant(value) => [json!(-1), whole(value)],
    }
}

fn whole(of: i128) -> Value {
    const EXACT: i128 = 1 << 53;
    match i64::try_from(of) {
        Ok(number) if of.abs() < EXACT => json!(number),
        _ => json!(of.to_string()),
    }
}
