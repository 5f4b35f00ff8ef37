//! The charts of break-evens and sweeps: what they show, and the sentence above each.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::comparison::money;
use crate::axis_words::{Words, file_name, months, name, terms};
use crate::chart::grid_map::GridMap;
use crate::chart::lines::{Line, Lines, Mark};
use crate::chart::number::scale;
use crate::chart::{Heading, Picture, marker};
use crate::document::figure_words;
use crate::figure_names::{condition, figure_name};
use crate::input_names::input_name;
use crate::targets::the_targets;
use comanage_analysis::breakeven::Breakeven;
use comanage_analysis::solve::{Point, Solved, Value};
use comanage_analysis::sweep::{Crossing, Sweep};
use comanage_analysis::vary::{Axis, Run};
use comanage_model::money::Money;
use comanage_model::scenario::{Kind, Scenario};

/// Turns that are labelled; more labels would be in too many rows.
const MAX_LABELS: usize = 7;

/// Turns that have a dot; more would cover the lines.
const MAX_DOTS: usize = 60;

/// Points of a line; more cannot be distinguished.
const MAX_POINTS: usize = 1_001;

/// Draws the totals along the values, with the break-evens marked.
pub fn breakeven_picture(of: &Breakeven) -> Picture {
    let words = Words { scenario: of.scenario, axis: of.axis };
    let every = of.points.len().div_ceil(MAX_POINTS);
    let last = of.points.len().saturating_sub(1);
    let kept = of.points.iter().enumerate().filter(|(place, _)| place % every == 0 || *place == last);
    let points: Vec<(u64, &[Money])> = kept.map(|(_, point)| (point.index, &*point.totals)).collect();
    let crossings = of.pairs.iter().flat_map(|pair| pair.crossings.iter().map(move |crossing| (pair, crossing)));
    let turns: Vec<Turn> = crossings
        .map(|(pair, crossing)| {
            let totals = &crossing.above.totals;
            let winner = if totals[pair.a] < totals[pair.b] { pair.a } else { pair.b };
            Turn { at: crossing.above.index, loser: pair.a + pair.b - winner, winner, total: totals[winner] }
        })
        .collect();
    let chart = totals_chart(words, &points, &leaders(of), &turns);
    Picture::new(file_name("breakeven", std::slice::from_ref(of.axis)), chart)
}

/// Who is cheaper along the values: of two alternatives the cheaper one, of more the cheapest useful.
fn leaders(of: &Breakeven) -> Vec<Run<usize>> {
    let [pair] = of.pairs.as_slice() else { return of.cheapest.clone() };
    let mut leaders: Vec<Run<usize>> = Vec::new();
    for run in &pair.runs {
        let label = match (run.label, leaders.last()) {
            (Ordering::Equal, last) => last.map_or(pair.a, |last| last.label),
            (Ordering::Less, _) => pair.a,
            (Ordering::Greater, _) => pair.b,
        };
        match leaders.last_mut().filter(|last| last.label == label) {
            Some(last) => last.to = run.to,
            None => leaders.push(Run { from: run.from, to: run.to, label }),
        }
    }
    leaders
}

/// Where one alternative becomes cheaper than another.
struct Turn {
    at: u64,
    winner: usize,
    loser: usize,
    /// What the cheaper one costs there.
    total: Money,
}

