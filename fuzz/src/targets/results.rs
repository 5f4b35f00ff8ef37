//! Results: a random scenario with wild numbers is simulated, every draw lies in its range, and every format is
//! written of it.
//!
//! The first bytes say which numbers become which, the rest are the choices of the generator.

use comanage_analysis::compare::{Comparison, compare};
use comanage_analysis::explain::{Wanted, explain};
use comanage_analysis::matrix::matrix;
use comanage_analysis::simulate::{Draws, Sampling, Simulation, Uncertain, cumulative, simulate};
use comanage_model::scenario::{Distribution, Scenario};
use comanage_report::chart::svg::{Groups, svg};
use comanage_report::chart_data;
use comanage_report::datasets;
use comanage_report::workbook::workbook;
use comanage_report::write::{self, Compared, Format, Layout, Outcome, Simulated, Terminal, csv};
use rust_decimal::Decimal;

/// Samples that are drawn of each scenario.
const SAMPLES: usize = 16;

/// Simulates the scenario that bytes choose and writes its results.
pub fn run(bytes: &[u8]) {
    let Some((scenario, is_wild)) = super::evaluation::scenario(bytes) else { return };
    let Ok(comparison) = compare(&scenario) else { return };
    match Draws::new(&scenario, 1, SAMPLES, Sampling::Hypercube) {
        Ok(draws) => are_in_their_ranges(&scenario, &draws),
        Err(refusal) => assert!(!refusal.message.is_empty(), "{refusal:?}"),
    }
    let simulation = match simulate(&comparison, SAMPLES, 1, Sampling::Hypercube, &|_| true) {
        Ok(simulation) => simulation,
        // A sample may be refused, such as for counts below zero, which the exact values are above.
        Err(refusal) => {
            assert!(!refusal.message.is_empty(), "{refusal:?}");
            None
        }
    };
    is_written(&Compared(&comparison, simulation.as_ref()));
    if let Some(simulation) = &simulation {
        is_simulated(&comparison, simulation);
    }
    is_shown(&scenario, &comparison, is_wild);
}

/// Every draw is a value that its key allows and that lies in its range.
fn are_in_their_ranges(scenario: &Scenario, draws: &Draws) {
    for sample in 0..SAMPLES {
        for (input, value) in draws.inputs.iter().zip(draws.sample(sample)) {
            let about = scenario.inputs.about(input.input);
            let is_allowed = about.min.is_none_or(|min| value >= min) && about.max.is_none_or(|max| value <= max);
            assert!(is_allowed && is_in_range(input, value), "{} = {value}: {:?}", input.path, input.range);
        }
    }
}

fn is_in_range(input: &Uncertain, value: Decimal) -> bool {
    let range = &input.range;
    let is_unbounded = range.distribution == Distribution::Lognormal && range.low != range.high;
    // What counts whole things may be written as half of one; its draws are those of the exact value.
    let is_point = range.low == range.high && value == input.exact.round_dp(value.scale());
    is_unbounded || is_point || (range.low <= value && value <= range.high)
}

/// A result in every format that commands print.
fn is_written(outcome: &dyn Outcome) {
    let terminal = Terminal::default();
    for format in [Format::Text(terminal), Format::Markdown, Format::Csv, Format::Json(Layout::Line)] {
        let bytes = write::write(outcome, format);
        assert!(std::str::from_utf8(&bytes).is_ok_and(|text| !text.is_empty()), "{format:?}");
    }
}

fn is_simulated(comparison: &Comparison, simulation: &Simulation) {
    is_written(&Simulated(comparison, simulation));
    let mut draws = Vec::new();
    csv::draws(comparison, simulation, &mut draws).expect("memory can be written to");
    assert_eq!(draws.iter().filter(|&&byte| byte == b'\n').count(), SAMPLES + 1);
    let banded = chart_data::uncertainty::banded(comparison);
    let bands = cumulative(comparison.scenario, &simulation.draws, SAMPLES, &banded);
    let bands = bands.expect("what was sampled once can be sampled again");
    for picture in chart_data::uncertainty::pictures(comparison, simulation, &bands) {
        assert!(svg(&*picture.chart, Groups::None).starts_with("<svg"));
    }
}

/// Ledger, charts, responsibilities, explanations and the workbook.
fn is_shown(scenario: &Scenario, comparison: &Comparison, is_wild: bool) {
    assert!(!csv::write(&datasets::ledger(comparison)).is_empty());
    for picture in chart_data::comparison::pictures(comparison) {
        assert!(svg(&*picture.chart, Groups::None).starts_with("<svg"));
    }
    assert_eq!(matrix(comparison).alternatives.len(), comparison.alternatives.len());
    for alternative in &scenario.alternatives {
        let explained = explain(scenario, alternative).expect("what was compared can be explained");
        explained.told(scenario, &Wanted { month: Some(1), text: None });
    }
    match workbook(comparison, None) {
        Ok(bytes) => assert!(bytes.starts_with(b"PK")),
        Err(refusal) => assert!(is_wild && !refusal.message.is_empty(), "{refusal:?}"),
    }
}
