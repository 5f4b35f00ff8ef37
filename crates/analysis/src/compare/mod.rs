//! The comparison: what every alternative comes to, next to the baseline and next to each other.
//!
//! All money here is a sum of ledger lines. What is best is decided by rules that are written down
//! once ([`verdict`]); nothing is recommended that misses the targets.

mod alike;
mod answers;
mod best_effort;
pub mod budget;
mod duty_hours;
mod findings;
mod hours;
mod options;
mod prepaid;
pub mod queues;
mod services;
mod sums;
pub mod verdict;
mod work_done;

pub use sums::Sums;
pub use verdict::{TIE, Targets, Verdict};
pub use work_done::{PostLoad, ServiceWork, WorkDone, work_share};

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use budget::Overrun;
use comanage_expr::number::{Exact, Number, round_half_away};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::{Evaluation, Shared, evaluate_all, too_large};
use comanage_model::money::{Currency, Money};
use comanage_model::quoted;
use comanage_model::scenario::{PricingModel, Scenario};
use comanage_model::staffing::Kind;
use verdict::{Missed, Price, Reach, Standing};

/// A scenario with every alternative evaluated and ranked.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The scenario that was compared.
    pub scenario: &'a Scenario,
    /// The alternatives, in their order.
    pub alternatives: Vec<Compared<'a>>,
    /// The baseline, by index; none where no one is in-house and the file names no other.
    pub baseline: Option<usize>,
    /// Whether prices alone are compared, since nothing is to be covered or done.
    pub is_price_comparison: bool,
    /// The cheapest useful alternative, by index; none where no price can be held against others.
    pub cheapest: Option<usize>,
    /// The cheapest that meets the targets, by index.
    pub recommended: Option<usize>,
    /// Where none does, the one with the highest coverage, by index.
    pub closest: Option<usize>,
    /// The one that documents are about: the recommended one, else the closest, else the cheapest.
    pub leading: usize,
    /// The alternatives that no other beats in cost and coverage, by index.
    pub frontier: Vec<usize>,
    /// What needs a look.
    pub findings: Vec<Diagnostic>,
}

/// An alternative with its figures.
#[derive(Clone, Debug)]
pub struct Compared<'a> {
    /// Its ledger, work and coverage.
    pub evaluation: Evaluation<'a, Exact>,
    /// In-house, hire, co-managed, fully managed, staff augmentation.
    pub kind: Kind,
    /// Its pricing model, if it has offers.
    pub pricing_model: Option<PricingModel>,
    /// Sums of its ledger.
    pub sums: Sums,
    /// Present value of its months.
    pub present_value: Money,
    /// Total over the months of the term.
    pub monthly_average: Money,
    /// Total over the sum of the users of all months; none without users.
    pub per_user_month: Option<Money>,
    /// Hours of work that there are and that get done, by service and position.
    pub work: WorkDone,
    /// The baseline's total less its own; none without a baseline.
    pub saving: Option<Money>,
    /// The same in present value.
    pub saving_present_value: Option<Money>,
    /// The month from which on the cumulative saving stays at or above zero; none for the baseline.
    pub payback_month: Option<u32>,
    /// Total over the expected covered hours of the term; none if there are none.
    pub cost_per_covered_hour: Option<Money>,
    /// What the hours without cover are expected to cost the business; none where no service says what an hour
    /// costs. No part of the ledger.
    pub expected_loss: Option<Money>,
    /// Its total and its expected loss; none without the latter.
    pub risk_adjusted_total: Option<Money>,
    /// If efficient: cost per additional covered hour, against the next cheaper efficient alternative.
    pub cost_of_next_covered_hour: Option<Money>,
    /// Whether its coverage meets the target; none where nothing is to be covered.
    pub meets_coverage_target: Option<bool>,
    /// Whether its work done meets the target; none where nothing is to be done.
    pub meets_work_target: Option<bool>,
    /// What it misses of the targets and the budget.
    pub missed: Missed,
    /// By how much it exceeds the budget, and when.
    pub overruns: Vec<Overrun>,
    /// The services that its offers leave to no one without a price, by index.
    pub unpriced: Vec<usize>,
    /// What it may be called.
    pub standing: Standing,
}

impl Comparison<'_> {
    /// The alternative that is closest to the targets wherever they are set.
    pub fn closest_to_any_targets(&self) -> Option<usize> {
        let shares =
            |share: fn(&Compared) -> Option<f64>| -> Vec<Option<f64>> { self.alternatives.iter().map(share).collect() };
        verdict::closest(&shares(|of| of.evaluation.coverage.expected), &shares(|of| of.work.share))
    }

    /// Where the recommended alternative costs more than another and covers more hours: the other one, the
    /// baseline if it is that, else the cheapest, and from which cost of an hour without cover on the
    /// recommended one pays. None where that does not apply.
    pub fn pays_above(&self) -> Option<(usize, Money)> {
        let best = &self.alternatives[self.recommended?];
        let others = self.baseline.into_iter().chain(self.cheapest);
        let uncovered = |of: &Compared| of.evaluation.coverage.uncovered_hours.iter().sum::<f64>();
        let price = |index: usize| {
            let other = &self.alternatives[index];
            let more = best.sums.total - other.sums.total;
            let is_dearer = more > Money::default();
            let price = hourly(self.scenario, more, uncovered(other) - uncovered(best));
            Some((index, price.filter(|_| is_dearer)?))
        };
        others.into_iter().find_map(price)
    }

    /// Whether each alternative may be called the cheapest.
    pub fn may_be_cheapest(&self) -> Vec<bool> {
        let standings: Vec<Standing> = self.alternatives.iter().map(|alternative| alternative.standing).collect();
        verdict::may_be_cheapest(&standings)
    }
}

