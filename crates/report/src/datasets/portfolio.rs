//! A portfolio in short: a row for each alternative that is recommended or the cheapest for someone.

use crate::dataset::{Dataset, Fields};
use crate::portfolio::Portfolio;
use comanage_analysis::portfolio::{Choice, Savings, amount};

/// An alternative, for how many clients it is named, and what it saves where it is recommended.
type Of<'a> = (&'a Choice, u64, Option<&'a Savings>);

/// A row for each alternative that is the one to name for someone, with what it saves where it is
/// recommended.
pub fn portfolio(of: &Portfolio) -> Dataset {
    let (tally, currency) = (of.tally, of.scenario.currency);
    let minor = 10_f64.powi(currency.digits as i32);
    let percentile =
        move |share: f64| move |(_, _, savings): &Of| savings.map(|savings| savings.percentiles(&[share])[0] / minor);
    let fields = Fields::default()
        .text("alternative", "Alternative", |(choice, ..): &Of| choice.alternative.to_string())
        .text("kind", "Kind", |(choice, ..)| choice.kind.to_string())
        .text("pricing_model", "Pricing model", |(choice, ..)| choice.pricing_model.to_string())
        .flag("recommended", "Recommended", |(.., savings)| savings.is_some())
        .clients("clients", "Clients", |(_, clients, _)| *clients)
        .clients("gaining", "Clients that save", |(.., savings)| savings.map(|savings| savings.above))
        .money("saving_total", "Total saving", move |(.., savings)| {
            savings.map(|savings| amount(savings.sum, currency))
        })
        .statistic("saving_p10", "Saving, P10", percentile(0.1))
        .statistic("saving_p50", "Saving, median", percentile(0.5))
        .statistic("saving_p90", "Saving, P90", percentile(0.9));
    let recommended = tally.by_frequency().into_iter();
    let recommended = recommended.map(|(choice, gain)| (choice, gain.savings.count, Some(&gain.savings)));
    let unreached = tally.unreached.iter().map(|(choice, &clients)| (choice, clients, None));
    fields.dataset("choices", currency, recommended.chain(unreached))
}
