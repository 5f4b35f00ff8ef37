//! A simulation as a document: how sure each alternative is, which input moves it most.

use super::{Block, Cell, Report, Role, Row, Section, Table};
use crate::chart_data::uncertainty::swings_of;
use crate::figures::{whole_percent, written};
use crate::input_names::input_name;
use crate::targets::within_any_budget;
use comanage_analysis::compare::Comparison;
use comanage_analysis::simulate::{Chance, Deciding, Decision, Sampling, Simulation, Swing, Uncertainty};
use comanage_model::money::Money;
use comanage_model::scenario::{Kind, Range};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Writes a simulation.
pub fn simulation(comparison: &Comparison, of: &Simulation) -> Report {
    let scenario = comparison.scenario;
    let mut report = Report {
        title: scenario.name.clone(),
        subtitle: format!(
            "{}, {} {}samples, seed {}, amounts in {} over {} months",
            scenario.file,
            comanage_model::money::group_thousands(&of.samples.to_string()),
            if of.sampling == Sampling::Independent { "independent " } else { "" },
            of.seed,
            scenario.currency.code,
            scenario.term_months
        ),
        answer: answer(comparison, of),
        sections: vec![
            section("Term total (P10 to P90) and chances", true, vec![Block::Table(chances(comparison, of))]),
            section(
                "Inputs with the largest effect on cost",
                true,
                vec![Block::Table(swings(comparison, of, comparison.leading))],
            ),
            section("Inputs that decide", true, decides(comparison, of).map(Block::Table).into_iter().collect()),
            section("Uncertain inputs", true, vec![Block::Table(inputs(of, comparison)), sources(of, comparison)]),
            section("Term total: statistics", false, vec![Block::Table(percentiles(comparison, of, |u| u.total))]),
            section(
                "Present value: statistics",
                false,
                vec![Block::Table(percentiles(comparison, of, |u| u.present_value))],
            ),
            section("Pairwise comparison", false, vec![Block::Table(pairs(comparison, of))]),
            section("Effect of every input on every alternative", false, all_swings(comparison, of)),
        ],
    };
    report.sections.retain(|section| !section.blocks.is_empty());
    report
}

fn section(heading: &str, is_brief: bool, blocks: Vec<Block>) -> Section {
    Section { heading: heading.to_string(), is_brief, blocks }
}

/// A statistic as an amount.
pub(super) fn amount(value: f64) -> Cell {
    Decimal::from_f64(value).map_or(Cell::None, |value| Cell::Money(Money(value)))
}

/// A chance with no more digits than its error supports: whole percents, with the interval.
pub fn chance_words(chance: Option<Chance>) -> String {
    chance.map_or_else(
        || "n/a".to_string(),
        |chance| {
            if chance.low == chance.high {
                return whole_percent(chance.value);
            }
            format!("{} ({} to {})", whole_percent(chance.value), whole_percent(chance.low), whole_percent(chance.high))
        },
    )
}

pub(super) fn answer(comparison: &Comparison, of: &Simulation) -> Vec<String> {
    if of.draws.inputs.is_empty() {
        return vec!["No input is a range, so results do not vary.".to_string()];
    }
    let index = comparison.leading;
    let (name, code) = (comparison.alternatives[index].name(), comparison.scenario.currency.code);
    let total = of.alternatives[index].total;
    let range =
        format!("between {} and {} {code} in 80% of the samples", amount(total.p10).print(), amount(total.p90).print());
    let mut sentence = format!("{name} costs {range}.");
    let uncertainty = &of.alternatives[index];
    if let (Some(meets), Some(recommended)) = (uncertainty.chance_meets_targets, uncertainty.chance_recommended) {
        sentence.push_str(&format!(
            " It meets the targets in {} of the samples, and is the cheapest that does{} in {}.",
            chance_words(Some(meets)),
            within_any_budget(comparison.scenario),
            chance_words(Some(recommended))
        ));
    }
    if let Some(kept) = uncertainty.chance_within_budget {
        sentence.push_str(&format!(" It meets the budget in {}.", chance_words(Some(kept))));
    }
    if let (Some(chance), Some(baseline)) = (of.alternatives[index].chance_below_baseline, comparison.baseline) {
        let baseline = comparison.alternatives[baseline].name();
        sentence.push_str(&format!(" Chance of costing less than {baseline}: {}.", chance_words(Some(chance))));
    }
    let knowing = of.value_of_perfect_information;
    let worth = if knowing >= 0.5 {
        format!(
            "Resolving the uncertainty before choosing by cost would be worth {} {code} on average.",
            amount(knowing).print()
        )
    } else {
        "Resolving the uncertainty would not change the cheapest choice.".to_string()
    };
    let none = of.chance_none_meets.filter(|chance| chance.value > 0.0);
    if let Some(none) = none {
        sentence.push_str(&format!(" In {} no alternative meets them.", chance_words(Some(none))));
    }
    vec![sentence, worth]
}

