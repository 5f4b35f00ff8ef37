//! Everyone who can answer for a service: people with fixed hours, rotas, people on call, providers,
//! contractors.

use std::borrow::Cow;
use std::sync::OnceLock;

use smallvec::SmallVec;

use crate::availability;
use crate::scenario::{self, Contractors, Cover, Employment, Input, Mode, Offer, Role, Scenario, Service};
use crate::staffing::{Engagement, Position, Staffing, Who};
use crate::week::{MINUTES, Week};
use comanage_expr::number::{Exact, Number};

/// Someone who can answer for a service.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// Who it is.
    pub who: Who,
    /// The hours as they are written, inside the required hours and outside.
    pub hours: Cow<'a, Week>,
    /// The minutes in which they count for the service: someone answers in the time it wants.
    pub counted: Week,
    /// Minutes until someone answers in those hours; none if it is not stated.
    pub response: Option<u32>,
    /// Whether someone is on duty in those hours, rather than on call.
    pub is_on_duty: bool,
    /// Who is there, how surely, and in which months.
    pub presence: Presence<'a>,
    /// When the same role is on call; none for providers.
    pub on_call: Option<OnCall<'a>>,
}

/// Who is there of a source, how surely, and in which months: all that expected coverage takes of it once its hours
/// are known.
#[derive(Clone, Debug)]
pub struct Presence<'a> {
    /// Those who are on duty, or on call for a provider.
    pub group: Group,
    /// The people of the role who take turns on call; none for providers.
    pub turns: Option<Turns>,
    live: Live<'a>,
}

/// The people of a role on call.
#[derive(Clone, Debug)]
pub struct OnCall<'a> {
    /// The hours as they are written.
    pub hours: &'a Week,
    /// The minutes in which they count for the service, those on duty among them.
    pub counted: Week,
    /// Minutes until someone answers; none if it is not stated.
    pub response: Option<u32>,
}

/// Whether a source counts as cover.
#[derive(Clone, Debug)]
enum Live<'a> {
    /// From when the people of a post count.
    Position(Position<'a>),
    /// As far as a cover has been taken over.
    Engaged(&'a Scenario, Engagement<'a>, &'a Cover),
}

/// Who is there in a source's hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Group {
    /// Everyone in all of them.
    Fixed(Fixed),
    /// The people share the hours between them.
    Rota(Rota),
    /// A provider: all the people it sends, or none of them.
    Provider(Provider),
}

/// People with fixed hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed {
    /// Whole people.
    pub whole: u32,
    /// Chance that one of them is there on a working day.
    pub each: f64,
    /// Chance that the part-time person is there; 0 if there is none.
    pub part: f64,
    /// Share of the days on which no one of them works.
    pub holidays: f64,
}

/// People who share their hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rota {
    /// People who are there at any minute.
    pub certain: u32,
    /// Chance that one more is.
    pub one_more: f64,
    /// People that the schedule has at any minute, a share of one being a share of the minute.
    pub scheduled: f64,
    /// The whole ones of them.
    pub whole: u32,
    /// All its people, a part of one being one.
    pub heads: u32,
}

/// A provider that must come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Provider {
    /// Share of the time it is there.
    pub availability: f64,
    /// People it sends at once; none: as many as are required.
    pub people: Option<u32>,
}

/// People who take turns on call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turns {
    /// People on call at once.
    pub people: u32,
    /// Whole people of the role.
    pub whole: u32,
    /// The rest of one person, 0 to 1.
    pub part: f64,
    /// Chance that one of them is available.
    pub each: f64,
    /// The same on days on which the role does not work: leave is taken on working days.
    pub each_on_days_off: f64,
}

impl Fixed {
    /// All its people, a part of one being one.
    pub fn heads(self) -> u32 {
        self.whole + u32::from(self.part > 0.0)
    }
}

impl Turns {
    /// All its people, a part of one being one.
    pub fn heads(self) -> u32 {
        self.whole + u32::from(self.part > 0.0)
    }

