//! The rules that a matrix of responsibilities keeps.
//!
//! A row knows the rules it breaks; a finding gathers the services of an alternative that break the
//! same rule. That one person alone holds a service is found by the comparison, and only told again.

use super::{Accountable, Responsibilities, Row, ServicePhase};
use crate::compare::{Compared, Comparison};
use crate::guide::Guide;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Scenario, Service};
use comanage_model::week::{Week, duration};

/// A rule, by what it is called when it is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// No one covers the service.
    NobodyResponsible,
    /// No one answers for it.
    NoAccountable,
    /// More than one answers for it.
    SeveralAccountable,
    /// Who answers for it does not cover it.
    AccountableNotCovering,
    /// Team and provider cover the same hours, and no share says who does what.
    SharedWithoutBoundary,
    /// No one is on duty in required hours.
    NobodyOnDuty,
    /// One person alone holds it.
    OnePersonDeep,
    /// A response is promised slower than it is required.
    ResponseTooSlow,
    /// The responsibilities were not reviewed within three months before the start.
    ReviewOverdue,
}

/// Months after which a review is overdue: it is done quarterly.
const QUARTER: u32 = 3;

impl Rule {
    /// Every rule, in the order of print.
    pub const ALL: [Self; 9] = [
        Self::NobodyResponsible,
        Self::NoAccountable,
        Self::SeveralAccountable,
        Self::AccountableNotCovering,
        Self::SharedWithoutBoundary,
        Self::NobodyOnDuty,
        Self::OnePersonDeep,
        Self::ResponseTooSlow,
        Self::ReviewOverdue,
    ];

    /// The code of its finding.
    pub fn code(self) -> &'static str {
        match self {
            Self::NobodyResponsible => "nobody-responsible",
            Self::NoAccountable => "no-accountable",
            Self::SeveralAccountable => "several-accountable",
            Self::AccountableNotCovering => "accountable-not-covering",
            Self::SharedWithoutBoundary => "shared-without-boundary",
            Self::NobodyOnDuty => "nobody-on-duty",
            Self::OnePersonDeep => "one-person-deep",
            Self::ResponseTooSlow => "response-too-slow",
            Self::ReviewOverdue => "review-overdue",
        }
    }

    /// What is broken, before the names of the services.
    fn words(self) -> &'static str {
        match self {
            Self::NobodyResponsible => "no one is responsible:",
            Self::NoAccountable => "no one is accountable:",
            Self::SeveralAccountable => "more than one party is accountable:",
            Self::AccountableNotCovering => "accountable without covering the service:",
            Self::SharedWithoutBoundary => "the split between team and provider is not defined:",
            Self::NobodyOnDuty => "no one is on duty in some required hours:",
            Self::OnePersonDeep => "only one person covers:",
            Self::ResponseTooSlow => "the promised response is slower than required:",
            Self::ReviewOverdue => "responsibilities not reviewed in the three months before the start:",
        }
    }

    fn hint(self) -> String {
        match self {
            Self::NobodyResponsible => "assign it to a role, or to an offer in `covers`".to_string(),
            Self::NoAccountable | Self::SeveralAccountable => {
                let guides = Guide::list(&[Guide::Mindcore, Guide::OnSite]);
                format!("name exactly one party in writing, with `accountable` on the service or the cover: {guides}")
            }
            Self::AccountableNotCovering => {
                "make the party that covers it accountable, or have the accountable party cover it".to_string()
            }
            Self::SharedWithoutBoundary => {
                format!("agree on a `share` of the work, or on separate hours: {}", Guide::Mindcore.words())
            }
            Self::NobodyOnDuty => "see the coverage gaps in the comparison".to_string(),
            Self::OnePersonDeep => "train a second person, or have a provider cover absences".to_string(),
            Self::ResponseTooSlow => "have the response time written into the contract".to_string(),
            Self::ReviewOverdue => format!(
                "review quarterly and update `reviewed`: {}",
                Guide::list(&[Guide::SecureTechies, Guide::Mindcore, Guide::OnSite])
            ),
        }
    }

    /// Whether a row breaks the rule.
    fn is_broken(self, alternative: &Compared, row: &Row) -> bool {
        let scenario = alternative.evaluation.staffing.scenario;
        let service = &scenario.services[row.service];
        let coverage = &alternative.evaluation.coverage.services[row.service];
        let parties = row.accountable.iter().filter(|party| !matches!(party, Accountable::Absent(_)));
        match self {
            Self::NobodyResponsible => row.responsible.is_empty(),
            Self::NoAccountable => parties.count() == 0,
            Self::SeveralAccountable => parties.count() > 1,
            Self::AccountableNotCovering => parties.clone().count() > 0 && !parties.into_iter().any(|p| covers(row, p)),
            Self::SharedWithoutBoundary => is_shared_without_boundary(row),
            Self::NobodyOnDuty => !coverage.gaps.is_empty(),
            Self::OnePersonDeep => coverage.is_single_point_of_failure,
            Self::ResponseTooSlow => is_too_slow(service, row),
            Self::ReviewOverdue => is_overdue(scenario, service),
        }
    }
}

