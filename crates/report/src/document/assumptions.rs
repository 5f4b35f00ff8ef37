//! What a result rests on and the file does not say itself: values that the user set, defaults, and
//! figures from packs.

use rust_decimal::Decimal;

use super::Block;
use crate::figures::written;
use comanage_model::scenario::{Origin, Scenario};

/// A value that was taken from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed<'a> {
    /// Its dotted path.
    pub path: &'a str,
    /// The value in use, as one would write it.
    pub value: String,
    /// The ends of the range it is of, if it is uncertain.
    pub range: Option<(String, String)>,
    /// Who says so.
    pub source: &'a str,
    /// When, as year and month, or the year.
    pub date: &'a str,
    /// The name of the published figure; none for a default.
    pub from: Option<&'a str>,
}

/// Values that the user set, then defaults and published figures in use, in the order they were read.
pub fn assumed(scenario: &Scenario) -> impl Iterator<Item = Assumed<'_>> {
    let set = scenario.overrides.iter().map(|own| Assumed {
        path: &own.path,
        value: own.value.clone(),
        range: None,
        source: "set by the user",
        date: "for this run",
        from: None,
    });
    let taken = scenario.inputs.iter().filter_map(|(_, value, about)| {
        let (source, date, from) = match &about.origin {
            Origin::Default { source, date } => (*source, *date, None),
            Origin::Pack { key, source, date, .. } => (source.as_str(), date.as_str(), Some(key.as_str())),
            Origin::Written(_) | Origin::LeftOut => return None,
        };
        let show = |value: Decimal| written(value, about.kind);
        let range = about.range.as_ref().map(|range| (show(range.low), show(range.high)));
        Some(Assumed { path: &about.path, value: show(value), range, source, date, from })
    });
    set.chain(taken)
}

/// The same in print.
pub(super) fn assumptions(scenario: &Scenario) -> Vec<Block> {
    let line = |of: Assumed<'_>| {
        let range = of.range.map(|(low, high)| format!(", of {low} to {high}")).unwrap_or_default();
        let key = of.from.map(|key| format!("`{key}`: ")).unwrap_or_default();
        format!("`{}` = {}{range} ({key}{}, {})", of.path, of.value, of.source, of.date)
    };
    let lines: Vec<String> = assumed(scenario).map(line).collect();
    if lines.is_empty() {
        return vec![Block::Paragraph("None: the file states every figure.".into())];
    }
    vec![Block::List(lines)]
}
