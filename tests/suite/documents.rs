//! Files that extend one another, and values laid over a document by path.

use std::collections::HashMap;
use std::io;

use comanage_format::load::Document;
use comanage_model::diagnostic::Severity;

use crate::loading::{HEAD, document, number, value, whole};

/// Files by name, for those that extend one another.
fn files(all: &[(&str, &str)]) -> Document {
    let files: HashMap<String, Vec<u8>> =
        all.iter().map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).collect();
    let mut base = |name: &str| files.get(name).cloned().ok_or_else(|| io::ErrorKind::NotFound.into());
    let (name, text) = all[0];
    Document::parse(name, text.as_bytes(), &mut base)
}

#[test]
fn a_file_is_laid_over_the_one_it_extends() {
    let own = "\
extends = \"../base.toml\"
name = \"Own\"
[services.watch]
hours = \"24x7\"
[services.desk]
weight = 2
[organization]
users = { low = 10, high = 20 }
devices = { server = 9, phone = 4 }
[offers.co]
per_user = { rate = { low = 60, high = 70 } }
covers = { desk = { share = \"30%\" } }
monthly = { \"Backup\" = 600 }
per_device = { bundle = 5, price = 40 }
[[team]]
role = \"Own\"
headcount = 1
salary = 1
services = [\"desk\"]
hours = \"none\"
";
    let base = format!(
        "{HEAD}\
[services.desk]
hours = \"mon-fri 08:00-17:00\"
weight = 5
[services.low]
hours = \"24x5\"
[organization]
users = 50
devices = {{ server = 3, workstation = 40 }}
[offers.co]
per_user = {{ rate = 80, minimum = 30 }}
per_device = {{ server = 100, workstation = 10 }}
monthly = {{ \"Desk\" = 900, \"Backup\" = 550 }}
[offers.co.covers]
desk = {{ hours = \"24x7\", respond_within = \"1h\" }}
[[team]]
role = \"Base\"
headcount = 1
salary = 1
services = []
hours = \"none\"
[expect]
cheapest = \"nobody\"
"
    );
    let document = files(&[("a/own.toml", own), ("base.toml", &base)]);
    let loaded = document.read();
    let names: Vec<&str> = loaded.sources.0.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["a/own.toml", "base.toml"]);
    let scenario = whole(loaded);
    assert_eq!(scenario.name, "Own");
    let services: Vec<&str> = scenario.services.iter().map(|service| service.key.as_str()).collect();
    assert_eq!(services, ["desk", "low", "watch"]);
    assert_eq!(value(&scenario, "services.desk.weight"), number("2"));
    assert_eq!(value(&scenario, "organization.users"), number("15"));
    let devices: Vec<&str> = scenario.organization.devices.classes.iter().map(|class| class.name.as_str()).collect();
    assert_eq!(devices, ["server", "workstation", "phone"]);
    assert_eq!(value(&scenario, "offers.co.per_user.rate"), number("65"));
    assert_eq!(value(&scenario, "offers.co.per_user.minimum"), number("30"));
    assert_eq!(value(&scenario, "offers.co.per_device.price"), number("40"));
    let lines: Vec<&str> = scenario.offers[0].price_lines().filter_map(|line| line.name.as_deref()).collect();
    assert_eq!(lines, ["Desk", "Backup"]);
    assert_eq!(value(&scenario, "offers.co.monthly.Backup"), number("600"));
    assert_eq!(scenario.offers[0].covers[0].respond_within, Some(60));
    assert_eq!(value(&scenario, "offers.co.covers.desk.share"), number("0.3"));
    let team: Vec<&str> = scenario.team.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(team, ["Own"]);
    assert!(scenario.expect.is_empty());
    // A value keeps the file it was written in.
    let minimum =
        scenario.inputs.iter().find(|(_, _, about)| about.path == "offers.co.per_user.minimum").expect("it is there");
    assert_eq!(scenario.span(minimum.0).map(|span| span.file), Some(1));
}

#[test]
fn the_nearest_file_wins_along_a_chain() {
    let document = files(&[
        ("a.toml", "extends = \"b.toml\"\nname = \"A\"\n"),
        ("b.toml", "extends = \"c.toml\"\nname = \"B\"\ndiscount_rate = \"5%\"\n"),
        ("c.toml", &format!("{HEAD}discount_rate = \"4%\"\nwork_target = \"90%\"\n")),
    ]);
    let scenario = whole(document.read());
    assert_eq!(scenario.name, "A");
    assert_eq!(value(&scenario, "discount_rate"), number("0.05"));
    assert_eq!(value(&scenario, "work_target"), number("0.9"));
}

#[test]
fn values_are_laid_over_a_document() {
    let text = "\
[organization]
users = 120
devices = { server = 6 }
[services.desk]
hours = \"24x7\"
[offers.co]
per_user = 75
covers = \"all\"
[offers.two]
per_user = { rate = 68, minimum = 50 }
per_device = { tiers = [{ up_to = 10, rate = 5 }, { rate = 4 }] }
[offers.two.covers]
desk = \"24x7\"
[[team]]
role = \"IT manager\"
headcount = 1
salary = 105_000
services = []
hours = \"none\"
[[cost]]
name = \"v1.2\"
monthly = 5
";
    let document = document(text);
    let check = |path: &str, written: &str, expected: &str| {
        let varied = document.with(path, written).unwrap_or_else(|fault| panic!("{path}: {}", fault.message));
        assert_eq!(value(&whole(varied.read()), path), number(expected), "{path}");
    };
    check("organization.users", "80", "80");
    check("organization.users", "{ low = 10, high = 20 }", "15");
    check("organization.devices.server", "7", "7");
    check("organization.growth.users", "5%", "0.05");
    check("discount_rate", "6%", "0.06");
    check("team.\"IT manager\".salary", "$99,000", "99000");
    check("team.\"IT manager\".leave_days", "12.5", "12.5");
    check("cost.\"v1.2\".monthly", "-7", "-7");
    check("offers.co.per_user", "80", "80");
    check("offers.co.per_user.rate", "80", "80");
    check("offers.co.per_user.minimum", "30", "30");
    check("offers.co.covers.all.share", "30%", "0.3");
    check("offers.co.onboarding.fee", "9_000", "9000");
    check("offers.two.per_user.rate", "70", "70");
    check("offers.two.per_device.tiers[1].rate", "3", "3");
    check("offers.two.per_device", "3", "3");
    check("offers.two.covers.desk.availability", "98%", "0.98");
    check("employment.utilization", "70%", "0.7");
    let named = whole(document.with("name", "007").expect("it is a value").read());
    assert_eq!(named.name, "007");
    let hours = whole(document.with("services.desk.hours", "mon 08:00-09:00").expect("it is a value").read());
    assert_eq!(hours.services[0].hours.minutes(), 60);
    let both =
        document.with("offers.co.per_user.rate", "80").and_then(|once| once.with("offers.co.per_user.minimum", "9"));
    assert_eq!(value(&whole(both.expect("they are values").read()), "offers.co.per_user.rate"), number("80"));
}

#[test]
fn a_path_that_leads_nowhere_names_the_nearest() {
    let text = "\
[organization]
users = { office = 12, floor = 3 }
[offers.co]
per_user = { rate = 75 }
[[team]]
role = \"IT manager\"
headcount = 1
salary = 105_000
services = []
hours = \"none\"
";
    let document = document(text);
    for (path, hint) in [
        ("organization.user", "did you mean `organization.users`?"),
        ("organization.users", "name one of `organization.users.office` and `organization.users.floor`"),
        ("organization.users.offce", "did you mean `organization.users.office`?"),
        ("offers.xo.per_user.rate", "did you mean `offers.co`?"),
        ("offers.co.per_user.rat", "did you mean `offers.co.per_user.rate`?"),
        ("offers.co.per_user", "name one of `offers.co.per_user.rate`"),
        ("team.\"IT manger\".salary", "did you mean team.\"IT manager\"?"),
        ("team[0].salary", "there is `team.\"IT manager\"`"),
        ("schema", ""),
    ] {
        let fault = document.with(path, "1").expect_err(path);
        assert_eq!(fault.code, "unknown-path", "{path}");
        let told = fault.hint.unwrap_or_default();
        assert!(told.starts_with(hint), "{path}: {told}");
    }
    for path in ["", "a..b", "offers", "offers.co", "team", "name.x", "organization.users.office.low", "extends"] {
        assert!(document.with(path, "1").is_err(), "{path}");
    }
    // What is laid over is checked like what is written, and shown where it was given.
    let loaded = document.with("offers.co.per_user.rate", "-5").expect("it is a value").read();
    let found = &loaded.diagnostics[0];
    assert_eq!((found.code, found.severity), ("out-of-range", Severity::Error));
    let place = loaded.sources.place(found.span.as_ref().expect("it has a place"));
    assert_eq!((place.file.as_str(), place.line, place.column), ("value of offers.co.per_user.rate", 1, 1));
}
