//! Offers side by side as a document: prices, the way from paper to practice, scope, terms, answers.

use super::parts::{body, brief, finding, full, heads, picture, text};
use super::{Block, Cell, Report, Role, Row, Section, Table, hours, percent, written};
use crate::diagnostic::Diagnostic;
use crate::guide::Guide;
use crate::money::{Money, group_thousands};
use crate::number::round_half_away;
use crate::quotes::{Answer, Band, Quote, Quotes, RED_FLAG, Scope, Status, Step};
use crate::rates::Position;
use crate::scenario::{Contract, Exit, Kind, Scenario};
use crate::week::duration;

/// Offers that stand beside each other in a table; more go into the next one.
const ABREAST: usize = 5;

/// Writes the offers of a scenario.
pub fn quotes(quotes: &Quotes) -> Report {
    let scenario = quotes.comparison.scenario;
    Report {
        title: format!("{}: the offers", scenario.name),
        subtitle: format!(
            "{}, {} months from {}, amounts in {}",
            scenario.file, scenario.term_months, scenario.start, scenario.currency.code
        ),
        answer: answer(quotes),
        sections: if quotes.offers.is_empty() { Vec::new() } else { sections(quotes) },
    }
}

fn sections(quotes: &Quotes) -> Vec<Section> {
    let mut sections = vec![
        brief("The offers", vec![Block::List(quotes.offers.iter().map(introduction).collect())]),
        brief("Price on paper and in practice", vec![Block::Table(prices(quotes))]),
        brief("From paper to practice", vec![Block::Table(bridge(quotes)), paper_to_practice()]),
        brief("What is in, what is out", side_by_side(quotes, "Service", &services(quotes))),
        brief("What is out and nobody's", out_of_scope(quotes)),
        brief("Response, promised against wanted", responses(quotes)),
        brief("Stated prices against its own", stated(quotes)),
        brief("Rates among the published bands", rates(quotes)),
        brief("What leaving costs at the end of a month", leaving(quotes, few_months(quotes.comparison.scenario))),
        brief("What the providers answered", answers(quotes)),
        brief("To look at", findings(quotes)),
        full("Covered hours and availability", vec![Block::Table(coverage(quotes))]),
    ];
    let months = 1..=quotes.comparison.scenario.term_months;
    sections.push(full("Leaving, month by month", leaving(quotes, months.collect())));
    sections
}

/// Which offer is the cheapest, on paper and in practice.
pub fn answer(quotes: &Quotes) -> Vec<String> {
    let scenario = quotes.comparison.scenario;
    let code = scenario.currency.code;
    let (Some(paper), Some(practice)) =
        (quotes.cheapest(|quote| quote.paper.term), quotes.cheapest(|quote| quote.practice.term))
    else {
        return vec!["There is no offer in this scenario.".to_string()];
    };
    let months = scenario.term_months;
    let name = &paper.offer.name;
    let (says, comes) = (paper.paper.term.to_prose(), paper.practice.term.to_prose());
    if paper.practice.term <= practice.practice.term {
        return vec![format!(
            "{name} is the cheapest on paper and in practice: {says} and {comes} {code} over {months} months."
        )];
    }
    let rank = if quotes.is_dearest_in_practice(paper) { "the dearest" } else { "not the cheapest" };
    vec![format!(
        "{name} is the cheapest on paper, {says} {code} over {months} months, and {rank} in practice, {comes} {code}. In practice {} is the cheapest: {} {code}.",
        practice.offer.name,
        practice.practice.term.to_prose(),
    )]
}

/// The offer by its key, which the tables name it by, with its name, provider and source.
fn introduction(quote: &Quote) -> String {
    let offer = quote.offer;
    let provider = offer.provider.as_ref().map_or_else(String::new, |provider| format!(", {provider}"));
    let source = offer.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
    format!("**{}**: {}{provider}, {}{source}", offer.key, offer.name, offer.pricing_model().name())
}

fn name(quote: &Quote) -> Cell {
    text(quote.offer.key.clone())
}

