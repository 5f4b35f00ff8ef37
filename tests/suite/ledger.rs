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
