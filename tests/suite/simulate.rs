//! Simulation: every sample is an ordinary scenario, whatever arithmetic it was evaluated with.

use comanage::compare;
use comanage::load;
use comanage::scenario::Scenario;
use comanage::simulate::{self, Simulation};
use comanage::totals;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Simulates a scenario and returns the samples' totals beside what decimals give for each.
fn hold_to_decimals(scenario: &Scenario, samples: usize) -> (usize, usize) {
    let comparison = compare::compare(scenario).expect("a sample scenario can be compared");
    let simulation = simulate::simulate(&comparison, samples, 1, &|_| true)
        .expect("a sample scenario can be simulated")
        .expect("nobody stopped it");
    for sample in 0..samples {
        let expected = exact(scenario, &simulation, sample);
        for (alternative, expected) in expected.iter().enumerate() {
            let total = simulation.columns.totals[alternative][sample];
            assert_eq!(
                total, *expected,
                "{}: sample {sample} of {}",
                scenario.file, scenario.alternatives[alternative].id
            );
        }
    }
    (samples, simulation.columns.by_decimals)
}

/// The totals of a sample written out as a scenario, in minor units.
fn exact(scenario: &Scenario, simulation: &Simulation, sample: usize) -> Vec<f64> {
    let mut drawn = scenario.clone();
    let values = simulation.draws.sample(sample);
    simulation.draws.inputs.iter().zip(values).for_each(|(input, value)| drawn.inputs.set(input.input, value));
    let minor = Decimal::from(10_u64.pow(scenario.currency.digits));
    let totals = totals::totals(&drawn).expect("a drawn scenario can be evaluated");
    totals.iter().map(|total| (total.0 * minor).to_f64().expect("a total is a number")).collect()
}

#[test]
fn every_sample_of_the_stories_is_what_decimals_give() {
    for entry in std::fs::read_dir("scenarios").expect("the samples are there") {
        let path = entry.expect("the samples can be read").path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let loaded = load::load(&path.to_string_lossy());
            let scenario = loaded.scenario.expect("a sample loads");
            let (samples, by_decimals) = hold_to_decimals(&scenario, 128);
            println!("{}: {by_decimals} of {samples} by decimals", path.display());
        }
    }
}
