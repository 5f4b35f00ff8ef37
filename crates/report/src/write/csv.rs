//! Data files: comparison, ledger and coverage as CSV.
//!
//! A text cell that a spreadsheet could take for a formula gets an apostrophe in front; figures are
//! figures.

mod diff;
mod matrix;
mod portfolio;
mod quotes;
mod rates;
mod totals;
mod turns;

pub use diff::diff;
pub use matrix::matrix;
pub use portfolio::{ClientRows, portfolio, portfolio_heads, portfolio_summary, reject, reject_heads};
pub use quotes::quotes;
pub use rates::rates;
pub use turns::{breakeven, sweep};

use std::borrow::Cow;

use std::io::{self, Write};

use csv::Writer;
use rust_decimal::Decimal;

use crate::document::{Block, Cell, Report};
use crate::figures::written;
use comanage_analysis::compare::{Compared, Comparison};
use comanage_analysis::simulate::{Chance, Simulation, Summary};
use comanage_model::money::Money;
use comanage_model::month::contract_year;
use comanage_model::scenario::{Kind, Scenario};

/// A row an alternative, with every figure of the comparison.
pub fn comparison(comparison: &Comparison, simulation: Option<&Simulation>) -> Vec<u8> {
    let scenario = comparison.scenario;
    let mut csv = Csv::new(&[
        "alternative",
        "name",
        "kind",
        "pricing_model",
        "first_year",
        "total",
        "present_value",
        "monthly_average",
        "per_user_month",
        "paper_price",
        "practice_price",
        "scheduled",
        "coverage",
        "coverage_term",
        "on_call_or_better",
        "weakest_service",
        "work_done",
        "work_done_term",
        "saving",
        "saving_present_value",
        "payback_month",
        "cost_per_covered_hour",
        "meets_coverage_target",
        "meets_work_target",
        "recommended",
        "cheapest",
        "on_frontier",
        "p10",
        "p50",
        "p90",
        "chance_cheapest",
    ]);
    for (index, alternative) in comparison.alternatives.iter().enumerate() {
        let mut row = figures(scenario, alternative);
        row.push((comparison.recommended == Some(index)).to_string());
        row.push((comparison.cheapest == index).to_string());
        row.push(comparison.frontier.contains(&index).to_string());
        let uncertain = simulation.map(|simulation| &simulation.alternatives[index]);
        let total = uncertain.map(|of| of.total);
        row.extend([total.map(|t| t.p10), total.map(|t| t.p50), total.map(|t| t.p90)].map(share));
        row.push(share(uncertain.and_then(|of| of.chance_cheapest).map(|chance| chance.value)));
        csv.row(row);
    }
    csv.finish()
}

fn figures(scenario: &Scenario, alternative: &Compared) -> Vec<String> {
    let currency = scenario.currency;
    let money = |money: Option<Money>| money.map_or_else(String::new, |money| money.to_data(currency));
    let coverage = &alternative.evaluation.coverage;
    let weakest = coverage.weakest.map_or("", |service| scenario.services[service].key.as_str());
    vec![
        text(alternative.id()),
        text(alternative.name()),
        text(alternative.kind.name()),
        text(alternative.pricing_model.map_or("", |model| model.name())),
        money(alternative.sums.years.first().copied()),
        money(Some(alternative.sums.total)),
        money(Some(alternative.present_value)),
        money(Some(alternative.monthly_average)),
        money(alternative.per_user_month),
        money(alternative.sums.paper),
        money(alternative.sums.practice),
        share(coverage.scheduled),
        share(coverage.expected),
        share(coverage.expected_term),
        share(coverage.on_call_or_better),
        text(weakest),
        share(alternative.work.share),
        share(alternative.work.share_term),
        money(Some(alternative.saving)),
        money(Some(alternative.saving_present_value)),
        alternative.payback_month.map_or_else(String::new, |month| month.to_string()),
        money(alternative.cost_per_covered_hour),
        alternative.meets_coverage_target.to_string(),
        alternative.meets_work_target.to_string(),
    ]
}

