//! Who is responsible for what, when, and for how much: a row a service, for each alternative.
//!
//! The matrix says of every service who covers it and when, who is accountable, consulted and
//! informed, and how many hours and how much money it is a month. Everything in it follows from the
//! scenario and its evaluation; `checks` has the rules that a good matrix keeps.

mod checks;
mod cost;
mod phases;

pub use checks::Rule;
pub use phases::ServicePhase;

use rust_decimal::Decimal;

use crate::compare::{Compared, Comparison};
use crate::rule_of_thumb::{RuleOfThumb, rule_of_thumb};
use comanage_expr::number::percent;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use comanage_model::scenario::{Cover, Duty, Mode, Role};
use comanage_model::staffing::{Engagement, Staffing, Who};
use comanage_model::week::Week;
use comanage_model::work::hours_covered;

/// Responsibilities in every alternative.
#[derive(Clone, Debug)]
pub struct Matrix<'a> {
    /// The comparison they are taken from.
    pub comparison: &'a Comparison<'a>,
    /// By alternative, in their order.
    pub alternatives: Vec<Responsibilities<'a>>,
    /// Which service model suits, where that can be said.
    pub rule_of_thumb: Option<RuleOfThumb>,
    /// Where the rules are not kept.
    pub findings: Vec<Diagnostic>,
    /// Whether it is for the client of a provider: without the rules.
    pub is_for_client: bool,
}

impl Matrix<'_> {
    /// The responsibilities for the client of a provider: without the rules that they break, which are the
    /// buyer's own business.
    pub fn for_client(mut self) -> Self {
        self.alternatives.iter_mut().flat_map(|of| &mut of.rows).for_each(|row| row.broken.clear());
        self.findings.clear();
        self.is_for_client = true;
        self
    }
}

/// Responsibilities in an alternative.
#[derive(Clone, Debug)]
pub struct Responsibilities<'a> {
    /// The alternative with its figures.
    pub alternative: &'a Compared<'a>,
    /// By service.
    pub rows: Vec<Row>,
    /// What is paid a month and is no service's alone, by what it is, mean of the last twelve months.
    pub rest: Vec<(&'static str, Money)>,
    /// All that is paid a month, mean of the last twelve months.
    pub total: Money,
}

/// A service in an alternative.
#[derive(Clone, Debug)]
pub struct Row {
    /// The service, by index.
    pub service: usize,
    /// Who covers it at the end of the term, and when: posts before providers. Empty: no one.
    pub responsible: Vec<Responsible>,
    /// Who covers it over the term.
    pub phases: Vec<ServicePhase>,
    /// Who answers for it.
    pub accountable: Vec<Accountable>,
    /// Hours of work a month, mean of the last twelve.
    pub hours_per_month: f64,
    /// What is paid for it a month, as far as that is known by service; mean of the last twelve.
    pub cost_per_month: Money,
    /// Whether a fee for several services pays for it too, so that its cost is not known in full.
    pub is_in_fee: bool,
    /// The rules it breaks.
    pub broken: Vec<Rule>,
}

/// Someone who covers a service.
#[derive(Clone, Debug)]
pub struct Responsible {
    /// Who.
    pub who: Who,
    /// The name: a role's or a provider's.
    pub name: String,
    /// The required hours on duty.
    pub hours: Week,
    /// The required hours on call next to that.
    pub on_call: Week,
    /// Whether no one is obliged to come.
    pub is_best_effort: bool,
    /// Whether this is extra hands under the team's lead.
    pub is_contractor: bool,
    /// The share of the work that is agreed.
    pub share: Option<Decimal>,
    /// The month from which this holds, if that is not the first.
    pub from_month: Option<u32>,
    /// Within how many minutes a response is promised.
    pub respond_within: Option<u32>,
}

/// Someone who answers for a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accountable {
    /// The company's own team.
    Team,
    /// A provider of the alternative, by its engagement.
    Provider(usize),
    /// An offer that is not part of the alternative, by its key.
    Absent(String),
}

/// Lays out the responsibilities of every alternative.
pub fn matrix<'a>(comparison: &'a Comparison<'a>) -> Matrix<'a> {
    let alternatives: Vec<Responsibilities> = comparison.alternatives.iter().map(responsibilities).collect();
    let findings = checks::find(comparison, &alternatives);
    Matrix { comparison, alternatives, rule_of_thumb: rule_of_thumb(comparison), findings, is_for_client: false }
}

fn responsibilities<'a>(alternative: &'a Compared<'a>) -> Responsibilities<'a> {
    let staffing = &alternative.evaluation.staffing;
    let costs = cost::by_service(alternative);
    let row = |service: usize| {
        let row = Row {
            service,
            responsible: responsible(staffing, service, staffing.scenario.term_months),
            phases: phases::phases(staffing, service),
            accountable: accountable(staffing, service),
            hours_per_month: alternative.work.services[service].workload_hours,
            cost_per_month: costs.services[service],
            is_in_fee: cost::is_in_fee(staffing, service),
            broken: Vec::new(),
        };
        Row { broken: checks::broken(alternative, &row), ..row }
    };
    let rows = (0..staffing.scenario.services.len()).map(row).collect();
    Responsibilities { alternative, rows, rest: costs.rest, total: costs.total }
}

