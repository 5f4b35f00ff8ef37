//! `comanage matrix`: who is responsible for what, and when.

use clap::Args;

use crate::args::{AlternativeArgs, AudienceArgs, FormatArgs, OutputArgs, ScenarioArgs};
use crate::failure::{Exit, Failure};
use crate::session::{Results, Session};
use comanage_analysis::matrix;

const AFTER_HELP: &str = "\
Examples:
  comanage matrix scenarios/three-quotes.toml
  comanage matrix scenario.toml --alternative hybrid --format csv     for a contract";

/// Show who is responsible for each service, when, and at what cost (RACI).
///
/// One row per service for each alternative: who covers it and when, who is accountable, consulted and
/// informed, hours and cost per month, and the rules that are not met.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER_HELP)]
pub struct MatrixArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    alternatives: AlternativeArgs,
    #[command(flatten)]
    audience: AudienceArgs,
}

/// Prints the responsibilities of a scenario and writes them as tables and data.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written.
pub fn run(args: MatrixArgs, session: &Session) -> Result<Exit, Failure> {
    let mut opened = session.open(&args.scenario.file, &args.scenario.set)?;
    opened.keep(&args.alternatives)?;
    opened.edit_for(&args.audience);
    let comparison = opened.compare_for(&args.audience)?;
    let matrix = matrix::matrix(&comparison);
    let matrix = if args.audience.is_client() { matrix.for_client() } else { matrix };
    let folder = session.directory(&args.output, &args.scenario.file)?;
    let results = Results {
        name: "matrix".into(),
        outcome: Box::new(matrix),
        more: Vec::new(),
        pictures: None,
    };
    session.publish(&results.for_audience(&args.audience), &folder, &args.format)?;
    Ok(Exit::Done)
}
