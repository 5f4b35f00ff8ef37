//! A scenario that the rows of a form are set in, and what is known of it once and for all.
//!
//! What rows have in common is worked out once: which columns the rules between numbers look at, the
//! frames, and the programs.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::lanes::{Lanes, Numbers};
use crate::frames::{Base, Frames};
use comanage_expr::trace::record;
use comanage_format::load::{Column, Template};
use comanage_model::scenario::{Input, Scenario};

/// A scenario that the rows of a form are set in.
pub struct CompiledBase {
    /// The scenario, with the rules between numbers.
    pub template: Template,
    /// The ids of its alternatives.
    pub ids: Vec<Arc<str>>,
    /// The place of each column's number; none where the form leaves the column out.
    pub inputs: Vec<Option<Input>>,
    /// Whether a rule between numbers looks at any of them.
    pub is_checked: bool,
    /// What does not depend on money and work.
    pub frames: Frames,
    /// What runs rows over lanes.
    pub lanes: Lanes,
}

impl CompiledBase {
    /// Prepares the scenario of a form. None where a column has no number of its own in it.
    /// `ids` are those of the base, which it shares.
    pub fn new(
        template: Template,
        columns: &[Column],
        ids: &[Arc<str>],
        is_left_out: impl Fn(usize) -> bool,
    ) -> Option<Self> {
        let input = |(number, column): (usize, &Column)| match is_left_out(number) {
            true => Some(None),
            false => template.input(&column.path).map(Some),
        };
        let inputs = columns.iter().enumerate().map(input).collect::<Option<Vec<_>>>()?;
        let (_, checked) = record(|| template.check(&template.scenario.inputs).is_ok());
        let shared = |id: &str| ids.iter().find(|of| of.as_ref() == id).map_or_else(|| id.into(), Arc::clone);
        let ids =
            template.scenario.alternatives.iter().map(|alternative| shared(&alternative.id)).collect::<Vec<Arc<str>>>();
        let is_checked =
            !Base { scenario: &template.scenario, ids: &ids, inputs: &inputs }.columns_read(&checked).is_empty();
        Some(Self { template, ids, inputs, is_checked, frames: Frames::default(), lanes: Lanes::default() })
    }

    /// Whether rows keep the rules between numbers; those that do not are reported why when they are
    /// evaluated alone.
    pub fn keeps_rules(&self) -> impl FnMut(&Numbers, usize) -> bool {
        let mut scenario = self.template.scenario.clone();
        move |numbers, place| {
            self.base().set(&mut scenario, numbers.row(place));
            self.template.check(&scenario.inputs).is_ok()
        }
    }

    /// What rows are set in.
    pub fn base(&self) -> Base<'_> {
        Base { scenario: &self.template.scenario, ids: &self.ids, inputs: &self.inputs }
    }

    /// The scenario with the numbers of a row, by column.
    pub fn scenario(&self, numbers: impl Iterator<Item = Decimal>) -> Scenario {
        let mut scenario = self.template.scenario.clone();
        self.base().set(&mut scenario, numbers);
        scenario
    }
}
