//! Break-evens as a document: where the cheaper of two alternatives changes, which pairs have none,
//! and the maximum acceptable value of a price.

use std::cmp::Ordering;

use super::parts::{brief, headers};
use super::parts::{exact, pictured, table};
use super::{Block, Cell, Report, Section};
use crate::axis_words::{Words, file_name, name, terms, varied};
use crate::figures::percent;
use crate::targets::the_targets;
use comanage_analysis::breakeven::{Breakeven, Crossing, Pair, WalkAway};
use comanage_analysis::frames::Judgement;
use comanage_analysis::vary::Run;
use comanage_model::scenario::Scenario;

/// More runs than this are not put into a sentence.
const MAX_IN_WORDS: usize = 5;

/// Pairs without a break-even are listed in the terminal if there are no more pairs than these.
const MAX_PAIRS: usize = 10;

/// Writes the break-even analysis.
pub fn breakeven(of: &Breakeven) -> Report {
    let scenario = of.scenario;
    let words = Words { scenario, axis: of.axis };
    let axes = std::slice::from_ref(of.axis);
    let mut sections = vec![
        brief("Break-even points", places(of, words)),
        brief("Totals just below and above each break-even", crossings(of, words)),
        Section { is_brief: of.pairs.len() <= MAX_PAIRS, ..brief("No break-even in this range", throughout(of)) },
        brief("Maximum acceptable value", walk_away(of, words)),
        brief(format!("Values that meet {}", the_targets(scenario)), targets(of, words)),
        brief("Equal totals", ties(of, words)),
        Section {
            is_brief: of.cheapest.len() > MAX_IN_WORDS,
            ..brief("Cheapest alternative by value", cheapest_table(of, words))
        },
    ];
    sections.retain(|section| !section.blocks.is_empty());
    sections.push(pictured(&file_name("breakeven", axes), "Term totals by value"));
    Report {
        title: format!("{}: break-even analysis", scenario.name),
        subtitle: format!("{}, {}", scenario.file, terms(scenario, axes)),
        answer: answer(of, words),
        sections,
    }
}

fn answer(of: &Breakeven, words: Words) -> Vec<String> {
    let scenario = of.scenario;
    let mut sentences = vec![varied(words)];
    if of.pairs.len() > 1 {
        sentences.push(match of.cheapest.as_slice() {
            [] => "No price is complete, so none is called the cheapest.".to_string(),
            [only] => format!("{} is the cheapest at every value in this range.", name(scenario, only.label)),
            some if some.len() <= MAX_IN_WORDS => {
                format!("The cheapest is {}.", words.runs(some, |&index| name(scenario, index).to_string()))
            }
            many => format!("The cheapest changes {} times in this range.", many.len() - 1),
        });
    }
    sentences.extend(recommended(of, words));
    let crossings: usize = of.pairs.iter().map(|pair| pair.crossings.len()).sum();
    sentences.push(match (crossings, of.pairs.as_slice()) {
        (0, [pair]) => {
            format!("{} and {} have no break-even in this range.", name(scenario, pair.a), name(scenario, pair.b))
        }
        (0, _) => "There is no break-even in this range.".to_string(),
        (1, _) => "There is one break-even point in this range.".to_string(),
        (many, _) => format!("There are {many} break-even points in this range."),
    });
    vec![sentences.join(" ")]
}

/// Who is the cheapest that meets the targets; none in a comparison of prices.
fn recommended(of: &Breakeven, words: Words) -> Option<String> {
    let is_judged = of.reaches.iter().flatten().any(|run| run.is_reached.is_some());
    let name =
        |index: &Option<usize>| index.map_or_else(|| "none".to_string(), |index| name(of.scenario, index).into());
    let targets = the_targets(of.scenario);
    is_judged.then(|| match of.recommended.as_slice() {
        [only] if only.label.is_none() => format!("None meets {targets} at any value in this range."),
        some if some.len() <= MAX_IN_WORDS => format!("The cheapest that meets {targets}: {}.", words.runs(some, name)),
        many => format!("The cheapest that meets {targets} changes {} times.", many.len() - 1),
    })
}

