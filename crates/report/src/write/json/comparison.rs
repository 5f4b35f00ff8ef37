//! The comparison as JSON.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::simulation::rounded;
use super::{Finding, Head, Layout, OverBudget, over_budget, text};
use crate::document::{Assumed, assumed};
use comanage_analysis::compare::{Compared, Comparison};
use comanage_analysis::simulate::{Chance, Simulation, Uncertainty};
use comanage_model::coverage::{Gap, ServiceCoverage, State};
use comanage_model::ledger::Category;
use comanage_model::money::{Currency, Money};
use comanage_model::scenario::Scenario;
use comanage_model::staffing::{Staffing, StaffingPhase};
use comanage_model::week::name_minute;

/// The comparison.
pub fn comparison(of: &Comparison, simulation: Option<&Simulation>, layout: Layout) -> String {
    text(&document(of, simulation), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    baseline: Option<&'a str>,
    price_comparison: bool,
    recommended: Option<&'a str>,
    closest: Option<&'a str>,
    cheapest: Option<&'a str>,
    frontier: Vec<&'a str>,
    alternatives: Vec<Alternative<'a>>,
    assumptions: Vec<Assumption<'a>>,
    findings: Vec<Finding>,
    pays_above: Option<PaysAbove<'a>>,
}

/// From which cost of an hour without cover on the recommended alternative pays against a cheaper one.
#[derive(Serialize)]
struct PaysAbove<'a> {
    against: &'a str,
    loss_per_uncovered_hour: String,
}

#[derive(Serialize)]
struct Alternative<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    pricing_model: Option<&'static str>,
    month_totals: Vec<String>,
    year_totals: Vec<String>,
    total: String,
    present_value: String,
    monthly_average: String,
    per_user_month: Option<String>,
    #[serde(serialize_with = "in_order")]
    by_category: Vec<(Category, String)>,
    paper_price: Option<String>,
    practice_price: Option<String>,
    coverage: Coverage<'a>,
    services: Vec<Service<'a>>,
    single_points_of_failure: u32,
    work_done: Option<f64>,
    work_done_term: Option<f64>,
    saving: Option<String>,
    saving_present_value: Option<String>,
    payback_month: Option<u32>,
    cost_per_covered_hour: Option<String>,
    meets_coverage_target: Option<bool>,
    meets_work_target: Option<bool>,
    /// Whether it keeps the budget; null without one.
    meets_budget: Option<bool>,
    over_budget: Vec<OverBudget>,
    cost_of_next_covered_hour: Option<String>,
    expected_loss: Option<String>,
    risk_adjusted_total: Option<String>,
    phases: Vec<Phase<'a>>,
    /// The optional charges that are in its price: `KEY.NAME`.
    options: Vec<String>,
    /// The services that its offers leave to no one without a price, by key.
    services_without_price: Vec<&'a str>,
    /// Whether anything is bought; nothing may be, where nothing was needed.
    needed: bool,
    uncertainty: Option<Uncertain>,
}

/// Months of the term in which the same offers run and the same hires are employed.
#[derive(Serialize)]
struct Phase<'a> {
    from: u32,
    until: u32,
    /// By key.
    offers: Vec<&'a str>,
    /// By role.
    hires: Vec<&'a str>,
}

fn phases<'a>(staffing: &Staffing<'a>) -> Vec<Phase<'a>> {
    let phase = |phase: StaffingPhase| Phase {
        from: phase.from,
        until: phase.until,
        offers: phase.offers.iter().map(|&offer| staffing.engagements[offer].offer.key.as_str()).collect(),
        hires: phase.hires.iter().map(|&position| staffing.positions[position].role.name.as_str()).collect(),
    };
    staffing.phases().into_iter().map(phase).collect()
}

fn options(staffing: &Staffing) -> Vec<String> {
    let name = |&(of, charge): &(usize, usize)| {
        let offer = &staffing.scenario.offers[of];
        format!("{}.{}", offer.key, offer.charges[charge].name())
    };
    staffing.alternative.options.iter().map(name).collect()
}

/// How sure an alternative's total is, where the scenario has ranges.
#[derive(Serialize)]
struct Uncertain {
    p10: f64,
    p50: f64,
    p90: f64,
    chance_cheapest: Option<Chance>,
    chance_meets_targets: Option<Chance>,
    chance_recommended: Option<Chance>,
    chance_within_budget: Option<Chance>,
}

impl Uncertain {
    fn new(of: &Uncertainty, currency: Currency) -> Self {
        let total = rounded(of.total, currency);
        Self {
            p10: total.p10,
            p50: total.p50,
            p90: total.p90,
            chance_cheapest: of.chance_cheapest,
            chance_meets_targets: of.chance_meets_targets,
            chance_recommended: of.chance_recommended,
            chance_within_budget: of.chance_within_budget,
        }
    }
}

#[derive(Serialize)]
struct Coverage<'a> {
    scheduled: Option<f64>,
    expected: Option<f64>,
    expected_term: Option<f64>,
    on_duty: Option<f64>,
    weakest_service: Option<&'a str>,
}

#[derive(Serialize)]
struct Service<'a> {
    id: &'a str,
    name: &'a str,
    scheduled: Option<f64>,
    expected: Option<f64>,
    expected_term: Option<f64>,
    on_duty: Option<f64>,
    state: State,
    mean_wait_hours: Option<f64>,
    one_deep: Option<f64>,
    bus_factor: Option<u32>,
    gaps: Vec<GapText>,
    workload_hours: f64,
    backlog_hours: f64,
    loss_without: BTreeMap<String, f64>,
}

