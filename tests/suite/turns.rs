//! Where the answer turns: break-evens worked out by hand, and sweeps.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use comanage::breakeven::{self, Breakeven};
use comanage::compare::{compare, ranking};
use comanage::load::Document;
use comanage::money::Money;
use comanage::render;
use comanage::scenario::{Kind, Scenario};
use comanage::sweep;
use comanage::totals::totals;
use comanage::vary::{Asked, Axis, Refusal, Spacing, Varied};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// A scenario whose document it also is.
struct Case {
    document: Document,
    scenario: Scenario,
    useful: Vec<bool>,
}

impl Case {
    /// One month, 40 users, one service, and these tables.
    fn new(term_months: u32, tables: &str) -> Self {
        let head = format!("schema = 1\nname = \"T\"\ncurrency = \"USD\"\nterm_months = {term_months}\n");
        let desk = "[services.desk]\nhours = \"mon-fri 09:00-17:00\"\n";
        Self::of(&format!("{head}[organization]\nusers = 40\n{desk}{tables}"))
    }

    fn of(text: &str) -> Self {
        Self::from(Document::parse("t.toml", text.as_bytes(), &mut |_| unreachable!("it extends nothing")))
    }

    fn from(document: Document) -> Self {
        let loaded = document.read();
        let scenario = loaded.scenario.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        let useful = ranking::useful(&compare(&scenario).expect("it can be evaluated").alternatives);
        Self { document, scenario, useful }
    }

    /// Keeps two alternatives.
    fn between(mut self, a: &str, b: &str) -> Self {
        let is_kept = |id: &str| [a, b].contains(&id);
        let ids: Vec<String> = self.scenario.alternatives.iter().map(|alternative| alternative.id.clone()).collect();
        let mut useful = self.useful.iter().zip(&ids);
        self.scenario.alternatives.retain(|alternative| is_kept(&alternative.id));
        self.useful = useful.by_ref().filter(|(_, id)| is_kept(id)).map(|(&useful, _)| useful).collect();
        self
    }

    fn varied(&self, asked: &[Asked]) -> Result<Varied, Refusal> {
        let axes = asked.iter().map(|asked| Axis::new(&self.document, &self.scenario, asked));
        Varied::new(&self.document, &self.scenario, axes.collect::<Result<_, _>>()?)
    }

    fn find<T>(&self, path: &str, from: &str, to: &str, told: impl Fn(&Breakeven) -> T) -> Result<T, Refusal> {
        let varied = self.varied(&[Asked { path, from, to, spacing: Spacing::Unit }])?;
        let is_pair = self.scenario.alternatives.len() == 2;
        let found = breakeven::find(&self.scenario, &varied, &self.useful, is_pair, &|| {})?;
        Ok(told(&found))
    }

    /// The break-evens as JSON, without those of `in_house`.
    fn turns(&self, path: &str, from: &str, to: &str) -> Value {
        let text = self.find(path, from, to, render::json::breakeven).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let mut document: Value = serde_json::from_str(&text).expect("it is JSON");
        for list in ["crossings", "ties", "throughout"] {
            let list = document[list].as_array_mut().expect("a list");
            list.retain(|entry| entry["a"] != "in_house");
        }
        document
    }

    /// Why the values are refused, in one line.
    fn refusal(&self, path: &str, from: &str, to: &str) -> String {
        let refusal = self.find(path, from, to, |_| ()).expect_err("it is refused");
        refusal.diagnostics[0].message.clone()
    }

    fn swept(&self, asked: &[(&str, &str, &str, &str)]) -> Value {
        let asked: Vec<Asked> = asked
            .iter()
            .map(|&(path, from, to, step)| Asked { path, from, to, spacing: Spacing::Step(step) })
            .collect();
        let varied = self.varied(&asked).expect("it can be varied");
        let found = sweep::sweep(&self.scenario, &varied, &self.useful, &|| {}).expect("it can be evaluated");
        serde_json::from_str(&render::json::sweep(&found)).expect("it is JSON")
    }
}

