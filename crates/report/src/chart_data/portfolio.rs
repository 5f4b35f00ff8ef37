//! The chart of a portfolio: how savings are spread.

use crate::chart::number::scale;
use crate::chart::{Heading, Picture, histogram};
use crate::portfolio::{Portfolio, clients, count, share};
use comanage_analysis::portfolio::{Savings, Summary};

/// The name of the chart.
pub(crate) const PICTURE: &str = "portfolio-savings";

/// Savings of the clients whose recommended alternative is another than the baseline.
pub(crate) fn changing(tally: &Summary) -> Option<Savings> {
    let others = tally.choices.iter().filter(|(choice, _)| !choice.is_baseline);
    others.map(|(_, gain)| gain.savings.clone()).reduce(|mut all, some| {
        all.append(some);
        all
    })
}

/// The chart of savings; none where no one would change.
pub fn portfolio_picture(of: &Portfolio) -> Option<Picture> {
    let savings = changing(of.tally).filter(|savings| savings.count > 0)?;
    Some(Picture::new(PICTURE, spread(of, &savings)))
}

pub(crate) fn title(of: &Portfolio, savings: &Savings) -> String {
    let all = clients(of.tally.clients());
    match (savings.above, savings.below) {
        (0, _) => format!("None of {all} saves with the recommended alternative"),
        (above, _) if above == of.tally.clients() => format!("All {all} save with the recommended alternative"),
        (above, _) => format!("{} of {all} save with the recommended alternative", count(above)),
    }
}

fn spread(of: &Portfolio, savings: &Savings) -> histogram::Histogram {
    const BINS: usize = 40;
    let minor = 10_f64.powi(of.scenario.currency.digits as i32);
    let marked = savings.percentiles(&[0.01, 0.10, 0.50, 0.90, 0.99]);
    let (divisor, word) = scale(&marked.iter().map(|value| value / minor).collect::<Vec<_>>());
    let shown = |value: f64| value / minor / divisor;
    // A few clients far out would leave no space for the others.
    let (low, high) = (marked[0] - (marked[4] - marked[0]), marked[4] + (marked[4] - marked[0]));
    let within: Vec<(f64, usize)> =
        savings.counted().into_iter().map(|(value, count)| (shown(value.clamp(low, high)), count as usize)).collect();
    let code = of.scenario.currency.code;
    let unit = if word.is_empty() { code.to_string() } else { format!("{word} {code}") };
    let title = title(of, savings);
    let mark = |value: f64, label: &str| histogram::Mark { x: shown(value), y: None, label: label.to_string() };
    let out = savings.ends().is_some_and(|(min, max)| (min as f64) < low || (max as f64) > high);
    let ends = if out { "; values outside the axis are in the end bins" } else { "" };
    histogram::Histogram {
        heading: Heading {
            description: format!("{title}. Median saving {:.0} {unit}.", shown(marked[2])),
            title,
            subtitle: format!(
                "Saving against the baseline over the term, {unit}, {} with a recommended alternative{ends}",
                clients(savings.count)
            ),
        },
        x_title: format!("Saving, {unit}"),
        y_title: "Share of clients with a recommended alternative".into(),
        bins: histogram::bins_of_counts(&within, BINS),
        below: format!("more expensive for {}", share(savings.below, savings.count)),
        above: format!("cheaper for {}", share(savings.above, savings.count)),
        marks: vec![mark(marked[1], "P10"), mark(marked[2], "median"), mark(marked[3], "P90")],
    }
}
