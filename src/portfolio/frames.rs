//! The frames of rows, worked out once for the values they hang on.
//!
//! Which columns a frame hangs on is not written down anywhere: the record of working it out tells
//! which inputs were read.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::lanes::Numbers;
use super::outcome::Frame;
use super::prepared::Prepared;
use crate::load::Plain;
use crate::trace::record;

/// The frames of a form.
#[derive(Default)]
pub struct Frames(RwLock<Known>);

#[derive(Clone, Default)]
struct Known {
    /// The columns they hang on, by number.
    columns: Vec<usize>,
    table: Arc<FrameTable>,
}

/// Frames with places. Threads hold a table of them rather than each frame, which they would count in
/// turns.
#[derive(Clone, Default, Debug)]
pub struct FrameTable {
    places: HashMap<Vec<Plain>, u32>,
    frames: Vec<Arc<Frame>>,
}

/// More frames than these are forgotten, and worked out anew where they are needed again.
const MOST_FRAMES: usize = 1 << 14;

impl FrameTable {
    /// A frame alone.
    pub fn alone(frame: Frame) -> Self {
        Self { places: HashMap::new(), frames: vec![Arc::new(frame)] }
    }

    /// The frame of a place.
    pub fn frame(&self, place: u32) -> &Frame {
        &self.frames[place as usize]
    }

    fn add(&mut self, key: Vec<Plain>, mut frame: Frame) {
        self.frames.first().iter().for_each(|first| frame.share(first));
        self.places.entry(key).or_insert(self.frames.len() as u32);
        self.frames.push(Arc::new(frame));
    }
}

impl Frames {
    /// A table, and the place in it of the frame of each row.
    pub fn of(&self, prepared: &Prepared, numbers: &Numbers) -> (Arc<FrameTable>, Vec<u32>) {
        loop {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
            let (places, unknown) = known.places(numbers);
            if unknown.is_empty() {
                return (known.table, places);
            }
            self.work_out(prepared, numbers, &known, &unknown);
        }
    }

    /// Works out the frames of some rows.
    fn work_out(&self, prepared: &Prepared, numbers: &Numbers, known: &Known, rows: &[usize]) {
        let mut keys: HashSet<Vec<Plain>> = HashSet::new();
        let mut hangs_on = known.columns.clone();
        let mut made: Vec<(usize, Frame)> = Vec::new();
        let mut scenario = prepared.template.scenario.clone();
        for &row in rows.iter().filter(|&&row| keys.insert(known.key(numbers, row).collect())) {
            prepared.set(&mut scenario, numbers.row(row));
            let (frame, looked_at) = record(|| Frame::of(&scenario, &prepared.ids));
            // Another value can make it look at inputs that were not looked at so far.
            let new = prepared.columns_read(&looked_at).into_iter().filter(|column| !known.columns.contains(column));
            hangs_on.extend(new.collect::<Vec<_>>());
            made.push((row, frame));
            if hangs_on.len() > known.columns.len() {
                break;
            }
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        hangs_on.retain(|column| !known.columns.contains(column));
        if !hangs_on.is_empty() || known.table.frames.len() >= MOST_FRAMES {
            known.columns.extend(hangs_on);
            known.table = Arc::default();
        }
        let keyed: Vec<(Vec<Plain>, Frame)> =
            made.into_iter().map(|(row, frame)| (known.key(numbers, row).collect(), frame)).collect();
        let table = Arc::make_mut(&mut known.table);
        keyed.into_iter().for_each(|(key, frame)| table.add(key, frame));
    }
}

impl Known {
    /// The values that the frame of a row hangs on.
    fn key<'k>(&'k self, numbers: &'k Numbers, row: usize) -> impl Iterator<Item = Plain> + 'k {
        self.columns.iter().map(move |&column| numbers.number(column, row))
    }

    /// The places of the frames of rows, and the rows whose frames are not known.
    fn places(&self, numbers: &Numbers) -> (Vec<u32>, Vec<usize>) {
        let mut places: Vec<u32> = Vec::with_capacity(numbers.rows.len());
        let mut unknown = Vec::new();
        let mut key: Vec<Plain> = Vec::with_capacity(self.columns.len());
        for row in 0..numbers.rows.len() {
            let is_as_before = !places.is_empty() && self.key(numbers, row).eq(key.iter().copied());
            if is_as_before && let Some(&place) = places.last() {
                places.push(place);
                continue;
            }
            key.clear();
            key.extend(self.key(numbers, row));
            match self.table.places.get(&key) {
                Some(&place) => places.push(place),
                None => {
                    unknown.push(row);
                    places.push(0);
                }
            }
        }
        (places, unknown)
    }
}
