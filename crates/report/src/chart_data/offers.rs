//! The chart of offers: each price, from paper to practice.

use rust_decimal::prelude::ToPrimitive;

use super::comparison::in_title;
use crate::chart::number::scale;
use crate::chart::stacked_bars::{Bar, Hue, Part, StackedBars, fold_small};
use crate::chart::{Emphasis, Heading, Note, Picture};
use crate::figures::without_price;
use comanage_analysis::quotes::{Quote, Quotes, Reason, Step};
use comanage_model::money::Money;

/// Parts of a bar that are distinguished; the small ones are one.
const MAX_PARTS: usize = 9;

/// Draws the offers; nothing without an offer.
pub fn pictures(quotes: &Quotes) -> Vec<Picture> {
    if quotes.offers.is_empty() {
        return Vec::new();
    }
    let chart = fold_small(paper_to_practice(quotes), MAX_PARTS, "other");
    vec![Picture::new("paper-to-practice", chart)]
}

fn money(money: Money) -> f64 {
    money.0.to_f64().unwrap_or(0.0)
}

fn paper_to_practice(quotes: &Quotes) -> StackedBars {
    let scenario = quotes.comparison.scenario;
    let totals: Vec<f64> = quotes.offers.iter().map(|quote| money(quote.practice.term)).collect();
    let (divisor, word) = scale(&totals);
    let steps = steps(quotes);
    let value = |quote: &Quote, item: &str| {
        let step = quote.bridge.iter().find(|step| step.item == item);
        step.map_or(0.0, |step| money(step.term) / divisor)
    };
    let bar = |quote: &Quote| Bar {
        name: quote.name().to_string(),
        values: std::iter::once(money(quote.paper.term) / divisor)
            .chain(steps.iter().map(|step| value(quote, &step.item)))
            .collect(),
        note: note(quotes, quote),
    };
    let paper = Part { name: "quoted price".to_string(), hue: Hue::Blue };
    let part = |step: &&Step| Part { name: step.item.clone(), hue: hue(step) };
    let unit = if word.is_empty() { String::new() } else { format!("{word} ") };
    StackedBars {
        budget: None,
        heading: Heading {
            title: title(quotes),
            subtitle: format!(
                "Provider cost over {} months: quoted price and additions to expected cost, {unit}{}",
                scenario.term_months, scenario.currency.code
            ),
            description: description(quotes),
        },
        parts: std::iter::once(paper).chain(steps.iter().map(part)).collect(),
        bars: quotes.offers.iter().map(bar).collect(),
    }
}

/// Every step that some offer has, each once.
fn steps<'b>(quotes: &'b Quotes) -> Vec<&'b Step> {
    let mut steps: Vec<&Step> = Vec::new();
    for step in quotes.offers.iter().flat_map(|quote| &quote.bridge) {
        if !steps.iter().any(|known| known.item == step.item) {
            steps.push(step);
        }
    }
    steps
}

/// What makes up a minimum is grey, hours beyond those bought are green, hours out of scope orange.
fn hue(step: &Step) -> Hue {
    match step.reason {
        Reason::Limit => Hue::Grey,
        Reason::OutOfScope(_) => Hue::Orange,
        Reason::Overage | Reason::FurtherLots => Hue::Green,
    }
}

fn note(quotes: &Quotes, quote: &Quote) -> Option<Note> {
    let is = |other: Option<&Quote>| other.is_some_and(|other| other.key() == quote.key());
    if !quote.is_needed() {
        return Some(Note { text: "not needed".to_string(), tone: Emphasis::Plain });
    }
    if !quote.is_ranked() {
        return Some(Note { text: without_price(quote.alternative.unpriced.len()), tone: Emphasis::Warning });
    }
    let on_paper = is(quotes.cheapest(|quote| quote.paper.term));
    let in_practice = is(quotes.cheapest(|quote| quote.practice.term));
    let (text, tone) = match (on_paper, in_practice) {
        (true, true) => ("lowest quoted price and expected cost", Emphasis::Chosen),
        (false, true) => ("lowest expected cost", Emphasis::Chosen),
        (true, false) => ("lowest quoted price only", Emphasis::Warning),
        (false, false) => return None,
    };
    Some(Note { text: text.to_string(), tone })
}

fn title(quotes: &Quotes) -> String {
    let (Some(paper), Some(practice)) =
        (quotes.cheapest(|quote| quote.paper.term), quotes.cheapest(|quote| quote.practice.term))
    else {
        return "No price is complete: each offer leaves out services without a price".to_string();
    };
    let name = in_title(paper.name());
    match () {
        () if quotes.offers.len() == 1 => format!("{name}: quoted price and expected cost"),
        () if paper.key() == practice.key() => {
            format!("{name} has the lowest quoted price and the lowest expected cost")
        }
        () if quotes.is_most_expensive_in_practice(paper) => {
            format!("{name} has the lowest quoted price but the highest expected cost")
        }
        () => format!("{name} has the lowest quoted price, {} the lowest expected cost", in_title(practice.name())),
    }
}

fn description(quotes: &Quotes) -> String {
    let offer = |quote: &Quote| {
        format!("{}: quoted {}, expected {}", quote.name(), quote.paper.term.to_prose(), quote.practice.term.to_prose())
    };
    quotes.offers.iter().map(offer).collect::<Vec<_>>().join("; ")
}
