//! Values that are likely slips: a thousand times too small or too large, a percent sign too many.
//!
//! Each is a warning that shows how the value was read and what else may have been meant. Nothing is
//! corrected: the figure counts as written.

use rust_decimal::Decimal;

use comanage_expr::number::percent;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::money::group_thousands;
use comanage_model::scenario::{Input, Kind, Origin, Scenario};

use super::super::read::Places;
use super::super::reader::Reader;

/// A full-time salary in a currency with two decimals is rarely below this, or above [`MOST_SALARY`].
const LEAST_SALARY: i64 = 5_000;
/// See [`LEAST_SALARY`].
const MAX_SALARY: i64 = 5_000_000;
/// Tickets per user per month; published figures lie between 0.3 and 3.
const MAX_TICKETS: i64 = 20;

/// The kinds of warnings that a number alone can bring, in their order.
pub const SLIPS: [&str; 4] = ["amount-in-thousands", "unusual-salary", "unusual-rise", "unusual-tickets"];

/// Which number at a path is a likely slip: of [`SLIPS`], by its place there; none if it is not.
pub(in crate::load) fn slip_of(path: &str, kind: Kind, value: Decimal, digits: u32) -> Option<usize> {
    let of_role = path.starts_with("team.") || path.starts_with("hire.");
    let is_salary = of_role && path.ends_with(".salary");
    let is_rise = path.ends_with(".raise") || path.ends_with(".inflation") || path.starts_with("organization.growth.");
    let is_unusual = value < Decimal::from(LEAST_SALARY) || value > Decimal::from(MAX_SALARY);
    if kind == Kind::Money && digits == 2 && is_in_thousands(&value) {
        Some(0)
    } else if is_salary && digits == 2 && is_unusual {
        Some(1)
    } else if is_rise && value > Decimal::ONE {
        Some(2)
    } else if path.ends_with(".tickets_per_user") && value > Decimal::from(MAX_TICKETS) {
        Some(3)
    } else {
        None
    }
}

/// Whether numbers at a path can be such slips.
pub(in crate::load) fn may_slip(path: &str, kind: Kind) -> bool {
    kind == Kind::Money
        || path.ends_with(".raise")
        || path.ends_with(".inflation")
        || path.starts_with("organization.growth.")
        || path.ends_with(".tickets_per_user")
}

/// In a currency with two decimals, three digits after the point are often a thousands separator.
pub(super) fn amounts_are_not_in_thousands(_: &Scenario, _: &Places, reader: &mut Reader) {
    if reader.currency.digits != 2 {
        return;
    }
    let is_money = |input: &Input| reader.inputs.about(*input).kind == Kind::Money;
    let inputs: Vec<Input> = reader.inputs.iter().map(|(input, ..)| input).filter(is_money).collect();
    for input in inputs {
        let Some(value) = written(reader, input).into_iter().find(is_in_thousands) else { continue };
        // Three digits after the point: a thousand times the amount is its mantissa.
        let whole = group_thousands(&value.mantissa().to_string());
        let message = format!("this amount is read as {}, not as {whole}", value.normalize());
        warn(reader, input, "amount-in-thousands", message, format!("if {whole} is meant, write \"{whole}\""));
    }
}

/// Whether the point of an amount can be a thousands separator: one to three digits before it, the
/// first of them not 0, and three after it.
fn is_in_thousands(value: &Decimal) -> bool {
    let size = value.abs();
    value.scale() == 3 && size >= Decimal::ONE && size < Decimal::ONE_THOUSAND
}

/// A salary is a year's, of a full-time person.
pub(super) fn salaries_are_yearly(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    if reader.currency.digits != 2 {
        return;
    }
    let (min, max) = (Decimal::from(LEAST_SALARY), Decimal::from(MAX_SALARY));
    let salaries: Vec<Input> = scenario.team.iter().chain(&scenario.hires).map(|role| role.salary).collect();
    for input in salaries {
        let values = written(reader, input);
        let low = values.iter().find(|value| **value < min);
        let low = low.and_then(|value| Some((*value, value.checked_mul(Decimal::ONE_THOUSAND)?)));
        let high = values.iter().find(|value| **value > max);
        let high = high.and_then(|value| Some((*value, value.checked_div(Decimal::ONE_THOUSAND)?)));
        let Some((value, other)) = low.or(high) else { continue };
        let [value, other] = [value, other].map(|value| group_thousands(&value.normalize().to_string()));
        let code = reader.currency.code;
        let message = format!("this salary is read as {value} {code} per year, full time; did you mean {other}?");
        let hint = "salaries are annual and full-time; `headcount` gives the number of full-time positions";
        warn(reader, input, "unusual-salary", message, hint);
    }
}

/// What rises each year more than doubles only by a slip.
pub(super) fn rises_are_yearly(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let growth = &scenario.organization.growth;
    let employments = [&scenario.employment].into_iter();
    let roles = scenario.team.iter().chain(&scenario.hires).map(|role| &role.employment);
    let rises = employments.chain(roles).flat_map(|employment| [employment.raise, employment.inflation]);
    let mut inputs: Vec<Input> = [growth.users, growth.devices, growth.sites].into_iter().chain(rises).collect();
    inputs.sort();
    inputs.dedup();
    for input in inputs {
        let Some(value) = written(reader, input).into_iter().find(|value| *value > Decimal::ONE) else { continue };
        let (read, other) = (percent(value), value.normalize());
        let message = format!("this is read as {read} a year, which more than doubles the figure; is {other}% meant?");
        warn(reader, input, "unusual-rise", message, "it applies at each anniversary of the term");
    }
}

/// Tickets are a user's in a month.
pub(super) fn tickets_are_of_a_user(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let inputs: Vec<Input> = scenario.services.iter().map(|service| service.tickets_per_user).collect();
    for input in inputs {
        let is_high = |value: &Decimal| *value > Decimal::from(MAX_TICKETS);
        let Some(value) = written(reader, input).into_iter().find(is_high) else { continue };
        let tickets = value.normalize();
        let Some(other) = value.checked_div(Decimal::from(12)) else { continue };
        let other = other.round_dp(2).normalize();
        let message = format!(
            "this is read as {tickets} tickets per user per month; is it an annual figure ({other} per month)?"
        );
        let hint = "enter tickets of the whole organization divided by its users";
        warn(reader, input, "unusual-tickets", message, hint);
    }
}

/// The values that a file writes in the place of an input: one, or the ends of a range.
fn written(reader: &Reader, input: Input) -> Vec<Decimal> {
    let about = reader.inputs.about(input);
    if !matches!(about.origin, Origin::Written(_)) || !reader.is_good(input) {
        return Vec::new();
    }
    match &about.range {
        Some(range) => [Some(range.low), range.likely, Some(range.high)].into_iter().flatten().collect(),
        None => vec![reader.inputs.value(input)],
    }
}

fn warn(reader: &mut Reader, input: Input, code: &'static str, message: String, hint: impl Into<String>) {
    let Some(span) = reader.written(input).cloned() else { return };
    let path = reader.inputs.about(input).path.clone();
    reader.report(Diagnostic::warning(code, message).at(span, "a slip?").path(path).hint(hint.into()));
}
