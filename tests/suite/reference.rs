//! The reference values of `tests/data/reference.json`, each computed by the program itself.
//!
//! A row names a function and its inputs; the table [`FUNCTIONS`] says how the program is asked for
//! it, often through a small scenario. What the model does not compute is listed in
//! `tests/data/LEFT_OUT.md`.

mod asked;
mod lines;

use comanage_model::coverage::gaps;
use comanage_model::week::Week;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use crate::common::{repository, text_of};
use asked::*;
use lines::*;

type Function = fn(&Value) -> Value;

/// How the program is asked for each function of the rows.
const FUNCTIONS: [(&str, Function); 55] = [
    ("productive_hours", productive_hours),
    ("relief_factor", |row| json!(people_for("24x7", decimal(&row["net_hours"])))),
    ("uncovered_hours_year", |row| {
        let left = 1.0 - rota_presence("24x7", decimal(&row["net_hours"]), &row["fte"]);
        // To a nanohour: a probability is a double.
        json!((left * number(&row["post_hours_year"]) * 1e9).round() / 1e9)
    }),
    ("fte_raw", |row| {
        let text = rota("24x7", "1", "weekly_hours = 40\nleave_days = 0\n");
        assert_eq!(row["fte_week_hours"], 40);
        json!(1.0 / service(&text).scheduled.expect("hours are wanted"))
    }),
    ("fte_for_post", |row| {
        let hours = if row.get("week_hours").is_some() { "mon-sat 07:00-19:00" } else { "24x7" };
        json!(people_for(hours, decimal(&row["productive"])))
    }),
    ("absence_fraction", absence_fraction),
    ("coverage_ratio", |row| json!(service(&roster(row, Decimal::ZERO)).scheduled)),
    ("expected_coverage", |row| json!(service(&roster(row, decimal(&row["absence"]))).expected)),
    ("spof_share", |row| json!(service(&roster(row, Decimal::ZERO)).one_deep)),
    ("leave_one_out", |row| json!(service(&roster(row, Decimal::ZERO)).loss_without[0].1)),
    ("night_shift_slots", |row| {
        let week = week(&format!("mon-sun {}:00-0{}:00", row["start"], row["end"]));
        const TUESDAY: usize = 24 * 60;
        (0..24).map(|hour| json!(u8::from(week.contains(TUESDAY + hour * 60)))).collect()
    }),
    ("week_wrap", |_| {
        let spans = week("sun 22:00-06:00").spans();
        spans.iter().rev().map(|&(from, to)| json!([from, to])).collect()
    }),
    ("at_least_one", |row| {
        let absence = decimal(&row["absence"]);
        let with = |people: &Value| service(&team("mon-fri 09:00-17:00", &people.to_string(), absence)).expected;
        list(&row["n"]).iter().map(|people| json!(with(people))).collect()
    }),
    ("erlang_b", |row| list(&row["c"]).iter().map(|people| json!(line(&row["A"], people).lost())).collect()),
    ("second_incident", |row| json!(line(&row["A"], &row["c"]).lost())),
    ("erlang_c", erlang_c),
    ("service_level", service_level),
    ("asa", |row| json!(line(&row["A"], &row["c"]).mean_wait(number(&row["aht_s"])))),
    ("wait_tail", wait_tail),
    ("wait_quantile", |row| json!(wait_of(line(&row["A"], &row["c"]), number(&row["p"]), number(&row["aht_s"])))),
    ("required_agents", required_agents),
    ("edge_no_demand", |row| {
        let queue = line(&row["A"], &row["c"]);
        json!([queue.waits(), queue.answered_within(0.0, 1.0)])
    }),
    ("mean_wait_to_coverage", mean_wait_to_coverage),
    ("longest_gap", |row| {
        let staffed = week(text(&row["staffed"][0]));
        let hours = gaps(&Week::all(), &staffed).into_iter().map(|gap| gap.hours());
        json!(hours.fold(0.0, f64::max))
    }),
    ("hours_budget_bound", |row| json!(rota_presence("24x7", decimal(&row["productive"]), &row["fte"]))),
    ("undefined_ratio", |_| {
        let text = team("mon-fri 09:00-17:00", "1", Decimal::ZERO).replacen("mon-fri 09:00-17:00", "none", 1);
        json!(service(&text).expected)
    }),
    ("midnight_24h", |row| {
        let hours = |shift: &Value| match Week::parse(text(shift)) {
            Ok(week) => json!(week.minutes() / 60),
            Err(_) => json!("error"),
        };
        list(&row["shifts"]).iter().map(hours).collect()
    }),
    ("ticket_fte", ticket_fte),
    ("unmet_hours", |row| list(&row["cases"]).iter().map(unmet_hours).collect()),
    ("hire_fte_months", hire_fte_months),
    ("presence", |_| {
        // q t = 1/9, with t of one month: q is 133.33…%.
        let away = "turnover = \"133.3333333333%\"\nmonths_to_fill = 1\nholidays = 11\nleave_days = 27\n";
        let text = scenario(away, "mon-fri 09:00-17:00", &role("A", "1", "hours = \"mon-fri 09:00-17:00\""));
        json!(service(&text).expected)
    }),
    ("monthly_rate", |row| {
        let amount = Decimal::from(100_000_000_000_000_i64);
        let value = present_value(&row["annual_effective"], &[(1, amount)]);
        json!((amount / value - Decimal::ONE).to_f64())
    }),
    ("npv", net_present_value),
    ("npv_convention", net_present_value),
    ("npv_level", |row| {
        let payment = decimal(&row["payment"]) * SCALE;
        let months = row["months"].as_u64().expect("months") as u32;
        let flows: Vec<(u32, Decimal)> = (1..=months).map(|month| (month, payment)).collect();
        json!((present_value(&row["annual_effective"], &flows) / SCALE).to_f64())
    }),
    ("employer_payroll_tax", |row| {
        let (social, medicare, unemployment) =
            (format!("{{ rate = \"6.2%\", cap = {} }}", row["ss_base"]), "{ rate = \"1.45%\" }", FUTA);
        let all = format!("{social}, {medicare}, {unemployment}");
        [&social, medicare, unemployment, &all].iter().map(|taxes| payroll_tax(&row["wages"], taxes)).collect()
    }),
    ("ss_maximum", |row| payroll_tax(&json!(1_000_000), &format!("{{ rate = \"6.2%\", cap = {} }}", row["ss_base"]))),
    ("futa", |row| {
        let tax = |rate: &Value| format!("{{ rate = \"{}%\", cap = {} }}", percent(rate), row["base"]);
        list(&row["rates"]).iter().map(|rate| payroll_tax(&json!(50_000), &tax(rate))).collect()
    }),
    ("rounding_modes", |row| rounded(row, 0)),
    ("rounding_cents", |row| rounded(row, 2)),
    ("invoice_total", |row| {
        let lines = list(&row["lines"]).iter().enumerate();
        let lines: Vec<String> = lines.map(|(index, price)| format!("line_{index} = {}", text(price))).collect();
        invoice(1, &format!("monthly = {{ {} }}\n", lines.join(", ")), "")
    }),
    ("pricing_block", pricing_block),
    ("pricing_hybrid", pricing_hybrid),
    ("discount_factor", discount_factor),
    ("as_is_help_desk", measures),
    ("as_is_security", measures),
    ("hire_same_hours", |row| json!(golden_service(row, text(&row["alternative"])).expected)),
    ("hire_staggered", |row| {
        let service = golden_service(row, text(&row["alternative"]));
        json!([service.scheduled, service.expected])
    }),
    ("comanaged_security", |row| json!(golden_service(row, text(&row["alternative"])).expected)),
    ("comanaged_year1", first_year_coverage),
    ("hire_year1", first_year_coverage),
    ("comanaged_cost", |row| {
        golden(text(&row["alternative"]), |comparison, index| {
            let sums = &comparison.alternatives[index].sums;
            let months = [1, 13, 25].map(|month| sums.provider_months[month].0);
            months.into_iter().chain(sums.practice.map(|money| money.0)).map(exactly).collect()
        })
    }),
    ("comanaged_npv", comanaged_npv),
    ("hire_cost", |row| {
        golden(text(&row["alternative"]), |comparison, index| {
            // The second year is the first that is paid whole.
            let (own, base) = (&comparison.alternatives[index].sums, &comparison.alternatives[0].sums);
            [own.years[1].0 - base.years[1].0, own.total.0 - base.total.0].map(exactly).into_iter().collect()
        })
    }),
    ("mean_wait", |row| {
        let wait = |id: &Value| json!(golden_service(row, text(id)).mean_wait_hours);
        list(&row["alternative"]).iter().map(wait).collect()
    }),
];

