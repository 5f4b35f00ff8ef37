//! Offers side by side: prices and the bridge between them, terms, scope, bands, answers.

use std::process::Command;

use comanage_analysis::compare::{self, Comparison};
use comanage_analysis::quotes::{Quote, Quotes, Status, quotes};
use comanage_format::load::published_rates;
use comanage_format::rates::{Position, RateKind};
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;
use comanage_report::datasets;
use comanage_report::document;
use comanage_report::write::{self, Layout, Terminal};
use rust_decimal::Decimal;

use crate::common::{load_file, load_text, repository, samples};
use crate::random::{self, Ranges};

/// A sample by its name.
#[track_caller]
pub fn sample(name: &str) -> Scenario {
    load_file(&repository("scenarios").join(name))
}

/// A scenario that must load, from a text after the head that all have.
#[track_caller]
pub fn scenario(term_months: u32, text: &str) -> Scenario {
    let head = format!("schema = 1\nname = \"T\"\ncurrency = \"USD\"\nterm_months = {term_months}\n");
    load_text(&(head + text))
}

/// Puts the offers of a scenario side by side and looks at them.
#[track_caller]
fn look<T>(scenario: &Scenario, at: impl FnOnce(&Quotes) -> T) -> T {
    let comparison: Comparison = compare::compare(scenario).expect("it can be compared");
    at(&quotes(&comparison, published_rates(), true).expect("its offers can be put side by side"))
}

#[track_caller]
fn offer<'b, 'a>(quotes: &'b Quotes<'a>, key: &str) -> &'b Quote<'a> {
    quotes.offers.iter().find(|quote| quote.key() == key).unwrap_or_else(|| panic!("{key} is an offer"))
}

fn money(text: &str) -> Money {
    Money(Decimal::from_str_exact(text).expect("an amount"))
}

/// Walks the bridge of every offer and counts the steps.
#[track_caller]
fn walk_bridges(quotes: &Quotes, of: &str) -> usize {
    for quote in &quotes.offers {
        let (paper, practice) = (quote.paper, quote.practice);
        let term: Decimal = quote.bridge.iter().map(|step| step.term.0).sum();
        let year_1: Decimal = quote.bridge.iter().map(|step| step.year_1.0).sum();
        assert_eq!(paper.term.0 + term, practice.term.0, "{of}: {}", quote.key());
        assert_eq!(paper.year_1.0 + year_1, practice.year_1.0, "{of}: {}", quote.key());
        let lines: Decimal = quote.lines.iter().map(|line| line.term.0).sum();
        let lines_of_year_1: Decimal = quote.lines.iter().map(|line| line.year_1.0).sum();
        assert_eq!((lines, lines_of_year_1), (paper.term.0, paper.year_1.0), "{of}: {}", quote.key());
        assert_eq!(Some(paper.term), quote.alternative.sums.paper, "{of}: {}", quote.key());
        assert_eq!(Some(practice.term), quote.alternative.sums.practice, "{of}: {}", quote.key());
    }
    quotes.offers.iter().map(|quote| quote.bridge.len()).sum()
}

#[test]
fn the_bridge_leads_from_paper_to_practice_to_the_cent() {
    let walked =
        |path: &std::path::PathBuf| look(&load_file(path), |quotes| walk_bridges(quotes, &path.display().to_string()));
    let steps: usize = samples().iter().map(walked).sum();
    assert!(steps >= 10, "the samples have {steps} steps between paper and practice");
    let random = |seed: u64| {
        look(&load_text(&random::scenario_with(seed, Ranges::Points, false)), |quotes| {
            walk_bridges(quotes, &format!("random {seed}"))
        })
    };
    let steps: usize = (0..200).map(random).sum();
    assert!(steps >= 100, "random scenarios have {steps} steps between paper and practice");
}

