//! The charts of a comparison: what they show, and the sentence above each.

use rust_decimal::prelude::ToPrimitive;

use crate::chart::lines::{Line, Lines, Mark};
use crate::chart::number::scale;
use crate::chart::scatter::{Point, Scatter, Target};
use crate::chart::stacked_bars::{Bar, Hue, Part, StackedBars, fold_small};
use crate::chart::week_map::{Cell, ServiceWeek, WeekMap};
use crate::chart::{Emphasis, Heading, Note, Picture, marker};
use crate::figures::{percent, without_price, written};
use crate::file_name::safe_names;
use crate::targets::{the_targets, within_any_budget};
use comanage_analysis::compare::{Compared, Comparison};
use comanage_model::coverage::{Gap, ServiceCoverage};
use comanage_model::ledger::Category;
use comanage_model::money::Money;
use comanage_model::scenario::{Kind, Scenario};
use comanage_model::staffing::Engagement;
use comanage_model::week::MINUTES;

/// Draws every chart of a comparison.
pub fn pictures(comparison: &Comparison) -> Vec<Picture> {
    let mut pictures = vec![
        Picture::new("cost-by-category", fold_small(categories(comparison), MAX_PARTS, "other small items")),
        Picture::new("cumulative-cost", cumulative(comparison)),
    ];
    if has_coverage(comparison) {
        pictures.push(Picture::new("cost-and-coverage", against_coverage(comparison)));
        for (alternative, name) in comparison.alternatives.iter().zip(week_names(comparison)) {
            pictures.push(Picture::new(name, week(comparison, alternative)));
        }
    }
    pictures
}

/// Whether any hours are required, so that there is coverage to draw.
pub fn has_coverage(comparison: &Comparison) -> bool {
    comparison.alternatives.iter().any(|alternative| alternative.evaluation.coverage.expected.is_some())
}

/// The file names of the weeks of all alternatives, without ending.
pub fn week_names(comparison: &Comparison) -> Vec<String> {
    let names = safe_names(comparison.alternatives.iter().map(Compared::id));
    names.into_iter().map(|name| format!("week-{name}")).collect()
}

/// An amount as a double, for places in a picture.
pub fn money(money: Money) -> f64 {
    money.0.to_f64().unwrap_or(0.0)
}

/// A name as it is in the sentence over a chart, where it must leave room for the others.
pub fn in_title(name: &str) -> String {
    const LONGEST: usize = 44;
    if name.chars().count() <= LONGEST {
        return name.to_string();
    }
    let head: String = name.chars().take(LONGEST - 1).collect();
    format!("{}…", head.trim_end())
}

/// The text of an amount with the sign that the axes of charts have.
pub fn minus_signs(amount: &str) -> String {
    amount.replace('-', "−")
}

/// "thousand USD", or just "USD" for small amounts.
pub fn unit(comparison: &Comparison, word: &str) -> String {
    let code = comparison.scenario.currency.code;
    if word.is_empty() { code.to_string() } else { format!("{word} {code}") }
}

/// The alternative that charts are about.
fn leading<'a, 'b>(comparison: &'b Comparison<'a>) -> &'b Compared<'a> {
    &comparison.alternatives[comparison.leading]
}

/// What is said of an alternative under its name.
pub fn note(comparison: &Comparison, index: usize) -> Option<Note> {
    let alternative = &comparison.alternatives[index];
    let price = alternative.standing.price;
    if !alternative.standing.is_judged && price.is_ranked() {
        return None;
    }
    let (text, tone) = if !price.is_complete {
        ("services without a price", Emphasis::Warning)
    } else if !price.is_needed {
        ("not needed", Emphasis::Plain)
    } else if comparison.recommended == Some(index) {
        ("recommended", Emphasis::Chosen)
    } else if comparison.closest == Some(index) {
        ("highest coverage", Emphasis::Plain)
    } else {
        let text = format!("misses {}", alternative.missed.words()?);
        return Some(Note { text, tone: Emphasis::Warning });
    };
    Some(Note { text: text.to_string(), tone })
}

/// Parts of a bar that are distinguished; the small ones are one.
const MAX_PARTS: usize = 9;