fn prices(quotes: &Quotes) -> Table {
    let currency = quotes.comparison.scenario.currency;
    let per_user = |price: Option<Money>| price.map_or(Cell::None, |price| Cell::Price(price, currency));
    let row = |quote: &Quote| {
        let (paper, practice) = (quote.paper, quote.practice);
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
        heads: heads(&[
            "Offer",
            "Paper: year 1",
            "term",
            "per user, month",
            "Practice: year 1",
            "term",
            "per user, month",
            "On top of paper",
        ]),
        rows: quotes.offers.iter().map(row).collect(),
    }
}

/// What practice adds to the paper price, as a share of it.
fn on_top(quote: &Quote) -> String {
    use rust_decimal::prelude::ToPrimitive;
    let more = quote.practice.term.0 - quote.paper.term.0;
    match more.checked_div(quote.paper.term.0).and_then(|share| share.to_f64()) {
        _ if more.is_zero() => "nothing".to_string(),
        Some(share) => format!("+{}", percent(share)),
        None => "all of it".to_string(),
    }
}

fn bridge(quotes: &Quotes) -> Table {
    let mut rows = Vec::new();
    for quote in &quotes.offers {
        let line = |role, first: Cell, step: &str, quantity: String, year_1, term| Row {
            role,
            cells: vec![first, text(step), text(quantity), Cell::Money(year_1), Cell::Money(term)],
        };
        let (paper, practice) = (quote.paper, quote.practice);
        rows.push(line(Role::Body, name(quote), "on paper", String::new(), paper.year_1, paper.term));
        rows.extend(quote.bridge.iter().map(|step| {
            line(Role::Body, text(""), &format!("+ {}", step.item), quantity(step), step.year_1, step.term)
        }));
        rows.push(line(Role::Total, text(""), "= in practice", String::new(), practice.year_1, practice.term));
    }
    Table { heads: heads(&["Offer", "Step", "How much, term", "Year 1", "Term"]), rows }
}

/// How many of what a step is: `2,088 hours`.
fn quantity(step: &Step) -> String {
    let number = group_thousands(&round_half_away(step.quantity, 1).normalize().to_string());
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {}{plural}", step.unit.name())
}

fn paper_to_practice() -> Block {
    picture("paper-to-practice", "Each offer's price, from paper to practice")
}

/// Tables with a row each and the offers across, so many abreast.
fn side_by_side(quotes: &Quotes, first: &str, rows: &[(String, Vec<Cell>)]) -> Vec<Block> {
    let offers: Vec<&Quote> = quotes.offers.iter().collect();
    let table = |(number, abreast): (usize, &[&Quote])| {
        let from = number * ABREAST;
        let keys = abreast.iter().map(|quote| quote.offer.key.clone());
        let cells = |cells: &[Cell]| cells[from..from + abreast.len()].to_vec();
        let row = |(name, all): &(String, Vec<Cell>)| body([vec![text(name.clone())], cells(all)].concat());
        let table = Table {
            heads: std::iter::once(first.to_string()).chain(keys).collect(),
            rows: rows.iter().map(row).collect(),
        };
        Block::Table(table)
    };
    offers.chunks(ABREAST).enumerate().map(table).collect()
}

fn services(quotes: &Quotes) -> Vec<(String, Vec<Cell>)> {
    let scenario = quotes.comparison.scenario;
    let row = |(index, service): (usize, &crate::scenario::Service)| {
        let cells = quotes.offers.iter().map(|quote| text(scope_words(scenario, &quote.services[index])));
        (service.key.clone(), cells.collect())
    };
    scenario.services.iter().enumerate().map(row).collect()
}

/// In, by the hour, out, and how.
fn scope_words(scenario: &Scenario, scope: &Scope) -> String {
    let rate = scope.rate.map(|rate| Money(scenario.decimal(rate)).to_finest_prose(scenario.currency));
    let mut words = match (scope.status, rate) {
        (Status::In, _) => "in".to_string(),
        (Status::ByTheHour, _) => "by the hour".to_string(),
        (Status::Team, _) => "the team's".to_string(),
        (Status::Out, Some(rate)) => format!("out, {rate} an hour"),
        (Status::Out, None) => "out, no price".to_string(),
    };
    if scope.is_in() && !scope.is_whole {
        words.push_str(", some hours");
    }
    if scope.is_best_effort {
        words.push_str(", best effort");
    }
    words
}

