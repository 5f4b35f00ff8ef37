//! From which value on something holds: by hand, and held to comparisons of the value and its neighbour.

use comanage_analysis::compare::{Comparison, compare};
use comanage_analysis::solve::{self, Condition, Solved};
use comanage_analysis::vary::{Request, Spacing, VaryError};
use comanage_report::write::{self, Layout};
use serde_json::{Value, json};

use super::{Case, ten_or_flat};
use crate::random::{self, Ranges};

impl Case {
    fn solved<T>(
        &self,
        (path, from, to): (&str, &str, &str),
        until: &str,
        told: impl Fn(&Solved) -> T,
    ) -> Result<T, VaryError> {
        let until = Condition::parse(&self.scenario, until)?;
        let varied = self.varied(&[Request { path, from, to, spacing: Spacing::Unit }])?;
        Ok(told(&solve::solve(&self.scenario, &varied, &until, &|| {})?))
    }

    fn answer(&self, asked: (&str, &str, &str), until: &str) -> Value {
        let text = self.solved(asked, until, |of| write::json::solve(of, Layout::Line));
        let text = text.unwrap_or_else(|refusal| panic!("{refusal:?}"));
        serde_json::from_str(&text).expect("it is JSON")
    }
}

#[test]
fn the_first_value_and_its_neighbour_are_told() {
    // 40 users at 12.50 are 500.
    let found = ten_or_flat().answer(("offers.each.per_user", "10", "15"), "each.total >= 500");
    let expected = json!({
        "schema": 2, "scenario": "T", "path": "offers.each.per_user", "from": "10.00", "to": "15.00",
        "until": "each.total >= 500",
        "found": {"value": "12.50", "figure": "500.00", "before": {"value": "12.49", "figure": "499.60"}},
        "best": {"value": "15.00", "figure": "600.00"}, "reason": null, "values": 501, "looked_at": 501,
    });
    assert_eq!(found, expected);
    // At 50 users both cost the same, and the first counts.
    let found = ten_or_flat().answer(("organization.users", "40", "60"), "recommended = flat");
    let before = json!({"value": "50", "figure": "each"});
    assert_eq!(found["found"], json!({"value": "51", "figure": "flat", "before": before}));
    assert_eq!(found["best"], Value::Null);
    let found = ten_or_flat().answer(("organization.users", "60", "70"), "flat.total < 600");
    assert_eq!(found["found"], json!({"value": "60", "figure": "500.00", "before": null}));
}

#[test]
fn of_more_values_the_first_is_found_by_halving() {
    // 1,816 hours a year at 85% are 128.6333 a month: 95% of 200 hours need 190 / 128.6333 = 1.47707 people.
    let case = Case::new(
        12,
        "hours_per_month = 200\n[[hire]]\nrole = \"Admin\"\nheadcount = 1\nsalary = 12_000\n\
         services = [\"desk\"]\nhours = \"mon-fri 08:00-16:00\"\nmonths_to_fill = 0\n",
    );
    let found = case.answer(("hire.Admin.headcount", "1", "3"), "hire.work_done >= 95%");
    assert_eq!((&found["found"]["value"], &found["found"]["before"]["value"]), (&json!("1.4771"), &json!("1.477")));
    assert_eq!(found["looked_at"], json!(1_001));
}

