//! Gaps: maximal required spans with no one scheduled.

use crate::week::{MINUTES, Week, name_minute};

/// A required span with no one scheduled; it can run around the week's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its first minute.
    pub from: usize,
    /// The minute after its last, counted on past the week's end.
    pub to: usize,
}

impl Gap {
    /// Its length in hours.
    pub fn hours(self) -> f64 {
        (self.to - self.from) as f64 / 60.0
    }

    /// In words: `Sat 00:00 to Mon 00:00`.
    pub fn words(self) -> String {
        if self.to - self.from == MINUTES {
            return "the whole week".to_string();
        }
        format!("{} to {}", name_minute(self.from), name_minute(self.to))
    }
}

/// The gaps of a service, in the order of the week; the one around the week's end stands last.
pub fn gaps(wanted: &Week, scheduled: &Week) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = wanted.without(scheduled).spans().into_iter().map(|(from, to)| Gap { from, to }).collect();
    if let [first, .., last] = gaps.as_slice()
        && first.from == 0
        && last.to == MINUTES
    {
        let around = Gap { from: last.from, to: MINUTES + first.to };
        gaps.pop();
        gaps.remove(0);
        gaps.push(around);
    }
    gaps
}
