//! `comanage sweep`: the cheapest alternative by value.

use clap::Args;

use crate::args::{AlternativeArgs, ChartArgs, FormatArgs, OutputArgs, ScenarioArgs};
use crate::console::Console;
use crate::failure::{Exit, Failure};
use crate::session::{Pictures, Results, Session};
use comanage_analysis::sweep;
use comanage_analysis::vary::{Request, Axis, Spacing, Varied};
use comanage_report::chart_data;

/// Compare the alternatives over a range of values of one or two numbers.
///
/// One number: a table and a chart of totals, and the cheapest alternative. Two numbers: a map of the
/// cheapest alternative that meets the targets.
#[derive(Debug, Args)]
#[command(after_help = "\
Values are written as in a scenario:
  comanage sweep FILE --vary organization.users=40..250:10
  comanage sweep FILE --vary organization.users=40..250:10 --vary 'offers.hybrid.per_user.rate=$50..$120:$5'")]
pub struct SweepArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The number to vary, by its dotted path, and its values: from A to B in steps; once or twice.
    #[arg(long, value_name = "PATH=A..B:STEP", required = true)]
    vary: Vec<String>,
    #[command(flatten)]
    alternatives: AlternativeArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    charts: ChartArgs,
}

/// Works out the sweep, prints it and writes tables and a chart.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written, a flag that means nothing.
pub fn run(args: SweepArgs, session: &Session) -> Result<Exit, Failure> {
    let asked = asked(&args.vary)?;
    let mut opened = session.open(&args.scenario.file, &args.scenario.set)?;
    opened.keep(&args.alternatives)?;
    let axes = asked.iter().map(|asked| Axis::new(&opened.document, &opened.scenario, asked));
    let axes = axes.collect::<Result<Vec<_>, _>>()?;
    sweep::check(&axes)?;
    let varied = Varied::new(&opened.document, &opened.scenario, axes)?;
    tell_steps(&varied, &session.console);
    let folder = session.directory(&args.output, &args.scenario.file)?;
    let progress = session.console.progress(sweep::work(&varied.axes), "values");
    let swept = sweep::sweep(&opened.scenario, &varied, &|| progress.inc(1));
    progress.finish_and_clear();
    let swept = swept?;
    let picture = chart_data::break_even::sweep_picture(&swept);
    let results = Results {
        name: picture.name.clone(),
        outcome: Box::new(swept),
        more: Vec::new(),
        pictures: Some(Pictures { drawn: vec![picture], with_png: !args.charts.no_png }),
    };
    session.publish(&results, &folder, &args.format)?;
    Ok(Exit::Done)
}

/// The numbers to vary.
fn asked(varied: &[String]) -> Result<Vec<Request<'_>>, Failure> {
    let asked = varied.iter().map(|vary| parse(vary)).collect::<Result<Vec<Request>, Failure>>()?;
    if asked.len() > 2 {
        let failure = Failure::unusable(format!("{} numbers are varied; a sweep takes one or two", asked.len()));
        return Err(failure.hint("leave some --vary out"));
    }
    Ok(asked)
}

/// Takes `PATH=A..B:STEP` apart. A path may hold any of the signs, values hold none of them.
fn parse(vary: &str) -> Result<Request<'_>, Failure> {
    let parts = vary.rsplit_once('=').and_then(|(path, values)| {
        let (range, step) = values.rsplit_once(':')?;
        let (from, to) = range.split_once("..")?;
        Some(Request { path: path.trim(), from, to, spacing: Spacing::Step(step) })
    });
    let is_whole = |asked: &Request| ![asked.path, asked.from, asked.to].iter().any(|part| part.trim().is_empty());
    parts.filter(is_whole).ok_or_else(|| {
        let hint = "write the path, the first value, the last and the step: organization.users=40..250:10";
        Failure::unusable(format!("--vary {vary:?} is not PATH=A..B:STEP")).hint(hint)
    })
}

/// Says what is taken where the steps do not end at the last value that was named.
fn tell_steps(varied: &Varied, console: &Console) {
    for axis in &varied.axes {
        let last = axis.grid.last();
        if let Some(step) = axis.step.filter(|_| axis.grid.value(last) != axis.to) {
            console.say(&format!(
                "note: steps of {} from {} do not reach {} exactly, so {} ends at {}",
                axis.kind.write(step),
                axis.write(0),
                axis.kind.write(axis.to),
                axis.path,
                axis.write(last)
            ));
        }
    }
}
