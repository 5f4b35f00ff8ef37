//! The comparison of a scenario as a document: answer, tables, warnings, assumptions.

use super::assumptions::assumptions;
use super::parts::{brief, finding, findings, full, headers, picture, without_samples};
use super::{Block, Cell, Mark, Report, Role, Row, Section, Table};
use crate::chart_data::comparison::{has_coverage, week_names};
use crate::figures::{hours, percent, without_price};
use crate::targets::{Targets, within_any_budget, within_budget};
use comanage_analysis::compare::{Compared, Comparison};
use comanage_analysis::rule_of_thumb;
use comanage_analysis::simulate::Simulation;
use comanage_model::coverage::State;
use comanage_model::diagnostic::Diagnostic;
use comanage_model::ledger::Category;
use comanage_model::money::Money;
use comanage_model::scenario::Scenario;

/// What a document says where the scenario has no range.
pub(super) const NO_RANGE: &str = "All inputs are fixed values; write a range to see uncertainty.";

/// Writes the comparison.
pub fn comparison(comparison: &Comparison, simulation: Option<&Simulation>) -> Report {
    let scenario = comparison.scenario;
    let subtitle = format!(
        "{}, {} months from {}, amounts in {}",
        scenario.file, scenario.term_months, scenario.start, scenario.currency.code
    );
    let mut answer = answer(comparison);
    answer.extend(rule_of_thumb::rule_of_thumb(comparison).map(|rule_of_thumb| rule_of_thumb.words()));
    answer.extend(scenario.summary.clone().map(|summary| format!("Scenario: {summary}")));
    let mut report = Report {
        title: scenario.name.clone(),
        subtitle,
        answer,
        sections: vec![
            brief("Cost", vec![Block::Table(costs(comparison))]),
            brief(covered_heading(comparison), vec![Block::Table(coverage(comparison))]),
            brief("Expected loss of uncovered hours", losses(comparison).map(Block::Table).into_iter().collect()),
            how_sure(comparison, simulation),
            brief("Points to review", to_look_at(comparison, None)),
            full(
                "Cost by category",
                vec![Block::Table(categories(comparison)), picture("cost-by-category", "Cost by category")],
            ),
            full(
                "Cost over time",
                vec![Block::Table(years(comparison)), picture("cumulative-cost", "Cumulative cost by month")],
            ),
            full("Cost against coverage", against_coverage(comparison)),
            full("Service by service", services(comparison)),
            full("People", vec![Block::Table(people(comparison))]),
            full("Assumptions", assumptions(scenario)),
        ],
    };
    report.sections.retain(|section| !section.blocks.is_empty());
    report
}

/// The answer in a sentence: the cheapest alternative that meets the targets, what it costs, what
/// it saves, and the next cheapest.
pub fn answer(comparison: &Comparison) -> Vec<String> {
    let Some(recommended) = comparison.recommended else { return vec![no_answer(comparison)] };
    let scenario = comparison.scenario;
    let best = &comparison.alternatives[recommended];
    let targets = Targets::of(comparison);
    let code = scenario.currency.code;
    let against = match comparison.baseline {
        None => String::new(),
        Some(baseline) if baseline == recommended => "; it is the baseline itself".to_string(),
        Some(baseline) => {
            let baseline = &comparison.alternatives[baseline];
            let of = format!("the baseline, {}", baseline.name());
            format!("; {}", difference(best.sums.total, baseline.sums.total, code, &of))
        }
    };
    let mut sentence = format!(
        "{} is the cheapest alternative that meets {}{}: {} {code} over {} months{against}.",
        best.name(),
        targets.words(),
        within_budget(scenario),
        best.sums.total.to_prose(),
        scenario.term_months,
    );
    let both = format!("{}{}", targets.both(), within_any_budget(scenario));
    let reaching =
        comparison.alternatives.iter().enumerate().filter(|(index, a)| *index != recommended && a.may_be_recommended());
    match reaching.min_by_key(|(_, alternative)| alternative.sums.total) {
        Some((_, rival)) => {
            let more = (rival.sums.total - best.sums.total).to_prose();
            sentence.push_str(&format!(" Next cheapest that meets {both}: {} (+{more} {code}).", rival.name()));
        }
        None => sentence.push_str(&format!(" No other alternative meets {both}.")),
    }
    std::iter::once(sentence).chain(pays_above(comparison)).collect()
}

