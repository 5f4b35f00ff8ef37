//! A scenario that the rows of a form are set in, and what is known of it once and for all.
//!
//! What rows have in common is worked out once: which columns the rules between numbers look at, and
//! the frame (coverage, targets, kinds) by the values it hangs on. Which those are is not written
//! down anywhere: the record of an evaluation tells which inputs were read.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use super::lanes::{Lanes, Numbers};
use super::outcome::Frame;
use crate::load::{Column, Plain, Template};
use crate::scenario::{Input, Scenario};
use crate::trace::{Record, record};

/// A scenario that the rows of a form are set in.
pub struct Prepared {
    /// The scenario, with the rules between numbers.
    pub template: Template,
    /// The place of each column's number; none where the form leaves the column out.
    pub inputs: Vec<Option<Input>>,
    /// Whether a rule between numbers looks at any of them.
    pub is_checked: bool,
    frames: RwLock<Frames>,
    /// What runs rows over lanes.
    pub lanes: Lanes,
}

/// Frames by the values of the columns that they hang on.
#[derive(Clone, Default)]
pub struct Frames {
    /// The columns, by number.
    columns: Vec<usize>,
    known: Arc<Known>,
    /// The values of the last one that was asked for, and its place.
    key: Vec<Plain>,
    last: Option<(Arc<Known>, u32)>,
}

/// Frames with places. Threads hold a table of them rather than each frame, which they would count in
/// turns.
#[derive(Clone, Default, Debug)]
pub struct Known {
    places: HashMap<Vec<Plain>, u32>,
    frames: Vec<Arc<Frame>>,
}

impl Known {
    /// A frame alone.
    pub fn alone(frame: Frame) -> Self {
        Self { places: HashMap::new(), frames: vec![Arc::new(frame)] }
    }

    /// The frame of a place.
    pub fn frame(&self, place: u32) -> &Frame {
        &self.frames[place as usize]
    }

    fn insert(&mut self, key: Vec<Plain>, frame: Frame) -> u32 {
        let place = self.frames.len() as u32;
        self.frames.push(Arc::new(frame));
        *self.places.entry(key).or_insert(place)
    }
}

impl Frames {
    /// The frame of the row of a place, as a place of a table.
    pub fn get(&mut self, of: &Prepared, numbers: &Numbers, place: usize) -> (&Arc<Known>, u32) {
        let key = self.columns.iter().map(|&column| numbers.number(column, place));
        let is_last = self.last.is_some() && self.key.iter().copied().eq(key.clone());
        if !is_last {
            self.key.clear();
            self.key.extend(key);
            let known = self.known.places.get(&self.key).map(|&at| (Arc::clone(&self.known), at));
            let last = known.unwrap_or_else(|| {
                let (last, frames) = of.work_out(numbers, place);
                *self = frames;
                self.key.extend(self.columns.iter().map(|&column| numbers.number(column, place)));
                last
            });
            self.last = Some(last);
        }
        let (table, at) = self.last.as_ref().expect("it was set");
        (table, *at)
    }
}

/// More frames than this are not kept.
const MOST_FRAMES: usize = 1 << 14;

impl Prepared {
    /// Prepares the scenario of a form. None where a column has no number of its own in it.
    pub fn new(template: Template, columns: &[Column], is_left_out: impl Fn(usize) -> bool) -> Option<Self> {
        let input = |(number, column): (usize, &Column)| match is_left_out(number) {
            true => Some(None),
            false => template.input(&column.path).map(Some),
        };
        let inputs = columns.iter().enumerate().map(input).collect::<Option<Vec<_>>>()?;
        let (_, checked) = record(|| template.check(&template.scenario.inputs).is_ok());
        let is_checked = !read(&inputs, &checked).is_empty();
        Some(Self { template, inputs, is_checked, frames: RwLock::default(), lanes: Lanes::default() })
    }

    /// Whether rows keep the rules between numbers; those that do not are told why when they are
    /// evaluated alone.
    pub fn keeps_rules(&self) -> impl FnMut(&Numbers, usize) -> bool {
        let mut scenario = self.template.scenario.clone();
        move |numbers, place| {
            self.set(&mut scenario, numbers.row(place));
            self.template.check(&scenario.inputs).is_ok()
        }
    }

    fn set(&self, scenario: &mut Scenario, numbers: impl Iterator<Item = Plain>) {
        let numbers = self.inputs.iter().zip(numbers);
        numbers
            .for_each(|(input, number)| input.iter().for_each(|&input| scenario.inputs.set(input, number.decimal())));
    }

    /// The scenario with other numbers, by column.
    pub fn scenario(&self, numbers: impl Iterator<Item = Plain>) -> Scenario {
        let mut scenario = self.template.scenario.clone();
        self.set(&mut scenario, numbers);
        scenario
    }

    /// The frames as they are known now, for a block of rows.
    pub fn frames(&self) -> Frames {
        self.frames.read().map(|frames| frames.clone()).unwrap_or_default()
    }

    /// The frame of the row of a place as a place of a table, and the frames known then.
    fn work_out(&self, numbers: &Numbers, place: usize) -> ((Arc<Known>, u32), Frames) {
        let (frame, looked_at) = record(|| Frame::of(&self.scenario(numbers.row(place))));
        let alone = |frame| (Arc::new(Known::alone(frame)), 0);
        let hangs_on = read(&self.inputs, &looked_at);
        let Ok(mut frames) = self.frames.write() else { return (alone(frame), Frames::default()) };
        // Another value can make an evaluation look at inputs that were not looked at so far.
        let new: Vec<usize> = hangs_on.into_iter().filter(|column| !frames.columns.contains(column)).collect();
        if !new.is_empty() {
            frames.columns.extend(new);
            frames.known = Arc::default();
        }
        if frames.known.frames.len() >= MOST_FRAMES {
            return (alone(frame), frames.clone());
        }
        let key = frames.columns.iter().map(|&column| numbers.number(column, place)).collect();
        let at = Arc::make_mut(&mut frames.known).insert(key, frame);
        ((Arc::clone(&frames.known), at), frames.clone())
    }
}

/// The columns whose inputs were looked at.
fn read(inputs: &[Option<Input>], record: &Record) -> Vec<usize> {
    let looked_at = record.inputs();
    let is_read = |input: &Option<Input>| input.is_some_and(|input| looked_at.binary_search(&input).is_ok());
    (0..inputs.len()).filter(|&column| is_read(&inputs[column])).collect()
}
