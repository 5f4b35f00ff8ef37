//! The lines of an alternative: what falls in the term, and what does not.

use comanage_analysis::compare::compare;
use comanage_analysis::explain::{Wanted, explain};
use comanage_analysis::quotes::quotes;
use comanage_analysis::simulate::{Sampling, simulate};
use comanage_format::rates::Rates;
use comanage_model::money::Money;

use crate::loading::{document, whole};

#[test]
fn a_cost_after_the_term_is_never_paid() {
    for (month, total) in [(36, "100.00"), (37, "0.00"), (120, "0.00")] {
        let text = format!("[[cost]]\nname = \"Move\"\nonce = 100\nmonth = {month}\n");
        let scenario = whole(document(&text).read());
        let comparison = compare(&scenario).expect("it can be compared");
        assert_eq!(comparison.alternatives[0].sums.total.to_data(scenario.currency), total, "month {month}");
    }
}

/// A table of rates that has no class of the organization bills nothing, and that is told.
#[test]
fn rates_of_other_classes_bill_no_minimum() {
    for rates in ["{}", "{ x = 5 }"] {
        let text = format!(
            "[organization]\nusers = 10\n[services.desk]\nhours = \"24x7\"\nhours_per_month = 5\n\
             [offers.one]\nper_user = {{ rate = {rates}, minimum = 3 }}\ncovers = \"all\"\n"
        );
        let scenario = whole(document(&text).read());
        let comparison = compare(&scenario).expect("it can be compared");
        assert_eq!(comparison.alternatives[1].sums.total.to_data(scenario.currency), "0.00", "{rates}");
        let codes: Vec<&str> = comparison.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&"no-price-for-user-class"), "{rates}: {codes:?}");
    }
}

/// 10^9 users with 6,000 tickets of ten minutes are 10^12 hours: more is refused.
#[test]
fn hours_that_no_organization_has_are_refused() {
    for (tickets, code) in [("6_000", None), ("6_000.001", Some("hours-too-many"))] {
        let text = format!(
            "[organization]\nusers = 1_000_000_000\n[services.desk]\nhours = \"24x7\"\n\
             tickets_per_user = {tickets}\nminutes_per_ticket = 10\n"
        );
        let scenario = whole(document(&text).read());
        assert_eq!(compare(&scenario).err().map(|problem| problem.code), code, "{tickets}");
    }
}

/// A draw may take away more than there are, which no file can say: it is refused as a file is.
#[test]
fn a_draw_that_leaves_less_than_nobody_is_refused() {
    let text = "[organization]\nusers = 3\n[[organization.season]]\nmonths = [\"mar\"]\n\
                users = { low = -30, likely = -1, high = 0 }\n[tools.any]\nmonthly = 1\n";
    let scenario = whole(document(text).read());
    let comparison = compare(&scenario).expect("it can be compared");
    let problem =
        simulate(&comparison, 64, 1, Sampling::Hypercube, &|_| true).expect_err("some draws take more than three");
    assert_eq!(problem.code, "count-below-zero");
    assert!(problem.message.contains("this season takes `organization.users` to -"), "{}", problem.message);
}

/// Lines that read alike are still lines of their own: a tool or a cost paid once and by the month, a
/// price once that is called as the onboarding fee is.
const ALIKE: &str = "[organization]\nusers = 10\n[[organization.change]]\nmonth = 3\nusers = 2\n\
    [services.desk]\nhours = \"24x7\"\nhours_per_month = 5\n\
    [tools.edr]\nmonthly = 100\nonce = 5_000\n\
    [[cost]]\nname = \"Move\"\nmonthly = 10\nonce = 30\n\
    [offers.one]\nper_user = 7\nonce = { onboarding = 900 }\nonboarding = { fee = 100 }\n\
    stated = { onboarding = 100 }\ncovers = \"all\"\n";

#[test]
fn every_line_of_the_ledger_is_explained() {
    let scenario = whole(document(ALIKE).read());
    let comparison = compare(&scenario).expect("it can be compared");
    let one = comparison.alternatives.iter().find(|of| of.id() == "one").expect("the offer's own");
    let explained = explain(&scenario, one.evaluation.staffing.alternative).expect("it can be explained");
    let told = explained.told(&scenario, &Wanted::default());
    for headline in [
        "month 1: tools, edr: 100.00 USD",
        "month 1: tools, edr: 5,000.00 USD",
        "month 1: other, Move: 10.00 USD",
        "month 0: other, Move: 30.00 USD",
        "month 0: provider one-time, onboarding: 100.00 USD",
        "month 0: provider one-time, onboarding: 900.00 USD",
        "month 1: provider recurring, per user: 70.00 USD",
        "  also month 2: 70.00\n",
        "month 3: provider recurring, per user: 84.00 USD",
        "  also months 4 to 12: 84.00\n",
    ] {
        assert!(told.contains(headline), "{headline} in\n{told}");
    }
    let months = |rest: &str| -> usize {
        let count = |part: &str| match part.split_once(" to ") {
            Some((from, to)) => {
                let number =
                    |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().expect("a month");
                number(to.split(':').next().expect("a month")) - number(from) + 1
            }
            None => 1,
        };
        rest.split("; ").map(count).sum()
    };
    let lines = told.lines().map(|line| match line.strip_prefix("  also ") {
        Some(rest) => months(rest),
        None => usize::from(line.starts_with("month ")),
    });
    assert_eq!(lines.sum::<usize>(), one.evaluation.ledger.lines.len(), "{told}");
}

#[test]
fn a_paper_is_held_against_the_line_it_means() {
    let scenario = whole(document(ALIKE).read());
    let comparison = compare(&scenario).expect("it can be compared");
    let quotes = quotes(&comparison, &Rates::default(), false).expect("they can be quoted");
    let stated = &quotes.offers[0].stated[0];
    assert_eq!(stated.difference(), Some(Money::default()), "{stated:?}");
}
