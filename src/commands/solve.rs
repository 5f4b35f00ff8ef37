//! `comanage solve`: from which value on something holds.

use clap::Args;

use crate::args::{ChartArgs, FormatArgs, OutputArgs, ScenarioArgs};
use crate::failure::{Exit, Failure};
use crate::session::{Pictures, Results, Session};
use comanage_analysis::solve::{self, Condition};
use comanage_analysis::vary::{Request, Axis, Spacing, Varied};
use comanage_report::chart_data;

/// Find the first value of one number at which a figure reaches what you ask for.
///
/// The first value that meets the condition, the one before it, and the figure at both; or that no value
/// does, how near the figure comes, and what prevents it. With at most 1,001 values all are tried.
#[derive(Debug, Args)]
#[command(after_help = "\
A condition is a figure of comparison.json, >=, <=, >, < or =, and a value:
  comanage solve FILE --vary 'hire.Technician.headcount' --from 1 --to 12 --until 'hire.coverage >= 95%'
  comanage solve FILE --vary organization.users --from 40 --to 250 --until 'hybrid.saving >= 0'
  comanage solve FILE --vary offers.hybrid.per_user.rate --from 50 --to 120 --until 'recommended = full'
Figures of an alternative are total, coverage, work_done, saving, present_value, payback_month, meets_targets,
month_totals.12, by_category.salaries, services.help_desk.expected and others; `recommended` and `cheapest`
stand alone.")]
pub struct SolveArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The number to vary, by its dotted path.
    #[arg(long, value_name = "PATH")]
    vary: String,
    /// The lowest value, as one would write it in the file.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    from: String,
    /// The highest value.
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    to: String,
    /// What must hold, such as 'hire.coverage >= 95%'.
    #[arg(long, value_name = "CONDITION")]
    until: String,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    charts: ChartArgs,
}

/// Looks for the value, prints it and writes tables and a chart.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written, a flag that means nothing.
pub fn run(args: SolveArgs, session: &Session) -> Result<Exit, Failure> {
    let opened = session.open(&args.scenario.file, &args.scenario.set)?;
    let until = Condition::parse(&opened.scenario, &args.until)?;
    let asked = Request { path: &args.vary, from: &args.from, to: &args.to, spacing: Spacing::Unit };
    let axis = Axis::new(&opened.document, &opened.scenario, &asked)?;
    let varied = Varied::new(&opened.document, &opened.scenario, vec![axis])?;
    let folder = session.directory(&args.output, &args.scenario.file)?;
    let progress = session.console.progress(varied.axes[0].grid.points().len() as u64, "values");
    let solved = solve::solve(&opened.scenario, &varied, &until, &|| progress.inc(1));
    progress.finish_and_clear();
    let solved = solved?;
    let picture = chart_data::break_even::solve_picture(&solved);
    let results = Results {
        name: picture.name.clone(),
        outcome: Box::new(solved),
        more: Vec::new(),
        pictures: Some(Pictures { drawn: vec![picture], with_png: !args.charts.no_png }),
    };
    session.publish(&results, &folder, &args.format)?;
    Ok(Exit::Done)
}
