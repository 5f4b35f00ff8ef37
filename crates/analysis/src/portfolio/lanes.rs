//! Rows over lanes: many at once, to the cent.
//!
//! A program ([`comanage_expr::tape`]) holds for inputs within bounds and with this many decimal places. The first
//! rows say which; when many rows lie beyond, wider bounds are taken, a few times. Rows that lanes
//! cannot take are left to decimals.

use std::sync::{Arc, RwLock};

use rust_decimal::Decimal;

use super::rows::Reader;
use crate::frames::Rows;
use crate::traced;
use comanage_expr::tape::{LaneInput, OutputSpec, ProgramCache, Results};
use comanage_format::load::clients::Row;
use comanage_format::load::{Plain, Scale};
use comanage_model::scenario::{Input, Scenario};

/// What runs the rows of a form over lanes.
#[derive(Default)]
pub struct Lanes(RwLock<Made>);

#[derive(Default)]
struct Made {
    run: Option<Arc<Run>>,
    times: usize,
}

/// Programs for inputs within bounds, one for each column.
pub struct Run {
    inputs: Vec<LaneInput>,
    scales: Vec<Option<Scale>>,
    spec: OutputSpec,
    programs: ProgramCache,
}

/// What is run: the input of each column, with the decimals it usually has, and what is required of how
/// many alternatives.
pub struct Task<'t> {
    /// The input of each column.
    pub inputs: &'t [Input],
    /// The decimal places that each column usually has.
    pub digits: &'t [u32],
    /// What is required.
    pub spec: &'t OutputSpec,
    /// Of how many alternatives.
    pub alternatives: usize,
}

/// Bounds are widened so often; then rows beyond them are left to decimals.
const MAX_TIMES: usize = 8;

/// Ways that get a program for each alternative.
const MAX_WAYS: usize = 32;

/// Of rows beyond the bounds, those are calculated with that lie not this many times further out, unless
/// one row of this many lies there.
const FAR: i128 = 1_000;
const MANY: usize = 16;

/// Bounds lie this many times farther from zero than the numbers that are known, and this many times
/// nearer.
const FARTHER: i128 = 2;
const NEARER: i128 = 8;

impl Lanes {
    /// The numbers of rows that lanes can take. None where they can take none of them.
    pub fn numbers(&self, rows: &[Row], reader: &Reader, task: &Task) -> Option<Numbers> {
        let first = self.0.read().ok()?.run.clone();
        match first.map(|run| Numbers::read(&run, rows, reader)) {
            Some(numbers) if !numbers.want_more() || self.is_settled() => Some(numbers),
            _ => self.widen(rows, reader, task),
        }
    }

    fn is_settled(&self) -> bool {
        self.0.read().is_ok_and(|made| made.times >= MAX_TIMES)
    }

    /// Numbers within bounds that hold these rows and those before.
    fn widen(&self, rows: &[Row], reader: &Reader, task: &Task) -> Option<Numbers> {
        let mut made = self.0.write().ok()?;
        let before = made.run.as_ref().map(|run| Numbers::read(run, rows, reader));
        if let Some(numbers) = &before
            && (made.times >= MAX_TIMES || !numbers.want_more())
        {
            return before;
        }
        let plain: Vec<Vec<Plain>> = rows.iter().filter_map(|row| reader.plain(row)).collect();
        let is_few = before.is_some_and(|numbers| numbers.are_most());
        let bounds = task.inputs.iter().zip(task.digits).enumerate().map(|(column, (input, digits))| {
            let numbers = plain.iter().map(|row| row[column]);
            match made.run.as_ref().map(|run| run.inputs[column]) {
                Some(before) if is_few => {
                    bounds(*input, *digits, numbers.filter(move |number| is_near(*number, before)), Some(before))
                }
                before => bounds(*input, *digits, numbers, before),
            }
        });
        let inputs: Vec<LaneInput> = bounds.collect::<Option<_>>()?;
        let groups = (0..task.alternatives).collect();
        let programs = ProgramCache::new(groups, inputs.clone(), task.spec.clone(), MAX_WAYS);
        let run = Arc::new(Run { scales: reader.scales(&inputs), inputs, spec: task.spec.clone(), programs });
        made.times += 1;
        made.run = Some(Arc::clone(&run));
        drop(made);
        Some(Numbers::read(&run, rows, reader))
    }
}

/// Whether a number lies within bounds or not far beyond them.
fn is_near(number: Plain, input: LaneInput) -> bool {
    const FINER: u32 = 4;
    let far = input.min.abs().max(input.max.abs()).saturating_mul(FAR).max(FAR);
    let digits = input.digits.max(number.digits);
    let scaled = |value: i128, digits: u32| 10_i128.checked_pow(digits).and_then(|unit| value.checked_mul(unit));
    let own = number.numerator(digits).map(|number| i128::from(number).abs());
    let max = scaled(far, digits - input.digits);
    number.digits <= input.digits + FINER && own.zip(max).is_some_and(|(own, max)| own <= max)
}

