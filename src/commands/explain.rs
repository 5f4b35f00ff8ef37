//! `comanage explain`: how a figure came about.

use clap::Args;

use crate::args::ScenarioArgs;
use crate::failure::{Exit, Failure};
use crate::session::{Opened, Session};
use comanage_analysis::explain::{self, FIGURES, Figure, Wanted};
use comanage_report::write::text::visible_lines;

const AFTER_HELP: &str = "\
Examples:
  comanage explain scenario.toml in_house --month 1           every line of the first month
  comanage explain scenario.toml in_house --item benefits     one category
  comanage explain scenario.toml co_managed --item onboarding
  comanage explain scenario.toml co_managed --figure coverage.help_desk   who covers which hours
  comanage explain scenario.toml co_managed --figure payback_month        month by month
  comanage explain scenario.toml co_managed --figure p90                  its rank among the samples

Figures: coverage, coverage.SERVICE, work_done, work_done.SERVICE, present_value, payback_month, and the
percentiles p1 to p99 of the term total. SERVICE is a key of [services].";

/// Show how each figure is calculated, down to the inputs and their sources.
///
/// Prints each ledger line with its calculation steps indented below it. Inputs are shown with path,
/// file, line, source and note. Lines calculated the same way in several months of a contract year are
/// explained once, followed by the amounts of the other months. With --figure it explains another
/// figure instead: coverage, work done, present value, payback, or a percentile.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct ExplainArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The alternative: in_house, hire, or the key of an offer or of an [alternatives] table.
    alternative: String,
    /// Only this month of the term; 0 is signature.
    #[arg(long, value_name = "N")]
    month: Option<u32>,
    /// Only lines with this text in their item or category.
    #[arg(long, value_name = "TEXT")]
    item: Option<String>,
    /// Another figure, such as coverage, work_done, present_value, payback_month or p90.
    #[arg(long, value_name = "FIGURE", conflicts_with_all = ["month", "item"])]
    figure: Option<String>,
}

/// Prints the steps of every line, or of the figure, that is asked for.
///
/// # Errors
/// A file that cannot be used, an alternative or a figure that it does not have, no line that fits.
pub fn run(args: ExplainArgs, session: &Session) -> Result<Exit, Failure> {
    let opened = session.open(&args.scenario.file, &args.scenario.set)?;
    let index = opened.alternative(&args.alternative)?;
    if let Some(name) = &args.figure {
        session.console.print(visible_lines(&figure(&opened, index, name, session)?))?;
        return Ok(Exit::Done);
    }
    let alternative = &opened.scenario.alternatives[index];
    let explained = explain::explain(&opened.scenario, alternative).map_err(|problem| opened.refuse(problem))?;
    let is_filtered = args.month.is_some() || args.item.is_some();
    let text = explained.told(&opened.scenario, &Wanted { month: args.month, text: args.item });
    if text.is_empty() && !is_filtered {
        let text = format!("{} costs nothing: its ledger has no line.\n", alternative.name);
        session.console.print(visible_lines(&text))?;
    } else if text.is_empty() {
        let failure = Failure::unusable("no ledger line matches");
        return Err(failure.hint("leave out --month or --item to see all lines"));
    } else {
        session.console.print(visible_lines(&text))?;
    }
    Ok(Exit::Done)
}

/// A figure of an alternative, by index, in words.
fn figure(opened: &Opened, alternative: usize, name: &str, session: &Session) -> Result<String, Failure> {
    let Some(figure) = Figure::parse(&opened.scenario, name) else {
        let keys: Vec<&str> = opened.scenario.services.iter().map(|service| service.key.as_str()).collect();
        let failure = Failure::unusable(format!("there is no figure {name:?} to explain"));
        return Err(failure.hint(format!("figures: {FIGURES}; services: {}", keys.join(", "))));
    };
    if let Figure::Percentile(_) = figure {
        let samples = opened.scenario.simulation.samples;
        session.limits.samples(&opened.scenario, samples).map_err(|problem| opened.refuse(problem))?;
    }
    figure.told(&opened.scenario, alternative).map_err(|problem| opened.refuse(problem))
}
