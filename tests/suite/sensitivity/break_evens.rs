//! Break-evens, ties and walk-away prices of tiny scenarios, worked out by hand.

use serde_json::{Value, json};

use comanage_report::write::{self, Layout};

use super::{Case, crossing, ten_or_flat, tie};

#[test]
fn two_offers_cost_the_same_at_fifty_users() {
    let turns = ten_or_flat().turns("organization.users", "48", "52");
    let expected = json!({
        "schema": 2, "scenario": "T", "path": "organization.users", "from": "48", "to": "52",
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
    let text = ten_or_flat()
        .find("organization.users", "0", "2", |of| write::json::breakeven(of, Layout::Line))
        .expect("it is found");
    let turns: Value = serde_json::from_str(&text).expect("it is JSON");
    // Nobody is there in house: 0 against 0, 10, 20 and against 500.
    let pair = |b: &str, min: &str, max: &str| json!({"a": "in_house", "b": b, "cheaper": "in_house", "least": min, "most": max});
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

/// Ten a user, 500 for all, or 100 for the mornings, which are half of the hours.
const OR_MORNINGS: &str = "[offers.each]\nper_user = 10\ncovers = \"all\"\n\
    [offers.mornings]\nmonthly = { x = 100 }\n\
    [offers.mornings.covers]\ndesk = { hours = \"mon-fri 09:00-13:00\", mode = \"duty\", availability = \"100%\" }\n\
    [offers.flat]\nmonthly = { x = 500 }\ncovers = \"all\"\n";

fn or_mornings() -> Case {
    Case::new(1, OR_MORNINGS)
}

#[test]
fn what_misses_the_targets_is_no_rival_and_comes_last() {
    let turns = or_mornings().turns_in_full("offers.each.per_user", "0", "20");
    let told: Vec<String> = turns["crossings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|crossing| {
            let (a, b) = (&crossing["a"], &crossing["b"]);
            format!("{a} {b} {} {}", crossing["below"]["value"], crossing["both_meet_targets"])
        })
        .collect();
    // 40 users: 12.50 each are 500, 2.50 are the 100 of the mornings, which miss the target.
    assert_eq!(told, [r#""each" "flat" "12.49" true"#, r#""each" "mornings" "2.49" false"#]);
    let below = &turns["crossings"][1]["below"];
    assert_eq!((&below["coverage_b"], &below["meets_targets_b"]), (&json!(0.5), &json!(false)));
    assert_eq!(below["meets_targets_a"], json!(true));
    assert_eq!(turns["walk_away"], json!([walk_away("flat", "12.50", true, None)]));
    let recommended = json!([
        {"alternative": "each", "from": "0.00", "to": "12.50"}, {"alternative": "flat", "from": "12.51", "to": "20.00"},
    ]);
    assert_eq!(turns["recommended"], recommended);
    let mornings: Vec<&Value> =
        turns["targets"].as_array().expect("a list").iter().filter(|row| row["alternative"] == "mornings").collect();
    assert_eq!(mornings.len(), 1);
    assert_eq!((&mornings[0]["meets_targets"], &mornings[0]["coverage_to"]), (&json!(false), &json!(0.5)));
}

#[test]
fn where_no_rival_meets_the_targets_all_are_rivals() {
    let case = or_mornings();
    let mut scenario = case.scenario.clone();
    scenario.alternatives.retain(|alternative| alternative.id != "flat");
    let case = Case { scenario, ..case };
    let turns = case.turns_in_full("offers.each.per_user", "0", "20");
    assert_eq!(turns["walk_away"], json!([walk_away("mornings", "2.50", false, None)]));
}

fn walk_away(rival: &str, value: &str, meets_targets: bool, meets_budget: Option<bool>) -> Value {
    json!({
        "alternative": "each", "rival": rival, "value": value,
        "rival_meets_targets": meets_targets, "rival_meets_budget": meets_budget,
    })
}

/// 450 are 11.25 for each of 40 users; the flat price of 500 exceeds them.
#[test]
fn what_exceeds_the_budget_is_recommended_at_no_value() {
    let case = Case::within("budget = 450\n", 1, OR_MORNINGS);
    let turns = case.turns_in_full("offers.each.per_user", "0", "20");
    let recommended = json!([
        {"alternative": "each", "from": "0.00", "to": "11.25"}, {"alternative": null, "from": "11.26", "to": "20.00"},
    ]);
    assert_eq!(turns["recommended"], recommended);
    // The only rival that meets the targets exceeds the budget, and that is said.
    assert_eq!(turns["walk_away"], json!([walk_away("flat", "12.50", true, Some(false))]));
    let of_each = turns["targets"].as_array().expect("a list").iter().filter(|row| row["alternative"] == "each");
    let kept: Vec<_> = of_each.map(|row| (&row["to"], &row["meets_targets"], &row["meets_budget"])).collect();
    let yes = json!(true);
    assert_eq!(kept, [(&json!("11.25"), &yes, &yes), (&json!("20.00"), &yes, &json!(false))]);
    // In a budget of 500 the flat price is a rival, up to which each may cost.
    let case = Case::within("budget = 500\n", 1, OR_MORNINGS);
    let turns = case.turns_in_full("offers.each.per_user", "0", "20");
    assert_eq!(turns["walk_away"], json!([walk_away("flat", "12.50", true, Some(true))]));
    let swept = case.swept_in_full(&[("offers.each.per_user", "12", "13", "0.50")]);
    let kept = |cell: usize| swept["cells"][cell]["alternatives"].as_array().expect("a list").clone();
    let each: Vec<Value> = (0..3)
        .map(|cell| kept(cell).into_iter().find(|of| of["id"] == "each"))
        .map(|of| of.expect("each")["meets_budget"].clone())
        .collect();
    assert_eq!(each, [true, true, false]);
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
    // All twelve months are paid: a salary of 12,000 is twelve times 1,000.
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
