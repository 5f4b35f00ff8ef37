//! Figures of a comparison by the names that they have in `comparison.json`.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use crate::compare::{Compared, Comparison, TIE};
use comanage_model::coverage::ServiceCoverage;
use comanage_model::ledger::Category;
use comanage_model::money::Money;
use comanage_model::scenario::{Kind, Scenario};

/// What a figure comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An amount in the currency of the scenario.
    Money(Money),
    /// A part of 1.
    Share(f64),
    /// Any other number.
    Number(f64),
    /// Whether something is so.
    Flag(bool),
    /// The id of an alternative; none if there is none.
    Id(Option<String>),
}

/// Which figure.
#[derive(Clone, Debug)]
pub enum Figure {
    /// The id of the cheapest alternative.
    Cheapest,
    /// The id of the recommended alternative.
    Recommended,
    /// A figure of an alternative.
    Of {
        /// The id of the alternative.
        alternative: String,
        /// Which of its figures.
        which: Which,
    },
}

/// A figure of an alternative.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    /// The term total.
    Total,
    /// Expected coverage.
    Coverage,
    /// Work done.
    WorkDone,
    /// Whether it meets the targets.
    MeetsTargets,
    /// Another amount.
    Money(fn(&Compared) -> Option<Money>),
    /// Another share.
    Share(fn(&Compared) -> Option<f64>),
    /// Another number.
    Number(fn(&Compared) -> Option<f64>),
    /// Whether something else is so.
    Flag(fn(&Compared) -> Option<bool>),
    /// The total of a month, from 0, or of a year, from 1.
    Month(usize),
    /// The same of a year, from 1.
    Year(usize),
    /// The sum of a category.
    Category(Category),
    /// A share of a service, by index.
    ServiceShare(usize, fn(&ServiceCoverage) -> Option<f64>),
    /// A number of a service, by index.
    ServiceNumber(usize, fn(&Compared, usize) -> Option<f64>),
}

/// The figures of an alternative that stand alone, by name.
const PLAIN: [(&str, Which); 32] = [
    ("total", Which::Total),
    ("coverage", Which::Coverage),
    ("coverage.expected", Which::Coverage),
    ("work_done", Which::WorkDone),
    ("meets_targets", Which::MeetsTargets),
    ("present_value", Which::Money(|of| Some(of.present_value))),
    ("monthly_average", Which::Money(|of| Some(of.monthly_average))),
    ("per_user_month", Which::Money(|of| of.per_user_month)),
    ("paper_price", Which::Money(|of| of.sums.paper)),
    ("practice_price", Which::Money(|of| of.sums.practice)),
    ("saving", Which::Money(|of| of.saving)),
    ("saving_present_value", Which::Money(|of| of.saving_present_value)),
    ("expected_loss", Which::Money(|of| of.expected_loss)),
    ("risk_adjusted_total", Which::Money(|of| of.risk_adjusted_total)),
    ("cost_per_covered_hour", Which::Money(|of| of.cost_per_covered_hour)),
    ("payback_month", Which::Number(|of| of.payback_month.map(f64::from))),
    ("single_points_of_failure", Which::Number(|of| Some(of.evaluation.coverage.single_points_of_failure.into()))),
    ("work_done_term", Which::Share(|of| of.work.share_term)),
    ("coverage.scheduled", Which::Share(|of| of.evaluation.coverage.scheduled)),
    ("coverage.expected_term", Which::Share(|of| of.evaluation.coverage.expected_term)),
    ("coverage_term", Which::Share(|of| of.evaluation.coverage.expected_term)),
    ("coverage.on_duty", Which::Share(|of| of.evaluation.coverage.on_duty)),
    ("scheduled", Which::Share(|of| of.evaluation.coverage.scheduled)),
    ("on_duty", Which::Share(|of| of.evaluation.coverage.on_duty)),
    ("expected_term", Which::Share(|of| of.evaluation.coverage.expected_term)),
    ("meets_coverage_target", Which::Flag(|of| of.meets_coverage_target)),
    ("meets_work_target", Which::Flag(|of| of.meets_work_target)),
    ("meets_budget", Which::Flag(|of| of.meets_budget())),
    ("first_year", Which::Year(1)),
    ("practice", Which::Money(|of| of.sums.practice)),
    ("paper", Which::Money(|of| of.sums.paper)),
    ("covered_hours", Which::Number(|of| Some(of.evaluation.coverage.covered_hours))),
];

/// A share of a service.
type ServiceShare = fn(&ServiceCoverage) -> Option<f64>;

/// The shares of a service by name.
const SERVICE_SHARES: [(&str, ServiceShare); 5] = [
    ("scheduled", |of| of.scheduled),
    ("expected", |of| of.expected),
    ("expected_term", |of| of.expected_term),
    ("on_duty", |of| of.on_duty),
    ("one_deep", |of| of.one_deep),
];

/// A number of a service of an alternative, by index.
type OfService = fn(&Compared, usize) -> Option<f64>;

