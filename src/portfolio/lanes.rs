//! Rows over lanes: many at once, to the cent.
//!
//! A program ([`crate::lanes`]) holds for inputs within bounds and with so many decimals. The first
//! rows say which; when many rows lie beyond, wider bounds are taken, a few times. Rows that lanes
//! cannot take are left to decimals.

use std::sync::{Arc, RwLock};

use crate::lanes::{Column as Figures, LaneInput, Runner, Wants};
use crate::load::Plain;
use crate::scenario::{Input, Scenario};

/// What runs the rows of a form over lanes.
#[derive(Default)]
pub struct Lanes(RwLock<Made>);

#[derive(Default)]
struct Made {
    run: Option<Arc<Run>>,
    times: usize,
}

/// Programs for inputs within bounds.
pub struct Run {
    inputs: Vec<LaneInput>,
    /// Which number of a row each is.
    columns: Vec<usize>,
    runner: Runner,
}

/// The numbers of some rows.
pub struct Table {
    /// Row after row.
    pub numbers: Vec<Plain>,
    /// Numbers in a row.
    pub width: usize,
}

/// What is run: inputs with the decimals they usually have, and what is wanted of how many
/// alternatives.
pub struct Task<'t> {
    /// The input of each number of a row; none is not in the scenario.
    pub inputs: &'t [Option<Input>],
    /// The decimals it usually has.
    pub digits: &'t [u32],
    /// What is wanted.
    pub wants: &'t Wants,
    /// Of how many alternatives.
    pub alternatives: usize,
}

/// What rows came to over lanes.
pub struct Ran {
    /// By alternative.
    pub figures: Vec<Figures>,
    /// The place of each row among the figures; none where lanes could not take it.
    pub places: Vec<Option<u32>>,
}

/// Bounds are widened so often; then rows beyond them are left to decimals.
const MOST_TIMES: usize = 8;

/// Ways that get a program for each alternative.
const MOST_WAYS: usize = 32;

/// Of rows beyond the bounds, those are reckoned with that lie not so many times further out, unless
/// one row of so many lies there.
const FAR: i128 = 1_000;
const MANY: usize = 16;

impl Table {
    /// The numbers of a row.
    pub fn row(&self, row: usize) -> &[Plain] {
        &self.numbers[row * self.width..(row + 1) * self.width]
    }

    fn rows(&self) -> std::slice::ChunksExact<'_, Plain> {
        self.numbers.chunks_exact(self.width.max(1))
    }
}

impl Lanes {
    /// Runs rows; `scenario` gives that of one. None where lanes can take none of them.
    pub fn run(&self, table: &Table, task: &Task, scenario: impl Fn(usize) -> Scenario) -> Option<Ran> {
        let first = self.0.read().ok()?.run.clone();
        let (run, numerators) = match first.map(|run| (Arc::clone(&run), run.numerators(table))) {
            Some((run, numerators)) if !numerators.want_more() || self.is_settled() => (run, numerators),
            _ => {
                let run = self.widen(table, task)?;
                let numerators = run.numerators(table);
                (run, numerators)
            }
        };
        let count = numerators.rows.len();
        let mut figures = run.runner.run(&numerators.columns, count, |place| scenario(numerators.rows[place]));
        let mut places = vec![None; numerators.asked];
        numerators.rows.iter().enumerate().for_each(|(place, &row)| places[row] = Some(place as u32));
        for left in figures.iter_mut().flat_map(|figures| std::mem::take(&mut figures.left)) {
            places[numerators.rows[left]] = None;
        }
        Some(Ran { figures, places })
    }

    fn is_settled(&self) -> bool {
        self.0.read().is_ok_and(|made| made.times >= MOST_TIMES)
    }

    /// Programs whose bounds hold these rows and those before.
    fn widen(&self, table: &Table, task: &Task) -> Option<Arc<Run>> {
        let mut made = self.0.write().ok()?;
        if let Some(run) = &made.run
            && (made.times >= MOST_TIMES || !run.numerators(table).want_more())
        {
            return Some(Arc::clone(run));
        }
        let is_few = made.run.as_ref().is_some_and(|run| run.numerators(table).are_most());
        let before = |place: usize| made.run.as_ref().map(|run| run.inputs[place]);
        let present = task.inputs.iter().zip(task.digits).enumerate();
        let present = present.filter_map(|(column, (input, digits))| Some((column, (*input)?, *digits)));
        let bounds = present.enumerate().map(|(place, (column, input, digits))| {
            let numbers = table.rows().map(|row| row[column]);
            match before(place).filter(|_| is_few) {
                Some(before) => {
                    bounds(input, digits, numbers.filter(move |number| is_near(*number, before)), Some(before))
                }
                None => bounds(input, digits, numbers, before(place)),
            }
        });
        let inputs: Vec<LaneInput> = bounds.collect::<Option<_>>()?;
        let runner = Runner::new((0..task.alternatives).collect(), inputs.clone(), task.wants.clone(), MOST_WAYS);
        made.times += 1;
        made.run = Some(Arc::new(Run { inputs, runner, columns: task.columns() }));
        made.run.clone()
    }
}

