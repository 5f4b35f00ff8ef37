//! What `breakeven`, `sweep` and `solve` share: alternatives that are kept.

use crate::session::Opened;

/// Keeps only some alternatives, by index.
pub fn keep(opened: &mut Opened, wanted: &[usize]) {
    let mut place = 0..;
    opened.scenario.alternatives.retain(|_| place.next().is_some_and(|place| wanted.contains(&place)));
}
