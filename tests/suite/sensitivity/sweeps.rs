//! Sweeps of tiny scenarios, worked out by hand.

use serde_json::json;

use super::{Case, ten_or_flat};

#[test]
fn a_sweep_of_one_number_tells_every_step() {
    let swept = ten_or_flat().swept(&[("organization.users", "40", "65", "10")]);
    let cell = |users: &str, each: &str, cheapest: &str| {
        let totals = json!({"in_house": "0.00", "each": each, "flat": "500.00"});
        json!({"values": [users], "totals": totals, "cheapest": cheapest, "recommended": cheapest})
    };
    // At 50 users both cost the same, and the first counts.
    let expected = json!({
        "schema": 2, "scenario": "T", "paths": ["organization.users"],
        "alternatives": ["in_house", "each", "flat"],
        "cells": [cell("40", "400.00", "each"), cell("50", "500.00", "each"), cell("60", "600.00", "flat")],
        "crossings": [{"a": "each", "b": "flat", "below": "40", "above": "60"}],
    });
    assert_eq!(swept, expected);
}

#[test]
fn a_sweep_of_two_numbers_tells_every_combination() {
    let swept =
        ten_or_flat().swept(&[("organization.users", "40", "50", "10"), ("offers.each.per_user", "$10", "11", "0.50")]);
    let cells = swept["cells"].as_array().expect("cells");
    let told: Vec<String> = cells
        .iter()
        .map(|cell| {
            format!("{} {} {} {}", cell["values"][0], cell["values"][1], cell["totals"]["each"], cell["cheapest"])
        })
        .collect();
    let expected = [
        r#""40" "10.00" "400.00" "each""#,
        r#""40" "10.50" "420.00" "each""#,
        r#""40" "11.00" "440.00" "each""#,
        r#""50" "10.00" "500.00" "each""#,
        r#""50" "10.50" "525.00" "flat""#,
        r#""50" "11.00" "550.00" "flat""#,
    ];
    assert_eq!(told, expected);
    assert_eq!(swept["crossings"], json!([]));
}

#[test]
fn targets_decide_what_a_sweep_recommends() {
    // One person has 52 x 40 - 33 x 8 = 1,816 hours a year; at 85% that is 128.6 a month: enough for
    // 100 hours, not for 200.
    let case = Case::new(
        12,
        "hours_per_month = 100\n[[team]]\nrole = \"Admin\"\nheadcount = 1\nsalary = 12_000\nservices = [\"desk\"]\n\
         hours = \"mon-fri 09:00-17:00\"\n[offers.flat]\nmonthly = { x = 500 }\ncovers = \"all\"\n",
    );
    let case = Case::from(case.document.with("coverage_target", "80%").expect("a target"));
    let swept = case.swept_in_full(&[("services.desk.hours_per_month", "100", "200", "100")]);
    let told = |index: usize| (&swept["cells"][index]["cheapest"], &swept["cells"][index]["recommended"]);
    assert_eq!(told(0), (&json!("in_house"), &json!("in_house")));
    assert_eq!(told(1), (&json!("in_house"), &json!("flat")));
    // 1,816 * 85% / 12 of 200 hours.
    let in_house = &swept["cells"][1]["alternatives"][0];
    assert_eq!((&in_house["id"], &in_house["total"]), (&json!("in_house"), &json!("12000.00")));
    assert_eq!(in_house["meets_targets"], json!(false));
    assert!((in_house["work_done"].as_f64().expect("a share") - 1_816.0 * 0.85 / 12.0 / 200.0).abs() < 1e-12);
    let flat = &swept["cells"][1]["alternatives"][1];
    assert_eq!((&flat["meets_targets"], &flat["work_done"]), (&json!(true), &json!(1.0)));
}