/// The price list, worked by hand: 46 seats for 8 months and 54 for 4 at 48, then at 4% more each year; by the
/// year 46 at 576, and 8 for four of twelve months; the option at 14 a seat and month, less 10% and 5% by the year.
#[test]
fn a_price_list_is_quoted_line_by_line_and_its_options_are_priced() {
    look(&sample("price-list.toml"), |quotes| {
        let line = |key, item: &str| {
            let found = offer(quotes, key).lines.iter().find(|line| line.item == item);
            let found = found.unwrap_or_else(|| panic!("{key} has no line {item}"));
            (found.first_quantity, found.first_price, found.every_months, found.year_1)
        };
        let of = |text: &str| money(text).0;
        assert_eq!(line("monthly", "Workplace support"), (of("46"), of("48"), Some(1), money("28032")));
        assert_eq!(line("prepaid", "Workplace support"), (of("46"), of("576"), Some(12), money("26496")));
        assert_eq!(line("prepaid", "Workplace support, added").3, money("1536"));
        assert_eq!(line("prepaid", "Three years").1, of("-0.1"));
        let option = |key: &str, taken: bool| {
            let option = &offer(quotes, key).options[0];
            assert_eq!((option.name, option.is_taken), ("Security operations", taken), "{key}");
            option.year_1
        };
        assert_eq!(option("monthly", false), money("8176"));
        assert_eq!(option("prepaid", false), money("6990.48"));
        assert_eq!(option("secure", true), money("6990.48"));
    });
}

/// Two free months, and a quarter of which one month is paid: 400 a site and 300 a quarter are what is billed in
/// full first. Leaving after a year costs two months of it.
#[test]
fn a_line_is_quoted_as_it_is_billed_in_full() {
    let text = "[organization]\nsites = 2\n[offers.x]\nname = \"X\"\nfree_months = 2\nuntil_month = 12\n\
        contract = { months = 24, exit = { months = 2 } }\ncharges = [\
        { name = \"Base\", per = \"site\", rate = 400 }, { name = \"Backup\", per = \"month\", rate = 300, every_months = 3 }]\n";
    look(&scenario(24, text), |quotes| {
        let lines: Vec<_> = quotes.offers[0].lines.iter().collect();
        let of = |text: &str| money(text).0;
        let first: Vec<_> = lines.iter().map(|line| (line.item.as_str(), line.first_month, line.first_price)).collect();
        assert_eq!(first[..2], [("Base", 3, of("400")), ("Backup", 4, of("300"))]);
        assert_eq!((lines[2].item.as_str(), lines[2].first_month, lines[2].term), ("exit fee", 12, money("1800")));
        assert!(lines.iter().all(|line| !line.is_share));
    });
}

/// Published ranges are of all that a user costs: of two lines the sum lies among them, an option does not.
#[test]
fn the_lines_a_user_pays_are_held_against_published_ranges_together() {
    let text = "[organization]\nusers = 10\n[offers.x]\nname = \"X\"\ncharges = [\
        { name = \"Seats\", per = \"user\", rate = 60 }, { name = \"Security\", per = \"user\", rate = 288, every_months = 12 },\
        { name = \"Training\", per = \"user\", rate = 3, optional = true }]\n";
    look(&scenario(12, text), |quotes| {
        let rates: Vec<(&str, Decimal, bool)> =
            quotes.offers[0].rates.iter().map(|rate| (rate.item.as_str(), rate.rate, rate.bands.is_empty())).collect();
        let of = |text: &str| money(text).0;
        let expected = [
            ("Seats", of("60"), true),
            ("Security", of("24"), true),
            ("Training", of("3"), true),
            ("per user, 2 lines", of("84"), false),
        ];
        assert_eq!(rates, expected);
    });
}

