//! The best plan as a document: the mix, the plans next to it, the price of coverage.

use super::parts::{brief, full, headers, pictured, table};
use super::{Block, Cell, Report, Section};
use crate::chart_data::plan::PICTURE;
use crate::figures::{hours, number, percent};
use crate::targets::{Targets, the_targets, within_budget};
use comanage_analysis::planning::{Judged, OptionLeft, Planned, Stop};
use comanage_model::money::{Money, group_thousands};

/// Mixes of the frontier that a terminal shows.
const SHOWN: usize = 12;

/// Writes a plan.
pub fn plan(of: &Planned) -> Report {
    let scenario = &of.space.scenario;
    let mut sections = sections(of);
    if !of.shown.is_empty() {
        sections.push(pictured(PICTURE, "Cost and coverage of all mixes"));
    }
    Report {
        title: format!("{}: the best plan", scenario.name),
        subtitle: format!(
            "{}, {} months from {}, amounts in {}",
            scenario.file, scenario.term_months, scenario.start, scenario.currency.code
        ),
        answer: answer(of),
        sections,
    }
}

fn money(of: &Planned, amount: Money) -> String {
    format!("{} {}", amount.to_prose(), of.space.scenario.currency.code)
}

/// The targets and the budget that a plan is held to.
fn targets(of: &Planned) -> String {
    let scenario = &of.space.scenario;
    let applies = |share: fn(&Judged) -> Option<f64>| of.frontier.iter().any(|judged| share(judged).is_some());
    let targets = Targets::new(scenario, applies(|judged| judged.coverage), applies(|judged| judged.work));
    format!("{}{}", targets.words(), within_budget(scenario))
}

/// The answer in a few sentences.
pub fn answer(of: &Planned) -> Vec<String> {
    let months = of.space.scenario.term_months;
    let mut said = match &of.plan {
        Some(plan) => {
            let words = of.words(&plan.mix);
            vec![format!(
                "Best plan: {words}. {} over {months} months, {}; the cheapest mix that meets {}.",
                money(of, plan.total),
                figures(plan),
                targets(of)
            )]
        }
        None if of.is_price_comparison() => {
            let why = "No service has required hours or work, so no target applies.";
            vec![match of.frontier.first() {
                Some(judged) => {
                    let (words, total) = (of.words(&judged.mix), money(of, judged.total));
                    format!("{why} The cheapest mix is {words}: {total} over {months} months.")
                }
                None => format!("{why} No price is complete, so none is called the cheapest."),
            }]
        }
        None => stopped(of),
    };
    said.extend(of.plan.as_ref().and_then(|plan| saving(of, plan)));
    said.push(format!(
        "Proved over all {} mixes: {} evaluated, {} ruled out by bounds.",
        count(of.mixes),
        count(of.evaluated),
        count(of.ruled_out())
    ));
    said
}

fn count(number: u64) -> String {
    group_thousands(&number.to_string())
}

fn figures(judged: &Judged) -> String {
    let coverage = judged.coverage.map(|coverage| format!("{} coverage", percent(coverage)));
    let work = judged.work.map(|work| format!("{} of the work", percent(work)));
    coverage.into_iter().chain(work).collect::<Vec<_>>().join(" and ")
}

fn saving(of: &Planned, plan: &Judged) -> Option<String> {
    let (name, total) = of.baseline.as_ref()?;
    let difference = (*total - plan.total).0;
    if difference.is_zero() {
        return Some(format!("It costs as much as the baseline, {name}."));
    }
    let word = if difference.is_sign_negative() { "more" } else { "less" };
    Some(format!("{} {word} than the baseline, {name}.", money(of, Money(difference.abs()))))
}

/// Why there is no plan.
fn stopped(of: &Planned) -> Vec<String> {
    let mut said = vec![format!("No mix meets {}.", targets(of))];
    let Some(stop) = &of.stop else { return said };
    let nearest = &stop.nearest;
    let words = of.words(&nearest.mix);
    let currency = of.space.scenario.currency;
    let over: Vec<String> = stop.overruns.iter().map(|overrun| overrun.words(currency)).collect();
    said.push(if !over.is_empty() {
        format!(
            "The cheapest that meets the targets is {words}: {}, over the budget by {}.",
            money(of, nearest.total),
            over.join("; ")
        )
    } else if stop.misses_coverage {
        format!("The highest coverage is {}: {words}, {}.", coverage(nearest), money(of, nearest.total))
    } else {
        format!("Of those that cover enough, the most work is done by {words}: {}.", figures(nearest))
    });
    said.extend(reasons(of, stop));
    said
}

fn coverage(judged: &Judged) -> String {
    judged.coverage.map_or_else(|| "n/a".to_string(), percent)
}

