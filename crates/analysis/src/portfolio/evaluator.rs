//! Rows evaluated.
//!
//! The first row of a form is read as a file is; the next ones of that form, which say other numbers
//! in the same columns, are set in what was read and held to the rules between numbers; where no
//! rule looks at them they are run over lanes, many at once. A row that says anything else (a text,
//! hours, a range) is read anew. All give the same figures.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::batch::{Batch, Fault, Reject, Slips};
use super::client::Details;
use super::compiled_base::CompiledBase;
use super::lanes::{Numbers, Task};
use super::rows::Reader;
use crate::compare::budget::Limits;
use crate::compare::{self, discount_factors, in_minor_units, payback, work_share};
use crate::frames::{Frame, FrameTable, Rows, is_near_a_target};
use comanage_expr::number::{Exact, Number};
use comanage_expr::tape::{OutputSpec, Results};
use comanage_format::load::clients::Row;
use comanage_format::load::{Cell, Column, Document};
use comanage_model::money::{Currency, Money};
use comanage_model::month::contract_year;
use comanage_model::scenario::{Input, Scenario};

/// What evaluates rows.
pub struct Evaluator {
    document: Document,
    reader: Reader,
    /// The decimals that its numbers usually have.
    digits: Vec<u32>,
    ids: Vec<Arc<str>>,
    told: Detail,
    spec: OutputSpec,
    /// Which column is the discount rate.
    discount_rate: Option<usize>,
    /// The columns whose numbers can be likely slips, where rows tell of them.
    slipping: Vec<usize>,
    discounts: Vec<f64>,
    forms: RwLock<HashMap<ColumnMask, Option<Arc<CompiledBase>>>>,
}

/// What is reported of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Everything.
    #[default]
    Everything,
    /// Everything of the alternative to name, and the totals of the others.
    Best,
    /// Totals, and which alternative is best.
    Totals,
}

/// Which columns a row must say although the base leaves them out.
type ColumnMask = Vec<bool>;

/// More forms than this are not kept; rows of others are read one by one.
const MAX_FORMS: usize = 256;

impl Evaluator {
    /// What evaluates rows over a base. `scenario` is what the base says as it is.
    pub fn new(document: &Document, scenario: &Scenario, columns: Vec<Column>, told: Detail) -> Self {
        let base = |column: &Column| {
            let mut inputs = scenario.inputs.iter().filter(|(_, _, about)| about.path == column.path);
            let (_, value, _) = inputs.next()?;
            inputs.next().is_none().then_some(value)
        };
        let base = columns.iter().map(base).collect();
        let is_told = told != Detail::Totals;
        let ids: Vec<Arc<str>> =
            scenario.alternatives.iter().map(|alternative| alternative.id.as_str().into()).collect();
        let frame = Frame::of(scenario, &ids);
        let work = is_told || !frame.is_settled_by_totals();
        let is_by_month = frame.budget().is_some_and(Limits::is_by_month)
            || columns.iter().any(|column| column.path.starts_with("budget."));
        let months = if is_told || is_by_month { scenario.term_months as usize + 1 } else { 0 };
        Self {
            document: document.without_simulation(),
            digits: columns.iter().map(|column| column.usual_digits(scenario.currency)).collect(),
            slipping: (0..columns.len()).filter(|&column| is_told && columns[column].may_slip()).collect(),
            discount_rate: columns.iter().position(|column| column.path == "discount_rate"),
            reader: Reader::new(columns, base, scenario.currency),
            ids,
            told,
            spec: OutputSpec {
                digits: scenario.currency.digits,
                periods: months,
                exact_ratios: is_told,
                ratios: work && !is_told,
                counts: is_told,
                parts: frame.may_be_open(),
                magnitudes: false,
                discounts: None,
            },
            discounts: discount_factors(scenario.f64(scenario.discount_rate), scenario.term_months),
            forms: RwLock::default(),
        }
    }

    /// The currency of every client.
    pub fn currency(&self) -> Currency {
        self.reader.currency
    }

