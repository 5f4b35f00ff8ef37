//! How the program is asked for a reference value: small scenarios and what comes of them.

use crate::common::assign;
use comanage_analysis::compare::{Comparison, compare};
use comanage_expr::number::{Exact, round_half_away};
use comanage_model::availability;
use comanage_model::coverage::{Answer, ServiceCoverage, mean_minutes_to_an_answer};
use comanage_model::evaluate::Evaluation;
use comanage_model::ledger::Category;
use comanage_model::week::Week;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use super::{decimal, exactly, list, number, percent, text};
use crate::common::{load_file, load_text, repository, text_of};

pub fn week(text: &str) -> Week {
    Week::parse(text).unwrap_or_else(|_| panic!("{text} are hours"))
}

/// A scenario with one service, nobody away unless the employment says so.
pub fn scenario(employment: &str, wanted: &str, people: &str) -> String {
    let days: String = ["leave_days", "sick_days", "training_days", "holidays"]
        .iter()
        .filter(|days| !employment.contains(**days))
        .map(|days| format!("{days} = 0\n"))
        .collect();
    format!(
        "schema = 1\nname = \"R\"\ncurrency = \"USD\"\nterm_months = 12\n\
         [services.post]\nhours = \"{wanted}\"\n\
         [employment]\n{employment}{days}{people}"
    )
}

pub fn role(name: &str, headcount: &str, duty: &str) -> String {
    format!("[[team]]\nrole = \"{name}\"\nheadcount = {headcount}\nsalary = 1_000\nservices = [\"post\"]\n{duty}\n")
}

/// People who are there all the wanted hours.
pub fn team(wanted: &str, headcount: &str, absence: Decimal) -> String {
    let employment = format!("leave_days = {}\n", absence * Decimal::from(260));
    scenario(&employment, wanted, &role("A", headcount, &format!("hours = \"{wanted}\"")))
}

/// One person for each of the staffed hours.
pub fn roster(row: &Value, absence: Decimal) -> String {
    let people: String = list(&row["staffed"])
        .iter()
        .enumerate()
        .map(|(index, hours)| role(&format!("P{index}"), "1", &format!("hours = {hours}")))
        .collect();
    let employment = format!("weekly_hours = 80\nleave_days = {}\n", absence * Decimal::from(260));
    scenario(&employment, text(&row["desired"]), &people)
}

/// People who share a post.
pub fn rota(wanted: &str, headcount: &str, employment: &str) -> String {
    scenario(employment, wanted, &role("A", headcount, &format!("rota = \"{wanted}\"")))
}

/// How much of a post a rota of so many people with so many productive hours fills.
pub fn rota_presence(wanted: &str, productive: Decimal, headcount: &Value) -> f64 {
    let days = (Decimal::from(2_080) - productive) / Decimal::from(8);
    let text = rota(wanted, &headcount.to_string(), &format!("leave_days = {days}\n"));
    service(&text).expected.expect("hours are wanted")
}

pub fn people_for(wanted: &str, productive: Decimal) -> f64 {
    1.0 / rota_presence(wanted, productive, &json!(1))
}

/// Asks a scenario that is compared.
pub fn asked<T>(text: &str, ask: impl FnOnce(&Comparison) -> T) -> T {
    let scenario = load_text(text);
    ask(&compare(&scenario).expect("it can be compared"))
}

/// The coverage of the first service by the team.
pub fn service(text: &str) -> ServiceCoverage {
    asked(text, |comparison| comparison.alternatives[0].evaluation.coverage.services[0].clone())
}

pub fn productive_hours(row: &Value) -> Value {
    assert_eq!(row["gross"], 2080);
    let days: Vec<Decimal> = match row.get("less") {
        Some(hours) => list(hours).iter().map(|hours| decimal(hours) / Decimal::from(8)).collect(),
        None => ["holidays", "sick_days", "vacation_days", "training_days"].map(|key| decimal(&row[key])).to_vec(),
    };
    let employment = format!(
        "holidays = {}\nsick_days = {}\nleave_days = {}\ntraining_days = {}\n",
        days[0], days[1], days[2], days[3]
    );
    let scenario = load_text(&rota("24x7", "1", &employment));
    json!(availability::productive_hours::<Exact>(&scenario, &scenario.employment).to_f64())
}

pub fn absence_fraction(row: &Value) -> Value {
    let days = |key: &str| decimal(&row[key]) / Decimal::from(8);
    let employment = format!(
        "workdays_per_year = {}\nholidays = {}\nleave_days = {}\n",
        days("gross"),
        days("holiday"),
        days("absent")
    );
    let scenario = load_text(&rota("24x7", "1", &employment));
    json!(1.0 - availability::presence_on_workdays::<Exact>(&scenario, &scenario.employment).to_f64())
}

