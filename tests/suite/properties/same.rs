//! What must not change a result: the order of offers, a range without width, the number of threads.

use comanage_analysis::compare::{Comparison, compare};
use comanage_analysis::simulate::{Sampling, simulate};
use comanage_model::scenario::Scenario;
use comanage_report::chart::svg::{Groups, svg};
use comanage_report::chart_data;
use comanage_report::datasets;
use comanage_report::document;
use comanage_report::write::{self, Layout, Terminal};
use rayon::ThreadPoolBuilder;
use serde_json::Value;

use crate::common::{load_file, load_text, samples};
use crate::random::{self, Ranges};

fn json(text: &str) -> Value {
    let scenario = load_text(text);
    serde_json::from_str(&write::json::comparison(&compare(&scenario).expect("it can be compared"), None, Layout::Line))
        .expect("JSON")
}

fn by_id(document: &Value) -> Vec<(&str, &Value)> {
    let alternatives = document["alternatives"].as_array().expect("a list");
    let mut sorted: Vec<(&str, &Value)> =
        alternatives.iter().map(|alternative| (alternative["id"].as_str().expect("an id"), alternative)).collect();
    sorted.sort_by_key(|(id, _)| *id);
    sorted
}

/// Everything but the price of the next covered hour, which ties can make another's.
fn figures(document: &Value) -> Vec<(&str, Value)> {
    let plain = |alternative: &Value| {
        let mut alternative = alternative.clone();
        alternative.as_object_mut().expect("a table").remove("cost_of_next_covered_hour");
        alternative
    };
    by_id(document).into_iter().map(|(id, alternative)| (id, plain(alternative))).collect()
}

#[test]
fn the_order_of_offers_changes_nothing_but_order() {
    for seed in 0..80 {
        let text = random::scenario_with(seed, Ranges::Wide, false);
        let reversed = random::scenario_with(seed, Ranges::Wide, true);
        let (one, other) = (json(&text), json(&reversed));
        assert_eq!(figures(&one), figures(&other), "seed {seed}");
        let total = |document: &Value, key: &str| {
            let found = by_id(document).into_iter().find(|(id, _)| document[key] == *id);
            found.map(|(_, alternative)| alternative["total"].clone())
        };
        assert_eq!(total(&one, "cheapest"), total(&other, "cheapest"), "seed {seed}");
        assert_eq!(total(&one, "recommended"), total(&other, "recommended"), "seed {seed}");
    }
}

#[test]
fn a_range_without_width_is_its_value() {
    for seed in 0..80 {
        let points = json(&random::scenario_with(seed, Ranges::Points, false));
        let narrow = json(&random::scenario_with(seed, Ranges::Narrow, false));
        for key in ["cheapest", "recommended", "closest", "frontier", "alternatives", "assumptions"] {
            assert_eq!(points[key], narrow[key], "seed {seed}: {key}");
        }
    }
}

/// Everything that is written of a comparison.
fn written(comparison: &Comparison) -> Vec<Vec<u8>> {
    let simulation = simulate(comparison, 200, 7, Sampling::Hypercube, &|_| true).expect("it can be simulated");
    let simulation = simulation.as_ref();
    let report = document::comparison(comparison, simulation);
    let mut all = vec![
        write::csv::write(&datasets::comparison(comparison, simulation)),
        write::csv::write(&datasets::ledger(comparison)),
        write::csv::write(&datasets::coverage(comparison)),
        write::json::comparison(comparison, simulation, Layout::Indented).into_bytes(),
        write::markdown::render(&report).into_bytes(),
        write::text::render(&report, Terminal { with_colour: true, width: None }).into_bytes(),
    ];
    all.extend(
        simulation
            .and_then(|simulation| chart_data::uncertainty::tornado_picture(comparison, simulation))
            .map(|picture| svg(&*picture.chart, Groups::Marked).into_bytes()),
    );
    all.extend(
        chart_data::comparison::pictures(comparison)
            .into_iter()
            .map(|picture| svg(&*picture.chart, Groups::Marked).into_bytes()),
    );
    all
}

#[test]
fn one_thread_and_four_write_the_same_bytes() {
    let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
    let (one, four) = (pool(1), pool(4));
    let scenarios: Vec<Scenario> = samples().iter().map(|path| load_file(path)).collect();
    for scenario in &scenarios {
        let all = || written(&compare(scenario).expect("it can be compared"));
        assert!(one.install(all) == four.install(all), "{}", scenario.file);
    }
}

/// A provider that charges a flat rate a user, beside a small team.
fn flat_rate(seed: u64, users: i64) -> String {
    let mut dice = random::Dice::new(seed);
    let (rate, uplift) = (dice.between(1_000, 20_000), dice.between(0, 900));
    let (free, tickets) = (dice.below(3), dice.below(20));
    format!(
        "schema = 1\nname = \"Flat\"\ncurrency = \"USD\"\nterm_months = 36\n[organization]\nusers = {users}\n\
         [services.desk]\nhours = \"mon-fri 08:00-17:00\"\ntickets_per_user = {}.{}\nminutes_per_ticket = 20\n\
         [offers.flat]\nper_user = {}.{:02}\nuplift = \"{}.{:02}%\"\nfree_months = {free}\ncovers = \"all\"\n",
        tickets / 10,
        tickets % 10,
        rate / 100,
        rate % 100,
        uplift / 100,
        uplift % 100,
    )
}

#[test]
fn at_a_flat_rate_more_users_never_cost_less_for_each() {
    for seed in 0..40 {
        let total = |users: i64| {
            let document = json(&flat_rate(seed, users));
            let offer = by_id(&document).into_iter().find(|(id, _)| *id == "flat").expect("the offer").1;
            offer["total"].as_str().expect("money").parse::<rust_decimal::Decimal>().expect("an amount")
        };
        let counts = [1, 2, 7, 50, 51, 333];
        for pair in counts.windows(2) {
            let (few, many) = (total(pair[0]), total(pair[1]));
            assert!(many >= few, "seed {seed}: {} users cost less than {}", pair[1], pair[0]);
            assert!(many * rust_decimal::Decimal::from(pair[0]) >= few * rust_decimal::Decimal::from(pair[1]));
        }
    }
}
