//! A portfolio as a document: which clients benefit, by which alternative, and how savings are spread.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::parts::{body, brief, full, headers, picture, text};
use super::{Block, Cell, Report, Section, Table};
use crate::chart_data::portfolio::{PICTURE, changing, title};
use crate::portfolio::{Portfolio, clients, count, share};
use comanage_analysis::portfolio::{Choice, Gain, Savings, Summary, amount};
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;

/// Writes the summary of a portfolio.
pub fn portfolio(of: &Portfolio) -> Report {
    let (scenario, tally) = (of.scenario, of.tally);
    let mut sections = Vec::new();
    if !tally.choices.is_empty() {
        sections.push(brief("Recommended alternatives", vec![Block::Table(by_alternative(of))]));
        sections.push(brief("Saving against the baseline", savings(of)));
        sections.push(brief("By kind", vec![Block::Table(grouped(of, "Kind", |choice| choice.kind.to_string()))]));
        let model = |choice: &Choice| match choice.pricing_model {
            "" => "no provider".to_string(),
            model => model.to_string(),
        };
        sections.push(brief("By pricing model", vec![Block::Table(grouped(of, "Pricing model", model))]));
    }
    if !tally.unreached.is_empty() {
        sections.push(unreached(of));
    }
    if let Some(drawn) = changing(tally).filter(|savings| savings.count > 0) {
        sections.push(full("Distribution of savings", vec![picture(PICTURE, &title(of, &drawn))]));
    }
    Report {
        title: format!("{}: which clients benefit", scenario.name),
        subtitle: format!("{} over {}, amounts in {} over the term", of.file, scenario.file, scenario.currency.code),
        answer: answer(of),
        sections,
    }
}

/// Rows in and out, in a sentence.
pub fn rows_in_words(tally: &Summary) -> String {
    let rows = if tally.rows == 1 { "1 row".to_string() } else { format!("{} rows", count(tally.rows)) };
    let rejects = if tally.rejects == 1 { "1 reject".to_string() } else { format!("{} rejects", count(tally.rejects)) };
    format!("{rows} in: {} and {rejects}", clients(tally.clients()))
}

fn answer(of: &Portfolio) -> Vec<String> {
    let tally = of.tally;
    let (all, some) = (tally.clients(), tally.recommended());
    let rows = format!("{}.", rows_in_words(tally));
    if all == 0 {
        return vec![rows];
    }
    let reached = match some == all {
        true => format!("An alternative meets the targets for all {}.", clients(all)),
        false => {
            format!("An alternative meets the targets for {} of {} ({}).", count(some), clients(all), share(some, all))
        }
    };
    if some == 0 {
        return vec![reached, rows];
    }
    vec![format!("{reached}{}", gains(of)), rows]
}

/// For how many clients cost falls, rises and stays, in sentences.
fn gains(of: &Portfolio) -> String {
    let savings = of.savings;
    let sum = |sum: i128| {
        let sum = amount(sum, of.scenario.currency).to_prose();
        format!("{sum} {}", of.scenario.currency.code)
    };
    let mut sentences = String::new();
    if savings.above > 0 {
        let saved = sum(savings.sum_above);
        sentences += &format!(" For {} the recommended alternative saves {saved} in total.", clients(savings.above));
    }
    if savings.below > 0 {
        let costs = sum(savings.sum_above.saturating_sub(savings.sum));
        sentences += &format!(" For {} it costs {costs} more in total.", clients(savings.below));
    }
    let same = savings.count - savings.above - savings.below;
    if same > 0 {
        sentences += &format!(" For {} the cost does not change.", clients(same));
    }
    sentences
}

/// The name of an alternative of the base; else its id.
fn name(scenario: &Scenario, id: &str) -> String {
    let known = scenario.alternatives.iter().find(|alternative| alternative.id == id);
    known.map_or_else(|| id.to_string(), |alternative| alternative.name.clone())
}