/// P10, median, P90 and the chances of each alternative: of meeting the targets and of being the cheapest
/// that does; in a comparison of prices, of being the cheapest.
pub fn chances(comparison: &Comparison, of: &Simulation) -> Table {
    let chance = |chance: Option<Chance>| chance.map_or(Cell::None, |chance| Cell::Figure(whole_percent(chance.value)));
    let is_judged = !comparison.is_price_comparison;
    let has_budget = !comparison.scenario.budget.is_none();
    let row = |index: usize| {
        let uncertainty = &of.alternatives[index];
        let mut cells = vec![
            Cell::Text(comparison.alternatives[index].name().to_string()),
            Cell::Money(comparison.alternatives[index].sums.total),
            amount(uncertainty.total.p10),
            amount(uncertainty.total.p50),
            amount(uncertainty.total.p90),
        ];
        if is_judged {
            cells.extend([chance(uncertainty.chance_meets_targets), chance(uncertainty.chance_recommended)]);
        } else {
            cells.push(chance(uncertainty.chance_cheapest));
        }
        if has_budget {
            cells.push(chance(uncertainty.chance_within_budget));
        }
        let regret = if is_judged { uncertainty.regret_recommended } else { uncertainty.regret };
        cells.push(chance(uncertainty.chance_below_baseline));
        cells.push(regret.map_or(Cell::None, |regret| amount(regret.mean)));
        Row { role: Role::Body, cells }
    };
    let judged = if is_judged { &["Meets targets", "Cheapest that meets them"][..] } else { &["Cheapest"] };
    let kept = if has_budget { &["Meets budget"][..] } else { &[] };
    let headers = ["Alternative", "At likely values", "P10", "Median", "P90"].iter().chain(judged).chain(kept);
    let headers = headers.chain(&["Cheaper than baseline", "Average extra cost"]);
    Table { headers: headers.map(ToString::to_string).collect(), rows: (0..of.alternatives.len()).map(row).collect() }
}

/// The chances of meeting the targets and of being the cheapest that does, with their intervals.
pub(super) fn intervals(comparison: &Comparison, of: &Simulation) -> Table {
    let row = |(index, uncertainty): (usize, &Uncertainty)| {
        let name = comparison.alternatives[index].name().to_string();
        let words = |chance| Cell::Figure(chance_words(chance));
        let cells =
            vec![Cell::Text(name), words(uncertainty.chance_meets_targets), words(uncertainty.chance_recommended)];
        Row { role: Role::Body, cells }
    };
    let headers = ["Alternative", "Meets targets", "Cheapest that meets them"];
    Table { headers: headers.map(String::from).to_vec(), rows: of.alternatives.iter().enumerate().map(row).collect() }
}

pub(super) fn percentiles(
    comparison: &Comparison,
    of: &Simulation,
    summary: impl Fn(&comanage_analysis::simulate::Uncertainty) -> comanage_analysis::simulate::Summary,
) -> Table {
    let headers = [
        "Alternative",
        "Average",
        "Standard deviation",
        "Standard error",
        "P5",
        "P10",
        "P25",
        "P50",
        "P75",
        "P90",
        "P95",
    ];
    let row = |(index, uncertainty): (usize, &comanage_analysis::simulate::Uncertainty)| {
        let s = summary(uncertainty);
        let figures = [s.mean, s.sd, s.standard_error, s.p5, s.p10, s.p25, s.p50, s.p75, s.p90, s.p95];
        let name = Cell::Text(comparison.alternatives[index].name().to_string());
        Row { role: Role::Body, cells: std::iter::once(name).chain(figures.map(amount)).collect() }
    };
    Table { headers: headers.map(String::from).to_vec(), rows: of.alternatives.iter().enumerate().map(row).collect() }
}

pub(super) fn pairs(comparison: &Comparison, of: &Simulation) -> Table {
    let name = |index: usize| Cell::Text(comparison.alternatives[index].name().to_string());
    let row = |(a, b, chance): &(usize, usize, Chance)| Row {
        role: Role::Body,
        cells: vec![name(*a), name(*b), Cell::Text(chance_words(Some(*chance)))],
    };
    let headers = ["First", "Second", "Chance that the first costs less"];
    Table { headers: headers.map(String::from).to_vec(), rows: of.pairs.iter().map(row).collect() }
}

