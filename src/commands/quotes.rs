//! `comanage quotes`: offers side by side.

use clap::Args;

use crate::args::{AlternativeArgs, AudienceArgs, ChartArgs, FormatArgs, OutputArgs, ScenarioArgs};
use crate::failure::{Exit, Failure};
use crate::session::{Opened, Pictures, Results, Session, unknown};
use comanage_analysis::quotes::{self, Quotes};
use comanage_report::chart_data;

const AFTER_HELP: &str = "\
Examples:
  comanage quotes scenarios/three-quotes.toml
  comanage quotes scenario.toml --alternative hybrid     one offer, by its key
  comanage quotes scenario.toml --alternative hybrid --alternative blend     with a mix of [alternatives]
  comanage quotes scenario.toml --format json";

/// Compare offers: quoted price and expected cost, scope, exclusions, gaps and risks.
///
/// Each offer is evaluated as its own alternative: the current team plus that offer. Shows each step
/// from quoted price to expected cost, checks quoted totals against quoted rates and rates against
/// published market ranges, and prices termination month by month.
#[derive(Debug, Args)]
#[command(
    after_long_help = AFTER_HELP,
    mut_arg("ids", |arg| arg.help("Only this offer, or mix with offers, by its key. May be given several times").long_help(None))
)]
pub struct QuotesArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    offers: AlternativeArgs,
    #[command(flatten)]
    charts: ChartArgs,
    #[command(flatten)]
    audience: AudienceArgs,
}

/// Prints the offers of a scenario and writes tables and the chart from paper to practice.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written.
pub fn run(args: QuotesArgs, session: &Session) -> Result<Exit, Failure> {
    let mut opened = session.open(&args.scenario.file, &args.scenario.set)?;
    are_offers(&opened, &args.offers)?;
    opened.keep(&args.offers)?;
    opened.edit_for(&args.audience);
    let comparison = opened.compare_for(&args.audience)?;
    let quotes = quotes::quotes(&comparison, &opened.rates, !args.offers.ids.is_empty()).map_err(|problem| opened.refuse(problem))?;
    let quotes = if args.audience.is_client() { quotes.for_client() } else { quotes };
    tell_left_out(&quotes, &opened, session);
    let folder = session.directory(&args.output, &args.scenario.file)?;
    let results = Results {
        name: "quotes".into(),
        outcome: Box::new(&quotes),
        more: Vec::new(),
        pictures: Some(Pictures { drawn: chart_data::offers::pictures(&quotes), with_png: !args.charts.no_png }),
    };
    session.publish(&results.for_audience(&args.audience), &folder, &args.format)?;
    Ok(Exit::Done)
}

/// Says which alternatives with offers are not shown: mixes, unless they are named.
fn tell_left_out(quotes: &Quotes, opened: &Opened, session: &Session) {
    let is_shown = |id: &str| quotes.offers.iter().any(|quote| quote.alternative.id() == id);
    let with_offers = opened.scenario.alternatives.iter().filter(|alternative| !alternative.offers.is_empty());
    let left_out: Vec<&str> = with_offers.map(|alternative| alternative.id.as_str()).filter(|id| !is_shown(id)).collect();
    if let Some(first) = left_out.first() {
        session.console.say(&format!("note: not shown: {}; see one with --alternative {first}", left_out.join(", ")));
    }
}

/// Refuses what has no offer in it.
fn are_offers(opened: &Opened, wanted: &AlternativeArgs) -> Result<(), Failure> {
    let quoted = opened.scenario.alternatives.iter().filter(|alternative| !alternative.offers.is_empty());
    let keys = quoted.map(|alternative| alternative.id.as_str());
    match wanted.ids.iter().find(|id| !keys.clone().any(|key| key == **id)) {
        Some(id) => Err(unknown("offer", id, &opened.scenario.file, keys)),
        None => Ok(()),
    }
}
