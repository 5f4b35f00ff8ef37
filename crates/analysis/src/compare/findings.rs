//! Findings about a result: what is missing, without a price, covered by one person only.
//!
//! Each kind of finding is a small function with a stable code; the list in [`find`] is the whole of
//! them. Findings about a file that cannot be used are made where files are read.

use super::alike::{Found, Kind};
use super::answers::response_too_slow;
use super::{Compared, Verdict, answers, best_effort, budget, duty_hours, hours, options, prepaid, queues, services};
use comanage_expr::number::{Exact, Number, round_half_away};
use comanage_model::availability;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::evaluate::Shared;
use comanage_model::ledger::charge::months_left;
use comanage_model::ledger::{empty_seat_pay, is_tool_paid, load_factor};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::scenario::{Counted, Duty, IN_HOUSE, Measure, Offer, PriceLine, Role, Scenario};
use comanage_model::words::in_words;

/// Finds everything that needs a look, in a fixed order: a line a kind, the leading alternative first.
pub fn find(
    scenario: &Scenario,
    shared: &Shared<Exact>,
    alternatives: &[Compared],
    verdict: &Verdict,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for offer in &scenario.offers {
        findings.extend(classes_without_price(scenario, shared, offer));
    }
    findings.extend(tools_never_paid(scenario, alternatives));
    findings.extend(hires_that_never_start(scenario));
    let of_rotas = scenario.roles().enumerate().filter(|(index, _)| is_somewhere(scenario, *index));
    findings.extend(of_rotas.filter_map(|(_, role)| small_rota(scenario, role)));
    findings.extend(unusual_loads(scenario));
    findings.extend(answers::no_response_stated(scenario));
    findings.extend(answers::on_call_too_often(scenario));
    findings.extend(duty_hours::works_outside_its_hours(scenario));
    findings.extend(duty_hours::only_duty_hours_count(scenario));
    findings.extend(pay_of_empty_seats(scenario, alternatives));
    let of = Found::new(alternatives, verdict.leading());
    if !verdict.is_price_comparison {
        findings.extend(best_effort::would_be_enough(scenario, &of, verdict.recommended));
    }
    findings.extend(of.line(budget::over_budget(scenario)));
    findings.extend(of.line(response_too_slow()));
    findings.extend(of.line(services::without_price(scenario)));
    findings.extend(of.line(services::never_covered(scenario)));
    findings.extend(of.line(services::work_not_done(scenario)));
    findings.extend(of.line(services::one_person_deep(scenario)));
    findings.extend(of.line(queues::never_ends(scenario, shared)));
    findings.extend(of.line(queues::live_queue(scenario, shared)));
    findings.extend(of.line(leaves_without_terms(scenario)));
    findings.extend(of.line(prepaid::paid_beyond_term()));
    findings.extend(of.line(options::not_taken()));
    findings.extend(hours::unused_blocks(&of));
    findings.extend(hours::unused_retainers(&of));
    findings.extend(hours::stretched(&of));
    findings
}

/// Places a finding at the table of an offer.
pub(super) fn at_offer(finding: Diagnostic, offer: &Offer) -> Diagnostic {
    finding.path(format!("offers.{}", offer.key)).at(offer.span.clone(), "this offer")
}

pub(super) fn at_role(finding: Diagnostic, scenario: &Scenario, role: &Role) -> Diagnostic {
    let path = &scenario.inputs.about(role.headcount).path;
    let table = path.strip_suffix(".headcount").unwrap_or(path);
    finding.path(table).at(role.span.clone(), "this role")
}

