//! The charts of a simulation: what they show, and the sentence above each.

use rust_decimal::Decimal;

use super::comparison::{in_title, minus_signs, money, note, unit};
use crate::chart::Picture;
use crate::chart::lines::{Line, Lines};
use crate::chart::number::{scale, thousands};
use crate::chart::stacked_bars::{Bar, Hue, Part, StackedBars};
use crate::chart::tornado::{Swing, Tornado};
use crate::chart::{Heading, histogram, marker};
use crate::document::{by_swing, chance_words};
use crate::figures::{whole_percent, written};
use crate::input_names::input_name;
use comanage_analysis::compare::Comparison;
use comanage_analysis::simulate::{Chance, Deciding, Simulation, Swing as Effect, Uncertainty, percentile};
use comanage_model::money::{Money, group_thousands};
use comanage_model::scenario::Kind;

/// Draws every chart of a simulation; none where nothing is uncertain.
pub fn pictures(comparison: &Comparison, of: &Simulation, cumulative: &[Vec<Vec<f64>>]) -> Vec<Picture> {
    if of.draws.inputs.is_empty() {
        return Vec::new();
    }
    let mut pictures: Vec<Picture> = tornado_picture(comparison, of).into_iter().collect();
    if has_decision(of) {
        pictures.extend(decision_tornado(comparison, of).map(|tornado| Picture::new("decision", tornado)));
    }
    pictures.push(Picture::new("cumulative-bands", bands(comparison, of, cumulative)));
    if let Some(baseline) = comparison.baseline.filter(|&baseline| baseline != comparison.leading) {
        pictures.push(Picture::new("saving-distribution", saving(comparison, of, baseline)));
    }
    pictures.extend(chances_picture(comparison, of));
    pictures
}

/// How often each alternative meets the targets, and how often it is the cheapest that does; none in a
/// comparison of prices.
fn chances_picture(comparison: &Comparison, of: &Simulation) -> Option<Picture> {
    of.chance_none_meets?;
    let percent = |chance: Option<Chance>| chance.map_or(0.0, |chance| (chance.value * 100.0).round());
    let bar = |(index, uncertainty): (usize, &Uncertainty)| {
        let meets = percent(uncertainty.chance_meets_targets);
        let wins = percent(uncertainty.chance_recommended).min(meets);
        Bar {
            name: comparison.alternatives[index].name().to_string(),
            values: vec![wins, meets - wins, 100.0 - meets],
            note: note(comparison, index),
        }
    };
    let [best, rest] = match comparison.scenario.budget.is_none() {
        true => ["meets the targets at the lowest cost", "meets them, another is cheaper"],
        false => ["cheapest within targets and budget", "targets met, more expensive or over budget"],
    };
    let part = |name: &str, hue| Part { name: name.to_string(), hue };
    let leading = &of.alternatives[comparison.leading];
    let name = in_title(comparison.alternatives[comparison.leading].name());
    let described = of.alternatives.iter().zip(&comparison.alternatives).map(|(uncertainty, alternative)| {
        format!("{}: {}", alternative.name(), chance_words(uncertainty.chance_meets_targets))
    });
    let chart = StackedBars {
        budget: None,
        heading: Heading {
            title: format!("{name} meets the targets in {}% of the samples", percent(leading.chance_meets_targets)),
            subtitle: format!(
                "Percent of {} samples: coverage and work held against the targets in each",
                group_thousands(&of.samples.to_string())
            ),
            description: described.collect::<Vec<_>>().join("; "),
        },
        parts: vec![part(best, Hue::Green), part(rest, Hue::Blue), part("misses a target", Hue::Grey)],
        bars: of.alternatives.iter().enumerate().map(bar).collect(),
    };
    Some(Picture::new("chance-of-targets", chart))
}

/// What moves the cost of the leading alternative most; where nothing does, what decides between it and the
/// next. None where nothing is uncertain.
pub fn tornado_picture(comparison: &Comparison, of: &Simulation) -> Option<Picture> {
    let is_uncertain = !of.draws.inputs.is_empty();
    is_uncertain.then(|| {
        let tornado = tornado_of(comparison, of);
        let decision = if tornado.rows.is_empty() { decision_tornado(comparison, of) } else { None };
        let decision = decision.filter(|decision| !decision.rows.is_empty());
        Picture::new("tornado", decision.unwrap_or(tornado))
    })
}

/// Whether any input moves the difference between the recommended alternative and the next.
pub fn has_decision(of: &Simulation) -> bool {
    let decision = of.decision.as_ref();
    decision.is_some_and(|decision| decision.inputs.iter().any(|input| input.swing() > Money::default()))
}