/// From which cost of an hour without cover on the recommended alternative pays, where no service states what
/// such an hour costs.
fn pays_above(comparison: &Comparison) -> Option<String> {
    let scenario = comparison.scenario;
    if scenario.services.iter().any(|service| service.loss_per_uncovered_hour.is_some()) {
        return None;
    }
    let (other, price) = comparison.pays_above()?;
    Some(format!(
        "It costs more than {}: it pays if an hour without cover costs more than {} {}.",
        comparison.alternatives[other].name(),
        price.to_exact_prose(scenario.currency),
        scenario.currency.code
    ))
}

/// What the hours without cover are expected to cost; none where no service states what one costs.
pub(super) fn losses(comparison: &Comparison) -> Option<Table> {
    comparison.alternatives.iter().find_map(|of| of.expected_loss)?;
    let cells = |_: usize, a: &Compared| {
        vec![
            Cell::Money(a.sums.total),
            Cell::Hours(a.evaluation.coverage.uncovered_hours.iter().sum()),
            Cell::money(a.expected_loss),
            Cell::money(a.risk_adjusted_total),
        ]
    };
    let headers =
        headers(&["Alternative", "Term total", "Hours without cover", "Expected loss", "Risk-adjusted total"]);
    Some(Table { headers, rows: rows(comparison, cells) })
}

