//! Coverage: a row for each service of each alternative, with every measure.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::compare::{Compared, Comparison, ServiceWork};
use comanage_model::coverage::{ServiceCoverage, State};
use comanage_model::scenario::Service;

/// A service of an alternative.
struct Of<'a> {
    alternative: &'a Compared<'a>,
    service: &'a Service,
    covered: &'a ServiceCoverage,
    work: &'a ServiceWork,
}

impl Of<'_> {
    /// The party whose absence costs most coverage, and how much.
    fn worst(&self) -> Option<(String, f64)> {
        let losses = self.covered.loss_without.iter().copied();
        let (who, loss) = losses.reduce(|a, b| if b.1 > a.1 { b } else { a })?;
        Some((self.alternative.evaluation.staffing.name_of(who), loss))
    }

    fn gap_hours(&self) -> impl Iterator<Item = f64> {
        self.covered.gaps.iter().map(|gap| gap.hours())
    }
}

/// A row for each service of each alternative.
pub fn coverage(comparison: &Comparison) -> Dataset {
    let fields = Fields::default()
        .text("alternative", "Alternative", |of: &Of| of.alternative.id().to_string())
        .text("service", "Key", |of| of.service.key.clone())
        .text("name", "Service", |of| of.service.name.clone())
        .text("state", "State", |of| state(of.covered.state).to_string())
        .share("scheduled", "Scheduled", |of| of.covered.scheduled)
        .share("expected", "Expected", |of| of.covered.expected)
        .share("expected_term", "Expected, term average", |of| of.covered.expected_term)
        .share("on_duty", "On duty", |of| of.covered.on_duty)
        .figure("mean_wait_hours", "Average time to response", "h", |of| of.covered.mean_wait_hours)
        .share("one_deep", "Covered by one person only", |of| of.covered.one_deep)
        .count("bus_factor", "People who can cover", "people", |of| of.covered.bus_factor)
        // Not `sum`: of no gaps that is minus zero.
        .figure("gap_hours", "Uncovered hours/week", "h/week", |of| of.gap_hours().fold(0.0, |sum, hours| sum + hours))
        .figure("longest_gap_hours", "Longest gap", "h", |of| of.gap_hours().fold(0.0, f64::max))
        .text("gaps", "Gaps", |of| of.covered.gaps.iter().map(|gap| gap.words()).collect::<Vec<_>>().join("; "))
        .text("worst_loss_without", "Largest loss without", |of| of.worst().map(|(who, _)| who))
        .share("worst_loss", "Largest loss", |of| of.worst().map(|(_, loss)| loss))
        .figure("workload_hours", "Workload", "h", |of| of.work.workload_hours)
        .figure("backlog_hours", "Backlog", "h", |of| of.work.backlog_hours);
    let services = &comparison.scenario.services;
    let rows = comparison.alternatives.iter().flat_map(|alternative| {
        let measured = alternative.evaluation.coverage.services.iter().zip(&alternative.work.services);
        services.iter().zip(measured).map(move |(service, (covered, work))| Of { alternative, service, covered, work })
    });
    fields.dataset("services", comparison.scenario.currency, rows)
}

fn state(state: State) -> &'static str {
    match state {
        State::Staffed => "staffed",
        State::Unstaffed => "unstaffed",
        State::NotApplicable => "not_applicable",
    }
}
