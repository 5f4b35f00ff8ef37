//! What rows come to.

use std::sync::Arc;

use super::evaluator::Told;
use super::frames::FrameTable;
use crate::compare::{Compared, Comparison, TIE};
use crate::coverage::{Attendance, Outline, expected};
use crate::diagnostic::Diagnostic;
use crate::money::{Currency, Money};
use crate::plan::{Kind, Plan};
use crate::scenario::{PricingModel, Scenario};

/// Some rows evaluated, in their order.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    tables: Vec<Arc<FrameTable>>,
    rows: Vec<Result<Row, Reject>>,
    /// Of each row that lanes have done and each of its alternatives, in minor units.
    of_lanes: Vec<f64>,
    /// The same of each row that was done alone.
    totals: Vec<i128>,
    /// Of each row, those that are told.
    details: Vec<Details>,
    told: Told,
}

/// What does not hang on money and work, which rows have in common: the alternatives, who covers
/// how much, and the targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    alternatives: Arc<[Named]>,
    baseline: usize,
    /// By alternative.
    coverage: Vec<Option<f64>>,
    /// By alternative: whether it covers anything, and whether it reaches the target.
    covers: Vec<Cover>,
    work_target: f64,
    is_settled_by_totals: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Named {
    id: Arc<str>,
    kind: Kind,
    pricing_model: Option<PricingModel>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Cover {
    is_some: bool,
    is_enough: bool,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    table: u32,
    /// The place of its frame in the table.
    frame: u32,
    totals: Place,
    /// The place of the first of its details.
    first_detail: u32,
    cheapest: u32,
    recommended: Option<u32>,
}

/// Where the first total of a row stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Among those of lanes.
    Lanes(u32),
    /// Among those of rows done alone.
    Alone(u32),
}

/// What is told of an alternative beside its total.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Details {
    /// The first year, signature included.
    pub first_year: Money,
    /// The present value of the term.
    pub present_value: Money,
    /// A user and month; none without users.
    pub per_user_month: Option<Money>,
    /// Share of the work done, steady state; none without work.
    pub work_done: Option<f64>,
    /// The month from which on the cumulative saving stays at or above zero.
    pub payback_month: Option<u32>,
}

/// A client: its alternatives, and which is best.
#[derive(Clone, Copy, Debug)]
pub struct Client<'b> {
    frame: &'b Frame,
    totals: Totals<'b>,
    details: &'b [Details],
    /// The cheapest useful one, by index.
    pub cheapest: usize,
    /// The cheapest that reaches both targets, by index.
    pub recommended: Option<usize>,
}

/// The totals of a client by alternative, in minor units.
#[derive(Clone, Copy, Debug)]
enum Totals<'b> {
    /// Whole numbers as lanes have them.
    Lanes(&'b [f64]),
    /// Any other.
    Alone(&'b [i128]),
}

impl Totals<'_> {
    fn of(self, alternative: usize) -> i128 {
        match self {
            Self::Lanes(totals) => i128::from(totals[alternative] as i64),
            Self::Alone(totals) => totals[alternative],
        }
    }
}

/// Why a row is no client.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject(pub String);

