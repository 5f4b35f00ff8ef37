//! The workbook recalculated by an office: every formula, and every input that can be changed.
//!
//! LibreOffice opens each workbook, recalculates it, and then changes inputs one at a time and all
//! together; every month of every alternative and the comparison must come to what the scenario with
//! the same values comes to. Without LibreOffice (and its Python, `python3-uno`), or where it cannot
//! open a workbook of its own, the test says so and is skipped. By default the samples and a few
//! published cases are tried, each input at one end of its bounds or near its value by turns;
//! `COMANAGE_OFFICE=all` tries every scenario and every input at both ends and near its value.

use std::path::Path;
use std::process::Command;

use comanage_analysis::compare::{Compared, Comparison, compare};
use comanage_format::load::Document;
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;
use comanage_report::workbook::{Editable, editable, workbook};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use crate::common::{repository, samples, temporary};

/// A change: the inputs by name, their paths, and the values as one would write them.
type Change = Vec<(String, String, Decimal)>;

#[test]
fn an_office_comes_to_the_same_cents() {
    let Some((soffice, python)) = office() else {
        eprintln!("skipped: LibreOffice with python3-uno is not installed");
        return;
    };
    let all = std::env::var("COMANAGE_OFFICE").is_ok_and(|value| value == "all");
    let folder = temporary("office");
    let jobs: Vec<Value> = wanted(all).iter().map(|path| job(&folder, path, all)).collect();
    let list = folder.join("jobs.json");
    std::fs::write(&list, Value::Array(jobs).to_string()).expect("a file can be written");
    let script = repository("tests/office/recalculate.py");
    let run = Command::new(python).arg(script).arg(soffice).arg(&list).output().expect("python starts");
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    eprintln!("{said}");
    if run.status.code() == Some(UNUSABLE) {
        eprintln!("skipped: LibreOffice cannot open a workbook of its own here");
        return;
    }
    assert!(run.status.success(), "{said}");
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// The exit code of the script where the office is no judge.
const UNUSABLE: i32 = 77;

/// The office and a Python that can speak to it.
fn office() -> Option<(&'static str, &'static str)> {
    let answers = |program: &str, arguments: &[&str]| {
        Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
    };
    let soffice = ["soffice", "libreoffice"].into_iter().find(|program| answers(program, &["--version"]))?;
    let python = ["python3", "/usr/bin/python3"].into_iter().find(|python| answers(python, &["-c", "import uno"]))?;
    Some((soffice, python))
}

fn wanted(all: bool) -> Vec<std::path::PathBuf> {
    let is_sample = |path: &Path| !path.components().any(|part| part.as_os_str() == "published");
    let some = ["rwc-toa-200h", "nito-bundle-min", "paymentkit-graduated-3000", "escalation-2000", "openit-uk"];
    let is_some = |path: &Path| some.iter().any(|name| path.file_stem().is_some_and(|stem| stem == *name));
    let budget = repository("tests/worked/budget.toml");
    samples().into_iter().filter(|path| all || is_sample(path) || is_some(path)).chain([budget]).collect()
}

/// The workbook of a scenario, written to a folder, and what it must come to under each change.
fn job(folder: &Path, path: &Path, all: bool) -> Value {
    let document = Document::open(&path.to_string_lossy()).without_simulation();
    let scenario = read(&document, path);
    let comparison = compare(&scenario).expect("it can be compared");
    let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    let file = folder.join(format!("{name}.xlsx"));
    std::fs::write(&file, workbook(&comparison, None).expect("it can be written")).expect("a file can be written");
    let open = editable(&scenario).expect("it can be evaluated");
    let sheets = sheets(&comparison);
    let cases = changes(&scenario, &open, all).into_iter().map(|change| {
        let mut document = document.clone();
        for (_, path, value) in &change {
            document.set(path, &written(&scenario, path, *value)).expect("the path leads somewhere");
        }
        let changed = read(&document, path);
        let changed = compare(&changed).expect("it can be compared");
        case(&change, &changed, &sheets)
    });
    json!({ "file": file, "cases": cases.collect::<Vec<_>>() })
}

#[track_caller]
fn read(document: &Document, path: &Path) -> Scenario {
    let loaded = document.read();
    let told = comanage_model::diagnostic::render(&loaded.diagnostics, &loaded.sources, false);
    loaded.scenario.unwrap_or_else(|| panic!("{}: {told}", path.display()))
}

fn written(scenario: &Scenario, path: &str, value: Decimal) -> String {
    let (_, _, about) = scenario.inputs.iter().find(|(_, _, about)| about.path == path).expect("the input is there");
    about.kind.write(value)
}

/// Each input at an end of its bounds or near its value; then all at once.
fn changes(scenario: &Scenario, open: &[Editable], all: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for (index, of) in open.iter().enumerate() {
        let values = values(scenario, of);
        let chosen = if all { values.to_vec() } else { vec![values[index % 3]] };
        changes.extend(chosen.into_iter().map(|value| vec![change(scenario, of, value)]));
    }
    for turn in 0..3 {
        let of_turn = |(index, of): (usize, &Editable)| change(scenario, of, values(scenario, of)[(index + turn) % 3]);
        changes.push(open.iter().enumerate().map(of_turn).collect());
        changes.push(open.iter().map(|of| change(scenario, of, values(scenario, of)[turn])).collect());
    }
    changes
}

fn change(scenario: &Scenario, of: &Editable, value: Decimal) -> (String, String, Decimal) {
    (of.name.clone(), scenario.inputs.about(of.input).path.clone(), value)
}

/// The lowest, a value about a seventh higher, and the highest.
fn values(scenario: &Scenario, of: &Editable) -> [Decimal; 3] {
    let value = scenario.inputs.value(of.input);
    let higher = comanage_expr::number::round_half_away(value * Decimal::new(11437, 4), of.decimals.min(4));
    [of.min, higher.clamp(of.min, of.max), of.max]
}

/// The sheets of the alternatives, in their order.
fn sheets(comparison: &Comparison) -> Vec<String> {
    let bytes = workbook(comparison, None).expect("it can be written");
    let book = super::xlsx::Book::open(&bytes);
    let own = ["Comparison", "Inputs", "Calculations", "Audit"];
    book.sheets.iter().map(|sheet| sheet.name.clone()).filter(|name| !own.contains(&name.as_str())).collect()
}

fn case(change: &Change, comparison: &Comparison, sheets: &[String]) -> Value {
    let set: serde_json::Map<String, Value> =
        change.iter().map(|(name, _, value)| (name.clone(), json!(value.to_string()))).collect();
    let months = sheets.iter().zip(&comparison.alternatives).map(|(sheet, of)| {
        let months: Vec<f64> = of.sums.months.iter().map(|month| number(*month)).collect();
        (sheet.clone(), json!(months))
    });
    json!({ "set": set, "months": months.collect::<serde_json::Map<_, _>>(), "comparison": told(comparison) })
}

/// What the first sheet must say.
fn told(comparison: &Comparison) -> Value {
    let of = |value: &dyn Fn(usize, &Compared) -> Value| -> Vec<Value> {
        comparison.alternatives.iter().enumerate().map(|(index, of)| value(index, of)).collect()
    };
    let baseline = |index: usize, value: Value| if Some(index) == comparison.baseline { json!("-") } else { value };
    let yes = |is: bool| json!(if is { "yes" } else { "no" });
    let name = |index: usize| comparison.alternatives[index].name();
    let is_ranked = |of: &Compared| of.standing.price.is_ranked();
    let whose = if comparison.alternatives.iter().all(is_ranked) { "" } else { " with a complete price" };
    let within = if comparison.scenario.budget.is_none() { "" } else { " within the budget" };
    let label = format!("Recommended: cheapest that meets the targets{within}");
    let recommended = match (comparison.recommended, comparison.closest) {
        (Some(index), _) => name(index).to_string(),
        (None, Some(index)) => {
            format!("None: no alternative{whose} meets the targets{within}. Highest coverage: {}.", name(index))
        }
        (None, None) => "None: no required hours or work, so only prices are compared.".to_string(),
    };
    let met = |is: Option<bool>| is.map_or_else(|| json!("not applicable"), yes);
    let payback = |month: Option<u32>| month.map_or_else(|| json!("none"), |month| json!(f64::from(month)));
    json!({
        (label): [recommended],
        "Cheapest": [comparison.cheapest.map_or("None: no price is complete.", name)],
        "Inputs": ["All inputs in range."],
        "Year 1": of(&|_, of| json!(number(of.sums.years[0]))),
        "Present value": of(&|_, of| json!(number(of.present_value))),
        "Monthly average": of(&|_, of| json!(number(of.monthly_average))),
        "Per user per month": of(&|_, of| of.per_user_month.map_or_else(|| json!("-"), |money| json!(number(money)))),
        "Saving in present value": of(&|index, of| baseline(index, of.saving_present_value.map_or_else(|| json!("-"), |money| json!(number(money))))),
        "Payback, month": of(&|index, of| baseline(index, of.saving.map_or_else(|| json!("-"), |_| payback(of.payback_month)))),
        "Providers: quoted price": of(&|_, of| of.sums.paper.map_or_else(|| json!("-"), |money| json!(number(money)))),
        "Providers: expected cost": of(&|_, of| of.sums.practice.map_or_else(|| json!("-"), |money| json!(number(money)))),
        "Meets the coverage target": of(&|_, of| met(of.meets_coverage_target)),
        "Meets the work target": of(&|_, of| met(of.meets_work_target)),
        "Efficient": of(&|index, of| if is_ranked(of) { yes(comparison.frontier.contains(&index)) } else { json!("-") }),
        "Cost per covered hour": of(&|_, of| of.cost_per_covered_hour.map_or_else(|| json!("-"), |money| json!(number(money)))),
    })
}

fn number(money: Money) -> f64 {
    money.0.to_f64().expect("it has room")
}
