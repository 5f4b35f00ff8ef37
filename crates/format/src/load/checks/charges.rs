//! Rules about price lists, limits on invoices, discounts and hours that have rates of their own.

use std::collections::HashSet;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{BandPrice, Billed, Cover, Input, Measure, Offer, PriceLine, Scenario};
use comanage_model::source::Span;

use super::super::path::join;
use super::super::read::Places;
use super::super::reader::Reader;
use super::{good, place};

/// Reports a fault where a number is written.
fn report_at(reader: &mut Reader, offer: &Offer, input: Input, finding: Diagnostic, label: &str) {
    let span = place(reader, input, &offer.span);
    let path = reader.inputs.about(input).path.clone();
    reader.report(finding.at(span, label).path(path));
}

/// Charges and discounts are known by their names: in paths, in options, and where another file is laid
/// over them.
pub(super) fn charges_have_names_of_their_own(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let lines = offer.price_lines().filter_map(|line| Some((line.name(), line.span.as_ref()?)));
        report_twice(reader, offer, ("charges", "charge"), lines);
        let discounts = offer.discounts.iter().map(|discount| (discount.name.as_str(), &discount.span));
        report_twice(reader, offer, ("discounts", "discount"), discounts);
    }
}

fn report_twice<'n>(
    reader: &mut Reader,
    offer: &Offer,
    (list, entry): (&str, &str),
    named: impl Iterator<Item = (&'n str, &'n Span)>,
) {
    let mut seen = HashSet::new();
    for (name, span) in named.filter(|(name, _)| !name.is_empty()) {
        if seen.insert(name) {
            continue;
        }
        let message = format!("two {list} of `{}` are called {name:?}", offer.key);
        let diagnostic = Diagnostic::error("duplicate-name", message).at(span.clone(), "again here");
        let path = join(&format!("{}.{list}", join("offers", &offer.key)), name);
        reader.report(diagnostic.path(path).hint(format!("give each {entry} a name of its own")));
    }
}

/// Some keys mean something beside others only.
pub(super) fn keys_of_charges_fit(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        for line in offer.price_lines() {
            if let Some(quantity) = line.quantity.filter(|_| line.measure != Measure::Months) {
                let message = "only what is charged per month has a quantity of its own";
                let finding = Diagnostic::error("quantity-not-counted", message);
                let hint = "write per = \"month\", or leave `quantity` out";
                report_at(reader, offer, quantity, finding.hint(hint), "this charge counts its units");
            }
            if let Some(every) = line.every_months.filter(|_| line.measure == Measure::Tickets) {
                let finding = Diagnostic::error("tickets-in-advance", "tickets are not paid in advance");
                let label = "tickets are billed in the month they come";
                report_at(reader, offer, every, finding.hint("leave `every_months` out"), label);
            }
            if let (true, None, Some(span)) = (line.spread, line.every_months, &line.span) {
                let message = format!("the rate of {:?} is for one month, so there is nothing to spread", line.name());
                let finding = Diagnostic::warning("spread-without-months", message).at(span.clone(), "has no effect");
                let path = join(&format!("{}.charges", join("offers", &offer.key)), line.name());
                reader.report(finding.path(path).hint("add `every_months`, or leave `spread` out"));
            }
        }
    }
}

/// What parts of an onboarding fee are counted in, and in how many parts it is paid, needs a fee.
pub(super) fn onboarding_terms_have_a_fee(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let onboarding = &offer.onboarding;
        let path = |key: &str| format!("{}.onboarding.{key}", join("offers", &offer.key));
        if let (Some(_), None, Some(span)) = (&onboarding.of, onboarding.fee_months, &onboarding.of_span) {
            let message = "`of` names the charges that `fee_months` counts, and there is no `fee_months`";
            let finding = Diagnostic::warning("half-an-onboarding-fee", message).at(span.clone(), "has no effect");
            reader.report(finding.path(path("of")).hint("add `fee_months`, or leave `of` out"));
        }
        let has_fee = onboarding.fee.is_some() || onboarding.fee_months.is_some();
        if let Some(parts) = onboarding.instalments.filter(|_| !has_fee) {
            let message = "`instalments` are parts of a fee, and there is no fee";
            let finding = Diagnostic::warning("half-an-onboarding-fee", message);
            report_at(reader, offer, parts, finding.hint("add `fee` or `fee_months`"), "has no effect");
        }
    }
}

