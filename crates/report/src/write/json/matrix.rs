//! Responsibilities as JSON, for machines: unstated is `null`, no one an empty list.

use serde::Serialize;

use super::{Finding, Head, Layout, text};
use comanage_analysis::matrix::{Matrix, Responsibilities, Row, ServicePhase};
use comanage_analysis::rule_of_thumb::RuleOfThumb;
use comanage_model::scenario::Scenario;

/// The document.
pub fn matrix(of: &Matrix, layout: Layout) -> String {
    text(&document(of), layout)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    alternatives: Vec<Alternative<'a>>,
    rule_of_thumb: Option<FitText<'a>>,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Alternative<'a> {
    id: &'a str,
    name: &'a str,
    services: Vec<Service<'a>>,
    rest: Vec<Rest>,
    cost_per_month: String,
}

#[derive(Serialize)]
struct Rest {
    what: &'static str,
    cost_per_month: String,
}

#[derive(Serialize)]
struct Service<'a> {
    id: &'a str,
    name: &'a str,
    wanted_hours: String,
    wanted_within_minutes: Option<u32>,
    responsible: Vec<Responsible<'a>>,
    phases: Vec<Phase<'a>>,
    accountable: Vec<&'a str>,
    consulted: Option<&'a [String]>,
    informed: Option<&'a [String]>,
    reviewed: Option<String>,
    hours_per_month: f64,
    cost_per_month: Option<String>,
    also_in_fee: bool,
    broken_rules: Vec<&'static str>,
}

#[derive(Serialize)]
struct Phase<'a> {
    from: u32,
    until: u32,
    required: bool,
    responsible: Vec<&'a str>,
}

#[derive(Serialize)]
struct Responsible<'a> {
    name: &'a str,
    is_team: bool,
    hours: String,
    on_call: Option<String>,
    best_effort: bool,
    share: Option<String>,
    from_month: u32,
    respond_within_minutes: Option<u32>,
}

#[derive(Serialize)]
struct FitText<'a> {
    model: &'static str,
    words: String,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Rule<'a> {
    rule: &'static str,
    figure: &'a str,
    applies: bool,
    guides: Vec<&'static str>,
}

fn document<'a>(of: &'a Matrix) -> Document<'a> {
    let scenario = of.comparison.scenario;
    Document {
        head: Head::new(scenario),
        alternatives: of.alternatives.iter().map(|of| alternative(scenario, of)).collect(),
        rule_of_thumb: of.rule_of_thumb.as_ref().map(rule_of_thumb),
        findings: of.findings.iter().map(|finding| Finding::new(finding, &scenario.sources)).collect(),
    }
}

fn alternative<'a>(scenario: &'a Scenario, of: &'a Responsibilities) -> Alternative<'a> {
    Alternative {
        id: of.alternative.id(),
        name: of.alternative.name(),
        services: of.rows.iter().map(|row| service(scenario, of, row)).collect(),
        rest: of
            .rest
            .iter()
            .map(|(what, cost)| Rest { what, cost_per_month: cost.to_data(scenario.currency) })
            .collect(),
        cost_per_month: of.total.to_data(scenario.currency),
    }
}

fn service<'a>(scenario: &'a Scenario, of: &'a Responsibilities, row: &'a Row) -> Service<'a> {
    let service = &scenario.services[row.service];
    let staffing = &of.alternative.evaluation.staffing;
    let responsible = row.responsible.iter().map(|of| Responsible {
        name: &of.name,
        is_team: of.is_team(),
        hours: of.hours.words(),
        on_call: (!of.on_call.is_empty()).then(|| of.on_call.words()),
        best_effort: of.is_best_effort,
        share: of.share.map(|share| share.normalize().to_string()),
        from_month: of.from_month.unwrap_or(1),
        respond_within_minutes: of.respond_within,
    });
    Service {
        id: &service.key,
        name: &service.name,
        wanted_hours: service.hours.words(),
        wanted_within_minutes: service.respond_within,
        responsible: responsible.collect(),
        phases: row.phases.iter().map(phase).collect(),
        accountable: row.accountable.iter().filter_map(|party| party.name(staffing)).collect(),
        consulted: service.consulted.as_deref(),
        informed: service.informed.as_deref(),
        reviewed: service.reviewed.map(|month| month.to_string()),
        hours_per_month: row.hours_per_month,
        cost_per_month: row.known_cost().map(|cost| cost.to_data(scenario.currency)),
        also_in_fee: row.is_in_fee,
        broken_rules: row.broken.iter().map(|rule| rule.code()).collect(),
    }
}

fn phase(of: &ServicePhase) -> Phase<'_> {
    Phase {
        from: of.from,
        until: of.until,
        required: of.is_required,
        responsible: of.responsible.iter().map(|responsible| responsible.name.as_str()).collect(),
    }
}

fn rule_of_thumb(of: &RuleOfThumb) -> FitText<'_> {
    let rules = of.rules.iter().map(|of| Rule {
        rule: of.rule,
        figure: &of.figure,
        applies: of.applies,
        guides: of.guides.iter().map(|guide| guide.words()).collect(),
    });
    FitText { model: of.model.name(), words: of.words(), rules: rules.collect() }
}
