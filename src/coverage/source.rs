//! Everybody who can answer for a service: people with fixed hours, rotas, providers, contractors.

use std::sync::Arc;

use crate::number::{Exact, Number};
use crate::plan::{Engagement, Plan, Post, Who, live_share};
use crate::presence;
use crate::scenario::{self, Contractors, Cover, Mode, Scenario};
use crate::week::Week;

/// Somebody who can answer for a service.
#[derive(Clone, Debug)]
pub struct Source {
    /// Who it is.
    pub who: Who,
    /// When they are on duty, inside the wanted hours and outside.
    pub hours: Week,
    /// When they are reachable beside that.
    pub on_call: Week,
    /// How they are there.
    pub duty: Duty,
    /// Whether they count as cover, by month from 1: 0 no, 1 yes, between for a provider that is
    /// taking over.
    pub live: Arc<[f64]>,
    /// How many people hold the service by them.
    pub holders: u32,
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

impl Source {
    /// How far the source counts in a month.
    pub fn live(&self, month: u32) -> f64 {
        self.live[month as usize - 1]
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

/// Everybody who can answer for each service in an alternative: posts, then providers.
pub fn sources(plan: &Plan) -> Vec<Vec<Source>> {
    // A post is there alike for every service, and a provider goes live for all of its own at once.
    let posts: Vec<Source> = plan.posts.iter().enumerate().map(|(index, post)| of_post(plan, index, post)).collect();
    let live: Vec<Arc<[f64]>> = plan.engagements.iter().map(|engaged| live_months(plan.scenario, engaged)).collect();
    let of_service = |service: usize| {
        let holders = plan.posts.iter().zip(&posts).filter(|(post, _)| post.role.services.contains(&service));
        let providers = plan.engagements.iter().enumerate().filter_map(|(index, engaged)| {
            let cover = engaged.offer.cover(service)?;
            Some(of_provider(plan, index, cover, Arc::clone(&live[index])))
        });
        holders.map(|(_, source)| source.clone()).chain(providers).collect()
    };
    (0..plan.scenario.services.len()).map(of_service).collect()
}

fn of_post(plan: &Plan, index: usize, post: &Post) -> Source {
    let (scenario, role) = (plan.scenario, post.role);
    let headcount = scenario.f64(role.headcount);
    let duty = match &role.duty {
        scenario::Duty::Hours(_) => Duty::Fixed {
            all_absent: all_absent(presence::fixed_presence::<Exact>(scenario, &role.employment).to_f64(), headcount),
            people: headcount.ceil() as u32,
            holidays: presence::holiday_share::<Exact>(scenario, &role.employment).to_f64(),
        },
        scenario::Duty::Rota(week) => rota(scenario, role, week),
    };
    let months = 1..=scenario.term_months;
    Source {
        who: Who::Post(index),
        hours: role.duty.week().clone(),
        on_call: role.on_call.clone(),
        duty,
        live: months.map(|month| f64::from(u8::from(post.is_cover(month)))).collect(),
        holders: headcount.ceil() as u32,
    }
}

/// `(1 - a)^floor(n) * (1 - frac(n) * a)`.
fn all_absent(presence: f64, headcount: f64) -> f64 {
    (1.0 - presence).powi(headcount.floor() as i32) * (1.0 - headcount.fract() * presence)
}

/// `min(1, n * (1 - V) * productive / (H * 365/7))`: four people of 1,776 hours fill 81.1% of 24x7.
fn rota(scenario: &Scenario, role: &scenario::Role, week: &Week) -> Duty {
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

/// How far a provider is live, by month.
fn live_months(scenario: &Scenario, engaged: &Engagement) -> Arc<[f64]> {
    let live = |month| {
        let is_whole = month >= engaged.fully_live;
        if is_whole { 1.0 } else { live_share::<Exact>(scenario, engaged.offer, month).to_f64() }
    };
    (1..=scenario.term_months).map(live).collect()
}

fn of_provider(plan: &Plan, index: usize, cover: &Cover, live: Arc<[f64]>) -> Source {
    let (scenario, offer) = (plan.scenario, plan.engagements[index].offer);
    let contractors = offer.contractors.as_ref().filter(|_| offer.is_staff_augmentation());
    let duty = match (cover.mode, contractors) {
        (Mode::BestEffort, _) => Duty::BestEffort,
        (Mode::Duty, Some(terms)) => contractor_duty(scenario, terms),
        (Mode::Duty, None) => Duty::Provider { availability: scenario.f64(cover.availability) },
    };
    let hours = match (contractors, &cover.hours) {
        (Some(terms), None) => terms.hours.clone(),
        (Some(terms), Some(hours)) => terms.hours.and(hours),
        (None, hours) => hours.clone().unwrap_or_else(Week::all),
    };
    let holders = match (duty, contractors) {
        (Duty::BestEffort, _) => 0,
        (_, Some(terms)) => scenario.f64(terms.headcount).ceil() as u32,
        (_, None) => 2,
    };
    Source { who: Who::Provider(index), hours, on_call: Week::none(), duty, live, holders }
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
