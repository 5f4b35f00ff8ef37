//! `[expect]`: what must come out.

use rust_decimal::Decimal;

use comanage_model::diagnostic::Diagnostic;
use comanage_model::scenario::{Expectation, Expected, Figure, NOBODY};
use comanage_model::words::in_words;

use super::super::digits;
use super::super::fields::{Fields, found};
use super::super::format::{ANNOTATIONS, EXPECT, EXPECT_ALTERNATIVE, SIGNED_MONEY};
use super::super::names::Names;
use super::super::path::join;
use super::super::reader::Reader;
use super::super::tree::{Entry, Node, Table};

/// Categories of the ledger.
const CATEGORIES: [&str; 19] = [
    "salaries",
    "payroll taxes",
    "benefits",
    "bonus",
    "training",
    "software",
    "overhead",
    "equipment",
    "recruiting",
    "turnover",
    "on-call",
    "severance",
    "tools",
    "provider recurring",
    "provider hours",
    "provider one-time",
    "out of scope",
    "provider tax",
    "other",
];

/// Reads what must come out.
pub(super) fn read(root: &Fields<'_>, reader: &mut Reader, ids: &Names, term_months: u32) -> Vec<Expectation> {
    let Some(node) = root.get("expect") else { return Vec::new() };
    let Some(table) = node.table() else {
        reader.wrong_type(node, "expect", "a table", "write [expect] and the figures below it");
        return Vec::new();
    };
    let mut expect = Vec::new();
    for entry in &table.entries {
        match (&*entry.key, entry.node.table()) {
            (_, Some(_)) => {
                ids.find(reader, &entry.key, &entry.key_span, &join("expect", &entry.key));
                read_alternative(entry, reader, term_months, &mut expect);
            }
            ("cheapest", None) => expect.extend(read_id(reader, ids, &entry.node, "expect.cheapest", Figure::Cheapest)),
            ("recommended", None) => {
                expect.extend(read_id(reader, ids, &entry.node, "expect.recommended", Figure::Recommended));
            }
            ("frontier", None) => expect.extend(read_frontier(reader, ids, table, &entry.node)),
            (key, None) if ANNOTATIONS.contains(&key) => {}
            _ => report_unknown(reader, entry),
        }
    }
    expect
}

fn report_unknown(reader: &mut Reader, entry: &Entry) {
    let keys = EXPECT.keys.iter().map(|key| key.name);
    let hint = match reader.nearest(&entry.key, keys) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("figures of an alternative go in its own table: [expect.in_house] {} = …", entry.key),
    };
    let message = format!("unknown key `{}` in [expect]", entry.key);
    let diagnostic = Diagnostic::error("unknown-key", message).at(entry.key_span.clone(), "not a key of this table");
    reader.report(diagnostic.path(join("expect", &entry.key)).hint(hint));
}

fn expectation(figure: Figure, expected: Expected, node: &Node) -> Expectation {
    Expectation { alternative: None, figure, expected, tolerance: Decimal::ZERO, span: node.span.clone() }
}

fn read_id(reader: &mut Reader, ids: &Names, node: &Node, path: &str, figure: Figure) -> Option<Expectation> {
    let id = reader.text(node, path)?;
    // That nothing is recommended, or the cheapest, can be expected too.
    if id != NOBODY {
        ids.find(reader, id, &node.span, path)?;
    }
    Some(expectation(figure, Expected::Id(id.into()), node))
}

fn read_frontier(reader: &mut Reader, ids: &Names, table: &Table, node: &Node) -> Option<Expectation> {
    let fields =
        Fields { table, span: node.span.clone(), format: &EXPECT, path: "expect".into(), source: None, note: None };
    let mut frontier = Vec::new();
    for (name, span) in fields.names(reader, "frontier") {
        ids.find(reader, name, &span, "expect.frontier");
        frontier.push(name.to_string());
    }
    Some(expectation(Figure::Frontier, Expected::Ids(frontier), node))
}

