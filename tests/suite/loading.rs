//! What a file comes to mean: hours, money, shares, ranges, rates, covers, defaults.

use std::io;

use comanage_format::load::{Document, Loaded, read};
use comanage_model::scenario::{
    Billed, Distribution, Duty, Kind, LinePrice, Mode, Origin, PricingModel, Rates, Scenario,
};
use comanage_model::week::Week;
use rust_decimal::Decimal;

/// What every file begins with.
pub const HEAD: &str = "schema = 1\nname = \"T\"\ncurrency = \"USD\"\nterm_months = 36\n";

fn no_base(_: &str) -> io::Result<Vec<u8>> {
    Err(io::ErrorKind::NotFound.into())
}

/// A document that begins as every file does.
pub fn document(text: &str) -> Document {
    Document::parse("t.toml", format!("{HEAD}{text}").as_bytes(), &mut no_base)
}

/// The scenario of a file in which nothing is wrong.
#[track_caller]
pub fn whole(loaded: Loaded) -> Scenario {
    let errors: Vec<_> = loaded.diagnostics.iter().map(|diagnostic| (diagnostic.code, &diagnostic.message)).collect();
    loaded.scenario.unwrap_or_else(|| panic!("it loads: {errors:?}"))
}

#[track_caller]
fn scenario(text: &str) -> Scenario {
    whole(document(&with_something(text)).read())
}

/// The text with a tool, if it has nothing to compare.
fn with_something(text: &str) -> String {
    let has_something = ["[team", "[[team", "[services", "[offers", "[[hire"].iter().any(|table| text.contains(table));
    if has_something { text.to_string() } else { format!("{text}\n[tools.any]\nmonthly = 1\n") }
}

/// A number from its digits.
pub fn number(text: &str) -> Decimal {
    Decimal::from_str_exact(text).expect("a number")
}

/// The value at a path.
#[track_caller]
pub fn value(scenario: &Scenario, path: &str) -> Decimal {
    let mut found = scenario.inputs.iter().filter(|(_, _, about)| about.path == path);
    let (_, value, _) = found.next().unwrap_or_else(|| panic!("{path} is an input"));
    assert!(found.next().is_none(), "{path} is one input");
    value
}

/// The codes of what is found, in order.
fn codes(text: &str) -> Vec<&'static str> {
    document(text).read().diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[track_caller]
fn hours(text: &str, expected: &[(usize, usize)]) {
    let day = |day: usize, minute: usize| day * 1440 + minute;
    let spans: Vec<(usize, usize)> = expected.iter().map(|&(from, to)| (day(0, from), day(0, to))).collect();
    assert_eq!(Week::parse(text).map(|week| week.spans()), Ok(spans), "{text}");
}