/// Categories as the chart groups them: what is paid to people in blue, tools in green, providers in
/// orange, the rest in grey.
const GROUPS: [(&str, Hue, &[Category]); 11] = [
    ("salaries", Hue::Blue, &[Category::Salaries]),
    ("payroll taxes", Hue::Blue, &[Category::PayrollTaxes]),
    ("benefits and bonus", Hue::Blue, &[Category::Benefits, Category::Bonus]),
    (
        "other staff costs",
        Hue::Blue,
        &[
            Category::Training,
            Category::Software,
            Category::Overhead,
            Category::Equipment,
            Category::Recruiting,
            Category::Turnover,
            Category::OnCall,
            Category::Severance,
        ],
    ),
    ("tools", Hue::Green, &[Category::Tools]),
    ("provider recurring", Hue::Orange, &[Category::ProviderRecurring]),
    ("provider hours", Hue::Orange, &[Category::ProviderHours]),
    ("out of scope", Hue::Orange, &[Category::OutOfScope]),
    ("provider one-time", Hue::Orange, &[Category::ProviderOneTime]),
    ("provider tax", Hue::Grey, &[Category::ProviderTax]),
    ("other", Hue::Grey, &[Category::Other]),
];

fn categories(comparison: &Comparison) -> StackedBars {
    let totals: Vec<f64> = comparison.alternatives.iter().map(|a| money(a.sums.total)).collect();
    let (divisor, word) = scale(&totals);
    let budget = budget(comparison.scenario).map(|budget| budget / divisor);
    let value = |a: &Compared, group: &[Category]| {
        group.iter().map(|&category| money(a.sums.category(category))).sum::<f64>() / divisor
    };
    let bars = comparison.alternatives.iter().enumerate().map(|(index, a)| Bar {
        name: a.name().to_string(),
        values: GROUPS.iter().map(|(_, _, group)| value(a, group)).collect(),
        note: note(comparison, index),
    });
    StackedBars {
        heading: Heading {
            title: cost_title(comparison),
            subtitle: format!(
                "Cost over {} months by category, {}",
                comparison.scenario.term_months,
                unit(comparison, word)
            ),
            description: totals_in_words(comparison),
        },
        parts: GROUPS.iter().map(|(name, hue, _)| Part { name: name.to_string(), hue: *hue }).collect(),
        bars: bars.collect(),
        budget,
    }
}

/// The budget of the term; none where there is none.
fn budget(scenario: &Scenario) -> Option<f64> {
    scenario.budget.total.map(|input| scenario.f64(input))
}

fn cost_title(comparison: &Comparison) -> String {
    let best = leading(comparison);
    let name = in_title(best.name());
    let months = comparison.scenario.term_months;
    let code = comparison.scenario.currency.code;
    let targets = the_targets(comparison.scenario);
    let reaches = if comparison.recommended.is_some() {
        format!("meets {targets}")
    } else if comparison.closest.is_some() {
        "has the highest coverage".to_string()
    } else {
        "costs least,".to_string()
    };
    if let Some(none) = none_complete(comparison) {
        none
    } else if let (Some(base), Some(saving)) = (rival_baseline(comparison), best.saving) {
        let more = if saving.0.is_sign_negative() { "more" } else { "less" };
        let amount = Money(saving.0.abs()).to_prose();
        format!("{name} {reaches} for {amount} {code} {more} than {}", in_title(base.name()))
    } else if comparison.alternatives.len() == 1 {
        term_cost(comparison, best)
    } else if comparison.recommended.is_some() {
        format!("{name} meets {targets} at the lowest cost over {months} months")
    } else if comparison.closest.is_some() {
        format!("{name} has the highest coverage; none meets {targets}")
    } else {
        format!("{name} costs least over {months} months")
    }
}

/// The title where nothing is recommended since no price of what would be is complete.
fn none_complete(comparison: &Comparison) -> Option<String> {
    let is_unpriced = |of: &&Compared| !of.unpriced.is_empty();
    if comparison.recommended.is_some() {
        return None;
    }
    match comparison.alternatives.iter().filter(is_unpriced).find(|of| of.meets_targets()) {
        Some(of) => Some(format!("{} meets the targets {}", in_title(of.name()), without_price(of.unpriced.len()))),
        None if comparison.cheapest.is_none() => Some("No price is complete: services are left out".to_string()),
        None => None,
    }
}

/// The baseline, where charts are about another alternative.
fn rival_baseline<'a, 'b>(comparison: &'b Comparison<'a>) -> Option<&'b Compared<'a>> {
    let baseline = comparison.baseline.filter(|&baseline| baseline != comparison.leading)?;
    Some(&comparison.alternatives[baseline])
}