/// The rules that a row breaks, in the order of print.
pub fn broken(alternative: &Compared, row: &Row) -> Vec<Rule> {
    Rule::ALL.into_iter().filter(|rule| rule.is_broken(alternative, row)).collect()
}

fn covers(row: &Row, party: &Accountable) -> bool {
    row.responsible.iter().any(|responsible| match party {
        Accountable::Team => responsible.is_team(),
        Accountable::Provider(index) => responsible.who == comanage_model::staffing::Who::Provider(*index),
        Accountable::Absent(_) => false,
    })
}

/// Whether someone in-house and a provider without a share are on duty at the same minute. Who works
/// under the team's lead needs no boundary.
fn is_shared_without_boundary(row: &Row) -> bool {
    let team = row.responsible.iter().filter(|responsible| responsible.is_team());
    let team = team.fold(Week::none(), |hours, responsible| hours.or(&responsible.hours));
    let providers = row.responsible.iter().filter(|responsible| !responsible.is_team() && !responsible.is_contractor);
    providers.into_iter().any(|provider| provider.share.is_none() && provider.hours.shared_minutes(&team) > 0)
}

fn is_too_slow(service: &Service, row: &Row) -> bool {
    let Some(wanted) = service.respond_within else { return false };
    let promises = row.responsible.iter().filter(|responsible| !responsible.is_best_effort);
    promises.filter_map(|responsible| responsible.respond_within).any(|promised| promised > wanted)
}

fn is_overdue(scenario: &Scenario, service: &Service) -> bool {
    service.reviewed.is_none_or(|reviewed| scenario.start.count().saturating_sub(reviewed.count()) > QUARTER)
}

/// Finds where the rules are not kept: first what is the same in every alternative, then each
/// alternative.
pub fn find(comparison: &Comparison, alternatives: &[Responsibilities]) -> Vec<Diagnostic> {
    let scenario = comparison.scenario;
    let of_any = |service: &&Service| is_overdue(scenario, service);
    let overdue: Vec<String> = scenario.services.iter().filter(of_any).map(review_words).collect();
    let mut findings: Vec<Diagnostic> = finding(Rule::ReviewOverdue, None, &overdue).into_iter().collect();
    let rules = Rule::ALL.into_iter().filter(|rule| !matches!(rule, Rule::ReviewOverdue | Rule::OnePersonDeep));
    let rules: Vec<Rule> = rules.collect();
    for alternative in alternatives {
        for &rule in &rules {
            let rows = alternative.rows.iter().filter(|row| row.broken.contains(&rule));
            if rule == Rule::AccountableNotCovering {
                findings.extend(not_covering(alternative, &rows.collect::<Vec<_>>()));
                continue;
            }
            let names: Vec<String> = rows.map(|row| service_words(alternative, row, rule)).collect();
            findings.extend(finding(rule, Some(alternative.alternative), &names));
            if rule == Rule::NobodyResponsible {
                findings.extend(open_phases(alternative));
            }
        }
    }
    let known = comparison.findings.iter().filter(|finding| finding.code == Rule::OnePersonDeep.code());
    findings.extend(known.cloned());
    findings
}

