//! Who is responsible: the rules of a matrix, what a service costs, which service model fits.

use comanage_analysis::compare;
use comanage_analysis::matrix::{Matrix, matrix};
use comanage_analysis::rule_of_thumb::{ServiceModel, rule_of_thumb};
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;
use comanage_report::datasets;
use comanage_report::document;
use comanage_report::write::{self, Layout, Terminal};
use rust_decimal::Decimal;

use crate::common::{load_file, load_text, samples};
use crate::quotes::{sample, scenario};
use crate::random::{self, Ranges};

#[track_caller]
fn look<T>(scenario: &Scenario, at: impl FnOnce(&Matrix) -> T) -> T {
    let comparison = compare::compare(scenario).expect("it can be compared");
    at(&matrix(&comparison))
}

/// The rules that the one service `watch` breaks in an alternative.
#[track_caller]
fn check_rules(alternative: &str, service: &str, rest: &str, expected: &[&str]) {
    let text = format!("start = \"2027-01\"\n[services.watch]\nhours = \"mon-fri 08:00-17:00\"\n{service}\n{rest}\n");
    look(&scenario(12, &text), |matrix| {
        let of = matrix.alternatives.iter().find(|of| of.alternative.id() == alternative).expect("the alternative");
        let broken: Vec<&str> = of.rows[0].broken.iter().map(|rule| rule.code()).collect();
        assert_eq!(broken, expected, "{service}\n{rest}");
        for code in broken {
            assert!(matrix.findings.iter().any(|finding| finding.code == code), "{code} is found");
        }
    });
}

const GOOD: &str = "accountable = \"team\"\nreviewed = \"2026-10\"";
const PEOPLE: &str =
    "[[team]]\nrole = \"A\"\nheadcount = 2\nsalary = 1\nservices = [\"watch\"]\nhours = \"mon-fri 08:00-17:00\"\n";

fn covered(cover: &str) -> String {
    format!("{PEOPLE}[offers.x]\nper_user = {{ rate = 1 }}\ncovers = {{ watch = {{ {cover} }} }}")
}

#[test]
fn a_matrix_keeps_its_rules() {
    check_rules("in_house", GOOD, PEOPLE, &[]);
    check_rules("in_house", GOOD, "", &["nobody-responsible", "accountable-not-covering", "nobody-on-duty"]);
    check_rules("in_house", "reviewed = \"2026-10\"", PEOPLE, &["no-accountable"]);
    let one = PEOPLE.replace("headcount = 2", "headcount = 1");
    check_rules("in_house", GOOD, &one, &["one-person-deep"]);
    let short = PEOPLE.replace("17:00", "16:00");
    check_rules("in_house", GOOD, &short, &["nobody-on-duty"]);
}

#[test]
fn a_review_is_good_for_three_months() {
    let reviewed = |month: &str| format!("accountable = \"team\"\nreviewed = \"{month}\"");
    check_rules("in_house", &reviewed("2026-10"), PEOPLE, &[]);
    check_rules("in_house", &reviewed("2026-09"), PEOPLE, &["review-overdue"]);
    check_rules("in_house", &reviewed("2027-06"), PEOPLE, &[]);
    check_rules("in_house", "accountable = \"team\"", PEOPLE, &["review-overdue"]);
}

#[test]
fn a_provider_beside_the_team_needs_a_boundary() {
    let hours = "hours = \"mon-fri 08:00-17:00\"";
    check_rules("x", GOOD, &covered(hours), &["shared-without-boundary"]);
    check_rules("x", GOOD, &covered(&format!("{hours}, share = \"30%\"")), &[]);
    check_rules("x", GOOD, &covered("hours = \"mon-fri 17:00-22:00\""), &[]);
    let contractor = format!(
        "{PEOPLE}[offers.x]\ncontractors = {{ headcount = 1, rate = 1, hours_per_month = 160, hours = \"mon-fri 08:00-17:00\" }}\n\
         covers = {{ watch = {{ {hours} }} }}"
    );
    check_rules("x", GOOD, &contractor, &[]);
    let wanted = format!("{GOOD}\nrespond_within = \"1h\"");
    check_rules(
        "x",
        &wanted,
        &covered(&format!("{hours}, share = \"30%\", respond_within = \"2h\"")),
        &["response-too-slow"],
    );
    check_rules("x", &wanted, &covered(&format!("{hours}, share = \"30%\", respond_within = \"1h\"")), &[]);
}

#[test]
fn exactly_one_is_accountable() {
    let shared = "hours = \"mon-fri 08:00-17:00\", share = \"30%\"";
    // The offer takes it over from the team.
    check_rules("x", GOOD, &covered(&format!("{shared}, accountable = true")), &[]);
    // Somebody else is named: then there are two.
    let other = "[offers.y]\nper_user = { rate = 1 }\ncovers = { watch = { hours = \"24x7\", share = \"10%\" } }\n\
        [alternatives.both]\noffers = [\"x\", \"y\"]";
    let both = format!("{}\n{other}", covered(&format!("{shared}, accountable = true")));
    let named = "accountable = \"y\"\nreviewed = \"2026-12\"";
    check_rules("both", named, &both, &["several-accountable"]);
    check_rules("y", named, &both, &[]);
    // Who is named is not part of the alternative.
    check_rules("in_house", named, &both, &["no-accountable"]);
    // Who is named covers nothing.
    let elsewhere = format!("{PEOPLE}[offers.y]\nper_site = 1");
    check_rules("y", named, &elsewhere, &["accountable-not-covering"]);
}