/// A floor lies at or below a cap.
pub(super) fn uplifts_have_room(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let of_lines = offer.price_lines().filter_map(|line| line.uplift);
        for uplift in std::iter::once(offer.uplift).chain(of_lines) {
            let (Some(input), Some(floor), Some(cap)) =
                (uplift.cap, good(reader, uplift.floor), good(reader, uplift.cap))
            else {
                continue;
            };
            if cap < floor {
                let finding = Diagnostic::error("floor-above-cap", "the floor of this uplift lies above its cap");
                report_at(
                    reader,
                    offer,
                    input,
                    finding.hint("write the lower of the two as `floor`"),
                    "below the floor",
                );
            }
        }
    }
}

/// The least of an invoice is at most the most of it.
pub(super) fn limits_have_room(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let minimum = Some(offer.minimum_monthly);
        for (minimum, maximum) in [(minimum, offer.maximum_monthly), (offer.minimum_yearly, offer.maximum_yearly)] {
            let (Some(input), Some(min), Some(max)) = (maximum, good(reader, minimum), good(reader, maximum)) else {
                continue;
            };
            if max < min {
                let finding = Diagnostic::error("minimum-above-maximum", "the minimum lies above the maximum");
                let hint = "write the lower of the two as the minimum";
                report_at(reader, offer, input, finding.hint(hint), "below the minimum");
            }
        }
    }
}

/// What is paid for several months at once has no monthly limit.
pub(super) fn limits_fit_the_payments(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let is_in_advance =
            |line: &&PriceLine| !line.spread && good(reader, line.every_months).is_some_and(|months| months > 1.into());
        let Some(name) = offer.price_lines().find(is_in_advance).map(|line| line.name().to_string()) else { continue };
        // A minimum of nothing, which is the default, limits nothing.
        let is_limit = |&minimum: &Input| reader.good(minimum).is_some_and(|minimum| !minimum.is_zero());
        let minimum = Some(offer.minimum_monthly).filter(is_limit);
        for (limit, yearly) in [(minimum, "minimum_yearly"), (offer.maximum_monthly, "maximum_yearly")] {
            let Some(limit) = limit else { continue };
            let message = format!("{name:?} is paid for several months at once, so no month can be held to a limit");
            let hint = format!("write `{yearly}`, or `spread = true` at the charge");
            let finding = Diagnostic::error("monthly-limit", message).hint(hint);
            report_at(reader, offer, limit, finding, "a limit on each month");
        }
    }
}

/// A band's rate is held against the rate of the work.
pub(super) fn bands_have_a_rate_to_raise(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let has_rate = |cover: &Cover| {
            offer.rate_of_work(cover).is_some_and(|rate| reader.good(rate).is_none_or(|rate| !rate.is_zero()))
        };
        let counts_flat = offer.retainer().is_some_and(|retainer| retainer.included_hours.is_some());
        let is_counted = |cover: &Cover| cover.billed == Billed::Hours || counts_flat;
        let all_have = offer.covers.iter().filter(|cover| is_counted(cover)).all(has_rate);
        let any_has = offer.covers.iter().any(has_rate) || offer.covers.is_empty();
        if all_have && any_has {
            continue;
        }
        for band in &offer.after_hours {
            let BandPrice::Rate(rate) = band.price else { continue };
            let message = "a band's rate is charged in place of that of the work, and the work has none";
            let hint = "add `hourly`, an `overage_rate` or a `rate` at the cover, or write `multiplier`";
            let finding = Diagnostic::error("no-rate-of-work", message).hint(hint);
            report_at(reader, offer, rate, finding, "in place of no rate");
        }
    }
}

/// An hourly rate is for covers that are billed by the hour.
pub(super) fn hourly_rates_are_used(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let Some(hourly) = offer.hourly() else { continue };
        let is_used = |cover: &Cover| cover.billed == Billed::Hours && cover.rate.is_none();
        let has_minimum = good(reader, Some(hourly.minimum_hours)).is_some_and(|hours| !hours.is_zero());
        if has_minimum || offer.covers.is_empty() || offer.covers.iter().any(is_used) {
            continue;
        }
        let finding = Diagnostic::warning("hourly-rate-unused", "no cover of this offer is billed at the hourly rate");
        let hint = "write billed = \"hours\" at the covers that it is for";
        report_at(reader, offer, hourly.rate, finding.hint(hint), "has no effect");
    }
}
