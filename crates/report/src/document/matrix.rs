//! Responsibilities as a document: a table for each alternative, the rules, the fit.

use super::parts::{body, brief, findings, headers, text};
use super::{Block, Cell, Report, Role, Row, Section, Table};
use comanage_analysis::guide::Guide;
use comanage_analysis::matrix::{Matrix, Responsibilities, Responsible, Row as Line, ServicePhase};
use comanage_analysis::rule_of_thumb::{FitRule, RuleOfThumb};
use comanage_model::scenario::{Scenario, Service};
use comanage_model::staffing::Who;
use comanage_model::week::duration;

/// What is where nothing is stated.
const NOT_STATED: &str = "not stated";

/// Writes the responsibilities of every alternative.
pub fn matrix(matrix: &Matrix) -> Report {
    let scenario = matrix.comparison.scenario;
    Report {
        title: format!("{}: responsibilities", scenario.name),
        subtitle: format!(
            "{}, at the end of {} months from {}, amounts in {} per month",
            scenario.file, scenario.term_months, scenario.start, scenario.currency.code
        ),
        answer: answer(matrix),
        sections: if scenario.services.is_empty() { Vec::new() } else { sections(matrix) },
    }
}

fn sections(matrix: &Matrix) -> Vec<Section> {
    let scenario = matrix.comparison.scenario;
    let mut sections = vec![brief("Requirements", vec![Block::Table(wanted(scenario))])];
    sections.extend(matrix.alternatives.iter().map(|of| section(scenario, of)));
    if !matrix.is_for_client {
        sections.push(brief("Issues in the responsibility matrix (RACI)", findings(&matrix.findings)));
    }
    sections.extend(
        matrix
            .rule_of_thumb
            .as_ref()
            .map(|rule_of_thumb| brief("Service model by rules of thumb", rules(rule_of_thumb))),
    );
    sections
}

fn wanted(scenario: &Scenario) -> Table {
    let row = |service: &Service| {
        body(vec![
            text(service.name.clone()),
            text(service.hours.words()),
            text(service.respond_within.map_or_else(|| NOT_STATED.to_string(), duration)),
            text(service.reviewed.map_or_else(|| NOT_STATED.to_string(), |month| month.to_string())),
        ])
    };
    Table {
        headers: headers(&["Service", "Hours", "Response within", "Reviewed"]),
        rows: scenario.services.iter().map(row).collect(),
    }
}

fn answer(matrix: &Matrix) -> Vec<String> {
    let rows = matrix.alternatives.iter().flat_map(|of| &of.rows);
    let broken = rows.clone().filter(|row| !row.broken.is_empty()).count();
    let of = rows.count();
    let rules = match broken {
        _ if of == 0 => "The scenario has no services, so there are no responsibilities.".to_string(),
        0 => format!("All {of} assignments meet every rule."),
        broken => format!("{broken} of {of} assignments need attention."),
    };
    let rules = (of == 0 || !matrix.is_for_client).then_some(rules);
    rules.into_iter().chain(matrix.rule_of_thumb.as_ref().map(RuleOfThumb::words)).collect()
}

fn section(scenario: &Scenario, of: &Responsibilities) -> Section {
    let mut rows: Vec<Row> = of.rows.iter().map(|row| line(scenario, of, row)).collect();
    let sum = |name: &str, role, amount| {
        let lead = [name, "", "", "", "", ""].map(text);
        Row { role, cells: lead.into_iter().chain([Cell::Money(amount)]).collect() }
    };
    rows.extend(of.rest.iter().map(|(name, amount)| sum(name, Role::Body, *amount)));
    rows.push(sum("Total", Role::Total, of.total));
    let table = Table {
        headers: headers(&["Service", "Responsible", "Accountable", "Consulted", "Informed", "Hours", "Cost"]),
        rows,
    };
    let mut blocks = vec![Block::Table(table)];
    let phases = phases(scenario, of);
    if !phases.is_empty() {
        blocks.push(Block::Paragraph("The table shows the end of the term. In other months:".into()));
        blocks.push(Block::Table(Table { headers: headers(&["Service", "Months", "Responsible"]), rows: phases }));
    }
    brief(of.alternative.name(), blocks)
}