/// A loaded cost of 9,798.75 a month over 128.63 hours is 76.18 an hour: 20 hours are 1,523.52.
#[test]
fn a_service_costs_what_is_known_of_it() {
    let expected = [
        ("in_house", [Some("1523.52"), Some("0"), Some("0"), Some("0"), Some("0")]),
        ("retainer", [Some("1523.52"), None, None, Some("1814.40"), Some("4536")]),
        ("per_user", [Some("1523.52"), None, None, None, Some("3708")]),
        ("hybrid", [Some("1523.52"), None, None, None, Some("3000")]),
    ];
    look(&sample("three-quotes.toml"), |matrix| {
        assert_eq!(matrix.alternatives.len(), expected.len());
        for (of, (id, costs)) in matrix.alternatives.iter().zip(expected) {
            assert_eq!(of.alternative.id(), id);
            for (row, cost) in of.rows.iter().zip(costs) {
                let cost = cost.map(|cost| Money(Decimal::from_str_exact(cost).expect("an amount")));
                assert_eq!(row.known_cost(), cost, "{id}, service {}", row.service);
            }
        }
    });
}

#[test]
fn services_and_the_rest_sum_to_what_an_alternative_costs() {
    let samples = samples().into_iter().map(|path| load_file(&path));
    for scenario in samples.chain((0..200).map(|seed| load_text(&random::scenario_with(seed, Ranges::Points, false)))) {
        look(&scenario, |matrix| {
            for of in &matrix.alternatives {
                let services: Decimal = of.rows.iter().map(|row| row.cost_per_month.0).sum();
                let rest: Decimal = of.rest.iter().map(|(_, amount)| amount.0).sum();
                assert_eq!(services + rest, of.total.0, "{}: {}", scenario.name, of.alternative.id());
            }
        });
    }
}

#[test]
fn responsibilities_are_said_in_hours() {
    look(&sample("three-quotes.toml"), |matrix| {
        let retainer = &matrix.alternatives[1];
        let words = |service: usize| document::responsible(retainer, &retainer.rows[service]);
        assert_eq!(words(0), "IT manager mon-fri 08:00-17:00");
        assert_eq!(words(1), "Keystone IT 24x7");
        assert_eq!(words(2), "Keystone IT sun 02:00-06:00 (best effort)");
        assert_eq!(words(3), "no one");
        assert_eq!(document::accountable(retainer, &retainer.rows[4]), "not stated");
        assert_eq!(document::listed(None), "not stated");
    });
}

#[test]
fn a_matrix_fits_the_terminal_and_a_contract() {
    for path in samples() {
        look(&load_file(&path), |matrix| {
            let text = write::text::render(&document::matrix(matrix), Terminal::default());
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= 100, "{}: {widest} columns", path.display());
            let json: serde_json::Value =
                serde_json::from_str(&write::json::matrix(matrix, Layout::Line)).expect("it is JSON");
            let alternatives = json["alternatives"].as_array().expect("a list").len();
            assert_eq!(alternatives, matrix.alternatives.len());
            let csv = String::from_utf8(write::csv::write(&datasets::matrix(matrix))).expect("it is text");
            let rows: usize = matrix.alternatives.iter().map(|of| of.rows.len() + of.rest.len()).sum();
            assert_eq!(csv.lines().count(), rows + 1, "{}", path.display());
        });
    }
}

#[track_caller]
fn check_fit(scenario: &Scenario, model: ServiceModel, applies: [bool; 5]) {
    let comparison = compare::compare(scenario).expect("it can be compared");
    let rule_of_thumb = rule_of_thumb(&comparison).expect("there are services");
    assert_eq!(rule_of_thumb.model, model, "{}", rule_of_thumb.words());
    let rules: Vec<bool> = rule_of_thumb.rules.iter().map(|rule| rule.applies).collect();
    assert_eq!(rules, applies, "{}", rule_of_thumb.words());
    assert!(rule_of_thumb.rules.iter().all(|rule| !rule.guides.is_empty()));
}

/// Nobody in-house, a team that covers everything, a small team with gaps, a deep team, 50 to 500.
#[test]
fn the_rules_of_thumb_name_a_model() {
    check_fit(&sample("no-it-staff.toml"), ServiceModel::FullyManaged, [true, false, false, false, false]);
    check_fit(&sample("harbor-foods.toml"), ServiceModel::CoManaged, [false, false, true, false, true]);
    check_fit(&sample("strong-team.toml"), ServiceModel::Stay, [false, true, false, true, true]);
    let team = |people: u32, hours: &str, users: u32| {
        scenario(
            12,
            &format!(
                "[organization]\nusers = {users}\n[services.watch]\nhours = \"24x7\"\n[[team]]\nrole = \"A\"\n\
                 headcount = {people}\nsalary = 1\nservices = [\"watch\"]\nrota = \"{hours}\"\n"
            ),
        )
    };
    check_fit(&team(12, "mon-fri 08:00-17:00", 49), ServiceModel::CoManaged, [false, false, true, true, false]);
    check_fit(&team(13, "mon-fri 08:00-17:00", 500), ServiceModel::Stay, [false, false, false, true, true]);
    check_fit(&team(6, "24x7", 50), ServiceModel::Stay, [false, true, false, false, true]);
    let gap = "[services.watch]\nhours = \"24x7\"\n[services.desk]\nhours = \"24x7\"\n[[team]]\nrole = \"A\"\n\
        headcount = 20\nsalary = 1\nservices = [\"watch\"]\nrota = \"24x7\"\n";
    check_fit(&scenario(12, gap), ServiceModel::Open, [false, false, false, false, false]);
}

#[test]
fn nothing_fits_where_nothing_is_wanted() {
    let scenario = scenario(12, "[organization]\nusers = 60\n[tools.any]\nmonthly = 1\n");
    let comparison = compare::compare(&scenario).expect("it can be compared");
    assert_eq!(rule_of_thumb(&comparison), None);
}
