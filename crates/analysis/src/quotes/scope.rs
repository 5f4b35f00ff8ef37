//! What is in an offer, what is out, and how soon someone answers.
//!
//! A service that an offer does not cover is the team's where the team holds it. Where no one does,
//! its work is billed by the hour out of scope, is taken at a price of the buyer's own, or has no price at
//! all: then it is not done.

use rust_decimal::Decimal;

use super::bridge::{added, amount, quoted_lines};
use crate::compare::Compared;
use comanage_expr::number::Exact;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::ledger::{Entry, Line, LineSource, Unit};
use comanage_model::money::Money;
use comanage_model::scenario::{Billed, Cover, Input, Mode, PlugPrice, Service};
use comanage_model::staffing::Staffing;
use comanage_model::week::Week;
use comanage_model::work::hours_covered;

/// A service, seen from an offer.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The service, by index.
    pub service: usize,
    /// In or out.
    pub status: Status,
    /// The required hours that the offer covers; none where it is out.
    pub hours: Option<Week>,
    /// Whether it covers all the required hours.
    pub is_whole: bool,
    /// Whether no one is obliged to come.
    pub is_best_effort: bool,
    /// Within how many minutes a response is required.
    pub wanted: Option<u32>,
    /// Within how many minutes a response is promised.
    pub promised: Option<u32>,
    /// Share of the time the provider is there; none where it is out or only tries its best.
    pub availability: Option<Input>,
    /// Hours of work a month, mean of the last twelve.
    pub hours_per_month: f64,
    /// What an hour out of scope costs in the first year; none where it is in, or has no price.
    pub rate: Option<Input>,
    /// The buyer's own price for it, where it is out and no offer has a rate.
    pub plug: Option<PlugPrice>,
    /// What it costs out of scope over the term; none where nothing is billed.
    pub billed: Option<BilledOutOfScope>,
    /// Whether it is left to no one and has no price anywhere.
    pub has_no_price: bool,
}

/// Hours that are billed out of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BilledOutOfScope {
    /// Hours over the term; 0 where months are paid.
    pub hours: Decimal,
    /// Their price over the term.
    pub term: Money,
}

/// Whether a service is in an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In its fixed charges.
    In,
    /// In, and billed by the hour.
    ByTheHour,
    /// Out, and the team's.
    Team,
    /// Out, and no one's.
    Out,
}

impl Status {
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::ByTheHour => "by_the_hour",
            Self::Team => "team",
            Self::Out => "out",
        }
    }
}

/// Looks at every service of the scenario from the offers of an alternative.
///
/// # Errors
/// Hours out of scope that overflow.
pub fn services(alternative: &Compared) -> Result<Vec<Scope>, Diagnostic> {
    let staffing = &alternative.evaluation.staffing;
    let services = staffing.scenario.services.iter().enumerate();
    services
        .map(|(index, service)| {
            let scope = match staffing.engagements.iter().find_map(|engaged| engaged.offer.cover(index)) {
                Some(cover) => covered(staffing, service, cover),
                None => left_out(alternative, service, index)?,
            };
            Ok(Scope { hours_per_month: alternative.work.services[index].workload_hours, ..scope })
        })
        .collect()
}

fn covered(staffing: &Staffing, service: &Service, cover: &Cover) -> Scope {
    let hours = hours_covered(staffing, cover);
    let is_best_effort = cover.mode == Mode::BestEffort;
    Scope {
        service: cover.service,
        status: if cover.billed == Billed::Hours { Status::ByTheHour } else { Status::In },
        is_whole: hours == service.hours,
        hours: Some(hours),
        is_best_effort,
        wanted: service.respond_within,
        promised: cover.respond_within,
        availability: (!is_best_effort).then_some(cover.availability),
        hours_per_month: 0.0,
        rate: None,
        plug: None,
        billed: None,
        has_no_price: false,
    }
}

fn left_out(alternative: &Compared, service: &Service, index: usize) -> Result<Scope, Diagnostic> {
    let staffing = &alternative.evaluation.staffing;
    let billed = billed_out_of_scope(alternative, index)?;
    let is_teams = billed.is_none() && staffing.is_held(index, staffing.scenario.term_months);
    let rates = staffing.engagements.iter().filter_map(|engaged| engaged.offer.out_of_scope_rate);
    let rate = rates.min_by_key(|&rate| staffing.scenario.decimal(rate));
    let plug = staffing.scenario.plug(index).map(|plug| plug.price);
    Ok(Scope {
        service: index,
        status: if is_teams { Status::Team } else { Status::Out },
        is_whole: false,
        hours: None,
        is_best_effort: false,
        wanted: service.respond_within,
        promised: None,
        availability: None,
        hours_per_month: 0.0,
        rate,
        plug: plug.filter(|_| !is_teams && rate.is_none()),
        billed,
        has_no_price: alternative.unpriced.contains(&index),
    })
}

fn billed_out_of_scope(alternative: &Compared, service: usize) -> Result<Option<BilledOutOfScope>, Diagnostic> {
    let is_of = |line: &&Line<Exact>| match line.source {
        LineSource::Plug(of) => of == service,
        source => source.entry() == Some(Entry::OutOfScope(service)),
    };
    let mut billed = None;
    for line in quoted_lines(alternative).filter(is_of) {
        let before = billed.unwrap_or(BilledOutOfScope { hours: Decimal::ZERO, term: Money::ZERO });
        let hours = if line.unit == Unit::Hour { added(before.hours, line)? } else { before.hours };
        billed = Some(BilledOutOfScope { hours, term: before.term + amount(line) });
    }
    Ok(billed)
}

impl Scope {
    /// Whether the service is in.
    pub fn is_in(&self) -> bool {
        matches!(self.status, Status::In | Status::ByTheHour)
    }
}