#[test]
fn hours_of_the_week() {
    const H: usize = 60;
    const D: usize = 1440;
    hours("24x7", &[(0, 7 * D)]);
    hours("24X7", &[(0, 7 * D)]);
    hours("24x5", &[(0, 5 * D)]);
    hours(" none ", &[]);
    hours("mon 08:00-17:00", &[(8 * H, 17 * H)]);
    hours("MON 8:00-17:00", &[(8 * H, 17 * H)]);
    hours("mon,wed 08:00-12:00", &[(8 * H, 12 * H), (2 * D + 8 * H, 2 * D + 12 * H)]);
    hours("mon-tue 08:00-09:00, tue 09:00-10:00", &[(8 * H, 9 * H), (D + 8 * H, D + 10 * H)]);
    // Overlaps count once.
    hours("mon 08:00-12:00, mon 10:00-13:00", &[(8 * H, 13 * H)]);
    // Past midnight, and around the week's end.
    hours("mon 22:00-06:00", &[(22 * H, D + 6 * H)]);
    hours("sun 22:00-06:00", &[(0, 6 * H), (6 * D + 22 * H, 7 * D)]);
    hours("sun 17:00-00:00", &[(6 * D + 17 * H, 7 * D)]);
    hours("sun 00:00-24:00", &[(6 * D, 7 * D)]);
    // Day ranges wrap.
    hours("sat-mon 00:00-24:00", &[(0, D), (5 * D, 7 * D)]);
    hours("mon-sun 00:00-24:00", &[(0, 7 * D)]);
    hours("tue-mon 00:00-24:00", &[(0, 7 * D)]);
    hours("fri-fri 00:00-00:01", &[(4 * D, 4 * D + 1)]);
    // The rest of the week.
    hours("Outside mon-sat 00:00-24:00, sun 00:00-23:00", &[(6 * D + 23 * H, 7 * D)]);
    hours("outside none", &[(0, 7 * D)]);
    hours("outside 24x7", &[]);
    for wrong in [
        "outside",
        "outside ",
        "outside8x5",
        "outside outside 24x7",
        "outside mon 25:00-26:00",
        "mon 08:00-17:00, outside 24x5",
        "25:00",
        "mon-fryday 08:00-17:00",
        "8x5",
        "24x7, mon 08:00-09:00",
        "mon 24:00-25:00",
        "mon 24:00-08:00",
        "mon 08:00-24:01",
        "mon 00:00-00:00",
        "mon 08:0-17:00",
        "mon 008:00-17:00",
        "mon -08:00-17:00",
        "mon 08:00-17:00,",
        ",mon 08:00-17:00",
        "mon- 08:00-17:00",
        "mon-tue-wed 08:00-17:00",
        "monday 08:00-17:00",
        "mon 08:00-17:00 tue 08:00-17:00",
        "mon 0８:00-17:00",
    ] {
        let error = Week::parse(wrong).expect_err(wrong);
        assert!(wrong.get(error.at.clone()).is_some(), "{wrong}: {error:?}");
    }
}

#[test]
fn money_in_any_writing_is_one_amount() {
    let cost =
        |amount: &str| value(&scenario(&format!("[[cost]]\nname = \"A\"\nmonthly = {amount}\n")), "cost.A.monthly");
    for same in ["105_000", "105000.00", "\"105,000.00\"", "\"$105,000\"", "\"USD 105000\"", "1.05e5"] {
        assert_eq!(cost(same), number("105000"), "{same}");
    }
    assert_eq!(cost("-0.10"), number("-0.1"));
    assert_eq!(cost("\"-$1,200.50\""), number("-1200.5"));
    assert_eq!(cost("99999999999999.99").to_string(), "99999999999999.99");
    assert_eq!(cost("0.1").to_string(), "0.1");
    let yen = HEAD.replace("USD", "JPY") + "[[cost]]\nname = \"A\"\nonce = \"¥1,000\"\n";
    assert_eq!(value(&whole(read("t.toml", &yen, &mut no_base)), "cost.A.once"), number("1000"));
}

#[test]
fn shares_are_exact_fractions() {
    let scenario =
        scenario("discount_rate = \"6.25%\"\n[organization]\ngrowth = { users = \"-3%\", sites = \"33.333333%\" }\n");
    assert_eq!(value(&scenario, "discount_rate"), number("0.0625"));
    assert_eq!(value(&scenario, "organization.growth.users"), number("-0.03"));
    assert_eq!(value(&scenario, "organization.growth.sites"), number("0.33333333"));
}