impl Batch {
    /// No rows so far, of which so much is told.
    pub fn new(told: Told) -> Self {
        Self { told, ..Self::default() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row.
    ///
    /// # Errors
    /// It is no client.
    pub fn client(&self, row: usize) -> Result<Client<'_>, &Reject> {
        let row = self.rows[row].as_ref()?;
        let frame = self.tables[row.table as usize].frame(row.frame);
        let of = frame.alternatives.len();
        let first_detail = row.first_detail as usize;
        let totals = match row.totals {
            Place::Lanes(first) => Totals::Lanes(&self.of_lanes[first as usize..][..of]),
            Place::Alone(first) => Totals::Alone(&self.totals[first as usize..][..of]),
        };
        let told = match self.told {
            Told::Everything => of,
            Told::Best => 1,
            Told::Totals => 0,
        };
        Ok(Client {
            frame,
            totals,
            details: &self.details[first_detail..first_detail + told],
            cheapest: row.cheapest as usize,
            recommended: row.recommended.map(|index| index as usize),
        })
    }

    /// How many of the rows were run over lanes.
    pub fn over_lanes(&self) -> usize {
        let is_over_lanes = |row: &&Result<Row, Reject>| matches!(row, Ok(Row { totals: Place::Lanes(_), .. }));
        self.rows.iter().filter(is_over_lanes).count()
    }

    /// Adds a row that is no client.
    pub fn reject(&mut self, reject: Reject) {
        self.rows.push(Err(reject));
    }

    /// Adds a row that lanes have done: the totals of its alternatives in minor units, and the share of
    /// the work that each gets done, `work_done` by index; none where nobody asked for more than totals
    /// and no target hangs on it. `details` are those of an alternative, by index; only what is told is
    /// asked for.
    #[inline]
    pub fn add(
        &mut self,
        frame: (&Arc<FrameTable>, u32),
        totals: impl Iterator<Item = f64>,
        work_done: impl Fn(usize) -> Option<f64>,
        details: impl Fn(usize) -> Details,
    ) {
        let first = self.of_lanes.len();
        self.of_lanes.extend(totals);
        let best = frame.0.frame(frame.1).choose(&self.of_lanes[first..], work_done);
        self.push(frame, Place::Lanes(first as u32), best, details);
    }

    fn push(
        &mut self,
        (table, frame): (&Arc<FrameTable>, u32),
        totals: Place,
        (cheapest, recommended): (usize, Option<usize>),
        details: impl Fn(usize) -> Details,
    ) {
        let first_detail = self.details.len() as u32;
        match self.told {
            Told::Everything => self.details.extend((0..table.frame(frame).coverage.len()).map(details)),
            Told::Best => self.details.push(details(recommended.unwrap_or(cheapest))),
            Told::Totals => {}
        }
        let table = self.table(table);
        let (cheapest, recommended) = (cheapest as u32, recommended.map(|index| index as u32));
        self.rows.push(Ok(Row { table, frame, totals, first_detail, cheapest, recommended }));
    }

    /// Adds what a comparison says.
    pub fn compared(&mut self, comparison: &Comparison) {
        let table = Arc::new(FrameTable::alone(Frame::compared(comparison)));
        let of = &comparison.alternatives;
        let details = |index: usize| Details {
            first_year: of[index].sums.years.first().copied().unwrap_or_default(),
            present_value: of[index].present_value,
            per_user_month: of[index].per_user_month,
            work_done: of[index].work.share,
            payback_month: of[index].payback_month,
        };
        let first = self.totals.len();
        self.totals.extend(of.iter().map(|of| minor_units(of.sums.total, comparison.scenario.currency)));
        let best = table.frame(0).choose(&self.totals[first..], |index| of[index].work.share);
        self.push((&table, 0), Place::Alone(first as u32), best, details);
    }

    /// The place of a table: most rows have that of the row before.
    fn table(&mut self, table: &Arc<FrameTable>) -> u32 {
        if self.tables.last().is_none_or(|last| !Arc::ptr_eq(last, table)) {
            self.tables.push(Arc::clone(table));
        }
        self.tables.len() as u32 - 1
    }
}

impl Frame {
    /// Works out the frame of a scenario whose alternatives have these ids.
    pub fn of(scenario: &Scenario, ids: &[Arc<str>]) -> Self {
        Self::within(&Outline::all(scenario), scenario, ids)
    }