fn no_answer(comparison: &Comparison) -> String {
    let scenario = comparison.scenario;
    let code = scenario.currency.code;
    let total = |of: &Compared| format!("{} {code}", of.sums.total.to_prose());
    let Some(closest) = comparison.closest else {
        let why = "Prices only: no service has required hours or work, so nothing is recommended.";
        return match comparison.cheapest {
            None => format!("{why} No price is complete, so none is called the cheapest."),
            Some(cheapest) => {
                let cheapest = &comparison.alternatives[cheapest];
                let months = scenario.term_months;
                format!(
                    "{why} The lowest price is that of {}: {} over {months} months.",
                    cheapest.name(),
                    total(cheapest)
                )
            }
        };
    };
    let closest = &comparison.alternatives[closest];
    let measures: Vec<String> = [
        closest.evaluation.coverage.expected.map(|share| format!("{} covered", percent(share))),
        closest.work.share.map(|share| format!("{} of work completed", percent(share))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let all = Targets::of(comparison);
    let (targets, measures) = (all.words(), measures.join(" and "));
    let cheapest = comparison.cheapest.map(|index| &comparison.alternatives[index]);
    let cheapest = cheapest.map_or_else(
        || "No price is complete, so none is called the cheapest.".to_string(),
        |of| format!("Cheapest: {} ({}).", of.name(), of.sums.total.to_prose()),
    );
    match comparison.alternatives.iter().filter(|of| of.meets_targets()).min_by_key(|of| of.sums.total) {
        None => format!(
            "No alternative meets {targets}, so none is recommended. Highest coverage: {} ({measures}) for {}. {cheapest}",
            closest.name(),
            total(closest),
        ),
        Some(open) if !open.overruns.is_empty() => format!(
            "None is recommended: no alternative meets {targets}{}. The cheapest that meets {}: {}, {}, over the \
             budget by {}. {cheapest}",
            within_budget(scenario),
            if all.list().len() == 2 { "them" } else { "it" },
            open.name(),
            total(open),
            open.overruns.iter().map(|of| of.words(scenario.currency)).collect::<Vec<_>>().join("; "),
        ),
        Some(open) => format!(
            "None is recommended: {} meets {targets} for {} {}, and no other alternative does. {cheapest}",
            open.name(),
            total(open),
            open_price(open),
        ),
    }
}

/// Why the price of an alternative is not held against others.
fn open_price(alternative: &Compared) -> String {
    match alternative.unpriced.len() {
        0 => "with nothing bought".to_string(),
        some => without_price(some),
    }
}

/// The heading of the coverage table.
pub(super) fn covered_heading(comparison: &Comparison) -> String {
    match Targets::of(comparison).list() {
        [] => "Coverage (no service has required hours or work)".to_string(),
        targets => format!("Coverage (target: {})", targets.join(", ")),
    }
}

fn difference(own: Money, other: Money, code: &str, of: &str) -> String {
    let less = other - own;
    match less.cmp(&Money::ZERO) {
        std::cmp::Ordering::Greater => format!("{} {code} less than {of}", less.to_prose()),
        std::cmp::Ordering::Less => format!("{} {code} more than {of}", (-less).to_prose()),
        std::cmp::Ordering::Equal => format!("as much as {of}"),
    }
}

/// P10 to P90 and the chances, where the scenario has ranges.
fn how_sure(comparison: &Comparison, simulation: Option<&Simulation>) -> Section {
    let Some(simulation) = simulation else {
        let why =
            without_samples(comparison.scenario, "All inputs are fixed values; write a range to see uncertainty.");
        return full("Uncertainty", vec![Block::Paragraph(why)]);
    };
    let (samples, seed) = (simulation.samples, simulation.seed);
    let heading = format!("Uncertainty ({samples} samples, seed {seed})");
    let table = Block::Table(super::simulation::chances(comparison, simulation));
    brief(heading, vec![table, picture("tornado", "Inputs with the largest effect on cost")])
}

/// A row for each alternative; the recommended one is marked.
pub(super) fn rows(comparison: &Comparison, cells: impl Fn(usize, &Compared) -> Vec<Cell>) -> Vec<Row> {
    let row = |(index, alternative): (usize, &Compared)| {
        let name = Cell::Text(alternative.name().to_string());
        let role = mark(comparison, index).map_or(Role::Body, Role::Marked);
        Row { role, cells: std::iter::once(name).chain(cells(index, alternative)).collect() }
    };
    comparison.alternatives.iter().enumerate().map(row).collect()
}

pub(super) fn costs(comparison: &Comparison) -> Table {
    let cells = |index: usize, a: &Compared| {
        let is_baseline = Some(index) == comparison.baseline;
        vec![
            Cell::Text(a.pricing_model.map_or("-", |model| model.name()).into()),
            Cell::money(a.sums.years.first().copied()),
            Cell::Money(a.sums.total),
            Cell::Money(a.present_value),
            Cell::Money(a.monthly_average),
            a.per_user_month.map_or(Cell::None, |price| Cell::Price(price, comparison.scenario.currency)),
            if is_baseline { Cell::Text("baseline".into()) } else { Cell::money(a.saving) },
            payback(is_baseline, a),
        ]
    };
    Table {
        headers: headers(&[
            "Alternative",
            "Pricing model",
            "Year 1",
            "Term total",
            "Present value",
            "Monthly average",
            "Per user per month",
            "Saving",
            "Payback",
        ]),
        rows: rows(comparison, cells),
    }
}

fn payback(is_baseline: bool, alternative: &Compared) -> Cell {
    match alternative.payback_month {
        _ if is_baseline => Cell::Text(String::new()),
        _ if alternative.saving.is_none() => Cell::None,
        Some(month) => Cell::Text(format!("month {month}")),
        None => Cell::Text("never".into()),
    }
}

/// How an alternative stands out among the others.
pub(super) fn mark(comparison: &Comparison, index: usize) -> Option<Mark> {
    let is_cheapest = comparison.cheapest == Some(index);
    let price = comparison.alternatives[index].standing.price;
    match () {
        () if !price.is_complete => Some(Mark::Incomplete),
        () if !price.is_needed => Some(Mark::NotNeeded),
        () if comparison.recommended == Some(index) && is_cheapest => Some(Mark::RecommendedAndCheapest),
        () if comparison.recommended == Some(index) => Some(Mark::Recommended),
        () if is_cheapest => Some(Mark::Cheapest),
        () if comparison.closest == Some(index) => Some(Mark::Closest),
        () => None,
    }
}

pub(super) fn coverage(comparison: &Comparison) -> Table {
    let scenario = comparison.scenario;
    let cells = |_: usize, a: &Compared| {
        let coverage = &a.evaluation.coverage;
        let gap_hours: f64 = coverage.services.iter().flat_map(|s| &s.gaps).map(|gap| gap.hours()).sum();
        vec![
            Cell::Text(a.kind.name().to_string()),
            Cell::share(coverage.expected),
            Cell::share(coverage.expected_term),
            Cell::share(a.work.share),
            Cell::Hours(gap_hours),
            Cell::Count(coverage.single_points_of_failure),
            Cell::Text(weakest(scenario, a)),
            if a.standing.is_judged { Cell::Text(a.missed.name().into()) } else { Cell::None },
        ]
    };
    Table {
        headers: headers(&[
            "Alternative",
            "Kind",
            "Coverage",
            "Term average",
            "Work done",
            "Uncovered hours/week",
            "Single points of failure",
            "Weakest service",
            "Targets missed",
        ]),
        rows: rows(comparison, cells),
    }
}

fn weakest(scenario: &Scenario, alternative: &Compared) -> String {
    let coverage = &alternative.evaluation.coverage;
    coverage.weakest.map_or_else(String::new, |weakest| scenario.services[weakest].name.clone())
}

/// Every finding, a line each: warnings first, and of those what concerns the alternative that leads or the
/// scenario as a whole. With a place that holds all of them, what concerns others is counted only.
pub(super) fn to_look_at(comparison: &Comparison, elsewhere: Option<&str>) -> Vec<Block> {
    let mut all: Vec<&Diagnostic> = comparison.findings.iter().collect();
    all.sort_by_key(|finding| (finding.severity, is_of_others(comparison, finding)));
    all.retain(|finding| elsewhere.is_none() || !is_of_others(comparison, finding));
    let mut lines: Vec<String> = all.into_iter().map(finding).collect();
    let more = comparison.findings.len() - lines.len();
    lines.extend(
        elsewhere.filter(|_| more > 0).map(|place| format!("{more} more findings on other alternatives: see {place}")),
    );
    if lines.is_empty() { findings(&[]) } else { vec![Block::List(lines)] }
}

/// Whether a finding is about alternatives other than the one that leads.
pub(super) fn is_of_others(comparison: &Comparison, finding: &Diagnostic) -> bool {
    let leading = comparison.alternatives[comparison.leading].id();
    !finding.alternatives.is_empty() && finding.alternatives.iter().all(|id| id != leading)
}

pub(super) fn categories(comparison: &Comparison) -> Table {
    let used: Vec<Category> = Category::ALL
        .into_iter()
        .filter(|category| comparison.alternatives.iter().any(|a| a.sums.categories.iter().any(|(c, _)| c == category)))
        .collect();
    let names = comparison.alternatives.iter().map(|a| a.name().to_string());
    let row = |category: &Category| {
        let sum = |a: &Compared| {
            let known = a.sums.categories.iter().find(|(other, _)| other == category);
            known.map_or(Cell::Text("-".into()), |(_, sum)| Cell::Money(*sum))
        };
        let sums = comparison.alternatives.iter().map(sum);
        Row { role: Role::Body, cells: std::iter::once(Cell::Text(category.name().into())).chain(sums).collect() }
    };
    let totals = comparison.alternatives.iter().map(|a| Cell::Money(a.sums.total));
    let total = Row { role: Role::Total, cells: std::iter::once(Cell::Text("total".into())).chain(totals).collect() };
    Table {
        headers: std::iter::once("Category".to_string()).chain(names).collect(),
        rows: used.iter().map(row).chain([total]).collect(),
    }
}

pub(super) fn years(comparison: &Comparison) -> Table {
    let years = comparison.alternatives.first().map_or(0, |a| a.sums.years.len());
    let cells = |_: usize, a: &Compared| {
        let years = a.sums.years.iter().map(|year| Cell::Money(*year));
        let prices = [Cell::money(a.sums.paper), Cell::money(a.sums.practice)];
        years.chain([Cell::Money(a.sums.total)]).chain(prices).collect()
    };
    let mut headers = vec!["Alternative".to_string()];
    headers.extend((1..=years).map(|year| format!("Year {year}")));
    headers.extend(["Total", "Quoted price", "Expected cost"].map(String::from));
    Table { headers, rows: rows(comparison, cells) }
}

pub(super) fn hourly(comparison: &Comparison) -> Table {
    let currency = comparison.scenario.currency;
    let price = |money: Option<Money>| money.map_or(Cell::None, |money| Cell::Price(money, currency));
    let cells = |index: usize, a: &Compared| {
        let on_frontier = if comparison.frontier.contains(&index) { "yes" } else { "no" };
        vec![Cell::Text(on_frontier.into()), price(a.cost_per_covered_hour), price(a.cost_of_next_covered_hour)]
    };
    Table {
        headers: headers(&["Alternative", "Efficient", "Cost per covered hour", "Cost per additional covered hour"]),
        rows: rows(comparison, cells),
    }
}

fn against_coverage(comparison: &Comparison) -> Vec<Block> {
    let drawn = has_coverage(comparison).then(|| picture("cost-and-coverage", "Cost against coverage"));
    drawn.into_iter().chain([Block::Table(hourly(comparison))]).collect()
}

fn services(comparison: &Comparison) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (alternative, name) in comparison.alternatives.iter().zip(week_names(comparison)) {
        blocks.push(Block::Paragraph(format!("**{}**", alternative.name())));
        blocks.push(Block::Table(services_of(comparison.scenario, alternative)));
        if has_coverage(comparison) {
            let alt = format!("Weekly coverage: {}", alternative.name());
            blocks.push(Block::Picture { name, alt });
        }
        let gaps = gaps_of(comparison.scenario, alternative);
        if !gaps.is_empty() {
            blocks.push(Block::List(gaps));
        }
    }
    blocks
}

pub(super) fn services_of(scenario: &Scenario, alternative: &Compared) -> Table {
    let coverage = &alternative.evaluation.coverage.services;
    let rows =
        scenario.services.iter().zip(coverage).zip(&alternative.work.services).map(|((service, covered), work)| {
            let wait = match (covered.state, covered.mean_wait_hours) {
                (State::NotApplicable, _) => Cell::None,
                (_, None) => Cell::Text("never".into()),
                (_, Some(wait)) => Cell::Text(format!("{} h", hours(wait))),
            };
            let cells = vec![
                Cell::Text(service.name.clone()),
                Cell::share(covered.scheduled),
                Cell::share(covered.expected),
                Cell::share(covered.expected_term),
                Cell::share(covered.on_duty),
                wait,
                Cell::share(covered.one_deep),
                covered.bus_factor.map_or(Cell::None, Cell::Count),
                Cell::Hours(work.workload_hours),
                Cell::Hours(work.backlog_hours),
            ];
            Row { role: Role::Body, cells }
        });
    Table {
        headers: headers(&[
            "Service",
            "Scheduled",
            "Expected",
            "Term average",
            "On duty",
            "Average time to response",
            "Covered by one person only",
            "People who can cover",
            "Work, hours/month",
            "Backlog",
        ]),
        rows: rows.collect(),
    }
}

pub(super) fn gaps_of(scenario: &Scenario, alternative: &Compared) -> Vec<String> {
    const MAX: usize = 3;
    let services = scenario.services.iter().zip(&alternative.evaluation.coverage.services);
    let line =
        |(service, covered): (&comanage_model::scenario::Service, &comanage_model::coverage::ServiceCoverage)| {
            let longest = covered.gaps.iter().copied().reduce(|a, b| if b.hours() > a.hours() { b } else { a })?;
            let sum: f64 = covered.gaps.iter().map(|gap| gap.hours()).sum();
            let some: Vec<String> = covered.gaps.iter().take(MAX).map(|gap| gap.words()).collect();
            let more = covered.gaps.len().saturating_sub(MAX);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            Some(format!(
                "{}: {} hours/week uncovered ({}{more}); longest gap: {} ({} h)",
                service.name,
                hours(sum),
                some.join(", "),
                longest.words(),
                hours(longest.hours()),
            ))
        };
    services.filter_map(line).collect()
}

fn people(comparison: &Comparison) -> Table {
    let mut rows = Vec::new();
    for alternative in &comparison.alternatives {
        for mut row in people_of(comparison.scenario, alternative).rows {
            row.cells.insert(0, Cell::Text(alternative.name().to_string()));
            rows.push(row);
        }
    }
    Table {
        headers: headers(&["Alternative", "Role", "Headcount", "Paid", "Assigned hours/month", "Capacity used"]),
        rows,
    }
}

/// The people of an alternative.
pub(super) fn people_of(scenario: &Scenario, alternative: &Compared) -> Table {
    let positions = alternative.evaluation.staffing.positions.iter().zip(&alternative.work.positions);
    let rows = positions.map(|(position, load)| {
        let months = if position.paid.is_empty() {
            "not employed".to_string()
        } else {
            format!("months {} to {}", position.paid.start(), position.paid.end())
        };
        let cells = vec![
            Cell::Text(position.role.name.clone()),
            Cell::Text(scenario.decimal(position.role.headcount).normalize().to_string()),
            Cell::Text(months),
            Cell::Hours(load.assigned_hours),
            Cell::share(load.share),
        ];
        Row { role: Role::Body, cells }
    });
    Table {
        headers: headers(&["Role", "Headcount", "Paid", "Assigned hours/month", "Capacity used"]),
        rows: rows.collect(),
    }
}
