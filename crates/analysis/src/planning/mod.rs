//! The best plan: the cheapest mix of hires and offers that meets the targets, found and proved.
//!
//! `space` has the mixes there are, `walk` goes over them by parts, `search` and `frontier` keep what
//! bounds do not rule out, `judge` is the exact engine that decides. The rules are in section 6 of
//! docs/model.md. Nothing here depends on the number of threads: walks are the same, and so is what each
//! leaves out.

mod frontier;
mod judge;
mod search;
mod space;
mod stop;
mod walk;

pub use judge::Judged;
pub use search::Progress;
pub use space::{Mix, Space};
pub use stop::{Open, Stop};

use rust_decimal::Decimal;

use crate::quotes::price_of_option;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use comanage_model::scenario::{InputInfo, Kind, Scenario};
use judge::Judge;
use search::{Asked, Failing, cheapest};
use walk::Costed;

/// Mixes that a picture shows at most.
const SHOWN: u64 = 1_000;

/// The best plan of a scenario, and what is around it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The mixes that were searched.
    pub space: Space,
    /// The coverage that a plan must reach.
    pub coverage_target: f64,
    /// The work that a plan must get done.
    pub work_target: f64,
    /// The most that a plan may cost.
    pub budget: Option<Money>,
    /// The cheapest mix that meets the targets within the budget; none if none does.
    pub plan: Option<Judged>,
    /// The options of its offers that it does not take.
    pub options: Vec<OptionLeft>,
    /// The plans next to it.
    pub next: Vec<(Why, Judged)>,
    /// The cheapest that covers at least one point more and meets the targets within the budget.
    pub one_point_more: Option<Judged>,
    /// Cost against coverage over all mixes.
    pub frontier: Vec<Judged>,
    /// Where none meets the targets, the nearest, and what stops it.
    pub stop: Option<Stop>,
    /// How many mixes there are.
    pub mixes: u64,
    /// How many of them were evaluated; the others were ruled out by bounds.
    pub evaluated: u64,
    /// The baseline of the scenario, with its total.
    pub baseline: Option<(String, Money)>,
    /// Some of all mixes, evenly spread over their order, for a picture: cost and coverage.
    pub shown: Vec<(Money, f64)>,
}

/// An option that a plan does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionLeft {
    /// The offer and its charge, each by index.
    pub option: (usize, usize),
    /// What it would add over the term.
    pub adds: Money,
}

/// How a plan is next to the best one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The cheapest but one.
    Second,
    /// The cheapest with one hire fewer.
    OneHireFewer,
    /// The cheapest without an offer.
    WithoutProvider,
    /// The cheapest without hires.
    WithoutHires,
}

impl Why {
    /// Its name in data.
    pub fn key(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::OneHireFewer => "one_hire_fewer",
            Self::WithoutProvider => "without_provider",
            Self::WithoutHires => "without_hires",
        }
    }

    /// Its name in print.
    pub fn words(self) -> &'static str {
        match self {
            Self::Second => "Second cheapest",
            Self::OneHireFewer => "With one hire fewer",
            Self::WithoutProvider => "Without a provider",
            Self::WithoutHires => "Without hires",
        }
    }
}

impl Planned {
    /// Whether nothing is to be covered or done, so that no target applies.
    pub fn is_price_comparison(&self) -> bool {
        self.frontier.iter().all(|judged| judged.coverage.is_none() && judged.work.is_none())
    }

    /// How many mixes bounds ruled out.
    pub fn ruled_out(&self) -> u64 {
        self.mixes.saturating_sub(self.evaluated)
    }

    /// The roles hired in a mix with their numbers.
    pub fn hires(&self, mix: &Mix) -> Vec<(&str, u32)> {
        self.space.hires_of(mix)
    }

    /// The offers of a mix, by key and name.
    pub fn offers(&self, mix: &Mix) -> Vec<(&str, &str)> {
        self.space.offers_of(mix)
    }

    /// The options of a mix: the key and the name of the offer, and the name of the option.
    pub fn options_in(&self, mix: &Mix) -> Vec<(&str, &str, &str)> {
        self.space.options_in(mix)
    }

    /// A mix in words: `2 x Night engineer, Co-managed`.
    pub fn words(&self, mix: &Mix) -> String {
        self.space.words(mix)
    }

    /// What a point of coverage more costs, on the mean of those to the next plan.
    pub fn price_of_a_point(&self) -> Option<Money> {
        let (plan, more) = self.plan.as_ref().zip(self.one_point_more.as_ref())?;
        let points = (more.coverage? - plan.coverage?) * 100.0;
        let points = Decimal::try_from(points).ok().filter(|points| *points > Decimal::ZERO)?;
        let price = (more.total - plan.total).0.checked_div(points)?;
        let digits = self.space.scenario.currency.digits;
        Some(Money(comanage_expr::number::round_half_away(price, digits)))
    }
}

/// An amount as it is typed: digits, with underscores between thousands; none if it is not one, or below 0.
pub fn amount(text: &str) -> Option<Money> {
    let amount = text.replace('_', "").parse::<Decimal>().ok();
    amount.filter(|amount| *amount >= Decimal::ZERO && amount.abs() <= Decimal::from(10_i64.pow(18))).map(Money)
}