/// What each input does to the difference between the recommended alternative and the next.
fn decision_tornado(comparison: &Comparison, of: &Simulation) -> Option<Tornado> {
    const MAX: usize = 12;
    let decision = of.decision.as_ref()?;
    let runner_up = decision.runner_up?;
    let total = |index: usize| comparison.alternatives[index].sums.total;
    let base = total(decision.recommended) - total(runner_up);
    let inputs: Vec<&Deciding> =
        by_swing(decision).into_iter().filter(|input| input.swing() > Money::default()).take(MAX).collect();
    let all = inputs.iter().flat_map(|input| [input.at_low, input.at_high]).flatten().map(money);
    let (divisor, word) = scale(&all.chain([money(base)]).collect::<Vec<_>>());
    let name_of = |input: &Deciding| input_name(comparison.scenario, &of.draws.inputs[input.input].path);
    let row = |input: &&Deciding| {
        let drawn = &of.draws.inputs[input.input];
        let kind = comparison.scenario.inputs.about(drawn.input).kind;
        let place = |difference: Option<Money>| difference.map_or(0.0, money) / divisor;
        Swing {
            name: name_of(input),
            low: place(input.at_low),
            high: place(input.at_high),
            low_label: end(drawn.low(), kind),
            high_label: end(drawn.high(), kind),
        }
    };
    let name = |index: usize| in_title(comparison.alternatives[index].name());
    let turning = inputs.iter().find(|input| input.turns(decision.recommended));
    let title = match (turning, inputs.first()) {
        (Some(input), _) => format!("{} can change what is recommended", name_of(input)),
        (None, Some(first)) => {
            format!("{} decides most, and {} stays recommended", name_of(first), name(decision.recommended))
        }
        (None, None) => "No range in the file moves the choice".to_string(),
    };
    let described = inputs.iter().map(|input| {
        let words = |amount: Option<Money>| amount.map_or_else(|| "n/a".to_string(), |amount| amount.to_prose());
        format!("{}: {} to {}", name_of(input), words(input.at_low), words(input.at_high))
    });
    Some(Tornado {
        heading: Heading {
            title,
            subtitle: format!(
                "Total of {} less {}, {}, with one input at its low or high value, the others at likely",
                name(decision.recommended),
                name(runner_up),
                unit(comparison, word)
            ),
            description: described.collect::<Vec<_>>().join("; "),
        },
        low_name: "input at its low value".into(),
        high_name: "input at its high value".into(),
        base: money(base) / divisor,
        base_label: format!(
            "{} {} at the likely values",
            minus_signs(&base.to_prose()),
            comparison.scenario.currency.code
        ),
        rows: inputs.iter().map(row).collect(),
    })
}

/// The swings of an alternative's total.
pub fn swings_of(of: &Simulation, alternative: usize, against_baseline: bool) -> impl Iterator<Item = &Effect> {
    of.tornado
        .iter()
        .filter(move |swing| swing.alternative == alternative && swing.against_baseline == against_baseline)
}

fn tornado_of(comparison: &Comparison, of: &Simulation) -> Tornado {
    const MAX: usize = 12;
    let index = comparison.leading;
    let alternative = &comparison.alternatives[index];
    let total = money(alternative.sums.total);
    let has_effect = |swing: &&Effect| swing.swing > Money::default();
    let swings: Vec<_> = swings_of(of, index, false).filter(has_effect).take(MAX).collect();
    let input_name = |swing: &Effect| input_name(comparison.scenario, &of.draws.inputs[swing.input].path);
    let (divisor, word) = scale(&[total]);
    let row = |swing: &&Effect| {
        let input = &of.draws.inputs[swing.input];
        let kind = comparison.scenario.inputs.about(input.input).kind;
        Swing {
            name: input_name(swing),
            low: money(swing.at_low) / divisor,
            high: money(swing.at_high) / divisor,
            low_label: end(input.low(), kind),
            high_label: end(input.high(), kind),
        }
    };
    let title = match swings.first() {
        Some(first) => {
            format!("{} has the largest effect on the cost of {}", input_name(first), in_title(alternative.name()))
        }
        None => format!("No range in the file changes the cost of {}", in_title(alternative.name())),
    };
    Tornado {
        heading: Heading {
            title,
            subtitle: format!(
                "Total over {} months with one input at its low or high value, the others at likely, {}",
                comparison.scenario.term_months,
                unit(comparison, word)
            ),
            description: swings
                .iter()
                .map(|swing| {
                    format!("{}: {} to {}", input_name(swing), swing.at_low.to_prose(), swing.at_high.to_prose())
                })
                .collect::<Vec<_>>()
                .join("; "),
        },
        low_name: "input at its low value".into(),
        high_name: "input at its high value".into(),
        base: total / divisor,
        base_label: format!(
            "{} {} at the likely values",
            minus_signs(&alternative.sums.total.to_prose()),
            comparison.scenario.currency.code
        ),
        rows: swings.iter().map(row).collect(),
    }
}

/// An end of a range as a chart writes it.
fn end(value: Decimal, kind: Kind) -> String {
    match kind {
        Kind::Share => written(value, kind),
        Kind::Money | Kind::Number | Kind::Count | Kind::Months => group_thousands(&written(value, kind)),
    }
}

