//! Present value and payback: the months behind them.

use std::fmt::Write;

use super::figure::number;
use super::steps::origin;
use crate::compare::{Comparison, discount_factors};
use comanage_model::money::Money;
use comanage_model::scenario::Kind;

/// The present value of an alternative, by index: every month with what it weighs.
pub(super) fn present_value(comparison: &Comparison, alternative: usize) -> String {
    let scenario = comparison.scenario;
    let of = &comparison.alternatives[alternative];
    let currency = scenario.currency;
    let rate = scenario.f64(scenario.discount_rate);
    let mut out = format!(
        "present value of {}: {} {}\n  sum of each month's total x (1 + discount rate)^(-month / 12), rounded once\n",
        of.name(),
        of.present_value.to_exact_prose(currency),
        currency.code
    );
    let written = Kind::Share.write(scenario.decimal(scenario.discount_rate));
    let _ = writeln!(out, "  discount_rate = {written}{}", origin(scenario, scenario.discount_rate));
    let factors = discount_factors(rate, scenario.term_months);
    for (month, (amount, factor)) in of.sums.months.iter().zip(factors).enumerate() {
        let amount = amount.to_exact_prose(currency);
        let _ = writeln!(out, "  month {month}: {amount} x {}", number(factor, 8));
    }
    out
}

/// The payback of an alternative, by index: what it has saved against the baseline, month by month.
pub(super) fn payback(comparison: &Comparison, alternative: usize) -> String {
    let of = &comparison.alternatives[alternative];
    let currency = comparison.scenario.currency;
    let baseline = comparison.baseline.filter(|&baseline| baseline != alternative);
    let Some(baseline) = baseline.map(|index| &comparison.alternatives[index]) else {
        return format!("payback of {}: n/a, it is held against no baseline\n", of.name());
    };
    let mut out = match of.payback_month {
        Some(month) => format!("payback of {}: month {month}\n", of.name()),
        None => format!("payback of {}: never within the term\n", of.name()),
    };
    let _ = writeln!(
        out,
        "  the first month from which on the sum of the savings against {} is never below 0",
        baseline.name()
    );
    let mut saved = Money::ZERO;
    for (month, (&base, &own)) in baseline.sums.months.iter().zip(&of.sums.months).enumerate() {
        saved += base - own;
        let [base, own, saved] = [base, own, saved].map(|amount| amount.to_exact_prose(currency));
        let _ = writeln!(out, "  month {month}: {base} - {own}, together {saved}");
    }
    out
}
