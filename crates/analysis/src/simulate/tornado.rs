//! The tornado: what each uncertain input does alone, the rest at likely.

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::decision::{self, Decision};
use super::draw::Draws;
use super::engine::Columns;
use super::statistics::{Ranked, ascending};
use crate::compare::Comparison;
use crate::frames::Figures;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;

/// What an input does to a figure of an alternative.
#[derive(Clone, Debug)]
pub struct Swing {
    /// The alternative, by index.
    pub alternative: usize,
    /// Whether the figure is the difference to the baseline rather than the total.
    pub against_baseline: bool,
    /// The input, by index among the draws.
    pub input: usize,
    /// The figure with the input at its low end.
    pub at_low: Money,
    /// The figure with the input at its high end.
    pub at_high: Money,
    /// How far apart they lie.
    pub swing: Money,
    /// Spearman's rank correlation of the input with the figure; none where one is constant.
    pub rank_correlation: Option<f64>,
}

/// Every input on every alternative's total, then on its difference to the baseline; the widest
/// swing first, ties by path, those without effect too. Then what decides.
///
/// # Errors
/// An end of a range with which the scenario cannot be evaluated.
pub fn tornado(
    comparison: &Comparison,
    draws: &Draws,
    columns: &Columns,
    candidates: &[usize],
) -> Result<(Vec<Swing>, Option<Decision>), Diagnostic> {
    let baseline = comparison.baseline;
    let ends = ends(comparison, draws)?;
    let chosen_from: Vec<&[f64]> = candidates.iter().map(|&index| columns.totals[index].as_slice()).collect();
    let (input_ranks, values) = ranks(draws, columns.totals.first().map_or(0, Vec::len), &chosen_from);
    let minor = 10_f64.powi(comparison.scenario.currency.digits as i32);
    let values: Vec<f64> = values.into_iter().map(|value| value / minor).collect();
    let decision = decision::decision(comparison, &ends, &values);
    let figures: Vec<(usize, Option<usize>)> = (0..columns.totals.len())
        .flat_map(|alternative| {
            let against = baseline.filter(|&baseline| baseline != alternative);
            std::iter::once((alternative, None)).chain(against.map(|baseline| (alternative, Some(baseline))))
        })
        .collect();
    let of_figure = |&(alternative, baseline): &(usize, Option<usize>)| {
        let own = &columns.totals[alternative];
        let column: Vec<f64> = match baseline {
            Some(baseline) => own.iter().zip(&columns.totals[baseline]).map(|(own, base)| own - base).collect(),
            None => own.clone(),
        };
        let figure_ranks = Ranked::of(&column);
        let figure = |totals: &[Money]| match baseline {
            Some(baseline) => totals[alternative] - totals[baseline],
            None => totals[alternative],
        };
        let swing = |input: usize| {
            let (at_low, at_high) = (figure(&ends[input].low.totals), figure(&ends[input].high.totals));
            Swing {
                alternative,
                against_baseline: baseline.is_some(),
                input,
                at_low,
                at_high,
                swing: (at_high - at_low).abs(),
                rank_correlation: input_ranks[input].correlation(&figure_ranks),
            }
        };
        let mut swings: Vec<Swing> = (0..draws.inputs.len()).map(swing).collect();
        swings.sort_by(|a, b| {
            b.swing.cmp(&a.swing).then_with(|| draws.inputs[a.input].path.cmp(&draws.inputs[b.input].path))
        });
        swings
    };
    Ok((figures.par_iter().flat_map_iter(of_figure).collect(), decision))
}

/// The figures with an input at its low and at its high end.
pub struct Ends {
    /// At its low end.
    pub low: Figures,
    /// At its high end.
    pub high: Figures,
}

fn ends(comparison: &Comparison, draws: &Draws) -> Result<Vec<Ends>, Diagnostic> {
    let at = |input, value: Decimal| {
        let mut scenario = comparison.scenario.clone();
        scenario.inputs.set(input, value);
        Figures::of(&scenario)
    };
    let inputs = draws.inputs.par_iter();
    inputs.map(|input| Ok(Ends { low: at(input.input, input.low())?, high: at(input.input, input.high())? })).collect()
}

/// Draws that are held at once while inputs are ranked.
const HELD: usize = 16_000_000;

/// The ranks of the draws of each input, and what it is worth to know it: as many inputs together as there is
/// room for, since those that are correlated share most of the work.
fn ranks(draws: &Draws, samples: usize, totals: &[&[f64]]) -> (Vec<Ranked>, Vec<f64>) {
    let (inputs, together) = (draws.inputs.len(), (HELD / samples.max(1)).max(1));
    let firsts = (0..inputs).step_by(together);
    let ranked = |first: usize| -> Vec<(Ranked, f64)> {
        let drawn = draws.inputs_drawn(first..(first + together).min(inputs), samples);
        let rank = |column: &Vec<f64>| {
            let order = ascending(column);
            (Ranked::in_order(column, &order), decision::value_in_order(&order, totals))
        };
        drawn.par_iter().map(rank).collect()
    };
    firsts.flat_map(ranked).unzip()
}
