//! What somebody waits for who asks many times: one scenario read, evaluated, compared, written.
//!
//! All on one core: a simulation, a sweep or a portfolio does this thousands of times and shares the
//! cores among the times. `cargo bench --bench scenario`.

use comanage_analysis::compare::compare;
use comanage_format::load::Document;
use comanage_model::evaluate::{Shared, evaluate_all};
use comanage_model::scenario::Scenario;
use comanage_report::chart::svg::{Groups, svg};
use comanage_report::chart_data;
use comanage_report::datasets;
use comanage_report::document;
use comanage_report::write::{self, Layout};
use divan::Bencher;

fn main() {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread()
        .build_global()
        .expect("one thread can be started");
    divan::main();
}

/// 120 people, 36 months, seven services.
const TEXT: &str = include_str!("../scenarios/harbor-foods.toml");

fn read() -> Scenario {
    let document = Document::parse("harbor-foods.toml", TEXT.as_bytes(), &mut |_| unreachable!("it extends nothing"));
    document.read().scenario.expect("the sample is valid")
}

/// The sample with eight of its alternatives.
fn eight_alternatives() -> Scenario {
    let mut scenario = read();
    scenario.alternatives.truncate(8);
    assert_eq!((scenario.alternatives.len(), scenario.term_months), (8, 36));
    scenario
}

/// A file from its text to a scenario: the wait for `check`, and a row of a portfolio.
#[divan::bench]
fn load(bencher: Bencher) {
    bencher.bench(read);
}

/// Eight alternatives over 36 months, exact to the cent: a step of a sweep without lanes. Well under
/// a millisecond is the aim.
#[divan::bench]
fn evaluate_8_alternatives_36_months(bencher: Bencher) {
    let scenario = eight_alternatives();
    bencher.bench(|| {
        let shared = Shared::new(&scenario);
        evaluate_all(&scenario, &shared).expect("its figures have room").len()
    });
}

/// The same with sums, ranking and findings: what stands behind every answer.
#[divan::bench]
fn compare_8_alternatives_36_months(bencher: Bencher) {
    let scenario = eight_alternatives();
    bencher.bench(|| compare(&scenario).expect("its figures have room").cheapest);
}

/// Everything that is written of a comparison but pixels.
#[divan::bench]
fn write_every_output(bencher: Bencher) {
    let scenario = eight_alternatives();
    let comparison = compare(&scenario).expect("its figures have room");
    bencher.bench(|| {
        let data = [datasets::comparison(&comparison, None), datasets::ledger(&comparison)]
            .map(|data| write::csv::write(&data));
        let text = write::markdown::render(&document::comparison(&comparison, None));
        let json = write::json::comparison(&comparison, None, Layout::Indented);
        let pictures: usize = chart_data::comparison::pictures(&comparison)
            .iter()
            .map(|picture| svg(&*picture.chart, Groups::None).len())
            .sum();
        data.iter().map(Vec::len).sum::<usize>() + text.len() + json.len() + pictures
    });
}