/// Finds the best plan of a scenario.
///
/// # Errors
/// More mixes than can be searched, rules that leave none, and a figure that overflows.
pub fn plan(scenario: &Scenario, budget: Option<Money>, progress: &dyn Progress) -> Result<Planned, Diagnostic> {
    let space = Space::new(&within(scenario, budget))?;
    let found = {
        let judge = Judge::new(&space);
        let costed = Costed::new(&judge)?;
        find(&costed, progress)?
    };
    Ok(Planned { space, baseline: baseline(scenario)?, ..found })
}

/// The scenario with another budget for the term, if there is one.
fn within(scenario: &Scenario, budget: Option<Money>) -> Scenario {
    let mut scenario = scenario.clone();
    if let Some(budget) = budget {
        let about = InputInfo {
            path: "budget".into(),
            kind: Kind::Money,
            range: None,
            ..scenario.inputs.about(scenario.discount_rate).clone()
        };
        scenario.budget.total = Some(scenario.inputs.add(budget.0, about));
    }
    scenario
}

/// The baseline of a scenario and its total.
fn baseline(scenario: &Scenario) -> Result<Option<(String, Money)>, Diagnostic> {
    let place = |id: &String| scenario.alternatives.iter().position(|alternative| alternative.id == *id);
    let Some(place) = scenario.baseline.as_ref().and_then(place) else { return Ok(None) };
    let totals = comanage_model::totals::totals(scenario)?;
    Ok(Some((scenario.alternatives[place].name.clone(), totals[place])))
}

fn find(costed: &Costed, progress: &dyn Progress) -> Result<Planned, Diagnostic> {
    let judge = costed.judge;
    let space = judge.space;
    let mut failing = Failing::default();
    let budget = space.scenario.budget.total.map(|input| Money(space.scenario.decimal(input)));
    let max = budget.map(|budget| judge.minor(budget.0));
    let all = Asked {
        many: 2,
        coverage: judge.targets.coverage,
        budget: max,
        heads: None,
        with_offers: true,
        at_any_cost: false,
    };
    let mut found = cheapest(costed, &mut failing, all, progress)?.into_iter();
    let (plan, second) = (found.next(), found.next());
    let mut next: Vec<(Why, Judged)> = second.map(|judged| (Why::Second, judged)).into_iter().collect();
    let mut one_point_more = None;
    if let Some(plan) = &plan {
        let one = Asked { many: 1, ..all };
        let heads = plan.mix.heads();
        let others = [
            (Why::OneHireFewer, heads.checked_sub(1).map(|heads| Asked { heads: Some(heads), ..one })),
            (Why::WithoutProvider, Some(Asked { with_offers: false, ..one })),
            (Why::WithoutHires, Some(Asked { heads: Some(0), ..one })),
        ];
        for (why, asked) in others {
            let Some(asked) = asked else { continue };
            let judged = cheapest(costed, &mut failing, asked, progress)?.into_iter().next();
            next.extend(judged.filter(|judged| judged.mix != plan.mix).map(|judged| (why, judged)));
        }
        if let Some(coverage) = plan.coverage {
            let asked = Asked { coverage: coverage + 0.01, ..one };
            one_point_more = cheapest(costed, &mut failing, asked, progress)?.into_iter().next();
        }
    }
    let frontier = frontier::frontier(costed, progress)?;
    let stop = match plan {
        Some(_) => None,
        None => stop::stop(
            costed,
            &mut failing,
            &frontier,
            Asked { many: 1, budget: None, at_any_cost: true, ..all },
            progress,
        )?,
    };
    let evaluated = judge.evaluated();
    Ok(Planned {
        space: space.clone(),
        coverage_target: judge.targets.coverage,
        work_target: judge.targets.work,
        budget,
        options: plan.as_ref().map(|plan| options(judge, &plan.mix)).transpose()?.unwrap_or_default(),
        plan,
        next,
        one_point_more,
        frontier,
        stop,
        mixes: space.count(),
        evaluated,
        baseline: None,
        shown: shown(costed)?,
    })
}

/// What the options of its offers that a mix does not take add.
fn options(judge: &Judge, mix: &Mix) -> Result<Vec<OptionLeft>, Diagnostic> {
    let space = judge.space;
    let taken = &space.sets[mix.set];
    let alternative = space.alternative(mix);
    let others = space.options_of(&taken.offers).into_iter().filter(|option| !taken.options.contains(option));
    others
        .map(|option| {
            let adds = price_of_option(&space.scenario, &alternative, option, judge.shared())?.term;
            Ok(OptionLeft { option, adds })
        })
        .collect()
}

/// Mixes evenly spread over their order, the judged cost and coverage of each.
fn shown(costed: &Costed) -> Result<Vec<(Money, f64)>, Diagnostic> {
    use rayon::prelude::*;
    let space = costed.judge.space;
    let all = space.combinations();
    let many = all.min(SHOWN);
    let at = |place: u64| (u128::from(place) * u128::from(all) / u128::from(many)) as u64;
    let mixes: Vec<Mix> =
        (0..many).map(|place| space.at(at(place))).filter(|mix| space.is_mix(mix.set, mix.pattern())).collect();
    let judged: Vec<Judged> = mixes.par_iter().map(|mix| costed.judge.judge(mix)).collect::<Result<_, _>>()?;
    let ranked = judged.into_iter().filter(|judged| judged.price.is_ranked());
    Ok(ranked.filter_map(|judged| Some((judged.total, judged.coverage?))).collect())
}
