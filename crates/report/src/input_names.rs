//! Names of inputs for readers: "Per-user price, Northwind hybrid", not `offers.hybrid.per_user.rate`.
//!
//! Text, pages and charts name inputs so; CSV and JSON keep the path, which is what a script needs. The
//! name says what the number is and then whose it is. Two inputs of one scenario may share a name where
//! their tables differ in numbers only; the tables next to a chart have the path.

use comanage_format::load::path::{Step, parse};
use comanage_model::scenario::Scenario;
use comanage_model::words::{capital, in_words};

/// What the keys of an input are called together, where that is more than the words of the keys.
const PHRASES: [(&str, &str); 67] = [
    ("per_user.rate", "per-user price"),
    ("per_device.rate", "per-device price"),
    ("per_site.rate", "per-site price"),
    ("per_user", "per-user price"),
    ("per_device", "per-device price"),
    ("per_site", "per-site price"),
    ("hourly.rate", "hourly rate"),
    ("hourly.minimum_hours", "minimum hours per month"),
    ("retainer.monthly", "monthly retainer"),
    ("retainer.included_hours", "hours included in the retainer"),
    ("retainer.overage_rate", "hourly rate beyond the retainer"),
    ("block_hours.price", "price per block of hours"),
    ("block_hours.hours", "hours per block"),
    ("block_hours.count", "blocks per purchase"),
    ("block_hours.overage_rate", "hourly rate beyond the blocks"),
    ("contractors.rate", "contractor hourly rate"),
    ("contractors.headcount", "contractors"),
    ("contractors.hours_per_month", "contractor hours per month"),
    ("onboarding.fee", "onboarding fee"),
    ("onboarding.fee_months", "onboarding fee in months"),
    ("onboarding.days", "onboarding days"),
    ("onboarding.instalments", "onboarding instalments"),
    ("minimum_monthly", "monthly minimum"),
    ("minimum_yearly", "annual minimum"),
    ("maximum_monthly", "monthly maximum"),
    ("maximum_yearly", "annual maximum"),
    ("rate", "price"),
    ("rate.tiers.rate", "price in tier"),
    ("rate.tiers.flat", "flat price of tier"),
    ("rate.tiers.up_to", "highest quantity of tier"),
    ("rate.bundle", "units per bundle"),
    ("rate.price", "price per bundle"),
    ("by_year", "price of year"),
    ("included", "units included"),
    ("minimum", "minimum units"),
    ("minimum.share", "minimum as a share of units"),
    ("every_months", "months per payment"),
    ("from_month", "first month"),
    ("until_month", "last month"),
    ("out_of_scope_rate", "out-of-scope hourly rate"),
    ("uplift", "annual price increase"),
    ("uplift.rate", "annual price increase"),
    ("uplift.floor", "lowest annual price increase"),
    ("uplift.cap", "highest annual price increase"),
    ("share", "discount"),
    ("tax", "tax on invoices"),
    ("contract.renewal_uplift", "price increase at renewal"),
    ("contract.months", "contract term in months"),
    ("contract.notice_days", "notice in days"),
    ("contract.exit.months", "exit fee in months"),
    ("contract.exit.share_of_remaining", "exit fee as a share of the remaining term"),
    ("replaces_team.handover_months", "handover in months"),
    ("replaces_team.severance_weeks", "severance in weeks"),
    ("salary", "salary"),
    ("raise", "annual raise"),
    ("benefits", "benefits as a share of salary"),
    ("bonus", "bonus as a share of salary"),
    ("recruiting", "recruiting as a share of salary"),
    ("payroll_taxes.rate", "payroll tax rate"),
    ("payroll_taxes.cap", "payroll tax cap"),
    ("turnover", "staff turnover"),
    ("on_call_pay", "on-call pay per week"),
    ("growth.users", "annual growth in users"),
    ("growth.devices", "annual growth in devices"),
    ("growth.sites", "annual growth in sites"),
    ("term_months", "term in months"),
    ("monthly", "monthly price"),
];

/// The name of an input, by its path. What is no path is given back as it is.
pub fn input_name(scenario: &Scenario, path: &str) -> String {
    let Some(steps) = parse(path) else { return path.to_string() };
    let names: Vec<&str> = steps.iter().filter_map(Step::name).collect();
    let (of, keys) = match names[..] {
        ["offers", key, "charges" | "discounts", item, ref keys @ ..] => {
            (format!("{item}, {}", offer(scenario, key)), keys)
        }
        ["offers", key, ref keys @ ..] => (offer(scenario, key), keys),
        ["services", key, ref keys @ ..] => (service_name(scenario, key), keys),
        ["tools", key, ref keys @ ..] => (in_words(key), keys),
        ["team" | "hire" | "cost", name, ref keys @ ..] => (name.to_string(), keys),
        ["employment", ref keys @ ..] => ("all roles".to_string(), keys),
        ["organization", ref keys @ ..] => (String::new(), keys),
        ref keys => (String::new(), keys),
    };
    let mut what = phrase(keys);
    let is_numbered = ["tier", "year"].iter().any(|word| what.ends_with(word));
    let number = steps.iter().find_map(|step| match step {
        Step::Number(number) if *number > 0 || is_numbered => Some(format!(" {}", number + 1)),
        Step::Name(_) | Step::Number(_) => None,
    });
    what = capital(&(what + &number.unwrap_or_default()));
    if of.is_empty() || what.is_empty() { what + &of } else { format!("{what}, {of}") }
}