#[test]
fn ranges() {
    let text = "\
[organization]
users = { low = 60, likely = 85, high = 125 }
sites = { low = 1, high = 2 }
devices = { server = { low = 4, high = 9, dist = \"lognormal\" } }
[employment]
training = { low = 1_000, high = 2_000.01 }
software = { low = 800, high = 2_450, dist = \"lognormal\" }
bonus = { low = \"1%\", likely = \"2%\", high = \"4%\", dist = \"triangular\", source = \"survey\" }
leave_days = { low = 20, high = 20 }
sick_days = { low = 2, likely = 3.5, high = 9, dist = \"uniform\" }
overhead = { low = \"$5,000.00\", high = \"$5,000.01\" }
";
    let scenario = scenario(text);
    let check = |path: &str, expected: &str, shape| {
        let (_, value, about) = scenario.inputs.iter().find(|(_, _, about)| about.path == path).expect(path);
        assert_eq!(value, number(expected), "{path}");
        assert_eq!(about.range.as_ref().map(|range| range.distribution), Some(shape), "{path}");
    };
    check("organization.users", "85", Distribution::Pert);
    // The middle of a count is rounded half away from zero.
    check("organization.sites", "2", Distribution::Uniform);
    check("organization.devices.server", "6", Distribution::Lognormal);
    check("employment.training", "1500.005", Distribution::Uniform);
    check("employment.software", "1400", Distribution::Lognormal);
    check("employment.bonus", "0.02", Distribution::Triangular);
    check("employment.leave_days", "20", Distribution::Uniform);
    check("employment.sick_days", "3.5", Distribution::Uniform);
    check("employment.overhead", "5000.005", Distribution::Uniform);
    let bonus = scenario.inputs.iter().find(|(_, _, about)| about.path == "employment.bonus").expect("it is there").2;
    assert_eq!(bonus.source.as_deref(), Some("survey"));
}

#[test]
fn what_is_left_out() {
    let scenario = scenario("[services.desk]\nhours = \"mon-fri 08:00-17:00\"\n[services.watch]\nhours = \"24x7\"\n");
    assert_eq!(scenario.start.to_string(), "2027-01");
    assert_eq!(scenario.baseline.as_deref(), Some("in_house"));
    assert_eq!((scenario.simulation.samples, scenario.simulation.seed), (4_096, 1));
    let ids: Vec<&str> = scenario.alternatives.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["in_house"]);
    assert_eq!(value(&scenario, "organization.sites"), Decimal::ONE);
    let users = &scenario.organization.users.classes;
    assert!(matches!(users.as_slice(), [one] if one.start.map(|start| scenario.decimal(start)) == Some(Decimal::ZERO)));
    assert!(!scenario.services[0].open_on_holidays && scenario.services[1].open_on_holidays);
    let assumed = ["coverage_target", "work_target"].into_iter().map(String::from).chain(
        ["leave_days", "sick_days", "training_days", "holidays", "workdays_per_year", "weekly_hours", "utilization"]
            .map(|key| format!("employment.{key}")),
    );
    let expected: Vec<String> = assumed.collect();
    let told: Vec<&str> = scenario
        .inputs
        .iter()
        .filter(|(_, _, about)| matches!(about.origin, Origin::Default { .. }))
        .map(|(_, _, about)| about.path.as_str())
        .collect();
    assert_eq!(told, expected);
    assert_eq!(value(&scenario, "employment.utilization"), number("0.85"));
    assert_eq!(value(&scenario, "employment.turnover"), Decimal::ZERO);
}

#[test]
fn a_role_shares_what_it_does_not_set() {
    let text = "\
[employment]
benefits = \"22%\"
source = \"handbook\"
payroll_taxes = [{ rate = \"6.2%\", cap = 184_500 }, { rate = \"1.45%\" }]
[[team]]
role = \"IT manager\"
headcount = 0.5
salary = 105_000
services = []
hours = \"mon-fri 08:00-17:00\"
leave_days = 25
note = \"since 2019\"
[[hire]]
role = \"Engineer\"
headcount = 1
salary = 92_000
services = []
rota = \"24x7\"
months_to_fill = 4
optional = true
";
    let scenario = scenario(text);
    let (all, manager, engineer) = (&scenario.employment, &scenario.team[0], &scenario.hires[0]);
    assert_eq!(manager.employment.benefits, all.benefits);
    assert_eq!(engineer.employment.benefits, all.benefits);
    assert_eq!(manager.employment.payroll_taxes[0].rate, all.payroll_taxes[0].rate);
    assert_ne!(manager.employment.leave_days, all.leave_days);
    assert_eq!(value(&scenario, "team.\"IT manager\".leave_days"), number("25"));
    assert_eq!(value(&scenario, "employment.payroll_taxes[0].rate"), number("0.062"));
    assert_eq!(scenario.inputs.about(all.benefits).source.as_deref(), Some("handbook"));
    assert_eq!(scenario.inputs.about(manager.salary).note.as_deref(), Some("since 2019"));
    assert!(matches!(manager.duty, Duty::Hours(_)) && matches!(engineer.duty, Duty::Rota(_)));
    assert_eq!(scenario.inputs.about(engineer.employment.months_to_fill).kind, Kind::Months);
    // Only an optional hire: it is in no alternative by itself.
    assert_eq!(scenario.alternatives.len(), 1);
}

#[test]
fn covers_follow_the_charges() {
    let text = "\
[services.desk]
hours = \"mon-fri 08:00-18:00\"
[services.watch]
hours = \"24x7\"
[offers.flat]
per_user = 75
availability = \"99.9%\"
[offers.flat.covers]
desk = \"mon-fri 17:00-19:00\"
all = \"24x7\"
[offers.blocks]
block_hours = { hours = 10, price = 1_500 }
covers = \"all\"
[offers.people]
contractors = { headcount = 1, rate = 95, hours_per_month = 160, hours = \"mon-fri 08:00-17:00\" }
[offers.people.covers]
watch = { share = \"20%\" }
desk = {}
[offers.mixed]
per_user = { rate = { office = 30 } }
hourly = { rate = 180 }
[offers.mixed.covers]
desk = { hours = \"24x7\", share = \"10%\", availability = \"98%\" }
watch = { hours = \"mon-fri 08:00-18:00\", billed = \"hours\", mode = \"best_effort\" }
[offers.project]
once = { \"Migration\" = 9_000 }
[offers.project.covers]
desk = \"24x7\"
";
    let loaded = document(text).read();
    assert_eq!(loaded.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), ["unknown-class"]);
    let scenario = whole(loaded);
    let covers = |offer: usize| {
        let offer = &scenario.offers[offer];
        let cover = |cover: &comanage_model::scenario::Cover| {
            (
                cover.service,
                cover.hours.as_ref().map(|week| week.minutes() / 60),
                cover.mode,
                cover.billed,
                cover.overflow,
            )
        };
        offer.covers.iter().map(cover).collect::<Vec<_>>()
    };
    use {Billed::*, Mode::*};
    assert_eq!(covers(0), [(0, Some(10), Duty, Flat, false), (1, Some(168), Duty, Flat, true)]);
    assert_eq!(covers(1), [(0, Some(50), BestEffort, Hours, true), (1, Some(168), BestEffort, Hours, true)]);
    assert_eq!(covers(2), [(0, None, Duty, Flat, false), (1, None, Duty, Flat, false)]);
    assert_eq!(covers(3), [(0, Some(168), Duty, Flat, false), (1, Some(50), BestEffort, Hours, true)]);
    assert_eq!(covers(4), [(0, Some(168), Duty, Flat, true)]);
    let flat = &scenario.offers[0];
    assert!(flat.covers.iter().all(|cover| cover.availability == flat.availability));
    assert_ne!(scenario.offers[3].covers[0].availability, scenario.offers[3].availability);
    let models: Vec<PricingModel> = scenario.offers.iter().map(|offer| offer.pricing_model()).collect();
    use PricingModel::*;
    assert_eq!(models, [PerUser, BlockHours, StaffAugmentation, Hybrid, TailoredPackage]);
}

#[test]
fn rates_in_every_form() {
    let text = "\
[organization]
users = { office = 90, floor = 30 }
[offers.a]
per_user = 75
[offers.b]
per_user = { low = 60, high = 80 }
[offers.c]
per_user = { tiers = [{ up_to = 50, rate = 95 }, { flat = 25 }], mode = \"graduated\" }
[offers.d]
per_user = { bundle = 10, price = 50 }
[offers.e]
per_user = { floor = 20, office = { bundle = 5, price = 100 } }
[offers.f]
per_user = { rate = { office = 90 }, minimum = 50, included_devices = 2, extra_device_rate = 10 }
";
    let scenario = scenario(text);
    for (path, expected) in [
        ("offers.a.per_user", "75"),
        ("offers.b.per_user", "70"),
        ("offers.c.per_user.tiers[0].up_to", "50"),
        ("offers.c.per_user.tiers[1].flat", "25"),
        ("offers.d.per_user.price", "50"),
        ("offers.e.per_user.floor", "20"),
        ("offers.e.per_user.office.bundle", "5"),
        ("offers.f.per_user.rate.office", "90"),
        ("offers.f.per_user.extra_device_rate", "10"),
    ] {
        assert_eq!(value(&scenario, path), number(expected), "{path}");
    }
    let by_class = scenario.offers[4].price_lines().next().map(|line| &line.price);
    assert!(
        matches!(by_class, Some(LinePrice::Rates(Rates::ByClass(rates))) if rates.iter().map(|(class, _)| *class).eq([1, 0]))
    );
}

#[test]
fn classes_stand_in_the_order_they_are_named() {
    let text = "\
[organization]
users = 20
devices = { server = 2, workstation = 20 }
[[organization.change]]
month = 5
users = 3
devices = { printer = 4, server = 1 }
[[organization.season]]
months = [\"DEC\"]
devices = { phone = 3 }
";
    let scenario = scenario(text);
    let names = |classes: &[comanage_model::scenario::Class]| {
        classes.iter().map(|class| (class.name.clone(), class.start.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(names(&scenario.organization.users.classes), [("standard".to_string(), true)]);
    let devices = ["server", "workstation", "printer", "phone"].map(String::from);
    let started = [true, true, false, false];
    let expected: Vec<(String, bool)> = devices.into_iter().zip(started).collect();
    assert_eq!(names(&scenario.organization.devices.classes), expected);
    assert_eq!(scenario.organization.seasons[0].months, [12]);
    assert_eq!(value(&scenario, "organization.season[0].devices.phone"), number("3"));
}

/// Tables by name are laid over the entries of a list of the file that is extended; others stay.
#[test]
fn tables_are_laid_over_entries_by_name() {
    let base = b"schema = 1\nname = \"T\"\ncurrency = \"USD\"\nterm_months = 36\n\
        [services.desk]\nhours = \"mon-fri 08:00-17:00\"\n\
        [[team]]\nrole = \"IT manager\"\nheadcount = 1\nsalary = 105_000\nservices = [\"desk\"]\nhours = \"none\"\n\
        [[team]]\nrole = \"Technician\"\nheadcount = 2\nsalary = 60_000\nservices = []\nhours = \"none\"\n\
        [[cost]]\nname = \"Insurance\"\nmonthly = 100\n";
    let own = "extends = \"base.toml\"\n[team.\"IT manager\"]\nsalary = 98_000\n\
        [cost.Insurance]\nmonthly = 90\nuntil_month = 12\n";
    let scenario = whole(read("t.toml", own, &mut |_| Ok(base.to_vec())));
    let values = ["team.\"IT manager\".salary", "team.\"IT manager\".headcount", "team.Technician.salary"];
    assert_eq!(values.map(|path| value(&scenario, path)), [98_000, 1, 60_000].map(Decimal::from));
    assert_eq!(value(&scenario, "cost.Insurance.monthly"), Decimal::from(90));
    assert_eq!(value(&scenario, "cost.Insurance.until_month"), Decimal::from(12));
    assert_eq!(scenario.team[0].services, [0]);
}

/// A value laid over a file is as one in it: numbers, shares, ranges, texts, lists and whole tables.
#[test]
fn values_of_the_user_are_laid_over_the_file() {
    let mut own = document(
        "[organization]\nusers = 10\n[offers.a]\nper_user = 5\n[offers.b]\nper_user = 6\n\
         [alternatives.mix]\noffers = [\"a\"]\n",
    );
    for (path, value) in [
        ("organization.users", "{ low = 5, likely = 20, high = 30 }"),
        ("offers.a.uplift", "5%"),
        ("offers.a.retainer", "{ monthly = 7_000 }"),
        ("offers.b.name", "\"B and sons\""),
        ("offers.b.name", "B and daughters"),
        ("alternatives.mix.offers.a.until_month", "12"),
        ("start", "2028-03"),
    ] {
        own.override_value(path, value).unwrap_or_else(|fault| panic!("{path}: {}", fault.message));
    }
    let scenario = whole(own.read());
    assert_eq!(value(&scenario, "organization.users"), Decimal::from(20));
    assert_eq!(value(&scenario, "offers.a.uplift"), number("0.05"));
    assert_eq!(value(&scenario, "offers.a.retainer.monthly"), Decimal::from(7_000));
    assert_eq!(value(&scenario, "alternatives.mix.offers.a.until_month"), Decimal::from(12));
    assert_eq!((scenario.offers[1].name.as_str(), scenario.start.to_string().as_str()), ("B and daughters", "2028-03"));
    let paths: Vec<&str> = scenario.overrides.iter().map(|own| own.path.as_str()).collect();
    let expected = ["organization.users", "offers.a.uplift", "offers.a.retainer", "offers.b.name"];
    assert_eq!(paths[..4], expected);
}

/// Users that are left out bill as 0 users do, also where a minimum is billed in any case.
#[test]
fn users_left_out_are_none() {
    let offers = "[offers.one]\nper_user = { rate = 10, minimum = 5 }\n\
        [offers.table]\nper_user = { rate = { standard = 10 }, minimum = 5 }\n";
    let totals = |organization: &str| {
        let scenario = scenario(&format!("{organization}{offers}"));
        let totals = comanage_model::totals::totals(&scenario).expect("they have room");
        totals.into_iter().map(|total| total.0.normalize().to_string()).collect::<Vec<_>>()
    };
    let written = totals("[organization]\nusers = 0\n");
    assert_eq!(written, ["1800", "1800"]);
    assert_eq!(totals(""), written);
    assert_eq!(totals("[organization]\nsites = 2\n"), written);
}

#[test]
fn findings_beside_a_good_result() {
    assert_eq!(codes(""), ["nothing-to-compare"]);
    assert_eq!(codes("[offers.a]\nretainer = { monthly = 5, overage_rate = 4 }\n"), ["overage-without-included"]);
    let loaded = document("[offers.a]\nretainer = { monthly = 5, overage_rate = 4 }\n").read();
    assert!(loaded.scenario.is_some() && !loaded.has_errors() && !loaded.machine_failed);
}

#[test]
fn a_hundred_thousand_services_are_one_finding() {
    let services: String = (0..100_000).map(|index| format!("[services.s{index}]\nhours = 3\n")).collect();
    let start = std::time::Instant::now();
    assert_eq!(codes(&services), ["too-many"]);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn names_of_any_script_are_kept() {
    let text = "[services.\"ヘルプ デスク\"]\nhours = \"24x7\"\nhours_per_month = 3\n[offers.\"../x\"]\nmonthly = { \"=1+1\" = 5 }\n";
    let scenario = scenario(text);
    assert_eq!(value(&scenario, "services.\"ヘルプ デスク\".hours_per_month"), number("3"));
    assert_eq!(value(&scenario, "offers.\"../x\".monthly.=1+1"), number("5"));
}
