//! An evaluation: a random scenario with wild numbers is refused with a reason, or its figures are sums
//! of its ledger and its shares are shares.
//!
//! The first bytes say which numbers become which, the rest are the choices of the generator.

use std::io;
use std::ops::Range;

use comanage_analysis::compare::{Comparison, compare};
use comanage_format::load::Document;
use comanage_model::diagnostic::Severity;
use comanage_model::scenario::Scenario;
use rust_decimal::Decimal;

use crate::random::{Dice, Ranges, scenario_of};

/// What numbers become: bounds of the format, and what lies beside and far beyond them.
const WILD: [&str; 28] = [
    "0",
    "1",
    "-1",
    "2",
    "12",
    "13",
    "100",
    "101",
    "120",
    "121",
    "0.5",
    "0.01",
    "0.005",
    "0.0000001",
    "-0.01",
    "999999",
    "1000000000",
    "1000000001",
    "1e9",
    "1e28",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "365",
    "366",
    "168",
    "1440",
    "33.333333333333",
    "-100",
];

/// Evaluates the scenario that bytes choose.
pub fn run(bytes: &[u8]) {
    let Some((scenario, is_wild)) = scenario(bytes) else { return };
    match compare(&scenario) {
        Ok(comparison) => is_sound(&scenario, &comparison),
        Err(refusal) => assert!(!refusal.message.is_empty() && is_wild, "{refusal:?}"),
    }
}

/// The scenario that bytes choose, if it is one, and whether numbers were put in the place of its own.
pub fn scenario(bytes: &[u8]) -> Option<(Scenario, bool)> {
    let (&many, bytes) = bytes.split_first()?;
    let changes = bytes.len().min(usize::from(many % 8) * 3);
    let (changes, choices) = bytes.split_at(changes);
    let mut text = scenario_of(Dice::of_choices(choices), "of choices", Ranges::Wide, false);
    changes.as_chunks::<3>().0.iter().for_each(|change| make_wild(&mut text, *change));
    let loaded = Document::parse("random.toml", text.as_bytes(), &mut |_| Err(io::ErrorKind::NotFound.into())).read();
    let is_wrong = loaded.diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(loaded.scenario.is_none(), is_wrong);
    assert!(!changes.is_empty() || !is_wrong, "the generator's scenarios are valid: {:?}", loaded.diagnostics);
    Some((loaded.scenario?, !changes.is_empty()))
}

/// Puts another number in the place of one.
fn make_wild(text: &mut String, [high, low, which]: [u8; 3]) {
    let numbers = numbers(text);
    let place = usize::from(u16::from_be_bytes([high, low])) % numbers.len().max(1);
    if let Some(place) = numbers.into_iter().nth(place) {
        text.replace_range(place, WILD[usize::from(which) % WILD.len()]);
    }
}

/// Where numbers stand, whatever they are for.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'_');
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = (at..bytes.len()).find(|&end| !is_part(bytes[end])).unwrap_or(bytes.len());
        let is_number = bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_alphabetic());
        if is_number {
            found.push(at..end);
        }
        at = end.max(at + 1);
    }
    found
}

fn is_sound(scenario: &Scenario, comparison: &Comparison) {
    let term = scenario.term_months as usize;
    for of in &comparison.alternatives {
        let mut months = vec![Decimal::ZERO; term + 1];
        for line in &of.evaluation.ledger.lines {
            months[line.month as usize] += line.amount.0.expect("a ledger that was summed has room");
        }
        let sums: Vec<Decimal> = of.sums.months.iter().map(|month| month.0).collect();
        assert_eq!(sums, months, "{}", of.id());
        let total: Decimal = months.iter().sum();
        assert_eq!(of.sums.total.0, total, "{}", of.id());
        assert_eq!(of.sums.years.iter().map(|year| year.0).sum::<Decimal>(), total, "{}", of.id());
        assert_eq!(of.sums.categories.iter().map(|(_, sum)| sum.0).sum::<Decimal>(), total, "{}", of.id());
        let baseline = comparison.baseline.map(|baseline| comparison.alternatives[baseline].sums.total);
        assert_eq!(of.saving, baseline.map(|baseline| baseline - of.sums.total), "{}", of.id());
        shares_are_shares(of);
    }
    assert!(comparison.cheapest.is_none_or(|cheapest| cheapest < comparison.alternatives.len()));
    assert!(comparison.recommended.is_none_or(|best| comparison.alternatives[best].meets_targets()));
}

fn shares_are_shares(of: &comanage_analysis::compare::Compared) {
    let coverage = &of.evaluation.coverage;
    let pooled = [coverage.scheduled, coverage.expected, coverage.expected_term, coverage.on_duty];
    let services = coverage.services.iter().flat_map(|of| [of.scheduled, of.expected, of.expected_term]);
    for share in pooled.into_iter().chain(services).chain([of.work.share]).flatten() {
        assert!((0.0..=1.0).contains(&share), "{}: {share}", of.id());
    }
    assert!(coverage.covered_hours.is_finite() && coverage.covered_hours >= 0.0, "{}", of.id());
}