/// What is expected of an alternative.
fn read_alternative(entry: &Entry, reader: &mut Reader, term_months: u32, expect: &mut Vec<Expectation>) {
    let Some(table) = entry.node.table() else { return };
    let path = join("expect", &entry.key);
    let tolerance = table.get("tolerance");
    let tolerance =
        tolerance.and_then(|node| reader.scalar(node, &super::super::format::RATE, &join(&path, "tolerance"), false));
    let mut add = |figure, expected, node: &Node| {
        expect.push(Expectation {
            alternative: Some(entry.key.clone()),
            figure,
            expected,
            tolerance: tolerance.unwrap_or_default(),
            span: node.span.clone(),
        });
    };
    for field in &table.entries {
        let (key, path) = (field.key.as_str(), join(&path, &field.key));
        if key == "tolerance" || (ANNOTATIONS.contains(&key) && field.node.text().is_some()) {
            continue;
        }
        if key == "category" {
            for (category, expected, node) in read_categories(reader, &field.node, &path) {
                add(Figure::Category(category.into()), expected, node);
            }
            continue;
        }
        let Some(figure) = figure(key) else {
            unknown_figure(reader, field, &path);
            continue;
        };
        if !check_place(reader, field, &figure, term_months, &path) {
            continue;
        }
        if let Some(expected) = read_expected(reader, &field.node, &figure, term_months, &path) {
            add(figure, expected, &field.node);
        }
    }
}

fn read_expected(reader: &mut Reader, node: &Node, figure: &Figure, term_months: u32, path: &str) -> Option<Expected> {
    if let Some(table) = node.table() {
        return read_bounds(reader, table, node, figure, term_months, path);
    }
    match figure {
        Figure::PaybackMonth => {
            reader.whole(node, 0, u64::from(term_months), path).map(|month| Expected::Whole(month as u32))
        }
        Figure::Coverage | Figure::Scheduled | Figure::CoverageTerm | Figure::WorkDone => {
            read_share(reader, node, path)
        }
        _ => reader.scalar(node, &SIGNED_MONEY, path, false).map(Expected::Money),
    }
}

/// `{ at_least = …, at_most = … }` in the place of a figure.
fn read_bounds(
    reader: &mut Reader,
    table: &Table,
    node: &Node,
    figure: &Figure,
    term_months: u32,
    path: &str,
) -> Option<Expected> {
    let hint = "write { at_most = … }, { at_least = … } or both";
    let unknown = table.entries.iter().find(|entry| !["at_least", "at_most"].contains(&&*entry.key));
    if let Some(entry) = unknown {
        let message = format!("unknown key `{}` in the bounds of an expectation", entry.key);
        let diagnostic =
            Diagnostic::error("unknown-key", message).at(entry.key_span.clone(), "not a key of this table");
        reader.report(diagnostic.path(join(path, &entry.key)).hint(hint));
        return None;
    }
    let mut bound = |name: &str| match table.get(name) {
        None => Some(None),
        Some(node) => {
            let value = match read_expected(reader, node, figure, term_months, &join(path, name))? {
                Expected::Money(value) | Expected::Share { value, .. } => value,
                Expected::Whole(number) => number.into(),
                Expected::Id(_) | Expected::Ids(_) | Expected::Within { .. } => return None,
            };
            Some(Some(value))
        }
    };
    let (at_least, at_most) = (bound("at_least")?, bound("at_most")?);
    let is_reversed = at_least.zip(at_most).is_some_and(|(min, max)| min > max);
    if is_reversed || (at_least.is_none() && at_most.is_none()) {
        let message = match is_reversed {
            true => format!("`{path}` has its `at_least` above its `at_most`"),
            false => format!("`{path}` has no bound"),
        };
        let diagnostic = Diagnostic::error("bad-bounds", message).at(node.span.clone(), "these bounds");
        reader.report(diagnostic.path(path).hint(hint));
        return None;
    }
    Some(Expected::Within { at_least, at_most })
}

fn read_share(reader: &mut Reader, node: &Node, path: &str) -> Option<Expected> {
    let value = reader.scalar(node, &super::super::format::PART, path, false)?;
    let written = node.text().unwrap_or_default().trim().trim_end_matches('%');
    let decimals = digits::exact(written.trim_end()).map_or(0, |percent| percent.scale());
    Some(Expected::Share { value, decimals })
}

