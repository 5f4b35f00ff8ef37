//! The chart of a plan: all mixes as a cloud of cost against coverage, the frontier, the plan.

use rust_decimal::prelude::ToPrimitive;

use crate::chart::number::scale;
use crate::chart::scatter::{Faint, Point, Scatter, Target};
use crate::chart::{Emphasis, Heading, Note, Picture};
use crate::figures::percent;
use crate::targets::the_targets;
use comanage_analysis::planning::{Judged, Planned};
use comanage_model::money::Money;

/// The name of the chart.
pub(crate) const PICTURE: &str = "plan";

/// The chart; none where no hours are required.
pub fn plan_picture(of: &Planned) -> Option<Picture> {
    (!of.shown.is_empty()).then(|| Picture::new(PICTURE, cloud(of)))
}

fn amount(money: Money) -> f64 {
    money.0.to_f64().unwrap_or(f64::NAN)
}

fn cloud(of: &Planned) -> Scatter {
    let scenario = &of.space.scenario;
    let all: Vec<f64> = of.shown.iter().map(|(cost, _)| amount(*cost)).collect();
    let (divisor, word) = scale(&all);
    let code = scenario.currency.code;
    let unit = if word.is_empty() { code.to_string() } else { format!("{word} {code}") };
    let shown =
        of.shown.iter().map(|&(cost, coverage)| Faint { cost: amount(cost) / divisor, coverage, on_frontier: false });
    let frontier = of.frontier.iter().filter_map(|judged| {
        Some(Faint { cost: amount(judged.total) / divisor, coverage: judged.coverage?, on_frontier: true })
    });
    let point = |judged: &Judged, marker: usize, note: &str| {
        let coverage = judged.coverage?;
        Some(Point {
            name: of.words(&judged.mix),
            cost: amount(judged.total) / divisor,
            coverage,
            covered: percent(coverage),
            marker,
            on_frontier: true,
            note: Some(Note { text: note.into(), tone: if marker == 1 { Emphasis::Chosen } else { Emphasis::Plain } }),
        })
    };
    let plan = of.plan.as_ref().and_then(|plan| point(plan, 1, "best plan"));
    let nearest = of.stop.as_ref().and_then(|stop| point(&stop.nearest, 1, "nearest to the targets"));
    let next = of.next.iter().zip(2..).filter_map(|((why, judged), marker)| point(judged, marker, why.words()));
    let mut points: Vec<Point> = plan.into_iter().chain(nearest).collect();
    for one in next {
        // Plans that are next in two ways stand once.
        if points.iter().all(|other| other.name != one.name) {
            points.push(one);
        }
    }
    let targets = the_targets(&of.space.scenario);
    let title = match &of.plan {
        Some(plan) => format!("{} is the cheapest mix that meets {targets}", of.words(&plan.mix)),
        None => format!("No mix meets {targets}"),
    };
    let many = of.shown.len();
    Scatter {
        heading: Heading {
            description: format!(
                "{title}. {many} of {} mixes are shown as a cloud, with the best coverage for each budget.",
                of.mixes
            ),
            title,
            subtitle: format!(
                "Total over {} months in {unit}, and expected coverage; dots: {many} of {} mixes",
                scenario.term_months, of.mixes
            ),
        },
        cost_title: format!("Total, {unit}"),
        coverage_title: "Expected coverage".into(),
        points,
        budget: of.budget.map(|budget| amount(budget) / divisor),
        target: Some(Target { coverage: of.coverage_target, label: format!("target {}", percent(of.coverage_target)) }),
        frontier_label: "best coverage for each budget".into(),
        cloud: shown.chain(frontier).collect(),
    }
}