#[test]
fn at_no_value_is_told_with_what_stands_in_the_way() {
    let case = Case::of(
        "schema = 1\nname = \"T\"\ncurrency = \"USD\"\nterm_months = 12\n[organization]\nusers = 40\n\
         [services.security]\nhours = \"24x7\"\n[[hire]]\nrole = \"Guard\"\nheadcount = 1\nsalary = 50_000\n\
         services = [\"security\"]\nhours = \"mon-fri 08:00-16:00\"\nmonths_to_fill = 0\n",
    );
    let asked = ("hire.Guard.months_to_fill", "0", "11");
    let found = case.answer(asked, "hire.coverage >= 50%");
    assert_eq!((&found["found"], &found["values"], &found["looked_at"]), (&Value::Null, &json!(12), &json!(12)));
    assert_eq!(found["best"]["value"], json!("0"));
    // Forty of 168 hours, if somebody is always there.
    let best = found["best"]["figure"].as_f64().expect("a share");
    assert!(best > 0.15 && best < 40.0 / 168.0, "{best}");
    let reason = "nights and weekends stay open in Security (outside mon-fri 08:00-16:00)";
    assert_eq!(found["reason"], json!(reason));
    let text = write::Format::Text(write::Terminal::default());
    let told = case.solved(asked, "hire.coverage >= 50%", |of| write::write(of, text));
    let told = String::from_utf8(told.unwrap_or_default()).expect("it is text");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("holds at no value from 0 to 11 months; the most is"), "{told}");
    assert!(told.contains("since nights and weekends stay open in Security"), "{told}");
    assert!(told.contains("(all 12 values were tried)"), "{told}");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let refusal = |until: &str| {
        let asked = ("organization.users", "40", "60");
        ten_or_flat().solved(asked, until, |_| ()).expect_err("it is refused").diagnostics[0].message.clone()
    };
    assert_eq!(refusal("each.total"), "\"each.total\" compares nothing");
    assert_eq!(refusal("each.profit > 5"), "`each` has no figure `profit`");
    assert_eq!(refusal("total > 5"), "there is no alternative `total` to take a figure of");
    assert_eq!(refusal("recommended > 5"), "`recommended` is no number, so it is not > anything");
    assert_eq!(refusal("recommended = nobody"), "`recommended` cannot be \"nobody\"");
    assert_eq!(refusal("each.coverage >= 0.95"), "a share is written with a percent sign");
}

/// Whether a condition holds in a comparison.
fn holds(comparison: &Comparison, until: &Condition) -> bool {
    until.holds(until.figure.value(comparison).as_ref())
}

/// Holds what is found to comparisons of files that say the values; returns whether anything was.
fn hold(case: &Case, asked: (&str, &str, &str), until: &str) -> Option<bool> {
    let condition = Condition::parse(&case.scenario, until).ok()?;
    let compared = |value: &str| {
        let scenario = case.document.with(asked.0, value).expect("the path is there").read().scenario;
        let scenario = scenario.expect("it is a scenario");
        holds(&compare(&scenario).expect("it can be evaluated"), &condition)
    };
    let told = case.solved(asked, until, |of| {
        let place = format!("{}: {asked:?} {until}", case.scenario.name);
        match &of.found {
            Some(found) => {
                assert!(compared(&of.axis.write(found.at.index)), "{place}");
                if let Some(before) = &found.before {
                    assert_eq!(before.index + 1, found.at.index, "{place}");
                    assert!(!compared(&of.axis.write(before.index)), "{place}");
                }
            }
            None => {
                let few = of.points.iter().step_by(1 + of.points.len() / 4);
                few.for_each(|point| assert!(!compared(&of.axis.write(point.index)), "{place}"));
            }
        }
        of.found.is_some()
    });
    told.ok()
}

#[test]
fn what_is_found_is_what_comparisons_of_it_say() {
    let (mut found, mut asked) = (0, 0);
    for seed in 0..4 {
        let text = random::scenario_with(seed, Ranges::Points, false);
        let document = comanage_format::load::Document::parse("t.toml", text.as_bytes(), &mut |_| unreachable!());
        if document.read().scenario.is_none_or(|scenario| compare(&scenario).is_err()) {
            continue;
        }
        let case = Case::from(document);
        let last = case.scenario.alternatives.last().expect("an alternative").id.clone();
        let users = ("organization.users", "5", "60");
        let turnover = ("employment.turnover", "0%", "60%");
        for (path, until) in [
            (users, format!("{last}.total >= 300_000")),
            (users, format!("{last}.work_done < 95%")),
            (users, "recommended = none".to_string()),
            (turnover, format!("{last}.coverage < 80%")),
            (turnover, format!("{last}.single_points_of_failure >= 1")),
            (turnover, format!("{last}.year_totals.1 > 50_000")),
        ] {
            if let Some(is_found) = hold(&case, path, &until) {
                found += usize::from(is_found);
                asked += 1;
            }
        }
    }
    assert!(asked > 12 && found > 4, "{found} of {asked} were found");
}
