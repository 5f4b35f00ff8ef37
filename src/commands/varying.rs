//! What `breakeven` and `sweep` share: the scenario as it is, and who is useful in it.

use crate::failure::Failure;
use crate::session::Opened;

/// Whether each alternative of a scenario may be called the cheapest.
///
/// # Errors
/// A figure that cannot be.
pub fn useful(opened: &Opened) -> Result<Vec<bool>, Failure> {
    Ok(opened.compare()?.may_be_cheapest())
}

/// Keeps only some alternatives, by index, and says which of them may be the cheapest: all, where
/// none of them is useful.
pub fn keep(opened: &mut Opened, useful: &[bool], wanted: &[usize]) -> Vec<bool> {
    let mut place = 0..;
    opened.scenario.alternatives.retain(|_| place.next().is_some_and(|place| wanted.contains(&place)));
    let kept = (0..).zip(useful).filter(|(place, _)| wanted.contains(place)).map(|(_, &useful)| useful);
    let kept: Vec<bool> = kept.collect();
    if kept.contains(&true) { kept } else { vec![true; kept.len()] }
}
