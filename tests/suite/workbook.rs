//! The workbook: what stands in its cells, what can be changed, and what names can do to it.

mod office;
pub mod xlsx;

use std::collections::{BTreeMap, BTreeSet};

use comanage_analysis::compare::compare;
use comanage_model::scenario::Scenario;
use comanage_report::workbook::{editable, workbook};
use rust_decimal::Decimal;

use crate::common::{load_file, load_text, repository, samples};
use xlsx::{Book, Cell, Sheet};

/// Sheets that every workbook has.
const OWN: [&str; 4] = ["Comparison", "Inputs", "Calculations", "Audit"];

#[track_caller]
fn bytes_of(scenario: &Scenario) -> Vec<u8> {
    workbook(&compare(scenario).expect("it can be compared"), None).expect("it can be written")
}

/// The sample scenarios, without the published cases.
fn stories() -> impl Iterator<Item = std::path::PathBuf> {
    samples().into_iter().filter(|path| !path.components().any(|part| part.as_os_str() == "published"))
}

fn sample(name: &str) -> Scenario {
    load_file(&repository(&format!("scenarios/{name}.toml")))
}

/// The sheets of the alternatives, in their order.
fn alternatives(book: &Book) -> Vec<&Sheet> {
    book.sheets.iter().filter(|sheet| !OWN.contains(&sheet.name.as_str())).collect()
}

fn decimal(cell: &Cell) -> Decimal {
    let value = cell.value.parse().or_else(|_| Decimal::from_scientific(&cell.value));
    value.unwrap_or_else(|_| panic!("{cell:?} is no number"))
}

/// The column of month 0.
fn first_month(sheet: &Sheet) -> u32 {
    (0..30).find(|&column| sheet.cell(4, column).value == "0").expect("there is a month 0")
}

/// Rows of lines are the ledger, month by month, and sums stand in every month.
#[test]
fn the_sheets_are_the_ledger() {
    for path in samples() {
        let scenario = load_file(&path);
        let comparison = compare(&scenario).expect("it can be compared");
        let book = Book::open(&workbook(&comparison, None).expect("it can be written"));
        for (sheet, of) in alternatives(&book).into_iter().zip(&comparison.alternatives) {
            let place = format!("{}: {}", path.display(), sheet.name);
            let first = first_month(sheet);
            for (month, total) in of.sums.months.iter().enumerate() {
                let cell = sheet.cell(5, first + month as u32);
                assert_eq!(decimal(&cell), total.0, "{place}, month {month}");
                assert!(cell.formula.is_some(), "{place}, month {month}");
            }
            assert_eq!(decimal(&sheet.cell(5, 3)), of.sums.total.0, "{place}");
            assert_eq!(lines_of(sheet, first), ledger_of(of), "{place}");
        }
    }
}

/// Amounts that are not zero, by item and month.
type Amounts = BTreeMap<(String, u32), Decimal>;

fn lines_of(sheet: &Sheet, first: u32) -> Amounts {
    let mut amounts = Amounts::new();
    for (&(row, column), cell) in sheet.cells.range((7, 0)..) {
        let is_line = !sheet.cell(row, 1).value.is_empty();
        if is_line && column >= first {
            *amounts.entry((sheet.cell(row, 0).value, column - first)).or_default() += decimal(cell);
        }
    }
    amounts.retain(|_, amount| !amount.is_zero());
    amounts
}

fn ledger_of(of: &comanage_analysis::compare::Compared) -> Amounts {
    let mut amounts = Amounts::new();
    for line in &of.evaluation.ledger.lines {
        *amounts.entry((line.source.item(&of.evaluation.staffing), line.month)).or_default() +=
            line.amount.0.expect("it has room");
    }
    amounts.retain(|_, amount| !amount.is_zero());
    amounts
}

/// What can be changed is unlocked, bounded and named; nothing else is unlocked.
#[test]
fn open_cells_are_the_editable_inputs() {
    for path in stories() {
        let scenario = load_file(&path);
        let book = Book::open(&bytes_of(&scenario));
        let inputs = book.sheet("Inputs");
        let open: BTreeSet<u32> =
            inputs.cells.iter().filter(|(_, cell)| cell.is_unlocked).map(|((row, _), _)| *row).collect();
        let editable = editable(&scenario).expect("it can be evaluated");
        assert_eq!(open.len(), editable.len(), "{}", path.display());
        for (row, of) in open.into_iter().zip(&editable) {
            assert_eq!(book.names[&of.name], format!("Inputs!$C${}", row + 1), "{}", path.display());
            let value = scenario.inputs.value(of.input);
            assert!(of.min < of.max && of.min <= value && value <= of.max, "{}: {of:?}", path.display());
            assert_eq!(inputs.cell(row, 6).value, "yes");
        }
        for sheet in book.sheets.iter().filter(|sheet| sheet.name != "Inputs") {
            assert!(!sheet.cells.values().any(|cell| cell.is_unlocked), "{}: {}", path.display(), sheet.name);
        }
        let sheets = (1..=book.sheets.len()).map(|number| &book.parts[&format!("xl/worksheets/sheet{number}.xml")]);
        sheets.for_each(|sheet| assert!(sheet.contains("<sheetProtection "), "{}", path.display()));
    }
}

