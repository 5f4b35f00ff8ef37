//! A plan as JSON.

use serde::{Serialize, Serializer};

use super::{Head, Layout, OverBudget, over_budget, text};
use comanage_analysis::planning::{Judged, OptionLeft, Planned, Stop};
use comanage_model::money::Money;

/// The plan.
pub fn plan(of: &Planned, layout: Layout) -> String {
    let judged = of.plan.as_ref();
    let document = Document {
        head: Head::new(&of.space.scenario),
        targets: Targets { coverage: of.coverage_target, work: of.work_target },
        budget: of.budget.map(|budget| money(of, budget)),
        plan: judged.map(|judged| mix(of, judged)),
        total: judged.map(|judged| money(of, judged.total)),
        coverage: judged.and_then(|judged| judged.coverage),
        work_done: judged.and_then(|judged| judged.work),
        mixes: Mixes { all: of.mixes, evaluated: of.evaluated, ruled_out: of.ruled_out() },
        next: of.next.iter().map(|(why, judged)| next(of, why.key(), judged)).collect(),
        one_point_more: of.one_point_more.as_ref().map(|judged| point(of, judged)),
        frontier: of.frontier.iter().map(|judged| on_frontier(of, judged)).collect(),
        proved: true,
        table: judged.map(|judged| of.space.table(&judged.mix)),
        options_left: of.options.iter().map(|left| option_left(of, left)).collect(),
        best: of.stop.as_ref().map(|stop| best(of, stop)),
    };
    text(&document, layout)
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    targets: Targets,
    budget: Option<String>,
    plan: Option<Mix<'a>>,
    total: Option<String>,
    coverage: Option<f64>,
    work_done: Option<f64>,
    mixes: Mixes,
    next: Vec<Next<'a>>,
    one_point_more: Option<Point<'a>>,
    frontier: Vec<OnFrontier<'a>>,
    proved: bool,
    table: Option<String>,
    options_left: Vec<Left>,
    best: Option<Best<'a>>,
}

#[derive(Serialize)]
struct Targets {
    coverage: f64,
    work: f64,
}

#[derive(Serialize)]
struct Mix<'a> {
    #[serde(serialize_with = "in_order")]
    hires: Vec<(&'a str, u32)>,
    offers: Vec<&'a str>,
    options: Vec<String>,
}

#[derive(Serialize)]
struct Left {
    option: String,
    total: String,
}

#[derive(Serialize)]
struct Mixes {
    all: u64,
    evaluated: u64,
    ruled_out: u64,
}

#[derive(Serialize)]
struct Next<'a> {
    why: &'static str,
    plan: Mix<'a>,
    total: String,
    coverage: Option<f64>,
    work_done: Option<f64>,
}

#[derive(Serialize)]
struct Point<'a> {
    plan: Mix<'a>,
    total: String,
    coverage: Option<f64>,
    work_done: Option<f64>,
    cost_per_point: Option<String>,
}

#[derive(Serialize)]
struct OnFrontier<'a> {
    plan: Mix<'a>,
    total: String,
    coverage: Option<f64>,
}

#[derive(Serialize)]
struct Best<'a> {
    plan: Mix<'a>,
    total: String,
    coverage: Option<f64>,
    work_done: Option<f64>,
    misses: &'static str,
    over_budget: Vec<OverBudget>,
    open: Vec<Open<'a>>,
    undone: Vec<Undone<'a>>,
    table: String,
}

#[derive(Serialize)]
struct Open<'a> {
    service: &'a str,
    coverage: f64,
    gaps: &'a [String],
}

#[derive(Serialize)]
struct Undone<'a> {
    service: &'a str,
    hours_a_month: f64,
}

/// A map whose keys keep their order.
fn in_order<S: Serializer>(entries: &[(&str, u32)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(role, people)| (role, people)))
}

fn money(of: &Planned, amount: Money) -> String {
    amount.to_data(of.space.scenario.currency)
}

fn mix<'a>(of: &'a Planned, judged: &Judged) -> Mix<'a> {
    let offers = of.offers(&judged.mix).into_iter().map(|(key, _)| key).collect();
    let options = of.options_in(&judged.mix).into_iter().map(|(key, _, name)| format!("{key}.{name}")).collect();
    Mix { hires: of.hires(&judged.mix), offers, options }
}

fn option_left(of: &Planned, &OptionLeft { option, adds }: &OptionLeft) -> Left {
    let (key, _, name) = of.space.option(option);
    Left { option: format!("{key}.{name}"), total: money(of, adds) }
}

fn next<'a>(of: &'a Planned, why: &'static str, judged: &Judged) -> Next<'a> {
    Next {
        why,
        plan: mix(of, judged),
        total: money(of, judged.total),
        coverage: judged.coverage,
        work_done: judged.work,
    }
}

fn point<'a>(of: &'a Planned, judged: &Judged) -> Point<'a> {
    Point {
        plan: mix(of, judged),
        total: money(of, judged.total),
        coverage: judged.coverage,
        work_done: judged.work,
        cost_per_point: of.price_of_a_point().map(|price| money(of, price)),
    }
}

fn on_frontier<'a>(of: &'a Planned, judged: &Judged) -> OnFrontier<'a> {
    OnFrontier { plan: mix(of, judged), total: money(of, judged.total), coverage: judged.coverage }
}

fn best<'a>(of: &'a Planned, stop: &'a Stop) -> Best<'a> {
    let key = |service: usize| of.space.scenario.services[service].key.as_str();
    let misses = match (stop.misses_coverage, stop.misses_work) {
        (true, true) => "both",
        (true, false) => "coverage",
        (false, true) => "work",
        (false, false) => "budget",
    };
    let judged = &stop.nearest;
    Best {
        plan: mix(of, judged),
        total: money(of, judged.total),
        coverage: judged.coverage,
        work_done: judged.work,
        misses,
        over_budget: over_budget(&stop.overruns, of.space.scenario.currency),
        open: stop
            .open
            .iter()
            .map(|open| Open { service: key(open.service), coverage: open.coverage, gaps: &open.gaps })
            .collect(),
        undone: stop
            .undone
            .iter()
            .map(|&(service, hours_a_month)| Undone { service: key(service), hours_a_month })
            .collect(),
        table: of.space.table(&judged.mix),
    }
}
