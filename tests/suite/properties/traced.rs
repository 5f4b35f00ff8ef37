//! An explanation is the figure: the numbers that remember give the exact ledger, line by line.

use comanage_analysis::compare::compare;
use comanage_analysis::explain::explain;
use comanage_model::scenario::Scenario;

use crate::common::{load_file, load_text, samples};
use crate::random;

#[test]
fn explanations_of_the_samples_are_their_figures() {
    for path in samples() {
        is_explained(&load_file(&path));
    }
}

#[test]
fn explanations_of_random_scenarios_are_their_figures() {
    for seed in 0..40 {
        is_explained(&load_text(&random::scenario(seed)));
    }
}

fn is_explained(scenario: &Scenario) {
    let comparison = compare(scenario).expect("it can be compared");
    for alternative in &comparison.alternatives {
        let plan = &alternative.evaluation.staffing;
        let explained = explain(scenario, plan.alternative).expect("it can be explained");
        let again = explained.record.recompute();
        let exact = &alternative.evaluation.ledger.lines;
        assert_eq!(explained.lines.len(), exact.len());
        for (step, value) in explained.record.steps().iter().zip(&again) {
            assert_eq!(step.value, *value);
        }
        for (of, line) in explained.lines.iter().zip(exact) {
            let (traced, item) = (&of.line, &of.item);
            let value = |number| explained.record.step(number).value;
            assert_eq!((traced.month, traced.category, traced.source), (line.month, line.category, line.source));
            assert_eq!(value(traced.quantity), line.quantity, "{item}");
            assert_eq!(value(traced.unit_price), line.unit_price, "{item}");
            assert_eq!(value(traced.amount), line.amount, "{item}");
            assert_eq!(again[traced.amount.index()], line.amount, "{item}");
        }
    }
}
