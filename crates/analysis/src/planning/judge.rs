//! The exact engine as the judge of mixes, and what it bounds.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::space::{Mix, Space};
use crate::compare::budget::Limits;
use crate::compare::verdict::{Price, Standing};
use crate::compare::{Targets, work_share};
use comanage_expr::number::Exact;
use comanage_model::coverage::{Outline, expected};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Shared, ledger_of, too_large};
use comanage_model::ledger::LineSource;
use comanage_model::money::Money;
use comanage_model::quoted;

/// A mix with the figures that the comparison has for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Who is hired and which offers are taken.
    pub mix: Mix,
    /// Its total over the term.
    pub total: Money,
    /// Its expected coverage; none where no hours are required.
    pub coverage: Option<f64>,
    /// Its work done; none where there is no work.
    pub work: Option<f64>,
    /// Whether its price can be held against others.
    pub price: Price,
    /// Whether it keeps the budget of the scenario.
    pub keeps_budget: bool,
}

/// Bounds of all mixes of a set of offers with the same hires there, whatever their numbers.
///
/// With more people of the same hires no offer bills more and no less work is done: shares and scope depend on
/// who is there, not on how many, and only what the team leaves undone overflows to offers. So one more person
/// takes hours from invoices, and never adds any.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The least that everything but the pay of the hires costs, in minor units.
    pub low: i128,
    /// The most of it.
    pub high: i128,
    /// The most work done; none where there is no work.
    pub work: Option<f64>,
    /// Whether their prices can be held against others: that follows from who is there, and only a mix without
    /// hires may buy nothing.
    pub is_ranked: bool,
}

impl Bounds {
    /// Bounds that rule nothing out.
    const NONE: Self = Self { low: i128::MIN / 4, high: i128::MAX / 4, work: Some(1.0), is_ranked: true };
}

/// The exact engine over the mixes of a space.
pub struct Judge<'a> {
    /// The mixes that may be chosen.
    pub space: &'a Space,
    /// The targets of the scenario.
    pub targets: Targets,
    shared: Shared<Exact>,
    limits: Option<Limits>,
    /// What a unit of the currency is in minor units.
    minor: Decimal,
    known: Mutex<HashMap<Mix, Judged>>,
    evaluated: Mutex<HashSet<Mix>>,
}

/// The sums of a mix.
struct Run {
    total: Decimal,
    /// Without the pay of the hires.
    rest: Decimal,
    /// The pay of the team and what costs everyone the same.
    floor: Decimal,
    coverage: Option<f64>,
    work: Option<f64>,
    price: Price,
    keeps_budget: bool,
}

impl<'a> Judge<'a> {
    /// A judge of the mixes of a space.
    pub fn new(space: &'a Space) -> Self {
        let digits = space.scenario.currency.digits;
        Self {
            space,
            targets: Targets::of(&space.scenario),
            shared: Shared::new(&space.scenario),
            limits: Limits::of(&space.scenario),
            minor: Decimal::from(10_u64.pow(digits)),
            known: Mutex::default(),
            evaluated: Mutex::default(),
        }
    }

    /// How many mixes were evaluated.
    pub fn evaluated(&self) -> u64 {
        self.evaluated.lock().unwrap_or_else(PoisonError::into_inner).len() as u64
    }

    /// The figures of a mix.
    ///
    /// # Errors
    /// A figure that overflows.
    pub fn judge(&self, mix: &Mix) -> Result<Judged, Diagnostic> {
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(mix) {
            return Ok(known.clone());
        }
        let run = self.run(mix, true)?;
        self.note(mix);
        let judged = Judged {
            mix: mix.clone(),
            total: Money(run.total),
            coverage: run.coverage,
            work: run.work,
            price: run.price,
            keeps_budget: run.keeps_budget,
        };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(mix.clone(), judged.clone());
        Ok(judged)
    }

    fn note(&self, mix: &Mix) {
        self.evaluated.lock().unwrap_or_else(PoisonError::into_inner).insert(mix.clone());
    }

    /// The work that a mix gets done; all of it where a figure overflows, which its judgement then says.
    pub fn work(&self, mix: &Mix) -> Option<f64> {
        self.note(mix);
        self.run(mix, false).map_or(Some(1.0), |run| run.work)
    }

