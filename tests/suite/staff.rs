//! Staffing: published seat factors, and the engine's coverage of the people that are named.

use comanage_analysis::compare::compare;
use comanage_analysis::staff::{Staff, staff};
use comanage_model::scenario::Scenario;
use comanage_report::write::{self, Layout};
use serde_json::Value;

use crate::common::{load_file, load_text, repository};

fn of(scenario: &Scenario) -> Value {
    let comparison = compare(scenario).expect("it can be compared");
    let services: Vec<usize> = (0..scenario.services.len()).collect();
    let found: Staff = staff(&comparison, &services);
    serde_json::from_str(&write::json::staff(&found, Layout::Line)).expect("it is JSON")
}

fn to_cents(value: &Value) -> String {
    format!("{:.2}", value.as_f64().expect("a number"))
}

/// A desk around the clock whose operators are never away unless the employment says so.
fn desk(employment: &str, service: &str, more: &str) -> String {
    format!(
        "schema = 1\nname = \"Desk\"\ncurrency = \"USD\"\nterm_months = 12\n\
         [services.desk]\n{service}\n\
         [employment]\nleave_days = 0\nsick_days = 0\ntraining_days = 0\nholidays = 0\n{employment}\n\
         [[team]]\nrole = \"Operator\"\nheadcount = 5\nsalary = 52_000\nservices = [\"desk\"]\n{more}\n"
    )
}

#[test]
fn seats_take_the_people_that_are_published() {
    let found = of(&load_file(&repository("scenarios/published/patrol-shifts.toml")));
    let people: Vec<String> =
        found["services"].as_array().expect("a list").iter().map(|row| to_cents(&row["with_absence"])).collect();
    // "Economics of Patrol Scheduling", part 1.
    assert_eq!(people, ["4.87", "6.09", "4.60"]);

    // 168 / 40, and three shifts of 8.5 hours: public rosters of operations centres.
    let found = of(&load_text(&desk("", "hours = \"24x7\"", "rota = \"24x7\"")));
    assert_eq!(to_cents(&found["services"][0]["by_schedule"]), "4.20");
    let rota = "rota = { hours = \"24x7\", shift_hours = 8, handover_minutes = 30 }";
    let found = of(&load_text(&desk("", "hours = \"24x7\"", rota)));
    assert_eq!(to_cents(&found["services"][0]["by_schedule"]), "4.46");
    assert_eq!(found["services"][0]["seat"]["hours_a_week"], 178.5);
}

/// 8,760 hours a year at 95% are 8,322; one operator is there for 2,080.
#[test]
fn costs_are_of_whole_people_and_covered_hours() {
    let found = of(&load_text(&desk("", "hours = \"24x7\"", "rota = \"24x7\"")));
    let row = &found["services"][0];
    assert_eq!((&row["to_target"], &row["yearly_cost"]), (&5.into(), &"260000.00".into()));
    // Five cover every hour: 260,000 / 8,760.
    assert_eq!(row["cost_per_covered_hour"], "29.68");
}

/// The people that are named reach the target as the model has it, and one fewer does not.
#[test]
fn the_model_covers_the_target_with_the_people_that_are_named() {
    let employments = [
        "",
        "leave_days = 20\nholidays = 11\nworkdays_per_year = 260",
        "turnover = \"30%\"\nmonths_to_fill = 4\nsick_days = 9",
    ];
    let rotas = [
        ("24x7", "1", "rota = \"24x7\""),
        ("24x7", "2", "rota = { hours = \"24x7\", shift_hours = 10, handover_minutes = 15 }"),
        ("mon-fri 06:00-22:00", "1", "rota = { hours = \"mon-fri 06:00-22:00\", shift_hours = 6 }"),
        ("outside mon-fri 08:00-18:00", "3", "rota = \"outside mon-fri 08:00-18:00\""),
    ];
    for employment in employments {
        for (hours, people, rota) in rotas {
            let text = |headcount: u64| {
                let service = format!("hours = \"{hours}\"\npeople = {people}\non_holidays = \"open\"");
                let plain = desk("", &service, rota).replace("headcount = 5", &format!("headcount = {headcount}"));
                employment.lines().filter(|line| !line.is_empty()).fold(plain, |text, line| {
                    let key = line.split(" =").next().expect("a key");
                    let kept: Vec<&str> = text.lines().filter(|old| !old.starts_with(&format!("{key} ="))).collect();
                    kept.join("\n").replace("[employment]\n", &format!("[employment]\n{line}\n")) + "\n"
                })
            };
            let found = of(&load_text(&text(5)));
            let heads = found["services"][0]["to_target"].as_u64().expect("it can be reached");
            let covered = |heads: u64| {
                let scenario = load_text(&text(heads));
                let comparison = compare(&scenario).expect("it can be compared");
                comparison.alternatives[0].evaluation.coverage.expected.expect("hours are required")
            };
            assert!(covered(heads) >= 0.95 - 1e-9, "{hours} {rota} {employment}: {heads}");
            assert!(covered(heads - 1) < 0.95, "{hours} {rota} {employment}: {heads}");
        }
    }
}

/// A provider fills the nights at 99% of the time: of 168 hours 128 are its own, so the day owes 95% * 168 -
/// 99% * 128 = 32.88 hours of 40, for which one operator of 40 hours is enough.
#[test]
fn people_beside_an_offer_fill_what_it_leaves() {
    let offer = "[offers.nights]\nmonthly = { \"Nights\" = 9_000 }\nonboarding = { fee = 5_000 }\n\
        covers.desk = { hours = \"outside mon-fri 09:00-17:00\", availability = \"99%\" }\n";
    let text = desk("", "hours = \"24x7\"", "rota = \"24x7\"") + offer;
    let found = of(&load_text(&text));
    let beside = &found["services"][0]["offers"][0];
    assert_eq!((&beside["hours_a_week"], &beside["to_target"]), (&128.0.into(), &1.into()));
    assert_eq!((&beside["by_schedule"], &beside["yearly_price"]), (&1.0.into(), &"108000.00".into()));
}