#[test]
fn the_program_computes_every_reference_value() {
    let file: Value = serde_json::from_str(&text_of(&repository("tests/data/reference.json"))).expect("it is JSON");
    let left_out = text_of(&repository("tests/data/LEFT_OUT.md"));
    let mut asked: Vec<&str> = Vec::new();
    let mut wrong = Vec::new();
    for row in list(&file["rows"]) {
        let (id, name) = (text(&row["id"]), text(&row["fn"]));
        let Some((name, function)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("{id}: nobody computes {name}; if the model does not, list it in LEFT_OUT.md"));
            continue;
        };
        asked.push(name);
        assert!(
            !left_out.contains(&format!("| {id} |")) || left_out.contains(&format!("| {id} | its ")),
            "{id} is left out"
        );
        let got = function(&row["inputs"]);
        if !agree(&got, &row["expected"], &row["tolerance"]) {
            wrong.push(format!("{id} {name}: computed {got}, expected {}", row["expected"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (name, _) in FUNCTIONS {
        assert!(asked.contains(&name), "no row asks for {name}");
    }
}

/// Whether a value is what is expected: numbers within the tolerance, all else equal.
fn agree(got: &Value, expected: &Value, tolerance: &Value) -> bool {
    if let (Some(got), Some(expected)) = (got.as_array(), expected.as_array()) {
        let mut pairs = got.iter().zip(expected);
        return got.len() == expected.len() && pairs.all(|(got, expected)| agree(got, expected, tolerance));
    }
    let exact = |value: &Value| value.as_str().map_or(value.to_string(), String::from).parse::<Decimal>();
    match (got.as_f64(), expected.as_f64(), exact(got), exact(expected)) {
        (Some(got), Some(expected), ..) if tolerance.get("rel").is_some() => {
            (got - expected).abs() <= number(&tolerance["rel"]) * expected.abs()
        }
        (Some(got), Some(expected), ..) => (got - expected).abs() <= number(&tolerance["abs"]),
        (_, _, Ok(got), Ok(expected)) => got == expected,
        _ => got == expected,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is a list"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is a text"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

/// A number as it is written.
fn decimal(value: &Value) -> Decimal {
    value.to_string().parse().unwrap_or_else(|_| panic!("{value} is a decimal"))
}

/// A decimal as data.
fn exactly(value: Decimal) -> Value {
    json!(value.to_string())
}

fn percent(value: &Value) -> Decimal {
    (decimal(value) * Decimal::ONE_HUNDRED).normalize()
}
