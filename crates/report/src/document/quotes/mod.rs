//! Offers side by side as a document: prices, the way from paper to practice, scope, terms, answers.

mod price_list;
mod rates;
mod scope;
mod terms;

use super::parts::{body, brief, finding, full, headers, picture, text};
use super::{Block, Cell, Report, Role, Row, Section, Table};
use crate::figures::{percent, without_price};
use comanage_analysis::quotes::{Quote, Quotes, RED_FLAG, Step};
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Money;
use rates::rates;
use scope::{coverage, out_of_scope, responses, services};
use terms::{answers, few_months, leaving, stated};

/// Offers that are next to each other in a table; more go into the next one.
const ABREAST: usize = 6;

/// Writes the offers of a scenario.
pub fn quotes(quotes: &Quotes) -> Report {
    let scenario = quotes.comparison.scenario;
    Report {
        title: format!("{}: offers", scenario.name),
        subtitle: format!(
            "{}, {} months from {}, amounts in {}",
            scenario.file, scenario.term_months, scenario.start, scenario.currency.code
        ),
        answer: answer(quotes),
        sections: if quotes.offers.is_empty() { Vec::new() } else { sections(quotes) },
    }
}

fn sections(quotes: &Quotes) -> Vec<Section> {
    let scenario = quotes.comparison.scenario;
    let months = 1..=scenario.term_months;
    let mut sections = vec![
        brief("Offers", vec![Block::List(quotes.offers.iter().map(introduction).collect())]),
        brief("Quoted price and expected cost", vec![Block::Table(prices(quotes))]),
        brief("From quoted price to expected cost", vec![Block::Table(bridge(quotes)), paper_to_practice()]),
    ];
    sections.extend(price_list::options(quotes).map(|table| brief("Options", vec![Block::Table(table)])));
    if !scenario.services.is_empty() {
        sections.extend([
            brief("Scope of each offer", side_by_side(quotes, "Service", &services(quotes))),
            brief("Not covered by anyone", out_of_scope(quotes)),
            brief("Response time: promised vs required", responses(quotes)),
            full("Covered hours and availability", vec![Block::Table(coverage(quotes))]),
        ]);
    }
    sections.extend([
        brief("Quoted totals vs quoted rates", stated(quotes)),
        brief("Cost of termination", leaving(quotes, few_months(scenario))),
        full("Cost of termination, month by month", leaving(quotes, months.collect())),
    ]);
    if !quotes.is_for_client {
        sections.extend([
            brief("Rates vs published market ranges", rates(quotes)),
            brief("Provider answers", answers(quotes)),
            brief("Points to review", findings(quotes)),
        ]);
    }
    sections
}

/// Which offer is the cheapest, by quoted price and by expected cost, of those whose price is whole; then those whose
/// price is not.
fn answer(quotes: &Quotes) -> Vec<String> {
    if quotes.offers.is_empty() {
        return vec!["The scenario has no offers.".to_string()];
    }
    let apart: Vec<String> =
        quotes.offers.iter().filter(|quote| !quote.is_ranked()).map(|quote| unranked(quotes, quote)).collect();
    let sentence = match (quotes.cheapest(|quote| quote.paper.term), quotes.cheapest(|quote| quote.practice.term)) {
        (Some(paper), Some(practice)) => ranked(quotes, paper, practice),
        _ => "No offer has a price for all that is required, so none is called the cheapest.".to_string(),
    };
    let not_ranked = (!apart.is_empty()).then(|| format!("Not ranked: {}.", apart.join("; ")));
    std::iter::once(sentence).chain(not_ranked).collect()
}

/// Why an offer is not ranked: `By the hour, 1,200 USD in practice and 3 services without a price`.
fn unranked(quotes: &Quotes, quote: &Quote) -> String {
    let code = quotes.comparison.scenario.currency.code;
    if !quote.is_needed() {
        return format!("{}, not needed", quote.name());
    }
    let missing = without_price(quote.alternative.unpriced.len());
    format!("{}, expected cost {} {code} {missing}", quote.name(), quote.practice.term.to_prose())
}

fn ranked(quotes: &Quotes, paper: &Quote, practice: &Quote) -> String {
    let scenario = quotes.comparison.scenario;
    let (code, months) = (scenario.currency.code, scenario.term_months);
    let name = with_scope(quotes, paper);
    let (says, comes) = (paper.paper.term.to_prose(), paper.practice.term.to_prose());
    if quotes.offers.iter().filter(|quote| quote.is_ranked()).count() == 1 {
        format!("{name}: quoted price {says} {code}, expected cost {comes} {code} over {months} months.")
    } else if paper.practice.term <= practice.practice.term {
        format!(
            "{name} has the lowest quoted price ({says} {code}) and the lowest expected cost ({comes} {code}) over {months} months."
        )
    } else {
        let rank = if quotes.is_most_expensive_in_practice(paper) { "the highest" } else { "not the lowest" };
        let (other, costs) = (with_scope(quotes, practice), practice.practice.term.to_prose());
        format!(
            "{name} has the lowest quoted price ({says} {code} over {months} months), but {rank} expected cost ({comes} {code}). {other} has the lowest expected cost ({costs} {code})."
        )
    }
}

/// The name of an offer, with how much is in it.
fn with_scope(quotes: &Quotes, quote: &Quote) -> String {
    let all = quotes.comparison.scenario.services.len();
    let inside = quote.services.iter().filter(|scope| scope.is_in()).count();
    if all == 0 {
        return quote.name().to_string();
    }
    format!("{} ({inside} of {all} services included)", quote.name())
}