/// What a crossing is: the values and totals on both sides.
fn crossing(a: &str, b: &str, below: [&str; 3], above: [&str; 3]) -> Value {
    let side = |[value, total_a, total_b]: [&str; 3]| json!({"value": value, "total_a": total_a, "total_b": total_b});
    json!({"a": a, "b": b, "below": side(below), "above": side(above)})
}

fn tie(a: &str, b: &str, from: &str, to: &str) -> Value {
    json!({"a": a, "b": b, "from": from, "to": to})
}

/// Ten a user, or 500 for all.
fn ten_or_flat() -> Case {
    Case::new(
        1,
        "[offers.each]\nname = \"Each\"\nper_user = 10\ncovers = \"all\"\n\
         [offers.flat]\nname = \"Flat\"\nmonthly = { Everything = 500 }\ncovers = \"all\"\n",
    )
}

#[test]
fn two_offers_cost_the_same_at_fifty_users() {
    let turns = ten_or_flat().turns("organization.users", "48", "52");
    let expected = json!({
        "schema": 1, "scenario": "T", "path": "organization.users", "from": "48", "to": "52",
        "crossings": [crossing("each", "flat", ["49", "490.00", "500.00"], ["51", "510.00", "500.00"])],
        "ties": [tie("each", "flat", "50", "50")],
        "throughout": [],
        "walk_away": [],
    });
    assert_eq!(turns, expected);
}

#[test]
fn a_tie_at_an_end_is_no_crossing() {
    let turns = ten_or_flat().turns("organization.users", "45", "50");
    assert_eq!(turns["crossings"], json!([]));
    assert_eq!(turns["ties"], json!([tie("each", "flat", "50", "50")]));
    // 450 against 500 at 45 users, nothing at 50.
    let each = json!({"a": "each", "b": "flat", "cheaper": "each", "least": "0.00", "most": "50.00"});
    assert_eq!(turns["throughout"], json!([each]));
}

#[test]
fn every_pair_is_told_the_earlier_first() {
    let text = ten_or_flat().find("organization.users", "0", "2", render::json::breakeven).expect("it is found");
    let turns: Value = serde_json::from_str(&text).expect("it is JSON");
    // Nobody is there in house: 0 against 0, 10, 20 and against 500.
    let pair = |b: &str, least: &str, most: &str| json!({"a": "in_house", "b": b, "cheaper": "in_house", "least": least, "most": most});
    let each = json!({"a": "each", "b": "flat", "cheaper": "each", "least": "480.00", "most": "500.00"});
    assert_eq!(turns["throughout"], json!([pair("each", "0.00", "20.00"), pair("flat", "500.00", "500.00"), each]));
    assert_eq!(turns["ties"], json!([tie("in_house", "each", "0", "0")]));
}

#[test]
fn two_that_never_differ_are_a_tie_and_nothing_else() {
    let case = Case::new(
        1,
        "[offers.a]\nmonthly = { x = 500 }\ncovers = \"all\"\n[offers.b]\nmonthly = { y = 500 }\ncovers = \"all\"\n",
    );
    let turns = case.turns("organization.users", "1", "9");
    assert_eq!(turns["ties"], json!([tie("a", "b", "1", "9")]));
    assert_eq!((&turns["crossings"], &turns["throughout"]), (&json!([]), &json!([])));
}

