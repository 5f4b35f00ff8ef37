//! A percentile of the term total: its rank among the samples, and the sample next to it.

use std::fmt::Write;

use super::figure::number;
use super::steps::{origin, written_value};
use crate::compare::{Comparison, in_minor_units};
use crate::simulate::{Sampling, Simulation, percentile, simulate};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::group_thousands;

/// A percentile of an alternative, by index, over the samples that the scenario asks for.
///
/// # Errors
/// Those of a simulation, and that nothing is drawn.
pub(super) fn told(comparison: &Comparison, alternative: usize, percent: u32) -> Result<String, Diagnostic> {
    let scenario = comparison.scenario;
    let settings = &scenario.simulation;
    if scenario.inputs.iter().all(|(_, _, about)| about.range.is_none()) {
        let message = "no number of the scenario is uncertain, so nothing is drawn";
        return Err(Diagnostic::error("nothing-uncertain", message).hint("write a number as { low = 100, high = 120 }"));
    }
    let simulation = simulate(comparison, settings.samples as usize, settings.seed, Sampling::Hypercube, &|_| true)?;
    Ok(simulation.map(|simulation| of(comparison, &simulation, alternative, percent)).unwrap_or_default())
}

fn of(comparison: &Comparison, simulation: &Simulation, alternative: usize, percent: u32) -> String {
    let scenario = comparison.scenario;
    let currency = scenario.currency;
    let totals = &simulation.columns.totals[alternative];
    let mut order: Vec<usize> = (0..totals.len()).collect();
    order.sort_by(|&a, &b| totals[a].total_cmp(&totals[b]));
    let sorted: Vec<f64> = order.iter().map(|&sample| totals[sample]).collect();
    let minor = 10_f64.powi(currency.digits as i32);
    let amount = |total: f64| in_minor_units(total / minor, currency).to_exact_prose(currency);
    let share = f64::from(percent) / 100.0;
    let place = (sorted.len() - 1) as f64 * share;
    let below = place.floor() as usize;
    let mut out = format!(
        "P{percent} of the term total of {}: {} {}\n",
        comparison.alternatives[alternative].name(),
        amount(percentile(&sorted, share)),
        currency.code
    );
    let samples = group_thousands(&sorted.len().to_string());
    let _ = writeln!(out, "  {samples} samples, seed {}, in ascending order", simulation.seed);
    let _ = writeln!(
        out,
        "  rank: 1 + {share} x ({} - 1) = {}, linear between the two samples next to it",
        sorted.len(),
        number(1.0 + place, 4)
    );
    let ends = [below, (below + 1).min(sorted.len() - 1)];
    for rank in &ends[..if ends[0] == ends[1] { 1 } else { 2 }] {
        let _ = writeln!(out, "  rank {}: {}, in sample {}", rank + 1, amount(sorted[*rank]), order[*rank]);
    }
    let value = percentile(&sorted, share);
    let count = |holds: &dyn Fn(f64) -> bool| sorted.iter().filter(|total| holds(**total)).count();
    let (less, same) = (count(&|total| total < value), count(&|total| total == value));
    let _ = writeln!(out, "  {less} samples cost less, {same} the same, {} more", sorted.len() - less - same);
    let sample = order[below];
    let _ = writeln!(out, "  drawn in sample {sample}:");
    for (index, drawn) in simulation.draws.inputs.iter().enumerate() {
        let about = scenario.inputs.about(drawn.input);
        let _ = writeln!(
            out,
            "    {} = {}, now {}{}",
            drawn.path,
            about.kind.write(simulation.draws.value(index, sample)),
            written_value(scenario, drawn.input),
            origin(scenario, drawn.input)
        );
    }
    out
}