/// Who covers services in the months in which that is not as at the end of the term.
fn phases(scenario: &Scenario, of: &Responsibilities) -> Vec<Row> {
    let mut rows = Vec::new();
    for row in &of.rows {
        let now: Vec<Who> = row.responsible.iter().map(|responsible| responsible.who).collect();
        let is_other = |phase: &&ServicePhase| !phase.responsible.iter().map(|of| of.who).eq(now.iter().copied());
        for phase in row.phases.iter().filter(is_other) {
            let months = if phase.from == phase.until {
                phase.from.to_string()
            } else {
                format!("{} to {}", phase.from, phase.until)
            };
            let who = if phase.is_required { names(of, &phase.responsible) } else { "not required".to_string() };
            rows.push(body(vec![text(scenario.services[row.service].name.clone()), text(months), text(who)]));
        }
    }
    rows
}

fn line(scenario: &Scenario, of: &Responsibilities, row: &Line) -> Row {
    let service = &scenario.services[row.service];
    body(vec![
        text(service.name.clone()),
        text(responsible(of, row)),
        text(accountable(of, row)),
        text(listed(service.consulted.as_deref())),
        text(listed(service.informed.as_deref())),
        Cell::Hours(row.hours_per_month),
        cost(row),
    ])
}

/// What a service costs, as far as that is known by service.
fn cost(row: &Line) -> Cell {
    match (row.known_cost(), row.is_in_fee) {
        (None, _) => text("share of fee"),
        (Some(cost), true) => text(format!("{} plus share of fee", cost.to_prose())),
        (Some(cost), false) => Cell::Money(cost),
    }
}

/// Who covers a service at the end of the term, and when.
pub fn responsible(of: &Responsibilities, row: &Line) -> String {
    names(of, &row.responsible)
}

/// Who covers a service over the term: "months 1 to 3: Administrator mon-fri 08:00-17:00; …".
pub fn responsible_by_month(of: &Responsibilities, row: &Line) -> String {
    let phase = |phase: &ServicePhase| {
        let who = if phase.is_required { names(of, &phase.responsible) } else { "not required".to_string() };
        format!("{}: {who}", phase.months())
    };
    row.phases.iter().map(phase).collect::<Vec<_>>().join("; ")
}

fn names(of: &Responsibilities, responsible: &[Responsible]) -> String {
    let staffing = &of.alternative.evaluation.staffing;
    let words: Vec<String> = responsible.iter().map(|responsible| responsible.words(staffing)).collect();
    if words.is_empty() { "no one".to_string() } else { words.join("; ") }
}

/// Who answers for a service.
pub fn accountable(of: &Responsibilities, row: &Line) -> String {
    let staffing = &of.alternative.evaluation.staffing;
    let names: Vec<&str> = row.accountable.iter().filter_map(|party| party.name(staffing)).collect();
    if names.is_empty() { NOT_STATED.to_string() } else { names.join(" and ") }
}

/// Names that are stated.
pub fn listed(names: Option<&[String]>) -> String {
    match names {
        None => NOT_STATED.to_string(),
        Some([]) => "no one".to_string(),
        Some(names) => names.join(", "),
    }
}

fn rules(rule_of_thumb: &RuleOfThumb) -> Vec<Block> {
    let line = |rule: &FitRule| {
        let applies = if rule.applies { "applies" } else { "does not apply" };
        format!("{}: {applies} ({}) [{}]", rule.rule, rule.figure, Guide::list(rule.guides))
    };
    vec![Block::Paragraph(rule_of_thumb.words()), Block::List(rule_of_thumb.rules.iter().map(line).collect())]
}
