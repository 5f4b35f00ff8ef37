//! Responsibilities: a row for each alternative and service, as one could put it into a contract.

use crate::dataset::{Dataset, Fields};
use crate::document::{accountable, listed, responsible, responsible_by_month};
use comanage_analysis::matrix::{Matrix, Responsibilities, Row};
use comanage_model::money::Money;
use comanage_model::scenario::Service;

/// A service of an alternative, or what no service bears.
enum Of<'a> {
    Service(&'a Responsibilities<'a>, &'a Service, &'a Row),
    Rest(&'a Responsibilities<'a>, &'static str, Money),
}

impl<'a> Of<'a> {
    fn alternative(&self) -> &'a Responsibilities<'a> {
        match self {
            Self::Service(alternative, ..) | Self::Rest(alternative, ..) => alternative,
        }
    }

    /// What is said of a service only.
    fn service<T>(&self, value: impl Fn(&'a Responsibilities<'a>, &'a Service, &'a Row) -> T) -> Option<T> {
        match self {
            Self::Service(alternative, service, row) => Some(value(alternative, service, row)),
            Self::Rest(..) => None,
        }
    }
}

/// A row for each service of each alternative, and for what no service bears; the costs of an
/// alternative sum to what it costs a month.
pub fn matrix(of: &Matrix) -> Dataset {
    let fields = Fields::default()
        .text("alternative", "Alternative", |of: &Of| of.alternative().alternative.id().to_string())
        .text("service", "Key", |of| match of {
            Of::Service(_, service, _) => service.key.clone(),
            Of::Rest(_, name, _) => name.to_string(),
        })
        .text("name", "Service", |of| of.service(|_, service, _| service.name.clone()))
        .written("wanted_hours", "Required hours", |of| of.service(|_, service, _| service.hours.words()))
        .count("wanted_within_minutes", "Required response", "min", |of| {
            of.service(|_, service, _| service.respond_within).flatten()
        })
        .text("responsible", "Responsible", |of| of.service(|of, _, row| responsible(of, row)))
        .text("responsible_by_month", "Responsible by month", |of| {
            of.service(|of, _, row| responsible_by_month(of, row))
        })
        .text("accountable", "Accountable", |of| of.service(|of, _, row| accountable(of, row)))
        .text("consulted", "Consulted", |of| of.service(|_, service, _| listed(service.consulted.as_deref())))
        .text("informed", "Informed", |of| of.service(|_, service, _| listed(service.informed.as_deref())))
        .written("reviewed", "Reviewed", |of| {
            of.service(|_, of, _| of.reviewed.map(|month| month.to_string())).flatten()
        })
        .figure("hours_per_month", "Hours per month", "h", |of| of.service(|_, _, row| row.hours_per_month))
        .money("cost_per_month", "Cost per month", |of| match of {
            Of::Service(_, _, row) => row.known_cost(),
            Of::Rest(_, _, amount) => Some(*amount),
        })
        .flag("also_in_fee", "Share of fee", |of| of.service(|_, _, row| row.is_in_fee))
        .text("broken_rules", "Rules not met", |of| of.service(|_, _, row| codes(row)));
    let scenario = of.comparison.scenario;
    let rows = of.alternatives.iter().flat_map(|alternative| {
        let services = alternative.rows.iter();
        let services = services.map(move |row| Of::Service(alternative, &scenario.services[row.service], row));
        services.chain(alternative.rest.iter().map(move |(name, amount)| Of::Rest(alternative, name, *amount)))
    });
    fields.dataset("responsibilities", scenario.currency, rows)
}

fn codes(row: &Row) -> String {
    row.broken.iter().map(|rule| rule.code()).collect::<Vec<_>>().join(" ")
}