    /// How a mix stands against the targets.
    pub fn standing(&self, judged: &Judged) -> Standing {
        self.targets.standing(judged.coverage, judged.work, judged.price).within(judged.keeps_budget)
    }

    /// The bounds of the mixes of a set with some hires there.
    pub fn bounds(&self, set: usize, pattern: u64) -> Bounds {
        let [fewest, max] = self.space.ends(set, pattern);
        [&fewest, &max].into_iter().for_each(|mix| self.note(mix));
        let Ok(at_most) = self.run(&max, false) else { return Bounds::NONE };
        let low = self.minor(at_most.rest);
        let high =
            if fewest == max { Some(low) } else { self.run(&fewest, false).ok().map(|run| self.minor(run.rest)) };
        Bounds {
            low,
            high: high.unwrap_or(Bounds::NONE.high),
            work: at_most.work,
            is_ranked: at_most.price.is_ranked(),
        }
    }

    /// What the people of a hire cost over the term, in minor units.
    ///
    /// # Errors
    /// A figure that overflows.
    pub fn cost_of(&self, place: usize, people: u32) -> Result<i128, Diagnostic> {
        let mut alone = vec![0; self.space.hires.len()];
        alone[place] = people;
        let run = self.run(&Mix { set: 0, people: alone }, false)?;
        Ok(self.minor((Money(run.total) - Money(run.rest)).0))
    }

    /// What any mix with a set of offers costs at least next to its hires, in minor units: the pay of the team
    /// and what is borne by everyone. Offers, tools and prices of the buyer's own never cost less than nothing.
    pub fn floor(&self, set: usize) -> i128 {
        let none = Mix { set, people: vec![0; self.space.hires.len()] };
        self.run(&none, false).map_or(Bounds::NONE.low, |run| self.minor(run.floor))
    }

    /// An amount in minor units.
    pub fn minor(&self, amount: Decimal) -> i128 {
        amount.checked_mul(self.minor).and_then(|amount| amount.round().to_i128()).unwrap_or(i128::MAX / 8)
    }

    fn run(&self, mix: &Mix, with_coverage: bool) -> Result<Run, Diagnostic> {
        let scenario = &self.space.scenario;
        let alternative = self.space.alternative(mix);
        let (plan, ledger, provided) = ledger_of(scenario, &alternative, &self.shared)?;
        let (mut total, mut rest, mut floor) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        let mut months = vec![Money::ZERO; if self.limits.is_some() { scenario.term_months as usize + 1 } else { 0 }];
        for line in &ledger.lines {
            let amount = line.amount.0.ok_or_else(|| too_large("an amount of a mix"))?;
            let add = |sum: &mut Decimal| -> Result<(), Diagnostic> {
                *sum = sum.checked_add(amount).ok_or_else(|| too_large("the total of a mix"))?;
                Ok(())
            };
            add(&mut total)?;
            if let Some(month) = months.get_mut(line.month as usize) {
                *month += Money(amount);
            }
            match line.source {
                LineSource::Role(role) if role >= scenario.team.len() => continue,
                LineSource::Role(_) | LineSource::Cost(_) => add(&mut floor)?,
                LineSource::Tool(_) | LineSource::Plug(_) | LineSource::Provider { .. } => {}
            }
            add(&mut rest)?;
        }
        let (done, workload) = provided.done(&plan, scenario.judged_months());
        let coverage = if with_coverage {
            let attendance = &self.shared.attendance;
            expected(&plan, attendance, &Outline::of(&plan, attendance))
        } else {
            None
        };
        let is_complete = quoted::unpriced(&plan).is_empty();
        let is_needed = quoted::is_bought(&plan, &ledger.without_empty_lines());
        let price = Price { is_complete, is_needed };
        let limits = self.limits.as_ref();
        let keeps_budget = limits.is_none_or(|of| of.keeps_money(Money(total), &months, scenario.currency));
        Ok(Run { total, rest, floor, coverage, work: work_share(done, workload), price, keeps_budget })
    }

    /// What mixes share.
    pub fn shared(&self) -> &Shared<Exact> {
        &self.shared
    }
}

/// Whether a share is surely below a target, for shares that are as good as exact.
pub fn is_surely_below(share: Option<f64>, target: f64) -> bool {
    const NOISE: f64 = 1e-11;
    share.is_some_and(|share| share < target - crate::compare::TIE - NOISE)
}