/// Gaps with the covered hours in equal parts between them.
pub fn mean_wait_to_coverage(row: &Value) -> Value {
    let gaps: Vec<usize> = list(&row["gaps_h"]).iter().map(|gap| number(gap) as usize * 60).collect();
    let covered = (10_080 - gaps.iter().sum::<usize>()) / gaps.len();
    let mut spans = Vec::new();
    let mut minute = 0;
    for gap in gaps {
        spans.push((minute + gap, minute + gap + covered));
        minute += gap + covered;
    }
    let hours = Week::from_spans(&spans);
    let answers = [Answer { hours: &hours, response: 0 }];
    json!(mean_minutes_to_an_answer(&Week::all(), &answers).map(|minutes| minutes / 60.0))
}

/// The work of an alternative of a scenario.
pub fn work<T>(text: &str, alternative: &str, ask: impl FnOnce(&Evaluation<Exact>) -> T) -> T {
    asked(text, |comparison| {
        let found = comparison.alternatives.iter().find(|compared| compared.id() == alternative);
        ask(&found.expect("the alternative is there").evaluation)
    })
}

/// Workload over what one person has time for.
pub fn ticket_fte(row: &Value) -> Value {
    let hours = decimal(&row["tickets_week"]) * decimal(&row["hours"]) * Decimal::from(52);
    let people = |utilization: &Value| {
        let employment = format!("utilization = \"{}%\"\nweekly_hours = {}\n", percent(utilization), row["week_hours"]);
        let text = scenario(&employment, "24x5", &role("A", "1", "rota = \"24x5\""));
        let text = text.replace("\n[employment]", &format!("\nhours_per_year = {hours}\n[employment]"));
        work(&text, "in_house", |evaluation| {
            let state = evaluation.work.at(1);
            (state.workload[0] / state.load[0].capacity).to_f64()
        })
    };
    json!([people(&json!(1)), people(&row["utilisation"])])
}

pub fn unmet_hours(case: &Value) -> Value {
    let demand: Vec<(&String, Decimal)> =
        case["demand"].as_object().expect("a demand").iter().map(|(key, hours)| (key, decimal(hours))).collect();
    let capacity: Vec<Decimal> = list(&case["capacity"]).iter().map(decimal).collect();
    let hours: Vec<Decimal> = demand.iter().map(|(_, hours)| *hours).collect();
    let holds = |key: &String| list(&case["skills"]).iter().map(|skills| list(skills).contains(&json!(key))).collect();
    let can: Vec<Vec<bool>> = demand.iter().map(|(key, _)| holds(key)).collect();
    let assigned = assign(&hours, &capacity, &can);
    let done: Decimal = assigned.iter().flatten().sum();
    json!((hours.iter().sum::<Decimal>() - done).to_f64())
}

pub fn hire_fte_months(row: &Value) -> Value {
    let role = role("A", &row["hires"].to_string(), "rota = \"24x7\"").replace("team", "hire");
    let role = format!("{role}months_to_fill = {}\nramp_months = {}\n", row["delay"], row["ramp"]);
    work(&scenario("", "24x7", &role), "hire", |evaluation| {
        let hours = |month: u32| evaluation.work.at(month).load[0].capacity.to_f64();
        let months = row["months"].as_u64().expect("months") as u32;
        let one = hours(months) / number(&row["hires"]);
        let worked: f64 = (1..=months).map(hours).sum::<f64>() / one;
        json!([worked, worked / number(&row["hires"]) / f64::from(months)])
    })
}

/// Amounts are a million times as high, so that the rounding to the cent does not show.
pub const SCALE: Decimal = Decimal::from_parts(100_000_000, 0, 0, false, 0);

/// The present value of costs in months.
pub fn present_value(rate: &Value, flows: &[(u32, Decimal)]) -> Decimal {
    let costs: String = flows
        .iter()
        .map(|(month, amount)| format!("[[cost]]\nname = \"{month}\"\nonce = {amount}\nmonth = {month}\n"))
        .collect();
    let text = format!(
        "schema = 1\nname = \"R\"\ncurrency = \"USD\"\nterm_months = 120\ndiscount_rate = \"{}%\"\n{costs}",
        percent(rate)
    );
    asked(&text, |comparison| comparison.alternatives[0].present_value.0)
}

/// Yearly flows, the first at signature.
pub fn net_present_value(row: &Value) -> Value {
    let amount = |flow: &Value| decimal(&json!(number(flow) as i64)) * SCALE;
    let flows: Vec<(u32, Decimal)> =
        list(&row["flows"]).iter().zip(0..).map(|(flow, year)| (12 * year, amount(flow))).collect();
    json!((present_value(&row["rate"], &flows) / SCALE).to_f64())
}

