//! Simulation: every sample is an ordinary scenario, whatever arithmetic it was evaluated with, and
//! the statistics are those of the textbooks.

use comanage_analysis::compare;
use comanage_analysis::frames::Judged;
use comanage_analysis::simulate::sampling::{Places, Stream, fnv1a};
use comanage_analysis::simulate::{self, Chance, Quantile, Ranked, Sampling, Simulation, percentile};
use comanage_format::load;
use comanage_model::money::Money;
use comanage_model::scenario::{Distribution, Range, Scenario};
use comanage_model::totals;
use comanage_report::write::{self, Layout};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

use crate::common::{load_text, repository, text_of};
use crate::random::{self, Ranges};

fn simulate(scenario: &Scenario, samples: usize) -> Simulation {
    let comparison = compare::compare(scenario).expect("the scenario can be compared");
    let simulation =
        simulate::simulate(&comparison, samples, 1, Sampling::Hypercube, &|_| true).expect("it can be simulated");
    simulation.expect("nobody stopped it")
}

/// Holds every total of every sample to what decimals give for it; returns how many of them decimals
/// had to give, and how many there are.
fn hold_to_decimals(scenario: &Scenario, samples: usize) -> (usize, usize) {
    let simulation = simulate(scenario, samples);
    for sample in 0..samples {
        for (alternative, expected) in exact(scenario, &simulation, sample).iter().enumerate() {
            let total = simulation.columns.totals[alternative][sample];
            let id = &scenario.alternatives[alternative].id;
            assert_eq!(total, *expected, "{}: sample {sample} of {id}", scenario.name);
        }
    }
    (simulation.columns.by_decimals, samples * scenario.alternatives.len())
}

/// Holds some samples to what a comparison says of each as a scenario: totals, coverage, work, who reaches
/// the targets and who is recommended. Returns in how many alternatives coverage and work differ by sample.
fn hold_to_comparisons(scenario: &Scenario, samples: usize, every: usize) -> (usize, usize) {
    let simulation = simulate(scenario, samples);
    for sample in (0..samples).step_by(every) {
        let drawn = drawn(scenario, &simulation, sample);
        let comparison = compare::compare(&drawn).expect("a drawn scenario can be compared");
        let place = format!("{}: sample {sample}", scenario.name);
        assert_eq!(simulation.recommended(sample), comparison.recommended, "{place}");
        for (index, of) in comparison.alternatives.iter().enumerate() {
            let place = format!("{place} of {}", of.id());
            let judged = &simulation.columns.judged[index];
            assert_eq!(simulation.columns.totals[index][sample], minor_units(&drawn, of.sums.total), "{place}");
            assert_eq!(judged.coverage.at(sample).get(), of.evaluation.coverage.expected, "{place}");
            assert_eq!(judged.standing.at(sample), of.standing, "{place}");
            match (judged.work.at(sample).get(), of.work.share) {
                (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-12, "{place}: {found}"),
                (found, expected) => assert_eq!(found, expected, "{place}"),
            }
        }
    }
    let differ = |same: fn(&Judged) -> bool| simulation.columns.judged.iter().filter(|judged| !same(judged)).count();
    (differ(|judged| judged.coverage.same().is_some()), differ(|judged| judged.work.same().is_some()))
}

fn minor_units(scenario: &Scenario, amount: Money) -> f64 {
    let minor = Decimal::from(10_u64.pow(scenario.currency.digits));
    (amount.0 * minor).to_f64().expect("an amount is a number")
}

/// A sample written out as a scenario.
fn drawn(scenario: &Scenario, simulation: &Simulation, sample: usize) -> Scenario {
    let mut drawn = scenario.clone();
    let values = simulation.draws.sample(sample);
    simulation.draws.inputs.iter().zip(values).for_each(|(input, value)| drawn.inputs.set(input.input, value));
    drawn
}

/// The totals of a sample written out as a scenario, in minor units.
fn exact(scenario: &Scenario, simulation: &Simulation, sample: usize) -> Vec<f64> {
    let drawn = drawn(scenario, simulation, sample);
    let totals = totals::totals(&drawn).expect("a drawn scenario can be evaluated");
    totals.iter().map(|&total| minor_units(&drawn, total)).collect()
}

