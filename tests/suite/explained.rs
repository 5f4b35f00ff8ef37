//! Figures beside the ledger, explained: what is printed leads to the figure of the comparison.

use comanage_analysis::compare::{Comparison, compare};
use comanage_analysis::explain::Figure;
use comanage_model::scenario::Scenario;
use regex_lite::Regex;

use crate::common::{load_file, samples};

/// A percentage as it is printed, 0 to 1.
fn share(text: &str) -> f64 {
    text.trim_end_matches('%').parse::<f64>().expect("a percentage") / 100.0
}

fn captures<'t>(pattern: &str, text: &'t str) -> Vec<Vec<&'t str>> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let groups = |found: regex_lite::Captures<'t>| -> Vec<&'t str> {
        found.iter().skip(1).map(|group| group.expect("a group").as_str()).collect()
    };
    pattern.captures_iter(text).map(groups).collect()
}

fn told(scenario: &Scenario, index: usize, figure: &str) -> String {
    let figure = Figure::parse(scenario, figure).expect("there is such a figure");
    figure.told(scenario, index).expect("it can be explained")
}

fn each_alternative(check: impl Fn(&Scenario, &Comparison, usize)) {
    for path in samples() {
        let scenario = load_file(&path);
        let comparison = compare(&scenario).expect("it can be compared");
        (0..scenario.alternatives.len()).for_each(|index| check(&scenario, &comparison, index));
    }
}

/// The services weighed as printed are the coverage of the alternative; the hours of a service weighed by their
/// chances are its month.
#[test]
fn hours_and_services_lead_to_the_coverage() {
    each_alternative(|scenario, comparison, index| {
        let text = told(scenario, index, "coverage");
        let place = format!("{}, {index}: {text}", scenario.file);
        let coverage = &comparison.alternatives[index].evaluation.coverage;
        let services = captures(r"(?m): ([0-9.]+%) x ([0-9.]+) h/week x ([0-9.]+) x ([0-9]+) months$", &text);
        assert_eq!(services.is_empty(), coverage.expected.is_none(), "{place}");
        let number = |text: &str| text.parse::<f64>().expect("a number");
        let weight = |of: &Vec<&str>| number(of[1]) * number(of[2]) * number(of[3]);
        let all: f64 = services.iter().map(weight).sum();
        let covered: f64 = services.iter().map(|of| share(of[0]) * weight(of)).sum();
        if let Some(expected) = coverage.expected {
            assert!((covered / all - expected).abs() < 1e-5, "{place}");
        }
        for (service, _) in scenario.services.iter().zip(&coverage.services).filter(|(_, of)| of.expected.is_some()) {
            let text = told(scenario, index, &format!("coverage.{}", service.key));
            let hours = captures(r"(?m)^    .* \(([0-9.]+) h\), .* required: ([0-9.]+%)$", &text);
            let all: f64 = hours.iter().map(|of| number(of[0])).sum();
            let covered: f64 = hours.iter().map(|of| number(of[0]) * share(of[1])).sum();
            let months = captures(r"(?m)^  months? (?:[0-9]+ to )?[0-9]+: ([0-9.]+%)$", &text);
            let last = share(months.last().expect("a month")[0]);
            assert!((all - f64::from(service.hours.minutes()) / 60.0).abs() < 1e-3, "{place}");
            assert!((covered / all - last).abs() < 1e-5, "{}: {text}", scenario.file);
        }
    });
}

#[test]
fn hours_lead_to_the_work_that_is_done() {
    each_alternative(|scenario, comparison, index| {
        let text = told(scenario, index, "work_done");
        let found = captures(r"^work done by .*: ([0-9.]+%) = ([0-9.]+) h / ([0-9.]+) h\n", &text);
        let work = comparison.alternatives[index].work.share;
        assert_eq!(found.is_empty(), work.is_none(), "{text}");
        for (found, expected) in found.iter().zip(work) {
            let quotient = found[1].parse::<f64>().expect("hours") / found[2].parse::<f64>().expect("hours");
            assert!((quotient - expected).abs() < 1e-6 && (share(found[0]) - expected).abs() < 1e-6, "{text}");
        }
    });
}

/// The months of the ledger, weighed as printed, and the savings added up.
#[test]
fn months_lead_to_present_values_and_paybacks() {
    let amount = |text: &str| text.replace(',', "").parse::<f64>().expect("an amount");
    each_alternative(|scenario, comparison, index| {
        let of = &comparison.alternatives[index];
        let text = told(scenario, index, "present_value");
        let months = captures(r"(?m)^  month [0-9]+: (-?[0-9.,]+) x ([0-9.]+)$", &text);
        let sum: f64 = months.iter().map(|of| amount(of[0]) * of[1].parse::<f64>().expect("a factor")).sum();
        let value = amount(captures(r"^present value of .*: (-?[0-9.,]+) [A-Z]{3}\n", &text)[0][0]);
        assert_eq!(months.len() as u32, scenario.term_months + 1, "{text}");
        assert!((sum - value).abs() <= 0.5 + value.abs() * 1e-7, "{sum} {text}");
        let text = told(scenario, index, "payback_month");
        let saved: Vec<f64> = captures(r"(?m), together (-?[0-9.,]+)$", &text).iter().map(|of| amount(of[0])).collect();
        let since = (0..saved.len()).rev().take_while(|&month| saved[month] >= 0.0).last();
        assert_eq!(since.map(|month| month as u32), of.payback_month, "{text}");
    });
}