/// Every line of every month of every alternative.
pub fn ledger(comparison: &Comparison) -> Vec<u8> {
    let currency = comparison.scenario.currency;
    let mut csv = Csv::new(&[
        "alternative",
        "month",
        "contract_year",
        "category",
        "item",
        "quantity",
        "unit",
        "unit_price",
        "amount",
    ]);
    for alternative in &comparison.alternatives {
        let id = text(alternative.id());
        for line in &alternative.evaluation.ledger.lines {
            let plain = |number: comanage_expr::number::Exact| number.0.unwrap_or_default().normalize().to_string();
            csv.row([
                id.clone(),
                line.month.to_string(),
                (contract_year(line.month) + 1).to_string(),
                line.category.name().to_string(),
                text(&line.item),
                plain(line.quantity),
                line.unit.name().to_string(),
                price(line.unit_price.0.unwrap_or_default(), currency),
                Money(line.amount.0.unwrap_or_default()).to_data(currency),
            ]);
        }
    }
    csv.finish()
}

/// A price: to the minor unit, or finer as it is.
fn price(value: rust_decimal::Decimal, currency: comanage_model::money::Currency) -> String {
    let value = value.normalize();
    if value.scale() > currency.digits { value.to_string() } else { Money(value).to_data(currency) }
}

/// Every measure of every service of every alternative.
pub fn coverage(comparison: &Comparison) -> Vec<u8> {
    let scenario = comparison.scenario;
    let mut csv = Csv::new(&[
        "alternative",
        "service",
        "state",
        "scheduled",
        "expected",
        "expected_term",
        "on_call_or_better",
        "reachable",
        "mean_wait_hours",
        "one_deep",
        "bus_factor",
        "gap_hours",
        "longest_gap_hours",
        "gaps",
        "worst_loss_without",
        "worst_loss",
        "workload_hours",
        "backlog_hours",
    ]);
    for alternative in &comparison.alternatives {
        let services = scenario.services.iter().zip(&alternative.evaluation.coverage.services);
        for ((service, covered), work) in services.zip(&alternative.work.services) {
            // Not `sum`: of no gaps that is minus zero.
            let gap_hours = covered.gaps.iter().fold(0.0, |sum, gap| sum + gap.hours());
            let longest = covered.gaps.iter().map(|gap| gap.hours()).fold(0.0, f64::max);
            let words: Vec<String> = covered.gaps.iter().map(|gap| gap.words()).collect();
            let worst = covered.loss_without.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
            let number = |value: f64| value.to_string();
            csv.row([
                text(alternative.id()),
                text(&service.key),
                state(covered.state).to_string(),
                share(covered.scheduled),
                share(covered.expected),
                share(covered.expected_term),
                share(covered.on_call_or_better),
                share(covered.reachable),
                share(covered.mean_wait_hours),
                share(covered.one_deep),
                covered.bus_factor.map_or_else(String::new, |factor| factor.to_string()),
                number(gap_hours),
                number(longest),
                text(&words.join("; ")),
                text(&worst.map_or_else(String::new, |(who, _)| alternative.evaluation.plan.name_of(who))),
                share(worst.map(|(_, loss)| loss)),
                number(work.workload_hours),
                number(work.backlog_hours),
            ]);
        }
    }
    csv.finish()
}

fn state(state: comanage_model::coverage::State) -> &'static str {
    match state {
        comanage_model::coverage::State::Staffed => "staffed",
        comanage_model::coverage::State::Unstaffed => "unstaffed",
        comanage_model::coverage::State::NotApplicable => "not_applicable",
    }
}

