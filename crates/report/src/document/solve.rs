//! From which value on something holds, as a document.

use super::parts::{brief, headers, pictured, table};
use super::{Cell, Report};
use crate::axis_words::{Words, file_name, varied};
use crate::figure_names::{condition, figure_name};
use crate::figures::{hours, percent};
use comanage_analysis::solve::{Found, Point, Solved, Value};
use comanage_model::money::{Money, group_thousands};
use comanage_model::scenario::Scenario;

/// Values before the first that meets the condition, and after it, that are shown with it.
const AROUND: usize = 5;

/// Writes what was found.
pub fn solve(of: &Solved) -> Report {
    let scenario = of.scenario;
    let words = Words { scenario, axis: of.axis };
    let axes = std::slice::from_ref(of.axis);
    Report {
        title: format!("{}: from which value on {}", scenario.name, condition(scenario, of.until)),
        subtitle: format!("{}, {} months, amounts in {}", scenario.file, scenario.term_months, scenario.currency.code),
        answer: vec![varied(words), answer(of, words)],
        sections: vec![
            brief("Values", vec![values(of, words)]),
            pictured(&file_name("solve", axes), "The figure along the values"),
        ],
    }
}

/// A figure in words; `n/a` where it does not apply.
pub fn figure_words(scenario: &Scenario, figure: Option<&Value>) -> String {
    match figure {
        None => "n/a".to_string(),
        Some(Value::Money(amount)) => amount.to_exact_prose(scenario.currency),
        Some(Value::Share(share)) => percent(*share),
        Some(Value::Number(number)) => hours(*number),
        Some(Value::Flag(flag)) => (if *flag { "yes" } else { "no" }).to_string(),
        Some(Value::Id(None)) => "none".to_string(),
        Some(Value::Id(Some(id))) => {
            let named = scenario.alternatives.iter().find(|of| of.id == *id);
            named.map_or_else(|| id.clone(), |of| of.name.clone())
        }
    }
}

/// A figure in words, a share with enough decimals that it does not read as the other one.
fn told_apart(scenario: &Scenario, figure: Option<&Value>, other: Option<&Value>) -> String {
    match (figure, other) {
        (Some(Value::Share(own)), Some(Value::Share(of))) if own != of && percent(*own) == percent(*of) => {
            let fine = |decimals: usize| format!("{:.decimals$}%", own * 100.0);
            let differs = |decimals: &usize| format!("{own:.0$}", decimals + 2) != format!("{of:.0$}", decimals + 2);
            fine((2..12).find(differs).unwrap_or(12))
        }
        _ => figure_words(scenario, figure),
    }
}

fn answer(of: &Solved, words: Words) -> String {
    let scenario = of.scenario;
    let until = condition(scenario, of.until);
    match &of.found {
        Some(Found { at, before: None }) => format!(
            "{until} holds at the lowest value already: {} at {}.",
            figure_words(scenario, at.figure.as_ref()),
            words.long(at.index)
        ),
        Some(Found { at, before: Some(before) }) => format!(
            "{until} holds from {} on: {}; at {} it is {}.",
            words.long(at.index),
            told_apart(scenario, at.figure.as_ref(), before.figure.as_ref()),
            words.short(before.index),
            told_apart(scenario, before.figure.as_ref(), at.figure.as_ref())
        ),
        None => nowhere(of, words),
    }
}

fn nowhere(of: &Solved, words: Words) -> String {
    use comanage_analysis::solve::Relation;
    let until = condition(of.scenario, of.until);
    let since = of.reason.as_ref().map(|reason| format!(", since {reason}")).unwrap_or_default();
    let looked_at = match of.is_proved() {
        true => format!("all {} values were tried", of.points.len()),
        false => format!(
            "{} of {} values were tried",
            group_thousands(&of.points.len().to_string()),
            group_thousands(&of.axis.grid.len().to_string())
        ),
    };
    let Some(best) = &of.best else {
        return format!("{until} holds at no value {}{since} ({looked_at}).", words.range());
    };
    let extreme = match of.until.relation {
        Relation::AtLeast | Relation::Above => "the most is",
        Relation::AtMost | Relation::Below => "the least is",
        Relation::Equal => "the nearest is",
    };
    format!(
        "{until} holds at no value {}; {extreme} {}, at {}{since} ({looked_at}).",
        words.range(),
        told_apart(of.scenario, best.figure.as_ref(), Some(&of.until.bound)),
        words.long(best.index)
    )
}

/// The values around the first that meets the condition; where none does, around the best.
fn values(of: &Solved, words: Words) -> super::Block {
    let mut shown: Vec<Point> = Vec::new();
    let centre = of.found.as_ref().map(|found| &found.at).or(of.best.as_ref());
    let place = centre.map_or(0, |centre| of.points.partition_point(|point| point.index < centre.index));
    let around = place.saturating_sub(AROUND)..(place + AROUND + 1).min(of.points.len());
    shown.extend_from_slice(&of.points[around]);
    shown.extend(of.found.iter().flat_map(|found| found.before.iter().cloned().chain([found.at.clone()])));
    shown.sort_by_key(|point| point.index);
    shown.dedup_by_key(|point| point.index);
    let rows = shown.iter().map(|point| {
        let holds = of.until.holds(point.figure.as_ref());
        vec![
            Cell::Text(words.short(point.index)),
            cell(of.scenario, point.figure.as_ref()),
            Cell::Text(if holds { "yes" } else { "no" }.to_string()),
        ]
    });
    table(headers(&[&words.name(), &figure_name(of.scenario, &of.until.name), "Holds"]), rows.collect())
}

fn cell(scenario: &Scenario, figure: Option<&Value>) -> Cell {
    match figure {
        None => Cell::None,
        Some(Value::Money(Money(amount))) => Cell::Price(Money(*amount), scenario.currency),
        Some(Value::Share(share)) => Cell::Share(*share),
        Some(Value::Number(number)) => Cell::Hours(*number),
        Some(Value::Flag(_) | Value::Id(_)) => Cell::Text(figure_words(scenario, figure)),
    }
}