/// The name of a table of the file, such as `offers.hybrid`, by the path of an input in it: whose input it is.
pub fn table_name(scenario: &Scenario, path: &str) -> String {
    let steps = parse(path).unwrap_or_default();
    match steps.iter().filter_map(Step::name).collect::<Vec<_>>()[..] {
        ["offers", key, ..] => offer(scenario, key),
        ["services", key, ..] => service_name(scenario, key),
        ["team" | "hire" | "cost", name, ..] => name.to_string(),
        ["alternatives" | "tools", key, ..] => capital(&in_words(key)),
        [table, _, ..] => capital(&in_words(table)),
        _ => "The file".to_string(),
    }
}

/// The name of a service in print.
pub fn service_name(scenario: &Scenario, key: &str) -> String {
    let known = scenario.services.iter().find(|service| service.key == key);
    known.map_or_else(|| in_words(key), |service| service.name.clone())
}

/// The name of an offer in print.
fn offer(scenario: &Scenario, key: &str) -> String {
    let known = scenario.offers.iter().find(|offer| offer.key == key);
    known.map_or_else(|| in_words(key), |offer| offer.name.clone())
}

/// The keys as a phrase; a class of users or devices stands after it.
fn phrase(keys: &[&str]) -> String {
    let known = |keys: &[&str]| PHRASES.iter().find(|(path, _)| *path == keys.join(".")).map(|(_, words)| *words);
    if let Some(words) = known(keys) {
        return words.to_string();
    }
    match *keys {
        [of, class, last] if known(&[of, last]).is_some() => format!("{}, {}", phrase(&[of, last]), in_words(class)),
        [of @ ("per_user" | "per_device" | "per_site"), class] => format!("{}, {}", phrase(&[of]), in_words(class)),
        [of @ ("users" | "devices"), class] => format!("{} {of}", in_words(class)),
        _ => keys.iter().map(|key| in_words(key)).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_by_whose_they_are() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/harbor-foods.toml");
        let scenario = comanage_format::load::load(sample).scenario.expect("the sample is valid");
        for (path, expected) in [
            ("discount_rate", "The file"),
            ("organization.users", "Organization"),
            ("offers.hybrid.per_user.rate", "Northwind hybrid"),
            ("services.help_desk.weight", "Help desk"),
            ("team.\"Dr. No\".salary", "Dr. No"),
        ] {
            assert_eq!(table_name(&scenario, path), expected);
        }
    }

    #[test]
    fn inputs_are_named_for_readers() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/harbor-foods.toml");
        let scenario = comanage_format::load::load(sample).scenario.expect("the sample is valid");
        let names = [
            ("offers.hybrid.per_user.rate", "Per-user price, Northwind hybrid"),
            ("offers.hybrid.per_user.frontline.rate", "Per-user price, frontline, Northwind hybrid"),
            ("offers.gone.uplift", "Annual price increase, gone"),
            ("services.help_desk.tickets_per_user", "Tickets per user, Help desk"),
            ("hire.\"Systems administrator\".salary", "Salary, Systems administrator"),
            ("employment.payroll_taxes[1].rate", "Payroll tax rate 2, all roles"),
            ("organization.users", "Users"),
            ("organization.users.frontline", "Frontline users"),
            ("organization.growth.users", "Annual growth in users"),
            ("coverage_target", "Coverage target"),
            ("not a path.", "not a path."),
        ];
        for (path, expected) in names {
            assert_eq!(input_name(&scenario, path), expected);
        }
        let lines = [
            ("offers.hybrid.charges.\"Server care\".rate", "Price, Server care, Northwind hybrid"),
            ("offers.hybrid.charges.Mailboxes.rate.tiers[0].rate", "Price in tier 1, Mailboxes, Northwind hybrid"),
            ("offers.hybrid.charges.Portal.by_year[2]", "Price of year 3, Portal, Northwind hybrid"),
            ("offers.hybrid.discounts.\"Three years\".share", "Discount, Three years, Northwind hybrid"),
            ("offers.hybrid.uplift.cap", "Highest annual price increase, Northwind hybrid"),
        ];
        for (path, expected) in lines {
            assert_eq!(input_name(&scenario, path), expected);
        }
    }
}
