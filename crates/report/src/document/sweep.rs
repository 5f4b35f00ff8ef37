//! A sweep as a document: the cheapest alternative by value.

use super::parts::{brief, headers};
use super::parts::{pictured, table};
use super::{Block, Cell, Report, Section};
use crate::axis_words::{Words, file_name, name, terms, varied};
use crate::targets::the_targets;
use comanage_analysis::sweep::{self, Sweep};
use comanage_model::scenario::Scenario;

/// Columns of totals that a terminal has space for.
const ABREAST: usize = 98;

/// More runs than this are not put into a sentence.
const MAX_IN_WORDS: usize = 5;

/// Columns of letters that fit next to the values of a map, and rows that can be looked over.
const MAX_LETTERS: usize = 40;

/// Writes a sweep.
pub fn sweep(of: &Sweep) -> Report {
    let scenario = of.scenario;
    let mut sections = if of.axes.len() == 1 { along_one(of) } else { over_two(of) };
    sections.push(pictured(&file_name("sweep", of.axes), "Cheapest alternative by value"));
    Report {
        title: format!("{}: cheapest alternative by value", scenario.name),
        subtitle: format!("{}, {}", scenario.file, terms(scenario, of.axes)),
        answer: of.axes.iter().map(|axis| varied(Words { scenario, axis })).chain([answer(of)]).collect(),
        sections,
    }
}

/// The name of the cheapest, or `none`.
fn winner(scenario: &Scenario, index: Option<usize>) -> String {
    index.map_or_else(|| "none".to_string(), |index| name(scenario, index).to_string())
}

fn answer(of: &Sweep) -> String {
    let recommended = in_words(of, |cell| cell.recommended);
    let cheapest = in_words(of, |cell| cell.cheapest);
    format!("Cheapest that meets {}: {recommended}. Cheapest overall: {cheapest}.", the_targets(of.scenario))
}

