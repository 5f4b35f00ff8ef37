//! `comanage explain`: how a figure came about.

use clap::Args;

use crate::args::ScenarioArgs;
use crate::failure::{Exit, Failure};
use crate::session::Session;
use comanage_analysis::explain::{self, Wanted};
use comanage_report::write::text::visible_lines;

const AFTER_HELP: &str = "\
Examples:
  comanage explain scenario.toml in_house --month 1           every line of the first month
  comanage explain scenario.toml in_house --item benefits     one category
  comanage explain scenario.toml co_managed --item onboarding";

/// Show how each cost is calculated, down to the inputs and their sources.
///
/// Prints each ledger line with its calculation steps indented below it. Inputs are shown with path,
/// file, line, source and note. Lines calculated the same way in several months of a contract year are
/// explained once, followed by the amounts of the other months.
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
}

/// Prints the steps of every line that is asked for.
///
/// # Errors
/// A file that cannot be used, an alternative that it does not have, no line that fits.
pub fn run(args: ExplainArgs, session: &Session) -> Result<Exit, Failure> {
    let opened = session.open(&args.scenario.file, &args.scenario.set)?;
    let alternative = &opened.scenario.alternatives[opened.alternative(&args.alternative)?];
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
