//! Rules about people.

use std::collections::HashMap;

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Duty, Employment, Input, Role, Scenario};
use comanage_model::source::Span;

use super::super::path::{join, spell};
use super::super::read::Places;
use super::super::reader::Reader;
use super::place;

/// Everyone of the team, then every hire, each with its path.
fn roles(scenario: &Scenario) -> impl Iterator<Item = (String, &Role)> {
    let team = scenario.team.iter().map(|role| (join("team", &role.name), role));
    team.chain(scenario.hires.iter().map(|role| (join("hire", &role.name), role)))
}

/// A role is known by its name, in the team and among the hires.
pub(super) fn roles_have_names_of_their_own(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for ((path, role), span) in roles(scenario).zip(&places.roles) {
        let count = seen.entry(role.name.as_str()).or_default();
        *count += 1;
        if *count > 1 && !role.name.is_empty() {
            let message = format!("two roles have the name {:?}", role.name);
            let diagnostic = Diagnostic::error("duplicate-name", message).at(span.clone(), "again here");
            reader.report(diagnostic.path(path).hint("roles of the team and of hires need distinct names"));
        }
    }
}

/// Days of work in the 52 weeks that productive hours are counted from.
const DAYS_OF_WEEKS: u32 = 260;

/// Days away are fewer than the days of work, and than those of the weeks that hours are counted from.
pub(super) fn days_leave_workdays(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    let general = &scenario.employment;
    let nowhere = Span { file: 0, range: 0..0 };
    let mut all = vec![("employment".to_string(), general, &nowhere)];
    let own = |role: &Role| days(&role.employment) != days(general);
    all.extend(roles(scenario).filter(|(_, role)| own(role)).map(|(path, role)| (path, &role.employment, &role.span)));
    for (path, employment, span) in all {
        let Some((away, workdays)) = sum_of_days(employment, reader) else { continue };
        let is_beyond_weeks = away >= Decimal::from(DAYS_OF_WEEKS);
        if away < workdays && !is_beyond_weeks {
            continue;
        }
        let is_general = std::ptr::eq(employment, general);
        let is_own = |input: &Input| is_general || !days(general).contains(input);
        let written =
            days(employment).into_iter().rev().find(|input| is_own(input) && reader.written(*input).is_some());
        let span = written.map_or(span.clone(), |input| place(reader, input, span));
        let (days, hint) = if away >= workdays {
            (format!("{} workdays", workdays.normalize()), "the days together must be below `workdays_per_year`")
        } else {
            (format!("the {DAYS_OF_WEEKS} of 52 weeks of five days"), "the days together must be below 260")
        };
        let away = away.normalize();
        let message = format!("{away} days of leave, sickness, training and holidays leave none of {days}");
        let diagnostic = Diagnostic::error("days-exceed-workdays", message).at(span, "too many days");
        reader.report(diagnostic.path(path).hint(hint));
    }
}

fn days(employment: &Employment) -> [Input; 5] {
    [
        employment.workdays_per_year,
        employment.holidays,
        employment.training_days,
        employment.sick_days,
        employment.leave_days,
    ]
}

fn sum_of_days(employment: &Employment, reader: &Reader) -> Option<(Decimal, Decimal)> {
    let [workdays, away @ ..] = days(employment);
    let mut sum = Decimal::ZERO;
    for input in away {
        sum = sum.checked_add(reader.good(input)?)?;
    }
    Some((sum, reader.good(workdays)?))
}

/// No one is on duty for much longer than the hours of a full-time week; an unpaid lunch may be in.
pub(super) fn fixed_hours_fit_a_week(scenario: &Scenario, places: &Places, reader: &mut Reader) {
    for ((path, role), span) in roles(scenario).zip(&places.duties) {
        let Duty::Hours(week) = &role.duty else { continue };
        let longest = |weekly: Decimal| weekly.checked_mul(Decimal::new(125, 2));
        let Some(max) = reader.good(role.employment.weekly_hours).and_then(longest) else { continue };
        let Some(hours) = Decimal::from(week.minutes()).checked_div(Decimal::from(60)) else { continue };
        if hours <= max {
            continue;
        }
        let message = format!(
            "everyone in `{path}` would be on duty {} hours a week; at most {} are allowed",
            hours.round_dp(2).normalize(),
            max.round_dp(2).normalize()
        );
        let diagnostic =
            Diagnostic::error("hours-exceed-week", message).at(span.clone(), "too many hours for one person");
        let hint = format!("use `rota` for shared hours, or set `weekly_hours` of {}", spell(&role.name));
        reader.report(diagnostic.path(format!("{path}.hours")).hint(hint));
    }
}

/// Being on call is paid for the role, or for each person and call.
pub(super) fn on_call_is_paid_one_way(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for (path, role) in roles(scenario) {
        let Some(on_call) = &role.on_call else { continue };
        let is_paid = |pay| reader.good(pay).is_some_and(|pay: Decimal| !pay.is_zero());
        if !is_paid(role.on_call_pay) || ![on_call.pay_per_week, on_call.pay_per_call].into_iter().any(is_paid) {
            continue;
        }
        let span = place(reader, role.on_call_pay, &role.span);
        let message = format!("on-call pay is given in two ways in `{path}`");
        let diagnostic = Diagnostic::error("both-on-call-pays", message).at(span, "one of them");
        let hint = "leave `on_call_pay` out, or `pay_per_week` and `pay_per_call` of `on_call`";
        reader.report(diagnostic.path(format!("{path}.on_call_pay")).hint(hint));
    }
}

/// A last month is not before the first.
pub(super) fn roles_end_after_they_start(scenario: &Scenario, _: &Places, reader: &mut Reader) {
    for (path, role) in roles(scenario) {
        let until = super::good(reader, role.until_month);
        let (Some(until), Some(from), Some(input)) = (until, reader.good(role.from_month), role.until_month) else {
            continue;
        };
        if until < from {
            let message = format!("`{path}` ends before it starts in month {}", from.normalize());
            let span = place(reader, input, &role.span);
            let diagnostic = Diagnostic::error("ends-before-start", message).at(span, "too early");
            reader.report(
                diagnostic.path(format!("{path}.until_month")).hint("`until_month` must be at least `from_month`"),
            );
        }
    }
}
