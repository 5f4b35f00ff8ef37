//! A scenario: everything a file says, valid by construction.
//!
//! `comanage_format::load` makes it and has checked it; no one checks it again. Texts, hours and references
//! are in plain fields. Every number is in one flat table, [`Inputs`], and a field holds only
//! its place there ([`Input`]): so a value can be varied, drawn or traced without another copy of
//! the scenario.

mod alternative;
mod budget;
mod charge;
mod document;
mod expectation;
mod hand_over;
mod input;
mod offer;
mod organization;
mod planning;
mod plug;
mod service;
mod simulation;
mod team;
mod tool;

pub use alternative::{Alternative, HIRE, IN_HOUSE, PLAN, Phase};
pub use budget::Budget;
pub use charge::*;
pub use document::{Document, DocumentSection};
pub use expectation::{Expectation, Expected, Figure, NOBODY};
pub use input::{Distribution, Event, Input, InputInfo, Inputs, Kind, Origin, Range};
pub use offer::*;
pub use organization::{Change, Class, Counted, Growth, Organization, Season};
pub use planning::{Holder, Holders, Planning};
pub use plug::{Plug, PlugPrice};
pub use service::{ByClass, OnHolidays, Piece, Service, name_of_key};
pub use simulation::Simulation;
pub use team::{BenefitsOn, Duty, Employment, Hiring, OnCall, PayrollTax, Role, Rota};
pub use tool::{Cost, Tool};

use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use crate::money::Currency;
use crate::month::{CalendarMonth, Window, last_year};
use crate::source::{Sources, Span};
use comanage_expr::number::Number;
use comanage_expr::trace;

/// A value of the user's in place of what the files say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Its dotted path.
    pub path: String,
    /// The value, as it was given.
    pub value: String,
}

/// One scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its name, as written.
    pub name: String,
    /// A line about it.
    pub summary: Option<String>,
    /// The file as the user named it.
    pub file: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// The texts it was read from.
    pub sources: Sources,
    /// Values that overrode the files, in the order they were given.
    pub overrides: Vec<Override>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The first month.
    pub start: CalendarMonth,
    /// Months of the term, 1 to 120.
    pub term_months: u32,
    /// Effective, a year.
    pub discount_rate: Input,
    /// The alternative that savings are measured against, by id; none where there is no `in_house` and
    /// the file names no other.
    pub baseline: Option<String>,
    /// Least steady-state expected coverage of a recommended alternative.
    pub coverage_target: Input,
    /// Least share of the work done of a recommended alternative.
    pub work_target: Input,
    /// What a recommended alternative may cost.
    pub budget: Budget,
    /// Users, devices, sites.
    pub organization: Organization,
    /// What must be covered, in order of priority.
    pub services: Vec<Service>,
    /// What it costs to employ someone, where a role does not say otherwise.
    pub employment: Employment,
    /// Who is there today.
    pub team: Vec<Role>,
    /// Who could be hired.
    pub hires: Vec<Role>,
    /// Hires of another number, as alternatives have them.
    pub sized_hires: Vec<Role>,
    /// What someone pays for.
    pub tools: Vec<Tool>,
    /// Anything else that costs or saves.
    pub costs: Vec<Cost>,
    /// The buyer's own prices for services that offers leave out.
    pub plugs: Vec<Plug>,
    /// What providers offer.
    pub offers: Vec<Offer>,
    /// Every alternative, in the order of the model: in-house, hire, each offer, each mix.
    pub alternatives: Vec<Alternative>,
    /// What a search for the best plan may choose from.
    pub planning: Planning,
    /// How to sample.
    pub simulation: Simulation,
    /// What reports say of themselves.
    pub document: Document,
    /// What must come out.
    pub expect: Vec<Expectation>,
    /// Every number.
    pub inputs: Inputs,
}

impl Scenario {
    /// The title of its documents: that of `[document]`, else its name.
    pub fn title(&self) -> &str {
        self.document.title.as_deref().unwrap_or(&self.name)
    }

