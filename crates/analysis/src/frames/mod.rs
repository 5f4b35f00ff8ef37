//! What rows of a scenario have in common: the alternatives, who covers how much, and the targets; and
//! with the totals of a row, which alternative is best.
//!
//! A row is a client of a portfolio, or a draw of a simulation: a scenario with other numbers in it. Most
//! rows differ in numbers that coverage does not depend on, so their frame is worked out once ([`Frames`]).

mod column;
mod figures;
mod judge;
mod table;

pub use column::{Column, Share};
pub use figures::Figures;
pub use judge::{Judge, Judged, Judgement, RowFrames, ids};
pub use table::{Base, FrameTable, Frames, Rows};

use std::sync::Arc;

use crate::compare::budget::Limits;
use crate::compare::verdict::{Choice, Missed, Price, Reach, Standing};
use crate::compare::{Compared, Comparison, TIE, Targets};
use comanage_model::coverage::{Attendance, Outline, expected};
use comanage_model::quoted;
use comanage_model::scenario::{PricingModel, Scenario};
use comanage_model::staffing::{Kind, Staffing};

/// What does not depend on money and work, which rows have in common: the alternatives, who covers
/// how much, and the targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The alternatives, in the order of the scenario.
    pub alternatives: Arc<[Named]>,
    /// The baseline, by index, if there is one.
    pub baseline: Option<usize>,
    /// By alternative, its expected coverage.
    pub coverage: Vec<Option<f64>>,
    /// By alternative: whether it covers anything, and whether it meets the target.
    covers: Vec<Reach>,
    /// By alternative: what its price holds, as far as the totals leave that open.
    prices: Vec<Framed>,
    work_target: f64,
    is_settled_by_totals: bool,
    budget: Option<Limits>,
}

/// What the price of an alternative holds.
#[derive(Clone, Copy, Debug)]
struct Framed {
    price: Price,
    /// Whether its lines alone tell that something is bought.
    is_open: bool,
}

impl PartialEq for Framed {
    /// Whether anything is bought is no part of a frame: lines tell it.
    fn eq(&self, other: &Self) -> bool {
        self.price.is_complete == other.price.is_complete
    }
}

