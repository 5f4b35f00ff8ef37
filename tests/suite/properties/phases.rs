//! A phased alternative is its parts: month by month, an offer bills in it what it bills where it is the
//! only one.

use comanage_analysis::compare::{Compared, compare};
use comanage_format::load::Document;
use comanage_model::ledger::{Entry, LineSource};
use rust_decimal::Decimal;

use crate::random;

/// The lines of an offer: month, what made it, quantity and amount.
fn lines(of: &Compared<'_>, offer: &str) -> Vec<(u32, Entry, Option<Decimal>, Option<Decimal>)> {
    let plan = &of.evaluation.staffing;
    let of_offer = |source: LineSource| match source {
        LineSource::Provider { engagement, entry } if plan.engagements[engagement].offer.key == offer => Some(entry),
        _ => None,
    };
    let lines = of.evaluation.ledger.lines.iter();
    lines.filter_map(|line| Some((line.month, of_offer(line.source)?, line.quantity.0, line.amount.0))).collect()
}

#[test]
fn phases_bill_what_their_parts_bill() {
    let mut checked = 0;
    for seed in 0..400 {
        let text = random::scenario(seed);
        // Who leaves with one offer is no longer there when the next begins, and the work is another.
        if text.contains("replaces_team") || text.contains("[simulation]") {
            continue;
        }
        let read = |text: &str| Document::parse("s.toml", text.as_bytes(), &mut |_| unreachable!()).read().scenario;
        let Some(offers) = read(&text).map(|scenario| scenario.offers) else { continue };
        let [first, second, ..] = offers.as_slice() else { continue };
        let last = 2 + (seed as u32) % 5;
        let from = last + 1;
        let phase = |offer: &str, months: &str| format!("{{ offer = {offer:?}, {months} }}");
        let before = phase(&first.key, &format!("until_month = {last}"));
        let after = phase(&second.key, &format!("from_month = {from}"));
        let text = format!(
            "{text}\n[alternatives.phases_both]\noffers = [{before}, {after}]\n\
             [alternatives.phases_before]\noffers = [{before}]\n[alternatives.phases_after]\noffers = [{after}]\n"
        );
        let Some(scenario) = read(&text) else { continue };
        let Ok(comparison) = compare(&scenario) else { continue };
        let find = |id: &str| comparison.alternatives.iter().find(|of| of.id() == id).expect("it is there");
        let (both, before, after) = (find("phases_both"), find("phases_before"), find("phases_after"));
        assert_eq!(lines(both, &first.key), lines(before, &first.key), "seed {seed}: {}", first.key);
        assert_eq!(lines(both, &second.key), lines(after, &second.key), "seed {seed}: {}", second.key);
        checked += usize::from(!lines(both, &first.key).is_empty() && !lines(both, &second.key).is_empty());
    }
    assert!(checked > 20, "{checked} scenarios have two phases that bill");
}