/// The three quotes, worked by hand: 10 hours over the retainer at 190, 28 hours out of scope at 210, an
/// 8% renewal in month 13; 300 short of a minimum that rises by 3%; a further block every six months.
#[test]
fn every_kind_of_step_is_worked_by_hand() {
    let expected = [
        ("retainer", "retainer overage", "240", "22800", "47424"),
        ("retainer", "out of scope: Backup", "192", "20160", "41932.80"),
        ("retainer", "out of scope: Projects", "480", "50400", "104832"),
        ("hybrid", "block hours, further", "4", "12000", "24000"),
    ];
    look(&sample("three-quotes.toml"), |quotes| {
        let steps: Vec<_> =
            quotes.offers.iter().flat_map(|quote| quote.bridge.iter().map(|step| (quote.key(), step))).collect();
        assert_eq!(steps.len(), expected.len());
        for ((key, step), (offer, item, quantity, year_1, term)) in steps.into_iter().zip(expected) {
            assert_eq!((key, step.item.as_str()), (offer, item));
            assert_eq!(step.quantity, money(quantity).0, "{item}");
            assert_eq!((step.year_1, step.term), (money(year_1), money(term)), "{item}");
        }
        let retainer = offer(quotes, "retainer");
        assert_eq!(retainer.paper.year_1, money("31800"));
        assert_eq!(retainer.paper.per_user_month, Some(money("43.68")));
        assert_eq!(retainer.practice.per_user_month, Some(money("178.54")));
        let found: Vec<&str> = quotes.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(found[0], "cheap-on-paper");
        assert!(quotes.findings[0].message.contains("the highest expected cost"));
    });
}

/// What leaving a contract at so much a month costs, at the end of some months.
#[track_caller]
fn check_leaving(monthly: &str, term_months: u32, contract: &str, expected: &[(u32, &str)]) {
    let text = format!("[offers.x]\nmonthly = {{ Fee = {monthly} }}\ncontract = {{ {contract} }}\n");
    look(&scenario(term_months, &text), |quotes| {
        let leaving = quotes.offers[0].leaving.as_ref().expect("it has a contract");
        assert_eq!(leaving.months.len() as u32, term_months);
        for &(month, cost) in expected {
            assert_eq!(leaving.at(month), Some(money(cost)), "month {month} of {contract}");
        }
    });
}

#[test]
fn leaving_costs_the_notice_and_a_share_of_what_remains() {
    // 1,000 a month; two months of notice, then half of the months to 36.
    check_leaving(
        "1_000",
        36,
        "months = 36, notice_days = 60, exit = { share_of_remaining = \"50%\" }",
        &[(1, "18500"), (10, "14000"), (33, "2500"), (34, "2000"), (35, "1000"), (36, "0")],
    );
    // 33% of 999.99 is 329.9967.
    check_leaving("333.33", 6, "months = 4, exit = { share_of_remaining = \"33%\" }", &[(1, "330.00"), (4, "0")]);
}

#[test]
fn leaving_costs_some_months_but_none_beyond_the_contract() {
    // Three months of notice, then six months or what remains, the lesser.
    let contract = "months = 36, notice_days = 90, exit = { months = 6 }";
    check_leaving("1_000", 36, contract, &[(1, "9000"), (27, "9000"), (28, "8000"), (30, "6000"), (33, "3000")]);
}

#[test]
fn notice_is_a_month_for_every_thirty_days_begun() {
    for (days, cost) in [(0, "0"), (1, "1000"), (30, "1000"), (31, "2000"), (60, "2000"), (61, "3000")] {
        let contract = format!("months = 12, notice_days = {days}, exit = {{ share_of_remaining = \"0%\" }}");
        check_leaving("1_000", 12, &contract, &[(3, cost), (12, "0")]);
    }
}

