//! The comparison: a row for each alternative, with every figure.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::compare::{Compared, Comparison};
use comanage_analysis::simulate::{Simulation, Uncertainty};
use comanage_model::scenario::Scenario;

/// An alternative, with what a simulation says of it.
struct Of<'a> {
    index: usize,
    alternative: &'a Compared<'a>,
    uncertainty: Option<&'a Uncertainty>,
}

/// A row for each alternative.
pub fn comparison(comparison: &Comparison, simulation: Option<&Simulation>) -> Dataset {
    let fields = shares(money(names()), comparison.scenario)
        .flag("recommended", "Recommended", |of: &Of| comparison.recommended == Some(of.index))
        .flag("cheapest", "Cheapest", |of| comparison.cheapest == Some(of.index))
        .flag("on_frontier", "Efficient", |of| comparison.frontier.contains(&of.index))
        .flag("complete_price", "Complete price", |of| of.alternative.standing.price.is_complete)
        .flag("needed", "Anything bought", |of| of.alternative.standing.price.is_needed)
        .statistic("p10", "P10", |of| of.uncertainty.map(|of| of.total.p10))
        .statistic("p50", "Median", |of| of.uncertainty.map(|of| of.total.p50))
        .statistic("p90", "P90", |of| of.uncertainty.map(|of| of.total.p90))
        .share("chance_cheapest", "Chance of being cheapest", |of| {
            of.uncertainty.and_then(|of| of.chance_cheapest).map(|chance| chance.value)
        })
        .share("chance_meets_targets", "Chance of meeting both targets", |of| {
            of.uncertainty.and_then(|of| of.chance_meets_targets).map(|chance| chance.value)
        })
        .share("chance_recommended", "Chance of being the cheapest that meets the targets", |of| {
            of.uncertainty.and_then(|of| of.chance_recommended).map(|chance| chance.value)
        })
        .share("chance_within_budget", "Chance of meeting the budget", |of| {
            of.uncertainty.and_then(|of| of.chance_within_budget).map(|chance| chance.value)
        });
    let rows = comparison.alternatives.iter().enumerate().map(|(index, alternative)| Of {
        index,
        alternative,
        uncertainty: simulation.map(|simulation| &simulation.alternatives[index]),
    });
    fields.dataset("alternatives", comparison.scenario.currency, rows)
}

fn names<'a>() -> Fields<'a, Of<'a>> {
    Fields::default()
        .text("alternative", "Key", |of: &Of| of.alternative.id().to_string())
        .text("name", "Alternative", |of| of.alternative.name().to_string())
        .text("kind", "Kind", |of| of.alternative.kind.name().to_string())
        .text("pricing_model", "Pricing model", |of| of.alternative.pricing_model.map(|model| model.name().to_string()))
}

fn money<'a>(fields: Fields<'a, Of<'a>>) -> Fields<'a, Of<'a>> {
    fields
        .money("first_year", "Year 1", |of| of.alternative.sums.years.first().copied())
        .money("total", "Term total", |of| of.alternative.sums.total)
        .money("present_value", "Present value", |of| of.alternative.present_value)
        .money("monthly_average", "Monthly average", |of| of.alternative.monthly_average)
        .money("per_user_month", "Per user per month", |of| of.alternative.per_user_month)
        .money("paper_price", "Quoted price", |of| of.alternative.sums.paper)
        .money("practice_price", "Expected cost", |of| of.alternative.sums.practice)
}

fn shares<'a>(fields: Fields<'a, Of<'a>>, scenario: &'a Scenario) -> Fields<'a, Of<'a>> {
    fields
        .share("scheduled", "Scheduled", |of| of.alternative.evaluation.coverage.scheduled)
        .share("coverage", "Coverage", |of| of.alternative.evaluation.coverage.expected)
        .share("coverage_term", "Coverage, term average", |of| of.alternative.evaluation.coverage.expected_term)
        .share("on_duty", "On duty", |of| of.alternative.evaluation.coverage.on_duty)
        .count("single_points_of_failure", "Single points of failure", "services", |of| {
            of.alternative.evaluation.coverage.single_points_of_failure
        })
        .text("weakest_service", "Weakest service", |of| {
            let weakest = of.alternative.evaluation.coverage.weakest;
            weakest.map(|service| scenario.services[service].key.clone())
        })
        .share("work_done", "Work done", |of| of.alternative.work.share)
        .share("work_done_term", "Work done, term average", |of| of.alternative.work.share_term)
        .money("saving", "Saving", |of| of.alternative.saving)
        .money("saving_present_value", "Saving, present value", |of| of.alternative.saving_present_value)
        .count("payback_month", "Payback month", "month", |of| of.alternative.payback_month)
        .money("expected_loss", "Expected loss", |of| of.alternative.expected_loss)
        .money("risk_adjusted_total", "Risk-adjusted total", |of| of.alternative.risk_adjusted_total)
        .money("cost_per_covered_hour", "Cost per covered hour", |of| of.alternative.cost_per_covered_hour)
        .flag("meets_coverage_target", "Meets coverage target", |of| of.alternative.meets_coverage_target)
        .flag("meets_work_target", "Meets work target", |of| of.alternative.meets_work_target)
        .flag("meets_budget", "Meets budget", |of| of.alternative.meets_budget())
}