fn totals_chart(words: Words, points: &[(u64, &[Money])], cheapest: &[Run<usize>], turns: &[Turn]) -> Lines {
    let scenario = words.scenario;
    let axis = words.axis;
    let highest: Vec<f64> = points.iter().flat_map(|(_, totals)| totals.iter().map(|&total| money(total))).collect();
    let (divisor, word) = scale(&highest);
    let line = |index: usize| Line {
        name: name(scenario, index).to_string(),
        values: points.iter().map(|(_, totals)| money(totals[index]) / divisor).collect(),
        muted: Some(&scenario.alternatives[index].id) == scenario.baseline.as_ref() && scenario.alternatives.len() > 2,
        marker: sign_of(scenario, index),
        ..Line::default()
    };
    let label = |turn: &Turn| {
        let leads = cheapest.windows(2).any(|pair| {
            (pair[0].label, pair[1].label) == (turn.loser, turn.winner)
                && (pair[0].to..=pair[1].from).contains(&turn.at)
        });
        match () {
            () if leads && cheapest.len() <= MAX_LABELS => {
                format!("from {}: {}", brief(words, turn.at), name(scenario, turn.winner))
            }
            () if turns.len() <= MAX_LABELS => format!("from {}", brief(words, turn.at)),
            () => String::new(),
        }
    };
    let mark = |turn: &Turn| Mark { x: place(axis, turn.at), y: Some(money(turn.total) / divisor), label: label(turn) };
    let mut marks: Vec<Mark> = turns.iter().take(MAX_DOTS).map(mark).collect();
    say_once(&mut marks);
    marks.extend(today(words));
    let unit = format!("{word} {}", scenario.currency.code);
    Lines {
        heading: Heading {
            title: title(words, cheapest, turns),
            subtitle: format!(
                "Totals over {}, {}, by {}{}",
                term(scenario, axis),
                unit.trim(),
                input_name(scenario, &axis.path),
                if turns.is_empty() { "" } else { "; dots mark break-even points" }
            ),
            description: words.runs(cheapest, |&index| format!("{} is the cheapest", name(scenario, index))),
        },
        x_title: input_name(scenario, &axis.path),
        x_values: points.iter().map(|&(index, _)| place(axis, index)).collect(),
        x_suffix: if axis.kind == Kind::Share { "%".into() } else { String::new() },
        zoomed: true,
        lines: (0..scenario.alternatives.len()).map(line).collect(),
        marks,
    }
}

/// A value as short as the axis allows: without cents where all steps are whole.
fn brief(words: Words, index: u64) -> String {
    let grid = &words.axis.grid;
    let is_whole = [0, 1.min(grid.last()), grid.last()].iter().all(|&at| grid.value(at).fract().is_zero());
    let text = words.short(index);
    let whole = text.split_once('.').map(|(whole, _)| whole.to_string());
    whole.filter(|_| is_whole).unwrap_or(text)
}

/// Turns at one place that say the same say it once.
fn say_once(marks: &mut [Mark]) {
    for place in 1..marks.len() {
        let (before, after) = marks.split_at_mut(place);
        if before.iter().any(|mark| mark.x == after[0].x && mark.label == after[0].label) {
            after[0].label.clear();
        }
    }
}

/// The number of the colour and shape of an alternative.
fn sign_of(scenario: &Scenario, index: usize) -> usize {
    marker::number(index, scenario.alternatives.iter().position(|other| Some(&other.id) == scenario.baseline.as_ref()))
}

fn term(scenario: &Scenario, axis: &Axis) -> String {
    if axis.path == "term_months" { "the term".to_string() } else { months(scenario.term_months) }
}

/// Where a value lies along the foot: shares in percent.
fn place(axis: &Axis, index: u64) -> f64 {
    let value = axis.grid.value(index).to_f64().unwrap_or(f64::NAN);
    if axis.kind == Kind::Share { value * 100.0 } else { value }
}

fn today(words: Words) -> Option<Mark> {
    let axis = words.axis;
    let value =
        axis.today.filter(|&value| axis.grid.value(0) <= value && value <= axis.grid.value(axis.grid.last()))?;
    let percent = if axis.kind == Kind::Share { 100.0 } else { 1.0 };
    let x = value.to_f64()? * percent;
    Some(Mark { x, y: None, label: format!("today {}", axis.kind.write(value)) })
}

fn title(words: Words, cheapest: &[Run<usize>], turns: &[Turn]) -> String {
    let scenario = words.scenario;
    match cheapest {
        [] => format!("Totals {}", words.range()),
        [only] if scenario.alternatives.len() == 2 => {
            format!("{} is never more expensive, {}", name(scenario, only.label), words.range())
        }
        [only] if turns.is_empty() => format!("{} is the cheapest, {}", name(scenario, only.label), words.range()),
        [only] => {
            let times = if turns.len() == 1 { "once".to_string() } else { format!("{} times", turns.len()) };
            format!("{} stays the cheapest; others break even {times}", name(scenario, only.label))
        }
        [first, second] => format!(
            "{} is {} up to {}, then {}",
            name(scenario, first.label),
            if scenario.alternatives.len() == 2 { "cheaper" } else { "the cheapest" },
            words.long(first.to),
            name(scenario, second.label)
        ),
        [first, .., last] => format!(
            "The cheapest changes {} times, from {} to {}",
            cheapest.len() - 1,
            name(scenario, first.label),
            name(scenario, last.label)
        ),
    }
}