/// A row an alternative, with the statistics of a simulation.
pub fn simulation(comparison: &Comparison, of: &Simulation) -> Vec<u8> {
    let mut heads = vec!["alternative".to_string(), "exact_total".to_string()];
    let statistics = ["mean", "sd", "standard_error", "p5", "p10", "p25", "p50", "p75", "p90", "p95"];
    heads.extend(["total", "present_value"].iter().flat_map(|what| statistics.map(|s| format!("{what}_{s}"))));
    heads.extend(
        ["chance_cheapest", "chance_below_baseline", "chance_recommended"]
            .iter()
            .flat_map(|chance| [chance.to_string(), format!("{chance}_low"), format!("{chance}_high")]),
    );
    heads.extend(["regret_mean", "regret_p90", "regret_recommended_mean", "regret_recommended_p90"].map(String::from));
    let mut csv = Csv::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    let summary = |s: &Summary| {
        [s.mean, s.sd, s.standard_error, s.p5, s.p10, s.p25, s.p50, s.p75, s.p90, s.p95].map(|v| v.to_string())
    };
    let chance = |chance: Option<Chance>| match chance {
        None => [String::new(), String::new(), String::new()],
        Some(chance) => [chance.value, chance.low, chance.high].map(|v| v.to_string()),
    };
    for (alternative, uncertainty) in comparison.alternatives.iter().zip(&of.alternatives) {
        let mut row = vec![text(alternative.id()), alternative.sums.total.to_data(comparison.scenario.currency)];
        row.extend(summary(&uncertainty.total));
        row.extend(summary(&uncertainty.present_value));
        row.extend(chance(uncertainty.chance_cheapest));
        row.extend(chance(uncertainty.chance_below_baseline));
        row.extend(chance(uncertainty.chance_recommended));
        for regret in [uncertainty.regret, uncertainty.regret_recommended] {
            row.push(share(regret.map(|regret| regret.mean)));
            row.push(share(regret.map(|regret| regret.p90)));
        }
        csv.row(row);
    }
    csv.finish()
}

/// Every sample: its number, the inputs as one would write them, the total of each alternative. The
/// first columns are a portfolio that gives these totals.
///
/// # Errors
/// The place it is written to fails.
pub fn draws(comparison: &Comparison, of: &Simulation, to: &mut dyn Write) -> io::Result<()> {
    let scenario = comparison.scenario;
    let mut csv = Writer::from_writer(to);
    let paths = of.draws.inputs.iter().map(|input| input.path.clone());
    let totals = comparison.alternatives.iter().map(|alternative| format!("total.{}", alternative.id()));
    csv.write_record(std::iter::once("id".to_string()).chain(paths).chain(totals).map(|head| text(&head)))?;
    let kinds: Vec<Kind> = of.draws.inputs.iter().map(|input| scenario.inputs.about(input.input).kind).collect();
    let digits = scenario.currency.digits;
    for sample in 0..of.samples {
        let values = of.draws.sample(sample);
        let values = values.iter().zip(&kinds).map(|(value, kind)| written(*value, *kind));
        let totals = of.columns.totals.iter().map(|column| {
            let minor = Decimal::from_i128_with_scale(column[sample] as i128, digits);
            Money(minor).to_data(scenario.currency)
        });
        csv.write_record(std::iter::once(sample.to_string()).chain(values).chain(totals))?;
    }
    csv.flush()
}

/// The first table of a report, cells as they print.
pub fn table(report: &Report) -> Vec<u8> {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let found = blocks.into_iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let Some(found) = found else { return Vec::new() };
    let heads: Vec<&str> = found.heads.iter().map(String::as_str).collect();
    let mut csv = Csv::new(&heads);
    for row in &found.rows {
        csv.row(row.cells.iter().map(|cell| match cell {
            Cell::Money(money) | Cell::Price(money, _) => money.0.normalize().to_string(),
            Cell::Share(value) | Cell::Hours(value) => value.to_string(),
            Cell::Count(count) => count.to_string(),
            Cell::None => String::new(),
            Cell::Text(words) | Cell::Figure(words) => text(words),
        }));
    }
    csv.finish()
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| share.to_string())
}

/// A text cell that no spreadsheet takes for a formula.
pub fn text(text: &str) -> String {
    neutral(text).into_owned()
}

fn neutral(text: &str) -> Cow<'_, str> {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A CSV file in memory.
pub(super) struct Csv(Writer<Vec<u8>>);

impl Csv {
    /// A file with a row of heads.
    pub fn new(heads: &[&str]) -> Self {
        let mut csv = Self(Writer::from_writer(Vec::new()));
        csv.row(heads);
        csv
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) {
        self.0.write_record(cells).expect("a row of the head's width is written to memory");
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory is flushed")
    }
}
