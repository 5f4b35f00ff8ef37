//! What changed between two scenarios, and the bridges between their totals.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use comanage_analysis::compare::compare;
use comanage_analysis::diff::{Difference, diff};
use comanage_format::load::{Changes, Document};
use comanage_model::money::Money;
use comanage_report::write::{self, Layout, Terminal};
use rust_decimal::Decimal;

fn document(name: &str, text: &str) -> Document {
    Document::parse(name, text.as_bytes(), &mut |_| Err(io::ErrorKind::NotFound.into()))
}

#[track_caller]
fn difference(a: &Document, b: &Document) -> Difference {
    let [old, new] = [a, b].map(|document| {
        let loaded = document.read();
        let told = comanage_model::diagnostic::render(&loaded.diagnostics, &loaded.sources, false);
        loaded.scenario.unwrap_or_else(|| panic!("{told}"))
    });
    let (old, new) = (compare(&old).expect("it can be compared"), compare(&new).expect("it can be compared"));
    diff((a, &old), (b, &new)).expect("both are in one currency")
}

const HEAD: &str = "schema = 1\nname = \"A\"\ncurrency = \"USD\"\nterm_months = 12\n";

/// 50 users at 60, then 60 users at 65 with a charge for the site: 36,000, then 46,800 and 3,000.
#[test]
fn a_bridge_goes_from_total_to_total_in_the_order_of_the_second_file() {
    let a = document("a.toml", &format!("{HEAD}[organization]\nusers = 50\n[offers.co]\nper_user = 60\n"));
    let b = "[organization]\nusers = 60\n[offers.co]\nper_user = { rate = 65 }\nper_site = 250\n";
    let b = document("b.toml", &format!("{HEAD}{b}"));
    let json = write::json::diff(&difference(&a, &b), Layout::Line);
    let expected = concat!(
        r#"{"schema":2,"a":"a.toml","b":"b.toml","changes":["#,
        r#"{"path":"organization.users","from":"50","to":"60"},"#,
        r#"{"path":"offers.co.per_user.rate","from":"60","to":"65"},"#,
        r#"{"path":"offers.co.per_site","from":null,"to":"250"}],"alternatives":["#,
        r#"{"id":"co","total_a":"36000.00","total_b":"49800.00","coverage_a":null,"coverage_b":null,"bridge":["#,
        r#"{"path":"organization.users","amount":"7200.00"},{"path":"offers.co.per_user.rate","amount":"3600.00"},"#,
        r#"{"path":"offers.co.per_site","amount":"3000.00"}]}]}"#,
        "\n"
    );
    assert_eq!(json, expected);
}

/// Availability of a provider in its duty hours for 99% of the time; without an offer nobody is.
#[test]
fn the_terminal_shows_what_moved_each_total() {
    let rates = |first: u32, second: &str| {
        let users = "[organization]\nusers = 50\n[services.desk]\nhours = \"24x7\"\n";
        let offer = format!("[offers.co]\nname = \"Northwind\"\nper_user = {first}\ncovers = \"all\"\n");
        format!("{HEAD}{users}{offer}{second}")
    };
    let a = document("a.toml", &rates(60, ""));
    let new = "[offers.new]\nper_site = 100\nuplift = \"4%\"\nsource = \"a proposal of October\"\n";
    let b = document("b.toml", &rates(70, new));
    let shown = write::text::render(&comanage_report::document::diff(&difference(&a, &b)), Terminal::default());
    let expected = "\
A: changes
amounts in USD

2 changes from a.toml to b.toml.

Totals and coverage
Alternative  Total  Total Difference Coverage Coverage
            before  after              before    after
------------------------------------------------------
In-house         0      0          0     0.0%     0.0%
Northwind   36,000 42,000      6,000    99.0%    99.0%
New            n/a  1,200        n/a      n/a     0.0%

Changes
Path                    Before      After
-----------------------------------------
offers.co.per_user.rate 60          70
offers.new              not present added

Northwind: effect of each change on the total
Step                    Effect  Total
-------------------------------------
before                         36,000
offers.co.per_user.rate  6,000 42,000
after                          42,000
";
    assert_eq!(shown, expected);
}

