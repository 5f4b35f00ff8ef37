//! In which unit a published figure may be in the place of a number.
//!
//! A salary is a year's, a rate a month's or an hour's: 150 an hour in the place of a monthly fee
//! would be a wrong answer that looks right. Places without a unit take no published figure.

use crate::rates::Unit;

use super::path::{self, Step};

/// The beginning of a path, and the units that fit there. `*` is any name or number; the first that
/// fits counts.
const PLACES: &[(&str, &[&str])] = &[
    ("discount_rate", &["a year"]),
    ("organization.users", &["users"]),
    ("organization.growth", &["a year"]),
    ("organization.season.*.workload", &["of the work"]),
    ("services.*.hours_per_month", &["hours / month"]),
    ("services.*.hours_per_year", &["hours / year"]),
    ("services.*.hours_total", &["hours"]),
    ("services.*.tickets_per_user", &["tickets / user / month"]),
    ("services.*.minutes_per_ticket", &["minutes / ticket"]),
    ("services.*.minutes_per_device", &["minutes / device / month"]),
    ("services.*.loss_per_uncovered_hour", &["hour"]),
    ("tools.*.per_user", &["user / month"]),
    ("tools.*.per_device", &["device / month"]),
    ("tools.*.monthly", &["month"]),
    ("tools.*.once", &["once"]),
    ("tools.*.uplift", &["a year"]),
    ("cost.*.monthly", &["month"]),
    ("cost.*.once", &["once"]),
    ("cost.*.uplift", &["a year"]),
    ("plugs.*.rate", &["hour"]),
    ("plugs.*.monthly", &["month"]),
    ("offers.*.per_user.minimum", &["users"]),
    ("offers.*.per_user.included_devices", &["devices / user"]),
    ("offers.*.per_user.extra_device_rate", &["device / month"]),
    ("offers.*.per_user", &["user / month"]),
    ("offers.*.per_device", &["device / month"]),
    ("offers.*.per_site", &["site / month"]),
    ("offers.*.retainer.monthly", &["month"]),
    ("offers.*.retainer.included_hours", &["hours / month"]),
    ("offers.*.*.overage_rate", &["hour"]),
    ("offers.*.block_hours.hours", &["hours"]),
    ("offers.*.block_hours.price", &["block"]),
    ("offers.*.block_hours.every_months", &["months"]),
    ("offers.*.block_hours.expires_months", &["months"]),
    ("offers.*.hourly.rate", &["hour"]),
    ("offers.*.hourly.minimum_hours", &["hours / month"]),
    ("offers.*.monthly", &["month"]),
    ("offers.*.once", &["once"]),
    ("offers.*.charges.*.rate", &["user / month", "device / month", "month"]),
    ("offers.*.charges.*.by_year", &["user / month", "device / month", "month"]),
    ("offers.*.charges.*.uplift", &["a year"]),
    ("offers.*.charges.*.tax", &["of the price"]),
    ("offers.*.charges.*.every_months", &["months"]),
    ("offers.*.contractors.headcount", &["people"]),
    ("offers.*.contractors.rate", &["hour"]),
    ("offers.*.contractors.hours_per_month", &["hours / month"]),
    ("offers.*.onboarding.fee", &["once"]),
    ("offers.*.onboarding.fee_months", &["months of fees"]),
    ("offers.*.onboarding.instalments", &["months"]),
    ("offers.*.onboarding.days", &["days"]),
    ("offers.*.uplift", &["a year"]),
    ("offers.*.free_months", &["months"]),
    ("offers.*.minimum_monthly", &["month"]),
    ("offers.*.maximum_monthly", &["month"]),
    ("offers.*.after_hours.*.multiplier", &["times"]),
    ("offers.*.after_hours.*.rate", &["hour"]),
    ("offers.*.covers.*.rate", &["hour"]),
    ("offers.*.increment_minutes", &["minutes"]),
    ("offers.*.minimum_minutes", &["minutes"]),
    ("offers.*.discounts.*.share", &["of the price"]),
    ("offers.*.out_of_scope_rate", &["hour"]),
    ("offers.*.tax", &["of the price"]),
    ("offers.*.coordination_hours", &["hours / month"]),
    ("offers.*.availability", &["of the time"]),
    ("services.*.people", &["people"]),
    ("services.*.hours.*.people", &["people"]),
    ("offers.*.covers.*.people", &["people"]),
    ("offers.*.covers.*.availability", &["of the time"]),
    ("offers.*.covers.*.share", &["of the work"]),
    ("offers.*.replaces_team.handover_months", &["months"]),
    ("offers.*.replaces_team.severance_weeks", &["weeks"]),
    ("offers.*.contract.months", &["months"]),
    ("offers.*.contract.notice_days", &["days"]),
    ("offers.*.contract.renews_months", &["months"]),
    ("offers.*.contract.renewal_uplift", &["a year"]),
    ("offers.*.contract.exit.share_of_remaining", &["of the remaining fees"]),
    ("offers.*.contract.exit.months", &["months"]),
];

