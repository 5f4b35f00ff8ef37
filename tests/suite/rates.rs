//! Published figures: the packs that come along, packs of one's own, figures taken by name.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::Path;

use comanage_analysis::compare::compare;
use comanage_format::load::{Document, Loaded, load_pack, published_rates};
use comanage_format::rates::{Figure, Position, RateKind, bands};
use comanage_model::money::Currency;
use comanage_model::month::CalendarMonth;
use comanage_model::scenario::{Distribution, Origin, Scenario};
use comanage_report::datasets;
use comanage_report::document::assumed;
use comanage_report::write::{self, Layout, Terminal};
use rust_decimal::Decimal;

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

#[test]
fn the_packs_that_come_along_are_well_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/format/src/rates/packs");
    let mut keys = BTreeSet::new();
    let read = CalendarMonth { year: 2026, month: 11 };
    for file in fs::read_dir(folder).expect("the packs are there") {
        let path = file.expect("a pack can be read").path();
        let loaded = load_pack(&path);
        assert_eq!(loaded.diagnostics, [], "{}", path.display());
        for entry in loaded.entries.expect("a pack without errors has entries") {
            let (key, source) = (&entry.key, &entry.source);
            assert!(keys.insert(key.clone()), "{key} stands in two packs");
            assert!(!entry.region.is_empty() && !entry.what.is_empty() && !source.title.is_empty(), "{key}");
            assert!(entry.date.month <= read, "{key} is of {}", entry.date.text);
            let is_a_file = |text: &str| text.ends_with(".txt");
            assert!(!is_a_file(&source.title) && !source.publisher.as_deref().is_some_and(is_a_file), "{key}");
            assert!(source.address.as_deref().is_none_or(|address| address.starts_with("http")), "{key}");
        }
    }
    let book = published_rates();
    let in_book: BTreeSet<String> = book.entries().iter().map(|entry| entry.key.clone()).collect();
    let defaults: Vec<&String> = in_book.difference(&keys).collect();
    assert!(keys.is_subset(&in_book) && keys.len() > 200);
    assert!(defaults.iter().all(|key| key.starts_with("default.")), "{defaults:?}");
}

/// The figures of the guides, as they print them.
#[test]
fn the_guides_are_quoted_as_they_are() {
    let book = published_rates();
    for (key, low, high, unit, date) in [
        ("price.co_managed.per_user.us-la", "40", "150", "user / month", "2026-11"),
        ("price.co_managed.per_user.us-2026-04", "30", "100", "user / month", "2026-04"),
        ("price.co_managed.per_user.us-ne-2026", "75", "175", "user / month", "2026-05"),
        ("price.co_managed.per_user.us-2026", "60", "125", "user / month", "2026"),
        ("price.fully_managed.per_user.us-2026", "125", "250", "user / month", "2026"),
        ("price.per_workstation.us-2026", "30", "75", "workstation / month", "2026"),
        ("price.retainer.us-2026", "2500", "15000", "month", "2026"),
        ("price.hourly.us-2026", "150", "250", "hour", "2026"),
        ("price.block_hour.us-2026", "125", "200", "hour", "2026"),
        ("price.hybrid.base_100_users.us-2026", "6500", "9000", "month", "2026"),
        ("loaded.two_seniors.us-2026", "250000", "350000", "year", "2026"),
        ("discount.co_managed.us-2026-04", "0.30", "0.50", "of the price", "2026-04"),
        ("discount.co_managed.us-2026-04-faq", "0.30", "0.60", "of the price", "2026-04"),
        ("hiring.months.us-2026-04", "3", "6", "months", "2026-04"),
        ("onboarding.days.us-ne-2026", "30", "60", "days", "2026-05"),
    ] {
        let entry = book.get(key).unwrap_or_else(|| panic!("{key} is published"));
        let band = Figure::Band { low: Some(number(low)), likely: None, high: Some(number(high)) };
        assert_eq!((entry.figure, entry.unit.name(), entry.date.text.as_str()), (band, unit, date), "{key}");
    }
    let undated = book.get("price.co_managed.per_user.us-la").expect("it is published");
    assert_eq!(undated.date.words(), "undated, read 2026-11");
}

