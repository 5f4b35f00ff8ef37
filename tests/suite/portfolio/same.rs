//! A row is what a comparison says of the scenario with its cells in it.

use std::path::Path;

use comanage_analysis::compare::compare;
use comanage_analysis::portfolio::{Batch, Detail, Evaluator, Fault};
use comanage_format::load::Document;
use comanage_format::load::clients::{Block, split_rows};
use comanage_model::scenario::{InputInfo, Kind, Scenario};
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::common::{files_below, repository};
use crate::random::{self, Dice};

/// A cell that may or may not be a value of a number's column.
fn number_cell(dice: &mut Dice, value: Decimal, kind: Kind, is_wild: bool) -> String {
    let percent = |share: Decimal| format!("{}%", (share * Decimal::ONE_HUNDRED).normalize());
    let written = |value: Decimal| if kind == Kind::Share { percent(value) } else { value.normalize().to_string() };
    match dice.below(if is_wild { 16 } else { 32 }) {
        0..=2 => String::new(),
        3 if is_wild => "0".into(),
        4 if is_wild => "-1".into(),
        5 if is_wild => written(value.floor() + Decimal::ONE),
        6 if is_wild => written((value + Decimal::new(1, 3)).round_dp(3)),
        7 if is_wild => "abc".into(),
        8 => format!(" {} ", written(value)),
        9 if is_wild => written(value * Decimal::from(dice.between(2, 40))),
        10 if is_wild => "{ low = 1, high = 3 }".into(),
        11 if is_wild => "$1,200.00".into(),
        12 if is_wild => "1_000".into(),
        _ if matches!(kind, Kind::Months) => written(value),
        _ => {
            written((value * Decimal::new(dice.between(50, 200), 2)).round_dp(if kind == Kind::Share { 4 } else { 0 }))
        }
    }
}

/// Columns of a scenario, as paths with what is known of the number there.
fn columns(dice: &mut Dice, scenario: &Scenario, document: &Document) -> Vec<(String, Option<(Decimal, Kind)>)> {
    let all: Vec<(Decimal, &InputInfo)> = scenario.inputs.iter().map(|(_, value, about)| (value, about)).collect();
    let mut columns: Vec<(String, Option<(Decimal, Kind)>)> = Vec::new();
    for _ in 0..dice.between(1, 7) {
        let (value, about) = all[dice.below(all.len() as u64) as usize];
        columns.push((about.path.clone(), Some((value, about.kind))));
    }
    columns.push(("organization.users".into(), Some((Decimal::from(60), Kind::Count))));
    if dice.chance(20) {
        columns.push(("term_months".into(), Some((Decimal::from(24), Kind::Months))));
    }
    if dice.chance(30) {
        columns.push(("discount_rate".into(), Some((Decimal::new(6, 2), Kind::Share))));
    }
    if dice.chance(20) {
        columns.push(("coverage_target".into(), Some((Decimal::new(90, 2), Kind::Share))));
        columns.push(("start".into(), None));
    }
    // Paths that lead nowhere, or to a table here, and those that stand twice are no columns.
    let mut kept: Vec<(String, Option<(Decimal, Kind)>)> = Vec::new();
    for column in columns {
        let mut paths: Vec<&str> = kept.iter().map(|(path, _)| path.as_str()).collect();
        paths.push(&column.0);
        if document.columns(&paths).is_ok() {
            kept.push(column);
        }
    }
    kept
}

/// Rows with these cells after their ids.
fn block(cells: &[Vec<String>]) -> Block {
    let mut table = csv::Writer::from_writer(Vec::new());
    for (number, row) in cells.iter().enumerate() {
        let id = format!("C{number}");
        let row = [id.as_str()].into_iter().chain(row.iter().map(String::as_str));
        table.write_record(row).expect("memory takes it");
    }
    let bytes = table.into_inner().expect("memory takes it");
    Block::standard(bytes)
}