/// At which values each alternative meets the targets and the budget, and what it covers and does at the ends.
fn targets(of: &Breakeven, words: Words) -> Vec<Block> {
    let mut rows = Vec::new();
    for (index, runs) in of.reaches.iter().enumerate() {
        for (place, run) in runs.iter().enumerate() {
            let Some(is_reached) = run.is_reached else { return Vec::new() };
            let named = if place == 0 { name(of.scenario, index) } else { "" };
            let ends = |share: fn(&Judgement) -> Option<f64>| match (share(&run.from.1), share(&run.to.1)) {
                (Some(from), Some(to)) if percent(from) != percent(to) => {
                    Cell::Figure(format!("{} to {}", percent(from), percent(to)))
                }
                (from, _) => Cell::share(from),
            };
            let met = |is_met: bool| Cell::Text(if is_met { "yes" } else { "no" }.to_string());
            let mut row = vec![
                Cell::Text(named.to_string()),
                Cell::Figure(words.short(run.from.0)),
                Cell::Figure(words.short(run.to.0)),
                met(is_reached),
            ];
            row.extend(run.keeps_budget.map(met));
            row.extend([ends(|judged| judged.coverage.get()), ends(|judged| judged.work.get())]);
            rows.push(row);
        }
    }
    let mut columns = vec!["Alternative", "From", "To", "Meets targets", "Coverage", "Work done"];
    if !of.scenario.budget.is_none() {
        columns.insert(4, "Meets budget");
    }
    vec![table(headers(&columns), rows)]
}

/// A sentence for each pair with a break-even.
fn places(of: &Breakeven, words: Words) -> Vec<Block> {
    let sentences: Vec<String> = of
        .pairs
        .iter()
        .filter(|pair| !pair.crossings.is_empty())
        .map(|pair| sentence(of.scenario, pair, words))
        .collect();
    if sentences.is_empty() { Vec::new() } else { vec![Block::List(sentences)] }
}

fn sentence(scenario: &Scenario, pair: &Pair, words: Words) -> String {
    let (a, b) = (name(scenario, pair.a), name(scenario, pair.b));
    let cheaper = |order: Ordering| if order == Ordering::Less { a } else { b };
    let differing: Vec<Run<Ordering>> = merged(&pair.runs);
    match (pair.crossings.as_slice(), differing.as_slice()) {
        ([one], [first, ..]) => {
            let (below, above) = (words.long(one.below.index), words.short(one.above.index));
            let (cheap, other) = if first.label == Ordering::Less { (a, b) } else { (b, a) };
            format!("Up to {below}, {cheap} is cheaper than {other}; from {above}, {other} is cheaper.")
        }
        (_, runs) if runs.len() <= MAX_IN_WORDS => {
            let stretches = words.runs(runs, |&order| format!("{} is cheaper", cheaper(order)));
            format!("{a} and {b} break even {} times: {stretches}.", pair.crossings.len())
        }
        ([first, .., last], _) => format!(
            "{a} and {b} break even {} times, first after {}, last after {}.",
            pair.crossings.len(),
            words.long(first.below.index),
            words.short(last.below.index),
        ),
        _ => String::new(),
    }
}

/// The runs in which the two differ; those of the same sign in a row as one, ties left out.
fn merged(runs: &[Run<Ordering>]) -> Vec<Run<Ordering>> {
    let mut merged: Vec<Run<Ordering>> = Vec::new();
    for run in runs.iter().filter(|run| run.label != Ordering::Equal) {
        match merged.last_mut().filter(|last| last.label == run.label) {
            Some(last) => last.to = run.to,
            None => merged.push(*run),
        }
    }
    merged
}

/// Two rows for each crossing: the values on both sides of it.
fn crossings(of: &Breakeven, words: Words) -> Vec<Block> {
    let scenario = of.scenario;
    let mut rows = Vec::new();
    for pair in &of.pairs {
        for Crossing { below, above, .. } in &pair.crossings {
            for (point, is_first) in [(below, true), (above, false)] {
                let (a, b) = (point.totals[pair.a], point.totals[pair.b]);
                let named = |alternative| if is_first { name(scenario, alternative) } else { "" };
                rows.push(vec![
                    Cell::Text(named(pair.a).to_string()),
                    Cell::Text(named(pair.b).to_string()),
                    Cell::Figure(words.short(point.index)),
                    exact(a, scenario),
                    exact(b, scenario),
                    exact(a - b, scenario),
                ]);
            }
        }
    }
    let value = words.name();
    let headers = headers(&["First", "Second", &value, "First total", "Second total", "Difference"]);
    if rows.is_empty() { Vec::new() } else { vec![table(headers, rows)] }
}

