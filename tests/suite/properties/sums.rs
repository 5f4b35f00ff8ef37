//! Every total is a sum of ledger lines, in every format that is written.

use std::collections::BTreeMap;

use comanage_analysis::compare::{Compared, Comparison, compare};
use comanage_model::ledger::{Category, LineSource};
use comanage_model::money::Money;
use comanage_model::scenario::{Alternative, Scenario};
use comanage_report::datasets;
use comanage_report::document;
use comanage_report::write::{self, Layout};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::{is_product, load_file, load_text, samples};
use crate::random;

/// Amounts by some key.
type Sums<K> = BTreeMap<K, Decimal>;

/// What a ledger file says of an alternative.
#[derive(Default)]
struct OfLedger {
    total: Decimal,
    months: Sums<usize>,
    years: Sums<usize>,
    categories: Sums<String>,
    provider: Decimal,
}

#[test]
fn files_of_the_samples_add_up() {
    for path in samples() {
        adds_up(&path.display().to_string(), &load_file(&path));
    }
}

#[test]
fn files_of_random_scenarios_add_up() {
    for seed in 0..80 {
        adds_up(&format!("seed {seed}"), &load_text(&random::scenario(seed)));
    }
}

fn adds_up(what: &str, scenario: &Scenario) {
    let comparison = compare(scenario).expect("it can be compared");
    let ledger = read_ledger(what, &comparison);
    json_agrees(what, &comparison, &ledger);
    csv_agrees(what, &comparison, &ledger);
    markdown_agrees(what, &comparison, &ledger);
}

fn money(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is an amount"))
}

/// Adds up the lines of `ledger.csv`, each of which is its quantity times its price.
fn read_ledger(what: &str, comparison: &Comparison) -> Vec<OfLedger> {
    let digits = comparison.scenario.currency.digits;
    let bytes = write::csv::write(&datasets::ledger(comparison));
    let mut sums: Vec<OfLedger> = comparison.alternatives.iter().map(|_| OfLedger::default()).collect();
    for row in csv::Reader::from_reader(bytes.as_slice()).records() {
        let row = row.expect("a row");
        let index = comparison.alternatives.iter().position(|compared| compared.id() == &row[0]);
        let of = &mut sums[index.expect("an alternative")];
        let (quantity, price, amount) = (money(&row[5]), money(&row[7]), money(&row[8]));
        assert!(is_product(quantity, &row[6], price, amount, digits), "{what}: {row:?}");
        let (month, year): (usize, usize) = (row[1].parse().expect("a month"), row[2].parse().expect("a year"));
        assert_eq!(year, month.saturating_sub(1) / 12 + 1);
        of.total += amount;
        *of.months.entry(month).or_default() += amount;
        *of.years.entry(year).or_default() += amount;
        *of.categories.entry(row[3].to_string()).or_default() += amount;
        if row[3].starts_with("provider") || &row[3] == "out of scope" {
            of.provider += amount;
        }
    }
    for (of, alternative) in sums.iter_mut().zip(&comparison.alternatives) {
        of.provider += quoted_costs(alternative);
    }
    sums
}

/// Other costs that belong to the quote: of an alternative that is one offer alone, those that only such
/// alternatives bear.
fn quoted_costs(of: &Compared) -> Decimal {
    let plan = &of.evaluation.staffing;
    let scenario = plan.scenario;
    let only = |alternative: &Alternative| match (alternative.offers.as_slice(), alternative.hires.is_empty()) {
        ([only], true) => Some(only.of),
        _ => None,
    };
    let Some(offer) = only(plan.alternative) else { return Decimal::ZERO };
    let is_of_offer = |id: &String| {
        scenario.alternatives.iter().any(|alternative| alternative.id == *id && only(alternative) == Some(offer))
    };
    let lines = of.evaluation.ledger.lines.iter();
    let of_quote = lines.filter(|line| match line.source {
        LineSource::Cost(cost) => {
            scenario.costs[cost].alternatives.as_ref().is_some_and(|ids| !ids.is_empty() && ids.iter().all(is_of_offer))
        }
        _ => false,
    });
    of_quote.map(|line| line.amount.0.expect("it does not overflow")).sum()
}

