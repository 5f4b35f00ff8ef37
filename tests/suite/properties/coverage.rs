//! What more people, longer hours and faster promises do to coverage, on random scenarios.

use comanage_analysis::compare::{Compared, compare};
use comanage_model::coverage::{Attendance, Coverage, cover};
use comanage_model::scenario::{Cover, Duty, Mode, Offer, Scenario};
use comanage_model::staffing::Staffing;
use comanage_model::week::Week;
use rust_decimal::Decimal;

use crate::common::load_text;
use crate::random;

const SEEDS: u64 = 120;
/// Probabilities are doubles.
const SAME: f64 = 1e-9;

fn coverages(scenario: &Scenario) -> Vec<Coverage> {
    let attendance = Attendance::new(scenario);
    scenario.alternatives.iter().map(|of| cover(&Staffing::new(scenario, of), &attendance)).collect()
}

/// Holds every random scenario against what becomes of it: nothing is covered less.
fn never_lowers(what: &str, change: impl Fn(&mut Scenario)) {
    let mut higher = 0;
    for seed in 0..SEEDS {
        let before = load_text(&random::scenario(seed));
        let mut after = before.clone();
        change(&mut after);
        for (at, (old, new)) in coverages(&before).iter().zip(&coverages(&after)).enumerate() {
            for (service, (old, new)) in old.services.iter().zip(&new.services).enumerate() {
                let pairs = [(old.expected, new.expected), (old.scheduled, new.scheduled)];
                for (old, new) in pairs.into_iter().filter_map(|(old, new)| old.zip(new)) {
                    assert!(new >= old - SAME, "{what}: seed {seed}, alternative {at}, service {service}: {old} {new}");
                    higher += u32::from(new > old + SAME);
                }
            }
        }
    }
    assert!(higher > 10, "{what} changes something: {higher}");
}

#[test]
fn one_person_more_never_lowers_coverage() {
    never_lowers("one person more", |scenario| {
        for role in scenario.team.iter().chain(&scenario.hires) {
            let more = scenario.inputs.value(role.headcount) + Decimal::ONE;
            scenario.inputs.set(role.headcount, more);
        }
    });
}

#[test]
fn a_faster_promise_never_lowers_coverage() {
    never_lowers("a faster promise", |scenario| {
        for cover in scenario.offers.iter_mut().flat_map(|offer| &mut offer.covers) {
            cover.respond_within = Some(cover.respond_within.map_or(1, |minutes| minutes / 2));
        }
        for role in scenario.team.iter_mut().chain(&mut scenario.hires) {
            if let Some(on_call) = &mut role.on_call {
                on_call.response = Some(on_call.response.map_or(1, |minutes| minutes / 2));
            }
        }
    });
}

/// A part of a person has so many hours, however they lie, so that only whole people gain by longer ones.
#[test]
fn longer_hours_never_lower_coverage() {
    never_lowers("longer hours", |scenario| {
        let Scenario { team, hires, inputs, .. } = scenario;
        for role in team.iter_mut().chain(hires).filter(|role| role.on_call.is_none()) {
            if let Duty::Hours(week) = &mut role.duty
                && inputs.value(role.headcount).fract().is_zero()
            {
                *week = week.or(&Week::parse("mon-sun 06:00-10:00").expect("they are hours"));
            }
        }
    });
}

#[test]
fn hiring_somebody_never_lowers_coverage() {
    for seed in 0..SEEDS {
        let scenario = load_text(&random::scenario(seed));
        let of = |id: &str| scenario.alternatives.iter().position(|alternative| alternative.id == id);
        let Some((own, hire)) = of("in_house").zip(of("hire")) else { continue };
        let all = coverages(&scenario);
        for (old, new) in all[own].services.iter().zip(&all[hire].services) {
            for (old, new) in old.by_month.iter().zip(&new.by_month) {
                assert!(new >= &(old - SAME), "seed {seed}: {old} {new}");
            }
        }
    }
}