/// Who covers a service in a month.
fn responsible(staffing: &Staffing, service: usize, month: u32) -> Vec<Responsible> {
    let wanted = &staffing.scenario.services[service].hours;
    let later = |month: u32| Some(month).filter(|&month| month > 1);
    let positions = staffing.positions.iter().enumerate();
    let positions =
        positions.filter(|(_, position)| position.is_paid(month) && position.role.services.contains(&service));
    let positions = positions.map(|(index, position)| Responsible {
        who: Who::Position(index),
        name: position.role.name.clone(),
        hours: position.role.duty.week().and(wanted),
        on_call: hours_on_call(position.role).and(wanted).without(position.role.duty.week()),
        is_best_effort: false,
        is_contractor: false,
        share: None,
        from_month: later(position.paid.start()),
        respond_within: position.role.on_call.as_ref().and_then(|on_call| on_call.response),
    });
    let covers = staffing.engagements.iter().enumerate();
    let covers =
        covers.filter_map(|(index, engaged)| Some((index, engaged, engaged.cover(staffing.scenario, service, month)?)));
    let providers = covers.map(|(index, engaged, cover)| Responsible {
        who: Who::Provider(index),
        name: provider_name(staffing, index).to_string(),
        hours: if is_on_call(engaged, cover) { Week::none() } else { provider_hours(staffing, index, cover) },
        on_call: if is_on_call(engaged, cover) { provider_hours(staffing, index, cover) } else { Week::none() },
        is_best_effort: cover.mode == Mode::BestEffort,
        is_contractor: engaged.offer.is_staff_augmentation(),
        share: cover.share.map(|share| staffing.scenario.decimal(share)),
        from_month: later(engaged.fully_live),
        respond_within: cover.respond_within,
    });
    positions.chain(providers).collect()
}

fn hours_on_call(role: &Role) -> Week {
    role.on_call.as_ref().map_or_else(Week::none, |on_call| on_call.hours.clone())
}

/// Whether a provider is on call for a service; contractors are on duty.
fn is_on_call(engaged: &Engagement, cover: &Cover) -> bool {
    cover.mode == Mode::OnCall && !engaged.offer.is_staff_augmentation()
}

/// A provider by its name, or by its offer's where it is not named or has several.
fn provider_name<'a>(staffing: &'a Staffing, index: usize) -> &'a str {
    let offer = staffing.engagements[index].offer;
    let provider = offer.provider.as_deref();
    let same = staffing.engagements.iter().filter(|engaged| engaged.offer.provider.as_deref() == provider);
    provider.filter(|_| same.count() == 1).unwrap_or(&offer.name)
}

/// The required hours that a provider covers; contractors are there in their own hours at most.
fn provider_hours(staffing: &Staffing, index: usize, cover: &Cover) -> Week {
    let covered = hours_covered(staffing, cover);
    let offer = staffing.engagements[index].offer;
    let contractors = offer.contractors().filter(|_| offer.is_staff_augmentation());
    contractors.map_or(covered.clone(), |terms| covered.and(&terms.hours))
}

/// Who answers for a service: an offer that takes it over, else who is named on the service.
fn accountable(staffing: &Staffing, service: usize) -> Vec<Accountable> {
    let engagements = staffing.engagements.iter().enumerate();
    let takes_over =
        |offer: &comanage_model::scenario::Offer| offer.cover(service).is_some_and(|cover| cover.accountable);
    let mut found: Vec<Accountable> = engagements
        .clone()
        .filter(|(_, engaged)| takes_over(engaged.offer))
        .map(|(index, _)| Accountable::Provider(index))
        .collect();
    match staffing.scenario.services[service].accountable.as_deref() {
        None => {}
        Some("team") if found.is_empty() => found.push(Accountable::Team),
        Some("team") => {}
        Some(key) => {
            let named = engagements.clone().find(|(_, engaged)| engaged.offer.key == key).map(|(index, _)| index);
            match named {
                Some(index) if !found.contains(&Accountable::Provider(index)) => {
                    found.insert(0, Accountable::Provider(index));
                }
                None if found.is_empty() => found.push(Accountable::Absent(key.to_string())),
                _ => {}
            }
        }
    }
    found
}

impl Row {
    /// What is paid for it a month, as far as that is known by service; none where only a fee for
    /// several services pays for it.
    pub fn known_cost(&self) -> Option<Money> {
        Some(self.cost_per_month).filter(|cost| !self.is_in_fee || !cost.0.is_zero())
    }
}

impl Accountable {
    /// The name in print; none for an offer that is not there.
    pub fn name<'a>(&self, staffing: &'a Staffing) -> Option<&'a str> {
        match self {
            Self::Team => Some("the team"),
            Self::Provider(index) => Some(provider_name(staffing, *index)),
            Self::Absent(_) => None,
        }
    }
}

impl Responsible {
    /// Whether this is someone in-house.
    pub fn is_team(&self) -> bool {
        matches!(self.who, Who::Position(_))
    }

    /// Who, when, and under which conditions.
    pub fn words(&self, staffing: &Staffing) -> String {
        let hours = if !self.hours.is_empty() {
            self.hours.words()
        } else if self.on_call.is_empty() {
            "outside required hours".to_string()
        } else {
            "not on duty".to_string()
        };
        let mut conditions = Vec::new();
        if let Who::Position(index) = self.who
            && matches!(staffing.positions[index].role.duty, Duty::Rota(_))
        {
            conditions.push("on a rota".to_string());
        }
        if !self.on_call.is_empty() {
            conditions.push(format!("on call {}", self.on_call.words()));
        }
        conditions.extend(self.share.map(|share| format!("{} of the work", percent(share))));
        if self.is_best_effort {
            conditions.push("best effort".to_string());
        }
        let conditions = if conditions.is_empty() { String::new() } else { format!(" ({})", conditions.join(", ")) };
        format!("{} {hours}{conditions}", self.name)
    }
}
