//! The best plan, held to exhaustive enumeration through the comparison.
//!
//! `COMANAGE_PLAN_SEEDS=500 COMANAGE_PLAN_MIXES=4096 cargo test --test suite plan::the_plan_is` tries as many random
//! scenarios of up to as many mixes; without it a few.

use std::cmp::Reverse;

use comanage_analysis::compare::budget::{Overrun, When};
use comanage_analysis::compare::{Comparison, compare};
use comanage_analysis::planning::{Judged, Mix, Planned, Progress, Why, plan};
use comanage_model::money::Money;
use comanage_model::scenario::{Alternative, Holder, Holders, Phase, Planning, Scenario};
use comanage_report::write::{self, Layout};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::{comanage, load_file, load_text, repository, temporary, text_of};
use crate::random::{self, Dice};

pub struct Quiet;

impl Progress for Quiet {
    fn pass(&self, _: u64) {}
    fn walked(&self, _: u64) {}
    fn best(&self, _: &Judged, _: &str) {}
}

/// A mix as the test makes it: people of each hire of the file, offers, and options of these.
#[derive(Clone, Debug, PartialEq)]
struct Tried {
    people: Vec<u32>,
    offers: Vec<usize>,
    options: Vec<(usize, usize)>,
}

impl Tried {
    fn of(planned: &Planned, mix: &Mix) -> Self {
        let mut people = vec![0; planned.space.scenario.hires.len()];
        for (choice, &many) in planned.space.hires.iter().zip(&mix.people) {
            people[choice.hire] = many;
        }
        let set = &planned.space.sets[mix.set];
        Self { people, offers: set.offers.clone(), options: set.options.clone() }
    }

    fn heads(&self) -> u32 {
        self.people.iter().sum()
    }
}

/// Every mix of a scenario, those that win a tie first.
fn all_mixes(scenario: &Scenario) -> Vec<Tried> {
    let planning = &scenario.planning;
    let mut all = vec![Vec::new()];
    for &max in &planning.most_hires {
        all = all.iter().flat_map(|people| (0..=max).map(|more| [people.as_slice(), &[more]].concat())).collect();
    }
    let subset = |bits: u32| -> Vec<usize> {
        let places = planning.offers.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1);
        places.map(|(_, offer)| *offer).collect()
    };
    let sets = (0..1_u32 << planning.offers.len()).map(subset).filter(|set| set.len() <= planning.most_offers as usize);
    let sets: Vec<Vec<usize>> = sets.collect();
    let options = sets.iter().flat_map(|offers| options_of(scenario, offers).into_iter().map(move |of| (offers, of)));
    let sets: Vec<_> = options.collect();
    let mixes = all.into_iter().flat_map(|people| {
        let people = people.clone();
        sets.iter().map(move |(offers, options)| Tried {
            people: people.clone(),
            offers: offers.to_vec(),
            options: options.clone(),
        })
    });
    let mut mixes: Vec<Tried> = mixes.filter(|tried| keeps_the_rules(scenario, tried)).collect();
    let size = |tried: &Tried| (tried.heads(), tried.offers.len(), tried.options.len());
    let rest = |tried: &Tried| (Reverse(tried.people.clone()), tried.offers.clone(), tried.options.clone());
    mixes.sort_by_key(|tried| (size(tried), rest(tried)));
    mixes
}

/// Every set of options of offers.
fn options_of(scenario: &Scenario, offers: &[usize]) -> Vec<Vec<(usize, usize)>> {
    let charges = |offer: usize| {
        let charges = scenario.offers[offer].charges.iter().enumerate();
        charges.filter(|(_, charge)| charge.is_optional()).map(move |(charge, _)| (offer, charge))
    };
    let mut sets = vec![Vec::new()];
    for option in offers.iter().flat_map(|&offer| charges(offer)) {
        let with: Vec<_> = sets.iter().map(|set: &Vec<_>| [set.as_slice(), &[option]].concat()).collect();
        sets.extend(with);
    }
    sets
}