#[test]
fn what_is_written_otherwise_and_means_the_same_is_no_change() {
    let a = "discount_rate = \"4%\"\n[organization]\nusers = 50\n[services.desk]\nhours = \"24x5\"\nrespond_within = \"60m\"\n\
             [offers.co]\nper_user = 1_060\ncovers = { desk = \"mon-fri 08:00-12:00,mon-fri 12:00-17:00\" }\n[expect]\ncheapest = \"in_house\"\n";
    let b = "name = \"A\"\ndiscount_rate = \"4.00%\"\n[services.desk]\nrespond_within = \"1h\"\nhours = \"mon 00:00-24:00, tue-fri 00:00-24:00\"\n\
             [offers.co]\ncovers = { desk = { hours = \"mon-fri 8:00-17:00\" } }\nper_user = { rate = \"$1,060.00\" }\n[organization]\nusers = 50.0\n";
    let b = format!("{}{b}", HEAD.replace("name = \"A\"\n", ""));
    let difference = difference(&document("a.toml", &format!("{HEAD}{a}")), &document("b.toml", &b));
    assert_eq!(difference.changes.iter().map(|change| &change.path).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_change_that_needs_another_waits_for_it() {
    let a = format!(
        "{HEAD}[services.old]\nhours = \"24x7\"\n[offers.co]\nmonthly = {{ \"Desk\" = 100 }}\n[offers.co.covers]\nold = \"24x7\"\n"
    );
    let b = a.replace("old", "new").replace("100", "130");
    let difference = difference(&document("a.toml", &a), &document("b.toml", &b));
    let of = difference.alternatives.iter().find(|of| of.id == "co").expect("the offer is in both");
    let steps: Vec<(&str, Decimal)> =
        of.bridge.iter().flatten().map(|step| (step.path.as_str(), step.amount.0.normalize())).collect();
    // `new` is not yet covered when it is added, which is allowed; `old` cannot go while it is covered.
    assert_eq!(
        steps,
        [
            ("services.new", Decimal::ZERO),
            ("services.old + offers.co.monthly.Desk + offers.co.covers.new + offers.co.covers.old", 360.into()),
        ]
    );
}

#[test]
fn an_alternative_of_one_file_has_no_bridge() {
    let a = document("a.toml", &format!("{HEAD}[offers.one]\nper_site = 10\n"));
    let b = document("b.toml", &format!("{HEAD}[offers.two]\nper_site = 20\n"));
    let difference = difference(&a, &b);
    let shown: Vec<(&str, bool, bool, bool)> = difference
        .alternatives
        .iter()
        .map(|of| (of.id.as_str(), of.a.is_some(), of.b.is_some(), of.bridge.is_some()))
        .collect();
    assert_eq!(shown, [("two", false, true, false), ("one", true, false, false)]);
}

#[test]
fn another_order_of_services_is_a_change() {
    let service = |name: &str| format!("[services.{name}]\nhours = \"24x7\"\nhours_per_month = 10\n");
    let a = document("a.toml", &format!("{HEAD}{}{}", service("x"), service("y")));
    let b = document("b.toml", &format!("{HEAD}{}{}", service("y"), service("x")));
    let changes = difference(&a, &b).changes;
    let [change] = changes.as_slice() else { panic!("one change: {changes:?}") };
    assert_eq!(change.path, "services");
    assert_eq!((change.from.as_deref(), change.to.as_deref()), (Some("x, y"), Some("y, x")));
}

#[test]
fn other_figures_in_a_pack_are_a_change() {
    let pack = |value: u32| {
        format!(
            "pack = \"Own\"\n[sources.own]\ntitle = \"Quotes\"\ndate = \"2026-10\"\nstrength = \"price list\"\n\
             [[rate]]\nkey = \"own.site\"\nwhat = \"A site\"\nvalue = {value}\nunit = \"site / month\"\n\
             currency = \"USD\"\nregion = \"here\"\nsource = \"own\"\n"
        )
    };
    let text = format!("packs = [\"own.toml\"]\n{HEAD}[offers.a]\nper_site = {{ from = \"own.site\" }}\n");
    let document = |value| Document::parse("a.toml", text.as_bytes(), &mut |_| Ok(pack(value).into_bytes()));
    let difference = difference(&document(100), &document(120));
    let of = &difference.alternatives[0];
    let steps: Vec<(&str, Decimal)> =
        of.bridge.iter().flatten().map(|step| (step.path.as_str(), step.amount.0.normalize())).collect();
    assert_eq!(steps, [("packs", 240.into())]);
}

#[test]
fn different_currencies_are_refused() {
    let text = format!("{HEAD}[offers.a]\nper_site = 10\n");
    let a = document("a.toml", &text);
    let b = document("b.toml", &text.replace("USD", "EUR"));
    let (old, new) = (a.read().scenario.expect("sound"), b.read().scenario.expect("sound"));
    let (old, new) = (compare(&old).expect("sound"), compare(&new).expect("sound"));
    let problem = diff((&a, &old), (&b, &new)).expect_err("two currencies");
    assert_eq!(problem.code, "different-currencies");
}

fn samples(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("the samples are there");
    let paths = entries.map(|entry| entry.expect("a sample can be read").path());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    paths.sort();
    paths
}

/// Steps sum to the difference, and the changes made one by one end in what the second file says.
#[track_caller]
fn check_pair(a: &Document, b: &Document) {
    let difference = difference(a, b);
    let shown = write::text::render(&comanage_report::document::diff(&difference), Terminal::default());
    assert!(shown.lines().all(|line| line.chars().count() <= 100), "{shown}");
    for of in &difference.alternatives {
        let Some(((old, new), steps)) = of.a.zip(of.b).zip(of.bridge.as_ref()) else { continue };
        let moved: Decimal = steps.iter().map(|step| step.amount.0).sum();
        assert_eq!(Money(old.total.0 + moved), new.total, "{} of {} and {}", of.id, difference.a, difference.b);
        let numbers: Vec<usize> = steps.iter().flat_map(|step| step.changes.iter().copied()).collect();
        assert_eq!(numbers, (0..difference.changes.len()).collect::<Vec<_>>(), "each change is in one step");
    }
    let changes = Changes::between(a, b);
    let made = changes.document(changes.list().len()).read().scenario.expect("the changed scenario is sound");
    let made = compare(&made).expect("it can be compared");
    let totals: Vec<(&str, Money)> = made.alternatives.iter().map(|of| (of.id(), of.sums.total)).collect();
    let expected: Vec<(&str, Money)> =
        difference.alternatives.iter().filter_map(|of| Some((of.id.as_str(), of.b?.total))).collect();
    assert_eq!(totals, expected, "{} turned into {}", difference.a, difference.b);
    assert!(Changes::between(&changes.document(changes.list().len()), b).list().is_empty());
}

/// Each of the files of a folder and the next one in its currency.
#[track_caller]
fn check_neighbours(folder: &str) {
    let documents = samples(folder).into_iter().map(|path| Document::open(&path.to_string_lossy()));
    let mut by_currency: BTreeMap<&str, Vec<Document>> = BTreeMap::new();
    for document in documents {
        let scenario = document.read().scenario.expect("a sample is sound");
        by_currency.entry(scenario.currency.code).or_default().push(document);
    }
    for documents in by_currency.values() {
        for (place, a) in documents.iter().enumerate() {
            check_pair(a, &documents[(place + 1) % documents.len()]);
        }
    }
    assert!(by_currency.len() > 1);
}

#[test]
fn every_sample_can_be_turned_into_the_next() {
    check_neighbours("scenarios");
}

#[test]
fn every_published_case_can_be_turned_into_the_next() {
    check_neighbours("scenarios/published");
}

/// Every number of a sample in turn is raised by a tenth; some in one step with their neighbours.
#[test]
fn samples_with_other_numbers_bridge_to_the_cent() {
    for path in samples("scenarios").iter().step_by(3) {
        let before = Document::open(&path.to_string_lossy());
        let scenario = before.read().scenario.expect("a sample is sound");
        let written: Vec<(String, String)> = scenario
            .inputs
            .iter()
            .filter(|(input, value, about)| scenario.is_written(*input) && about.range.is_none() && !value.is_zero())
            .map(|(_, value, about)| {
                let raised = (value * Decimal::new(11, 1)).round_dp(4);
                (about.path.clone(), comanage_report::figures::written(raised, about.kind))
            })
            .collect();
        let mut after = before.clone();
        for (path, value) in written.iter().step_by(3) {
            let Ok(varied) = after.with(path, value) else { continue };
            if varied.read().scenario.is_some() {
                after = varied;
            }
        }
        check_pair(&before, &after);
        check_pair(&after, &before);
    }
}
