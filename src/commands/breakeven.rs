//! `comanage breakeven`: break-even analysis.

use clap::Args;

use super::varying;
use crate::args::{ChartArgs, FormatArgs, OutputArgs, ScenarioArgs};
use crate::failure::{Exit, Failure};
use crate::session::{Opened, Pictures, Results, Session};
use comanage_analysis::breakeven;
use comanage_analysis::vary::{Request, Axis, Spacing, Varied};
use comanage_report::chart_data;

/// Find the values of one number at which two alternatives cost the same.
///
/// For each pair of alternatives: the break-even points, exact to the cent; the cheaper one where there
/// is no break-even; the maximum acceptable value of a price.
#[derive(Debug, Args)]
#[command(after_help = "\
Values are written as in a scenario:
  comanage breakeven FILE --vary organization.users --from 40 --to 250
  comanage breakeven FILE --vary offers.a.per_user.rate --from 50 --to '$120' --between hire,a
  comanage breakeven FILE --vary 'team.\"IT manager\".salary' --from 90_000 --to 140_000")]
pub struct BreakevenArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The number to vary, by its dotted path.
    #[arg(long, value_name = "PATH")]
    vary: String,
    /// The lowest value, written as in the file.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    from: String,
    /// The highest value.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    to: String,
    /// Only these two alternatives, by id.
    #[arg(long, value_name = "X,Y")]
    between: Option<String>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    charts: ChartArgs,
}

/// Finds the break-evens, prints them and writes tables and a chart.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written, a flag that means nothing.
pub fn run(args: BreakevenArgs, session: &Session) -> Result<Exit, Failure> {
    let mut opened = session.open(&args.scenario.file, &args.scenario.set)?;
    if let Some(between) = &args.between {
        let pair = pair(&opened, between)?;
        varying::keep(&mut opened, &pair);
    }
    let asked = Request { path: &args.vary, from: &args.from, to: &args.to, spacing: Spacing::Unit };
    let axis = Axis::new(&opened.document, &opened.scenario, &asked)?;
    let varied = Varied::new(&opened.document, &opened.scenario, vec![axis])?;
    let folder = session.directory(&args.output, &args.scenario.file)?;
    let progress = session.console.progress(varied.axes[0].points().len() as u64, "values");
    let found = breakeven::find(&opened.scenario, &varied, args.between.is_some(), &|| progress.inc(1));
    progress.finish_and_clear();
    let found = found?;
    let picture = chart_data::break_even::breakeven_picture(&found);
    let results = Results {
        name: picture.name.clone(),
        outcome: Box::new(found),
        more: Vec::new(),
        pictures: Some(Pictures { drawn: vec![picture], with_png: !args.charts.no_png }),
    };
    session.publish(&results, &folder, &args.format)?;
    Ok(Exit::Done)
}

/// The two alternatives of `--between`.
fn pair(opened: &Opened, between: &str) -> Result<[usize; 2], Failure> {
    let ids: Vec<&str> = between.split(',').map(str::trim).collect();
    let hint = "write two ids with a comma between, such as --between hire,hybrid";
    let [a, b] = ids[..] else {
        return Err(
            Failure::unusable(format!("--between takes two alternatives, and {between:?} is not two")).hint(hint)
        );
    };
    if a == b {
        return Err(Failure::unusable(format!("--between takes two alternatives, and both are `{a}`")).hint(hint));
    }
    Ok([opened.alternative(a)?, opened.alternative(b)?])
}
