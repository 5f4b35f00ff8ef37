//! The outputs of alternatives on traced numbers, for programs compiled from them
//! ([`comanage_expr::tape`]).
//!
//! A group of outputs is an alternative, a period a month, the unit the minor unit of the currency; the
//! ratio is work done over work to do in the last twelve months, the whole number the user-months, the part
//! what an alternative buys that may come to nothing.

use comanage_expr::number::Number;
use comanage_expr::tape::{OutputSpec, Outputs};
use comanage_expr::trace::{Traced, begin_section};
use comanage_model::evaluate::{Shared, ledger_of};
use comanage_model::quoted::{is_own, may_buy_nothing};
use comanage_model::scenario::Scenario;
use comanage_model::volumes;

/// The outputs of some alternatives, by index. What they share is the first section of the record, and
/// each has a section of its own. None for a scenario that cannot be evaluated.
pub fn outputs(scenario: &Scenario, alternatives: &[usize], spec: &OutputSpec) -> Option<Vec<Outputs>> {
    volumes::check::<Traced>(scenario).ok()?;
    let shared = Shared::<Traced>::new(scenario);
    let count = spec.counts.then(|| shared.volumes.user_months());
    let of = |&group: &usize| {
        begin_section();
        let (staffing, ledger, provided) = ledger_of(scenario, &scenario.alternatives[group], &shared).ok()?;
        let mut amounts = vec![Vec::new(); scenario.term_months as usize + 1];
        ledger.lines.iter().for_each(|line| amounts[line.month as usize].push(line.amount));
        let ratio = spec.has_ratio().then(|| provided.done(&staffing, scenario.judged_months()));
        let part = (spec.parts && may_buy_nothing(&staffing)).then(|| {
            let bought = ledger.lines.iter().filter(|line| is_own(&staffing, line.source));
            bought.map(|line| if spec.magnitudes { magnitude(line.amount) } else { line.amount }).collect()
        });
        Some(Outputs { group, amounts, ratio, count, part })
    };
    alternatives.iter().map(of).collect()
}

/// An amount without its sign.
fn magnitude(amount: Traced) -> Traced {
    Number::max(amount, Traced::zero() - amount)
}