    /// People that the schedule has on call.
    pub fn scheduled(self) -> u32 {
        self.people.min(self.heads())
    }
}

/// How the people of each role are there, by its index. It is the same in every
/// alternative, so it is worked out once, when one first asks.
#[derive(Clone, Debug)]
pub struct Attendance(Vec<OnceLock<(Group, Option<Turns>)>>);

impl Attendance {
    /// No one has asked so far.
    pub fn new(scenario: &Scenario) -> Self {
        Self(vec![OnceLock::new(); scenario.roles().count()])
    }

    fn of(&self, scenario: &Scenario, index: usize) -> (Group, Option<Turns>) {
        let role = scenario.role(index);
        *self.0[index].get_or_init(|| (group(scenario, role), turns(scenario, role)))
    }
}

impl<'a> AsRef<Presence<'a>> for Presence<'a> {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl<'a> AsRef<Presence<'a>> for Source<'a> {
    fn as_ref(&self) -> &Presence<'a> {
        &self.presence
    }
}

impl Presence<'_> {
    /// How far the source counts in a month: 0 not at all, 1 wholly, between for a provider that is
    /// taking over.
    pub fn live(&self, month: u32) -> f64 {
        match &self.live {
            Live::Position(position) => f64::from(u8::from(position.is_cover(month))),
            Live::Engaged(scenario, engaged, cover) if !engaged.holds(scenario, cover, month) => 0.0,
            Live::Engaged(_, engaged, _) if month >= engaged.fully_live => 1.0,
            Live::Engaged(scenario, engaged, _) => engaged.live_share::<Exact>(scenario, month).to_f64(),
        }
    }

    /// The same role in another number of people, by the index of that role.
    fn resize(&mut self, scenario: &Scenario, role: usize, attendance: &Attendance) {
        (self.group, self.turns) = attendance.of(scenario, role);
    }
}

impl Source<'_> {
    /// How far the source counts in a month: see [`Presence::live`].
    pub fn live(&self, month: u32) -> f64 {
        self.presence.live(month)
    }

    /// Whether the source is on the schedule of a month: cover, and the whole month.
    pub fn is_scheduled(&self, month: u32) -> bool {
        self.live(month) == 1.0
    }

    /// Whether the schedule has at least one person in every minute of the source's hours.
    pub fn fills_its_hours(&self) -> bool {
        match self.presence.group {
            Group::Rota(rota) => rota.whole > 0,
            Group::Fixed(_) | Group::Provider(_) => true,
        }
    }

    /// The same role in another number of people, by the index of that role.
    pub fn resize(&mut self, scenario: &Scenario, role: usize, attendance: &Attendance) {
        self.presence.resize(scenario, role, attendance);
    }

    /// All the people who could be there: a role with all its people, a provider with those it sends
    /// and one more.
    pub fn heads(&self, wanted: u32) -> u32 {
        match self.presence.group {
            Group::Fixed(fixed) => fixed.heads(),
            Group::Rota(rota) => rota.heads,
            Group::Provider(provider) => provider.people.unwrap_or(wanted) + 1,
        }
    }
}

/// Everyone who can answer for a service in an alternative: posts, then providers.
pub fn sources<'a>(staffing: &Staffing<'a>, service: usize, attendance: &Attendance) -> Vec<Source<'a>> {
    let of = &staffing.scenario.services[service];
    let present = presences(staffing, service, attendance).into_iter();
    let source = |(who, presence): (Answering<'a>, Presence<'a>)| match who {
        Answering::Position(index) => of_post(index, staffing.positions[index].role, presence, of),
        Answering::Engaged(index, cover) => of_provider(index, staffing.engagements[index].offer, cover, presence, of),
    };
    answering(staffing, service).zip(present).map(source).collect()
}