fn throughout(of: &Breakeven) -> Vec<Block> {
    let scenario = of.scenario;
    let row = |pair: &Pair| {
        let throughout = pair.throughout?;
        let expensive = if throughout.cheaper == pair.a { pair.b } else { pair.a };
        Some(vec![
            Cell::Text(name(scenario, throughout.cheaper).to_string()),
            Cell::Text(name(scenario, expensive).to_string()),
            exact(throughout.min, scenario),
            exact(throughout.max, scenario),
        ])
    };
    let rows: Vec<Vec<Cell>> = of.pairs.iter().filter_map(row).collect();
    let headers = headers(&["Cheaper", "More expensive", "Smallest difference", "Largest difference"]);
    if rows.is_empty() { Vec::new() } else { vec![table(headers, rows)] }
}

fn walk_away(of: &Breakeven, words: Words) -> Vec<Block> {
    let row = |row: &WalkAway| {
        let (own, rival) = (name(of.scenario, row.alternative), name(of.scenario, row.rival));
        let misses = match (row.rival_meets_targets, row.rival_keeps_budget) {
            (Some(false), _) => " No other meets the targets there.",
            (Some(true), Some(false)) => " No other that meets the targets is within the budget there.",
            _ => "",
        };
        match row.value {
            Some(value) if row.is_at_least(of.axis) => format!(
                "{own}: at least {}, the highest value tested; {rival} is next cheapest there.{misses}",
                words.long(value)
            ),
            Some(value) => format!("{own}: {}; one step higher, {rival} is cheaper.{misses}", words.long(value)),
            None => format!(
                "{own}: never the cheapest in this range; {rival} is cheaper even at {}.{misses}",
                words.long(0)
            ),
        }
    };
    let rows: Vec<String> = of.walk_away.iter().flatten().map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let targets = the_targets(of.scenario);
    let what = if of.walk_away.iter().flatten().any(|row| row.rival_meets_targets.is_some()) {
        format!("Up to this value, the alternative costs no more than the cheapest of the others that meet {targets}.")
    } else {
        "Up to this value, the alternative costs no more than the cheapest of the others.".to_string()
    };
    vec![Block::Paragraph(what), Block::List(rows)]
}

fn ties(of: &Breakeven, words: Words) -> Vec<Block> {
    let row = |pair: &Pair| {
        let stretch = |run: &Run<Ordering>| match run.from == run.to {
            true => words.long(run.from),
            false => format!("{} to {}", words.short(run.from), words.long(run.to)),
        };
        let ties: Vec<String> = pair.ties().map(stretch).collect();
        let more = ties.len().saturating_sub(MAX_IN_WORDS);
        let shown = ties.iter().take(MAX_IN_WORDS).cloned().collect::<Vec<_>>().join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        (!ties.is_empty())
            .then(|| format!("{} and {}: {shown}{more}.", name(of.scenario, pair.a), name(of.scenario, pair.b)))
    };
    let rows: Vec<String> = of.pairs.iter().filter_map(row).collect();
    if rows.is_empty() { Vec::new() } else { vec![Block::List(rows)] }
}

fn cheapest_table(of: &Breakeven, words: Words) -> Vec<Block> {
    if of.pairs.len() < 2 || of.cheapest.is_empty() {
        return Vec::new();
    }
    let row = |run: &Run<usize>| {
        vec![
            Cell::Text(name(of.scenario, run.label).to_string()),
            Cell::Figure(words.short(run.from)),
            Cell::Figure(words.short(run.to)),
        ]
    };
    vec![table(headers(&["Cheapest", "From", "To"]), of.cheapest.iter().map(row).collect())]
}
