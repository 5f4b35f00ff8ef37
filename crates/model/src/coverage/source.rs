//! Everybody who can answer for a service: people with fixed hours, rotas, providers, contractors.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::plan::{Engagement, Plan, Post, Who};
use crate::presence;
use crate::scenario::{self, Contractors, Cover, Mode, Role, Scenario};
use crate::week::Week;
use comanage_expr::number::{Exact, Number};

/// Somebody who can answer for a service.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// Who it is.
    pub who: Who,
    /// When they are on duty, inside the wanted hours and outside.
    pub hours: Cow<'a, Week>,
    /// When they are reachable beside that; none for providers.
    pub on_call: Option<&'a Week>,
    /// How they are there.
    pub duty: Duty,
    /// How many people hold the service by them.
    pub holders: u32,
    live: Live<'a>,
}

/// Whether a source counts as cover.
#[derive(Clone, Debug)]
enum Live<'a> {
    /// From when the people of a post count.
    Post(Post<'a>),
    /// As far as a cover has been taken over.
    Engaged(&'a Scenario, Engagement<'a>, &'a Cover),
}

/// How a source is there in its hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Duty {
    /// Everybody in all of them.
    Fixed {
        /// Chance that all of them are absent on a working day.
        all_absent: f64,
        /// People on duty, a fraction being one.
        people: u32,
        /// Share of the days on which nobody of them works.
        holidays: f64,
    },
    /// The people share the hours between them.
    Rota {
        /// Chance that somebody is there at a minute.
        presence: f64,
        /// Share of each minute that the schedule fills.
        scheduled: f64,
    },
    /// A provider that must respond.
    Provider {
        /// Share of the time it is there.
        availability: f64,
    },
    /// A provider that is not obliged to come.
    BestEffort,
}

/// How the people of each role are there, and how many they are: the team, then the hires. It is the
/// same in every alternative, so it is worked out once, when one first asks.
#[derive(Clone, Debug)]
pub struct Attendance(Vec<OnceLock<(Duty, u32)>>);

impl Attendance {
    /// Nobody has asked so far.
    pub fn new(scenario: &Scenario) -> Self {
        Self(vec![OnceLock::new(); scenario.team.len() + scenario.hires.len()])
    }

    fn of(&self, scenario: &Scenario, post: &Post) -> (Duty, u32) {
        *self.0[post.index].get_or_init(|| attendance(scenario, post.role))
    }
}

impl Source<'_> {
    /// How far the source counts in a month: 0 not at all, 1 wholly, between for a provider that is
    /// taking over.
    pub fn live(&self, month: u32) -> f64 {
        match &self.live {
            Live::Post(post) => f64::from(u8::from(post.is_cover(month))),
            Live::Engaged(scenario, engaged, cover) if !engaged.holds(scenario, cover, month) => 0.0,
            Live::Engaged(_, engaged, _) if month >= engaged.fully_live => 1.0,
            Live::Engaged(scenario, engaged, _) => engaged.live_share::<Exact>(scenario, month).to_f64(),
        }
    }

    /// Whether the source is on the schedule of a month: cover, and the whole month.
    pub fn is_scheduled(&self, month: u32) -> bool {
        self.duty != Duty::BestEffort && self.live(month) == 1.0
    }

    /// How many people are on duty at a minute by it: a fraction is one, a rota has one on duty at a
    /// time, a provider counts as two.
    pub fn depth(&self) -> u32 {
        match self.duty {
            Duty::Fixed { people, .. } => people,
            Duty::Rota { .. } => 1,
            Duty::Provider { .. } => 2,
            Duty::BestEffort => 0,
        }
    }
}

/// Everybody who can answer for a service in an alternative: posts, then providers.
pub fn sources<'a>(plan: &Plan<'a>, service: usize, attendance: &Attendance) -> Vec<Source<'a>> {
    let mut sources = Vec::with_capacity(plan.posts.len() + plan.engagements.len());
    let holders = plan.posts.iter().enumerate().filter(|(_, post)| post.role.services.contains(&service));
    sources.extend(holders.map(|(index, post)| of_post(plan, index, post, attendance)));
    let providers = plan.engagements.iter().enumerate();
    sources
        .extend(providers.filter_map(|(index, engaged)| Some(of_provider(plan, index, engaged.offer.cover(service)?))));
    sources
}