impl Compared<'_> {
    /// Its id: the key in `[alternatives]`, an offer's key, `in_house` or `hire`.
    pub fn id(&self) -> &str {
        &self.evaluation.staffing.alternative.id
    }

    /// Its name, as outputs for people have it.
    pub fn name(&self) -> &str {
        &self.evaluation.staffing.alternative.name
    }

    /// Whether it meets the targets.
    pub fn meets_targets(&self) -> bool {
        self.standing.reaches
    }

    /// Whether it keeps the budget; none where there is none.
    pub fn meets_budget(&self) -> Option<bool> {
        self.standing.kept(self.evaluation.staffing.scenario)
    }

    /// Whether it meets the targets within the budget and its price can be held against others.
    pub fn may_be_recommended(&self) -> bool {
        self.standing.may_be_recommended()
    }
}

/// Evaluates and compares the alternatives of a scenario.
///
/// # Errors
/// A figure that overflows, and counts below zero.
pub fn compare(scenario: &Scenario) -> Result<Comparison<'_>, Diagnostic> {
    let shared = Shared::new(scenario);
    let evaluations = evaluate_all(scenario, &shared)?;
    let user_months = shared.volumes.user_months();
    let figures: Result<Vec<Compared>, Diagnostic> =
        evaluations.into_iter().map(|evaluation| figure(evaluation, user_months)).collect();
    let mut alternatives = figures?;

    let baseline = alternatives.iter().position(|a| Some(a.id()) == scenario.baseline.as_deref());
    if let Some(baseline) = baseline {
        against_baseline(&mut alternatives, baseline);
    }
    let totals: Vec<Money> = alternatives.iter().map(|alternative| alternative.sums.total).collect();
    let shares = |share: fn(&Compared) -> Option<f64>| -> Vec<Option<f64>> { alternatives.iter().map(share).collect() };
    let (coverage, work) = (shares(|of| of.evaluation.coverage.expected), shares(|of| of.work.share));
    let standings: Vec<Standing> = alternatives.iter().map(|alternative| alternative.standing).collect();
    let prices: Vec<Price> = standings.iter().map(|standing| standing.price).collect();
    let verdict = Verdict::of(&totals, &coverage, &work, &standings);
    let frontier = verdict::frontier(&totals, &coverage, &prices);
    price_next_hours(&mut alternatives, &frontier);
    let findings = findings::find(scenario, &shared, &alternatives, &verdict);
    Ok(Comparison {
        scenario,
        baseline,
        is_price_comparison: verdict.is_price_comparison,
        cheapest: verdict.cheapest,
        recommended: verdict.recommended,
        closest: verdict.closest,
        leading: verdict.leading(),
        frontier,
        findings,
        alternatives,
    })
}

fn figure<'a>(evaluation: Evaluation<'a, Exact>, user_months: Exact) -> Result<Compared<'a>, Diagnostic> {
    let scenario = evaluation.staffing.scenario;
    let name = &evaluation.staffing.alternative.name;
    let sums = Sums::new(scenario, &evaluation).map_err(|figure| too_large(&format!("{figure} of {name}")))?;
    let work = WorkDone::new(scenario, &evaluation);
    let total = Exact(Some(sums.total.0));
    let digits = scenario.currency.digits;
    let per = |count: Exact| (total / count).round(digits).0.map(Money);
    let covered_hours = evaluation.coverage.covered_hours;
    let expected_loss = expected_loss(scenario, &evaluation.coverage.uncovered_hours);
    let targets = Targets::of(scenario);
    let covers = Reach::of(evaluation.coverage.expected, targets.coverage);
    let does = Reach::of(work.share, targets.work);
    let unpriced = quoted::unpriced(&evaluation.staffing);
    let is_needed = quoted::is_bought(&evaluation.staffing, &evaluation.ledger);
    let price = Price { is_complete: unpriced.is_empty(), is_needed };
    let overruns = budget::overruns(scenario, sums.total, &sums.years, &sums.months);
    let keeps_budget = overruns.is_empty();
    Ok(Compared {
        kind: evaluation.staffing.kind(),
        pricing_model: evaluation.staffing.pricing_model(),
        present_value: present_value(scenario, &sums.months),
        monthly_average: per(Exact::whole(scenario.term_months.into())).unwrap_or_default(),
        per_user_month: user_months.is_positive().then(|| per(user_months)).flatten(),
        saving: None,
        saving_present_value: None,
        payback_month: None,
        cost_per_covered_hour: hourly(scenario, sums.total, covered_hours),
        cost_of_next_covered_hour: None,
        expected_loss,
        risk_adjusted_total: expected_loss.and_then(|loss| sums.total.0.checked_add(loss.0)).map(Money),
        meets_coverage_target: covers.met(),
        meets_work_target: does.met(),
        missed: Missed::of(covers, does, keeps_budget),
        standing: Standing::of(covers, does, price).within(keeps_budget),
        overruns,
        unpriced,
        sums,
        work,
        evaluation,
    })
}