/// 36 months at 3,500 with 60 days of notice: in month 34 two months are left, in 35 one, in 36 none. What
/// remains after the notice has no price, so before that nobody knows.
#[test]
fn what_is_not_stated_is_not_free() {
    let contract = "months = 36, notice_days = 60";
    check_leaving("3_500", 36, contract, &[(34, "7000"), (35, "3500"), (36, "0")]);
    look(&scenario(36, &format!("[offers.x]\nmonthly = {{ Fee = 3_500 }}\ncontract = {{ {contract} }}\n")), |quotes| {
        let leaving = quotes.offers[0].leaving.as_ref().expect("it has a contract");
        assert!((1..34).all(|month| leaving.at(month).is_none()));
        assert_eq!(leaving.most_expensive(), Some((34, money("7000"))));
    });
}

#[test]
fn a_renewal_is_owed_like_the_contract() {
    // In month 13 the first renewal runs to 24; in month 25 the second to 36, beyond the term of 30,
    // where a month costs what month 30 costs.
    check_leaving(
        "1_000",
        30,
        "months = 12, notice_days = 30, renews_months = 12, exit = { share_of_remaining = \"100%\" }",
        &[(6, "6000"), (11, "1000"), (12, "12000"), (13, "11000"), (24, "12000"), (25, "11000"), (30, "6000")],
    );
    // Without a renewal nothing is owed after the contract.
    check_leaving(
        "1_000",
        30,
        "months = 12, notice_days = 30, exit = { share_of_remaining = \"100%\" }",
        &[(11, "1000"), (12, "0"), (13, "0"), (25, "0")],
    );
}

/// 2,400 a month and 2,592 from the renewal on, three months of notice, 75% of the rest.
#[test]
fn a_renewal_raises_what_leaving_costs() {
    // Notice given in month 11 ends in 14, in the renewal to 24: 2,400 + 2 * 2,592 + 75% of 10 * 2,592.
    let expected =
        [(1, "21600"), (6, "12600"), (11, "27024"), (12, "25272"), (13, "23328"), (18, "13608"), (24, "25272")];
    look(&sample("three-quotes.toml"), |quotes| {
        let leaving = offer(quotes, "retainer").leaving.as_ref().expect("it has a contract");
        for (month, cost) in expected {
            assert_eq!(leaving.at(month), Some(money(cost)), "month {month}");
        }
        assert_eq!(leaving.at(0), None);
        assert_eq!(leaving.at(25), None);
        assert_eq!(leaving.most_expensive(), Some((22, money("29160"))));
    });
}

#[test]
fn a_published_quote_is_caught_by_its_own_prices() {
    look(&sample("published/technoir-property-15.toml"), |quotes| {
        let differing = quotes.findings.iter().filter(|finding| finding.code == "stated-differs");
        let messages: Vec<&str> = differing.map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "Managed: its rates for a month come to 2,795.00; the quote says 5,985.00",
                "Managed: 1.4 recurring months at 2,795.00 = 3,913.00; the quote says 8,379.00",
                "Managed: 15 users at 145.00 = 2,175.00; the quote says 5,365.00",
            ]
        );
        let right: Vec<&str> =
            quotes.offers[0].stated.iter().filter(|price| price.is_right()).map(|price| price.what.as_str()).collect();
        assert_eq!(right, ["per device"]);
    });
}

/// What an offer states beside what its own prices give; `-` where it charges no such thing.
#[track_caller]
fn check_stated(offer: &str, expected: &[(&str, &str, &str)]) {
    let organization = "[organization]\nusers = { office = 50, floor = 10 }\ndevices = { server = 2 }\n";
    look(&scenario(24, &format!("{organization}[offers.x]\n{offer}\n")), |quotes| {
        let stated = &quotes.offers[0].stated;
        assert_eq!(stated.len(), expected.len());
        for (price, &(what, said, own)) in stated.iter().zip(expected) {
            assert_eq!((price.what.as_str(), price.said), (what, money(said)));
            assert_eq!(price.own, Some(own).filter(|own| *own != "-").map(money), "{what}");
        }
    });
}

