//! Who works in an alternative, and when: posts of the team and of hires, engagements of providers.
//!
//! Ledger, coverage and work all ask the same questions (is this person paid, does the provider
//! work yet); they are answered once, here.

use std::ops::RangeInclusive;

use crate::month::{Window, contract_year};
use crate::scenario::{Alternative, BillFrom, Charge, Cover, Input, Offer, Phase, PricingModel, Role, Scenario};
use comanage_expr::number::{Exact, Number};

/// An alternative with the months of everyone in it.
#[derive(Clone, Debug)]
pub struct Staffing<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The alternative.
    pub alternative: &'a Alternative,
    /// The team, then the hires.
    pub positions: Vec<Position<'a>>,
    /// The providers, in the order of the alternative.
    pub engagements: Vec<Engagement<'a>>,
}

/// A role and the months in which it is there.
#[derive(Clone, Debug)]
pub struct Position<'a> {
    /// The role.
    pub role: &'a Role,
    /// Its index among all roles of the scenario.
    pub index: usize,
    /// The months that are paid.
    pub paid: Window<'a>,
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
    /// The month of the term in which it begins: month 1 of the offer. It is signed the month before.
    pub start: u32,
    /// The last month of the term in which it runs.
    pub last: u32,
    /// The month after which it ends, where that is written and lies in the term.
    pub end: Option<u32>,
    /// The first month that is billed; it can lie after the last.
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

/// A span of months in which the same offers run and the same hires are employed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffingPhase {
    /// Its first month.
    pub from: u32,
    /// Its last month.
    pub until: u32,
    /// The engagements that run, by index.
    pub offers: Vec<usize>,
    /// The posts of hires who are employed, by index.
    pub hires: Vec<usize>,
}

/// Someone in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A post, by index.
    Position(usize),
    /// An engagement, by index.
    Provider(usize),
}

/// Kinds of alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Contractors in addition to the team.
    StaffAugmentation,
    /// A provider and no one in-house at the end of the term.
    FullyManaged,
    /// A provider in addition to the team.
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

impl Position<'_> {
    /// Whether the post is paid in a month.
    pub fn is_paid(&self, month: u32) -> bool {
        self.paid.contains(month)
    }

    /// Whether the post is paid in a month and holds a service.
    pub fn performs(&self, service: usize, month: u32) -> bool {
        self.is_paid(month) && self.role.services.contains(&service)
    }

    /// Whether the people count as cover in a month.
    pub fn is_cover(&self, month: u32) -> bool {
        month >= self.cover_from && self.is_paid(month)
    }

    /// Whether this is a hire.
    pub fn is_hire(&self) -> bool {
        self.role.hiring.is_some()
    }

    /// The place of a month among the paid ones, from 1.
    pub fn paid_month(&self, month: u32) -> u32 {
        self.paid.place(month)
    }
}

impl<'a> Engagement<'a> {
    /// Whether the offer runs in a month, billed or not.
    pub fn runs(&self, month: u32) -> bool {
        (self.start..=self.last).contains(&month)
    }

    /// Whether it begins within the term; what begins later has no lines.
    pub fn begins(&self) -> bool {
        self.start <= self.last
    }

    /// The month in which it is signed: the one before its first, where what is paid once falls.
    pub fn signed_in(&self) -> u32 {
        self.start - 1
    }

    /// The month of the offer that a month of the term is, from 1.
    pub fn month(&self, month: u32) -> u32 {
        (month + 1).saturating_sub(self.start)
    }

    /// The year of the offer that a month of the term lies in, from 0.
    pub fn year(&self, month: u32) -> u32 {
        contract_year(self.month(month))
    }

    /// The months that are billed.
    pub fn billed_months(&self) -> RangeInclusive<u32> {
        self.first_billed..=self.last
    }

    /// Whether a month is billed.
    pub fn is_billed(&self, month: u32) -> bool {
        self.billed_months().contains(&month)
    }