#[test]
fn every_kind_of_price_has_bands() {
    let (usd, book) = (Currency::from_code("USD").expect("a currency"), published_rates());
    for (kind, inside, below) in [
        (RateKind::CoManagedPerUser, "80", "29"),
        (RateKind::FullyManagedPerUser, "130", "40"),
        (RateKind::PerWorkstation, "50", "20"),
        (RateKind::PerServer, "250", "90"),
        (RateKind::Retainer, "4000", "1000"),
        (RateKind::Hourly, "150", "70"),
        (RateKind::BlockHour, "150", "100"),
        (RateKind::HybridBase, "68", "60"),
    ] {
        let found = bands(book, kind, usd);
        assert!(!found.is_empty(), "{kind:?}");
        assert!(found.iter().any(|band| band.position(number(inside)) == Position::Inside), "{kind:?}");
        assert!(found.iter().all(|band| band.position(number(below)) == Position::Below), "{kind:?}");
    }
}

#[test]
fn figures_are_printed_within_a_terminal_and_as_data() {
    let book = published_rates();
    let entries: Vec<_> = book.entries().iter().collect();
    let text = write::text::rates(&entries, Terminal::default());
    assert!(text.lines().all(|line| line.chars().count() <= 100 && line == line.trim_end()));
    let csv = String::from_utf8(write::csv::write(&datasets::rates(&entries))).expect("CSV is text");
    assert_eq!(csv.lines().count(), entries.len() + 1);
    let json: serde_json::Value =
        serde_json::from_str(&write::json::flat(&datasets::rates(&entries), Layout::Line)).expect("JSON");
    let rates = json["rates"].as_array().expect("a list");
    assert_eq!(rates.len(), entries.len());
    let of = rates.iter().find(|rate| rate["key"] == "price.co_managed.per_user.us-la").expect("it is published");
    assert_eq!((&of["low"], &of["high"], &of["value"]), (&"40".into(), &"150".into(), &serde_json::Value::Null));
    assert_eq!(
        (&of["currency"], &of["undated"], &of["publisher"]),
        (&"USD".into(), &true.into(), &"Secure Techies".into())
    );
    let one = [*entries.iter().find(|entry| entry.key == "pay.help_desk.us-southeast-2026").expect("published")];
    let expected = "\
pay.help_desk.us-southeast-2026                  42,000 to 58,000 USD / person / year, likely 48,000
  Help desk, tier 1 (Robert Half and the Bureau of Labor Statistics are quoted). Region: US,
    Southeast.
  IT outsourcing vs in-house: real cost comparison with numbers (Petronella Technology Group), 2026,
    survey
";
    assert_eq!(write::text::rates(&one, Terminal::default()), expected);
}

/// 50 users for a year.
const HEAD: &str = "schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 12\nstart = \"2027-01\"\n";

fn read(files: &[(&str, &str)]) -> Loaded {
    let all: HashMap<&str, &str> = files.iter().copied().collect();
    let (name, text) = files[0];
    let mut base = |name: &str| {
        let text = all.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.as_bytes().to_vec())
    };
    Document::parse(name, text.as_bytes(), &mut base).read()
}

#[track_caller]
fn sound(files: &[(&str, &str)]) -> (Scenario, Vec<&'static str>) {
    let loaded = read(files);
    let told = comanage_model::diagnostic::render(&loaded.diagnostics, &loaded.sources, false);
    let codes = loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    (loaded.scenario.unwrap_or_else(|| panic!("{told}")), codes)
}

fn total(scenario: &Scenario, id: &str) -> String {
    let comparison = compare(scenario).expect("it can be compared");
    let found = comparison.alternatives.iter().find(|of| of.id() == id).expect("the alternative is there");
    found.sums.total.to_data(scenario.currency)
}

fn offer(rate: &str) -> String {
    format!("{HEAD}[organization]\nusers = 50\n[offers.a]\nper_user = {rate}\n")
}