/// What stops the nearest mix, a sentence for each service.
fn reasons(of: &Planned, stop: &Stop) -> Vec<String> {
    let name = |service: usize| &of.space.scenario.services[service].name;
    let open = stop.open.iter().filter(|_| stop.misses_coverage).map(|open| {
        let gaps = match open.gaps.as_slice() {
            [] => String::new(),
            few if few.len() <= 5 => format!("; too few scheduled {}", few.join(", ")),
            many => format!("; too few scheduled {} and {} more spans", many[..4].join(", "), many.len() - 4),
        };
        format!("{}: {} covered{gaps}.", name(open.service), percent(open.coverage))
    });
    let undone = stop.undone.iter().filter(|_| stop.misses_work);
    let undone = undone.map(|&(service, left)| format!("{}: {} h a month not completed.", name(service), hours(left)));
    open.chain(undone).collect()
}

fn sections(of: &Planned) -> Vec<Section> {
    let mut sections = Vec::new();
    if let Some(plan) = &of.plan {
        sections.push(brief("The plan and those next to it", vec![next(of, plan)]));
        sections.push(brief("One more point of coverage", vec![Block::Paragraph(one_point(of, plan))]));
    }
    if !of.options.is_empty() {
        sections.push(brief("Options that the plan does not take", options(of)));
    }
    sections.extend(frontier(of));
    let pasted = of.plan.as_ref().or(of.stop.as_ref().map(|stop| &stop.nearest));
    if let Some(judged) = pasted {
        let heading = if of.plan.is_some() { "To paste into the scenario" } else { "The nearest mix, to paste" };
        sections.push(brief(heading, vec![Block::Code(of.space.table(&judged.mix))]));
    }
    sections
}

fn next(of: &Planned, plan: &Judged) -> Block {
    let head = ["", "Mix", "Term total", "More than the plan", "Coverage", "Work done"];
    let row = |words: &str, judged: &Judged| {
        vec![
            Cell::Text(words.into()),
            Cell::Text(of.words(&judged.mix)),
            Cell::Money(judged.total),
            Cell::Money(judged.total - plan.total),
            Cell::share(judged.coverage),
            Cell::share(judged.work),
        ]
    };
    let rows = std::iter::once(row("Best plan", plan));
    table(headers(&head), rows.chain(of.next.iter().map(|(why, judged)| row(why.words(), judged))).collect())
}

fn one_point(of: &Planned, plan: &Judged) -> String {
    let Some((more, price)) = of.one_point_more.as_ref().zip(of.price_of_a_point()) else {
        return format!("No mix that meets {} covers a point more.", the_targets(&of.space.scenario));
    };
    let points = (more.coverage.unwrap_or(0.0) - plan.coverage.unwrap_or(0.0)) * 100.0;
    format!(
        "The cheapest mix with at least one point more is {}: {} coverage for {} more, {} for each of {} points.",
        of.words(&more.mix),
        coverage(more),
        money(of, more.total - plan.total),
        money(of, price),
        number(points, 1)
    )
}

/// What each option would add: it covers nothing and does no work.
fn options(of: &Planned) -> Vec<Block> {
    let row = |&OptionLeft { option, adds }: &OptionLeft| {
        let (_, offer, name) = of.space.option(option);
        vec![Cell::Text(name.into()), Cell::Text(offer.into()), Cell::Money(adds)]
    };
    let rows = of.options.iter().map(row).collect();
    vec![table(headers(&["Option", "Offer", "Adds over the term"]), rows)]
}

/// The best coverage for each budget; a terminal shows the mixes around the plan, files have all.
fn frontier(of: &Planned) -> Vec<Section> {
    if of.is_price_comparison() {
        return Vec::new();
    }
    let rows = |judged: &[Judged]| {
        let row = |judged: &Judged| {
            vec![Cell::Text(of.words(&judged.mix)), Cell::Money(judged.total), Cell::share(judged.coverage)]
        };
        table(headers(&["Mix", "Term total", "Coverage"]), judged.iter().map(row).collect())
    };
    let (heading, all) = ("Best coverage for each budget", of.frontier.as_slice());
    if all.len() <= SHOWN {
        return vec![brief(heading, vec![rows(all)])];
    }
    let total = of.plan.as_ref().map(|plan| plan.total).unwrap_or_default();
    let cheaper = all.partition_point(|judged| judged.total < total);
    let from = cheaper.saturating_sub(SHOWN / 2).min(all.len() - SHOWN);
    let around = format!("{SHOWN} of {} mixes, around the plan; the files have all.", all.len());
    let some = vec![Block::Paragraph(around), rows(&all[from..from + SHOWN])];
    vec![brief(format!("{heading}, around the plan"), some), full(heading, vec![rows(all)])]
}