/// Draws a sweep: the totals along one number, or the map of the cheapest over two.
pub fn sweep_picture(of: &Sweep) -> Picture {
    let name = file_name("sweep", of.axes);
    match of.axes {
        [axis] => Picture::new(name, sweep_lines(of, axis)),
        axes => Picture::new(name, sweep_map(of, axes)),
    }
}

/// Draws the figure along the values, with the first value that meets the condition marked.
pub fn solve_picture(of: &Solved) -> Picture {
    let (scenario, axis) = (of.scenario, of.axis);
    let words = Words { scenario, axis };
    let percent = if matches!(of.until.bound, Value::Share(_)) { 100.0 } else { 1.0 };
    let plotted = |figure: Option<&Value>| match figure {
        Some(Value::Flag(flag)) => f64::from(u8::from(*flag)),
        Some(Value::Id(_)) => f64::from(u8::from(of.until.holds(figure))),
        figure => figure.and_then(Value::to_f64).map_or(f64::NAN, |number| number * percent),
    };
    let values: Vec<f64> = of.points.iter().map(|point| plotted(point.figure.as_ref())).collect();
    let bound = plotted(Some(&of.until.bound));
    let (divisor, word) = match of.until.bound {
        Value::Money(_) => scale(&[values.as_slice(), &[bound]].concat()),
        _ => (1.0, ""),
    };
    let unit = match of.until.bound {
        Value::Money(_) => format!("{word} {}", scenario.currency.code).trim().to_string(),
        Value::Share(_) => "percent".to_string(),
        Value::Number(_) => "number".to_string(),
        Value::Flag(_) | Value::Id(_) => "1 where it holds".to_string(),
    };
    let line = |name: &str, values: Vec<f64>, muted, marker| Line {
        name: name.to_string(),
        values: values.into_iter().map(|value| value / divisor).collect(),
        muted,
        marker,
        ..Line::default()
    };
    let name = figure_name(scenario, &of.until.name);
    let mut lines = vec![line(&name, values.clone(), false, 1)];
    if of.until.bound.number().is_some() {
        lines.push(line("asked for", vec![bound; values.len()], true, 0));
    }
    let found = of.found.as_ref().map(|found| Mark {
        x: place(axis, found.at.index),
        y: Some(plotted(found.at.figure.as_ref()) / divisor),
        label: format!("from {}", brief(words, found.at.index)),
    });
    let until = condition(scenario, of.until);
    let title = match &of.found {
        Some(found) if found.before.is_none() => format!("{until} holds at the lowest value already"),
        Some(found) => format!("{until} holds from {} on", words.long(found.at.index)),
        None => format!("{until} holds at no value, {}", words.range()),
    };
    let chart = Lines {
        heading: Heading {
            title,
            subtitle: format!("{name}, {unit}, by {}", input_name(scenario, &axis.path)),
            description: of.points.first().zip(of.points.last()).map_or_else(String::new, |(first, last)| {
                let at = |point: &Point| {
                    format!("{} at {}", figure_words(scenario, point.figure.as_ref()), words.long(point.index))
                };
                format!("{}, {}", at(first), at(last))
            }),
        },
        x_title: input_name(scenario, &axis.path),
        x_values: of.points.iter().map(|point| place(axis, point.index)).collect(),
        x_suffix: if axis.kind == Kind::Share { "%".into() } else { String::new() },
        zoomed: true,
        lines,
        marks: found.into_iter().chain(today(words)).collect(),
    };
    Picture::new(file_name("solve", std::slice::from_ref(axis)), chart)
}

