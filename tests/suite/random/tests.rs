//! What the random scenarios are worth: they load, and together they hold the whole format.

use std::collections::BTreeSet;

use comanage_analysis::compare::compare;
use comanage_format::load::json_schema;
use comanage_model::ledger::Category;
use serde_json::Value;

use super::{Dice, scenario};
use crate::common::load_text;

const SEEDS: u64 = 400;

#[test]
fn random_scenarios_load_and_can_be_compared() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for seed in 0..SEEDS {
        let scenario = load_text(&scenario(seed));
        let comparison = compare(&scenario).unwrap_or_else(|problem| panic!("seed {seed}: {problem:?}"));
        for alternative in &comparison.alternatives {
            seen.insert(alternative.kind.name().into());
            seen.extend(alternative.pricing_model.map(|model| model.name().into()));
            seen.extend(alternative.evaluation.ledger.lines.iter().map(|line| line.category.name().into()));
            seen.extend(alternative.evaluation.ledger.lines.iter().map(|line| line.unit.name().into()));
        }
    }
    let kinds = ["in-house", "hire", "co-managed", "fully managed", "staff augmentation"];
    let models = [
        "per user",
        "per device",
        "per site",
        "per unit",
        "per ticket",
        "retainer",
        "block hours",
        "hourly",
        "tailored package",
        "hybrid",
    ];
    let units = [
        "month",
        "user",
        "device",
        "site",
        "unit",
        "ticket",
        "hour",
        "block",
        "bundle",
        "tier",
        "recurring month",
        "once",
        "money",
    ];
    let categories = Category::ALL.map(Category::name);
    for expected in kinds.iter().chain(&models).chain(&units).chain(&categories) {
        assert!(seen.contains(*expected), "no random scenario has: {expected}");
    }
}

/// Choices that are given are the choices that are made.
#[test]
fn loaded_dice_fall_as_they_are_told() {
    let mut dice = Dice::of_choices(&[3, 99, 1, 44, 7]);
    assert_eq!([dice.below(6), dice.below(10)], [3, 9]);
    assert_eq!(dice.between(0, 999), 300);
    assert_eq!(dice.one(&["a", "b"]), "b");
    assert_eq!(dice.below(1_000), Dice::new(0).below(1_000));
}

#[test]
fn random_scenarios_draw_from_every_key() {
    let schema: Value = serde_json::from_str(&json_schema()).expect("it is JSON");
    let mut keys = BTreeSet::new();
    collect(&schema, &mut keys);
    assert!(keys.len() > 100, "{keys:?}");
    let texts: String = (0..SEEDS).map(scenario).collect();
    let words: BTreeSet<&str> = texts.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let missing: Vec<&String> = keys.iter().filter(|key| !words.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "never drawn: {missing:?}");
}

/// The keys of every table of the format but `[expect]` with its bounds, and those that name a second file.
fn collect(schema: &Value, keys: &mut BTreeSet<String>) {
    let Some(table) = schema.as_object() else {
        schema.as_array().into_iter().flatten().for_each(|entry| collect(entry, keys));
        return;
    };
    for (name, inner) in table {
        if name == "expectation" {
            continue;
        }
        if name != "properties" {
            collect(inner, keys);
            continue;
        }
        for (key, value) in inner.as_object().expect("properties by name") {
            if !["expect", "extends", "packs", "at_least", "at_most"].contains(&key.as_str()) {
                keys.insert(key.clone());
                collect(value, keys);
            }
        }
    }
}
