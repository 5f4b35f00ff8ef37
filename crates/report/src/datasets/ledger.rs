//! The ledger: every line of every month of every alternative.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::compare::Comparison;
use comanage_expr::number::Exact;
use comanage_model::ledger::Line;
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::staffing::Staffing;

/// A row for each line, alternative by alternative.
pub fn ledger(comparison: &Comparison) -> Dataset {
    type Of<'a> = (&'a Staffing<'a>, &'a Line<Exact>);
    let exact = |number: Exact| number.0.unwrap_or_default();
    let fields = Fields::default()
        .text("alternative", "Alternative", |(staffing, _): &Of| staffing.alternative.id.clone())
        .count("month", "Month", "month", |(_, line)| line.month)
        .count("contract_year", "Contract year", "year", |(_, line)| contract_year(line.month) + 1)
        .text("category", "Category", |(_, line)| line.category.name().to_string())
        .text("item", "Item", |(staffing, line)| line.source.item(staffing))
        .number("quantity", "Quantity", "unit", move |(_, line)| exact(line.quantity))
        .text("unit", "Unit", |(_, line)| line.unit.name().to_string())
        .price("unit_price", "Unit price", move |(_, line)| Money(exact(line.unit_price)))
        .money("amount", "Amount", move |(_, line)| Money(exact(line.amount)))
        .text("service", "Service key", |(staffing, line)| {
            line.source.service(staffing).map(|service| staffing.scenario.services[service].key.clone())
        });
    let rows = comparison.alternatives.iter().flat_map(|alternative| {
        let evaluation = &alternative.evaluation;
        evaluation.ledger.lines.iter().map(|line| (&evaluation.staffing, line))
    });
    fields.dataset("lines", comparison.scenario.currency, rows)
}
