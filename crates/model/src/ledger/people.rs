//! What people cost: salary, taxes, benefits and the rest, a month at a time.
//!
//! An item's annual amount is rounded to the cent; a month of the year gets the difference of two
//! rounded parts of it, so twelve months always sum to the year. The salary of a year is the only
//! figure rounded before that. The annual items of a role are the same in every alternative and are
//! computed once.

use super::line::{Category, Line, Unit};
use super::source::LineSource;
use crate::availability;
use crate::month::{contract_year, month_of_year};
use crate::price::indexed;
use crate::scenario::{BenefitsOn, Role, Scenario};
use crate::staffing::{Position, Staffing};
use comanage_expr::number::Number;

/// The monthly amounts of every role of a scenario, by its index.
#[derive(Clone, Debug)]
pub struct People<N> {
    roles: Vec<RoleCosts<N>>,
}

#[derive(Clone, Debug)]
struct RoleCosts<N> {
    /// For each contract year, each item's twelve amounts.
    years: Vec<Vec<(Category, [N; 12])>>,
}

impl<N: Number> People<N> {
    /// Costs every role for every year of the term.
    pub fn new(scenario: &Scenario) -> Self {
        Self { roles: scenario.roles().map(|role| RoleCosts::new(scenario, role)).collect() }
    }

    /// Writes the lines of everyone in an alternative.
    pub fn write(&self, staffing: &Staffing, lines: &mut Vec<Line<N>>) {
        for position in &staffing.positions {
            let costs = &self.roles[position.index];
            let source = LineSource::Role(position.index);
            lines.reserve(costs.years.iter().map(|items| 12 * items.len()).sum());
            for month in position.paid.months() {
                let year = &costs.years[contract_year(month) as usize];
                let of_month = month_of_year(month) as usize - 1;
                lines.extend(
                    year.iter().map(|(category, amounts)| {
                        Line::amount(month, *category, source, Unit::Month, amounts[of_month])
                    }),
                );
            }
            write_start(staffing.scenario, position, lines);
            write_severance(staffing.scenario, position, lines);
        }
    }
}

impl<N: Number> RoleCosts<N> {
    fn new(scenario: &Scenario, role: &Role) -> Self {
        let last_year = contract_year(scenario.term_months);
        let years = (0..=last_year).map(|year| {
            let items = yearly_items(scenario, role, year).into_iter();
            items
                .filter(|(_, amount): &(Category, N)| !amount.is_zero())
                .map(|(category, amount)| (category, by_month(amount, scenario.currency.digits)))
                .collect()
        });
        Self { years: years.collect() }
    }
}

/// The twelve months of an annual amount: month `k` gets `cents(A*k/12) - cents(A*(k-1)/12)`.
fn by_month<N: Number>(yearly: N, digits: u32) -> [N; 12] {
    let until: [N; 12] = std::array::from_fn(|k| (yearly * N::whole(k as i64 + 1) / N::whole(12)).round(digits));
    std::array::from_fn(|month| match month {
        0 => until[0],
        _ => until[month] - until[month - 1],
    })
}

/// The full-time salary of a contract year, rounded to the minor unit.
pub fn salary<N: Number>(scenario: &Scenario, role: &Role, year: u32) -> N {
    let start: N = scenario.get(role.salary);
    let raise = N::one() + scenario.get(role.employment.raise);
    (start * raise.power(year)).round(scenario.currency.digits).named(|| format!("salary in year {}", year + 1))
}

/// What a role costs in a contract year, by category, each amount rounded to the minor unit.
pub fn yearly_items<N: Number>(scenario: &Scenario, role: &Role, year: u32) -> Vec<(Category, N)> {
    let get = |input| -> N { scenario.get(input) };
    let employment = &role.employment;
    let headcount = get(role.headcount);
    let salary: N = salary(scenario, role, year);
    let bonus = salary * get(employment.bonus);
    let on_call: N = on_call_pay(scenario, role, year);
    let wages = (salary + bonus + on_call / headcount).named(|| "wages of one person".into());
    let a_person = |amount| -> N { indexed(scenario, amount, employment.inflation, year) };
    let pay = match employment.benefits_on {
        BenefitsOn::Salary => salary,
        BenefitsOn::Pay => salary + bonus,
    };
    let benefits = pay * get(employment.benefits) + a_person(employment.benefits_per_person);
    let replacement = recruiting_of_one(scenario, role, salary) + a_person(employment.equipment);

    let items = [
        (Category::Salaries, headcount * salary),
        (Category::PayrollTaxes, payroll_taxes(scenario, role, wages)),
        (Category::Benefits, headcount * benefits),
        (Category::Bonus, headcount * bonus),
        (Category::Training, headcount * a_person(employment.training)),
        (Category::Software, headcount * a_person(employment.software)),
        (Category::Overhead, headcount * a_person(employment.overhead)),
        (Category::Turnover, headcount * get(employment.turnover) * replacement),
        (Category::OnCall, on_call),
    ];
    let round = |(category, amount): (Category, N)| {
        let yearly = amount.round(scenario.currency.digits);
        (category, yearly.named(|| format!("{} in year {}", category.name(), year + 1)))
    };
    items.into_iter().map(round).collect()
}