/// What a comparison gives, or none if it is refused.
fn compared(document: &Document, paths: &[&str], cells: &[String], told: Detail) -> Option<Batch> {
    let mut laid = document.without_simulation();
    for (path, cell) in paths.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
        laid.set(path, cell).ok()?;
    }
    let scenario = laid.read().scenario?;
    let comparison = compare(&scenario).ok()?;
    let mut batch = Batch::new(told);
    batch.compared(&comparison);
    Some(batch)
}

/// Random rows over a document, wild ones among them if so many in a hundred are; gives how many were
/// clients and how many rejects, and how many of the clients lanes did.
fn check(what: &str, document: &Document, dice: &mut Dice, rows: usize, wild: u64) -> [usize; 3] {
    let Some(scenario) = document.read().scenario else { panic!("{what} is no scenario") };
    let columns = columns(dice, &scenario, document);
    let paths: Vec<&str> = columns.iter().map(|(path, _)| path.as_str()).collect();
    let read = document.columns(&paths).unwrap_or_else(|refused| panic!("{what}: {refused:?}"));
    let told = dice.one(&[Detail::Everything, Detail::Everything, Detail::Everything, Detail::Best, Detail::Totals]);
    let evaluator = Evaluator::new(document, &scenario, read, told);
    let cell = |dice: &mut Dice, number: Option<(Decimal, Kind)>, is_wild: bool| match number {
        Some((value, kind)) => {
            let is_wild = is_wild && dice.chance(40);
            number_cell(dice, value, kind, is_wild)
        }
        None => dice.one(&["", "2028-07", if is_wild { "2027-13" } else { "2027-12" }]).to_string(),
    };
    let row = |dice: &mut Dice| {
        let is_wild = dice.chance(wild);
        columns.iter().map(|(_, number)| cell(dice, *number, is_wild)).collect()
    };
    let cells: Vec<Vec<String>> = (0..rows).map(|_| row(dice)).collect();
    let found = evaluator.block(&split_rows(&block(&cells)));
    let mut counts = [0, 0, found.over_lanes()];
    for (number, row) in cells.iter().enumerate() {
        let client = found.client(number);
        let expected = compared(document, &paths, row, told);
        let expected = expected.as_ref().map(|batch| batch.client(0).expect("it is a client"));
        let told = format!("{what}: {paths:?} {row:?}: {:?}", client.as_ref().err());
        assert_eq!(client.ok(), expected, "{told}");
        counts[usize::from(expected.is_none())] += 1;
    }
    counts
}

fn add(all: &mut [usize; 3], some: [usize; 3]) {
    all.iter_mut().zip(some).for_each(|(sum, count)| *sum += count);
}

#[test]
fn a_row_over_a_sample_is_what_compare_says() {
    let mut counts = [0; 3];
    let samples = files_below(&repository("scenarios"), "toml");
    for (number, file) in samples.iter().enumerate().filter(|(number, _)| number % 3 == 0) {
        let mut dice = Dice::new(number as u64);
        add(&mut counts, check(&file.display().to_string(), &open(file), &mut dice, 12, 50));
        add(&mut counts, check(&file.display().to_string(), &open(file), &mut dice, 24, 0));
    }
    assert!(counts[0] > 40 && counts[1] > 60, "{counts:?}");
}

/// Rows of all kinds over scenarios of all kinds; the figures of most come over lanes.
#[test]
fn ten_thousand_random_rows_are_what_compare_says() {
    let counts: Vec<[usize; 3]> = (0..ROUNDS)
        .into_par_iter()
        .map(|seed| {
            let text = random::scenario(seed);
            let document = Document::parse("r.toml", text.as_bytes(), &mut |_| unreachable!("it extends nothing"));
            let mut dice = Dice::new(seed + 1_000);
            let mut counts = check(&format!("seed {seed}"), &document, &mut dice, 12, 50);
            add(&mut counts, check(&format!("seed {seed}"), &document, &mut dice, ROWS, 0));
            counts
        })
        .collect();
    let mut all = [0; 3];
    counts.into_iter().for_each(|counts| add(&mut all, counts));
    let [clients, rejects, over_lanes] = all;
    println!("{clients} clients, {rejects} rejects; {over_lanes} over lanes");
    assert!(clients + rejects >= 10_000 && rejects > 100, "{clients} clients, {rejects} rejects");
    assert!(over_lanes * 5 > clients * 2, "{over_lanes} of {clients} over lanes");
}