/// What the only alternative costs.
fn term_cost(comparison: &Comparison, only: &Compared) -> String {
    let (total, code) = (minus_signs(&only.sums.total.to_prose()), comparison.scenario.currency.code);
    format!("{} costs {total} {code} over {} months", in_title(only.name()), comparison.scenario.term_months)
}

fn totals_in_words(comparison: &Comparison) -> String {
    let total = |a: &Compared| format!("{}: {}", a.name(), a.sums.total.to_prose());
    let totals: Vec<String> = comparison.alternatives.iter().map(total).collect();
    format!("Term totals in {}: {}.", comparison.scenario.currency.code, totals.join("; "))
}

fn cumulative(comparison: &Comparison) -> Lines {
    let totals: Vec<f64> = comparison.alternatives.iter().map(|a| money(a.sums.total)).collect();
    let (divisor, word) = scale(&totals);
    let line = |index: usize| {
        let alternative = &comparison.alternatives[index];
        let mut sum = 0.0;
        let values = alternative.sums.months.iter().map(|month| {
            sum += money(*month);
            sum / divisor
        });
        Line {
            name: alternative.name().to_string(),
            values: values.collect(),
            band: Vec::new(),
            muted: Some(index) == comparison.baseline,
            marker: marker::number(index, comparison.baseline),
        }
    };
    Lines {
        heading: Heading {
            title: cumulative_title(comparison),
            subtitle: format!("Cumulative cost from signature, {}", unit(comparison, word)),
            description: totals_in_words(comparison),
        },
        x_title: "Month".to_string(),
        lines: (0..comparison.alternatives.len()).map(line).collect(),
        marks: payback_mark(comparison, divisor).into_iter().chain(phase_marks(comparison, divisor)).collect(),
        ..Lines::default()
    }
}

fn cumulative_title(comparison: &Comparison) -> String {
    let best = leading(comparison);
    let name = in_title(best.name());
    if let Some(none) = none_complete(comparison) {
        return none;
    }
    let targets = the_targets(comparison.scenario);
    let Some(baseline) = rival_baseline(comparison) else {
        return if comparison.alternatives.len() == 1 {
            term_cost(comparison, best)
        } else if comparison.recommended.is_some() {
            format!("{name} has the lowest total of those that meet {targets}")
        } else if comparison.closest.is_some() {
            format!("{name} has the highest coverage; none meets {targets}")
        } else {
            format!("{name} has the lowest total")
        };
    };
    let base = in_title(baseline.name());
    match best.payback_month {
        Some(0) => format!("{name} is cheaper than {base} from the start"),
        Some(month) => format!("{name} stays cheaper than {base} after month {month}"),
        None => {
            let more = (best.sums.total - baseline.sums.total).to_prose();
            let (code, months) = (comparison.scenario.currency.code, comparison.scenario.term_months);
            format!("{name} costs {more} {code} more than {base} over {months} months")
        }
    }
}

fn payback_mark(comparison: &Comparison, divisor: f64) -> Option<Mark> {
    let best = leading(comparison);
    let month = best.payback_month.filter(|&month| month > 0)?;
    let sum: f64 = best.sums.months.iter().take(month as usize + 1).map(|amount| money(*amount)).sum();
    Some(Mark { x: f64::from(month), y: Some(sum / divisor), label: format!("paid back in month {month}") })
}

/// Where offers begin and end within the term, on the lines of their alternatives. None where there are
/// more than can be distinguished.
fn phase_marks(comparison: &Comparison, divisor: f64) -> Vec<Mark> {
    const MAX: usize = 6;
    let of_alternative = |alternative: &Compared| {
        let staffing = &alternative.evaluation.staffing;
        let total = |month: u32| -> f64 {
            alternative.sums.months.iter().take(month as usize + 1).map(|amount| money(*amount)).sum()
        };
        let mark = |month: u32, label: String| Mark { x: f64::from(month), y: Some(total(month) / divisor), label };
        let running: Vec<&Engagement> = staffing.engagements.iter().filter(|engaged| engaged.begins()).collect();
        let begins = running.iter().filter(|engaged| engaged.start > 1).map(|engaged| {
            let month = engaged.signed_in();
            let takes_over = running.iter().any(|other| other.end == Some(month));
            mark(month, format!("{} {}", engaged.offer.name, if takes_over { "takes over" } else { "begins" }))
        });
        let is_last = |month: u32| !running.iter().any(|other| other.signed_in() == month);
        let ends = running.iter().filter_map(|engaged| Some((engaged, engaged.end.filter(|end| is_last(*end))?)));
        let term = staffing.scenario.term_months;
        let ends = ends.filter(|(_, end)| *end < term).map(|(of, end)| mark(end, format!("{} ends", of.offer.name)));
        begins.chain(ends).collect::<Vec<Mark>>()
    };
    let mut marks: Vec<Mark> = Vec::new();
    for mark in comparison.alternatives.iter().flat_map(of_alternative) {
        if !marks.iter().any(|known| known.x == mark.x && known.label == mark.label) {
            marks.push(mark);
        }
    }
    if marks.len() > MAX { Vec::new() } else { marks }
}