    /// The cover of a service in a month, live or not.
    pub fn cover(&self, scenario: &Scenario, service: usize, month: u32) -> Option<&'a Cover> {
        self.offer.cover(service).filter(|cover| self.holds(scenario, cover, month))
    }

    /// Whether a cover of the offer holds in a month.
    pub fn holds(&self, scenario: &Scenario, cover: &Cover, month: u32) -> bool {
        let of_offer = self.month(month);
        let is_after = |from: Option<Input>| from.is_none_or(|from| of_offer >= scenario.months(from));
        let is_before = |until: Option<Input>| until.is_none_or(|until| of_offer <= scenario.months(until));
        self.runs(month) && is_after(cover.from_month) && is_before(cover.until_month)
    }

    /// The share of a month after onboarding, `(30 * m - days) / 30` of the offer's month `m`, within 0
    /// and 1; 0 where the offer does not run.
    pub fn live_share<N: Number>(&self, scenario: &Scenario, month: u32) -> N {
        if self.runs(month) { live_share(scenario, self.offer, self.month(month)) } else { N::zero() }
    }
}

fn live_share<N: Number>(scenario: &Scenario, offer: &Offer, month: u32) -> N {
    let thirty = N::whole(30);
    let days: N = scenario.get(offer.onboarding.days);
    let share = (thirty * N::whole(month.into()) - days) / thirty;
    share.max(N::zero()).min(N::one()).named(|| format!("live share of month {month}"))
}

impl<'a> Staffing<'a> {
    /// Lays out an alternative.
    pub fn new(scenario: &'a Scenario, alternative: &'a Alternative) -> Self {
        let engagements: Vec<_> = alternative.offers.iter().map(|phase| engage(scenario, phase)).collect();
        let team = (0..scenario.team.len()).map(|role| team_post(scenario, role, &engagements));
        let hires = alternative.hires.iter().map(|phase| hire_post(scenario, phase));
        Self { scenario, alternative, positions: team.chain(hires).collect(), engagements }
    }

    /// The name of a source of coverage: a role's, or an offer's.
    pub fn name_of(&self, who: Who) -> String {
        match who {
            Who::Position(index) => self.positions[index].role.name.clone(),
            Who::Provider(index) => self.engagements[index].offer.name.clone(),
        }
    }

    /// The key of a source of coverage: a role's name, or an offer's key, with its table where a role
    /// has the same.
    pub fn key_of(&self, who: Who) -> String {
        match who {
            Who::Position(index) => self.positions[index].role.name.clone(),
            Who::Provider(index) => {
                let key = &self.engagements[index].offer.key;
                let is_a_role = self.positions.iter().any(|position| position.role.name == *key);
                if is_a_role { format!("offers.{key}") } else { key.clone() }
            }
        }
    }

    /// Whether someone in-house who is paid in the month holds the service.
    pub fn is_held(&self, service: usize, month: u32) -> bool {
        self.positions.iter().any(|position| position.performs(service, month))
    }

    /// Whether an offer of the alternative covers the service in a month.
    pub fn is_covered(&self, service: usize, month: u32) -> bool {
        self.engagements.iter().any(|engagement| engagement.cover(self.scenario, service, month).is_some())
    }

