//! The required minutes of a service, by who counts in them.

use smallvec::SmallVec;

use super::source::Source;
use crate::scenario::{Scenario, Service};
use crate::week::pieces;

/// This many sources of a service, or spans of its hours, take no memory of their own.
const FEW: usize = 8;

/// The required minutes of a service, in classes with the same sources and the same people required.
pub struct Classes {
    /// Required minutes a week.
    pub wanted: u32,
    /// The classes, by index.
    pub classes: SmallVec<[Class; 2]>,
    /// Elementary spans of the required hours with their class.
    pub spans: SmallVec<[(usize, usize, usize); FEW]>,
}

/// Minutes in which the same sources count.
pub struct Class {
    /// How many minutes a week.
    pub minutes: u32,
    /// The sources whose hours count, by index.
    pub there: SmallVec<[usize; FEW]>,
    /// The sources that count on call, by index.
    pub on_call: SmallVec<[usize; FEW]>,
    /// The pieces of the service's hours that hold the minutes.
    pieces: SmallVec<[usize; 2]>,
    holds: SmallVec<[bool; FEW]>,
}

impl Classes {
    /// Sorts the required minutes of a service by the sources that count in them.
    pub fn new(service: &Service, sources: &[Source]) -> Self {
        let wanted = service.pieces.iter().map(|piece| &piece.hours);
        let there = sources.iter().map(|source| &source.counted);
        let called: SmallVec<[usize; FEW]> =
            (0..sources.len()).filter(|&index| sources[index].on_call.is_some()).collect();
        let on_call = sources.iter().filter_map(|source| Some(&source.on_call.as_ref()?.counted));
        let (parts, all) = (service.pieces.len(), service.pieces.len() + sources.len());
        let mut found = Self { wanted: service.hours.minutes(), classes: SmallVec::new(), spans: SmallVec::new() };
        pieces(wanted.chain(there).chain(on_call), |from, to, holds| {
            if !holds[..parts].contains(&true) {
                return;
            }
            let known = found.classes.iter().position(|class| class.holds.as_slice() == holds);
            let class = known.unwrap_or(found.classes.len());
            if known.is_none() {
                let places = |range: std::ops::Range<usize>| {
                    range.clone().filter(|&at| holds[at]).map(move |at| at - range.start)
                };
                found.classes.push(Class {
                    minutes: 0,
                    pieces: places(0..parts).collect(),
                    there: places(parts..all).collect(),
                    on_call: places(all..holds.len()).map(|at| called[at]).collect(),
                    holds: holds.into(),
                });
            }
            found.classes[class].minutes += (to - from) as u32;
            found.spans.push((from, to, class));
        });
        found
    }

    /// The mean over the required minutes of a value of each class.
    pub fn mean(&self, values: impl IntoIterator<Item = f64>) -> f64 {
        // Minutes are whole numbers: of nothing but ones the mean is exactly 1.
        let minutes = self.classes.iter().map(|class| f64::from(class.minutes));
        minutes.zip(values).map(|(minutes, value)| minutes * value).sum::<f64>() / f64::from(self.wanted)
    }
}

impl Class {
    /// How many people are required at once.
    pub fn people(&self, scenario: &Scenario, service: &Service) -> u32 {
        let people = self.pieces.iter().map(|&piece| scenario.whole(service.pieces[piece].people));
        people.max().unwrap_or(1).clamp(1, i64::from(u32::MAX)) as u32
    }
}