fn bands(comparison: &Comparison, of: &Simulation, cumulative: &[Vec<Vec<f64>>]) -> Lines {
    let totals: Vec<f64> = of.alternatives.iter().map(|alternative| alternative.total.p90).collect();
    let (divisor, word) = scale(&totals);
    let shown = banded(comparison);
    let line = |index: usize| {
        let alternative = &comparison.alternatives[index];
        let mut sum = 0.0;
        let values = alternative.sums.months.iter().map(|month| {
            sum += money(*month);
            sum / divisor
        });
        let place = shown.iter().position(|&other| other == index).unwrap_or(0);
        let band = cumulative[place].iter().map(|month| {
            let mut sorted = month.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            (percentile(&sorted, 0.10) / divisor, percentile(&sorted, 0.90) / divisor)
        });
        Line {
            name: alternative.name().to_string(),
            values: values.collect(),
            band: band.collect(),
            muted: Some(index) == comparison.baseline,
            marker: marker::number(index, comparison.baseline),
        }
    };
    let index = comparison.leading;
    let name = in_title(comparison.alternatives[index].name());
    let total = of.alternatives[index].total;
    let (low, high) = (thousands(total.p10, 0), thousands(total.p90, 0));
    let code = comparison.scenario.currency.code;
    let title = if low == high {
        format!("{name} costs {low} {code} in at least 80% of the samples")
    } else {
        format!("{name} costs between {low} and {high} {code} in 80% of the samples")
    };
    Lines {
        heading: Heading {
            title,
            subtitle: format!(
                "Cumulative cost, {}; lines at the likely values, bands and figures from P10 to P90 of the samples",
                unit(comparison, word)
            ),
            description: shown
                .iter()
                .map(|&index| {
                    let total = of.alternatives[index].total;
                    format!("{}: P10 {:.0}, P90 {:.0}", comparison.alternatives[index].name(), total.p10, total.p90)
                })
                .collect::<Vec<_>>()
                .join("; "),
        },
        x_title: "Month".into(),
        lines: shown.iter().map(|&index| line(index)).collect(),
        ..Lines::default()
    }
}

/// More bands than a few cannot be distinguished: the baseline, the leading one and its rivals that
/// meet the targets, at most this many.
pub fn banded(comparison: &Comparison) -> Vec<usize> {
    const MAX: usize = 4;
    let index = comparison.leading;
    let mut rivals: Vec<usize> = (0..comparison.alternatives.len())
        .filter(|&other| other != index && Some(other) != comparison.baseline)
        .collect();
    rivals.sort_by_key(|&other| {
        let alternative = &comparison.alternatives[other];
        (!alternative.may_be_recommended(), alternative.sums.total)
    });
    let mut shown: Vec<usize> = std::iter::once(index).chain(comparison.baseline).chain(rivals).collect();
    shown.dedup();
    shown.truncate(MAX);
    shown
}

/// The savings of the leading alternative against the baseline in all samples, the least first.
pub(crate) fn savings(comparison: &Comparison, of: &Simulation, baseline: usize) -> Vec<f64> {
    let minor = 10_f64.powi(comparison.scenario.currency.digits as i32);
    let pairs = of.columns.totals[baseline].iter().zip(&of.columns.totals[comparison.leading]);
    let mut savings: Vec<f64> = pairs.map(|(base, own)| (base - own) / minor).collect();
    savings.sort_unstable_by(f64::total_cmp);
    savings
}

fn saving(comparison: &Comparison, of: &Simulation, baseline: usize) -> histogram::Histogram {
    const BINS: usize = 30;
    let index = comparison.leading;
    let savings = savings(comparison, of, baseline);
    let (divisor, word) = scale(&savings);
    let scaled: Vec<f64> = savings.iter().map(|saving| saving / divisor).collect();
    let chance = of.alternatives[index].chance_below_baseline.map_or(0.0, |chance| chance.value);
    let name = in_title(comparison.alternatives[index].name());
    let base = in_title(comparison.alternatives[baseline].name());
    let title = match () {
        () if chance >= 1.0 => format!("{name} is cheaper than {base} in every sample"),
        () if chance <= 0.0 => format!("{name} costs more than {base} in every sample"),
        () => format!("{name} is cheaper than {base} in {} of the samples", whole_percent(chance)),
    };
    let mark =
        |share: f64, label: &str| histogram::Mark { x: percentile(&scaled, share), y: None, label: label.to_string() };
    histogram::Histogram {
        heading: Heading {
            description: format!("{title}. Median saving {:.0}.", percentile(&savings, 0.5)),
            title,
            subtitle: format!("Saving of {name} against {base} over the term, {}", unit(comparison, word)),
        },
        x_title: format!("Saving, {}", unit(comparison, word)),
        y_title: "Share of the samples".into(),
        bins: histogram::bins(&scaled, BINS),
        below: format!("more expensive in {}", whole_percent(1.0 - chance)),
        above: format!("cheaper in {}", whole_percent(chance)),
        marks: vec![mark(0.1, "P10"), mark(0.5, "median"), mark(0.9, "P90")],
    }
}