/// The presence of everyone who can answer for a service, in the order of [`sources`].
pub fn presences<'a>(staffing: &Staffing<'a>, service: usize, attendance: &Attendance) -> SmallVec<[Presence<'a>; 4]> {
    let scenario = staffing.scenario;
    let presence = |who: Answering<'a>| match who {
        Answering::Position(index) => {
            let position = &staffing.positions[index];
            let (group, turns) = attendance.of(scenario, position.index);
            Presence { group, turns, live: Live::Position(position.clone()) }
        }
        Answering::Engaged(index, cover) => {
            let engaged = staffing.engagements[index];
            let group = match contractors(engaged.offer) {
                Some(terms) => Group::Fixed(contracted(scenario, terms)),
                None => Group::Provider(provider(scenario, cover)),
            };
            Presence { group, turns: None, live: Live::Engaged(scenario, engaged, cover) }
        }
    };
    answering(staffing, service).map(presence).collect()
}

/// Someone who can answer: a post, or a provider with its cover, by index.
#[derive(Clone, Copy)]
enum Answering<'a> {
    Position(usize),
    Engaged(usize, &'a Cover),
}

/// Posts, then providers; best effort is no answer.
fn answering<'s, 'a>(staffing: &'s Staffing<'a>, service: usize) -> impl Iterator<Item = Answering<'a>> + use<'s, 'a> {
    let holds = move |position: &Position| position.role.services.contains(&service);
    let positions = staffing.positions.iter().enumerate().filter(move |(_, position)| holds(position));
    let covers = staffing.engagements.iter().enumerate().filter_map(move |(index, engaged)| {
        let cover = engaged.offer.cover(service)?;
        (cover.mode != Mode::BestEffort).then_some(Answering::Engaged(index, cover))
    });
    positions.map(|(index, _)| Answering::Position(index)).chain(covers)
}

fn of_post<'a>(index: usize, role: &'a Role, presence: Presence<'a>, service: &Service) -> Source<'a> {
    let hours = role.duty.week();
    let on_call = role.on_call.as_ref().filter(|_| presence.turns.is_some()).map(|on_call| OnCall {
        hours: &on_call.hours,
        counted: counted(&on_call.hours, on_call.response, false, service),
        response: on_call.response,
    });
    Source {
        who: Who::Position(index),
        counted: counted(hours, Some(0), true, service),
        hours: Cow::Borrowed(hours),
        response: Some(0),
        is_on_duty: true,
        presence,
        on_call,
    }
}

/// The minutes in which hours count for a service.
///
/// Where it wants an answer within `w` and the hours promise one within `r`, a minute counts if one of
/// the hours lies no more than `w - r` later, required or not; slower or unknown promises never count.
/// Where it wants no such time, hours on duty count as they are, and hours on call never.
fn counted(hours: &Week, response: Option<u32>, is_on_duty: bool, service: &Service) -> Week {
    match (service.respond_within, response) {
        (None, _) if is_on_duty => hours.clone(),
        (Some(wanted), Some(response)) if response <= wanted => hours.with_minutes_before(wanted - response),
        _ => Week::none(),
    }
}

impl Week {
    /// The minutes from which one of these lies no more than this many later, around the week's end too.
    pub fn with_minutes_before(&self, minutes: u32) -> Self {
        let before = (minutes as usize).min(MINUTES);
        let spans = self.spans();
        let longer: Vec<(usize, usize)> =
            spans.into_iter().map(|(from, to)| (from + MINUTES - before, to + MINUTES)).collect();
        Self::from_spans(&longer)
    }
}

/// Whole people of a headcount, and the rest of one.
fn whole_and_part(headcount: f64) -> (u32, f64) {
    (headcount.floor() as u32, headcount.fract())
}

fn group(scenario: &Scenario, role: &Role) -> Group {
    match &role.duty {
        scenario::Duty::Hours(week) => {
            let each = availability::fixed_presence::<Exact>(scenario, &role.employment).to_f64();
            Group::Fixed(fixed(scenario, role.headcount, &role.employment, week, each))
        }
        scenario::Duty::Rota(of) => Group::Rota(rota(scenario, role, of)),
    }
}