/// The cheapest, in words: along one number by stretches, over two by how often.
fn in_words(of: &Sweep, who: impl Fn(&sweep::Cell) -> Option<usize>) -> String {
    let scenario = of.scenario;
    if let [axis] = of.axes {
        let runs = of.runs(&who);
        let words = Words { scenario, axis };
        return match runs.len() {
            1 => format!("{} at every value", winner(scenario, runs[0].label)),
            few if few <= MAX_IN_WORDS => words.runs(&runs, |&index| winner(scenario, index)),
            many => format!("it changes {} times", many - 1),
        };
    }
    let mut counts: Vec<(Option<usize>, usize)> = Vec::new();
    for cell in &of.cells {
        let winner = who(cell);
        match counts.iter_mut().find(|(other, _)| *other == winner) {
            Some((_, count)) => *count += 1,
            None => counts.push((winner, 1)),
        }
    }
    counts.sort_by_key(|&(winner, count)| (std::cmp::Reverse(count), winner));
    let all = of.cells.len();
    let part = |(index, count): &(Option<usize>, usize)| match all == *count {
        true => format!("{} everywhere", winner(scenario, *index)),
        false => format!("{} in {count} of {all} cells", winner(scenario, *index)),
    };
    counts.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn along_one(of: &Sweep) -> Vec<Section> {
    let scenario = of.scenario;
    let words = Words { scenario, axis: &of.axes[0] };
    let value = |cell: &sweep::Cell| Cell::Text(words.short(cell.indices[0]));
    let total =
        |cell: &sweep::Cell, index: Option<usize>| index.map_or(Cell::None, |index| Cell::Money(cell.totals[index]));
    let wins = of.cells.iter().map(|cell| {
        vec![
            value(cell),
            Cell::Text(winner(scenario, cell.recommended)),
            total(cell, cell.recommended),
            Cell::Text(winner(scenario, cell.cheapest)),
            total(cell, cell.cheapest),
        ]
    });
    let first = words.name();
    let mut sections = vec![brief(
        "Cheapest alternative by value",
        vec![table(
            headers(&[&first, &format!("Cheapest that meets {}", the_targets(scenario)), "Total", "Cheapest", "Total"]),
            wins.collect(),
        )],
    )];
    let figures: [(&str, Figure); 3] = [
        ("Term totals", |cell, index| Cell::Money(cell.totals[index])),
        ("Coverage", |cell, index| Cell::share(cell.judged[index].coverage.get())),
        ("Work done", |cell, index| Cell::share(cell.judged[index].work.get())),
    ];
    for (heading, figure) in figures {
        let is_told = |cell: &sweep::Cell| (0..cell.totals.len()).any(|index| figure(cell, index) != Cell::None);
        if !of.cells.iter().any(is_told) {
            continue;
        }
        let varies =
            |index: &usize| of.cells.windows(2).any(|pair| figure(&pair[0], *index) != figure(&pair[1], *index));
        for some in abreast(of, words) {
            let columns = some.iter().map(|&index| name(scenario, index).to_string());
            let rows = of.cells.iter().map(|cell| {
                let figures = some.iter().map(|&index| figure(cell, index));
                std::iter::once(value(cell)).chain(figures).collect()
            });
            let heading = if some[0] == 0 { heading.to_string() } else { format!("{heading} (continued)") };
            let headers = std::iter::once(first.clone()).chain(columns).collect();
            // Shares that stay as they are say the same in every row.
            let is_brief = heading.starts_with("Term") || some.iter().any(varies);
            sections.push(Section { is_brief, ..brief(heading, vec![table(headers, rows.collect())]) });
        }
    }
    let crossings: Vec<String> = of.crossings().iter().map(|crossing| crossing_words(of, words, crossing)).collect();
    if !crossings.is_empty() {
        sections.push(brief("Break-even points", vec![Block::List(crossings)]));
    }
    sections
}

/// A figure of an alternative in a cell.
type Figure = fn(&sweep::Cell, usize) -> Cell;

/// Alternatives in groups whose totals fit next to each other.
fn abreast(of: &Sweep, words: Words) -> Vec<Vec<usize>> {
    let longest = |texts: &mut dyn Iterator<Item = String>| texts.map(|text| text.chars().count()).max().unwrap_or(0);
    let values =
        longest(&mut of.cells.iter().map(|cell| words.short(cell.indices[0]))).max(words.name().chars().count());
    let width = |index: usize| {
        let figures = longest(&mut of.cells.iter().map(|cell| cell.totals[index].to_prose()));
        let headers = longest(&mut name(of.scenario, index).split_whitespace().map(String::from));
        figures.max(headers) + 1
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut used = ABREAST;
    for index in 0..of.scenario.alternatives.len() {
        if used + width(index) > ABREAST {
            groups.push(Vec::new());
            used = values + 1;
        }
        used += width(index);
        groups.iter_mut().last().into_iter().for_each(|group| group.push(index));
    }
    groups
}

fn crossing_words(of: &Sweep, words: Words, crossing: &sweep::Crossing) -> String {
    let scenario = of.scenario;
    let below = &of.cells[crossing.below as usize].totals;
    let (a, b) = (crossing.a, crossing.b);
    let (cheap, other) = if below[a] < below[b] { (a, b) } else { (b, a) };
    format!(
        "{} is cheaper than {} up to {}; more expensive from {}.",
        name(scenario, cheap),
        name(scenario, other),
        words.long(crossing.below),
        words.short(crossing.above),
    )
}

/// A map of letters, the second number upwards, as many of its cells as fit.
fn over_two(of: &Sweep) -> Vec<Section> {
    let scenario = of.scenario;
    let [x, y] = of.axes else { return Vec::new() };
    let (across, up) = (Words { scenario, axis: x }, Words { scenario, axis: y });
    let (columns, rows) = (x.grid.len() as usize, y.grid.len() as usize);
    let (every_column, every_row) = (columns.div_ceil(MAX_LETTERS), rows.div_ceil(MAX_LETTERS));
    let shown: Vec<usize> = (0..columns).step_by(every_column).collect();
    let map = of.winners();
    let winners: Vec<usize> = (0..scenario.alternatives.len()).filter(|&index| map.contains(&Some(index))).collect();
    let sign = |index: Option<usize>| {
        let place = winners.iter().position(|&winner| Some(winner) == index);
        place.map_or_else(|| "-".to_string(), letter)
    };
    let row = |row: usize| {
        let cells = shown.iter().map(|&column| sign(map[column * rows + row]));
        vec![Cell::Text(up.short(row as u64)), Cell::Text(cells.collect::<Vec<_>>().join(" "))]
    };
    let head = format!("{} {}", across.name(), across.range_in_short());
    let letters = table(vec![up.name(), head], (0..rows).step_by(every_row).rev().map(row).collect());
    let mut legend: Vec<String> =
        winners.iter().map(|&index| format!("{} {}", sign(Some(index)), name(scenario, index))).collect();
    if map.contains(&None) {
        legend.push(format!("- none meets {}", the_targets(scenario)));
    }
    let mut blocks = vec![letters, Block::List(legend)];
    for (every, way) in [(every_column, "across"), (every_row, "upwards")] {
        if every > 1 {
            blocks.push(Block::Paragraph(format!(
                "The table shows one value in {every} {way}; the files contain all values."
            )));
        }
    }
    let heading = match of.reaches_targets() {
        true => format!("Cheapest that meets {}", the_targets(scenario)),
        false => format!("Cheapest (none meets {})", the_targets(scenario)),
    };
    vec![brief(heading, blocks)]
}

/// A letter for the alternative at a place among those that win: A to Z, then a to z.
fn letter(index: usize) -> String {
    const LETTERS: &[u8; 52] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    LETTERS.get(index).map_or_else(|| "?".to_string(), |&letter| char::from(letter).to_string())
}
