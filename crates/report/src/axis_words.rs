//! Words for the values of a number that is varied, shared by the reports on break-even analysis.

use crate::input_names::input_name;
use comanage_analysis::vary::{Axis, Run};
use comanage_model::money::group_thousands;
use comanage_model::scenario::{Kind, Scenario};
use comanage_model::words::{capital, in_words};

/// A scenario and a number in it that is varied.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What is varied.
    pub axis: &'a Axis,
}

impl Words<'_> {
    /// A value as it is in a table: `94`, `1,250.00`, `4.25%`.
    pub fn short(&self, index: u64) -> String {
        match self.axis.kind {
            Kind::Money => {
                let mut value = self.axis.grid.value(index);
                value.rescale(self.axis.digits.max(self.scenario.currency.digits));
                group_thousands(&value.to_string())
            }
            Kind::Share => self.axis.write(index),
            Kind::Number | Kind::Count | Kind::Months => group_thousands(&self.axis.write(index)),
        }
    }

    /// A value in a sentence: `94 users`, `1,250.00 USD`, `month 13`.
    pub fn long(&self, index: u64) -> String {
        let short = self.short(index);
        match self.noun() {
            Noun::Before(noun) => format!("{noun} {short}"),
            Noun::After(noun) => format!("{short} {noun}"),
            Noun::None => short,
        }
    }

    /// The values from the first to the last.
    pub fn range(&self) -> String {
        format!("from {} to {}", self.short(0), self.long(self.axis.grid.last()))
    }

    /// The values from the first to the last, without what they count.
    pub fn range_in_short(&self) -> String {
        format!("from {} to {}", self.short(0), self.short(self.axis.grid.last()))
    }

    /// The last name of the path, as a header.
    pub fn name(&self) -> String {
        capital(&in_words(names(&self.axis.path).last().map_or("", String::as_str)))
    }

    fn noun(&self) -> Noun {
        let names = names(&self.axis.path);
        let last = names.last().map_or("", String::as_str);
        let before = names.len().checked_sub(2).and_then(|place| names.get(place)).map_or("", String::as_str);
        match self.axis.kind {
            Kind::Money => Noun::After(self.scenario.currency.code.to_string()),
            Kind::Share | Kind::Number => Noun::None,
            Kind::Months if last.ends_with("month") => Noun::Before("month".into()),
            Kind::Months => Noun::After("months".into()),
            Kind::Count if ["users", "devices"].contains(&before) => Noun::After(format!("{last} {before}")),
            Kind::Count if ["users", "devices", "sites"].contains(&last) => Noun::After(last.into()),
            Kind::Count => Noun::None,
        }
    }

    /// Runs in a row: "X up to 94 users, Y from 95 to 120, X from 121 on"; for the whole range "X".
    pub fn runs<L>(&self, runs: &[Run<L>], name: impl Fn(&L) -> String) -> String {
        let last = runs.len().saturating_sub(1);
        let one = |(place, run): (usize, &Run<L>)| {
            let stretch = match place {
                _ if last == 0 => return name(&run.label),
                0 => format!("up to {}", self.long(run.to)),
                _ if place == last => format!("from {}", self.short(run.from)),
                _ if run.from == run.to => format!("at {}", self.short(run.from)),
                _ => format!("from {} to {}", self.short(run.from), self.short(run.to)),
            };
            format!("{} {stretch}", name(&run.label))
        };
        runs.iter().enumerate().map(one).collect::<Vec<_>>().join(", ")
    }
}

enum Noun {
    Before(String),
    After(String),
    None,
}

/// The names in a path, without the quotes and numbers.
fn names(path: &str) -> Vec<String> {
    use comanage_format::load::path::parse;
    parse(path).unwrap_or_default().iter().filter_map(|step| step.name().map(String::from)).collect()
}

/// The name of an alternative, by index.
pub fn name(scenario: &Scenario, alternative: usize) -> &str {
    &scenario.alternatives[alternative].name
}

/// What is varied, in a sentence: "Users from 40 to 250, now 120 users."
pub fn varied(words: Words) -> String {
    let axis = words.axis;
    let today = axis.today.map(|today| match axis.grid.index(today) {
        Some(index) => format!(", now {}", words.long(index)),
        None => format!(", now {}", axis.kind.write(today)),
    });
    let steps = axis.step.map(|step| format!(" in steps of {}", axis.kind.write(step)));
    let name = input_name(words.scenario, &axis.path);
    format!("{name} {}{}{}.", words.range_in_short(), steps.unwrap_or_default(), today.unwrap_or_default())
}

/// What is in the subtitle after what is varied.
pub fn terms(scenario: &Scenario, axes: &[Axis]) -> String {
    let code = scenario.currency.code;
    if axes.iter().any(|axis| axis.path == "term_months") {
        return format!("totals of the term in {code}");
    }
    format!("totals of {} in {code}", months(scenario.term_months))
}

/// This many months.
pub fn months(number: u32) -> String {
    if number == 1 { "1 month".to_string() } else { format!("{number} months") }
}

/// The name of the files of a report on these numbers, without ending.
pub fn file_name(command: &str, axes: &[Axis]) -> String {
    let paths: Vec<String> = axes.iter().map(|axis| axis.path.replace('"', "")).collect();
    crate::file_name::safe_name(&format!("{command}-{}", paths.join("-")))
}
