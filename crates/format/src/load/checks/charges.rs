//! Rules about price lists, limits on invoices, discounts and hours that have rates of their own.

use std::collections::HashSet;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{BandPrice, Billed, Charge, Cover, Input, Measure, Offer, PriceLine, Scenario};

use super::super::path::join;
use super::super::read::Places;
use super::super::reader::Reader;
use super::{good, place};

fn path_of(offer: &Offer, table: &str, name: &str) -> String {
    join(&format!("{}.{table}", join("offers", &offer.key)), name)
}

/// Reports a fault where a number stands.
fn report_at(reader: &mut Reader, offer: &Offer, input: Input, finding: Diagnostic, label: &str) {
    let span = place(reader, input, &offer.span);
    let path = reader.inputs.about(input).path.clone();
    reader.report(finding.at(span, label).path(path));
}

/// Charges and discounts are known by their names.
pub(super) fn charges_have_names_of_their_own(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let named = offer.price_lines().filter_map(|line| line.name.as_deref());
        report_twice(reader, offer, "charges", named);
        report_twice(reader, offer, "discounts", offer.discounts.iter().map(|discount| discount.name.as_str()));
    }
}

fn report_twice<'n>(reader: &mut Reader, offer: &Offer, table: &str, names: impl Iterator<Item = &'n str>) {
    let mut seen = HashSet::new();
    for name in names.filter(|name| !seen.insert(*name)) {
        let message = format!("several {table} of `{}` are called {name:?}", offer.key);
        let diagnostic = Diagnostic::error("duplicate-name", message).at(offer.span.clone(), "in this offer");
        reader.report(diagnostic.path(path_of(offer, table, name)).hint("give each a name of its own"));
    }
}

/// Some keys mean something beside others only.
pub(super) fn keys_of_charges_fit(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        for line in offer.price_lines() {
            let error = |code, message: &str, hint: &str| Diagnostic::error(code, message).hint(hint);
            if let Some(quantity) = line.quantity.filter(|_| line.measure != Measure::Months) {
                let message = "only what is charged by the month has a quantity of its own";
                let finding = error("quantity-not-counted", message, "write per = \"month\", or leave `quantity` out");
                report_at(reader, offer, quantity, finding, "this line counts its units");
            }
            if let Some(every) = line.every_months.filter(|_| line.measure == Measure::Tickets) {
                let finding = error("tickets-in-advance", "tickets are not paid in advance", "leave `every_months` out");
                report_at(reader, offer, every, finding, "tickets are counted when they came");
            }
            if line.spread && line.every_months.is_none() {
                let finding = Diagnostic::warning("spread-without-months", "a rate for one month is paid in one part");
                let finding = finding.at(offer.span.clone(), "in this offer").path(path_of(offer, "charges", line.name()));
                reader.report(finding.hint("add `every_months`, or leave `spread` out"));
            }
            report_order(reader, offer, line.from_month, line.until_month);
        }
        for discount in &offer.discounts {
            report_order(reader, offer, discount.from_month, discount.until_month);
        }
    }
}

/// What ends does so after it begins.
fn report_order(reader: &mut Reader, offer: &Offer, from: Option<Input>, until: Option<Input>) {
    let (Some(until_input), Some(first), Some(last)) = (until, good(reader, from), good(reader, until)) else { return };
    if last < first {
        let finding = Diagnostic::error("ends-before-start", "this ends before it begins");
        let finding = finding.hint(format!("it begins in month {first} of the offer"));
        report_at(reader, offer, until_input, finding, "before its first month");
    }
}

/// A floor lies below a cap.
pub(super) fn uplifts_have_room(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let of_lines = offer.price_lines().filter_map(|line| line.uplift);
        for uplift in std::iter::once(offer.uplift).chain(of_lines) {
            let (Some(cap), Some(least), Some(most)) = (uplift.cap, good(reader, uplift.floor), good(reader, uplift.cap))
            else {
                continue;
            };
            if most < least {
                let finding = Diagnostic::error("floor-above-cap", "the floor of this rise lies above its cap");
                report_at(reader, offer, cap, finding.hint("write the lower one as `floor`"), "below the floor");
            }
        }
    }
}

/// What is paid for several months at once has no monthly limit.
pub(super) fn limits_fit_the_payments(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let is_in_advance = |line: &PriceLine| {
            !line.spread && good(reader, line.every_months).is_some_and(|months| months > 1.into())
        };
        let Some(name) = offer.price_lines().find(|line| is_in_advance(line)).map(|line| line.name().to_string()) else {
            continue;
        };
        let minimum = Some(offer.minimum_monthly).filter(|&minimum| reader.written(minimum).is_some());
        for (limit, yearly) in [(minimum, "minimum_yearly"), (offer.maximum_monthly, "maximum_yearly")] {
            let Some(limit) = limit else { continue };
            let message = format!("{name:?} is paid for several months at once, so months cannot be held to a limit");
            let hint = format!("write `{yearly}`, or `spread = true` at the charge");
            let finding = Diagnostic::error("monthly-limit", message).hint(hint);
            report_at(reader, offer, limit, finding, "a limit of each month");
        }
    }
}

/// A band's rate needs a rate of the work to be held against.
pub(super) fn bands_have_a_rate_to_raise(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let counts_flat = offer.retainer().is_some_and(|retainer| retainer.included_hours.is_some());
        let is_counted = |cover: &&Cover| cover.billed == Billed::Hours || counts_flat;
        let missing = match offer.covers.iter().filter(is_counted).find(|cover| offer.rate_of_work(cover).is_none()) {
            Some(_) => true,
            None => offer.covers.iter().all(|cover| offer.rate_of_work(cover).is_none()),
        };
        let rates = offer.after_hours.iter().filter_map(|band| match band.price {
            BandPrice::Rate(rate) => Some(rate),
            BandPrice::Multiplier(_) => None,
        });
        for rate in rates.filter(|_| missing) {
            let message = "a rate of a band takes the place of that of the work, and the work has none";
            let finding = Diagnostic::error("no-rate-of-work", message);
            let hint = "add `hourly`, `overage_rate` or a `rate` at the cover, or write `multiplier`";
            report_at(reader, offer, rate, finding.hint(hint), "in place of no rate");
        }
    }
}

/// An hourly rate is for covers that are billed by the hour.
pub(super) fn hourly_rates_are_used(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let Some(hourly) = offer.hourly() else { continue };
        let is_used = |cover: &Cover| cover.billed == Billed::Hours && cover.rate.is_none();
        let has_minimum = good(reader, Some(hourly.minimum_hours)).is_some_and(|hours| !hours.is_zero());
        let is_named = offer.charges.iter().any(|charge| matches!(charge, Charge::BlockHours(_)));
        if has_minimum || is_named || offer.covers.is_empty() || offer.covers.iter().any(is_used) {
            continue;
        }
        let finding = Diagnostic::warning("hourly-rate-unused", "no cover of this offer is billed by the hour");
        let hint = "write billed = \"hours\" at the covers that it is for";
        report_at(reader, offer, hourly.rate, finding.hint(hint), "bills no hour");
    }
}