impl Task<'_> {
    /// The numbers of a row that are in the scenario.
    fn columns(&self) -> Vec<usize> {
        (0..self.inputs.len()).filter(|&column| self.inputs[column].is_some()).collect()
    }
}

/// Whether a number lies within bounds or not far beyond them.
fn is_near(number: Plain, input: LaneInput) -> bool {
    const FINER: u32 = 4;
    let far = input.least.abs().max(input.most.abs()).saturating_mul(FAR).max(FAR);
    let digits = input.digits.max(number.digits);
    let scaled = |value: i128, digits: u32| 10_i128.checked_pow(digits).and_then(|unit| value.checked_mul(unit));
    let own = number.numerator(digits).map(|number| i128::from(number).abs());
    let most = scaled(far, digits - input.digits);
    number.digits <= input.digits + FINER && own.zip(most).is_some_and(|(own, most)| own <= most)
}

/// Twice as far as the numbers of a column go, and at least as far as the bounds before.
fn bounds(
    input: Input,
    usual: u32,
    numbers: impl Iterator<Item = Plain> + Clone,
    before: Option<LaneInput>,
) -> Option<LaneInput> {
    let digits = numbers.clone().map(|number| number.digits).max()?.max(usual).max(before.map_or(0, |of| of.digits));
    let whole = |number: Plain| number.numerator(digits).map(i128::from);
    let all = numbers.map(whole).collect::<Option<Vec<i128>>>()?;
    let (least, most) = (*all.iter().min()?, *all.iter().max()?);
    // What is above zero stays so: whether something is nothing decides much.
    let least = if least > 0 { (least / 2).max(1) } else { least * 2 };
    let most = if most < 0 { (most / 2).min(-1) } else { most * 2 };
    let Some(before) = before else { return Some(LaneInput { input, digits, least, most }) };
    let scale = 10_i128.checked_pow(digits - before.digits)?;
    let (least, most) = (least.min(before.least.checked_mul(scale)?), most.max(before.most.checked_mul(scale)?));
    Some(LaneInput { input, digits, least, most })
}

/// Rows as whole numbers of the inputs' units.
struct Numerators {
    /// By input, then by place.
    columns: Vec<Vec<f64>>,
    /// The row of each place; rows that lie beyond the bounds have none.
    rows: Vec<usize>,
    asked: usize,
    /// Whether some rows lie just beyond the bounds.
    are_near: bool,
}

impl Numerators {
    fn are_most(&self) -> bool {
        (self.asked - self.rows.len()) * MANY <= self.asked
    }

    /// Whether wider bounds would take in more rows.
    fn want_more(&self) -> bool {
        self.are_near || !self.are_most()
    }
}

impl Run {
    fn numerators(&self, table: &Table) -> Numerators {
        let asked = table.rows().count();
        let mut numerators = Numerators {
            columns: vec![Vec::with_capacity(asked); self.inputs.len()],
            rows: Vec::new(),
            asked,
            are_near: false,
        };
        for (number, row) in table.rows().enumerate() {
            let mut columns = numerators.columns.iter_mut().zip(&self.columns).zip(&self.inputs);
            let fits = columns.all(|((to, &column), input)| match row[column].numerator(input.digits) {
                Some(numerator) if (input.least..=input.most).contains(&i128::from(numerator)) => {
                    to.push(numerator as f64);
                    true
                }
                _ => false,
            });
            if fits {
                numerators.rows.push(number);
            } else {
                let mut numbers = self.columns.iter().zip(&self.inputs);
                numerators.are_near |= numbers.all(|(&column, input)| is_near(row[column], *input));
                let kept = numerators.rows.len();
                numerators.columns.iter_mut().for_each(|column| column.truncate(kept));
            }
        }
        numerators
    }
}
