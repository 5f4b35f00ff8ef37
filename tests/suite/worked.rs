//! The small scenarios of `tests/worked/`, each of which is worked out by hand in its comments.
//!
//! They hold the rules of the model that no published case touches. Money stands in their
//! `[expect]`; for what that has no key for, `measures.json` has places in the JSON that is written,
//! with the value there.

use comanage_analysis::compare::compare;
use comanage_expr::number::{Exact, Number};
use comanage_model::coverage::{Attendance, Outline, expected};
use comanage_model::evaluate::{Shared, ledger_of};
use comanage_model::ledger::{Entry, Line};
use comanage_model::month::CalendarMonth;
use comanage_report::write::{self, Layout};
use serde_json::Value;

use crate::common::{files_below, is_product, load_file, repository, text_of};
use crate::published::faults;

#[test]
fn every_scenario_comes_to_what_was_worked_out() {
    let paths = files_below(&repository("tests/worked"), "toml");
    let wrong: Vec<String> = paths.iter().filter_map(|path| faults(path)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_measure_is_what_was_worked_out() {
    let folder = repository("tests/worked");
    let measures: Value = serde_json::from_str(&text_of(&folder.join("measures.json"))).expect("it is JSON");
    for (file, places) in measures.as_object().expect("files") {
        let scenario = load_file(&folder.join(file));
        let comparison = compare(&scenario).expect("it can be compared");
        let document: Value =
            serde_json::from_str(&write::json::comparison(&comparison, None, Layout::Line)).expect("it is JSON");
        for (place, expected) in places.as_object().expect("places") {
            let found = at(&document, place).unwrap_or_else(|| panic!("{file} has no {place}"));
            assert!(is_same(found, expected), "{file}: {place} is {found}, not {expected}");
        }
    }
}

/// Lines by their names.
type Amounts = &'static [(&'static str, &'static str)];

/// Hours by post; none where it does not hold the service.
type Hours = &'static [Option<f64>];

/// What stands at a place such as `hybrid/services/desk/one_deep`, below an alternative, or
/// `findings/CODE/PATH`, which is a message. Entries of lists go by their `id` or their number.
fn at<'a>(document: &'a Value, place: &str) -> Option<&'a Value> {
    let mut keys = place.split('/');
    if let ["findings", code, path] = keys.clone().collect::<Vec<_>>()[..] {
        let findings = document["findings"].as_array()?;
        return Some(&findings.iter().find(|finding| finding["code"] == code && finding["path"] == path)?["message"]);
    }
    keys.try_fold(&document["alternatives"], |value, key| match value {
        Value::Array(list) => list.iter().find(|one| one["id"] == key).or_else(|| list.get(key.parse::<usize>().ok()?)),
        table => table.get(key),
    })
}

/// Shares and hours are doubles, and are worked out to ten decimals.
fn is_same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            found.len() == expected.len() && found.iter().all(|(key, one)| is_same(one, &expected[key]))
        }
        _ => match (found.as_f64(), expected.as_f64()) {
            (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
            _ => found == expected,
        },
    }
}

/// What is the same in every month is exactly that on the mean; and who asks for expected coverage
/// alone is told the same.
#[test]
fn means_of_one_value_are_that_value() {
    for path in files_below(&repository("tests/worked"), "toml") {
        let scenario = load_file(&path);
        let (attendance, outlines) = (Attendance::new(&scenario), Outline::all(&scenario));
        let alternatives = compare(&scenario).expect("it can be compared").alternatives;
        for (alternative, outline) in alternatives.iter().zip(&outlines) {
            let (plan, coverage) = (&alternative.evaluation.staffing, &alternative.evaluation.coverage);
            assert_eq!(expected(plan, &attendance, outline), coverage.expected, "{}", path.display());
            for service in &coverage.services {
                let is_one = service.by_month.windows(2).all(|pair| pair[0] == pair[1]);
                assert!(
                    !is_one || service.expected.is_none_or(|own| service.expected_term == Some(own)),
                    "{}",
                    path.display()
                );
            }
        }
    }
}

/// The chance of the pictures, minute by minute: the late service of a week has one person and two
/// and a half for an hour, then two and a half, then nobody.
#[test]
fn the_chance_is_known_of_every_wanted_span() {
    let scenario = load_file(&repository("tests/worked/week.toml"));
    let comparison = compare(&scenario).expect("it can be compared");
    let late = &comparison.alternatives[0].evaluation.coverage.services[3];
    let day =
        |start: usize| [(16, 17, 0.9999), (17, 18, 0.999), (18, 20, 0.0)].map(|(a, b, p)| (start + a, start + b, p));
    let expected: Vec<(usize, usize, f64)> = (0..5).flat_map(|weekday| day(weekday * 24)).collect();
    assert_eq!(late.presence.len(), expected.len());
    for ((from, to, chance), (start, end, expected)) in late.presence.iter().zip(expected) {
        assert_eq!((*from, *to), (start * 60, end * 60));
        assert!((chance - expected).abs() < 1e-9, "{chance} for {expected}");
    }
}

