//! The summary of a portfolio as JSON.

use serde::Serialize;

use super::super::data::statistic;
use super::{Layout, SCHEMA, text};
use crate::document::SHARES;
use crate::portfolio::Portfolio;
use comanage_analysis::portfolio::{Savings, amount};

/// The document.
pub fn portfolio(of: &Portfolio, layout: Layout) -> String {
    text(&document(of), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    scenario: &'a str,
    file: &'a str,
    clients_file: &'a str,
    currency: &'static str,
    rows: u64,
    clients: u64,
    rejects: u64,
    recommended: u64,
    savings: Saved,
    choices: Vec<Chosen<'a>>,
    nothing_reaches_the_targets: Vec<Unreached<'a>>,
}

#[derive(Serialize)]
struct Saved {
    clients: u64,
    gaining: u64,
    dearer: u64,
    /// What those that gain save.
    saved: String,
    /// Net of all.
    sum: String,
    least: Option<String>,
    most: Option<String>,
    mean: Option<f64>,
    p10: Option<f64>,
    p25: Option<f64>,
    p50: Option<f64>,
    p75: Option<f64>,
    p90: Option<f64>,
    /// How far a percentile may be off, as a share of it.
    error: f64,
}

#[derive(Serialize)]
struct Chosen<'a> {
    alternative: &'a str,
    kind: &'static str,
    pricing_model: Option<&'static str>,
    is_baseline: bool,
    savings: Saved,
}

#[derive(Serialize)]
struct Unreached<'a> {
    cheapest: &'a str,
    kind: &'static str,
    pricing_model: Option<&'static str>,
    clients: u64,
}

fn document<'a>(of: &Portfolio<'a>) -> Document<'a> {
    let tally = of.tally;
    let model = |name: &'static str| Some(name).filter(|name| !name.is_empty());
    let choices = tally.by_frequency().into_iter().map(|(choice, gain)| Chosen {
        alternative: &choice.alternative,
        kind: choice.kind,
        pricing_model: model(choice.pricing_model),
        is_baseline: choice.is_baseline,
        savings: saved(of, &gain.savings),
    });
    let unreached = tally.unreached.iter().map(|(choice, &clients)| Unreached {
        cheapest: &choice.alternative,
        kind: choice.kind,
        pricing_model: model(choice.pricing_model),
        clients,
    });
    Document {
        schema: SCHEMA,
        scenario: &of.scenario.name,
        file: &of.scenario.file,
        clients_file: of.file,
        currency: of.scenario.currency.code,
        rows: tally.rows,
        clients: tally.clients(),
        rejects: tally.rejects,
        recommended: tally.recommended(),
        savings: saved(of, of.savings),
        choices: choices.collect(),
        nothing_reaches_the_targets: unreached.collect(),
    }
}

fn saved(of: &Portfolio, savings: &Savings) -> Saved {
    const ERROR: f64 = 0.000_5;
    let currency = of.scenario.currency;
    let units = 10_f64.powi(currency.digits as i32);
    let unit = |minor: f64| statistic(minor / units, Some(currency));
    let exact = |minor: i128| amount(minor, currency).to_data(currency);
    let percentiles = savings.percentiles(&SHARES);
    let percentile = |place: usize| percentiles.get(place).map(|value| unit(*value)).filter(|value| value.is_finite());
    Saved {
        clients: savings.count,
        gaining: savings.above,
        dearer: savings.below,
        saved: exact(savings.sum_above),
        sum: exact(savings.sum),
        least: savings.ends().map(|(least, _)| exact(least)),
        most: savings.ends().map(|(_, most)| exact(most)),
        mean: savings.mean().map(unit),
        p10: percentile(0),
        p25: percentile(1),
        p50: percentile(2),
        p75: percentile(3),
        p90: percentile(4),
        error: if savings.is_exact() { 0.0 } else { ERROR },
    }
}