fn alternative(scenario: &mut Scenario, tried: &Tried, id: usize) -> Alternative {
    let mut hires = Vec::new();
    for (hire, &people) in tried.people.iter().enumerate().filter(|(_, people)| **people > 0) {
        let role = scenario.hires[hire].clone();
        let sized = scenario.add_sized(role, Decimal::from(people));
        hires.push(Phase { sized: Some(sized), ..Phase::whole(hire) });
    }
    let offers = tried.offers.iter().map(|&offer| Phase::whole(offer)).collect();
    let options = tried.options.clone();
    Alternative { id: format!("mix_{id}"), name: format!("Mix {id}"), hires, offers, options }
}

/// Whether a mix keeps `must` and `never`, at the end of the term.
fn keeps_the_rules(scenario: &Scenario, tried: &Tried) -> bool {
    let phases = tried.offers.iter().map(|&offer| Phase::whole(offer)).collect();
    let alternative =
        Alternative { id: "m".into(), name: "m".into(), hires: Vec::new(), offers: phases, options: Vec::new() };
    let plan = comanage_model::staffing::Staffing::new(scenario, &alternative);
    let holds = |holder: &Holder, service: usize| match *holder {
        Holder::Team => {
            let mut hires = scenario.hires.iter().zip(&tried.people).filter(|(_, people)| **people > 0);
            plan.is_held(service, scenario.term_months) || hires.any(|(role, _)| role.services.contains(&service))
        }
        Holder::Offer(offer) => tried.offers.contains(&offer) && scenario.offers[offer].cover(service).is_some(),
    };
    let any = |rule: &Holders| rule.who.iter().any(|holder| holds(holder, rule.service));
    scenario.planning.must.iter().all(any) && !scenario.planning.never.iter().any(any)
}

/// A random scenario with something to choose from, and how many mixes it has at most.
fn scenario_of(seed: u64, max: u64) -> Scenario {
    let mut scenario = load_text(&random::scenario(seed));
    let mut dice = Dice::new(seed ^ 0x706c_616e);
    let planning = &mut scenario.planning;
    planning.most_hires.iter_mut().for_each(|of| *of = dice.between(0, 4) as u32);
    planning.most_offers = dice.between(0, 2) as u32;
    let optional: Vec<usize> = (scenario.offers.iter())
        .map(|offer| offer.charges.iter().filter(|charge| charge.is_optional()).count())
        .collect();
    let options_of_all = |planning: &Planning| planning.offers.iter().map(|&offer| optional[offer]).sum::<usize>();
    let count = |planning: &Planning| {
        let people: u64 = planning.most_hires.iter().map(|of| u64::from(*of) + 1).product();
        people << (planning.offers.len() + options_of_all(planning)).min(20)
    };
    while count(planning) > max {
        let Some(of) = planning.most_hires.iter_mut().filter(|of| **of > 0).max() else {
            planning.offers.pop();
            continue;
        };
        *of -= 1;
    }
    let services = scenario.services.len();
    if services > 0 && dice.chance(25) {
        let service = dice.below(services as u64) as usize;
        let mut who = vec![Holder::Team];
        who.extend(scenario.planning.offers.first().map(|offer| Holder::Offer(*offer)));
        let rule = Holders { service, who: who[..1 + dice.below(who.len() as u64) as usize].to_vec() };
        match dice.chance(60) {
            true => scenario.planning.must = vec![rule],
            false => scenario.planning.never = vec![rule],
        }
    }
    scenario
}

fn compared(scenario: &Scenario, mixes: &[Tried]) -> Scenario {
    let mut all = scenario.clone();
    let alternatives = mixes.iter().enumerate().map(|(id, tried)| alternative(&mut all, tried, id)).collect();
    (all.alternatives, all.baseline) = (alternatives, None);
    all
}

/// The cheapest that reaches the targets and passes a further test, the first at a tie.
fn cheapest(comparison: &Comparison, is_asked: impl Fn(usize) -> bool) -> Option<usize> {
    let all = comparison.alternatives.iter().enumerate();
    let reaching = all.filter(|(index, of)| of.may_be_recommended() && is_asked(*index));
    reaching.min_by_key(|(index, of)| (of.sums.total, *index)).map(|(index, _)| index)
}

