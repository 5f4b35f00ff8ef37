//! A simulation: a row for each alternative, with its statistics.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::compare::{Compared, Comparison};
use comanage_analysis::simulate::{Chance, Regret, Simulation, Summary, Uncertainty};

type Of<'a> = (&'a Compared<'a>, &'a Uncertainty);

/// A statistic: its key, its name, its value.
type Statistic = (&'static str, &'static str, fn(&Summary) -> f64);

const STATISTICS: [Statistic; 10] = [
    ("mean", "mean", |of| of.mean),
    ("sd", "standard deviation", |of| of.sd),
    ("standard_error", "standard error", |of| of.standard_error),
    ("p5", "P5", |of| of.p5),
    ("p10", "P10", |of| of.p10),
    ("p25", "P25", |of| of.p25),
    ("p50", "median", |of| of.p50),
    ("p75", "P75", |of| of.p75),
    ("p90", "P90", |of| of.p90),
    ("p95", "P95", |of| of.p95),
];

/// A row for each alternative.
pub fn simulation(comparison: &Comparison, of: &Simulation) -> Dataset {
    let fields = Fields::default()
        .text("alternative", "Alternative", |(alternative, _): &Of| alternative.id().to_string())
        .money("exact_total", "Total at the likely values", |(alternative, _)| alternative.sums.total);
    let fields = summary(fields, "total", "Total", |of| &of.total);
    let fields = summary(fields, "present_value", "Present value", |of| &of.present_value);
    let fields = chance(fields, "chance_cheapest", "Chance of being cheapest", |of| of.chance_cheapest);
    let below = "Chance of costing less than the baseline";
    let fields = chance(fields, "chance_below_baseline", below, |of| of.chance_below_baseline);
    let meets = "Chance of meeting both targets";
    let fields = chance(fields, "chance_meets_targets", meets, |of| of.chance_meets_targets);
    let recommended = "Chance of being the cheapest that meets the targets";
    let fields = chance(fields, "chance_recommended", recommended, |of| of.chance_recommended);
    let fields = chance(fields, "chance_within_budget", "Chance of meeting the budget", |of| of.chance_within_budget);
    let fields = regret(fields, "regret", "Extra cost vs cheapest", |of| of.regret);
    let fields = regret(fields, "regret_recommended", "Extra cost vs recommended", |of| of.regret_recommended);
    fields.dataset("alternatives", comparison.scenario.currency, comparison.alternatives.iter().zip(&of.alternatives))
}

fn summary<'a>(
    fields: Fields<'a, Of<'a>>,
    key: &str,
    header: &str,
    of: fn(&Uncertainty) -> &Summary,
) -> Fields<'a, Of<'a>> {
    STATISTICS.iter().fold(fields, |fields, (name, word, value)| {
        fields.statistic(format!("{key}_{name}"), format!("{header}, {word}"), move |(_, all)| value(of(all)))
    })
}

fn chance<'a>(
    fields: Fields<'a, Of<'a>>,
    key: &'static str,
    header: &'static str,
    of: fn(&Uncertainty) -> Option<Chance>,
) -> Fields<'a, Of<'a>> {
    fields
        .share(key, header, move |(_, all)| of(all).map(|chance| chance.value))
        .share(format!("{key}_low"), format!("{header}, low"), move |(_, all)| of(all).map(|chance| chance.low))
        .share(format!("{key}_high"), format!("{header}, high"), move |(_, all)| of(all).map(|chance| chance.high))
}

fn regret<'a>(
    fields: Fields<'a, Of<'a>>,
    key: &str,
    header: &str,
    of: fn(&Uncertainty) -> Option<Regret>,
) -> Fields<'a, Of<'a>> {
    fields
        .statistic(format!("{key}_mean"), format!("{header}, mean"), move |(_, all)| of(all).map(|regret| regret.mean))
        .statistic(format!("{key}_p90"), format!("{header}, P90"), move |(_, all)| of(all).map(|regret| regret.p90))
}
