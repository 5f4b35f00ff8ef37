//! Who works in an alternative, and when: posts of the team and of hires, engagements of providers.
//!
//! Ledger, coverage and work all ask the same questions (is this person paid, does the provider
//! work yet); they are answered once, here.

use std::ops::RangeInclusive;

use crate::scenario::{Alternative, BillFrom, Input, Offer, PricingModel, Role, Scenario};
use comanage_expr::number::{Exact, Number};

/// An alternative with the months of everybody in it.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The alternative.
    pub alternative: &'a Alternative,
    /// The team, then the hires.
    pub posts: Vec<Post<'a>>,
    /// The providers, in the order of the alternative.
    pub engagements: Vec<Engagement<'a>>,
}

/// A role and the months in which it is there.
#[derive(Clone, Debug)]
pub struct Post<'a> {
    /// The role.
    pub role: &'a Role,
    /// Its index among the team, then the hires, of the scenario.
    pub index: usize,
    /// The months that are paid; empty if there are none.
    pub paid: RangeInclusive<u32>,
    /// The first month in which the people count as cover.
    pub cover_from: u32,
    /// The handover that sends the role away, if there is one.
    pub handover: Option<Handover>,
}

/// A provider and the months in which it bills and works.
#[derive(Clone, Copy, Debug)]
pub struct Engagement<'a> {
    /// The offer.
    pub offer: &'a Offer,
    /// The first month that is billed; it can lie after the term.
    pub first_billed: u32,
    /// The first month in which the provider works the whole month.
    pub fully_live: u32,
}

/// The end of a role of the team that an offer replaces.
#[derive(Clone, Copy, Debug)]
pub struct Handover {
    /// The role leaves at the end of this month; 0: it is never there.
    pub month: u32,
    /// Weeks of salary, once, in the month after.
    pub severance_weeks: Input,
}

/// Somebody in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A post, by index.
    Post(usize),
    /// An engagement, by index.
    Provider(usize),
}

/// Kinds of alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Contractors beside the team.
    StaffAugmentation,
    /// A provider and nobody in-house at the end of the term.
    FullyManaged,
    /// A provider beside the team.
    CoManaged,
    /// The team with hires.
    Hire,
    /// The team as it is.
    InHouse,
}

impl Kind {
    /// Its name in print.
    pub fn name(self) -> &'static str {
        match self {
            Self::StaffAugmentation => "staff augmentation",
            Self::FullyManaged => "fully managed",
            Self::CoManaged => "co-managed",
            Self::Hire => "hire",
            Self::InHouse => "in-house",
        }
    }
}

impl Post<'_> {
    /// Whether the post is paid in a month.
    pub fn is_paid(&self, month: u32) -> bool {
        self.paid.contains(&month)
    }

    /// Whether the post is paid in a month and holds a service.
    pub fn performs(&self, service: usize, month: u32) -> bool {
        self.is_paid(month) && self.role.services.contains(&service)
    }

    /// Whether this is a hire.
    pub fn is_hire(&self) -> bool {
        self.role.hiring.is_some()
    }

    /// The place of a month among the paid ones, from 1.
    pub fn paid_month(&self, month: u32) -> u32 {
        month + 1 - self.paid.start()
    }
}

impl Engagement<'_> {
    /// Whether a month is billed.
    pub fn is_billed(&self, month: u32) -> bool {
        month >= self.first_billed
    }

    /// Whether the offer covers a service.
    pub fn covers(&self, service: usize) -> bool {
        self.offer.cover(service).is_some()
    }
}

/// The share of a month after onboarding: `(30 * month - days) / 30`, within 0 and 1.
pub fn live_share<N: Number>(scenario: &Scenario, offer: &Offer, month: u32) -> N {
    let thirty = N::whole(30);
    let days: N = scenario.get(offer.onboarding.days);
    let share = (thirty * N::whole(month.into()) - days) / thirty;
    share.greatest(N::zero()).least(N::one()).named(|| format!("live share of month {month}"))
}

impl<'a> Plan<'a> {
    /// Lays out an alternative.
    pub fn new(scenario: &'a Scenario, alternative: &'a Alternative) -> Self {
        let engagements: Vec<_> =
            alternative.offers.iter().map(|&offer| engage(scenario, &scenario.offers[offer])).collect();
        let team = (0..scenario.team.len()).map(|role| team_post(scenario, role, &engagements));
        let hires = alternative.hires.iter().map(|&hire| hire_post(scenario, hire));
        Self { scenario, alternative, posts: team.chain(hires).collect(), engagements }
    }

