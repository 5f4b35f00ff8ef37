//! The part of the page in which inputs may be changed: its programs held to the engine, and the page in a browser held
//! to the command that it names.
//!
//! `COMANAGE_SETTINGS=500 cargo test --release report::what_if` tries that many settings in the browser, and the pages
//! of random scenarios too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use comanage_analysis::compare::{compare, work_share};
use comanage_analysis::frames::{Frame, ids};
use comanage_analysis::recalculate::Recalculation;
use comanage_format::load::Document;
use comanage_model::scenario::Scenario;
use comanage_model::totals;
use rayon::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

use super::browser::told_missing;
use super::{STORIES, Written, sample};
use crate::common::{repository, temporary};
use crate::random::{self, Dice};

/// What the page says where it has no figure.
const UNKNOWN: &str = "run the command";

/// A scenario with values of its sliders, as whole numbers of their units.
fn set(scenario: &Scenario, of: &Recalculation, values: &[i128]) -> Scenario {
    let mut scenario = scenario.clone();
    of.sliders.iter().zip(values).for_each(|(slider, &value)| scenario.inputs.set(slider.input, slider.decimal(value)));
    scenario
}

/// A value of each slider: as it is, or anywhere on a step.
fn drawn(of: &Recalculation, dice: &mut Dice) -> Vec<i128> {
    let value = |slider: &comanage_analysis::recalculate::Slider| {
        let steps = ((slider.max - slider.min) / slider.step) as i64;
        if dice.chance(50) { slider.value } else { slider.min + slider.step * i128::from(dice.between(0, steps)) }
    };
    of.sliders.iter().map(value).collect()
}

/// Holds the programs of a scenario to the engine at some settings; gives back how many figures were held.
fn hold(document: &Document, settings: usize, dice: &mut Dice) -> usize {
    let loaded = document.read();
    let scenario = loaded.scenario.expect("it is valid");
    let comparison = compare(&scenario).expect("its figures have room");
    let Some(of) = Recalculation::new(document, &comparison) else { return 0 };
    let mut held = 0;
    for _ in 0..settings {
        let values = drawn(&of, dice);
        let set = set(&scenario, &of, &values);
        let place = format!("{}: {values:?}", scenario.file);
        let priced = totals::all_priced(&set).expect(&place);
        let units =
            |money: Decimal| (money * Decimal::from(10_i64.pow(scenario.currency.digits))).normalize().mantissa();
        for program in &of.programs {
            let row = program.run(&values);
            for group in program.groups.iter().filter(|group| group.holds(&row)) {
                let priced = &priced[group.group];
                let total: Decimal = priced.months.iter().map(|month| month.0).sum();
                assert_eq!(row.get(group.total), units(total), "{place}, alternative {}", group.group);
                if let Some((done, to_do)) = group.ratio {
                    let (done, to_do) = (row.get(done), row.get(to_do));
                    let own = (to_do > 0).then(|| done as f64 / to_do as f64);
                    let engine = work_share(priced.work.0, priced.work.1);
                    let is_same = own.zip(engine).map_or(own == engine, |(own, engine)| (own - engine).abs() < 1e-12);
                    assert!(is_same, "{place}, alternative {}: {own:?}, {engine:?}", group.group);
                }
                let is_bought = group.part.map(|part| row.get(part) != 0);
                assert!(is_bought.is_none_or(|own| own == priced.is_bought), "{place}: whether anything is bought");
                held += 1;
            }
        }
        hold_coverage(&of, &values, &set, &place);
    }
    held
}

/// Holds what is tabled of coverage to what it is.
fn hold_coverage(of: &Recalculation, values: &[i128], scenario: &Scenario, place: &str) {
    let covered = &of.covered;
    if covered.fixed.iter().any(|&at| values[at] != of.sliders[at].value) {
        return;
    }
    let index = covered.tabled.iter().fold(0, |index, &at| {
        let slider = &of.sliders[at];
        let steps = (slider.max - slider.min) / slider.step + 1;
        index * steps as usize + ((values[at] - slider.min) / slider.step) as usize
    });
    let frame = Frame::of(scenario, &ids(scenario));
    for (alternative, cover) in covered.ways[covered.places[index]].iter().enumerate() {
        assert_eq!(cover.reach, frame.reach(alternative), "{place}: coverage of {alternative}");
        assert_eq!(cover.is_complete, frame.price(alternative).is_complete, "{place}: price of {alternative}");
    }
}