fn sweep_lines(of: &Sweep, axis: &Axis) -> Lines {
    let words = Words { scenario: of.scenario, axis };
    let points: Vec<(u64, &[Money])> = of.cells.iter().map(|cell| (cell.indices[0], &*cell.totals)).collect();
    let runs = of.runs(|cell| cell.cheapest).into_iter();
    let cheapest: Vec<Run<usize>> =
        runs.filter_map(|Run { from, to, label }| Some(Run { from, to, label: label? })).collect();
    let crossings = of.crossings();
    let turn = |crossing: &Crossing| {
        let totals = &of.cells[crossing.above as usize].totals;
        let winner = if totals[crossing.a] < totals[crossing.b] { crossing.a } else { crossing.b };
        Turn { at: crossing.above, winner, loser: crossing.a + crossing.b - winner, total: totals[winner] }
    };
    let turns: Vec<Turn> = crossings.iter().map(turn).collect();
    totals_chart(words, &points, &cheapest, &turns)
}

fn sweep_map(of: &Sweep, axes: &[Axis]) -> GridMap {
    let scenario = of.scenario;
    let (x, y) = (&axes[0], &axes[axes.len() - 1]);
    let (reaches, winners) = (of.reaches_targets(), of.winners());
    let rows = y.grid.len() as usize;
    let row = |row: usize| winners.iter().skip(row).step_by(rows).copied().collect();
    let values = |axis: &Axis| {
        let words = Words { scenario, axis };
        (0..axis.grid.len()).map(|index| brief(words, index)).collect::<Vec<_>>()
    };
    let here = nearest(x).zip(nearest(y));
    GridMap {
        heading: Heading {
            title: map_title(scenario, reaches, &winners),
            subtitle: format!(
                "Cheapest {}, {}",
                match reaches {
                    true => format!("alternative that meets {}", the_targets(scenario)),
                    false => "useful alternative".to_string(),
                },
                terms(scenario, axes)
            ),
            description: format!(
                "The cheapest alternative by {} and {}",
                input_name(scenario, &x.path),
                input_name(scenario, &y.path)
            ),
        },
        x_title: input_name(scenario, &x.path),
        y_title: input_name(scenario, &y.path),
        x_values: values(x),
        y_values: values(y),
        names: scenario.alternatives.iter().map(|alternative| alternative.name.clone()).collect(),
        markers: (0..scenario.alternatives.len()).map(|index| sign_of(scenario, index)).collect(),
        cells: (0..rows).map(row).collect(),
        here,
        here_label: if is_step(x) && is_step(y) { "today".into() } else { "nearest to current values".into() },
    }
}

fn map_title(scenario: &Scenario, reaches: bool, winners: &[Option<usize>]) -> String {
    let wins = |index: usize| winners.iter().filter(|winner| **winner == Some(index)).count();
    let max = (0..scenario.alternatives.len()).rev().max_by_key(|&index| wins(index)).unwrap_or(0);
    if wins(max) == 0 {
        return "Nothing here is recommended, and no price is complete".to_string();
    }
    let (count, all) = (wins(max), winners.len());
    let name = name(scenario, max);
    let targets = the_targets(scenario);
    match (reaches, count == all) {
        (true, true) => format!("{name} is the cheapest that meets {targets} at every value"),
        (true, false) => format!("{name} is most often the cheapest that meets {targets}"),
        (false, true) => format!("No alternative meets {targets}; {name} is always the cheapest"),
        (false, false) => format!("No alternative meets {targets}; {name} is most often the cheapest"),
    }
}

/// Whether what the file says is one of the steps.
fn is_step(axis: &Axis) -> bool {
    axis.today.is_some_and(|today| axis.grid.index(today).is_some())
}

/// The step that is nearest to what the file says, where that lies between the ends.
fn nearest(axis: &Axis) -> Option<usize> {
    let today = axis.today?;
    let (first, last) = (axis.grid.value(0), axis.grid.value(axis.grid.last()));
    let distance =
        |index: &u64| axis.grid.value(*index).checked_sub(today).map_or(Decimal::MAX, |distance| distance.abs());
    let nearest = (0..axis.grid.len()).min_by_key(distance)?;
    (first <= today && today <= last).then_some(nearest as usize)
}
