//! A scenario that the rows of a form are set in, and what is known of it once and for all.
//!
//! What rows have in common is worked out once: which columns the rules between numbers look at, and
//! the frame (coverage, targets, kinds) by the values it hangs on. Which those are is not written
//! down anywhere: the record of an evaluation tells which inputs were read.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use super::lanes::{Lanes, Table};
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
    /// The last one that was asked for, by its place.
    last: Option<(Vec<Plain>, Arc<Known>, u32)>,
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
    /// The frame of a row with these numbers, by column, as a place of a table; `scenario` gives the
    /// row's.
    pub fn get(&mut self, of: &Prepared, numbers: &[Plain], scenario: impl FnOnce() -> Scenario) -> (&Arc<Known>, u32) {
        let is_last = |(key, ..): &(Vec<Plain>, Arc<Known>, u32)| {
            key.iter().zip(&self.columns).all(|(value, &column)| *value == numbers[column])
        };
        if !self.last.as_ref().is_some_and(is_last) {
            let key = |columns: &[usize]| columns.iter().map(|&column| numbers[column]).collect::<Vec<Plain>>();
            let own = key(&self.columns);
            match self.known.places.get(&own) {
                Some(&place) => match &mut self.last {
                    Some((key, table, last)) if Arc::ptr_eq(table, &self.known) => (*key, *last) = (own, place),
                    last => *last = Some((own, Arc::clone(&self.known), place)),
                },
                None => {
                    let (table, place, frames) = of.work_out(key, &scenario());
                    *self = frames;
                    self.last = Some((key(&self.columns), table, place));
                }
            }
        }
        let (_, table, place) = self.last.as_ref().expect("it was set");
        (table, *place)
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

    /// The numbers of the rows that keep the rules between numbers; the others lose their places in the
    /// table, and are told why when they are evaluated alone.
    pub fn keep_rules(&self, table: &Table, places: &mut [Option<u32>]) -> Vec<Plain> {
        let mut kept = Vec::with_capacity(table.numbers.len());
        let mut scenario = self.template.scenario.clone();
        for place in places.iter_mut() {
            let Some(row) = *place else { continue };
            let numbers = table.row(row as usize);
            self.set(&mut scenario, numbers);
            *place = self.template.check(&scenario.inputs).is_ok().then(|| (kept.len() / table.width) as u32);
            if place.is_some() {
                kept.extend_from_slice(numbers);
            }
        }
        kept
    }

    fn set(&self, scenario: &mut Scenario, numbers: &[Plain]) {
        let numbers = self.inputs.iter().zip(numbers);
        numbers
            .for_each(|(input, number)| input.iter().for_each(|&input| scenario.inputs.set(input, number.decimal())));
    }

    /// The scenario with other numbers, by column.
    pub fn scenario(&self, numbers: &[Plain]) -> Scenario {
        let mut scenario = self.template.scenario.clone();
        self.set(&mut scenario, numbers);
        scenario
    }

    /// The frames as they are known now, for a block of rows.
    pub fn frames(&self) -> Frames {
        self.frames.read().map(|frames| frames.clone()).unwrap_or_default()
    }

    /// The frame of a row as a place of a table, and the frames known then: `key` tells the values of
    /// columns, `scenario` is the row's.
    fn work_out(&self, key: impl Fn(&[usize]) -> Vec<Plain>, scenario: &Scenario) -> (Arc<Known>, u32, Frames) {
        let (frame, looked_at) = record(|| Frame::of(scenario));
        let hangs_on = read(&self.inputs, &looked_at);
        let Ok(mut frames) = self.frames.write() else { return (Arc::new(Known::alone(frame)), 0, Frames::default()) };
        // Another value can make an evaluation look at inputs that were not looked at so far.
        let new: Vec<usize> = hangs_on.into_iter().filter(|column| !frames.columns.contains(column)).collect();
        if !new.is_empty() {
            frames.columns.extend(new);
            frames.known = Arc::default();
        }
        if frames.known.frames.len() >= MOST_FRAMES {
            return (Arc::new(Known::alone(frame)), 0, frames.clone());
        }
        let key = key(&frames.columns);
        let place = Arc::make_mut(&mut frames.known).insert(key, frame);
        (Arc::clone(&frames.known), place, frames.clone())
    }
}

/// The columns whose inputs were looked at.
fn read(inputs: &[Option<Input>], record: &Record) -> Vec<usize> {
    let looked_at = record.inputs();
    let is_read = |input: &Option<Input>| input.is_some_and(|input| looked_at.binary_search(&input).is_ok());
    (0..inputs.len()).filter(|&column| is_read(&inputs[column])).collect()
}
