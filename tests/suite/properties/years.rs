//! People are paid by the year: twelve months are that year, to the cent.

use std::collections::BTreeMap;

use comanage_analysis::compare::compare;
use comanage_expr::number::round_half_away;
use comanage_model::ledger::{Category, LineSource, Unit};
use comanage_model::scenario::{Role, Scenario};
use rust_decimal::Decimal;

use crate::common::{load_file, load_text, samples};
use crate::random;

#[test]
fn twelve_months_of_people_are_their_year() {
    for path in samples() {
        months_are_years(&load_file(&path));
    }
    for seed in 0..60 {
        months_are_years(&load_text(&random::scenario(seed)));
    }
}

fn months_are_years(scenario: &Scenario) {
    let comparison = compare(scenario).expect("it can be compared");
    let cents = |amount: Decimal| round_half_away(amount, scenario.currency.digits);
    for alternative in &comparison.alternatives {
        let mut years: BTreeMap<(Category, LineSource, u32), Vec<Decimal>> = BTreeMap::new();
        for line in &alternative.evaluation.ledger.lines {
            if line.category <= Category::Severance && line.unit == Unit::Month {
                let amounts = years.entry((line.category, line.source, (line.month - 1) / 12)).or_default();
                amounts.push(line.amount.0.expect("it has room"));
            }
        }
        for ((category, source, year), months) in years {
            let item = source.item(&alternative.evaluation.plan);
            if months.len() != 12 {
                continue;
            }
            let sum: Decimal = months.iter().sum();
            if let Some(expected) = yearly(scenario, role(scenario, &item), category, year) {
                assert_eq!(sum, cents(expected), "{} of {item} in year {year}", category.name());
            }
            // Each month is the difference of two rounded parts of the year.
            let until = |month: usize| cents(sum * Decimal::from(month) / Decimal::from(12));
            for (month, amount) in months.iter().enumerate() {
                assert_eq!(*amount, until(month + 1) - until(month), "{} of {item}", category.name());
            }
        }
    }
}

fn role<'a>(scenario: &'a Scenario, name: &str) -> &'a Role {
    let mut roles = scenario.team.iter().chain(&scenario.hires);
    roles.find(|role| role.name == name).expect("an item of people is a role")
}

/// The yearly amount of an item, where it does not need the wages.
fn yearly(scenario: &Scenario, role: &Role, category: Category, year: u32) -> Option<Decimal> {
    let value = |input| scenario.decimal(input);
    let employment = &role.employment;
    let raised = (0..year).fold(value(role.salary), |salary, _| salary * (Decimal::ONE + value(employment.raise)));
    let (people, salary) = (value(role.headcount), round_half_away(raised, scenario.currency.digits));
    match category {
        Category::Salaries => Some(people * salary),
        Category::Bonus => Some(people * salary * value(employment.bonus)),
        Category::Benefits => {
            Some(people * (salary * value(employment.benefits) + value(employment.benefits_per_person)))
        }
        Category::Training => Some(people * value(employment.training)),
        Category::Software => Some(people * value(employment.software)),
        Category::Overhead => Some(people * value(employment.overhead)),
        Category::OnCall => Some(value(role.on_call_pay) * Decimal::from(52)),
        _ => None,
    }
}
