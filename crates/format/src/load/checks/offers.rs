//! Rules about offers.

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Input, Offer, Scenario};

use super::super::path::join;
use super::super::read::Places;
use super::super::reader::Reader;
use super::place;

fn path_of(offer: &Offer, rest: &str) -> String {
    format!("{}.{rest}", join("offers", &offer.key))
}

/// An offer has a charge, or a price once.
pub(super) fn offers_have_a_price(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for ((offer, span), has_price) in scenario.offers.iter().zip(&places.offers).zip(&places.priced) {
        if *has_price {
            continue;
        }
        let message = format!("the offer `{}` has no price", offer.key);
        let diagnostic = Diagnostic::error("no-charge", message).at(span.clone(), "this offer");
        let hint =
            "add per_user, per_device, per_site, retainer, block_hours, hourly, monthly, charges, contractors or once";
        reader.report(diagnostic.path(join("offers", &offer.key)).hint(hint));
    }
}

/// Onboarding costs a fee or a multiple of a month.
pub(super) fn onboarding_has_one_fee(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let onboarding = &offer.onboarding;
        let (Some(_), Some(multiple)) = (onboarding.fee, onboarding.fee_months) else { continue };
        let span = place(reader, multiple, &offer.span);
        let diagnostic = Diagnostic::error("both-onboarding-fees", "onboarding has a fee and a multiple of a month");
        let hint = "leave `fee` or `fee_months` out";
        reader.report(diagnostic.at(span, "the second fee").path(path_of(offer, "onboarding")).hint(hint));
    }
}

/// Hours beyond those bought have a rate of their own only where lots are bought by schedule.
pub(super) fn overage_needs_a_schedule(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let Some(block) = offer.block_hours() else { continue };
        let (Some(rate), None) = (block.overage_rate, block.every_months) else { continue };
        let span = place(reader, rate, &offer.span);
        let message = "blocks bought as needed cover every hour, so none is billed at `overage_rate`";
        let diagnostic = Diagnostic::error("overage-needs-schedule", message).at(span, "needs `every_months`");
        let hint = "add `every_months`, or leave `overage_rate` out";
        reader.report(diagnostic.path(path_of(offer, "block_hours.overage_rate")).hint(hint));
    }
}

/// A renewal that raises prices falls on an anniversary.
pub(super) fn renewals_are_anniversaries(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let Some(contract) = &offer.contract else { continue };
        let Some(uplift) = contract.renewal_uplift else { continue };
        let Some(renews) = contract.renews_months else {
            let span = place(reader, uplift, &offer.span);
            let diagnostic = Diagnostic::error("missing-key", "a contract that does not renew has no renewal uplift");
            let hint = "add `renews_months`, a multiple of 12";
            let path = path_of(offer, "contract.renewal_uplift");
            reader.report(diagnostic.at(span, "needs `renews_months`").path(path).hint(hint));
            continue;
        };
        check_yearly(offer, "months", contract.months, reader);
        check_yearly(offer, "renews_months", renews, reader);
    }
}

fn check_yearly(offer: &Offer, name: &str, months: Input, reader: &mut Reader) {
    let Some(value) = reader.good(months) else { return };
    if value.checked_rem(Decimal::from(12)).is_some_and(|rest| rest.is_zero()) {
        return;
    }
    let path = path_of(offer, &format!("contract.{name}"));
    let span = place(reader, months, &offer.span);
    let message = format!("`{path}` must be a multiple of 12 where a renewal raises prices");
    let diagnostic = Diagnostic::error("renewal-not-yearly", message).at(span, "not whole years");
    reader.report(diagnostic.path(path).hint("prices change at anniversaries only"));
}

/// A rate beyond the included hours means nothing where no hours are included.
pub(super) fn retainers_count_their_hours(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for offer in &scenario.offers {
        let Some(retainer) = offer.retainer() else { continue };
        let (Some(rate), None) = (retainer.overage_rate, retainer.included_hours) else { continue };
        let span = place(reader, rate, &offer.span);
        let message = "this retainer includes no hours, so `overage_rate` never applies";
        let diagnostic = Diagnostic::warning("overage-without-included", message).at(span, "has no effect");
        let hint = "add `included_hours`, or leave `overage_rate` out";
        reader.report(diagnostic.path(path_of(offer, "retainer.overage_rate")).hint(hint));
    }
}

/// People under the client's lead work their hours and take on nothing beyond them.
pub(super) fn contractors_take_no_overflow(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for (offer, span) in scenario.offers.iter().zip(&places.overflow) {
        let Some(span) = span else { continue };
        let message = "contractors take no overflow";
        let diagnostic = Diagnostic::warning("contractor-overflow", message).at(span.clone(), "has no effect");
        reader.report(diagnostic.path(path_of(offer, "covers")).hint("leave `overflow` out"));
    }
}