fn money(minor: f64, of: &Portfolio) -> Cell {
    let value = Decimal::from_f64(minor / 10_f64.powi(of.scenario.currency.digits as i32));
    value.map_or(Cell::None, |value| Cell::Money(Money(value)))
}

fn by_alternative(of: &Portfolio) -> Table {
    let all = of.tally.clients();
    let row = |(choice, gain): (&Choice, &Gain)| {
        let savings = &gain.savings;
        let percentiles = savings.percentiles(&[0.1, 0.5, 0.9]);
        let mut cells = vec![
            text(name(of.scenario, &choice.alternative)),
            text(choice.kind),
            text(choice.pricing_model),
            Cell::Figure(count(savings.count)),
            Cell::Figure(share(savings.count, all)),
            Cell::Figure(count(savings.above)),
        ];
        cells.extend(percentiles.into_iter().map(|value| money(value, of)));
        body(cells)
    };
    let names =
        ["Alternative", "Kind", "Pricing", "Clients", "Share", "Clients that save", "Saving P10", "Median", "P90"];
    Table { headers: headers(&names), rows: of.tally.by_frequency().into_iter().map(row).collect() }
}

fn grouped(of: &Portfolio, head: &str, key: impl Fn(&Choice) -> String) -> Table {
    let mut groups: BTreeMap<String, Savings> = BTreeMap::new();
    for (choice, gain) in &of.tally.choices {
        groups.entry(key(choice)).or_default().append(gain.savings.clone());
    }
    let mut groups: Vec<(String, Savings)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, savings)| std::cmp::Reverse(savings.count));
    let row = |(key, savings): (String, Savings)| {
        body(vec![
            text(key),
            Cell::Figure(count(savings.count)),
            Cell::Figure(share(savings.count, of.tally.clients())),
            Cell::Figure(count(savings.above)),
            Cell::Money(amount(savings.sum_above, of.scenario.currency)),
            Cell::Money(amount(savings.sum, of.scenario.currency)),
        ])
    };
    let names = [head, "Clients", "Share", "Clients that save", "Savings of those clients", "Net across all"];
    Table { headers: headers(&names), rows: groups.into_iter().map(row).collect() }
}

/// Percentiles at which savings are shown.
pub const SHARES: [f64; 5] = [0.10, 0.25, 0.50, 0.75, 0.90];

fn savings(of: &Portfolio) -> Vec<Block> {
    let savings = of.savings;
    let (min, max) = savings.ends().unwrap_or_default();
    let ends = [min, max].map(|end| Cell::Money(amount(end, of.scenario.currency)));
    let [min, max] = ends;
    let middle = savings.percentiles(&SHARES).into_iter().map(|value| money(value, of));
    let mean = savings.mean().map_or(Cell::None, |mean| money(mean, of));
    let cells = [Cell::Figure(count(savings.count)), mean, min].into_iter().chain(middle).chain([max]);
    let names = ["Clients", "Average", "Minimum", "P10", "P25", "Median", "P75", "P90", "Maximum"];
    let table = Block::Table(Table { headers: headers(&names), rows: vec![body(cells.collect())] });
    let mut blocks = vec![table];
    if !savings.is_exact() {
        blocks.push(Block::Paragraph(
            "Percentiles are accurate to 0.05%; counts, sums, minimum and maximum are exact.".into(),
        ));
    }
    blocks
}

fn unreached(of: &Portfolio) -> Section {
    let row = |(choice, &number): (&Choice, &u64)| {
        body(vec![
            text(name(of.scenario, &choice.alternative)),
            text(choice.kind),
            text(choice.pricing_model),
            Cell::Figure(count(number)),
            Cell::Figure(share(number, of.tally.clients())),
        ])
    };
    let mut rows: Vec<(&Choice, &u64)> = of.tally.unreached.iter().collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let table = Table {
        headers: headers(&["Cheapest", "Kind", "Pricing", "Clients", "Share"]),
        rows: rows.into_iter().map(row).collect(),
    };
    brief("Where no alternative meets the targets", vec![Block::Table(table)])
}