    /// The ids of the alternatives of the base.
    pub fn ids(&self) -> &[Arc<str>] {
        &self.ids
    }

    /// Evaluates rows; what comes back is in their order.
    pub fn block(&self, rows: &[Row]) -> Batch {
        let mut batch = Batch::new(self.told);
        let mut group = self.group(rows);
        let mut scratch = None;
        for (number, row) in rows.iter().enumerate() {
            let place = group.as_mut().and_then(|group| group.place(number));
            let is_done = place.zip(group.as_ref()).is_some_and(|(place, group)| self.take(group, place, &mut batch));
            if !is_done && let Err(reject) = self.row(row, &mut scratch, &mut batch) {
                batch.reject(reject);
            }
            if !self.slipping.is_empty() {
                batch.warn(self.slips(row));
            }
        }
        batch
    }

    /// The likely slips among the numbers of a row.
    fn slips(&self, row: &Row) -> Slips {
        let Ok(cells) = self.reader.cells(row) else { return Slips::default() };
        let slip = |&column: &usize| self.reader.columns[column].slip(cells[column], self.currency());
        self.slipping.iter().filter_map(slip).fold(Slips::default(), Slips::with)
    }

    /// The rows of one form that say plain numbers, run over lanes.
    fn group(&self, rows: &[Row]) -> Option<Group> {
        let first = rows.iter().find(|row| self.reader.plain(row).is_some())?;
        let values = self.reader.values(&self.reader.cells(first).ok()?).ok()?;
        let prepared = self.prepared(&values).ok()??;
        let inputs: Vec<Input> = prepared.inputs.iter().copied().collect::<Option<_>>()?;
        let task = Task {
            inputs: &inputs,
            digits: &self.digits,
            spec: &self.spec,
            alternatives: prepared.template.scenario.alternatives.len(),
        };
        let mut numbers = prepared.lanes.numbers(rows, &self.reader, &task)?;
        if prepared.is_checked {
            numbers.keep(prepared.keeps_rules());
        }
        let figures = numbers.run(|place| prepared.scenario(numbers.row(place)));
        let frames = prepared.frames.of(&prepared.base(), &numbers);
        Some(Group::new(numbers, figures, frames))
    }

    /// Adds the row of a place of a group, if lanes have done it.
    fn take(&self, group: &Group, place: usize, batch: &mut Batch) -> bool {
        let (table, at) = (&group.frames.0, group.frames.1[place]);
        let frame = table.frame(at);
        if !(self.spec.has_ratio() || frame.is_settled_by_totals()) {
            return false;
        }
        let figures = &group.figures;
        let totals = figures.iter().map(|of| of.totals[place]);
        let all = || -> Vec<f64> { totals.clone().collect() };
        let bought = |index: usize| figures[index].parts.get(place).copied().unwrap_or_default();
        let keeps = |index: usize| {
            let of = &figures[index];
            frame.keeps_budget(of.totals[place], of.periods.iter().map(|month| month[place]))
        };
        if self.told == Detail::Totals {
            let share = |index: usize| figures[index].ratios.get(place).copied().filter(|share| !share.is_nan());
            if frame.may_be_open() && frame.is_open(frame.choose(&all(), share, keeps), bought) {
                return false;
            }
            batch.add((table, at), totals, share, keeps, |_| Details::default());
            return true;
        }
        let of_work =
            |of: &Results| of.exact_ratios.get(place).map_or(Ok(None), |&(done, workload)| share(done, workload));
        let Ok(work) = figures.iter().map(of_work).collect::<Result<Vec<_>, _>>() else { return false };
        if frame.may_be_open() && frame.is_open(frame.choose(&all(), |index| work[index], keeps), bought) {
            return false;
        }
        let rate = self.discount_rate.map(|column| group.numbers.number(column, place).decimal());
        let discounts: Cow<[f64]> = match rate {
            None => Cow::Borrowed(&self.discounts),
            Some(rate) => Cow::Owned(discount_factors(rate.to_f64().unwrap_or(f64::NAN), self.spec.periods as u32 - 1)),
        };
        let baseline = frame.baseline.map(|baseline| &figures[baseline]);
        let details = |index: usize| {
            let of = details(&figures[index], baseline, place, work[index], &discounts, self.currency());
            Details { is_over_budget: !keeps(index), ..of }
        };
        batch.add((table, at), totals, |index| work[index], keeps, details);
        true
    }