/// Scenarios, and rows over each that are within bounds.
const ROUNDS: u64 = 110;
const ROWS: usize = 80;

/// Rows that keep every rule by itself and break one together.
#[test]
fn a_row_that_breaks_a_rule_is_rejected_with_its_reason() {
    let document = open(&repository("scenarios/harbor-foods.toml"));
    let scenario = document.read().scenario.expect("the sample is valid");
    let paths = [
        "employment.leave_days",
        "employment.workdays_per_year",
        "organization.season[0].users",
        "organization.users",
        "employment.weekly_hours",
        "organization.devices.server",
    ];
    let evaluator =
        Evaluator::new(&document, &scenario, document.columns(&paths).expect("they are there"), Detail::Everything);
    for (cells, expected) in [
        (["10", "", "", "", "", ""], None),
        (["200", "210", "", "", "", ""], Some("days of leave, sickness, training and holidays leave none of 210")),
        (["", "", "-50", "40", "", ""], Some("takes `organization.users` to -10 in month 11")),
        (["", "", "", "", "20", ""], Some("would be on duty 45 hours a week; at most 25 are allowed")),
        (["", "", "", "", "", "1.5"], Some("`organization.devices.server` must be a whole number")),
        (["", "", "", "x", "", ""], Some("`organization.users` must be a whole number (found the text \"x\")")),
        (["", "", "", "1000000001", "", ""], Some("must be 0 to 1,000,000,000 (too high)")),
        (["", "", "", "40", "", ""], None),
    ] {
        let batch = evaluator.block(&split_rows(&block(&[cells.map(String::from).to_vec()])));
        let found = batch.client(0);
        match expected {
            None => assert!(found.is_ok(), "{cells:?}: {found:?}"),
            Some(reason) => {
                let faults: Vec<String> = found.expect_err("it is rejected").0.iter().map(Fault::text).collect();
                assert!(faults.concat().contains(reason), "{cells:?}: {faults:?}");
            }
        }
    }
}

fn open(file: &Path) -> Document {
    Document::open(&file.to_string_lossy())
}

/// The first rows decide the bounds of the compiled programs. However far apart their numbers lie, 99 of 100
/// of these rows and of those that follow run over lanes, those whose cheapest offer may buy nothing among them.
#[test]
fn rows_run_over_lanes_however_a_table_begins() {
    let document = open(&repository("benches/peers/base.toml"));
    let scenario = document.read().scenario.expect("it is a scenario");
    let paths = [
        "organization.users",
        "organization.growth.users",
        "services.support.tickets_per_user",
        "team.Technician.headcount",
        "team.Technician.salary",
    ];
    for (min, max) in [(25, 900), (1, 40_000), (400, 500)] {
        let columns = document.columns(&paths).expect("they are there");
        let evaluator = Evaluator::new(&document, &scenario, columns, Detail::Totals);
        let mut dice = Dice::new(min);
        for rows in [64, 500] {
            let mut row = || {
                let hundredths = min + dice.below(max - min);
                let salary = 20_000 + 100 * hundredths % 180_000;
                let tickets = format!("0.{:02}", 20 + dice.below(80));
                let cells = [dice.below(900).to_string(), format!("{}%", dice.below(12)), tickets];
                cells.into_iter().chain([format!("{:.2}", hundredths as f64 / 100.0), salary.to_string()]).collect()
            };
            let cells: Vec<Vec<String>> = (0..rows).map(|_| row()).collect();
            let batch = evaluator.block(&split_rows(&block(&cells)));
            let over_lanes = batch.over_lanes();
            assert!(over_lanes * 100 >= rows * 99, "{min} to {max}: {over_lanes} of {rows} over lanes");
        }
    }
}