fn read_categories<'a>(reader: &mut Reader, node: &'a Node, path: &str) -> Vec<(&'static str, Expected, &'a Node)> {
    let Some(table) = node.table() else {
        reader.wrong_type(node, path, "a table of categories", "write category.salaries = 1_000");
        return Vec::new();
    };
    let mut read = Vec::new();
    for entry in &table.entries {
        let path = join(path, &entry.key);
        let wanted = in_words(&entry.key);
        let Some(category) = CATEGORIES.iter().find(|name| **name == wanted || name.replace('-', " ") == wanted) else {
            let near = reader.nearest(&wanted, CATEGORIES);
            let hint = match near {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("categories are {}", CATEGORIES.join(", ")),
            };
            let message = format!("there is no category {:?}", entry.key);
            let diagnostic =
                Diagnostic::error("unknown-category", message).at(entry.key_span.clone(), "not a category");
            reader.report(diagnostic.path(path).hint(hint));
            continue;
        };
        let figure = Figure::Category((*category).into());
        let expected = read_expected(reader, &entry.node, &figure, 0, &path);
        read.extend(expected.map(|expected| (*category, expected, &entry.node)));
    }
    read
}

/// The figure that a key names.
fn figure(key: &str) -> Option<Figure> {
    let numbered = |prefix: &str| key.strip_prefix(prefix).filter(|digits| is_plain(digits))?.parse::<u32>().ok();
    Some(match key {
        "total" => Figure::Total,
        "present_value" => Figure::PresentValue,
        "saving" => Figure::Saving,
        "payback_month" => Figure::PaybackMonth,
        "expected_loss" => Figure::ExpectedLoss,
        "risk_adjusted_total" => Figure::RiskAdjustedTotal,
        "paper" => Figure::Paper,
        "practice" => Figure::Practice,
        "coverage" => Figure::Coverage,
        "scheduled" => Figure::Scheduled,
        "coverage_term" => Figure::CoverageTerm,
        "work_done" => Figure::WorkDone,
        _ => numbered("month_")
            .map(Figure::Month)
            .or_else(|| numbered("year_").map(Figure::Year))
            .or_else(|| numbered("provider_month_").map(Figure::ProviderMonth))
            .or_else(|| numbered("provider_year_").map(Figure::ProviderYear))?,
    })
}

fn is_plain(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits.len() == 1 || !digits.starts_with('0'))
}

/// Whether a month or year lies in the term; reports it if not.
fn check_place(reader: &mut Reader, field: &Entry, figure: &Figure, term_months: u32, path: &str) -> bool {
    let years = term_months.div_ceil(12);
    let (number, min, max, what) = match figure {
        Figure::Month(month) | Figure::ProviderMonth(month) => (*month, 0, term_months, "month"),
        Figure::Year(year) | Figure::ProviderYear(year) => (*year, 1, years, "year"),
        _ => return true,
    };
    let inside = (min..=max).contains(&number);
    if !inside {
        let message = format!("there is no {what} {number} in this term");
        let diagnostic = Diagnostic::error("out-of-range", message).at(field.key_span.clone(), "not in the term");
        reader.report(diagnostic.path(path).hint(format!("{what}s run from {min} to {max}")));
    }
    inside
}

fn unknown_figure(reader: &mut Reader, field: &Entry, path: &str) {
    let keys = EXPECT_ALTERNATIVE.keys.iter().map(|key| key.name);
    let others = ["month_0", "year_1", "provider_month_1", "provider_year_1"];
    let hint = match reader.nearest(&field.key, keys.chain(others)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "figures are total, present_value, saving, payback_month, expected_loss, risk_adjusted_total, paper, practice, month_N, year_N, \
                 provider_month_N, provider_year_N, category, coverage, scheduled, coverage_term and work_done"
            .into(),
    };
    let message = format!("unknown key `{}` in an expectation", field.key);
    let diagnostic = Diagnostic::error("unknown-key", message).at(field.key_span.clone(), found(&field.node));
    reader.report(diagnostic.path(path).hint(hint));
}
