//! The frames of rows, worked out once for the values they depend on.
//!
//! Which columns a frame depends on is not written down anywhere: the record of working it out tells
//! which inputs were read.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Frame;
use comanage_expr::trace::{Record, record};
use comanage_format::load::Plain;
use comanage_model::coverage::Outline;
use comanage_model::scenario::{Input, Scenario};

/// Rows of numbers, which are set in a scenario.
pub trait Rows {
    /// How many rows there are.
    fn count(&self) -> usize;

    /// The number of a column in a row.
    fn number(&self, column: usize, row: usize) -> Plain;
}

/// The scenario that rows are set in.
#[derive(Clone, Copy)]
pub struct Base<'a> {
    /// The scenario that the numbers of rows are set in.
    pub scenario: &'a Scenario,
    /// The ids of its alternatives.
    pub ids: &'a [Arc<str>],
    /// The place of each column's number; none where a column is left out.
    pub inputs: &'a [Option<Input>],
}

impl Base<'_> {
    /// Sets the numbers of a row, by column.
    pub fn set(&self, scenario: &mut Scenario, numbers: impl Iterator<Item = Decimal>) {
        for (input, number) in self.inputs.iter().zip(numbers) {
            input.iter().for_each(|&input| scenario.inputs.set(input, number));
        }
    }

    /// The columns whose inputs were looked at.
    pub fn columns_read(&self, record: &Record) -> Vec<usize> {
        let read = record.inputs_read();
        let is_read = |input: Input| read.get(input.0 as usize).copied().unwrap_or(false);
        (0..self.inputs.len()).filter(|&column| self.inputs[column].is_some_and(is_read)).collect()
    }
}

/// The frames of a form.
#[derive(Default)]
pub struct Frames {
    outlines: OnceLock<Vec<Outline>>,
    known: RwLock<Arc<FrameTable>>,
}

/// Frames with places. Threads hold a table of them rather than each frame, which they would count in
/// turns.
#[derive(Clone, Default, Debug)]
pub struct FrameTable {
    columns: Vec<Branches>,
    frames: Vec<Arc<Frame>>,
}

/// A column that frames depend on: where its number leads from where those of the columns before led.
/// The last column leads to a frame.
#[derive(Clone, Debug)]
struct Branches {
    column: usize,
    to: FxHashMap<(u32, Plain), u32>,
}

/// More frames than these are forgotten, and worked out anew where they are needed again: more than the values of one
/// headcount, which are drawn to 0.0001.
const MAX_FRAMES: usize = 1 << 16;

/// Where no frame is known.
const UNKNOWN: u32 = u32::MAX;

/// While fewer frames than `FEW` are known, this many are worked out before others can use them: threads
/// that need the same ones share the work. Later tables are large to copy, and rows seldom need the
/// same.
const AT_ONCE: usize = 64;
const FEW: usize = 1 << 10;

impl FrameTable {
    /// A frame alone.
    pub fn alone(frame: Frame) -> Self {
        Self { columns: Vec::new(), frames: vec![Arc::new(frame)] }
    }

    /// The frame of a place.
    pub fn frame(&self, place: u32) -> &Frame {
        &self.frames[place as usize]
    }

    /// No frames, and the columns they depend on.
    fn empty(columns: impl IntoIterator<Item = usize>) -> Self {
        let columns = columns.into_iter().map(|column| Branches { column, to: FxHashMap::default() });
        Self { columns: columns.collect(), frames: Vec::new() }
    }

    /// Whether all rows have the same frame, as far as is known.
    pub fn is_one(&self) -> bool {
        self.columns.is_empty()
    }

    /// The columns that the frames depend on.
    fn columns(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().map(|branches| branches.column)
    }

    /// The place of the frame of a row.
    fn place(&self, numbers: &impl Rows, row: usize) -> u32 {
        let first = if self.frames.is_empty() { UNKNOWN } else { 0 };
        self.columns.iter().fold(first, |place, Branches { column, to }| {
            to.get(&(place, numbers.number(*column, row))).copied().unwrap_or(UNKNOWN)
        })
    }

    /// Adds the frame of a row, if there is none.
    fn add(&mut self, numbers: &impl Rows, row: usize, frame: Arc<Frame>) {
        let mut place = 0;
        for Branches { column, to } in &mut self.columns {
            let next = to.len() as u32;
            place = *to.entry((place, numbers.number(*column, row))).or_insert(next);
        }
        if place as usize == self.frames.len() {
            self.frames.push(frame);
        }
    }
}

impl Frames {
    /// A table, and the place in it of the frame of each row.
    pub fn of(&self, base: &Base, numbers: &impl Rows) -> (Arc<FrameTable>, Vec<u32>) {
        let mut table = Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner));
        loop {
            let places: Vec<u32> = (0..numbers.count()).map(|row| table.place(numbers, row)).collect();
            if !places.contains(&UNKNOWN) {
                return (table, places);
            }
            table = self.work_out(base, numbers, &table, &places);
        }
    }

    /// Works out frames of rows whose places are unknown. Gives a table with them.
    fn work_out(&self, base: &Base, numbers: &impl Rows, table: &FrameTable, places: &[u32]) -> Arc<FrameTable> {
        let mut hangs_on: Vec<usize> = table.columns().collect();
        let mut new = FrameTable::empty(table.columns());
        let mut rows = Vec::new();
        let mut scenario = base.scenario.clone();
        let outlines = self.outlines.get_or_init(|| Outline::all(&scenario));
        let max = if table.frames.len() < FEW { AT_ONCE } else { places.len() };
        for row in (0..places.len()).filter(|&row| places[row] == UNKNOWN) {
            if rows.len() == max || hangs_on.len() > table.columns.len() {
                break;
            }
            if new.place(numbers, row) == UNKNOWN {
                let row_of = (0..base.inputs.len()).map(|column| numbers.number(column, row).decimal());
                base.set(&mut scenario, row_of);
                let (mut frame, looked_at) = record(|| Frame::within(outlines, &scenario, base.ids));
                table.frames.first().or(new.frames.first()).into_iter().for_each(|first| frame.share(first));
                new.add(numbers, row, Arc::new(frame));
                rows.push(row);
                // Another value can make it look at inputs that were not looked at so far.
                let read = base.columns_read(&looked_at);
                hangs_on.extend(read.into_iter().filter(|&column| table.columns().all(|of| of != column)));
            }
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        hangs_on.retain(|&column| known.columns().all(|of| of != column));
        if !hangs_on.is_empty() || known.frames.len() >= MAX_FRAMES {
            *known = Arc::new(FrameTable::empty(known.columns().chain(hangs_on)));
        }
        let all = Arc::make_mut(&mut known);
        rows.into_iter().zip(new.frames).for_each(|(row, frame)| all.add(numbers, row, frame));
        Arc::clone(&known)
    }
}