    /// The name of a source of coverage: a role's, or an offer's.
    pub fn name_of(&self, who: Who) -> String {
        match who {
            Who::Post(index) => self.posts[index].role.name.clone(),
            Who::Provider(index) => self.engagements[index].offer.name.clone(),
        }
    }

    /// What the item of a provider's line is called: with the offer's name where there are several.
    pub fn item(&self, engagement: usize, what: &str) -> String {
        match self.engagements.as_slice() {
            [_] => what.to_string(),
            several => format!("{}: {what}", several[engagement].offer.name),
        }
    }

    /// What the item of a service's hours out of scope is called.
    pub fn out_of_scope_item(&self, engagement: usize, service: usize) -> String {
        self.item(engagement, &format!("out of scope: {}", self.scenario.services[service].key))
    }

    /// Whether somebody in-house who is paid in the month holds the service.
    pub fn is_held(&self, service: usize, month: u32) -> bool {
        self.posts.iter().any(|post| post.performs(service, month))
    }

    /// Whether an offer of the alternative covers the service.
    pub fn is_covered(&self, service: usize) -> bool {
        self.engagements.iter().any(|engagement| engagement.covers(service))
    }

    /// The kind of the alternative: the first that fits.
    pub fn kind(&self) -> Kind {
        let somebody_stays = self.posts.iter().any(|post| post.is_paid(self.scenario.term_months));
        let has_offer = !self.engagements.is_empty();
        if has_offer && self.engagements.iter().all(|engagement| engagement.offer.is_staff_augmentation()) {
            Kind::StaffAugmentation
        } else if has_offer && !somebody_stays {
            Kind::FullyManaged
        } else if has_offer {
            Kind::CoManaged
        } else if !self.alternative.hires.is_empty() {
            Kind::Hire
        } else {
            Kind::InHouse
        }
    }

    /// The pricing model of its offers; hybrid for several kinds.
    pub fn pricing_model(&self) -> Option<PricingModel> {
        let mut models = self.engagements.iter().map(|engagement| engagement.offer.pricing_model());
        let first = models.next()?;
        Some(if models.all(|model| model == first) { first } else { PricingModel::Hybrid })
    }
}

fn engage<'a>(scenario: &Scenario, offer: &'a Offer) -> Engagement<'a> {
    let days = scenario.f64(offer.onboarding.days);
    let first_live = (days / 30.0).floor() as u32 + 1;
    let is_whole = live_share::<Exact>(scenario, offer, first_live) == Exact::one();
    let fully_live = if is_whole { first_live } else { first_live + 1 };
    let first_billed = match offer.bill_from {
        BillFrom::Signature => 1,
        BillFrom::GoLive => first_live,
    };
    Engagement { offer, first_billed, fully_live }
}

fn team_post<'a>(scenario: &'a Scenario, index: usize, engagements: &[Engagement]) -> Post<'a> {
    let role = &scenario.team[index];
    let handover = earliest_handover(scenario, index, engagements);
    let from = scenario.months(role.from_month).max(1);
    let until = last_month(scenario, role).min(handover.map_or(u32::MAX, |handover| handover.month));
    Post { role, index, paid: from..=until, cover_from: from, handover }
}

/// The earliest handover of the offers that replace a role, the first at a tie.
fn earliest_handover(scenario: &Scenario, role: usize, engagements: &[Engagement]) -> Option<Handover> {
    let terms = engagements.iter().filter_map(|engagement| engagement.offer.replaces_team.as_ref());
    let replacing = terms.filter(|terms| !terms.keep.contains(&role));
    replacing
        .map(|terms| Handover { month: scenario.months(terms.handover_months), severance_weeks: terms.severance_weeks })
        .min_by_key(|handover| handover.month)
}

fn hire_post(scenario: &Scenario, hire: usize) -> Post<'_> {
    let role = &scenario.hires[hire];
    let from = scenario.months(role.employment.months_to_fill) + 1;
    let qualified_after = role.hiring.as_ref().map_or(0, |hiring| scenario.months(hiring.qualified_after));
    Post {
        role,
        index: scenario.team.len() + hire,
        paid: from..=last_month(scenario, role),
        cover_from: from + qualified_after,
        handover: None,
    }
}

/// The last month a role is paid in, within the term.
pub fn last_month(scenario: &Scenario, role: &Role) -> u32 {
    let until = role.until_month.map_or(scenario.term_months, |month| scenario.months(month));
    until.min(scenario.term_months)
}
