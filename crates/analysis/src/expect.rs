//! Whether what a file expects comes out.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::compare::{Compared, Comparison, TIE};
use comanage_expr::number::{percent, round_half_away};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::ledger::Category;
use comanage_model::money::Money;
use comanage_model::scenario::{Expectation, Expected, Figure, NOBODY};

/// The expectations of a file that are not met, each with its place.
pub fn missed(comparison: &Comparison) -> Vec<Diagnostic> {
    comparison.scenario.expect.iter().filter_map(|expectation| check(comparison, expectation)).collect()
}

/// What came out, in the shape of what is expected.
enum Actual {
    Id(Option<String>),
    Ids(Vec<String>),
    Money(Option<Money>),
    Share(Option<f64>),
    Whole(Option<u32>),
}

fn check(comparison: &Comparison, expectation: &Expectation) -> Option<Diagnostic> {
    let alternative = match &expectation.alternative {
        None => None,
        Some(id) => Some(comparison.alternatives.iter().find(|alternative| alternative.id() == id)?),
    };
    let actual = match alternative {
        None => of_comparison(comparison, &expectation.figure),
        Some(alternative) => of_alternative(alternative, &expectation.figure),
    };
    if is_met(expectation, &actual) {
        return None;
    }
    let message =
        format!("expected {}, got {}", expected_text(expectation), actual_text(comparison, expectation, &actual));
    let label = expectation.alternative.as_ref().map_or_else(String::new, |id| format!("of `{id}`"));
    Some(Diagnostic::error("expectation-missed", message).at(expectation.span.clone(), label))
}

fn of_comparison(comparison: &Comparison, figure: &Figure) -> Actual {
    let id = |index: usize| comparison.alternatives[index].id().to_string();
    match figure {
        Figure::Cheapest => Actual::Id(comparison.cheapest.map(id)),
        Figure::Recommended => Actual::Id(comparison.recommended.map(id)),
        Figure::Frontier => Actual::Ids(comparison.frontier.iter().map(|&index| id(index)).collect()),
        _ => Actual::Money(None),
    }
}

fn of_alternative(alternative: &Compared, figure: &Figure) -> Actual {
    let sums = &alternative.sums;
    let coverage = &alternative.evaluation.coverage;
    let at = |amounts: &[Money], index: u32| Actual::Money(amounts.get(index as usize).copied());
    let nothing = Some(Money::default());
    match figure {
        Figure::Month(month) => at(&sums.months, *month),
        Figure::Year(year) => at(&sums.years, year.saturating_sub(1)),
        Figure::Total => Actual::Money(Some(sums.total)),
        Figure::PresentValue => Actual::Money(Some(alternative.present_value)),
        Figure::Saving => Actual::Money(alternative.saving),
        Figure::ExpectedLoss => Actual::Money(alternative.expected_loss),
        Figure::RiskAdjustedTotal => Actual::Money(alternative.risk_adjusted_total),
        Figure::PaybackMonth => Actual::Whole(alternative.payback_month),
        Figure::Paper => Actual::Money(sums.paper.or(nothing)),
        Figure::Practice => Actual::Money(sums.practice.or(nothing)),
        Figure::ProviderMonth(month) => at(&sums.provider_months, *month),
        Figure::ProviderYear(year) => at(&sums.provider_years(), year.saturating_sub(1)),
        Figure::Category(name) => {
            let category = Category::ALL.into_iter().find(|category| category.name() == name);
            Actual::Money(category.map(|category| sums.category(category)))
        }
        Figure::Coverage => Actual::Share(coverage.expected),
        Figure::Scheduled => Actual::Share(coverage.scheduled),
        Figure::CoverageTerm => Actual::Share(coverage.expected_term),
        Figure::WorkDone => Actual::Share(alternative.work.share),
        Figure::Cheapest | Figure::Recommended | Figure::Frontier => Actual::Id(None),
    }
}

fn is_met(expectation: &Expectation, actual: &Actual) -> bool {
    match (&expectation.expected, actual) {
        (Expected::Id(expected), Actual::Id(actual)) => actual.as_deref().unwrap_or(NOBODY) == expected,
        (Expected::Ids(expected), Actual::Ids(actual)) => actual == expected,
        (Expected::Money(expected), Actual::Money(Some(actual))) => {
            actual.0.checked_sub(*expected).is_some_and(|off| off.abs() <= expectation.tolerance)
        }
        (Expected::Share { value, decimals }, Actual::Share(Some(actual))) => {
            rounded(*actual, *decimals) == Some(*value)
        }
        (Expected::Whole(expected), Actual::Whole(Some(actual))) => actual == expected,
        (Expected::Within { at_least, at_most }, actual) => number(actual).is_some_and(|(actual, tie)| {
            let tolerance = expectation.tolerance.max(tie);
            at_least.is_none_or(|min| actual >= min.saturating_sub(tolerance))
                && at_most.is_none_or(|max| actual <= max.saturating_add(tolerance))
        }),
        _ => false,
    }
}

/// What came out as a number, and how near to a bound it still is on it.
fn number(actual: &Actual) -> Option<(Decimal, Decimal)> {
    match actual {
        Actual::Money(money) => money.map(|money| (money.0, Decimal::ZERO)),
        Actual::Share(share) => Decimal::from_f64((*share)?).zip(Decimal::from_f64(TIE)),
        Actual::Whole(number) => number.map(|number| (number.into(), Decimal::ZERO)),
        Actual::Id(_) | Actual::Ids(_) => None,
    }
}

/// A share rounded to this many decimal places of a percent.
fn rounded(share: f64, decimals: u32) -> Option<Decimal> {
    Decimal::from_f64(share).map(|share| round_half_away(share, decimals + 2))
}

fn expected_text(expectation: &Expectation) -> String {
    match &expectation.expected {
        Expected::Id(id) => id.clone(),
        Expected::Ids(ids) => ids.join(", "),
        Expected::Money(amount) => amount.to_string(),
        Expected::Share { value, .. } => percent(*value),
        Expected::Whole(number) => number.to_string(),
        Expected::Within { at_least, at_most } => {
            let is_share = matches!(
                expectation.figure,
                Figure::Coverage | Figure::Scheduled | Figure::CoverageTerm | Figure::WorkDone
            );
            let written = |value: Decimal| match is_share {
                true => percent(value),
                false => value.to_string(),
            };
            let min = at_least.map(|min| format!("at least {}", written(min)));
            let max = at_most.map(|max| format!("at most {}", written(max)));
            min.into_iter().chain(max).collect::<Vec<_>>().join(" and ")
        }
    }
}

fn actual_text(comparison: &Comparison, expectation: &Expectation, actual: &Actual) -> String {
    let none = || NOBODY.to_string();
    match actual {
        Actual::Id(id) => id.clone().unwrap_or_else(none),
        Actual::Ids(ids) => ids.join(", "),
        Actual::Money(money) => money.map_or_else(none, |money| money.to_data(comparison.scenario.currency)),
        Actual::Share(share) => share.map_or_else(none, |share| match expectation.expected {
            Expected::Share { decimals, .. } => rounded(share, decimals).map_or_else(none, percent),
            Expected::Within { .. } => rounded(share, 6).map_or_else(none, percent),
            _ => share.to_string(),
        }),
        Actual::Whole(number) => number.map_or_else(none, |number| number.to_string()),
    }
}
