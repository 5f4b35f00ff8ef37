//! One verdict: every output names the same alternative, and holds a share against the same target.

use std::fs;

use crate::common::{comanage, load_file, load_text, repository, samples, temporary, text_of};
use comanage_analysis::compare::{Compared, Comparison, compare};
use comanage_analysis::quotes::quotes;
use comanage_format::rates::Rates;
use comanage_report::chart::svg::{Groups, svg};
use comanage_report::{chart_data, document, write};

/// A story whose coverage target no alternative reaches.
fn without_a_winner() -> String {
    let text = text_of(&repository("scenarios/two-seniors-or-hybrid.toml"));
    let target = text.lines().find(|line| line.starts_with("coverage_target")).map(str::to_string);
    let written = "coverage_target = \"99.99%\"";
    match target {
        Some(line) => text.replacen(&line, written, 1),
        None => format!("{written}\n{text}"),
    }
}

/// Key figures, charts and answer are about the same alternative, and the target is written the same
/// way in all of them.
#[test]
fn a_document_is_about_one_alternative() {
    let scenario = load_text(&without_a_winner());
    let comparison = compare(&scenario).expect("it can be evaluated");
    assert_eq!(comparison.recommended, None);
    let leading = comparison.alternatives[comparison.leading].name().to_string();
    assert_eq!(comparison.closest, Some(comparison.leading));

    let folder = temporary("verdict-one");
    let file = folder.join("open.toml");
    fs::write(&file, without_a_winner()).expect("a file can be written");
    let run = comanage(&["report", "--quiet", "--output"]).arg(&folder).arg(&file).output().expect("it starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let written = text_of(&folder.join("open/report-internal.md"));
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    assert!(written.contains(&format!("Highest coverage: {leading}")), "{written}");
    assert!(written.contains("misses the target of 99.99%"), "{written}");
    assert!(!written.contains("target of 99.9%"));
    assert!(!written.contains("costs least, and none"));

    for picture in
        chart_data::comparison::pictures(&comparison).iter().filter(|picture| !picture.name.starts_with("week-"))
    {
        let about = [&leading, "covers 99.99%", "highest coverage"];
        let drawn = svg(&*picture.chart, Groups::None);
        assert!(about.iter().any(|words| drawn.contains(*words)), "{}", picture.name);
        assert!(!drawn.contains("costs least"), "{}", picture.name);
    }
}

/// In all outputs of all samples nothing is said to meet a target that does not apply or is missed.
#[test]
fn nothing_meets_a_target_that_does_not_apply_or_is_missed() {
    let mut prices = 0;
    for path in samples() {
        let (name, scenario) = (path.display(), load_file(&path));
        let comparison = compare(&scenario).expect("it can be evaluated");
        let mut texts = vec![write::markdown::render(&document::comparison(&comparison, None))];
        texts.extend(
            chart_data::comparison::pictures(&comparison).into_iter().map(|picture| svg(&*picture.chart, Groups::None)),
        );
        let is_said = |words: &str| texts.iter().any(|text| text.contains(words));
        let applies = |met: fn(&Compared) -> Option<bool>| comparison.alternatives.iter().any(|of| met(of).is_some());
        if comparison.is_price_comparison {
            prices += 1;
            assert!(comparison.recommended.is_none() && comparison.closest.is_none(), "{name}");
            let words = ["meet the", "meets the", "misses the", "of the required hours", "do nothing"];
            words.iter().for_each(|words| assert!(!is_said(words), "{name}: {words}"));
        }
        if comparison.recommended.is_none() {
            let words = ["that meets", "meets the targets for", "lowest total of those", ">recommended<"];
            words.iter().for_each(|words| assert!(!is_said(words), "{name}: {words}"));
        }
        if !applies(|of| of.meets_coverage_target) {
            assert!(!is_said("(95% coverage"), "{name}");
        }
        if !applies(|of| of.meets_work_target) {
            assert!(!is_said(", 95% of work completed"), "{name}");
        }
    }
    assert!(prices > 15, "{prices} samples compare prices");
}

/// A scenario in which an offer with the lowest total leaves a service out without a price, and one that
/// bills hours as they are needed bills none.
const LEFT_OUT: &str = r#"
schema = 1
name = "What is left out"
currency = "USD"
term_months = 12
[services.desk]
hours = "mon-fri 09:00-17:00"
hours_per_month = 20
[services.audits]
hours = "none"
hours_per_month = 5
[employment]
leave_days = 0
sick_days = 0
training_days = 0
holidays = 0
[[team]]
role = "Technician"
headcount = 1
salary = 60_000
services = ["desk"]
hours = "mon-fri 09:00-17:00"
[offers.whole]
name = "Whole house"
monthly = { "Everything" = 900 }
covers = "all"
[offers.bare]
name = "Bare bones"
monthly = { "Desk" = 90 }
covers.desk = "mon-fri 09:00-17:00"
[offers.spare]
name = "Spare hours"
block_hours = { hours = 40, price = 6_000 }
out_of_scope_rate = 0
covers.desk = { hours = "mon-fri 09:00-17:00", overflow = true }
"#;

/// Every document and chart about a comparison and its offers.
fn texts(comparison: &Comparison) -> Vec<String> {
    let rates = Rates::default();
    let quotes = quotes(comparison, &rates, true).expect("they can be quoted");
    let pictures =
        chart_data::comparison::pictures(comparison).into_iter().chain(chart_data::offers::pictures(&quotes));
    let drawn = pictures.map(|picture| svg(&*picture.chart, Groups::None));
    let reports = [document::comparison(comparison, None), document::quotes(&quotes)];
    reports.iter().map(write::markdown::render).chain(drawn).collect()
}

/// In all outputs of all samples nothing that is incomplete or not needed is called the cheapest, or is
/// recommended.
#[test]
fn nothing_incomplete_is_called_the_cheapest() {
    let mut unranked = 0;
    let scenarios = samples().iter().map(|path| load_file(path)).chain([load_text(LEFT_OUT)]).collect::<Vec<_>>();
    for scenario in &scenarios {
        let comparison = compare(scenario).expect("it can be evaluated");
        let indices = 0..comparison.alternatives.len();
        let is_ranked = |index: &usize| comparison.alternatives[*index].standing.price.is_ranked();
        let open: Vec<usize> = indices.filter(|index| !is_ranked(index)).collect();
        if open.is_empty() {
            continue;
        }
        unranked += 1;
        let chosen = [comparison.cheapest, comparison.recommended].into_iter().flatten();
        let chosen: Vec<usize> = chosen.chain(comparison.frontier.iter().copied()).collect();
        assert!(open.iter().all(|index| !chosen.contains(index)), "{}", scenario.name);
        for text in texts(&comparison) {
            for sentence in text.split(['.', '\n', '<', ';', '|']).filter(|part| part.contains("cheapest")) {
                for &index in &open {
                    let name = comparison.alternatives[index].name();
                    assert!(!sentence.contains(name), "{}: {sentence}", scenario.name);
                }
            }
        }
    }
    assert!(unranked > 1, "{unranked} samples have a price that is open");
}
