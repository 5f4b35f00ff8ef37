//! `comanage simulate`: how sure the comparison is.

use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::Console;
use super::interrupt;
use crate::cli::{Format, Output};
use crate::failure::{Exit, Failure};
use crate::output;
use comanage_analysis::compare::{self, Comparison};
use comanage_analysis::simulate::{self, Simulation};
use comanage_format::load;
use comanage_model::scenario::Scenario;
use comanage_report::chart_data;
use comanage_report::document;
use comanage_report::write;

/// Draw every range: percentiles, chances, what moves the answer most.
#[derive(Debug, Args)]
pub struct Simulate {
    /// The scenario file; `-` is standard input.
    file: PathBuf,
    /// Samples; the scenario's [simulation] or 4,096 if left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(16..=10_000_000))]
    samples: Option<u64>,
    /// Seed; the scenario's [simulation] or 1 if left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=0x7fff_ffff_ffff_ffff))]
    seed: Option<u64>,
    /// Write every draw and its totals to this CSV file; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    draws: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
    /// What to print on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Charts as SVG only.
    #[arg(long)]
    no_png: bool,
}

/// Samples whose months make the bands of the cumulative cost.
pub(super) const BAND_SAMPLES: usize = 512;

/// Simulates a scenario, prints the result and writes tables and charts.
///
/// # Errors
/// A file that cannot be used, an output that cannot be written.
pub fn run(args: Simulate, console: &Console) -> Result<Exit, Failure> {
    let loaded = load::load(&args.file.to_string_lossy());
    console.show(&loaded.diagnostics, &loaded.sources);
    let Some(scenario) = loaded.scenario else {
        return Ok(if loaded.machine_failed { Exit::Machine } else { Exit::Unusable });
    };
    let comparison = match compare::compare(&scenario) {
        Ok(comparison) => comparison,
        Err(problem) => {
            console.show(&[problem], &loaded.sources);
            return Ok(Exit::Unusable);
        }
    };
    output::prepare(&args.output.output)?;
    let simulation = match simulated(&args, &scenario, &comparison, console) {
        Ok(Some(simulation)) => simulation,
        Ok(None) => {
            console.say("interrupted: nothing was written");
            return Ok(Exit::Interrupted);
        }
        Err(problem) => {
            console.show(&[problem], &loaded.sources);
            return Ok(Exit::Unusable);
        }
    };
    let name = args.file.file_name().map_or_else(|| PathBuf::from("stdin"), PathBuf::from);
    write(&args, &comparison, &simulation, &args.output.output.join(output::folder_of(&name)))?;
    console.print(print(&args, &comparison, &simulation, console)?)?;
    console.say(&format!("\nTables, data and charts are in {}", args.output.output.display()));
    Ok(Exit::Done)
}

/// Runs the samples with a bar on a terminal, until they are done or the user stops them.
fn simulated(
    args: &Simulate,
    scenario: &Scenario,
    comparison: &Comparison,
    console: &Console,
) -> Result<Option<Simulation>, comanage_model::diagnostic::Diagnostic> {
    interrupt::listen();
    let samples = args.samples.unwrap_or(scenario.simulation.samples);
    let seed = args.seed.unwrap_or(scenario.simulation.seed);
    let bar = if console.shows_progress() { ProgressBar::new(samples) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{human_pos}/{human_len} samples {wide_bar} {per_sec} {eta}") {
        bar.set_style(style);
    }
    let progress = |done: usize| {
        bar.inc(done as u64);
        !interrupt::is_asked()
    };
    let simulation = simulate::simulate(comparison, samples as usize, seed, &progress);
    bar.finish_and_clear();
    simulation
}

fn write(args: &Simulate, comparison: &Comparison, simulation: &Simulation, folder: &Path) -> Result<(), Failure> {
    let report = document::simulation(comparison, simulation);
    output::write(&folder.join("simulation.md"), write::markdown::render(&report).as_bytes())?;
    output::write(&folder.join("simulation.csv"), &write::csv::simulation(comparison, simulation))?;
    let json = write::json::simulation_pretty(comparison, simulation);
    output::write(&folder.join("simulation.json"), json.as_bytes())?;
    if let Some(file) = args.draws.as_ref().filter(|file| file.as_os_str() != "-") {
        output::write_with(file, |to| write::csv::draws(comparison, simulation, to))?;
    }
    let (samples, banded) = (simulation.samples.min(BAND_SAMPLES), chart_data::uncertainty::banded(comparison));
    let months = simulate::cumulative(comparison.scenario, &simulation.draws, samples, &banded);
    let months = months.map_err(|problem| Failure::unusable(problem.message))?;
    super::pictures::write(&chart_data::uncertainty::pictures(comparison, simulation, &months), folder, !args.no_png)
}

fn print(
    args: &Simulate,
    comparison: &Comparison,
    simulation: &Simulation,
    console: &Console,
) -> Result<Vec<u8>, Failure> {
    if args.draws.as_ref().is_some_and(|file| file.as_os_str() == "-") {
        let mut text = Vec::new();
        let failed = |error| Failure::machine("cannot write the draws", &error);
        write::csv::draws(comparison, simulation, &mut text).map_err(failed)?;
        return Ok(text);
    }
    let report = document::simulation(comparison, simulation);
    Ok(match args.format {
        Format::Json => write::json::simulation(comparison, simulation).into_bytes(),
        Format::Csv => write::csv::simulation(comparison, simulation),
        Format::Markdown => write::markdown::render(&report).into_bytes(),
        Format::Text => write::text::render(&report, console.colours_results).into_bytes(),
    })
}
