//! Which service model suits, by the rules of thumb of the published guides.
//!
//! The rules look at the company as it is, never at prices: how many people are in IT, whether they
//! cover every service at the targets, how many users there are. They are next to the computed
//! answer and change nothing about it; where the two differ, the figures are the company's own.

use rust_decimal::Decimal;

use crate::compare::{Compared, Comparison, Targets};
use crate::guide::Guide;
use comanage_model::scenario::{IN_HOUSE, Scenario};
use comanage_model::staffing::Staffing;

/// Which service model suits, and by which rules.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleOfThumb {
    /// The service model that the rules point to.
    pub model: ServiceModel,
    /// The company's figures in a sentence part.
    pub figures: String,
    /// Every rule.
    pub rules: Vec<FitRule>,
}

/// Models that the guides tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceModel {
    /// A provider is the IT department.
    FullyManaged,
    /// A provider in addition to the team.
    CoManaged,
    /// The team as it is.
    Stay,
    /// No rule names one.
    Open,
}

impl ServiceModel {
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::FullyManaged => "fully managed",
            Self::CoManaged => "co-managed",
            Self::Stay => "in-house",
            Self::Open => "open",
        }
    }
}

/// A rule of thumb, held against the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitRule {
    /// What the rule says, in words.
    pub rule: &'static str,
    /// The company's figure for it.
    pub figure: String,
    /// Whether the company is a case of it.
    pub applies: bool,
    /// Who says so.
    pub guides: &'static [Guide],
}

/// The most people of a team that co-managed IT is described for.
const SMALL_TEAM: Decimal = Decimal::from_parts(12, 0, 0, false, 0);
/// The usual size of a company with co-managed IT.
const USUAL_USERS: (i64, i64) = (50, 500);

/// What the rules look at.
struct Company {
    people: Decimal,
    services: usize,
    below_target: usize,
    unassigned: usize,
    users: i64,
}

/// Holds a company against the rules; none where no service is required, or the team of today is not
/// in the comparison.
pub fn rule_of_thumb(comparison: &Comparison) -> Option<RuleOfThumb> {
    let today = comparison.alternatives.iter().find(|alternative| alternative.id() == IN_HOUSE)?;
    let company = Company::new(comparison.scenario, today)?;
    Some(RuleOfThumb { model: company.model(), figures: company.figures(), rules: company.rules() })
}

impl Company {
    fn new(scenario: &Scenario, today: &Compared) -> Option<Self> {
        let staffing = &today.evaluation.staffing;
        let services = scenario.services.len();
        if services == 0 {
            return None;
        }
        Some(Self {
            people: people(staffing),
            services,
            below_target: (0..services).filter(|&service| !reaches_targets(scenario, today, service)).count(),
            unassigned: (0..services).filter(|&service| !staffing.is_held(service, 1)).count(),
            users: scenario
                .organization
                .users
                .classes
                .iter()
                .filter_map(|class| class.start)
                .fold(0, |sum, users| scenario.whole(users).saturating_add(sum)),
        })
    }

    fn has_no_staff(&self) -> bool {
        self.people < Decimal::ONE
    }

    fn covers_everything(&self) -> bool {
        self.below_target == 0
    }

    fn is_deep(&self) -> bool {
        self.people >= SMALL_TEAM && self.unassigned == 0
    }

    fn is_small_with_gaps(&self) -> bool {
        !self.has_no_staff() && self.people <= SMALL_TEAM && !self.covers_everything()
    }

    fn model(&self) -> ServiceModel {
        match () {
            () if self.has_no_staff() => ServiceModel::FullyManaged,
            () if self.covers_everything() => ServiceModel::Stay,
            () if self.is_small_with_gaps() => ServiceModel::CoManaged,
            () if self.is_deep() => ServiceModel::Stay,
            () => ServiceModel::Open,
        }
    }

    fn people_in_words(&self) -> String {
        match self.people {
            people if people.is_zero() => "no IT staff".to_string(),
            people if people == Decimal::ONE => "1 IT staff member".to_string(),
            people => format!("{} IT staff", people.normalize()),
        }
    }

    fn targets_in_words(&self) -> String {
        match self.below_target {
            0 => format!("all {} services at target", self.services),
            below => format!("{below} of {} services below target", self.services),
        }
    }

    fn figures(&self) -> String {
        let (min, max) = USUAL_USERS;
        let usual = if self.is_usual_size() { "typical range:" } else { "outside the typical range of" };
        format!(
            "{}, {}, {} users ({usual} {min} to {max})",
            self.people_in_words(),
            self.targets_in_words(),
            self.users
        )
    }

    fn is_usual_size(&self) -> bool {
        (USUAL_USERS.0..=USUAL_USERS.1).contains(&self.users)
    }

    fn rules(&self) -> Vec<FitRule> {
        let rule = |rule, figure, applies, guides| FitRule { rule, figure, applies, guides };
        vec![
            rule(
                "fully managed where there is no in-house IT staff",
                self.people_in_words(),
                self.has_no_staff(),
                &[Guide::CompleteGuide, Guide::Mindcore, Guide::OnSite, Guide::Pricing],
            ),
            rule(
                "no change where the team meets the targets for every service",
                self.targets_in_words(),
                self.covers_everything() && !self.has_no_staff(),
                &[Guide::Pricing],
            ),
            rule(
                "co-managed where a team of 1 to 12 has gaps",
                format!("{}, {}", self.people_in_words(), self.targets_in_words()),
                self.is_small_with_gaps(),
                &[Guide::Mindcore, Guide::OnSite],
            ),
            rule(
                "no change where a team of 12 or more covers every specialty",
                format!(
                    "{}, {} of {} services not assigned to anyone",
                    self.people_in_words(),
                    self.unassigned,
                    self.services
                ),
                self.is_deep(),
                &[Guide::Pricing],
            ),
            rule(
                "typical size for co-managed: 50 to 500 employees",
                format!("{} users", self.users),
                self.is_usual_size(),
                &[Guide::CompleteGuide],
            ),
        ]
    }
}

/// The people of the team who are there in the first month.
fn people(staffing: &Staffing) -> Decimal {
    let there = staffing.positions.iter().filter(|position| position.is_paid(1));
    let headcounts = there.map(|position| staffing.scenario.decimal(position.role.headcount));
    headcounts.fold(Decimal::ZERO, |sum, people| sum.saturating_add(people))
}

/// Whether a service meets both targets by itself; what is not applicable counts as reached.
fn reaches_targets(scenario: &Scenario, today: &Compared, service: usize) -> bool {
    let work = today.work.services[service];
    let done = (work.workload_hours > 0.0).then(|| 1.0 - work.backlog_hours / work.workload_hours);
    let covered = today.evaluation.coverage.services[service].expected;
    Targets::of(scenario).are_met_by(covered, done)
}

impl RuleOfThumb {
    /// The model and why, in a sentence.
    pub fn words(&self) -> String {
        let fits = match self.model {
            ServiceModel::FullyManaged => "to fully managed IT",
            ServiceModel::CoManaged => "to co-managed IT",
            ServiceModel::Stay => "to keeping the current team",
            ServiceModel::Open => "to no particular model",
        };
        format!("Industry rules of thumb point {fits}: {}.", self.figures)
    }
}
