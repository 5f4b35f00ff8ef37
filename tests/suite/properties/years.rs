//! People are paid by the year: twelve months are that year, to the cent.

use std::collections::BTreeMap;

use comanage_analysis::compare::compare;
use comanage_expr::number::round_half_away;
use comanage_model::ledger::{Category, LineSource, Unit};
use comanage_model::scenario::{BenefitsOn, Role, Scenario};
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
            let item = source.item(&alternative.evaluation.staffing);
            if months.len() != 12 {
                continue;
            }
            let sum: Decimal = months.iter().sum();
            let LineSource::Role(role) = source else { panic!("{item} is no role") };
            if let Some(expected) = yearly(scenario, scenario.role(role), category, year) {
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

/// The yearly amount of an item, where it does not need the wages.
fn yearly(scenario: &Scenario, role: &Role, category: Category, year: u32) -> Option<Decimal> {
    let value = |input| scenario.decimal(input);
    let employment = &role.employment;
    let raised = (0..year).fold(value(role.salary), |salary, _| salary * (Decimal::ONE + value(employment.raise)));
    let (people, salary) = (value(role.headcount), round_half_away(raised, scenario.currency.digits));
    let risen_by = |amount, rise| {
        let rise = Decimal::ONE + value(rise);
        let digits = scenario.currency.digits.max(value(amount).normalize().scale());
        match year {
            0 => value(amount),
            _ => round_half_away((0..year).fold(value(amount), |amount, _| amount * rise), digits),
        }
    };
    let risen = |amount| risen_by(amount, employment.inflation);
    match category {
        Category::Salaries => Some(people * salary),
        Category::Bonus => Some(people * salary * value(employment.bonus)),
        Category::Benefits => {
            let bonus = match employment.benefits_on {
                BenefitsOn::Salary => Decimal::ZERO,
                BenefitsOn::Pay => salary * value(employment.bonus),
            };
            Some(people * ((salary + bonus) * value(employment.benefits) + risen(employment.benefits_per_person)))
        }
        Category::Training => Some(people * risen(employment.training)),
        Category::Software => Some(people * risen(employment.software)),
        Category::Overhead => Some(people * risen(employment.overhead)),
        Category::OnCall => {
            let pay = |amount| risen_by(amount, employment.raise);
            let of_table = role.on_call.as_ref().map_or(Decimal::ZERO, |on_call| {
                let weekly = value(on_call.people) * pay(on_call.pay_per_week) * Decimal::from(52);
                weekly + value(on_call.calls_per_month) * pay(on_call.pay_per_call) * Decimal::from(12)
            });
            Some(pay(role.on_call_pay) * Decimal::from(52) + of_table)
        }
        _ => None,
    }
}
