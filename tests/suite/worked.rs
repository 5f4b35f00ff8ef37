//! The small scenarios of `tests/worked/`, each of which is worked out by hand in its comments.
//!
//! They hold the rules of the model that no published case touches. Money stands in their
//! `[expect]`; for what that has no key for, `measures.json` has places in the JSON that is written,
//! with the value there.

use comanage::compare::compare;
use comanage::render;
use serde_json::Value;

use crate::common::{files_below, load_file, repository, text_of};
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
        let document: Value = serde_json::from_str(&render::json::comparison(&comparison, None)).expect("it is JSON");
        for (place, expected) in places.as_object().expect("places") {
            let found = at(&document, place).unwrap_or_else(|| panic!("{file} has no {place}"));
            assert!(is_same(found, expected), "{file}: {place} is {found}, not {expected}");
        }
    }
}

/// What stands at a place such as `hybrid/services/desk/one_deep`: entries of lists go by their `id`
/// or their number.
fn at<'a>(document: &'a Value, place: &str) -> Option<&'a Value> {
    place.split('/').try_fold(&document["alternatives"], |value, key| match value {
        Value::Array(list) => list.iter().find(|one| one["id"] == key).or_else(|| list.get(key.parse::<usize>().ok()?)),
        table => table.get(key),
    })
}

/// Shares and hours are doubles, and are worked out to ten decimals.
fn is_same(found: &Value, expected: &Value) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
        _ => found == expected,
    }
}