#[test]
fn a_band_enters_as_a_range_with_its_source() {
    // The middle of 75 to 175 is 125: 50 x 125 x 12.
    let (scenario, codes) = sound(&[("a.toml", &offer("{ from = \"price.co_managed.per_user.us-ne-2026\" }"))]);
    assert_eq!(total(&scenario, "a"), "75000.00");
    assert_eq!(codes, [""; 0]);
    let listed: Vec<_> = assumed(&scenario).filter(|of| of.from.is_some()).collect();
    let [of] = listed.as_slice() else { panic!("one figure is taken: {listed:?}") };
    assert_eq!((of.path, of.value.as_str(), of.date), ("offers.a.per_user", "125", "2026-05"));
    assert_eq!(of.source, "What Is Co Managed IT Support? A Complete Guide (On-Site Technology)");
    assert_eq!(of.from, Some("price.co_managed.per_user.us-ne-2026"));

    // A likely value of one's own: 50 x 92 x 12.
    let likely = offer("{ from = \"price.co_managed.per_user.us-ne-2026\", likely = 92 }");
    let (scenario, _) = sound(&[("a.toml", &likely)]);
    assert_eq!(total(&scenario, "a"), "55200.00");
}

#[test]
fn a_band_is_the_range_that_one_would_write() {
    for (taken, written) in [
        ("{ from = \"price.hourly.us-2026\" }", "{ low = 150, high = 250 }"),
        ("{ from = \"price.hourly.us-2026\", likely = 165 }", "{ low = 150, likely = 165, high = 250 }"),
        (
            "{ from = \"price.hourly.us-2026\", dist = \"lognormal\" }",
            "{ low = 150, high = 250, dist = \"lognormal\" }",
        ),
    ] {
        let hourly = |rate: &str| format!("{HEAD}[offers.a]\nhourly = {{ rate = {rate} }}\n");
        let ranges = [taken, written].map(|rate| {
            let (scenario, _) = sound(&[("a.toml", &hourly(rate))]);
            let found = scenario.inputs.iter().find(|(_, _, about)| about.path == "offers.a.hourly.rate");
            let (_, value, about) = found.expect("the rate is there");
            (value, about.range.clone())
        });
        assert_eq!(ranges[0], ranges[1], "{taken}");
        assert!(ranges[0].1.is_some());
    }
    // A lognormal takes no likely value, so it leaves out the one of the pack.
    let salary = "[[team]]\nrole = \"A\"\nheadcount = 1\nservices = []\nhours = \"mon-fri 08:00-17:00\"\n";
    let text =
        format!("{HEAD}{salary}salary = {{ from = \"pay.sysadmin.us-southeast-2026\", dist = \"lognormal\" }}\n");
    let (scenario, _) = sound(&[("a.toml", &text)]);
    let (_, _, about) = scenario.inputs.iter().find(|(_, _, about)| about.path == "team.A.salary").expect("a salary");
    let range = about.range.as_ref().expect("a range");
    assert_eq!((range.likely, range.distribution), (None, Distribution::Lognormal));
}

#[test]
fn one_value_enters_as_a_value_that_was_written() {
    let text = format!("{HEAD}[offers.a]\nper_site = {{ from = \"example.fully_managed.per_site.us-technoir\" }}\n");
    let (scenario, _) = sound(&[("a.toml", &text)]);
    assert_eq!(total(&scenario, "a"), "3000.00");
    let (input, _, about) =
        scenario.inputs.iter().find(|(_, _, about)| about.path == "offers.a.per_site").expect("the charge is there");
    assert!(about.range.is_none() && scenario.is_written(input));
    assert!(matches!(&about.origin, Origin::Pack { date, .. } if date == "2026-11"));
}

fn pack(date: &str, value: &str) -> String {
    format!(
        "pack = \"Own\"\n[sources.own]\ntitle = \"Quotes\"\ndate = \"{date}\"\nstrength = \"price list\"\n\
         [[rate]]\nkey = \"price.hourly.us-2026\"\nwhat = \"An hour\"\nvalue = {value}\nunit = \"hour\"\n\
         currency = \"USD\"\nregion = \"here\"\nsource = \"own\"\n"
    )
}

