//! `budget`: an amount for the term, or a table with limits of the term, of years and of months.

use comanage_model::scenario::Budget;

use super::super::fields::{Fields, InputOr};
use super::super::format::BUDGET_YEARS;
use super::super::reader::Reader;

/// Reads what an alternative may cost.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader) -> Budget {
    match root.input_or(reader, "budget") {
        None => Budget::default(),
        Some(InputOr::Number(total)) => Budget { total: Some(total), ..Budget::default() },
        Some(InputOr::Table(table)) => Budget {
            total: table.maybe_input(reader, "total"),
            years: (1..)
                .zip(BUDGET_YEARS)
                .filter_map(|(year, key)| Some((year, table.maybe_input(reader, key)?)))
                .collect(),
            monthly: table.maybe_input(reader, "monthly"),
        },
    }
}