/// Prices, pay, shares and tools can be changed; counts that drive work, and months, can not.
#[test]
fn prices_are_open_and_what_drives_work_is_locked() {
    let scenario = sample("harbor-foods");
    let editable = editable(&scenario).expect("it can be evaluated");
    let is_open = |path: &str| editable.iter().any(|of| scenario.inputs.about(of.input).path == path);
    let open = [
        "discount_rate",
        "coverage_target",
        "employment.raise",
        "employment.benefits",
        "team.\"IT manager\".salary",
        "tools.edr.per_user",
        "offers.hybrid.per_user.rate",
        "offers.hybrid.uplift",
        "offers.hybrid.block_hours.overage_rate",
        "offers.retainer.retainer.monthly",
        "offers.full.onboarding.fee_months",
        "cost.\"Emergency call-outs\".monthly",
    ];
    let locked = [
        "organization.users",
        "organization.growth.users",
        "services.help_desk.minutes_per_ticket",
        "employment.turnover",
        "team.\"IT manager\".headcount",
        "offers.hybrid.block_hours.hours",
        "offers.hybrid.onboarding.days",
        "offers.retainer.retainer.included_hours",
        "offers.full.replaces_team.handover_months",
    ];
    open.iter().for_each(|path| assert!(is_open(path), "{path} is locked"));
    locked.iter().for_each(|path| assert!(!is_open(path), "{path} is open"));
}

/// Users that no work follows from are as live as a price.
#[test]
fn counts_without_work_are_open() {
    let text = "schema = 1\nname = \"S\"\ncurrency = \"USD\"\nterm_months = 24\n\
                [organization]\nusers = 40\ngrowth = { users = \"10%\" }\n\
                [services.desk]\nhours = \"mon-fri 08:00-17:00\"\n\
                [offers.msp]\nper_user = { rate = { tiers = [{ up_to = 50, rate = 100 }, { rate = 90 }] } }\n\
                covers = \"all\"\n";
    let scenario = load_text(text);
    let editable = editable(&scenario).expect("it can be evaluated");
    let of = |path: &str| editable.iter().find(|of| scenario.inputs.about(of.input).path == path);
    // 40 users grow to 44: in both years the first tier holds them, and with fewer it still does.
    let users = of("organization.users").expect("users are open");
    assert!(users.min > Decimal::ZERO && users.max <= Decimal::from(50), "{users:?}");
    assert!(of("offers.msp.per_user.rate.tiers[0].up_to").is_none());
}

/// A formula can be read: none is longer than a line or two, and an input stands in it by its name.
#[test]
fn formulas_are_short_and_name_their_inputs() {
    for path in stories() {
        let book = Book::open(&bytes_of(&load_file(&path)));
        let sheets = book.sheets.iter().filter(|sheet| sheet.name != "Comparison");
        for cell in sheets.flat_map(|sheet| sheet.cells.values()) {
            // The names of sheets, which users choose, do not count.
            let names = regex_lite::Regex::new("'[^']*'!").expect("it is a pattern");
            let length = cell.formula.as_ref().map_or(0, |formula| names.replace_all(formula, "").len());
            assert!(length <= 400, "{}: {} {:?}", path.display(), length, cell.formula);
        }
    }
    let book = Book::open(&bytes_of(&sample("harbor-foods")));
    let sheet = book.sheet("Northwind hybrid");
    let row = sheet.row_of("per user");
    let formula = sheet.cell(row, first_month(sheet) + 1).formula.expect("it is live");
    assert!(formula.contains("offers_hybrid_per_user_rate"), "{formula}");
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    for name in ["harbor-foods", "project-blocks"] {
        let scenario = sample(name);
        assert!(bytes_of(&scenario) == bytes_of(&scenario), "{name}");
    }
}

/// Names and remarks as they stand between the quotes of a TOML text.
const WORDS: [&str; 16] = [
    "=cmd()|'/c calc'!A1",
    "+1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "]]>&lt;&amp;",
    "[a]:*?/\\\\",
    "History",
    "Comparison",
    "inputs",
    "'quoted'",
    "מחשב ‏abc",
    "A1",
    "R1C1",
    "🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀",
    "_x000D_",
    "LONG",
];

