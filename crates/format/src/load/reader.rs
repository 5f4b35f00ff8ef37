//! What all readers of tables share: the findings so far and the numbers so far.

use std::collections::HashSet;

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::Currency;
use comanage_model::scenario::{Input, InputInfo, Inputs, Kind, Origin, Range};
use comanage_model::source::Span;

use super::format::{Limit, Quantity};
use super::nearest;
use super::pack::Packs;
use super::rates::ClassNames;

/// The state of reading a scenario.
pub(super) struct Reader {
    /// Everything found so far.
    pub diagnostics: Vec<Diagnostic>,
    /// Every number so far.
    pub inputs: Inputs,
    /// The currency, which says how money may be written.
    pub currency: Currency,
    /// The published figures that may be taken by name.
    pub rates: Packs,
    /// The classes of users, in the order they are first named.
    pub users: ClassNames,
    /// The classes of devices, likewise.
    pub devices: ClassNames,
    /// Other counted things, likewise.
    pub things: ClassNames,
    /// Keys of the file under which nothing could be read; references there are left alone.
    pub lost: Vec<&'static str>,
    /// Numbers that could not be read; checks leave them alone.
    bad: HashSet<Input>,
    /// Names still to be compared for suggestions: in a file that is all wrong they cost too much.
    comparisons: usize,
}

/// Where a number stands and what is said next to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Annotations {
    /// Its dotted path.
    pub path: String,
    /// `source` of the nearest table that has one.
    pub source: Option<String>,
    /// `note` of its table.
    pub note: Option<String>,
}

impl Reader {
    /// A reader that has read nothing.
    pub fn new(currency: Currency) -> Self {
        Self {
            diagnostics: Vec::new(),
            inputs: Inputs::default(),
            currency,
            rates: Packs::none(),
            users: ClassNames::default(),
            devices: ClassNames::default(),
            things: ClassNames::default(),
            lost: Vec::new(),
            bad: HashSet::new(),
            comparisons: 100_000,
        }
    }

    /// A reader that has read the same file with other numbers in it, and found nothing yet.
    pub fn with_inputs(&self, inputs: Inputs) -> Self {
        Self { inputs, rates: self.rates.clone(), lost: self.lost.clone(), ..Self::new(self.currency) }
    }

    /// Reports a finding.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds a number.
    pub fn add(
        &mut self,
        value: Decimal,
        quantity: &Quantity,
        origin: Origin,
        range: Option<Range>,
        beside: Annotations,
    ) -> Input {
        let (min, max) = self.bounds(quantity);
        let (min, max) = (Some(min), Some(max));
        let Annotations { path, source, note } = beside;
        self.inputs.add(value, InputInfo { path, kind: quantity.kind, min, max, origin, range, source, note })
    }

    /// Adds a number that could not be read, so that reading can go on.
    pub fn add_invalid(&mut self, quantity: &Quantity, beside: Annotations) -> Input {
        let input = self.add(Decimal::ZERO, quantity, Origin::LeftOut, None, beside);
        self.bad.insert(input);
        input
    }

    /// Whether a number was read.
    pub fn is_good(&self, input: Input) -> bool {
        !self.bad.contains(&input)
    }

    /// The value of a number, if it was read.
    pub fn good(&self, input: Input) -> Option<Decimal> {
        self.is_good(input).then(|| self.inputs.value(input))
    }

    /// Where a number was written.
    pub fn written(&self, input: Input) -> Option<&Span> {
        match &self.inputs.about(input).origin {
            Origin::Written(span) | Origin::Pack { span, .. } => Some(span),
            Origin::Default { .. } | Origin::LeftOut => None,
        }
    }

    /// The candidate nearest to a name.
    pub fn nearest<'c>(&mut self, name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
        nearest::nearest_within(name, candidates, &mut self.comparisons)
    }

    /// The least and the most a draw may be. An open end is the next value that one would write.
    fn bounds(&self, quantity: &Quantity) -> (Decimal, Decimal) {
        let unit = |value: i64| match quantity.kind {
            Kind::Share => Decimal::new(value, 2),
            _ => Decimal::from(value),
        };
        let step = Decimal::new(1, quantity.kind.digits(self.currency));
        let min = match quantity.min {
            Limit::From(value) => unit(value),
            Limit::Above(value) => unit(value).checked_add(step).unwrap_or_else(|| unit(value)),
        };
        (min, unit(quantity.max))
    }
}
