//! `comanage sweep`: what wins where.

use std::path::PathBuf;

use clap::Args;

use super::Console;
use super::varying::{Base, Flags, Results, refuse};
use crate::failure::{Exit, Failure};
use crate::output;
use comanage_analysis::sweep;
use comanage_analysis::vary::{Asked, Axis, Spacing, Varied};
use comanage_report::chart_data;
use comanage_report::document;
use comanage_report::write;

/// Compare the alternatives at every step of one number, or of two.
#[derive(Debug, Args)]
#[command(after_help = "\
Values are written as in a scenario:
  comanage sweep FILE --vary organization.users=40..250:10
  comanage sweep FILE --vary organization.users=40..250:10 --vary 'offers.hybrid.per_user.rate=$50..$120:$5'")]
pub struct Sweep {
    /// The scenario file; `-` is standard input.
    file: PathBuf,
    /// The number to vary, by its dotted path, and its values: from A to B in steps; once or twice.
    #[arg(long, value_name = "PATH=A..B:STEP", required = true)]
    vary: Vec<String>,
    /// Only these alternatives, by id, beside the baseline.
    #[arg(long = "alternative", value_name = "ID")]
    alternatives: Vec<String>,
    #[command(flatten)]
    flags: Flags,
}

/// Works out the sweep, prints it and writes tables and a chart.
///
/// # Errors
/// An output that cannot be written, a flag that means nothing.
pub fn run(args: Sweep, console: &Console) -> Result<Exit, Failure> {
    let asked = args.vary.iter().map(|vary| parse(vary)).collect::<Result<Vec<Asked>, Failure>>()?;
    if asked.len() > 2 {
        let failure = Failure::unusable(format!("{} numbers are varied; a sweep takes one or two", asked.len()));
        return Err(failure.hint("leave some --vary out"));
    }
    let mut base = match Base::open(&args.file, console) {
        Ok(base) => base,
        Err(exit) => return Ok(exit),
    };
    if !args.alternatives.is_empty() {
        let mut wanted = vec![base.alternative(&base.scenario.baseline)?];
        for id in &args.alternatives {
            wanted.push(base.alternative(id)?);
        }
        base.keep(&wanted);
    }
    let axes =
        asked.iter().map(|asked| Axis::new(&base.document, &base.scenario, asked)).collect::<Result<Vec<_>, _>>();
    let axes = axes.and_then(|axes| sweep::check(&axes).map(|()| axes));
    let varied = match axes.and_then(|axes| Varied::new(&base.document, &base.scenario, axes)) {
        Ok(varied) => varied,
        Err(refusal) => return Ok(refuse(console, &refusal)),
    };
    tell_steps(&varied, console);
    output::prepare(&args.flags.output.output)?;
    let progress = console.progress(sweep::work(&varied.axes), "values");
    let swept = sweep::sweep(&base.scenario, &varied, &base.useful, &|| progress.inc(1));
    progress.finish_and_clear();
    let swept = match swept {
        Ok(swept) => swept,
        Err(refusal) => return Ok(refuse(console, &refusal)),
    };
    let results = Results {
        report: document::sweep(&swept),
        picture: chart_data::turns::sweep_picture(&swept),
        csv: write::csv::sweep(&swept),
        json: write::json::sweep(&swept),
        json_pretty: write::json::sweep_pretty(&swept),
    };
    results.publish(&args.file, &args.flags, console)
}

/// Takes `PATH=A..B:STEP` apart. A path may hold any of the signs, values hold none of them.
fn parse(vary: &str) -> Result<Asked<'_>, Failure> {
    let parts = vary.rsplit_once('=').and_then(|(path, values)| {
        let (range, step) = values.rsplit_once(':')?;
        let (from, to) = range.split_once("..")?;
        Some(Asked { path: path.trim(), from, to, spacing: Spacing::Step(step) })
    });
    let is_whole = |asked: &Asked| ![asked.path, asked.from, asked.to].iter().any(|part| part.trim().is_empty());
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
                "note: steps of {} from {} do not meet {}, so {} ends at {}",
                axis.kind.write(step),
                axis.write(0),
                axis.kind.write(axis.to),
                axis.path,
                axis.write(last)
            ));
        }
    }
}