#[derive(Serialize)]
struct GapText {
    from: String,
    to: String,
    hours: f64,
}

#[derive(Serialize)]
struct Assumption<'a> {
    path: &'a str,
    value: String,
    source: &'a str,
    date: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
}

fn assumption(of: Assumed<'_>) -> Assumption<'_> {
    Assumption { path: of.path, value: of.value, source: of.source, date: of.date, from: of.from }
}

/// A map whose keys keep their order.
fn in_order<S: Serializer>(entries: &[(Category, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(category, amount)| (category.name(), amount)))
}

fn document<'a>(of: &'a Comparison, simulation: Option<&Simulation>) -> Document<'a> {
    let scenario = of.scenario;
    let id = |index: usize| of.alternatives[index].id();
    Document {
        head: Head::new(scenario),
        baseline: of.baseline.map(id),
        price_comparison: of.is_price_comparison,
        recommended: of.recommended.map(id),
        closest: of.closest.map(id),
        cheapest: of.cheapest.map(id),
        frontier: of.frontier.iter().map(|&index| id(index)).collect(),
        alternatives: of
            .alternatives
            .iter()
            .enumerate()
            .map(|(index, alternative)| Alternative {
                uncertainty: simulation
                    .map(|simulation| Uncertain::new(&simulation.alternatives[index], scenario.currency)),
                ..alternative_of(scenario, alternative)
            })
            .collect(),
        assumptions: assumed(scenario).map(assumption).collect(),
        findings: of.findings.iter().map(|finding| Finding::new(finding, &scenario.sources)).collect(),
        pays_above: of.pays_above().map(|(against, price)| PaysAbove {
            against: of.alternatives[against].id(),
            loss_per_uncovered_hour: price.to_data(scenario.currency),
        }),
    }
}

fn alternative_of<'a>(scenario: &'a Scenario, of: &'a Compared) -> Alternative<'a> {
    let currency = scenario.currency;
    let (sums, coverage) = (&of.sums, &of.evaluation.coverage);
    let maybe = |money: Option<Money>| money.map(|money| money.to_data(currency));
    let services = scenario.services.iter().zip(&coverage.services).zip(&of.work.services);
    Alternative {
        id: of.id(),
        name: of.name(),
        kind: of.kind.name(),
        pricing_model: of.pricing_model.map(|model| model.name()),
        month_totals: all(&sums.months, currency),
        year_totals: all(&sums.years, currency),
        total: sums.total.to_data(currency),
        present_value: of.present_value.to_data(currency),
        monthly_average: of.monthly_average.to_data(currency),
        per_user_month: maybe(of.per_user_month),
        by_category: sums.categories.iter().map(|(category, sum)| (*category, sum.to_data(currency))).collect(),
        paper_price: maybe(sums.paper),
        practice_price: maybe(sums.practice),
        coverage: Coverage {
            scheduled: coverage.scheduled,
            expected: coverage.expected,
            expected_term: coverage.expected_term,
            on_duty: coverage.on_duty,
            weakest_service: coverage.weakest.map(|service| scenario.services[service].key.as_str()),
        },
        services: services
            .map(|((service, covered), work)| Service {
                workload_hours: work.workload_hours,
                backlog_hours: work.backlog_hours,
                ..service_of(of, service, covered)
            })
            .collect(),
        single_points_of_failure: coverage.single_points_of_failure,
        work_done: of.work.share,
        work_done_term: of.work.share_term,
        saving: maybe(of.saving),
        saving_present_value: maybe(of.saving_present_value),
        payback_month: of.payback_month,
        cost_per_covered_hour: maybe(of.cost_per_covered_hour),
        meets_coverage_target: of.meets_coverage_target,
        meets_work_target: of.meets_work_target,
        meets_budget: of.meets_budget(),
        over_budget: over_budget(&of.overruns, currency),
        cost_of_next_covered_hour: maybe(of.cost_of_next_covered_hour),
        expected_loss: maybe(of.expected_loss),
        risk_adjusted_total: maybe(of.risk_adjusted_total),
        phases: phases(&of.evaluation.staffing),
        options: options(&of.evaluation.staffing),
        services_without_price: of.unpriced.iter().map(|&service| scenario.services[service].key.as_str()).collect(),
        needed: of.standing.price.is_needed,
        uncertainty: None,
    }
}

fn service_of<'a>(
    alternative: &Compared,
    service: &'a comanage_model::scenario::Service,
    of: &ServiceCoverage,
) -> Service<'a> {
    let staffing = &alternative.evaluation.staffing;
    Service {
        id: &service.key,
        name: &service.name,
        scheduled: of.scheduled,
        expected: of.expected,
        expected_term: of.expected_term,
        on_duty: of.on_duty,
        state: of.state,
        mean_wait_hours: of.mean_wait_hours,
        one_deep: of.one_deep,
        bus_factor: of.bus_factor,
        gaps: of.gaps.iter().copied().map(gap).collect(),
        workload_hours: 0.0,
        backlog_hours: 0.0,
        loss_without: of.loss_without.iter().map(|(who, loss)| (staffing.key_of(*who), *loss)).collect(),
    }
}

fn gap(gap: Gap) -> GapText {
    GapText { from: name_minute(gap.from), to: name_minute(gap.to), hours: gap.hours() }
}

fn all(amounts: &[Money], currency: Currency) -> Vec<String> {
    amounts.iter().map(|amount| amount.to_data(currency)).collect()
}