fn against_coverage(comparison: &Comparison) -> Scatter {
    let totals: Vec<f64> = comparison.alternatives.iter().map(|a| money(a.sums.total)).collect();
    let (divisor, word) = scale(&totals);
    let target = comparison.scenario.f64(comparison.scenario.coverage_target);
    let budget = budget(comparison.scenario).map(|budget| budget / divisor);
    let points = comparison.alternatives.iter().enumerate().map(|(index, a)| Point {
        name: a.name().to_string(),
        cost: money(a.sums.total) / divisor,
        coverage: a.evaluation.coverage.expected.unwrap_or(f64::NAN),
        covered: a.evaluation.coverage.expected.map(percent).unwrap_or_default(),
        marker: marker::number(index, comparison.baseline),
        on_frontier: comparison.frontier.contains(&index),
        note: note(comparison, index),
    });
    Scatter {
        heading: Heading {
            title: coverage_title(comparison),
            subtitle:
                "Expected coverage against cost; hollow = another option covers at least as much at no extra cost"
                    .to_string(),
            description: coverage_in_words(comparison),
        },
        cost_title: format!("Cost over {} months, {}", comparison.scenario.term_months, unit(comparison, word)),
        coverage_title: "Expected coverage, as judged by the target".to_string(),
        points: points.collect(),
        budget,
        target: Some(Target {
            coverage: target,
            label: format!(
                "target {}",
                written(comparison.scenario.decimal(comparison.scenario.coverage_target), Kind::Share)
            ),
        }),
        frontier_label: "best coverage for each budget".to_string(),
        cloud: Vec::new(),
    }
}

fn coverage_title(comparison: &Comparison) -> String {
    let target = written(comparison.scenario.decimal(comparison.scenario.coverage_target), Kind::Share);
    if let Some(none) = none_complete(comparison) {
        return none;
    }
    let best = in_title(leading(comparison).name());
    let covering = comparison.alternatives.iter().filter(|a| a.meets_coverage_target == Some(true)).count();
    let has_work = comparison.alternatives.iter().any(|a| a.meets_work_target.is_some());
    let within = within_any_budget(comparison.scenario);
    let is_over = |of: &Compared| of.meets_targets() && !of.overruns.is_empty();
    match (comparison.recommended, covering) {
        (Some(_), 1) => format!("Only {best} covers {target} of the required hours"),
        (Some(_), _) if has_work => {
            format!("{best} is the cheapest that meets {target} coverage and the work target{within}")
        }
        (Some(_), _) => format!("{best} is the cheapest that meets {target} coverage{within}"),
        (None, _) if comparison.alternatives.iter().any(is_over) => {
            "No alternative meets the targets within the budget".into()
        }
        (None, 0) => format!("No alternative covers {target} of the required hours"),
        (None, _) => format!("No alternative that covers {target} of the required hours completes the work"),
    }
}

fn coverage_in_words(comparison: &Comparison) -> String {
    let point = |a: &Compared| {
        let coverage = a.evaluation.coverage.expected.map_or_else(|| "n/a".into(), percent);
        format!("{}: {} for {coverage}", a.name(), a.sums.total.to_prose())
    };
    comparison.alternatives.iter().map(point).collect::<Vec<_>>().join("; ")
}

/// Minutes of a cell of the week map.
const CELL: usize = 15;