fn classes_without_price(scenario: &Scenario, shared: &Shared<Exact>, offer: &Offer) -> Vec<Diagnostic> {
    let organization = &scenario.organization;
    let states = shared.volumes.states();
    let missing = |counted: &Counted, measure: Measure, max: &dyn Fn(usize) -> Exact| -> Vec<(String, String)> {
        let lines: Vec<&PriceLine> = offer.price_lines().filter(|line| line.measure == measure).collect();
        if lines.is_empty() {
            return Vec::new();
        }
        let classes = counted.classes.iter().enumerate();
        let unpriced = classes.filter(|(class, _)| !lines.iter().any(|line| line.prices(*class)));
        unpriced
            .filter(|(class, _)| max(*class).is_positive())
            .map(|(class, of)| (of.name.clone(), plain(max(class))))
            .collect()
    };
    let most_devices = |class: usize| states.iter().fold(Exact::zero(), |max, state| max.max(state.devices[class]));
    let most_users = |class: usize| states.iter().fold(Exact::zero(), |max, state| max.max(state.users[class]));
    let devices = missing(&organization.devices, Measure::Devices, &most_devices);
    let users = missing(&organization.users, Measure::Users, &most_users);
    let finding = |code, what: &str, missing: &[(String, String)]| {
        let (first, _) = missing.first()?;
        let counts: Vec<String> = missing.iter().map(|(class, count)| format!("{count} {}", in_words(class))).collect();
        let message = format!("{}: no price for {what}: up to {}", offer.name, counts.join(", "));
        let hint = format!("ask for a price for `{first}`, or write 0 if it is included");
        Some(at_offer(Diagnostic::warning(code, message).hint(hint), offer))
    };
    let devices = finding("no-price-for-device-class", "devices", &devices);
    devices.into_iter().chain(finding("no-price-for-user-class", "users", &users)).collect()
}

fn tools_never_paid(scenario: &Scenario, alternatives: &[Compared]) -> Vec<Diagnostic> {
    let is_paid = |tool: usize| {
        let mut staffings = alternatives.iter().map(|alternative| &alternative.evaluation.staffing);
        staffings.any(|staffing| (1..=scenario.term_months).any(|month| is_tool_paid(staffing, tool, month)))
    };
    let never = scenario.tools.iter().enumerate().filter(|(index, _)| !is_paid(*index));
    never
        .map(|(_, tool)| {
            Diagnostic::warning("tool-never-paid", format!("no alternative pays for the tool `{}`", tool.key))
                .path(format!("tools.{}", tool.key))
                .hint("check the services in its `for`: no one performs them")
        })
        .collect()
}

/// Offers that end while their contract runs on, and whose terms do not say what that costs.
fn leaves_without_terms(scenario: &Scenario) -> Kind<'_> {
    let ending = |alternative: &Compared| {
        let engaged = alternative.evaluation.staffing.engagements.iter();
        let ending = engaged.filter_map(|engaged| {
            let end = engaged.end.filter(|_| engaged.begins())?;
            let contract = engaged.offer.contract.as_ref().filter(|contract| contract.exit.is_none())?;
            let left = months_left(scenario, engaged, contract, end);
            let months = if left == 1 { "1 month".to_string() } else { format!("{left} months") };
            let name = &engaged.offer.name;
            (left > 0).then(|| format!("{name} ends in month {end}, {months} before its contract does"))
        });
        ending.collect()
    };
    Kind::warning("leaves-early-terms-not-stated", "the cost of leaving early is not stated:", ending)
        .hint("ask for the exit terms and enter them as `contract.exit`")
}

fn hires_that_never_start(scenario: &Scenario) -> Vec<Diagnostic> {
    let late =
        scenario.hires.iter().filter(|hire| scenario.months(hire.employment.months_to_fill) >= scenario.term_months);
    late.map(|hire| {
        let start = scenario.months(hire.employment.months_to_fill) + 1;
        let message = format!(
            "\"{}\" would start in month {start}, after the term of {} months",
            hire.name, scenario.term_months
        );
        at_role(Diagnostic::warning("hire-never-starts", message), scenario, hire)
    })
    .collect()
}

/// Whether a role is in some alternative; a hire that is in none at all counts too.
fn is_somewhere(scenario: &Scenario, index: usize) -> bool {
    let team = scenario.team.len();
    let phases = || scenario.alternatives.iter().flat_map(|alternative| &alternative.hires);
    index < team
        || phases().any(|phase| scenario.hire_index(phase) == index)
        || !phases().any(|phase| team + phase.of == index)
}