    /// The same within outlines that are known, by alternative.
    pub fn within(outlines: &[Outline], scenario: &Scenario, ids: &[Arc<str>]) -> Self {
        let attendance = Attendance::new(scenario);
        let framed = |((alternative, id), outline): ((_, &Arc<str>), &Outline)| {
            let plan = Plan::new(scenario, alternative);
            let named = Named { id: Arc::clone(id), kind: plan.kind(), pricing_model: plan.pricing_model() };
            (named, expected(&plan, &attendance, outline))
        };
        Self::new(scenario, scenario.alternatives.iter().zip(ids).zip(outlines).map(framed))
    }

    fn compared(comparison: &Comparison) -> Self {
        let framed = |of: &Compared| {
            let named = Named { id: of.id().into(), kind: of.kind, pricing_model: of.pricing_model };
            (named, of.evaluation.coverage.expected)
        };
        Self::new(comparison.scenario, comparison.alternatives.iter().map(framed))
    }

    fn new(scenario: &Scenario, alternatives: impl Iterator<Item = (Named, Option<f64>)>) -> Self {
        let (alternatives, coverage): (Vec<Named>, Vec<Option<f64>>) = alternatives.unzip();
        let target = scenario.f64(scenario.coverage_target) - TIE;
        let cover = |share: &Option<f64>| Cover {
            is_some: share.is_some_and(|share| share > 0.0),
            is_enough: share.is_none_or(|share| share >= target),
        };
        let covers: Vec<Cover> = coverage.iter().map(cover).collect();
        let work_target = scenario.f64(scenario.work_target);
        Self {
            baseline: alternatives.iter().position(|of| *of.id == scenario.baseline).unwrap_or(0),
            is_settled_by_totals: work_target <= 0.0 && covers.iter().all(|cover| cover.is_some),
            alternatives: alternatives.into(),
            coverage,
            covers,
            work_target,
        }
    }

    /// Holds its alternatives in common with another frame, if they are the same.
    pub fn share(&mut self, with: &Self) {
        if self.alternatives == with.alternatives {
            self.alternatives = Arc::clone(&with.alternatives);
        }
    }

    /// The baseline, by index.
    pub fn baseline(&self) -> usize {
        self.baseline
    }

    /// The share of the work that is to be done.
    pub fn work_target(&self) -> f64 {
        self.work_target
    }

    /// Whether money alone says which alternative is best.
    pub fn is_settled_by_totals(&self) -> bool {
        self.is_settled_by_totals
    }

    /// The cheapest useful alternative, and the cheapest that reaches both targets.
    #[inline]
    fn choose<T: PartialOrd + Copy + Default>(
        &self,
        totals: &[T],
        work_done: impl Fn(usize) -> Option<f64>,
    ) -> (usize, Option<usize>) {
        let (mut useful, mut enough) = (Lowest::default(), Lowest::default());
        for (index, (&total, cover)) in totals.iter().zip(&self.covers).enumerate() {
            let is_useful = cover.is_some || work_done(index).is_some_and(|share| share > 0.0);
            useful.take(index, total, is_useful);
            let reaches = |share: f64| share >= self.work_target - TIE;
            let does_enough = self.work_target <= 0.0 || work_done(index).is_none_or(reaches);
            enough.take(index, total, cover.is_enough & does_enough);
        }
        if !useful.is_any {
            totals.iter().enumerate().for_each(|(index, &total)| useful.take(index, total, true));
        }
        (useful.index, enough.is_any.then_some(enough.index))
    }
}

/// The lowest total so far, the first at a tie.
#[derive(Clone, Copy, Default)]
struct Lowest<T> {
    is_any: bool,
    index: usize,
    total: T,
}

impl<T: PartialOrd + Copy> Lowest<T> {
    /// Nobody can foretell which is lower, so that this is written without a branch.
    #[inline]
    fn take(&mut self, index: usize, total: T, is_wanted: bool) {
        let is_lower = is_wanted & (!self.is_any | (total < self.total));
        self.is_any |= is_wanted;
        self.index = if is_lower { index } else { self.index };
        self.total = if is_lower { total } else { self.total };
    }
}

/// Whether a share of work is so near to what decides that its last digit matters.
#[inline]
pub fn is_near_a_target(share: f64, work_target: f64) -> bool {
    const NEAR: f64 = 1e-12;
    ((share - (work_target - TIE)).abs() < NEAR) | ((share != 0.0) & (share.abs() < NEAR))
}

impl PartialEq for Client<'_> {
    fn eq(&self, other: &Self) -> bool {
        let best = |of: &Self| (of.cheapest, of.recommended);
        self.frame == other.frame
            && (0..self.len()).all(|index| self.total(index) == other.total(index))
            && self.details == other.details
            && best(self) == best(other)
    }
}

