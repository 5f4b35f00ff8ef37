//! What rows come to.

use std::sync::Arc;

use super::evaluator::Told;
use super::frames::FrameTable;
use crate::compare::{Compared, Comparison, TIE, lowest};
use crate::coverage::expected;
use crate::diagnostic::Diagnostic;
use crate::money::{Currency, Money};
use crate::plan::{Kind, Plan};
use crate::scenario::{PricingModel, Scenario};

/// Some rows evaluated, in their order.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    tables: Vec<Arc<FrameTable>>,
    rows: Vec<Result<Row, Reject>>,
    /// Of each row and alternative, in minor units.
    totals: Vec<i128>,
    /// Of each row, those that are told.
    details: Vec<Details>,
    told: Told,
    over_lanes: usize,
}

/// What does not hang on money and work, which rows have in common: the alternatives, who covers
/// how much, and the targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    alternatives: Vec<Framed>,
    baseline: usize,
    coverage_target: f64,
    work_target: f64,
}

#[derive(Clone, Debug, PartialEq)]
struct Framed {
    id: Arc<str>,
    kind: Kind,
    pricing_model: Option<PricingModel>,
    coverage: Option<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    table: u32,
    /// The place of its frame in the table.
    frame: u32,
    /// The place of its first alternative among the totals.
    first: u32,
    /// The place of the first of its details.
    first_detail: u32,
    cheapest: u32,
    recommended: Option<u32>,
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
    totals: &'b [i128],
    details: &'b [Details],
    /// The cheapest useful one, by index.
    pub cheapest: usize,
    /// The cheapest that reaches both targets, by index.
    pub recommended: Option<usize>,
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
        let (first, first_detail) = (row.first as usize, row.first_detail as usize);
        let told = match self.told {
            Told::Everything => of,
            Told::Best => 1,
            Told::Totals => 0,
        };
        Ok(Client {
            frame,
            totals: &self.totals[first..first + of],
            details: &self.details[first_detail..first_detail + told],
            cheapest: row.cheapest as usize,
            recommended: row.recommended.map(|index| index as usize),
        })
    }

    /// How many of the rows were run over lanes.
    pub fn over_lanes(&self) -> usize {
        self.over_lanes
    }

    /// Counts a row that was run over lanes.
    pub fn count_lanes(&mut self) {
        self.over_lanes += 1;
    }

    /// Adds a row that is no client.
    pub fn reject(&mut self, reject: Reject) {
        self.rows.push(Err(reject));
    }

    /// Adds a row with the totals of its alternatives and the share of the work that each gets done,
    /// `work_done` by index; none where nobody asked for more than totals and no target hangs on it.
    /// `details` are those of an alternative, by index; only what is told is asked for.
    pub fn add(
        &mut self,
        (table, place): (&Arc<FrameTable>, u32),
        totals: impl IntoIterator<Item = i128>,
        work_done: impl Fn(usize) -> Option<f64>,
        details: impl Fn(usize) -> Details,
    ) {
        let (first, first_detail) = (self.totals.len(), self.details.len() as u32);
        self.totals.extend(totals);
        let (cheapest, recommended) = table.frame(place).choose(&self.totals[first..], work_done);
        match self.told {
            Told::Everything => self.details.extend((0..self.totals.len() - first).map(details)),
            Told::Best => self.details.push(details(recommended.unwrap_or(cheapest))),
            Told::Totals => {}
        }
        let table = self.table(table);
        let (cheapest, recommended) = (cheapest as u32, recommended.map(|index| index as u32));
        self.rows.push(Ok(Row { table, frame: place, first: first as u32, first_detail, cheapest, recommended }));
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
        let totals = of.iter().map(|of| minor_units(of.sums.total, comparison.scenario.currency));
        self.add((&table, 0), totals, |index| of[index].work.share, details);
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
        let framed = |(alternative, id): (_, &Arc<str>)| {
            let plan = Plan::new(scenario, alternative);
            Framed {
                id: Arc::clone(id),
                kind: plan.kind(),
                pricing_model: plan.pricing_model(),
                coverage: expected(&plan),
            }
        };
        Self::new(scenario, scenario.alternatives.iter().zip(ids).map(framed).collect())
    }

    fn compared(comparison: &Comparison) -> Self {
        let framed = |of: &Compared| Framed {
            id: of.id().into(),
            kind: of.kind,
            pricing_model: of.pricing_model,
            coverage: of.evaluation.coverage.expected,
        };
        Self::new(comparison.scenario, comparison.alternatives.iter().map(framed).collect())
    }

    fn new(scenario: &Scenario, alternatives: Vec<Framed>) -> Self {
        Self {
            baseline: alternatives.iter().position(|of| *of.id == scenario.baseline).unwrap_or(0),
            alternatives,
            coverage_target: scenario.f64(scenario.coverage_target),
            work_target: scenario.f64(scenario.work_target),
        }
    }

    /// The baseline, by index.
    pub fn baseline(&self) -> usize {
        self.baseline
    }

    /// Whether a share of work is so near to what decides that its last digit matters.
    pub fn is_near_a_target(&self, share: f64) -> bool {
        const NEAR: f64 = 1e-12;
        (share - (self.work_target - TIE)).abs() < NEAR || (share != 0.0 && share.abs() < NEAR)
    }

    /// Whether money alone says which alternative is best.
    pub fn is_settled_by_totals(&self) -> bool {
        let is_covering = |of: &Framed| of.coverage.is_some_and(|share| share > 0.0);
        self.work_target <= 0.0 && self.alternatives.iter().all(is_covering)
    }

    /// The cheapest useful alternative, and the cheapest that reaches both targets.
    fn choose(&self, totals: &[i128], work_done: impl Fn(usize) -> Option<f64>) -> (usize, Option<usize>) {
        let is_some = |share: Option<f64>| share.is_some_and(|share| share > 0.0);
        let is_useful = |index: usize| is_some(self.alternatives[index].coverage) || is_some(work_done(index));
        let is_any_useful = (0..self.alternatives.len()).any(is_useful);
        let cheapest = lowest(totals, |index| !is_any_useful || is_useful(index)).unwrap_or(0);
        let reaches = |share: Option<f64>, target: f64| share.is_none_or(|share| share >= target - TIE);
        let recommended = lowest(totals, |index| {
            let is_covered = reaches(self.alternatives[index].coverage, self.coverage_target);
            is_covered && (self.work_target <= 0.0 || reaches(work_done(index), self.work_target))
        });
        (cheapest, recommended)
    }
}

impl PartialEq for Client<'_> {
    fn eq(&self, other: &Self) -> bool {
        let best = |of: &Self| (of.cheapest, of.recommended);
        self.frame == other.frame
            && self.totals == other.totals
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

    /// Whether an alternative has an id. Most have the very text of the base's, which needs no second look.
    pub fn has_id(&self, index: usize, id: &Arc<str>) -> bool {
        is_same_text(self.id(index), id)
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
        self.frame.alternatives[index].coverage
    }

    /// Its term total, in minor units.
    pub fn total(&self, index: usize) -> i128 {
        self.totals[index]
    }

    /// The baseline's total less its own, in minor units.
    pub fn saving(&self, index: usize) -> i128 {
        self.totals[self.frame.baseline] - self.totals[index]
    }

    /// Whether an alternative of it is the same as that of another client, whatever it costs.
    pub fn is_same(&self, index: usize, other: &Client) -> bool {
        if std::ptr::eq(self.frame, other.frame) {
            return true;
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