fn sample(name: &str) -> Scenario {
    let path = repository("scenarios").join(format!("{name}.toml"));
    load::load(&path.to_string_lossy()).scenario.expect("a sample loads")
}

#[test]
fn every_draw_of_the_samples_is_what_decimals_give() {
    let names =
        ["harbor-foods", "clinic-growth", "clinic-merger", "project-blocks", "tax-season", "plant-floor", "price-list"];
    for name in names {
        let (by_decimals, _) = hold_to_decimals(&sample(name), 96);
        assert_eq!(by_decimals, 0, "{name}: totals left to decimals");
    }
}

#[test]
fn every_draw_of_random_scenarios_is_what_decimals_give() {
    let (mut by_decimals, mut all) = (0, 0);
    for seed in 0..180 {
        let scenario = load_text(&random::scenario_with(seed, Ranges::Wide, false));
        if compare::compare(&scenario).is_err() {
            continue;
        }
        let (slow, of) = hold_to_decimals(&scenario, 8);
        by_decimals += slow;
        all += of;
    }
    println!("{by_decimals} of {all} totals of random scenarios were left to decimals");
    assert!(all > 3_000, "the random scenarios are drawn: {all}");
    assert!(by_decimals * 60 < all, "{by_decimals} of {all} totals were left to decimals");
}

#[test]
fn every_draw_of_random_scenarios_is_judged_as_a_comparison_of_it() {
    let (mut coverage, mut work) = (0, 0);
    for seed in 0..40 {
        let scenario = load_text(&random::scenario_with(seed, Ranges::Wide, false));
        if compare::compare(&scenario).is_ok() {
            let (of_coverage, of_work) = hold_to_comparisons(&scenario, 24, 3);
            coverage += of_coverage;
            work += of_work;
        }
    }
    assert!(coverage > 20 && work > 20, "coverage differs by draw in {coverage} alternatives, work in {work}");
}

/// Two on duty for ten hours, of whom one may leave and be missed for long, beside an offer that may come
/// late; users decide how much work there is.
const JUDGED: &str = r#"schema = 1
name = "judged"
currency = "USD"
term_months = 24
coverage_target = "94%"
work_target = "90%"
[organization]
users = { low = 80, likely = 110, high = 160 }
[services.help_desk]
hours = "mon-fri 08:00-18:00"
tickets_per_user = 1.2
minutes_per_ticket = 30
[services.security]
hours = "24x7"
hours_per_month = 20
[[team]]
role = "Technician"
salary = { low = 60_000, high = 70_000 }
headcount = 2
hours = "mon-fri 08:00-18:00"
turnover = { low = "5%", high = "60%" }
months_to_fill = { low = 1, high = 8 }
services = ["help_desk"]
[[hire]]
role = "Third technician"
headcount = 1
salary = 65_000
hours = "mon-fri 08:00-18:00"
months_to_fill = { low = 1, high = 20 }
services = ["help_desk"]
[offers.watch]
per_user = { low = 20, high = 40 }
availability = { low = "93%", high = "100%" }
onboarding = { days = { low = 10, high = 400 } }
[offers.watch.covers]
security = { hours = "24x7", mode = "duty" }
help_desk = { hours = "mon-fri 08:00-18:00", mode = "duty" }
[alternatives.both]
offers = ["watch"]
hires = ["Third technician"]
"#;

#[test]
fn two_hundred_draws_are_judged_as_comparisons_of_them() {
    let scenario = load_text(JUDGED);
    let (coverage, work) = hold_to_comparisons(&scenario, 200, 1);
    assert!(coverage >= 3 && work >= 2, "{coverage} {work}");
    let simulation = simulate(&scenario, 200);
    let nobody = simulation.chance_none_meets.expect("targets are held").value;
    let wins: f64 =
        simulation.alternatives.iter().filter_map(|of| of.chance_recommended).map(|chance| chance.value).sum();
    assert!((nobody + wins - 1.0).abs() < 1e-12, "{nobody} and {wins}");
    assert!(nobody > 0.0, "some draws miss the targets in every alternative");
    for of in &simulation.alternatives {
        let (meets, wins) = of.chance_meets_targets.zip(of.chance_recommended).expect("targets are held");
        assert!(wins.value <= meets.value, "who is the cheapest that meets the targets meets them");
        assert_eq!(of.regret_recommended.is_some(), meets.value > 0.0);
    }
}