/// Ends of years, then their middles.
pub fn discount_factor(row: &Value) -> Value {
    let years = || list(&row["years"]).iter().map(|year| number(year) as u32 * 12);
    let factor = |month| json!((present_value(&row["rate"], &[(month, SCALE)]) / SCALE).to_f64());
    years().chain(years().map(|month| month - 6)).map(factor).collect()
}

pub const FUTA: &str = "{ rate = \"0.6%\", cap = 7_000 }";

/// What an employer pays in a year on the wages of one person.
pub fn payroll_tax(wages: &Value, taxes: &str) -> Value {
    let text = rota("24x7", "1", &format!("payroll_taxes = [{taxes}]\n"));
    let text = text.replace("salary = 1_000", &format!("salary = {wages}"));
    asked(&text, |comparison| exactly(comparison.alternatives[0].sums.category(Category::PayrollTaxes).0))
}

pub fn rounded(row: &Value, digits: u32) -> Value {
    let round = |value: &Value| round_half_away(text(value).parse().expect("a decimal"), digits);
    list(&row["values"]).iter().map(|value| exactly(round(value))).collect()
}

/// What a provider bills over some months for a service with a workload.
pub fn invoice(months: u32, charges: &str, workload: &str) -> Value {
    let text = format!(
        "schema = 1\nname = \"R\"\ncurrency = \"USD\"\nterm_months = {months}\n\
         [services.post]\nhours = \"24x5\"\n{workload}\
         [offers.a]\n{charges}covers = \"all\"\n"
    );
    asked(&text, |comparison| {
        let offer = comparison.alternatives.last().expect("there is an offer");
        exactly(offer.sums.practice.expect("it has an offer").0)
    })
}

pub fn pricing_block(row: &Value) -> Value {
    let block = |rate: &Value, overage: &str| {
        let price = decimal(&row["hours"]) * decimal(rate);
        let hours = &row["hours"];
        format!("block_hours = {{ hours = {hours}, price = {price}, every_months = 3, expires_months = 3{overage} }}\n")
    };
    let used = format!("hours_per_year = {}\n", decimal(&row["used"]) * Decimal::from(4));
    let overage = format!(", overage_rate = {}", row["overage"]);
    let plain = list(&row["rates"]).iter().map(|rate| invoice(3, &block(rate, ""), ""));
    plain.chain([invoice(3, &block(&row["block_rate"], &overage), &used)]).collect()
}

pub fn pricing_hybrid(row: &Value) -> Value {
    let of = |base: &Value| {
        let text = format!(
            "schema = 1\nname = \"R\"\ncurrency = \"USD\"\nterm_months = 12\n[organization]\nusers = {}\n\
             [offers.a]\nmonthly = {{ base = {base} }}\n",
            row["users"]
        );
        asked(&text, |comparison| {
            let offer = &comparison.alternatives[0];
            (exactly(offer.per_user_month.expect("there are users").0), exactly(offer.sums.years[0].0))
        })
    };
    let (low, high) = (of(&row["low"]), of(&row["high"]));
    json!([low.0, high.0, low.1, high.1])
}

/// Asks about an alternative of the golden scenario.
pub fn golden<T>(alternative: &str, ask: impl FnOnce(&Comparison, usize) -> T) -> T {
    let scenario = load_file(&repository("tests/data/golden.toml"));
    let comparison = compare(&scenario).expect("it can be compared");
    let index = comparison.alternatives.iter().position(|compared| compared.id() == alternative);
    ask(&comparison, index.expect("the alternative is there"))
}

pub fn golden_service(row: &Value, alternative: &str) -> ServiceCoverage {
    golden(alternative, |comparison, index| {
        let services = &comparison.scenario.services;
        let service = services.iter().position(|service| service.key == text(&row["service"]));
        comparison.alternatives[index].evaluation.coverage.services[service.expect("the service is there")].clone()
    })
}

pub fn measures(row: &Value) -> Value {
    let service = golden_service(row, text(&row["alternative"]));
    json!([service.scheduled, service.expected, service.one_deep, service.bus_factor])
}

pub fn first_year_coverage(row: &Value) -> Value {
    let by_month = golden_service(row, text(&row["alternative"])).by_month;
    json!(by_month[..12].iter().sum::<f64>() / 12.0)
}

/// With prices a hundred million times as high: what the provider costs beyond the team.
pub fn comanaged_npv(_: &Value) -> Value {
    let text = text_of(&repository("tests/data/golden.toml"));
    let (head, _) = text.split_once("[expect").expect("it expects something");
    let zeros = "00_000_000";
    let text = head.replace("rate = 75 ", &format!("rate = 75_{zeros} ")).replace("5_000,", &format!("5_000_{zeros},"));
    asked(&text, |comparison| {
        let found = comparison.alternatives.iter().find(|compared| compared.id() == "co_managed");
        let saving = found.expect("the alternative is there").saving_present_value.expect("there is a baseline").0;
        json!((-saving / SCALE).to_f64())
    })
}
