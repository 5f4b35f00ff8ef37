//! Names of figures for readers: "Coverage, Hire", not `hire.coverage`; of conditions: "Coverage, Hire >= 95%".

use crate::input_names::service_name;
use comanage_analysis::solve::{Condition, Value};
use comanage_model::scenario::Scenario;
use comanage_model::words::{capital, in_words};

/// What figures are called, where that is more than the words of their keys.
const NAMES: [(&str, &str); 3] =
    [("total", "term total"), ("work_done", "work done"), ("per_user_month", "cost per user per month")];

/// The name of a figure by how it is typed, such as `hire.services.help_desk.expected`.
pub fn figure_name(scenario: &Scenario, typed: &str) -> String {
    let (of, keys) = match typed.split_once('.') {
        None => (None, typed),
        Some((id, keys)) => {
            let known = scenario.alternatives.iter().find(|alternative| alternative.id == id);
            (Some(known.map_or_else(|| in_words(id), |alternative| alternative.name.clone())), keys)
        }
    };
    let what = match keys.split('.').collect::<Vec<_>>()[..] {
        ["services", service, ref keys @ ..] => {
            format!("{}, {}", in_words(&keys.join(" ")), service_name(scenario, service))
        }
        _ => {
            let known = NAMES.iter().find(|(key, _)| *key == keys);
            known.map_or_else(|| in_words(&keys.replace('.', " ")), |(_, words)| words.to_string())
        }
    };
    let what = capital(&what);
    of.map_or(what.clone(), |of| format!("{what}, {of}"))
}

/// A condition in words: the name of its figure, how it is compared, and the value as it was typed.
pub fn condition(scenario: &Scenario, of: &Condition) -> String {
    let figure = figure_name(scenario, &of.name);
    let sign = of.relation.sign();
    let typed = of.text.split_once(sign).map_or("", |(_, bound)| bound.trim());
    let bound = match &of.bound {
        Value::Id(Some(id)) => scenario.alternatives.iter().find(|alternative| alternative.id == *id),
        _ => None,
    };
    format!("{figure} {sign} {}", bound.map_or(typed, |alternative| alternative.name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_conditions_are_named_for_readers() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/harbor-foods.toml");
        let scenario = comanage_format::load::load(sample).scenario.expect("the sample is valid");
        for (typed, expected) in [
            ("hybrid.total", "Term total, Northwind hybrid"),
            ("hire.services.help_desk.expected", "Expected, Help desk, Hire"),
            ("hire.by_category.salaries", "By category salaries, Hire"),
            ("recommended", "Recommended"),
        ] {
            assert_eq!(figure_name(&scenario, typed), expected);
        }
        for (typed, expected) in [
            ("hire.coverage>=95%", "Coverage, Hire >= 95%"),
            ("recommended = hybrid", "Recommended = Northwind hybrid"),
        ] {
            let until = Condition::parse(&scenario, typed).unwrap_or_else(|_| panic!("{typed} is a condition"));
            assert_eq!(condition(&scenario, &until), expected);
        }
    }
}