#[test]
fn a_price_is_varied_in_cents() {
    // 40 users at 12.50 are 500.
    let turns = ten_or_flat().turns("offers.each.per_user", "12", "13");
    assert_eq!((&turns["from"], &turns["to"]), (&json!("12.00"), &json!("13.00")));
    let expected = crossing("each", "flat", ["12.49", "499.60", "500.00"], ["12.51", "500.40", "500.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
    assert_eq!(turns["ties"], json!([tie("each", "flat", "12.50", "12.50")]));
    // In-house does nothing, so it is no rival.
    assert_eq!(turns["walk_away"], json!([{"alternative": "each", "rival": "flat", "value": "12.50"}]));
}

#[test]
fn of_more_than_a_thousand_values_the_neighbouring_cents_are_found_by_halving() {
    // 3,001 values: points every three cents, 12.48 and 12.51 around the tie.
    let turns = ten_or_flat().turns("offers.each.per_user", "0", "30");
    let expected = crossing("each", "flat", ["12.49", "499.60", "500.00"], ["12.51", "500.40", "500.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
    assert_eq!(turns["ties"], json!([tie("each", "flat", "12.50", "12.50")]));
    assert_eq!(turns["walk_away"][0]["value"], "12.50");
    // 41 users: 499.79 at 12.19, 500.20 at 12.20, and no tie.
    let case = Case::new(
        1,
        "[[organization.change]]\nmonth = 1\nusers = 1\n\
         [offers.each]\nper_user = 10\ncovers = \"all\"\n[offers.flat]\nmonthly = { x = 500 }\ncovers = \"all\"\n",
    );
    let turns = case.turns("offers.each.per_user", "0", "1_000_000");
    let expected = crossing("each", "flat", ["12.19", "499.79", "500.00"], ["12.20", "500.20", "500.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
    assert_eq!(turns["walk_away"][0]["value"], "12.19");
}

#[test]
fn whole_numbers_are_tried_one_by_one_however_many() {
    // Lots of ten for 100 against 10.01 a user. A lot that is full is cheaper, one that is just begun
    // dearer (up to 8,990 users): 200 changes to cheaper within a lot, 199 back at the next.
    let case = Case::new(
        1,
        "[offers.lots]\nper_user = { bundle = 10, price = 100 }\ncovers = \"all\"\n\
         [offers.each]\nper_user = 10.01\ncovers = \"all\"\n",
    );
    let told = case.find("organization.users", "1", "2000", |found| {
        let pair = found.pairs.iter().find(|pair| (pair.a, pair.b) == (1, 2)).expect("the two offers");
        (found.points.len(), pair.crossings.len())
    });
    assert_eq!(told.ok(), Some((2_000, 399)));
}

#[test]
fn finer_digits_are_those_that_were_typed() {
    // 41 users at 12.195 are 499.995, which is 500.00; at 12.194 they are 499.954, at 12.196 500.036.
    let case = Case::new(
        1,
        "[[organization.change]]\nmonth = 1\nusers = 1\n\
         [offers.each]\nper_user = 10\ncovers = \"all\"\n[offers.flat]\nmonthly = { x = 500 }\ncovers = \"all\"\n",
    );
    let turns = case.turns("offers.each.per_user", "12.191", "12.199");
    let expected = crossing("each", "flat", ["12.194", "499.95", "500.00"], ["12.196", "500.04", "500.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
    // Zeros at the end are no digits: 101 values, not 1,001.
    let turns = case.find("offers.each.per_user", "12.000", "13.000", |found| found.points.len()).expect("it is found");
    assert_eq!(turns, 101);
}

#[test]
fn a_walk_away_price_is_at_least_the_last_or_none() {
    let case = ten_or_flat();
    let walk_away = |from, to| case.turns("offers.each.per_user", from, to)["walk_away"].clone();
    assert_eq!(walk_away("10", "12"), json!([{"alternative": "each", "rival": "flat", "value": "12.00"}]));
    assert_eq!(walk_away("13", "14"), json!([{"alternative": "each", "rival": "flat", "value": null}]));
    let told = case.find("offers.each.per_user", "10", "12", |found| {
        let row = &found.walk_away.as_ref().expect("the path is money")[0];
        row.is_at_least(found.axis)
    });
    assert_eq!(told.ok(), Some(true));
    // Against in-house alone, which costs nothing, every price is too high.
    let case = ten_or_flat().between("in_house", "each");
    let turns = case.turns("offers.each.per_user", "1", "2");
    assert_eq!(turns["walk_away"], json!([{"alternative": "each", "rival": "in_house", "value": null}]));
}

#[test]
fn a_share_is_varied_in_hundredths_of_a_percent() {
    // 30 and a tax: 2.99 at 9.98%, 3.00 from 9.99% to 10.01%, 3.01 at 10.02%.
    let case = Case::new(
        1,
        "[offers.taxed]\nmonthly = { x = 30 }\ntax = \"8%\"\ncovers = \"all\"\n\
         [offers.plain]\nmonthly = { x = 33 }\ncovers = \"all\"\n",
    );
    let turns = case.turns("offers.taxed.tax", "9%", "11%");
    let expected = crossing("taxed", "plain", ["0.0998", "32.99", "33.00"], ["0.1002", "33.01", "33.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
    assert_eq!(turns["ties"], json!([tie("taxed", "plain", "0.0999", "0.1001")]));
    assert_eq!((&turns["from"], &turns["walk_away"]), (&json!("0.09"), &json!([])));
}

/// A hire, or an offer at so much a month, for a year.
fn hire_or_offer(monthly: u32) -> Case {
    Case::new(
        12,
        &format!(
            "[[hire]]\nrole = \"Admin\"\nheadcount = 1\nsalary = 12_000\nservices = [\"desk\"]\n\
             hours = \"mon-fri 09:00-17:00\"\nmonths_to_fill = 1\n\
             [offers.flat]\nmonthly = {{ x = {monthly} }}\ncovers = \"all\"\n"
        ),
    )
}

#[test]
fn a_salary_breaks_even_to_the_cent() {
    // Eleven months are paid: at 12,000 they are 11,000, which is 11 times 1,000.
    let case = Case::new(
        12,
        "[[hire]]\nrole = \"Admin\"\nheadcount = 1\nsalary = 10_000\nservices = [\"desk\"]\nhours = \"mon-fri 09:00-17:00\"\n\
         [offers.flat]\nmonthly = { x = 1_000 }\ncovers = \"all\"\n",
    );
    let turns = case.turns("hire.Admin.salary", "11_000", "13,000.00");
    let expected = crossing("hire", "flat", ["11999.99", "11999.99", "12000.00"], ["12000.01", "12000.01", "12000.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
    assert_eq!(turns["walk_away"], json!([{"alternative": "hire", "rival": "flat", "value": "12000.00"}]));
}

#[test]
fn months_are_varied_one_by_one() {
    // 1,000 a month from the month after: 7,000 after five months, 5,000 after seven.
    let turns = hire_or_offer(500).turns("hire.Admin.months_to_fill", "0", "12");
    let expected = crossing("hire", "flat", ["5", "7000.00", "6000.00"], ["7", "5000.00", "6000.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
    assert_eq!(turns["ties"], json!([tie("hire", "flat", "6", "6")]));
    // A key that the hire leaves out is that of [employment], and may be varied there or here.
    let case = Case::new(
        12,
        "[employment]\nmonths_to_fill = 1\n[[hire]]\nrole = \"Admin\"\nheadcount = 1\nsalary = 12_000\n\
         services = [\"desk\"]\nhours = \"mon-fri 09:00-17:00\"\n\
         [offers.flat]\nmonthly = { x = 500 }\ncovers = \"all\"\n",
    );
    assert_eq!(case.turns("hire.Admin.months_to_fill", "0", "12")["crossings"], json!([expected]));
    assert_eq!(case.turns("employment.months_to_fill", "0", "12")["crossings"], json!([expected]));
}

#[test]
fn the_term_itself_may_be_varied() {
    // 6,000 at once, or 500 a month: the same after twelve months.
    let case = Case::new(
        36,
        "[offers.once]\nonce = { x = 6_000 }\ncovers = \"all\"\n[offers.rent]\nmonthly = { x = 500 }\ncovers = \"all\"\n\
         [expect.rent]\nmonth_36 = 500\n",
    );
    let turns = case.turns("term_months", "1", "24");
    let expected = crossing("once", "rent", ["11", "6000.00", "5500.00"], ["13", "6000.00", "6500.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
}

/// Ten hours for 1,000, bought when needed, or 105 an hour.
fn blocks_or_hours() -> Case {
    Case::new(
        1,
        "hours_per_month = 7\n[offers.blocks]\nblock_hours = { hours = 10, price = 1_000 }\ncovers = \"all\"\n\
         [offers.hourly]\nhourly = { rate = 105 }\ncovers = \"all\"\n",
    )
}

#[test]
fn lots_of_hours_cross_many_times() {
    // A lot pays from 9.5239 hours, 105 times which is 1,000.01; the second begins at 10.0001.
    let turns = blocks_or_hours().turns("services.desk.hours_per_month", "5", "35");
    let at = |below, above| crossing("blocks", "hourly", below, above);
    let expected = json!([
        at(["9.5237", "1000.00", "999.99"], ["9.5239", "1000.00", "1000.01"]),
        at(["10", "1000.00", "1050.00"], ["10.0001", "2000.00", "1050.01"]),
        at(["19.0475", "2000.00", "1999.99"], ["19.0477", "2000.00", "2000.01"]),
        at(["20", "2000.00", "2100.00"], ["20.0001", "3000.00", "2100.01"]),
        at(["28.5713", "3000.00", "2999.99"], ["28.5715", "3000.00", "3000.01"]),
        at(["30", "3000.00", "3150.00"], ["30.0001", "4000.00", "3150.01"]),
    ]);
    assert_eq!(turns["crossings"], expected);
    let ties = ["9.5238", "19.0476", "28.5714"].map(|at| tie("blocks", "hourly", at, at));
    assert_eq!(turns["ties"], json!(ties));
}

#[test]
fn without_a_crossing_it_is_said_by_how_much() {
    let turns = blocks_or_hours().turns("services.desk.hours_per_month", "5", "9");
    // 1,000 less 525, and less 945.
    let hourly = json!({"a": "blocks", "b": "hourly", "cheaper": "hourly", "least": "55.00", "most": "475.00"});
    assert_eq!(turns["crossings"], json!([]));
    assert_eq!(turns["throughout"], json!([hourly]));
}

#[test]
fn a_range_tiers_and_a_key_left_out_give_way_to_the_value() {
    let flat = "[offers.flat]\nmonthly = { x = 500 }\ncovers = \"all\"\n";
    let each = [
        "[offers.each]\nper_user = { low = 5, high = 20 }\ncovers = \"all\"\n",
        "[offers.each]\nper_user = { tiers = [{ up_to = 10, rate = 20 }, { rate = 9 }] }\ncovers = \"all\"\n",
        "[offers.each]\nper_user = { bundle = 10, price = 3 }\ncovers = \"all\"\n\
         [simulation]\ncorrelations = []\n",
    ];
    let expected = crossing("each", "flat", ["12.49", "499.60", "500.00"], ["12.51", "500.40", "500.00"]);
    for each in each {
        let turns = Case::new(1, &format!("{each}{flat}")).turns("offers.each.per_user", "12", "13");
        assert_eq!(turns["crossings"], json!([expected]), "{each}");
    }
    // 10 a user and a fee that the offer does not have yet: 400 and 100.
    let turns = ten_or_flat().turns("offers.each.onboarding.fee", "99", "101");
    let expected = crossing("each", "flat", ["99.99", "499.99", "500.00"], ["100.01", "500.01", "500.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
}

#[test]
fn a_correlation_does_not_outlive_its_range() {
    let case = Case::new(
        1,
        "[offers.a]\nper_user = { low = 5, high = 20 }\ncovers = \"all\"\n\
         [offers.b]\nper_user = { low = 11, likely = 12.5, high = 20 }\ncovers = \"all\"\n\
         [simulation]\ncorrelations = [[\"offers.a.per_user\", \"offers.b.per_user\", 0.5]]\n",
    );
    // The other range is at likely: 40 times 12.50.
    let turns = case.turns("offers.a.per_user", "12", "13");
    let expected = crossing("a", "b", ["12.49", "499.60", "500.00"], ["12.51", "500.40", "500.00"]);
    assert_eq!(turns["crossings"], json!([expected]));
}

#[test]
fn what_cannot_be_varied_is_told() {
    let case = ten_or_flat();
    let refusals = [
        ("organization.usrs", "1", "2", "there is no value \"organization.usrs\": `usrs` is not in [organization]"),
        ("services.desk.hours", "1", "2", "`services.desk.hours` is no number, so it cannot be varied"),
        ("simulation.seed", "1", "2", "`simulation.seed` is no number, so it cannot be varied"),
        ("organization.users", "2", "1", "`organization.users` cannot go from 2 down to 1"),
        ("organization.users", "2", "2", "`organization.users` would take only one value, 2"),
        ("organization.users", "1.5", "2", "`organization.users` must be a whole number"),
        (
            "organization.users",
            "0",
            "1000000",
            "`organization.users` would take 1,000,001 values; at most 1,000,000 are tried",
        ),
        ("offers.each.tax", "4", "5", "a share is written with a percent sign"),
        ("offers.each.tax", "x", "5%", "a share is written with a percent sign"),
        (
            "offers.each.per_user",
            "1e-20",
            "1e15",
            "the values from 0.00000000000000000001 to 1000000000000000 have more digits than can be held",
        ),
        (
            "organization.users",
            "-1",
            "5",
            "with organization.users = -1: `organization.users` must be 0 to 1,000,000,000",
        ),
    ];
    for (path, from, to, expected) in refusals {
        assert_eq!(case.refusal(path, from, to), expected, "{path} {from} {to}");
    }
}

#[test]
fn a_value_at_which_the_scenario_is_refused_is_named() {
    let case = Case::new(
        1,
        "[[organization.change]]\nmonth = 1\nusers = -30\n[offers.each]\nper_user = 10\ncovers = \"all\"\n\
         contract = { months = 12, renews_months = 12, renewal_uplift = \"5%\" }\n",
    );
    let message = case.refusal("organization.users", "20", "40");
    assert!(message.starts_with("with organization.users = 20: "), "{message}");
    let message = case.refusal("organization.change[0].users", "-41", "0");
    assert!(message.starts_with("with organization.change[0].users = -41: "), "{message}");
    let message = case.refusal("offers.each.contract.months", "12", "24");
    assert!(message.starts_with("with offers.each.contract.months = 13: "), "{message}");
}

#[test]
fn a_sweep_of_one_number_tells_every_step() {
    let swept = ten_or_flat().swept(&[("organization.users", "40", "65", "10")]);
    let cell = |users: &str, each: &str, cheapest: &str| {
        let totals = json!({"in_house": "0.00", "each": each, "flat": "500.00"});
        json!({"values": [users], "totals": totals, "cheapest": cheapest, "recommended": cheapest})
    };
    // At 50 users both cost the same, and the first counts.
    let expected = json!({
        "schema": 1, "scenario": "T", "paths": ["organization.users"],
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
    // 160 hours a month of one person at 85% of 1,776 / 12: at 100 hours the work gets done, at 200 not.
    let case = Case::new(
        12,
        "hours_per_month = 100\n[[team]]\nrole = \"Admin\"\nheadcount = 1\nsalary = 12_000\nservices = [\"desk\"]\n\
         hours = \"mon-fri 09:00-17:00\"\n[offers.flat]\nmonthly = { x = 500 }\ncovers = \"all\"\n",
    );
    let case = Case::from(case.document.with("coverage_target", "80%").expect("a target"));
    let swept = case.swept(&[("services.desk.hours_per_month", "100", "200", "100")]);
    let told = |index: usize| (&swept["cells"][index]["cheapest"], &swept["cells"][index]["recommended"]);
    assert_eq!(told(0), (&json!("in_house"), &json!("in_house")));
    assert_eq!(told(1), (&json!("in_house"), &json!("flat")));
}

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
fn around(value: Decimal, kind: Kind, least: Decimal, most: Decimal) -> Option<(Decimal, Decimal)> {
    let unit = match kind {
        Kind::Share => Decimal::new(1, 2),
        _ => Decimal::ONE,
    };
    let from = (value - unit * Decimal::from(2)).max(least);
    let to = (value + unit * Decimal::from(2)).min(most);
    let (from, to) = match kind {
        Kind::Count | Kind::Months => (from.ceil(), to.floor()),
        _ => (from.round_dp(2), to.round_dp(2)),
    };
    (from < to && from >= least && to <= most).then_some((from, to))
}

#[test]
fn a_value_that_is_set_gives_the_totals_of_a_file_that_says_it() {
    let mut tried = 0;
    for (number, file) in stories().iter().enumerate() {
        let case = Case::from(Document::open(&file.to_string_lossy()));
        for (input, value, about) in case.scenario.inputs.iter().skip(number % 7).step_by(7) {
            let (Some(least), Some(most)) = (about.least, about.most) else { continue };
            let Some((from, to)) = around(value, about.kind, least, most) else { continue };
            let (from, to) = (about.kind.write(from), about.kind.write(to));
            let asked = Asked { path: &about.path, from: &from, to: &to, spacing: Spacing::Unit };
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

#[test]
fn many_values_give_the_totals_that_each_gives_alone() {
    let case = harbor_foods();
    for (path, from, to) in [
        ("organization.users", "90", "170"),
        ("organization.growth.users", "-10%", "20%"),
        ("offers.hybrid.block_hours.price", "5_000", "7_000.25"),
        ("services.projects.hours_per_year", "700", "1_500"),
        ("employment.payroll_taxes[0].cap", "50_000", "250_000"),
    ] {
        let asked = Asked { path, from, to, spacing: Spacing::Unit };
        let varied = case.varied(&[asked]).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        let found = breakeven::find(&case.scenario, &varied, &case.useful, false, &|| {}).expect("it is found");
        for point in found.points.iter().step_by(23) {
            let alone = varied.scenario(&[point.index]).expect("a scenario");
            assert_eq!(
                totals(&alone).expect("its figures have room"),
                *point.totals,
                "{path} {}",
                found.axis.write(point.index)
            );
        }
    }
}

#[test]
fn a_cell_of_a_sweep_is_what_compare_says() {
    let case = harbor_foods();
    let step = |path, from, to, step| Asked { path, from, to, spacing: Spacing::Step(step) };
    let users = step("organization.users", "60", "180", "60");
    let rate = step("offers.hybrid.per_user.rate", "50", "90", "2");
    let varied = case.varied(&[users, rate]).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let swept = sweep::sweep(&case.scenario, &varied, &case.useful, &|| {}).expect("it is worked out");
    assert_eq!(swept.cells.len(), 63);
    for cell in swept.cells.iter().step_by(11) {
        let mut document = case.document.clone();
        for (axis, &index) in varied.axes.iter().zip(&cell.indices) {
            document.set(&axis.path, &axis.write(index)).expect("the path is there");
        }
        let scenario = document.read().scenario.expect("a scenario");
        let comparison = compare(&scenario).expect("its figures have room");
        let totals: Vec<Money> = comparison.alternatives.iter().map(|alternative| alternative.sums.total).collect();
        assert_eq!((totals.as_slice(), comparison.recommended), (&*cell.totals, cell.recommended));
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

/// Runs the program in a folder of its own, in which the scenario is `t.toml`.
fn run(name: &str, args: &[&str]) -> (Output, PathBuf) {
    let folder = std::env::temp_dir().join(format!("comanage-turns-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let text = "schema = 1\nname = \"Tea & Co\"\ncurrency = \"USD\"\nterm_months = 1\n[organization]\nusers = 40\n\
                [services.desk]\nhours = \"mon-fri 09:00-17:00\"\n\
                [offers.each]\nname = \"Each\"\nper_user = 10\ncovers = \"all\"\n\
                [offers.flat]\nname = \"Flat\"\nmonthly = { Everything = 500 }\ncovers = \"all\"\n";
    std::fs::write(folder.join("t.toml"), text).expect("a file can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_comanage")).args(args).current_dir(&folder).output();
    (output.expect("the program runs"), folder)
}

#[test]
fn a_break_even_is_told_in_sentences_and_written_to_files() {
    let args =
        ["breakeven", "t.toml", "--vary", "organization.users", "--from", "40", "--to", "60", "--between", "each,flat"];
    let (output, folder) = run("breakeven", &args);
    let expected = "\
Tea & Co: where the answer turns
t.toml, totals of 1 month in USD

organization.users from 40 to 60, now 40 users. There is one break-even in this range.

Where two change places
  Up to 49 users, Each is cheaper than Flat; from 51 on it is the other way round.

The values on both sides
First  Second users  First Second Difference
                     total  total
--------------------------------------------
Each   Flat      49 490.00 500.00     -10.00
                 51 510.00 500.00      10.00

Where two cost the same
  Each and Flat: 50 users.
";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    assert_eq!(output.status.code(), Some(0));
    for ending in ["csv", "json", "md", "svg"] {
        let file = folder.join("output/t").join(format!("breakeven-organization.users.{ending}"));
        assert!(file.is_file(), "{}", file.display());
    }
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// What the page about break-evens shows is what is printed.
#[test]
fn the_page_shows_what_is_printed() {
    let page = include_str!("../../docs/turns.md").replace("\r\n", "\n");
    let between = |opening: &str| {
        let from = page.find(opening).expect("it is there") + opening.len();
        page[from..from + page[from..].find("```").expect("it ends")].to_string()
    };
    let folder = std::env::temp_dir().join(format!("comanage-turns-{}-page", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    std::fs::write(folder.join("tea-house.toml"), between("```toml scenario\n")).expect("a file can be written");
    let shown = between("```text\n$ comanage ");
    let (line, printed) = shown.split_once('\n').expect("a command and what it prints");
    let output = Command::new(env!("CARGO_BIN_EXE_comanage")).args(line.split(' ')).current_dir(&folder).output();
    assert_eq!(String::from_utf8_lossy(&output.expect("the program runs").stdout), printed);
    for line in between("## Sweeps\n\n```text\n").lines() {
        let args = line.strip_prefix("$ comanage ").expect("a command").split(' ');
        let output = Command::new(env!("CARGO_BIN_EXE_comanage")).args(args).current_dir(&folder).output();
        assert!(output.expect("the program runs").status.success(), "{line}");
    }
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[test]
fn a_sweep_is_told_in_tables() {
    let args = ["sweep", "t.toml", "--vary", "organization.users=40..65:10", "--no-png"];
    let (output, folder) = run("sweep", &args);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("The cheapest that reaches the targets: Each up to 50 users, Flat from 60 on."), "{text}");
    let note = String::from_utf8_lossy(&output.stderr);
    assert!(note.contains("steps of 10 from 40 do not meet 65, so organization.users ends at 60"), "{note}");
    let csv = std::fs::read_to_string(folder.join("output/t/sweep-organization.users.csv")).expect("it is written");
    let expected = "organization.users,total.in_house,total.each,total.flat,cheapest,recommended,crossed\n\
                    40,0.00,400.00,500.00,each,each,\n\
                    50,0.00,500.00,500.00,each,each,\n\
                    60,0.00,600.00,500.00,flat,flat,flat < each\n";
    assert_eq!(csv, expected);
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[test]
fn what_was_typed_wrong_ends_with_two() {
    let breakeven = |vary: &'static str, from: &'static str, to: &'static str| {
        vec!["breakeven", "t.toml", "--vary", vary, "--from", from, "--to", to]
    };
    let between = |pair: &'static str| {
        let mut args = breakeven("organization.users", "1", "9");
        args.extend(["--between", pair]);
        args
    };
    let cases = [
        (breakeven("organization.user", "1", "9"), "did you mean `organization.users`?"),
        (breakeven("organization.users", "9", "1"), "name the lower value first: from 1 to 9"),
        (between("each"), "write two ids with a comma between"),
        (between("each,each"), "both are `each`"),
        (between("each,flt"), "t.toml has in_house, each, flat"),
        (
            vec!["sweep", "t.toml", "--vary", "organization.users=1..9"],
            "the path, the first value, the last and the step",
        ),
        (vec!["sweep", "t.toml", "--vary", "organization.users=1..9:0"], "write a step above zero"),
        (vec!["sweep", "t.toml", "--vary", "organization.users=1..9:20"], "a step that fits between"),
        (vec!["sweep", "t.toml", "--vary", "organization.users=1..20000:1"], "take larger steps"),
        (
            vec!["sweep", "t.toml", "--vary", "organization.users=1..9:1", "--vary", "organization.users=1..9:1"],
            "name another number",
        ),
        (vec!["breakeven", "none.toml", "--vary", "x", "--from", "1", "--to", "2"], "there is no file"),
    ];
    for (number, (args, advice)) in cases.iter().enumerate() {
        let (output, folder) = run(&format!("wrong-{number}"), args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.contains(advice), "{args:?}: {told}");
        assert!(output.stdout.is_empty() && !folder.join("output").exists(), "{args:?}");
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    }
}
