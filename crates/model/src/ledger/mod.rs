//! The ledger: every line of every month of an alternative, and the only source of every total.
//!
//! A line is a quantity at a unit price, rounded to the minor unit once. People, tools and the
//! charges of providers each add lines; nothing anywhere else is an amount of money. What a line is
//! part of is said by its [`Category`], what made it by its [`LineSource`].

pub mod charge;
mod costs;
mod line;
mod people;
mod plugs;
mod source;
mod tools;

pub use line::{Category, KeepIf, Ledger, Line, Unit};
pub use people::{People, empty_seat_pay, load_factor, salary, yearly_items};
pub use source::{Entry, Limit, LineSource, Part};
pub use tools::is_paid as is_tool_paid;

use crate::staffing::Staffing;
use crate::volumes::Volumes;
use crate::work::Provided;
use comanage_expr::number::Number;

/// Writes the ledger of an alternative.
pub fn write<N: Number>(
    staffing: &Staffing,
    volumes: &Volumes<N>,
    people: &People<N>,
    provided: &Provided<N>,
) -> Ledger<N> {
    let mut lines = Vec::new();
    people.write(staffing, &mut lines);
    tools::write(staffing, volumes, &mut lines);
    costs::write(staffing, &mut lines);
    let blocks = charge::write(staffing, volumes, provided, &mut lines);
    plugs::write(staffing, provided, &mut lines);
    lines.sort_by_key(|line| line.month);
    Ledger { lines, blocks }
}
