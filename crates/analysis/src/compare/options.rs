//! Options that an alternative does not take: its price is without them.

use super::Compared;
use super::alike::Kind;

/// The optional charges that are not in the price, offer by offer.
pub(super) fn not_taken() -> Kind<'static> {
    Kind::note("option-not-taken", "options that are not in the price:", found)
        .hint("`quotes` prices each; an alternative takes them with options = [\"OFFER.NAME\"]")
}

fn found(alternative: &Compared) -> Vec<String> {
    let staffing = &alternative.evaluation.staffing;
    let taken = &staffing.alternative.options;
    let mut options = Vec::new();
    for of in staffing.alternative.offers.iter().map(|offer| offer.of) {
        let offer = &staffing.scenario.offers[of];
        let optional = offer.charges.iter().enumerate().filter(|(_, charge)| charge.is_optional());
        let left = optional.filter(|(charge, _)| !taken.contains(&(of, *charge)));
        options.extend(left.map(|(_, charge)| format!("{} of {}", charge.name(), offer.name)));
    }
    options
}