fn check(seed: u64, max: u64) -> bool {
    let scenario = scenario_of(seed, max);
    let mixes = all_mixes(&scenario);
    let planned = match plan(&scenario, None, &Quiet) {
        Ok(planned) => planned,
        Err(problem) => {
            assert!(problem.code == "no-mix" && mixes.is_empty(), "seed {seed}: {problem:?}");
            return false;
        }
    };
    if mixes.is_empty() {
        // The offers alone can keep the rules that the hires then cannot.
        assert_eq!(planned.mixes, 0, "seed {seed}");
        return false;
    }
    assert_eq!(planned.mixes, mixes.len() as u64, "seed {seed}");
    assert!(planned.evaluated <= planned.mixes, "seed {seed}");
    let all = compared(&scenario, &mixes);
    let comparison = compare(&all).unwrap_or_else(|problem| panic!("seed {seed}: {problem:?}"));
    let is_same = |what: &str, found: Option<&Judged>, expected: Option<usize>| {
        let found = found.map(|judged| (Tried::of(&planned, &judged.mix), judged));
        let (Some((tried, judged)), Some(expected)) = (&found, expected) else {
            assert!(found.is_none() && expected.is_none(), "seed {seed}, {what}: {found:?} {expected:?}");
            return;
        };
        let of = &comparison.alternatives[expected];
        assert_eq!(*tried, mixes[expected], "seed {seed}, {what}");
        assert_eq!(judged.total, of.sums.total, "seed {seed}, {what}");
        assert_eq!(judged.coverage, of.evaluation.coverage.expected, "seed {seed}, {what}");
        assert_eq!(judged.work, of.work.share, "seed {seed}, {what}");
    };
    is_same("plan", planned.plan.as_ref(), comparison.recommended);
    let next = |why: Why| planned.next.iter().find(|(of, _)| *of == why).map(|(_, judged)| judged);
    if let Some(best) = comparison.recommended {
        // Another is one with other people or other offers: an option alone makes none.
        let is_other = |index: usize| {
            let [own, other] = [&mixes[best], &mixes[index]];
            (&own.people, &own.offers) != (&other.people, &other.offers)
        };
        is_same("second", next(Why::Second), cheapest(&comparison, is_other));
        let fewer = mixes[best].heads().checked_sub(1);
        is_same("fewer", next(Why::OneHireFewer), cheapest(&comparison, |index| Some(mixes[index].heads()) == fewer));
        let alone = cheapest(&comparison, |index| mixes[index].offers.is_empty());
        is_same("alone", next(Why::WithoutProvider), alone.filter(|index| *index != best));
        let none = cheapest(&comparison, |index| mixes[index].heads() == 0);
        is_same("no hires", next(Why::WithoutHires), none.filter(|index| *index != best));
        let covered = |index: usize| comparison.alternatives[index].evaluation.coverage.expected;
        let more = covered(best).and_then(|own| {
            cheapest(&comparison, |index| covered(index).is_some_and(|other| other >= own + 0.01 - 1e-9))
        });
        is_same("one point more", planned.one_point_more.as_ref(), more);
    }
    // Several that cost and cover the same stand once.
    let figures = |total: Money, coverage: Option<f64>| (total, (coverage.unwrap_or(0.0) * 1e8).round() as i64);
    let mut expected: Vec<(Money, i64)> = comparison
        .frontier
        .iter()
        .map(|&index| &comparison.alternatives[index])
        .map(|of| figures(of.sums.total, of.evaluation.coverage.expected))
        .collect();
    expected.sort_unstable();
    expected.dedup();
    let found: Vec<(Money, i64)> = planned.frontier.iter().map(|one| figures(one.total, one.coverage)).collect();
    assert_eq!(found, expected, "seed {seed}: the frontier");
    budgets(seed, &scenario, &comparison, &planned);
    true
}

/// With a budget at, and just below, what the plan costs.
fn budgets(seed: u64, scenario: &Scenario, comparison: &Comparison, planned: &Planned) {
    let Some(best) = &planned.plan else { return };
    let same = plan(scenario, Some(best.total), &Quiet).expect("it has a plan");
    assert_eq!(same.plan.as_ref().map(|judged| &judged.mix), Some(&best.mix), "seed {seed}");
    let below = Money(best.total.0 - Decimal::new(1, scenario.currency.digits));
    let none = plan(scenario, Some(below), &Quiet).expect("it can be searched");
    assert!(none.plan.is_none(), "seed {seed}");
    let stop = none.stop.expect("something stops it");
    let over = Overrun { by: Money(Decimal::new(1, scenario.currency.digits)), when: When::Term };
    assert_eq!((stop.nearest.total, stop.overruns), (best.total, vec![over]));
    assert!(comparison.recommended.is_some());
}