/// Hours are bought as they are needed, and in about half of the draws none are.
const ON_DEMAND: &str = r#"schema = 1
name = "on demand"
currency = "USD"
term_months = 12
coverage_target = "90%"
work_target = "0%"
[organization]
users = 20
[services.help_desk]
hours = "mon-fri 08:00-18:00"
tickets_per_user = { chance = "50%", value = 0.4 }
minutes_per_ticket = 30
[offers.by_the_hour]
hourly = { rate = 120 }
covers = { help_desk = { hours = "mon-fri 08:00-18:00", mode = "duty" } }
[offers.flat]
monthly = { "Everything" = 900 }
covers = { help_desk = { hours = "mon-fri 08:00-18:00", mode = "duty" } }
"#;

#[test]
fn a_draw_in_which_nothing_is_bought_recommends_no_price_of_nothing() {
    let scenario = load_text(ON_DEMAND);
    hold_to_comparisons(&scenario, 64, 1);
    let simulation = simulate(&scenario, 64);
    let of = |id: &str| scenario.alternatives.iter().position(|of| of.id == id).expect("it is there");
    let (by_the_hour, flat) = (of("by_the_hour"), of("flat"));
    let wins = |index: usize| (0..64).filter(|&sample| simulation.recommended(sample) == Some(index)).count();
    // 20 users x 0.4 tickets x 0.5 hours x 120 are 480 a month, less than 900; without tickets it is no price.
    assert_eq!((wins(by_the_hour), wins(flat)), (32, 32));
    assert!(simulation.columns.by_decimals == 0, "lanes tell what is bought");
}

/// A scenario with numbers as scripts write them.
fn scripted(users: &str, tickets: &str, price: &str) -> String {
    format!(
        "schema = 1\nname = \"scripted\"\ncurrency = \"USD\"\nterm_months = 12\n[organization]\nusers = {users}\n\
         [services.help_desk]\nhours = \"mon-fri 08:00-17:00\"\ntickets_per_user = {tickets}\n\
         minutes_per_ticket = 30\n[offers.a]\nper_user = {price}\nhourly = {{ rate = 100 }}\ncovers = \"all\"\n"
    )
}

/// 0.1 + 0.2 and its like: ends with more digits than a double of the draws holds.
#[test]
fn every_draw_lies_in_its_range() {
    const ENDS: [(&str, &str); 9] = [
        ("0.30000000000000004", "0.6"),
        ("0.1", "0.30000000000000004"),
        ("62.400000000000006", "79"),
        ("62.400000000000006", "62.40000000001"),
        ("0.00000000000000000001", "0.00000000001"),
        ("999999999.9999999999", "1000000000"),
        ("0.1234567890123456789012345678", "0.2345678901234567890123456789"),
        ("33.333333333333336", "66.66666666666667"),
        ("5", "7"),
    ];
    let mut held = 0;
    for (low, high) in ENDS {
        for shape in ["uniform", "pert", "triangular"] {
            let likely = if shape == "uniform" { String::new() } else { format!("likely = {high}, ") };
            let range = format!("{{ low = {low}, {likely}high = {high}, dist = \"{shape}\" }}");
            let simulation = simulate(&load_text(&scripted("100", &range, &range)), 64);
            assert_eq!(simulation.draws.inputs.len(), 2);
            for sample in 0..simulation.samples {
                for (input, value) in simulation.draws.inputs.iter().zip(simulation.draws.sample(sample)) {
                    assert!(input.range.low <= value && value <= input.range.high, "{value} of {range}");
                    held += 1;
                }
            }
            let ends = simulation.draws.inputs.iter().map(|input| (input.low(), input.high(), &input.range));
            ends.for_each(|(from, to, range)| assert!(range.low <= from && from <= to && to <= range.high));
            hold_to_decimals(&load_text(&scripted("100", &range, &range)), 8);
        }
    }
    assert_eq!(held, 9 * 3 * 64 * 2);
}

