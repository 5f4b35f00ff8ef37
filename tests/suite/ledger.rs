//! The lines of an alternative: what falls in the term, and what does not.

use comanage::compare::compare;

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

/// Counts below nothing and hours that no organization has are no figures.
#[test]
fn what_cannot_be_is_refused() {
    let season = |users: i32| {
        format!("[organization]\nusers = 3\n[[organization.season]]\nmonths = [\"mar\"]\nusers = {users}\n")
    };
    let work = |hours: &str| format!("[services.desk]\nhours = \"24x7\"\nhours_per_month = {hours}\n");
    for (text, code) in [
        (season(-3), None),
        (season(-4), Some("count-below-zero")),
        (work("1_000_000_000_000"), None),
        (work("1_000_000_000_000.01"), Some("hours-too-many")),
    ] {
        let scenario = whole(document(&text).read());
        assert_eq!(compare(&scenario).err().map(|problem| problem.code), code, "{text}");
    }
}
