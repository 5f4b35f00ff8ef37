//! Responsibilities as CSV: a row an alternative and service, as one could put it into a contract.

use super::{Csv, text};
use crate::document::{accountable, listed, responsible};
use comanage_analysis::matrix::Matrix;

/// A row for each service of each alternative, and for what no service bears; the costs of an
/// alternative sum to what it costs a month.
pub fn matrix(of: &Matrix) -> Vec<u8> {
    let scenario = of.comparison.scenario;
    let mut csv = Csv::new(&[
        "alternative",
        "service",
        "wanted_hours",
        "wanted_within_minutes",
        "responsible",
        "accountable",
        "consulted",
        "informed",
        "reviewed",
        "hours_per_month",
        "cost_per_month",
        "also_in_fee",
        "broken_rules",
    ]);
    for alternative in &of.alternatives {
        let id = text(alternative.alternative.id());
        for row in &alternative.rows {
            let service = &scenario.services[row.service];
            let codes: Vec<&str> = row.broken.iter().map(|rule| rule.code()).collect();
            csv.row([
                id.clone(),
                text(&service.key),
                service.hours.words(),
                service.respond_within.map_or_else(String::new, |minutes| minutes.to_string()),
                text(&responsible(alternative, row)),
                text(&accountable(alternative, row)),
                text(&listed(service.consulted.as_deref())),
                text(&listed(service.informed.as_deref())),
                service.reviewed.map_or_else(String::new, |month| month.to_string()),
                row.hours_per_month.to_string(),
                row.known_cost().map_or_else(String::new, |cost| cost.to_data(scenario.currency)),
                row.is_in_fee.to_string(),
                codes.join(" "),
            ]);
        }
        for (name, amount) in &alternative.rest {
            let mut rest = vec![String::new(); 13];
            rest[0] = id.clone();
            rest[1] = text(name);
            rest[10] = amount.to_data(scenario.currency);
            csv.row(rest);
        }
    }
    csv.finish()
}