/// Farther than the numbers of a column go, for others will follow, and at least as far as the bounds
/// before.
fn bounds(
    input: Input,
    usual: u32,
    numbers: impl Iterator<Item = Plain> + Clone,
    before: Option<LaneInput>,
) -> Option<LaneInput> {
    let digits = numbers.clone().map(|number| number.digits).max()?.max(usual).max(before.map_or(0, |of| of.digits));
    let whole = |number: Plain| number.numerator(digits).map(i128::from);
    let all = numbers.map(whole).collect::<Option<Vec<i128>>>()?;
    let (min, max) = (*all.iter().min()?, *all.iter().max()?);
    // What is above zero stays so: whether something is nothing decides much.
    let nearer = |near: i128| (near / NEARER).max(1);
    let (min, max) =
        (if min > 0 { nearer(min) } else { min * FARTHER }, if max < 0 { -nearer(-max) } else { max * FARTHER });
    let Some(before) = before else { return Some(LaneInput { input, digits, min, max }) };
    let scale = 10_i128.checked_pow(digits - before.digits)?;
    let (min, max) = (min.min(before.min.checked_mul(scale)?), max.max(before.max.checked_mul(scale)?));
    Some(LaneInput { input, digits, min, max })
}

/// The numbers of rows, as whole numbers of the units of their columns.
pub struct Numbers {
    run: Arc<Run>,
    /// By column, then by place.
    columns: Vec<Vec<f64>>,
    /// The row of each place, in order; rows that lanes cannot take have none.
    pub rows: Vec<u32>,
    /// Rows with numbers alone, within the bounds or beyond.
    asked: usize,
    /// Whether some rows lie just beyond the bounds.
    are_near: bool,
}

impl Numbers {
    fn read(run: &Arc<Run>, rows: &[Row], reader: &Reader) -> Self {
        let columns = run.inputs.iter().map(|_| Vec::with_capacity(rows.len())).collect();
        let places = Vec::with_capacity(rows.len());
        let mut numbers = Self { run: Arc::clone(run), columns, rows: places, asked: 0, are_near: false };
        for (number, row) in rows.iter().enumerate() {
            if reader.numbers(row, &run.scales, &mut numbers.columns).is_some() || numbers.add_plain(reader.plain(row))
            {
                numbers.rows.push(number as u32);
                continue;
            }
            let kept = numbers.rows.len();
            numbers.columns.iter_mut().for_each(|column| column.truncate(kept));
        }
        numbers.asked += numbers.rows.len();
        numbers
    }

    /// Adds the numbers of a row that is written another way, if they are within the bounds.
    fn add_plain(&mut self, row: Option<Vec<Plain>>) -> bool {
        let kept = self.rows.len();
        self.columns.iter_mut().for_each(|column| column.truncate(kept));
        let Some(row) = row else { return false };
        let inputs = &self.run.inputs;
        let mut numbers = self.columns.iter_mut().zip(inputs).zip(&row);
        let fits = numbers.all(|((to, input), number)| match number.numerator(input.digits) {
            Some(numerator) if (input.min..=input.max).contains(&i128::from(numerator)) => {
                to.push(numerator as f64);
                true
            }
            _ => false,
        });
        if !fits {
            self.asked += 1;
            self.are_near |= row.iter().zip(inputs).all(|(number, input)| is_near(*number, *input));
        }
        fits
    }

    fn are_most(&self) -> bool {
        (self.asked - self.rows.len()) * MANY <= self.asked
    }

    /// Whether wider bounds would take in more rows.
    fn want_more(&self) -> bool {
        self.are_near || !self.are_most()
    }

    /// The numbers of the row of a place, by column.
    pub fn row(&self, place: usize) -> impl Iterator<Item = Decimal> {
        (0..self.columns.len()).map(move |column| self.number(column, place).decimal())
    }

    /// Keeps the places that pass.
    pub fn keep(&mut self, mut passes: impl FnMut(&Self, usize) -> bool) {
        let kept: Vec<bool> = (0..self.rows.len()).map(|place| passes(self, place)).collect();
        let mut all = kept.iter();
        self.rows.retain(|_| all.next().is_some_and(|kept| *kept));
        for column in &mut self.columns {
            let mut all = kept.iter();
            column.retain(|_| all.next().is_some_and(|kept| *kept));
        }
    }

    /// Runs them; gives figures by alternative. `scenario` is that of a place.
    pub fn run(&self, scenario: impl Fn(usize) -> Scenario) -> Vec<Results> {
        let trace = |row: usize, groups: &[usize]| traced::outputs(&scenario(row), groups, &self.run.spec);
        self.run.programs.run(&self.columns, self.rows.len(), &trace)
    }
}

impl Rows for Numbers {
    fn count(&self) -> usize {
        self.rows.len()
    }

    fn number(&self, column: usize, place: usize) -> Plain {
        Plain { mantissa: self.columns[column][place] as i64, digits: self.run.inputs[column].digits }
    }
}