#[test]
fn the_plan_is_what_exhaustive_enumeration_finds() {
    let asked = |name: &str, otherwise: u64| -> u64 {
        std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
    };
    let (seeds, max) = (asked("COMANAGE_PLAN_SEEDS", 24), asked("COMANAGE_PLAN_MIXES", 160));
    let searched = (0..seeds).filter(|&seed| check(seed, max)).count() as u64;
    assert!(searched * 2 > seeds, "{searched} of {seeds} had mixes");
}

fn json(planned: &Planned) -> Value {
    serde_json::from_str(&write::json::plan(planned, Layout::Line)).expect("it is JSON")
}

/// A night desk of which every figure can be counted on paper.
const DESK: &str = "schema = 1\nname = \"Desk\"\ncurrency = \"USD\"\nterm_months = 12\ncoverage_target = \"90%\"\n\
    [services.desk]\nhours = \"24x7\"\n\
    [employment]\nleave_days = 0\nsick_days = 0\ntraining_days = 0\nholidays = 0\n\
    [[hire]]\nrole = \"Operator\"\nheadcount = 6\nsalary = 50_000\nservices = [\"desk\"]\nrota = \"24x7\"\n\
    qualified_after = 0\n\
    [offers.nights]\nmonthly = { \"Nights\" = 8_000 }\n\
    covers.desk = { hours = \"outside mon-fri 09:00-17:00\", availability = \"100%\" }\n\
    [offers.whole]\nmonthly = { \"All\" = 19_000 }\n\
    covers.desk = { hours = \"24x7\", availability = \"100%\" }\n";

/// One operator fills 2,080 of 8,760 hours, 23.7%. Four cover 95% for 200,000, three 71%; nights cover 128 of
/// 168 hours, 76.2%, for 96,000, and with two operators 76.2% + 47.5% * 23.8% = 87.5%, with three 93.1% for
/// 246,000. All of it costs 228,000.
#[test]
fn the_plan_of_a_desk_is_the_one_on_paper() {
    let planned = plan(&load_text(DESK), None, &Quiet).expect("it can be searched");
    let found = json(&planned);
    assert_eq!(found["plan"], serde_json::json!({"hires": {"Operator": 4}, "offers": [], "options": []}));
    assert_eq!(found["total"], "200000.00");
    // 0 to 6 operators with none, one or both of two offers.
    assert_eq!(found["mixes"]["all"], 28);
    let next: Vec<(&str, &str)> = found["next"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["why"].as_str().expect("a text"), one["total"].as_str().expect("a text")))
        .collect();
    assert_eq!(next, [("second", "228000.00"), ("one_hire_fewer", "246000.00"), ("without_hires", "228000.00")]);
    assert_eq!(
        found["table"],
        "[alternatives.plan]\nname = \"Plan\"\nhires = [{ hire = \"Operator\", headcount = 4 }]\n"
    );
    // Pasted, it is what the comparison recommends, to the cent.
    let pasted = format!("{DESK}{}", found["table"].as_str().expect("a text"));
    let scenario = load_text(&pasted);
    let comparison = compare(&scenario).expect("it can be compared");
    let best = &comparison.alternatives[comparison.recommended.expect("one is recommended")];
    assert_eq!((best.id(), best.sums.total.to_data(scenario.currency)), ("plan", "200000.00".to_string()));
    assert_eq!(best.evaluation.coverage.expected, found["coverage"].as_f64());
}

/// Nobody can be hired for nights, so that they stay open.
#[test]
fn what_stops_a_plan_is_said() {
    let text =
        DESK.replace("rota = \"24x7\"", "hours = \"mon-fri 08:00-17:00\"").replace("headcount = 6", "headcount = 2");
    let text = text.split("[offers.nights]").next().expect("a part").to_string();
    let found = json(&plan(&load_text(&text), None, &Quiet).expect("it can be searched"));
    assert_eq!((&found["plan"], &found["best"]["misses"]), (&Value::Null, &"coverage".into()));
    assert_eq!(found["best"]["open"][0]["gaps"][4], "Fri 17:00 to Mon 08:00");
    assert_eq!(found["best"]["plan"]["hires"]["Operator"], 1, "a second one adds nothing");
}