/// The offer with its provider, pricing model and source.
fn introduction(quote: &Quote) -> String {
    let provider = quote.joined(|offer| offer.provider.as_deref());
    let provider = provider.map_or_else(String::new, |provider| format!("{provider}, "));
    let source = quote.joined(|offer| offer.source.as_deref());
    let source = source.map_or_else(String::new, |source| format!(" ({source})"));
    let model = quote.alternative.pricing_model.map_or("", |model| model.name());
    format!("**{}**: {provider}{model}{source}", quote.name())
}

fn name(quote: &Quote) -> Cell {
    text(quote.name())
}

fn prices(quotes: &Quotes) -> Table {
    let currency = quotes.comparison.scenario.currency;
    let per_user = |price: Option<Money>| price.map_or(Cell::None, |price| Cell::Price(price, currency));
    let row = |quote: &Quote| {
        let (paper, practice) = (quote.paper, quote.practice);
        if !quote.is_needed() {
            let nothing = (0..6).map(|_| text("not needed"));
            return body(std::iter::once(name(quote)).chain(nothing).chain([text("")]).collect());
        }
        body(vec![
            name(quote),
            Cell::Money(paper.year_1),
            Cell::Money(paper.term),
            per_user(paper.per_user_month),
            Cell::Money(practice.year_1),
            Cell::Money(practice.term),
            per_user(practice.per_user_month),
            text(on_top(quote)),
        ])
    };
    Table {
        headers: headers(&[
            "Offer",
            "Quoted: year 1",
            "term",
            "per user per month",
            "Expected: year 1",
            "term",
            "per user per month",
            "Above quote",
        ]),
        rows: quotes.offers.iter().map(row).collect(),
    }
}

/// What practice adds to the quoted price, as a share of it, and how many services have no price.
fn on_top(quote: &Quote) -> String {
    use rust_decimal::prelude::ToPrimitive;
    let more = (quote.practice.term - quote.paper.term).0;
    let share = match more.checked_div(quote.paper.term.0).and_then(|share| share.to_f64()) {
        _ if more.is_zero() => "none".to_string(),
        Some(share) => format!("+{}", percent(share)),
        None => "entire cost".to_string(),
    };
    match quote.alternative.unpriced.len() {
        0 => share,
        some => format!("{share}, {}", without_price(some)),
    }
}

/// Every line of each quoted price, then every step to the expected cost.
fn bridge(quotes: &Quotes) -> Table {
    let scenario = quotes.comparison.scenario;
    let mut rows = Vec::new();
    for quote in &quotes.offers {
        let row = |role, step: String, quantity: String, year_1, term| Row {
            role,
            cells: vec![text(""), text(step), text(quantity), Cell::Money(year_1), Cell::Money(term)],
        };
        let first = rows.len();
        for line in &quote.lines {
            let quantity = price_list::quantity(line, scenario.currency);
            rows.push(row(Role::Body, line.item.clone(), quantity, line.year_1, line.term));
        }
        let (paper, practice) = (quote.paper, quote.practice);
        rows.push(row(Role::Total, "= quoted price".into(), String::new(), paper.year_1, paper.term));
        for step in &quote.bridge {
            rows.push(row(Role::Body, format!("+ {}", step.item), quantity(step), step.year_1, step.term));
        }
        rows.push(row(Role::Total, "= expected cost".into(), String::new(), practice.year_1, practice.term));
        rows[first].cells[0] = name(quote);
    }
    Table { headers: headers(&["Offer", "Line", "Quantity", "Year 1", "Term"]), rows }
}

/// How many of what a step is: `2,088 hours over the term`.
fn quantity(step: &Step) -> String {
    format!("{} over the term", price_list::counted(step.quantity, step.unit))
}

fn paper_to_practice() -> Block {
    picture("paper-to-practice", "From quoted price to expected cost, by offer")
}

/// Tables with a row each and the offers across, as many abreast as fit, evenly.
fn side_by_side(quotes: &Quotes, first: &str, rows: &[(String, Vec<Cell>)]) -> Vec<Block> {
    let names: Vec<&str> = quotes.offers.iter().map(Quote::name).collect();
    let tables = names.len().div_ceil(ABREAST).max(1);
    let abreast = names.len().div_ceil(tables).max(1);
    let table = |(number, names): (usize, &[&str])| {
        let from = number * abreast;
        let row = |(name, cells): &(String, Vec<Cell>)| {
            body([vec![text(name.clone())], cells[from..from + names.len()].to_vec()].concat())
        };
        let headers = std::iter::once(first).chain(names.iter().copied());
        Block::Table(Table { headers: headers.map(String::from).collect(), rows: rows.iter().map(row).collect() })
    };
    names.chunks(abreast).enumerate().map(table).collect()
}

/// Everything but the red flags, which are with the answers.
fn findings(quotes: &Quotes) -> Vec<Block> {
    let is_red_flag = |finding: &&Diagnostic| finding.code == RED_FLAG;
    let of_offer = |quote| quotes.findings_of(quote).into_iter().filter(|of| !is_red_flag(of)).map(finding);
    let lines: Vec<String> = quotes.offers.iter().flat_map(of_offer).collect();
    if lines.is_empty() {
        return vec![Block::Paragraph("No issues found.".into())];
    }
    vec![Block::List(lines)]
}