#[test]
fn programs_of_the_samples_give_the_figures_of_the_engine() {
    let mut dice = Dice::new(18);
    for (path, _) in STORIES.iter() {
        let held = hold(&Document::open(&path.to_string_lossy()), 12, &mut dice);
        assert!(held >= 12, "{}: {held}", path.display());
    }
}

#[test]
fn programs_of_random_scenarios_give_the_figures_of_the_engine() {
    let mut held = 0;
    for seed in 0..24 {
        let text = random::scenario(seed);
        let document =
            Document::parse("random.toml", text.as_bytes(), &mut |_| Err(std::io::ErrorKind::NotFound.into()));
        held += hold(&document, 6, &mut Dice::new(seed));
    }
    assert!(held > 200, "{held}");
}

#[test]
fn the_page_for_clients_carries_no_program() {
    let inside = Written::new("what-if-inside", &sample("three-quotes"), &[]);
    let outside = Written::new("what-if-outside", &sample("three-quotes"), &["--audience", "client"]);
    for mark in ["what-if-data", "--set", "const program", "What if"] {
        assert!(inside.html.contains(mark) && !outside.html.contains(mark), "{mark}");
    }
    assert!(!inside.markdown.contains("What if"));
}

/// What the command is made of: the values that the report was made with, and the alternatives that were kept.
#[test]
fn the_command_says_what_the_report_was_made_with() {
    let arguments = ["--set", "organization.users=70", "--alternative", "hybrid", "--allow-large"];
    let written = Written::new("what-if-command", &sample("three-quotes"), &arguments);
    let (_, data) = written.html.split_once("id=\"what-if-data\">").expect("the page has data");
    let (data, _) = data.split_once("</script>").expect("it ends");
    let data: Value = serde_json::from_str(data).expect("it is JSON");
    let command: Vec<&str> = data["command"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(command[..2], ["comanage", "compare"]);
    assert_eq!(command[3..], ["--allow-large", "--alternative", "hybrid", "--set", "organization.users=70"]);
    assert_eq!(data["alternatives"].as_array().map(Vec::len), Some(2));
}

/// What the page says of a setting.
struct Shown {
    command: String,
    /// By alternative, its cells by column; none where the page has no figure at all.
    rows: Option<Vec<BTreeMap<String, String>>>,
    marks: Vec<String>,
    milliseconds: f64,
}

impl Shown {
    fn read(line: &str) -> Self {
        let of: Value = serde_json::from_str(line).expect("it is JSON");
        let text = |value: &Value| value.as_str().expect("it is a text").to_string();
        let rows = of["rows"].as_array().map(|rows| {
            let cells = |row: &Value| {
                let cells = row.as_object().expect("a row").iter();
                cells.map(|(head, cell)| (head.clone(), text(cell))).collect()
            };
            rows.iter().map(cells).collect()
        });
        let marks = of["marked"].as_array().into_iter().flatten().map(text).collect();
        Self { command: text(&of["command"]), rows, marks, milliseconds: of["took"].as_f64().expect("a number") }
    }

    /// What the command that the page names says.
    fn compared(&self, folder: &Path) -> Value {
        let program = Path::new(env!("CARGO_BIN_EXE_comanage"));
        let own = program.parent().expect("it is in a folder").display();
        let path = format!("{own}:{}", std::env::var("PATH").unwrap_or_default());
        let line = format!("{} --format json --quiet --no-png --output '{}'", self.command, folder.display());
        let run = Command::new("sh").args(["-c", &line]).env("PATH", path).current_dir(repository("")).output();
        let run = run.expect("there is a shell");
        assert!(run.status.success(), "{line}\n{}", String::from_utf8_lossy(&run.stderr));
        serde_json::from_slice(&run.stdout).expect("it is JSON")
    }

    /// Whether the page gives a verdict.
    fn has_verdict(&self) -> bool {
        self.rows.iter().flatten().all(|row| row["Targets"] != UNKNOWN) && self.rows.is_some()
    }

    /// Holds every figure and every mark to what the command says.
    fn hold(&self, folder: &Path) {
        let Some(rows) = &self.rows else { return };
        let compared = self.compared(folder);
        let alternatives = compared["alternatives"].as_array().expect("there are alternatives");
        assert_eq!(rows.len(), alternatives.len(), "{}", self.command);
        for ((row, marks), of) in rows.iter().zip(&self.marks).zip(alternatives) {
            let place = format!("{}\n{}: {row:?} {marks:?}\n{}", self.command, of["id"], of["total"]);
            let amount = |column: &str| row[column].replace(',', "");
            assert!(row["Term total"] == UNKNOWN || Some(&*amount("Term total")) == of["total"].as_str(), "{place}");
            if row.get("Saving").is_some_and(|saving| !["baseline", "-"].contains(&saving.as_str())) {
                assert_eq!(Some(&*amount("Saving")), of["saving"].as_str(), "{place}");
            }
            if let Some(budget) = row.get("Budget").filter(|budget| *budget != UNKNOWN) {
                assert_eq!(Some(budget == "kept"), of["meets_budget"].as_bool(), "{place}");
            }
            if row["Targets"] != UNKNOWN {
                assert_eq!(row["Targets"], targets(of), "{place}");
            }
            let says = |word: &str| marks.split(", ").any(|mark| mark == word);
            for word in ["recommended", "cheapest"] {
                let is_so = self.has_verdict() && compared[word] == of["id"];
                assert_eq!(says(word), is_so, "{place}: {word} is {}", compared[word]);
            }
        }
    }
}

/// Whether an alternative meets the targets that apply to it.
fn targets(of: &Value) -> &'static str {
    let met = ["meets_coverage_target", "meets_work_target"].map(|target| of[target].as_bool());
    match met {
        [None, None] => "n/a",
        met if met.contains(&Some(false)) => "missed",
        _ => "met",
    }
}

