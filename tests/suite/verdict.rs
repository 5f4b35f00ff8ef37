//! One verdict: every output names the same alternative, and holds a share against the same target.

use std::fs;

use crate::common::{comanage, load_file, load_text, repository, samples, temporary, text_of};
use comanage_analysis::compare::{Compared, compare};
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