#[test]
fn stated_prices_are_held_against_the_lines_they_name() {
    // 50 x 20 + 10 x 10 + 2 x 100.
    check_stated(
        "per_user = { rate = { office = 20, floor = 10 } }\nper_device = { server = 100 }\n\
         stated = { monthly = 1_300, lines = { \"per user\" = 1_100, \"per user, floor\" = 90, Backup = 50 } }",
        &[
            ("a month", "1300", "1300"),
            ("per user", "1100", "1100"),
            ("per user, floor", "90", "100"),
            ("Backup", "50", "-"),
        ],
    );
    // The minimum is part of the month, free months are not what is stated, the first year has both.
    check_stated(
        "per_user = { rate = 10 }\nminimum_monthly = 700\nfree_months = 2\nonboarding = { fee_months = 2 }\n\
         once = { Audit = 500 }\nstated = { monthly = 600, year_1 = 7_900, onboarding = 1_400 }",
        &[("a month", "600", "700"), ("year 1", "7900", "7900"), ("onboarding", "1400", "1400")],
    );
    // Two tiers, and billing that starts with the third month.
    check_stated(
        "per_user = { rate = { tiers = [{ up_to = 40, rate = 10 }, { rate = 8 }], mode = \"graduated\" } }\n\
         onboarding = { days = 75 }\nbill_from = \"go_live\"\nstated = { monthly = 560, lines = { \"per user\" = 600 } }",
        &[("a month", "560", "560"), ("per user", "600", "560")],
    );
}

#[test]
fn a_difference_is_told_with_its_sum() {
    let text = "[organization]\nusers = 60\n[offers.x]\nname = \"X\"\n\
        per_user = { rate = { tiers = [{ up_to = 40, rate = 10 }, { rate = 8.5 }], mode = \"graduated\" } }\n\
        stated = { lines = { \"per user\" = 600, Backup = 50 } }\n";
    look(&scenario(12, text), |quotes| {
        let messages: Vec<&str> = quotes.findings.iter().map(|finding| finding.message.as_str()).take(2).collect();
        assert_eq!(
            messages,
            [
                "X: 40 users at 10.00 and 20 users at 8.50 = 570.00; the quote says 600.00",
                "X: the quote states 50.00 for \"Backup\", which it does not charge",
            ]
        );
        let place = quotes.findings[0].span.as_ref().expect("it has a place");
        assert_eq!(quotes.comparison.scenario.sources.place(place).line, 10);
    });
}

#[test]
fn services_are_in_or_out_or_billed_by_the_hour() {
    look(&sample("three-quotes.toml"), |quotes| {
        let statuses = |key| offer(quotes, key).services.iter().map(|scope| scope.status).collect::<Vec<_>>();
        use Status::{ByTheHour, In, Out, Team};
        assert_eq!(statuses("retainer"), [Team, In, In, Out, Out]);
        assert_eq!(statuses("per_user"), [Team, In, In, In, ByTheHour]);
        let projects = &offer(quotes, "retainer").services[4];
        assert_eq!(projects.hours_per_month, 20.0);
        let billed = projects.billed.expect("projects are billed out of scope");
        assert_eq!((billed.hours, billed.term), (money("480").0, money("104832")));
    });
}

/// The codes that an offer is told for its scope.
#[track_caller]
fn check_scope(service: &str, offer: &str, expected: &[&str]) {
    let text = format!("[services.watch]\nhours = \"24x7\"\nhours_per_month = 10\n{service}\n[offers.x]\n{offer}\n");
    look(&scenario(12, &text), |quotes| {
        let of_terms = ["contract-not-stated", "question-unanswered"];
        let codes = quotes.findings.iter().map(|finding| finding.code).filter(|code| !of_terms.contains(code));
        assert_eq!(codes.collect::<Vec<_>>(), expected, "{service} {offer}");
    });
}