    fn row(&self, row: &Row, scratch: &mut Scratch, batch: &mut Batch) -> Result<(), Reject> {
        let values = self.reader.values(&self.reader.cells(row)?)?;
        if values.iter().any(|cell| matches!(cell, Cell::Other(_))) {
            return self.read_anew(&values).and_then(|scenario| self.compare(&scenario, batch));
        }
        match self.prepared(&values)? {
            Some(prepared) => self.set(&prepared, &values, scratch, batch),
            None => self.read_anew(&values).and_then(|scenario| self.compare(&scenario, batch)),
        }
    }

    /// The scenario of a row, read as a file is.
    fn read_anew(&self, values: &[Cell]) -> Result<Scenario, Reject> {
        let loaded = self.laid(values)?.read();
        loaded.scenario.clone().ok_or_else(|| refused(loaded.errors()))
    }

    /// The base with the cells of a row over it.
    fn laid(&self, values: &[Cell]) -> Result<Document, Reject> {
        let mut document = self.document.clone();
        for (column, cell) in self.reader.columns.iter().zip(values) {
            let text = match cell {
                Cell::Empty => continue,
                Cell::Number(value) => column.write(*value),
                Cell::Other(text) => (*text).to_string(),
            };
            document.set(&column.path, &text).map_err(|diagnostic| Reject::from(&*diagnostic))?;
        }
        Ok(document)
    }

    /// What the rows of the form of this one are set in; none if they have to be read.
    fn prepared(&self, values: &[Cell]) -> Result<Option<Arc<CompiledBase>>, Reject> {
        let says = |(cell, base): (&Cell, &Option<Decimal>)| base.is_none() && *cell != Cell::Empty;
        let form: ColumnMask = values.iter().zip(&self.reader.base).map(says).collect();
        if let Ok(forms) = self.forms.read() {
            if let Some(prepared) = forms.get(&form) {
                return Ok(prepared.clone());
            }
            if forms.len() >= MAX_FORMS {
                return Ok(None);
            }
        }
        let template = self.laid(values)?.template().map_err(refused)?;
        let is_left_out = |number: usize| self.reader.base[number].is_none() && !form[number];
        let prepared = CompiledBase::new(template, &self.reader.columns, &self.ids, is_left_out).map(Arc::new);
        if let Ok(mut forms) = self.forms.write() {
            forms.insert(form, prepared.clone());
        }
        Ok(prepared)
    }

    /// The client of a row whose numbers are set in what was read.
    fn set(
        &self,
        prepared: &Arc<CompiledBase>,
        values: &[Cell],
        scratch: &mut Scratch,
        batch: &mut Batch,
    ) -> Result<(), Reject> {
        let is_same = |(of, _): &&mut (Arc<CompiledBase>, Scenario)| Arc::ptr_eq(of, prepared);
        if scratch.as_mut().filter(is_same).is_none() {
            *scratch = Some((Arc::clone(prepared), prepared.template.scenario.clone()));
        }
        let Some((_, scenario)) = scratch else { return Err("too large to evaluate".to_string().into()) };
        let number = |(value, base): (&Cell, &Option<Decimal>)| match value {
            Cell::Number(value) => *value,
            Cell::Empty | Cell::Other(_) => base.unwrap_or_default(),
        };
        prepared.base().set(scenario, values.iter().zip(&self.reader.base).map(number));
        prepared.template.check(&scenario.inputs).map_err(|diagnostic| Reject::from(&*diagnostic))?;
        self.compare(scenario, batch)
    }