fn of_post<'a>(plan: &Plan, index: usize, post: &Post<'a>, attendance: &Attendance) -> Source<'a> {
    let (duty, holders) = attendance.of(plan.scenario, post);
    Source {
        who: Who::Post(index),
        hours: Cow::Borrowed(post.role.duty.week()),
        on_call: Some(&post.role.on_call),
        duty,
        holders,
        live: Live::Post(post.clone()),
    }
}

fn attendance(scenario: &Scenario, role: &Role) -> (Duty, u32) {
    let headcount = scenario.f64(role.headcount);
    let holders = headcount.ceil() as u32;
    let duty = match &role.duty {
        scenario::Duty::Hours(_) => Duty::Fixed {
            all_absent: all_absent(presence::fixed_presence::<Exact>(scenario, &role.employment).to_f64(), headcount),
            people: holders,
            holidays: presence::holiday_share::<Exact>(scenario, &role.employment).to_f64(),
        },
        scenario::Duty::Rota(week) => rota(scenario, role, week),
    };
    (duty, holders)
}

/// `(1 - a)^floor(n) * (1 - frac(n) * a)`.
fn all_absent(presence: f64, headcount: f64) -> f64 {
    (1.0 - presence).powi(headcount.floor() as i32) * (1.0 - headcount.fract() * presence)
}

/// `min(1, n * (1 - V) * productive / (H * 365/7))`: four people of 1,776 hours fill 81.1% of 24x7.
fn rota(scenario: &Scenario, role: &Role, week: &Week) -> Duty {
    let minutes = Exact::whole(week.minutes().max(1).into());
    let people: Exact = scenario.get(role.headcount);
    let employment = &role.employment;
    let filled = presence::filled::<Exact>(scenario, employment);
    let supplied = people * filled * presence::productive_hours(scenario, employment);
    let a_year = Exact::whole(7 * 60) / (minutes * Exact::whole(365));
    let weekly: Exact = scenario.get(employment.weekly_hours);
    let most = |share: Exact| share.least(Exact::one()).to_f64();
    Duty::Rota { presence: most(supplied * a_year), scheduled: most(people * weekly * Exact::whole(60) / minutes) }
}

fn of_provider<'a>(plan: &Plan<'a>, index: usize, cover: &'a Cover) -> Source<'a> {
    let (scenario, engaged) = (plan.scenario, plan.engagements[index]);
    let offer = engaged.offer;
    let contractors = offer.contractors.as_ref().filter(|_| offer.is_staff_augmentation());
    let duty = match (cover.mode, contractors) {
        (Mode::BestEffort, _) => Duty::BestEffort,
        (Mode::Duty, Some(terms)) => contractor_duty(scenario, terms),
        (Mode::Duty, None) => Duty::Provider { availability: scenario.f64(cover.availability) },
    };
    let hours = match (contractors, &cover.hours) {
        (Some(terms), None) => Cow::Borrowed(&terms.hours),
        (Some(terms), Some(hours)) => Cow::Owned(terms.hours.and(hours)),
        (None, Some(hours)) => Cow::Borrowed(hours),
        (None, None) => Cow::Owned(Week::all()),
    };
    let holders = match (duty, contractors) {
        (Duty::BestEffort, _) => 0,
        (_, Some(terms)) => scenario.f64(terms.headcount).ceil() as u32,
        (_, None) => 2,
    };
    Source {
        who: Who::Provider(index),
        hours,
        on_call: None,
        duty,
        holders,
        live: Live::Engaged(scenario, engaged, cover),
    }
}

/// Contractors are people with fixed hours whose seats are never empty.
fn contractor_duty(scenario: &Scenario, terms: &Contractors) -> Duty {
    let employment = &scenario.employment;
    let presence = presence::presence_on_workdays::<Exact>(scenario, employment).to_f64();
    let headcount = scenario.f64(terms.headcount);
    Duty::Fixed {
        all_absent: (1.0 - presence).powf(headcount),
        people: headcount.ceil() as u32,
        holidays: presence::holiday_share::<Exact>(scenario, employment).to_f64(),
    }
}