#[test]
fn a_response_is_promised_in_time_or_found() {
    let flat = "per_user = { rate = 50 }\ncovers = { watch = { hours = \"24x7\"";
    let wanted = "respond_within = \"1h\"";
    check_scope(wanted, &format!("{flat}, respond_within = \"1h\" }} }}"), &[]);
    check_scope(wanted, &format!("{flat}, respond_within = \"61m\" }} }}"), &["response-too-slow"]);
    check_scope(wanted, &format!("{flat} }} }}"), &["response-not-promised"]);
    check_scope(wanted, &format!("{flat}, mode = \"best_effort\" }} }}"), &["best-effort"]);
    check_scope("", &format!("{flat}, mode = \"best_effort\" }} }}"), &["best-effort"]);
    check_scope("", &format!("{flat} }} }}"), &[]);
    // Hours bought are capacity: without a response that is wanted nobody expects one.
    let hourly = "hourly = { rate = 170 }\ncovers = { watch = { hours = \"24x7\" } }";
    check_scope("", hourly, &[]);
    check_scope(wanted, hourly, &["best-effort"]);
    // What is out needs a price, unless somebody in-house does it.
    check_scope(wanted, "per_site = 250", &["out-of-scope-without-price"]);
    check_scope(wanted, "per_site = 250\nout_of_scope_rate = 180", &[]);
    let team = "[[team]]\nrole = \"A\"\nheadcount = 1\nsalary = 1\nservices = [\"watch\"]\nhours = \"none\"";
    check_scope(&format!("{wanted}\n{team}"), "per_site = 250", &[]);
}

/// 44 a user lies in two of the bands that four guides of 2026 publish, and below the two others.
#[test]
fn a_rate_is_held_against_every_published_band() {
    use Position::{Below, Inside};
    look(&sample("cheap-on-paper.toml"), |quotes| {
        let rate = &offer(quotes, "budget").rates[0];
        let guides = [
            ("Guide to co-managed IT (Secure Techies)", "40", "150", Inside),
            ("Co-Managed IT Services: A Complete Guide", "30", "100", Inside),
            ("What Is Co Managed IT Support? A Complete Guide (On-Site Technology)", "75", "175", Below),
            ("2026 co-managed IT pricing guide", "60", "125", Below),
        ];
        for (source, low, high, position) in guides {
            let of_kind = rate.bands.iter().filter(|band| band.kind == RateKind::CoManagedPerUser);
            let band = of_kind.into_iter().find(|band| band.source == source).expect("the guide has a band");
            assert_eq!((band.low, band.high), (Some(money(low).0), Some(money(high).0)), "{source}");
            assert_eq!(band.position, position, "{source}");
        }
        assert_eq!(rate.outside(), None);
    });
}

#[test]
fn a_rate_outside_every_band_is_found() {
    let text = "[organization]\nusers = 60\n[[team]]\nrole = \"A\"\nheadcount = 1\nsalary = 1\nservices = []\nhours = \"none\"\n\
        [offers.x]\nname = \"X\"\nper_user = { rate = 12 }\n[offers.y]\nname = \"Y\"\nretainer = { monthly = 90_000 }\n\
        [offers.z]\nname = \"Z\"\nper_site = 3\n";
    look(&scenario(12, text), |quotes| {
        let outside: Vec<&str> = quotes
            .findings
            .iter()
            .filter(|finding| finding.code == "rate-outside-published")
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(outside.len(), 1, "an open band holds any retainer: {outside:?}");
        assert_eq!(outside[0], "X: per user at 12.00 is below every published range; the nearest ends at 30.00");
        assert!(offer(quotes, "z").rates[0].bands.is_empty());
    });
    // Nothing is published in this currency, so nothing is said.
    let krone = "schema = 1\nname = \"T\"\ncurrency = \"DKK\"\nterm_months = 1\n[organization]\nusers = 5\n[offers.x]\nper_user = { rate = 1 }\n";
    look(&load_text(krone), |quotes| assert!(quotes.offers[0].rates[0].bands.is_empty()));
}