fn out_of_scope(quotes: &Quotes) -> Vec<Block> {
    let scenario = quotes.comparison.scenario;
    let mut rows = Vec::new();
    for quote in &quotes.offers {
        for scope in quote.services.iter().filter(|scope| scope.status == Status::Out) {
            let rate = scope.rate.map(|rate| Cell::Price(Money(scenario.decimal(rate)), scenario.currency));
            let term = match (scope.billed, scope.rate) {
                (Some(billed), _) => Cell::Money(billed.term),
                (None, Some(_)) => Cell::Money(Money::default()),
                (None, None) => text("not done"),
            };
            rows.push(body(vec![
                name(quote),
                text(scenario.services[scope.service].key.clone()),
                Cell::Hours(scope.hours_per_month),
                rate.unwrap_or_else(|| text("no price")),
                term,
            ]));
        }
    }
    if rows.is_empty() {
        return vec![Block::Paragraph("Whatever an offer leaves out, somebody in-house does.".into())];
    }
    vec![Block::Table(Table {
        heads: heads(&["Offer", "Service", "Hours a month", "Rate, year 1", "Over the term"]),
        rows,
    })]
}

fn responses(quotes: &Quotes) -> Vec<Block> {
    let scenario = quotes.comparison.scenario;
    let wanted = scenario.services.iter().enumerate().filter_map(|(index, service)| {
        let name = format!("{}, within {}", service.key, duration(service.respond_within?));
        let cells = quotes.offers.iter().map(|quote| text(response_words(&quote.services[index])));
        Some((name, cells.collect()))
    });
    let rows: Vec<(String, Vec<Cell>)> = wanted.collect();
    if rows.is_empty() {
        return vec![Block::Paragraph("No service names a response time that is wanted.".into())];
    }
    side_by_side(quotes, "Wanted", &rows)
}

fn response_words(scope: &Scope) -> String {
    match (scope.is_in(), scope.is_best_effort, scope.promised) {
        (false, _, _) => "-".to_string(),
        (true, true, _) => "best effort".to_string(),
        (true, false, None) => "not promised".to_string(),
        (true, false, Some(promised)) => {
            let is_slow = scope.wanted.is_some_and(|wanted| promised > wanted);
            format!("{}{}", duration(promised), if is_slow { ", too slow" } else { "" })
        }
    }
}

fn stated(quotes: &Quotes) -> Vec<Block> {
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
        return vec![Block::Paragraph("No offer states what its prices come to.".into())];
    }
    vec![Block::Table(Table {
        heads: heads(&["Offer", "Price", "The quote says", "Its prices give", "Difference"]),
        rows,
    })]
}

fn rates(quotes: &Quotes) -> Vec<Block> {
    let currency = quotes.comparison.scenario.currency;
    let mut rows = Vec::new();
    for quote in &quotes.offers {
        let mut first = name(quote);
        for rate in &quote.rates {
            let at =
                text(format!("{} a {}", Money(rate.rate).to_finest_prose(currency), rate.unit.replace(" / ", " and ")));
            let mut lead = vec![std::mem::replace(&mut first, text("")), text(rate.item.clone()), at];
            if rate.bands.is_empty() {
                rows.push(body([lead, vec![text("no published band"), text(""), text("")]].concat()));
                continue;
            }
            for band in &rate.bands {
                let cells = vec![text(ends(band)), text(position(band.position)), text(published(band))];
                rows.push(body([lead, cells].concat()));
                lead = vec![text(""), text(""), text("")];
            }
        }
    }
    vec![Block::Table(Table { heads: heads(&["Offer", "Price", "Rate", "Band", "Lies", "Published"]), rows })]
}

/// A band as one says it: `40 to 150`, `over 90,000`.
fn ends(band: &Band) -> String {
    let plain = |value: rust_decimal::Decimal| group_thousands(&value.normalize().to_string());
    match (band.low, band.high) {
        (Some(low), Some(high)) if low == high => plain(low),
        (Some(low), Some(high)) => format!("{} to {}", plain(low), plain(high)),
        (Some(low), None) => format!("from {}", plain(low)),
        (None, Some(high)) => format!("up to {}", plain(high)),
        (None, None) => "any".to_string(),
    }
}

fn position(position: Position) -> &'static str {
    match position {
        Position::Below => "below",
        Position::Inside => "inside",
        Position::Above => "above",
    }
}