/// The numbers of a service by name.
const SERVICE_NUMBERS: [(&str, OfService); 4] = [
    ("mean_wait_hours", |of, service| of.evaluation.coverage.services[service].mean_wait_hours),
    ("bus_factor", |of, service| of.evaluation.coverage.services[service].bus_factor.map(f64::from)),
    ("workload_hours", |of, service| Some(of.work.services[service].workload_hours)),
    ("backlog_hours", |of, service| Some(of.work.services[service].backlog_hours)),
];

/// Names to list where another is not known.
pub const SOME_NAMES: &str = "total, coverage, work_done, saving, present_value, month_totals.12, \
    by_category.salaries, services.KEY.expected";

impl Figure {
    /// The figure of a name; none where there is none. `alternative` is known.
    pub fn of_alternative(scenario: &Scenario, alternative: &str, name: &str) -> Option<Self> {
        let of = |which| Some(Self::Of { alternative: alternative.to_string(), which });
        if let Some((_, which)) = PLAIN.iter().find(|(plain, _)| *plain == name) {
            return of(*which);
        }
        let (head, rest) = name.split_once('.')?;
        match head {
            "month_totals" => {
                of(Which::Month(rest.parse().ok().filter(|&month| month <= scenario.term_months as usize)?))
            }
            "year_totals" => of(Which::Year(rest.parse().ok().filter(|&year| year >= 1)?)),
            "by_category" => {
                let named = |category: &Category| category.name() == rest || category.name().replace(' ', "_") == rest;
                of(Which::Category(Category::ALL.into_iter().find(named)?))
            }
            "services" => {
                let (key, figure) = rest.rsplit_once('.')?;
                let service = scenario.services.iter().position(|service| service.key == key)?;
                if let Some((_, share)) = SERVICE_SHARES.iter().find(|(name, _)| *name == figure) {
                    return of(Which::ServiceShare(service, *share));
                }
                let (_, number) = SERVICE_NUMBERS.iter().find(|(name, _)| *name == figure)?;
                of(Which::ServiceNumber(service, *number))
            }
            _ => None,
        }
    }

    /// The kind of number that the figure is held against; none where it is no number.
    pub fn kind(&self) -> Option<Kind> {
        let Self::Of { which, .. } = self else { return None };
        match which {
            Which::Total | Which::Money(_) | Which::Month(_) | Which::Year(_) | Which::Category(_) => Some(Kind::Money),
            Which::Coverage | Which::WorkDone | Which::Share(_) | Which::ServiceShare(..) => Some(Kind::Share),
            Which::Number(_) | Which::ServiceNumber(..) => Some(Kind::Number),
            Which::MeetsTargets | Which::Flag(_) => None,
        }
    }

    /// What the figure comes to in a comparison; none where it does not apply.
    pub fn value(&self, comparison: &Comparison) -> Option<Value> {
        let id = |index: usize| comparison.alternatives[index].id().to_string();
        let (alternative, which) = match self {
            Self::Cheapest => return Some(Value::Id(comparison.cheapest.map(id))),
            Self::Recommended => return Some(Value::Id(comparison.recommended.map(id))),
            Self::Of { alternative, which } => (alternative, which),
        };
        let of = comparison.alternatives.iter().find(|of| of.id() == alternative)?;
        let sums = &of.sums;
        match *which {
            Which::Total => Some(Value::Money(sums.total)),
            Which::Coverage => of.evaluation.coverage.expected.map(Value::Share),
            Which::WorkDone => of.work.share.map(Value::Share),
            Which::MeetsTargets => of.standing.met().map(Value::Flag),
            Which::Money(figure) => figure(of).map(Value::Money),
            Which::Share(figure) => figure(of).map(Value::Share),
            Which::Number(figure) => figure(of).map(Value::Number),
            Which::Flag(figure) => figure(of).map(Value::Flag),
            Which::Month(month) => sums.months.get(month).copied().map(Value::Money),
            Which::Year(year) => sums.years.get(year - 1).copied().map(Value::Money),
            Which::Category(category) => Some(Value::Money(sums.category(category))),
            Which::ServiceShare(service, share) => share(&of.evaluation.coverage.services[service]).map(Value::Share),
            Which::ServiceNumber(service, number) => number(of, service).map(Value::Number),
        }
    }
}

impl Value {
    /// The value as a number to compare with; none for what is no number.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Money(amount) => Some(amount.0),
            Self::Share(number) | Self::Number(number) => Decimal::from_f64(*number),
            Self::Flag(_) | Self::Id(_) => None,
        }
    }

    /// How far two values of this kind may lie apart and still be equal: amounts are exact.
    pub fn tie(&self) -> Decimal {
        match self {
            Self::Share(_) | Self::Number(_) => Decimal::from_f64(TIE).unwrap_or_default(),
            Self::Money(_) | Self::Flag(_) | Self::Id(_) => Decimal::ZERO,
        }
    }

    /// The value for a place in a picture.
    pub fn to_f64(&self) -> Option<f64> {
        self.number().and_then(|number| number.to_f64())
    }
}