/// A line is its quantity times its price, and there is none of nothing.
#[test]
fn lines_are_of_something() {
    for path in files_below(&repository("tests/worked"), "toml") {
        let scenario = load_file(&path);
        for alternative in &compare(&scenario).expect("it can be compared").alternatives {
            for line in &alternative.evaluation.ledger.lines {
                let item = line.source.item(&alternative.evaluation.staffing);
                let value = |number: Exact| number.0.expect("it has room");
                let (quantity, price, amount) = (value(line.quantity), value(line.unit_price), value(line.amount));
                let digits = scenario.currency.digits;
                let name = line.unit.name();
                assert!(is_product(quantity, name, price, amount, digits), "{}: {item}", path.display());
                let is_limit = matches!(line.source.entry(), Some(Entry::Limit(_)));
                let is_nothing = line.quantity.is_zero() || (is_limit && line.amount.is_zero());
                assert!(!is_nothing, "{}: {item} of {}", path.display(), alternative.id());
            }
        }
    }
}

/// The lines of a month, by name. In a free month the recurring ones stand at nothing, and no minimum
/// makes them up; a tier is called by its number.
#[test]
fn lines_are_called_by_what_they_are() {
    let scenario = load_file(&repository("tests/worked/charges.toml"));
    let comparison = compare(&scenario).expect("it can be compared");
    let rows: [(&str, u32, Amounts); 4] = [
        ("late", 3, &[("desk", "0")]),
        ("late", 4, &[("desk", "1000"), ("minimum monthly", "200"), ("tax", "240")]),
        ("graduated", 1, &[("per device, tier 1", "100"), ("per device, tier 2", "6"), ("per device, tier 3", "1")]),
        ("steps", 1, &[("per device, tier 1", "50"), ("per device, tier 2", "24"), ("per device, tier 3", "3")]),
    ];
    for (id, month, expected) in rows {
        let alternative = comparison.alternatives.iter().find(|one| one.id() == id).expect("it is there");
        let lines = alternative.evaluation.ledger.lines.iter().filter(|line| line.month == month);
        let amount = |line: &Line<Exact>| line.amount.0.expect("it has room").normalize().to_string();
        let found: Vec<(String, String)> =
            lines.map(|line| (line.source.item(&alternative.evaluation.staffing), amount(line))).collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(item, amount)| (item.to_string(), amount.to_string())).collect();
        assert_eq!(found, expected, "{id}, month {month}");
    }
}

/// The hours done that are asked for without asking who does them are those that somebody does.
#[test]
fn hours_done_are_those_that_somebody_does() {
    for path in files_below(&repository("tests/worked"), "toml") {
        let scenario = load_file(&path);
        let shared: Shared<Exact> = Shared::new(&scenario);
        for alternative in &compare(&scenario).expect("it can be compared").alternatives {
            let evaluation = &alternative.evaluation;
            let (_, _, provided) =
                ledger_of(&scenario, evaluation.staffing.alternative, &shared).expect("it can be evaluated");
            let (done, workload) = provided.done(&evaluation.staffing, 2..=scenario.term_months);
            let states = (2..=scenario.term_months).map(|month| evaluation.work.at(month));
            let sum = |hours: Vec<Exact>| hours.into_iter().fold(Exact::zero(), |sum, hours| sum + hours);
            let expected = states.fold((Exact::zero(), Exact::zero()), |(done, workload), state| {
                (done + sum(state.done(&evaluation.staffing)), workload + sum(state.workload.clone()))
            });
            let what = format!("{}: {}", path.display(), alternative.id());
            assert_eq!((done.round(9), workload.round(9)), (expected.0.round(9), expected.1.round(9)), "{what}");
        }
    }
}

/// Who does which hours: contractors stand before the team, and are none of its posts.
#[test]
fn posts_do_the_hours_that_were_worked_out() {
    let rows: [(&str, &str, u32, usize, Hours); 7] = [
        ("split.toml", "staff", 1, 0, &[Some(70.0)]),
        ("split.toml", "staff", 2, 0, &[Some(190.0 / 9.0)]),
        ("split.toml", "staff", 2, 1, &[Some(80.0)]),
        ("split.toml", "agreed", 1, 0, &[Some(90.0)]),
        ("split.toml", "agreed", 2, 0, &[Some(2520.0 / 41.0)]),
        ("hours.toml", "together", 5, 0, &[Some(54.0), None]),
        ("hours.toml", "together", 5, 1, &[Some(26.0), Some(24.0)]),
    ];
    for (file, id, month, service, expected) in rows {
        let scenario = load_file(&repository("tests/worked").join(file));
        let comparison = compare(&scenario).expect("it can be compared");
        let alternative = comparison.alternatives.iter().find(|one| one.id() == id).expect("it is there");
        let work = alternative.evaluation.work.at(month);
        for (post, hours) in expected.iter().enumerate() {
            let found = work.assigned(service, post).map(Exact::to_f64);
            assert_eq!(found.is_some(), hours.is_some(), "{file}, {id}, post {post}");
            let difference = found.zip(*hours).map_or(0.0, |(found, expected)| (found - expected).abs());
            assert!(difference < 1e-9, "{file}, {id}, post {post}: {found:?}");
        }
    }
}

/// Months of the calendar count on over the end of a year.
#[test]
fn a_month_later_may_be_another_year() {
    let start = CalendarMonth::parse("2026-11").expect("it is a month");
    for (months, expected) in [(0, "2026-11"), (1, "2026-12"), (2, "2027-01"), (14, "2028-01")] {
        assert_eq!(start.plus(months).to_string(), expected);
    }
}