impl<'b> Client<'b> {
    /// How many alternatives there are.
    pub fn len(&self) -> usize {
        self.frame.alternatives.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.frame.alternatives.is_empty()
    }

    /// The baseline, by index.
    pub fn baseline(&self) -> usize {
        self.frame.baseline
    }

    /// The id of an alternative.
    pub fn id(&self, index: usize) -> &'b Arc<str> {
        &self.frame.alternatives[index].id
    }

    /// Whether it has the very alternatives of another client, in their order.
    pub fn has_alternatives_of(&self, other: &Client) -> bool {
        Arc::ptr_eq(&self.frame.alternatives, &other.frame.alternatives)
    }

    /// Its kind.
    pub fn kind(&self, index: usize) -> Kind {
        self.frame.alternatives[index].kind
    }

    /// Its pricing model, if it has offers.
    pub fn pricing_model(&self, index: usize) -> Option<PricingModel> {
        self.frame.alternatives[index].pricing_model
    }

    /// Its expected coverage, steady state.
    pub fn coverage(&self, index: usize) -> Option<f64> {
        self.frame.coverage[index]
    }

    /// Its term total, in minor units.
    pub fn total(&self, index: usize) -> i128 {
        self.totals.of(index)
    }

    /// The baseline's total less its own, in minor units.
    pub fn saving(&self, index: usize) -> i128 {
        self.total(self.frame.baseline) - self.total(index)
    }

    /// Whether an alternative of it is the same as that of another client, whatever it costs.
    pub fn is_same(&self, index: usize, other: &Client) -> bool {
        if self.has_alternatives_of(other) {
            return self.frame.baseline == other.frame.baseline;
        }
        let (Some(own), Some(of)) = (self.frame.alternatives.get(index), other.frame.alternatives.get(index)) else {
            return false;
        };
        let is_baseline = |client: &Client| client.baseline() == index;
        let is_alike = own.kind == of.kind && own.pricing_model == of.pricing_model && is_same_text(&own.id, &of.id);
        is_alike && is_baseline(self) == is_baseline(other)
    }

    /// What is told of it beside; nothing where that was not asked for.
    pub fn details(&self, index: usize) -> Details {
        match self.details {
            [best] if index == self.best() => *best,
            all if all.len() == self.len() => all[index],
            _ => Details::default(),
        }
    }

    /// The alternative to name: the recommended one, else the cheapest useful one.
    pub fn best(&self) -> usize {
        self.recommended.unwrap_or(self.cheapest)
    }
}

fn is_same_text(a: &Arc<str>, b: &Arc<str>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

/// An amount in minor units. Amounts of a ledger are whole ones.
pub fn minor_units(amount: Money, currency: Currency) -> i128 {
    let mut amount = amount.0;
    amount.rescale(currency.digits);
    amount.mantissa()
}

impl From<&Diagnostic> for Reject {
    /// The finding in one line, with the path it is about.
    fn from(diagnostic: &Diagnostic) -> Self {
        let mut reason = diagnostic.message.clone();
        if let Some(path) = &diagnostic.path
            && !reason.contains(path.as_str())
        {
            reason = format!("`{path}`: {reason}");
        }
        if !diagnostic.label.is_empty() {
            reason = format!("{reason} ({})", diagnostic.label);
        }
        Self(reason)
    }
}