fn json_agrees(what: &str, comparison: &Comparison, ledger: &[OfLedger]) {
    let document: Value =
        serde_json::from_str(&write::json::comparison(comparison, None, Layout::Line)).expect("it is JSON");
    let pretty: Value =
        serde_json::from_str(&write::json::comparison(comparison, None, Layout::Indented)).expect("it is JSON");
    assert_eq!(document, pretty);
    let amount = |value: &Value| money(value.as_str().expect("money is a text"));
    let all = |list: &Value| -> Vec<Decimal> { list.as_array().expect("a list").iter().map(amount).collect() };
    for (alternative, of) in document["alternatives"].as_array().expect("a list").iter().zip(ledger) {
        let id = &alternative["id"];
        assert_eq!(amount(&alternative["total"]), of.total, "{what} {id}");
        let months = all(&alternative["month_totals"]);
        let years = all(&alternative["year_totals"]);
        assert_eq!(months.iter().sum::<Decimal>(), of.total, "{what} {id}");
        assert_eq!(years.iter().sum::<Decimal>(), of.total, "{what} {id}");
        for (month, total) in months.iter().enumerate() {
            assert_eq!(of.months.get(&month).copied().unwrap_or_default(), *total, "{what} {id} month {month}");
        }
        for (year, total) in years.iter().enumerate() {
            assert_eq!(of.years.get(&(year + 1)).copied().unwrap_or_default(), *total, "{what} {id} year {year}");
        }
        let categories: Sums<String> = alternative["by_category"]
            .as_object()
            .expect("a table")
            .iter()
            .map(|(name, sum)| (name.clone(), amount(sum)))
            .collect();
        assert_eq!(categories, of.categories, "{what} {id}");
        assert_eq!(categories.values().sum::<Decimal>(), of.total);
        match &alternative["practice_price"] {
            Value::Null => assert_eq!(of.provider, Decimal::ZERO, "{what} {id}"),
            price => assert_eq!(amount(price), of.provider, "{what} {id}"),
        }
        match comparison.baseline {
            Some(baseline) => {
                assert_eq!(amount(&alternative["saving"]), ledger[baseline].total - of.total, "{what} {id}")
            }
            None => assert!(alternative["saving"].is_null(), "{what} {id}"),
        }
    }
}

fn csv_agrees(what: &str, comparison: &Comparison, ledger: &[OfLedger]) {
    let bytes = write::csv::write(&datasets::comparison(comparison, None));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let headers = reader.headers().expect("heads").clone();
    let column = |name: &str| headers.iter().position(|head| head == name).expect("a column");
    for (row, of) in reader.records().map(|row| row.expect("a row")).zip(ledger) {
        assert_eq!(money(&row[column("total")]), of.total, "{what}");
        assert_eq!(money(&row[column("first_year")]), of.years.get(&1).copied().unwrap_or_default(), "{what}");
        let practice = &row[column("practice_price")];
        assert!(practice.is_empty() || money(practice) == of.provider, "{what}");
    }
}

/// The tables of a Markdown text: the rows under their heading, cells without their marks.
fn tables(markdown: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, section) = markdown.split_once(&format!("\n## {heading}\n")).expect("the section is there");
    let section = section.split("\n## ").next().expect("a section");
    let rows = section.lines().filter(|line| line.starts_with('|') && !line.starts_with("| ---"));
    let plain = |cell: &str| cell.trim().trim_matches('*').replace('\\', "");
    rows.map(|row| row.trim_matches('|').split(" | ").map(plain).collect()).collect()
}

/// The Markdown shows the same sums rounded to the unit.
fn markdown_agrees(what: &str, comparison: &Comparison, ledger: &[OfLedger]) {
    let markdown = write::markdown::render(&document::comparison(comparison, None));
    let prose = |amount: Decimal| Money(amount).to_prose();
    let costs = tables(&markdown, "Cost");
    let total = costs[0].iter().position(|header| header == "Term total").expect("a column of totals");
    for (row, of) in costs[1..].iter().zip(ledger) {
        assert_eq!(row[total], prose(of.total), "{what}");
    }
    let years = tables(&markdown, "Cost over time");
    for (row, of) in years[1..].iter().zip(ledger) {
        let last = comparison.scenario.term_months.div_ceil(12) as usize;
        for (year, shown) in row.iter().enumerate().take(last + 1).skip(1) {
            assert_eq!(*shown, prose(of.years.get(&year).copied().unwrap_or_default()), "{what} year {year}");
        }
        assert_eq!(row[last + 1], prose(of.total), "{what}");
    }
    let categories = tables(&markdown, "Cost by category");
    for row in &categories[1..] {
        for (cell, of) in row[1..].iter().zip(ledger) {
            let expected = match row[0].as_str() {
                "total" => prose(of.total),
                name => of.categories.get(name).map_or("-".into(), |sum| prose(*sum)),
            };
            assert_eq!(*cell, expected, "{what} {}", row[0]);
        }
    }
    let known = Category::ALL.map(Category::name);
    let named = categories[1..].iter().filter(|row| known.contains(&row[0].as_str())).count();
    let all: std::collections::BTreeSet<&String> = ledger.iter().flat_map(|of| of.categories.keys()).collect();
    assert_eq!(named, all.len(), "{what}: every category has a row");
}