/// What an alternative is called and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// Its id, shared by all rows.
    pub id: Arc<str>,
    /// In-house, hire, co-managed, fully managed, staff augmentation.
    pub kind: Kind,
    /// Its pricing model, if it has offers.
    pub pricing_model: Option<PricingModel>,
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
            let staffing = Staffing::new(scenario, alternative);
            let named = Named { id: Arc::clone(id), kind: staffing.kind(), pricing_model: staffing.pricing_model() };
            let price = Price { is_complete: quoted::unpriced(&staffing).is_empty(), is_needed: true };
            let framed = Framed { price, is_open: quoted::may_buy_nothing(&staffing) };
            (named, (expected(&staffing, &attendance, outline), framed))
        };
        Self::new(scenario, scenario.alternatives.iter().zip(ids).zip(outlines).map(framed))
    }

    /// The frame of what a comparison says.
    pub fn compared(comparison: &Comparison) -> Self {
        let framed = |of: &Compared| {
            let named = Named { id: of.id().into(), kind: of.kind, pricing_model: of.pricing_model };
            let framed = Framed { price: of.standing.price, is_open: false };
            (named, (of.evaluation.coverage.expected, framed))
        };
        Self::new(comparison.scenario, comparison.alternatives.iter().map(framed))
    }

    fn new(scenario: &Scenario, alternatives: impl Iterator<Item = (Named, (Option<f64>, Framed))>) -> Self {
        let (alternatives, figures): (Vec<Named>, Vec<(Option<f64>, Framed)>) = alternatives.unzip();
        let (coverage, prices): (Vec<Option<f64>>, Vec<Framed>) = figures.into_iter().unzip();
        let targets = Targets::of(scenario);
        let covers: Vec<Reach> = coverage.iter().map(|share| Reach::of(*share, targets.coverage)).collect();
        let work_target = targets.work;
        Self {
            baseline: alternatives.iter().position(|of| Some(&*of.id) == scenario.baseline.as_deref()),
            is_settled_by_totals: work_target <= 0.0 && covers.iter().all(|cover| cover.is_some),
            alternatives: alternatives.into(),
            coverage,
            covers,
            prices,
            work_target,
            budget: Limits::of(scenario),
        }
    }

    /// What decides about an alternative that gets a share of the work done, within any budget.
    pub fn judgement(&self, index: usize, work_done: Option<f64>) -> Judgement {
        Judgement {
            coverage: Share::new(self.coverage[index]),
            work: Share::new(work_done),
            standing: self.standing(index, work_done, true),
        }
    }

    /// Holds its alternatives in common with another frame, if they are the same.
    pub fn share(&mut self, with: &Self) {
        if self.alternatives == with.alternatives {
            self.alternatives = Arc::clone(&with.alternatives);
        }
    }

    /// The share of the work that is to be done.
    pub fn work_target(&self) -> f64 {
        self.work_target
    }

    /// Whether money alone says which alternative is best.
    pub fn is_settled_by_totals(&self) -> bool {
        self.is_settled_by_totals
    }

    /// The cheapest useful alternative, and the cheapest that meets the targets within the budget.
    #[inline]
    pub fn choose<T: PartialOrd + Copy + Default>(
        &self,
        totals: &[T],
        work_done: impl Fn(usize) -> Option<f64>,
        keeps_budget: impl Fn(usize) -> bool,
    ) -> Choice {
        Choice::of(totals, |index| self.standing(index, work_done(index), keeps_budget(index)))
    }

    /// What an alternative may be called that gets a share of the work done.
    #[inline]
    pub fn standing(&self, index: usize, work_done: Option<f64>, keeps_budget: bool) -> Standing {
        let does = Reach::of(work_done, self.work_target);
        Standing::of(self.covers[index], does, self.prices[index].price).within(keeps_budget)
    }

    /// What an alternative misses that gets a share of the work done.
    pub fn missed(&self, index: usize, work_done: Option<f64>, keeps_budget: bool) -> Missed {
        Missed::of(self.covers[index], Reach::of(work_done, self.work_target), keeps_budget)
    }

    /// Whether a total and its months, from month 0, keep the budget; all in minor units.
    #[inline]
    pub fn keeps_budget(&self, total: f64, months: impl Iterator<Item = f64> + Clone) -> bool {
        self.budget.as_ref().is_none_or(|budget| budget.keeps(total, months))
    }

    /// The coverage of an alternative, held against the target.
    pub fn reach(&self, index: usize) -> Reach {
        self.covers[index]
    }

    /// What the price of an alternative holds, as far as the totals leave that open.
    pub fn price(&self, index: usize) -> Price {
        self.prices[index].price
    }

    /// The limits of the budget; none where there is none.
    pub fn budget(&self) -> Option<&Limits> {
        self.budget.as_ref()
    }

    /// Whether only its lines tell whether an alternative buys anything.
    pub fn is_price_open(&self, index: usize) -> bool {
        self.prices[index].is_open
    }

    /// Whether any alternative may turn out to buy nothing.
    pub fn may_be_open(&self) -> bool {
        (0..self.prices.len()).any(|index| self.is_price_open(index))
    }

    /// Whether a choice could be another one, since who is chosen may turn out to buy nothing; `bought` is
    /// what an alternative spends on that, and where it is nothing only its lines can tell.
    pub fn is_open(&self, choice: Choice, bought: impl Fn(usize) -> f64) -> bool {
        let is_open = |index: usize| self.is_price_open(index) && bought(index) == 0.0;
        [choice.cheapest, choice.recommended].into_iter().flatten().any(is_open)
    }
}

/// Whether a share of work is so near to what decides that its last digit matters.
#[inline]
pub fn is_near_a_target(share: f64, work_target: f64) -> bool {
    const NEAR: f64 = 1e-12;
    ((share - (work_target - TIE)).abs() < NEAR) | ((share != 0.0) & (share.abs() < NEAR))
}