/// Money over hours; none for no hours, which is what lies within 1e-9 of zero.
pub(crate) fn hourly(scenario: &Scenario, money: Money, hours: f64) -> Option<Money> {
    let hours = Decimal::from_f64(hours).filter(|_| hours > TIE)?;
    money.0.checked_div(hours).map(|rate| Money(round_half_away(rate, scenario.currency.digits)))
}

/// `sum of the uncovered hours of the term * loss_per_uncovered_hour`, rounded once; none where no service
/// states what an hour costs.
///
/// 100 hours without cover at 450 each: 45,000.
fn expected_loss(scenario: &Scenario, uncovered_hours: &[f64]) -> Option<Money> {
    let losses = scenario.services.iter().zip(uncovered_hours);
    let losses = losses.filter_map(|(service, hours)| Some(scenario.f64(service.loss_per_uncovered_hour?) * hours));
    losses.reduce(|sum, loss| sum + loss).map(|loss| in_minor_units(loss, scenario.currency))
}

fn present_value(scenario: &Scenario, months: &[Money]) -> Money {
    in_minor_units(discount(scenario, months), scenario.currency)
}

/// A sum in doubles as an amount.
pub fn in_minor_units(sum: f64, currency: Currency) -> Money {
    Money(round_half_away(Decimal::from_f64(sum).unwrap_or_default(), currency.digits))
}

/// `sum of C_m * (1 + discount_rate)^(-m/12)`: end of month, month 0 as it is.
///
/// 36 payments of 7,750 at 10% effective a year: 241,695.05.
pub fn discount(scenario: &Scenario, months: &[Money]) -> f64 {
    let amounts = months.iter().map(|money| money.0.to_f64().unwrap_or(f64::NAN));
    amounts
        .zip(discount_factors(scenario.f64(scenario.discount_rate), scenario.term_months))
        .map(|(amount, factor)| amount * factor)
        .sum()
}

/// What months weigh in a present value at a rate, from month 0 to the end of the term.
pub fn discount_factors(rate: f64, term_months: u32) -> Vec<f64> {
    (0..=term_months).map(|month| (1.0 + rate).powf(-f64::from(month) / 12.0)).collect()
}

fn against_baseline(alternatives: &mut [Compared], baseline: usize) {
    let (base_sums, base_value) = (alternatives[baseline].sums.clone(), alternatives[baseline].present_value);
    for (index, alternative) in alternatives.iter_mut().enumerate() {
        alternative.saving = Some(base_sums.total - alternative.sums.total);
        alternative.saving_present_value = Some(base_value - alternative.present_value);
        if index != baseline {
            alternative.payback_month = payback(is_below(&base_sums.months, &alternative.sums.months));
        }
    }
}

/// Month by month, whether the cumulative saving is below zero.
fn is_below(baseline: &[Money], alternative: &[Money]) -> Vec<bool> {
    let mut saved = Money::ZERO;
    let months = baseline.iter().zip(alternative).map(|(&base, &own)| {
        saved += base - own;
        saved < Money::ZERO
    });
    months.collect()
}

/// The first month, 0 included, from which on the cumulative saving stays at or above zero.
pub fn payback(is_below: impl IntoIterator<Item = bool>) -> Option<u32> {
    let since = |since: Option<u32>, (month, is_below): (usize, bool)| {
        if is_below { None } else { since.or(Some(month as u32)) }
    };
    is_below.into_iter().enumerate().fold(None, since)
}

/// Each alternative of the frontier against the next cheaper one on it.
fn price_next_hours(alternatives: &mut [Compared], frontier: &[usize]) {
    let mut by_cost = frontier.to_vec();
    by_cost.sort_by_key(|&index| alternatives[index].sums.total);
    for pair in by_cost.windows(2) {
        let (cheaper, dearer) = (&alternatives[pair[0]], &alternatives[pair[1]]);
        let extra = dearer.sums.total - cheaper.sums.total;
        let hours = dearer.evaluation.coverage.covered_hours - cheaper.evaluation.coverage.covered_hours;
        let price = hourly(dearer.evaluation.staffing.scenario, extra, hours);
        alternatives[pair[1]].cost_of_next_covered_hour = price;
    }
}
