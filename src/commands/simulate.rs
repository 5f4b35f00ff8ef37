//! `comanage simulate`: how sure the comparison is.

use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::{AlternativeArgs, ChartArgs, FormatArgs, OutputArgs, ScenarioArgs};
use crate::failure::{Exit, Failure};
use crate::session::{Opened, Pictures, Results, Session};
use crate::files;
use comanage_analysis::compare::Comparison;
use comanage_analysis::simulate::{self, Sampling, Simulation};
use comanage_report::write::{Simulated, csv};
use comanage_report::chart_data;

/// Run a Monte Carlo simulation: percentiles, chances, inputs with the largest effect.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Number of samples [default: the scenario's [simulation], else 4,096].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(16..=1_000_000_000))]
    samples: Option<u64>,
    /// Random seed [default: the scenario's [simulation], else 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=0x7fff_ffff_ffff_ffff))]
    seed: Option<u64>,
    /// Write every draw and its totals to this CSV file; `-` is standard output instead of the
    /// result.
    #[arg(long, value_name = "FILE")]
    draws: Option<PathBuf>,
    /// How samples are spread: every value range in equal parts, or each sample on its own.
    #[arg(long, value_enum, value_name = "WAY", default_value_t)]
    sampling: SamplingWay,
    #[command(flatten)]
    alternatives: AlternativeArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    charts: ChartArgs,
}

/// How samples are spread.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum SamplingWay {
    /// A Latin hypercube: percentiles and means come out closer with as many samples
    #[default]
    Hypercube,
    /// Independent samples
    Independent,
}

impl From<SamplingWay> for Sampling {
    fn from(way: SamplingWay) -> Self {
        match way {
            SamplingWay::Hypercube => Self::Hypercube,
            SamplingWay::Independent => Self::Independent,
        }
    }
}

/// Simulates a scenario, prints the result and writes tables and charts.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written.
pub fn run(args: SimulateArgs, session: &Session) -> Result<Exit, Failure> {
    let mut opened = session.open(&args.scenario.file, &args.scenario.set)?;
    opened.keep(&args.alternatives)?;
    let comparison = opened.compare()?;
    let folder = session.directory(&args.output, &args.scenario.file)?;
    // The file of the draws is opened before the long work: it may be in the way of another.
    let to = args.draws.as_deref().filter(|to| !files::is_standard_output(to));
    let growing = to.map(|to| session.files.create(to)).transpose()?;
    let simulation = simulated(&args, &opened, &comparison, session)?;
    let results = results(&args, &opened, &comparison, &simulation)?;
    results.write(&folder, &session.files)?;
    if let Some(mut growing) = growing {
        growing.fill(|to| csv::draws(&comparison, &simulation, to))?;
        growing.finish()?;
    }
    session.files.place()?;
    if args.draws.is_some() && to.is_none() {
        session.console.print(draws(&comparison, &simulation)?)?;
    } else {
        session.print(&results, args.format.format)?;
    }
    session.say_where(&results, &folder);
    Ok(Exit::Done)
}

/// Runs the samples with a bar on a terminal, until they are done.
fn simulated(
    args: &SimulateArgs,
    opened: &Opened,
    comparison: &Comparison,
    session: &Session,
) -> Result<Simulation, Failure> {
    let settings = &opened.scenario.simulation;
    let (samples, seed) = (args.samples.unwrap_or(settings.samples), args.seed.unwrap_or(settings.seed));
    session.limits.samples(&opened.scenario, samples).map_err(|problem| opened.refuse(problem))?;
    let bar = if session.console.shows_progress() { ProgressBar::new(samples) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{human_pos}/{human_len} samples {wide_bar} {per_sec} {eta}") {
        bar.set_style(style);
    }
    let progress = |done: usize| {
        bar.inc(done as u64);
        true
    };
    let simulation = simulate::simulate(comparison, samples as usize, seed, args.sampling.into(), &progress);
    bar.finish_and_clear();
    let simulation = simulation.map_err(|problem| opened.refuse(problem))?;
    simulation.ok_or_else(|| Failure::unusable("the samples were stopped"))
}

/// What is written and printed.
fn results<'a>(
    args: &SimulateArgs,
    opened: &Opened,
    comparison: &'a Comparison,
    simulation: &'a Simulation,
) -> Result<Results<'a>, Failure> {
    let bands = opened.bands(comparison, simulation)?;
    let drawn = chart_data::uncertainty::pictures(comparison, simulation, &bands);
    Ok(Results {
        name: "simulation".into(),
        outcome: Box::new(Simulated(comparison, simulation)),
        more: Vec::new(),
        pictures: Some(Pictures { drawn, with_png: !args.charts.no_png }),
    })
}

/// Every draw and its totals, as CSV.
fn draws(comparison: &Comparison, simulation: &Simulation) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    let failed = |error| Failure::system("cannot write the draws", &error);
    csv::draws(comparison, simulation, &mut text).map_err(failed)?;
    Ok(text)
}
