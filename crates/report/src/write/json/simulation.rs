//! A simulation as JSON. Statistics of amounts are numbers to the minor unit; what was written or
//! computed exactly is a string of an exact decimal, a share a fraction of 1.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::data::statistic;
use super::{Layout, SCHEMA, text};
use comanage_analysis::compare::Comparison;
use comanage_analysis::simulate::{Chance, Regret, Simulation, Summary, Uncertainty};
use comanage_model::money::Currency;

/// The document.
pub fn simulation(comparison: &Comparison, of: &Simulation, layout: Layout) -> String {
    text(&document(comparison, of), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    scenario: &'a str,
    samples: usize,
    sampling: &'static str,
    seed: u64,
    inputs: Vec<Input<'a>>,
    alternatives: Vec<Alternative<'a>>,
    pairs: Vec<Pair<'a>>,
    value_of_perfect_information: f64,
    chance_none_meets: Option<Chance>,
    tornado: Vec<Swing<'a>>,
    decision: Option<Decision<'a>>,
}

#[derive(Serialize)]
struct Input<'a> {
    path: &'a str,
    dist: &'static str,
    low: String,
    likely: String,
    high: String,
    chance: Option<String>,
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
    chance_within_budget: Option<Chance>,
    regret_recommended_mean: Option<f64>,
    regret_recommended_p90: Option<f64>,
    chance_meets_targets: Option<Chance>,
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

#[derive(Serialize)]
struct Decision<'a> {
    recommended: &'a str,
    runner_up: Option<&'a str>,
    inputs: Vec<Deciding<'a>>,
}

#[derive(Serialize)]
struct Deciding<'a> {
    path: &'a str,
    difference_at_low: Option<String>,
    difference_at_high: Option<String>,
    winner_at_low: Option<&'a str>,
    winner_at_high: Option<&'a str>,
    value_of_knowing: f64,
}

fn document<'a>(comparison: &'a Comparison, of: &'a Simulation) -> Document<'a> {
    let id = |index: usize| comparison.alternatives[index].id();
    let currency = comparison.scenario.currency;
    let exact = |value: Decimal| value.normalize().to_string();
    let inputs = of.draws.inputs.iter().map(|input| Input {
        path: &input.path,
        dist: input.range.word(),
        low: exact(input.range.low),
        likely: exact(input.exact),
        high: exact(input.range.high),
        chance: input.range.event.as_ref().map(|event| exact(event.chance)),
    });
    let tornado = of.tornado.iter().map(|swing| Swing {
        alternative: id(swing.alternative),
        against: comparison.baseline.filter(|_| swing.against_baseline).map(id),
        path: &of.draws.inputs[swing.input].path,
        total_at_low: swing.at_low.to_data(currency),
        total_at_high: swing.at_high.to_data(currency),
        swing: swing.swing.to_data(currency),
        rank_correlation: swing.rank_correlation,
    });
    let deciding = |input: &comanage_analysis::simulate::Deciding| Deciding {
        path: &of.draws.inputs[input.input].path,
        difference_at_low: input.at_low.map(|amount| amount.to_data(currency)),
        difference_at_high: input.at_high.map(|amount| amount.to_data(currency)),
        winner_at_low: input.winner_at_low.map(id),
        winner_at_high: input.winner_at_high.map(id),
        value_of_knowing: statistic(input.value_of_knowing, Some(currency)),
    };
    let alternatives =
        of.alternatives.iter().enumerate().map(|(index, uncertainty)| alternative(id(index), uncertainty, currency));
    Document {
        schema: SCHEMA,
        scenario: &comparison.scenario.name,
        samples: of.samples,
        sampling: of.sampling.name(),
        seed: of.seed,
        inputs: inputs.collect(),
        alternatives: alternatives.collect(),
        pairs: of.pairs.iter().map(|(a, b, chance)| Pair { a: id(*a), b: id(*b), chance_a_below_b: *chance }).collect(),
        value_of_perfect_information: statistic(of.value_of_perfect_information, Some(currency)),
        chance_none_meets: of.chance_none_meets,
        tornado: tornado.collect(),
        decision: of.decision.as_ref().map(|decision| Decision {
            recommended: id(decision.recommended),
            runner_up: decision.runner_up.map(id),
            inputs: decision.inputs.iter().map(deciding).collect(),
        }),
    }
}

/// A summary to the minor unit.
pub(super) fn rounded(of: Summary, currency: Currency) -> Summary {
    let round = |amount| statistic(amount, Some(currency));
    Summary {
        mean: round(of.mean),
        sd: round(of.sd),
        standard_error: round(of.standard_error),
        p5: round(of.p5),
        p10: round(of.p10),
        p25: round(of.p25),
        p50: round(of.p50),
        p75: round(of.p75),
        p90: round(of.p90),
        p95: round(of.p95),
    }
}

fn alternative<'a>(id: &'a str, of: &Uncertainty, currency: Currency) -> Alternative<'a> {
    let mean = |regret: Option<Regret>| regret.map(|regret| statistic(regret.mean, Some(currency)));
    let p90 = |regret: Option<Regret>| regret.map(|regret| statistic(regret.p90, Some(currency)));
    Alternative {
        id,
        total: rounded(of.total, currency),
        present_value: rounded(of.present_value, currency),
        chance_cheapest: of.chance_cheapest,
        chance_below_baseline: of.chance_below_baseline,
        regret_mean: mean(of.regret),
        regret_p90: p90(of.regret),
        chance_recommended: of.chance_recommended,
        chance_within_budget: of.chance_within_budget,
        regret_recommended_mean: mean(of.regret_recommended),
        regret_recommended_p90: p90(of.regret_recommended),
        chance_meets_targets: of.chance_meets_targets,
    }
}
