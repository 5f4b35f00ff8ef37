//! Every figure, read back from every format.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use regex_lite::Regex;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use super::STORIES;
use super::page::{PageCell, PageTable};
use crate::common::{comanage, temporary, text_of};

/// What `compare` writes of a file, as JSON and as CSV.
fn compared(file: &Path) -> (Value, Vec<BTreeMap<String, String>>) {
    let name = file.file_stem().expect("a file has a name").to_string_lossy();
    let folder = temporary(&format!("report-compared-{name}"));
    let run = comanage(&["compare", "--no-png", "--quiet", "--output"]).arg(&folder).arg(file).output();
    assert!(run.expect("the program starts").status.success(), "{name}");
    let text = |file: &str| text_of(&folder.join(&*name).join(file));
    let (json, csv) = (text("comparison.json"), text("comparison.csv"));
    fs::remove_dir_all(&folder).expect("the folder can be removed");
    let rows = csv::Reader::from_reader(csv.as_bytes()).deserialize().collect::<Result<_, _>>();
    (serde_json::from_str(&json).expect("it is JSON"), rows.expect("it is CSV"))
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

fn amount(value: &Value) -> Option<Decimal> {
    value.as_str().map(decimal)
}

/// Whether two shares are the same to the last digit but one, which the reader of JSON may lose.
fn is_same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-15,
        (a, b) => a == b,
    }
}

fn value(cell: &PageCell) -> Option<Decimal> {
    cell.value.as_deref().map(decimal)
}

/// The comparison in the page is that of JSON and of CSV.
#[test]
fn the_page_says_what_the_data_say() {
    for (file, written) in STORIES.iter() {
        let (name, page) = (file.display(), written.page());
        let (json, csv) = compared(file);
        let costs = page.table("Cost of each alternative");
        let covered =
            page.tables().into_iter().find(|table| table.caption.starts_with("Coverage (target")).expect("it is there");
        let alternatives = json["alternatives"].as_array().expect("a list");
        assert_eq!((costs.rows.len(), csv.len()), (alternatives.len(), alternatives.len()), "{name}");
        for (index, alternative) in alternatives.iter().enumerate() {
            let (cost, cover, row) = (&costs.rows[index], &covered.rows[index], &csv[index]);
            let money = [
                (2, &alternative["year_totals"][0], "first_year"),
                (3, &alternative["total"], "total"),
                (4, &alternative["present_value"], "present_value"),
                (5, &alternative["monthly_average"], "monthly_average"),
                (6, &alternative["per_user_month"], "per_user_month"),
                (7, &alternative["saving"], "saving"),
            ];
            for (column, said, key) in money {
                let is_baseline = key == "saving" && json["baseline"] == alternative["id"];
                if !is_baseline {
                    assert_eq!(value(&cost[column]), amount(said), "{name}, {key}");
                }
                assert_eq!((!row[key].is_empty()).then(|| decimal(&row[key])), amount(said), "{name}, {key}");
            }
            let shares = [
                (2, &alternative["coverage"]["expected"], "coverage"),
                (3, &alternative["coverage"]["expected_term"], "coverage_term"),
                (4, &alternative["work_done"], "work_done"),
            ];
            for (column, said, key) in shares {
                let shown: Option<f64> = cover[column].value.as_ref().map(|value| value.parse().expect("a share"));
                assert!(is_same(shown, said.as_f64()), "{name}, {key}");
                assert!(is_same(row[key].parse().ok(), said.as_f64()), "{name}, {key}");
            }
        }
    }
}

/// The months in the page, in its ledger and in `ledger.csv` are those of JSON.
#[test]
fn months_add_up_everywhere() {
    for name in ["harbor-foods", "three-quotes", "clinic-merger"] {
        let story = STORIES.iter().find(|(path, _)| path.ends_with(format!("{name}.toml")));
        let (file, written) = story.expect("the sample is there");
        let page = written.page();
        let (json, _) = compared(file);
        let data: Value = serde_json::from_str(&page.text_of("ledger-data")).expect("it is JSON");
        let cumulative = page.table("Cumulative cost by month");
        let mut ledger: BTreeMap<(String, usize), Decimal> = BTreeMap::new();
        for row in csv::Reader::from_reader(written.ledger.as_bytes()).records() {
            let row = row.expect("a row of the ledger");
            let key = (row[0].to_string(), row[1].parse().expect("a month"));
            *ledger.entry(key).or_default() += decimal(&row[8]);
        }
        let mut lines = 0;
        for (index, alternative) in json["alternatives"].as_array().expect("a list").iter().enumerate() {
            let mut sum = Decimal::ZERO;
            let id = alternative["id"].as_str().expect("an id").to_string();
            let of_page = &data["alternatives"][index];
            for (month, said) in alternative["month_totals"].as_array().expect("a list").iter().enumerate() {
                let said = amount(said).expect("an amount");
                sum += said;
                assert_eq!(value(&cumulative.rows[month][index + 1]), Some(sum), "{name}, {id}, month {month}");
                assert_eq!(
                    ledger.get(&(id.clone(), month)).copied().unwrap_or_default(),
                    said,
                    "{name}, {id}, {month}"
                );
                assert_eq!(plain(&of_page["months"][month]), said, "{name}, {id}, {month}");
                let there = of_page["lines"].as_array().expect("a list").iter().filter(|line| {
                    let month = month as u64;
                    line[0].as_u64() <= Some(month) && Some(month) <= line[1].as_u64()
                });
                let amounts: Vec<Decimal> = there.map(|line| plain(&line[7])).collect();
                lines += amounts.len();
                assert_eq!(amounts.into_iter().sum::<Decimal>(), said, "{name}, {id}, {month}");
            }
        }
        assert_eq!(lines, written.ledger.lines().count() - 1, "{name}: every line is in the page");
    }
}

