//! A plan: a row for the plan, for each plan next to it, and for each mix on the efficient line.

use crate::dataset::{Dataset, Fields};
use comanage_analysis::planning::{Judged, Planned};

/// The plan, the plans next to it, one point more, and the frontier, the cheapest first.
pub fn plan(of: &Planned) -> Dataset {
    let scenario = &of.space.scenario;
    let one = |what: &'static str, judged: Option<&'_ Judged>| judged.map(|judged| (what, judged.clone()));
    let next = of.next.iter().map(|(why, judged)| (why.key(), judged.clone()));
    let rows = one("plan", of.plan.as_ref()).into_iter().chain(next);
    let rows = rows.chain(one("one_point_more", of.one_point_more.as_ref()));
    let rows = rows.chain(one("nearest", of.stop.as_ref().map(|stop| &stop.nearest)));
    let rows = rows.chain(of.frontier.iter().map(|judged| ("frontier", judged.clone())));
    let hires = |judged: &Judged| {
        let hires = of.hires(&judged.mix).into_iter().map(|(role, people)| format!("{people} x {role}"));
        hires.collect::<Vec<_>>().join("; ")
    };
    let offers = |judged: &Judged| {
        let offers = of.offers(&judged.mix).into_iter().map(|(key, _)| key.to_string());
        offers.collect::<Vec<_>>().join("; ")
    };
    let options = |judged: &Judged| {
        let options = of.options_in(&judged.mix).into_iter().map(|(key, _, name)| format!("{key}.{name}"));
        options.collect::<Vec<_>>().join("; ")
    };
    Fields::default()
        .text("what", "What", |(what, _): &(&str, Judged)| what.to_string())
        .text("hires", "Hires", move |(_, judged)| hires(judged))
        .text("offers", "Offers", move |(_, judged)| offers(judged))
        .count("people_hired", "People hired", "people", |(_, judged)| judged.mix.heads())
        .money("total", "Term total", |(_, judged)| judged.total)
        .share("coverage", "Coverage", |(_, judged)| judged.coverage)
        .share("work_done", "Work done", |(_, judged)| judged.work)
        .text("options", "Options", move |(_, judged)| options(judged))
        .dataset("plans", scenario.currency, rows)
}