/// Each bad answer is a red flag by a guide; what is not answered is told as that.
#[test]
fn bad_answers_are_red_flags() {
    let cases = [
        ("shared_documentation = true, references = 2", 0),
        ("shared_documentation = false", 1),
        ("tool_lock_in = false, absorbs_team = false", 0),
        ("tool_lock_in = true, absorbs_team = true, references = 1", 3),
        ("co_managed_clients = 0", 1),
        ("co_managed_clients = 1, named_engineer = false, escalation_path = false, offboarding_plan = false", 3),
    ];
    for (answers, flags) in cases {
        let text = format!("[offers.x]\nper_site = 250\nanswers = {{ {answers} }}\n");
        look(&scenario(12, &text), |quotes| {
            let found = quotes.findings.iter().filter(|finding| finding.code == "red-flag");
            let named = found
                .clone()
                .all(|flag| flag.hint.as_ref().is_some_and(|hint| hint.contains("guide") || hint.contains("Guide")));
            assert_eq!(found.count(), flags, "{answers}");
            assert!(named, "every red flag names a guide");
            let open = quotes.offers[0].answers.iter().filter(|answer| answer.given.is_none()).count();
            assert_eq!(open, 8 - answers.split(", ").count());
        });
    }
    look(&sample("cheap-on-paper.toml"), |quotes| {
        let flags = |key| offer(quotes, key).answers.iter().filter(|answer| answer.is_red_flag()).count();
        assert_eq!(["budget", "middle", "complete", "package"].map(flags), [8, 0, 0, 2]);
    });
}

#[test]
fn all_formats_carry_the_same_offers() {
    for path in samples() {
        look(&load_file(&path), |quotes| {
            let json: serde_json::Value =
                serde_json::from_str(&write::json::quotes(quotes, Layout::Line)).expect("it is JSON");
            let csv = String::from_utf8(write::csv::write(&datasets::quotes(quotes))).expect("it is text");
            let document = document::quotes(quotes);
            let markdown = write::markdown::render(&document);
            let text = write::text::render(&document, Terminal::default());
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= 100, "{}: {widest} columns", path.display());
            let offers = json["offers"].as_array().expect("a list of offers");
            assert_eq!(offers.len(), quotes.offers.len());
            for (offer, quote) in offers.iter().zip(&quotes.offers) {
                let practice = quote.practice.term.to_data(quotes.comparison.scenario.currency);
                assert_eq!(offer["practice"]["term"], practice.as_str());
                assert!(csv.contains(&format!("{},price,practice,term,{practice},", quote.key())), "{csv}");
                assert!(text.contains(&quote.practice.term.to_prose()));
                assert!(markdown.contains(&quote.practice.term.to_prose()));
                let steps = offer["bridge"].as_array().expect("a bridge").iter();
                let sum: Decimal = steps.map(|step| money(step["amount"].as_str().expect("an amount")).0).sum();
                assert_eq!(quote.paper.term.0 + sum, quote.practice.term.0);
            }
        });
    }
}

/// What `check` says to a sample, and its exit code.
fn check(arguments: &[&str]) -> (Option<i32>, String) {
    let file = "scenarios/published/technoir-property-15.toml";
    let mut command = Command::new(env!("CARGO_BIN_EXE_comanage"));
    let ran = command.current_dir(repository(".")).args(["check", file, "--no-color"]).args(arguments).output();
    let ran = ran.expect("the program runs");
    (ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned())
}

#[test]
fn check_holds_a_file_to_the_findings_of_quotes_and_matrix() {
    assert_eq!(check(&[]), (Some(0), String::new()));
    let (code, told) = check(&["--deny", "stated-differs"]);
    assert_eq!(code, Some(1));
    assert!(told.contains("error: Managed: 15 users at 145.00 = 2,175.00; the quote says 5,365.00"), "{told}");
    assert!(told.contains("technoir-property-15.toml:20:52"), "{told}");
    assert_eq!(check(&["--deny", "red-flag"]).0, Some(0));
}
