//! A simulation as JSON, for machines. Statistics are numbers with all digits; what was written or
//! computed exactly is a string of an exact decimal, a share a fraction of 1.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Layout, SCHEMA, text};
use comanage_analysis::compare::Comparison;
use comanage_analysis::simulate::{Chance, Regret, Simulation, Summary, Uncertainty};

/// The document.
pub fn simulation(comparison: &Comparison, of: &Simulation, layout: Layout) -> String {
    text(&document(comparison, of), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    scenario: &'a str,
    samples: usize,
    seed: u64,
    inputs: Vec<Input<'a>>,
    alternatives: Vec<Alternative<'a>>,
    pairs: Vec<Pair<'a>>,
    value_of_perfect_information: f64,
    tornado: Vec<Swing<'a>>,
}

#[derive(Serialize)]
struct Input<'a> {
    path: &'a str,
    dist: &'static str,
    low: String,
    likely: String,
    high: String,
}

#[derive(Serialize)]
struct Alternative<'a> {
    id: &'a str,
    total: Summary,
    present_value: Summary,
    chance_cheapest: Option<Chance>,
    chance_below_baseline: Option<Chance>,
    regret_mean: Option<f64>,
    regret_p90: Option<f64>,
    chance_recommended: Option<Chance>,
    regret_recommended_mean: Option<f64>,
    regret_recommended_p90: Option<f64>,
}

#[derive(Serialize)]
struct Pair<'a> {
    a: &'a str,
    b: &'a str,
    chance_a_below_b: Chance,
}

#[derive(Serialize)]
struct Swing<'a> {
    alternative: &'a str,
    against: Option<&'a str>,
    path: &'a str,
    total_at_low: String,
    total_at_high: String,
    swing: String,
    rank_correlation: Option<f64>,
}

fn document<'a>(comparison: &'a Comparison, of: &'a Simulation) -> Document<'a> {
    let id = |index: usize| comparison.alternatives[index].id();
    let currency = comparison.scenario.currency;
    let exact = |value: Decimal| value.normalize().to_string();
    let inputs = of.draws.inputs.iter().map(|input| Input {
        path: &input.path,
        dist: input.range.distribution.word(),
        low: exact(input.range.low),
        likely: exact(input.exact),
        high: exact(input.range.high),
    });
    let tornado = of.tornado.iter().map(|swing| Swing {
        alternative: id(swing.alternative),
        against: swing.against_baseline.then(|| id(comparison.baseline)),
        path: &of.draws.inputs[swing.input].path,
        total_at_low: swing.at_low.to_data(currency),
        total_at_high: swing.at_high.to_data(currency),
        swing: swing.swing.to_data(currency),
        rank_correlation: swing.rank_correlation,
    });
    let alternatives =
        of.alternatives.iter().enumerate().map(|(index, uncertainty)| alternative(id(index), uncertainty));
    Document {
        schema: SCHEMA,
        scenario: &comparison.scenario.name,
        samples: of.samples,
        seed: of.seed,
        inputs: inputs.collect(),
        alternatives: alternatives.collect(),
        pairs: of.pairs.iter().map(|(a, b, chance)| Pair { a: id(*a), b: id(*b), chance_a_below_b: *chance }).collect(),
        value_of_perfect_information: of.value_of_perfect_information,
        tornado: tornado.collect(),
    }
}

fn alternative<'a>(id: &'a str, of: &Uncertainty) -> Alternative<'a> {
    let mean = |regret: Option<Regret>| regret.map(|regret| regret.mean);
    let p90 = |regret: Option<Regret>| regret.map(|regret| regret.p90);
    Alternative {
        id,
        total: of.total,
        present_value: of.present_value,
        chance_cheapest: of.chance_cheapest,
        chance_below_baseline: of.chance_below_baseline,
        regret_mean: mean(of.regret),
        regret_p90: p90(of.regret),
        chance_recommended: of.chance_recommended,
        regret_recommended_mean: mean(of.regret_recommended),
        regret_recommended_p90: p90(of.regret_recommended),
    }
}