    fn compare(&self, scenario: &Scenario, batch: &mut Batch) -> Result<(), Reject> {
        let comparison = compare::compare(scenario).map_err(|diagnostic| Reject::from(&diagnostic))?;
        batch.compared(&comparison);
        Ok(())
    }
}

/// Rows of one form that were run over lanes.
struct Group {
    numbers: Numbers,
    /// By alternative.
    figures: Vec<Results>,
    /// Whether the row of a place was left to decimals.
    is_left: Vec<bool>,
    /// A table of frames, and the place of each row's in it.
    frames: (Arc<FrameTable>, Vec<u32>),
    /// The place of the next row.
    next: usize,
}

impl Group {
    fn new(numbers: Numbers, figures: Vec<Results>, frames: (Arc<FrameTable>, Vec<u32>)) -> Self {
        let mut is_left = vec![false; numbers.rows.len()];
        figures.iter().flat_map(|figures| &figures.fallback).for_each(|&place| is_left[place] = true);
        // Where a share lies too near to a target, doubles cannot tell who reaches it.
        let target = |&at: &u32| frames.0.frame(at).work_target();
        let targets: Vec<f64> = frames.1.iter().map(target).collect();
        for shares in figures.iter().map(|of| &of.ratios) {
            for ((is_left, share), target) in is_left.iter_mut().zip(shares).zip(&targets) {
                *is_left |= is_near_a_target(*share, *target);
            }
        }
        Self { numbers, figures, is_left, frames, next: 0 }
    }

    /// The place of a row, if lanes have done it; rows are asked for in their order.
    fn place(&mut self, row: usize) -> Option<usize> {
        let place = self.next;
        if self.numbers.rows.get(place).is_none_or(|&number| number as usize != row) {
            return None;
        }
        self.next += 1;
        (!self.is_left[place]).then_some(place)
    }
}

/// What is reported of an alternative in addition to its total, from its months and those of the baseline.
fn details(
    of: &Results,
    baseline: Option<&Results>,
    place: usize,
    work_done: Option<f64>,
    discounts: &[f64],
    currency: Currency,
) -> Details {
    let minor = 10_f64.powi(currency.digits as i32);
    let in_first_year = of.periods.iter().enumerate().filter(|(month, _)| contract_year(*month as u32) == 0);
    let present_value = of.periods.iter().zip(discounts).map(|(month, discount)| month[place] / minor * discount).sum();
    // The baseline has no payback against itself.
    let payback_month = baseline.filter(|baseline| !std::ptr::eq(of, *baseline)).and_then(|baseline| {
        let mut saved = 0.0;
        payback(of.periods.iter().zip(&baseline.periods).map(|(own, base)| {
            saved += base[place] - own[place];
            saved < 0.0
        }))
    });
    let users = Exact(Decimal::from_f64(of.counts[place]));
    let total = Exact(Some(amount(of.totals[place], currency).0));
    Details {
        first_year: amount(in_first_year.map(|(_, month)| month[place]).sum(), currency),
        present_value: in_minor_units(present_value, currency),
        per_user_month: users.is_positive().then(|| (total / users).round(currency.digits).0.map(Money)).flatten(),
        work_done,
        payback_month,
        is_over_budget: false,
    }
}

/// Whole minor units as an amount.
fn amount(minor: f64, currency: Currency) -> Money {
    Money(Decimal::from_i128_with_scale(minor as i128, currency.digits))
}

/// Hours done over hours to do; an error where decimals cannot hold them.
fn share(done: i128, workload: i128) -> Result<Option<f64>, rust_decimal::Error> {
    let hours = |hours| Decimal::try_from_i128_with_scale(hours, 0).map(|hours| Exact(Some(hours)));
    Ok(work_share(hours(done)?, hours(workload)?))
}

/// A copy of a prepared scenario to set numbers in.
type Scratch = Option<(Arc<CompiledBase>, Scenario)>;

fn refused(errors: Vec<comanage_model::diagnostic::Diagnostic>) -> Reject {
    if errors.is_empty() {
        return "it is no scenario".to_string().into();
    }
    Reject(errors.iter().map(Fault::from).collect())
}