    /// The charges of an offer that are billed, with their indices: those that are optional only where the
    /// alternative takes them.
    pub fn charges(&self, offer: &'a Offer) -> impl Iterator<Item = (usize, &'a Charge)> + use<'a> {
        let (scenario, options) = (self.scenario, &self.alternative.options);
        let is_taken = move |charge: usize| {
            options.iter().any(|(of, taken)| *taken == charge && std::ptr::eq(&scenario.offers[*of], offer))
        };
        let charges = offer.charges.iter().enumerate();
        charges.filter(move |(index, charge)| !charge.is_optional() || is_taken(*index))
    }

    /// The term in spans in which the same offers run and the same hires are employed.
    pub fn phases(&self) -> Vec<StaffingPhase> {
        let mut phases: Vec<StaffingPhase> = Vec::new();
        for month in 1..=self.scenario.term_months {
            let running = self.engagements.iter().enumerate().filter(|(_, engaged)| engaged.runs(month));
            let offers: Vec<usize> = running.map(|(index, _)| index).collect();
            let is_employed = |position: &Position| (position.paid.start()..=position.paid.end()).contains(&month);
            let positions =
                self.positions.iter().enumerate().filter(|(_, position)| position.is_hire() && is_employed(position));
            let hires: Vec<usize> = positions.map(|(index, _)| index).collect();
            match phases.last_mut().filter(|phase| phase.offers == offers && phase.hires == hires) {
                Some(phase) => phase.until = month,
                None => phases.push(StaffingPhase { from: month, until: month, offers, hires }),
            }
        }
        phases
    }

    /// The kind of the alternative: the first that fits.
    pub fn kind(&self) -> Kind {
        let somebody_stays = self
            .positions
            .iter()
            .any(|position| position.paid.end() >= self.scenario.term_months && !position.paid.is_empty());
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

fn engage<'a>(scenario: &'a Scenario, phase: &Phase) -> Engagement<'a> {
    let offer = &scenario.offers[phase.of];
    let months = scenario.window(phase.from_month.or(offer.from_month), None, &[]);
    let until = phase.until_month.or(offer.until_month).map(|until| scenario.months(until));
    let end = until.filter(|&until| until <= scenario.term_months);
    let before = months.start() - 1;
    let days = scenario.f64(offer.onboarding.days);
    let first_live = (days / 30.0).floor() as u32 + 1;
    let is_whole = live_share::<Exact>(scenario, offer, first_live) == Exact::one();
    let fully_live = if is_whole { first_live } else { first_live + 1 };
    let first_billed = match offer.bill_from {
        BillFrom::Signature => before + 1,
        BillFrom::GoLive => before + first_live,
    };
    Engagement {
        offer,
        start: before + 1,
        last: end.unwrap_or(scenario.term_months),
        end,
        first_billed,
        fully_live: before + fully_live,
    }
}

fn team_post<'a>(scenario: &'a Scenario, index: usize, engagements: &[Engagement]) -> Position<'a> {
    let role = &scenario.team[index];
    let handover = earliest_handover(scenario, index, engagements);
    let from = scenario.months(role.from_month).max(1);
    let until = last_month(scenario, role).min(handover.map_or(u32::MAX, |handover| handover.month));
    Position { role, index, paid: Window::new(from, until, &role.months, scenario.start), cover_from: from, handover }
}

/// The earliest handover of the offers that replace a role, the first at a tie.
fn earliest_handover(scenario: &Scenario, role: usize, engagements: &[Engagement]) -> Option<Handover> {
    let terms = engagements.iter().filter_map(|engaged| Some((engaged, engaged.offer.replaces_team.as_ref()?)));
    let replacing = terms.filter(|(_, terms)| !terms.keep.contains(&role));
    let handovers = replacing.map(|(engaged, terms)| Handover {
        month: engaged.signed_in() + scenario.months(terms.handover_months),
        severance_weeks: terms.severance_weeks,
    });
    handovers.min_by_key(|handover| handover.month)
}

/// A hire is paid from the month after its position is filled, or from the one that the alternative says.
fn hire_post<'a>(scenario: &'a Scenario, phase: &Phase) -> Position<'a> {
    let index = scenario.hire_index(phase);
    let role = scenario.role(index);
    let filled = || scenario.months(role.employment.months_to_fill) + 1;
    let from = phase.from_month.map_or_else(filled, |from| scenario.months(from));
    let until = phase.until_month.or(role.until_month).map_or(scenario.term_months, |until| scenario.months(until));
    let qualified_after = role.hiring.as_ref().map_or(0, |hiring| scenario.months(hiring.qualified_after));
    Position {
        role,
        index,
        paid: Window::new(from, until.min(scenario.term_months), &role.months, scenario.start),
        cover_from: from + qualified_after,
        handover: None,
    }
}

/// The last month a role of the team is paid in, within the term.
fn last_month(scenario: &Scenario, role: &Role) -> u32 {
    let until = role.until_month.map_or(scenario.term_months, |month| scenario.months(month));
    until.min(scenario.term_months)
}
