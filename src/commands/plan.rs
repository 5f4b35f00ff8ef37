//! `comanage plan`: the cheapest mix that meets the targets, proved.

use clap::Args;
use indicatif::ProgressBar;

use crate::args::{ChartArgs, FormatArgs, OutputArgs, ScenarioArgs};
use crate::failure::{Exit, Failure};
use crate::interrupt;
use crate::session::{Opened, Pictures, Results, Session};
use comanage_analysis::planning::{self, Judged, Planned, Progress};
use comanage_model::money::Money;
use comanage_report::chart_data;

const AFTER_HELP: &str = "\
Examples:
  comanage plan scenario.toml                      the cheapest mix that meets the targets
  comanage plan scenario.toml --budget 1_100_000   within a budget over the term
  comanage plan scenario.toml --relax              also where none meets them: the nearest, and what stops it

[plan] says what may be chosen; without it, every hire up to its headcount and any two offers:
  [plan]
  hires = { \"Night engineer\" = 6 }
  most_offers = 1
  must = { help_desk = \"team\" }";

/// Find the cheapest mix of hires and offers that meets the targets, and prove it.
///
/// Every number of every hire and every set of offers is a mix. Bounds rule out what cannot win, the exact
/// comparison judges the rest. In addition to the plan: the plans next to it, what one more point of coverage costs,
/// the best coverage for each budget, and the plan as a table to paste. If no mix meets the targets the exit
/// code is 1, unless --relax is given.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct PlanArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The most that the plan may cost over the term, such as 1_100_000.
    #[arg(long, value_name = "AMOUNT")]
    budget: Option<String>,
    /// Accept that no mix meets the targets: the nearest mix and what stops it are the result.
    #[arg(long)]
    relax: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    charts: ChartArgs,
}

/// Finds the plan, prints it and writes tables, data and the chart.
///
/// # Errors
/// A file that cannot be used, more mixes than can be searched, an output that cannot be written.
pub fn run(args: PlanArgs, session: &Session) -> Result<Exit, Failure> {
    let opened = session.open(&args.scenario.file, &args.scenario.set)?;
    let budget = args.budget.as_deref().map(budget).transpose()?;
    let folder = session.directory(&args.output, &args.scenario.file)?;
    let planned = find(&opened, budget, session)?;
    let is_stopped = planned.plan.is_none() && !planned.is_price_comparison();
    let drawn = chart_data::plan::plan_picture(&planned).into_iter().collect();
    let results = Results {
        name: "plan".into(),
        outcome: Box::new(&planned),
        more: Vec::new(),
        pictures: Some(Pictures { drawn, with_png: !args.charts.no_png }),
    };
    session.publish(&results, &folder, &args.format)?;
    if is_stopped && !args.relax {
        session.console.say("no mix meets the targets; --relax accepts the nearest");
        return Ok(Exit::CheckFailed);
    }
    Ok(Exit::Done)
}

/// The amount of a budget.
fn budget(text: &str) -> Result<Money, Failure> {
    planning::amount(text).ok_or_else(|| {
        Failure::unusable(format!("--budget {text:?} is not an amount")).hint("write an amount such as 1_100_000")
    })
}

/// Finds the plan; Ctrl-C says the best so far and how far the proof is.
pub fn find(opened: &Opened, budget: Option<Money>, session: &Session) -> Result<Planned, Failure> {
    let shown = Shown { bar: session.console.progress(0, "parts of all mixes"), opened };
    let planned = planning::plan(&opened.scenario, budget, &shown);
    shown.bar.finish_and_clear();
    interrupt::forget();
    planned.map_err(|problem| opened.refuse(problem))
}

/// What is shown of a search while it runs.
struct Shown<'a> {
    bar: ProgressBar,
    opened: &'a Opened,
}

impl Progress for Shown<'_> {
    fn pass(&self, walks: u64) {
        self.bar.set_length(walks);
        self.bar.set_position(0);
    }

    fn walked(&self, walks: u64) {
        self.bar.inc(walks);
        interrupt::advance(self.bar.position(), self.bar.length().unwrap_or(0));
    }

    fn best(&self, judged: &Judged, words: &str) {
        let code = self.opened.scenario.currency.code;
        interrupt::remember(&format!("best so far: {words}, {} {code}", judged.total.to_prose()));
    }
}
