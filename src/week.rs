//! Hours of the week as a set of minutes.
//!
//! A week is 10,080 minutes from Monday 00:00; a span is half-open. The set is a bit for every
//! minute: union, intersection and counting are a few hundred machine words, and exact. How hours
//! are written in a scenario is read in [`Week::parse`]; what happens in them is told elsewhere.

mod parse;
mod words;

use std::fmt;
use std::sync::Arc;

pub use parse::HoursError;
pub use words::duration;

/// Minutes in a week.
pub const MINUTES: usize = 7 * 24 * 60;

const WORDS: usize = MINUTES.div_ceil(64);

/// A set of minutes of the week. Copies share their bits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Week(Arc<[u64; WORDS]>);

impl Week {
    /// No minute.
    pub fn none() -> Self {
        Self(Arc::new([0; WORDS]))
    }

    /// Every minute.
    pub fn all() -> Self {
        Self::from_spans(&[(0, MINUTES)])
    }

    /// The union of half-open spans of minutes; a span past the week's end goes on at its start.
    pub fn from_spans(spans: &[(usize, usize)]) -> Self {
        let mut bits = [0; WORDS];
        for &(from, to) in spans.iter().filter(|(from, to)| from < to) {
            if to - from >= MINUTES {
                fill(&mut bits, 0, MINUTES);
                continue;
            }
            let (from, length) = (from % MINUTES, to - from);
            let end = from + length;
            fill(&mut bits, from, end.min(MINUTES));
            fill(&mut bits, 0, end.saturating_sub(MINUTES));
        }
        Self(Arc::new(bits))
    }

    /// Whether the minute is in the set.
    pub fn contains(&self, minute: usize) -> bool {
        self.0[minute / 64] >> (minute % 64) & 1 == 1
    }

    /// How many minutes are in the set.
    pub fn minutes(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// How many minutes are in both.
    pub fn shared_minutes(&self, other: &Self) -> u32 {
        self.0.iter().zip(other.0.iter()).map(|(a, b)| (a & b).count_ones()).sum()
    }

    /// Whether no minute is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Whether every minute of the other is in this one.
    pub fn holds(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0.iter()).all(|(a, b)| b & !a == 0)
    }

    /// Minutes in either.
    pub fn or(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a | b)
    }

    /// Minutes in both.
    pub fn and(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a & b)
    }

    /// Minutes in this one and not in the other.
    pub fn without(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a & !b)
    }

    fn combine(&self, other: &Self, op: impl Fn(u64, u64) -> u64) -> Self {
        Self(Arc::new(std::array::from_fn(|word| op(self.0[word], other.0[word]))))
    }

    /// The maximal spans, in order, half-open; a span that runs around the week's end is two here.
    pub fn spans(&self) -> Vec<(usize, usize)> {
        let mut spans = Vec::new();
        let mut from = self.next(0, true);
        while let Some(start) = from {
            let end = self.next(start, false).unwrap_or(MINUTES);
            spans.push((start, end));
            from = self.next(end, true);
        }
        spans
    }

    /// The first minute at or after this one, to the week's end, that is in the set or is not.
    pub fn next(&self, from: usize, wanted: bool) -> Option<usize> {
        let mut minute = from;
        while minute < MINUTES {
            let word = if wanted { self.0[minute / 64] } else { !self.0[minute / 64] };
            let rest = word >> (minute % 64);
            if rest != 0 {
                let found = minute + rest.trailing_zeros() as usize;
                return (found < MINUTES).then_some(found);
            }
            minute = (minute / 64 + 1) * 64;
        }
        None
    }
}

/// Sets the bits of a span that does not run past the week's end, a word at a time.
fn fill(bits: &mut [u64; WORDS], from: usize, to: usize) {
    let mut minute = from;
    while minute < to {
        let next = ((minute / 64 + 1) * 64).min(to);
        let ones = u64::MAX >> (64 - (next - minute));
        bits[minute / 64] |= ones << (minute % 64);
        minute = next;
    }
}

impl fmt::Debug for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.spans()).finish()
    }
}

/// Names a minute of the week: `Sat 00:00`.
pub fn name_minute(minute: usize) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let minute = minute % MINUTES;
    format!("{} {:02}:{:02}", DAYS[minute / 1440], minute % 1440 / 60, minute % 60)
}
