//! Terms of a contract: stated prices, what leaving costs, what was answered.

use super::super::parts::{body, headers, text};
use super::super::{Block, Cell, Table};
use super::{name, side_by_side};
use crate::figures::written;
use comanage_analysis::guide::Guide;
use comanage_analysis::quotes::{Answer, Quote, Quotes};
use comanage_model::money::Money;
use comanage_model::scenario::{Contract, Exit, Kind, Scenario};

/// Stated prices next to its own.
pub(super) fn stated(quotes: &Quotes) -> Vec<Block> {
    let currency = quotes.comparison.scenario.currency;
    let exact = |money: Money| Cell::Price(money, currency);
    let mut rows = Vec::new();
    for quote in &quotes.offers {
        for price in &quote.stated {
            let what = match &price.worked {
                Some(worked) => format!("{} ({worked})", price.what),
                None => price.what.clone(),
            };
            let difference = match price.difference() {
                _ if price.is_right() => text("none"),
                Some(difference) => exact(difference),
                None => text("not charged"),
            };
            rows.push(body(vec![
                name(quote),
                text(what),
                exact(price.said),
                price.own.map_or(Cell::None, exact),
                difference,
            ]));
        }
    }
    if rows.is_empty() {
        return vec![Block::Paragraph("No quoted totals to check.".into())];
    }
    vec![Block::Table(Table { headers: headers(&["Offer", "Item", "Quoted", "Recalculated", "Difference"]), rows })]
}

/// A handful of months, the last one among them.
pub(super) fn few_months(scenario: &Scenario) -> Vec<u32> {
    const MAX: u32 = 7;
    let term = scenario.term_months;
    let step = [1, 3, 6, 12, 24].into_iter().find(|step| term / step <= MAX).unwrap_or(24);
    let mut months: Vec<u32> = (1..=term / step).map(|number| number * step).collect();
    if months.first() != Some(&1) {
        months.insert(0, 1);
    }
    if months.last() != Some(&term) {
        months.push(term);
    }
    months
}

/// What leaving costs at the end of some months, and the terms it follows from.
pub(super) fn leaving(quotes: &Quotes, months: Vec<u32>) -> Vec<Block> {
    if quotes.offers.iter().all(|quote| quote.leaving.is_none()) {
        return vec![Block::Paragraph("No offer states its contract terms.".into())];
    }
    let cost = |quote: &Quote, month| match &quote.leaving {
        None => text("not stated"),
        Some(leaving) => leaving.at(month).map_or_else(|| text("not stated"), Cell::Money),
    };
    let row = |&month: &u32| (format!("month {month}"), quotes.offers.iter().map(|quote| cost(quote, month)).collect());
    let rows: Vec<(String, Vec<Cell>)> = months.iter().map(row).collect();
    let mut blocks = side_by_side(quotes, "At the end of", &rows);
    let scenario = quotes.comparison.scenario;
    let terms = quotes.offers.iter().filter_map(|quote| {
        let contract = quote.contract()?;
        Some(format!("{}: {}", quote.name(), terms(scenario, contract)))
    });
    let terms: Vec<String> = terms.collect();
    if !terms.is_empty() {
        blocks.push(Block::List(terms));
    }
    blocks
}

fn terms(scenario: &Scenario, contract: &Contract) -> String {
    let plain = |input| written(scenario.decimal(input), Kind::Number);
    let share = |input| written(scenario.decimal(input), Kind::Share);
    let mut terms =
        vec![format!("{} months", plain(contract.months)), format!("{} days' notice", plain(contract.notice_days))];
    terms.push(match (contract.renews_months, contract.renewal_uplift) {
        (None, _) => "does not renew".to_string(),
        (Some(months), None) => format!("renews for {} months", plain(months)),
        (Some(months), Some(uplift)) => {
            format!("renews for {} months with a {} increase", plain(months), share(uplift))
        }
    });
    terms.push(match contract.exit {
        None => "early termination: not stated".to_string(),
        Some(Exit::ShareOfRemaining(part)) => format!("early termination costs {} of the remaining fees", share(part)),
        Some(Exit::Months(months)) => format!("early termination costs up to {} months of fees", plain(months)),
    });
    terms.join(", ")
}

/// The questions, the answers, and what a bad one means.
pub(super) fn answers(quotes: &Quotes) -> Vec<Block> {
    let is_given = |quote: &Quote| quote.answers.iter().any(|answer| answer.given.is_some());
    if !quotes.offers.iter().any(is_given) {
        return vec![Block::Paragraph("No answers recorded.".into())];
    }
    let questions = quotes.offers.first().map_or(0, |quote| quote.answers.len());
    let cell = |answer: &Answer| {
        let words = answer.words().unwrap_or_else(|| "-".to_string());
        text(if answer.is_red_flag() { format!("{words} !") } else { words })
    };
    let rows: Vec<(String, Vec<Cell>)> = (0..questions)
        .map(|question| {
            let words = quotes.offers[0].answers[question].question.words.to_string();
            (words, quotes.offers.iter().map(|quote| cell(&quote.answers[question])).collect())
        })
        .collect();
    let mut blocks = side_by_side(quotes, "Question", &rows);
    blocks.push(Block::Paragraph("! red flag; - not answered".into()));
    let flags: Vec<String> = (0..questions).filter_map(|question| red_flag(quotes, question)).collect();
    if !flags.is_empty() {
        blocks.push(Block::List(flags));
    }
    blocks
}

/// What a bad answer means, whose it is, and who calls it a red flag.
fn red_flag(quotes: &Quotes, question: usize) -> Option<String> {
    let flagged = quotes.offers.iter().filter(|quote| quote.answers[question].is_red_flag());
    let names: Vec<&str> = flagged.map(|quote| quote.name()).collect();
    let asked = quotes.offers.first()?.answers[question].question;
    (!names.is_empty()).then(|| format!("{}: {} [{}]", names.join(", "), asked.red_flag, Guide::list(asked.guides)))
}