/// An amount with its thousands apart.
fn plain(text: &Value) -> Decimal {
    decimal(&text.as_str().expect("an amount").replace(',', ""))
}

/// Every table of the page stands in Markdown, cell by cell; a picture for each.
#[test]
fn markdown_says_what_the_page_says() {
    for (file, written) in STORIES.iter() {
        let (page, markdown) = (written.page(), tables_of(&written.markdown));
        let of_page = page.tables();
        assert_eq!(of_page.len(), markdown.len(), "{}", file.display());
        for (table, rows) in of_page.iter().zip(&markdown) {
            let shown: Vec<Vec<String>> = std::iter::once(table.headers.clone())
                .chain(table.rows.iter().map(|row| row.iter().map(|cell| cell.print.clone()).collect()))
                .collect();
            assert_eq!(&shown, rows, "{}: {}", file.display(), table.caption);
        }
        assert_eq!(page.all("svg").len(), written.markdown.matches("](<").count(), "{}", file.display());
    }
}

/// The tables of a Markdown text, heads first, without the marks of rows.
fn tables_of(text: &str) -> Vec<Vec<Vec<String>>> {
    let mark = Regex::new(
        r" \((recommended|recommended and cheapest|cheapest|highest coverage|services without a price|not needed)\)$",
    )
    .expect("it is right");
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim_start_matches("| ").trim_end_matches(" |");
        let cell = |cell: &str| {
            let cell = mark.replace(cell.trim(), "").into_owned();
            let cell = cell.strip_prefix("**").and_then(|cell| cell.strip_suffix("**")).unwrap_or(&cell).to_string();
            unescaped(&cell)
        };
        inner.split(" | ").map(cell).collect()
    };
    let lines: Vec<&str> = text.lines().collect();
    let blocks = lines.chunk_by(|a, b| a.starts_with("| ") && b.starts_with("| "));
    let tables = blocks.filter(|block| block.len() > 1 && block[0].starts_with("| "));
    tables
        .map(|block| block.iter().enumerate().filter(|(row, _)| *row != 1).map(|(_, line)| cells(line)).collect())
        .collect()
}

/// A cell as it is read.
fn unescaped(cell: &str) -> String {
    let mut out = String::new();
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        out.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// What is printed of a figure is its value, rounded.
#[test]
fn print_is_the_value_rounded() {
    for (file, written) in STORIES.iter() {
        for table in written.page().tables() {
            for cell in table.rows.iter().flatten().filter(|cell| cell.value.is_some()) {
                assert!(is_rounded(cell), "{}, {}: {cell:?}", file.display(), caption(&table));
            }
        }
    }
}

fn caption(table: &PageTable) -> &str {
    &table.caption
}

fn is_rounded(cell: &PageCell) -> bool {
    let text = cell.value.as_deref().unwrap_or_default();
    let value: Decimal = text.parse().or_else(|_| Decimal::from_scientific(text)).expect("a figure has a value");
    if let Some(percent) = cell.print.strip_suffix('%') {
        // What is not whole never prints as whole, so a tenth may be off at the ends.
        return (decimal(percent) - value * Decimal::ONE_HUNDRED).abs() <= Decimal::new(101, 3);
    }
    let print = decimal(&cell.print.replace(',', ""));
    let is_hours = print.scale() == 1;
    let rounded = value.round_dp_with_strategy(print.scale(), RoundingStrategy::MidpointAwayFromZero);
    rounded == print
        || (is_hours && (print - value).abs() <= Decimal::new(51, 3))
        || (value - print).abs() < Decimal::new(51, 3)
}
