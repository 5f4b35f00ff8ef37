//! So much a site and month.

use super::Invoice;
use crate::ledger::line::{Line, Unit};
use crate::volumes::Counts;
use comanage_expr::number::Number;

/// The lines of a month.
pub fn lines<N: Number>(invoice: &Invoice<N>, month: u32, counts: &Counts<N>) -> Vec<Line<N>> {
    match &invoice.engagement.offer.per_site {
        None => Vec::new(),
        Some(rate) => invoice.rate_lines(month, "per site", Unit::Site, rate, counts.sites),
    }
}