fn small_rota(scenario: &Scenario, role: &Role) -> Option<Diagnostic> {
    let Duty::Rota(rota) = &role.duty else { return None };
    let employment = &role.employment;
    let hours = availability::seat_hours(scenario, rota);
    let people: Exact = scenario.get(role.headcount);
    let weekly: Exact = scenario.get(employment.weekly_hours);
    if (people * weekly).exact() >= hours.exact() {
        return None;
    }
    let each =
        availability::filled::<Exact>(scenario, employment) * availability::productive_hours(scenario, employment);
    let a_year = hours * Exact::whole(365) / Exact::whole(7);
    let (bare, real) = (hours / weekly, a_year / each);
    let message = format!(
        "the rota of \"{}\" is too small: {} people cannot fill {} hours a week, so it closes no gap",
        role.name,
        plain(people),
        plain(hours.round(1)),
    );
    let hint = format!(
        "the schedule needs {} people, or {} with leave, sickness and vacancies",
        plain(bare.round(2)),
        plain(real.round(2))
    );
    Some(at_role(Diagnostic::warning("rota-too-small", message).hint(hint), scenario, role))
}

/// Roles that cost unusually little or much in proportion to their salary, in one finding.
///
/// Published load factors of the US lie between 1.15 and 1.60; elsewhere the bounds are wide, since
/// payroll taxes range from almost none to more than half.
fn unusual_loads(scenario: &Scenario) -> Option<Diagnostic> {
    let (bounds, published) = match scenario.currency.code {
        "USD" => ([115, 160], "published load factors are between 1.15 and 1.60"),
        _ => ([105, 200], "load factors are usually between 1.05 and 2.00"),
    };
    let [min, max] = bounds.map(|bound| Exact::constant(rust_decimal::Decimal::new(bound, 2)));
    let unusual = |role| {
        let mut years = (0..=contract_year(scenario.term_months))
            .map(|year| (role, year, load_factor::<Exact>(scenario, role, year)));
        years.find(|(_, _, factor)| *factor < min || *factor > max)
    };
    let roles: Vec<(&Role, u32, Exact)> = scenario.team.iter().chain(&scenario.hires).filter_map(unusual).collect();
    let (first, ..) = roles.first()?;
    let named = |(role, year, factor): &(&Role, u32, Exact)| {
        format!("\"{}\" costs {} times its salary in year {}", role.name, plain(factor.round(2)), year + 1)
    };
    let all: Vec<String> = roles.iter().map(named).collect();
    let hint = "check payroll taxes, benefits and the annual costs in [employment]";
    let finding = Diagnostic::warning("load-factor", format!("{}; {published}", all.join(", "))).hint(hint);
    Some(at_role(finding, scenario, first))
}

/// The salary of vacant positions stays in the budget: it pays for overtime and temporary cover.
fn pay_of_empty_seats(scenario: &Scenario, alternatives: &[Compared]) -> Option<Diagnostic> {
    let in_house = alternatives.iter().find(|alternative| alternative.id() == IN_HOUSE)?;
    let mut sum = Exact::zero();
    for position in &in_house.evaluation.staffing.positions {
        for year in 0..=contract_year(scenario.term_months) {
            let months = position.paid.months().filter(|&month| contract_year(month) == year).count() as i64;
            sum =
                sum + empty_seat_pay::<Exact>(scenario, position.role, year) * Exact::whole(months) / Exact::whole(12);
        }
    }
    if !sum.is_positive() {
        return None;
    }
    let pay = Money(round_half_away(sum.0?, scenario.currency.digits)).to_prose();
    let message = format!(
        "vacancies: {pay} {} of unspent salary stays in the budget for overtime and temporary cover",
        scenario.currency.code
    );
    Some(Diagnostic::note("empty-seat-pay", message).path("employment.turnover"))
}

/// A number without trailing zeros.
pub(super) fn plain(number: Exact) -> String {
    number.0.map_or_else(|| "too many".to_string(), |value| value.normalize().to_string())
}