#[test]
fn a_total_without_room_is_refused_with_a_reason() {
    for (currency, classes) in [("KWD", 100), ("USD", 79), ("USD", 2)] {
        let list = |value: &str| {
            let classes: Vec<String> = (0..classes).map(|class| format!("c{class} = {value}")).collect();
            classes.join(", ")
        };
        let text = format!(
            "schema = 1\nname = \"giant\"\ncurrency = \"{currency}\"\nterm_months = 12\n[organization]\n\
             users = {{ {} }}\n[services.s]\nhours = \"24x7\"\nhours_per_month = {{ low = 10, high = 20 }}\n\
             [offers.o]\nper_user = {{ {} }}\ntax = \"0%\"\ncovers = \"all\"\n",
            list("1_000_000_000"),
            list("1_000_000_000_000_000"),
        );
        let refusal = compare::compare(&load_text(&text)).expect_err("no decimal holds the total");
        assert_eq!(refusal.code, "figure-too-large");
    }
}

/// A range of the discount rate: each present value has the rate of its own sample.
#[test]
fn present_values_have_the_rate_that_was_drawn() {
    let text = text_of(&repository("scenarios/harbor-foods.toml"));
    let text = text.replace("discount_rate = \"6%\" ", "discount_rate = { low = \"0%\", high = \"60%\" } ");
    let scenario = load_text(&text);
    let simulation = simulate(&scenario, 32);
    let mut sums = vec![0.0; scenario.alternatives.len()];
    for sample in 0..32 {
        let drawn = drawn(&scenario, &simulation, sample);
        let comparison = compare::compare(&drawn).expect("a drawn scenario can be compared");
        for (sum, alternative) in sums.iter_mut().zip(&comparison.alternatives) {
            *sum += alternative.present_value.0.to_f64().expect("a present value is a number");
        }
    }
    for (sum, of) in sums.iter().zip(&simulation.alternatives) {
        assert!((sum / 32.0 - of.present_value.mean).abs() < 0.01, "{} is not {}", of.present_value.mean, sum / 32.0);
    }
}

#[test]
fn one_thread_and_four_give_the_same_bytes() {
    let scenario = sample("harbor-foods");
    let json = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        pool.install(|| {
            let comparison = compare::compare(&scenario).expect("it can be compared");
            write::json::simulation(&comparison, &simulate(&scenario, 512), Layout::Line)
        })
    };
    assert_eq!(json(1), json(4));
}

#[test]
fn an_unrelated_range_changes_no_draw() {
    let text = text_of(&repository("scenarios/harbor-foods.toml"));
    let more = text.replace("discount_rate = \"6%\" ", "discount_rate = { low = \"4%\", high = \"8%\" } ");
    assert_ne!(text, more, "the sample has its discount rate where this test looks for it");
    let drawn = |text: &str| {
        let simulation = simulate(&load_text(text), 64);
        let inputs = simulation.draws.inputs.iter().enumerate();
        let column = |index| (0..64).map(|sample| simulation.draws.sample(sample)[index]).collect::<Vec<_>>();
        inputs.map(|(index, input)| (input.path.clone(), column(index))).collect::<Vec<_>>()
    };
    let (before, after) = (drawn(&text), drawn(&more));
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|column| after.contains(column)));
}

#[test]
fn a_range_without_width_gives_the_figures_of_the_comparison() {
    let scenario = load_text(&random::scenario_with(3, Ranges::Narrow, false));
    let comparison = compare::compare(&scenario).expect("it can be compared");
    let simulation = simulate(&scenario, 16);
    for (alternative, uncertainty) in comparison.alternatives.iter().zip(&simulation.alternatives) {
        let total = alternative.sums.total.0.to_f64().expect("a total is a number");
        assert_eq!((uncertainty.total.p5, uncertainty.total.mean, uncertainty.total.p95), (total, total, total));
        assert_eq!(uncertainty.total.sd, 0.0);
    }
    assert_eq!(simulation.value_of_perfect_information, 0.0);
}