/// What being on call costs a role in a year: by the week for the role or for each person on call, and
/// by the call. It rises as salaries do.
fn on_call_pay<N: Number>(scenario: &Scenario, role: &Role, year: u32) -> N {
    let paid = |amount| -> N { indexed(scenario, amount, role.employment.raise, year) };
    let weeks = N::whole(52);
    let of_role = paid(role.on_call_pay) * weeks;
    let Some(on_call) = &role.on_call else { return of_role };
    let of_people = scenario.get::<N>(on_call.people) * paid(on_call.pay_per_week) * weeks;
    let of_calls = scenario.get::<N>(on_call.calls_per_month) * paid(on_call.pay_per_call) * N::whole(12);
    (of_role + of_people + of_calls).named(|| format!("on-call pay in year {}", year + 1))
}

/// What recruiting one person costs: a share of the salary and a fee.
fn recruiting_of_one<N: Number>(scenario: &Scenario, role: &Role, salary: N) -> N {
    let share: N = scenario.get(role.employment.recruiting);
    salary * share + scenario.get(role.employment.recruiting_fee)
}

/// Whole people pay their tax each; a part-time person pays it on a part of the wages.
fn payroll_taxes<N: Number>(scenario: &Scenario, role: &Role, wages: N) -> N {
    let tax = |wages: N| {
        role.employment.payroll_taxes.iter().fold(N::zero(), |sum, tax| {
            let capped = tax.cap.map_or(wages, |cap| wages.min(scenario.get(cap)));
            let taxed = (capped - scenario.get(tax.from)).max(N::zero());
            sum + scenario.get::<N>(tax.rate) * taxed
        })
    };
    let headcount: N = scenario.get(role.headcount);
    let whole: N = headcount.floor().named(|| "whole people".into());
    let part = (headcount - whole).named(|| "fraction of a person".into());
    whole * tax(wages) + tax(part * wages)
}

/// Recruiting and equipment in a hire's first paid month.
fn write_start<N: Number>(scenario: &Scenario, position: &Position, lines: &mut Vec<Line<N>>) {
    let Some(month) = position.paid.months().next().filter(|_| position.is_hire()) else { return };
    let employment = &position.role.employment;
    let headcount: N = scenario.get(position.role.headcount);
    let salary: N = salary(scenario, position.role, contract_year(month));
    let recruiting = (headcount * recruiting_of_one(scenario, position.role, salary)).round(scenario.currency.digits);
    let one: N = indexed(scenario, employment.equipment, employment.inflation, contract_year(month));
    let equipment = (headcount * one).round(scenario.currency.digits);
    let once = [(Category::Recruiting, recruiting), (Category::Equipment, equipment)];
    let owed = once.into_iter().filter(|(_, amount)| !amount.is_zero());
    lines.extend(
        owed.map(|(category, amount)| {
            Line::amount(month, category, LineSource::Role(position.index), Unit::Once, amount)
        }),
    );
}

/// Weeks of salary in the month after a role is handed over; none for a role that starts later or
/// has ended by then.
fn write_severance<N: Number>(scenario: &Scenario, position: &Position, lines: &mut Vec<Line<N>>) {
    let Some(handover) = position.handover else { return };
    let last_worked = handover.month.max(1);
    let starts_later = scenario.months(position.role.from_month) > last_worked;
    let has_ended = position.role.until_month.is_some_and(|until| scenario.months(until) <= handover.month);
    if starts_later || has_ended || handover.month >= scenario.term_months {
        return;
    }
    let headcount: N = scenario.get(position.role.headcount);
    let salary: N = salary(scenario, position.role, contract_year(last_worked));
    let weeks: N = scenario.get(handover.severance_weeks);
    let amount = (headcount * salary * weeks / N::whole(52)).round(scenario.currency.digits);
    if !amount.is_zero() {
        lines.push(Line::amount(
            handover.month + 1,
            Category::Severance,
            LineSource::Role(position.index),
            Unit::Once,
            amount,
        ));
    }
}

/// All annual amounts of a role over its salaries: the load factor.
pub fn load_factor<N: Number>(scenario: &Scenario, role: &Role, year: u32) -> N {
    let headcount: N = scenario.get(role.headcount);
    loaded_cost::<N>(scenario, role, year) / (headcount * salary(scenario, role, year))
}

/// All annual amounts of a role.
pub fn loaded_cost<N: Number>(scenario: &Scenario, role: &Role, year: u32) -> N {
    yearly_items(scenario, role, year).into_iter().fold(N::zero(), |sum, (_, amount)| sum + amount)
}

/// The pay of a role's vacant positions in a contract year: the vacancy times the loaded cost.
pub fn empty_seat_pay<N: Number>(scenario: &Scenario, role: &Role, year: u32) -> N {
    availability::vacancy::<N>(scenario, &role.employment) * loaded_cost(scenario, role, year)
}