fn published(band: &Band) -> String {
    format!("{}, {}, {}", band.source, band.region, band.date)
}

/// A handful of months, the last one among them.
fn few_months(scenario: &Scenario) -> Vec<u32> {
    const MOST: u32 = 7;
    let term = scenario.term_months;
    let step = [1, 3, 6, 12, 24].into_iter().find(|step| term / step <= MOST).unwrap_or(24);
    let mut months: Vec<u32> = (1..=term / step).map(|number| number * step).collect();
    if months.first() != Some(&1) {
        months.insert(0, 1);
    }
    if months.last() != Some(&term) {
        months.push(term);
    }
    months
}

fn leaving(quotes: &Quotes, months: Vec<u32>) -> Vec<Block> {
    let cost = |quote: &Quote, month| match &quote.leaving {
        None => text("no terms"),
        Some(leaving) => Cell::money(leaving.at(month)),
    };
    let row = |&month: &u32| (format!("month {month}"), quotes.offers.iter().map(|quote| cost(quote, month)).collect());
    let rows: Vec<(String, Vec<Cell>)> = months.iter().map(row).collect();
    let mut blocks = side_by_side(quotes, "At the end of", &rows);
    let scenario = quotes.comparison.scenario;
    let terms = quotes.offers.iter().filter_map(|quote| {
        let contract = quote.offer.contract.as_ref()?;
        Some(format!("{}: {}", quote.offer.key, terms(scenario, contract)))
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
        (Some(months), Some(uplift)) => format!("renews for {} months at {} more", plain(months), share(uplift)),
    });
    terms.push(match contract.exit {
        None => "no exit fee".to_string(),
        Some(Exit::ShareOfRemaining(part)) => format!("leaving early costs {} of what remains", share(part)),
        Some(Exit::Months(months)) => format!("leaving early costs up to {} months", plain(months)),
    });
    terms.join(", ")
}

fn answers(quotes: &Quotes) -> Vec<Block> {
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
    blocks.push(Block::Paragraph("! a red flag; - not answered".into()));
    let flags: Vec<String> = (0..questions).filter_map(|question| red_flag(quotes, question)).collect();
    if !flags.is_empty() {
        blocks.push(Block::List(flags));
    }
    blocks
}

/// What a bad answer means, whose it is, and who calls it a red flag.
fn red_flag(quotes: &Quotes, question: usize) -> Option<String> {
    let flagged = quotes.offers.iter().filter(|quote| quote.answers[question].is_red_flag());
    let keys: Vec<&str> = flagged.map(|quote| quote.offer.key.as_str()).collect();
    let asked = quotes.offers.first()?.answers[question].question;
    (!keys.is_empty()).then(|| format!("{}: {} [{}]", keys.join(", "), asked.red_flag, Guide::list(asked.guides)))
}

/// Everything but the red flags, which stand with the answers.
fn findings(quotes: &Quotes) -> Vec<Block> {
    let is_told = |finding: &&Diagnostic| finding.code == RED_FLAG;
    let of_offer = |quote| quotes.findings_of(quote).into_iter().filter(|of| !is_told(of)).map(finding);
    let lines: Vec<String> = quotes.offers.iter().flat_map(of_offer).collect();
    if lines.is_empty() {
        return vec![Block::Paragraph("Nothing stands out.".into())];
    }
    vec![Block::List(lines)]
}

fn coverage(quotes: &Quotes) -> Table {
    let scenario = quotes.comparison.scenario;
    let mut rows = Vec::new();
    for quote in &quotes.offers {
        for scope in &quote.services {
            let service = &scenario.services[scope.service];
            rows.push(body(vec![
                name(quote),
                text(service.key.clone()),
                text(scope_words(scenario, scope)),
                text(service.hours.words()),
                text(scope.hours.as_ref().map_or_else(|| "-".to_string(), |hours| hours.words())),
                scope.availability.map_or(Cell::None, |share| Cell::Share(scenario.f64(share))),
                text(format!("{} h", hours(scope.hours_per_month))),
            ]));
        }
    }
    Table { heads: heads(&["Offer", "Service", "Scope", "Wanted", "Covered", "Availability", "Work a month"]), rows }
}