/// The pages of all stories, and of some random scenarios; in a folder of the test's own.
fn pages(folder: &Path, random: u64) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for (path, written) in STORIES.iter() {
        let page = folder.join(path.file_stem().expect("a file has a name")).with_extension("html");
        fs::write(&page, &written.html).expect("a page can be written");
        pages.push(page);
    }
    for seed in 0..random {
        let file = folder.join(format!("random {seed}.toml"));
        fs::write(&file, random::scenario(seed)).expect("a file can be written");
        let written = Written::new(&format!("what-if-random-{seed}"), &file, &["--allow-large"]);
        let page = file.with_extension("html");
        if written.html.contains("what-if-data") {
            fs::write(&page, &written.html).expect("a page can be written");
            pages.push(page);
        }
    }
    pages
}

#[test]
fn every_setting_in_the_browser_gives_what_the_command_gives() {
    const FEW: usize = 32;
    if told_missing("the settings of pages in a browser") {
        return;
    }
    let asked = std::env::var("COMANAGE_SETTINGS").ok().and_then(|text| text.parse::<usize>().ok());
    let folder = temporary("what-if-settings");
    let pages = pages(&folder, if asked.is_some() { 40 } else { 0 });
    let mut node = Command::new("node");
    node.arg(repository("tests/browser/settings.mjs")).arg(asked.unwrap_or(FEW).to_string()).args(pages);
    let run = node.output().expect("node starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8(run.stdout).expect("it is text");
    let shown: Vec<Shown> = said.lines().map(Shown::read).collect();
    assert_eq!(shown.len(), asked.unwrap_or(FEW));
    shown.par_iter().enumerate().for_each(|(number, of)| of.hold(&folder.join(format!("run-{number}"))));
    let with_figures = shown.iter().filter(|of| of.rows.is_some()).count();
    let with_verdict = shown.iter().filter(|of| of.has_verdict()).count();
    let mut times: Vec<f64> = shown.iter().map(|of| of.milliseconds).collect();
    times.sort_by(f64::total_cmp);
    let median = times[times.len() / 2];
    let most = times[times.len() - 1];
    println!("{} settings, {with_figures} with figures, {with_verdict} with a verdict", shown.len());
    println!("a slider's answer took {median:.1} ms, at most {most:.1} ms");
    assert!(with_figures * 4 > shown.len() * 3 && with_verdict * 2 > shown.len(), "{with_figures}, {with_verdict}");
    assert!(median < 50.0, "{median} ms");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}
