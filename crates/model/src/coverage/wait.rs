//! How soon somebody is there: within a time, and on the mean.

use crate::week::{MINUTES, Week};

/// Share of the wanted minutes from which a scheduled minute lies no more than so many ahead.
pub fn reachable(wanted: &Week, scheduled: &Week, within: u32) -> f64 {
    let within = (within as usize).min(MINUTES);
    let spans = scheduled.spans();
    let reaching: Vec<(usize, usize)> =
        spans.iter().map(|&(from, to)| (from + MINUTES - within, to + MINUTES)).collect();
    let in_time = Week::from_spans(&reaching);
    f64::from(in_time.shared_minutes(wanted)) / f64::from(wanted.minutes())
}

/// Mean minutes over the wanted ones until a scheduled minute: none in a scheduled minute, else to
/// the next one, wanted or not, less one half. None where there is none.
///
/// With Monday to Friday 09:00 to 17:00 scheduled and every minute wanted: 15.24 hours.
pub fn mean_wait_minutes(wanted: &Week, scheduled: &Week) -> Option<f64> {
    let first = scheduled.next(0, true)?;
    let mut half_minutes: u64 = 0;
    for (from, to) in wanted.without(scheduled).spans() {
        // No scheduled minute lies in between, so all of the span waits for the same one: the first
        // of it `next - from` minutes less one half, the last `next - to` and one half.
        let next = scheduled.next(from, true).unwrap_or(first + MINUTES);
        half_minutes += ((2 * next - from - to) * (to - from)) as u64;
    }
    Some(half_minutes as f64 / 2.0 / f64::from(wanted.minutes()))
}
