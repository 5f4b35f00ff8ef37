//! `comanage explain`: how a figure came about.

use std::collections::HashSet;

use clap::Args;

use crate::args::ScenarioArgs;
use crate::failure::{Exit, Failure};
use crate::session::Session;
use comanage_expr::trace::Traced;
use comanage_model::ledger::Line;
use comanage_model::month::contract_year;
use comanage_analysis::explain::{self, Explained};
use comanage_report::write::text::visible_lines;

const AFTER_HELP: &str = "\
Examples:
  comanage explain scenario.toml in_house --month 1           every line of the first month
  comanage explain scenario.toml in_house --item benefits     one category, once a contract year
  comanage explain scenario.toml co_managed --item onboarding";

/// Show how each cost came about, down to the inputs and their sources.
///
/// Each line of the ledger, and indented under it the steps that made it. An input stands with its
/// path, its file and line, its source and note. Without --month a line that comes back every month
/// is shown once a contract year.
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
    let lines = wanted(&args, &explained).map(|line| explained.line(&opened.scenario, line) + "\n");
    let text: String = lines.collect();
    if text.is_empty() {
        let failure = Failure::unusable("no line of the ledger fits");
        return Err(failure.hint("leave --month or --item out to see what there is"));
    }
    session.console.print(visible_lines(&text))?;
    Ok(Exit::Done)
}

/// The lines that are asked for; of a line that comes back month after month the first one in each
/// contract year, unless a month is named.
fn wanted<'a>(args: &'a ExplainArgs, explained: &'a Explained) -> impl Iterator<Item = &'a Line<Traced>> {
    let text = args.item.as_ref().map(|text| text.to_lowercase());
    let mut told = HashSet::new();
    explained.lines.iter().filter(move |line| {
        let holds = |text: &String| line.item.to_lowercase().contains(text) || line.category.name().contains(text);
        args.month.is_none_or(|month| month == line.month)
            && text.as_ref().is_none_or(holds)
            && (args.month.is_some() || told.insert((line.category, line.item.clone(), contract_year(line.month))))
    })
}