/// People with fixed hours. A part `x` of a person whose role has `H` hours a week is in them with
/// `min(1, x * max(1, weekly_hours / H))`: half a post with 20 hours of duty is there in all of them.
fn fixed(scenario: &Scenario, headcount: Input, employment: &Employment, week: &Week, each: f64) -> Fixed {
    let (whole, part) = whole_and_part(scenario.f64(headcount));
    let hours = f64::from(week.minutes().max(1)) / 60.0;
    let share = (part * (scenario.f64(employment.weekly_hours) / hours).max(1.0)).min(1.0);
    let holidays = availability::holiday_share::<Exact>(scenario, employment).to_f64();
    Fixed { whole, each, part: share * each, holidays }
}

/// The people at any minute, at most all of them.
fn rota(scenario: &Scenario, role: &Role, of: &scenario::Rota) -> Rota {
    let minutes = availability::seat_minutes(scenario, of);
    let people: Exact = scenario.get(role.headcount);
    let employment = &role.employment;
    let heads = scenario.f64(role.headcount).ceil() as u32;
    let there = availability::people_of_rota::<Exact>(scenario, role.headcount, employment, of);
    let weekly: Exact = scenario.get(employment.weekly_hours);
    let at_once = |people: Exact| people.min(Exact::whole(heads.into())).to_f64();
    let (there, scheduled) = (at_once(there), at_once(people * weekly * Exact::whole(60) / minutes));
    Rota { certain: there.floor() as u32, one_more: there.fract(), scheduled, whole: scheduled.floor() as u32, heads }
}

/// People take turns on call: each is available with `(1 - V) * (1 - away / workdays)`.
fn turns(scenario: &Scenario, role: &Role) -> Option<Turns> {
    let on_call = role.on_call.as_ref()?;
    let (whole, part) = whole_and_part(scenario.f64(role.headcount));
    Some(Turns {
        people: scenario.whole(on_call.people).clamp(1, u32::MAX.into()) as u32,
        whole,
        part,
        each: availability::on_call_presence::<Exact>(scenario, &role.employment).to_f64(),
        each_on_days_off: availability::filled::<Exact>(scenario, &role.employment).to_f64(),
    })
}

/// The terms of contractors, where an offer is people of its own on the team.
fn contractors(offer: &Offer) -> Option<&Contractors> {
    offer.contractors().filter(|_| offer.is_staff_augmentation())
}

fn of_provider<'a>(
    index: usize,
    offer: &'a Offer,
    cover: &'a Cover,
    presence: Presence<'a>,
    service: &Service,
) -> Source<'a> {
    let contractors = contractors(offer);
    let hours = match (contractors, &cover.hours) {
        (Some(terms), None) => Cow::Borrowed(&terms.hours),
        (Some(terms), Some(hours)) => Cow::Owned(terms.hours.and(hours)),
        (None, Some(hours)) => Cow::Borrowed(hours),
        (None, None) => Cow::Owned(Week::all()),
    };
    let (response, is_on_duty) = match contractors {
        Some(_) => (Some(0), true),
        None => (cover.respond_within, cover.mode == Mode::Duty),
    };
    Source {
        who: Who::Provider(index),
        counted: counted(&hours, response, is_on_duty, service),
        hours,
        response,
        is_on_duty,
        presence,
        on_call: None,
    }
}

fn provider(scenario: &Scenario, cover: &Cover) -> Provider {
    let people = cover.people.map(|people| scenario.whole(people).clamp(1, i64::from(u32::MAX) - 1) as u32);
    Provider { availability: scenario.f64(cover.availability), people }
}

/// Contractors are people with fixed hours whose positions are never vacant.
fn contracted(scenario: &Scenario, terms: &Contractors) -> Fixed {
    let employment = &scenario.employment;
    let each = availability::presence_on_workdays::<Exact>(scenario, employment).to_f64();
    fixed(scenario, terms.headcount, employment, &terms.hours, each)
}
