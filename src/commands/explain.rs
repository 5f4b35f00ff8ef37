//! `comanage explain`: how a figure came about.

use std::path::PathBuf;

use clap::Args;

use super::Console;
use crate::failure::{Exit, Failure};
use comanage_format::load;
use comanage_model::diagnostic::Diagnostic;
use comanage_report::explain;

const AFTER_HELP: &str = "\
Examples:
  comanage explain scenario.toml in_house --month 1           every line of the first month
  comanage explain scenario.toml in_house --item benefits     one category, once a contract year
  comanage explain scenario.toml co_managed --item onboarding";

/// Show how each cost came about, down to the inputs and their sources.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct Explain {
    /// The scenario file; `-` is standard input.
    file: PathBuf,
    /// The alternative: in_house, hire, or the key of an offer or of an [alternatives] table.
    alternative: String,
    /// Only this month of the term; 0 is signature.
    #[arg(long, value_name = "N")]
    month: Option<u32>,
    /// Only lines with this text in their item or category.
    #[arg(long, value_name = "TEXT")]
    item: Option<String>,
}

/// Prints the steps of every line that is asked for; of a line that comes back month after month
/// the first one in each contract year, unless a month is named.
///
/// # Errors
/// A file that cannot be used, an alternative that it does not have.
pub fn run(args: Explain, console: &Console) -> Result<Exit, Failure> {
    let loaded = load::load(&args.file.to_string_lossy());
    console.show(&loaded.diagnostics, &loaded.sources);
    let Some(scenario) = loaded.scenario else { return Ok(Exit::Unusable) };
    let known = scenario.alternatives.iter().find(|alternative| alternative.id == args.alternative);
    let Some(alternative) = known else {
        let ids: Vec<&str> = scenario.alternatives.iter().map(|alternative| alternative.id.as_str()).collect();
        return Err(Failure::unusable(format!("no alternative `{}`", args.alternative)).hint(format!(
            "{} has {}",
            scenario.file,
            ids.join(", ")
        )));
    };
    let explained = match explain::explain(&scenario, alternative) {
        Ok(explained) => explained,
        Err(problem) => return refuse(console, problem, &loaded.sources),
    };
    let is_wanted = |line: &comanage_model::ledger::Line<comanage_expr::trace::Traced>| {
        let text = args.item.as_ref().map(|text| text.to_lowercase());
        let holds = |text: &str| line.item.to_lowercase().contains(text) || line.category.name().contains(text);
        args.month.is_none_or(|month| month == line.month) && text.is_none_or(|text| holds(&text))
    };
    let mut told = std::collections::HashSet::new();
    let mut text = String::new();
    for line in explained.lines.iter().filter(|line| is_wanted(line)) {
        let year = comanage_model::month::contract_year(line.month);
        if args.month.is_some() || told.insert((line.category, line.item.clone(), year)) {
            text.push_str(&explained.line(&scenario, line));
            text.push('\n');
        }
    }
    if text.is_empty() {
        return Err(
            Failure::unusable("no line of the ledger fits").hint("leave --month or --item out to see what there is")
        );
    }
    console.print(comanage_report::write::text::visible_lines(&text))?;
    Ok(Exit::Done)
}

fn refuse(console: &Console, problem: Diagnostic, sources: &comanage_model::source::Sources) -> Result<Exit, Failure> {
    console.show(&[problem], sources);
    Ok(Exit::Unusable)
}
