//! Totals of varied scenarios are those of files that say the values.

use std::path::{Path, PathBuf};

use comanage_analysis::breakeven;
use comanage_analysis::compare::compare;
use comanage_analysis::frames::Judgement;
use comanage_analysis::sweep;
use comanage_analysis::vary::{Request, Spacing};
use comanage_format::load::Document;
use comanage_model::money::Money;
use comanage_model::scenario::{Kind, Scenario};
use comanage_model::totals::totals;
use rust_decimal::Decimal;

use super::Case;

fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the samples are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

/// Values around what the file has, within what the key allows.
fn around(value: Decimal, kind: Kind, min: Decimal, max: Decimal) -> Option<(Decimal, Decimal)> {
    let unit = match kind {
        Kind::Share => Decimal::new(1, 2),
        _ => Decimal::ONE,
    };
    let from = (value - unit * Decimal::from(2)).max(min);
    let to = (value + unit * Decimal::from(2)).min(max);
    let (from, to) = match kind {
        Kind::Count | Kind::Months => (from.ceil(), to.floor()),
        _ => (from.round_dp(2), to.round_dp(2)),
    };
    (from < to && from >= min && to <= max).then_some((from, to))
}

#[test]
fn a_value_that_is_set_gives_the_totals_of_a_file_that_says_it() {
    let mut tried = 0;
    for (number, file) in stories().iter().enumerate() {
        let case = Case::from(Document::open(&file.to_string_lossy()));
        for (input, value, about) in case.scenario.inputs.iter().skip(number % 7).step_by(7) {
            let (Some(min), Some(max)) = (about.min, about.max) else { continue };
            let Some((from, to)) = around(value, about.kind, min, max) else { continue };
            let (from, to) = (about.kind.write(from), about.kind.write(to));
            let asked = Request { path: &about.path, from: &from, to: &to, spacing: Spacing::Unit };
            // The first month of a hire is no key, and some values contradict others.
            let Ok(varied) = case.varied(&[asked]) else { continue };
            let last = varied.axes[0].grid.last();
            for index in [0, last / 2, last] {
                let written = varied.axes[0].write(index);
                let place = format!("{}: {} = {written} ({input:?})", file.display(), about.path);
                let said = case.document.with(&about.path, &written).expect(&place).read().scenario;
                let own = varied.scenario(&[index]).ok();
                assert_eq!(own.is_some(), said.is_some(), "{place}");
                let (Some(own), Some(said)) = (own, said) else { continue };
                assert_eq!(totals(&own).ok(), totals(&said).ok(), "{place}");
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

/// The sample that has something of everything.
fn harbor_foods() -> Case {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/harbor-foods.toml");
    Case::from(Document::open(&file.to_string_lossy()))
}

/// Holds the figures at a value to those of a comparison of the scenario that says it.
fn hold(scenario: &Scenario, totals: &[Money], judged: &[Judgement], place: &str) {
    let comparison = compare(scenario).expect("its figures have room");
    for (index, of) in comparison.alternatives.iter().enumerate() {
        let place = format!("{place}, {}", of.id());
        assert_eq!(totals[index], of.sums.total, "{place}");
        assert_eq!(judged[index].coverage.get(), of.evaluation.coverage.expected, "{place}");
        assert_eq!(judged[index].standing, of.standing, "{place}");
        let (own, share) = (judged[index].work.get(), of.work.share);
        assert!((own.unwrap_or(-1.0) - share.unwrap_or(-1.0)).abs() < 1e-12, "{place}: {own:?} for {share:?}");
    }
}

#[test]
fn many_values_give_the_totals_that_each_gives_alone() {
    let case = harbor_foods();
    for (path, from, to) in [
        ("organization.users", "90", "170"),
        ("organization.growth.users", "-10%", "20%"),
        ("offers.hybrid.block_hours.price", "5_000", "7_000.25"),
        ("services.projects.hours_per_year", "700", "1_500"),
        ("employment.turnover", "0%", "40%"),
        ("hire.\"Systems administrator\".months_to_fill", "0", "24"),
        ("employment.payroll_taxes[0].cap", "50_000", "250_000"),
    ] {
        let asked = Request { path, from, to, spacing: Spacing::Unit };
        let varied = case.varied(&[asked]).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let found = breakeven::find(&case.scenario, &varied, false, &|| {}).expect("it is found");
        for point in found.points.iter().step_by(97) {
            let alone = varied.scenario(&[point.index]).expect("a scenario");
            hold(&alone, &point.totals, &point.judged, &format!("{path} {}", found.axis.write(point.index)));
        }
    }
}

#[test]
fn a_cell_of_a_sweep_is_what_compare_says() {
    let case = harbor_foods();
    let step = |path, from, to, step| Request { path, from, to, spacing: Spacing::Step(step) };
    let users = step("organization.users", "60", "180", "60");
    let rate = step("offers.hybrid.per_user.rate", "50", "90", "2");
    let varied = case.varied(&[users, rate]).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let swept = sweep::sweep(&case.scenario, &varied, &|| {}).expect("it is worked out");
    assert_eq!(swept.cells.len(), 63);
    for cell in swept.cells.iter().step_by(11) {
        let mut document = case.document.clone();
        for (axis, &index) in varied.axes.iter().zip(&cell.indices) {
            document.set(&axis.path, &axis.write(index)).expect("the path is there");
        }
        let scenario = document.read().scenario.expect("a scenario");
        hold(&scenario, &cell.totals, &cell.judged, &format!("cell {:?}", cell.indices));
        assert_eq!(compare(&scenario).expect("its figures have room").recommended, cell.recommended);
    }
}

#[test]
fn the_totals_at_a_crossing_are_those_of_compare() {
    let case = harbor_foods();
    let path = "organization.users";
    let crossings = case.find(path, "80", "95", |found| {
        for pair in &found.pairs {
            for point in pair.crossings.iter().flat_map(|crossing| [&crossing.below, &crossing.above]) {
                let document = case.document.with(path, &found.axis.write(point.index)).expect("the path is there");
                let scenario = document.read().scenario.expect("it is a scenario");
                let comparison = compare(&scenario).expect("it can be evaluated");
                let totals: Vec<Money> =
                    comparison.alternatives.iter().map(|alternative| alternative.sums.total).collect();
                assert_eq!(totals, *point.totals);
            }
        }
        found.pairs.iter().map(|pair| pair.crossings.len()).sum::<usize>()
    });
    assert!(crossings.expect("it is found") > 0);
}
