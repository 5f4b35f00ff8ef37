//! What is varied: a path, and the values it takes.

use rust_decimal::Decimal;

use super::{Grid, VaryError};
use comanage_format::load::{self, Document, Located};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Currency;
use comanage_model::scenario::{Kind, Scenario};

/// A path and its values.
#[derive(Clone, Debug)]
pub struct Axis {
    /// The path, in its one spelling.
    pub path: String,
    /// The kind of number.
    pub kind: Kind,
    /// The values that are tried.
    pub grid: Grid,
    /// What the file has there, if it is one number or a range.
    pub today: Option<Decimal>,
    /// The decimals that values are shown with.
    pub digits: u32,
    /// The step between values, if one was asked for.
    pub step: Option<Decimal>,
    /// The last value that was asked for; steps may not meet it.
    pub to: Decimal,
}

/// What was asked for, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The path of the number, as it was typed.
    pub path: &'a str,
    /// The lowest value.
    pub from: &'a str,
    /// The highest value, as it was typed.
    pub to: &'a str,
    /// How far apart the values are.
    pub spacing: Spacing<'a>,
}

/// How far apart values are.
#[derive(Clone, Copy, Debug)]
pub enum Spacing<'a> {
    /// A unit of the last digit.
    Unit,
    /// A step, as it was typed.
    Step(&'a str),
}

/// More values than this are not tried one by one.
const MAX_VALUES: u64 = 1_000_000;

impl Axis {
    /// The axis that was asked for.
    ///
    /// # Errors
    /// A path that is not there or no number, ends that are not written as values of it, that are
    /// in the wrong order, or between which there are too few values or too many.
    pub fn new(document: &Document, base: &Scenario, asked: &Request) -> Result<Self, VaryError> {
        let Located { path, kind } = document.locate(asked.path).map_err(|diagnostic| VaryError::asked(*diagnostic))?;
        let kind = kind.ok_or_else(|| no_number(&path))?;
        let number = |flag: &str, text: &str| {
            let read = load::number(text, &path, kind, base.currency);
            read.map_err(|diagnostic| VaryError::flag(*diagnostic, flag, text))
        };
        let (from_flag, to_flag) = match asked.spacing {
            Spacing::Unit => ("--from", "--to"),
            Spacing::Step(_) => ("the first value of --vary", "the last value of --vary"),
        };
        let (from, to) = (number(from_flag, asked.from)?, number(to_flag, asked.to)?);
        let show = |value| kind.write(value);
        if from > to {
            let message = format!("`{path}` cannot go from {} down to {}", show(from), show(to));
            let hint = format!("name the lower value first: from {} to {}", show(to), show(from));
            return refuse(Diagnostic::error("range-reversed", message).hint(hint));
        }
        let own = [from, to].map(|value| value.normalize().scale());
        let (grid, digits, step) = match asked.spacing {
            Spacing::Unit => {
                let digits = own.into_iter().fold(kind.digits(base.currency), u32::max);
                (Grid::every(from, to, digits), digits, None)
            }
            Spacing::Step(text) => {
                let step = number("the step of --vary", text)?;
                if step <= Decimal::ZERO {
                    let message = format!("a step of {} does not advance", show(step));
                    let hint = "write a step above zero, such as 60..160:10";
                    return refuse(Diagnostic::error("bad-step", message).hint(hint));
                }
                let digits = own.into_iter().fold(step.normalize().scale(), u32::max);
                (Grid::stepped(from, to, step), digits, Some(step))
            }
        };
        let Some(grid) = grid else {
            let message = format!("the values from {} to {} have more digits than supported", show(from), show(to));
            return refuse(Diagnostic::error("too-many-digits", message).hint("use fewer decimal places"));
        };
        check_number(&path, kind, &grid, asked.spacing)?;
        let today = today(base, &path);
        Ok(Self { path, kind, grid, today, digits, step, to })
    }

    /// The values to review first, by number: whole numbers one by one, others as [`Grid::points`]
    /// has them.
    pub fn points(&self) -> Vec<u64> {
        if is_whole(self.kind) { (0..self.grid.len()).collect() } else { self.grid.points() }
    }

    /// The value of a number, as data: money to the minor unit or finer, the rest as short as it is,
    /// shares as fractions of 1.
    pub fn to_data(&self, index: u64, currency: Currency) -> String {
        let mut value = self.grid.value(index).normalize();
        if self.kind == Kind::Money && value.scale() < currency.digits {
            value.rescale(currency.digits);
        }
        value.to_string()
    }

    /// The value of a number, as one would write it in a scenario.
    pub fn write(&self, index: u64) -> String {
        self.kind.write(self.grid.value(index))
    }
}

fn check_number(path: &str, kind: Kind, grid: &Grid, spacing: Spacing) -> Result<(), VaryError> {
    if grid.len() < 2 {
        let only = kind.write(grid.value(0));
        let message = format!("`{path}` would take only one value, {only}");
        let hint = "write two different values, and a step that fits between them";
        return refuse(Diagnostic::error("too-few-values", message).hint(hint));
    }
    // Of numbers that are not whole only some are looked at, however many there are.
    if is_whole(kind) && matches!(spacing, Spacing::Unit) && grid.len() > MAX_VALUES {
        let many = comanage_model::money::group_thousands(&grid.len().to_string());
        let message = format!("`{path}` would take {many} values; at most 1,000,000 are tried");
        let hint = "use a narrower range";
        return refuse(Diagnostic::error("too-many-values", message).hint(hint));
    }
    Ok(())
}

/// Whether values of a kind are whole, so that no two are nearer than one.
fn is_whole(kind: Kind) -> bool {
    matches!(kind, Kind::Count | Kind::Months)
}

/// What the file has at a path, if it is one number.
fn today(base: &Scenario, path: &str) -> Option<Decimal> {
    if path == "term_months" {
        return Some(base.term_months.into());
    }
    base.inputs.iter().find(|(_, _, about)| about.path == path).map(|(_, value, _)| value)
}

fn no_number(path: &str) -> VaryError {
    let message = format!("`{path}` is not a number, so it cannot be varied");
    let hint = "name an amount, a share, a number or a count, such as organization.users";
    VaryError::asked(Diagnostic::error("path-not-a-number", message).path(path).hint(hint))
}

fn refuse<T>(diagnostic: Diagnostic) -> Result<T, VaryError> {
    Err(VaryError::asked(diagnostic))
}
