//! A weekly schedule as a set of minutes.
//!
//! A week is 10,080 minutes from Monday 00:00; a span is half-open. The set is the minutes at which it
//! begins and ends, by turns: hours have a handful of them, and a union or an intersection passes each
//! once. How hours are written in a scenario is read in [`Week::parse`]; what happens in them is reported
//! elsewhere.

mod nights;
mod parse;
mod words;

use std::fmt;

use smallvec::{SmallVec, smallvec};

pub use parse::{HoursError, is_outside};
pub use words::duration;

/// Minutes in a week.
pub const MINUTES: usize = 7 * 24 * 60;

/// Hours of five working days, and one span more, take no memory of their own.
type Edges = SmallVec<[u16; 12]>;

/// A set of minutes of the week.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Week {
    /// The first minute of each maximal span and the minute after its last, ascending.
    edges: Edges,
}

impl Week {
    /// No minute.
    pub fn none() -> Self {
        Self { edges: Edges::new() }
    }

    /// Every minute.
    pub fn all() -> Self {
        Self { edges: smallvec![0, MINUTES as u16] }
    }

    /// The union of half-open spans of minutes; a span past the week's end goes on at its start.
    pub fn from_spans(spans: &[(usize, usize)]) -> Self {
        let mut pieces = Vec::with_capacity(spans.len());
        for &(from, to) in spans.iter().filter(|(from, to)| from < to) {
            if to - from >= MINUTES {
                return Self::all();
            }
            let (from, length) = (from % MINUTES, to - from);
            let end = from + length;
            pieces.push((from, end.min(MINUTES)));
            pieces.push((0, end.saturating_sub(MINUTES)));
        }
        pieces.retain(|(from, to)| from < to);
        pieces.sort_unstable();
        let mut edges = Edges::new();
        for (from, to) in pieces {
            let (from, to) = (from as u16, to as u16);
            match edges.last_mut() {
                Some(end) if *end >= from => *end = to.max(*end),
                _ => edges.extend([from, to]),
            }
        }
        Self { edges }
    }

    /// Whether the minute is in the set.
    pub fn contains(&self, minute: usize) -> bool {
        is_inside(self.passed(minute))
    }

    /// How many minutes are in the set.
    pub fn minutes(&self) -> u32 {
        self.edges.chunks_exact(2).map(|span| u32::from(span[1] - span[0])).sum()
    }

    /// How many minutes are in both.
    pub fn shared_minutes(&self, other: &Self) -> u32 {
        self.and(other).minutes()
    }

    /// How many minutes of a span are in the set.
    pub fn minutes_within(&self, from: usize, to: usize) -> u32 {
        let (from, to) = (from as u16, to as u16);
        self.edges.chunks_exact(2).map(|span| u32::from(span[1].min(to).saturating_sub(span[0].max(from)))).sum()
    }

    /// Whether no minute is in the set.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// Whether every minute of the other is in this one.
    pub fn holds(&self, other: &Self) -> bool {
        other.without(self).is_empty()
    }

    /// Minutes in either.
    pub fn or(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a || b)
    }

    /// Minutes in both.
    pub fn and(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a && b)
    }

    /// Minutes in this one and not in the other.
    pub fn without(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a && !b)
    }

    fn combine(&self, other: &Self, is_in: impl Fn(bool, bool) -> bool) -> Self {
        const NEVER: u16 = u16::MAX;
        let (ours, theirs) = (self.edges.as_slice(), other.edges.as_slice());
        let next = |edges: &[u16], place: usize| edges.get(place).copied().unwrap_or(NEVER);
        let mut edges = Edges::new();
        let (mut a, mut b) = (0, 0);
        loop {
            let (mine, other) = (next(ours, a), next(theirs, b));
            let edge = mine.min(other);
            if edge == NEVER {
                return Self { edges };
            }
            a += usize::from(mine == edge);
            b += usize::from(other == edge);
            if is_in(is_inside(a), is_inside(b)) != is_inside(edges.len()) {
                edges.push(edge);
            }
        }
    }

    /// The maximal spans, in order, half-open; a span that runs around the week's end is two here.
    pub fn spans(&self) -> Vec<(usize, usize)> {
        self.edges.chunks_exact(2).map(|span| (span[0].into(), span[1].into())).collect()
    }

    /// The first minute at or after this one, to the week's end, that is in the set or is not.
    pub fn next(&self, from: usize, wanted: bool) -> Option<usize> {
        let passed = self.passed(from);
        let minute = if is_inside(passed) == wanted { from } else { (*self.edges.get(passed)?).into() };
        (minute < MINUTES).then_some(minute)
    }

    /// How many spans have begun or ended by a minute.
    fn passed(&self, minute: usize) -> usize {
        self.edges.partition_point(|&edge| usize::from(edge) <= minute)
    }
}

/// Cuts the week where any of some sets begins or ends, and tells each piece, in order, with which of
/// them hold it.
pub fn pieces<'w>(weeks: impl Iterator<Item = &'w Week>, mut tell: impl FnMut(usize, usize, &[bool])) {
    const FEW: usize = 8;
    let mut ahead: SmallVec<[&[u16]; FEW]> = weeks.map(|week| week.edges.as_slice()).collect();
    let mut hold: SmallVec<[bool; FEW]> = smallvec![false; ahead.len()];
    let (mut from, end) = (0, MINUTES as u16);
    while from < end {
        let mut to = end;
        for (ahead, hold) in ahead.iter_mut().zip(&mut hold) {
            if let [first, rest @ ..] = ahead
                && *first == from
            {
                (*ahead, *hold) = (rest, !*hold);
            }
            to = ahead.first().map_or(to, |&edge| to.min(edge));
        }
        tell(from.into(), to.into(), &hold);
        from = to;
    }
}

/// Whether a minute after this many edges is in the set.
fn is_inside(passed: usize) -> bool {
    passed % 2 == 1
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