/// The file asks for nothing outside, and no text of the user is a formula or markup.
#[test]
fn names_stay_words() {
    for word in WORDS {
        let (name, note) = match word {
            "LONG" => ("x".repeat(96), "y".repeat(9_990)),
            word => (word.to_string(), word.repeat(9)),
        };
        let text = format!(
            "schema = 1\nname = \"{name}\"\nsummary = \"{note}\"\ncurrency = \"USD\"\nterm_months = 12\n\
             source = \"{note}\"\n[organization]\nusers = {{ \"{name}\" = 30, b = 2 }}\n\
             [services.\"{name}\"]\nhours = \"24x7\"\nhours_per_month = 20\n\
             [[cost]]\nname = \"{name}\"\nmonthly = 5\nnote = \"{note}\"\n\
             [offers.\"{name}\"]\nname = \"{name}\"\nper_user = 20\nonce = {{ \"{name}\" = 5 }}\ncovers = \"all\"\n\
             [alternatives.b]\nname = \"{name}\"\noffers = [\"{name}\"]\n"
        );
        let book = Book::open(&bytes_of(&load_text(&text)));
        assert_eq!(book.sheets.len(), OWN.len() + 3, "{name}");
        let mut seen = BTreeSet::new();
        for sheet in &book.sheets {
            sheet_is_sound(sheet);
            assert!(seen.insert(sheet.name.to_lowercase()), "{:?}", sheet.name);
        }
        let said = book.sheet("Comparison").cell(0, 0);
        assert_eq!((said.value.replace("\\", "\\\\"), said.formula), (name.clone(), None));
        assert!(!book.parts.keys().any(|part| part.contains("externalLink")), "{name}");
    }
}

/// A name that a spreadsheet takes, texts that fit, and formulas of functions that are meant.
fn sheet_is_sound(sheet: &Sheet) {
    let units = sheet.name.encode_utf16().count();
    assert!((1..=31).contains(&units), "{:?}", sheet.name);
    assert!(!sheet.name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{:?}", sheet.name);
    assert!(!sheet.name.starts_with('\'') && !sheet.name.ends_with('\''), "{:?}", sheet.name);
    let quoted = regex_lite::Regex::new("'(?:[^']|'')*'!").expect("the pattern is right");
    for cell in sheet.cells.values() {
        assert!(cell.value.encode_utf16().count() <= 32_767, "{}", sheet.name);
        let formula = quoted.replace_all(cell.formula.as_deref().unwrap_or_default(), "");
        assert!(!formula.contains("cmd(") && !formula.contains("<script"), "{formula}");
    }
}

/// A service that nobody is paid for: no alternative costs anything.
pub const NOTHING: &str = "schema = 1\nname = \"Nothing yet\"\ncurrency = \"USD\"\nterm_months = 1\norganization.users = 80\n\
    services.help_desk = { hours = \"mon-fri 08:00-17:00\", tickets_per_user = 1, minutes_per_ticket = 45 }\n";

/// A spreadsheet opens no chart without a series, and none of more than 255.
#[test]
fn charts_have_as_many_series_as_a_spreadsheet_takes() {
    let offers: String = (0..259)
        .map(|number| format!("[offers.o{number}]\nmonthly = {{ a = {number} }}\ncovers = \"all\"\n"))
        .collect();
    for (text, series, says) in [
        (NOTHING.to_string(), vec![1], None),
        (format!("{NOTHING}{offers}"), vec![1, 255], Some("first 255 of 260 alternatives")),
    ] {
        let book = Book::open(&bytes_of(&load_text(&text)));
        let charts = || book.parts.iter().filter(|(part, _)| part.starts_with("xl/charts/chart"));
        let found: Vec<usize> = charts().map(|(_, text)| text.matches("<c:ser>").count()).collect();
        assert_eq!(found, series);
        assert!(says.is_none_or(|says| charts().any(|(_, text)| text.contains(says))), "{says:?}");
    }
}

/// Amounts are printed as the currency has them.
#[test]
fn formats_follow_the_currency() {
    for (code, format) in [("JPY", "#,##0;"), ("USD", "#,##0.00;"), ("KWD", "#,##0.000;")] {
        let text = format!(
            "schema = 1\nname = \"S\"\ncurrency = \"{code}\"\nterm_months = 3\n[organization]\nusers = 3\n\
             [services.a]\nhours = \"24x7\"\n[[cost]]\nname = \"c\"\nmonthly = 5\n"
        );
        let book = Book::open(&bytes_of(&load_text(&text)));
        let styles = &book.parts["xl/styles.xml"];
        assert!(styles.contains(&format!("\"{format}")), "{code}: {styles}");
        assert!(styles.contains(&format!("[${code}] ")), "{code}");
    }
}