/// A portal at 100 a month that nobody has to take.
const PORTAL: &str = "[[offers.OFFER.charges]]\nname = \"Portal\"\nper = \"month\"\nrate = 100\noptional = true\n";

/// Without hires all of it, 12 months at 19,000, is the plan, and both offers are next to it. The portal adds 12
/// times 100, and no plan is next to it for the portal alone. Mixes: none, nights, all with the portal or not, both
/// with the portal or not.
#[test]
fn options_are_priced_and_not_taken() {
    let text = DESK.to_string() + &PORTAL.replace("OFFER", "whole") + "[plan]\nhires = { Operator = 0 }\n";
    let found = json(&plan(&load_text(&text), None, &Quiet).expect("it can be searched"));
    assert_eq!(found["plan"], serde_json::json!({"hires": {}, "offers": ["whole"], "options": []}));
    assert_eq!((&found["total"], &found["mixes"]["all"]), (&"228000.00".into(), &6.into()));
    assert_eq!(found["options_left"], serde_json::json!([{"option": "whole.Portal", "total": "1200.00"}]));
    let next: Vec<&Value> = found["next"].as_array().expect("a list").iter().map(|one| &one["total"]).collect();
    assert_eq!(next, ["324000.00"]);
}

/// Hours are billed as they are needed, and nothing is: what costs nothing is no plan. With the portal something is
/// bought, and of two of them the cheaper one alone.
#[test]
fn what_sells_nothing_is_a_plan_only_with_an_option() {
    let desk = DESK.split("[[hire]]").next().expect("a part").to_string()
        + "[offers.calls]\nhourly = { rate = 120 }\ncovers.desk = { hours = \"24x7\", mode = \"duty\", availability = \"100%\" }\n";
    let found = |text: &str| json(&plan(&load_text(text), None, &Quiet).expect("it can be searched"));
    assert_eq!(found(&desk)["plan"], Value::Null);
    let portal = PORTAL.replace("OFFER", "calls");
    let with_one = found(&(desk.clone() + &portal));
    assert_eq!(with_one["plan"]["options"], serde_json::json!(["calls.Portal"]));
    assert_eq!((&with_one["total"], &with_one["mixes"]["all"]), (&"1200.00".into(), &3.into()));
    assert_eq!(
        with_one["table"],
        "[alternatives.plan]\nname = \"Plan\"\noffers = [\"calls\"]\noptions = [\"calls.Portal\"]\n"
    );
    let more_expensive = portal.replace("Portal", "Status page").replace("100", "110");
    let with_two = found(&(desk + &more_expensive + &portal));
    assert_eq!((&with_two["total"], &with_two["mixes"]["all"]), (&"1200.00".into(), &5.into()));
    assert_eq!(with_two["next"][0]["plan"]["options"], serde_json::json!(["calls.Status page"]));
}

/// The figures of a plan do not depend on threads.
#[test]
fn one_thread_and_many_find_the_same() {
    let scenario = load_file(&repository("scenarios/hire-or-co-manage.toml"));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        pool.install(|| write::json::plan(&plan(&scenario, None, &Quiet).expect("it can be searched"), Layout::Line))
    };
    assert_eq!(on(1), on(4));
}

/// The report of a file with `[plan]` has the plan; the client's edition, which is not the buyer's, has not.
#[test]
fn the_report_has_the_plan() {
    let folder = temporary("plan-report");
    let written = |audience: &str, file: &str| {
        let to = folder.join(audience);
        let to = to.to_str().expect("a path of letters");
        let file_of = "scenarios/hire-or-co-manage.toml";
        let run = comanage(&["report", file_of, "--format", "markdown", "--audience", audience, "-q", "-o", to]);
        let done = { run }.output().expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        text_of(&folder.join(audience).join("hire-or-co-manage").join(file))
    };
    let (own, of_client) = (written("internal", "report-internal.md"), written("client", "report.md"));
    assert!(own.contains("## The best plan") && own.contains("[alternatives.plan]"), "{own}");
    assert!(!of_client.contains("best plan"));
    std::fs::remove_dir_all(folder).expect("the folder can be removed");
}