/// The same for what is said about people, in `[employment]` or on a role.
const PEOPLE: &[(&str, &[&str])] = &[
    ("headcount", &["people"]),
    ("salary", &["person / year"]),
    ("on_call_pay", &["week"]),
    ("on_call.people", &["people"]),
    ("on_call.pay_per_week", &["person / week"]),
    ("on_call.calls_per_month", &["month"]),
    ("on_call.minutes_per_call", &["minutes"]),
    ("on_call.pay_per_call", &["call"]),
    ("on_call.time_off_in_lieu", &["of the time of calls"]),
    ("ramp_months", &["months"]),
    ("qualified_after", &["months"]),
    ("payroll_taxes.*.rate", &["of wages"]),
    ("payroll_taxes.*.cap", &["person / year"]),
    ("payroll_taxes.*.from", &["person / year"]),
    ("bonus", &["of salary"]),
    ("benefits", &["of salary"]),
    ("benefits_per_person", &["person / year"]),
    ("training", &["person / year"]),
    ("software", &["person / year"]),
    ("overhead", &["person / year"]),
    ("equipment", &["hire"]),
    ("recruiting", &["of salary"]),
    ("recruiting_fee", &["hire"]),
    ("raise", &["a year"]),
    ("inflation", &["a year"]),
    ("turnover", &["of the staff, a year"]),
    ("months_to_fill", &["months"]),
    ("leave_days", &["days / year"]),
    ("sick_days", &["days / year"]),
    ("training_days", &["days / year"]),
    ("holidays", &["days / year"]),
    ("workdays_per_year", &["days / year"]),
    ("weekly_hours", &["hours / week"]),
    ("utilization", &["of the time"]),
];

/// What is said about people is in these tables.
const PEOPLE_TABLES: [&str; 3] = ["employment", "team.*", "hire.*"];

/// Devices that have a unit of their own.
const DEVICES: [&str; 4] = ["workstation", "server", "network", "endpoint"];

/// Parts of a rate that are a price of a unit.
const PARTS_OF_RATES: [&str; 2] = ["rate", "tiers"];

/// The units that fit a path; none if no published figure does.
pub(super) fn of_path(path: &str) -> &'static [&'static str] {
    let Some(steps) = path::parse(path) else { return &[] };
    for table in PEOPLE_TABLES {
        if let Some(rest) = after(&steps, table) {
            return first_that_fits(PEOPLE, rest);
        }
    }
    first_that_fits(PLACES, &steps)
}

fn first_that_fits(places: &'static [(&str, &[&str])], steps: &[Step]) -> &'static [&'static str] {
    let found = places.iter().find_map(|(place, units)| Some((after(steps, place)?, *units)));
    let is_other_part =
        |step: &Step| matches!(step, Step::Name(name) if ["up_to", "flat", "bundle", "price"].contains(&name.as_str()));
    match found {
        Some((rest, units)) if !rest.iter().any(is_other_part) => units,
        _ => &[],
    }
}

/// The steps after a place, if a path begins with it.
fn after<'s>(steps: &'s [Step], place: &str) -> Option<&'s [Step]> {
    let names = place.split('.');
    let fits = |(step, name): (&Step, &str)| match step {
        Step::Name(step) => name == "*" || name == step,
        Step::Number(_) => name == "*",
    };
    let length = names.clone().count();
    (steps.len() >= length && steps.iter().zip(names).all(fits)).then(|| &steps[length..])
}

/// Whether a figure in a unit may be at a path that takes some units.
pub(super) fn fits(unit: Unit, path: &str, wanted: &[&str]) -> bool {
    if wanted.contains(&unit.name()) {
        return true;
    }
    // A workstation is a device, and a server none of the class `workstation`.
    let device = unit.name().strip_suffix(" / month").filter(|device| DEVICES.contains(device));
    device.is_some_and(|device| wanted.contains(&"device / month") && is_class(path, device))
}

/// Whether a path is of a class that a kind of device can be: any but another kind's.
fn is_class(path: &str, device: &str) -> bool {
    let steps = path::parse(path).unwrap_or_default();
    let mut names = steps.iter().filter_map(|step| match step {
        Step::Name(name) if !PARTS_OF_RATES.contains(&name.as_str()) => Some(name.as_str()),
        _ => None,
    });
    let class = names.next_back().unwrap_or_default();
    device == "endpoint" || class == device || !DEVICES.contains(&class)
}