    /// Every role of any alternative: the team, the hires, the hires of another number. A role's place
    /// here is its index.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.team.iter().chain(&self.hires).chain(&self.sized_hires)
    }

    /// Adds a role in another number of people, above 0, to the sized hires; its index among them.
    pub fn add_sized(&mut self, role: Role, headcount: Decimal) -> usize {
        let about = InputInfo { origin: Origin::LeftOut, range: None, ..self.inputs.about(role.headcount).clone() };
        let headcount = self.inputs.add(headcount, about);
        self.sized_hires.push(Role { headcount, ..role });
        self.sized_hires.len() - 1
    }

    /// The index among all roles of the hire of a phase.
    pub fn hire_index(&self, phase: &Phase) -> usize {
        self.team.len() + phase.sized.map_or(phase.of, |sized| self.hires.len() + sized)
    }

    /// A role by its index.
    pub fn role(&self, index: usize) -> &Role {
        let (team, hires) = (self.team.len(), self.hires.len());
        if index < team {
            &self.team[index]
        } else if index < team + hires {
            &self.hires[index - team]
        } else {
            &self.sized_hires[index - team - hires]
        }
    }

    /// An input's value, for a formula.
    pub fn get<N: Number>(&self, input: Input) -> N {
        self.inputs.get(input)
    }

    /// Whether an input is a range.
    pub fn has_ranges(&self) -> bool {
        self.inputs.iter().any(|(_, _, about)| about.range.is_some())
    }

    /// An input's value as a decimal.
    pub fn decimal(&self, input: Input) -> Decimal {
        self.inputs.value(input)
    }

    /// The decimals that an input is written with, trailing zeros aside.
    pub fn digits_written(&self, input: Input) -> u32 {
        let digits = self.inputs.remembered(input).normalize().scale();
        trace::note_digits(input, digits);
        digits
    }

    /// The value of a whole input: a count or a month. Fractions are cut off; out of range is the
    /// range's end.
    pub fn whole(&self, input: Input) -> i64 {
        self.inputs.whole(input)
    }

    /// The value of an input that counts months, within the reach of any term.
    pub fn months(&self, input: Input) -> u32 {
        self.inputs.months(input)
    }

    /// The months of the term from one to another; from its first or to its last where none is written.
    pub fn window<'a>(&self, from: Option<Input>, until: Option<Input>, calendar: &'a [u32]) -> Window<'a> {
        let first = from.map_or(1, |input| self.months(input));
        let last = until.map_or(self.term_months, |input| self.months(input)).min(self.term_months);
        Window::new(first, last, calendar, self.start)
    }

    /// The months of the term in which a service is required.
    pub fn required(&self, service: usize) -> Window<'_> {
        let Service { from_month, until_month, months, .. } = &self.services[service];
        self.window(*from_month, *until_month, months)
    }

    /// The buyer's own price for a service that an offer leaves out, if there is one.
    pub fn plug(&self, service: usize) -> Option<&Plug> {
        self.plugs.iter().find(|plug| plug.service == service)
    }

    /// Whether a service requires hours or has work. Only what is written counts, not how much it is.
    pub fn asks_for(&self, service: usize) -> bool {
        let service = &self.services[service];
        let work =
            [service.hours_per_month, service.hours_per_year, service.tickets_per_user, service.minutes_per_ticket];
        !service.hours.is_empty()
            || service.hours_total.is_some()
            || service.minutes_per_device.is_some()
            || !service.minutes_per.is_empty()
            || work.into_iter().any(|input| self.is_written(input))
    }

    /// The months that alternatives are judged by: the last twelve of the term, or the whole term where
    /// no service is required in those.
    pub fn judged_months(&self) -> RangeInclusive<u32> {
        let last = last_year(self.term_months);
        let is_required = |service| last.clone().any(|month| self.required(service).contains(month));
        if (0..self.services.len()).any(is_required) { last } else { 1..=self.term_months }
    }

    /// An input's value as a double, for probabilities.
    pub fn f64(&self, input: Input) -> f64 {
        use rust_decimal::prelude::ToPrimitive;
        self.inputs.value(input).to_f64().unwrap_or(f64::NAN)
    }

    /// Whether an input was written, in this file or a base.
    pub fn is_written(&self, input: Input) -> bool {
        self.span(input).is_some()
    }

    /// Where an input was written.
    pub fn span(&self, input: Input) -> Option<&Span> {
        match &self.inputs.about(input).origin {
            Origin::Written(span) | Origin::Pack { span, .. } => Some(span),
            Origin::Default { .. } | Origin::LeftOut => None,
        }
    }
}