#[test]
fn a_pack_of_ones_own_takes_the_place_of_published_figures() {
    let text = format!(
        "packs = [\"own.toml\"]\n{HEAD}[offers.a]\nhourly = {{ rate = {{ from = \"price.hourly.us-2026\" }}, minimum_hours = 10 }}\n"
    );
    let (scenario, _) = sound(&[("a.toml", &text), ("own.toml", &pack("2026-10", "140"))]);
    assert_eq!(total(&scenario, "a"), "16800.00");

    // A pack is looked for beside the file that names it, though another file extends that one.
    let base = text.replace("own.toml", "packs/own.toml");
    let own = "extends = \"bases/base.toml\"\nname = \"B\"\n";
    let own_pack = pack("2026-10", "150");
    let files = [("b.toml", own), ("bases/base.toml", base.as_str()), ("bases/packs/own.toml", own_pack.as_str())];
    assert_eq!(total(&sound(&files).0, "a"), "18000.00");
}

#[test]
fn an_old_figure_is_warned_of() {
    let text = format!(
        "packs = [\"own.toml\"]\n{HEAD}[offers.a]\nhourly = {{ rate = {{ from = \"price.hourly.us-2026\" }} }}\n"
    );
    for (date, expected) in [("2025-07", 0), ("2025-06", 1), ("2026", 0), ("2025", 1), ("2030-01", 0)] {
        let (_, codes) = sound(&[("a.toml", &text), ("own.toml", &pack(date, "140"))]);
        assert_eq!(codes.iter().filter(|code| **code == "stale-rate").count(), expected, "{date}");
    }
}

#[test]
fn another_value_may_be_laid_over_a_figure_that_was_taken() {
    let document =
        |text: &str| Document::parse("a.toml", text.as_bytes(), &mut |_| Err(io::ErrorKind::NotFound.into()));
    let taken = document(&offer("{ from = \"price.co_managed.per_user.us-ne-2026\" }"));
    let varied = taken.with("offers.a.per_user", "60").expect("it is a value").read().scenario.expect("it is sound");
    assert_eq!(total(&varied, "a"), "36000.00");
    let plain = document(&offer("60"));
    let figure = "{ from = \"price.co_managed.per_user.us-ne-2026\" }";
    let varied = plain.with("offers.a.per_user.rate", figure).expect("it is a value").read().scenario;
    assert_eq!(total(&varied.expect("it is sound"), "a"), "75000.00");
    assert!(plain.with("packs", "[\"own.toml\"]").is_err());
}

#[test]
fn a_lost_pack_does_not_hide_what_else_is_wrong() {
    let text = format!("packs = [\"none.toml\"]\n{HEAD}[offers.a]\nuplift = 4\nper_user = {{ from = \"own.rate\" }}\n");
    let codes: Vec<&str> = read(&[("a.toml", &text)]).diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["file-not-found", "bad-share"]);
}

/// Whatever stands in a pack, it is read or refused.
#[test]
fn no_change_to_a_pack_is_a_panic() {
    let scenario = format!(
        "packs = [\"own.toml\"]\n{HEAD}[offers.a]\nhourly = {{ rate = {{ from = \"price.hourly.us-2026\" }} }}\n"
    );
    let whole = pack("2026-10", "140");
    let lines: Vec<&str> = whole.lines().collect();
    let mut texts: Vec<String> = (0..whole.len()).map(|end| whole[..end].to_string()).collect();
    for (line, text) in lines.iter().enumerate() {
        let key = text.split('=').next().unwrap_or_default();
        let others =
            ["", "[]", "{}", "-1", "\"\"", "\"%\"", "\"-5%\"", "1e400", "true", "[[]]", "{ low = 3 }", "2026-10-02"];
        for other in others.map(|value| format!("{key}= {value}")).into_iter().chain([String::new(), text.repeat(2)]) {
            let mut changed = lines.clone();
            changed[line] = &other;
            texts.push(changed.join("\n"));
        }
    }
    for text in texts {
        let loaded = read(&[("a.toml", &scenario), ("own.toml", &text)]);
        assert_eq!(loaded.scenario.is_none(), loaded.has_errors(), "{text}");
        comanage_model::diagnostic::render(&loaded.diagnostics, &loaded.sources, false);
    }
}