/// Units in a row, for a message.
pub(super) fn in_words(units: &[&str]) -> String {
    let quoted: Vec<String> = units.iter().map(|unit| format!("{unit:?}")).collect();
    quoted.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::super::format::{COVER, EntryName, HOURS_PIECE, ROOT, Shape, TableFormat};
    use super::*;
    use crate::load::path::join;

    /// The paths of every number that the format knows, with `x` for names that users choose.
    fn numbers(format: &TableFormat, at: &str, found: &mut Vec<String>) {
        for key in format.all_keys() {
            let path = join(at, key.name);
            match &key.shape {
                Shape::InputOr(_, format) => {
                    found.push(path.clone());
                    numbers(format, &path, found);
                }
                Shape::Inputs(_) => found.push(format!("{path}[0]")),
                Shape::Input(_) | Shape::ByClass(..) | Shape::Rate | Shape::Rates(_) => found.push(path),
                Shape::PerUser => found.extend(["", ".rate", ".minimum", ".x"].map(|part| format!("{path}{part}"))),
                Shape::Prices => found.push(format!("{path}.x")),
                Shape::HoursOr(format) => numbers(format, &path, found),
                Shape::RequiredHours => numbers(&HOURS_PIECE, &format!("{path}[0]"), found),
                Shape::Covers => numbers(&COVER, &format!("{path}.x"), found),
                Shape::Table(format) => numbers(format, &path, found),
                Shape::Tables(format, EntryName::Number) => numbers(format, &format!("{path}[0]"), found),
                Shape::Tables(format, EntryName::By(_)) | Shape::Map(format, _) => {
                    numbers(format, &format!("{path}.x"), found);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn every_number_has_a_unit_or_takes_no_figure() {
        let mut found = Vec::new();
        numbers(&ROOT, "", &mut found);
        let without: Vec<&str> = found.iter().map(String::as_str).filter(|path| of_path(path).is_empty()).collect();
        let expected = [
            // How the scenario is set up, and what is judged by it.
            "coverage_target",
            "work_target",
            // What may be spent, which no market publishes.
            "budget",
            "budget.total",
            "budget.year_1",
            "budget.year_2",
            "budget.year_3",
            "budget.year_4",
            "budget.year_5",
            "budget.year_6",
            "budget.year_7",
            "budget.year_8",
            "budget.year_9",
            "budget.year_10",
            "budget.monthly",
            "organization.devices",
            "organization.sites",
            "organization.counts",
            "organization.change[0].month",
            "organization.change[0].users",
            "organization.change[0].devices",
            "organization.change[0].sites",
            "organization.change[0].counts",
            "organization.season[0].users",
            "organization.season[0].devices",
            "organization.season[0].sites",
            "organization.season[0].counts",
            "services.x.weight",
            "services.x.from_month",
            "services.x.until_month",
            "services.x.minutes_per",
            "team.x.rota.shift_hours",
            "team.x.rota.handover_minutes",
            "team.x.from_month",
            "team.x.until_month",
            "hire.x.rota.shift_hours",
            "hire.x.rota.handover_minutes",
            "hire.x.until_month",
            "tools.x.from_month",
            "tools.x.until_month",
            "cost.x.from_month",
            "cost.x.until_month",
            "cost.x.month",
            "offers.x.block_hours.count",
            "offers.x.charges.x.quantity",
            "offers.x.charges.x.included",
            "offers.x.charges.x.minimum",
            "offers.x.charges.x.minimum.share",
            "offers.x.charges.x.from_month",
            "offers.x.charges.x.until_month",
            "offers.x.uplift_from_year",
            "offers.x.minimum_yearly",
            "offers.x.maximum_yearly",
            "offers.x.discounts.x.from_month",
            "offers.x.discounts.x.until_month",
            "offers.x.from_month",
            "offers.x.until_month",
            "offers.x.covers.x.from_month",
            "offers.x.covers.x.until_month",
            // What a paper says.
            "offers.x.stated.monthly",
            "offers.x.stated.year_1",
            "offers.x.stated.onboarding",
            "offers.x.stated.lines.x",
            "offers.x.answers.co_managed_clients",
            "offers.x.answers.references",
        ];
        assert_eq!(without, expected);
        assert!(found.len() > 150, "{}", found.len());
    }

    #[test]
    fn a_place_says_what_fits() {
        let fits = |unit: &str, path: &str| fits(Unit::from_name(unit).expect("a unit"), path, of_path(path));
        for (unit, path, expected) in [
            ("user / month", "offers.x.per_user", true),
            ("user / month", "offers.x.per_user.rate.office", true),
            ("user / month", "offers.x.per_user.rate.tiers[1].rate", true),
            ("user / month", "offers.x.per_user.rate.tiers[1].flat", false),
            ("user / month", "offers.x.per_user.rate.tiers[1].up_to", false),
            ("month", "offers.x.per_user", false),
            ("device / month", "offers.x.per_device.server", true),
            ("server / month", "offers.x.per_device.server", true),
            ("workstation / month", "offers.x.per_device.server", false),
            ("workstation / month", "offers.x.per_device.laptop.rate", true),
            ("workstation / month", "tools.x.per_device", true),
            ("endpoint / month", "tools.x.per_device.server", true),
            ("person / year", "team.\"IT manager\".salary", true),
            ("year", "employment.training", false),
            ("of wages", "team.x.payroll_taxes[0].rate", true),
            ("hour", "offers.x.retainer.overage_rate", true),
        ] {
            assert_eq!(fits(unit, path), expected, "{unit} at {path}");
        }
    }
}
