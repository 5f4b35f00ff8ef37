//! What cannot be varied, and the values at which a scenario is refused.

use super::{Case, ten_or_flat};

#[test]
fn what_cannot_be_varied_is_told() {
    let case = ten_or_flat();
    let refusals = [
        ("organization.usrs", "1", "2", "there is no value \"organization.usrs\": `usrs` is not in [organization]"),
        ("services.desk.hours", "1", "2", "`services.desk.hours` is not a number, so it cannot be varied"),
        ("simulation.seed", "1", "2", "`simulation.seed` is not a number, so it cannot be varied"),
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
            "the values from 0.00000000000000000001 to 1000000000000000 have more digits than supported",
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