/// The same people, once as a role and once as a provider with the same availability.
#[test]
fn a_role_and_a_provider_that_are_the_same_cover_the_same() {
    let cases = [
        ("24x7", "", "mon-fri 08:00-17:00"),
        ("24x7", "respond_within = \"4h\"", "mon-fri 22:00-06:00"),
        ("mon-fri 09:00-17:00", "respond_within = \"1h\"\npeople = 2", "mon-fri 08:00-16:00"),
        ("sun 20:00-04:00", "on_holidays = \"open\"", "sun 18:00-24:00"),
    ];
    for (required, more, hours) in cases {
        let text = format!(
            "schema = 1\nname = \"Mirror\"\ncurrency = \"USD\"\nterm_months = 12\n\
             [services.desk]\nhours = \"{required}\"\n{more}\n\
             [employment]\nleave_days = 26\nsick_days = 0\ntraining_days = 0\nholidays = 0\nworkdays_per_year = 260\n\
             [[team]]\nrole = \"A\"\nheadcount = 1\nsalary = 1\nservices = [\"desk\"]\nhours = \"{hours}\"\n\
             [[hire]]\nrole = \"B\"\nheadcount = 1\nsalary = 1\nservices = [\"desk\"]\nhours = \"{hours}\"\n\
             qualified_after = 0\n\
             [offers.b]\nmonthly = {{ \"B\" = 1 }}\navailability = \"90%\"\nrespond_within = \"0m\"\n\
             covers.desk = {{ hours = \"{hours}\", people = 1 }}\n"
        );
        let all = coverages(&load_text(&text));
        let (role, provider) = (&all[1].services[0], &all[2].services[0]);
        for (role, provider) in [
            (role.expected, provider.expected),
            (role.scheduled, provider.scheduled),
            (role.on_duty, provider.on_duty),
            (role.mean_wait_hours, provider.mean_wait_hours),
        ] {
            let (role, provider) = role.zip(provider).expect("hours are required");
            assert!((role - provider).abs() < SAME, "{required}: {role} {provider}");
        }
        assert_eq!(role.gaps, provider.gaps, "{required}");
    }
}

/// An offer that promises an answer later than is required covers what best effort covers, so it is never
/// recommended for the hours in which it is slow.
#[test]
fn a_slow_promise_covers_what_best_effort_does() {
    let mut slower = 0;
    for seed in 0..SEEDS {
        let before = load_text(&random::scenario(seed));
        let (mut slow, mut unobliged) = (before.clone(), before.clone());
        let of_scenario = |scenario: &mut Scenario, change: fn(&mut Cover)| {
            let Scenario { offers, services, .. } = scenario;
            let offers = offers.iter_mut().filter(|offer| !offer.is_staff_augmentation());
            let covers = offers.flat_map(|offer| &mut offer.covers);
            covers.filter(|cover| services[cover.service].respond_within.is_some()).for_each(change);
        };
        of_scenario(&mut slow, |cover| cover.respond_within = Some(60 * 24 * 30));
        of_scenario(&mut unobliged, |cover| cover.mode = Mode::BestEffort);
        let all = coverages(&before);
        for ((slow, unobliged), before) in coverages(&slow).iter().zip(&coverages(&unobliged)).zip(&all) {
            for (service, slow) in slow.services.iter().enumerate() {
                is_near(&format!("seed {seed}"), slow.expected, unobliged.services[service].expected);
                slower += u32::from(slow.expected != before.services[service].expected);
            }
        }
    }
    assert!(slower > 10, "slow promises matter: {slower}");
}

/// Roles in another order: every figure is the same.
#[test]
fn no_order_of_roles_changes_a_figure() {
    let mut held = 0;
    for seed in 0..SEEDS / 3 {
        let scenario = load_text(&random::scenario(seed));
        let keeps = |offer: &Offer| offer.replaces_team.as_ref().is_some_and(|terms| !terms.keep.is_empty());
        if scenario.team.len() < 2 || scenario.offers.iter().any(keeps) {
            continue;
        }
        let mut other = scenario.clone();
        other.team.reverse();
        let (before, after) = (compare(&scenario).expect("figures"), compare(&other).expect("figures"));
        for (a, b) in before.alternatives.iter().zip(&after.alternatives) {
            let what = format!("seed {seed}, {}", a.id());
            assert_eq!(a.sums.total, b.sums.total, "{what}");
            is_near(&what, a.evaluation.coverage.expected, b.evaluation.coverage.expected);
            is_near(&what, a.work.share, b.work.share);
            let of_team = |of: &Compared, role: usize| of.work.positions[role].share;
            let roles = scenario.team.len();
            for role in 0..roles {
                is_near(&what, of_team(a, role), of_team(b, roles - 1 - role));
                held += 1;
            }
        }
    }
    assert!(held > 50, "{held}");
}

fn is_near(what: &str, a: Option<f64>, b: Option<f64>) {
    let is_near = match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < SAME,
        _ => a == b,
    };
    assert!(is_near, "{what}: {a:?} {b:?}");
}