/// The week of an alternative.
pub fn week(comparison: &Comparison, alternative: &Compared) -> WeekMap {
    let coverage = &alternative.evaluation.coverage;
    let services = comparison.scenario.services.iter().zip(&coverage.services);
    let strips = services.map(|(service, covered)| ServiceWeek {
        name: service.name.clone(),
        figure: covered.expected.map_or_else(|| "n/a".into(), percent),
        cells: (0..MINUTES / CELL).map(|cell| cell_of(covered, cell)).collect(),
    });
    WeekMap {
        heading: Heading {
            title: week_title(comparison, alternative),
            subtitle: "Chance that enough people are on duty or respond in time, at the end of the term".to_string(),
            description: week_in_words(comparison, alternative),
        },
        services: strips.collect(),
        figure_title: "coverage".to_string(),
    }
}

/// The worst minute of a cell decides how it looks.
fn cell_of(covered: &ServiceCoverage, cell: usize) -> Cell {
    let (from, to) = (cell * CELL, (cell + 1) * CELL);
    let spans = covered.presence.iter().filter(|(start, end, _)| *start < to && *end > from);
    let Some(min) = spans.map(|(_, _, presence)| *presence).reduce(f64::min) else { return Cell::NotWanted };
    let is_on_call = (from..to).any(|minute| covered.on_call.contains(minute));
    match () {
        () if min > 0.0 => Cell::Staffed(min),
        () if is_on_call => Cell::OnCall,
        () => Cell::Nobody,
    }
}

fn week_title(comparison: &Comparison, alternative: &Compared) -> String {
    let name = in_title(alternative.name());
    let coverage = &alternative.evaluation.coverage;
    let services = comparison.scenario.services.iter().zip(&coverage.services);
    let longest = services
        .flat_map(|(service, covered)| covered.gaps.iter().map(move |gap| (service, covered, *gap)))
        .filter(|(_, covered, gap)| most_within(covered, *gap) == 0.0)
        .reduce(|a, b| if b.2.hours() > a.2.hours() { b } else { a });
    match longest {
        None if coverage.services.iter().any(|covered| !covered.gaps.is_empty()) => {
            format!("{name}: too few people for a full shift in every required hour")
        }
        None => format!("{name}: someone is scheduled in every required hour"),
        Some((service, _, gap)) if gap.hours() >= 168.0 => {
            format!("{name}: none of the required hours covered for {}", service.name)
        }
        Some((service, covered, gap)) => {
            format!("{name}: no one on duty for {}, {}", service.name, when(&covered.gaps, gap))
        }
    }
}

/// When there is a gap: "weekdays 17:00 to 19:00" where others like it are on the days beside, "from Mon
/// 17:00 to Mon 19:00" where it is alone.
fn when(gaps: &[Gap], gap: Gap) -> String {
    const DAY: usize = 24 * 60;
    let time = |minute: usize| format!("{:02}:{:02}", minute % DAY / 60, minute % 60);
    let is_like = |other: &&Gap| other.from % DAY == gap.from % DAY && other.to - other.from == gap.to - gap.from;
    let days: Vec<usize> = gaps.iter().filter(is_like).map(|other| other.from / DAY).collect();
    let days = match days[..] {
        [0, 1, 2, 3, 4] => "weekdays",
        [0, 1, 2, 3, 4, 5, 6] => "every day",
        [5, 6] => "Saturday and Sunday",
        _ => return format!("from {}", gap.words()),
    };
    let end = gap.to % DAY;
    format!("{days} {} to {}", time(gap.from), if end == 0 { "24:00".to_string() } else { time(end) })
}

/// The best chance that someone is there within a gap: above zero where too few people take turns.
fn most_within(covered: &ServiceCoverage, gap: Gap) -> f64 {
    let touches = |start: usize, end: usize| start < gap.to && end > gap.from;
    let spans = covered
        .presence
        .iter()
        .filter(|&&(start, end, _)| touches(start, end) || touches(start + MINUTES, end + MINUTES));
    spans.map(|(_, _, presence)| *presence).fold(0.0, f64::max)
}

fn week_in_words(comparison: &Comparison, alternative: &Compared) -> String {
    let services = comparison.scenario.services.iter().zip(&alternative.evaluation.coverage.services);
    let strip = |(service, covered): (&comanage_model::scenario::Service, &ServiceCoverage)| {
        format!("{} {}", service.name, covered.expected.map_or_else(|| "n/a".into(), percent))
    };
    format!("Expected coverage: {}.", services.map(strip).collect::<Vec<_>>().join("; "))
}