pub(super) fn swings(comparison: &Comparison, of: &Simulation, alternative: usize) -> Table {
    let kind = |swing: &Swing| comparison.scenario.inputs.about(of.draws.inputs[swing.input].input).kind;
    let row = |swing: &Swing| {
        let input = &of.draws.inputs[swing.input];
        Row {
            role: Role::Body,
            cells: vec![
                Cell::Text(input_name(comparison.scenario, &input.path)),
                Cell::Figure(written(input.low(), kind(swing))),
                Cell::Figure(written(input.high(), kind(swing))),
                Cell::Money(swing.at_low),
                Cell::Money(swing.at_high),
                Cell::Money(swing.swing),
                swing.rank_correlation.map_or(Cell::None, |r| Cell::Figure(format!("{r:.2}"))),
            ],
        }
    };
    let name = comparison.alternatives[alternative].name();
    let headers = [format!("Input, on {name}")].into_iter();
    let headers =
        headers.chain(["Low", "High", "Total at low", "Total at high", "Swing", "Rank correlation"].map(String::from));
    Table { headers: headers.collect(), rows: swings_of(of, alternative, false).map(row).collect() }
}

/// What each input does to the difference between the recommended alternative and the next that meets the
/// targets, and what it is worth to know it; none where there is no next.
pub(super) fn decides(comparison: &Comparison, of: &Simulation) -> Option<Table> {
    let decision = of.decision.as_ref()?;
    let name = |index: usize| comparison.alternatives[index].name();
    let runner_up = decision.runner_up?;
    let winner = |winner: Option<usize>| Cell::Text(winner.map_or("none", name).to_string());
    let row = |deciding: &&Deciding| {
        let input = &of.draws.inputs[deciding.input];
        Row {
            role: Role::Body,
            cells: vec![
                Cell::Text(input_name(comparison.scenario, &input.path)),
                Cell::money(deciding.at_low),
                Cell::money(deciding.at_high),
                winner(deciding.winner_at_low),
                winner(deciding.winner_at_high),
                amount(deciding.value_of_knowing),
            ],
        }
    };
    let headers = [
        format!("Input, on {} less {}", name(decision.recommended), name(runner_up)),
        "At low".to_string(),
        "At high".to_string(),
        "Recommended at low".to_string(),
        "Recommended at high".to_string(),
        "Value of knowing".to_string(),
    ];
    Some(Table { headers: headers.to_vec(), rows: by_swing(decision).iter().map(row).collect() })
}

/// The inputs of a decision, the widest swing first.
pub fn by_swing(decision: &Decision) -> Vec<&Deciding> {
    let mut inputs: Vec<&Deciding> = decision.inputs.iter().collect();
    inputs.sort_by_key(|deciding| std::cmp::Reverse(deciding.swing()));
    inputs
}

pub(super) fn all_swings(comparison: &Comparison, of: &Simulation) -> Vec<Block> {
    (0..comparison.alternatives.len()).map(|alternative| Block::Table(swings(comparison, of, alternative))).collect()
}

pub(super) fn inputs(of: &Simulation, comparison: &Comparison) -> Table {
    let row = |input: &comanage_analysis::simulate::Uncertain| {
        let about = comparison.scenario.inputs.about(input.input);
        let value = |value| Cell::Figure(written(value, about.kind));
        Row {
            role: Role::Body,
            cells: vec![
                Cell::Text(input_name(comparison.scenario, &input.path)),
                value(input.range.low),
                value(input.exact),
                value(input.range.high),
                Cell::Text(shape(&input.range)),
            ],
        }
    };
    let headers = ["Input", "Low", "Likely", "High", "Distribution"];
    Table { headers: headers.map(String::from).to_vec(), rows: of.draws.inputs.iter().map(row).collect() }
}

/// The shape of a range in a table; of an event with its chance.
fn shape(range: &Range) -> String {
    match &range.event {
        Some(event) => format!("event, {}", written(event.chance, Kind::Share)),
        None => range.word().to_string(),
    }
}

/// Where the ranges come from.
pub(super) fn sources(of: &Simulation, comparison: &Comparison) -> Block {
    let line = |input: &comanage_analysis::simulate::Uncertain| {
        let source = comparison.scenario.inputs.about(input.input).source.clone();
        format!(
            "{}: {}",
            input_name(comparison.scenario, &input.path),
            source.unwrap_or_else(|| "no source stated".to_string())
        )
    };
    Block::List(of.draws.inputs.iter().map(line).collect())
}