/// Two offers whose prices are 0.6 correlated by rank, and a pair that cannot be.
#[test]
fn correlations_hold_and_impossible_ones_are_refused() {
    let text = |correlations: &str| {
        format!(
            "schema = 1\nname = \"two\"\ncurrency = \"USD\"\nterm_months = 12\n[organization]\nusers = 10\n\
             [offers.a]\nper_user = {{ low = 50, high = 150 }}\n[offers.b]\nper_user = {{ low = 40, high = 160 }}\n\
             [offers.c]\nper_user = {{ low = 40, high = 160 }}\n[simulation]\ncorrelations = [{correlations}]\n"
        )
    };
    let scenario = load_text(&text(r#"["offers.a.per_user", "offers.b.per_user", 0.6]"#));
    let simulation = simulate(&scenario, 4_096);
    let column = |index: usize| simulation.columns.totals[index].clone();
    let found = Ranked::of(&column(0)).correlation(&Ranked::of(&column(1))).expect("both vary");
    // The error of a rank correlation of 4,096 pairs is about 0.01.
    assert!((found - 0.6).abs() < 0.03, "{found}");
    let impossible = r#"["offers.a.per_user", "offers.b.per_user", 0.9],
        ["offers.b.per_user", "offers.c.per_user", 0.9], ["offers.a.per_user", "offers.c.per_user", -0.9]"#;
    let scenario = load_text(&text(impossible));
    let comparison = compare::compare(&scenario).expect("it can be compared");
    let refused =
        simulate::simulate(&comparison, 16, 1, Sampling::Hypercube, &|_| true).expect_err("these cannot hold together");
    assert_eq!(refused.code, "impossible-correlation");
}

/// A tie has half a chance each; what always holds has the interval's end at exactly 1.
#[test]
fn chances_and_regret_are_counted_as_written() {
    let scenario = load_text(
        "schema = 1\nname = \"tie\"\ncurrency = \"USD\"\nterm_months = 1\nbaseline = \"dear\"\n[organization]\nusers = 10\n\
         [services.desk]\nhours = \"mon-fri 08:00-17:00\"\n\
         [offers.one]\nper_user = { low = 10, high = 20 }\ncovers = \"all\"\n\
         [offers.two]\nper_user = { low = 10, high = 20 }\ncovers = \"all\"\n\
         [offers.dear]\nper_user = 30\ncovers = \"all\"\n",
    );
    let simulation = simulate(&scenario, 1_000);
    let [nobody, one, _, dear] = simulation.alternatives.as_slice() else { panic!("four alternatives") };
    assert!(nobody.chance_cheapest.is_none(), "who covers nothing and does nothing is no choice");
    assert_eq!(dear.chance_cheapest.expect("it is a choice").low, 0.0);
    let below = one.chance_below_baseline.expect("it is not the baseline");
    assert_eq!((below.value, below.high), (1.0, 1.0));
    assert!(dear.chance_below_baseline.is_none());
    let regret = dear.regret.expect("it is a choice");
    assert!(regret.mean > 100.0 && regret.mean < 200.0, "30 a user against the lower of two from 10 to 20");
}

/// An event happens in its share of the draws, and exact results use the likelier of its two values.
#[test]
fn an_event_happens_as_often_as_its_chance_says() {
    let text = |event: &str| {
        format!(
            "schema = 1\nname = \"event\"\ncurrency = \"USD\"\nterm_months = 1\n[[cost]]\nname = \"Outage\"\nonce = {event}\n\
             [offers.a]\nmonthly = {{ x = 100 }}\n"
        )
    };
    for (event, exact, mean) in [
        ("{ chance = \"4%\", value = 250_000 }", 100.0, 10_100.0),
        ("{ chance = \"75%\", value = 1_000, otherwise = 200 }", 1_100.0, 900.0),
        ("{ chance = \"50%\", value = 1_000, otherwise = 200 }", 300.0, 700.0),
        ("{ chance = \"25%\", value = 0, otherwise = 400 }", 500.0, 400.0),
    ] {
        let scenario = load_text(&text(event));
        let comparison = compare::compare(&scenario).expect("it can be compared");
        let offer = comparison.alternatives.iter().position(|of| of.id() == "a").expect("the offer");
        assert_eq!(minor_units(&scenario, comparison.alternatives[offer].sums.total), exact * 100.0, "{event}");
        let simulation = simulate(&scenario, 1_000);
        // Every stratum holds one draw, so that the share is exact.
        assert!((simulation.alternatives[offer].total.mean - mean).abs() < 1e-9, "{event}");
        assert_eq!(simulation.draws.inputs[0].range.word(), "event");
        hold_to_decimals(&scenario, 32);
    }
}

/// Two alternatives whose difference is normal with a mean of 0.5 and, by what can be known, a deviation of 1:
/// knowing it is worth the unit normal loss, `pdf(0.5) - 0.5 * cdf(-0.5) = 0.35207 - 0.5 * 0.30854 = 0.19780`
/// (worked out with another program). What cannot be known, another unit of deviation, adds what 128 draws of a
/// bin leave of it: `sqrt(1 + 1/128)` in the place of 1 makes 0.19855.
#[test]
fn the_value_of_knowing_an_input_is_the_unit_normal_loss() {
    let draws = 16_384;
    let place = |index: usize| (index as f64 + 0.5) / draws as f64;
    let known: Vec<f64> = (0..draws).map(|index| simulate::normal_quantile(place(index))).collect();
    let shuffled = Places::of(Sampling::Hypercube, 1, "noise", draws);
    let noise = (0..draws).map(|index| simulate::normal_quantile(shuffled.uniform(index)));
    let difference: Vec<f64> = known.iter().zip(noise).map(|(known, noise)| 0.5 + known + noise).collect();
    let nothing = vec![0.0; draws];
    let value = simulate::value_of_knowing(&known, &[&nothing, &difference]);
    assert!((value - 0.198_55).abs() < 0.002, "{value}");
    // What does not bear on the choice is worth nothing, and so is a choice of one.
    assert_eq!(simulate::value_of_knowing(&known, &[&difference]), 0.0);
    let far: Vec<f64> = difference.iter().map(|difference| difference + 100.0).collect();
    assert_eq!(simulate::value_of_knowing(&known, &[&nothing, &far]), 0.0);
}

/// 10 to 30 a user for 40 users, likely 12, or 600: 10 is 400 and 30 is 1,200.
#[test]
fn what_decides_is_told_with_who_wins_at_both_ends() {
    let scenario = load_text(
        "schema = 1\nname = \"decides\"\ncurrency = \"USD\"\nterm_months = 1\n[organization]\nusers = 40\n\
         [services.desk]\nhours = \"mon-fri 08:00-17:00\"\n\
         [offers.each]\nper_user = { low = 10, likely = 12, high = 30 }\ncovers = \"all\"\n\
         [offers.flat]\nmonthly = { x = { low = 590, likely = 600, high = 610 } }\ncovers = \"all\"\n",
    );
    let comparison = compare::compare(&scenario).expect("it can be compared");
    let simulation = simulate(&scenario, 4_096);
    let text = write::json::simulation(&comparison, &simulation, Layout::Line);
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let decision = &document["decision"];
    assert_eq!((&decision["recommended"], &decision["runner_up"]), (&"each".into(), &"flat".into()));
    let row = |index: usize| {
        let row = &decision["inputs"][index];
        let texts = ["path", "difference_at_low", "difference_at_high", "winner_at_low", "winner_at_high"];
        texts.map(|key| row[key].as_str().expect("a text").to_string())
    };
    assert_eq!(row(0), ["offers.each.per_user", "-200.00", "600.00", "each", "flat"]);
    assert_eq!(row(1), ["offers.flat.monthly.x", "-110.00", "-130.00", "each", "each"]);
    let known = |index: usize| decision["inputs"][index]["value_of_knowing"].as_f64().expect("a number");
    let all = document["value_of_perfect_information"].as_f64().expect("a number");
    // Almost all that can be known is the price of a user; what stays is the noise of the bins.
    assert!(known(0) > 0.95 * all && known(0) <= all && known(1) < 0.1 * all, "{} {} {all}", known(0), known(1));
}

/// Reference values, each with its source in the file.
#[test]
fn statistics_are_those_of_the_reference() {
    let text = text_of(&repository("tests/data/reference-statistics.json"));
    let document: Value = serde_json::from_str(&text).expect("the file is JSON");
    let rows = document["rows"].as_array().or_else(|| document.as_array()).expect("rows").clone();
    let mut held = 0;
    for row in &rows {
        if let Some(found) = computed(row) {
            held += 1;
            assert_close(row, &found);
        }
    }
    assert!(held >= 6, "only {held} rows were computed");
}

fn computed(row: &Value) -> Option<Vec<f64>> {
    let input = &row["inputs"];
    let number = |key: &str| input[key].as_f64();
    let list =
        |key: &str| -> Vec<f64> { input[key].as_array().into_iter().flatten().filter_map(Value::as_f64).collect() };
    let range = |distribution| Range {
        low: Decimal::from(10),
        likely: Some(Decimal::from(20)),
        high: Decimal::from(60),
        distribution,
        event: None,
    };
    let quantiles = |of: Quantile, places: &[f64]| places.iter().map(|&p| of.at(p)).collect::<Vec<f64>>();
    match row["id"].as_str()? {
        "F02" => Some(quantiles(Quantile::new(&range(Distribution::Pert), 20.0), &list("p"))),
        "F05" => {
            let of = quantiles(Quantile::new(&range(Distribution::Triangular), 20.0), &[0.1, 0.5, 0.9]);
            Some([vec![30.0, 116.666_666_666_666_66], of].concat())
        }
        "F07" => Some(list("p").into_iter().map(simulate::normal_quantile).collect()),
        "F09" => Some(list("p").into_iter().map(|p| percentile(&list("x"), p)).collect()),
        "F10" => Some(vec![percentile(&list("x"), number("p")?)]),
        "F22" => {
            let (p, n) = (number("p")?, number("n")?);
            let chance = Chance::of(p * n, n as usize);
            let z = 1.959_963_984_540_054;
            // The Wilson interval's half width is close to z errors for so many samples.
            Some(vec![((chance.high - chance.low) / 2.0 / z * 1e4).round() / 1e4])
        }
        _ => None,
    }
}

fn assert_close(row: &Value, found: &[f64]) {
    let tolerance = row["tolerance"]["abs"].as_f64().unwrap_or(1e-9).max(if row["id"] == "F22" { 1e-4 } else { 0.0 });
    let expected: Vec<f64> = match &row["expected"] {
        Value::Array(values) => values.iter().filter_map(Value::as_f64).collect(),
        value => value.as_f64().into_iter().collect(),
    };
    for (found, expected) in found.iter().zip(&expected) {
        assert!((found - expected).abs() <= tolerance, "{}: {found} for {expected}", row["id"]);
    }
}

/// SplitMix64 and FNV-1a as published (rows F23 and F24), and the strata of a Latin hypercube.
#[test]
fn streams_are_those_that_are_published() {
    let mut stream = Stream::seeded(1_234_567);
    let first: Vec<u64> = (0..5).map(|_| stream.bits()).collect();
    let published = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    assert_eq!(first, published);
    assert_eq!(format!("{:x} {:x}", fnv1a(b""), fnv1a(b"a")), "cbf29ce484222325 af63dc4c8601ec8c");
    let cube = Places::of(Sampling::Hypercube, 1, "a.path", 50);
    let mut strata: Vec<usize> = (0..50).map(|sample| (cube.uniform(sample) * 50.0) as usize).collect();
    strata.sort_unstable();
    assert_eq!(strata, (0..50).collect::<Vec<_>>());
    let mut stream = Stream::of(1, "a.path");
    let alone = Places::of(Sampling::Independent, 1, "a.path", 50);
    (0..50).for_each(|sample| assert_eq!(alone.uniform(sample), stream.uniform()));
}

/// A price between 10 and 14, all alike, for 40 users and 12 months: the mean of independent samples is within four of its
/// standard deviations, `(14 - 10) / sqrt(12) * 480 / sqrt(n)`, of 12 x 480; that of a hypercube is within a
/// thousandth of one.
#[test]
fn independent_samples_come_out_less_closely() {
    let scenario = load_text(
        "schema = 1\nname = \"T\"\ncurrency = \"USD\"\nterm_months = 12\n[organization]\nusers = 40\n\
         [offers.each]\nper_user = { low = 10, high = 14, dist = \"uniform\" }\n",
    );
    let comparison = compare::compare(&scenario).expect("it can be compared");
    let samples = 4_096;
    let mean = |sampling: Sampling| {
        let simulation = simulate::simulate(&comparison, samples, 1, sampling, &|_| true).expect("it can be simulated");
        let simulation = simulation.expect("nothing stops it");
        assert_eq!(simulation.sampling, sampling);
        simulation.alternatives[0].total.mean - 5_760.0
    };
    let deviation = 4.0 / 12_f64.sqrt() * 480.0 / (samples as f64).sqrt();
    let [cube, alone] = [Sampling::Hypercube, Sampling::Independent].map(mean);
    assert!(cube.abs() < deviation / 1_000.0, "{cube}");
    assert!(alone.abs() < 4.0 * deviation && alone.abs() > deviation / 1_000.0, "{alone}");
}
