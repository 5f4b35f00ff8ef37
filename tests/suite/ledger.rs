//! The lines of an alternative: what falls in the term, and what does not.

use comanage_analysis::compare::compare;
use comanage_analysis::simulate::simulate;

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
                users = { low = -30, likely = -1, high = 0 }\n";
    let scenario = whole(document(text).read());
    let comparison = compare(&scenario).expect("it can be compared");
    let problem = simulate(&comparison, 64, 1, &|_| true).expect_err("some draws take more than three");
    assert_eq!(problem.code, "count-below-zero");
    assert!(problem.message.contains("this season takes `organization.users` to -"), "{}", problem.message);
}