/// Services that someone covers at the end of the term and no one in some months before.
fn open_phases(of: &Responsibilities) -> Option<Diagnostic> {
    let services = &of.alternative.evaluation.staffing.scenario.services;
    let open = of.rows.iter().filter(|row| !row.responsible.is_empty()).filter_map(|row| {
        let months: Vec<String> = row.phases.iter().filter(|phase| phase.is_open()).map(ServicePhase::months).collect();
        (!months.is_empty()).then(|| format!("{} ({})", services[row.service].name, months.join(", ")))
    });
    let names: Vec<String> = open.collect();
    finding(Rule::NobodyResponsible, Some(of.alternative), &names)
}

/// A finding for each who answers for services without covering them.
fn not_covering(alternative: &Responsibilities, rows: &[&Row]) -> Vec<Diagnostic> {
    let staffing = &alternative.alternative.evaluation.staffing;
    let mut parties: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows {
        let service = staffing.scenario.services[row.service].name.as_str();
        let names = parties_in_words(alternative, row);
        match parties.iter_mut().find(|(known, _)| *known == names) {
            Some((_, services)) => services.push(service),
            None => parties.push((names, vec![service])),
        }
    }
    let name = alternative.alternative.name();
    let finding = |(who, services): &(String, Vec<&str>)| {
        let message = format!("{name}: accountable without covering the service: {who} ({})", services.join(", "));
        let rule = Rule::AccountableNotCovering;
        Diagnostic::warning(rule.code(), message).hint(rule.hint()).path(alternative.alternative.id())
    };
    parties.iter().map(finding).collect()
}

/// Who answers for a service, in words.
fn parties_in_words(alternative: &Responsibilities, row: &Row) -> String {
    let staffing = &alternative.alternative.evaluation.staffing;
    row.accountable.iter().filter_map(|party| party.name(staffing)).collect::<Vec<_>>().join(" and ")
}

fn finding(rule: Rule, alternative: Option<&Compared>, services: &[String]) -> Option<Diagnostic> {
    if services.is_empty() {
        return None;
    }
    let whose = alternative.map_or_else(String::new, |alternative| format!("{}: ", alternative.name()));
    let message = format!("{whose}{} {}", rule.words(), services.join(", "));
    let finding = Diagnostic::warning(rule.code(), message).hint(rule.hint());
    Some(finding.path(alternative.map_or("services", |alternative| alternative.id())))
}

/// The service, with what matters for the rule.
fn service_words(alternative: &Responsibilities, row: &Row, rule: Rule) -> String {
    let staffing = &alternative.alternative.evaluation.staffing;
    let name = &staffing.scenario.services[row.service].name;
    match (rule, row.accountable.as_slice()) {
        (Rule::NoAccountable, [Accountable::Absent(offer)]) => format!("{name} (`{offer}` is not part of it)"),
        (Rule::SeveralAccountable, _) => format!("{name} ({})", parties_in_words(alternative, row)),
        (Rule::ResponseTooSlow, _) => {
            let promised = row.responsible.iter().filter_map(|responsible| responsible.respond_within).max();
            let wanted = staffing.scenario.services[row.service].respond_within;
            let words = |minutes: Option<u32>| minutes.map_or_else(|| "none".to_string(), duration);
            format!("{name} ({}, required: {})", words(promised), words(wanted))
        }
        (Rule::NobodyOnDuty, _) => {
            let gaps = &alternative.alternative.evaluation.coverage.services[row.service].gaps;
            let hours: f64 = gaps.iter().map(|gap| gap.hours()).sum();
            format!("{name} ({} hours/week)", (hours * 10.0).round() / 10.0)
        }
        _ => name.clone(),
    }
}

fn review_words(service: &Service) -> String {
    match service.reviewed {
        None => format!("{} (never)", service.name),
        Some(month) => format!("{} ({month})", service.name),
    }
}
