//! Rules about counts: users, devices and sites in every month.

use comanage_expr::number::Exact;
use comanage_model::scenario::Scenario;
use comanage_model::volumes::{self, Basis};

use super::super::read::Places;
use super::super::reader::Reader;

/// A change falls in a month of the term.
pub(super) fn changes_fall_in_the_term(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for change in &scenario.organization.changes {
        if let Some(month) = reader.good(change.month)
            && month > scenario.term_months.into()
            && let Some(span) = reader.written(change.month).cloned()
        {
            let path = reader.inputs.about(change.month).path.clone();
            super::report_after_term(reader, scenario.term_months, span, path);
        }
    }
}

/// No count falls below zero in any month, and no season takes away more than all the work.
pub(super) fn counts_stay_above_zero(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let Scenario { organization, start, term_months, .. } = scenario;
    let basis = Basis { organization, start: *start, term_months: *term_months, inputs: &reader.inputs };
    for fault in volumes::faults::<Exact>(&basis, |input| reader.is_good(input)) {
        reader.report(fault);
    }
}
